"""Honest files of every kind give the same plain values."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pytest

from lientuc.documents.readers import Region, Sheet, Workbook, read_workbook
from lientuc.documents.readers.delimited import delimiter_of
from tests.documents.real_files import xls, xlsx

TABLE = (("Họ và tên", "Đơn vị"), ("Nguyễn Văn Ẩn", "Trạm Y tế xã Ỷ La"), ("Đỗ Thị Ưng", "Bệnh viện"))


def test_typed_cells_come_back_as_their_types():
    row = ["0912", 12, 12.5, True, date(2026, 4, 3), datetime(2026, 4, 3, 8, 30), None, "cuối"]
    expected = Sheet("Danh sách", (tuple(row),))
    assert read_workbook(xlsx([row])) == Workbook((expected,))


def test_blank_rows_between_stay_so_that_row_numbers_agree_with_excel():
    assert read_workbook(xlsx([[], ["a"], [], ["b"], [None]])).sheets[0].rows == ((None,), ("a",), (None,), ("b",))


def test_merged_blocks_are_named():
    content = xlsx([["Năm sinh", None], ["Nam", "Nữ"]], merge=["A1:B1"])
    assert read_workbook(content).sheets[0].merged == (Region(0, 0, 0, 1),)


def test_sheets_without_cells_are_left_out_and_hidden_ones_marked(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Trống"
    book.create_sheet("Ẩn").append(["a"])
    book["Ẩn"].sheet_state = "hidden"
    book.save(tmp_path / "a.bin")
    assert read_workbook(tmp_path / "a.bin").sheets == (Sheet("Ẩn", (("a",),), is_hidden=True),)


def test_formula_gives_no_text_of_its_own():
    assert read_workbook(xlsx([["=1+1", "a"]])).sheets[0].rows == ((None, "a"),)


def test_five_thousand_rows_are_read_whole():
    rows = [(number, f"Nguyễn Thị {number}", 1985.5) for number in range(5_000)]
    assert read_workbook(xlsx(rows)).sheets[0].rows == tuple(rows)


def test_old_excel_file_is_read():
    assert read_workbook(xls()).sheets == (Sheet("Danh sach", (("Họ và tên", "Năm sinh"), ("Nguyễn Văn Ẩn", 1985))),)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_in_any_unicode_and_delimiter(encoding, delimiter):
    text = "\r\n".join(delimiter.join(row) for row in TABLE)
    assert read_workbook(text.encode(encoding)).sheets == (Sheet("", TABLE),)


def test_csv_in_windows_1258():
    # The code page has base letters and combining tones: "ễ" is "ê" and a tilde.
    text = "Ho\u0323 ten;Đơn vi\u0323\r\nNguyê\u0303n Văn A\u0309n;Trạm".replace("ạ", "a\u0323")
    sheet = read_workbook(text.encode("cp1258")).sheets[0]
    assert sheet.rows == (("Họ ten", "Đơn vị"), ("Nguyễn Văn Ản", "Trạm"))


def test_csv_in_tcvn3():
    content = "Hä vµ tªn;§¬n vÞ\r\nNguyÔn V¨n §øc;Tr¹m Y tÕ x·".encode("latin-1")
    assert read_workbook(content).sheets[0].rows == (("Họ và tên", "Đơn vị"), ("Nguyễn Văn Đức", "Trạm Y tế xã"))


def test_csv_quotes_hold_delimiters_and_line_ends():
    assert read_workbook(b'a;b\r\n"x;y";"1\r\n2"\r\n').sheets[0].rows == (("a", "b"), ("x;y", "1\r\n2"))


def test_csv_that_names_its_delimiter():
    assert read_workbook(b"sep=|\r\na,b|c\r\n").sheets[0].rows == (("a,b", "c"),)


def test_csv_apostrophe_that_guards_is_taken_off_and_others_stay():
    content = b"'0123;'=1+1;'abc;O'Neil\r\n"
    assert read_workbook(content).sheets[0].rows == (("0123", "=1+1", "'abc", "O'Neil"),)


def test_csv_formula_is_only_a_text():
    assert read_workbook(b"a;b\n=cmd|'/c calc'!A0;1\n").sheets[0].rows[1] == ("=cmd|'/c calc'!A0", "1")


def test_delimiter_is_the_one_that_cuts_evenly():
    assert delimiter_of("họ, tên;năm\nLê, A;1980\nTrần B;1985\n") == ";"
    assert delimiter_of("một cột\nhai dòng\n") in ";,"
