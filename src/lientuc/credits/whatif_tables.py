"""An answer as a table: groups with people, status before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lientuc.core.phrases import Phrase
from lientuc.documents.table import Column, Kind, ReportTable, Row, Share
from lientuc.law.credits import Status

from .enums import MovedBy
from .models import WhatIf
from .phrases import LABELS
from .queries.whatifs import GroupMoved

# A page has room for the two that matter; the files have every status.
SHOWN = (Status.MET, Status.SHORT)
_HEADINGS: Mapping[MovedBy, tuple[Phrase, ...]] = {
    MovedBy.PROVINCE: (Phrase("Tỉnh, thành phố", "Province"),),
    MovedBy.TITLE: (Phrase("Chức danh", "Title"),),
    MovedBy.CARE_LEVEL: (Phrase("Cấp chuyên môn", "Care level"),),
}
_HEADINGS = {**_HEADINGS, MovedBy.EVERYTHING: tuple(one for heads in _HEADINGS.values() for one in heads)}
_NOTE = Phrase(
    "Giả định: kết quả tích lũy thật không thay đổi. Số trước → sau tính trên cùng một danh sách và cùng một sổ ghi nhận.",
    "A what-if: real standings are not changed. Before and after rest on the same people and the same ledger.",
)


def moved_table(
    what_if: WhatIf,
    groups: Iterable[GroupMoved],
    names: Mapping[str, str],
    *,
    by: MovedBy,
    statuses: Sequence[Status] = SHOWN,
    language: str,
    simulated: bool,
) -> ReportTable:
    """`groups` with people, who change, and one column before and one after for each of `statuses`; `names` of codes."""
    columns = (
        *(Column(f"group_{n}", head.in_language(language), width=26) for n, head in enumerate(_HEADINGS[by])),
        Column("persons", Phrase("Số người", "People").in_language(language), Kind.INT),
        Column("changed", Phrase("Đổi kết quả", "Change status").in_language(language), Kind.INT),
        Column("share", Phrase("Tỷ lệ đổi", "Share").in_language(language), Kind.PERCENT),
        *(column for status in statuses for column in _columns(status, language)),
    )
    rows: list[Row] = [
        (
            *(names.get(code, code) or "–" for code in group.key),
            group.persons,
            group.changed,
            Share(group.changed, group.persons),
            *(count for status in statuses for count in (group.before[status], group.after[status])),
        )
        for group in groups
    ]
    return ReportTable(
        title=what_if.name,
        columns=columns,
        rows=rows,
        notes=(_NOTE.in_language(language),),
        as_of=what_if.answer.on_date,
        simulated=simulated,
    )


def _columns(status: Status, language: str) -> tuple[Column, Column]:
    word = LABELS[Status][status].in_language(language)
    before, after = Phrase("nay", "now").in_language(language), Phrase("giả định", "what-if").in_language(language)
    return Column(f"{status}_before", f"{word}: {before}", Kind.INT), Column(
        f"{status}_after", f"{word}: {after}", Kind.INT
    )
