import pytest
from django.urls import reverse

from tasks.models import Evidence
from tasks.services import accept_update, close_period, remove_evidence
from tasks.tests.deeds import PHOTO, photo, picture, say, typed


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
