"""A frozen review as tables, and what differs between two: figures cell by cell, people who came and went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from lientuc.documents.table import Column, Kind, ReportTable, Row
from lientuc.web.say import label, say_now

from ..enums import Movement, ReviewBy
from ..models import FrozenReview
from ..rules import Difference, ListedPerson, Moved, differences, movements
from .asking import PARTS
from .freezing import unpacked
from .tables import CODES, ENUMS, part_title


@dataclass(frozen=True)
class Comparison:
    """The earlier and the later review, the cells that differ, everybody who moved."""

    before: FrozenReview
    after: FrozenReview
    cells: tuple[Difference, ...]
    moved: tuple[Moved, ...]

    @property
    def counts(self) -> Mapping[Movement, int]:
        """How many moved in which way."""
        counted = Counter(one.movement for one in self.moved)
        return {movement: counted[movement] for movement in Movement}

    @property
    def same_question(self) -> bool:
        """Whether both answer the same question."""
        return bool(self.before.asked == self.after.asked)


def comparison(before: FrozenReview, after: FrozenReview) -> Comparison:
    """The two compared."""
    return Comparison(
        before=before,
        after=after,
        cells=tuple(differences(_cells(before.figures), _cells(after.figures))),
        moved=tuple(movements(unpacked(bytes(before.people)), unpacked(bytes(after.people)))),
    )


def _cells(figures: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """`{group: {figure: count}}`, everybody first."""
    by = ReviewBy(figures["by"])
    whole = {say_now("Tổng số", "In all"): _counts(figures["whole"])}
    return whole | {_name(by, group): _counts(group) for group in figures["groups"]}


def _name(by: ReviewBy, group: Mapping[str, Any]) -> str:
    if by in CODES:
        return label(CODES[by][0], str(group["code"]))
    return str(group["name"]) or "–"


def _counts(line: Mapping[str, Any]) -> dict[str, int]:
    counts = {"persons": line["persons"], "posts": line["posts"]}
    return counts | {f"{part}.{code}": count for part, codes in line["parts"].items() for code, count in codes.items()}


def figure_name(figure: str) -> str:
    """What a figure of `_counts` is called."""
    part, _, code = figure.partition(".")
    if part == "persons":
        return say_now("Số người", "People")
    if part == "posts":
        return say_now("Số vị trí công tác", "Posts")
    return f"{part_title(part)}: {label(ENUMS[part], code)}"


def frozen_tables(row: FrozenReview, *, simulated: bool) -> list[ReportTable]:
    """The figures as they were signed: heads and posts, then a table for each part."""
    said = say_now("Dựa trên {n}/{of} đơn vị.", "Based on {n}/{of} units.")
    notes = (said.format(n=row.figures["units_stating"], of=row.figures["units"]), f"SHA-256: {row.digest}")
    heads = (Column("posts", say_now("Vị trí", "Posts"), Kind.INT),)
    made = [_frozen_table(row, row.title, heads, lambda line: [line["posts"]], notes, simulated)]
    for part, codes in PARTS.items():
        columns = tuple(Column(f"{part}_{code}", label(ENUMS[part], str(code)), Kind.INT) for code in codes)
        made.append(_frozen_table(row, part_title(part), columns, partial(_of_part, part), (), simulated))
    return made


def _of_part(part: str, line: Mapping[str, Any]) -> list[int]:
    return [line["parts"].get(part, {}).get(str(code), 0) for code in PARTS[part]]


def _frozen_table(
    row: FrozenReview,
    title: str,
    columns: tuple[Column, ...],
    counts: Callable[[Mapping[str, Any]], list[int]],
    notes: tuple[str, ...],
    simulated: bool,
) -> ReportTable:
    by, figures = ReviewBy(row.figures["by"]), row.figures
    first = (
        Column("group", label("reports.ReviewBy", by), width=32),
        Column("persons", say_now("Số người", "People"), Kind.INT),
    )
    whole = figures["whole"]
    return ReportTable(
        title=title,
        columns=(*first, *columns),
        rows=[(_name(by, group), group["persons"], *counts(group)) for group in figures["groups"]],
        notes=notes,
        as_of=row.on_date,
        footer=(say_now("Tổng số", "In all"), whole["persons"], *counts(whole)),
        simulated=simulated,
    )


def list_table(row: FrozenReview, people: Sequence[ListedPerson], *, simulated: bool) -> ReportTable:
    """Everybody counted."""
    return ReportTable(
        title=row.title,
        columns=_person_columns(),
        rows=[_person(person) for person in people],
        as_of=row.on_date,
        simulated=simulated,
    )


def _person_columns() -> tuple[Column, ...]:
    return (
        Column("name", say_now("Họ và tên", "Name"), width=28),
        Column("title", say_now("Chức danh", "Title"), width=18),
        Column("units", say_now("Đơn vị", "Units"), width=36),
        Column("licence", say_now("Giấy phép", "Licence"), width=16),
        Column("standing", say_now("Kết quả tích lũy", "Standing"), width=16),
        Column("age", say_now("Nhóm tuổi", "Age"), width=14),
    )


def _person(person: ListedPerson) -> Row:
    return (
        person.name,
        label("registry.Title", person.title),
        person.units,
        label(ENUMS["licence"], person.licence),
        label(ENUMS["standing"], person.standing),
        label(ENUMS["age"], person.age),
    )


def comparison_tables(found: Comparison, *, people: bool, simulated: bool) -> list[ReportTable]:
    """The cells that differ; then, for who may see them, the people who moved."""
    made = [_cells_table(found, simulated)]
    return [*made, _moved_table(found, simulated)] if people else made


def _cells_table(found: Comparison, simulated: bool) -> ReportTable:
    columns = (
        Column("group", say_now("Nhóm", "Group"), width=30),
        Column("figure", say_now("Chỉ số", "Figure"), width=36),
        Column("before", f"{found.before.on_date:%d/%m/%Y}", Kind.INT),
        Column("after", f"{found.after.on_date:%d/%m/%Y}", Kind.INT),
        Column("by", say_now("Tăng, giảm", "Change"), Kind.INT),
    )
    rows = [(cell.group, figure_name(cell.figure), cell.before, cell.after, cell.by) for cell in found.cells]
    return ReportTable(
        title=say_now("Số liệu thay đổi", "Figures that changed"), columns=columns, rows=rows, simulated=simulated
    )


def _moved_table(found: Comparison, simulated: bool) -> ReportTable:
    columns = (
        Column("name", say_now("Họ và tên", "Name"), width=28),
        Column("movement", say_now("Biến động", "Movement"), width=18),
        Column("before", say_now("Trước", "Before"), width=44),
        Column("after", say_now("Sau", "After"), width=44),
    )
    rows = [
        (one.name, label("reports.Movement", one.movement), _shortly(one.before), _shortly(one.after))
        for one in found.moved
    ]
    return ReportTable(
        title=say_now("Người đến, đi và thay đổi", "People who came, went and changed"),
        columns=columns,
        rows=rows,
        simulated=simulated,
    )


def _shortly(person: ListedPerson | None) -> str:
    if person is None:
        return ""
    words = (
        label("registry.Title", person.title),
        label(ENUMS["licence"], person.licence),
        label(ENUMS["standing"], person.standing),
    )
    return f"{person.units} ({'; '.join(words)})"
