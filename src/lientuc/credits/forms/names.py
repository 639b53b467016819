"""One activity of many people, by their names."""

from __future__ import annotations

from typing import Any

from django import forms

from lientuc.core.errors import Problem
from lientuc.law.credits import Form, Role
from lientuc.web.say import say, sentence

from ..rules import EntryDraft
from ..rules.names import MOST_LINES, NameLine, lines_of
from .entries import NONE, offer, one_of


class NamesForm(forms.Form):
    """The activity, and the names as they stand in a list or an invitation."""

    title = forms.CharField(
        label=say("Tên hội nghị, buổi sinh hoạt khoa học, bình bệnh án", "Name of the meeting"), required=False
    )
    activity_on = forms.DateField(
        label=say("Ngày (ngày kết thúc, nếu nhiều ngày)", "Day (the last one of several)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
    form = forms.ChoiceField(label=say("Hình thức", "Form"), required=False, initial=Form.CONFERENCE)
    role = forms.ChoiceField(
        label=say("Vai trò của những người trong danh sách", "Role of everybody listed"), required=False
    )
    units = forms.DecimalField(
        label=say("Số lượng mỗi người (buổi, báo cáo, ca bệnh…)", "Amount each (half-days, reports, cases…)"),
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    decided_hours = forms.DecimalField(
        label=say("Số tiết theo quyết định của người đứng đầu cơ sở", "Hours decided by the provider's head"),
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=say(
            "Cần khi trong danh sách có nhân viên y tế tính theo tiết.",
            "Needed where people counted in lessons are listed.",
        ),
    )
    basis = forms.CharField(
        label=say("Căn cứ (số, ngày quyết định)", "Basis (decision number and day)"), required=False
    )
    issuer = forms.CharField(label=say("Đơn vị tổ chức", "Organiser"), required=False)
    names = forms.CharField(
        label=say("Danh sách, mỗi người một dòng", "The people, one to a line"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=say(
            "Họ tên; thêm năm sinh, số định danh hoặc số giấy phép sau dấu chấm phẩy khi có người trùng tên. Dán được từ Excel.",
            "Full name; after a semicolon the birth year, national or licence number where names repeat. Paste from Excel.",
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, enum in (("form", Form), ("role", Role)):
            offer(self, name, one_of(enum, NONE))

    def clean_names(self) -> str:
        """The paste, refused where it is empty or too long."""
        text = str(self.cleaned_data["names"])
        lines = lines_of(text)
        if not lines:
            raise forms.ValidationError(sentence(Problem("credits.names_missing")))
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(sentence(Problem("credits.too_many_lines", values={"limit": MOST_LINES})))
        return text

    @property
    def lines(self) -> list[NameLine]:
        """The lines of the paste."""
        return lines_of(self.cleaned_data["names"])

    def draft(self) -> EntryDraft:
        """The activity without a person."""
        names = ("activity_on", "form", "role", "units", "decided_hours", "basis", "title", "issuer")
        return EntryDraft(worker=None, **{name: self.cleaned_data[name] for name in names})
