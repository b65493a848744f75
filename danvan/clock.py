"""The only place that reads the clock.

`today` and `now` follow `DANVAN_TODAY` (its date, the real time of day), so that a demo or a test can stand in
February 2024. `real_now` never does: leases, retries and expiry are about the machine, not about the story.
"""

import datetime as dt
import os
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def real_now() -> dt.datetime:
    """The machine's instant, aware, in Vietnamese time."""
    return dt.datetime.now(ZONE)


def now() -> dt.datetime:
    """The instant written on business rows: the date of `DANVAN_TODAY` if set, the real time of day."""
    real = real_now()
    return dt.datetime.combine(_pinned() or real.date(), real.timetz())


def today() -> dt.date:
    """The date by which deadlines, periods and memberships are judged."""
    return now().date()


def local_date(instant: dt.datetime) -> dt.date:
    return instant.astimezone(ZONE).date()


def _pinned() -> dt.date | None:
    text = os.environ.get("DANVAN_TODAY", "")
    return dt.date.fromisoformat(text) if text else None
