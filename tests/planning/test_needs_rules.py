"""Rules of needs: acceptance, priority as a product, what is one need, how far one is; calls; conditions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from lientuc.core.errors import Problem
from lientuc.curricula.enums import GroundKind
from lientuc.planning.enums import AnswerState, CallState, ConditionKind, ConditionState, Factor, NeedState
from lientuc.planning.policy import policy
from lientuc.planning.rules import calls, needs
from lientuc.planning.rules.calls import CallDraft
from lientuc.planning.rules.needs import (
    IN_HAND,
    ConditionDraft,
    NeedDraft,
    PriorityFacts,
    Stage,
    Times,
    priority_of,
    product_of,
)

ON = date(2026, 11, 22)
TOPIC: Any = SimpleNamespace(code="emergency.basic", pk=1)


def codes(problems: Iterable[Problem]) -> list[tuple[str, str | None]]:
    return [(problem.code.removeprefix("planning."), problem.field) for problem in problems]


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        (date(2027, 5, 24), [120]),
        (date(2027, 5, 25), [110]),
        (date(2027, 11, 23), [110]),
        (date(2027, 11, 24), []),
        (date(2026, 1, 1), [120]),
    ],
)
def test_deadline_raises_priority(day: date, percent: list[int]) -> None:
    facts = PriorityFacts(GroundKind.REQUEST, "none", day)
    found = priority_of(facts, policy().priority, ON)
    assert [part.percent for part in found if part.factor is Factor.DEADLINE] == percent


def test_priority_names_its_factors() -> None:
    facts = PriorityFacts(GroundKind.TECHNIQUE_GAP, "initial", None, area="III", border=True)
    assert priority_of(facts, policy().priority, ON) == (
        Times(Factor.KIND, "technique_gap", 125),
        Times(Factor.AREA, "III", 130),
        Times(Factor.BORDER, "yes", 110),
        Times(Factor.LEVEL, "initial", 120),
    )


@pytest.mark.parametrize(
    ("percents", "product"), [((), 100), ((130,), 130), ((125, 130, 110, 120), 215), ((105, 110), 116), ((50, 99), 50)]
)
def test_priority_is_the_product_rounded_half_up_once(percents: tuple[int, ...], product: int) -> None:
    assert product_of(Times(Factor.KIND, "", percent) for percent in percents) == product


def test_request_says_topic_persons_text_and_a_day_to_come() -> None:
    unit: Any = SimpleNamespace()
    empty = NeedDraft(unit, None, 0, date(2026, 11, 21))
    assert codes(needs.need_problems(empty, ON)) == [
        ("topic_missing", "topic"),
        ("persons_too_few", "persons"),
        ("deadline_past", "deadline_on"),
        ("text_missing", "text"),
    ]
    assert codes(needs.need_problems(NeedDraft(unit, TOPIC, 1, ON, text="x"), ON)) == []


@pytest.mark.parametrize("state", list(NeedState))
def test_only_a_raised_need_is_accepted(state: NeedState) -> None:
    found = codes(needs.why_not_accept(state, has_topic=True, persons=1))
    assert found == ([] if state is NeedState.RAISED else [("need_wrong_state", None)])


@pytest.mark.parametrize("state", list(NeedState))
def test_only_needs_in_hand_are_carried_on_and_only_with_a_reason(state: NeedState) -> None:
    wrong = [] if state in IN_HAND else [("need_wrong_state", None)]
    assert codes(needs.why_not_carry(state, "hết kinh phí")) == wrong
    assert codes(needs.why_not_carry(state, " ")) == [*wrong, ("reason_missing", "reason")]


@pytest.mark.parametrize(
    ("stage", "state"),
    [
        (Stage(), NeedState.PLANNED),
        (Stage(opened=True), NeedState.OPENED),
        (Stage(opened=True, trained=3, certified=3), NeedState.OPENED),
        (Stage(opened=True, trained=4), NeedState.TRAINED),
        (Stage(opened=True, trained=4, certified=3), NeedState.TRAINED),
        (Stage(opened=True, trained=4, certified=4), NeedState.MET),
        (Stage(opened=True, trained=5, certified=4), NeedState.MET),
    ],
)
def test_need_of_four_persons_follows_its_classes(stage: Stage, state: NeedState) -> None:
    assert [needs.state_after(before, 4, stage) for before in sorted(IN_HAND)] == [state] * 3


@pytest.mark.parametrize("state", sorted(set(NeedState) - IN_HAND))
def test_classes_do_not_move_a_need_that_is_not_in_hand(state: NeedState) -> None:
    assert needs.state_after(state, 1, Stage(opened=True, trained=9, certified=9)) == state


def need(pk: int, *, unit: int = 1, topic: int | None = 1, family: str = "", **fields: Any) -> Any:
    values: dict[str, Any] = dict(state=NeedState.RAISED, priority=100, persons=2, kept_apart=False)
    return SimpleNamespace(pk=pk, organisation_id=unit, topic_id=topic, family=family, **(values | fields))


def test_needs_of_one_unit_and_topic_are_one_and_the_accepted_one_speaks() -> None:
    rows = [
        need(1),
        need(2, priority=200),
        need(3, state=NeedState.ACCEPTED, priority=50),
        need(4, unit=2),
        need(5, topic=2),
        need(6, kept_apart=True),
        need(7, state=NeedState.PLANNED),
        need(8, topic=None),
        need(9, topic=None, family="nursing"),
        need(10, topic=None, family="nursing"),
    ]
    found = [(first.pk, [other.pk for other in others]) for first, others in needs.same_needs(rows)]
    assert found == [(3, [2, 1]), (9, [10])]


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (need(2), []),
        (need(1), ["merge_other_need"]),
        (need(2, unit=2), ["merge_other_need"]),
        (need(2, topic=2), ["merge_other_need"]),
        (need(2, state=NeedState.PLANNED), ["need_wrong_state"]),
        (need(2, state=NeedState.MET), ["need_wrong_state"]),
    ],
)
def test_only_the_same_need_before_planning_is_merged(other: Any, found: list[str]) -> None:
    assert [code for code, _ in codes(needs.why_not_merge(need(1), other))] == found


@pytest.mark.parametrize(
    ("ready_on", "found"),
    [
        (None, [("ready_on_missing", "equipment_ready_on")]),
        (date(2026, 11, 21), [("ready_on_past", "equipment_ready_on")]),
        (date(2026, 11, 22), []),
        (date(2026, 11, 23), []),
    ],
)
def test_planned_condition_says_from_when(ready_on: date | None, found: list[Any]) -> None:
    draft = ConditionDraft(ConditionKind.EQUIPMENT, ConditionState.PLANNED, ready_on)
    assert codes(needs.condition_problems([draft], ON)) == found


def test_call_needs_title_units_and_a_day_to_come() -> None:
    unit: Any = SimpleNamespace()
    assert codes(calls.call_problems(CallDraft(unit, " ", date(2026, 11, 21), ()), ON)) == [
        ("title_missing", "title"),
        ("deadline_past", "due_on"),
        ("no_units", "kinds"),
    ]
    assert codes(calls.call_problems(CallDraft(unit, "Đợt 2027", ON, (unit,)), ON)) == []


@pytest.mark.parametrize(
    ("on", "closed", "state"),
    [
        (date(2026, 11, 21), None, CallState.OPEN),
        (date(2026, 11, 22), None, CallState.OPEN),
        (date(2026, 11, 23), None, CallState.OVERDUE),
        (date(2026, 11, 21), datetime(2026, 11, 20, tzinfo=UTC), CallState.CLOSED),
    ],
)
def test_call_is_late_the_day_after_and_ends_when_closed(on: date, closed: datetime | None, state: CallState) -> None:
    assert calls.call_state(ON, closed, on) == state


@pytest.mark.parametrize(
    ("answered", "nothing", "state"),
    [(None, False, AnswerState.WAITING), (ON, False, AnswerState.NEEDS), (ON, True, AnswerState.NOTHING)],
)
def test_answer_of_a_unit(answered: Any, nothing: bool, state: AnswerState) -> None:
    assert calls.answer_state(answered, nothing) == state
