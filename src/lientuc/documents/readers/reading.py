"""The one way to open an uploaded workbook: guard, parse in a child process, give back plain values."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import lientuc
from lientuc.core.errors import Problem, Refused

from .book import Cell, Region, Workbook, sheet_of
from .guard import Form, examine
from .limits import LIMITS, Limits

# The child's own exit code; importing the child here would run it twice.
_TOO_HEAVY = 3
_PACKAGE_ROOT = str(Path(lientuc.__file__).parents[1])


def read_workbook(source: bytes | Path, limits: Limits = LIMITS) -> Workbook:
    """All sheets of an uploaded .xlsx, .xls or .csv file, whatever its name.

    Raises Refused with one `documents.*` problem where the file is too large, harmful, protected or not a table.
    """
    content = _content(source, limits)
    form = examine(content, limits)
    with tempfile.TemporaryFile() as answer:
        _parse(content, form, limits, answer)
        answer.seek(0)
        return _workbook(answer)


def _content(source: bytes | Path, limits: Limits) -> bytes:
    if isinstance(source, bytes):
        return source
    with source.open("rb") as file:
        # One byte more than allowed is enough to refuse; the rest is not read.
        return file.read(limits.file + 1)


def _parse(content: bytes, form: Form, limits: Limits, answer: IO[bytes]) -> None:
    command = [sys.executable, "-P", "-m", "lientuc.documents.readers.child", json.dumps(asdict(limits)), str(form)]
    environment = {"PYTHONPATH": _PACKAGE_ROOT, "PATH": os.environ.get("PATH", ""), "PYTHONUTF8": "1"}
    try:
        ended = subprocess.run(
            command,
            input=content,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=limits.wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(Problem("documents.too_heavy")) from error
    if ended.returncode != 0:
        # Killed by a limit, or the parser fell over the file: either way it is not read.
        was_limited = ended.returncode < 0 or ended.returncode == _TOO_HEAVY
        raise Refused(Problem("documents.too_heavy" if was_limited else "documents.broken"))


def _workbook(answer: Iterable[bytes]) -> Workbook:
    sheets: list[tuple[list[Any], list[list[Cell]]]] = []
    is_whole = False
    for line in answer:
        if not line.strip():
            continue
        match json.loads(line):
            case ["problem", code, values]:
                raise Refused(Problem(code, values=values))
            case ["sheet", *about]:
                sheets.append((about, []))
            case ["row", cells]:
                sheets[-1][1].append([_cell(cell) for cell in cells])
            case ["end"]:
                is_whole = True
    if not is_whole:
        raise Refused(Problem("documents.broken"))
    made = (
        sheet_of(name, rows, merged=tuple(Region(*block) for block in merged), is_hidden=hidden)
        for (name, hidden, merged), rows in sheets
    )
    filled = tuple(sheet for sheet in made if sheet.rows)
    if not filled:
        raise Refused(Problem("documents.empty"))
    return Workbook(filled)


def _cell(cell: Any) -> Cell:
    match cell:
        case {"d": day}:
            return date.fromisoformat(day)
        case {"t": moment}:
            return datetime.fromisoformat(moment)
        case _:
            return cell  # type: ignore[no-any-return]
