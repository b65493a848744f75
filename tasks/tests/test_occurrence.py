import pytest
from django.urls import reverse

from conftest import text_of
from tasks.models import Directive
from tasks.services import accept_update, move_deadline, return_update, write_directive
from tasks.tests.deeds import PHOTO, fresh, say


@pytest.fixture
def tam(world_with_plan, browse):
    """The vice-chairwoman, signed in."""
    return browse(world_with_plan.tam)


def opened(client, work):
    return client.get(reverse("tasks:occurrence", args=[work.pk]))


def page_of(client, work) -> str:
    return opened(client, work).content.decode()


def test_page_says_what_comes_next_before_the_first_sending(hung, work):
    assert "Bấm “Ghi kết quả” để gửi lần đầu." in page_of(hung, work)


def test_office_is_told_of_the_button_it_has(world_with_plan, browse, work):
    assert "Bấm “Ghi thay đơn vị” để gửi lần đầu." in page_of(browse(world_with_plan.lan), work)


def test_rounds_stay_readable_with_reasons_and_names(hung, world_with_plan, work):
    first = say(work, text="Bản đầu.", by=world_with_plan.lan, files=[PHOTO])
    return_update(update=first, reason="Thiếu số liệu.", by=world_with_plan.lan)
    say(work, text="Bản sau.", by=world_with_plan.hung, percent=80, difficulties="Ít người.")

    page = text_of(opened(hung, work))

    assert page.index("Bản sau.") < page.index("Bản đầu.")
    assert "Nguyễn Thị Lan ghi thay Bộ phận Văn hóa - Xã hội" in page
    assert "Trả lại : Thiếu số liệu. Nguyễn Thị Lan" in page
    assert "80 %" in page and "Ít người." in page and "anh.png" in page


def test_words_of_the_document_are_at_hand(hung, work):
    page = page_of(hung, work)

    assert "Xem nguyên văn" in page and work.task.item.text in page
    assert "Trích Kế hoạch 10/KH-UBND" in page


def test_moved_deadline_shows_both_days(hung, world_with_plan):
    dated = fresh(world_with_plan.occurrences[1])
    to_on = dated.due_on.replace(month=4, day=15)
    move_deadline(
        occurrence=dated,
        version=dated.version,
        to_on=to_on,
        reason="Mưa bão.",
        document="",
        by=world_with_plan.lan,
    )

    page = text_of(opened(hung, dated))

    assert "Hạn 15/04/2024" in page and "Hạn ban đầu 29/03/2024" in page and "Mưa bão." in page


def test_office_reviews_on_the_page_and_readers_do_not(browse, world_with_plan, work):
    update = say(work, by=world_with_plan.hung)
    accept = reverse("tasks:accept", args=[update.pk])

    assert accept in page_of(browse(world_with_plan.lan), work)
    assert accept not in page_of(browse(world_with_plan.binh), work)


def test_only_the_last_word_can_be_checked_again(browse, world_with_plan, work):
    first = say(work, by=world_with_plan.hung)
    accept_update(update=first, by=world_with_plan.lan)
    say(work, by=world_with_plan.hung)

    assert reverse("tasks:reopen", args=[first.pk]) not in page_of(browse(world_with_plan.lan), work)


def test_leader_directs_and_the_word_is_kept(tam, world_with_plan, work):
    response = tam.post(reverse("tasks:direct", args=[work.pk]), {"reason": "Làm trước 10/3."}, follow=True)

    assert Directive.objects.get().written_by == world_with_plan.tam
    assert "Đã gửi ý kiến chỉ đạo" in response.content.decode()


def test_directing_returns_to_the_page_it_came_from(tam, work):
    response = tam.post(reverse("tasks:direct", args=[work.pk]), {"reason": "Gấp.", "next": "/?a=1"})

    assert response["Location"] == "/?a=1"


def test_directing_never_leads_to_a_strange_site(tam, work):
    response = tam.post(
        reverse("tasks:direct", args=[work.pk]), {"reason": "Gấp.", "next": "https://la.example/"}
    )

    assert response["Location"] == reverse("tasks:occurrence", args=[work.pk])


@pytest.mark.parametrize(
    ("words", "sentence"), [(" ", "Ghi ý kiến chỉ đạo"), ("x" * 2001, "Dài quá 2.000 ký tự")]
)
def test_directive_that_is_refused_stays_in_its_box(tam, work, words, sentence):
    response = tam.post(reverse("tasks:direct", args=[work.pk]), {"reason": words})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert words.strip() in response.content.decode()


def test_directives_stay_on_the_page(hung, world_with_plan, work):
    write_directive(occurrence=work, text="Làm trước 10/3.", by=world_with_plan.tam)
    say(work, by=world_with_plan.hung)

    assert "Làm trước 10/3." in page_of(hung, work)
