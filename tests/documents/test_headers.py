from __future__ import annotations

import pytest

from lientuc.documents.readers import Region, read_workbook
from lientuc.documents.readers.book import sheet_of
from lientuc.documents.readers.fields import KnownField
from lientuc.documents.readers.headers import BodyRow, ColumnGuess, Header, body_rows, find_header, plain
from tests.documents.person_fields import PERSON_FIELDS
from tests.documents.real_files import xlsx

TITLES = [["SỞ Y TẾ NGHỆ AN"], ["DANH SÁCH NHÂN VIÊN Y TẾ NĂM 2026"], []]
UPPER = ["TT", "Họ và tên", "Năm sinh", None, "Số CCCD", "Đơn vị công tác"]
LOWER = [None, None, "Nam", "Nữ"]
AN = [1, "Nguyễn Văn An", 1980, None, 38080001234, "TYT Ỷ La"]
BINH = [2, "Trần Thị Bình", None, 1985, "038185001234", "TYT Ỷ La"]


def guesses(rows, merged=()) -> list[tuple[str | None, str | None]]:
    header = find_header(sheet_of("s", rows, merged=merged), PERSON_FIELDS)
    assert header is not None
    return [(guess.field, guess.sex) for guess in header.columns]


def test_two_row_header_below_titles_with_birth_year_by_sex():
    merged = (Region(3, 2, 3, 3), Region(3, 0, 4, 0), Region(3, 1, 4, 1))
    assert find_header(sheet_of("s", [*TITLES, UPPER, LOWER, AN], merged=merged), PERSON_FIELDS) == Header(
        first=3,
        last=4,
        data_from=5,
        columns=(
            ColumnGuess(0, "TT", "place", is_exact=True),
            ColumnGuess(1, "Họ và tên", "full_name", is_exact=True),
            ColumnGuess(2, "Năm sinh / Nam", "born", "male", is_exact=True),
            ColumnGuess(3, "Năm sinh / Nữ", "born", "female", is_exact=True),
            ColumnGuess(4, "Số CCCD", "national_number", is_exact=True),
            ColumnGuess(5, "Đơn vị công tác", "organisation", is_exact=True),
        ),
    )


def test_two_row_header_is_found_without_merged_blocks_too():
    expected = [
        ("place", None), ("full_name", None), ("born", "male"), ("born", "female"), ("national_number", None), ("organisation", None),
    ]  # fmt: skip
    assert guesses([*TITLES, UPPER, LOWER, AN]) == expected


def test_two_row_header_of_a_real_file():
    content = xlsx([*TITLES, UPPER, LOWER, AN, BINH], merge=["C4:D4", "A4:A5", "B4:B5"])
    sheet = read_workbook(content).sheets[0]
    header = find_header(sheet, PERSON_FIELDS)
    assert [guess.heading for guess in header.columns_of("born")] == ["Năm sinh / Nam", "Năm sinh / Nữ"]
    assert [row.number for row in body_rows(sheet, header)] == [6, 7]


def test_one_row_header_does_not_swallow_the_first_person():
    rows = [["Họ tên", "Giới tính", None, "Đơn vị"], ["An", "Nam", "x", "TYT"], ["Bình", "Nữ", None, "TYT"]]
    header = find_header(sheet_of("s", rows), PERSON_FIELDS)
    assert (header.first, header.last, header.data_from) == (0, 0, 1)


def test_line_of_column_numbers_is_not_data():
    for line in (["(1)", "(2)", "(3)"], [1, 2, 3], ["A", "1", "2"]):
        sheet = sheet_of("s", [["TT", "Họ tên", "Đơn vị"], line, [1, "An", "TYT"]])
        header = find_header(sheet, PERSON_FIELDS)
        assert (header.last, header.data_from) == (0, 2)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("HỌ VÀ TÊN", "full_name"),
        ("Họ  và tên (*)", "full_name"),
        ("ho va ten", "full_name"),
        ("Họ và tên (chữ in hoa)", "full_name"),
        ("Hä vµ tªn", "full_name"),
        ("Ngày, tháng, năm sinh", "born"),
        ("Số CCCD/CMND", "national_number"),
        ("Số giấy phép hành nghề (nếu có)", "licence_number"),
        ("Mã lớp", None),
    ],
)
def test_heading_in_many_spellings(heading, field):
    rows = [[heading, "SĐT", "Email"], ["x", "0912", "a@b.vn"]]
    assert guesses(rows)[0] == (field, None)


def test_second_column_of_one_kind_is_left_to_the_person():
    assert guesses([["Họ tên", "Đơn vị", "Nơi công tác"], ["An", "a", "b"]]) == [
        ("full_name", None), ("organisation", None), (None, None),
    ]  # fmt: skip


def test_sheet_that_names_fewer_than_two_fields_has_no_header():
    assert find_header(sheet_of("s", [["Họ tên", "x"], ["An", "y"]]), PERSON_FIELDS) is None
    assert find_header(sheet_of("s", []), PERSON_FIELDS) is None


def test_room_may_bring_fields_of_its_own():
    fields = (KnownField("code", ("Mã lớp",)), KnownField("hours", ("Số tiết",)))
    header = find_header(sheet_of("s", [["Mã lớp", "Số tiết"], ["L1", 40]]), fields)
    assert [guess.field for guess in header.columns] == ["code", "hours"]


def test_body_keeps_people_and_drops_what_stands_between_them():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "Đơn vị"],
        ["I. KHOA NỘI"],
        [1, "An", 1980, "BV"],
        [2, "Bình", 1985, "BV"],
        [],
        ["II", "Khoa Ngoại"],
        [1, "Cúc", 1990, "BV"],
        ["TT", "Họ và tên", "Năm sinh", "Đơn vị"],
        [2, "Dung", None, None],
        ["TRẠM Y TẾ XÃ Ỷ LA"],
        [1, "Em", 1991, "TYT"],
        [None, "Tổng cộng", 5, None],
        ["Cộng", None, 5, None],
        [],
        [None, None, None, "Người lập biểu"],
    ]
    sheet = sheet_of("s", rows)
    header = find_header(sheet, PERSON_FIELDS)
    assert list(body_rows(sheet, header)) == [
        BodyRow(3, (1, "An", 1980, "BV"), "I. KHOA NỘI"),
        BodyRow(4, (2, "Bình", 1985, "BV"), "I. KHOA NỘI"),
        BodyRow(7, (1, "Cúc", 1990, "BV"), "II Khoa Ngoại"),
        BodyRow(9, (2, "Dung", None, None), "II Khoa Ngoại"),
        BodyRow(11, (1, "Em", 1991, "TYT"), "TRẠM Y TẾ XÃ Ỷ LA"),
    ]


def test_section_merged_over_the_table_is_a_section_in_any_case():
    rows = [["TT", "Họ và tên", "Năm sinh", "Đơn vị"], ["Trạm Y tế xã Ỷ La"], [1, "An", 1980, "TYT"]]
    sheet = sheet_of("s", rows, merged=(Region(1, 0, 1, 3),))
    header = find_header(sheet, PERSON_FIELDS)
    assert list(body_rows(sheet, header)) == [BodyRow(3, (1, "An", 1980, "TYT"), "Trạm Y tế xã Ỷ La")]


def test_short_list_of_names_alone_is_kept():
    sheet = sheet_of("s", [["Họ tên", "SĐT"], ["Nguyễn An", None], ["Trần Bình", "0912"]])
    header = find_header(sheet, PERSON_FIELDS)
    assert [row.number for row in body_rows(sheet, header)] == [2, 3]


def test_plain_heading_has_no_marks_case_or_signs():
    assert plain("  HỌ VÀ TÊN (*) ") == "ho va ten"
