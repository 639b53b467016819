"""Fields several forms of planning share: days, đồng as offices type them, topics, lists of choices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lientuc.core import formats
from lientuc.core.errors import Problem
from lientuc.curricula.models import Topic
from lientuc.web.say import current_language, say, sentence

from ..cells import cell_money

ANYTHING = ("", say("Tất cả", "All"))
NOTHING = ("", "–")


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A date: browsers offer their calendar, dd/mm/yyyy is read too."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)


def text_area(label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    """A longer text."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


class VndField(forms.CharField):
    """Whole đồng, typed as `1.250.000`, `1250000` or `12,5 triệu`; gives an int or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}), **options)

    def prepare_value(self, value: Any) -> Any:
        """A stored amount with separators."""
        return formats.number(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        """The amount, or a validation error with the sentence of the room."""
        if isinstance(value, int) or value in self.empty_values:
            return value if isinstance(value, int) else None
        read = cell_money(str(value))
        if isinstance(read, Problem):
            raise ValidationError(sentence(read))
        return read

    def validate(self, value: Any) -> None:
        """Required means an amount was given; 0 is one."""
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Nothing of texts applies to a number."""


def topic_choices() -> list[tuple[str, str]]:
    """Topics by name in the active language."""
    name = "name_en" if current_language() == "en" else "name_vi"
    return list(Topic.objects.order_by("family", name).values_list("code", name))


def topic_of(code: str) -> Topic | None:
    """The topic of a chosen code."""
    return Topic.objects.filter(code=code).first() if code else None
