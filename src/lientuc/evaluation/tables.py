"""Results as tables for readers, and as one long table for programs; the same numbers in both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from lientuc.analytics.charts import Heading, LikertRow, Svg, likert_chart
from lientuc.analytics.disclosure import Audience, Cell
from lientuc.analytics.statistics import Frequencies, LikertSummary, MultipleChoice, Summary
from lientuc.documents.table import HIDDEN, Column, Interval, Kind, ReportTable, Row, Share, Value
from lientuc.surveys.showing import text_of
from lientuc.surveys.specs import ChoiceSpec
from lientuc.web.say import current_language, label, say_now

from .enums import Level
from .hiding import Shown
from .results import ItemResult

POINTS = 5


@dataclass(frozen=True)
class LevelPart:
    """The tables of one level of Kirkpatrick, and the picture of its agreement items."""

    level: str
    tables: tuple[ReportTable, ...]
    chart: Svg | None


@dataclass(frozen=True)
class Frame:
    """What stands under every table: who may read it, how it was asked, whether the data are invented."""

    audience: Audience
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    simulated: bool


def parts(items: Sequence[Shown], frame: Frame) -> list[LevelPart]:
    """The tables of a wave, level by level; a level without items is left out."""
    found = []
    for level in [*Level, ""]:
        here = [one for one in items if one.result.item.level == level]
        tables = [make(here, frame) for make in _TABLES if any(map(_KINDS[make], here))]
        if tables:
            found.append(LevelPart(str(level), tuple(tables), likert_picture(here, str(level))))
    return found


# --- one table for each kind of item ------------------------------------------------------------------------------


def measures_table(items: Sequence[Shown], frame: Frame) -> ReportTable:
    """Numbers: mean ± SD, median, quartiles, range, over those who answered."""
    columns = (
        _item_column(),
        Column("n", say_now("Số trả lời (n)", "Answered (n)"), Kind.INT),
        Column("missing", say_now("Không trả lời", "Not answered"), Kind.INT),
        Column("mean", say_now("Trung bình", "Mean"), Kind.NUMBER),
        Column("sd", say_now("Độ lệch chuẩn", "SD"), Kind.NUMBER),
        Column("median", say_now("Trung vị", "Median"), Kind.NUMBER),
        Column("quartiles", say_now("Khoảng tứ phân vị", "Interquartile range"), Kind.INTERVAL),
        Column("range", say_now("Nhỏ nhất – lớn nhất", "Least – greatest"), Kind.INTERVAL),
    )
    return _table(say_now("Số đo", "Measures"), columns, map(_measure_row, _of_kind(items, is_measure)), frame)


def _measure_row(one: Shown) -> Row:
    figures = one.result.figures
    assert isinstance(figures, Summary)
    if one.withheld:
        return (_name(one), *[HIDDEN] * 7)
    quartiles = _interval(figures.lower_quartile, figures.upper_quartile)
    ends = _interval(figures.minimum, figures.maximum) if one.part_of_whole else HIDDEN
    return (_name(one), figures.answered, figures.missing, figures.mean, figures.sd, figures.median, quartiles, ends)


def categories_table(items: Sequence[Shown], frame: Frame) -> ReportTable:
    """Single choice: n (%) over those who answered, that n in the item's heading, then who did not answer."""
    columns = (_item_column(), _answer_column(), Column("n", "n", Kind.INT), Column("share", "%", Kind.PERCENT))
    rows = [row for one in _of_kind(items, is_category) for row in _under_heading(one, _category_rows(one))]
    return _table(say_now("Câu chọn một", "Single choice"), columns, rows, frame)


def _category_rows(one: Shown) -> Iterable[Row]:
    for choice, cell in _choices(one):
        yield (text_of(choice), _cell(cell), _share(cell, one.answered))
    yield (say_now("Không trả lời", "Not answered"), _cell(one.missing), None)


def _choices(one: Shown) -> Iterable[tuple[ChoiceSpec, Cell]]:
    """Choices with their counts; none where nobody answered."""
    cells = one.cells or (None,) * len(one.result.item.choices)
    return () if one.answered == 0 else zip(one.result.item.choices, cells, strict=True)


def _under_heading(one: Shown, rows: Iterable[Row]) -> Iterable[Row]:
    """The item with its n before its first row only."""
    heading = _heading(one)
    for row in rows:
        yield (heading, *row)
        heading = ""


def agreement_table(items: Sequence[Shown], frame: Frame) -> ReportTable:
    """Five-point items: five columns n (%), the agree share with its Wilson interval, the median; no mean."""
    chosen = list(_of_kind(items, is_agreement))
    points = [Column(f"p{n}", text_of(c), Kind.PERCENT) for n, c in enumerate(chosen[0].result.item.choices, start=1)]
    columns = (
        _item_column(),
        Column("n", "n", Kind.INT),
        *points,
        Column("agree", say_now("Đồng ý và rất đồng ý", "Agree or strongly agree"), Kind.PERCENT),
        Column("interval", say_now("Khoảng tin cậy 95% (Wilson)", "95% interval (Wilson)"), Kind.INTERVAL, unit="%"),
        Column("median", say_now("Trung vị", "Median"), Kind.NUMBER),
        Column("missing", say_now("Không trả lời", "Not answered"), Kind.INT),
    )
    title = say_now("Thang đồng ý 5 mức", "Five-point agreement")
    method = say_now("Khoảng tin cậy 95% theo Wilson.", "95% intervals are Wilson’s.")
    return _table(title, columns, map(_agreement_row, chosen), replace(frame, notes=(*frame.notes, method)))


def _agreement_row(one: Shown) -> Row:
    figures = one.result.figures
    assert isinstance(figures, LikertSummary)
    cells = one.cells or (None,) * POINTS
    agree: Value = Share(figures.agree.count, figures.agree.of) if one.agree else HIDDEN
    interval = _interval(figures.agree.low, figures.agree.high) if one.agree else HIDDEN
    shares = (_share(cell, one.answered) for cell in cells)
    median = figures.median if one.part_of_whole else HIDDEN
    return (_name(one), _cell(one.answered), *shares, agree, interval, median, _cell(one.missing))


def several_table(items: Sequence[Shown], frame: Frame) -> ReportTable:
    """Several choices: each by respondents (who ticked anything) and by responses (all ticks)."""
    columns = (
        _item_column(),
        _answer_column(),
        Column("n", "n", Kind.INT),
        Column("respondents", say_now("% người trả lời", "% of respondents"), Kind.PERCENT),
        Column("responses", say_now("% lượt chọn", "% of responses"), Kind.PERCENT),
    )
    rows = [row for one in _of_kind(items, is_several) for row in _under_heading(one, _several_rows(one))]
    return _table(say_now("Câu chọn nhiều", "Several choices"), columns, rows, frame)


def _several_rows(one: Shown) -> Iterable[Row]:
    figures = one.result.figures
    assert isinstance(figures, MultipleChoice)
    for choice, cell in _choices(one):
        of_all = _share(cell, figures.responses) if one.part_of_whole else HIDDEN
        yield (text_of(choice), _cell(cell), _share(cell, one.answered), of_all)
    yield (say_now("Không trả lời", "Not answered"), _cell(one.missing), None, None)


def gates_table(items: Sequence[Shown], frame: Frame) -> ReportTable:
    """Items that concern only some: who was to answer, who did, and who did though it does not concern them."""
    columns = (
        _item_column(),
        Column("eligible", say_now("Thuộc diện trả lời", "Eligible"), Kind.INT),
        Column("answered", say_now("Đã trả lời", "Answered"), Kind.PERCENT),
        Column("missing", say_now("Không trả lời", "Not answered"), Kind.INT),
        Column("wrongly", say_now("Trả lời dù không thuộc diện", "Answered though not eligible"), Kind.INT),
        Column("unknown", say_now("Chưa rõ diện", "Eligibility unknown"), Kind.INT),
    )
    return _table(say_now("Câu có điều kiện", "Gated items"), columns, map(_gate_row, _of_kind(items, is_gated)), frame)


def _gate_row(one: Shown) -> Row:
    gate = one.result.gate
    assert gate is not None
    if one.withheld or one.answered is None or one.concerned is None:
        return (_name(one), *[HIDDEN] * 5)
    answered = Share(gate.answered, gate.eligible) if one.wrongly is not None else HIDDEN
    return (_name(one), one.concerned, answered, gate.missing, _cell(one.wrongly), gate.gate_unknown)


def is_measure(one: Shown) -> bool:
    """A number."""
    return isinstance(one.result.figures, Summary)


def is_category(one: Shown) -> bool:
    """One of several categories."""
    return isinstance(one.result.figures, Frequencies)


def is_agreement(one: Shown) -> bool:
    """Five points of agreement."""
    return isinstance(one.result.figures, LikertSummary)


def is_several(one: Shown) -> bool:
    """Several choices at once."""
    return isinstance(one.result.figures, MultipleChoice)


def is_gated(one: Shown) -> bool:
    """It concerns only some."""
    return one.result.gate is not None


_TABLES: tuple[Callable[[Sequence[Shown], Frame], ReportTable], ...] = (
    measures_table,
    categories_table,
    agreement_table,
    several_table,
    gates_table,
)
_KINDS: dict[Callable[[Sequence[Shown], Frame], ReportTable], Callable[[Shown], bool]] = {
    measures_table: is_measure,
    categories_table: is_category,
    agreement_table: is_agreement,
    several_table: is_several,
    gates_table: is_gated,
}


# --- the picture --------------------------------------------------------------------------------------------------


def likert_picture(items: Sequence[Shown], level: str) -> Svg | None:
    """Diverging bars of the agreement items of a level; the table with the same numbers stands beside it."""
    chosen = list(_of_kind(items, is_agreement))
    if not chosen:
        return None
    title = say_now("Tỷ lệ đồng ý theo câu hỏi", "Agreement by question")
    text = say_now(
        "Bên trái: không đồng ý; bên phải: đồng ý; ngoài cùng bên phải: phân vân. Số liệu nằm trong bảng.",
        "Left: disagree; right: agree; far right: undecided. The figures stand in the table.",
    )
    one, two, three, four, five = (text_of(choice) for choice in chosen[0].result.item.choices)
    rows = [LikertRow(_name(shown), _five(shown), say_now("ẩn số nhỏ", "small numbers hidden")) for shown in chosen]
    heading = Heading(f"agreement-{level or 'other'}", title, text)
    return likert_chart(heading, rows, (one, two, three, four, five), language=current_language())


def _five(one: Shown) -> tuple[int, int, int, int, int] | None:
    shown = [cell for cell in one.cells if cell is not None]
    if len(shown) != POINTS:
        return None
    a, b, c, d, e = shown
    return a, b, c, d, e


# --- the long table -----------------------------------------------------------------------------------------------


def long_table(items: Sequence[Shown], frame: Frame) -> ReportTable:
    """Every count as a row of its own with a stable row id (`T1.sex.male`), its denominator and its interval."""
    columns = (
        Column("row_id", say_now("Mã dòng", "Row id")),
        Column("level", say_now("Mức", "Level")),
        Column("item", say_now("Câu hỏi", "Question")),
        Column("answer", say_now("Câu trả lời", "Answer")),
        Column("share", "%", Kind.PERCENT),
    )
    rows = [row for one in items for row in _long_rows(one)]
    return _table(say_now("Mọi số liệu", "All figures"), columns, rows, frame)


def _long_rows(one: Shown) -> Iterable[Row]:
    group, item = one.result.row_group, one.result.item
    cells = one.cells or ((None,) * len(item.choices) if one.withheld else ())
    for choice, cell in zip(item.choices, cells, strict=False):
        yield (f"{group}.{choice.value}", item.level, _name(one), text_of(choice), _share(cell, one.answered))
    if isinstance(one.result.figures, LikertSummary):
        agree = one.result.figures.agree
        share: Value = Share(agree.count, agree.of) if one.agree else HIDDEN
        yield (f"{group}.agree", item.level, _name(one), say_now("Đồng ý và rất đồng ý", "Agree or more"), share)
    asked = None if one.answered is None or one.missing is None else one.answered + one.missing
    name = say_now("Có trả lời", "Answered")
    yield (f"{group}.answered", item.level, _name(one), name, _share(one.answered, asked))


# --- words and cells ----------------------------------------------------------------------------------------------


def _of_kind(items: Sequence[Shown], kind: Callable[[Shown], bool]) -> Iterable[Shown]:
    return (one for one in items if kind(one))


def _table(title: str, columns: Sequence[Column], rows: Iterable[Row], frame: Frame) -> ReportTable:
    return ReportTable(
        title=f"{title} – {label('evaluation.Audience', frame.audience)}",
        columns=tuple(columns),
        rows=tuple(rows),
        notes=frame.notes,
        sources=frame.sources,
        simulated=frame.simulated,
    )


def _item_column() -> Column:
    return Column("item", say_now("Câu hỏi", "Question"), width=48)


def _answer_column() -> Column:
    return Column("answer", say_now("Câu trả lời", "Answer"), width=32)


def _name(one: Shown) -> str:
    result: ItemResult = one.result
    return f"{result.label}: {text_of(result.item)}" if result.label else text_of(result.item)


def _heading(one: Shown) -> str:
    n = "*" if one.answered is None else one.answered
    return f"{_name(one)} (n = {n})"


def _cell(cell: Cell) -> Value:
    return HIDDEN if cell is None else cell


def _share(cell: Cell, of: Cell) -> Value:
    return HIDDEN if cell is None or of is None else Share(cell, of)


def _interval(low: object, high: object) -> Value:
    return Interval(low, high) if low is not None and high is not None else None  # type: ignore[arg-type]
