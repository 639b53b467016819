"""Files of the table audit: printed tables, claims, gates and methods in, findings out (docs/table-audit.md)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from lientuc.analytics.auditing import Claim, Finding, Gate, Method, Report, Row
from lientuc.analytics.auditing.printed import Printed, read_count, read_number
from lientuc.core.errors import Problem, Refused
from lientuc.documents.readers.delimited import rows_of

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "tables": ("table", "row_id", "group_id", "label", "denominator", "n", "pct", "mean", "sd"),
    "claims": ("claim_id", "location", "text", "comparator", "value", "unit", "rows", "denominator"),
    "gates": ("gated_group", "gate_group", "eligible_categories", "gate_denominator"),
    "methods": ("statement", "value"),
}
FINDINGS = ("kind", "id", "class", "printed", "recomputed", "arithmetic", "explanation")
_NEEDED = {
    "tables": ("row_id",),
    "claims": ("claim_id", "value"),
    "gates": ("gated_group", "gate_group"),
    "methods": ("statement",),
}


def read_report(tables: bytes, claims: bytes = b"", gates: bytes = b"", methods: bytes = b"") -> Report:
    """The report of up to four CSV files; raises Refused naming file, line and column of everything unreadable."""
    problems: list[Problem] = []
    report = Report(
        rows=tuple(_row(values) for _, values in _lines("tables", tables, problems)),
        claims=tuple(_claim(values, line, problems) for line, values in _lines("claims", claims, problems)),
        gates=tuple(_gate(values, line, problems) for line, values in _lines("gates", gates, problems)),
        methods=tuple(
            Method(v["statement"].strip(), v["value"].strip()) for _, v in _lines("methods", methods, problems)
        ),
    )
    if not report.rows and not problems:
        problems.append(Problem("evaluation.audit_no_rows"))
    if problems:
        raise Refused(problems)
    return report


def write_findings(findings: Sequence[Finding], out: TextIO, language: str = "vi") -> None:
    """One line for each finding."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FINDINGS)
    for f in findings:
        writer.writerow([f.kind, f.id, f.what, f.printed, f.recomputed, f.arithmetic, f.explanation(language)])


def _lines(file: str, content: bytes, problems: list[Problem]) -> Iterator[tuple[int, dict[str, str]]]:
    rows = rows_of(content) if content.strip() else iter(())
    head = [cell.strip().lower() for cell in next(rows, [])]
    if not head:
        return
    missing = [name for name in _NEEDED[file] if name not in head]
    unknown = [name for name in head if name and name not in COLUMNS[file]]
    if missing or unknown:
        code = "evaluation.audit_column_missing" if missing else "evaluation.audit_column_unknown"
        names = {"file": file, "columns": ", ".join(missing or unknown), "known": ", ".join(COLUMNS[file])}
        problems.append(Problem(code, None, names))
        return
    for line, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        values = dict.fromkeys(COLUMNS[file], "") | dict(zip(head, cells, strict=False))
        empty = [name for name in _NEEDED[file] if not values[name].strip() and (file, name) != ("claims", "value")]
        if empty:
            problems.append(
                Problem("evaluation.audit_cell_empty", None, {"file": file, "line": line, "column": empty[0]})
            )
            continue
        yield line, values


def _row(values: Mapping[str, str]) -> Row:
    """A row; a cell that is no number is kept as unread, the audit says so."""
    unread: list[str] = []

    def count(name: str) -> int | None:
        try:
            return read_count(values[name])
        except ValueError:
            unread.append(values[name].strip())
            return None

    def number(name: str) -> Printed | None:
        try:
            return read_number(values[name])
        except ValueError:
            unread.append(values[name].strip())
            return None

    return Row(
        table=values["table"].strip(),
        id=values["row_id"].strip(),
        group=values["group_id"].strip() or values["row_id"].strip(),
        label=values["label"].strip(),
        denominator=count("denominator"),
        n=count("n"),
        pct=number("pct"),
        mean=number("mean"),
        sd=number("sd"),
        unread=" ".join(unread),
    )


def _claim(values: Mapping[str, str], line: int, problems: list[Problem]) -> Claim:
    return Claim(
        id=values["claim_id"].strip(),
        location=values["location"].strip(),
        text=values["text"].strip(),
        comparator=values["comparator"].strip().lower() or "eq",
        value=values["value"].strip(),
        unit=values["unit"].strip(),
        rows=values["rows"].strip(),
        denominator=_whole(values["denominator"], "claims", line, "denominator", problems),
    )


def _gate(values: Mapping[str, str], line: int, problems: list[Problem]) -> Gate:
    eligible = re.split(r"[+;|,]", values["eligible_categories"])
    return Gate(
        gated=values["gated_group"].strip(),
        gate=values["gate_group"].strip(),
        eligible=tuple(name.strip() for name in eligible if name.strip()),
        asked=_whole(values["gate_denominator"], "gates", line, "gate_denominator", problems),
    )


def _whole(text: str, file: str, line: int, column: str, problems: list[Problem]) -> int | None:
    try:
        return read_count(text)
    except ValueError:
        values = {"file": file, "line": line, "column": column, "cell": text.strip()}
        problems.append(Problem("evaluation.audit_cell_unreadable", None, values))
        return None
