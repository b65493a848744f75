from django.db import models

from accounts.models import Role, Unit, User
from tasks.models.task import Occurrence


class ProgressUpdate(models.Model):
    """What a unit said of one occurrence. Appended only: a correction is a new row.

    `outcome` follows from its reviews and is written by services only.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", "Chờ kiểm tra"
        CONFIRMING = "confirming", "Chờ lãnh đạo xác nhận"
        ACCEPTED = "accepted", "Đã nhận"
        RETURNED = "returned", "Trả lại"
        WITHDRAWN = "withdrawn", "Đã gửi bản sau"

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="updates")
    form_key = models.UUIDField(unique=True, help_text="Một lần bấm Gửi chỉ thành một dòng.")
    state = models.CharField("tình trạng", max_length=12, choices=Occurrence.State)
    text = models.TextField("kết quả", blank=True)
    percent = models.PositiveSmallIntegerField("tiến độ (%)", null=True, blank=True)
    difficulties = models.TextField("khó khăn, vướng mắc", blank=True)
    happened_on = models.DateField("ngày thực hiện")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text or self.get_state_display()

    @property
    def is_of_office(self) -> bool:
        """Whether the office spoke: for a unit, or one of the office who heads the unit as well.

        Queues hang `by_office` on their rows, so that not every row asks.
        """
        if self.on_behalf_of_id is not None:
            return True
        agency_id = self.occurrence.task.plan.agency_id
        by_office: bool | None = getattr(self, "by_office", None)
        return self.recorded_by.has_role(Role.OFFICE, agency_id) if by_office is None else by_office


class Review(models.Model):
    """One look at an update. The last of each stage governs."""

    class Stage(models.TextChoices):
        OFFICE = "office", "Văn phòng kiểm tra"
        CHAIR = "chair", "Lãnh đạo xác nhận"

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Đã nhận"
        RETURNED = "returned", "Trả lại"
        WITHDRAWN = "withdrawn", "Rút lại"

    class Code(models.TextChoices):
        NO_FIGURES = "no_figures", "Thiếu số liệu cụ thể"
        NO_EVIDENCE = "no_evidence", "Thiếu minh chứng"
        UNCLEAR = "unclear", "Chưa rõ đã làm gì, kết quả ra sao"
        MISPLACED = "misplaced", "Không đúng việc hoặc không đúng kỳ"
        OTHER = "other", "Lý do khác"

    update = models.ForeignKey(ProgressUpdate, models.CASCADE, related_name="reviews")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.OFFICE)
    outcome = models.CharField(max_length=10, choices=Outcome)
    code = models.CharField("loại lý do", max_length=12, choices=Code, blank=True)
    reason = models.TextField("lý do", blank=True)
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    @property
    def said(self) -> str:
        """Why, in words: the chosen reason, then what was written."""
        return self.words_of(self.code, self.reason)

    @classmethod
    def words_of(cls, code: str, reason: str) -> str:
        named = "" if code in ("", cls.Code.OTHER) else str(cls.Code(code).label)
        return ". ".join(filter(None, (named, reason)))

    @property
    def words(self) -> str:
        """What came of this look: «Đã nhận», «Lãnh đạo xác nhận», «Lãnh đạo trả lại»."""
        if self.stage != self.Stage.CHAIR:
            return str(self.get_outcome_display())
        return "Lãnh đạo xác nhận" if self.outcome == self.Outcome.ACCEPTED else "Lãnh đạo trả lại"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> "EvidenceQuerySet":
        return self.filter(occurrence__in=Occurrence.objects.visible_to(user))

    def kept(self) -> "EvidenceQuerySet":
        return self.filter(removed_at=None)


class Evidence(models.Model):
    """A file that proves a result. Removing it leaves the row."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="evidence")
    update = models.ForeignKey(ProgressUpdate, models.CASCADE, related_name="evidence")
    file = models.FileField(upload_to="evidence/%Y/%m/")
    file_name = models.CharField(max_length=255)
    kind = models.CharField(max_length=5)
    size = models.PositiveIntegerField(help_text="Số byte.")
    sha256 = models.CharField(max_length=64, help_text="Của tệp được giữ.")
    received_sha256 = models.CharField(
        max_length=64,
        blank=True,
        db_index=True,
        help_text="Của tệp khi gửi lên: ảnh được lưu lại thành tệp khác.",
    )
    preview = models.FileField(
        upload_to="previews/%Y/%m/", blank=True, help_text="Ảnh nhỏ, hoặc trang đầu của PDF."
    )
    taken_on = models.DateField("ngày chụp", null=True, help_text="Ngày ghi trong ảnh, nếu có.")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]


class Extension(models.Model):
    """A moved deadline. The first one stays on the occurrence."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="extensions")
    from_on = models.DateField("thời hạn cũ")
    to_on = models.DateField("thời hạn mới")
    reason = models.TextField("lý do")
    document = models.CharField("văn bản cho phép", max_length=200, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]


class Directive(models.Model):
    """A leader's word on something that is stuck. Shown on the unit's card until the unit answers."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="directives")
    text = models.TextField("ý kiến chỉ đạo")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
