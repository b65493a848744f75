"""Who: agencies, their units, people, and what people did."""

import datetime as dt
from functools import cached_property

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import F, Q

from danvan import clock


class Role(models.TextChoices):
    OFFICE = "office", "Văn phòng"
    DEPARTMENT = "department", "Trưởng đơn vị"
    CHAIR = "chair", "Chủ tịch, Phó Chủ tịch"
    RECEIVER = "receiver", "Cơ quan cấp trên"
    INSPECTOR = "inspector", "Thanh tra, kiểm tra"


# Whoever works in an agency reads what the agency has; a receiver only reads what was issued to it.
INSIDE = (Role.OFFICE, Role.DEPARTMENT, Role.CHAIR, Role.INSPECTOR)
STEERS_MOST = (Role.CHAIR, Role.OFFICE, Role.DEPARTMENT, Role.INSPECTOR, Role.RECEIVER)


class Agency(models.Model):
    """A ward, or the agency above it. How its documents are headed is data, because names change by law."""

    code = models.SlugField("mã", unique=True)
    name = models.CharField("tên đầy đủ", max_length=200)
    short_name = models.CharField("tên gọi", max_length=120)
    superior = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inferiors",
        verbose_name="cơ quan cấp trên",
    )
    heading_superior = models.CharField("dòng cơ quan chủ quản", max_length=200, blank=True)
    heading = models.TextField("tên cơ quan trên văn bản", help_text="Mỗi dòng in thành một dòng.")
    place = models.CharField("địa danh", max_length=100)
    sign = models.CharField("chữ viết tắt trong ký hiệu", max_length=20, default="UBND")
    authority = models.CharField("thẩm quyền ký", max_length=100, default="TM. ỦY BAN NHÂN DÂN")
    evidence_quota_mb = models.PositiveIntegerField(
        "dung lượng minh chứng (MB)", default=5000, help_text="Hết dung lượng thì không nhận thêm tệp."
    )
    is_training = models.BooleanField(
        "chạy thử", default=False, help_text="Mọi báo cáo đều ghi “(số liệu minh họa)”."
    )

    class Meta:
        ordering = ["code"]
        verbose_name = "cơ quan"
        verbose_name_plural = "cơ quan"

    def __str__(self) -> str:
        return self.short_name


class UnitQuerySet(models.QuerySet["Unit"]):
    def visible_to(self, user: "User") -> "UnitQuerySet":
        return self.filter(agency__in=user.agency_ids(*INSIDE))

    def valid(self, on: dt.date) -> "UnitQuerySet":
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on))


class Unit(models.Model):
    """Whoever can be named as responsible: a unit, one person, or a group that the plan names as one."""

    class Kind(models.TextChoices):
        UNIT = "unit", "Đơn vị, bộ phận"
        PERSON = "person", "Cá nhân"
        GROUP = "group", "Nhóm đơn vị"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units")
    name = models.CharField("tên đơn vị", max_length=200)
    kind = models.CharField("loại", max_length=10, choices=Kind, default=Kind.UNIT)
    members = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="groups", verbose_name="thành viên của nhóm"
    )
    aliases = models.TextField("tên gọi khác", blank=True, help_text="Mỗi dòng một tên, như trong kế hoạch.")
    valid_from = models.DateField("hoạt động từ", null=True, blank=True)
    valid_to = models.DateField("hoạt động đến", null=True, blank=True)
    sort_key = models.CharField(max_length=255, editable=False)
    folded = models.CharField(max_length=255, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["agency", "folded"], name="unit_name_once_per_agency")]
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"

    def __str__(self) -> str:
        return self.name

    def names(self) -> list[str]:
        return [self.name, *filter(None, (line.strip() for line in self.aliases.splitlines()))]


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> "UserQuerySet":
        return self.filter(memberships__agency__in=user.agency_ids(*INSIDE)).distinct()


class PeopleManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    use_in_migrations = False


class User(AbstractUser):
    """A person. Rights come from memberships; `is_staff` opens the maintainer's pages and nothing else."""

    first_name = last_name = None  # type: ignore[assignment]  # Vietnamese names are kept whole
    full_name = models.CharField("họ và tên", max_length=150)
    position = models.CharField("chức vụ", max_length=150, blank=True)
    sort_key = models.CharField(max_length=255, editable=False, blank=True)
    folded = models.CharField(max_length=255, editable=False, blank=True)

    REQUIRED_FIELDS = ["full_name"]
    objects = PeopleManager()  # type: ignore[misc]

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.rsplit(" ", 1)[-1]

    @cached_property
    def active_memberships(self) -> list["Membership"]:
        """Today's memberships, with agency and unit, in a steady order. One query per request."""
        return list(self.memberships.active(clock.today()).select_related("agency", "unit").order_by("pk"))

    def agency_ids(self, *roles: str) -> set[int]:
        """Agencies in which the user holds one of `roles` (any role if none is named)."""
        return {m.agency_id for m in self.active_memberships if not roles or m.role in roles}

    def has_role(self, role: str, agency_id: int) -> bool:
        return any(m.role == role and m.agency_id == agency_id for m in self.active_memberships)

    @property
    def main_role(self) -> str | None:
        """What the user's pages are arranged for: of several roles in their agency the one that steers most."""
        held = {m.role for m in self.active_memberships if m.agency == self.agency}
        return next((role for role in STEERS_MOST if role in held), None)

    @property
    def agency(self) -> Agency | None:
        """The agency the user works in: that of the first membership."""
        return self.active_memberships[0].agency if self.active_memberships else None

    def agency_as(self, role: str) -> Agency | None:
        """The agency in which the user holds `role`, the first of several."""
        return next((m.agency for m in self.active_memberships if m.role == role), None)

    @cached_property
    def led_units(self) -> list[Unit]:
        return [m.unit for m in self.active_memberships if m.unit is not None]

    @cached_property
    def acting_unit_ids(self) -> set[int]:
        """Units for which the user may speak: those they lead, and the groups these belong to."""
        led = [unit.pk for unit in self.led_units]
        groups = Unit.members.through.objects.filter(to_unit_id__in=led).values_list(
            "from_unit_id", flat=True
        )
        return {*led, *groups} if led else set()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self, on: dt.date) -> "MembershipQuerySet":
        return self.filter(Q(from_on=None) | Q(from_on__lte=on), Q(to_on=None) | Q(to_on__gte=on))

    def unended(self, on: dt.date) -> "MembershipQuerySet":
        """In force on that day, or beginning later."""
        return self.filter(Q(to_on=None) | Q(to_on__gte=on))


class Membership(models.Model):
    """A role held in an agency for a time. A department head's names the unit; one person may lead two units."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField("vai trò", max_length=12, choices=Role)
    from_on = models.DateField("từ ngày", null=True, blank=True)
    to_on = models.DateField("đến ngày", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role=Role.DEPARTMENT, unit__isnull=False)
                | (~Q(role=Role.DEPARTMENT) & Q(unit=None)),
                name="membership_unit_only_for_department",
            ),
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(to_on=None) | Q(from_on__lte=F("to_on")),
                name="membership_from_before_to",
            ),
        ]
        verbose_name = "vai trò trong cơ quan"
        verbose_name_plural = "vai trò trong cơ quan"

    def __str__(self) -> str:
        where = self.unit or self.agency
        return f"{self.get_role_display()} — {where}"


class SignInSlip(models.Model):
    """A printed first-sign-in slip: a one-time link, good for seven days. Only its hash is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="slips")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: User) -> "EventQuerySet":
        return self.filter(agency__in=user.agency_ids(*INSIDE))

    def about(self, subject: models.Model) -> "EventQuerySet":
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)


class Event(models.Model):
    """Who did what, in words. Appended by services in the transaction of the deed; never edited."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="events")
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    words = models.TextField()
    at = models.DateTimeField()

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"]),
            models.Index(fields=["agency", "-at"]),
        ]

    def __str__(self) -> str:
        return self.words


class MailQuerySet(models.QuerySet["Mail"]):
    def visible_to(self, user: User) -> "MailQuerySet":
        """The office, which mends an address that is refused, and the inspector."""
        return self.filter(agency__in=user.agency_ids(Role.OFFICE, Role.INSPECTOR))


class Mail(models.Model):
    """The outbox. At least once, always under the same Message-ID; the row knows how far it got."""

    class State(models.TextChoices):
        QUEUED = "queued", "Chờ gửi"
        SENDING = "sending", "Đang gửi"
        SENT = "sent", "Đã gửi"
        FAILED = "failed", "Không gửi được"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="mails")
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = MailQuerySet.as_manager()
