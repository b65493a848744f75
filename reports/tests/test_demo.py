"""The demo's story, lived whole: what a stranger sees after one command."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Event, User
from danvan import clock
from reports.demo import Demo
from reports.figures import Figures
from reports.models import Report
from reports.services.files import build_file
from reports.tests.rendering.conformance import check_pdf
from tasks.models import Occurrence, ProgressUpdate, Task


@pytest.fixture
def story(db):
    demo = Demo()
    demo.lived = demo.live()
    return demo


def test_story_tells_a_believable_quarter_on_the_real_plan(story):
    total = Figures.from_json(story.lived.figures).counts.total
    assert (total.asked, total.answered, total.missing) == (22, 17, 5)
    assert Task.objects.count() == 25
    assert story.lived.notation == "37/BC-UBND"
    assert Occurrence.objects.waiting().count() == 2


def test_story_happens_while_the_office_is_open(story):
    hours = [at.astimezone(clock.ZONE) for at in Event.objects.values_list("at", flat=True)]
    assert all(dt.time(7, 30) <= hour.time() <= dt.time(17) for hour in hours)
    assert len({hour.time() for hour in hours}) > 40


def test_rows_of_the_story_stand_in_the_order_of_its_hours(story):
    sent = list(ProgressUpdate.objects.order_by("pk").values_list("recorded_at", flat=True))
    assert sent == sorted(sent)


def test_demo_report_can_never_pass_for_a_real_one(story):
    document = story.lived.document
    assert "(số liệu minh họa)" in document["opening"]
    assert all("(số liệu minh họa)" in appendix["title"] for appendix in document["appendices"])


def test_demo_report_meets_the_decree(story):
    file = story.final_file(story.lived)
    build_file(file_id=file.pk)
    file.refresh_from_db()
    assert check_pdf(file.file.read()) == []


def test_issued_demo_report_reaches_the_district(story):
    build_file(file_id=story.final_file(story.lived).pk)
    story.issue(story.lived)
    receiver = User.objects.get(username="quan")
    assert Report.objects.visible_to(receiver).get().state == Report.State.ISSUED


def test_seeding_refuses_production(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="máy chạy thật"):
        call_command("seed_demo")
    assert not User.objects.exists()


def test_seeding_refuses_a_portal_that_is_in_use(world):
    with pytest.raises(CommandError, match="đã có người dùng"):
        call_command("seed_demo")


def test_second_seeding_repeats_nothing(story, capsys):
    build_file(file_id=story.final_file(story.lived).pk)
    call_command("seed_demo")
    call_command("seed_demo")
    assert Report.objects.count() == 1
    assert "vanphong" in capsys.readouterr().out
