"""What was promised: the plan as the document says it. Nothing here knows who does it or how far they are."""

from django.db import models
from django.db.models import Q

from accounts.models import INSIDE, Agency, User


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> "PlanQuerySet":
        """Plans of the agencies the user works in; a draft is the office's own."""
        from_inside = Q(agency__in=user.agency_ids(*INSIDE)) & ~Q(state=Plan.State.DRAFT)
        drafts = Q(agency__in=user.agency_ids("office", "inspector", "chair"))
        return self.filter(from_inside | drafts)

    def active(self) -> "PlanQuerySet":
        return self.filter(state=Plan.State.ACTIVE)


class Plan(models.Model):
    """One issued plan. An agency may have several in a year."""

    class State(models.TextChoices):
        DRAFT = "draft", "Bản nháp"
        ACTIVE = "active", "Đang thực hiện"
        CLOSED = "closed", "Đã kết thúc"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="plans")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    number = models.CharField("số, ký hiệu", max_length=50, blank=True)
    dated_on = models.DateField("ngày ban hành", null=True, blank=True)
    year = models.PositiveSmallIntegerField("năm")
    title = models.CharField("trích yếu", max_length=500)
    place = models.CharField("địa danh", max_length=100, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    superior = models.CharField("cơ quan cấp trên", max_length=200, blank=True)
    opening = models.TextField("lời mở đầu", blank=True)
    closing = models.TextField("lời kết", blank=True)
    authority = models.CharField("thẩm quyền ký", max_length=200, blank=True)
    position = models.CharField("chức vụ người ký", max_length=200, blank=True)
    signer = models.CharField("người ký", max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1)
    activated_at = models.DateTimeField(null=True)
    folded = models.TextField(editable=False, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-pk"]
        verbose_name = "kế hoạch"
        verbose_name_plural = "kế hoạch"

    def __str__(self) -> str:
        return f"Kế hoạch {self.number}" if self.number else self.title or "Kế hoạch chưa có trích yếu"


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: User) -> "ImportQuerySet":
        return self.filter(agency__in=user.agency_ids("office", "inspector"))


class Import(models.Model):
    """A file that was read into a plan, kept as it came."""

    class State(models.TextChoices):
        QUEUED = "queued", "Chờ đọc"
        READING = "reading", "Đang đọc"
        READ = "read", "Đã đọc"
        FAILED = "failed", "Không đọc được"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="imports")
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, related_name="imports")
    file = models.FileField(upload_to="imports/%Y/")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = ImportQuerySet.as_manager()

    class Meta:
        # Of two uploads of the same file at the same moment, one becomes a draft and the other leads to it.
        constraints = [models.UniqueConstraint(fields=["agency", "sha256"], name="import_once_per_file")]


class LegalBasis(models.Model):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="legal_bases")
    order = models.PositiveIntegerField()
    text = models.TextField("căn cứ")

    class Meta:
        ordering = ["order", "pk"]


class Recipient(models.Model):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="recipients")
    order = models.PositiveIntegerField()
    text = models.CharField("nơi nhận", max_length=300)

    class Meta:
        ordering = ["order", "pk"]


class Section(models.Model):
    """A part of the document: I, II, III, or an annex."""

    class Kind(models.TextChoices):
        PURPOSE = "purpose", "Mục đích, yêu cầu"
        CONTENT = "content", "Nội dung"
        ORGANISATION = "organisation", "Tổ chức thực hiện"
        ANNEX = "annex", "Phụ lục"
        OTHER = "other", "Phần khác"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    order = models.PositiveIntegerField()
    numeral = models.CharField("số mục", max_length=10, blank=True)
    title = models.CharField("tên phần", max_length=500)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.numeral}. {self.title}" if self.numeral else self.title


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, user: User) -> "ItemQuerySet":
        return self.filter(section__plan__in=Plan.objects.visible_to(user))


class Item(models.Model):
    """The document's words, never shortened or divided; annex rows too.

    Beside the words stands what the document says of them, as read. What it does not say is empty:
    `lead`, `coordinating`, `due`, `frequency` are lists of strings in the shapes of the importer's contract.
    """

    class Kind(models.TextChoices):
        ACTION = "action", "Việc phải làm"
        REPORT = "report", "Báo cáo"
        REQUEST = "request", "Đề nghị"
        TARGET = "target", "Chỉ tiêu"

    section = models.ForeignKey(Section, models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    order = models.PositiveIntegerField(help_text="Thứ tự trong cả phần, từ trên xuống.")
    label = models.CharField("ký hiệu", max_length=10, blank=True)
    text = models.TextField("nội dung")
    assignment_text = models.TextField("dòng phân công", blank=True)
    path = models.CharField(max_length=60, blank=True)
    line = models.PositiveIntegerField(null=True)
    is_task = models.BooleanField("là việc phải làm", default=False)
    is_tracked = models.BooleanField("theo dõi", default=True)
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    lead = models.JSONField(default=list, blank=True)
    coordinating = models.JSONField(default=list, blank=True)
    due = models.JSONField(default=list, blank=True)
    due_bound = models.CharField(max_length=10, blank=True)
    frequency = models.JSONField(default=list, blank=True)
    target = models.CharField("mức giao", max_length=300, blank=True)
    deliverable = models.CharField("sản phẩm", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    folded = models.TextField(editable=False, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["section__order", "order", "pk"]
        indexes = [models.Index(fields=["section", "order"])]

    def __str__(self) -> str:
        return f"{self.label} {self.text}".strip()

    @property
    def mark(self) -> str:
        """The label as it is printed: `1.`, `a)`, `1.1.`, `IV.`, and a bullet as it is."""
        if self.label.islower() and self.label.isalpha():
            return f"{self.label})"
        return f"{self.label}." if self.label[-1:].isalnum() else self.label


class Doubt(models.Model):
    """A guess of the importer, or a line that found no place, until somebody has looked at it."""

    after_id: int | None = (
        None  # for a line without a place: the item it stood below, where a page has looked for it
    )

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="doubts")
    item = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="doubts")
    line = models.PositiveIntegerField(null=True)
    text = models.TextField(blank=True)
    reason = models.TextField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["line", "pk"]


class RemovalQuerySet(models.QuerySet["Removal"]):
    def open(self) -> "RemovalQuerySet":
        """Deleted and not taken back; a line that was merged into another is no deletion."""
        return self.filter(restored_at=None, is_merge=False)

    def of_item(self, pk: int) -> "RemovalQuerySet":
        return self.filter(restored_at=None, keys__contains=f",{pk},").order_by("-pk")


class Removal(models.Model):
    """Lines taken out of a draft, whole, so that they can be put back until the plan is activated.

    `lines` holds every field of the items, the first being the one that was deleted; it is never asked by SQL.
    `doubts` holds `[doubt, item, was it open]`; `keys` the items' keys as `,7,8,`.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="removals")
    section = models.ForeignKey(Section, models.CASCADE, related_name="removals")
    is_merge = models.BooleanField(default=False)
    merged_into = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="+")
    parent_key = models.BigIntegerField(null=True)
    after_key = models.BigIntegerField(null=True)
    lines = models.JSONField()
    doubts = models.JSONField(default=list)
    keys = models.TextField()
    removed_at = models.DateTimeField()
    removed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    restored_at = models.DateTimeField(null=True)

    objects = RemovalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    @property
    def words(self) -> str:
        return self.lines[0]["text"]

    @property
    def others(self) -> int:
        """How many lines went with it."""
        return len(self.lines) - 1
