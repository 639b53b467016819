"""Forms of staff lists: sending, saying what the columns are, deciding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from lientuc.trail.models import ImportBatch
from lientuc.web.say import choices, phrase, say

from ..enums import PostKind, TakeChoice
from ..intake.columns import LABELS
from .people import UnitMixin


class SendForm(UnitMixin):
    """A staff list of one unit or of all units below it."""

    file = forms.FileField(
        label=say("Tệp danh sách (.xlsx, .xls, .csv)", "List (.xlsx, .xls, .csv)"),
        help_text=say("Tối đa 10 MB; tệp có macro không được nhận.", "At most 10 MB; files with macros are not taken."),
    )


class CorrectedForm(forms.Form):
    """The corrected file of a list; its sender is known."""

    file = forms.FileField(label=say("Tệp đã sửa (.xlsx, .xls, .csv)", "Corrected file (.xlsx, .xls, .csv)"))


class EditForm(UnitMixin):
    """Whose people to fetch for editing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # It stands on one page with the form that sends a list: its field has its own id and its own words.
        super().__init__(*args, auto_id="edit_%s", **kwargs)
        self.fields["organisation"].required = False
        self.fields["organisation"].label = say("Danh sách của đơn vị", "List of")

    def unit(self) -> Any:
        """The chosen unit; None for all that the account may write for."""
        return self.cleaned_data.get("organisation") if self.is_valid() else None


class ReasonForm(forms.Form):
    """A reason, which is kept."""

    reason = forms.CharField(label=say("Lý do", "Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class DecisionForm(forms.Form):
    """What becomes of the list."""

    choice = forms.TypedChoiceField(
        label=say("Quyết định", "Decision"), coerce=TakeChoice, widget=forms.RadioSelect, choices=()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = choices("registry", TakeChoice)


@dataclass(frozen=True)
class ColumnChoice:
    """One column on the page of columns: heading, first values, the chosen field."""

    name: str
    heading: str
    samples: tuple[str, ...]
    chosen: str


@dataclass(frozen=True)
class TableChoice:
    """The columns of all sheets with the same headings."""

    sheets: tuple[str, ...]
    columns: tuple[ColumnChoice, ...]
    remembered: bool


def field_choices() -> list[tuple[str, str]]:
    """What a column may be; empty: not used."""
    return [(key, phrase(text)) for key, text in LABELS.items()]


def post_kinds() -> list[tuple[str, Any]]:
    """Kinds of post for rows that say none."""
    return choices("registry", PostKind)


def tables_of(batch: ImportBatch, samples: dict[str, list[list[str]]]) -> Iterator[TableChoice]:
    """The tables of a batch for the page of columns; `samples` are the first rows of each sheet as texts."""
    by_headings: dict[str, list[dict[str, Any]]] = {}
    for table in batch.mapping["tables"]:
        by_headings.setdefault(table["fingerprint"], []).append(table)
    for fingerprint, tables in by_headings.items():
        rows = samples.get(tables[0]["sheet"], [])
        columns = (
            ColumnChoice(
                name=f"{fingerprint[:12]}-{place}",
                heading=heading,
                samples=tuple(row[place] for row in rows if place < len(row) and row[place])[:3],
                chosen=tables[0]["columns"].get(str(place), ""),
            )
            for place, heading in enumerate(tables[0]["headings"])
        )
        yield TableChoice(tuple(t["sheet"] for t in tables), tuple(columns), tables[0]["remembered"])


def chosen_columns(batch: ImportBatch, data: QueryDict) -> dict[str, dict[str, str]]:
    """`{fingerprint: {column: field}}` as sent."""
    return {
        table["fingerprint"]: {
            str(place): data.get(f"{table['fingerprint'][:12]}-{place}", "") for place in range(len(table["headings"]))
        }
        for table in batch.mapping["tables"]
    }
