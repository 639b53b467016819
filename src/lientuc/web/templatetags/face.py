"""What the house's own components need; pages use the components, not these words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BoundField
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.safestring import SafeString

from lientuc.documents.table import Column, Hidden, ReportTable, Row, printed_row
from lientuc.web.say import current_language

register = template.Library()

CLASSES = {
    "checkbox": "form-check-input",
    "radioselect": "form-check-input",
    "checkboxselectmultiple": "form-check-input",
    "select": "form-select",
    "selectmultiple": "form-select",
    "nullbooleanselect": "form-select",
}


@register.simple_tag(takes_context=True)
def title_again(context: Context) -> SafeString:
    """What the page's `title` block says, for its heading: Django prints a block only once."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block("title")
    said: SafeString = block.nodelist.render(context)
    return said


@register.filter
def dressed(field: BoundField) -> SafeString:
    """The widget of `field` in the classes of the face; the form's own classes stay."""
    own = field.field.widget.attrs.get("class", "")
    house = CLASSES.get(field.widget_type, "form-control")
    return field.as_widget(attrs={"class": f"{house} {own}".strip()})


@register.filter
def as_json(value: Any) -> str:
    """`value` as JSON for a `data-` attribute; escaped like any other text."""
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)


@dataclass(frozen=True)
class Cell:
    """One printed value under its column."""

    column: Column
    text: str


@dataclass(frozen=True)
class PrintedTable:
    """A `ReportTable` as text in one language, its rows read once."""

    title: str
    above: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: list[list[Cell]]
    footer: list[Cell]
    below: tuple[str, ...]


@register.filter
def as_printed(table: ReportTable) -> PrintedTable:
    """`table` in the active language, as the writers of files print it."""
    language = current_language()
    rows: list[Row] = list(table.rows)
    hidden = any(isinstance(value, Hidden) for row in rows for value in row)
    return PrintedTable(
        title=table.title,
        above=table.lines_above(language),
        columns=table.columns,
        rows=[_cells(table.columns, row, language) for row in rows],
        footer=_cells(table.columns, table.footer, language) if table.footer else [],
        below=table.lines_below(language, some_hidden=hidden),
    )


def _cells(columns: tuple[Column, ...], row: Row, language: str) -> list[Cell]:
    texts = printed_row(columns, row, language)
    return [Cell(column, text) for column, text in zip(columns, texts, strict=True)]
