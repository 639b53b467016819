"""The expressions of relevance and constraint."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lientuc.core.errors import Refused
from lientuc.surveys.expressions import LONGEST, bounds, evaluate, is_true, names_in, parse
from lientuc.surveys.shipped import shipped

SEEDED = settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ANSWERS = {"sex": "female", "cases": "12", "why": "time finance", "empty": ""}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${sex} = 'female'", True),
        ('${sex} = "male"', False),
        ("${sex} != 'male' and ${cases} > 11", True),
        ("${cases} >= 12 and ${cases} <= 12", True),
        ("${cases} < 12 or ${cases} > 12", False),
        ("not(${sex} = 'female')", False),
        ("selected(${why}, 'time')", True),
        ("selected(${why}, 'tim')", False),
        ("selected(${empty}, 'time')", False),
        ("count-selected(${why}) = 2", True),
        ("if(${cases} > 10, 'many', 'few') = 'many'", True),
        ("1 + 2 * 3 = 7", True),
        ("(1 + 2) * 3 = 9", True),
        ("7 mod 3 = 1 and 7 div 2 = 3.5 and -1 < 0 and 2 - -1 = 3", True),
        ("${empty} = ''", True),
        ("${missing} = ''", True),
        ("${empty} > 0", False),
        ("${empty} != 0", True),
        ("1 div 0 > 0", False),
        ("1 div 0 != 1", True),
        ("'12' = 12", True),
        ("'1e3' = 1000", False),
        ("${sex} = 'female' or ${sex} = 'male' and 1 = 2", True),
    ],
)
def test_expression_holds_as_in_xlsform(text: str, expected: bool) -> None:
    assert is_true(text, ANSWERS) is expected


@pytest.mark.parametrize(("here", "expected"), [("17", False), ("18", True), ("80", True), ("81", False), ("", False)])
def test_constraint_on_the_answer_itself_below_at_above(here: str, expected: bool) -> None:
    assert is_true(". >= 18 and . <= 80", {}, here) is expected


@pytest.mark.parametrize(
    ("text", "position", "found"),
    [
        ("${sex} == 'female'", 9, "="),
        ("${sex} =", 9, ""),
        ("today() > 1", 1, "today"),
        ("selected(${why})", 1, "selected"),
        ("not(1, 2)", 1, "not"),
        ("${sex} = 'female", 10, "'"),
        ("(1 = 1", 7, ""),
        ("1 = 1 )", 7, ")"),
        ("${sex", 1, "$"),
        ("a & b", 3, "&"),
        ("__import__('os')", 1, "__import__"),
    ],
)
def test_anything_else_is_refused_with_its_position(text: str, position: int, found: str) -> None:
    with pytest.raises(Refused) as caught:
        parse(text)
    (problem,) = caught.value.problems
    assert (problem.code, dict(problem.values)) == (
        "surveys.expression_unreadable",
        {"position": position, "found": found},
    )


@pytest.mark.parametrize(
    "text", ["(" * 200 + "1" + ")" * 200, "1" + "+1" * 200, "not(" * 200 + "1" + ")" * 200, "1" * (LONGEST + 1)]
)
def test_too_deep_or_too_long_is_refused_not_crashed(text: str) -> None:
    with pytest.raises(Refused):
        parse(text)


def test_empty_expression_always_holds() -> None:
    assert is_true("", {}) is True


def test_names_are_those_asked_about() -> None:
    assert names_in(parse("${a} = 1 or selected(${b}, 'x') and . > 0")) == {"a", "b"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (". >= 18 and . <= 80", (Decimal(18), Decimal(80))),
        (". >= 0", (Decimal(0), None)),
        (". <= 5", (None, Decimal(5))),
        (". > 0", None),
        (". >= ${other}", None),
        ("", None),
    ],
)
def test_bounds_of_plain_constraints(text: str, expected: object) -> None:
    assert bounds(text) == expected


def test_every_shipped_expression_is_understood() -> None:
    texts = {text for form in shipped() for _, item in form.items for text in (item.relevant, item.constraint) if text}
    assert all(parse(text) for text in texts)
    assert len(texts) > 10


_numbers = st.integers(0, 999).map(str)
_atoms = st.one_of(_numbers, st.sampled_from(["${a}", "${b}", ".", "'yes'", "''"]))
_trees = st.recursive(
    _atoms,
    lambda inner: st.one_of(
        st.tuples(
            inner, st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "and", "or"]), inner
        ).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda t: f"not({t})"),
        inner.map(lambda t: f"count-selected({t})"),
        st.tuples(inner, inner, inner).map(lambda t: f"if({t[0]}, {t[1]}, {t[2]})"),
    ),
    max_leaves=12,
)


@SEEDED
@given(_trees, st.dictionaries(st.sampled_from("ab"), st.text(max_size=5)), st.text(max_size=5))
def test_every_expression_of_the_subset_has_a_value(text: str, answers: dict[str, str], here: str) -> None:
    assert isinstance(is_true(text, answers, here), bool)


@SEEDED
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Refused):
        evaluate(parse(text), {})


@SEEDED
@given(_numbers, _numbers, _numbers)
def test_arithmetic_binds_as_on_paper(a: str, b: str, c: str) -> None:
    assert evaluate(parse(f"{a} + {b} * {c}"), {}) == Decimal(int(a) + int(b) * int(c))
    assert evaluate(parse(f"{a} - {b} - {c}"), {}) == Decimal(int(a) - int(b) - int(c))
