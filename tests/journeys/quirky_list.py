"""A staff list as offices really send it: titles above a header of two merged rows, years of birth in two columns by sex,
sections with their own numbering, one sheet per kind of unit, one of them typed in an old font, a hidden one of last year,
numbers whose zeros Excel ate, dates as texts and as days, a sum below, and two broken rows."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from lientuc.documents.readers.tcvn3 import from_tcvn3

STATION, STATION_B, HOSPITAL = "Trạm Y tế xã An", "Trạm Y tế xã Bình", "Bệnh viện Đa khoa Một"
# Who reads her own page later.
READER = "Nguyễn Thị Hạnh"
# One woman, entered at two places with one digit of her number mistyped.
TWICE = "Phạm Thị Thu"
NO_TITLE, NO_DAY = "Hoàng Văn Lạc", "Đỗ Thị Oanh"
GOOD, BROKEN, ZEROS_LOST = 10, 2, 3
# One row is cleaned, two records become one.
PEOPLE = GOOD + 1 - 1

_MADE_OLD = {new: old for code in range(0xA1, 0x100) if (new := from_tcvn3(old := chr(code))) != old}


def in_old_font(text: str) -> str:
    """`Họ và tên` as `Hä vµ tªn`: what a .VnTime workbook holds."""
    return text.translate(str.maketrans(_MADE_OLD))


def quirky_list() -> bytes:
    """The workbook: ten good rows, two broken ones."""
    book = Workbook()
    _stations(book.active)
    _hospital(book.create_sheet("BVĐK Một"))
    hidden = book.create_sheet("Năm trước")
    hidden.append(("Họ và tên", "Chức danh"))
    hidden.append(("Không Còn Làm", "Bác sĩ"))
    hidden.sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _stations(sheet: Worksheet) -> None:
    sheet.title = "Khối trạm"
    rows: Sequence[Sequence[Any]] = (
        ("SỞ Y TẾ MỘT",),
        ("DANH SÁCH CÁN BỘ TRẠM Y TẾ (SỐ LIỆU THỬ)",),
        (),
        ("TT", "Họ và tên", "Năm sinh", "", "Số CCCD", "Chức danh", "Số GPHN/CCHN", "Ngày cấp"),
        ("", "", "Nam", "Nữ", "", "", "", ""),
        ("I. TRẠM Y TẾ XÃ AN",),
        (1, READER, "", 1980, "099180000001", "Điều dưỡng", "000101/M1-GPHN", date(2024, 3, 1)),
        (2, "Trần Văn Bình", 1982, "", 99082000002, "BS", "000102/M1-CCHN", "05/3/2015"),
        (3, TWICE, "", 1985, "099185000003", "NHS", "", ""),
        (4, "Lò Thị Xuân", "", "1990", "168123456", "NVYT thôn bản", "", ""),
        ("II. TYT xã Bình",),
        (1, "Vũ Văn Khánh", 1975, "", 1075000005, "y sỹ đa khoa", "000105/M1-CCHN", "20.11.2016"),
        (2, "Đặng Thị Nga", "", 1988, "099188000006", "DSTC", "", ""),
        (3, NO_TITLE, 1979, "", "099079000007", "???", "", ""),
        ("", "Tổng cộng", 3, 4, "", "", "", ""),
    )  # fmt: skip
    for row in rows:
        sheet.append([value if value != "" else None for value in row])
    for block in ("A1:H1", "A2:H2", "C4:D4", "A4:A5", "B4:B5", "E4:E5"):
        sheet.merge_cells(block)


def _hospital(sheet: Worksheet) -> None:
    rows: Sequence[Sequence[Any]] = (
        ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Chức danh", "Số CCHN", "Ngày cấp"),
        (1, "Bùi Văn Long", "03/06/1978", "Nam", "099078000008", "Bác sỹ", "000108/M1-CCHN", "01/07/2014"),
        (2, TWICE, "12/03/1985", "Nữ", "099185000008", "Hộ sinh", "", ""),
        (3, "Ngô Thị Phượng", "1991", "Nữ", 99191000010, "Điều dưỡng", "", ""),
        (4, NO_DAY, "31/02/1988", "Nữ", "099188000011", "Điều dưỡng", "", ""),
        (5, "Mai Văn Sơn", "28/2/1993", "Nam", "099093000012", "KTV xét nghiệm", "", ""),
    )  # fmt: skip
    for row in rows:
        sheet.append([in_old_font(value) if isinstance(value, str) else value for value in row])
