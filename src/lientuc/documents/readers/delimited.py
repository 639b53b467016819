"""CSV as people send it: unknown encoding, unknown delimiter; runs in the child process."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from lientuc.core.errors import Problem, Refused

from .tcvn3 import from_tcvn3, looks_like_tcvn3, share_of_vietnamese
from .vni import from_vni, looks_like_vni

_DELIMITERS = ";,\t|"
_SAMPLE_LINES = 60
# The apostrophe that our own CSV writer, or a careful clerk, puts before what Excel would change.
_GUARD = re.compile(r"^'(?=[=+\-@|%\t\r\n＝＋－＠0-9])")


def rows_of(content: bytes) -> Iterator[list[str]]:
    """Rows of texts; raises Refused where the file is not text."""
    text = decoded(content)
    delimiter = named_delimiter(text)
    if delimiter:
        text = text.partition("\n")[2]
    else:
        delimiter = delimiter_of(text)
    csv.field_size_limit(1_000_000)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [without_guard(cell) for cell in row]
    except csv.Error as error:
        raise Refused(Problem("documents.broken")) from error


def named_delimiter(text: str) -> str:
    """The delimiter that a first line `sep=;` names, else nothing."""
    named = re.fullmatch(r'"?sep=(.)"?', text.partition("\n")[0].strip("\r"))
    return named[1] if named else ""


def without_guard(cell: str) -> str:
    """A cell without the apostrophe that kept a spreadsheet from changing it."""
    return _GUARD.sub("", cell)


def decoded(content: bytes) -> str:
    """Unicode text: UTF-8 and UTF-16 by their signs, else windows-1258 or TCVN3, whichever reads more like Vietnamese."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _strictly(content, encoding)
    if b"\0" in content:
        return _strictly(content, _utf_16_without_mark(content))
    try:
        return unicodedata.normalize("NFC", content.decode("utf-8"))
    except UnicodeDecodeError:
        return _eight_bit(content)


def delimiter_of(text: str) -> str:
    """The delimiter that cuts the first lines into the same number (above one) of columns most often; `,` if none."""
    sample = text.splitlines()[:_SAMPLE_LINES]
    return max(_DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: list[str], delimiter: str) -> tuple[int, int]:
    try:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=delimiter) if len(row) > 1)
    except csv.Error:
        return (0, 0)
    width, times = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
    return (times, width)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return unicodedata.normalize("NFC", content.decode(encoding))
    except UnicodeDecodeError as error:
        raise Refused(Problem("documents.unknown_format")) from error


def _utf_16_without_mark(content: bytes) -> str:
    sample = content[:2000]
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if max(odd, even) < len(sample) // 5:
        raise Refused(Problem("documents.unknown_format"))
    return "utf-16-le" if odd > even else "utf-16-be"


def _eight_bit(content: bytes) -> str:
    controls = sum(byte < 32 and byte not in (9, 10, 11, 12, 13) for byte in content[:2000])
    if controls:
        raise Refused(Problem("documents.unknown_format"))
    encoding, mend = eight_bit_reading(content)
    text = content.decode(encoding)
    return unicodedata.normalize("NFC", mend(text) if mend else text)


def eight_bit_reading(content: bytes) -> tuple[str, Callable[[str], str] | None]:
    """The encoding of eight-bit text and what makes its letters new, whichever reads most like Vietnamese."""
    latin = content.decode("latin-1")
    words = latin.split()
    vni = sum(map(looks_like_vni, words))
    mend = from_vni if vni > sum(looks_like_tcvn3(word) and not looks_like_vni(word) for word in words) else from_tcvn3
    try:
        windows = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        return "latin-1", mend
    is_old = share_of_vietnamese(mend(latin)) > share_of_vietnamese(windows)
    return ("latin-1", mend) if is_old else ("cp1258", None)
