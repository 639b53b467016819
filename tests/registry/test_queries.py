"""Reads: what the law is told, authority, heads and posts, how licences stand in Python and in the database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from lientuc.accounts.enums import Role
from lientuc.law import NotInForce
from lientuc.law import workers as law
from lientuc.law.credits import Exemption
from lientuc.places.enums import CareLevel, OrganisationKind
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.actions import merge_workers
from lientuc.registry.enums import LeaveBasis, LicenceKind, LicenceState, Title
from lientuc.registry.models import HealthWorker, Licence
from lientuc.registry.queries import (
    Count,
    GroupBy,
    Headcount,
    authority_on,
    facts_of,
    facts_of_many,
    headcount,
    licence_state,
    licences_ending,
    posts_of,
    staff_without_licence,
    with_licence_state,
    workers_of,
)
from lientuc.registry.queries.people import SOON
from tests.factories.places import make_organisation
from tests.factories.registry import (
    make_authority,
    make_leave,
    make_licence,
    make_post,
    make_provider,
    make_worker,
)
from tests.world import World

DAY = date(2026, 3, 1)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def test_facts_of_a_person_without_licence(world: World) -> None:
    assert facts_of(make_worker(world.station), DAY) == law.WorkerFacts(law.Title.NURSE)


def test_facts_take_the_licence_that_counts(world: World) -> None:
    worker = make_worker(world.station, title=Title.DOCTOR)
    make_licence(worker, kind=LicenceKind.CCHN, issued_on=date(2014, 5, 1))
    make_licence(worker, withdrawn_on=DAY)
    make_licence(worker, issued_on=AFTER)
    make_licence(worker, issued_on=date(2024, 1, 2), valid_to=date(2029, 1, 2))
    make_licence(worker, issued_on=date(2025, 1, 2), practising=False)
    assert facts_of(worker, DAY) == law.WorkerFacts(
        law.Title.DOCTOR, law.LicenceKind.GPHN, True, date(2024, 1, 2), date(2029, 1, 2)
    )


@pytest.mark.parametrize(("day", "kind"), [(BEFORE, "gphn"), (DAY, "none"), (AFTER, "none")])
def test_withdrawn_licence_counts_until_the_day_before(world: World, day: date, kind: str) -> None:
    worker = make_worker(world.station)
    make_licence(worker, withdrawn_on=DAY)
    assert facts_of(worker, day).licence_kind == kind


def test_facts_of_many_cost_two_queries_and_bring_exemptions(world: World, django_assert_num_queries: Any) -> None:
    workers = [make_worker(world.station, f"Người {n}") for n in range(3)]
    make_leave(workers[0], basis=LeaveBasis.LONG_STUDY, from_on=date(2025, 7, 1), to_on=date(2025, 12, 31))
    for basis in set(LeaveBasis) - {LeaveBasis.LONG_STUDY}:
        make_leave(workers[1], basis=basis, from_on=date(2025, 7, 1), to_on=date(2025, 12, 31))
    with django_assert_num_queries(2):
        found = facts_of_many(workers, DAY)
    assert found == {
        workers[0].pk: (
            law.WorkerFacts(law.Title.NURSE),
            (Exemption(date(2025, 7, 1), date(2025, 12, 31), "long_study"),),
        ),
        workers[1].pk: (law.WorkerFacts(law.Title.NURSE), ()),
        workers[2].pk: (law.WorkerFacts(law.Title.NURSE), ()),
    }


def test_merged_duplicate_answers_for_its_person(world: World, django_assert_num_queries: Any) -> None:
    main, double = make_worker(world.station, title=Title.DOCTOR), make_worker(world.station)
    make_licence(double, issued_on=date(2024, 5, 1))
    merge_workers(duplicate=double, canonical=main, reason="trùng", by=world.user(Role.STATION))
    with django_assert_num_queries(3):
        found = facts_of_many([double], DAY)
    assert found == {double.pk: facts_of_many([main], DAY)[main.pk]}
    assert found[double.pk][0].licence_issued_on == date(2024, 5, 1)
    assert {post.worker_id for post in posts_of(main)} == {main.pk, double.pk}


def test_workers_of_a_unit_are_those_in_post_by_name(world: World) -> None:
    for name, to_on in (("Trần Văn Bình", None), ("Lê Thị An", DAY), ("Đỗ Văn Cũ", BEFORE)):
        make_post(make_worker(world.hospital, name, post=False), world.station, from_on=None, to_on=to_on)
    assert [worker.full_name for worker in workers_of(world.station, DAY)] == ["Lê Thị An", "Trần Văn Bình"]


@pytest.mark.parametrize(
    ("day", "allowed"),
    [(date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 6, 30), True), (date(2026, 7, 1), False)],
)
def test_course_certificate_needs_a_code_that_holds_that_day(world: World, day: date, allowed: bool) -> None:
    provider = make_provider(world.school)
    make_authority(provider, from_on=date(2026, 1, 1), to_on=date(2026, 6, 30))
    decision = authority_on(provider, "course_certificate", day)
    assert (decision.allowed, decision.citation.text_number) == (allowed, "22/2013/TT-BYT")


@pytest.mark.parametrize(
    ("kind", "care_level", "allowed"),
    [
        (OrganisationKind.HOSPITAL, CareLevel.BASIC, True),
        (OrganisationKind.STATION, CareLevel.INITIAL, True),
        (OrganisationKind.SCHOOL, CareLevel.NONE, True),
        (OrganisationKind.ASSOCIATION, CareLevel.NONE, True),
        (OrganisationKind.AREA_CENTRE, CareLevel.BASIC, True),
        (OrganisationKind.AREA_CENTRE, CareLevel.NONE, False),
        (OrganisationKind.HEALTH_DEPARTMENT, CareLevel.NONE, False),
        (OrganisationKind.FINANCE_DEPARTMENT, CareLevel.NONE, False),
    ],
)
def test_practitioner_certificate_asks_for_the_kind_not_for_a_code(
    world: World, kind: OrganisationKind, care_level: CareLevel, allowed: bool
) -> None:
    provider = make_provider(make_organisation(world.department, kind=kind, care_level=care_level))
    decision = authority_on(provider, "practitioner_certificate", DAY)
    assert (decision.allowed, decision.citation.text_number) == (allowed, "32/2023/TT-BYT")


@pytest.mark.parametrize(
    ("day", "allowed"),
    [(BEFORE, True), (DAY, False), (date(2026, 3, 31), False), (date(2026, 4, 1), True)],
)
def test_suspension_stops_every_paper_on_its_days(world: World, day: date, allowed: bool) -> None:
    provider = make_provider(world.school, code="C")
    make_authority(provider, suspension=True, code_kind="", code="", from_on=DAY, to_on=date(2026, 3, 31))
    for proof in ("course_certificate", "practitioner_certificate"):
        assert authority_on(provider, proof, day).allowed is allowed


def test_practitioner_certificate_before_its_circular_is_refused(world: World) -> None:
    with pytest.raises(NotInForce):
        authority_on(make_provider(world.school), "practitioner_certificate", date(2023, 12, 31))


def test_heads_are_counted_once_and_posts_separately(world: World, django_assert_num_queries: Any) -> None:
    an = make_worker(world.station, "An")
    make_post(an, world.hospital, responsible_for_training=False)
    make_worker(world.hospital, "Bình", title=Title.DOCTOR)
    double = make_worker(world.hospital, "Bình hai")
    by = world.user(Role.HEALTH_DEPARTMENT)
    merge_workers(duplicate=double, canonical=an, reason="trùng", by=by)
    with django_assert_num_queries(2):
        found = headcount(by=by, on=DAY, group_by=GroupBy.CARE_LEVEL)
    assert found == Headcount(groups=(Count("basic", 2, 3), Count("initial", 1, 1)), persons=2, posts=4)
    assert headcount(by=by, on=DAY, group_by=GroupBy.TITLE).groups == (Count("doctor", 1, 1), Count("nurse", 1, 3))


def test_heads_are_counted_within_scope_and_time(world: World) -> None:
    make_worker(world.station)
    make_worker(world.station_b)
    make_post(make_worker(world.station, post=False), world.station, to_on=BEFORE)
    by = world.user(Role.STATION)
    assert headcount(by=by, on=DAY, group_by=GroupBy.COMMUNE) == Headcount((Count("M1001", 1, 1),), 1, 1)
    assert headcount(by=by, on=date(2025, 6, 30), group_by=GroupBy.COMMUNE) == Headcount((), 0, 0)


LICENCES: list[tuple[str, dict[str, Any]]] = [
    ("printed end yesterday", {"valid_to": BEFORE}),
    ("printed end today", {"valid_to": DAY}),
    ("printed end at the edge of soon", {"valid_to": DAY + SOON}),
    ("printed end after soon", {"valid_to": DAY + SOON + timedelta(days=1)}),
    ("no printed end, term over yesterday", {"issued_on": date(2021, 2, 28)}),
    ("no printed end, term over today", {"issued_on": date(2021, 3, 1)}),
    ("no printed end, term over tomorrow", {"issued_on": date(2021, 3, 2)}),
    ("no printed end, term over after soon", {"issued_on": date(2025, 1, 1)}),
    ("no day at all", {"issued_on": None}),
    ("old, by its year of end", {"kind": LicenceKind.CCHN, "issued_on": date(2012, 6, 1)}),
    ("old, printed end is a guess", {"kind": LicenceKind.CCHN, "issued_on": date(2012, 6, 1), "valid_to": BEFORE}),
    ("old without day", {"kind": LicenceKind.CCHN, "issued_on": None}),
    ("old without day but with end", {"kind": LicenceKind.CCHN, "issued_on": None, "valid_to": BEFORE}),
    ("old, converted, term over", {"kind": LicenceKind.CCHN, "issued_on": date(2012, 6, 1), "converted_on": date(2021, 2, 28)}),
    ("old, converted, held", {"kind": LicenceKind.CCHN, "issued_on": date(2012, 6, 1), "converted_on": date(2025, 2, 28)}),
    ("old, to be converted tomorrow", {"kind": LicenceKind.CCHN, "issued_on": date(2012, 6, 1), "converted_on": AFTER}),
    ("withdrawn today", {"withdrawn_on": DAY}),
    ("withdrawn tomorrow", {"withdrawn_on": AFTER}),
    ("issued tomorrow", {"issued_on": AFTER}),
]  # fmt: skip


@pytest.mark.parametrize(
    "on", [DAY, date(2028, 2, 29), date(2035, 5, 31), date(2035, 6, 1), date(2035, 6, 2), date(2036, 1, 1)]
)
def test_database_and_law_agree_how_a_licence_stands(world: World, on: date) -> None:
    expected: dict[LicenceState, set[str]] = {state: set() for state in LicenceState}
    for name, fields in LICENCES:
        worker = make_worker(world.station, name)
        licence = make_licence(worker, **fields)
        held = [licence] if licence.withdrawn_on is None or licence.withdrawn_on > on else []
        expected[licence_state(held, on)].add(name)
    both = make_worker(world.station, "ended and unknown")
    make_licence(both, valid_to=on - timedelta(days=1))
    make_licence(both, issued_on=None)
    expected[LicenceState.UNKNOWN].add("ended and unknown")
    rows = HealthWorker.objects.unscoped(WhyUnscoped.SETUP)
    found = {
        state: set(with_licence_state(rows, state, on).values_list("full_name", flat=True)) for state in LicenceState
    }
    assert found == expected


def test_states_of_licences_on_their_edges(world: World) -> None:
    def state(**fields: Any) -> LicenceState:
        return licence_state([Licence(kind=LicenceKind.GPHN, **fields)], DAY)

    assert [state(valid_to=day) for day in (BEFORE, DAY, AFTER)] == ["ended", "ending", "ending"]
    assert [state(valid_to=DAY + SOON + timedelta(days=n)) for n in (-1, 0, 1)] == ["ending", "ending", "held"]
    assert licence_state([], DAY) == "none"


def test_staff_without_licence_are_those_whose_title_needs_one(world: World) -> None:
    make_worker(world.station, "Điều dưỡng không giấy")
    make_worker(world.station, "Dân số", title=Title.POPULATION)
    make_licence(make_worker(world.station, "Có giấy"))
    make_worker(world.station_b, "Đơn vị khác")
    rows = staff_without_licence(by=world.user(Role.STATION), on=DAY)
    assert [row.full_name for row in rows] == ["Điều dưỡng không giấy"]


def test_licences_ending_are_those_between_two_days(world: World) -> None:
    for day in (BEFORE, DAY, date(2026, 6, 1), date(2026, 6, 2)):
        make_licence(make_worker(world.station), f"{day:%d%m}", valid_to=day)
    make_licence(make_worker(world.station), "term", issued_on=date(2021, 4, 1))
    rows = licences_ending(by=world.user(Role.STATION), on=DAY, until=date(2026, 6, 1))
    assert {row.number for row in rows} == {"0103", "0106", "term"}
