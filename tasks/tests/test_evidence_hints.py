import datetime as dt
from types import SimpleNamespace

import pytest
from django.urls import reverse

from tasks.evidence_hints import point_out
from tasks.models import Evidence, Occurrence
from tasks.services import Upload, remove_evidence
from tasks.tests.deeds import photo, picture, say, typed

SAME = "Tệp này đã gửi ở việc"
OUTSIDE = "ngoài kỳ báo cáo"


def shot(taken_on: dt.date | None = None, received: str = "a" * 64, name: str = "anh.jpg") -> Upload:
    return Upload(name, "jpg", picture("JPEG"), received, picture("JPEG"), taken_on)


def sent(world: SimpleNamespace, number: int, *files: Upload) -> Evidence:
    return say(world.occurrences[number], by=world.lan, files=files).evidence.get()


def hints_of(file: Evidence, user) -> str:
    rows = Occurrence.objects.select_related("task__plan", "period")
    return " ".join(point_out([file], of=rows.get(pk=file.occurrence_id), to=user))


def test_same_file_for_another_piece_of_work_is_pointed_out(world_with_plan):
    first = sent(world_with_plan, 0, shot())
    second = sent(world_with_plan, 1, shot(name="khac-ten.jpg"))

    said = hints_of(second, world_with_plan.lan)

    assert said.startswith(f"Tệp “khac-ten.jpg”: {SAME} “{first.occurrence.task.title}”")
    assert not hints_of(first, world_with_plan.lan)


def test_same_file_again_for_the_same_piece_of_work_is_nothing_odd(world_with_plan):
    sent(world_with_plan, 0, shot())

    assert not hints_of(sent(world_with_plan, 0, shot()), world_with_plan.lan)


def test_another_file_is_nothing_odd(world_with_plan):
    sent(world_with_plan, 0, shot())

    assert not hints_of(sent(world_with_plan, 1, shot(received="b" * 64)), world_with_plan.lan)


def test_removed_file_is_forgotten(world_with_plan):
    remove_evidence(evidence=sent(world_with_plan, 0, shot()), by=world_with_plan.lan)

    assert not hints_of(sent(world_with_plan, 1, shot()), world_with_plan.lan)


def test_nobody_learns_of_work_they_may_not_see(world_with_plan):
    sent(world_with_plan, 0, shot())
    second = sent(world_with_plan, 1, shot())

    assert not hints_of(second, world_with_plan.stranger)


def test_many_places_are_counted(world_with_plan):
    for number in range(3):
        sent(world_with_plan, number, shot())
    last = sent(world_with_plan, 3, shot())

    assert "và 1 việc khác." in hints_of(last, world_with_plan.lan)


@pytest.mark.parametrize(
    ("edge", "days", "is_odd"),
    [("covers_from", -1, True), ("covers_from", 0, False), ("covers_to", 0, False), ("covers_to", 1, True)],
)
def test_photo_of_a_day_outside_the_period_is_pointed_out(world_with_plan, edge, days, is_odd):
    day = getattr(world_with_plan.period, edge) + dt.timedelta(days)

    said = hints_of(sent(world_with_plan, 0, shot(day)), world_with_plan.lan)

    assert (f"Ảnh chụp ngày {day:%d/%m/%Y}, {OUTSIDE}." in said) is is_odd


def test_photo_without_a_day_is_nothing_odd(world_with_plan):
    assert not hints_of(sent(world_with_plan, 0, shot()), world_with_plan.lan)


@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}])
def test_unit_is_told_after_sending(world_with_plan, browse, htmx):
    one, other = world_with_plan.occurrences[:2]
    client = browse(world_with_plan.lan)
    client.post(reverse("tasks:record", args=[one.pk]), typed(one, attached=photo()))

    page = client.post(
        reverse("tasks:record", args=[other.pk]),
        typed(other, attached=photo()),
        headers=htmx,
        follow=not htmx,
    )

    assert f"Tệp “anh.png”: {SAME} “{one.task.title}”" in page.content.decode()
    assert other.updates.exists()


@pytest.mark.parametrize("page", ["tasks:occurrence", "tasks:reviews"])
def test_office_reads_it_beside_the_file(world_with_plan, browse, page):
    sent(world_with_plan, 0, shot())
    second = say(world_with_plan.occurrences[1], by=world_with_plan.hung, files=[shot()])
    address = reverse(page, args=[second.occurrence_id] if page == "tasks:occurrence" else [])

    assert SAME in browse(world_with_plan.lan).get(address).content.decode()
