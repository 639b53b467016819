"""Long CSV files are read row by row with the same guesses as short ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from lientuc.core.errors import Refused
from lientuc.documents.readers.streaming import LongTable

ROWS = [["Họ và tên", "Chức danh"], ["Nguyễn Văn Đức", "Bác sĩ"]]


def written(tmp_path: Path, content: bytes) -> LongTable:
    path = tmp_path / "ds.csv"
    path.write_bytes(content)
    return LongTable(path)


@pytest.mark.parametrize(
    "content",
    [
        "Họ và tên,Chức danh\nNguyễn Văn Đức,Bác sĩ\n".encode(),
        "Họ và tên;Chức danh\r\nNguyễn Văn Đức;Bác sĩ\r\n".encode("utf-8-sig"),
        "Họ và tên\tChức danh\r\nNguyễn Văn Đức\tBác sĩ\r\n".encode("utf-16"),
        "sep=|\r\nHọ và tên|Chức danh\r\nNguyễn Văn Đức|'Bác sĩ\r\n".replace("'", "").encode(),
        "Hä vµ tªn;Chøc danh\r\nNguyÔn V¨n §øc;B¸c sÜ\r\n".encode("latin-1"),
        "Hoï vaø teân;Chöùc danh\r\nNguyeãn Vaên Ñöùc;Baùc só\r\n".encode("latin-1"),
    ],
    ids=["comma", "semicolon with mark", "utf-16", "sep line", "TCVN3", "VNI"],
)
def test_encodings_and_delimiters(tmp_path: Path, content: bytes) -> None:
    table = written(tmp_path, content)
    assert [row for _, row in table.rows()] == ROWS
    assert [list(row) for row in table.top.rows] == ROWS


def test_guarding_apostrophe_is_taken_off_and_empty_cells_are_none(tmp_path: Path) -> None:
    table = written(tmp_path, b"a,b\n'0012,\n")
    assert [row for _, row in table.rows()] == [["a", "b"], ["0012", None]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"  \n", "documents.empty"),
        (b"PK\x03\x04\x00\x00", "documents.unknown_format"),
        (b"a,b\n" + b",".join([b"x"] * 201), "documents.too_many_columns"),
        ("Họ,b\n".encode() * 200_000 + b"\xff\xff,1\n", "documents.broken"),
        (b'a,b\n"' + b"x" * 200_000 + b'",1\n', "documents.broken"),
    ],
    ids=["empty", "not text", "too wide", "encoding breaks half-way", "endless cell"],
)
def test_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        list(written(tmp_path, content).rows())
    assert [problem.code for problem in refused.value.problems] == [code]


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    table = written(tmp_path, b"a,b\n" * 200_000)
    assert sum(1 for _ in table.rows()) == 200_000
    assert 0 < table.read_to <= table.size
