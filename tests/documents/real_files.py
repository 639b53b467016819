"""Real workbooks for the tests: honest ones by openpyxl, harmful ones by changing their zip directory or members."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import openpyxl

ROWS = [["Họ và tên", "Năm sinh"], ["Nguyễn Văn Ẩn", 1985]]


def xlsx(rows: Iterable[Sequence[Any]] = ROWS, *, title: str = "Danh sách", merge: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for block in merge:
        sheet.merge_cells(block)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def with_members(content: bytes, members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same package with members added or replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w", method) as copy:
        for name in source.namelist():
            copy.writestr(name, members.get(name, source.read(name)))
        for name, part in members.items():
            if name not in source.namelist():
                copy.writestr(name, part)
    return made.getvalue()


def replaced(content: bytes, member: str, old: str, new: str) -> bytes:
    """The same package with a text replaced in one member."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        part = source.read(member).decode()
    assert old in part
    return with_members(content, {member: part.replace(old, new).encode()})


def bomb() -> bytes:
    """A workbook whose one sheet is blanks: far more than 100 bytes unpacked for each byte sent."""
    sheet = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
        + b" " * 5_000_000
        + b"</sheetData></worksheet>"
    )
    return with_members(xlsx(), {"xl/worksheets/sheet1.xml": sheet})


def lying(content: bytes, member: str, size: int) -> bytes:
    """The same bytes, but the zip directory says that `member` unpacks to `size` bytes."""
    changed = bytearray(content)
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(member.encode()))
    changed[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(changed)


# --- Excel 97 files ------------------------------------------------------------------------------------------------


def xls(
    rows: Sequence[Sequence[str | float]] = (("Họ và tên", "Năm sinh"), ("Nguyễn Văn Ẩn", 1985)), **extra: bytes
) -> bytes:
    """An Excel 97 workbook with one sheet; `extra` adds streams to the OLE file, by name."""
    return ole({"Workbook": _biff(rows), **extra})


def locked_xls() -> bytes:
    return ole({"Workbook": _biff(ROWS, locked=True)})


def _biff(rows: Sequence[Sequence[Any]], *, locked: bool = False) -> bytes:
    name = "Danh sach".encode("latin-1")
    filepass = _record(0x2F, struct.pack("<HHH", 0, 0x1234, 0x5678)) if locked else b""
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + filepass
    bound_size = 4 + 6 + 2 + len(name)
    start = len(head) + bound_size + 4
    bound = _record(0x85, struct.pack("<IBBBB", start, 0, 0, len(name), 0) + name)
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    sheet += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                sheet += _record(0x204, struct.pack("<HHH", r, c, 0) + text)
            else:
                sheet += _record(0x203, struct.pack("<HHHd", r, c, 0, value))
    return head + bound + _record(0x0A, b"") + sheet + _record(0x0A, b"")


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file with these streams, each at least 4,096 bytes so that no small-stream table is needed."""
    padded = {name: data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0") for name, data in streams.items()}
    directory = [_entry("Root Entry", 5, child=1)]
    fat: list[int] = []
    body = b""
    for place, (name, data) in enumerate(padded.items(), start=1):
        first, count = len(fat), len(data) // 512
        fat += [*range(first + 1, first + count), 0xFFFFFFFE]
        right = place + 1 if place < len(padded) else 0xFFFFFFFF
        directory.append(_entry(name, 2, start=first, size=len(data), right=right))
        body += data
    while len(directory) % 4:
        directory.append(b"\0" * 64 + struct.pack("<HBBIII", 0, 0, 0, *[0xFFFFFFFF] * 3) + b"\0" * 48)
    first_of_directory = len(fat)
    fat += [*range(first_of_directory + 1, first_of_directory + len(directory) // 4), 0xFFFFFFFE]
    place_of_fat = len(fat)
    fat.append(0xFFFFFFFD)
    fat += [0xFFFFFFFF] * (128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, first_of_directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", place_of_fat) + b"\xff" * 4 * 108
    return header + body + b"".join(directory) + struct.pack("<128I", *fat)


def _entry(
    name: str, kind: int, *, start: int = 0, size: int = 0, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    links = struct.pack("<HBBIII", len(written), kind, 1, 0xFFFFFFFF, right, child)
    first = 0xFFFFFFFE if kind == 5 else start
    return written.ljust(64, b"\0") + links + b"\0" * 36 + struct.pack("<IQ", first, size)
