"""Every worked example of the law, and proof that an example can fail."""

from dataclasses import replace
from pathlib import Path

import pytest

from lientuc.law.arithmetic import worked_out
from lientuc.law.certainty import Certainty
from lientuc.law.examples import chapters, expected_of, found_of
from lientuc.law.parameters import shipped

SPEC = Path(__file__).parent / "spec"
CHAPTERS = chapters(SPEC)
ALL = [
    pytest.param(example, id=f"{chapter.name}-{place}-{example.rule}")
    for chapter in CHAPTERS
    for place, example in enumerate(chapter.examples)
]


@pytest.mark.parametrize("example", ALL)
def test_example(example):
    assert found_of(example) == expected_of(example)


@pytest.mark.parametrize("example", ALL)
def test_example_sabotaged_fails(example):
    name, _, value = example.expected.strip().splitlines()[0].partition("|")
    wrong = f"{value.strip()} + 0.25" if name.strip().endswith("_hours") else "sabotaged"
    if name.strip().startswith("line "):
        wrong = "999 sabotaged"
    if name.strip().startswith("year "):
        wrong = "999 of 999"
    sabotaged = replace(example, expected=f"{name}| {wrong}")
    assert found_of(sabotaged) != expected_of(sabotaged)


def test_titles_unique_in_chapter():
    for chapter in CHAPTERS:
        titles = [example.title for example in chapter.examples]
        assert sorted(set(titles)) == sorted(titles)


def test_every_factor_row_has_an_example():
    shown = {example.rule for chapter in CHAPTERS for example in chapter.examples}
    rows = {row.rule_id for row in shipped().factors}
    assert rows - shown == set()


def test_every_verified_row_is_asked_on_three_days_and_three_amounts():
    verified = {row.rule_id for row in shipped().factors if row.certainty is Certainty.VERIFIED}
    titles = {(example.rule, example.title.split(": ")[-1][:5]) for chapter in CHAPTERS for example in chapter.examples}
    assert {rule for rule in verified if (rule, "the d") not in titles} == set()
    asked = {rule for rule, start in titles if start in ("below", "a qua")}
    assert verified - asked == set()


def test_every_unknown_row_counts_nothing_and_says_so():
    unknown = {row.rule_id for row in shipped().factors if row.certainty is Certainty.UNKNOWN}
    asked = [example for chapter in CHAPTERS for example in chapter.examples if example.rule in unknown]
    assert {example.rule for example in asked} == unknown != set()
    assert {example.expected for example in asked} == {"counted_hours | 0\nline 1 | 0 no_value_known"}


def test_worked_out_refuses_anything_but_sums():
    assert str(worked_out("min(9, 8) + 2 * (1.5 - 0.25)")) == "10.50"
    with pytest.raises(ValueError, match="not a sum"):
        worked_out("__import__('os')")
