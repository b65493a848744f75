"""What happened to one piece of work, in the words that its deeds left behind. Reads only."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from accounts.models import Event
from tasks.models import Occurrence, Task


def events_of(task_ids: Collection[int] | QuerySet[Task]) -> QuerySet[Event]:
    """Every event of these tasks and of all their carryings-out."""
    occurrences = Occurrence.objects.filter(task__in=task_ids).order_by().values("pk")
    of_tasks = Q(subject_type=Task._meta.label_lower, subject_id__in=task_ids)
    of_occurrences = Q(subject_type=Occurrence._meta.label_lower, subject_id__in=occurrences)
    return Event.objects.filter(of_tasks | of_occurrences)


def events_of_occurrence(occurrence: Occurrence, most: int) -> list[Event]:
    """The newest `most` events of one carrying-out and of its task. One query."""
    of_task = Q(subject_type=Task._meta.label_lower, subject_id=occurrence.task_id)
    of_itself = Q(subject_type=Occurrence._meta.label_lower, subject_id=occurrence.pk)
    rows = Event.objects.filter(of_task | of_itself, agency=occurrence.task.plan.agency_id)
    return list(rows[:most])
