"""What the worker does: thin. A message carries an id; the row knows the rest."""

from celery import shared_task

from reports.services.files import build_file as build
from reports.services.files import files_left_behind


@shared_task(name="reports.jobs.build_file")
def build_file(file_id: int) -> None:
    build(file_id=file_id)


@shared_task(name="reports.jobs.look_for_files")
def look_for_files() -> None:
    """The sweeper: finds files whose message was lost or whose worker died."""
    for file_id in files_left_behind():
        build_file.delay(file_id)
