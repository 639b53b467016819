"""What each rate counts, on people small enough to count by hand."""

from decimal import Decimal

import pytest

from lientuc.analytics.measures import (
    Headcount,
    Outcome,
    Post,
    Rate,
    Standing,
    WaveCounts,
    completion_rate,
    compliance_rate,
    compliance_rates,
    coverage_rate,
    delivery_rate,
    headcount,
    refusal_rate,
    response_rate,
    response_rates,
)
from lientuc.analytics.statistics import share

WAVE = WaveCounts(invited=145, delivered=140, opened=120, started=100, completed=90, refused=5)


def test_headcount_counts_people_not_posts():
    posts = [Post("an", "xã"), Post("an", "xã"), Post("an", "huyện"), Post("bình", "xã")]
    assert headcount(posts) == Headcount({"xã": 2, "huyện": 1}, people=2, in_several=1)


def test_coverage_leaves_out_those_who_have_left():
    found = coverage_rate({"an", "bình"}, {"bình", "chi"})
    assert found == Rate("training_coverage", "person", 1, 2, {"no_longer_in_post": 1})


def test_response_rate_keeps_the_undelivered_in_the_denominator():
    assert response_rate(WAVE) == Rate("response", "invitation", 90, 145)
    assert response_rate(WAVE).share == share(90, 145)


def test_other_rates_of_a_wave():
    assert delivery_rate(WAVE) == Rate("delivery", "invitation", 140, 145)
    assert completion_rate(WAVE) == Rate("completion", "invitation", 90, 100, {"not_started": 45})
    assert refusal_rate(WAVE) == Rate("refusal", "invitation", 5, 120, {"not_opened": 25})


def test_response_rates_by_stratum():
    other = WaveCounts(10, 10, 10, 10, 10)
    assert response_rates({"nam": WAVE, "nữ": other}) == {"nam": response_rate(WAVE), "nữ": response_rate(other)}


@pytest.mark.parametrize(
    "steps", [(1, 2, 0, 0, 0), (2, 1, 2, 0, 0), (2, 2, 1, 2, 0), (2, 2, 2, 1, 2), (2, 2, 2, 2, 2, 1), (0, 0, 0, 0, -1)]
)
def test_wave_whose_steps_do_not_nest_is_refused(steps):
    with pytest.raises(ValueError, match=r"part of the step|among those who opened"):
        WaveCounts(*steps)


def standings(*outcomes):
    return [Standing(f"p{place}", "a" if place % 2 else "b", outcome) for place, outcome in enumerate(outcomes)]


def test_compliance_leaves_out_those_without_duty_or_answer():
    assert compliance_rate(standings(*Outcome)) == Rate(
        "compliance", "person", 2, 4, {"exempt": 1, "no_duty": 1, "undetermined": 1}
    )


def test_compliance_by_group():
    found = compliance_rates(standings(Outcome.FULFILLED, Outcome.BEHIND, Outcome.ON_TRACK))
    assert [(group, rate.numerator, rate.denominator) for group, rate in found.items()] == [("b", 2, 2), ("a", 0, 1)]


def test_compliance_of_nobody_has_no_percentage():
    assert compliance_rate([]).share.percent is None
    assert compliance_rate(standings(Outcome.FULFILLED)).share.percent == Decimal("100.0")


def test_person_counted_twice_is_refused():
    with pytest.raises(ValueError, match="counted once"):
        compliance_rate([Standing("an", "a", Outcome.BEHIND), Standing("an", "b", Outcome.BEHIND)])
