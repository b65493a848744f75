"""Who may open and send what in `reports`; the format stands in `accounts/tests/matrix.py`."""

from accounts.tests.matrix import CHAIR, DEPARTMENT, INSPECTOR, OFFICE, RECEIVER, Row

STEERING = [OFFICE, CHAIR, INSPECTOR]

ROWS = [
    Row("reports:home", get={OFFICE: 200, CHAIR: 200, INSPECTOR: 200, DEPARTMENT: 302, RECEIVER: 302}),
    Row("reports:to_approve", get=[CHAIR]),
    Row("reports:period", lambda world: {"pk": world.period.pk}, get=STEERING),
    Row("reports:close", lambda world: {"pk": world.period.pk}, get=[OFFICE], post=[OFFICE]),
]
