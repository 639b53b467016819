"""What is asked of whom, and what a submitted page amounts to."""

from __future__ import annotations

import pytest

from lientuc.core.errors import Problem
from lientuc.surveys.enums import ItemType
from lientuc.surveys.flow import Asked, Sent, asked_at_all, asked_on, first_open_section, next_section, submission
from lientuc.surveys.shipped import shipped
from lientuc.surveys.specs import Questionnaire
from tests.factories.surveys import form, item, section, small_form

FORM = small_form().with_switches((), ())
ONE, TWO = FORM.sections


def sent(shown: str, **given: str | list[str]) -> Sent:
    values = {(name, 0): value if isinstance(value, list) else [value] for name, value in given.items()}
    return Sent(values, frozenset((name, 0) for name in shown.split()))


def test_item_is_asked_only_when_relevant() -> None:
    assert [a.place for a in asked_on(FORM, ONE, {})] == [("works", 0)]
    assert [a.place for a in asked_on(FORM, ONE, {("works", 0): "yes"})] == [("works", 0), ("cases", 0)]


def test_required_item_left_open_is_a_problem_at_its_field() -> None:
    result = submission(FORM, ONE, sent("works"), known={})
    assert result.problems == (Problem("surveys.required", "works-0"),)


def test_question_opened_by_this_page_is_asked_next_not_missing() -> None:
    result = submission(FORM, ONE, sent("works", works="yes"), known={})
    assert (dict(result.kept), result.problems) == ({("works", 0): "yes"}, ())
    assert result.newly_asked == (Asked(FORM.by_name["cases"], 0),)


@pytest.mark.parametrize(("typed", "problems"), [("-1", 1), ("0", 0), ("50", 0), ("51", 1)])
def test_constraint_below_at_above(typed: str, problems: int) -> None:
    result = submission(FORM, ONE, sent("works cases", works="yes", cases=typed), known={})
    expected = Problem("surveys.out_of_bounds", "cases-0", {"low": "0", "high": "50"})
    assert result.problems == (expected,) * problems


def test_answer_that_no_longer_concerns_is_cleared_and_named() -> None:
    known = {("works", 0): "yes", ("cases", 0): "7"}
    result = submission(FORM, ONE, sent("works cases", works="no", cases="7"), known=known)
    assert (dict(result.kept), result.cleared) == ({("works", 0): "no"}, {("cases", 0)})


def test_change_on_an_early_page_clears_a_later_one() -> None:
    gate, later = (
        section("gate", item("gate", ItemType.SELECT_ONE)),
        section("later", item("deep", relevant="${gate} = 'yes'")),
    )
    three = form(gate, later)
    known = {("gate", 0): "yes", ("deep", 0): "text"}
    result = submission(three, gate, sent("gate", gate="no"), known=known)
    assert result.cleared == {("deep", 0)}


def test_cleared_answer_opens_nothing_further() -> None:
    chain = form(
        section("a", item("a", ItemType.SELECT_ONE)),
        section("b", item("b", ItemType.SELECT_ONE, relevant="${a} = 'yes'")),
        section("c", item("c", relevant="${b} = 'yes'")),
    )
    answers = {("a", 0): "no", ("b", 0): "yes", ("c", 0): "x"}
    assert asked_at_all(chain, answers) == {("a", 0)}


def test_shown_and_left_open_is_kept_as_empty() -> None:
    result = submission(FORM, TWO, sent("fruit remark"), known={})
    assert dict(result.kept) == {("fruit", 0): "", ("remark", 0): ""}


def test_several_choices_stand_in_the_order_of_their_list() -> None:
    result = submission(FORM, TWO, sent("fruit remark", fruit=["plum", "apple"]), known={})
    assert result.kept["fruit", 0] == "apple plum"


@pytest.mark.parametrize(
    ("type", "typed", "stored", "code"),
    [
        (ItemType.INTEGER, " 012 ", "12", None),
        (ItemType.INTEGER, "1.5", "1.5", "surveys.not_an_integer"),
        (ItemType.INTEGER, "٣", "٣", "surveys.not_an_integer"),
        (ItemType.DECIMAL, "12,5", "12.5", None),
        (ItemType.DECIMAL, "1e5", "1e5", "surveys.not_a_number"),
        (ItemType.DATE, "15/07/2026", "2026-07-15", None),
        (ItemType.DATE, "2026-07-15", "2026-07-15", None),
        (ItemType.DATE, "31/02/2026", "31/02/2026", "surveys.not_a_date"),
        (ItemType.TEXT, "  xin   chào ", "xin chào", None),
        (ItemType.TEXT, "x" * 4000, "x" * 4000, None),
        (ItemType.TEXT, "x" * 4001, "x" * 4001, "surveys.too_long"),
        (ItemType.SELECT_ONE, "maybe", "maybe", "surveys.unknown_choice"),
    ],
)
def test_typed_text_is_read_by_type(type: ItemType, typed: str, stored: str, code: str | None) -> None:
    one = form(section("s", item("q", type)))
    result = submission(one, one.sections[0], sent("q", q=typed), known={})
    assert (dict(result.kept), [p.code for p in result.problems]) == ({("q", 0): stored}, [code] if code else [])


def test_pages_that_concern_nobody_are_passed_over() -> None:
    alumni = next(f for f in shipped() if f.code == "l3_alumni").with_switches(("split",), ("Nội soi",))
    assert first_open_section(alumni, {}) == 1
    assert next_section(alumni, {("consent", 0): "no"}, after=1) is None
    assert next_section(alumni, {("consent", 0): "yes"}, after=1) == 2


def repeated() -> Questionnaire:
    use = section(
        "use",
        item("status", ItemType.SELECT_ONE),
        item("count", ItemType.INTEGER, relevant="${status} = 'yes'"),
        repeated=True,
    )
    return form(use).with_switches((), ("Nội soi", "Siêu âm"))


def test_repeated_section_is_asked_for_each_label_by_itself() -> None:
    use = repeated()
    answers = {("status", 1): "yes", ("status", 2): "no"}
    assert [a.place for a in asked_on(use, use.sections[0], answers)] == [("status", 1), ("count", 1), ("status", 2)]


def test_repeated_section_without_labels_is_left_out() -> None:
    alumni = next(f for f in shipped() if f.code == "l3_alumni")
    assert [s.code for s in alumni.with_switches((), ()).sections if s.repeated] == []


def test_sets_choose_items_and_numbers_run_through() -> None:
    alumni = next(f for f in shipped() if f.code == "l3_alumni")
    names = [i.name for _, i in alumni.with_switches(("original",), ()).items]
    assert ("l3_proficient_train" in names, "l3_proficient" in names) == (True, False)
    numbers = [i.number for _, i in alumni.with_switches(("split",), ()).items]
    assert numbers == list(range(1, len(numbers) + 1))
