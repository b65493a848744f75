import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Agency
from danvan.problems import Problem
from tasks.models import Evidence
from tasks.services import Upload, accept_update, close_period, remove_evidence, return_update
from tasks.services.evidence import used_bytes
from tasks.tests.deeds import PHOTO, SHOT, photo, picture, say, typed


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def update(world_with_plan):
    return say(world_with_plan.occurrences[0], by=world_with_plan.hung, files=[PHOTO])


@pytest.fixture
def file(update):
    return update.evidence.get()


def test_download_is_an_attachment_that_runs_nothing(world_with_plan, browse, file):
    response = browse(world_with_plan.hung).get(reverse("tasks:evidence", args=[file.pk]))

    assert b"".join(response) == PHOTO.content
    assert response["Content-Disposition"] == 'attachment; filename="anh.png"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Type"] == "image/png"


def test_removed_file_is_gone_but_leaves_its_row(world_with_plan, browse, file):
    browse(world_with_plan.hung).post(reverse("tasks:remove_evidence", args=[file.pk]))

    assert browse(world_with_plan.lan).get(reverse("tasks:evidence", args=[file.pk])).status_code == 404
    assert Evidence.objects.get().removed_by == world_with_plan.hung
    assert file.file.storage.exists(file.file.name)


def test_removing_twice_says_so(world_with_plan, browse, file):
    remove_evidence(evidence=file, by=world_with_plan.hung)

    response = browse(world_with_plan.hung).post(
        reverse("tasks:remove_evidence", args=[file.pk]), follow=True
    )

    assert "Tệp này đã được gỡ." in response.content.decode()


def test_unit_cannot_remove_what_was_accepted(world_with_plan, browse, update, file):
    accept_update(update=update, by=world_with_plan.lan)

    response = browse(world_with_plan.hung).post(reverse("tasks:remove_evidence", args=[file.pk]))

    assert response.status_code == 403
    assert Evidence.objects.kept().exists()


def test_nobody_removes_files_of_a_closed_period(world_with_plan, browse, file):
    period = world_with_plan.period
    close_period(period=period, version=period.version, by=world_with_plan.lan)

    response = browse(world_with_plan.lan).post(reverse("tasks:remove_evidence", args=[file.pk]))

    assert response.status_code == 403


def test_photo_is_kept_without_its_metadata(world_with_plan, browse):
    work = world_with_plan.occurrences[0]

    browse(world_with_plan.hung).post(
        reverse("tasks:record", args=[work.pk]),
        typed(work, attached=photo("Ảnh hội nghị.JPG", picture("JPEG"))),
    )

    kept = Evidence.objects.get()
    assert (kept.file_name, kept.kind) == ("Ảnh hội nghị.JPG", "jpg")
    assert kept.file.name.endswith(".jpg") and "Ảnh" not in kept.file.name


def test_good_files_are_kept_when_one_is_refused(world_with_plan, browse):
    work = world_with_plan.occurrences[0]
    files = [photo("tot.png"), photo("xau.exe", b"MZ"), photo("rong.png", b"")]

    response = browse(world_with_plan.hung).post(
        reverse("tasks:record", args=[work.pk]), typed(work, attached=files), follow=True
    )

    page = response.content.decode()
    assert [kept.file_name for kept in Evidence.objects.all()] == ["tot.png"]
    assert "Không nhận tệp “xau.exe”" in page
    assert "Không nhận tệp “rong.png”: tệp rỗng" in page


def test_refused_file_alone_sends_nothing(world_with_plan, browse):
    work = world_with_plan.occurrences[0]

    response = browse(world_with_plan.hung).post(
        reverse("tasks:record", args=[work.pk]), typed(work, text="", attached=photo("xau.exe", b"MZ"))
    )

    assert response.status_code == 422
    assert "Không nhận tệp “xau.exe”" in response.content.decode()
    assert not work.updates.exists()


def test_eleventh_file_waits_for_the_next_time(world_with_plan, browse):
    work = world_with_plan.occurrences[0]
    files = [photo(f"{number}.png") for number in range(11)]

    browse(world_with_plan.hung).post(reverse("tasks:record", args=[work.pk]), typed(work, attached=files))

    assert Evidence.objects.count() == 10


# --- Small pictures -------------------------------------------------------------------------------------------------


def test_small_picture_is_shown_and_kept_by_the_browser(world_with_plan, browse):
    shot = say(world_with_plan.occurrences[0], by=world_with_plan.hung, files=[SHOT]).evidence.get()

    response = browse(world_with_plan.lan).get(reverse("tasks:preview", args=[shot.pk]))

    assert b"".join(response) == SHOT.preview
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"].startswith("private, max-age=")


def test_file_without_a_small_picture_has_none_to_show(world_with_plan, browse, file):
    assert browse(world_with_plan.lan).get(reverse("tasks:preview", args=[file.pk])).status_code == 404


def test_small_picture_of_a_removed_file_is_gone(world_with_plan, browse):
    shot = say(world_with_plan.occurrences[0], by=world_with_plan.hung, files=[SHOT]).evidence.get()
    remove_evidence(evidence=shot, by=world_with_plan.hung)

    assert browse(world_with_plan.hung).get(reverse("tasks:preview", args=[shot.pk])).status_code == 404


def test_photo_opens_by_itself_in_the_same_sandbox(world_with_plan, browse, file):
    response = browse(world_with_plan.hung).get(reverse("tasks:evidence", args=[file.pk]) + "?xem=1")

    assert response["Content-Disposition"] == 'inline; filename="anh.png"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_pdf_is_never_shown_inside_the_portal(world_with_plan, browse):
    paper = Upload("a.pdf", "pdf", b"%PDF-1.7", preview=picture("JPEG"))
    kept = say(world_with_plan.occurrences[0], by=world_with_plan.hung, files=[paper]).evidence.get()

    response = browse(world_with_plan.hung).get(reverse("tasks:evidence", args=[kept.pk]) + "?xem=1")

    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("page", ["tasks:occurrence", "tasks:reviews"])
def test_lists_show_small_pictures_in_words_too(world_with_plan, browse, page):
    work = world_with_plan.occurrences[0]
    shot = say(work, by=world_with_plan.hung, files=[SHOT]).evidence.get()

    seen = browse(world_with_plan.lan).get(
        reverse(page, args=[work.pk] if page == "tasks:occurrence" else [])
    )

    assert f'src="{reverse("tasks:preview", args=[shot.pk])}" alt="Ảnh “anh.jpg”, mở ở thẻ mới"' in text_of(
        seen
    )


def test_removal_leaves_a_trace_on_the_page(world_with_plan, browse, file):
    remove_evidence(evidence=file, by=world_with_plan.hung)

    page = browse(world_with_plan.lan).get(reverse("tasks:occurrence", args=[file.occurrence_id]))

    assert f"Tệp “anh.png”: đã gỡ bởi {world_with_plan.hung} ngày" in text_of(page)
    assert reverse("tasks:evidence", args=[file.pk]) not in text_of(page)


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_database_the_same_number_of_times(world_with_plan, browse, count):
    work, client = world_with_plan.occurrences[0], browse(world_with_plan.lan)
    for _ in range(count):
        update = say(work, by=world_with_plan.hung, files=[SHOT] * count)
        return_update(update=update, reason="Thiếu ảnh.", by=world_with_plan.lan)
    address = reverse("tasks:occurrence", args=[work.pk])
    client.get(address)

    with CaptureQueriesContext(connection) as seen:
        client.get(address)

    assert len(seen) == 12


# --- Room -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def full(world_with_plan):
    """A ward that has no room left."""
    world_with_plan.ward.evidence_quota_mb = 0
    world_with_plan.ward.save()
    return world_with_plan


def test_file_without_room_is_refused_and_the_words_are_sent(full, browse):
    work = full.occurrences[0]

    page = browse(full.hung).post(
        reverse("tasks:record", args=[work.pk]), typed(work, attached=photo()), follow=True
    )

    assert "Không nhận tệp “anh.png”: chỗ chứa minh chứng của cơ quan không còn đủ" in text_of(page)
    assert work.updates.get().text == "Đã phát 6 bài."
    assert not Evidence.objects.exists()


def test_file_without_room_and_without_words_leaves_the_form_as_it_was(full, browse):
    work = full.occurrences[0]
    fields = typed(work, text="", difficulties="Mưa nhiều", attached=photo())

    page = browse(full.hung).post(reverse("tasks:record", args=[work.pk]), fields)

    assert page.status_code == 422
    assert "không còn đủ" in text_of(page) and "Mưa nhiều" in text_of(page)


def test_service_keeps_no_more_than_there_is_room_for(full):
    with pytest.raises(Problem, match="không còn đủ"):
        say(full.occurrences[0], by=full.hung, files=[PHOTO])
    assert not full.occurrences[0].updates.exists()


def test_room_is_counted_after_taking_the_turn(world_with_plan):
    with CaptureQueriesContext(connection) as asked:
        say(world_with_plan.occurrences[0], by=world_with_plan.hung, files=[PHOTO])

    found = [query["sql"] for query in asked]
    turn = next(at for at, sql in enumerate(found) if 'FROM "accounts_agency" WHERE' in sql)
    assert turn < next(at for at, sql in enumerate(found) if "SUM(" in sql)


def test_removed_files_make_room(world_with_plan, file):
    assert used_bytes(world_with_plan.ward) == len(PHOTO.content)

    remove_evidence(evidence=file, by=world_with_plan.hung)

    assert used_bytes(world_with_plan.ward) == 0


def test_office_reads_how_much_room_is_taken(world_with_plan, browse):
    say(world_with_plan.occurrences[0], by=world_with_plan.hung, files=[PHOTO])
    Evidence.objects.update(size=1_230_000_000)

    page = browse(world_with_plan.lan).get(reverse("tasks:my_unit"))

    assert "đã dùng 1,23/5 GB" in text_of(page) and "Sắp hết chỗ" not in text_of(page)


def test_office_is_told_when_room_runs_short(world_with_plan, browse):
    say(world_with_plan.occurrences[0], by=world_with_plan.hung, files=[PHOTO])
    Evidence.objects.update(size=1_230_000_000)
    Agency.objects.update(evidence_quota_mb=1_300)

    assert "Sắp hết chỗ" in text_of(browse(world_with_plan.lan).get(reverse("tasks:my_unit")))
