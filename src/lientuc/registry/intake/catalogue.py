"""Official lists of functions and techniques from a table, and the small illustrative ones shipped with the house."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from lientuc.core.errors import Problem, Refused
from lientuc.core.phrases import Phrase
from lientuc.documents.readers import read_workbook
from lientuc.documents.readers.fields import KnownField
from lientuc.documents.readers.headers import body_rows, find_header, plain
from lientuc.places.enums import CareLevel, OrganisationKind
from lientuc.places.phrases import LABELS

from ..catalogue_rules import FunctionDraft, TechniqueDraft
from .reading import text_of

FIELDS: tuple[KnownField, ...] = (
    KnownField("place", ("STT", "TT", "Số TT", "No.")),
    KnownField("code", ("Mã", "Mã kỹ thuật", "Mã chức năng", "Mã số", "Code")),
    KnownField("name_vi", ("Tên", "Tên kỹ thuật", "Danh mục kỹ thuật", "Tên chức năng", "Chức năng, nhiệm vụ", "Nội dung", "Name")),
    KnownField("name_en", ("Tên tiếng Anh", "English name")),
    KnownField("care_level", ("Cấp chuyên môn", "Cấp chuyên môn kỹ thuật", "Cấp", "Level of care")),
    KnownField("organisation_kind", ("Loại đơn vị", "Đơn vị thực hiện", "Kind of unit")),
    KnownField("function_code", ("Mã chức năng, nhiệm vụ", "Thuộc chức năng", "Function")),
    KnownField("needs_equipment", ("Trang thiết bị", "Thiết bị cần có", "Equipment")),
)  # fmt: skip


def functions_in(content: bytes, on: date) -> list[FunctionDraft]:
    """The functions of an uploaded table."""
    return [_function(row, on) for row in _rows(content)]


def techniques_in(content: bytes, on: date) -> list[TechniqueDraft]:
    """The techniques of an uploaded table."""
    return [_technique(row, on) for row in _rows(content)]


def illustrative_functions(on: date) -> list[FunctionDraft]:
    """Invented functions, for the simulated province and to try the pages with."""
    return [_function(row, on) for row in _shipped("functions_illustrative.csv")]


def illustrative_techniques(on: date) -> list[TechniqueDraft]:
    """Invented techniques, likewise."""
    return [_technique(row, on) for row in _shipped("techniques_illustrative.csv")]


def _shipped(name: str) -> list[dict[str, str]]:
    with files("lientuc.registry").joinpath("data", name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _rows(content: bytes) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for sheet in read_workbook(content).sheets:
        header = find_header(sheet, FIELDS)
        if header is None or not header.columns_of("code") or not header.columns_of("name_vi"):
            continue
        columns = {str(guess.field): guess.column for guess in header.columns if guess.field}
        for row in body_rows(sheet, header):
            found.append({field: text_of(row.cells[column]) for field, column in columns.items()})
    if not found:
        raise Refused(Problem("registry.no_catalogue", "file"))
    return found


def _function(row: dict[str, str], on: date) -> FunctionDraft:
    return FunctionDraft(
        code=row.get("code", ""),
        name_vi=row.get("name_vi", ""),
        name_en=row.get("name_en") or row.get("name_vi", ""),
        organisation_kind=_coded(OrganisationKind, row.get("organisation_kind", "")),
        from_on=on,
    )


def _technique(row: dict[str, str], on: date) -> TechniqueDraft:
    return TechniqueDraft(
        code=row.get("code", ""),
        name_vi=row.get("name_vi", ""),
        name_en=row.get("name_en") or row.get("name_vi", ""),
        care_level=_coded(CareLevel, row.get("care_level", "")),
        from_on=on,
        function_code=row.get("function_code", ""),
        needs_equipment=row.get("needs_equipment", ""),
    )


def _coded(enum: Any, text: str) -> Any:
    """The code a text means: the code itself or its label in either language, without `cấp`."""
    heard = plain(text).removeprefix("cap ")
    labels: Mapping[Any, Phrase] = LABELS[enum]
    for code, label in labels.items():
        if heard and heard in {plain(str(code)), plain(label.vi).removeprefix("cap "), plain(label.en)}:
            return code
    return None
