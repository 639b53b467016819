"""Lists as units really send them (field notes): real workbooks by openpyxl, old ones by LibreOffice."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lientuc.accounts.enums import Role
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.actions import clean_row, judge_staff, repair_zeros, take_staff
from lientuc.registry.enums import PostKind, TakeChoice, Title
from lientuc.registry.models import HealthWorker, Post
from lientuc.registry.rules import PostDraft, StaffDraft, WorkerDraft
from tests.registry.staff_lists import receive
from tests.world import World

GOOD = TakeChoice.GOOD_ROWS


def saved(book: openpyxl.Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def one_sheet(rows: Sequence[Sequence[Any]], *merges: str, name: str = "Danh sách") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    return saved(book)


def converted(content: bytes, kind: str, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it in another format."""
    (folder / "ds.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder / "out"),
        str(folder / "ds.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return next((folder / "out").glob("ds.*")).read_bytes()


def people() -> list[tuple[Any, ...]]:
    rows = HealthWorker.objects.unscoped(WhyUnscoped.SETUP).order_by("pk")
    return list(
        rows.values_list("full_name", "born_on", "birth_year", "sex", "national_number", "title", "keeper__code")
    )


# Everything at once: titles above, a header of two merged rows, a line of column numbers, sections, numbering that restarts,
# years by sex, zeros lost, an old number, days as text and as Excel's count, a total and a signature below.
PROVINCE = [
    ["SỞ Y TẾ TỈNH MỘT"],
    ["DANH SÁCH CÁN BỘ, VIÊN CHỨC, NGƯỜI LAO ĐỘNG NĂM 2026"],
    [],
    ["TT", "Họ và tên", "Năm sinh", "", "Số CCCD", "Chức danh", "Ngày cấp GPHN", "Số GPHN"],
    ["", "", "Nam", "Nữ", "", "", "", ""],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
    ["I. TRẠM Y TẾ XÃ AN"],
    [1, "LÊ VĂN BÌNH", 1985, "", 1085000002, "BS", "15/03/2024", "000002/X-GPHN"],
    [2, "Trần Thị An", "", 1990, 11190000001, "Điều dưỡng", 45366, "000001/X-GPHN"],
    ["II. TYT XÃ BÌNH"],
    [1, "Phạm Thị Chi", "", "12/05/1992", "001192000003", "NHS", "", ""],
    [2, "Đỗ Văn Cường", 1970, "", 186123456, "y sĩ", "", ""],
    [3, "Hồ Thị Đào", "", 1988, "001188000005", "thầy lang", "", ""],
    ["", "Tổng cộng", 2, 3, "", "", "", ""],
    [],
    ["", "", "", "", "NGƯỜI LẬP BIỂU"],
]
TAKEN = [
    ("Lê Văn Bình", None, 1985, "male", "001085000002", "doctor", "station"),
    ("Trần Thị An", None, 1990, "female", "011190000001", "nurse", "station"),
    ("Phạm Thị Chi", date(1992, 5, 12), 1992, "female", "001192000003", "midwife", "station_b"),
    ("Đỗ Văn Cường", None, 1970, "male", None, "assistant_doctor", "station_b"),
]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods as xlsx"])
def test_province_list_with_every_quirk(world: World, tmp_path: Path, kind: str) -> None:
    content = one_sheet(PROVINCE, "C4:D4", "A7:H7", "A10:H10")
    if kind == "xls":
        content = converted(content, "xls", tmp_path)
        assert content[:4] == b"\xd0\xcf\x11\xe0"
    elif kind == "ods as xlsx":
        (tmp_path / "round").mkdir()
        ods = converted(content, "ods", tmp_path)
        assert ods[:2] == b"PK"
        content = converted(content, "xlsx:Calc MS Excel 2007 XML", tmp_path / "round")
    by = world.user(Role.HEALTH_DEPARTMENT)
    batch = receive(content, world.department, by)
    assert (batch.counts["rows"], batch.counts["lost_zeros"], batch.counts["bad"]) == (5, 2, 3)
    judge_staff(batch=repair_zeros(batch=batch, by=by), by=by)
    assert [(row.number, row.problems[0]["code"]) for row in batch.rows.filter(state="bad")] == [
        (13, "registry.title_unknown")
    ]
    take_staff(batch=batch, choice=GOOD, by=by)
    assert people() == TAKEN
    licences = HealthWorker.objects.unscoped(WhyUnscoped.SETUP).filter(licences__isnull=False).order_by("pk")
    assert list(licences.values_list("licences__issued_on", flat=True)) == [date(2024, 3, 15), date(2024, 3, 15)]
    draft = StaffDraft(WorkerDraft("Hồ Thị Đào", Title.OTHER, "001188000005"), PostDraft(PostKind.CONTRACT))
    clean_row(row=batch.rows.get(state="parked"), draft=draft, organisation=world.organisation("station_b"), by=by)
    assert len(people()) == 5


def test_one_sheet_for_each_unit(world: World) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, person, number in (
        ("TYT xã An", "Lê Văn Bình", "001085000002"),
        ("Trạm Y tế xã Bình", "Trần Thị An", "001190000001"),
        ("Ghi chú", "", ""),
    ):
        sheet = book.create_sheet(name)
        if person:
            sheet.append(["Số TT", "Họ tên cán bộ", "Chức danh chuyên môn", "CMND/CCCD"])
            sheet.append([1, person, "Bác sỹ đa khoa", number])
    hidden = book.create_sheet("Năm cũ")
    hidden.append(["Số TT", "Họ tên cán bộ", "Chức danh chuyên môn"])
    hidden.append([1, "Người Đã Nghỉ", "Y sỹ"])
    hidden.sheet_state = "hidden"
    by = world.user(Role.HEALTH_DEPARTMENT)
    take_staff(batch=receive(saved(book), world.department, by), choice=TakeChoice.ALL_OR_NOTHING, by=by)
    posts = (
        Post.objects.unscoped(WhyUnscoped.SETUP).order_by("pk").values_list("worker__full_name", "organisation__code")
    )
    assert list(posts) == [("Lê Văn Bình", "station"), ("Trần Thị An", "station_b")]


@pytest.mark.parametrize(
    "rows",
    [
        [["Hä vµ tªn", "Chøc danh", "Sè CCCD"], ["NguyÔn V¨n §øc", "B¸c sÜ", "001085000002"]],
        [["Hoï vaø teân", "Chöùc danh", "Soá CCCD"], ["Nguyeãn Vaên Ñöùc", "Baùc só", "001085000002"]],
    ],
    ids=["TCVN3", "VNI"],
)
@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_old_fonts(world: World, tmp_path: Path, rows: list[list[str]], kind: str) -> None:
    content = one_sheet(rows)
    if kind == "xls":
        content = converted(content, "xls", tmp_path)
    by = world.user(Role.STATION)
    take_staff(batch=receive(content, world.station, by), choice=TakeChoice.ALL_OR_NOTHING, by=by)
    assert [(name, number, title) for name, _, _, _, number, title, _ in people()] == [
        ("Nguyễn Văn Đức", "001085000002", "doctor")
    ]


def test_name_with_a_letter_that_both_writings_have_is_read_by_its_neighbours(world: World) -> None:
    """`Hoà` alone may be Hoà or Hồ; in a sheet of VNI it is Hồ, in one of Unicode Hoà."""
    by = world.user(Role.STATION)
    vni = [["Hoï vaø teân", "Chöùc danh"], ["Hoà Vaên Nam", "Baùc só"], ["Hoà Anh", "Baùc só"]]
    take_staff(batch=receive(one_sheet(vni), world.station, by), choice=TakeChoice.ALL_OR_NOTHING, by=by)
    new = [["Họ và tên", "Chức danh"], ["Hoà Bình", "Bác sĩ"]]
    take_staff(batch=receive(one_sheet(new), world.station, by), choice=TakeChoice.ALL_OR_NOTHING, by=by)
    assert [name for name, *_ in people()] == ["Hồ Văn Nam", "Hồ Anh", "Hoà Bình"]


def test_marked_columns_of_sex_and_days_of_every_kind(world: World) -> None:
    rows = [
        ["STT", "Họ đệm", "Tên", "Giới tính", "", "Ngày sinh", "Chức danh"],
        ["", "", "", "Nam", "Nữ", "", ""],
        [1, "Lê Văn", "Bình", "x", "", datetime(1985, 3, 2), "Bác sĩ"],
        [2, "Trần Thị", "An", "", "x", "ngày 2 tháng 3 năm 1990", "Điều dưỡng"],
        [3, "Đỗ Văn", "Cường", "x", "", "2-3-1970", "Y sĩ"],
        [4, "Hồ Thị", "Đào", "", "x", 33000, "Hộ sinh"],
    ]
    by = world.user(Role.STATION)
    take_staff(batch=receive(one_sheet(rows, "D1:E1"), world.station, by), choice=TakeChoice.ALL_OR_NOTHING, by=by)
    assert [row[:4] for row in people()] == [
        ("Lê Văn Bình", date(1985, 3, 2), 1985, "male"),
        ("Trần Thị An", date(1990, 3, 2), 1990, "female"),
        ("Đỗ Văn Cường", date(1970, 3, 2), 1970, "male"),
        ("Hồ Thị Đào", date(1990, 5, 7), 1990, "female"),
    ]


def test_nine_digit_number_that_lost_a_zero_and_one_with_too_many_digits(world: World) -> None:
    rows = [
        ["Họ và tên", "Chức danh", "Số CMND"],
        ["Lê Văn Bình", "Bác sĩ", 12345678],
        ["Trần Thị An", "Điều dưỡng", "1.86123456E+11"],
        ["Đỗ Văn Cường", "Y sĩ", "186 123 457"],
    ]
    by = world.user(Role.STATION)
    batch = receive(one_sheet(rows), world.station, by)
    assert [row.problems[0]["code"] for row in batch.rows.filter(state="bad").order_by("pk")] == [
        "registry.number_lost_zeros",
        "documents.number_lost_digits",
    ]
    judge_staff(batch=repair_zeros(batch=batch, by=by), by=by)
    take_staff(batch=batch, choice=GOOD, by=by)
    found = HealthWorker.objects.unscoped(WhyUnscoped.SETUP).order_by("pk").values_list("full_name", "old_number")
    assert list(found) == [("Lê Văn Bình", "012345678"), ("Đỗ Văn Cường", "186123457")]
