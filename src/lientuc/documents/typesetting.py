"""The typst compiler, kept between papers, with our fonts only and no network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst

_HERE = Path(__file__).parent
TEMPLATES = _HERE / "templates"
FONTS = _HERE / "fonts"

# One compiler serves every thread in turn: it keeps the fonts, and it is not made to be entered twice.
_one_at_a_time = Lock()


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(
        root=str(TEMPLATES), font_paths=[str(FONTS)], ignore_system_fonts=True, package_path=str(TEMPLATES / "none")
    )


def typeset(template: str, data: Mapping[str, Any], *, on: date) -> bytes:
    """The PDF of `templates/<template>.typ` with `data` (JSON values), dated `on`; same input, same bytes."""
    (pdf,) = _compiled(template, data, on=on, format="pdf")
    return pdf


def pictures(template: str, data: Mapping[str, Any], *, on: date) -> list[bytes]:
    """The same pages as PNG pictures at 110 points an inch, for previews."""
    return _compiled(template, data, on=on, format="png")


def _compiled(template: str, data: Mapping[str, Any], *, on: date, format: Literal["pdf", "png"]) -> list[bytes]:
    dated = {**data, "made_on": [on.year, on.month, on.day]}
    options: dict[str, Any] = {"ppi": 110.0} if format == "png" else {}
    with _one_at_a_time:
        made = _compiler().compile(
            input=str(TEMPLATES / f"{template}.typ"),
            format=format,
            sys_inputs={"data": json.dumps(dated, ensure_ascii=False)},
            timestamp=int(datetime.combine(on, time(), tzinfo=UTC).timestamp()),
            **options,
        )
    pages = made if isinstance(made, list) else [made]
    return [page for page in pages if page is not None]
