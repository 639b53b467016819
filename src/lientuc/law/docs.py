"""The manual of the law, written from the parameters and the examples: `python -m lientuc.law.docs OUT_DIR`."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from .examples import Chapter, Example, chapters, pairs, table
from .parameters import Factor, Value, shipped
from .texts import LegalText, catalogue

EXAMPLES = Path("tests/law/spec")


def pages(examples: Path) -> dict[str, str]:
    """File name → Markdown of every page; `examples` is the folder of the example chapters."""
    found = chapters(examples)
    areas = _areas()
    written = {f"parameters_{area}.md": _area_page(area, values) for area, values in areas.items()}
    written["factors.md"] = _factors_page()
    written["texts.md"] = _texts_page()
    written.update({f"examples_{chapter.name}.md": _chapter_page(chapter) for chapter in found})
    written["index.md"] = _index(areas, found)
    return written


def write_pages(out: Path, examples: Path) -> None:
    """Write every page into `out` and remove pages of before."""
    out.mkdir(parents=True, exist_ok=True)
    written = pages(examples)
    for old in out.glob("*.md"):
        if old.name not in written:
            old.unlink()
    for name, text in written.items():
        (out / name).write_text(text, encoding="utf-8")


def _areas() -> dict[str, list[Value]]:
    areas: dict[str, list[Value]] = defaultdict(list)
    for name, values in shipped().values.items():
        areas[name.split(".")[0]].extend(values)
    return dict(areas)


def _index(areas: Iterable[str], found: Sequence[Chapter]) -> str:
    lines = ["# The law as parameters and examples", ""]
    lines += ["Written by `python -m lientuc.law.docs docs/law`; do not edit by hand.", "", "## Parameters", ""]
    lines += [f"- [{_words(area)}](parameters_{area}.md)" for area in areas]
    lines += ["- [Conversion factors](factors.md)", "- [Legal texts](texts.md)", "", "## Examples", ""]
    lines += [f"- [{chapter.title}](examples_{chapter.name}.md)" for chapter in found]
    return "\n".join(lines) + "\n"


def _area_page(area: str, values: Sequence[Value]) -> str:
    head = ("name", "value", "unit", "from", "to", "where", "certainty", "checked", "rule", "source, note")
    rows = [
        (
            f"`{value.name}`",
            _raw(value),
            value.unit,
            _day(value.valid_from),
            _day(value.valid_to),
            value.citation.vi,
            value.certainty,
            _day(value.checked_on),
            value.rule_id,
            "; ".join(filter(None, (value.source, value.note))),
        )
        for value in values
    ]
    return f"# Parameters: {_words(area)}\n\n{_markdown(head, rows)}"


def _factors_page() -> str:
    head = (
        *("rule", "regime", "form", "role", "level", "hours", "for each", "at most", "set"),
        *("from", "to", "where", "certainty", "checked", "source, note"),
    )
    rows = [_factor_row(row) for row in shipped().factors]
    return f"# Conversion factors\n\n{_markdown(head, rows)}"


def _factor_row(row: Factor) -> tuple[str, ...]:
    return (
        row.rule_id,
        row.regime,
        row.form,
        ", ".join(row.roles),
        ", ".join(row.levels),
        _number(row.value),
        row.unit,
        _number(row.cap_hours),
        ", ".join(row.sets),
        _day(row.valid_from),
        _day(row.valid_to),
        row.citation.vi,
        row.certainty,
        _day(row.checked_on),
        "; ".join(filter(None, (row.source, row.note))),
    )


def _texts_page() -> str:
    head = (
        "number",
        "title",
        "in English",
        "issued",
        "in force from",
        "to",
        "replaced by",
        "certainty",
        "source, note",
    )
    return f"# Legal texts\n\n{_markdown(head, [_text_row(found) for found in catalogue()])}"


def _text_row(found: LegalText) -> tuple[str, ...]:
    return (
        found.number,
        found.title.vi,
        found.title.en,
        _day(found.issued_on),
        _day(found.in_force_from),
        _day(found.in_force_to),
        found.replaced_by,
        found.certainty,
        "; ".join(filter(None, (found.source, found.note))),
    )


def _chapter_page(chapter: Chapter) -> str:
    return f"# {chapter.title}\n\n{chapter.text}\n\n" + "\n".join(_example(example) for example in chapter.examples)


def _example(example: Example) -> str:
    asked = [f"Asked on {example.on}; rule {example.rule}."]
    asked += [f"`{name}` = {value}." for name, value in example.settings.items()]
    parts = [f"## {example.title}", " ".join(asked)]
    for text in (example.worker, example.entries, example.exemptions):
        if text:
            rows = table(text)
            parts.append(_markdown(tuple(rows[0]), [tuple(row.values()) for row in rows]).strip())
    expected = [(name, f"`{value}`" if value else "none") for name, value in pairs(example.expected).items()]
    parts.append(_markdown(("answer", "expected"), expected).strip())
    return "\n\n".join(parts) + "\n"


def _markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _raw(value: Value) -> str:
    if isinstance(value.value, tuple):
        return ", ".join(value.value)
    return "not known" if value.value is None else str(value.value)


def _number(value: Decimal | None) -> str:
    return "" if value is None else str(value)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _words(area: str) -> str:
    return area.replace("_", " ").capitalize()


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else EXAMPLES)
