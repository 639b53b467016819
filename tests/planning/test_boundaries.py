"""Who reaches what of a plan: a commune its own needs and nominations, a provider its own offers, finance money and no person.

Each wall has a twin: the same reader with the wall taken down.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lientuc.accounts import permissions
from lientuc.accounts.enums import Reach, Role
from lientuc.core.errors import NotAllowed
from lientuc.curricula.actions import submit_version, withdraw_version
from lientuc.delivery.actions import cancel_run, confirm_run
from lientuc.law.workers import Title
from lientuc.places.scope import ScopedQuerySet, WhyUnscoped
from lientuc.planning.actions import name_persons, nominate, propose_persons, raise_need, state_conditions
from lientuc.planning.enums import NeedState
from lientuc.planning.models import Need, NeedPerson, Nomination
from lientuc.planning.rules.needs import NeedDraft
from lientuc.registry.models import HealthWorker
from tests.factories.curricula import make_submitted_version, make_topic, make_version
from tests.factories.delivery import make_run
from tests.factories.planning import (
    make_approved_plan,
    make_line,
    make_need,
    make_plan,
    make_seats,
    make_submitted_plan,
)
from tests.factories.registry import make_worker
from tests.world import World

OWN, OTHER = "Nhu cầu của Trạm An", "Nhu cầu của Trạm Bình"


def rows(model: Any) -> Any:
    return model.objects.unscoped(WhyUnscoped.SETUP)


def seen(client: Client, *paths: str) -> tuple[list[int], str]:
    """The answers' states and everything they say."""
    answers = [client.get(path) for path in paths]
    return [answer.status_code for answer in answers], "\n".join(answer.content.decode() for answer in answers)


@pytest.fixture
def no_walls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question for rows answers with all rows."""
    monkeypatch.setattr(ScopedQuerySet, "within", lambda self, scope: self.unscoped(WhyUnscoped.SETUP))


# --- a commune: its own needs and nominations -------------------------------------------------------------------------


@pytest.fixture
def needs(world: World) -> tuple[Need, Need]:
    """A need of the commune's own station and one of the neighbour's, each with a named person."""
    found = []
    for unit, text in ((world.station, OWN), (world.organisation("station_b"), OTHER)):
        need = make_need(unit, text, state=NeedState.ACCEPTED)
        NeedPerson.objects.create(need=need, worker=make_worker(unit, f"Người của {unit.name}"), named_by="t")
        found.append(need)
    return found[0], found[1]


@pytest.fixture
def commune(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.COMMUNE_COMMITTEE))
    return client


NEED_PAGES = ("", "dieu-kien/", "nguoi/")


def test_commune_sees_its_own_needs_only(commune: Client, needs: tuple[Need, Need]) -> None:
    own, other = needs
    states, text = seen(commune, "/ke-hoach/nhu-cau/", *(f"/ke-hoach/nhu-cau/{own.public_id}/{p}" for p in NEED_PAGES))
    assert states == [200] * 4
    assert (OWN in text, "Trạm Y tế xã Bình" in text) == (True, False)
    states, text = seen(commune, *(f"/ke-hoach/nhu-cau/{other.public_id}/{path}" for path in NEED_PAGES))
    assert states == [404] * 3
    assert OTHER not in text


def test_commune_changes_its_own_needs_only(world: World, needs: tuple[Need, Need]) -> None:
    by, (own, other) = world.user(Role.COMMUNE_COMMITTEE), needs
    topic = make_topic("nursing.care", name_vi="Chăm sóc người bệnh", name_en="Nursing", family="nursing")
    assert raise_need(draft=NeedDraft(world.station, topic, 2, text="Cần học"), by=by).organisation == world.station
    assert name_persons(need=own, workers=[], by=by) == own
    neighbour = world.organisation("station_b")
    for forbidden in (
        lambda: raise_need(draft=NeedDraft(neighbour, topic, 2, text="Cần học"), by=by),
        lambda: name_persons(need=other, workers=[], by=by),
        lambda: state_conditions(need=other, drafts=[], by=by),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
    assert rows(NeedPerson).filter(need=other).count() == 1


def test_commune_decides_on_no_need(commune: Client, needs: tuple[Need, Need]) -> None:
    states = [
        commune.post(f"/ke-hoach/nhu-cau/{needs[0].public_id}/{path}/").status_code
        for path in ("tiep-nhan", "khong-tiep-nhan", "tach", "gop")
    ]
    assert states == [403] * 4


def test_twin_without_walls_a_commune_reads_and_changes_its_neighbours_need(
    commune: Client, world: World, needs: tuple[Need, Need], no_walls: None
) -> None:
    other = needs[1]
    states, text = seen(commune, f"/ke-hoach/nhu-cau/{other.public_id}/")
    assert (states, OTHER in text) == ([200], True)
    name_persons(need=other, workers=[], by=world.user(Role.COMMUNE_COMMITTEE))
    assert rows(NeedPerson).filter(need=other).count() == 0


def _seats(world: World) -> Any:
    """Two seats of the neighbouring station, which has six doctors, beside two of the commune's own."""
    line = make_line(world.department, "Lớp của hai trạm", plan=make_approved_plan(world.department), classes=1)
    found = {}
    for unit in (world.station, world.organisation("station_b")):
        for number in range(6):
            make_worker(unit, f"Bác sĩ {number} {unit.name}", title=Title.DOCTOR)
        found[unit.code] = make_seats(unit, line=line)
    return found["station"], found["station_b"]


def _somebody_of(seats: Any) -> str:
    return str(rows(HealthWorker).get(full_name=f"Bác sĩ 0 {seats.organisation.name}").public_id)


def test_commune_names_persons_for_its_own_seats_only(commune: Client, world: World) -> None:
    own, other = _seats(world)
    by = world.user(Role.COMMUNE_COMMITTEE)
    states, text = seen(commune, "/ke-hoach/cu-nguoi/", f"/ke-hoach/cu-nguoi/{own.public_id}/")
    assert (states, "Trạm Y tế xã An" in text, "xã Bình" in text) == ([200, 200], True, False)
    assert nominate(seats=own, people=[_somebody_of(own)], confirmed=True, by=by).confirmed_at is not None
    states, text = seen(commune, f"/ke-hoach/cu-nguoi/{other.public_id}/")
    assert (states, "Bác sĩ" in text) == ([404], False)
    assert commune.post(f"/ke-hoach/cu-nguoi/{other.public_id}/", {"people": [_somebody_of(other)]}).status_code == 404
    with pytest.raises(NotAllowed):
        nominate(seats=other, people=[_somebody_of(other)], confirmed=True, by=by)
    with pytest.raises(NotAllowed):
        propose_persons(seats=[other], found={}, by=by)
    assert [row.seats for row in rows(Nomination)] == [own]


def test_twin_without_walls_a_commune_sees_its_neighbours_people(commune: Client, world: World, no_walls: None) -> None:
    _, other = _seats(world)
    states, text = seen(commune, f"/ke-hoach/cu-nguoi/{other.public_id}/")
    assert (states, "Bác sĩ 0 Trạm Y tế xã Bình" in text) == ([200], True)


def test_twin_without_the_question_a_commune_names_its_neighbours_people(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, other = _seats(world)
    monkeypatch.setattr("lientuc.planning.actions.nominations.require", lambda *asked: None)
    nominate(seats=other, people=[_somebody_of(other)], confirmed=True, by=world.user(Role.COMMUNE_COMMITTEE))
    assert [row.seats for row in rows(Nomination)] == [other]


# --- a provider: its own offers ---------------------------------------------------------------------------------------

PLANNING_DOORS = (
    "/ke-hoach/", "/ke-hoach/nhu-cau/", "/ke-hoach/nhu-cau/do-bao-phu/", "/ke-hoach/nguon/", "/ke-hoach/muc-chi/",
    "/ke-hoach/cu-nguoi/", "/ke-hoach/muc-ap-dung/", "/ke-hoach/moi/",
)  # fmt: skip


@pytest.fixture
def offers(world: World) -> dict[str, Any]:
    """A programme and a class of two schools."""
    other = world.organisation("school_b")
    return {
        "own": make_version(world.school, "Chương trình trường Một"),
        "other": make_version(other, "Chương trình trường Hai"),
        "own_run": make_run(world.school, "Lớp của trường Một"),
        "other_run": make_run(other, "Lớp của trường Hai"),
    }


def _offer_pages(offers: dict[str, Any], whose: str) -> list[str]:
    version, run = offers[whose], offers[f"{whose}_run"]
    return [
        f"/chuong-trinh/{version.curriculum.public_id}/",
        f"/chuong-trinh/phien-ban/{version.public_id}/soan/",
        f"/lop/{run.public_id}/",
    ]


@pytest.fixture
def provider(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.PROVIDER))
    return client


def test_provider_sees_its_own_offers_only_and_nothing_of_the_plan(
    provider: Client, world: World, offers: dict[str, Any]
) -> None:
    states, text = seen(provider, "/chuong-trinh/", "/lop/", *_offer_pages(offers, "own"))
    assert states == [200] * 5
    assert ("trường Một" in text, "trường Hai" in text) == (True, False)
    states, text = seen(provider, *_offer_pages(offers, "other"))
    assert (states, "trường Hai" in text) == ([404] * 3, False)
    make_line(world.department, "Dòng kế hoạch", plan=make_plan(world.department))
    states, text = seen(provider, *PLANNING_DOORS)
    assert (states, "Dòng kế hoạch" in text) == ([403] * len(PLANNING_DOORS), False)


def test_provider_changes_its_own_offers_only(world: World, offers: dict[str, Any]) -> None:
    by = world.user(Role.PROVIDER)
    waiting = make_submitted_version(world.organisation("school_b"), "Chương trình đã trình")
    for forbidden in (
        lambda: submit_version(version=offers["other"], by=by),
        lambda: withdraw_version(version=waiting, reason="thử", by=by),
        lambda: confirm_run(run=offers["other_run"], by=by),
        lambda: cancel_run(run=offers["other_run"], reason="thử", by=by),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
    assert submit_version(version=offers["own"], by=by).submitted_at is not None


def test_twin_without_walls_a_provider_reads_and_submits_anothers_programme(
    provider: Client, world: World, offers: dict[str, Any], no_walls: None
) -> None:
    states, text = seen(provider, *_offer_pages(offers, "other"))
    assert (states, "trường Hai" in text) == ([200] * 3, True)
    assert submit_version(version=offers["other"], by=world.user(Role.PROVIDER)).submitted_at is not None


# --- finance: money, not persons --------------------------------------------------------------------------------------

# What shows persons by name or lets somebody choose them.
PERSONAL = (
    "registry.view_workers", "credits.view_entries", "delivery.view_participations", "delivery.view_certificates",
    "planning.view_needs", "planning.nominate", "planning.raise_need",
)  # fmt: skip
MONEY = ("planning.view_plans", "planning.review_money")


def _held(role: Role) -> set[str]:
    return {name for name, reaches in permissions.table().items() if reaches[role]}


def test_finance_holds_permissions_on_money_and_none_on_persons() -> None:
    held = _held(Role.FINANCE_DEPARTMENT)
    assert set(PERSONAL) <= set(permissions.table())
    assert (held & set(PERSONAL), set(MONEY) - held) == (set(), set())


def test_twin_a_table_that_lets_finance_see_workers_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {name: dict(row) for name, row in permissions.table().items()}
    told["registry.view_workers"][Role.FINANCE_DEPARTMENT] = frozenset({Reach.PROFESSIONAL})
    monkeypatch.setattr(permissions, "table", lambda: told)
    assert _held(Role.FINANCE_DEPARTMENT) & set(PERSONAL) == {"registry.view_workers"}


PERSONS_DOORS = (
    "/ke-hoach/nhu-cau/", "/ke-hoach/cu-nguoi/", "/ke-hoach/nhu-cau/do-bao-phu/", "/nhan-luc/", "/lop/hoc-vien/", "/lop/giay/",
    "/tin-chi/",
)  # fmt: skip


def test_finance_reads_and_comments_on_the_money_sent_to_it_and_meets_no_person(client: Client, world: World) -> None:
    own, other = (
        make_submitted_plan(world.department, finance=world.organisation("finance")),
        make_submitted_plan(world.organisation("department2")),
    )
    line = make_line(world.department, plan=own, requested_vnd=123_000_000)
    seats = make_seats(world.station, line=line)
    Nomination.objects.create(seats=seats, worker=make_worker(world.station, "Trần Thị Kín"), named_by="t")
    client.force_login(world.user(Role.FINANCE_DEPARTMENT))
    states, text = seen(
        client,
        f"/ke-hoach/{own.public_id}/",
        f"/ke-hoach/dong/{line.public_id}/",
        f"/ke-hoach/{own.public_id}/gop-y-kinh-phi/",
    )
    assert (states, "123.000.000" in text, "Trần Thị Kín" in text) == ([200] * 3, True, False)
    states, text = seen(
        client, f"/ke-hoach/{other.public_id}/", f"/ke-hoach/cu-nguoi/{seats.public_id}/", *PERSONS_DOORS
    )
    assert (set(states) <= {403, 404}, "Trần Thị Kín" in text) == (True, False)


def test_twin_the_same_pages_show_the_person_to_who_may_see_persons(client: Client, world: World) -> None:
    line = make_line(world.department, plan=make_approved_plan(world.department))
    seats = make_seats(world.station, line=line)
    Nomination.objects.create(seats=seats, worker=make_worker(world.station, "Trần Thị Kín"), named_by="t")
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    _, text = seen(client, f"/ke-hoach/cu-nguoi/{seats.public_id}/")
    assert "Trần Thị Kín" in text
