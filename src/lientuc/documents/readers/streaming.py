"""CSV too long for a page, read row by row: the same guesses of encoding and delimiter, made from the beginning of the file."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from lientuc.core.errors import Problem, Refused

from .book import Cell, Sheet, sheet_of
from .delimited import decoded, delimiter_of, eight_bit_reading, named_delimiter, without_guard
from .limits import LIMITS, Limits

_SAMPLE = 1_000_000
_TOP = 60
_LARGEST_CELL = 100_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class LongTable:
    """A CSV file of any length: `top` are its first rows as a sheet, `rows()` all of them, numbered from 0.

    Raises Refused where the file is no text, has cells or rows beyond the limits, or changes its encoding on the way.
    """

    def __init__(self, path: Path, limits: Limits = LIMITS) -> None:
        self._path, self._limits = path, limits
        with path.open("rb") as file:
            sample = file.read(_SAMPLE)
        if not sample.strip():
            raise Refused(Problem("documents.empty"))
        if b"\0" in sample and not sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise Refused(Problem("documents.unknown_format"))
        self.encoding, self._mend = _encoding(sample)
        text = sample.decode(self.encoding, errors="ignore")
        named = named_delimiter(text)
        self._delimiter, self._skip = (named, 1) if named else (delimiter_of(text), 0)
        self.size = path.stat().st_size
        self.read_to = 0

    @property
    def top(self) -> Sheet:
        """The first rows."""
        return sheet_of("", [row for _, row in islice(self.rows(), _TOP)])

    def sha256(self) -> str:
        """The digest of the whole file."""
        with self._path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Every row with its place; `read_to` tells how many bytes were read so far."""
        csv.field_size_limit(_LARGEST_CELL)
        with self._path.open("rb") as raw:
            text = io.TextIOWrapper(raw, encoding=self.encoding, newline="", errors="strict")
            try:
                yield from self._rows(text, raw)
            except (UnicodeDecodeError, csv.Error) as error:
                raise Refused(Problem("documents.broken")) from error

    def _rows(self, text: io.TextIOWrapper, raw: io.BufferedReader) -> Iterator[tuple[int, list[Cell]]]:
        for _ in range(self._skip):
            text.readline()
        for place, row in enumerate(csv.reader(text, delimiter=self._delimiter)):
            if len(row) > self._limits.columns:
                values = {"sheet": "", "count": len(row), "limit": self._limits.columns}
                raise Refused(Problem("documents.too_many_columns", values=values))
            if place % 1_000 == 0:
                self.read_to = raw.tell()
            yield place, [self._cell(cell) for cell in row]

    def _cell(self, cell: str) -> Cell:
        if not cell:
            return None
        if cell[0] == "'":
            cell = without_guard(cell)
        if self._mend is not None:
            cell = self._mend(cell)
        return cell if cell.isascii() else unicodedata.normalize("NFC", cell)


def _encoding(sample: bytes) -> tuple[str, Callable[[str], str] | None]:
    """The encoding of a file by its beginning, and what makes its old letters new."""
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding, None
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(sample)
    except UnicodeDecodeError:
        decoded(sample)
        return eight_bit_reading(sample)
    return "utf-8", None
