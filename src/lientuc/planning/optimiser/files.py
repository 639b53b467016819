"""Read a problem file of the format `cme-plan-instance/1` (money in million đồng, places on a map in km)."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from .codec import Unreadable
from .model import (
    ClassLock,
    Eligibility,
    Equipment,
    Mode,
    Need,
    Offering,
    Organisation,
    PlanningProblem,
    Policy,
    Programme,
    Provider,
    Quarter,
    Source,
    Travel,
)
from .money import MILLION
from .reading import Row

FORMAT = "cme-plan-instance/1"
_PLANNED = "planned:"
_NEAR_KM = 3


def parse(text: str) -> Any:
    """A file's JSON; raises Unreadable with line and column."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as wrong:
        raise Unreadable(f"line {wrong.lineno}, column {wrong.colno}: {wrong.msg}") from wrong


def read_instance(data: Any) -> PlanningProblem:
    """The planning problem of a problem file; raises Unreadable with the field that is wrong."""
    file = Row(data, "")
    if data.get("format") != FORMAT:
        raise Unreadable(f"format: {data.get('format')!r} is not {FORMAT!r}")
    params = file.row("params")
    return PlanningProblem(
        quarters=tuple(Quarter(each.text("id"), each.whole("working_days")) for each in file.rows("quarters")),
        organisations=tuple(_organisation(each) for each in file.rows("units")),
        programmes=tuple(_programme(each) for each in file.rows("programmes")),
        providers=tuple(
            Provider(each.text("id"), each.items("class_days", int), each.items("offsite_days", int))
            for each in file.rows("providers")
        ),
        offerings=tuple(_offering(each) for each in file.rows("offerings")),
        needs=tuple(_need(each) for each in file.rows("needs")),
        sources=tuple(_source(each) for each in file.rows("sources")),
        travel=tuple(_travel(file)),
        locks=tuple(_lock(each) for each in file.rows("locks")) if file.has("locks") else (),
        policy=_policy(params),
    )


def _policy(params: Row) -> Policy:
    """The format's own value: the cost of classes is no part of it."""
    return Policy(
        packing=params.number("pack"),
        floor_zone=params.whole("floor_zone"),
        floor_share=params.number("floor_share"),
        floor_penalty=params.number("floor_penalty"),
        class_million_weight=0.0,
    )


def _organisation(row: Row) -> Organisation:
    return Organisation(
        id=row.text("id"),
        level=row.text("level"),
        area=row.text("area"),
        zone=row.whole("zone"),
        public=row.flag("public"),
        most_away=row.whole("max_away"),
    )


def _programme(row: Row) -> Programme:
    return Programme(
        id=row.text("id"),
        topic=row.text("topic"),
        days=row.whole("days"),
        statutory=row.flag("statutory"),
        prerequisite=row.or_none("prerequisite", str),
    )


def _vnd(million: float) -> int:
    return int(Decimal(str(million)) * MILLION)


def _offering(row: Row) -> Offering:
    mode = row.text("mode")
    if mode not in list(Mode):
        raise row.wrong("mode", f"{mode!r} is none of {', '.join(Mode)}")
    class_million = row.number("class_cost")
    return Offering(
        id=row.text("id"),
        programme=row.text("programme"),
        provider=row.text("provider"),
        mode=Mode(mode),
        smallest=row.whole("min_size"),
        largest=row.whole("max_size"),
        class_vnd=_vnd(class_million),
        seat_vnd=_vnd(row.number("seat_cost")),
        quarters=row.items("quarters", int),
        area=row.or_none("area", str),
        effect=row.number("effect"),
        away_days=row.number("away_days"),
        # Open enrolment: always runs, once a quarter, up to its quota.
        most_classes=1 if class_million == 0 else None,
    )


def _need(row: Row) -> Need:
    equipment, first = row.text("equipment"), row.number("first_weight")
    planned = equipment.startswith(_PLANNED)
    quarter = equipment.removeprefix(_PLANNED)
    if not (equipment in ("present", "absent") or (planned and quarter.isdigit())):
        raise row.wrong("equipment", f"{equipment!r} is none of present, absent, planned:0, planned:1, …")
    # In this format a need without equipment but with a weight is one the law orders all the same.
    at_hand = Equipment.PRESENT if first > 0 else Equipment(equipment) if not planned else Equipment.PLANNED
    return Need(
        organisation=row.text("unit"),
        programme=row.text("programme"),
        persons=row.whole("count"),
        first_weight=first,
        rest_weight=row.number("rest_weight"),
        equipment=Equipment.PLANNED if planned else at_hand,
        equipment_quarter=int(quarter) if planned else 0,
        deadline=row.or_none("deadline", int),
        qualified=row.or_none("qualified", int),
    )


def _source(row: Row) -> Source:
    rule, pays = row.row("rule"), row.items("pays", str)
    return Source(
        id=row.text("id"),
        budget_vnd=_vnd(row.number("amount")),
        eligibility=Eligibility(
            levels=rule.items("levels", str) if rule.has("levels") else (),
            areas=rule.items("areas", str) if rule.has("areas") else (),
            organisations=(rule.text("unit"),) if rule.has("unit") else (),
            topics=rule.items("topics", str) if rule.has("topics") else (),
            zone_from=rule.whole("zone_min") if rule.has("zone_min") else 0,
            public=rule.or_none("public", bool),
            statutory=rule.or_none("statutory", bool),
        ),
        pays_seats="seat" in pays,
        pays_classes="class" in pays,
    )


def _lock(row: Row) -> ClassLock:
    at_least = row.whole("at_least") if row.has("at_least") else 0
    return ClassLock(row.text("offering"), row.whole("quarter"), at_least, row.or_none("at_most", int))


def _travel(file: Row) -> Iterator[Travel]:
    """Travel of every organisation with a need to every offering that could serve it, where it costs anything."""
    units = {each["id"]: each for each in file.data["units"]}
    days = {each["id"]: each["days"] for each in file.data["programmes"]}
    places = {each.text("id"): (each.number("x"), each.number("y")) for each in file.rows("areas")}
    places |= {each.text("id"): (each.number("x"), each.number("y")) for each in file.rows("providers")}
    by_programme: dict[str, list[tuple[str, str | None, str | None]]] = {}
    for each in file.data["offerings"]:
        held_at = {"onsite": each["area"], "centralised": each["provider"]}.get(each["mode"])
        by_programme.setdefault(each["programme"], []).append((each["id"], each["area"], held_at))
    params = file.row("params")
    cost = {name: params.number(name) for name in ("km_cost", "night_cost", "day_cost", "night_from_km")}
    for need in file.rows("needs"):
        unit = units.get(need.data["unit"])
        if unit is None or need.data["programme"] not in days:
            continue  # named among the unknown names of the problem
        for offering, area, held_at in by_programme.get(need.data["programme"], ()):
            if held_at is not None and area in (None, unit["area"]) and held_at in places:
                million = _travel_million(cost, unit, places[held_at], days[need.data["programme"]])
                if million:
                    yield Travel(unit["id"], offering, _vnd(million))


def _travel_million(params: dict[str, float], unit: Any, place: tuple[float, float], days: int) -> float:
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
