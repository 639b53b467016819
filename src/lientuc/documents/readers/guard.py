"""What may be opened at all: decided from the content of the file, before anything is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from enum import StrEnum

from lientuc.core.errors import Problem, Refused

from .limits import MB, Limits

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STORED, _DEFLATED = 0, 8
_SECTOR = 512
_FILEPASS = 0x2F
_ENCRYPTED_FLAG = 0x1
# Signatures of things that are sent by mistake and would pass as text.
_NOT_A_TABLE = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"PK\x05\x06", b"\x1f\x8b", b"Rar!")
_MARKUP = re.compile(rb"^\s*<(?:!doctype|\?xml|html|table|meta|head)", re.IGNORECASE)

_MEMBERS = {
    "documents.macros": re.compile(r"vbaproject|(^|/)xl/macrosheets/|(^|/)vbadata", re.IGNORECASE),
    "documents.external_links": re.compile(
        r"(^|/)xl/(externallinks/|connections\.xml|querytables/|model/)", re.IGNORECASE
    ),
    "documents.embedded_objects": re.compile(r"(^|/)xl/(embeddings|activex)/|oleobject", re.IGNORECASE),
}
_STREAMS = {
    "documents.encrypted": ("EncryptedPackage", "EncryptionInfo"),
    "documents.macros": ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"),
    # `\x01Ole` alone says nothing: LibreOffice writes it into every .xls. Objects stand in storages called MBD….
    "documents.embedded_objects": ("\x01Ole10Native",),
}


class Form(StrEnum):
    """What a file is, whatever its name says."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


def examine(content: bytes, limits: Limits) -> Form:
    """The form of `content`; raises Refused where it may not be opened. Unpacks nothing and uses little memory."""
    if not content.strip(b"\x00 \r\n\t"):
        raise Refused(Problem("documents.empty"))
    if len(content) > limits.file:
        sizes = {"size_mb": -(-len(content) // MB), "limit_mb": limits.file // MB}
        raise Refused(Problem("documents.too_big", values=sizes))
    if content.startswith(_ZIP):
        _examine_zip(content, limits)
        return Form.XLSX
    if content.startswith(_OLE):
        _examine_ole(content)
        return Form.XLS
    if content.startswith(_NOT_A_TABLE) or _MARKUP.match(_without_mark(content[:400])):
        raise Refused(Problem("documents.unknown_format"))
    return Form.CSV


def _without_mark(start: bytes) -> bytes:
    return start.removeprefix(b"\xef\xbb\xbf")


def _examine_zip(content: bytes, limits: Limits) -> None:
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Refused(Problem("documents.broken")) from error
    problem = next(_problems_of_directory(members, limits), None)
    if problem is not None:
        raise Refused(problem)


def _problems_of_directory(members: list[zipfile.ZipInfo], limits: Limits) -> Iterator[Problem]:
    if len(members) > limits.members:
        yield Problem("documents.too_many_members", values={"count": len(members), "limit": limits.members})
    names = {member.filename.replace("\\", "/").casefold() for member in members}
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        yield Problem("documents.encrypted")
    if sum(member.file_size for member in members) > limits.unpacked:
        yield Problem("documents.zip_bomb")
    if any(_is_too_dense(member, limits) for member in members):
        yield Problem("documents.zip_bomb")
    for code, pattern in _MEMBERS.items():
        if any(pattern.search(name) for name in names):
            yield Problem(code)
    if "xl/workbook.bin" in names or "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        yield Problem("documents.unknown_format")
    if len(names) != len(members) or any(member.compress_type not in (_STORED, _DEFLATED) for member in members):
        yield Problem("documents.broken")


def _is_too_dense(member: zipfile.ZipInfo, limits: Limits) -> bool:
    return member.file_size >= limits.ratio_from and member.file_size > limits.ratio * max(member.compress_size, 1)


def _examine_ole(content: bytes) -> None:
    entries = dict(_ole_entries(content))
    for code, streams in _STREAMS.items():
        if entries.keys() & set(streams):
            raise Refused(Problem(code))
    if any(name.startswith("MBD") for name in entries):
        raise Refused(Problem("documents.embedded_objects"))
    start = entries.get("Workbook", entries.get("Book"))
    if start is None:
        raise Refused(Problem("documents.unknown_format"))
    if _FILEPASS in _first_records(content, start):
        raise Refused(Problem("documents.encrypted"))


def _ole_entries(content: bytes) -> Iterator[tuple[str, int]]:
    """Names and first sectors in the directory of an OLE file: entries of 128 bytes stand on multiples of 128."""
    for start in range(_SECTOR, len(content) - 127, 128):
        entry = content[start : start + 128]
        length = int.from_bytes(entry[64:66], "little")
        if entry[66] in (1, 2, 5) and entry[67] in (0, 1) and 4 <= length <= 64 and length % 2 == 0:
            name = entry[: length - 2].decode("utf-16-le", errors="replace")
            if not any(entry[length - 2 : 64]) and name.replace("\x01", "").replace("\x05", "").isprintable():
                yield name, int.from_bytes(entry[116:120], "little")


def _first_records(content: bytes, sector: int) -> Iterator[int]:
    """Kinds of the records in the first sector of a workbook stream, where a password announces itself."""
    stream = content[_SECTOR * (sector + 1) : _SECTOR * (sector + 2)]
    at = 0
    while at + 4 <= len(stream):
        yield int.from_bytes(stream[at : at + 2], "little")
        at += 4 + int.from_bytes(stream[at + 2 : at + 4], "little")
