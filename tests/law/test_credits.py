"""Hours with a unit, rule sets as values, and properties that hold for any ledger."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lientuc.law import NotInForce, shipped
from lientuc.law.credits import (
    Amount,
    EntryFacts,
    Exemption,
    FactorSet,
    Form,
    Level,
    LicenceKind,
    Pre2024,
    Regime,
    Role,
    RuleSet,
    Title,
    Unit,
    WindowMode,
    WorkerFacts,
    YearMode,
    hours_of,
    regime_of,
    standing,
    total,
)

ON = date(2026, 11, 22)
RULES = RuleSet.default()
DOCTOR = WorkerFacts(Title.DOCTOR, LicenceKind.CCHN, True, date(2015, 4, 30), None, date(2025, 2, 1))
STAFF = WorkerFacts(Title.PUBLIC_HEALTH)
PEOPLE = (
    DOCTOR,
    STAFF,
    WorkerFacts(Title.PHARMACIST),
    WorkerFacts(Title.TRADITIONAL_PRACTITIONER, LicenceKind.GPHN, True),
)

quarters = st.integers(0, 200).map(lambda count: Decimal(count) / 4)
entries = st.builds(
    EntryFacts,
    entry_id=st.uuids().map(str),
    activity_on=st.dates(date(2012, 1, 1), date(2027, 12, 31)),
    form=st.sampled_from([*Form, "unheard_of"]),
    role=st.sampled_from(list(Role)),
    level=st.sampled_from(["", *Level]),
    units=quarters,
    decided_hours=st.none() | quarters,
    certificate_key=st.sampled_from(["", "", "1/2026", "2/2026"]),
)
ledgers = st.lists(entries, max_size=8)
exemptions = st.lists(
    st.builds(
        lambda start, days: Exemption(start, start + timedelta(days=days), "long_term_training"),
        st.dates(date(2020, 1, 1), date(2027, 1, 1)),
        st.integers(0, 800),
    ),
    max_size=3,
)
rule_sets = st.builds(
    RuleSet,
    parameters=st.just(shipped()),
    window=st.sampled_from(WindowMode),
    factor_set=st.sampled_from(FactorSet),
    pre2024=st.sampled_from(Pre2024),
    year_mode=st.sampled_from(YearMode),
)
people = st.sampled_from(PEOPLE)
days = st.dates(date(2013, 10, 1), date(2030, 12, 31))


def test_two_units_never_meet_in_one_sum():
    credit, lesson = Amount.of(Unit.CREDIT_HOUR, 1), Amount.of(Unit.LESSON, 1)
    for operation in (
        lambda: credit + lesson,
        lambda: credit - lesson,
        lambda: credit < lesson,
        lambda: credit >= lesson,
        lambda: credit + 1,
        lambda: sum([credit, lesson]),
        lambda: total(Unit.CREDIT_HOUR, [credit, lesson]),
    ):
        with pytest.raises(TypeError):
            operation()


def test_one_unit_adds_up():
    assert total(Unit.LESSON, [Amount.of(Unit.LESSON, "0.25")] * 3) == Amount(Unit.LESSON, 3)


def test_amount_that_is_no_quarter_hour_refused():
    with pytest.raises(ValueError, match="quarter hours"):
        Amount.of(Unit.LESSON, "0.3")


def test_negative_entry_refused():
    with pytest.raises(ValueError, match="never negative"):
        EntryFacts("1", ON, "short_course", "learner", units=Decimal(-1))


def test_default_rule_set_follows_the_settings():
    expected = RuleSet(shipped(), WindowMode.ROLLING, FactorSet.A, Pre2024.COUNT, YearMode.CALENDAR)
    assert expected == RULES
    assert RULES.key == f"rolling-A-count-calendar-{shipped().digest}"


def test_what_if_is_another_value_with_another_key():
    others = [
        replace(RULES, window=WindowMode.LICENCE),
        replace(RULES, factor_set=FactorSet.B),
        replace(RULES, pre2024=Pre2024.EXCLUDE),
        replace(RULES, year_mode=YearMode.BACK_FROM_D),
        replace(RULES, parameters=shipped().changed("credits.p.required_hours", 150)),
        replace(RULES, parameters=shipped().changed_factor("P-23", Decimal(2))),
    ]
    assert len({rules.key for rules in [RULES, *others]}) == 7
    assert RuleSet.default() == RULES


def test_what_if_factor_changes_the_hours():
    entry = EntryFacts("1", ON, "conference", "delegate", units=Decimal(2))
    rules = replace(RULES, parameters=shipped().changed_factor("P-23", Decimal("2.5")))
    assert hours_of(entry, Regime.P, RULES).hours == 2 * Decimal("1.5")
    assert hours_of(entry, Regime.P, rules).hours == 2 * Decimal("2.5")


def test_only_the_day_asked_about_can_have_no_text():
    old = EntryFacts("1", date(1999, 1, 1), "short_course", "learner", units=Decimal(3))
    assert [line.reason for line in standing(STAFF, [old], [], ON, RULES).lines] == ["outside_window"]
    with pytest.raises(NotInForce):
        standing(STAFF, [], [], date(2013, 9, 30), RULES)


def test_citations_name_each_article_once():
    entry = EntryFacts("1", ON, "short_course", "learner", units=Decimal(3))
    found = standing(STAFF, [entry, replace(entry, entry_id="2")], [], ON, RULES)
    assert [citation.vi for citation in found.citations] == [
        "Thông tư 22/2013/TT-BYT, Điều 5 khoản 2",
        "Thông tư 22/2013/TT-BYT, Điều 6 khoản 1",
    ]


def test_regime_of_each_side_of_2024():
    assert [regime_of(DOCTOR, day).regime for day in (date(2023, 12, 31), date(2024, 1, 1), date(2024, 1, 2))] == [
        Regime.P_2013,
        Regime.P,
        Regime.P,
    ]


@given(worker=people, ledger=ledgers, more=entries, on=days, rules=rule_sets, exempt=exemptions)
def test_adding_an_entry_never_lowers_counted_hours(worker, ledger, more, on, rules, exempt):
    before = standing(worker, ledger, exempt, on, rules)
    after = standing(worker, [*ledger, more], exempt, on, rules)
    assert after.counted >= before.counted


@given(worker=people, ledger=ledgers, on=days, rules=rule_sets, exempt=exemptions, data=st.data())
def test_order_of_entries_does_not_matter(worker, ledger, on, rules, exempt, data):
    shuffled = data.draw(st.permutations(ledger))
    mixed = data.draw(st.permutations(exempt))
    assert standing(worker, ledger, exempt, on, rules) == standing(worker, shuffled, mixed, on, rules)


@given(worker=people, ledger=ledgers, on=days, rules=rule_sets, exempt=exemptions)
def test_standing_adds_up(worker, ledger, on, rules, exempt):
    found = standing(worker, ledger, exempt, on, rules)
    assert found.counted == total(found.unit, (line.amount for line in found.lines))
    assert found.counted >= found.secondary
    assert len(found.lines) == len(ledger)
    assert found.shortfall_hours == max(Decimal(0), found.required_hours - found.counted_hours)
    assert all(not line.amount for line in found.lines if not line.counted)
    if found.yearly:
        assert found.counted == total(found.unit, (year.counted for year in found.yearly))


@given(ledger=ledgers, on=days, rules=rule_sets, exempt=exemptions)
def test_exemption_never_asks_for_more(ledger, on, rules, exempt):
    free = standing(STAFF, ledger, exempt, on, rules)
    asked = standing(STAFF, ledger, [], on, rules)
    assert free.required == asked.required
    assert [
        year.year for year, plain in zip(free.yearly, asked.yearly, strict=True) if plain.required < year.required
    ] == []
