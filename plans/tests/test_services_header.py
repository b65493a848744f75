import datetime as dt
from dataclasses import replace

import pytest

from danvan import clock
from danvan.problems import Conflict, Problem
from plans import services
from plans.header import header_of
from plans.models import Doubt, Plan


def test_mend_header_writes_the_whole_header(draft, world):
    now = header_of(draft)
    new = replace(
        now, signer="Nguyễn Thị Tâm", dated_on=dt.date(2024, 2, 27), recipients=("UBND quận", "Lưu: VT")
    )

    services.mend_header(plan=draft, mark=now.mark, header=new, by=world.lan)

    assert header_of(Plan.objects.get(pk=draft.pk)) == new


def test_mend_header_refuses_a_stale_mark(draft, world):
    seen = header_of(draft)
    services.mend_header(plan=draft, mark=seen.mark, header=replace(seen, place="Lãm Hà"), by=world.lan)

    with pytest.raises(Conflict):
        services.mend_header(plan=draft, mark=seen.mark, header=replace(seen, place="Khác"), by=world.lan)

    assert Plan.objects.get(pk=draft.pk).place == "Lãm Hà"


def test_mend_header_is_not_disturbed_by_a_mended_line(draft, item, world):
    seen = header_of(draft)
    services.mark_task(item=item, is_tracked=False, by=world.lan)

    services.mend_header(plan=draft, mark=seen.mark, header=replace(seen, place="Lãm Hà"), by=world.lan)

    assert Plan.objects.get(pk=draft.pk).place == "Lãm Hà"


def test_mend_header_settles_the_doubt_it_answers(draft, world):
    doubt = Doubt.objects.create(plan=draft, line=2, reason="Không thấy người ký.")
    seen = header_of(draft)

    services.mend_header(plan=draft, mark=seen.mark, header=seen, by=world.lan, settled=doubt)

    doubt.refresh_from_db()
    assert doubt.settled_at is not None


def test_mend_header_makes_the_plan_found_under_its_new_name(draft, world):
    seen = header_of(draft)

    services.mend_header(plan=draft, mark=seen.mark, header=replace(seen, title="Dân vận khéo"), by=world.lan)

    assert "dan van kheo" in Plan.objects.get(pk=draft.pk).folded


def test_mend_section_writes_number_and_title(draft, world):
    section = draft.sections.get()

    services.mend_section(section=section, shown="II. NỘI DUNG", numeral="II", title="NHIỆM VỤ", by=world.lan)

    assert str(draft.sections.get()) == "II. NHIỆM VỤ"


def test_mend_section_refuses_what_was_changed_meanwhile(draft, world):
    section = draft.sections.get()
    services.mend_section(section=section, shown="II. NỘI DUNG", numeral="II", title="NHIỆM VỤ", by=world.lan)

    with pytest.raises(Conflict):
        services.mend_section(section=section, shown="II. NỘI DUNG", numeral="II", title="KHÁC", by=world.lan)


def test_activate_flips_the_state_once(draft, world):
    plan = services.activate(plan=draft, version=1, by=world.lan)

    assert plan.state == Plan.State.ACTIVE
    assert clock.local_date(plan.activated_at) == dt.date(2024, 3, 5)
    with pytest.raises(Problem, match="trước đó"):
        services.activate(plan=draft, version=plan.version, by=world.lan)


def test_activate_refuses_a_draft_that_changed_meanwhile(draft, item, world):
    services.mark_task(item=item, is_tracked=False, by=world.lan)

    with pytest.raises(Conflict):
        services.activate(plan=draft, version=1, by=world.lan)

    assert Plan.objects.get(pk=draft.pk).state == Plan.State.DRAFT


def test_delete_draft_takes_everything_of_it(draft, doubt, world):
    services.delete_draft(plan=draft, by=world.lan)

    assert not Plan.objects.exists()
    assert not Doubt.objects.exists()


def test_delete_draft_keeps_an_active_plan(draft, world):
    services.activate(plan=draft, version=1, by=world.lan)

    with pytest.raises(Problem):
        services.delete_draft(plan=draft, by=world.lan)

    assert Plan.objects.filter(pk=draft.pk).exists()
