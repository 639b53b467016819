"""The workforce review: persons once, parts that add up, and nothing small for who may not see persons."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lientuc.accounts.enums import Role
from lientuc.places.models import Organisation
from lientuc.registry.enums import Title
from lientuc.reports.enums import ReviewBy
from lientuc.reports.review import Asked, Line, Review, review
from tests.factories.credits import make_standing
from tests.factories.registry import make_licence, make_post, make_worker
from tests.world import World

ON = date(2026, 6, 1)


def asked(world: World, role: Role, **wanted: Any) -> Review:
    return review(world.user(role), Asked(**wanted), ON)


def heads(found: Review) -> dict[Any, tuple[Any, Any]]:
    return {line.code: (line.persons, line.posts) for line in found.lines}


def people(organisation: Organisation, count: int, **fields: Any) -> None:
    for number in range(count):
        make_worker(organisation, f"Người {organisation.code} {number}", **fields)


def test_person_with_two_posts_is_counted_once_in_the_whole(world: World) -> None:
    worker = make_worker(world.station)
    make_post(worker, world.hospital, responsible_for_training=False)
    found = asked(world, Role.HEALTH_DEPARTMENT)
    assert heads(found) == {"initial": (1, 1), "basic": (1, 1)}
    assert (found.whole.persons, found.whole.posts) == (1, 2)


def test_merged_rows_are_one_person(world: World) -> None:
    worker = make_worker(world.station)
    make_worker(world.hospital, canonical=worker, national_number=None)
    assert asked(world, Role.HEALTH_DEPARTMENT).whole.persons == 1


@pytest.mark.parametrize(("day", "persons"), [(31, 1), (30, 1), (29, 0)])
def test_post_counts_through_its_last_day(world: World, day: int, persons: int) -> None:
    worker = make_worker(world.station, post=False)
    make_post(worker, world.station, to_on=date(2026, 5, day))
    found = review(world.user(Role.STATION), Asked(), date(2026, 5, 30))
    assert found.whole.persons == persons


def test_licence_states_add_up_to_the_persons(world: World) -> None:
    held, ending, ended, _ = (make_worker(world.station, f"Người {n}") for n in range(4))
    make_licence(held, issued_on=date(2024, 3, 1))
    make_licence(ending, issued_on=date(2021, 8, 1))
    make_licence(ended, issued_on=date(2021, 3, 1))
    expected = {"held": 1, "ending": 1, "ended": 1, "unknown": 0, "none": 1}
    found = asked(world, Role.STATION)
    assert (found.whole.parts["licence"], found.lines[0].parts["licence"]) == (expected, expected)


def test_standings_are_those_last_reckoned(world: World) -> None:
    make_standing(world.station, "Đủ", status="met")
    make_standing(world.station, "Thiếu", status="short")
    make_worker(world.station, "Chưa tính")
    expected = {"met": 1, "accruing": 0, "short": 1, "exempt": 0, "not_covered": 0, "not_reckoned": 1}
    assert asked(world, Role.STATION).whole.parts["standing"] == expected


@pytest.mark.parametrize(
    ("year", "group"),
    [(1997, "under_30"), (1996, "from_30"), (1987, "from_30"), (1986, "from_40"), (1976, "from_50"), (None, "unknown")],
)
def test_age_group_by_year_of_birth(world: World, year: int | None, group: str) -> None:
    make_worker(world.station, born_on=None, birth_year=year)
    ages = asked(world, Role.STATION).whole.parts["age"]
    assert [code for code, count in ages.items() if count] == [group]


def test_review_is_narrowed_by_commune_title_and_unit(world: World) -> None:
    people(world.station, 2)
    people(world.hospital, 3, title=Title.DOCTOR)
    role = Role.HEALTH_DEPARTMENT
    assert heads(asked(world, role, by=ReviewBy.TITLE)) == {"doctor": (3, 3), "nurse": (2, 2)}
    assert heads(asked(world, role, commune_code="M1001")) == {"initial": (2, 2)}
    assert heads(asked(world, role, title="doctor")) == {"basic": (3, 3)}
    assert heads(asked(world, role, by=ReviewBy.ORGANISATION, organisation=world.station)) == {world.station.pk: (2, 2)}


def test_other_province_is_not_counted(world: World) -> None:
    people(world.organisation("station2"), 2)
    assert heads(asked(world, Role.HEALTH_DEPARTMENT)) == {}


def test_units_without_staff_are_in_the_denominator(world: World) -> None:
    people(world.station, 1)
    found = asked(world, Role.HEALTH_DEPARTMENT)
    assert (found.units_stating, found.units) == (1, 6)


def test_reader_without_persons_gets_no_small_group(world: World) -> None:
    people(world.station, 4)
    people(world.hospital, 9)
    found = asked(world, Role.PROVINCIAL_COMMITTEE)
    assert found.lines == (Line("basic", None, None), Line("initial", None, None))
    assert (found.whole.persons, found.shown) == (13, ())


def test_reader_without_persons_sees_groups_at_the_threshold(world: World) -> None:
    people(world.station, 5)
    people(world.hospital, 9)
    assert heads(asked(world, Role.PROVINCIAL_COMMITTEE)) == {"basic": (9, 9), "initial": (5, 5)}


def test_reader_without_persons_is_answered_without_filters(world: World) -> None:
    people(world.station, 5)
    people(world.hospital, 9)
    found = asked(world, Role.PROVINCIAL_COMMITTEE, commune_code="M1001", title="nurse", care_level="initial")
    assert found.whole.persons == 14


def test_small_parts_of_the_whole_are_withheld_too(world: World) -> None:
    people(world.hospital, 9)
    make_licence(make_worker(world.hospital, "Một"))
    licences = asked(world, Role.PROVINCIAL_COMMITTEE).whole.parts["licence"]
    assert (licences["held"], licences["none"]) == (None, None)


def test_ministry_sees_persons_and_no_small_standings(world: World) -> None:
    people(world.hospital, 3)
    make_standing(world.hospital, "Thiếu", status="short")
    found = asked(world, Role.MINISTRY)
    assert heads(found) == {"basic": (4, 4)}
    assert found.shown == ("licence", "age")
    assert found.whole.parts["standing"]["short"] is None


def test_ministry_gets_no_standings_of_a_narrowed_scope(world: World) -> None:
    people(world.hospital, 9)
    assert "standing" not in asked(world, Role.MINISTRY, title="nurse").whole.parts


@pytest.mark.parametrize("count", [1, 3])
def test_review_asks_the_same_queries_for_one_and_three_rows(
    world: World, count: int, django_assert_num_queries: Any
) -> None:
    people(world.station, count)
    by = world.user(Role.HEALTH_DEPARTMENT)
    by.scope("reports.view_review")
    with django_assert_num_queries(10):
        review(by, Asked(by=ReviewBy.TITLE), ON)


def test_twin_without_withholding_shows_small_groups(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    people(world.station, 4)
    monkeypatch.setattr("lientuc.reports.review._withheld_lines", lambda lines: tuple(lines))
    assert heads(asked(world, Role.PROVINCIAL_COMMITTEE)) == {"initial": (4, 4)}
