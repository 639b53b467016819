"""The parsing process: `python -m lientuc.documents.readers.child LIMITS FORM` reads a file on stdin, writes JSON lines.

Lines: `["sheet", name, hidden, merged blocks]`, then one `["row", cells]` for each row, at last `["end"]`; or one
`["problem", code, values]`. Dates are `{"d": iso}`, instants `{"t": iso}`. It trusts nothing: memory, processor time and
the size of its answer are limited by the kernel before the file is looked at.
"""

from __future__ import annotations

import errno
import io
import json
import os
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from lientuc.core.errors import Problem, Refused

from .guard import Form
from .limits import Limits

Line = list[Any]
TOO_HEAVY = 3


def main() -> int:
    """Read, answer, and end with 0 also when the file is refused."""
    limits, form = Limits(**json.loads(sys.argv[1])), Form(sys.argv[2])
    _limit_myself(limits)
    out = sys.stdout
    try:
        for line in _lines(sys.stdin.buffer.read(), form, limits):
            out.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")
    except Refused as refused:
        problem = refused.problems[0]
        out.write("\n" + json.dumps(["problem", problem.code, dict(problem.values)]) + "\n")
    out.flush()
    return 0


def answered() -> int:
    """`main`, where running into a limit ends with `TOO_HEAVY` instead of a traceback."""
    try:
        return main()
    except MemoryError:
        os._exit(TOO_HEAVY)
    except OSError as error:
        # The kernel closed the answer at its limit; what is still buffered cannot be written either.
        os._exit(TOO_HEAVY if error.errno == errno.EFBIG else 1)


def _limit_myself(limits: Limits) -> None:
    wanted = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: limits.answer,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in wanted.items():
        _, ceiling = resource.getrlimit(kind)
        bound = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
        resource.setrlimit(kind, (bound, bound))


def _lines(content: bytes, form: Form, limits: Limits) -> Iterator[Line]:
    if form is Form.CSV:
        from .delimited import rows_of

        yield ["sheet", "", False, []]
        yield from _rows(rows_of(content), "", limits)
    else:
        yield from _book_lines(content, form, limits)
    yield ["end"]


def _book_lines(content: bytes, form: Form, limits: Limits) -> Iterator[Line]:
    if form is Form.XLSX:
        from .unpacking import verify

        verify(content)
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for place, about in enumerate(book.sheets_metadata):
            if about.typ == calamine.SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_index(place)
                hidden = about.visible != calamine.SheetVisibleEnum.Visible
                merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or []]
                yield ["sheet", about.name, hidden, merged]
                # The iterator gives the empty rows above the first cell, but not the empty columns to its left.
                left = [None] * (sheet.start[1] if sheet.start else 0)
                yield from _rows((left + row for row in sheet.iter_rows()), about.name, limits)
    except calamine.PasswordError as error:
        raise Refused(Problem("documents.encrypted")) from error
    except calamine.CalamineError as error:
        raise Refused(Problem("documents.broken")) from error


def _rows(rows: Iterator[list[Any]], name: str, limits: Limits) -> Iterator[Line]:
    for row in islice(rows, limits.rows):
        cells = [_cell(value) for value in row]
        while cells and cells[-1] is None:
            cells.pop()
        if len(cells) > limits.columns:
            values = {"sheet": name, "count": len(cells), "limit": limits.columns}
            raise Refused(Problem("documents.too_many_columns", values=values))
        yield ["row", cells]
    if any(value not in ("", None) for row in rows for value in row):
        raise Refused(Problem("documents.too_many_rows", values={"sheet": name, "limit": limits.rows}))


def _cell(value: Any) -> Any:
    match value:
        case "" | None:
            return None
        case bool() | str() | int():
            return value
        case float():
            return _number(value)
        case datetime():
            return {"d": value.date().isoformat()} if value.time() == time() else {"t": value.isoformat()}
        case date():
            return {"d": value.isoformat()}
        case timedelta():
            return value.total_seconds() / 86_400
        case _:
            return str(value)


def _number(value: float) -> int | float | None:
    if value != value or value in (float("inf"), float("-inf")):
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


if __name__ == "__main__":
    sys.exit(answered())
