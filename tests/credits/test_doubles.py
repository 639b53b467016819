"""Hours that might count twice are prevented where the law tells them apart, and shown where a person must decide."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.credits.enums import DoubleKind, EntrySource
from lientuc.credits.models import CreditEntry
from lientuc.credits.queries.doubles import Chosen, doubles_of
from lientuc.credits.queries.standings import standing_of
from lientuc.law.credits import Reason
from lientuc.registry.enums import Title
from tests.factories.credits import make_doubled, make_entry, make_reversal, make_standing
from tests.factories.registry import make_licence, make_worker
from tests.world import World

DAY = date(2026, 6, 15)
ISSUED = date(2025, 3, 1)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock_at(DAY):
        yield


def shown(world: World, role: Role = Role.STATION, **chosen: Any) -> list[tuple[str, set[CreditEntry]]]:
    found = doubles_of(by=world.user(role), chosen=Chosen(**chosen))
    return [(str(double.kind), set(double.entries)) for double in found]


def test_certificate_under_two_rows_of_one_person_is_counted_once_and_shown(world: World) -> None:
    main = make_worker(world.station)
    other = make_worker(world.station, national_number=None, canonical=main)
    entries = {
        make_entry(world.station, f"Lớp {n}", worker=worker, certificate_number=f"{n}/2026", certificate_key="5/2026")
        for n, worker in enumerate((main, other))
    }
    assert shown(world) == [(DoubleKind.SAME_CERTIFICATE, entries)]
    decisions = [line.decision for line in standing_of(main, DAY).lines]
    assert sorted((str(one.amount.hours), one.reason is Reason.DUPLICATE) for one in decisions) == [
        ("0", True),
        ("8", False),
    ]


def test_same_event_by_two_imports_is_shown_until_one_is_taken_back(world: World) -> None:
    first = make_entry(world.station, "Hội nghị Nội khoa", source=EntrySource.EXCEL, role="delegate")
    again = make_entry(world.station, "hội nghị Nội khoa", worker=first.worker, source=EntrySource.NAMES)
    make_entry(world.station, "Hội nghị Nội khoa", worker=first.worker, activity_on=date(2026, 3, 6))
    make_entry(world.station, "Hội nghị Nội khoa")
    assert shown(world) == [(DoubleKind.SAME_ACTIVITY, {first, again})]
    make_reversal(world.station, entry=again)
    assert shown(world) == []


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2021, 6, 15), 0),
        (date(2021, 6, 16), 1),
        (date(2025, 2, 28), 1),
        (ISSUED, 0),
        (date(2025, 3, 2), 0),
    ],
)
def test_hours_of_before_the_licence_in_the_window_are_shown(world: World, day: date, found: int) -> None:
    worker = make_worker(world.station, title=Title.DOCTOR)
    make_licence(worker, issued_on=ISSUED)
    entry = make_entry(world.station, worker=worker, activity_on=day)
    make_standing(world.station, worker=worker)
    assert shown(world) == [(DoubleKind.REGIME_CHANGED, {entry})] * found


def test_others_and_other_units_are_not_shown(world: World) -> None:
    entry = make_doubled(world.station)
    make_doubled(world.station_b)
    assert len(shown(world)) == 1
    assert len(shown(world, Role.HEALTH_DEPARTMENT)) == 2
    assert len(shown(world, Role.HEALTH_DEPARTMENT, organisation=world.station_b)) == 1
    assert len(shown(world, Role.HEALTH_DEPARTMENT, worker=entry.worker)) == 1
    assert shown(world, kind="same_certificate") == []


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_and_three(
    world: World, client: Client, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        make_doubled(world.station, f"Ghi hai lần {number}")
    client.force_login(world.user(Role.STATION))
    with django_assert_num_queries(9):
        page = client.get(reverse("credits:doubles")).content.decode()
    assert page.count("Ghi hai lần") == 2 * count


def test_page_speaks_both_languages_and_exports(world: World, client: Client) -> None:
    entry = make_doubled(world.station)
    client.force_login(world.user(Role.STATION))
    url = reverse("credits:doubles")
    assert "Giờ có thể tính trùng của" in client.get(url, {"worker": entry.worker.public_id}).content.decode()
    assert "Không thấy giờ nào" in client.get(url, {"kind": "same_certificate"}).content.decode()
    csv = client.get(reverse("credits:doubles_export"), {"kind_of_file": "csv"})
    assert b"".join(csv) if csv.streaming else csv.content
    client.cookies["ngon-ngu"] = "en"
    assert "might count twice" in client.get(url).content.decode()
