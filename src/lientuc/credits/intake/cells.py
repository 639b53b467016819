"""Values as files, programs and command lines bring them, made the one `EntryDraft`; problems stay with their field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from uuid import UUID

from lientuc.core.errors import Problem
from lientuc.core.names import fold, tidy
from lientuc.documents.readers.book import Cell
from lientuc.documents.readers.cells import cell_date, cell_national_number
from lientuc.documents.readers.fields import KnownField
from lientuc.law.credits import Form, Level, Role

from ..phrases import LABELS
from ..rules import EntryDraft

FIELDS: tuple[KnownField, ...] = (
    KnownField("place", ("STT", "TT", "Số TT", "No.")),
    KnownField(
        "worker",
        (
            "Số định danh cá nhân", "CCCD", "Số CCCD", "Căn cước công dân", "Số căn cước", "ĐDCN", "Số GPHN", "Số CCHN",
            "Số giấy phép hành nghề", "Số chứng chỉ hành nghề", "Mã nhân viên", "National number", "Licence number", "worker",
        ),
    ),
    KnownField("worker_name", ("Họ và tên", "Họ tên", "Họ tên nhân viên", "Full name", "worker_name")),
    KnownField(
        "activity_on",
        ("Ngày", "Ngày hoạt động", "Ngày kết thúc", "Ngày hoàn thành", "Thời gian", "Đến ngày", "Day", "Date", "activity_on"),
    ),
    KnownField("form", ("Hình thức", "Hình thức tham gia", "Loại hình", "Form", "form")),
    KnownField("role", ("Vai trò", "Tư cách tham gia", "Role", "role")),
    KnownField("level", ("Cấp", "Cấp độ", "Cấp đề tài", "Level", "level")),
    KnownField("units", ("Số lượng", "Số tiết", "Số buổi", "Số tiết/buổi", "Amount", "Units", "units")),
    KnownField(
        "decided_hours",
        ("Số tiết theo quyết định", "Số tiết được công nhận", "Số giờ quy đổi", "Decided hours", "decided_hours"),
    ),
    KnownField("basis", ("Căn cứ", "Quyết định", "Số quyết định", "Basis", "basis")),
    KnownField(
        "title",
        ("Nội dung", "Tên khóa học", "Tên lớp", "Tên hội nghị", "Nội dung đào tạo", "Chuyên đề", "Tên khóa đào tạo", "Title", "title"),
    ),
    KnownField(
        "issuer",
        ("Đơn vị cấp", "Nơi cấp", "Cơ sở cấp", "Đơn vị tổ chức", "Đơn vị/cá nhân chịu trách nhiệm", "Issuer", "issuer"),
    ),
    KnownField(
        "certificate_number",
        ("Số chứng nhận", "Số giấy chứng nhận", "Số chứng chỉ", "Số GCN", "Certificate number", "certificate_number"),
    ),
)  # fmt: skip
KEYS = tuple(field.key for field in FIELDS if field.key != "place")


def draft_of(values: Mapping[str, Cell], *, find: Callable[[str], UUID | None]) -> tuple[EntryDraft, list[Problem]]:
    """The draft of one row of raw values by key, and what could not be read; `find` names the person of a number."""
    unread: list[Problem] = []
    draft = EntryDraft(
        worker=find(number_of(values.get("worker"))),
        worker_name=_text(values.get("worker_name")),
        activity_on=_day(values.get("activity_on"), unread),
        form=_code(values.get("form"), Form),
        role=_code(values.get("role"), Role),
        level=_code(values.get("level"), Level),
        units=_number(values.get("units"), "units", unread),
        decided_hours=_number(values.get("decided_hours"), "decided_hours", unread),
        basis=_text(values.get("basis")),
        title=_text(values.get("title")),
        issuer=_text(values.get("issuer")),
        certificate_number=_text(values.get("certificate_number")),
    )
    return draft, unread


def number_of(cell: Cell) -> str:
    """The national number, licence number or public id a cell names; one that lost zeros is mended where only one fits."""
    if cell is None:
        return ""
    number = cell_national_number(cell)
    if isinstance(number, Problem):
        return _text(cell)
    return number.number or next(iter(number.candidates), "")


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    whole = isinstance(cell, float) and cell.is_integer()
    return tidy(str(int(cell) if whole else cell))  # type: ignore[arg-type]


def _day(cell: Cell, unread: list[Problem]) -> date | None:
    found = cell_date(cell)
    if isinstance(found, Problem) or (found.day is None and found.year is not None):
        unread.append(Problem("credits.day_wrong", "activity_on", {"text": _text(cell)}))
        return None
    return found.day


def _number(cell: Cell, field: str, unread: list[Problem]) -> Decimal | None:
    text = _text(cell)
    if not text:
        return None
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        unread.append(Problem("credits.number_wrong", field, {"text": text}))
        return None


def _code(cell: Cell, enum: type[StrEnum]) -> str:
    """The law's code behind a code or a label in either language; the text itself where it is neither."""
    text = _text(cell)
    return _codes(enum).get(fold(text), text)


@cache
def _codes(enum: type[StrEnum]) -> dict[str, str]:
    words = {fold(str(code)): str(code) for code in enum}
    for code, label in LABELS[enum].items():
        words |= {fold(label.vi): str(code), fold(label.en): str(code)}
    return words
