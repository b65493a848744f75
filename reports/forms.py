"""The shape of input. At most five things are asked at first sight."""

from django import forms

from reports.models import Paragraph, Report


class VersionedForm(forms.Form):
    """Every act on a report says which version it has seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ParagraphForm(VersionedForm):
    text = forms.CharField(
        label="Nội dung",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Xuống dòng để thêm đoạn; dòng bắt đầu bằng “- ” là gạch đầu dòng. Để trống thì đoạn này không in.",
    )

    @classmethod
    def of(cls, paragraph: Paragraph) -> "ParagraphForm":
        return cls(initial={"text": paragraph.text, "version": paragraph.version})


class RecipientsForm(VersionedForm):
    recipients = forms.CharField(
        label="Nơi nhận",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Mỗi dòng một nơi nhận. Dòng đầu: Như trên. Dòng cuối: Lưu: VT, …",
    )

    @classmethod
    def of(cls, report: Report) -> "RecipientsForm":
        return cls(initial={"recipients": report.recipients, "version": report.version})


class ReasonForm(VersionedForm):
    reason = forms.CharField(label="Lý do trả lại", required=False, widget=forms.Textarea(attrs={"rows": 3}))


class NumberForm(VersionedForm):
    number = forms.IntegerField(label="Số văn bản", min_value=1, max_value=99_999, localize=False)
    dated_on = forms.DateField(
        label="Ngày văn bản",
        widget=forms.DateInput(attrs={"placeholder": "ngày/tháng/năm", "inputmode": "numeric"}),
    )


class IssueForm(VersionedForm):
    unsigned_reason = forms.CharField(
        label="Lý do chưa có bản đã ký",
        required=False,
        max_length=300,
        help_text="Chỉ ghi khi chưa đưa bản đã ký lên, ví dụ: đã ký bản giấy, chưa quét.",
    )


class SignedForm(forms.Form):
    file = forms.FileField(label="Bản đã ký (PDF)")
