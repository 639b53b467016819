from __future__ import annotations

from typing import Any

from django import forms

from lientuc.web.say import choices, say

from ..enums import SeatsState
from .fields import ANYTHING


class SeatsFilter(forms.Form):
    """Choices above the seats of units."""

    q = forms.CharField(label=say("Đơn vị, nội dung", "Unit, content"), required=False)
    state = forms.ChoiceField(label=say("Tình trạng", "State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [row for row in choices("planning", SeatsState) if row[0] != SeatsState.PART]
        self.fields["state"].choices = [ANYTHING, *found]
