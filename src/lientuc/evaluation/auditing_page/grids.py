"""Tables as they stand in a text pasted from Word or Excel, or in a .docx: titles and cells, nothing interpreted."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from lxml import etree

from lientuc.core.errors import Problem, Refused
from lientuc.documents.readers.delimited import decoded, rows_of
from lientuc.documents.readers.guard import Form, examine
from lientuc.documents.readers.limits import LIMITS, MB
from lientuc.documents.readers.unpacking import pieces

DOCUMENT = "word/document.xml"
LARGEST_TEXT = 30 * MB
_ZIP, _ENCRYPTED = b"PK\x03\x04", 0x1
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")


@dataclass(frozen=True)
class Grid:
    """One table: the line of text before it, and rows of trimmed texts of one width (a cell over several is repeated empty)."""

    title: str
    rows: tuple[tuple[str, ...], ...]


def grids_of_text(text: str) -> tuple[Grid, ...]:
    """Tables of a pasted text: cells divided by tabs, tables by empty lines or by lines without a tab."""
    found: list[Grid] = []
    title, rows = "", list[list[str]]()
    for row in [*csv.reader(io.StringIO(text, newline=""), delimiter="\t"), []]:
        cells = [_clean(cell) for cell in row]
        if len(cells) > 1 and any(cells):
            rows.append(cells)
            continue
        if rows:
            found.append(_grid(title, rows))
            title, rows = "", []
        title = " ".join(filter(None, cells)) or title
    return tuple(found)


def grids_of_file(content: bytes) -> tuple[Grid, ...]:
    """Tables of a .docx or a CSV file; Refused where it is neither."""
    if not content.startswith(_ZIP):
        if examine(content, LIMITS) != Form.CSV:
            raise Refused(Problem("evaluation.audit_no_document"))
        text = decoded(content)
        return grids_of_text(text) if "\t" in text else (_grid("", [[_clean(c) for c in r] for r in rows_of(content)]),)
    body = etree.fromstring(_document(content), _parser()).find(f"{_W}body")
    if body is None:
        raise Refused(Problem("documents.broken"))
    found = tuple(
        _table(table) for table in body.iter(f"{_W}tbl") if next(table.iterancestors(f"{_W}tbl"), None) is None
    )
    return tuple(grid for grid in found if grid.rows)


def _parser() -> etree.XMLParser:
    """No entities, no network: a document is text and nothing else."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _document(content: bytes) -> bytes:
    """The text of a .docx, unpacked no further than it says and than is sensible; no other part of it is opened."""
    if len(content) > LIMITS.file:
        sizes = {"size_mb": -(-len(content) // MB), "limit_mb": LIMITS.file // MB}
        raise Refused(Problem("documents.too_big", values=sizes))
    try:
        member = zipfile.ZipFile(io.BytesIO(content)).getinfo(DOCUMENT)
    except (KeyError, zipfile.BadZipFile) as error:
        raise Refused(Problem("evaluation.audit_no_document")) from error
    if member.file_size > LARGEST_TEXT or member.flag_bits & _ENCRYPTED:
        raise Refused(Problem("documents.too_heavy"))
    text = b"".join(pieces(content, member))
    if b"<!DOCTYPE" in text[:2000].upper():
        raise Refused(Problem("documents.broken"))
    return text


def _table(table: Any) -> Grid:
    rows = []
    for row in table.iterchildren(f"{_W}tr"):
        cells: list[str] = []
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tbl")) is table:
                cells += [_text(cell), *[""] * (_span(cell) - 1)]
        rows.append(cells)
    return _grid(_title(table), rows)


def _span(cell: Any) -> int:
    found = cell.find(f"{_W}tcPr/{_W}gridSpan")
    text = found.get(f"{_W}val", "1") if found is not None else "1"
    return min(int(text), 100) if text.isdecimal() else 1


def _text(part: Any) -> str:
    """The words of a cell or paragraph; deleted ones of tracked changes are no longer printed."""
    paragraphs = ("".join(_runs(paragraph)) for paragraph in part.iter(f"{_W}p"))
    return _clean(" ".join(paragraphs))


def _runs(paragraph: Any) -> Iterator[str]:
    for piece in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        yield (piece.text or "") if piece.tag == f"{_W}t" else " "


def _title(table: Any) -> str:
    """The last line of text before a table, where only a line or two lie between."""
    before = table.itersiblings(preceding=True)
    for _, sibling in zip(range(3), before, strict=False):
        if sibling.tag == f"{_W}tbl":
            return ""
        if sibling.tag == f"{_W}p" and (text := _text(sibling)):
            return text[:300]
    return ""


def _grid(title: str, rows: list[list[str]]) -> Grid:
    width = max(map(len, rows), default=0)
    filled = [row for row in rows if any(row)]
    return Grid(title, tuple((*row, *[""] * (width - len(row))) for row in filled))


def _clean(text: str) -> str:
    return " ".join(normalize("NFC", text.translate(_SPACES)).split())
