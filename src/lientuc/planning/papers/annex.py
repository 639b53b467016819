"""The lines of a plan as tables: the annex, why each line is there, money by source, the estimate by cost item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lientuc.core.clock import today
from lientuc.core.phrases import Phrase
from lientuc.documents.table import Column, Kind, ReportTable, Row
from lientuc.law import Certainty

from ..enums import NormCode, PlanKind
from ..models import PlanLine
from ..phrases import LABELS
from ..queries.plans import Totals, totals_of
from ..reasons import in_words, why
from ..rules.lines import CostItem, decision_of, first_day
from ..writing import items_of
from .frame import Facts, money_in_words, quarters

Spec = tuple[str, Phrase, Kind, int]
LINES: tuple[Spec, ...] = (
    ("place", Phrase("TT", "No."), Kind.INT, 5),
    ("title", Phrase("Nội dung", "Content"), Kind.TEXT, 40),
    ("topic", Phrase("Chủ đề", "Topic"), Kind.TEXT, 24),
    ("audience", Phrase("Đối tượng", "Audience"), Kind.TEXT, 24),
    ("provider", Phrase("Đơn vị thực hiện", "Performed by"), Kind.TEXT, 26),
    ("year", Phrase("Năm", "Year"), Kind.TEXT, 7),
    ("quarters", Phrase("Thời gian (quý)", "Quarter"), Kind.TEXT, 13),
    ("classes", Phrase("Số lớp", "Classes"), Kind.INT, 8),
    ("persons", Phrase("Số người", "Persons"), Kind.INT, 10),
    ("requested", Phrase("Kinh phí đề nghị", "Requested"), Kind.MONEY, 22),
    ("appraised", Phrase("Thẩm định", "Appraised"), Kind.MONEY, 22),
    ("allotted", Phrase("Được giao", "Allotted"), Kind.MONEY, 22),
    ("spent", Phrase("Đã chi", "Spent"), Kind.MONEY, 22),
    ("settled", Phrase("Quyết toán", "Settled"), Kind.MONEY, 22),
    ("source", Phrase("Nguồn kinh phí", "Source"), Kind.TEXT, 26),
    ("integrated", Phrase("Lồng ghép với", "Integrated with"), Kind.TEXT, 24),
    ("reason", Phrase("Lý do", "Reason"), Kind.TEXT, 30),
    ("note", Phrase("Ghi chú", "Note"), Kind.TEXT, 24),
)
SHORT = (
    "place",
    "title",
    "audience",
    "provider",
    "quarters",
    "classes",
    "persons",
    "requested",
    "source",
    "integrated",
)
WHY: tuple[Spec, ...] = (
    ("place", Phrase("TT", "No."), Kind.INT, 5),
    ("title", Phrase("Nội dung", "Content"), Kind.TEXT, 40),
    ("why", Phrase("Nhu cầu và lý do ưu tiên", "Needs behind it and why it comes first"), Kind.TEXT, 80),
)
SOURCES: tuple[Spec, ...] = (
    ("source", Phrase("Nguồn kinh phí", "Source"), Kind.TEXT, 40),
    ("lines", Phrase("Số dòng", "Lines"), Kind.INT, 9),
    ("persons", Phrase("Số người", "Persons"), Kind.INT, 10),
    ("requested", Phrase("Kinh phí đề nghị", "Requested"), Kind.MONEY, 22),
)
ESTIMATE: tuple[Spec, ...] = (
    ("place", Phrase("TT", "No."), Kind.TEXT, 5),
    ("item", Phrase("Nội dung, khoản chi", "Line, cost item"), Kind.TEXT, 44),
    ("classes", Phrase("Số lớp", "Classes"), Kind.INT, 8),
    ("quantity", Phrase("Số lượng một lớp", "Quantity a class"), Kind.INT, 9),
    ("rate", Phrase("Mức chi", "Rate"), Kind.MONEY, 14),
    ("ceiling", Phrase("Mức tối đa", "Ceiling"), Kind.MONEY, 14),
    ("amount", Phrase("Thành tiền", "Amount"), Kind.MONEY, 22),
    ("grounds", Phrase("Căn cứ, lý do", "Grounds, reason"), Kind.TEXT, 40),
)
TOTAL = Phrase("Tổng cộng", "Total")


def annex(facts: Facts, language: str, *, short: bool = False) -> ReportTable:
    """The lines as a table with totals; `short` has the columns that fit a landscape page."""
    several_years = facts.plan.kind == PlanKind.FIVE_YEAR
    wanted = [spec for spec in LINES if (spec[0] in SHORT or not short) and (spec[0] != "year" or several_years)]
    if short and several_years:
        wanted = [spec for spec in LINES if spec[0] in SHORT or spec[0] == "year"]
    keys = [spec[0] for spec in wanted]
    values = (_values(place, line, language) for place, line in enumerate(facts.lines, start=1))
    return ReportTable(
        title=facts.plan.title,
        columns=_columns(wanted, language),
        rows=[[row[key] for key in keys] for row in values],
        footer=[_sums(facts.totals, language).get(key) for key in keys],
        notes=(money_in_words(facts.totals, language),),
        as_of=today(),
        simulated=facts.simulated,
    )


def _columns(specs: Sequence[Spec], language: str) -> tuple[Column, ...]:
    return tuple(
        Column(key, label.in_language(language), kind, unit="đồng" if kind is Kind.MONEY else "", width=width)
        for key, label, kind, width in specs
    )


def _values(place: int, line: PlanLine, language: str) -> dict[str, str | int | None]:
    return {
        "place": place,
        "title": line.title,
        "topic": line.topic.name_en if language == "en" else line.topic.name_vi,
        "audience": line.audience,
        "provider": line.provider.organisation.name if line.provider else line.performer,
        "year": str(line.year),
        "quarters": quarters(line),
        "classes": line.classes,
        "persons": line.persons,
        "requested": line.requested_vnd,
        "appraised": line.appraised_vnd,
        "allotted": line.allotted_vnd,
        "spent": line.spent_vnd,
        "settled": line.settled_vnd,
        "source": line.source.name if line.source else "",
        "integrated": line.integrated_with,
        "reason": line.reason,
        "note": line.note,
    }


def _sums(totals: Totals, language: str) -> dict[str, str | int | None]:
    return {
        "title": TOTAL.in_language(language),
        "classes": totals.classes,
        "persons": totals.persons,
        "requested": totals.requested_vnd,
        "appraised": totals.appraised_vnd,
        "allotted": totals.allotted_vnd,
        "spent": totals.spent_vnd,
        "settled": totals.settled_vnd,
    }


def reasons_table(facts: Facts, language: str) -> ReportTable:
    """Why each line is there, in plain words."""
    found = why(facts.lines)
    rows: list[Row] = [
        [place, line.title, in_words(found[line.pk], language)] for place, line in enumerate(facts.lines, start=1)
    ]
    title = Phrase("Giải trình ưu tiên từng dòng", "Why each line is there").in_language(language)
    return ReportTable(title, _columns(WHY, language), rows, as_of=today(), simulated=facts.simulated)


def sources_table(facts: Facts, language: str) -> ReportTable:
    """The money by source."""
    groups: dict[str, list[PlanLine]] = {}
    nameless = Phrase("Chưa xác định nguồn", "No source yet").in_language(language)
    for line in facts.lines:
        groups.setdefault(line.source.name if line.source else nameless, []).append(line)
    rows: list[Row] = []
    for name, lines in groups.items():
        sums = totals_of(lines)
        rows.append([name, sums.lines, sums.persons, sums.requested_vnd])
    footer: Row = [TOTAL.in_language(language), facts.totals.lines, facts.totals.persons, facts.totals.requested_vnd]
    title = Phrase("Kinh phí theo nguồn", "Money by source").in_language(language)
    notes = (money_in_words(facts.totals, language),)
    return ReportTable(
        title, _columns(SOURCES, language), rows, notes, footer=footer, as_of=today(), simulated=facts.simulated
    )


def estimate_table(facts: Facts, language: str) -> ReportTable:
    """The estimate: each line with its cost items, their ceilings and where these are written."""
    rows = [row for place, line in enumerate(facts.lines, start=1) for row in _estimate(place, line, language)]
    footer: Row = [
        "",
        TOTAL.in_language(language),
        facts.totals.classes,
        None,
        None,
        None,
        facts.totals.requested_vnd,
        "",
    ]
    title = Phrase("Thuyết minh dự toán theo định mức", "Estimate by norms").in_language(language)
    notes = (money_in_words(facts.totals, language),)
    return ReportTable(
        title, _columns(ESTIMATE, language), rows, notes, footer=footer, as_of=today(), simulated=facts.simulated
    )


def _estimate(place: int, line: PlanLine, language: str) -> Iterator[list[Any]]:
    yield [str(place), line.title, line.classes, None, None, None, line.requested_vnd, line.reason]
    items = items_of(line)
    for item in items:
        name = LABELS[NormCode][item.norm].in_language(language)
        ceiling, grounds = _ceiling(item, items, line, language)
        amount = line.classes * item.vnd
        text = f"– {name}" + (f": {item.text}" if item.text else "")
        yield ["", text, line.classes, item.quantity, item.rate_vnd, ceiling, amount, grounds]


def _ceiling(item: CostItem, items: Sequence[CostItem], line: PlanLine, language: str) -> tuple[int | None, str]:
    decision = decision_of(item, items, first_day(line.year, line.from_quarter))
    if decision is None:
        return None, ""
    said = decision.citation.en if language == "en" else decision.citation.vi
    if decision.certainty is not Certainty.VERIFIED:
        said += " " + Phrase("(chưa đối chiếu văn bản gốc)", "(the text itself was not read)").in_language(language)
    return decision.ceiling_vnd, said
