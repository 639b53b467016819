"""What may be recorded: every problem below, at and above its threshold, with whole results."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from lientuc.core.errors import Problem
from lientuc.credits.enums import FactorUnit, RegimeReason
from lientuc.credits.phrases import LABELS, SENTENCES
from lientuc.credits.rules import (
    EntryDraft,
    RecordFacts,
    key_of_certificate,
    problems,
    remarks,
    tidied,
    why_not_reverse,
)
from lientuc.law import Certainty, credits, shipped
from lientuc.law.credits import (
    Form,
    LicenceKind,
    Reason,
    Regime,
    Role,
    RuleSet,
    Status,
    Title,
    Unit,
    WorkerFacts,
    regime_of,
)

ON = date(2026, 6, 15)
RULES = RuleSet.default()
PERSON = UUID("6f1f2f5e-7a86-4d5e-9d0d-0f1b6a0c1a11")
COURSE = EntryDraft(
    worker=PERSON,
    activity_on=date(2026, 3, 5),
    form=Form.SHORT_COURSE,
    role=Role.LEARNER,
    units=Decimal(8),
    title="Cấp cứu ban đầu",
    certificate_number="12/2026/C.01",
)
MEETING = replace(COURSE, form=Form.CONFERENCE, role=Role.DELEGATE, decided_hours=Decimal(4), basis="QĐ 3/QĐ-BV")
STAFF = RecordFacts(on=ON, regime=Regime.S, worker_name="Trần Thị An", born_on=date(1990, 5, 20), birth_year=1990)
PRACTITIONER = replace(STAFF, regime=Regime.P)


def test_complete_draft_has_no_problem() -> None:
    assert problems(COURSE, STAFF, RULES) == []
    assert problems(COURSE, PRACTITIONER, RULES) == []


@pytest.mark.parametrize("draft", [replace(COURSE, worker=None), COURSE])
def test_person_out_of_reach_is_a_problem(draft: EntryDraft) -> None:
    assert problems(draft, RecordFacts(on=ON), RULES) == [Problem("credits.no_worker", "worker")]


def test_name_written_beside_the_number_must_be_the_persons() -> None:
    assert problems(replace(COURSE, worker_name="TRAN THI AN"), STAFF, RULES) == []
    assert problems(replace(COURSE, worker_name="Trần Thị Anh"), STAFF, RULES) == [
        Problem("credits.name_differs", "worker_name", {"name": "Trần Thị Anh"})
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (None, [Problem("credits.day_missing", "activity_on")]),
        (date(2026, 6, 14), []),
        (date(2026, 6, 15), []),
        (date(2026, 6, 16), [Problem("credits.future_day", "activity_on")]),
    ],
)
def test_day_must_be_known_and_not_later_than_today(day: date | None, expected: list[Problem]) -> None:
    assert problems(replace(COURSE, activity_on=day), STAFF, RULES) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2014, 5, 19), [Problem("credits.before_birth", "activity_on")]),
        (date(2014, 5, 20), []),
        (date(2014, 5, 21), []),
    ],
)
def test_day_before_birth_is_a_problem(day: date, expected: list[Problem]) -> None:
    young = replace(STAFF, born_on=date(2014, 5, 20), birth_year=2014)
    assert problems(replace(COURSE, activity_on=day), young, RULES) == expected


@pytest.mark.parametrize(("year", "count"), [(2025, 0), (2026, 0), (2027, 1)])
def test_day_before_the_year_of_birth_is_a_problem(year: int, count: int) -> None:
    facts = replace(STAFF, born_on=None, birth_year=year)
    assert len(problems(COURSE, facts, RULES)) == count


@pytest.mark.parametrize(
    ("units", "count"),
    [
        ("0", 1),
        ("-1", 1),
        ("0.01", 0),
        ("7.5", 0),
        ("7.505", 1),
        ("99999.99", 0),
        ("100000", 1),
        ("NaN", 1),
        ("Infinity", 1),
    ],
)
def test_units_must_be_a_positive_amount(units: str, count: int) -> None:
    found = problems(replace(COURSE, units=Decimal(units)), STAFF, RULES)
    assert found == [Problem("credits.units_wrong", "units")] * count


@pytest.mark.parametrize(("hours", "count"), [("-0.25", 1), ("0", 0), ("3.75", 0), ("3.8", 1), ("4", 0), ("NaN", 1)])
def test_decided_hours_must_be_quarter_hours(hours: str, count: int) -> None:
    found = problems(replace(MEETING, decided_hours=Decimal(hours)), STAFF, RULES)
    assert found == [Problem("credits.decided_hours_wrong", "decided_hours")] * count


def test_hours_the_head_decides_must_be_decided_and_have_a_basis() -> None:
    assert problems(replace(MEETING, decided_hours=None), STAFF, RULES) == [
        Problem("credits.hours_not_decided", "decided_hours")
    ]
    assert problems(replace(MEETING, basis=""), STAFF, RULES) == [Problem("credits.basis_missing", "basis")]


def test_practitioners_meeting_needs_no_decision() -> None:
    assert problems(replace(MEETING, decided_hours=None, basis=""), PRACTITIONER, RULES) == []


def test_form_outside_the_regimes_table_is_a_problem() -> None:
    council = replace(COURSE, form=Form.COUNCIL, role=Role.MEMBER, units=Decimal(1))
    assert problems(council, PRACTITIONER, RULES) == []
    assert problems(council, STAFF, RULES) == [Problem("credits.form_unknown", "form")]


@pytest.mark.parametrize("wrong", [{"form": "dance"}, {"role": "guest"}, {"level": "galactic"}])
def test_code_the_law_does_not_know_is_a_problem(wrong: dict[str, str]) -> None:
    assert problems(replace(COURSE, **wrong), STAFF, RULES) == [Problem("credits.form_unknown", "form")]


def test_form_not_chosen_is_a_problem() -> None:
    assert problems(replace(COURSE, form=""), STAFF, RULES) == [Problem("credits.form_missing", "form")]


@pytest.mark.parametrize(("day", "count"), [(date(2013, 9, 30), 1), (date(2013, 10, 1), 0), (date(2013, 10, 2), 0)])
def test_day_before_the_first_text_is_a_problem(day: date, count: int) -> None:
    found = problems(replace(COURSE, activity_on=day), STAFF, RULES)
    assert found == [Problem("credits.no_text_that_day", "form")] * count


@pytest.mark.parametrize(("day", "count"), [(date(2023, 12, 31), 1), (date(2024, 1, 1), 0), (date(2024, 1, 2), 0)])
def test_form_new_in_2024_is_not_counted_before(day: date, count: int) -> None:
    council = replace(COURSE, form=Form.COUNCIL, role=Role.MEMBER, units=Decimal(1), activity_on=day)
    assert problems(council, PRACTITIONER, RULES) == [Problem("credits.no_text_that_day", "form")] * count


def test_title_is_asked_for_and_kept_short() -> None:
    assert problems(replace(COURSE, title=""), STAFF, RULES) == [Problem("credits.title_missing", "title")]
    assert problems(replace(COURSE, title="x" * 300), STAFF, RULES) == []
    assert problems(replace(COURSE, title="x" * 301), STAFF, RULES) == [
        Problem("credits.too_long", "title", {"limit": 300})
    ]


def test_same_certificate_is_a_problem_however_it_is_typed() -> None:
    facts = replace(STAFF, certificates=frozenset({key_of_certificate("00035/2026/H44-ĐT")}))
    again = replace(COURSE, certificate_number="00035 / 2026/h44-đt")
    assert problems(again, facts, RULES) == [
        Problem("credits.certificate_taken", "certificate_number", {"number": "00035 / 2026/h44-đt"})
    ]
    assert problems(replace(again, certificate_number="00036/2026/H44-ĐT"), facts, RULES) == []


def test_two_proofs_of_one_activity_count_once() -> None:
    facts = replace(STAFF, activities=frozenset({COURSE.activity}))
    other_proof = replace(COURSE, certificate_number="YS032/CNCNKTYK", title="CẤP CỨU BAN ĐẦU")
    assert problems(other_proof, facts, RULES) == [
        Problem("credits.activity_taken", "title", {"title": "CẤP CỨU BAN ĐẦU"})
    ]
    assert problems(replace(other_proof, activity_on=date(2026, 3, 6)), facts, RULES) == []


@pytest.mark.parametrize(("hours", "expected"), [("4", []), ("4.25", [Problem("credits.over_cap", "decided_hours")])])
def test_hours_over_the_cap_are_a_remark_not_a_problem(hours: str, expected: list[Problem]) -> None:
    draft = replace(MEETING, decided_hours=Decimal(hours))
    assert problems(draft, STAFF, RULES) == []
    assert remarks(draft, STAFF, RULES) == expected


def test_form_without_known_value_is_recorded_with_a_remark() -> None:
    member = replace(COURSE, form=Form.RESEARCH, role=Role.MEMBER)
    assert problems(member, STAFF, RULES) == []
    assert remarks(member, STAFF, RULES) == [Problem("credits.no_value_known", "form")]


def test_person_of_another_rule_is_recorded_with_a_remark() -> None:
    pharmacist = replace(STAFF, regime=Regime.PHARMACY)
    assert problems(COURSE, pharmacist, RULES) == []
    assert remarks(COURSE, pharmacist, RULES) == [Problem("credits.not_covered", "worker")]


def test_decision_nobody_asks_for_is_remarked() -> None:
    draft = replace(COURSE, decided_hours=Decimal(8), basis="QĐ 3")
    assert remarks(draft, STAFF, RULES) == [Problem("credits.decision_not_asked", "decided_hours")]


def test_tidied_draft_has_single_spaces_and_an_amount() -> None:
    draft = replace(COURSE, title="  Cấp  cứu ", units=None, certificate_number=" 1/ 2026 ")
    assert tidied(draft) == replace(COURSE, title="Cấp cứu", units=Decimal(1), certificate_number="1/ 2026")


def test_reversal_needs_a_reason_and_happens_once() -> None:
    assert why_not_reverse(reason="Nhập nhầm", reversed_on=None) == []
    assert why_not_reverse(reason="  ", reversed_on=None) == [Problem("credits.reason_missing", "reason")]
    assert why_not_reverse(reason="x" * 301, reversed_on=None) == [
        Problem("credits.too_long", "reason", {"limit": 300})
    ]
    assert why_not_reverse(reason="Nhập nhầm", reversed_on=ON) == [
        Problem("credits.already_reversed", values={"day": ON})
    ]


@pytest.mark.parametrize("enum", [Reason, Status, Unit, Regime, Certainty, Form, Role, credits.Level])
def test_every_code_of_the_law_has_words(enum: type) -> None:
    assert set(LABELS[enum]) == set(enum)
    assert all(text.vi and text.en for text in LABELS[enum].values())


def test_reasons_of_regimes_are_those_the_law_gives() -> None:
    given = {
        regime_of(WorkerFacts(title, kind, practising), on).reason
        for title in Title
        for kind in LicenceKind
        for practising in (True, False)
        for on in (date(2020, 1, 1), ON)
    }
    assert given == set(RegimeReason)


def test_units_are_those_of_the_laws_factors() -> None:
    assert {row.unit for row in shipped().factors if row.unit} == set(FactorUnit)


def test_every_remark_and_problem_has_a_sentence() -> None:
    assert all(code.startswith("credits.") and text.vi and text.en for code, text in SENTENCES.items())
