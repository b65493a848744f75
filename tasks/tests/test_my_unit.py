import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership, Role
from conftest import make_unit, make_user, text_of
from tasks.models import IndicatorValue, Occurrence, ProgressUpdate
from tasks.services import accept_update, close_period, open_periods, return_update, write_directive
from tasks.tests.deeds import fresh, photo, say, typed

HTMX = {"HX-Request": "true"}
PAGE = reverse("tasks:my_unit")


def cards_of(response) -> list[int]:
    return [
        int(pk)
        for pk in re.findall(r'<article class="work-card[^>]*id="viec-(\d+)"', response.content.decode())
    ]


def send(client, work, htmx=False, **fields):
    url = reverse("tasks:record", args=[work.pk])
    return client.post(url, typed(work, **fields), headers=HTMX if htmx else {})


# --- The page -----------------------------------------------------------------------------------------------------


def test_top_line_says_what_is_missing_and_until_when(hung, work):
    assert "Còn 2/2 việc chưa có kết quả quý I, hạn 12/3 (còn 7 ngày)" in text_of(hung.get(PAGE))


def test_page_says_when_all_is_sent(hung, world_with_plan, work):
    for one in (work, world_with_plan.occurrences[3]):
        say(one, "nothing", "", by=world_with_plan.hung)

    assert "Đã gửi đủ 2/2 việc quý I" in text_of(hung.get(PAGE))


def test_group_work_stands_with_every_member(browse, world_with_plan):
    youth = make_user("tuan", "Lê Tuấn", world_with_plan.ward, Role.DEPARTMENT, world_with_plan.youth)

    assert cards_of(browse(youth).get(PAGE)) == [world_with_plan.occurrences[3].pk]


def test_supported_work_is_listed_without_a_form(browse, world_with_plan, work):
    youth = make_user("tuan", "Lê Tuấn", world_with_plan.ward, Role.DEPARTMENT, world_with_plan.youth)

    response = browse(youth).get(PAGE)

    assert "Đơn vị phối hợp" in text_of(response)
    assert reverse("tasks:record", args=[work.pk]) not in response.content.decode()


def test_later_work_waits_under_coming(hung, world_with_plan):
    response = hung.get(PAGE)

    assert "Sắp tới" in text_of(response)
    assert world_with_plan.occurrences[1].pk not in cards_of(response)


def test_lam_opens_the_card_of_later_work(hung, world_with_plan):
    later = world_with_plan.occurrences[1]

    response = hung.get(PAGE, {"lam": later.pk})

    card = response.content.decode().split(f'id="viec-{later.pk}"')[1].split("</article>")[0]
    assert '<details class="answer" open>' in card


def test_returned_work_stands_on_top_with_its_reason(hung, world_with_plan, work):
    group = world_with_plan.occurrences[3]
    return_update(update=say(group, by=world_with_plan.hung), reason="Thiếu số liệu.", by=world_with_plan.lan)

    response = hung.get(PAGE)

    assert cards_of(response) == [group.pk, work.pk]
    assert "Lý do trả lại: Thiếu số liệu." in text_of(response)


def test_sent_work_folds_below_what_is_owed(hung, world_with_plan, work):
    say(work, by=world_with_plan.hung)

    response = hung.get(PAGE)

    assert cards_of(response) == [world_with_plan.occurrences[3].pk, work.pk]
    assert re.search(r"Đã gửi \d\d:\d\d hôm nay", text_of(response))


def test_leaders_word_shows_until_the_unit_answers(hung, world_with_plan, work):
    write_directive(occurrence=work, text="Làm trước ngày 10/3.", by=world_with_plan.tam)
    assert "Nguyễn Thị Tâm chỉ đạo: Làm trước ngày 10/3." in text_of(hung.get(PAGE))

    say(work, by=world_with_plan.hung)

    assert "chỉ đạo:" not in text_of(hung.get(PAGE))


def test_words_of_the_document_stand_on_the_card(hung, work):
    assert f"Xem nguyên văn {work.task.item.text}" in text_of(hung.get(PAGE))


def test_last_period_is_there_to_copy_with_its_figures(hung, world_with_plan, work, stand_on):
    binding = world_with_plan.plan.indicators.filter(item__isnull=False).first()
    update = say(work, text="Mở 3 hội nghị.", by=world_with_plan.hung, values={binding.indicator_id: 1234})
    accept_update(update=update, by=world_with_plan.lan)
    close_period(period=world_with_plan.period, version=1, by=world_with_plan.lan)
    stand_on("2024-03-20")
    open_periods(plan=world_with_plan.plan, on=dt.date(2024, 3, 20))

    page = hung.get(PAGE).content.decode()

    assert 'data-text="Mở 3 hội nghị."' in page
    assert "Kỳ trước: 1.234<" in page


def test_closed_period_is_read_only(hung, world_with_plan, work):
    close_period(period=world_with_plan.period, version=1, by=world_with_plan.lan)

    response = hung.get(PAGE, {"ky": world_with_plan.period.pk})

    assert "đã chốt số liệu" in text_of(response)
    assert work.pk in cards_of(response)
    assert reverse("tasks:record", args=[work.pk]) not in response.content.decode()


def test_unit_with_nothing_is_told_what_comes_next(browse, world_with_plan):
    fresh_unit = make_unit(world_with_plan.ward, "Hội Nông dân")
    head = make_user("nam", "Vũ Nam", world_with_plan.ward, Role.DEPARTMENT, fresh_unit)

    assert "Khi Văn phòng giao việc" in text_of(browse(head).get(PAGE))


def test_two_units_get_a_switch(browse, world_with_plan):
    Membership.objects.create(
        user=world_with_plan.hung,
        agency=world_with_plan.ward,
        unit=world_with_plan.justice,
        role=Role.DEPARTMENT,
    )

    response = browse(world_with_plan.hung).get(PAGE)

    assert "Sang Tư pháp - Hộ tịch" in text_of(response)


def test_other_unit_of_the_ward_is_refused(hung, world_with_plan):
    assert hung.get(PAGE, {"don-vi": world_with_plan.justice.pk}).status_code == 403


@pytest.mark.parametrize("asked", ["don-vi", "ky"])
def test_foreign_unit_and_unknown_period_are_not_there(hung, world_with_plan, asked):
    pk = world_with_plan.stranger_unit.pk if asked == "don-vi" else 99999

    assert hung.get(PAGE, {asked: pk}).status_code == 404


def test_office_chooses_a_unit_and_writes_for_it(lan, world_with_plan, work):
    assert "Chọn đơn vị để ghi kết quả thay" in text_of(lan.get(PAGE))

    response = lan.get(PAGE, {"don-vi": world_with_plan.culture.pk})

    assert "Ghi thay đơn vị" in text_of(response)
    assert work.pk in cards_of(response)


@pytest.mark.parametrize("copies", [1, 3])
def test_page_asks_the_database_the_same_number_of_times(hung, world_with_plan, copies):
    for number in range(copies - 1):
        twin(world_with_plan.occurrences[0], number)
    hung.get(PAGE)

    with CaptureQueriesContext(connection) as seen:
        hung.get(PAGE)

    assert len(seen) == 12


def twin(occurrence, number):
    task = occurrence.task
    task.pk, task.order = None, task.order + number + 1
    task._state.adding = True
    task.save()
    Occurrence.objects.create(task=task, period=occurrence.period, opened_on=occurrence.opened_on)


# --- Sending ------------------------------------------------------------------------------------------------------


def test_sent_without_javascript_returns_to_the_card(hung, world_with_plan, work):
    response = send(hung, work)

    assert response.status_code == 302
    assert response["Location"] == f"{PAGE}?don-vi={world_with_plan.culture.pk}#viec-{work.pk}"


def test_sent_with_htmx_answers_the_folded_card_and_the_top_line(hung, work):
    response = send(hung, work, htmx=True)

    page = response.content.decode()
    assert cards_of(response) == [work.pk]
    assert "data-just-sent" in page and 'hx-swap-oob="innerHTML:#top-line"' in page
    assert "Còn 1/2 việc" in text_of(response)
    assert len(response.content) < 10_000


def test_nothing_arose_is_one_press(hung, work):
    send(hung, work, state="nothing", text="")

    assert fresh(work).latest_update.state == "nothing"


def test_double_press_gives_one_row(hung, work):
    fields = typed(work)
    for _ in range(2):
        response = hung.post(reverse("tasks:record", args=[work.pk]), fields)

    assert response.status_code == 302
    assert work.updates.count() == 1


def test_figures_are_read_as_people_here_write_them(hung, world_with_plan, work):
    binding = world_with_plan.plan.indicators.filter(item__isnull=False).first()

    send(hung, work, **{f"value_{binding.indicator_id}": "1.234,5"})

    assert str(IndicatorValue.objects.get().value) == "1234.50"


def test_correction_begins_with_what_was_said(hung, world_with_plan, work):
    say(work, text="Đã phát 6 bài.", by=world_with_plan.hung)

    page = hung.get(PAGE).content.decode()

    assert ">\nĐã phát 6 bài.</textarea>" in page


@pytest.mark.parametrize("htmx", [False, True])
def test_second_of_two_people_is_told_and_loses_nothing(hung, world_with_plan, work, htmx):
    fields = typed(work, text="Bản của tôi.", difficulties="Thiếu người.")
    say(work, text="Bản của người kia.", by=world_with_plan.lan)

    response = hung.post(reverse("tasks:record", args=[work.pk]), fields, headers=HTMX if htmx else {})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Bản của người kia." in page and "Nguyễn Thị Lan" in page
    assert ">\nBản của tôi.</textarea>" in page and ">\nThiếu người.</textarea>" in page


def test_after_a_conflict_the_next_press_sends(hung, world_with_plan, work):
    fields = typed(work, text="Bản của tôi.")
    say(work, by=world_with_plan.lan)
    url = reverse("tasks:record", args=[work.pk])
    page = hung.post(url, fields, headers=HTMX).content.decode()

    shown = dict(re.findall(r'name="(version|form_key)" value="([^"]+)"', page.split("answer__form")[1]))
    response = hung.post(url, {**fields, **shown})

    assert response.status_code == 302
    assert fresh(work).latest_update.text == "Bản của tôi."


def test_words_added_after_a_lost_answer_are_told_and_the_next_press_sends(hung, work):
    fields, url = typed(work), reverse("tasks:record", args=[work.pk])
    hung.post(url, fields)  # its answer never came
    more = {**fields, "text": "Đã phát 6 bài, họp 2 thôn."}
    page = hung.post(url, more, headers=HTMX).content.decode()

    shown = dict(re.findall(r'name="(version|form_key)" value="([^"]+)"', page.split("answer__form")[1]))
    response = hung.post(url, {**more, **shown})

    assert response.status_code == 302
    assert fresh(work).latest_update.text == "Đã phát 6 bài, họp 2 thôn."


def test_conflict_says_that_files_must_be_chosen_again(hung, world_with_plan, work):
    fields = typed(work, attached=photo())
    say(work, by=world_with_plan.lan)

    response = hung.post(reverse("tasks:record", args=[work.pk]), fields)

    assert "Hãy chọn lại tệp" in text_of(response)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": ""}, "Chọn tình trạng của việc này."),
        ({"text": ""}, "Ghi một câu về việc đã làm"),
        ({"percent": "101"}, "Tiến độ là một số nguyên từ 0 đến 100."),
        ({"happened_on": "31/02/2024"}, "Ghi ngày theo dạng ngày/tháng/năm"),
        ({"happened_on": "2024-03-06"}, "Ngày thực hiện không thể sau hôm nay"),
        ({"text": "x" * 5001}, "Kết quả dài quá 5.000 ký tự"),
        ({"version": "x"}, "Biểu mẫu chưa tải đủ"),
        ({"form_key": ""}, "Biểu mẫu chưa tải đủ"),
    ],
)
def test_bad_input_is_answered_in_one_sentence_and_kept(hung, work, fields, sentence):
    response = send(hung, work, **{"difficulties": "Thiếu người.", **fields})

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert ">\nThiếu người.</textarea>" in response.content.decode()
    assert not work.updates.exists()


@pytest.mark.parametrize("figure", ["abc", "-1", "1,234,5", "9" * 20])
def test_bad_figure_is_named_at_its_field(hung, world_with_plan, work, figure):
    binding = world_with_plan.plan.indicators.filter(item__isnull=False).first()
    name = f"value_{binding.indicator_id}"

    response = send(hung, work, **{name: figure})

    assert response.status_code == 422
    assert f'id="viec-{work.pk}-{name}-error">Ghi một số không âm' in response.content.decode()
    assert (
        f'name="{name}" inputmode="decimal" autocomplete="off" value="{figure}"' in response.content.decode()
    )


def test_markup_and_control_characters_stay_text(hung, work):
    send(hung, work, text="<b>a</b>\x00 b\r\nc")

    assert fresh(work).latest_update.text == "<b>a</b> b\nc"
    assert "&lt;b&gt;a&lt;/b&gt;" in hung.get(PAGE).content.decode()


def test_supporting_unit_reads_but_does_not_write(browse, world_with_plan, work):
    youth = make_user("tuan", "Lê Tuấn", world_with_plan.ward, Role.DEPARTMENT, world_with_plan.youth)

    assert send(browse(youth), work).status_code == 403
    assert not ProgressUpdate.objects.exists()


def test_work_without_a_lead_takes_no_result(lan, world_with_plan, work):
    type(work.task).objects.filter(pk=work.task_id).update(lead_unit=None)

    assert send(lan, work).status_code == 403


def test_office_writes_on_behalf(lan, world_with_plan, work):
    send(lan, work)

    assert fresh(work).latest_update.on_behalf_of == world_with_plan.culture


def test_coming_back_from_signing_in_leads_to_the_card(hung, world_with_plan, work):
    response = hung.get(reverse("tasks:record", args=[work.pk]))

    assert response["Location"].endswith(f"lam={work.pk}#viec-{work.pk}")


def test_expired_session_leads_htmx_to_sign_in(client, work):
    response = send(client, work, htmx=True)

    assert "HX-Redirect" in response
    assert not work.updates.exists()


# --- Reminding ----------------------------------------------------------------------------------------------------


def test_reminder_is_ready_to_copy(lan, world_with_plan, settings):
    settings.PUBLIC_URL = "https://danvan.example"

    page = text_of(lan.get(reverse("tasks:reminder", args=[world_with_plan.culture.pk])))

    assert "Sao chép lời nhắc" in page
    assert "còn 2 việc chưa có kết quả quý I năm 2024" in page
    assert f"https://danvan.example{PAGE}?don-vi={world_with_plan.culture.pk}" in page
