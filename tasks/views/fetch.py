"""First statements of the steering pages: fetch and authorise. Not yours → 404, may not → 403."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.requests import SignedInRequest
from plans.models import Plan
from tasks import permissions
from tasks.models import Occurrence, Task


def plan_to_steer(request: SignedInRequest, pk: int) -> Plan:
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("agency"), pk=pk)
    if not permissions.can_assign(request.user, plan.agency):
        raise PermissionDenied
    return plan


def task_to_steer(request: SignedInRequest, pk: int) -> Task:
    rows = Task.objects.visible_to(request.user).select_related(
        "plan__agency", "item", "lead_unit", "overseer"
    )
    task = get_object_or_404(rows, pk=pk)
    if not permissions.can_assign(request.user, task.plan.agency):
        raise PermissionDenied
    return task


def occurrence_to_steer(request: SignedInRequest, pk: int) -> Occurrence:
    rows = Occurrence.objects.visible_to(request.user).select_related(
        "task__plan__agency", "task__lead_unit", "period"
    )
    occurrence = get_object_or_404(rows, pk=pk)
    if not permissions.can_assign(request.user, occurrence.task.plan.agency):
        raise PermissionDenied
    return occurrence
