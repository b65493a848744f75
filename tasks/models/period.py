from django.db import models
from django.db.models import F, Q

from accounts.models import INSIDE, Agency, User
from plans.models import Plan


class DayOffQuerySet(models.QuerySet["DayOff"]):
    def visible_to(self, user: User) -> "DayOffQuerySet":
        return self.filter(agency__in=user.agency_ids(*INSIDE))


class DayOff(models.Model):
    """A holiday, or a weekend day on which people work (`is_working`, the swapped days announced each year)."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="days_off")
    on = models.DateField("ngày")
    name = models.CharField("tên", max_length=100)
    is_working = models.BooleanField("ngày làm bù", default=False)

    objects = DayOffQuerySet.as_manager()

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["agency", "on"], name="day_off_once")]


def quarter_only() -> list[str]:
    return ["quarter"]


class CalendarSetting(models.Model):
    """How an agency reads its calendar; without a row, as the defaults say."""

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="calendar_setting")
    moves_deadlines = models.BooleanField(
        "thời hạn rơi vào ngày nghỉ chuyển sang ngày làm việc sau", default=False
    )
    period_kinds = models.JSONField("các kỳ báo cáo tự mở", default=quarter_only)
    seeded_years = models.JSONField(default=list, help_text="Ngày lễ của mỗi năm chỉ được đưa vào một lần.")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "cách tính lịch"
        verbose_name_plural = "cách tính lịch"


class PeriodQuerySet(models.QuerySet["Period"]):
    def visible_to(self, user: User) -> "PeriodQuerySet":
        return self.filter(agency__in=user.agency_ids(*INSIDE))


class Period(models.Model):
    """A reporting period: Nghị định 09/2019/NĐ-CP, Điều 12 seeds the window, the superior's letter overrides it."""

    class Kind(models.TextChoices):
        MONTH = "month", "Tháng"
        QUARTER = "quarter", "Quý"
        HALF_YEAR = "half_year", "6 tháng"
        NINE_MONTHS = "nine_months", "9 tháng"
        YEAR = "year", "Năm"
        TOPIC = "topic", "Chuyên đề"
        AD_HOC = "ad_hoc", "Đột xuất"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="periods")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="periods")
    kind = models.CharField(max_length=12, choices=Kind)
    year = models.PositiveSmallIntegerField()
    ordinal = models.PositiveSmallIntegerField(default=1)
    title = models.CharField("tên kỳ", max_length=200)
    covers_from = models.DateField("số liệu từ ngày")
    covers_to = models.DateField("chốt số liệu ngày")
    unit_due_on = models.DateField("hạn đơn vị gửi")
    office_due_on = models.DateField("hạn Văn phòng trình")
    chair_due_on = models.DateField("hạn lãnh đạo duyệt")
    due_on = models.DateField("hạn gửi cấp trên")
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-covers_to", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "plan", "kind", "year", "ordinal"],
                condition=~Q(kind__in=["topic", "ad_hoc"]),
                name="period_opens_once",
            ),
            models.UniqueConstraint(
                fields=["agency", "plan", "kind", "title"],
                condition=Q(kind__in=["topic", "ad_hoc"]),
                name="free_period_opens_once",
            ),
            models.CheckConstraint(
                condition=Q(covers_from__lte=F("covers_to")), name="period_from_before_to"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None
