"""One search: without accents, by old names, only what one may see, ten of a kind."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.places.enums import UnitLevel, UnitType
from lientuc.places.models import AdministrativeUnit, FormerName, UnitSuccession
from lientuc.places.register import find
from lientuc.reports.finding import Group, found
from tests.factories.curricula import make_approved_version
from tests.factories.delivery import make_certificate, make_run
from tests.factories.directives import make_directive
from tests.factories.registry import make_worker
from tests.world import World

ON = date(2026, 6, 1)


def groups(world: World, role: Role, text: str) -> list[Group]:
    return found(world.user(role), text, ON)


def names(world: World, role: Role, text: str) -> dict[str, list[str]]:
    return {group.icon: [hit.text for hit in group.hits] for group in groups(world, role, text)}


@pytest.mark.parametrize("text", ["tran thi an", "Trần Thị An", "TRAN  THI"])
def test_person_is_found_with_and_without_accents(world: World, text: str) -> None:
    make_worker(world.station, "Trần Thị An")
    make_worker(world.station_b, "Trần Thị Bé")
    assert names(world, Role.STATION, text) == {"users": ["Trần Thị An"]}


@pytest.mark.parametrize("text", ["", "a", " "])
def test_fewer_than_two_letters_find_nothing(world: World, text: str) -> None:
    make_worker(world.station, "Trần Thị An")
    assert groups(world, Role.STATION, text) == []


def test_unit_is_found_by_its_own_former_name(world: World) -> None:
    FormerName.objects.create(organisation=world.hospital, name="Bệnh viện huyện Mười", to_on=date(2025, 6, 30))
    group = groups(world, Role.HEALTH_DEPARTMENT, "benh vien huyen muoi")[0]
    assert [(hit.text, hit.detail) for hit in group.hits] == [
        ("Bệnh viện Đa khoa Một", "bệnh viện · tên cũ: Bệnh viện huyện Mười")
    ]


@pytest.mark.parametrize("text", ["xã Cổ", "Xa Co", "Trạm Y tế xã Cổ"])
def test_unit_is_found_by_the_old_name_of_its_commune(world: World, text: str) -> None:
    AdministrativeUnit.objects.create(
        code="90001",
        level=UnitLevel.COMMUNE,
        type=UnitType.XA,
        name="Xã Cổ",
        name_fold="xa co",
        province_code="M1",
        from_on=date(2004, 1, 1),
        to_on=date(2025, 6, 30),
        source="test",
        certainty="VERIFIED",
    )
    UnitSuccession.objects.create(
        legacy_level=UnitLevel.COMMUNE,
        legacy_code="90001",
        successor_level=UnitLevel.COMMUNE,
        successor_code="M1001",
        share="whole",
    )
    hits = groups(world, Role.HEALTH_DEPARTMENT, text)[0].hits
    assert "Trạm Y tế xã An" in [hit.text for hit in hits]
    assert "trạm y tế · tên cũ: Xã Cổ" in [hit.detail for hit in hits]


def test_unit_is_found_by_a_former_name_of_the_real_register(world: World) -> None:
    station = world.station
    station.commune_code = find("Thị trấn Trảng Bom", ON)[0].unit.code
    station.save()
    assert names(world, Role.STATION, "TYT thi tran Trang Bom") == {"building-hospital": ["Trạm Y tế xã An"]}


def test_runs_programmes_and_papers_of_the_provider_are_found(world: World) -> None:
    run = make_run(world.school, "Hồi sức sơ sinh", curriculum_version=make_approved_version(world.school, "Sơ sinh"))
    paper = make_certificate(world.school, "Phạm Sơ Sinh")
    assert names(world, Role.PROVIDER, "so sinh") == {
        "school": [run.title],
        "book": ["Sơ sinh"],
        "certificate": [paper.number],
    }


def test_certificate_is_found_by_number(world: World) -> None:
    paper = make_certificate(world.school, "Phạm Thị Bốn")
    assert names(world, Role.PROVIDER, paper.number) == {"certificate": [paper.number]}


def test_directive_is_found_by_number_and_title(world: World) -> None:
    make_directive("2319/BYT-K2ĐT")
    assert names(world, Role.STATION, "2319") == {"file-text": ["2319/BYT-K2ĐT"]}
    assert names(world, Role.STATION, "tieu de") == {"file-text": ["2319/BYT-K2ĐT"]}


@pytest.mark.parametrize(("count", "shown", "more"), [(9, 9, False), (10, 10, False), (11, 10, True)])
def test_ten_of_a_kind_are_shown(world: World, count: int, shown: int, more: bool) -> None:
    for number in range(count):
        make_worker(world.station, f"Ngô Văn {number}")
    group = groups(world, Role.STATION, "ngo van")[0]
    assert (len(group.hits), bool(group.more_url)) == (shown, more)


def test_health_worker_finds_no_colleagues(world: World) -> None:
    make_worker(world.station, "Trần Thị An")
    assert groups(world, Role.HEALTH_WORKER, "tran thi an") == []


@pytest.mark.parametrize("text", ["", "khongcogi", "Trần"])
def test_search_page_speaks_both_languages(client: Client, world: World, text: str) -> None:
    make_worker(world.station, "Trần Thị An")
    client.force_login(world.user(Role.STATION))
    vietnamese = client.get("/tim/", {"q": text}).content.decode()
    client.cookies["ngon-ngu"] = "en"
    english = client.get("/tim/", {"q": text}).content.decode()
    assert ("empty-state" in vietnamese) == ("empty-state" in english) == (text != "Trần")
    assert vietnamese != english
