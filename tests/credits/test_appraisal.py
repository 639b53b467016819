"""The year-end list: floors and totals below, at and above; counts by unit; page and workbook."""

import io
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.credits.enums import AppraisalResult
from lientuc.credits.models import StandingRow
from lientuc.credits.queries.appraisal import MISSED, appraised, by_unit, result_of
from lientuc.credits.refresh import refresh_standings
from lientuc.credits.rules.appraisal import appraisal_of
from lientuc.law.credits import Regime, Status
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.enums import Title
from tests.factories.credits import make_entry, make_missed, make_standing
from tests.factories.registry import make_worker
from tests.world import World

DAY = date(2026, 12, 20)
ALL = WhyUnscoped.SETUP
MISSING = {AppraisalResult.FLOOR_MISSING, AppraisalResult.TOTAL_MISSING}


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock_at(DAY):
        yield


@pytest.mark.parametrize(
    ("regime", "status", "floor_met", "shortfall", "result"),
    [
        (Regime.S, Status.ACCRUING, False, 0, AppraisalResult.FLOOR_MISSING),
        (Regime.S, Status.SHORT, False, 40, AppraisalResult.FLOOR_MISSING),
        (Regime.S, Status.ACCRUING, True, 1, AppraisalResult.TOTAL_MISSING),
        (Regime.S, Status.MET, True, 0, AppraisalResult.REACHED),
        (Regime.S, Status.EXEMPT, False, 40, AppraisalResult.EXEMPT),
        (Regime.P, Status.ACCRUING, True, 400, AppraisalResult.IN_TIME),
        (Regime.P, Status.SHORT, True, 1, AppraisalResult.TOTAL_MISSING),
        (Regime.P, Status.MET, True, 0, AppraisalResult.REACHED),
    ],
)
def test_result_of_a_standing(
    regime: Regime, status: Status, floor_met: bool, shortfall: int, result: AppraisalResult
) -> None:
    assert appraisal_of(regime, status, floor_met=floor_met, shortfall=shortfall) is result


@pytest.mark.parametrize(
    ("hours", "result"),
    [("11.75", AppraisalResult.FLOOR_MISSING), ("12", AppraisalResult.REACHED), ("12.25", AppraisalResult.REACHED)],
)
def test_floor_of_the_year_below_at_above(world: World, hours: str, result: AppraisalResult) -> None:
    worker = make_worker(world.station, title=Title.PUBLIC_HEALTH)
    for year in range(2022, 2026):
        make_entry(world.station, worker=worker, activity_on=date(year, 3, 1), units=Decimal(40))
    make_entry(world.station, worker=worker, activity_on=date(2026, 3, 1), units=Decimal(hours))
    refresh_standings([worker], DAY)
    assert result_of(StandingRow.objects.unscoped(ALL).get(worker=worker)) is result


def test_database_and_rule_agree_on_who_is_listed(world: World) -> None:
    for regime, status, floor_met, short in product((Regime.S, Regime.P), Status, (True, False), (0, 4)):
        make_standing(world.station, regime=regime, status=status, yearly_floor_met=floor_met, shortfall_quarters=short)
    rows = StandingRow.objects.unscoped(ALL).exclude(status=Status.NOT_COVERED)
    assert set(rows.filter(MISSED)) == {row for row in rows if result_of(row) in MISSING}
    assert sum(line.persons for line in by_unit(rows)) == rows.count()
    counted = sum((line.results for line in by_unit(rows)), start=type(by_unit(rows)[0].results)())
    assert sum(counted[code] for code in MISSING) == rows.filter(MISSED).count()


def test_list_is_of_the_units_in_scope_and_of_who_works_there(world: World) -> None:
    here, there = make_missed(world.station), make_missed(world.station_b)
    gone = make_missed(world.station)
    gone.worker.left_on, gone.worker.left_reason = DAY, "retired"
    gone.worker.save()
    assert list(appraised(by=world.user(Role.STATION))) == [here]
    assert set(appraised(by=world.user(Role.HEALTH_DEPARTMENT))) == {here, there}
    assert list(appraised(by=world.user(Role.HEALTH_DEPARTMENT), organisation=world.station_b)) == [there]


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_and_three(
    world: World, client: Client, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        make_missed(world.station, f"Người {number}")
    client.force_login(world.user(Role.STATION))
    with django_assert_num_queries(7):
        page = client.get(reverse("credits:appraisal")).content.decode()
    assert f"{count} trên {count} người chưa đạt" in page
    client.cookies["ngon-ngu"] = "en"
    assert "List for the appraisal of 2026" in client.get(reverse("credits:appraisal")).content.decode()


def test_workbook_has_people_and_units(world: World, client: Client) -> None:
    make_missed(world.station, "Lê Thị Bé")
    make_standing(world.station, "Đã Đạt", status=Status.MET, yearly_floor_met=True)
    client.force_login(world.user(Role.STATION))
    book = load_workbook(io.BytesIO(client.get(reverse("credits:appraisal_export")).content))
    people = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert ("Lê Thị Bé" in people, "Đã Đạt" in people) == (True, False)
    units = [tuple(cell.value for cell in row) for row in book.worksheets[1].iter_rows()]
    assert [row[:4] for row in units if row[0] == "Trạm Y tế xã An"] == [("Trạm Y tế xã An", 2, 1, 1)]


def test_nobody_below_says_what_to_do(world: World, client: Client) -> None:
    client.force_login(world.user(Role.STATION))
    assert "Không có ai chưa đạt" in client.get(reverse("credits:appraisal")).content.decode()
