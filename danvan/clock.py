"""The only place that reads the clock.

`today` and `now` follow `DANVAN_TODAY`, so that a demo or a test can stand in February 2024. It holds a date
(`2024-03-05`: that day, at the real time of day) or an instant (`2024-03-05T09:15`, Vietnamese time unless it names
an offset: that very moment). `real_now` never follows it: leases, retries and expiry are about the machine, not about
the story.
"""

import datetime as dt
import os
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def real_now() -> dt.datetime:
    """The machine's instant, aware, in Vietnamese time."""
    return dt.datetime.now(ZONE)


def now() -> dt.datetime:
    """The instant written on business rows, aware, in Vietnamese time: `DANVAN_TODAY` if set, else the machine's.

    Raises ValueError if `DANVAN_TODAY` is neither a date nor an instant.
    """
    told = os.environ.get("DANVAN_TODAY", "")
    if "T" in told:
        return _moment(dt.datetime.fromisoformat(told))
    real = real_now()
    return dt.datetime.combine(dt.date.fromisoformat(told), real.timetz()) if told else real


def today() -> dt.date:
    """The date by which deadlines, periods and memberships are judged."""
    return now().date()


def local_date(instant: dt.datetime) -> dt.date:
    return instant.astimezone(ZONE).date()


def _moment(told: dt.datetime) -> dt.datetime:
    return told.astimezone(ZONE) if told.tzinfo else told.replace(tzinfo=ZONE)
