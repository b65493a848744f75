import datetime as dt

from django.db import models
from django.db.models import Q

from accounts.models import Role, Unit, User
from plans.models import Item, Plan
from tasks.models.period import Period


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: User) -> "TaskQuerySet":
        whole = Q(plan__agency__in=user.agency_ids(Role.OFFICE, Role.CHAIR, Role.INSPECTOR))
        return self.filter(whole | _of_units(user, "")).distinct()


class Task(models.Model):
    """One thing to be done, from one item of the plan or from a later letter (`source`)."""

    class Schedule(models.TextChoices):
        DATES = "dates", "Theo ngày"
        RULES = "rules", "Lặp lại"
        EVERY_PERIOD = "every_period", "Mỗi kỳ"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="tasks")
    source = models.CharField("theo văn bản", max_length=300, blank=True)
    title = models.CharField("tên việc", max_length=120)
    order = models.PositiveIntegerField(default=0)
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="led_tasks", verbose_name="chủ trì"
    )
    supporting_units = models.ManyToManyField(
        Unit, blank=True, related_name="supported_tasks", verbose_name="phối hợp"
    )
    overseer = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lãnh đạo phụ trách"
    )
    schedule = models.CharField("thời hạn", max_length=12, choices=Schedule, default=Schedule.EVERY_PERIOD)
    rules = models.TextField("quy tắc lặp", blank=True, help_text="Các dòng RRULE theo RFC 5545.")
    period_kind = models.CharField(max_length=12, choices=Period.Kind, default=Period.Kind.QUARTER)
    needs_chair = models.BooleanField("lãnh đạo xác nhận hoàn thành", default=False)
    is_tracked = models.BooleanField("theo dõi", default=True)
    cancelled_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    folded = models.TextField(editable=False, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["plan_id", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False) | ~Q(source=""), name="task_has_item_or_source"
            )
        ]
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"

    def __str__(self) -> str:
        return self.title


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def visible_to(self, user: User) -> "OccurrenceQuerySet":
        """All of the agency for those who steer it; for a department head what their units lead or support."""
        whole = Q(task__plan__agency__in=user.agency_ids(Role.OFFICE, Role.CHAIR, Role.INSPECTOR))
        return self.filter(whole | _of_units(user, "task__")).distinct()

    def live(self) -> "OccurrenceQuerySet":
        """Occurrences that count: tracked, not cancelled."""
        return self.filter(cancelled_on=None, task__is_tracked=True, task__cancelled_on=None)

    def dated(self) -> "OccurrenceQuerySet":
        return self.filter(period=None, due_on__isnull=False)

    def overdue(self, on: dt.date) -> "OccurrenceQuerySet":
        """Agrees with `status.cell_of(...) is Cell.OPEN_OVERDUE`; a test holds the two together."""
        return self.dated().filter(completed_on=None, due_on__lt=on)

    def due_within(self, days: int, on: dt.date) -> "OccurrenceQuerySet":
        return self.dated().filter(completed_on=None, due_on__range=(on, on + dt.timedelta(days=days)))

    def waiting(self) -> "OccurrenceQuerySet":
        """The unit's last word has not been checked yet."""
        return self.filter(latest_update__outcome="waiting")


class Occurrence(models.Model):
    """One carrying-out of a task: on a date, or in a period. Updates, evidence and extensions hang on it.

    `state`, `completed_on`, `latest_update` and `accepted_update` follow from the updates and their reviews and are
    written by services only. `due_on` is empty where a period asks for the result: its `unit_due_on` is shown.

    `due_on` governs. `first_due_on` is the day that was said at first. Where the day that was said is a day off, either
    the deadline has moved and `named_on` keeps that day, or it stays and `workday_on` is the first working day after it.
    """

    class State(models.TextChoices):
        NOT_STARTED = "not_started", "Chưa làm"
        IN_PROGRESS = "in_progress", "Đang làm"
        DONE = "done", "Đã xong"
        NOTHING = "nothing", "Không phát sinh"

    task = models.ForeignKey(Task, models.CASCADE, related_name="occurrences")
    period = models.ForeignKey(Period, models.PROTECT, null=True, related_name="occurrences")
    due_on = models.DateField("thời hạn", null=True)
    first_due_on = models.DateField("thời hạn ban đầu", null=True)
    named_on = models.DateField("ngày nghỉ được ghi làm thời hạn", null=True, blank=True)
    workday_on = models.DateField("ngày làm việc sau thời hạn", null=True, blank=True)
    completed_on = models.DateField("ngày hoàn thành", null=True)
    cancelled_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=State, default=State.NOT_STARTED)
    latest_update = models.ForeignKey("ProgressUpdate", models.SET_NULL, null=True, related_name="+")
    accepted_update = models.ForeignKey("ProgressUpdate", models.SET_NULL, null=True, related_name="+")
    opened_on = models.DateField(help_text="Từ ngày này tính số ngày chưa có tin mới.")
    version = models.PositiveIntegerField(default=1)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ["task__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "period"],
                condition=Q(period__isnull=False),
                name="occurrence_once_per_period",
            ),
            models.UniqueConstraint(
                fields=["task", "first_due_on"], condition=Q(period=None), name="occurrence_once_per_date"
            ),
            models.CheckConstraint(
                condition=Q(period=None, due_on__isnull=False) | Q(period__isnull=False, due_on=None),
                name="occurrence_has_date_or_period",
            ),
        ]
        indexes = [models.Index(fields=["due_on"])]

    def __str__(self) -> str:
        return f"{self.task} ({self.period or self.due_on})"

    @property
    def said_on(self) -> dt.date | None:
        """The day that was said, before days off moved it. Extensions and rules speak of this day."""
        return self.named_on or self.due_on

    @property
    def is_extended(self) -> bool:
        return self.said_on != self.first_due_on

    @property
    def due_words(self) -> str:
        """«30/04/2024 (nghỉ) → 02/05/2024» where the day that was said is a day off. Needs `period` loaded."""
        due = f"{self.shown_due_on:%d/%m/%Y}"
        if self.named_on:
            return f"{self.named_on:%d/%m/%Y} (nghỉ) → {due}"
        return f"{due} (nghỉ; ngày làm việc sau đó: {self.workday_on:%d/%m/%Y})" if self.workday_on else due

    @property
    def shown_due_on(self) -> dt.date:
        """The day the unit must keep. Needs `period` loaded."""
        return self.period.unit_due_on if self.period else self.due_on  # type: ignore[return-value]


def _of_units(user: User, prefix: str) -> Q:
    mine = user.acting_unit_ids
    return Q(**{f"{prefix}lead_unit__in": mine}) | Q(**{f"{prefix}supporting_units__in": mine})
