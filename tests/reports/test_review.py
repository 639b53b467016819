"""The workforce review: persons once, parts that add up, two roads with one answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lientuc.accounts.enums import Role
from lientuc.places.models import Organisation
from lientuc.registry.enums import Title
from lientuc.reports.enums import Area, Ownership, ReviewBy
from lientuc.reports.review import answer
from lientuc.reports.review.answer import review
from lientuc.reports.review.asking import Asked, Review
from lientuc.reports.review.counting import counted_from_summary, counted_now
from lientuc.reports.review.summary import refresh_summary
from tests.factories.credits import make_standing
from tests.factories.places import make_area
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


def test_person_with_two_posts_at_one_unit_is_one_person_with_two_posts(world: World) -> None:
    worker = make_worker(world.station)
    make_post(worker, world.station, responsible_for_training=False)
    assert heads(asked(world, Role.STATION, by=ReviewBy.ORGANISATION)) == {world.station.pk: (1, 2)}


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


def test_the_better_of_two_licences_counts(world: World) -> None:
    worker = make_worker(world.station)
    make_licence(worker, issued_on=date(2021, 3, 1))
    make_licence(worker, issued_on=date(2024, 3, 1))
    assert asked(world, Role.STATION).whole.parts["licence"]["held"] == 1


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


def test_review_is_narrowed_by_place_title_unit_area_and_ownership(world: World) -> None:
    people(world.station, 2)
    people(world.hospital, 3, title=Title.DOCTOR)
    people(world.organisation("private"), 4)
    make_area("M1001", value="III")
    role = Role.HEALTH_DEPARTMENT
    assert heads(asked(world, role, by=ReviewBy.TITLE)) == {"doctor": (3, 3), "nurse": (6, 6)}
    assert heads(asked(world, role, commune_code="M1001")) == {"initial": (2, 2)}
    assert heads(asked(world, role, title="doctor")) == {"basic": (3, 3)}
    assert heads(asked(world, role, by=ReviewBy.ORGANISATION, organisation=world.station)) == {world.station.pk: (2, 2)}
    assert heads(asked(world, role, by=ReviewBy.AREA)) == {"III": (2, 2), "none": (7, 7)}
    assert heads(asked(world, role, area=Area.III)) == {"initial": (2, 2)}
    assert asked(world, role, area=Area.NONE).whole.persons == 7
    assert heads(asked(world, role, by=ReviewBy.OWNERSHIP)) == {"private": (4, 4), "public": (5, 5)}
    assert asked(world, role, ownership=Ownership.PRIVATE).whole.persons == 4


def test_other_province_is_not_counted(world: World) -> None:
    people(world.organisation("station2"), 2)
    assert heads(asked(world, Role.HEALTH_DEPARTMENT)) == {}


def test_units_without_staff_are_in_the_denominator(world: World) -> None:
    people(world.station, 1)
    found = asked(world, Role.HEALTH_DEPARTMENT)
    assert (found.units_stating, found.units) == (1, 6)


def test_whoever_may_review_sees_small_groups_and_no_other_scope(world: World) -> None:
    people(world.station, 1)
    people(world.organisation("station2"), 1)
    committee = asked(world, Role.PROVINCIAL_COMMITTEE)
    assert (heads(committee), committee.sees_people) == ({"initial": (1, 1)}, False)


def test_twin_without_scope_counts_the_other_province(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from lientuc.places.scope import ScopedQuerySet, WhyUnscoped

    people(world.station, 1)
    people(world.organisation("station2"), 1)
    monkeypatch.setattr(ScopedQuerySet, "within", lambda self, scope: self.unscoped(WhyUnscoped.SETUP))
    assert heads(asked(world, Role.PROVINCIAL_COMMITTEE)) != {"initial": (1, 1)}


# --- the summary ------------------------------------------------------------------------------------------------------


def many_kinds(world: World) -> None:
    """People of every kind of complication: several posts, merged rows, licences, standings, two provinces, areas."""
    make_area("M1001", value="III")
    make_area("M2001", value="I")
    people(world.station, 2)
    people(world.station_b, 1, title=Title.MIDWIFE, birth_year=1970, born_on=None)
    people(world.organisation("station2"), 2, title=Title.DOCTOR)
    people(world.organisation("private"), 1)
    both = make_worker(world.station, "Hai nơi", title=Title.DOCTOR)
    make_post(both, world.hospital, responsible_for_training=False)
    make_post(both, world.hospital, responsible_for_training=False)
    make_licence(both)
    far = make_worker(world.hospital, "Hai tỉnh")
    make_post(far, world.organisation("hospital2"), responsible_for_training=False)
    make_licence(far, issued_on=date(2021, 3, 1))
    make_worker(world.organisation("ward"), canonical=far, national_number=None)
    make_standing(world.hospital, "Thiếu", status="short")
    make_post(make_worker(world.station, "Đã nghỉ", post=False), world.station, to_on=date(2026, 1, 1))


QUESTIONS = [
    *({"by": by} for by in ReviewBy),
    {"by": ReviewBy.TITLE, "area": Area.III},
    {"by": ReviewBy.COMMUNE, "ownership": Ownership.PUBLIC},
    {"by": ReviewBy.CARE_LEVEL, "title": "doctor"},
    {"by": ReviewBy.ORGANISATION, "province_code": "M1"},
    {"by": ReviewBy.PROVINCE, "care_level": "basic"},
    {"by": ReviewBy.AREA, "commune_code": "M1001"},
]


@pytest.mark.parametrize("role", [Role.MINISTRY, Role.HEALTH_DEPARTMENT, Role.COMMUNE_COMMITTEE, Role.TRAINING_OFFICE])
def test_summary_gives_the_same_answer_as_counting(world: World, role: Role) -> None:
    many_kinds(world)
    refresh_summary(ON)
    by = world.user(role)
    for question in QUESTIONS:
        wanted = Asked(**question)
        assert counted_from_summary(by, wanted) == counted_now(by, wanted, ON), question


def test_twin_that_adds_shared_people_up_by_cells_differs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    many_kinds(world)
    monkeypatch.setattr("lientuc.reports.review.summary._SEVERAL", "SELECT -1")
    refresh_summary(ON)
    by = world.user(Role.MINISTRY)
    assert counted_from_summary(by, Asked()) != counted_now(by, Asked(), ON)


def test_large_scope_is_answered_by_the_summary_and_says_of_when(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    people(world.station, 2)
    made = refresh_summary(ON)
    people(world.station, 1)
    assert asked(world, Role.MINISTRY).whole.persons == 3
    monkeypatch.setattr(answer, "AT_ONCE", 2)
    found = asked(world, Role.MINISTRY)
    assert (found.whole.persons, found.reckoned_at, found.on) == (2, made.made_at, ON)


def test_large_scope_is_counted_while_there_is_no_summary(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    people(world.station, 2)
    monkeypatch.setattr(answer, "AT_ONCE", 1)
    found = asked(world, Role.MINISTRY)
    assert (found.whole.persons, found.reckoned_at) == (2, None)


def test_refreshing_twice_replaces_the_summary(world: World) -> None:
    people(world.station, 2)
    refresh_summary(ON)
    made = refresh_summary(ON)
    assert (made.persons, made.posts) == (2, 2)
    assert counted_from_summary(world.user(Role.MINISTRY), Asked())[1].persons == 2


@pytest.mark.parametrize("count", [1, 3])
def test_review_asks_the_same_queries_for_one_and_three_rows(
    world: World, count: int, django_assert_num_queries: Any
) -> None:
    people(world.station, count)
    by = world.user(Role.HEALTH_DEPARTMENT)
    by.scope("reports.view_review")
    with django_assert_num_queries(4):
        review(by, Asked(by=ReviewBy.TITLE), ON)
