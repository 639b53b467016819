"""What a workbook really holds, seen while it is unpacked piece by piece; runs in the child process only."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from lientuc.core.errors import Problem, Refused

_PIECE = 65_536
_LOCAL_HEADER = 30
# A formula that begins with a program and a topic: cmd|'/c calc'!A0. Inside a text the bar is harmless.
_DDE = re.compile(rb"""<(?:\w+:)?f\b[^>]*>\s*=?\s*['"\[\w\\/:. ]{1,255}\|""")
_OVERLAP = 600
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")

_KINDS = {
    "documents.external_links": ("externalLink", "externalLinkPath", "connections", "queryTable", "attachedTemplate"),
    "documents.embedded_objects": ("oleObject", "package", "control", "activeXControlBinary"),
    "documents.macros": ("vbaProject", "xlMacrosheet", "xlIntlMacrosheet"),
}
_TYPES = {
    "documents.macros": ("macroenabled", "vbaproject", "macrosheet"),
    "documents.embedded_objects": ("oleobject", "activex"),
    "documents.external_links": ("externallink", "connections+xml", "querytable"),
}


def verify(content: bytes) -> None:
    """Raise Refused where sizes lie or a part calls programs, macros, other files or embedded objects."""
    for member in zipfile.ZipFile(io.BytesIO(content)).infolist():
        name = member.filename.casefold()
        if name.endswith(".rels"):
            _verify_relations(_whole(content, member))
        elif name == "[content_types].xml":
            _verify_types(_whole(content, member))
        else:
            _verify_part(content, member, is_xml=name.endswith(".xml"))


def pieces(content: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked bytes of one member; raises Refused as soon as they exceed what the directory says, or fall short."""
    packed = _packed(content, member)
    left = member.file_size
    for piece in _inflated(packed) if member.compress_type else _cut(packed):
        left -= len(piece)
        if left < 0:
            break
        yield piece
    if left:
        raise Refused(Problem("documents.lying_sizes"))


def _packed(content: bytes, member: zipfile.ZipInfo) -> memoryview:
    header = content[member.header_offset : member.header_offset + _LOCAL_HEADER]
    if header[:4] != b"PK\x03\x04":
        raise Refused(Problem("documents.broken"))
    name_and_extra = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    start = member.header_offset + _LOCAL_HEADER + name_and_extra
    return memoryview(content)[start : start + member.compress_size]


def _inflated(packed: memoryview) -> Iterator[bytes]:
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting: bytes | memoryview = packed
    try:
        while not machine.eof:
            piece = machine.decompress(waiting, _PIECE)
            if not piece and not machine.unconsumed_tail:
                return
            yield piece
            waiting = machine.unconsumed_tail
    except zlib.error as error:
        raise Refused(Problem("documents.broken")) from error


def _cut(packed: memoryview) -> Iterator[bytes]:
    for start in range(0, len(packed), _PIECE):
        yield bytes(packed[start : start + _PIECE])


def _whole(content: bytes, member: zipfile.ZipInfo) -> bytes:
    return b"".join(pieces(content, member))


def _verify_part(content: bytes, member: zipfile.ZipInfo, *, is_xml: bool) -> None:
    seen = b""
    for number, piece in enumerate(pieces(content, member)):
        if not is_xml:
            continue
        # Excel writes UTF-8; another encoding would hide formulas from the search.
        if number == 0 and piece.startswith(_UTF_16):
            raise Refused(Problem("documents.broken"))
        seen = seen[-_OVERLAP:] + piece
        if _DDE.search(seen):
            raise Refused(Problem("documents.dde"))
        if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
            raise Refused(Problem("documents.broken"))


def _verify_relations(part: bytes) -> None:
    for attributes in _elements(part, "Relationship"):
        kind = attributes.get("Type", "").rsplit("/", 1)[-1]
        for code, kinds in _KINDS.items():
            if kind in kinds:
                raise Refused(Problem(code))


def _verify_types(part: bytes) -> None:
    for attributes in (*_elements(part, "Override"), *_elements(part, "Default")):
        kind = attributes.get("ContentType", "").casefold()
        for code, words in _TYPES.items():
            if any(word in kind for word in words):
                raise Refused(Problem(code))


def _elements(part: bytes, wanted: str) -> list[dict[str, str]]:
    """Attributes of every `wanted` element; a document type, which could hide entities, is refused."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rsplit(":", 1)[-1] == wanted:
            found.append(attributes)

    def refuse(*_: object) -> None:
        raise Refused(Problem("documents.broken"))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise Refused(Problem("documents.broken")) from error
    return found
