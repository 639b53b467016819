"""The worker's page: the person sees everything, an officer what the role opens, others nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.delivery.enums import CertificateStatus
from lientuc.registry.enums import Title
from lientuc.registry.models import HealthWorker
from lientuc.reports.person import Person, own_worker, person
from tests.factories.credits import make_entry
from tests.factories.curricula import make_approved_version
from tests.factories.delivery import make_certificate, make_completed, make_participation, make_run
from tests.factories.registry import make_licence, make_worker
from tests.world import World

ON = date(2026, 5, 1)


def own(world: World, worker: HealthWorker) -> Person:
    return person(world.user(Role.HEALTH_WORKER), worker, ON, own=True)


def open_class(world: World, title: str, **version: Any) -> Any:
    """A published class on a version with some hours."""
    hours = {"lesson_quarters": 64, "credit_quarters": 64, "audience_titles": [], **version}
    row = make_approved_version(world.school, f"Chương trình {title}", **hours)
    return make_run(world.school, title, curriculum_version=row, plan_published_on=date(2026, 1, 1))


@pytest.fixture
def worker(world: World) -> HealthWorker:
    return make_worker(world.station, user=world.user(Role.HEALTH_WORKER))


def test_own_record_is_the_canonical_one(world: World, worker: HealthWorker) -> None:
    duplicate = make_worker(world.hospital, national_number=None, canonical=worker)
    worker.user, duplicate.user = None, world.user(Role.HEALTH_WORKER)
    worker.save()
    duplicate.save()
    assert own_worker(world.user(Role.HEALTH_WORKER)) == worker


def test_account_without_a_record_is_told_so(client: Client, world: World) -> None:
    client.force_login(world.user(Role.HEALTH_WORKER))
    assert "chưa gắn với hồ sơ" in client.get("/toi/").content.decode()


def test_person_sees_what_is_missing_this_year(world: World, worker: HealthWorker) -> None:
    shown = own(world, worker)
    assert shown.explained is not None
    assert (shown.missing, shown.missing_this_year.year) == (True, 2026)


def test_person_sees_papers_with_an_address_that_proves_them(world: World, worker: HealthWorker) -> None:
    paper = make_certificate(world.school, participation=make_completed(world.school, worker=worker))
    (shown,) = own(world, worker).papers or ()
    assert (shown.certificate.pk, shown.status) == (paper.pk, CertificateStatus.VALID)
    assert shown.address.endswith(f"/lop/xac-minh/{paper.verification_code}/")
    assert shown.qr.startswith("data:image/svg+xml")


def test_papers_of_merged_rows_are_the_persons(world: World, worker: HealthWorker) -> None:
    duplicate = make_worker(world.hospital, national_number=None, canonical=worker)
    make_certificate(world.school, participation=make_completed(world.school, worker=duplicate))
    assert len(own(world, worker).papers or ()) == 1


def test_open_classes_are_for_the_persons_regime_and_title(world: World, worker: HealthWorker) -> None:
    for_all = open_class(world, "Cho mọi người")
    for_nurses = open_class(world, "Cho điều dưỡng", audience_titles=["nurse"])
    open_class(world, "Cho bác sỹ", audience_titles=["doctor"])
    open_class(world, "Chỉ giờ tín chỉ", lesson_quarters=None)
    assert {row.run.pk for row in own(world, worker).open_classes} == {for_all.pk, for_nurses.pk}


def test_class_one_is_enrolled_in_is_not_offered_again(world: World, worker: HealthWorker) -> None:
    run = open_class(world, "Cho mọi người")
    make_participation(world.school, run=run, worker=worker)
    shown = own(world, worker)
    assert (shown.open_classes, [row.run_id for row in shown.classes or ()]) == ((), [run.pk])


def test_full_class_is_said_to_be_full(world: World, worker: HealthWorker) -> None:
    run = open_class(world, "Đã đủ")
    run.capacity = 1
    run.save()
    make_participation(world.school, run=run)
    assert [row.is_full for row in own(world, worker).open_classes] == [True]


def test_licence_shows_its_end_and_the_day_to_file(world: World, worker: HealthWorker) -> None:
    make_licence(worker, issued_on=date(2024, 3, 1))
    licence = own(world, worker).licence
    assert licence.end is not None
    assert licence.renewal is not None
    assert (licence.state, licence.end.on, licence.renewal.on) == ("held", date(2029, 3, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("role", "parts"),
    [
        (Role.STATION, (True, True, True)),
        (Role.HEALTH_DEPARTMENT, (True, True, True)),
        (Role.COMMUNE_COMMITTEE, (True, False, True)),
        (Role.MINISTRY, (False, False, False)),
    ],
)
def test_officer_sees_the_parts_of_the_role(
    world: World, worker: HealthWorker, role: Role, parts: tuple[bool, bool, bool]
) -> None:
    shown = person(world.user(role), worker, ON, own=False)
    assert (shown.explained is not None, shown.papers is not None, shown.classes is not None) == parts


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.FINANCE_DEPARTMENT, Role.AUDITOR])
def test_role_without_workers_is_refused(client: Client, world: World, worker: HealthWorker, role: Role) -> None:
    client.force_login(world.user(role))
    assert client.get(f"/nguoi/{worker.public_id}/").status_code == 403


def test_worker_of_another_unit_is_not_found(client: Client, world: World) -> None:
    other = make_worker(world.station_b)
    for role in (Role.STATION, Role.HEALTH_WORKER):
        client.force_login(world.user(role))
        assert client.get(f"/nguoi/{other.public_id}/").status_code == 404


@pytest.mark.parametrize("title", [Title.NURSE, Title.DOCTOR, Title.PHARMACIST])
def test_page_speaks_both_languages_for_every_regime(client: Client, world: World, title: Title) -> None:
    worker = make_worker(world.station, user=world.user(Role.HEALTH_WORKER), title=title)
    if title is Title.DOCTOR:
        make_licence(worker)
    make_entry(world.station, worker=worker)
    make_certificate(world.school, participation=make_completed(world.school, worker=worker))
    client.force_login(world.user(Role.HEALTH_WORKER))
    vietnamese = client.get("/toi/")
    client.cookies["ngon-ngu"] = "en"
    english = client.get("/toi/")
    assert (vietnamese.status_code, english.status_code) == (200, 200)
    assert vietnamese.content != english.content


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_queries_for_one_and_three_of_everything(
    client: Client, world: World, worker: HealthWorker, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_entry(world.station, f"Hoạt động {number}", worker=worker)
        make_certificate(world.school, participation=make_completed(world.school, worker=worker))
        open_class(world, f"Lớp {number}")
        make_participation(world.school, worker=worker, run=make_run(world.school, f"Đang học {number}"))
    client.force_login(world.user(Role.HEALTH_WORKER))
    with clock_at(ON), django_assert_num_queries(12):
        client.get("/toi/")


def test_classes_that_add_most_in_time_and_have_seats_come_first(world: World, worker: HealthWorker) -> None:
    small = open_class(world, "Ngắn", lesson_quarters=32)
    large = open_class(world, "Dài", lesson_quarters=96)
    late = open_class(world, "Sau hạn", lesson_quarters=200)
    late.starts_on, late.ends_on = date(2027, 1, 4), date(2027, 1, 8)
    late.save()
    full = open_class(world, "Đã đủ", lesson_quarters=400)
    full.capacity = 1
    full.save()
    make_participation(world.school, run=full)
    shown = own(world, worker).open_classes
    assert [(row.run.pk, row.adds, row.in_time, row.is_full) for row in shown] == [
        (large.pk, 96, True, False),
        (small.pk, 32, True, False),
        (late.pk, 200, False, False),
        (full.pk, 400, True, True),
    ]
