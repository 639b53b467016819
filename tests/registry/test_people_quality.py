"""Questions of data quality: each finds its record and leaves the good one alone, within scope."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from lientuc.accounts.enums import Role
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.enums import Quality, Title
from lientuc.registry.models import Post
from lientuc.registry.queries.quality import (
    data_problems,
    people_with,
    problem_counts,
    problem_counts_by_unit,
)
from tests.factories.places import make_organisation
from tests.factories.registry import make_licence, make_pair, make_post, make_worker
from tests.world import World

DAY = date(2026, 6, 1)
GOOD: dict[str, Any] = {
    "national_number": "001190000123",
    "born_on": date(1990, 5, 20),
    "phone": "0912345678",
    "title": Title.NURSE,
}


def good(world: World, **fields: Any) -> Any:
    worker = make_worker(world.station, **{**GOOD, **fields})
    make_licence(worker)
    return worker


def two_responsible(world: World) -> None:
    worker = good(world, post=False)
    make_post(worker, world.station, to_on=date(2026, 12, 31))
    make_post(worker, world.hospital)


def closed_unit(world: World) -> None:
    unit = make_organisation(world.station, "Điểm cũ")
    worker = good(world, post=False)
    make_post(worker, unit)
    unit.to_on = DAY - timedelta(days=1)
    unit.save(update_fields=["to_on"])


def none_responsible(world: World) -> None:
    worker = good(world)
    Post.objects.unscoped(WhyUnscoped.SETUP).filter(worker=worker).update(responsible_for_training=False)


def licence_ended(world: World) -> None:
    make_licence(make_worker(world.station, **GOOD), issued_on=date(2021, 1, 1), valid_to=DAY - timedelta(days=1))


def licence_unknown(world: World) -> None:
    make_licence(make_worker(world.station, **GOOD), issued_on=None)


CASES: list[tuple[Quality, Callable[[World], Any]]] = [
    (Quality.NO_NUMBER, lambda world: good(world, national_number=None)),
    (Quality.NUMBER_AGAINST_BIRTH, lambda world: good(world, born_on=date(1991, 5, 20))),
    (Quality.NUMBER_AGAINST_BIRTH, lambda world: good(world, sex="male")),
    (Quality.BIRTH_UNKNOWN, lambda world: good(world, born_on=None)),
    (Quality.BIRTH_SUSPICIOUS, lambda world: good(world, born_on=date(2009, 1, 1), national_number="001309000123")),
    (Quality.TITLE_UNKNOWN, lambda world: good(world, title=Title.OTHER)),
    (Quality.NO_POST, lambda world: good(world, post=False)),
    (Quality.TWO_RESPONSIBLE, two_responsible),
    (Quality.NONE_RESPONSIBLE, none_responsible),
    (Quality.CLOSED_UNIT, closed_unit),
    (Quality.LICENCE_ENDED, licence_ended),
    (Quality.LICENCE_MISSING, lambda world: make_worker(world.station, **GOOD)),
    (Quality.LICENCE_END_UNKNOWN, licence_unknown),
    (Quality.NO_CONTACT, lambda world: good(world, phone="")),
]


@pytest.mark.parametrize(("code", "make"), CASES)
def test_each_question_finds_its_record_and_no_other_question_does(
    world: World, code: Quality, make: Callable[[World], Any]
) -> None:
    make(world)
    counts = problem_counts(by=world.user(Role.HEALTH_DEPARTMENT), on=DAY)
    assert counts == {other: int(other is code) for other in Quality}


def test_good_record_has_no_problem(world: World) -> None:
    good(world)
    assert set(problem_counts(by=world.user(Role.STATION), on=DAY).values()) == {0}


@pytest.mark.parametrize(("year", "found"), [(2008, 0), (2009, 1), (1951, 0), (1950, 1)])
def test_birth_is_suspicious_just_outside_the_ages_of_staff(world: World, year: int, found: int) -> None:
    make_worker(world.station, born_on=None, birth_year=year, national_number=None)
    rows = people_with(Quality.BIRTH_SUSPICIOUS, by=world.user(Role.STATION), on=DAY)
    assert rows.count() == found


def test_problem_names_owner_and_the_page_that_mends_it(world: World) -> None:
    worker = good(world, national_number=None)
    (problem,) = data_problems(by=world.user(Role.STATION), on=DAY)
    assert (problem.code, problem.worker, problem.organisation) == (Quality.NO_NUMBER, worker, world.station)
    assert problem.url.endswith(f"{worker.public_id}/sua/")


def test_two_records_that_may_be_one_lead_to_the_pair(world: World) -> None:
    make_pair(world.station)
    found = list(data_problems(by=world.user(Role.STATION), on=DAY, codes=[Quality.MAYBE_TWICE]))
    assert [problem.url.split("?")[0].endswith("nghi-trung/") for problem in found] == [True, True]


def test_problems_are_counted_by_the_unit_that_answers_and_within_scope(world: World) -> None:
    for unit in (world.station, world.station, world.hospital, world.organisation("station2")):
        make_worker(unit, phone="", email="")
    by_unit = problem_counts_by_unit(Quality.NO_CONTACT, by=world.user(Role.HEALTH_DEPARTMENT), on=DAY)
    assert list(by_unit) == [(world.station, 2), (world.hospital, 1)]
    seen = people_with(Quality.NO_CONTACT, by=world.user(Role.TRAINING_OFFICE), on=DAY)
    assert [worker.keeper for worker in seen] == [world.hospital]


def test_somebody_who_left_is_no_problem(world: World) -> None:
    good(world, national_number=None, left_on=DAY - timedelta(days=1), left_reason="retired")
    assert set(problem_counts(by=world.user(Role.STATION), on=DAY).values()) == {0}
