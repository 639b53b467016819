"""Plan files: what `lientuc plan-solve` writes and `lientuc plan-check` reads. Money in million đồng."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from .model import (
    Certificate,
    Dual,
    Payment,
    Plan,
    PlannedClass,
    Reason,
    SeatBlock,
    Stopped,
    Unmet,
)
from .money import MILLION
from .reading import Row

SENTENCES: Mapping[Reason, str] = {
    Reason.EQUIPMENT_ABSENT: "the equipment is absent and not funded: buy it first",
    Reason.NO_OFFERING: "nobody offers the programme in the area between equipment and deadline",
    Reason.NOT_ELIGIBLE_MONEY: "no source may pay for it",
    Reason.PREREQUISITE: "nobody has the prerequisite in time for {offering}",
    Reason.LOCKED: "a lock leaves no seat in {offering}",
    Reason.STAFFING: "the unit cannot spare another person in quarter {quarter}",
    Reason.PROVIDER_DAYS: "{provider} has no days left in quarter {quarter}",
    Reason.BELOW_MIN_CLASS: "a class of {offering} in quarter {quarter} would lack {missing} persons",
    Reason.MONEY: "{offering} in quarter {quarter}: sources that may pay ({sources}) are used up",
    Reason.LOWER_PRIORITY: "others were worth more",
}


def plan_file(plan: Plan) -> dict[str, Any]:
    """A plan as its file. `seconds` is the work of the search in nominal seconds, the same on every run."""
    return {
        "classes": [{"offering": each.offering, "quarter": each.quarter, "count": each.count} for each in plan.classes],
        "seats": [_seats(each) for each in plan.seats],
        "payments": [_payment(each) for each in plan.payments],
        "unmet": [_unmet(each) for each in plan.unmet],
        "prices": [
            {
                "source": each.source,
                "value_per_million": each.value_per_million,
                "low": each.low,
                "high": each.high,
                "kink": each.kink,
            }
            for each in plan.prices
        ],
        "bound": plan.bound,
        "value": plan.value,
        "gap": plan.gap,
        "searched_bound": plan.searched_bound,
        "stopped": plan.stopped.value,
        "seconds": plan.work,
        "problem_digest": plan.problem_digest,
        "versions": dict(plan.versions),
        "certificate": _certificate(plan.certificate),
    }


def read_plan_file(data: Any) -> tuple[Plan, frozenset[str]]:
    """The plan of a file, and which parts beyond classes and seats it has; raises Unreadable with the wrong field."""
    file = Row(data, "")
    payments = tuple(_read_payment(each) for each in file.rows("payments")) if file.has("payments") else ()
    unmet = tuple(_read_unmet(each) for each in file.rows("unmet")) if file.has("unmet") else ()
    plan = Plan(
        classes=tuple(
            PlannedClass(each.text("offering"), each.whole("quarter"), each.whole("count"))
            for each in file.rows("classes")
        ),
        seats=tuple(_read_seats(each) for each in file.rows("seats")),
        payments=payments,
        unmet=unmet,
        value=file.number("value") if file.has("value") else 0.0,
        bound=file.or_none("bound", float),
        gap=file.or_none("gap", float),
        stopped=Stopped.GAP,
        problem_digest=file.or_none("problem_digest", str) or "",
        versions={},
        certificate=_read_certificate(file.row("certificate")) if file.has("certificate") else None,
    )
    return plan, frozenset(name for name in ("payments", "unmet", "value", "problem_digest") if file.has(name))


def _seats(each: SeatBlock) -> dict[str, Any]:
    return {
        "unit": each.organisation,
        "programme": each.programme,
        "offering": each.offering,
        "quarter": each.quarter,
        "seats": each.seats,
    }


def _payment(each: Payment) -> dict[str, Any]:
    head: dict[str, Any] = {"source": each.source, "item": "class" if each.organisation is None else "seat"}
    unit = {} if each.organisation is None else {"unit": each.organisation}
    return head | {"offering": each.offering} | unit | {"quarter": each.quarter, "amount": each.vnd / MILLION}


def _unmet(each: Unmet) -> dict[str, Any]:
    row: dict[str, Any] = {
        "unit": each.organisation,
        "programme": each.programme,
        "persons": each.persons,
        "reason": each.reason.value,
        "detail": SENTENCES[each.reason].format_map(each.values),
        "values": dict(each.values),
    }
    if each.million_to_include is not None:
        row["million_to_include"] = each.million_to_include
    return row


def _certificate(certificate: Certificate | None) -> dict[str, Any] | None:
    if certificate is None:
        return None
    duals = [{"row": each.family, "of": list(each.name), "price": each.value} for each in certificate.duals]
    return {"bound": certificate.bound, "duals": duals}


def _read_seats(row: Row) -> SeatBlock:
    place = row.text("offering"), row.whole("quarter"), row.whole("seats")
    return SeatBlock(row.text("unit"), row.text("programme"), *place)


def _read_payment(row: Row) -> Payment:
    item = row.text("item")
    if item not in ("class", "seat"):
        raise row.wrong("item", f"{item!r} is neither class nor seat")
    unit = row.text("unit") if item == "seat" else None
    vnd = Decimal(str(row.number("amount"))) * MILLION
    if vnd != int(vnd):
        raise row.wrong("amount", "not a whole number of đồng")
    return Payment(row.text("source"), row.text("offering"), row.whole("quarter"), unit, int(vnd))


def _read_unmet(row: Row) -> Unmet:
    reason = row.text("reason")
    if reason not in list(Reason):
        raise row.wrong("reason", f"{reason!r} is none of {', '.join(Reason)}")
    return Unmet(row.text("unit"), row.text("programme"), row.whole("persons"), Reason(reason))


def _read_certificate(row: Row) -> Certificate:
    duals = tuple(Dual(each.text("row"), each.items("of", str), each.number("price")) for each in row.rows("duals"))
    return Certificate(row.number("bound"), duals)
