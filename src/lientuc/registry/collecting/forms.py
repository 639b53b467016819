"""Forms of campaigns: open, extend, ask one more unit; the one upload field behind a link."""

from __future__ import annotations

from typing import Any

from django import forms

from lientuc.places.enums import OrganisationKind
from lientuc.web.say import choices, say

from ..forms.fields import day_field, text_field, unit_field, units_for
from .enums import SentState
from .queries import ASKED_KINDS, RUN
from .rules import CampaignDraft

_ALL = ("", say("Tất cả", "All"))


class CampaignForm(forms.Form):
    """A new campaign."""

    organisation = unit_field()
    name = text_field("Tên đợt thu thập", "Name", most=160, missing="registry.campaign_name_missing")
    deadline_on = day_field("Hạn gửi", "Deadline", required=True)
    kinds = forms.MultipleChoiceField(
        label=say("Loại đơn vị phải gửi", "Kinds of units asked"), widget=forms.CheckboxSelectMultiple
    )
    note = text_field("Dặn thêm", "Note", most=300, hint=say("In trong tin nhắn nhắc.", "Printed in the reminder."))

    def __init__(self, data: Any, *, by: Any) -> None:
        super().__init__(data)
        self.fields["organisation"].queryset = units_for(by, RUN)
        self.fields["organisation"].label = say("Đơn vị tổ chức thu thập", "Run by")
        self.fields["kinds"].choices = [pair for pair in choices("places", OrganisationKind) if pair[0] in ASKED_KINDS]
        self.fields["kinds"].initial = [str(kind) for kind in ASKED_KINDS[:3]]
        if not self.is_bound:
            only = list(self.fields["organisation"].queryset[:2])
            if len(only) == 1:
                self.fields["organisation"].initial = only[0].public_id

    def draft(self) -> CampaignDraft:
        """What was typed."""
        data = self.cleaned_data
        kinds = tuple(OrganisationKind(kind) for kind in data["kinds"])
        return CampaignDraft(data["name"], data["deadline_on"], kinds, data["note"])


class DeadlineForm(forms.Form):
    """Another deadline."""

    deadline_on = day_field("Hạn mới", "New deadline", required=True)


class AskForm(forms.Form):
    """One more unit."""

    unit = unit_field()

    def __init__(self, data: Any, *, units: Any) -> None:
        super().__init__(data)
        self.fields["unit"].queryset = units


class BoardFilter(forms.Form):
    """What the board shows."""

    q = forms.CharField(label=say("Tên đơn vị", "Unit"), required=False, max_length=120)
    state = forms.ChoiceField(label=say("Tình trạng", "State"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data or None)
        self.fields["state"].choices = [_ALL, *choices("registry", SentState)]


class FileForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=say("Tệp danh sách", "The list"),
        help_text=say("Excel (.xlsx, .xls) hoặc CSV.", "Excel (.xlsx, .xls) or CSV."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
