"""Forms of assessments: one tap, a remark, inhabitants of communes, filters."""

from __future__ import annotations

from typing import Any

from django import forms

from lientuc.core.clock import today
from lientuc.places.enums import OrganisationKind
from lientuc.web.say import choices, say

from ..forms.fields import DayField, text_field
from ..models import UnitFunction
from .enums import Answer, AssessmentState, Reason
from .queries import NOT_BEGUN
from .rules import MOST_PERSONS, StatementDraft

_ALL = ("", say("Tất cả", "All"))


class TapForm(forms.Form):
    """One answer as sent by a button; what it does not say stays empty."""

    answer = forms.TypedChoiceField(choices=[(c, c) for c in Answer], coerce=Answer, empty_value=None, required=False)
    reason = forms.TypedChoiceField(choices=[(c, c) for c in Reason], coerce=Reason, empty_value=None, required=False)
    persons = forms.IntegerField(required=False, min_value=0, max_value=MOST_PERSONS)
    note = forms.CharField(required=False, max_length=200)

    def draft(self) -> StatementDraft:
        """The answer; unreadable parts count as not said."""
        self.is_valid()
        data = self.cleaned_data
        return StatementDraft(
            answer=data.get("answer"), reason=data.get("reason"), persons=data.get("persons"), note=data.get("note", "")
        )


class RemarkForm(forms.Form):
    """Why an assessment is returned."""

    remark = text_field("Nội dung cần bổ sung", "What is to be completed", most=300, missing="registry.remark_missing")


class AssessmentsFilter(forms.Form):
    """What the list of units is narrowed by."""

    q = forms.CharField(label=say("Tên hoặc mã đơn vị", "Name or code"), required=False, max_length=120)
    state = forms.ChoiceField(label=say("Tình trạng", "State"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data or None)
        none = (NOT_BEGUN, say("chưa khai", "not begun"))
        self.fields["state"].choices = [_ALL, none, *choices("registry", AssessmentState)]


class SummaryFilter(forms.Form):
    """Which units the summary is of."""

    kind = forms.ChoiceField(label=say("Loại đơn vị", "Kind of unit"), required=False)
    province = forms.ChoiceField(label=say("Tỉnh, thành phố", "Province"), required=False)

    def __init__(self, data: Any, *, provinces: list[tuple[str, str]]) -> None:
        super().__init__(data or None)
        kinds = set(UnitFunction.objects.values_list("organisation_kind", flat=True))
        self.fields["kind"].choices = [pair for pair in choices("places", OrganisationKind) if pair[0] in kinds]
        self.fields["kind"].initial = str(OrganisationKind.STATION)
        if len(provinces) > 1:
            self.fields["province"].choices = [_ALL, *provinces]
        else:
            del self.fields["province"]


class PopulationForm(forms.Form):
    """Inhabitants of communes, pasted from a table."""

    source = text_field(
        "Nguồn số liệu",
        "Source",
        most=200,
        missing="registry.source_missing",
        hint=say("Ví dụ: Niên giám thống kê tỉnh 2025", "For instance: provincial statistical yearbook 2025"),
    )
    stated_on = DayField(label=say("Số liệu đến ngày", "As of"), initial=today)
    lines = forms.CharField(
        label=say("Mã xã và số dân, mỗi xã một dòng", "Commune code and inhabitants, one commune a line"),
        help_text=say("Dán hai cột từ Excel, ví dụ: 16279  12.345", "Paste two columns from Excel: 16279  12,345"),
        widget=forms.Textarea(attrs={"rows": 12}),
    )
