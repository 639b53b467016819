"""What the columns of a sent file may be, and how a person says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lientuc.core.phrases import Phrase
from lientuc.trail.models import ImportBatch, ImportRow

COLUMNS: Mapping[str, Phrase] = {
    "worker": Phrase("Số định danh hoặc số giấy phép hành nghề", "National or licence number"),
    "worker_name": Phrase("Họ và tên", "Full name"),
    "activity_on": Phrase("Ngày", "Day"),
    "form": Phrase("Hình thức", "Form"),
    "role": Phrase("Vai trò", "Role"),
    "level": Phrase("Cấp", "Level"),
    "units": Phrase("Số lượng", "Amount"),
    "decided_hours": Phrase("Số tiết theo quyết định", "Hours decided"),
    "basis": Phrase("Căn cứ", "Basis"),
    "title": Phrase("Nội dung", "Title"),
    "issuer": Phrase("Đơn vị cấp", "Issuer"),
    "certificate_number": Phrase("Số chứng nhận", "Certificate number"),
}
_SAMPLES = 3


@dataclass(frozen=True)
class ColumnShown:
    """One column of a sheet: its heading, its first values, the field it is taken for."""

    name: str
    heading: str
    samples: tuple[str, ...]
    chosen: str


@dataclass(frozen=True)
class SheetShown:
    """The columns of one sheet; `remembered` from the sender's last file."""

    sheet: str
    columns: tuple[ColumnShown, ...]
    remembered: bool


def sheets_of(batch: ImportBatch) -> list[SheetShown]:
    """The sheets of a kept file for the page of columns."""
    return [_sheet(batch, place, sheet) for place, sheet in enumerate(batch.mapping)]


def _sheet(batch: ImportBatch, place: int, sheet: str) -> SheetShown:
    table = batch.mapping[sheet]
    rows = ImportRow.objects.filter(batch=batch, sheet=sheet).order_by("pk").values_list("cells", flat=True)[:_SAMPLES]
    first = [[_printed(cell) for cell in cells] for cells in rows]
    columns = (
        ColumnShown(
            name=f"c{place}-{column}",
            heading=heading,
            samples=tuple(row[column] for row in first if column < len(row) and row[column]),
            chosen=table["columns"].get(str(column), ""),
        )
        for column, heading in enumerate(table["headings"])
    )
    return SheetShown(sheet, tuple(columns), bool(table.get("remembered")))


def _printed(cell: Any) -> str:
    """A kept cell in a few letters; a day without its mark."""
    if isinstance(cell, dict):
        return str(next(iter(cell.values())))[:40]
    return "" if cell is None else str(cell)[:40]


def chosen_columns(batch: ImportBatch, sent: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """`{sheet: {column: field}}` as a form sent it."""
    return {
        sheet: {str(column): str(sent.get(f"c{place}-{column}", "")) for column in range(len(table["headings"]))}
        for place, (sheet, table) in enumerate(batch.mapping.items())
    }
