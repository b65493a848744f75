import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership, Role, User
from conftest import make_user, text_of
from tasks.models import DayOff, ProgressUpdate, Review
from tasks.queue import chair_queue, check_times, office_queue
from tasks.services import accept_update, cancel_task, close_period, reopen_update, return_update
from tasks.tests.deeds import PHOTO, fresh, say

HTMX = {"HX-Request": "true"}
QUEUE = reverse("tasks:reviews")
Outcome = ProgressUpdate.Outcome


@pytest.fixture
def update(world_with_plan):
    return say(world_with_plan.occurrences[0], by=world_with_plan.hung, files=[PHOTO])


def outcome(update) -> str:
    return ProgressUpdate.objects.get(pk=update.pk).outcome


def test_queue_shows_what_waits_with_its_evidence(lan, update):
    page = text_of(lan.get(QUEUE))

    assert "1 kết quả chờ kiểm tra" in page
    assert "Đã phát 6 bài." in page and "anh.png" in page and "Trần Văn Hùng" in page


def test_empty_queue_says_what_comes_next(lan, world_with_plan):
    assert "Không còn kết quả nào chờ kiểm tra" in text_of(lan.get(QUEUE))


def test_oldest_stands_first(lan, world_with_plan):
    first = say(world_with_plan.occurrences[2], by=world_with_plan.mai)
    second = say(world_with_plan.occurrences[0], by=world_with_plan.hung)

    page = lan.get(QUEUE).content.decode()

    assert page.index(f"cap-nhat-{first.pk}") < page.index(f"cap-nhat-{second.pk}")


def test_queue_of_one_unit(lan, world_with_plan, update):
    other = say(world_with_plan.occurrences[2], by=world_with_plan.mai)

    page = lan.get(QUEUE, {"don-vi": world_with_plan.justice.pk}).content.decode()

    assert f'id="cap-nhat-{other.pk}"' in page
    assert f'id="cap-nhat-{update.pk}"' not in page


def test_cancelled_work_leaves_the_queue(lan, world_with_plan, update):
    task = world_with_plan.tasks[0]
    cancel_task(task=task, version=task.version, reason="Trùng.", by=world_with_plan.lan)

    assert "Không còn kết quả nào" in text_of(lan.get(QUEUE))


def test_closed_period_leaves_the_queue_and_its_page_says_why(lan, world_with_plan, update):
    close_period(period=world_with_plan.period, version=1, by=world_with_plan.lan)

    page = text_of(lan.get(reverse("tasks:occurrence", args=[update.occurrence_id])))

    assert not office_queue([world_with_plan.ward.pk])
    assert check_times(world_with_plan.ward, dt.date(2024, 3, 20)).waiting == 0
    assert "kết quả không được tính" in page and "Nhận kết quả" not in page


def test_queue_of_another_ward_is_its_own(browse, world_with_plan, update):
    assert "Không còn kết quả nào" in text_of(browse(world_with_plan.stranger).get(QUEUE))


@pytest.mark.parametrize("others", [(), (2, 3)])
def test_queue_asks_the_database_the_same_number_of_times(lan, world_with_plan, update, others):
    for number in others:
        say(world_with_plan.occurrences[number], by=world_with_plan.lan, files=[PHOTO])
    lan.get(QUEUE)

    with CaptureQueriesContext(connection) as seen:
        lan.get(QUEUE)

    assert len(seen) == 12


def test_accepting_without_javascript_returns_to_the_queue(lan, update):
    response = lan.post(reverse("tasks:accept", args=[update.pk]), {"next": QUEUE})

    assert response["Location"] == QUEUE
    assert outcome(update) == Outcome.ACCEPTED


def test_accepting_with_htmx_folds_the_row_and_counts_down(lan, update):
    response = lan.post(reverse("tasks:accept", args=[update.pk]), headers=HTMX)

    assert "data-just-sent" in response.content.decode()
    assert "Đã nhận lúc" in text_of(response) and "Đã kiểm tra hết." in text_of(response)


def test_accepting_with_htmx_counts_down_the_unit_that_is_shown(lan, world_with_plan, update):
    say(world_with_plan.occurrences[2], by=world_with_plan.mai)
    shown = f"http://testserver{QUEUE}?don-vi={world_with_plan.culture.pk}"

    response = lan.post(reverse("tasks:accept", args=[update.pk]), headers={**HTMX, "HX-Current-URL": shown})

    assert "Đã kiểm tra hết" in text_of(response)


def test_returning_needs_a_reason(lan, update):
    response = lan.post(reverse("tasks:return", args=[update.pk]), {"reason": " "}, headers=HTMX)

    assert response.status_code == 422
    assert "Ghi lý do trả lại" in text_of(response)
    assert outcome(update) == Outcome.WAITING


def test_too_long_a_reason_is_kept_in_its_box(lan, update):
    response = lan.post(reverse("tasks:return", args=[update.pk]), {"reason": "x" * 2001})

    assert response.status_code == 422
    assert "x" * 2001 in response.content.decode()


def test_returned_with_a_reason(lan, update):
    lan.post(reverse("tasks:return", args=[update.pk]), {"reason": "Thiếu số liệu."})

    assert outcome(update) == Outcome.RETURNED
    assert update.reviews.get().reason == "Thiếu số liệu."


def test_reopened_with_a_reason(lan, world_with_plan, update):
    accept_update(update=update, by=world_with_plan.lan)

    lan.post(reverse("tasks:reopen", args=[update.pk]), {"reason": "Nhận nhầm."})

    assert outcome(update) == Outcome.WAITING


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_overtaken_review_is_told(lan, world_with_plan, update, headers):
    say(world_with_plan.occurrences[0], by=world_with_plan.hung)

    response = lan.post(reverse("tasks:accept", args=[update.pk]), headers=headers)

    assert response.status_code == 409
    assert "đơn vị vừa gửi bản khác" in text_of(response)


def test_several_are_taken_at_once_and_each_is_told(lan, world_with_plan, update):
    replaced = say(world_with_plan.occurrences[2], by=world_with_plan.mai)
    say(world_with_plan.occurrences[2], text="Bản mới.", by=world_with_plan.mai)

    page = text_of(lan.post(QUEUE, {"chon": [update.pk, replaced.pk]}))

    assert f"Đã nhận {world_with_plan.tasks[0].title}" in page
    assert f"Chưa nhận {world_with_plan.tasks[2].title}" in page
    assert outcome(update) == Outcome.ACCEPTED
    assert fresh(world_with_plan.occurrences[2]).latest_update.outcome == Outcome.WAITING


def test_several_of_another_ward_are_not_taken(browse, world_with_plan, update):
    browse(world_with_plan.stranger).post(QUEUE, {"chon": [update.pk]})

    assert outcome(update) == Outcome.WAITING


@pytest.mark.parametrize("chosen", [[], ["x"], ["99999"]])
def test_nothing_chosen_is_told(lan, update, chosen):
    assert "Chưa chọn kết quả nào" in text_of(lan.post(QUEUE, {"chon": chosen}))


# --- Returning -----------------------------------------------------------------------------------------------------


def test_code_alone_says_why(lan, update):
    lan.post(reverse("tasks:return", args=[update.pk]), {"code": "no_evidence"})

    assert outcome(update) == Outcome.RETURNED
    assert update.reviews.get().said == "Thiếu minh chứng"


def test_other_reason_needs_words(lan, update):
    response = lan.post(reverse("tasks:return", args=[update.pk]), {"code": "other"}, headers=HTMX)

    assert response.status_code == 422
    assert 'value="other" checked' in response.content.decode()


def test_unit_reads_the_code_and_the_words(browse, world_with_plan, update):
    return_update(update=update, reason="Ghi số người dự.", code="no_figures", by=world_with_plan.lan)

    assert "Thiếu số liệu cụ thể. Ghi số người dự." in text_of(
        browse(world_with_plan.hung).get("/viec-cua-don-vi/")
    )


# --- Whom it waits for -----------------------------------------------------------------------------------------------


def test_own_words_are_not_offered_for_taking(lan, world_with_plan):
    update = say(world_with_plan.occurrences[0], by=world_with_plan.lan)

    page = lan.get(QUEUE)

    assert "Văn phòng chỉ có một người nên lãnh đạo kiểm tra" in text_of(page)
    assert reverse("tasks:accept", args=[update.pk]) not in page.content.decode()


def test_own_words_are_refused_though_asked_for(lan, world_with_plan):
    update = say(world_with_plan.occurrences[0], by=world_with_plan.lan)

    response = lan.post(reverse("tasks:accept", args=[update.pk]), headers=HTMX)

    assert response.status_code == 422 and "không tự nhận" in text_of(response)
    assert outcome(update) == Outcome.WAITING


def test_words_of_a_lone_office_wait_for_the_leader(world_with_plan):
    update = say(world_with_plan.occurrences[0], by=world_with_plan.lan)

    assert list(chair_queue([world_with_plan.ward.pk])) == [update]


def test_words_of_one_of_two_in_the_office_wait_for_the_other(world_with_plan):
    say(world_with_plan.occurrences[0], by=world_with_plan.lan)
    make_user("thu", "Đinh Thị Thu", world_with_plan.ward, Role.OFFICE)

    assert not chair_queue([world_with_plan.ward.pk])
    assert office_queue([world_with_plan.ward.pk]).count() == 1


def test_leader_takes_what_a_lone_office_recorded(browse, world_with_plan):
    update = say(world_with_plan.occurrences[0], by=world_with_plan.lan)

    browse(world_with_plan.tam).post(reverse("tasks:accept", args=[update.pk]))

    assert outcome(update) == Outcome.ACCEPTED


@pytest.fixture
def clerk_who_heads(world_with_plan):
    """The office's only person, who heads the unit of the first work as well."""
    world = world_with_plan
    Membership.objects.create(user=world.lan, agency=world.ward, role=Role.DEPARTMENT, unit=world.culture)
    return User.objects.get(pk=world.lan.pk)


def test_words_of_a_lone_clerk_for_their_own_unit_wait_for_the_leader(
    browse, world_with_plan, clerk_who_heads
):
    update = say(world_with_plan.occurrences[0], by=clerk_who_heads)

    waits = list(chair_queue([world_with_plan.ward.pk]))
    to_check = check_times(world_with_plan.ward, dt.date(2024, 3, 5)).to_check
    browse(world_with_plan.tam).post(reverse("tasks:accept", args=[update.pk]))

    assert (update.on_behalf_of, waits, to_check) == (None, [update], 0)
    assert outcome(update) == Outcome.ACCEPTED


def test_words_of_the_only_leader_are_confirmed_by_the_office(lan, world_with_plan, confirmed):
    world = world_with_plan
    Membership.objects.create(user=world.tam, agency=world.ward, role=Role.DEPARTMENT, unit=world.culture)
    update = say(confirmed, by=User.objects.get(pk=world.tam.pk))

    page = text_of(lan.get(QUEUE))
    lan.post(reverse("tasks:accept", args=[update.pk]))

    assert "lãnh đạo duy nhất ghi kết quả: Văn phòng nhận là đủ" in page
    assert outcome(update) == Outcome.ACCEPTED


def test_leader_does_not_check_what_a_unit_sent(browse, world_with_plan, update):
    response = browse(world_with_plan.tam).post(reverse("tasks:accept", args=[update.pk]))

    assert response.status_code == 403


# --- Confirming ----------------------------------------------------------------------------------------------------


def test_taken_work_that_a_leader_confirms_is_passed_on(lan, world_with_plan, confirmed):
    update = say(confirmed, by=world_with_plan.hung)

    page = text_of(lan.post(reverse("tasks:accept", args=[update.pk]), headers=HTMX))

    assert outcome(update) == Outcome.CONFIRMING
    assert "Chờ lãnh đạo xác nhận" in page


def test_leader_confirms(browse, world_with_plan, confirmed):
    update = say(confirmed, by=world_with_plan.hung)
    accept_update(update=update, by=world_with_plan.lan)

    response = browse(world_with_plan.tam).post(reverse("tasks:confirm", args=[update.pk]))

    assert response["Location"] == reverse("reports:to_approve")
    assert outcome(update) == Outcome.ACCEPTED


def test_leader_returns_with_a_reason(browse, world_with_plan, confirmed):
    update = say(confirmed, by=world_with_plan.hung)
    accept_update(update=update, by=world_with_plan.lan)

    browse(world_with_plan.tam).post(reverse("tasks:return", args=[update.pk]), {"code": "unclear"})

    assert outcome(update) == Outcome.RETURNED
    assert update.reviews.last().stage == Review.Stage.CHAIR


def test_refused_return_of_a_leader_keeps_what_was_typed(browse, world_with_plan, confirmed):
    update = say(confirmed, by=world_with_plan.hung)
    accept_update(update=update, by=world_with_plan.lan)

    response = browse(world_with_plan.tam).post(
        reverse("tasks:return", args=[update.pk]), {"reason": "x" * 2001, "code": "unclear"}
    )

    assert response.status_code == 422
    assert "x" * 2001 in response.content.decode()


def test_several_taken_at_once_say_which_wait_for_a_leader(lan, world_with_plan, confirmed):
    update = say(confirmed, by=world_with_plan.hung)

    assert "Chờ lãnh đạo xác nhận" in text_of(lan.post(QUEUE, {"chon": [update.pk]}))


# --- How long checks wait --------------------------------------------------------------------------------------------


def test_oldest_wait_counts_working_days(world_with_plan, update):
    """Sent on Tuesday 5/3; the next Wednesday is a day off."""
    DayOff.objects.create(agency=world_with_plan.ward, on=dt.date(2024, 3, 6), name="Nghỉ bù")

    assert check_times(world_with_plan.ward, dt.date(2024, 3, 11)).longest == 3


def test_reopened_result_waits_from_the_day_it_was_reopened(world_with_plan, update, stand_on):
    accept_update(update=update, by=world_with_plan.lan)
    stand_on("2024-03-11")
    reopen_update(update=update, reason="Nhầm.", by=world_with_plan.lan)

    assert check_times(world_with_plan.ward, dt.date(2024, 3, 12)).longest == 1


def test_mean_wait_is_that_of_this_quarters_first_answers(world_with_plan, update, stand_on):
    world = world_with_plan
    stand_on("2024-03-07")
    accept_update(update=update, by=world.lan)
    accept_update(update=say(world.occurrences[2], by=world.mai), by=world.lan)

    times = check_times(world.ward, dt.date(2024, 3, 7))

    assert (times.checked, times.mean, times.waiting) == (2, Decimal("1.0"), 0)
    assert check_times(world.ward, dt.date(2024, 3, 20)).checked == 0


def test_queue_tells_how_long_checks_wait(lan, update, stand_on):
    stand_on("2024-03-07")

    assert "Chờ kiểm tra lâu nhất: 2 ngày làm việc" in text_of(lan.get(QUEUE))


def test_check_times_are_those_of_the_agency_whose_office_one_is(world_with_plan, browse):
    Membership.objects.filter(user=world_with_plan.lan).delete()
    Membership.objects.create(user=world_with_plan.lan, agency=world_with_plan.district, role=Role.RECEIVER)
    Membership.objects.create(user=world_with_plan.lan, agency=world_with_plan.ward, role=Role.OFFICE)
    say(world_with_plan.occurrences[0], by=world_with_plan.hung)
    page = browse(world_with_plan.lan).get(reverse("tasks:reviews"))
    assert page.context["times"].waiting == 1
