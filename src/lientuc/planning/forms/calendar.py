from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from lientuc.web.say import say

from .fields import ANYTHING


class CalendarFilter(forms.Form):
    """Choices above a calendar: one unit, one performer."""

    unit = forms.ChoiceField(label=say("Đơn vị cử người", "Unit"), required=False)
    performer = forms.ChoiceField(label=say("Đơn vị thực hiện", "Performed by"), required=False)

    def __init__(self, *args: Any, units: Sequence[str], performers: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [ANYTHING, *((name, name) for name in units)]
        self.fields["performer"].choices = [ANYTHING, *((name, name) for name in performers)]
