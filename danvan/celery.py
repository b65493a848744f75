"""The engine for work that leaves the request. The truth about that work stands in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danvan.settings")

app = Celery("danvan")
app.config_from_object("django.conf:settings", namespace="CELERY")
# One app is called `tasks`, so Celery's own word for its functions would mislead: they live in `jobs.py`.
app.autodiscover_tasks(related_name="jobs")
