"""Real staff lists for tests."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from lientuc.places.models import Organisation
from lientuc.registry.actions import judge_staff, receive_staff
from lientuc.registry.intake.columns import STAFF_FIELDS
from lientuc.registry.intake.file import read_file
from lientuc.trail.models import ImportBatch

HEADER = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD",
    "Chức danh",
    "Đơn vị",
    "Loại hợp đồng",
    "Số GPHN",
    "Ngày cấp",
]
AN = [
    1,
    "Trần Thị An",
    "20/05/1990",
    "Nữ",
    "001190000001",
    "Điều dưỡng",
    "",
    "biên chế",
    "000001/BYT-GPHN",
    "01/03/2024",
]
BINH = [2, "Lê Văn Bình", "1985", "Nam", "001085000002", "Bác sĩ", "", "hợp đồng", "", ""]


def book(rows: Sequence[Sequence[Any]], *, sheet: str = "Danh sách", merges: Sequence[tuple[Any, ...]] = ()) -> bytes:
    """One sheet as xlsx."""
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made, {"constant_memory": not merges, "default_date_format": "dd/mm/yyyy"})
    page = workbook.add_worksheet(sheet)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    for merge in merges:
        page.merge_range(*merge)
    workbook.close()
    return made.getvalue()


def receive(content: bytes, organisation: Organisation, by: Any, name: str = "ds.xlsx") -> ImportBatch:
    """Read, keep and judge a file, as the page does."""
    batch = receive_staff(file=read_file(content, name, STAFF_FIELDS), organisation=organisation, by=by)
    return judge_staff(batch=batch, by=by)
