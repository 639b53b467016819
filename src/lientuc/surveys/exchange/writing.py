"""A version as an XLSForm workbook: one group a page, a repeat where a page is asked of each technique."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO

import xlsxwriter

from ..enums import ItemType
from ..specs import CHOSEN, ItemSpec, Questionnaire, SectionSpec
from .sheets import (
    CHOICE_COLUMNS,
    CHOICES,
    EN,
    GROUP_APPEARANCE,
    OWN,
    PAGE,
    SETTING_COLUMNS,
    SETTINGS,
    SURVEY,
    SURVEY_COLUMNS,
    TRANSLATED,
    VI,
)

Rows = Iterable[dict[str, str]]
WIDTHS = {"type": 26, "name": 24, "relevant": 34, "constraint": 26}


def write_xlsform(form: Questionnaire) -> bytes:
    """The bytes of an .xlsx that other programs read and `read_form` gives back unchanged."""
    out = BytesIO()
    # Every cell is a text: a label that begins with = stays a label.
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        for name, columns, rows in (
            (SURVEY, SURVEY_COLUMNS, survey_rows(form)),
            (CHOICES, CHOICE_COLUMNS, choice_rows(form)),
            (SETTINGS, SETTING_COLUMNS, setting_rows(form)),
        ):
            _write_sheet(book.add_worksheet(name), columns, rows, bold)
    return out.getvalue()


def survey_rows(form: Questionnaire) -> Iterator[dict[str, str]]:
    """The lines of the survey sheet."""
    for section in form.sections:
        kind = "repeat" if section.repeated else "group"
        yield _opening(section, kind)
        yield from (_item(item) for item in section.items)
        yield {"type": f"end_{kind}"}


def choice_rows(form: Questionnaire) -> Iterator[dict[str, str]]:
    """The lines of the choices sheet, each list once."""
    lists = {item.list_name: item.choices for _, item in form.items if item.list_name}
    for name, choices in lists.items():
        for choice in choices:
            yield {
                "list_name": name,
                "name": choice.value,
                f"label::{VI}": choice.label_vi,
                f"label::{EN}": choice.label_en,
                "paper_code": choice.paper_code,
            }


def setting_rows(form: Questionnaire) -> Iterator[dict[str, str]]:
    """The one line of the settings sheet."""
    yield {
        "form_title": form.title_vi,
        "form_title_en": form.title_en,
        "form_id": form.code,
        "version": str(form.number),
        "default_language": VI,
    }


def _opening(section: SectionSpec, kind: str) -> dict[str, str]:
    return {
        "type": f"begin_{kind}",
        "name": PAGE + section.code,
        f"label::{VI}": section.title_vi,
        f"label::{EN}": section.title_en,
        "relevant": section.relevant,
        "appearance": "" if section.repeated else GROUP_APPEARANCE,
    }


def _item(item: ItemSpec) -> dict[str, str]:
    hidden = item.type == ItemType.HIDDEN
    row = {
        "type": f"{item.type} {item.list_name}" if item.type in CHOSEN else str(item.type),
        "name": item.name,
        "required": "yes" if item.required else "",
        "relevant": item.relevant,
        "constraint": item.constraint,
        "appearance": item.appearance,
        "calculation": "" if hidden else item.calculation,
        "default": unquoted(item.calculation) if hidden else "",
    }
    for column, field in TRANSLATED.items():
        row |= {f"{column}::{VI}": getattr(item, f"{field}_vi"), f"{column}::{EN}": getattr(item, f"{field}_en")}
    return row | {name: getattr(item, name) for name in OWN}


def unquoted(text: str) -> str:
    """The text inside the quotes of a hidden value."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" else text


def _write_sheet(sheet: xlsxwriter.worksheet.Worksheet, columns: tuple[str, ...], rows: Rows, bold: object) -> None:
    sheet.write_row(0, 0, columns, bold)
    for number, row in enumerate(rows, start=1):
        for place, name in enumerate(columns):
            if row.get(name):
                sheet.write_string(number, place, row[name])
    for place, name in enumerate(columns):
        sheet.set_column(place, place, 48 if name.startswith("label") else WIDTHS.get(name, 16))
    sheet.freeze_panes(1, 2)
