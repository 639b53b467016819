from __future__ import annotations

import csv
import io

import pytest

from lientuc.documents.readers import read_workbook
from lientuc.documents.table import Column, Kind, ReportTable
from lientuc.documents.writers import csv_chunks, write_csv, write_machine_csv
from lientuc.documents.writers.delimited import guarded
from tests.documents.tables import table

HARMFUL = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u200b=1", "\ufeff=1",
    "＝1+1", "＋1", "－1", "＠SUM", "|x", "%x", "=cmd|'/c calc'!A0", '="a";"b"',
]  # fmt: skip
HARMLESS = ["", "Nguyễn Văn Ẩn", "a=1", "12 tiết", "12", "123,5", "Đ", "（a）"]


def written(made: ReportTable, language: str = "vi") -> bytes:
    file = io.BytesIO()
    write_csv(made, file, language)
    return file.getvalue()


def test_csv_for_people_in_vietnamese():
    assert written(table()).decode("utf-8") == (
        "\ufeff"
        '"Đơn vị";"Số người";"Trung bình";"Đã tích lũy (giờ tín chỉ)";"Đạt đủ (%)";"Đạt đủ: tử số";"Đạt đủ: mẫu số";'
        '"KTC 95%: cận dưới";"KTC 95%: cận trên";"Kinh phí (đồng)";"Ngày"\r\n'
        '"Trạm Y tế xã Ỷ La";"1234";"2,35";"120,25";"33,3";"12";"36";"20,3";"49,8";"1250000";"03/04/2026"\r\n'
        '"Bệnh viện";"*";"*";"*";"*";"*";"*";"*";"*";"";"03:30 04/04/2026"\r\n'
        '"Tổng";"1240";"";"";"28,6";"12";"42";"";"";"1250000";""\r\n'
        "\r\n"
        '"Bảng 1. Kết quả tích lũy"\r\n'
        '"Số liệu tính đến ngày 01/07/2026"\r\n'
        '"Ghi chú: Dựa trên 118/130 đơn vị."\r\n'
        '"Ghi chú: Dấu * là ô không công bố để giữ kín thông tin của từng người."\r\n'
        '"Nguồn: Sổ ghi nhận."\r\n'
    )


def test_csv_for_people_in_english_has_commas_and_points():
    lines = written(table(), "en").decode("utf-8-sig").splitlines()
    assert (
        lines[1] == '"Trạm Y tế xã Ỷ La","1234","2.35","120.25","33.3","12","36","20.3","49.8","1250000","3 Apr 2026"'
    )


def test_csv_for_machines_has_keys_iso_dates_and_nothing_added():
    file = io.BytesIO()
    write_machine_csv(table(simulated=True), file)
    assert file.getvalue().decode() == (
        '"unit","people","mean","hours","enough_percent","enough_count","enough_of","ci_low","ci_high","budget","on",'
        '"simulated"\n'
        '"Trạm Y tế xã Ỷ La","1234","2.35","120.25","33.3","12","36","20.3","49.8","1250000","2026-04-03","true"\n'
        '"Bệnh viện","*","*","*","*","*","*","*","*","","2026-04-04T03:30:00","true"\n'
    )


def test_simulated_mark_stands_in_every_row():
    lines = written(table(simulated=True)).decode("utf-8-sig").split("\r\n")
    mark = '"Số liệu mô phỏng, không có giá trị"'
    assert [line.endswith(mark) for line in lines[1:4]] == [True, True, True]
    assert mark in lines


@pytest.mark.parametrize("text", HARMFUL)
def test_text_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert guarded(text) == "'" + text
    (row,) = rows_back(text)
    assert row == ["'" + text]


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_stays_as_it_is(text):
    assert guarded(text) == text


@pytest.mark.parametrize(
    ("digits", "is_kept"),
    [("0912345678", True), ("038085001234", True), ("138085001234", True), ("12345678901", False)],
)
def test_digits_that_excel_would_shorten_are_kept_as_text(digits, is_kept):
    assert guarded(digits) == ("'" + digits if is_kept else digits)


def test_negative_figures_stay_numbers():
    made = ReportTable("T", (Column("a", "A", Kind.NUMBER),), ((-1.5,),))
    assert written(made).decode("utf-8-sig").splitlines()[1] == '"-1,5"'


def test_guard_twin_without_it_the_formula_would_stand_bare():
    assert HARMFUL[0] in rows_back(HARMFUL[0], raw=True)[0]


def test_what_we_write_we_read_back():
    made = ReportTable("T", (Column("a", "Họ tên"), Column("b", "CCCD")), (("=Ẩn", "038085001234"), ("Ưng", "001")))
    assert read_workbook(written(made)).sheets[0].rows[:3] == (
        ("Họ tên", "CCCD"),
        ("=Ẩn", "038085001234"),
        ("Ưng", "001"),
    )


def test_rows_are_drawn_only_as_they_are_sent():
    drawn = []

    def rows():
        for number in range(5_000):
            drawn.append(number)
            yield (number,)

    chunks = csv_chunks(ReportTable("T", (Column("a", "A", Kind.INT),), rows()))
    next(chunks)
    assert len(drawn) == 499
    assert b"".join(chunks).count(b"\r\n") == 4_503


def rows_back(text: str, *, raw: bool = False) -> list[list[str]]:
    made = ReportTable("T", (Column("a", "A"),), ((text,),))
    file = io.BytesIO()
    (write_machine_csv if raw else write_csv)(made, file)
    reader = csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""), delimiter="," if raw else ";")
    return list(reader)[1:2]
