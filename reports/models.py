"""What we tell the level above."""

from django.db import models
from django.db.models import Q

from accounts.models import Agency, Mail, Role, Unit, User
from tasks.models import Occurrence, Period, ProgressUpdate

STEERING = (Role.OFFICE, Role.CHAIR, Role.INSPECTOR)


class ReportQuerySet(models.QuerySet["Report"]):
    def without_words(self) -> "ReportQuerySet":
        """For lists: the frozen figures and the frozen document, hundreds of kilobytes each, stay in the database."""
        return self.defer("figures", "document")

    def visible_to(self, user: User) -> "ReportQuerySet":
        """The ward's own people who steer; the addressee's people once it is issued, never before."""
        own = Q(agency__in=user.agency_ids(*STEERING))
        received = Q(addressee__in=user.agency_ids(Role.RECEIVER), state__in=Report.PUBLIC)
        return self.filter(own | received)


class Report(models.Model):
    """A report from its opening to its issue. `figures` freeze when the period closes, `document` when it is numbered."""

    class State(models.TextChoices):
        OPEN = "open", "Đang thu thập"
        DRAFT = "draft", "Đang soạn"
        SUBMITTED = "submitted", "Chờ duyệt"
        RETURNED = "returned", "Trả lại"
        APPROVED = "approved", "Đã duyệt"
        NUMBERED = "numbered", "Đã lấy số"
        ISSUED = "issued", "Đã ban hành"
        REPLACED = "replaced", "Đã được thay thế"

    PUBLIC = (State.ISSUED, State.REPLACED)
    EDITABLE = (State.DRAFT, State.RETURNED)

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reports")
    period = models.ForeignKey(Period, models.PROTECT, related_name="reports")
    document_type = models.CharField(max_length=10, default="BC")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    number = models.PositiveIntegerField("số", null=True)
    number_year = models.PositiveSmallIntegerField(null=True)
    dated_on = models.DateField("ngày ban hành", null=True)
    addressee = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    subject = models.CharField("trích yếu", max_length=500)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    recipients = models.TextField("nơi nhận", blank=True, help_text="Mỗi dòng một nơi nhận.")
    figures = models.JSONField(null=True)
    document = models.JSONField(null=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    unsigned_reason = models.CharField("lý do chưa có bản ký", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-period__covers_to", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "document_type", "number_year", "number"],
                condition=Q(number__isnull=False),
                name="number_used_once",
            ),
            models.UniqueConstraint(
                fields=["period"], condition=Q(corrects=None), name="one_report_per_period"
            ),
        ]
        verbose_name = "báo cáo"
        verbose_name_plural = "báo cáo"

    def __str__(self) -> str:
        return self.subject

    @property
    def notation(self) -> str:
        """`05/BC-UBND`; a number below ten takes a leading zero (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
        number = f"{self.number:02d}" if self.number else ""
        return f"{number}/{self.document_type}-{self.agency.sign}"


class ReportStep(models.Model):
    """One act in the life of a report: submitted, returned, approved, numbered, issued. Appended only."""

    class Verb(models.TextChoices):
        CLOSE = "close", "Chốt số liệu"
        SUBMIT = "submit", "Trình duyệt"
        RETURN = "return", "Trả lại"
        APPROVE = "approve", "Duyệt"
        NUMBER = "number", "Lấy số"
        ISSUE = "issue", "Ban hành"

    report = models.ForeignKey(Report, models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=10, choices=Verb)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]


class Paragraph(models.Model):
    """One paragraph of a report's text, with the updates it was made from.

    `kind` and `label` follow the hierarchy of the document (heading, paragraph, bullet); `composed` keeps the
    wording the portal proposed, so that the office's own words can be told from it.
    """

    class Kind(models.TextChoices):
        PART = "part", "Phần"
        HEADING = "heading", "Khoản"
        TEXT = "text", "Đoạn văn"
        BULLET = "bullet", "Gạch đầu dòng"

    report = models.ForeignKey(Report, models.CASCADE, related_name="paragraphs")
    key = models.CharField(max_length=80)
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    label = models.CharField(max_length=10, blank=True)
    text = models.TextField(blank=True)
    composed = models.TextField(blank=True)
    updates = models.ManyToManyField(ProgressUpdate, blank=True, related_name="+")
    edited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="paragraph_key_once")]


class ReportFileQuerySet(models.QuerySet["ReportFile"]):
    def visible_to(self, user: User) -> "ReportFileQuerySet":
        own = Q(report__agency__in=user.agency_ids(*STEERING))
        received = Q(
            report__addressee__in=user.agency_ids(Role.RECEIVER),
            report__state__in=Report.PUBLIC,
            kind__in=[ReportFile.Kind.FINAL, ReportFile.Kind.SIGNED],
        )
        return self.filter(own | received)


class ReportFile(models.Model):
    """A file built by the worker from `document`. The row is the truth; a message only carries its id.

    QUEUED → BUILDING (lease, attempts) → READY | FAILED; each step a compare-and-set `update()`.
    """

    class Kind(models.TextChoices):
        DRAFT = "draft", "Dự thảo (PDF)"
        DRAFT_DOCX = "draft_docx", "Dự thảo (Word)"
        FINAL = "final", "Bản chính (PDF)"
        SIGNED = "signed", "Bản đã ký"
        DOCX = "docx", "Bản Word"
        XLSX = "xlsx", "Bảng tính"

    class State(models.TextChoices):
        QUEUED = "queued", "Chờ tạo"
        BUILDING = "building", "Đang tạo"
        READY = "ready", "Đã xong"
        FAILED = "failed", "Không tạo được"

    report = models.ForeignKey(Report, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    document = models.JSONField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    file = models.FileField(upload_to="reports/%Y/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True)
    pages = models.PositiveSmallIntegerField(null=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "lease_until"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} — {self.report}"

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.BUILDING)


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, user: User) -> "ReminderQuerySet":
        """Whoever steers the agency reads all of them, everybody else what was sent to them."""
        whole = Q(agency__in=user.agency_ids(Role.OFFICE, Role.CHAIR, Role.INSPECTOR))
        return self.filter(whole | Q(user=user))


class Reminder(models.Model):
    """One reminding of one person or unit, as it was sent. Appended only: the log of who was told what, and when."""

    class Channel(models.TextChoices):
        DIGEST = "digest", "Thư nhắc trong ngày"
        ESCALATION = "escalation", "Thư báo lãnh đạo phụ trách"
        PRESS = "press", "Đôn đốc"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reminders")
    channel = models.CharField("cách nhắc", max_length=10, choices=Channel)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="reminders")
    period = models.ForeignKey(Period, models.PROTECT, null=True, related_name="reminders")
    on = models.DateField("ngày")
    words = models.TextField("lời nhắc")
    mail = models.OneToOneField(Mail, models.PROTECT, null=True, related_name="reminder")
    made_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="Trống: tự động."
    )
    at = models.DateTimeField()

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "user", "on", "channel"],
                condition=~Q(channel="press"),
                name="one_mail_a_person_and_day",
            )
        ]


class ReminderLine(models.Model):
    """One piece of work in a reminder, and what it was reminded of: never the same twice to the same person."""

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="lines")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="reminder_lines")
    stage = models.CharField(
        max_length=12, help_text="due_7, due_3, due_1, due_0, late_1, late_8 (mỗi tuần)…"
    )
    due_on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "occurrence", "stage", "due_on"],
                condition=Q(user__isnull=False),
                name="reminded_once_a_stage",
            )
        ]
