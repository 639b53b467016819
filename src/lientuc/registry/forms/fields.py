"""Fields several forms use: days, units in scope, codes."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django import forms

from lientuc.places.models import Organisation
from lientuc.web.say import choices, say
from lientuc.web.widgets import LongSelect

from ..phrases import SENTENCES


class DayField(forms.DateField):
    """A day: the browser's own picker; dd/mm/yyyy where it is typed."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)


def day_field(vi: str, en: str, *, required: bool = False, hint: Any = "") -> DayField:
    """A labelled day."""
    return DayField(label=say(vi, en), required=required, help_text=hint)


def said(code: str) -> dict[str, Any]:
    """What a missing value is called: the sentence of the rule's own problem `code`."""
    return {"required": say(SENTENCES[code].vi, SENTENCES[code].en)} if code else {}


def code_field(vi: str, en: str, enum: type[StrEnum], *, required: bool = False, missing: str = "") -> Any:
    """A code of this room's `enum`, or None."""

    def all_choices() -> list[tuple[str, Any]]:
        return [("", say("– chọn –", "– choose –")), *choices("registry", enum)]

    return forms.TypedChoiceField(
        label=say(vi, en),
        choices=all_choices,
        coerce=enum,
        empty_value=None,
        required=required or bool(missing),
        error_messages=said(missing),
    )


def text_field(vi: str, en: str, *, most: int, missing: str = "", hint: Any = "", **attrs: Any) -> forms.CharField:
    """A line of text; `missing` is the problem of leaving it empty."""
    required = attrs.pop("required", False) or bool(missing)
    return forms.CharField(
        label=say(vi, en),
        max_length=most,
        required=required,
        help_text=hint,
        error_messages=said(missing),
        widget=forms.TextInput(attrs=attrs),
    )


def unit_field(*, required: bool = True) -> forms.ModelChoiceField:
    """A unit; the form sets which ones."""
    return forms.ModelChoiceField(
        Organisation.objects.none(),
        label=say("Đơn vị", "Unit"),
        to_field_name="public_id",
        required=required,
        empty_label="–",
        widget=LongSelect(),
    )


def units_for(by: Any, permission: str) -> Any:
    """The open units `by` may choose, by name."""
    return Organisation.objects.visible_to(by, permission).filter(to_on__isnull=True).order_by("name", "pk")
