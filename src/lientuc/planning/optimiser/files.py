"""Read a problem file of the format `cme-plan-instance/1` (money in million đồng, places on a map in km)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from .codec import Unreadable
from .model import (
    Eligibility,
    Equipment,
    Mode,
    Need,
    Offering,
    Organisation,
    Plan,
    PlanningProblem,
    Policy,
    Programme,
    Provider,
    Quarter,
    Source,
    Travel,
)
from .money import MILLION

FORMAT = "cme-plan-instance/1"
_PLANNED = "planned:"
_NEAR_KM = 3

Row = Mapping[str, Any]


def read_instance(data: Row) -> PlanningProblem:
    """The planning problem of a problem file; raises Unreadable for another format."""
    if data.get("format") != FORMAT:
        raise Unreadable(f"format {data.get('format')!r} is not {FORMAT!r}")
    try:
        return _problem(data)
    except (KeyError, TypeError, ValueError) as wrong:
        raise Unreadable(f"{FORMAT}: {type(wrong).__name__} {wrong}") from wrong


def plan_file(plan: Plan) -> dict[str, Any]:
    """A plan in the form that belongs to these problem files."""
    return {
        "classes": [{"offering": each.offering, "quarter": each.quarter, "count": each.count} for each in plan.classes],
        "seats": [
            {
                "unit": each.organisation,
                "programme": each.programme,
                "offering": each.offering,
                "quarter": each.quarter,
                "seats": each.seats,
            }
            for each in plan.seats
        ],
    }


def _problem(data: Row) -> PlanningProblem:
    params = data["params"]
    return PlanningProblem(
        quarters=tuple(Quarter(each["id"], each["working_days"]) for each in data["quarters"]),
        organisations=tuple(
            Organisation(each["id"], each["level"], each["area"], each["zone"], each["public"], each["max_away"])
            for each in data["units"]
        ),
        programmes=tuple(
            Programme(each["id"], each["topic"], each["days"], each["statutory"], each["prerequisite"])
            for each in data["programmes"]
        ),
        providers=tuple(
            Provider(each["id"], tuple(each["class_days"]), tuple(each["offsite_days"])) for each in data["providers"]
        ),
        offerings=tuple(_offering(each) for each in data["offerings"]),
        needs=tuple(_need(each) for each in data["needs"]),
        sources=tuple(_source(each) for each in data["sources"]),
        travel=tuple(_travel(data)),
        policy=Policy(
            packing=float(params["pack"]),
            floor_zone=params["floor_zone"],
            floor_share=float(params["floor_share"]),
            floor_penalty=float(params["floor_penalty"]),
        ),
    )


def _vnd(million: float) -> int:
    return int(Decimal(str(million)) * MILLION)


def _offering(row: Row) -> Offering:
    free = row["class_cost"] == 0  # open enrolment: always runs, once a quarter, up to its quota
    return Offering(
        id=row["id"],
        programme=row["programme"],
        provider=row["provider"],
        mode=Mode(row["mode"]),
        smallest=row["min_size"],
        largest=row["max_size"],
        class_vnd=_vnd(row["class_cost"]),
        seat_vnd=_vnd(row["seat_cost"]),
        quarters=tuple(row["quarters"]),
        area=row["area"],
        effect=float(row["effect"]),
        away_days=float(row["away_days"]),
        most_classes=1 if free else None,
    )


def _need(row: Row) -> Need:
    planned = row["equipment"].startswith(_PLANNED)
    return Need(
        organisation=row["unit"],
        programme=row["programme"],
        persons=row["count"],
        first_weight=float(row["first_weight"]),
        rest_weight=float(row["rest_weight"]),
        equipment=_equipment(row),
        equipment_quarter=int(row["equipment"].removeprefix(_PLANNED)) if planned else 0,
        deadline=row["deadline"],
        qualified=row["qualified"],
    )


def _equipment(row: Row) -> Equipment:
    """In this format a need without equipment but with a weight is one the law orders all the same."""
    if row["equipment"].startswith(_PLANNED):
        return Equipment.PLANNED
    return Equipment.PRESENT if row["first_weight"] > 0 else Equipment(row["equipment"])


def _source(row: Row) -> Source:
    rule = row["rule"]
    return Source(
        id=row["id"],
        budget_vnd=_vnd(row["amount"]),
        eligibility=Eligibility(
            levels=tuple(rule.get("levels", ())),
            areas=tuple(rule.get("areas", ())),
            organisations=(rule["unit"],) if "unit" in rule else (),
            topics=tuple(rule.get("topics", ())),
            zone_from=rule.get("zone_min", 0),
            public=rule.get("public"),
            statutory=rule.get("statutory"),
        ),
        pays_seats="seat" in row["pays"],
        pays_classes="class" in row["pays"],
    )


def _travel(data: Row) -> Iterator[Travel]:
    """Travel of every organisation with a need to every offering that could serve it, where it costs anything."""
    units = {each["id"]: each for each in data["units"]}
    days = {each["id"]: each["days"] for each in data["programmes"]}
    places = {each["id"]: (each["x"], each["y"]) for each in (*data["areas"], *data["providers"])}
    by_programme: dict[str, list[Row]] = {}
    for offering in data["offerings"]:
        by_programme.setdefault(offering["programme"], []).append(offering)
    for need in data["needs"]:
        unit = units[need["unit"]]
        for offering in by_programme.get(need["programme"], ()):
            held_at = {"onsite": offering["area"], "centralised": offering["provider"]}.get(offering["mode"])
            if held_at is not None and offering["area"] in (None, unit["area"]):
                million = _travel_million(data["params"], unit, places[held_at], days[need["programme"]])
                if million:
                    yield Travel(unit["id"], offering["id"], _vnd(million))


def _travel_million(params: Row, unit: Row, place: tuple[float, float], days: int) -> float:
    """The format's own formula: roads are longer where access is difficult; far places need nights."""
    km: float = math.hypot(unit["x"] - place[0], unit["y"] - place[1]) * (1.2 + 0.15 * unit["zone"])
    if km < _NEAR_KM:
        return 0.0
    there_and_back = 2 * km * params["km_cost"]
    if km >= params["night_from_km"]:
        cost = there_and_back + days * (params["night_cost"] + params["day_cost"])
    else:
        cost = there_and_back + (days * (there_and_back * 0.5) + days * params["day_cost"] * 0.5)
    return float(round(cost, 2))
