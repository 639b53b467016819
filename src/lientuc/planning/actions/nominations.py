"""Seats handed to units, persons proposed for them, named and confirmed by the unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import now
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..enums import NominationState, PlanKind, PlanState
from ..models import Nomination, Plan, UnitSeats
from ..queries.nominations import candidates, facts_of, wanted_seats
from ..rules.nominations import nomination_problems
from ..telling import tell_units
from ..writing import locked_plan


@action("planning.hand_out_seats")
def hand_out_seats(*, plan: Plan, by: Any, key: str = "") -> Plan:
    """Hand the seats of an approved plan to the units whose needs its lines serve; done again it follows the lines.

    Units whose seats are new or changed are told. Seats a unit has confirmed keep their persons; where their number changed the unit must confirm anew.
    """
    require(by, "planning.edit_plan", plan.organisation)
    plan = locked_plan(plan)
    if plan.state != PlanState.APPROVED or plan.kind != PlanKind.ANNUAL:
        raise Refused(Problem("planning.seats_of_approved_only"))
    wanted = wanted_seats(plan)
    if not wanted:
        raise Refused(Problem("planning.no_seats"))
    rows = UnitSeats.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line__plan=plan)
    known = {(row.line_id, row.organisation_id): row for row in rows}
    rows.exclude(pk__in=[row.pk for pair, row in known.items() if pair in wanted]).delete()
    changed = [row for pair, row in known.items() if pair in wanted and row.seats != wanted[pair]]
    for row in changed:
        row.seats = wanted[row.line_id, row.organisation_id]
        row.confirmed_at = row.confirmed_by = None
    UnitSeats.objects.unscoped(WhyUnscoped.ROW_IN_HAND).bulk_update(changed, ["seats", "confirmed_at", "confirmed_by"])
    fresh = [
        UnitSeats(line_id=line, organisation_id=unit, seats=persons, handed_by=str(by.public_id))
        for (line, unit), persons in sorted(wanted.items())
        if (line, unit) not in known
    ]
    UnitSeats.objects.bulk_create(fresh)
    tell_units(plan, [*changed, *fresh], by)
    return plan


@action("planning.propose_persons")
def propose_persons(
    *, seats: Sequence[UnitSeats], found: Mapping[int, Sequence[int]], by: Any, key: str = ""
) -> UnitSeats:
    """Write down who was found for each of `seats` (workers by seats); persons the unit decided on are left as they are."""
    for row in seats:
        require(by, "planning.nominate", row.organisation)
    rows = Nomination.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(seats__in=[row.pk for row in seats])
    rows.filter(state=NominationState.PROPOSED).delete()
    decided = set(rows.values_list("seats_id", "worker_id"))
    open_rows = [row for row in seats if row.confirmed_at is None]
    Nomination.objects.bulk_create(
        Nomination(seats=row, worker_id=worker, named_by=str(by.public_id))
        for row in open_rows
        for worker in found.get(row.pk, ())
        if (row.pk, worker) not in decided
    )
    return seats[0]


@action("planning.nominate")
def nominate(*, seats: UnitSeats, people: Sequence[str], confirmed: bool, by: Any, key: str = "") -> UnitSeats:
    """The unit's own choice of persons (public ids); others that were proposed are kept out from now on.

    Refused with every conflict: more than seats, on leave, named elsewhere, a station without its shift.
    """
    require(by, "planning.nominate", seats.organisation)
    rows = UnitSeats.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_for_update(of=("self",))
    held = rows.select_related("line__plan", "organisation").get(pk=seats.pk)
    known = candidates(held)
    refuse_if(nomination_problems(list(people), facts_of(held, known)))
    _write_choice(held, {each.worker.pk: str(each.worker.public_id) in people for each in known}, by)
    held.confirmed_at, held.confirmed_by = (now(), str(by.public_id)) if confirmed else (None, None)
    held.save(update_fields=["confirmed_at", "confirmed_by"])
    found: UnitSeats = held
    return found


def _write_choice(seats: UnitSeats, goes: Mapping[int, bool], by: Any) -> None:
    rows = Nomination.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(seats=seats)
    before = dict(rows.values_list("worker_id", "state"))
    rows.delete()
    Nomination.objects.bulk_create(
        Nomination(
            seats=seats,
            worker_id=worker,
            state=NominationState.CHOSEN if going else NominationState.KEPT_OUT,
            named_by=str(by.public_id),
        )
        for worker, going in goes.items()
        # Somebody never spoken of stays free to be proposed.
        if going or worker in before
    )
