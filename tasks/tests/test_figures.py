import datetime as dt
import re
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.models import Item
from tasks.figure_grid import read_figure
from tasks.models import IndicatorValue, ProgressUpdate
from tasks.services import accept_update, close_period, indicators_on_cards, open_periods, return_update
from tasks.tests.deeds import fresh, say
from tasks.tests.deeds import typed as typed_card

PAGE = reverse("tasks:figures")


def words(response) -> str:
    return response.content.decode()


def asked(work):
    """Codes → indicators on the card of `work`."""
    bound = indicators_on_cards(plan=work.task.plan, occurrences=[work])[work.pk]
    return {one.indicator.code: one.indicator for one in bound}


def typed(work, shown=None, version=None, key=None, **figures):
    """What the grid posts: figures by code."""
    indicators = asked(work)
    return {
        f"version_{work.pk}": version or fresh(work).version,
        f"key_{work.pk}": key or str(uuid.uuid4()),
        f"shown_{work.pk}": "|".join(f"{one.pk}:" for one in indicators.values()) if shown is None else shown,
        **{f"value_{work.pk}_{indicators[code].pk}": text for code, text in figures.items()},
    }


def stored(work):
    latest = fresh(work).latest_update
    return {one.indicator.code: one.value for one in latest.values.all()} if latest else {}


def send(client, work, **options):
    return client.post(PAGE, typed(work, **options))


# --- Reading what was typed ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1234,5", "1234.5"),
        ("1234.5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("98,5 %", "98.5"),
        ("\u00a01 234 ", "1234"),
        ("0", "0"),
    ],
)
def test_figures_are_read_as_offices_and_spreadsheets_write_them(text, figure):
    assert read_figure(text) == Decimal(figure)


@pytest.mark.parametrize("text", ["", "  ", "-", "–"])
def test_an_empty_cell_or_a_dash_is_no_figure(text):
    assert read_figure(text) is None


@pytest.mark.parametrize("text", ["-5", "mười", "1.23.4", "1,234", "1e5", "99999999999999", "NaN", "٣"])
def test_what_is_no_figure_or_may_be_two_is_refused(text):
    with pytest.raises(ValueError, match="[Ss]ố"):
        read_figure(text)


# --- The grid -----------------------------------------------------------------------------------------------------


def test_grid_asks_for_the_figures_of_the_unit_and_no_others(hung, work):
    page = words(hung.get(PAGE))
    assert "Hội nghị tuyên truyền, quán triệt" in page
    assert "Hồ sơ TTHC" not in page


def test_sending_makes_an_update_that_the_office_checks(hung, work):
    response = send(hung, work, hoi_nghi="1.234,5")
    assert response.status_code == 302
    assert stored(work) == {"hoi_nghi": Decimal("1234.50")}
    assert fresh(work).latest_update.outcome == "waiting"


def test_words_that_were_said_stay_beside_new_figures(hung, work, world_with_plan):
    say(work, text="Đã phát 6 bài.", by=world_with_plan.hung)
    send(hung, work, hoi_nghi="3")
    latest = fresh(work).latest_update
    assert (latest.text, latest.state) == ("Đã phát 6 bài.", "done")


def test_the_office_writes_on_behalf_of_the_unit(browse, work, world_with_plan):
    lan = browse(world_with_plan.lan)
    lan.post(f"{PAGE}?don-vi={world_with_plan.culture.pk}", typed(work, hoi_nghi="2"))
    assert fresh(work).latest_update.on_behalf_of == world_with_plan.culture


def test_untouched_figures_are_not_sent_again(hung, work):
    send(hung, work, hoi_nghi="3")
    pk = asked(work)["hoi_nghi"].pk
    send(hung, work, shown=f"{pk}:3.00", hoi_nghi="3")
    assert ProgressUpdate.objects.count() == 1


def test_a_double_submit_makes_one_row(hung, work):
    body = typed(work, hoi_nghi="3")
    assert [hung.post(PAGE, body).status_code for _ in range(2)] == [302, 302]
    assert ProgressUpdate.objects.count() == 1


def test_pressing_back_and_sending_another_figure_is_told_as_a_conflict(hung, work):
    key, version = str(uuid.uuid4()), fresh(work).version
    send(hung, work, key=key, version=version, hoi_nghi="3")
    response = send(hung, work, key=key, version=version, hoi_nghi="4")
    assert response.status_code == 409
    assert stored(work)["hoi_nghi"] == 3


def test_another_figure_after_a_lost_answer_is_sent_by_the_next_press(hung, work):
    key, version = str(uuid.uuid4()), fresh(work).version
    send(hung, work, key=key, version=version, hoi_nghi="3")  # its answer never came
    page = words(send(hung, work, key=key, version=version, hoi_nghi="4"))
    names = rf'name="((?:version|key|shown)_{work.pk})" value="([^"]*)"'
    hung.post(PAGE, {**typed(work, hoi_nghi="4"), **dict(re.findall(names, page))})
    assert stored(work)["hoi_nghi"] == 4


def test_a_conflict_shows_both_figures_and_the_next_press_sends(hung, work, world_with_plan):
    indicators, version = asked(work), fresh(work).version
    say(work, by=world_with_plan.lan, values={indicators["hoi_nghi"].pk: 7, indicators["tin_bai"].pk: 9})
    response = send(hung, work, version=version, hoi_nghi="3", tin_bai="")
    page = words(response)
    assert response.status_code == 409
    assert "Số đang lưu: <strong>7</strong>" in page
    assert 'value="3"' in page and 'value="9"' in page  # typed kept, untouched renewed


def test_sending_after_a_conflict_keeps_what_the_other_wrote_elsewhere(hung, work, world_with_plan):
    indicators = asked(work)
    say(work, by=world_with_plan.lan, values={indicators["hoi_nghi"].pk: 7, indicators["tin_bai"].pk: 9})
    shown = f"{indicators['hoi_nghi'].pk}:7|{indicators['tin_bai'].pk}:9"
    send(hung, work, shown=shown, hoi_nghi="3", tin_bai="9")
    assert stored(work) == {"hoi_nghi": 3, "tin_bai": 9}


def test_a_wrong_figure_is_told_at_its_cell_and_everything_typed_stays(hung, work):
    response = send(hung, work, hoi_nghi="ba", tin_bai="4")
    assert response.status_code == 422
    assert "Ghi một số không âm" in words(response)
    assert 'value="ba"' in words(response) and 'value="4"' in words(response)
    assert stored(work) == {}


def test_other_work_is_sent_though_one_figure_is_wrong(browse, work, world_with_plan):
    group = world_with_plan.occurrences[3]
    group.task.item = work.task.item
    group.task.lead_unit = world_with_plan.bodies
    group.task.save()
    body = typed(work, hoi_nghi="ba") | typed(group, hoi_nghi="5")
    response = browse(world_with_plan.hung).post(PAGE, body)
    assert response.status_code == 422
    assert (stored(work), stored(group)) == ({}, {"hoi_nghi": 5})


def test_a_figure_can_be_taken_away(hung, work):
    indicators = asked(work)
    send(hung, work, hoi_nghi="3", tin_bai="4")
    shown = f"{indicators['hoi_nghi'].pk}:3|{indicators['tin_bai'].pk}:4"
    send(hung, work, shown=shown, hoi_nghi="3", tin_bai="")
    assert stored(work) == {"hoi_nghi": 3}


def test_a_return_is_shown_with_its_reason(hung, work, world_with_plan):
    send(hung, work, hoi_nghi="3")
    return_update(update=fresh(work).latest_update, reason="Thiếu tháng 2", by=world_with_plan.lan)
    assert "Thiếu tháng 2" in words(hung.get(PAGE))


def test_an_identity_that_does_not_hold_stands_beside_its_cell_after_sending(browse, work, world_with_plan):
    mai, office = browse(world_with_plan.mai), world_with_plan.occurrences[2]
    send(mai, office, tthc_nhan="10", tthc_truoc_han="1", tthc_dung_han="2", tthc_qua_han="3", tthc_dang="5")
    assert "Chưa khớp: một bên 10, một bên 11" in words(mai.get(PAGE))


def test_the_period_before_shows_what_counts_and_a_tenfold_jump_is_pointed_out(
    browse, work, world_with_plan, stand_on
):
    world, indicator = world_with_plan, asked(work)["hoi_nghi"]
    for figure in (700, 7):
        accept_update(update=say(work, by=world.hung, values={indicator.pk: figure}), by=world.lan)
    stand_on("2024-04-02")
    second = next(one for one in open_periods(plan=world.plan, on=dt.date(2024, 4, 2)) if one.ordinal == 2)
    say(second.occurrences.get(task=work.task), by=world.hung, values={indicator.pk: 70})
    assert "Gấp 10 lần kỳ trước (7)" in words(browse(world.hung).get(f"{PAGE}?ky={second.pk}"))


@pytest.mark.parametrize("htmx", [False, True])
def test_a_card_says_after_sending_what_does_not_agree(browse, world_with_plan, htmx):
    mai, office = browse(world_with_plan.mai), world_with_plan.occurrences[2]
    figures = {"tthc_nhan": 10, "tthc_truoc_han": 1, "tthc_dung_han": 2, "tthc_qua_han": 3, "tthc_dang": 5}
    indicators = asked(office)
    said = {f"value_{indicators[code].pk}": value for code, value in figures.items()}
    headers = {"HX-Request": "true"} if htmx else {}
    url = reverse("tasks:record", args=[office.pk])
    response = mai.post(url, typed_card(office, **said), headers=headers, follow=not htmx)
    assert "Hồ sơ TTHC tiếp nhận: chưa khớp: một bên 10, một bên 11" in words(response)


def test_a_closed_period_is_only_read(hung, work, world_with_plan):
    accept_update(update=say(work, by=world_with_plan.hung), by=world_with_plan.lan)
    close_period(
        period=world_with_plan.period, version=world_with_plan.period.version, by=world_with_plan.lan
    )
    page = words(hung.get(f"{PAGE}?ky={world_with_plan.period.pk}"))
    assert "chỉ để xem" in page
    assert "data-code" not in page


def test_a_period_of_elsewhere_is_not_there(hung, world_with_plan):
    assert hung.get(f"{PAGE}?ky=999999").status_code == 404


def test_grid_takes_at_most_twelve_queries_whatever_it_holds(hung, work, world_with_plan):
    with CaptureQueriesContext(
        connection,
    ) as few:
        hung.get(PAGE)
    group = world_with_plan.occurrences[3]
    group.task.item = Item.objects.get(text__startswith="Niêm yết")
    group.task.save()
    send(hung, work, hoi_nghi="3", tin_bai="4")
    with CaptureQueriesContext(connection) as many:
        hung.get(PAGE)
    assert (len(few) <= 12, len(many)) == (True, len(few))
    assert IndicatorValue.objects.count() == 2
