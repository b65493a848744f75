"""What the worker does: thin. A message carries an id; the row knows the rest."""

import logging

from celery import shared_task

from danvan import clock
from plans.models import Plan
from reports.services.files import build_file as build
from reports.services.files import files_left_behind
from tasks.services import open_periods

logger = logging.getLogger(__name__)


@shared_task(name="reports.jobs.build_file")
def build_file(file_id: int) -> None:
    build(file_id=file_id)


@shared_task(name="reports.jobs.look_for_files")
def look_for_files() -> None:
    """The sweeper: finds files whose message was lost or whose worker died."""
    for file_id in files_left_behind():
        build_file.delay(file_id)


@shared_task(name="reports.jobs.look_at_calendar")
def look_at_calendar() -> None:
    """Opens the periods that have begun. Missed days and repeated runs make nothing twice."""
    for plan in Plan.objects.active().select_related("agency"):
        try:
            open_periods(plan=plan, on=clock.today())
        except Exception:  # one agency's trouble must not keep the others waiting
            logger.exception("periods of plan %s did not open", plan.pk)
