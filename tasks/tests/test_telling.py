"""What the history says of progress: from what to what."""

import datetime as dt
from decimal import Decimal

from accounts.models import Event
from tasks.tests.deeds import say


def test_first_words_are_told_as_they_are(world_with_plan, work):
    say(work, "in_progress", "Đã phát 2 bài.", percent=40, by=world_with_plan.hung)

    assert Event.objects.filter(verb="record").latest("pk").words == (
        f"Trần Văn Hùng ghi kết quả “{work.task.title}”: "
        "tiến độ 40 %, tình trạng Đang làm, kết quả: “Đã phát 2 bài”"
    )


def test_change_of_progress_is_told_from_what_to_what(world_with_plan, work):
    say(work, "in_progress", percent=40, by=world_with_plan.hung)
    say(work, "done", percent=60, by=world_with_plan.hung)

    words = Event.objects.filter(verb="record").latest("pk").words

    assert words.endswith("tiến độ 40 % → 60 %, tình trạng Đang làm → Đã xong")


def test_change_of_a_figure_is_told(world_with_plan, work):
    indicator = world_with_plan.plan.indicators.first().indicator
    say(work, by=world_with_plan.hung, values={indicator.pk: Decimal(12)})
    say(work, by=world_with_plan.hung, values={indicator.pk: Decimal("1205.5")})

    assert f"{indicator.name}: 12 → 1.205,5" in Event.objects.filter(verb="record").latest("pk").words


def test_same_words_sent_again_are_told_so(world_with_plan, work):
    say(work, by=world_with_plan.hung)
    say(work, by=world_with_plan.hung)

    assert "gửi lại" in Event.objects.filter(verb="record").latest("pk").words


def test_what_was_taken_away_or_moved_is_told(world_with_plan, work):
    indicator = world_with_plan.plan.indicators.first().indicator
    said = {"percent": 40, "values": {indicator.pk: Decimal(12)}, "happened_on": dt.date(2024, 3, 4)}
    say(work, by=world_with_plan.hung, **said)
    say(work, by=world_with_plan.hung, happened_on=dt.date(2024, 3, 1))

    assert (
        Event.objects.filter(verb="record")
        .latest("pk")
        .words.endswith(
            f"bỏ tiến độ 40 %, ngày thực hiện 04/03/2024 → 01/03/2024, bỏ số {indicator.name}: 12"
        )
    )
