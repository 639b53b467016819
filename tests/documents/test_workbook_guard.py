"""What may not be opened is refused before it is opened; each guard has a twin that shows what it stops."""

from __future__ import annotations

import io
import struct
import zipfile
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lientuc.core.errors import Problem, Refused
from lientuc.documents.phrases import SENTENCES, sentence
from lientuc.documents.readers import LIMITS, Limits, read_workbook
from lientuc.documents.readers.guard import Form, examine
from lientuc.documents.readers.unpacking import verify
from tests.documents.real_files import ROWS, bomb, locked_xls, lying, ole, replaced, with_members, xls, xlsx

SHEET = "xl/worksheets/sheet1.xml"
RELATION = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="x"/>'


def refusal(content: bytes, limits: Limits = LIMITS) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        read_workbook(content, limits)
    return refused.value.problems


def code(content: bytes, limits: Limits = LIMITS) -> str:
    (problem,) = refusal(content, limits)
    assert sentence(problem, "vi")
    assert sentence(problem, "en")
    return problem.code


def with_relation(kind: str) -> bytes:
    end = "</Relationships>"
    return replaced(xlsx(), "xl/_rels/workbook.xml.rels", end, RELATION.format(kind) + end)


# --- size ----------------------------------------------------------------------------------------------------------


def test_file_at_its_limit_is_read_and_one_byte_above_is_refused():
    content = xlsx()
    assert read_workbook(content, Limits(file=len(content))).sheets[0].rows[1] == ("Nguyễn Văn Ẩn", 1985)
    assert code(content, Limits(file=len(content) - 1)) == "documents.too_big"


def test_file_above_the_limit_names_both_sizes():
    assert refusal(b"a" * 10_000_001) == (Problem("documents.too_big", values={"size_mb": 11, "limit_mb": 10}),)


def test_path_is_read_only_as_far_as_the_limit(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"a" * 50)
    with pytest.raises(Refused) as refused:
        read_workbook(path, Limits(file=20))
    assert refused.value.problems[0].code == "documents.too_big"


def test_bomb_is_refused_from_its_directory():
    content = bomb()
    assert 100 * len(content) < 5_000_000
    assert code(content) == "documents.zip_bomb"


def test_bomb_twin_without_the_ratio_is_unpacked_and_parsed():
    book = read_workbook(bomb(), Limits(ratio=10_000_000))
    assert book.sheets[0].rows == (("x",),)


@pytest.mark.parametrize(("ratio_room", "is_read"), [(-1, False), (0, True), (1, True)])
def test_ratio_just_below_at_and_above(ratio_room, is_read):
    content = bomb()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        info = package.getinfo(SHEET)
    exact = -(-info.file_size // info.compress_size)
    limits = Limits(ratio=exact + ratio_room)
    assert (examine_or_none(content, limits) is Form.XLSX) is is_read


def examine_or_none(content: bytes, limits: Limits) -> Form | None:
    try:
        return examine(content, limits)
    except Refused:
        return None


def test_sum_of_sizes_at_the_limit_is_let_through_and_above_is_refused():
    content = xlsx()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        total = sum(info.file_size for info in package.infolist())
    assert examine(content, Limits(unpacked=total)) is Form.XLSX
    assert code(content, Limits(unpacked=total - 1)) == "documents.zip_bomb"


def test_members_at_the_limit_are_let_through_and_one_more_is_refused():
    content = xlsx()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        count = len(package.namelist())
    assert examine(content, Limits(members=count)) is Form.XLSX
    problem = Problem("documents.too_many_members", values={"count": count, "limit": count - 1})
    assert refusal(content, Limits(members=count - 1)) == (problem,)


def test_sizes_that_lie_are_found_while_unpacking():
    assert code(lying(bomb(), SHEET, 900)) == "documents.lying_sizes"
    assert code(lying(xlsx(), SHEET, 90_000)) == "documents.lying_sizes"


def test_sizes_that_lie_twin_the_directory_alone_lets_them_through():
    assert examine(lying(bomb(), SHEET, 900), LIMITS) is Form.XLSX


def test_rows_at_the_limit_are_read_and_one_more_is_refused():
    content = xlsx([[number] for number in range(10)])
    assert len(read_workbook(content, Limits(rows=10)).sheets[0].rows) == 10
    problem = Problem("documents.too_many_rows", values={"sheet": "Danh sách", "limit": 9})
    assert refusal(content, Limits(rows=9)) == (problem,)


def test_columns_at_the_limit_are_read_and_one_more_is_refused():
    content = xlsx([list(range(10))])
    assert read_workbook(content, Limits(columns=10)).sheets[0].width == 10
    problem = Problem("documents.too_many_columns", values={"sheet": "Danh sách", "count": 10, "limit": 9})
    assert refusal(content, Limits(columns=9)) == (problem,)


def test_cell_in_the_farthest_corner_does_not_take_the_memory_of_the_machine():
    book = openpyxl.load_workbook(io.BytesIO(xlsx()))
    book.active["XFD1048576"] = 1
    made = io.BytesIO()
    book.save(made)
    assert code(made.getvalue(), Limits(memory=400_000_000, cpu_seconds=10)) == "documents.too_heavy"


def test_answer_larger_than_its_limit_is_refused():
    rows = [[f"{number:05d}" * 100] for number in range(400)]
    assert code(xlsx(rows), Limits(answer=100_000, ratio=1_000)) == "documents.too_heavy"


def test_parser_out_of_processor_time_is_stopped():
    content = b"a;b\n" * 2_000_000
    assert code(content, Limits(rows=5_000_000, cpu_seconds=1)) == "documents.too_heavy"


def test_parser_out_of_wall_time_is_stopped():
    assert code(xlsx(), Limits(wall_seconds=0)) == "documents.too_heavy"


# --- content -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ("xl/vbaProject.bin", "documents.macros"),
        ("XL/VBAPROJECT.BIN", "documents.macros"),
        ("xl/macrosheets/sheet1.xml", "documents.macros"),
        ("xl/externalLinks/externalLink1.xml", "documents.external_links"),
        ("xl\\externalLinks\\externalLink1.xml", "documents.external_links"),
        ("xl/connections.xml", "documents.external_links"),
        ("xl/embeddings/oleObject1.bin", "documents.embedded_objects"),
        ("xl/activeX/activeX1.xml", "documents.embedded_objects"),
    ],
)
def test_member_that_has_no_place_in_a_list_is_refused(member, expected):
    assert code(with_members(xlsx(), {member: b"<x/>"})) == expected


def test_harmless_member_twin_is_read():
    content = with_members(xlsx(), {"xl/media/image1.png": b"\x89PNG", "customXml/item1.xml": b"<x/>"})
    assert read_workbook(content).sheets[0].rows[0] == tuple(ROWS[0])


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("externalLinkPath", "documents.external_links"),
        ("oleObject", "documents.embedded_objects"),
        ("vbaProject", "documents.macros"),
    ],
)
def test_relation_under_a_false_name_is_refused(kind, expected):
    assert code(with_relation(kind)) == expected


def test_relation_to_a_mail_address_is_harmless():
    assert read_workbook(with_relation("hyperlink")).sheets[0].rows[1] == ("Nguyễn Văn Ẩn", 1985)


def test_macro_book_is_refused_by_content_type_whatever_its_name():
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    content = replaced(xlsx(), "[Content_Types].xml", plain, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    assert code(content) == "documents.macros"


@pytest.mark.parametrize(
    "formula", ["cmd|'/C calc'!A0", "=cmd|'/c calc.exe'!'A1'", "MSEXCEL|'\\..\\..\\cmd.exe'!''", "'cmd'|'x'!A1"]
)
def test_formula_that_calls_a_program_is_refused(formula):
    content = replaced(xlsx([["=1+1"]]), SHEET, "<f>1+1</f>", f"<f>{formula}</f>")
    assert code(content) == "documents.dde"


def test_bar_inside_a_text_of_a_formula_is_harmless():
    content = replaced(xlsx([["=1+1", "a"]]), SHEET, "<f>1+1</f>", '<f>CONCATENATE(B1,"|",B1)</f>')
    assert read_workbook(content).sheets[0].rows == ((None, "a"),)


def test_document_type_in_a_part_is_refused():
    content = replaced(xlsx(), SHEET, "<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet')
    assert code(content) == "documents.broken"


def test_part_in_another_encoding_is_refused_because_it_would_hide_formulas():
    assert code(with_members(xlsx(), {SHEET: "<worksheet/>".encode("utf-16")})) == "documents.broken"


def test_verify_lets_an_honest_book_pass():
    verify(xlsx())


def test_encrypted_books_are_refused():
    sealed = ole({"EncryptedPackage": b"x", "EncryptionInfo": b"y"})
    flagged = bytearray(xlsx())
    at = flagged.rindex(b"PK\x01\x02")
    flagged[at + 8 : at + 10] = struct.pack("<H", 1)
    found = [code(sealed), code(bytes(flagged)), code(locked_xls())]
    assert found == ["documents.encrypted"] * 3


def test_old_book_with_macros_or_embedded_objects_is_refused():
    found = [code(xls(_VBA_PROJECT_CUR=b"x")), code(xls(MBD0001=b"x"))]
    assert found == ["documents.macros", "documents.embedded_objects"]


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 ...",
        b"<html><table><tr><td>a</td></tr></table></html>",
        b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>',
        b"\x89PNG\r\n\x1a\n....",
        b"\x00\x01\x02\x03\x04binary\x00" * 20,
        b"a;b\n\x93\x02\x01",
        ole({"WordDocument": b"x"}),
        with_members(xlsx(), {"xl/workbook.bin": b"x"}),
    ],
)
def test_what_is_not_a_table_is_refused(content):
    assert code(content) == "documents.unknown_format"


def test_other_office_packages_are_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<x/>")
    assert code(made.getvalue()) == "documents.unknown_format"


def test_damaged_files_are_refused():
    content = xlsx()
    found = [code(content[: len(content) // 2]), code(content[:-30]), code(with_members(content, {SHEET: b"<worksh"}))]
    assert found == ["documents.broken"] * 3


@pytest.mark.parametrize("content", [b"", b"  \r\n", b"\x00\x00"])
def test_empty_file_is_refused(content):
    assert code(content) == "documents.empty"


def test_book_without_any_cell_is_refused():
    assert code(xlsx([])) == "documents.empty"


def test_every_sentence_has_both_languages():
    assert [key for key, phrase in SENTENCES.items() if not (phrase.vi and phrase.en)] == []


@settings(derandomize=True, deadline=None, max_examples=300)
@given(base=st.sampled_from([xlsx(), xls()]), at=st.floats(0, 1), new=st.binary(max_size=8), cut=st.integers(0, 40))
def test_damage_anywhere_is_refused_or_read_but_never_an_error(base, at, new, cut):
    place = int(at * len(base))
    damaged = base[:place] + new + base[place + cut :]
    with suppress(Refused):
        if examine(damaged, LIMITS) is Form.XLSX:
            verify(damaged)
