"""The five tables of the study for readers, made from its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from lientuc.core.formats import number
from lientuc.core.phrases import Phrase
from lientuc.documents.table import HIDDEN, Column, Interval, Kind, ReportTable, Row, Share, Value
from lientuc.web.say import current_language, label, phrase, say_now

from ..tables import Frame
from .cells import Cell, tables_of
from .groups import Group, Texts

TITLES: Mapping[str, Phrase] = {
    "T1": Phrase("Bảng 1. Đặc điểm người trả lời và học viên được phỏng vấn", "Table 1. Respondents and interviewed alumni"),
    "T2": Phrase("Bảng 2. Lãnh đạo được phỏng vấn", "Table 2. Interviewed leaders"),
    "T3": Phrase("Bảng 3. Tự đánh giá sự phát triển chuyên môn", "Table 3. Self-rated professional growth"),
    "T4": Phrase("Bảng 4. Kỹ thuật thực hiện, mong muốn và lý do chưa thực hiện", "Table 4. Techniques done, wanted, and why not yet done"),
    "T5": Phrase("Bảng 5. Tin tưởng của đồng nghiệp, người bệnh và chuyển tuyến", "Table 5. Trust of colleagues and patients, and referral"),
}  # fmt: skip
_FIVE = 5


def study_tables(groups: Sequence[Group], cells: Mapping[str, Cell], frame: Frame) -> list[ReportTable]:
    """Each table with its rows; agreement in five columns, everything else n (%) with the n of the question in its heading."""
    found = []
    for name, listed in tables_of(groups).items():
        agreement = [group for group in listed if group.agree is not None and len(group.categories) == _FIVE]
        others = [group for group in listed if group not in agreement]
        if others:
            found.append(_counts_table(name, others, cells, frame))
        if agreement:
            found.append(_agreement_table(name, agreement, cells, frame))
    return found


def title_of(name: str) -> str:
    """The title of a table; its own name where it is not one of the study's."""
    return phrase(TITLES[name]) if name in TITLES else say_now(f"Bảng {name}", f"Table {name}")


def said(texts: Texts) -> str:
    """A pair of texts in the active language."""
    return say_now(*texts)


def _counts_table(name: str, groups: Sequence[Group], cells: Mapping[str, Cell], frame: Frame) -> ReportTable:
    columns = (
        Column("row_id", say_now("Mã dòng", "Row id"), width=27),
        Column("item", say_now("Nội dung", "Content"), width=46),
        Column("n", "n", Kind.INT, width=10),
        Column("share", "%", Kind.PERCENT, width=20),
        Column("interval", say_now("KTC 95%", "95% CI"), Kind.INTERVAL, unit="%", width=18),
    )
    rows = [row for group in groups for row in _group_rows(group, cells)]
    return _table(name, columns, rows, frame, _gate_notes(groups, cells))


def _group_rows(group: Group, cells: Mapping[str, Cell]) -> Iterator[Row]:
    heading = cells[group.group_id]
    n = "*" if heading.hidden else heading.n
    part = f" ({label('surveys.InterviewRole', group.line.role)})" if group.line.role else ""
    title = f"{said(group.texts)}{part} (n = {n})"
    if group.summary is not None:
        yield (
            group.group_id,
            f"{title}: {_mean_in_words(heading)}",
            heading.n if not heading.hidden else HIDDEN,
            None,
            None,
        )
        return
    yield (group.group_id, title, None, None, None)
    for cell in _rows_below(group, cells):
        yield (cell.row_id, said(cell.texts), *_figures(cell))


def _rows_below(group: Group, cells: Mapping[str, Cell]) -> Iterable[Cell]:
    """The rows of a group; those about who answered only where they say something."""
    for row_id, cell in cells.items():
        owner, _, code = row_id.rpartition(".")
        if owner != group.group_id or row_id == group.group_id:
            continue
        if code in {"not_answered", "not_eligible"} and cell.n == 0:
            continue
        yield cell


def _figures(cell: Cell) -> tuple[Value, Value, Value]:
    if cell.hidden:
        return HIDDEN, HIDDEN, HIDDEN
    if cell.n is None or cell.denominator is None:
        return cell.n, None, None
    return cell.n, Share(cell.n, cell.denominator), _interval(cell)


def _interval(cell: Cell) -> Value:
    return None if cell.low is None or cell.high is None else Interval(cell.low, cell.high)


def _mean_in_words(cell: Cell) -> str:
    if cell.mean is None:
        return "*" if cell.hidden else "–"
    return f"{_number(cell.mean)} ± {_number(cell.sd)}"


def _number(value: Decimal | None) -> str:
    return "–" if value is None else number(value, places=1, language=current_language())


def _agreement_table(name: str, groups: Sequence[Group], cells: Mapping[str, Cell], frame: Frame) -> ReportTable:
    points = [Column(c.code, said(c.texts), Kind.PERCENT, width=15) for c in groups[0].categories]
    columns = (
        Column("row_id", say_now("Mã dòng", "Row id"), width=14),
        Column("item", say_now("Nội dung", "Content"), width=30),
        Column("n", "n", Kind.INT, width=9),
        *points,
        Column("agree", say_now("Đồng ý và rất đồng ý", "Agree or strongly agree"), Kind.PERCENT, width=15),
        Column("interval", say_now("KTC 95%", "95% CI"), Kind.INTERVAL, unit="%", width=12),
    )
    rows = [_agreement_row(group, cells) for group in groups]
    return _table(name, columns, rows, frame, ())


def _agreement_row(group: Group, cells: Mapping[str, Cell]) -> Row:
    heading, agree = cells[group.group_id], cells[f"{group.group_id}.agree"]
    points = (_figures(cells[f"{group.group_id}.{c.code}"])[1] for c in group.categories)
    n: Value = HIDDEN if heading.hidden else heading.n
    share, interval = _figures(agree)[1:]
    return (group.group_id, said(group.texts), n, *points, share, interval)


def _gate_notes(groups: Sequence[Group], cells: Mapping[str, Cell]) -> tuple[str, ...]:
    """What an imported file says of people whom a question did not concern: counted as it stands, and said."""
    notes = []
    for group in groups:
        wrongly = cells.get(f"{group.group_id}.not_eligible")
        if wrongly is None or not wrongly.n:
            continue
        text = say_now(
            "{group}: {n} người trả lời dù câu hỏi không dành cho họ; các số trên đếm theo tệp gốc.",
            "{group}: {n} people answered though the question did not concern them; the counts above are those of the file.",
        )
        notes.append(text.format(group=group.group_id, n=wrongly.n))
    return tuple(notes)


def _table(
    name: str, columns: Sequence[Column], rows: Sequence[Row], frame: Frame, notes: tuple[str, ...]
) -> ReportTable:
    frame = replace(frame, notes=(*frame.notes, *notes))
    return ReportTable(
        title=f"{title_of(name)} – {label('evaluation.Audience', frame.audience)}",
        columns=tuple(columns),
        rows=tuple(rows),
        notes=frame.notes,
        sources=frame.sources,
        simulated=frame.simulated,
    )
