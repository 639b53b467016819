"""Forms about two records of one person."""

from __future__ import annotations

from typing import Any

from django import forms

from lientuc.web.say import choices, say

from ..enums import PairState
from .fields import text_field, unit_field, units_for


class DuplicatesFilter(forms.Form):
    """What the list of pairs is narrowed by."""

    q = forms.CharField(label=say("Họ và tên", "Name"), required=False, max_length=120)
    unit = unit_field(required=False)
    state = forms.ChoiceField(label=say("Tình trạng", "State"), required=False)
    worker = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, by: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for(by, permission)
        self.fields["state"].choices = choices("registry", PairState)


class ReasonForm(forms.Form):
    """Why a decision was taken."""

    reason = text_field("Lý do, căn cứ", "Reason", most=200, missing="registry.reason_missing")
