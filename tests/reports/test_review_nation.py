"""The country's groups kept with the summary say what counting them says, for every division."""

from __future__ import annotations

from datetime import date

import pytest

from lientuc.accounts.enums import Role
from lientuc.places.scope import Scope
from lientuc.reports.enums import ReviewBy
from lientuc.reports.models import ReviewNation
from lientuc.reports.review.asking import Asked
from lientuc.reports.review.counting import counted_from_summary, counted_within
from lientuc.reports.review.summary import refresh_summary
from tests.factories.registry import make_post, make_worker
from tests.world import World

ON = date(2026, 11, 22)


@pytest.mark.parametrize("by", list(ReviewBy))
def test_kept_groups_are_the_counted_ones(by: ReviewBy, world: World) -> None:
    both = make_worker(world.station)
    make_post(both, world.hospital, responsible_for_training=False)
    make_worker(world.hospital)
    refresh_summary(ON)

    assert counted_from_summary(world.user(Role.MINISTRY), Asked(by=by)) == counted_within(
        Scope(everything=True), Asked(by=by)
    )


def test_narrowed_question_and_narrower_reader_are_never_answered_for_the_country(world: World) -> None:
    make_worker(world.station)
    refresh_summary(ON)
    ReviewNation.objects.update(whole={"code": "", "persons": 99, "posts": 99, "parts": {}})

    _, narrowed = counted_from_summary(world.user(Role.MINISTRY), Asked(title="doctor"))
    _, of_station = counted_from_summary(world.user(Role.STATION), Asked())
    _, whole = counted_from_summary(world.user(Role.MINISTRY), Asked())

    assert (narrowed.persons < 99, of_station.persons, whole.persons) == (True, 1, 99)
