"""Only absences that the text names exempt: a leave of another basis shrinks no floor and excuses nobody."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.credits.queries.standings import standing_of
from lientuc.law import NotInForce
from lientuc.law.credits import ExemptionBasis, exempts
from lientuc.law.parameters import shipped
from lientuc.registry.enums import LeaveBasis, Title
from lientuc.registry.queries.facts import LAW_BASES, exempting_bases
from tests.factories.credits import make_entry
from tests.factories.registry import make_leave, make_worker
from tests.world import World

DAY = date(2026, 11, 22)
WHOLE_YEAR = {"from_on": date(2025, 1, 1), "to_on": date(2025, 12, 31)}
SECOND_HALF = {"from_on": date(2025, 7, 1), "to_on": date(2025, 12, 31)}


def floor_of_2025(world: World, basis: LeaveBasis, hours: str, **days: Any) -> tuple[Decimal, bool]:
    worker = make_worker(world.station, title=Title.PUBLIC_HEALTH)
    make_leave(worker, basis=basis, **days)
    if Decimal(hours):
        make_entry(world.station, worker=worker, activity_on=date(2025, 3, 1), units=Decimal(hours))
    year = next(one for one in standing_of(worker, DAY).standing.yearly if one.year == 2025)
    return year.required.hours, year.met


def test_every_basis_of_leave_has_its_word_in_the_law() -> None:
    assert (set(LAW_BASES), set(LAW_BASES.values())) == (set(LeaveBasis), set(ExemptionBasis))


@pytest.mark.parametrize("basis", LeaveBasis)
def test_whole_year_away_asks_for_no_floor_only_in_long_study(world: World, basis: LeaveBasis) -> None:
    exempt = basis is LeaveBasis.LONG_STUDY
    assert floor_of_2025(world, basis, "0", **WHOLE_YEAR) == ((Decimal(0), True) if exempt else (Decimal(12), False))


@pytest.mark.parametrize(("hours", "met"), [("5.5", False), ("5.75", True), ("6", True)])
def test_share_of_a_year_in_long_study(world: World, hours: str, met: bool) -> None:
    assert floor_of_2025(world, LeaveBasis.LONG_STUDY, hours, **SECOND_HALF) == (Decimal("5.75"), met)


@pytest.mark.parametrize(("hours", "met"), [("11.75", False), ("12", True), ("12.25", True)])
def test_maternity_leaves_the_whole_floor(world: World, hours: str, met: bool) -> None:
    assert floor_of_2025(world, LeaveBasis.MATERNITY, hours, **SECOND_HALF) == (Decimal(12), met)


@pytest.mark.parametrize(
    ("day", "bases"),
    [
        (date(2013, 9, 30), frozenset()),
        (date(2013, 10, 1), frozenset({LeaveBasis.LONG_STUDY})),
        (date(2013, 10, 2), frozenset({LeaveBasis.LONG_STUDY})),
    ],
)
def test_nothing_exempts_before_the_text_is_in_force(day: date, bases: frozenset[LeaveBasis]) -> None:
    assert exempting_bases(day) == bases


def test_exemption_names_its_article() -> None:
    value = exempts(ExemptionBasis.LONG_TERM_TRAINING, DAY, shipped())
    assert value is not None
    assert value.article == "Circ. 22/2013 Art. 4"
    with pytest.raises(NotInForce):
        shipped().value("credits.s.exemption", date(2013, 9, 30))


def test_pages_say_which_leave_exempts(world: World, client: Client) -> None:
    worker = make_worker(world.station, title=Title.PUBLIC_HEALTH)
    make_leave(worker, basis=LeaveBasis.MATERNITY, from_on=date(2025, 1, 1), to_on=date(2025, 6, 30))
    make_leave(worker, basis=LeaveBasis.LONG_STUDY, from_on=date(2025, 8, 1), to_on=date(2025, 9, 30))
    client.force_login(world.user(Role.STATION))
    page = client.get(reverse("registry:worker", args=[worker.public_id])).content.decode()
    assert (page.count("không được miễn"), page.count("được miễn trong thời gian này")) == (1, 1)
