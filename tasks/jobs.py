"""What the worker does for tasks: thin. Beat only says «look»; what is to be done stands in the database."""

import logging

from celery import shared_task

from danvan import clock
from plans.models import Plan
from tasks.services.periods import open_due_periods

logger = logging.getLogger(__name__)


@shared_task(name="tasks.jobs.look_at_calendar")
def look_at_calendar() -> None:
    """Opens the periods that have begun. Missed days and repeated runs lose nothing and make nothing twice."""
    for plan in Plan.objects.active().select_related("agency"):
        try:
            open_due_periods(plan=plan, on=clock.today())
        except Exception:  # one agency's trouble must not keep the others waiting
            logger.exception("periods of plan %s did not open", plan.pk)
