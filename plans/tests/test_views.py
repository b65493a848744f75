import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from plans.models import Doubt, Import, Item, Plan

SMALL_DOCX = b"PK\x03\x04 khong phai Word"


def send(client, name: str, content: bytes):
    return client.post(reverse("plans:upload"), {"file": SimpleUploadedFile(name, content)})


def test_list_says_what_to_do_next(world, browse):
    assertContains(browse(world.lan).get(reverse("plans:list")), "Chưa có kế hoạch nào. Hãy đưa tệp Word")


def test_list_hides_drafts_from_department_heads(draft, world, browse):
    assertContains(browse(world.hung).get(reverse("plans:list")), "Chưa có kế hoạch nào đang thực hiện")


def test_list_leads_to_the_draft_or_to_the_plan_with_its_results(make_plan, world, browse):
    draft, active = make_plan(), make_plan(state=Plan.State.ACTIVE)

    page = browse(world.lan).get(reverse("plans:list"))

    assertContains(page, f'href="{reverse("plans:draft", args=[draft.pk])}"')
    assertContains(page, f'href="{reverse("tasks:plan", args=[active.pk])}"')


def test_list_hides_plans_of_other_agencies(draft, world, browse):
    assertContains(browse(world.stranger).get(reverse("plans:list")), "Chưa có kế hoạch nào")


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_much_for_three_plans_as_for_one(
    count, make_plan, world, browse, django_assert_num_queries
):
    for _ in range(count):
        make_plan()
    client = browse(world.lan)

    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("plans:list"))


@pytest.mark.parametrize("bullets", [1, 3])
def test_draft_asks_as_much_for_three_lines_as_for_one(
    bullets, make_plan, world, browse, django_assert_num_queries
):
    plan = make_plan(bullets)
    for item in Item.objects.filter(is_task=True):
        Doubt.objects.create(plan=plan, item=item, reason="Chưa chắc.")
    client = browse(world.lan)

    with django_assert_num_queries(DRAFT_QUERIES):
        client.get(reverse("plans:draft", args=[plan.pk]))


LIST_QUERIES = 4  # session, user, memberships, plans
DRAFT_QUERIES = 12  # those three, the plan with its agency, its file, the units, what was deleted, and five for the document


def test_upload_leads_to_the_draft(small_file, world, browse):
    answer = send(browse(world.lan), "ke-hoach.md", small_file)

    assertRedirects(answer, reverse("plans:draft", args=[Plan.objects.get().pk]))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("ke-hoach.docx", b"", "Tệp rỗng"),
        ("ke-hoach.docx", SMALL_DOCX, "Tệp bị hỏng"),
        ("ke-hoach.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "dạng Office cũ"),
        ("anh.png", b"\x89PNG", "Chỉ đọc được kế hoạch"),
    ],
)
def test_upload_refuses_with_a_sentence_and_keeps_nothing(name, content, sentence, world, browse, settings):
    answer = send(browse(world.lan), name, content)

    assertContains(answer, sentence, status_code=422)
    assert not Plan.objects.exists()
    assert not Import.objects.exists()
    assert not settings.MEDIA_ROOT.exists()


def test_upload_asks_for_a_file(world, browse):
    assertContains(browse(world.lan).post(reverse("plans:upload")), "Chưa chọn tệp", status_code=422)


def test_upload_of_the_same_file_leads_to_its_draft(small_file, world, browse):
    client = browse(world.lan)
    send(client, "ke-hoach.md", small_file)

    answer = client.post(
        reverse("plans:upload"), {"file": SimpleUploadedFile("ban-sao.md", small_file)}, follow=True
    )

    assertContains(answer, "đã được tải lên trước đó")
    assert Plan.objects.count() == 1


def test_upload_of_an_active_plan_is_refused(small_file, world, browse):
    client = browse(world.lan)
    send(client, "ke-hoach.md", small_file)
    Plan.objects.update(state=Plan.State.ACTIVE)

    answer = send(client, "ke-hoach.md", small_file)
    assertContains(answer, "đang được thực hiện", status_code=422)
    assertNotContains(answer, "Đây là bản nháp đang có", status_code=422)


DECISION = "QUYẾT ĐỊNH\nVề công tác dân vận năm 2024\n\nI. NỘI DUNG\n1. Giao Công an phường họp dân.".encode()


def hidden_fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(insist|kept|kept_name)" value="([^"]*)"', page))


def test_upload_of_a_decision_is_refused_with_an_offer(world, browse):
    answer = send(browse(world.lan), "quyet-dinh.txt", DECISION)

    assertContains(answer, "Đây là quyết định, không phải kế hoạch", status_code=422)
    assertContains(answer, "Vẫn nhập văn bản này</button>", status_code=422)
    assert not Plan.objects.exists()


def test_one_press_brings_the_decision_in_without_choosing_it_again(world, browse):
    client = browse(world.lan)
    fields = hidden_fields(send(client, "quyet-dinh.txt", DECISION).content.decode())

    answer = client.post(reverse("plans:upload"), fields)

    plan = Plan.objects.get()
    assertRedirects(answer, reverse("plans:draft", args=[plan.pk]))
    assert Import.objects.get().file.read() == DECISION
    assert Import.objects.get().file_name == "quyet-dinh.txt"
    assert plan.doubts.filter(reason__contains="không phải kế hoạch").exists()


def test_a_large_decision_is_chosen_again_with_a_ticked_box(world, browse, monkeypatch):
    monkeypatch.setattr("plans.forms.MAX_KEPT", 10)
    client = browse(world.lan)

    page = send(client, "quyet-dinh.txt", DECISION)
    file = SimpleUploadedFile("quyet-dinh.txt", DECISION)
    client.post(reverse("plans:upload"), {"file": file, "insist": "on"})

    assertContains(page, 'name="insist" id="id_insist"', status_code=422)
    assertNotContains(page, "Vẫn nhập văn bản này</button>", status_code=422)
    assert Plan.objects.count() == 1


@pytest.mark.parametrize(("name", "content"), [("a.txt", b"Xin chao"), ("a.doc", DECISION)])
def test_other_refusals_offer_nothing(name, content, world, browse):
    answer = send(browse(world.lan), name, content)

    assertNotContains(answer, "Vẫn nhập", status_code=422)


@pytest.mark.parametrize(("kept", "sentence"), [("???", "Hãy chọn lại tệp"), ("UEsDBA==", "Tệp bị hỏng")])
def test_what_is_sent_again_is_judged_again(kept, sentence, world, browse):
    answer = browse(world.lan).post(
        reverse("plans:upload"), {"insist": "on", "kept": kept, "kept_name": "a.docx"}
    )

    assertContains(answer, sentence, status_code=422)
    assert not Plan.objects.exists()


def test_upload_belongs_to_the_office(world, browse):
    assert browse(world.hung).get(reverse("plans:upload")).status_code == 403


def test_draft_looks_like_the_document(draft, world, browse):
    page = browse(world.lan).get(reverse("plans:draft", args=[draft.pk]))

    assertContains(page, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assertContains(page, "Đọc được 2 nội dung, 3 việc, 0 thời hạn; không còn chỗ nào cần xem lại.")


def test_draft_marks_a_doubt_at_its_line(draft, item, doubt, world, browse):
    page = browse(world.lan).get(reverse("plans:draft", args=[draft.pk]))

    assertContains(page, f'<a href="#muc-{item.pk}">Dòng này mất số.</a>', html=True)
    assertContains(page, "<strong>1 chỗ cần xem lại</strong>", html=True)
    assertContains(page, "Đúng rồi")


def test_draft_is_read_only_for_the_chair(draft, doubt, world, browse):
    page = browse(world.tam).get(reverse("plans:draft", args=[draft.pk]))

    assertContains(page, "Dòng này mất số.")
    for words in ("Đúng rồi", "Sửa", "Theo dõi", "Xóa bản nháp"):
        assert words not in page.content.decode()


@pytest.mark.parametrize("name", ["draft", "document", "original", "delete", "header"])
def test_plan_of_another_agency_is_not_found(name, draft, world, browse):
    assert browse(world.stranger).get(reverse(f"plans:{name}", args=[draft.pk])).status_code == 404


def test_draft_of_an_active_plan_is_its_document(draft, world, browse):
    Plan.objects.update(state=Plan.State.ACTIVE)

    answer = browse(world.lan).get(reverse("plans:draft", args=[draft.pk]))

    assertRedirects(answer, reverse("plans:document", args=[draft.pk]))


def test_document_has_no_tools(draft, doubt, world, browse):
    page = browse(world.lan).get(reverse("plans:document", args=[draft.pk])).content.decode()

    assert "Việc thứ 1" in page
    assert "Dòng này mất số." not in page
    assert "<form method" not in page.split("plan-paper")[1].split("</article>")[0]


def test_document_of_an_active_plan_is_open_to_department_heads(draft, world, browse):
    Plan.objects.update(state=Plan.State.ACTIVE)

    assert browse(world.hung).get(reverse("plans:document", args=[draft.pk])).status_code == 200


def test_original_comes_back_as_a_harmless_attachment(small_file, world, browse):
    client = browse(world.lan)
    send(client, "Kế hoạch.md", small_file)

    answer = client.get(reverse("plans:original", args=[Plan.objects.get().pk]))

    assert b"".join(answer.streaming_content) == small_file
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")


def test_delete_asks_first_and_then_takes_the_file_too(
    small_file, world, browse, settings, django_capture_on_commit_callbacks
):
    client = browse(world.lan)
    send(client, "ke-hoach.md", small_file)
    address = reverse("plans:delete", args=[Plan.objects.get().pk])

    assertContains(client.get(address), "Xóa bản nháp này?")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)

    assert not Plan.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
