import datetime as dt

from tasks.models import Occurrence
from tasks.reminders import reminder_text
from tasks.services import return_update
from tasks.tests.deeds import say

ON = dt.date(2024, 3, 14)


def text_for(world, *numbers):
    pks = [world.occurrences[number].pk for number in numbers]
    rows = Occurrence.objects.filter(pk__in=pks).select_related("task", "period", "latest_update")
    return reminder_text(unit=world.culture, occurrences=rows, on=ON)


def test_reminder_names_unit_work_and_days(world_with_plan):
    lines = text_for(world_with_plan, 0, 1).splitlines()

    assert lines[0] == "Văn phòng nhắc Bộ phận Văn hóa - Xã hội: còn 2 việc chưa có kết quả quý I năm 2024."
    assert lines[1].endswith("các tổ dân phố — hạn 12/03/2024, quá hạn 2 ngày")
    assert lines[2].endswith("33/CT-TTg — hạn 29/03/2024, còn 15 ngày")


def test_reminder_leaves_out_what_was_sent(world_with_plan):
    say(world_with_plan.occurrences[0], by=world_with_plan.hung)

    assert "các tổ dân phố" not in text_for(world_with_plan, 0, 1)


def test_returned_work_is_still_reminded(world_with_plan):
    update = say(world_with_plan.occurrences[0], by=world_with_plan.hung)
    return_update(update=update, reason="Thiếu.", by=world_with_plan.lan)

    assert "Văn phòng đã trả lại, cần bổ sung" in text_for(world_with_plan, 0)


def test_nothing_missing_says_so(world_with_plan):
    say(world_with_plan.occurrences[0], by=world_with_plan.hung)

    assert text_for(world_with_plan, 0).startswith("Bộ phận Văn hóa - Xã hội: đã gửi đủ kết quả")
