"""The report's desk in the browser: what each press answers, and that nothing typed is lost."""

import pytest
from django.urls import reverse

from reports.models import Report, ReportFile
from reports.services import approval, files

State, Kind = Report.State, ReportFile.Kind


@pytest.fixture
def desk(draft_report, browse):
    """`desk.press(user, name, **data)` posts to the report; `desk.office` and `desk.chair` are signed-in clients."""
    world = draft_report
    world.clients = {}

    def press(user, name, **data):
        client = world.clients.setdefault(user.pk, browse(user))
        world.report.refresh_from_db()
        data.setdefault("version", world.report.version)
        return client.post(reverse(f"reports:{name}", args=[world.report.pk]), data)

    world.press = press
    return world


def words(response):
    return response.content.decode()


def state_of(world):
    world.report.refresh_from_db()
    return world.report.state


def opening(world):
    return world.report.paragraphs.get(key="opening")


def test_desk_shows_paragraphs_and_their_sources(desk, browse):
    page = words(browse(desk.lan).get(reverse("reports:report", args=[desk.report.pk])))
    assert "120 lượt người dự" in page
    assert "Nguồn (1)" in page


def test_desk_takes_the_same_queries_with_more_files(desk, browse, django_assert_num_queries):
    client, address = browse(desk.lan), reverse("reports:report", args=[desk.report.pk])
    client.get(address)
    files.request_draft(report=desk.report, kind=Kind.DRAFT, by=desk.lan)
    with django_assert_num_queries(9):
        client.get(address)
    files.request_draft(report=desk.report, kind=Kind.DRAFT_DOCX, by=desk.lan)
    with django_assert_num_queries(9):
        client.get(address)


def test_list_takes_the_same_queries_with_one_row_and_three(desk, browse, django_assert_num_queries):
    client = browse(desk.lan)
    client.get(reverse("reports:list"))
    with django_assert_num_queries(4):
        client.get(reverse("reports:list"))
    for number in (1, 2):
        Report.objects.create(
            agency=desk.ward, period=desk.period, corrects=desk.report, subject=f"Bổ sung {number}"
        )
    with django_assert_num_queries(4):
        client.get(reverse("reports:list"))


def test_paragraph_is_saved_in_place(desk, browse):
    paragraph = opening(desk)
    data = {"text": "Lời mở đầu mới", "version": paragraph.version}
    response = browse(desk.lan).post(
        reverse("reports:paragraph", args=[paragraph.pk]), data, headers={"HX-Request": "true"}
    )
    assert "Lời mở đầu mới" in words(response)
    assert opening(desk).edited_by == desk.lan


def test_stale_paragraph_shows_both_texts_and_the_next_press_saves(desk, browse):
    paragraph, client = opening(desk), browse(desk.lan)
    address = reverse("reports:paragraph", args=[paragraph.pk])
    client.post(address, {"text": "Của người khác", "version": paragraph.version})
    response = client.post(address, {"text": "Của tôi", "version": paragraph.version})
    assert response.status_code == 409
    assert "Của người khác" in words(response)
    assert "Của tôi" in words(response)
    assert response.context["form"]["text"].value() == "Của tôi"
    again = client.post(address, {"text": "Của tôi", "version": response.context["form"]["version"].value()})
    assert again.status_code == 302
    assert opening(desk).text == "Của tôi"


def test_paragraph_of_a_submitted_report_is_not_edited_and_keeps_the_words(desk, browse):
    paragraph = opening(desk)
    desk.press(desk.lan, "submit")
    response = browse(desk.lan).post(
        reverse("reports:paragraph", args=[paragraph.pk]), {"text": "Sửa lén", "version": paragraph.version}
    )
    assert response.status_code == 422
    assert "Sửa lén" in words(response)


def test_submitting_with_a_gap_answers_422_and_names_it(desk):
    desk.report.paragraphs.filter(key="V.1.text").update(text="")
    response = desk.press(desk.lan, "submit")
    assert response.status_code == 422
    assert "Đề xuất, kiến nghị" in words(response)


def test_pressing_submit_twice_submits_once(desk):
    version = desk.report.version
    desk.press(desk.lan, "submit", version=version)
    response = desk.press(desk.lan, "submit", version=version)
    assert response.status_code == 409
    assert desk.report.steps.filter(verb="submit").count() == 1


def test_returning_without_a_reason_answers_422(desk):
    desk.press(desk.lan, "submit")
    assert desk.press(desk.tam, "return", reason="").status_code == 422
    assert state_of(desk) == State.SUBMITTED


def test_chair_returns_and_the_office_reads_why(desk, browse):
    desk.press(desk.lan, "submit")
    desk.press(desk.tam, "return", reason="Bổ sung số liệu hòa giải")
    page = words(browse(desk.lan).get(reverse("reports:report", args=[desk.report.pk])))
    assert "Bổ sung số liệu hòa giải" in page
    assert state_of(desk) == State.RETURNED


def test_taken_number_answers_422_and_keeps_what_was_typed(desk):
    desk.press(desk.lan, "submit")
    desk.press(desk.tam, "approve")
    Report.objects.create(
        agency=desk.ward, period=desk.period, corrects=desk.report, number=7, number_year=2024, subject="Khác"
    )
    response = desk.press(desk.lan, "number", number=7, dated_on="14/03/2024")
    assert response.status_code == 422
    assert "đã dùng" in words(response)
    assert 'value="7"' in words(response)


def test_numbering_queues_the_final_file(desk):
    desk.press(desk.lan, "submit")
    desk.press(desk.tam, "approve")
    desk.press(desk.lan, "number", number=7, dated_on="14/03/2024")
    assert desk.report.files.get().kind == Kind.FINAL
    assert state_of(desk) == State.NUMBERED


def test_whole_way_ends_with_the_receiver_reading_the_file(desk, browse):
    desk.press(desk.lan, "submit")
    desk.press(desk.tam, "approve")
    desk.press(desk.lan, "number", number=7, dated_on="14/03/2024")
    file = desk.report.files.get()
    files.build_file(file_id=file.pk)
    desk.press(desk.lan, "issue", unsigned_reason="đã ký bản giấy, chưa quét")
    received = browse(desk.dung).get(reverse("reports:file", args=[file.pk]))
    assert b"".join(received.streaming_content)[:5] == b"%PDF-"
    assert received["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "attachment" in received["Content-Disposition"]


def test_asking_for_a_draft_shows_that_it_is_under_way(desk):
    response = desk.press(desk.lan, "request_file", kind=Kind.DRAFT)
    assert response.status_code == 302
    assert desk.report.files.get().state == ReportFile.State.QUEUED


def test_unknown_kind_of_file_is_refused_in_words(desk):
    response = desk.press(desk.lan, "request_file", kind="exe")
    assert response.status_code == 422
    assert "Chỉ tạo được dự thảo" in words(response)


def test_polling_goes_on_until_the_file_is_ready(desk, browse):
    file = files.request_draft(report=desk.report, kind=Kind.DRAFT, by=desk.lan)
    client, address = browse(desk.lan), reverse("reports:file_state", args=[file.pk])
    assert client.get(address).status_code == 200
    files.build_file(file_id=file.pk)
    response = client.get(address)
    assert response.status_code == 286
    assert "Tải về" in words(response)


def test_failed_file_shows_its_reason_and_a_retry(desk, browse):
    file = files.request_draft(report=desk.report, kind=Kind.DRAFT, by=desk.lan)
    ReportFile.objects.filter(pk=file.pk).update(state="failed", error="Máy chủ không ghi được tệp.")
    client = browse(desk.lan)
    page = words(client.get(reverse("reports:file_state", args=[file.pk])))
    assert "Máy chủ không ghi được tệp." in page
    client.post(reverse("reports:retry_file", args=[file.pk]))
    file.refresh_from_db()
    assert file.state == ReportFile.State.QUEUED


def test_file_that_is_not_ready_cannot_be_downloaded(desk, browse):
    file = files.request_draft(report=desk.report, kind=Kind.DRAFT, by=desk.lan)
    assert browse(desk.lan).get(reverse("reports:file", args=[file.pk])).status_code == 404


def test_signed_file_must_be_a_pdf(desk, tmp_path):
    desk.press(desk.lan, "submit")
    desk.press(desk.tam, "approve")
    desk.press(desk.lan, "number", number=7, dated_on="14/03/2024")
    path = tmp_path / "da-ky.pdf"
    path.write_bytes(b"khong phai pdf")
    with path.open("rb") as file:
        response = desk.press(desk.lan, "signed", file=file)
    assert response.status_code == 422
    assert not desk.report.files.filter(kind=Kind.SIGNED).exists()


def test_signed_file_lets_the_report_be_issued_without_a_reason(desk, tmp_path):
    desk.press(desk.lan, "submit")
    desk.press(desk.tam, "approve")
    desk.press(desk.lan, "number", number=7, dated_on="14/03/2024")
    final = desk.report.files.get()
    files.build_file(file_id=final.pk)
    final.refresh_from_db()
    with final.file.open("rb") as file:
        desk.press(desk.lan, "signed", file=file)
    approval.issue_report(
        report=desk.report, version=Report.objects.get().version, unsigned_reason="", by=desk.lan
    )
    assert state_of(desk) == State.ISSUED


def test_recipients_are_edited_line_by_line(desk):
    desk.press(desk.lan, "recipients", recipients="- Như trên;\n- Đảng ủy phường;\n- Lưu: VT.")
    desk.report.refresh_from_db()
    assert desk.report.recipients.splitlines() == ["Như trên", "Đảng ủy phường", "Lưu: VT"]


def test_file_is_asked_for_though_no_message_can_be_sent(
    desk, monkeypatch, django_capture_on_commit_callbacks
):
    def no_broker(*_):
        raise ConnectionError("Redis is down")

    monkeypatch.setattr("reports.jobs.build_file.delay", no_broker)
    with django_capture_on_commit_callbacks(execute=True):
        response = desk.press(desk.lan, "request_file", kind=Kind.DRAFT)

    assert response.status_code == 302
    assert desk.report.files.get().state == "queued"


def test_asking_again_for_an_unchanged_draft_shows_it_once(desk, browse):
    client, address = browse(desk.lan), reverse("reports:request_file", args=[desk.report.pk])
    for _ in range(2):
        page = words(client.post(address, {"kind": Kind.DRAFT}, headers={"HX-Request": "true"}))
    file = desk.report.files.get()
    assert page.count(f'id="tep-{file.pk}"') == 1
