"""Forms of what-ifs: one field for each thing that may be changed, filled with what is in force."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from lientuc.core.errors import Problem
from lientuc.core.formats import shortest
from lientuc.law.credits import RuleSet
from lientuc.web.say import choices, current_language, label, phrase, say, say_now, sentence

from ..enums import MovedBy
from ..phrases.whatifs import CHANGE_NAMES
from ..rules.changes import Changeable, ChangeKind, changeable
from ..rules.whatifs import WhatIfDraft
from .entries import ANY, NONE, offer

ROWS = 3
_ENUMS = {"window": "WindowMode", "factor_set": "FactorSet", "pre2024": "Pre2024", "year_mode": "YearMode"}


class WhatIfForm(forms.Form):
    """The question. Fields carry the names of `rules.changes`; an empty field leaves a value as it is."""

    name = forms.CharField(label=say("Tên của giả định", "Name of the what-if"), required=False)
    note = forms.CharField(
        label=say("Ghi chú, căn cứ", "Note, basis"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, rules: RuleSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = changeable(rules)
        rows = [one for one in self.known if one.row is not None]
        for one in self.known:
            if one.kind is ChangeKind.SETTING:
                self.fields[one.name] = _setting(one)
            elif one.kind is ChangeKind.PARAMETER:
                self.fields[one.name] = _number(phrase(CHANGE_NAMES[one.name]), one.now)
        for place in range(1, ROWS + 1):
            self._offer_row(place, rows)

    def _offer_row(self, place: int, rows: list[Changeable]) -> None:
        text = say_now("Dòng của bảng quy đổi ({n})", "Row of the conversion table ({n})").format(n=place)
        self.fields[f"row_{place}"] = forms.ChoiceField(
            label=text, required=False, choices=[NONE, *((one.name, row_words(one)) for one in rows)]
        )
        self.fields[f"value_{place}"] = _number(say_now("Giá trị mới ({n})", "New value ({n})").format(n=place), "")

    def clean(self) -> dict[str, Any]:
        """A chosen row needs its value."""
        cleaned: dict[str, Any] = super().clean() or {}
        for place in range(1, ROWS + 1):
            if cleaned.get(f"row_{place}") and cleaned.get(f"value_{place}") is None:
                self.add_error(f"value_{place}", sentence(Problem("credits.change_row_without_value")))
        return cleaned

    def draft(self) -> WhatIfDraft:
        """What was typed, as texts by name."""
        given = self.cleaned_data
        values = {one.name: _text(given.get(one.name)) for one in self.known}
        for place in range(1, ROWS + 1):
            if given.get(f"row_{place}"):
                values[given[f"row_{place}"]] = _text(given.get(f"value_{place}"))
        return WhatIfDraft(name=given["name"], note=given["note"], values=values)


class MovedFilter(forms.Form):
    """Which people of an answer, and how they are grouped."""

    group = forms.ChoiceField(label=say("Xem theo", "Group by"), required=False)
    province = forms.ChoiceField(label=say("Tỉnh, thành phố", "Province"), required=False)
    title = forms.ChoiceField(label=say("Chức danh", "Title"), required=False)
    care_level = forms.ChoiceField(label=say("Cấp chuyên môn", "Care level"), required=False)

    def __init__(self, *args: Any, found: Mapping[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "group", list(choices("credits", MovedBy)))
        for name, offered in found.items():
            offer(self, name, [ANY, *offered])


def change_words(name: str, rules: RuleSet) -> str:
    """What is changed, in the present language."""
    if name in CHANGE_NAMES:
        return phrase(CHANGE_NAMES[name])
    return next((row_words(one) for one in changeable(rules) if one.name == name), name)


def value_words(name: str, value: str) -> str:
    """A value of it, in the present language."""
    return (
        label(f"credits.{_ENUMS[name]}", value)
        if name in _ENUMS
        else shortest(Decimal(value), language=current_language())
    )


def row_words(one: Changeable) -> str:
    """A row of the conversion table: its rule, form, role and level, what it is worth now."""
    row = one.row
    assert row is not None
    parts = [label("credits.Form", row.form), *(label("credits.Role", role) for role in row.roles)]
    parts += [label("credits.Level", level) for level in row.levels]
    what = say_now("mức trần", "cap") if one.kind is ChangeKind.CAP else say_now("hệ số", "factor")
    return f"{row.rule_id} · {', '.join(parts)} · {what} {value_words(one.name, one.now)}"


def _setting(one: Changeable) -> forms.ChoiceField:
    offered = [(code, label(f"credits.{_ENUMS[one.name]}", code)) for code in one.choices]
    return forms.ChoiceField(label=phrase(CHANGE_NAMES[one.name]), required=False, choices=offered, initial=one.now)


def _number(text: str, now: str) -> forms.DecimalField:
    hint = say_now("Hiện nay: {now}", "Now: {now}").format(now=value_words("", now)) if now else ""
    return forms.DecimalField(
        label=text,
        help_text=hint,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value)
