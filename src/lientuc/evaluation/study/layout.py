"""Which question fills which group of rows of which table, as data (`data/study_tables.csv`)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from lientuc.surveys.enums import InterviewRole, ItemType

from ..results import AGREEMENT, ItemResult

RESPONDENTS = "respondents"


class Statistic(StrEnum):
    """How a group of rows is computed."""

    MEAN = "mean"
    CATEGORIES = "categories"
    VALUES = "values"
    AGREEMENT = "agreement"
    TICKS = "ticks"


@dataclass(frozen=True)
class Line:
    """One group of rows: `who` are the respondents or one role of interviewees."""

    table: str
    group_id: str
    item: str
    who: str
    statistic: Statistic

    @property
    def role(self) -> InterviewRole | None:
        """The role of the interviewees it counts; None for respondents."""
        return None if self.who == RESPONDENTS else InterviewRole(self.who)


@cache
def study_lines() -> tuple[Line, ...]:
    """The five tables in the order of printing; of two questions for one group the first that was asked counts."""
    with files("lientuc.evaluation").joinpath("data", "study_tables.csv").open(encoding="utf-8") as file:
        return tuple(
            Line(row["table"], row["group_id"], row["item"], row["who"], Statistic(row["statistic"]))
            for row in csv.DictReader(file)
        )


def lines_for(found: Iterable[ItemResult]) -> list[Line]:
    """The lines whose questions a wave asked, then groups that its own instrument names besides."""
    asked = {result.item.name: result for result in found if not result.index}
    lines: list[Line] = []
    for line in study_lines():
        if line.role is not None or (line.item in asked and line.group_id not in {one.group_id for one in lines}):
            lines.append(line)
    known = {line.group_id for line in study_lines()}
    for result in asked.values():
        group = result.item.group_id
        if group and group not in known and result.item.type != ItemType.TEXT:
            known.add(group)
            lines.append(Line(group.partition(".")[0], group, result.item.name, RESPONDENTS, _statistic(result)))
    return sorted(lines, key=lambda line: line.table)


def _statistic(result: ItemResult) -> Statistic:
    if result.item.type in {ItemType.INTEGER, ItemType.DECIMAL}:
        return Statistic.MEAN
    if result.item.type == ItemType.SELECT_MULTIPLE:
        return Statistic.TICKS
    return Statistic.AGREEMENT if result.item.list_name == AGREEMENT else Statistic.CATEGORIES
