"""A form's file, whatever program made it, as a draft: an XLSForm workbook or a REDCap data dictionary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import fold
from lientuc.documents.readers import Workbook, read_workbook
from lientuc.documents.readers.guard import Form, examine
from lientuc.documents.readers.limits import LIMITS

from ..enums import VersionState
from ..rules import problems_of_version
from ..specs import Questionnaire
from .redcap import is_dictionary, read_dictionary
from .sheets import SURVEY
from .xlsform import read_xlsform


@dataclass(frozen=True)
class FormDraft:
    """A form read from a file; `notes` say what was assumed or left out, `program` who wrote it."""

    form: Questionnaire
    program: str
    notes: tuple[Problem, ...] = ()


def read_form(source: Path | bytes, *, name: str = "") -> FormDraft:
    """The form in a file; `name` is its file name where only bytes are at hand, and names a form that does not say its own.

    Raises Refused with sheet, row and column of everything outside the subset (docs/form-exchange.md).
    """
    content = source if isinstance(source, bytes) else source.read_bytes()
    name = name or (source.name if isinstance(source, Path) else "")
    is_csv = examine(content, LIMITS) == Form.CSV
    book = read_workbook(content)
    draft = _dictionary(book, name) if is_csv else _xlsform(book, name)
    refuse_if(problems_of_version(draft.form, VersionState.DRAFT))
    return draft


def _xlsform(book: Workbook, name: str) -> FormDraft:
    sheets = {sheet.name.strip().casefold(): sheet for sheet in book.sheets}
    if SURVEY not in sheets:
        if book.sheets and is_dictionary(book.sheets[0]):
            return _dictionary(book, name)
        raise Refused(Problem("surveys.form_sheet_missing", None, {"sheet": SURVEY}))
    form, notes = read_xlsform(sheets, code_of(name))
    return FormDraft(form, "xlsform", notes)


def _dictionary(book: Workbook, name: str) -> FormDraft:
    if not book.sheets or not is_dictionary(book.sheets[0]):
        raise Refused(Problem("surveys.form_not_known"))
    form, notes = read_dictionary(book.sheets[0], code_of(name))
    return FormDraft(form, "redcap", notes)


def code_of(name: str) -> str:
    """The code of a form that states none: its file's name in plain letters."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(Path(name).stem)).strip("_")[:40]
    return plain if plain[:1].isalpha() else f"form_{plain}"[:40].rstrip("_")
