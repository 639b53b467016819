"""Rules of planning: ceilings just below, at and above; days before, on and after; numbers and quarters as typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from lientuc.core.errors import Problem
from lientuc.planning.cells import cell_integer, cell_money, cell_quarters, unit_of_heading
from lientuc.planning.enums import NeedState, NormCode, PlanState
from lientuc.planning.rules import needs, plans
from lientuc.planning.rules.lines import CostItem, LineDraft, LineFacts, SourceFacts, line_notes, line_problems
from lientuc.planning.rules.money import RateDraft, rate_problems
from lientuc.planning.rules.plans import Amounts, SourceLoad, SubmitFacts

TOPIC: Any = SimpleNamespace(code="emergency.basic", pk=1)
LINE = LineDraft(title="Cấp cứu", topic=TOPIC, classes=2, persons=40, year=2027, requested_vnd=100_000_000)
FACTS = LineFacts(years=range(2027, 2028))
SOURCE = SourceFacts("Ngân sách", 100_000_000, 0, date(2027, 1, 1), date(2027, 12, 31))


def codes(problems: Iterable[Problem]) -> list[tuple[str, str | None]]:
    return [(problem.code.removeprefix("planning."), problem.field) for problem in problems]


def of(facts: LineFacts = FACTS, **changes: Any) -> list[tuple[str, str | None]]:
    return codes(line_problems(replace(LINE, **changes), facts))


def with_item(norm: NormCode, rate: int, **changes: Any) -> list[tuple[str, str | None]]:
    return of(items=(CostItem(norm, 1, rate),), **changes)


def test_sound_line_has_no_problems() -> None:
    assert of() == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"title": " "}, [("title_missing", "title")]),
        ({"topic": None}, [("topic_missing", "topic")]),
        ({"classes": 0}, [("classes_too_few", "classes")]),
        ({"persons": 0}, [("persons_too_few", "persons")]),
        ({"persons": 1}, [("fewer_persons_than_classes", "persons")]),
        ({"persons": 2}, []),
        ({"from_quarter": 3, "to_quarter": 2}, [("quarters_wrong", "quarters")]),
        ({"to_quarter": 5}, [("quarters_wrong", "quarters")]),
        ({"year": 2026}, [("year_outside_plan", "year")]),
        ({"year": 2028}, [("year_outside_plan", "year")]),
        ({"requested_vnd": 0}, [("money_missing", "money")]),
    ],
)
def test_line_says_what_is_missing(changes: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert of(**changes) == found


@pytest.mark.parametrize(("rate", "found"), [(299_999, []), (300_000, []), (300_001, [("over_ceiling", "items")])])
def test_verified_ceiling_is_binding(rate: int, found: list[tuple[str, str]]) -> None:
    assert with_item(NormCode.DAILY_ALLOWANCE, rate) == found
    assert with_item(NormCode.DAILY_ALLOWANCE, rate, reason="Được nhà tài trợ chấp thuận") == found


@pytest.mark.parametrize("rate", [3_999_999, 4_000_000])
def test_secondary_ceiling_lets_lower_rates_pass(rate: int) -> None:
    assert with_item(NormCode.LECTURER_HALF_DAY, rate) == []


def test_secondary_ceiling_is_passed_with_a_reason_only() -> None:
    assert with_item(NormCode.LECTURER_HALF_DAY, 4_000_001) == [("over_ceiling_needs_reason", "reason")]
    assert with_item(NormCode.LECTURER_HALF_DAY, 4_000_001, reason="Chuyên gia quốc tế") == []


def test_assistant_gets_at_most_half_of_the_lecturer() -> None:
    lecturer = CostItem(NormCode.LECTURER_HALF_DAY, 1, 1_000_000)
    assert of(items=(lecturer, CostItem(NormCode.ASSISTANT_HALF_DAY, 1, 500_000))) == []
    over = of(items=(lecturer, CostItem(NormCode.ASSISTANT_HALF_DAY, 1, 500_001)))
    assert over == [("over_ceiling_needs_reason", "reason")]


@pytest.mark.parametrize(("rate", "found"), [(250_000, []), (250_001, [("over_ceiling_needs_reason", "reason")])])
def test_local_rate_below_the_ceiling_asks_for_a_reason(rate: int, found: list[tuple[str, str]]) -> None:
    facts = replace(FACTS, rates={"daily_allowance": 250_000})
    assert of(facts, items=(CostItem(NormCode.DAILY_ALLOWANCE, 1, rate),)) == found


def test_unknown_ceiling_is_noted_and_no_obstacle() -> None:
    draft = replace(LINE, items=(CostItem(NormCode.ROOM_OTHER, 1, 9_000_000),), source=SimpleNamespace(pk=1))
    assert codes(line_problems(draft, FACTS)) == []
    assert codes(line_notes(draft, FACTS)) == [("ceiling_unknown", "items")]


def test_items_make_the_money_of_all_classes() -> None:
    draft = replace(LINE, items=(CostItem(NormCode.OTHER, 3, 1_000_000), CostItem(NormCode.OTHER, 1, 500_000)))
    assert (draft.unit_vnd, draft.total_vnd) == (3_500_000, 7_000_000)


@pytest.mark.parametrize(("used", "found"), [(-1, []), (0, []), (1, [("source_ceiling", "money")])])
def test_source_ceiling_counts_what_other_lines_take(used: int, found: list[tuple[str, str]]) -> None:
    source = replace(SOURCE, ceiling_vnd=150_000_000, used_vnd=50_000_000 + used)
    assert of(replace(FACTS, source=source)) == found


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2027, 1, 1), date(2027, 12, 31), []),
        (date(2027, 10, 1), None, []),
        (date(2027, 10, 2), None, [("source_other_period", "source")]),
        (date(2026, 1, 1), date(2027, 1, 1), []),
        (date(2026, 1, 1), date(2026, 12, 31), [("source_other_period", "source")]),
    ],
)
def test_source_must_be_in_force_when_the_line_is(first: date, last: date | None, found: list[Any]) -> None:
    assert of(replace(FACTS, source=replace(SOURCE, from_on=first, to_on=last))) == found


def test_source_of_other_topics_does_not_pay() -> None:
    assert of(replace(FACTS, source=replace(SOURCE, topics=("nursing",)))) == [("source_not_for_topic", "source")]


def test_money_from_two_sources_needs_a_reason() -> None:
    facts = replace(FACTS, paid_twice=("Dự án A",))
    assert of(facts) == [("double_funding", "source")]
    assert of(facts, reason="Chia theo hạng mục") == []


@pytest.mark.parametrize("state", list(PlanState))
def test_only_draft_and_returned_plans_change(state: PlanState) -> None:
    found = codes(plans.why_not_edit(state))
    assert found == ([] if state in {PlanState.DRAFT, PlanState.RETURNED} else [("plan_not_editable", None)])


def test_submitting_asks_for_lines_sources_and_ceilings() -> None:
    load = SourceLoad("Ngân sách", 100, 101)
    assert codes(plans.why_not_submit(PlanState.DRAFT, SubmitFacts(0, 0, ()))) == [("no_lines", None)]
    assert codes(plans.why_not_submit(PlanState.DRAFT, SubmitFacts(2, 1, (load,)))) == [
        ("lines_without_source", None),
        ("source_ceiling", None),
    ]
    assert codes(plans.why_not_submit(PlanState.RETURNED, SubmitFacts(2, 0, (replace(load, used_vnd=100),)))) == []
    assert codes(plans.why_not_submit(PlanState.APPROVED, SubmitFacts(1, 0, ()))) == [("plan_wrong_state", None)]


def test_whoever_submitted_does_not_approve() -> None:
    on = date(2026, 11, 22)
    asked = {"decided_on": on, "on": on}
    assert codes(plans.why_not_approve(PlanState.SUBMITTED, submitted_by="a", by="a", **asked)) == [
        ("same_person", None)
    ]
    assert codes(plans.why_not_approve(PlanState.SUBMITTED, submitted_by="a", by="b", **asked)) == []


def test_every_state_of_a_plan_has_an_owner_and_every_move_an_end() -> None:
    assert set(plans.OWNERS) == set(plans.TRANSITIONS) == set(PlanState)
    assert set(needs.TRANSITIONS) == set(NeedState)


def test_money_goes_out_of_approved_plans_only() -> None:
    amounts = {"x": Amounts(1, None, -1)}
    assert codes(plans.why_not_spend(PlanState.DRAFT, {})) == [("plan_not_approved", None)]
    assert codes(plans.why_not_spend(PlanState.APPROVED, amounts)) == [("money_negative", None)]


@pytest.mark.parametrize(("amount", "found"), [(300_000, []), (300_001, [("rate_over_ceiling", "amount_vnd")])])
def test_local_rate_stays_under_the_national_ceiling(amount: int, found: list[Any]) -> None:
    unit: Any = SimpleNamespace()
    draft = RateDraft(unit, NormCode.DAILY_ALLOWANCE, amount, "1/NQ-HĐND", date(2027, 1, 1))
    assert codes(rate_problems(draft, twice=False)) == found


@pytest.mark.parametrize(
    ("cell", "vnd"),
    [
        ("1.250.000", 1_250_000),
        ("1,250,000 đ", 1_250_000),
        ("1 250 000 đồng", 1_250_000),
        ("1250000", 1_250_000),
        (1_250_000.0, 1_250_000),
        ("12,5 triệu", 12_500_000),
        ("1,2 tỷ", 1_200_000_000),
        ("", None),
        (None, None),
        ("0,5", "number_unread"),
        ("khoảng 5 triệu", "number_unread"),
        ("1.25.000", "number_unread"),
    ],
)
def test_money_is_read_as_offices_write_it(cell: Any, vnd: Any) -> None:
    found = cell_money(cell)
    assert (found.code.removeprefix("planning.") if isinstance(found, Problem) else found) == vnd


@pytest.mark.parametrize(
    ("heading", "cell", "vnd"),
    [("Kinh phí (triệu đồng)", "85,5", 85_500_000), ("Kinh phí (nghìn đồng)", "1.250", 1_250_000), ("Kinh phí", 5, 5)],
)
def test_unit_of_the_heading_counts(heading: str, cell: Any, vnd: int) -> None:
    assert cell_money(cell, unit_of_heading(heading)) == vnd


@pytest.mark.parametrize(("cell", "found"), [("1.250", 1250), (40.0, 40), ("", None), ("40 người", "x"), (2.5, "x")])
def test_whole_numbers(cell: Any, found: Any) -> None:
    read = cell_integer(cell, "persons")
    assert ("x" if isinstance(read, Problem) else read) == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Quý I", (1, 1)),
        ("Quý II-III", (2, 3)),
        ("quý 1 - quý 2", (1, 2)),
        ("I, IV", (1, 4)),
        ("Q3", (3, 3)),
        (2, (2, 2)),
        ("Tháng 3", (1, 1)),
        ("Tháng 4-9", (2, 3)),
        ("T10/2027", (4, 4)),
        ("Cả năm", (1, 4)),
        ("", None),
        ("Quý V", "x"),
        ("Tháng 13", "x"),
        ("khi có kinh phí", "x"),
    ],
)
def test_quarters_are_read_as_offices_write_them(cell: Any, found: Any) -> None:
    read = cell_quarters(cell)
    assert ("x" if isinstance(read, Problem) else read) == found
