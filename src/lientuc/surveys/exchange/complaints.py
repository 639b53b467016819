"""What is wrong with a form file, by sheet, row and column, as a linter would say it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from lientuc.core.errors import Problem, Refused

from ..expressions import names_in, parse

MOST = 200
"""Beyond so many problems the file is plainly something else."""


@dataclass
class Complaints:
    """Problems of one file in the order found."""

    found: list[Problem] = field(default_factory=list)

    def add(self, code: str, sheet: str, row: int, column: str, **values: Any) -> None:
        """One more; `row` counts from 1 with the header, as the program that shows the file counts."""
        place = {"sheet": sheet, "row": row, "column": column}
        self.found.append(Problem(f"surveys.form_{code}", None, {**place, **values}))

    def expression(self, text: str, earlier: Collection[str], sheet: str, row: int, column: str) -> str:
        """The expression where it can be evaluated over items that stand before it; else a complaint and nothing."""
        if not text:
            return ""
        try:
            unknown = sorted(names_in(parse(text)) - set(earlier))
        except Refused as refused:
            values = refused.problems[0].values
            self.add("expression_unread", sheet, row, column, at=values["position"], found=values["found"])
            return ""
        if unknown:
            self.add("name_not_before", sheet, row, column, found=unknown[0])
            return ""
        return text

    def short(self, text: str, most: int, sheet: str, row: int, column: str) -> str:
        """The text where it is short enough to be kept whole; else a complaint and its beginning."""
        if len(text) > most:
            self.add("too_long", sheet, row, column, most=most)
        return text[:most]

    def end(self) -> None:
        """Refuse where anything was found."""
        if self.found:
            raise Refused(self.found[:MOST])
