"""Forms of the room: they turn typed text into drafts; what may be recorded is said by the rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from lientuc.law.credits import Form, Level, Role, Status
from lientuc.places.models import Organisation
from lientuc.web.say import choices, say

from ..enums import EntrySource
from ..queries.standings import GroupBy
from ..rules import LONGEST, EntryDraft

ANY = ("", say("Tất cả", "All"))
NONE = ("", say("– Chọn –", "– Choose –"))


def one_of(enum: Any, empty: tuple[str, Any]) -> list[tuple[str, Any]]:
    return [empty, *choices("credits", enum)]


def offer(form: forms.Form, name: str, offered: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = offered


class ActivityFields(forms.Form):
    """What an activity was, by the codes of the conversion table."""

    activity_on = forms.DateField(
        label=say("Ngày diễn ra (ngày kết thúc, nếu nhiều ngày)", "Day (the last one of several)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
    title = forms.CharField(
        label=say("Tên khóa học, hội nghị, đề tài, tài liệu", "Name of the activity"), required=False
    )
    form = forms.ChoiceField(label=say("Hình thức", "Form"), required=False)
    role = forms.ChoiceField(label=say("Vai trò", "Role"), required=False)
    level = forms.ChoiceField(
        label=say("Cấp", "Level"),
        required=False,
        help_text=say("Chỉ với đề tài, bài báo, luận văn, luận án.", "For tasks, articles and theses only."),
    )
    units = forms.DecimalField(
        label=say("Số lượng (tiết, buổi, tài liệu, năm…)", "Amount (lessons, half-days, documents, years…)"),
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    issuer = forms.CharField(label=say("Đơn vị tổ chức hoặc cấp chứng nhận", "Organiser or issuer"), required=False)
    certificate_number = forms.CharField(label=say("Số chứng nhận, chứng chỉ", "Certificate number"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, enum in (("form", Form), ("role", Role), ("level", Level)):
            offer(self, name, one_of(enum, NONE))


class EntryForm(ActivityFields):
    """One activity; `worker` is asked for only where the page has no person yet."""

    worker = forms.CharField(
        label=say("Số định danh cá nhân hoặc số giấy phép hành nghề", "National or licence number"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    decided_hours = forms.DecimalField(
        label=say("Số tiết theo quyết định", "Hours decided"),
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=say(
            "Khi người đứng đầu cơ sở đào tạo quyết định số tiết (hội nghị, đề tài, tài liệu của nhân viên y tế khác).",
            "Where the provider's head decides the hours (meetings, tasks and documents of other health staff).",
        ),
    )
    basis = forms.CharField(
        label=say("Căn cứ (số, ngày quyết định)", "Basis (decision number and day)"),
        required=False,
    )
    from_register = forms.BooleanField(
        label=say("Nhập từ sổ giấy (chứng nhận cũ, chưa có QR)", "From a paper register (old certificate without QR)"),
        required=False,
    )

    field_order = (
        "worker", "activity_on", "title", "form", "role", "level", "units", "decided_hours", "basis", "issuer",
        "certificate_number", "from_register",
    )  # fmt: skip

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["worker"]

    def draft(self, worker: UUID | None) -> EntryDraft:
        """The typed values about `worker` as a draft."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in {"worker", "from_register"}}
        return EntryDraft(worker=worker, **values)

    @property
    def source(self) -> EntrySource:
        """Whether the person typed from a certificate or from an old register."""
        return EntrySource.REGISTER_BOOK if self.cleaned_data["from_register"] else EntrySource.FORM


class ReverseForm(forms.Form):
    """Why an entry is taken back."""

    reason = forms.CharField(
        label=say("Lý do ghi đảo", "Why it is taken back"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST["title"]}),
    )


class ImportForm(forms.Form):
    """A file of entries."""

    file = forms.FileField(
        label=say("Tệp .xlsx, .xls hoặc .csv", "File .xlsx, .xls or .csv"),
        help_text=say(
            "Mỗi dòng một hoạt động của một người; tệp được xem trước, chưa ghi ngay.",
            "One activity of one person a row; the file is previewed first, nothing is written yet.",
        ),
    )


class StandingFilter(forms.Form):
    """Which standings to list."""

    q = forms.CharField(label=say("Họ tên hoặc số định danh", "Name or national number"), required=False)
    status = forms.ChoiceField(label=say("Kết quả", "Result"), required=False)
    unit = forms.ChoiceField(label=say("Đơn vị", "Unit"), required=False)

    def __init__(self, *args: Any, units: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "status", one_of(Status, ANY))
        offer(self, "unit", [ANY, *((str(unit.public_id), unit.name) for unit in units)])


class EntryFilter(forms.Form):
    """Which entries to list."""

    q = forms.CharField(label=say("Họ tên, nội dung hoặc số chứng nhận", "Name, title or certificate"), required=False)
    form = forms.ChoiceField(label=say("Hình thức", "Form"), required=False)
    source = forms.ChoiceField(label=say("Nguồn", "Source"), required=False)
    state = forms.ChoiceField(
        label=say("Trạng thái", "State"),
        required=False,
        choices=[ANY, ("in_force", say("đang tính", "in force")), ("reversed", say("đã ghi đảo", "taken back"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "form", one_of(Form, ANY))
        offer(self, "source", one_of(EntrySource, ANY))


class SummaryFilter(forms.Form):
    """By what people are counted."""

    group = forms.ChoiceField(
        label=say("Tổng hợp theo", "Counted by"),
        required=False,
        choices=[
            (GroupBy.ORGANISATION.name.lower(), say("đơn vị", "unit")),
            (GroupBy.CARE_LEVEL.name.lower(), say("cấp chuyên môn", "care level")),
            (GroupBy.COMMUNE.name.lower(), say("xã, phường, đặc khu", "commune")),
            (GroupBy.TITLE.name.lower(), say("chức danh", "title")),
        ],
    )


class DayForm(forms.Form):
    """The day a standing is asked for."""

    on = forms.DateField(
        label=say("Tính đến ngày", "As of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
