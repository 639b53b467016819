"""Figures item by item, and what each audience may see of them."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lientuc.analytics.disclosure import THRESHOLDS, Audience, is_small
from lientuc.analytics.linked import Place, possible_values
from lientuc.analytics.measures.response import WaveCounts
from lientuc.analytics.statistics import Frequencies, GatedItem, LikertSummary, MultipleChoice, Summary
from lientuc.evaluation import hiding
from lientuc.evaluation.facts import Facts, note_results
from lientuc.evaluation.hiding import Shown, hidden_from, shown, strata_may_be_shown, why_not_show_wave
from lientuc.evaluation.results import ItemResult, barriers_named, results
from lientuc.evaluation.rules import (
    BARRIER_ITEMS,
    BarrierCount,
    barrier_counts,
    denominator_shown,
    may_be_noted,
    route_of,
)
from lientuc.surveys.enums import ItemType
from lientuc.surveys.flow import Answers
from lientuc.surveys.shipped import shipped
from lientuc.surveys.specs import ChoiceSpec
from tests.factories.surveys import FRUIT, form, item, section

SEEDED = settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LIKERT = tuple(ChoiceSpec(str(n), f"Mức {n}", f"Point {n}") for n in range(1, 6))
FORM = form(
    section(
        "s",
        item("age", ItemType.INTEGER, level="L0"),
        item("used", ItemType.SELECT_ONE, level="L3", group_id="T4.used"),
        item("why", ItemType.SELECT_MULTIPLE, choices=FRUIT, list_name="fruit", relevant="${used} = 'no'"),
        item("sure", ItemType.SELECT_ONE, choices=LIKERT, list_name="likert5", level="L3"),
    )
)


def person(**answers: str) -> Answers:
    return {(name, 0): value for name, value in answers.items()}


def by_name(people: list[Answers]) -> dict[str, ItemResult]:
    return {result.item.name: result for result in results(FORM, people)}


def seen(people: list[Answers], audience: Audience) -> dict[str, Shown]:
    return {one.result.item.name: one for one in shown(results(FORM, people), audience)}


PEOPLE = [
    person(age="30", used="yes", sure="5"),
    person(age="40", used="no", why="apple plum", sure="4"),
    person(age="", used="no", why="", sure="2"),
    person(age="50", used="", why="pear", sure=""),
    person(age="36", used="yes", why="pear", sure="5"),
]


def test_number_over_those_who_answered() -> None:
    figures = by_name(PEOPLE)["age"].figures
    assert isinstance(figures, Summary)
    assert (figures.answered, figures.missing, figures.mean, figures.median) == (4, 1, Decimal(39), Decimal(38))


def test_single_choice_over_those_who_answered() -> None:
    figures = by_name(PEOPLE)["used"].figures
    assert isinstance(figures, Frequencies)
    assert [(r.code, r.share.count, r.share.of) for r in figures.rows] == [("yes", 2, 4), ("no", 2, 4)]
    assert figures.missing == 1


def test_several_choices_by_respondents_and_responses_over_the_eligible() -> None:
    figures = by_name(PEOPLE)["why"].figures
    assert isinstance(figures, MultipleChoice)
    assert [(r.code, r.count, r.of_respondents.of) for r in figures.rows] == [
        ("apple", 1, 1),
        ("pear", 0, 1),
        ("plum", 1, 1),
    ]
    assert (figures.respondents, figures.responses, figures.missing) == (1, 2, 1)


def test_gated_item_counts_eligible_unknown_and_wrongly_answered() -> None:
    assert by_name(PEOPLE)["why"].gate == GatedItem(
        asked=5, eligible=2, answered=1, missing=1, answered_not_eligible=1, gate_unknown=1, answered_gate_unknown=1
    )
    assert by_name(PEOPLE)["used"].gate is None


def test_agreement_has_five_counts_and_the_agree_share() -> None:
    figures = by_name(PEOPLE)["sure"].figures
    assert isinstance(figures, LikertSummary)
    assert (figures.counts, figures.agree.count, figures.agree.of) == ((0, 1, 0, 1, 2), 3, 4)


def test_row_group_is_the_reproduced_table_or_the_name() -> None:
    assert [r.row_group for r in results(FORM, PEOPLE)] == ["age", "T4.used", "why", "sure"]


@SEEDED
@given(
    st.lists(st.tuples(st.sampled_from(["yes", "no", ""]), st.sampled_from(["", "1", "2", "3", "4", "5"])), max_size=60)
)
def test_figures_are_the_plain_counts(drawn: list[tuple[str, str]]) -> None:
    found = by_name([person(used=used, sure=sure) for used, sure in drawn])
    used, sure = Counter(u for u, _ in drawn), Counter(s for _, s in drawn)
    figures, likert = found["used"].figures, found["sure"].figures
    assert isinstance(figures, Frequencies)
    assert isinstance(likert, LikertSummary)
    assert [r.share.count for r in figures.rows] == [used["yes"], used["no"]]
    assert likert.counts == tuple(sure[str(n)] for n in range(1, 6))


# --- hiding -------------------------------------------------------------------------------------------------------


def crowd(yes: int, no: int) -> list[Answers]:
    sure = {"sure": "4"}
    return [person(used="yes", **sure)] * yes + [person(used="no", why="apple", **sure)] * no


def test_evaluator_sees_everything() -> None:
    assert [one.withheld for one in seen(crowd(1, 20), Audience.EVALUATOR).values()] == [False] * 4
    assert seen(crowd(1, 20), Audience.EVALUATOR)["used"].cells == (1, 20)


@pytest.mark.parametrize(
    ("audience", "small", "hidden"),
    [
        (Audience.ORGANISATION, 4, True),
        (Audience.ORGANISATION, 5, False),
        (Audience.PUBLIC, 9, True),
        (Audience.PUBLIC, 10, False),
    ],
)
def test_small_count_is_hidden_with_its_complement(audience: Audience, small: int, hidden: bool) -> None:
    assert seen(crowd(small, 30), audience)["used"].cells == ((None, None) if hidden else (small, 30))


def test_item_behind_a_hidden_gate_is_withheld() -> None:
    found = seen(crowd(3, 30), Audience.ORGANISATION)
    assert (found["why"].withheld, found["sure"].withheld) == (True, False)


def test_twin_that_hides_small_counts_only_gives_them_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(facts: Facts, audience: Audience) -> frozenset[Place]:
        return frozenset(place for place, n in facts.counts.items() if is_small(n, THRESHOLDS[audience]))

    monkeypatch.setattr(hiding, "hidden_from", careless)
    used = seen(crowd(3, 30), Audience.ORGANISATION)["used"]
    assert (used.cells, used.answered) == ((None, 30), 33)


@pytest.mark.parametrize(
    "counts", [(10, 10, 10, 10, 10), (3, 3, 10, 10, 10), (10, 10, 10, 3, 3), (3, 10, 10, 3, 10), (3, 10, 10, 3, 3)]
)
def test_agree_share_never_gives_a_small_count_back(counts: tuple[int, ...]) -> None:
    """Whatever is hidden, a small count beside the agree share and the total keeps two possible values."""
    people = [person(sure=str(n)) for n, count in enumerate(counts, start=1) for _ in range(count)]
    found = next(result for result in results(FORM, people) if result.item.name == "sure")
    facts = Facts()
    note_results(facts, [found])
    hidden = hidden_from(facts, Audience.ORGANISATION)
    for place in hidden:
        if is_small(facts.counts[place], THRESHOLDS[Audience.ORGANISATION]):
            ends = possible_values(place, facts.counts, facts.sums, hidden)
            assert ends is not None and ends[0] < ends[1]
    assert len(hidden) >= sum(count < 5 for count in counts)


def test_smallest_and_greatest_value_are_for_the_evaluator() -> None:
    people = [person(age=str(age)) for age in range(30, 50)]
    assert [seen(people, a)["age"].part_of_whole for a in Audience] == [True, False, False]


@pytest.mark.parametrize(("completed", "withheld"), [(0, True), (4, True), (5, False)])
def test_wave_with_few_answers_has_no_tables_for_anybody(completed: int, withheld: bool) -> None:
    assert [why_not_show_wave(completed, audience) is not None for audience in Audience] == [withheld] * 3


def test_strata_are_shown_all_or_none() -> None:
    big, small = WaveCounts(40, 40, 40, 20, 20), WaveCounts(40, 40, 40, 3, 3)
    strata = {("sex", "male"): big, ("sex", "female"): small}
    assert strata_may_be_shown(strata, Audience.EVALUATOR) is True
    assert strata_may_be_shown(strata, Audience.ORGANISATION) is False
    assert strata_may_be_shown({("sex", "male"): big}, Audience.ORGANISATION) is True


# --- barriers -----------------------------------------------------------------------------------------------------


def test_barriers_are_counted_by_topic_with_everyone_asked_in_the_denominator() -> None:
    people = [
        ("t1", frozenset({"equipment", "skill"}), "skill"),
        ("t1", frozenset({"equipment"}), "finance"),
        ("t1", frozenset[str](), ""),
        ("t2", frozenset({"skill"}), "skill"),
    ]
    assert barrier_counts(people) == [
        BarrierCount("t1", "equipment", 2, 0, 3),
        BarrierCount("t1", "finance", 1, 1, 3),
        BarrierCount("t1", "skill", 1, 1, 3),
        BarrierCount("t2", "skill", 1, 1, 1),
    ]


def test_barrier_of_somebody_who_was_not_to_be_asked_is_not_counted() -> None:
    alumni = next(f for f in shipped() if f.code == "l3_alumni").with_switches(("split",), ())
    asked = person(consent="yes", l3_techniques_wanted="1to5", l3_barriers="skill time", l3_barrier_main="time")
    not_asked = person(consent="yes", l3_techniques_wanted="none", l3_barriers="skill", l3_barrier_main="skill")
    assert barriers_named(alumni, asked, BARRIER_ITEMS) == ({"skill", "time"}, "time")
    assert barriers_named(alumni, not_asked, BARRIER_ITEMS) is None


def test_every_barrier_of_the_form_is_routed() -> None:
    alumni = next(f for f in shipped() if f.code == "l3_alumni")
    routes = {value: route_of(value).value for value in alumni.by_name["l3_barriers"].values}
    assert routes == {
        "equipment": "budget", "supplies": "budget", "staffing": "staffing", "team_untrained": "training",
        "knowledge": "training", "skill": "training", "approval": "approval", "insurance": "insurance",
        "caseload": "service_planning", "leadership": "leadership", "time": "staffing", "finance": "budget",
        "moved": "staffing", "other": "review",
    }  # fmt: skip


@pytest.mark.parametrize(("persons", "noted"), [(4, False), (5, True)])
def test_barrier_is_noted_from_five_people_on(persons: int, noted: bool) -> None:
    assert may_be_noted(BarrierCount("", "skill", persons, 0, 40)) is noted


@pytest.mark.parametrize(("of", "expected"), [(12, 12), (13, None), (16, None), (17, 17)])
def test_denominator_is_shown_unless_it_gives_a_few_away(of: int, expected: int | None) -> None:
    assert denominator_shown(12, of) == expected
