"""Writes about reorganised units: prepared, carried out in one transaction, dropped, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from lientuc.accounts.permissions import require
from lientuc.core.clock import now, today
from lientuc.core.errors import refuse_if
from lientuc.core.names import fold, tidy
from lientuc.places.actions import found_organisation
from lientuc.places.enums import CareLevel, Line, OrganisationKind, SuccessionKind
from lientuc.places.lines import rebuild_paths
from lientuc.places.models import FormerName, Organisation, OrganisationLine, OrganisationSuccession
from lientuc.places.rules import OrganisationDraft
from lientuc.places.scope import WhyUnscoped
from lientuc.places.succession import passings
from lientuc.trail.record import action

from ..enums import MoveKind, PartRole, ReorganisationState
from ..models import HealthWorker
from ..open_work import POSTS, RECORDS
from .models import Reorganisation, ReorganisationPart
from .passing import (
    Ledger,
    added_since,
    changed_since,
    lines_of,
    mend_responsibility,
    pass_authority,
    pass_lines,
    pass_open_work,
    take_back,
)
from .rules import (
    ReorganisationDraft,
    UnitFacts,
    carrying_problems,
    reorganisation_problems,
    undoing_problems,
    why_not_become,
)

EDIT = "registry.edit_organisations"


@action("registry.prepare_reorganisation")
def prepare_reorganisation(
    *,
    draft: ReorganisationDraft,
    units: Sequence[Organisation],
    by: Any,
    heir: Organisation | None = None,
    key: str = "",
) -> Reorganisation:
    """Write a reorganisation down for a look at what it will move; nothing is moved yet."""
    for unit in [*units, *([heir] if heir else [])]:
        require(by, EDIT, unit)
    heir = heir if draft.kind is SuccessionKind.MERGE else None
    refuse_if(reorganisation_problems(draft, [_facts(unit) for unit in units], _facts(heir) if heir else None))
    row = Reorganisation.objects.create(
        organisation=units[0],
        heir=heir,
        kind=str(draft.kind),
        on_date=draft.on,
        decision=tidy(draft.decision),
        plan={"name": tidy(draft.name), "short_name": tidy(draft.short_name), "code": draft.code.strip()},
        prepared_by=by,
    )
    ends = PartRole.ENDS if draft.kind is SuccessionKind.MERGE else PartRole.GOES_ON
    parts = [ReorganisationPart(reorganisation=row, organisation=unit, role=ends) for unit in units]
    if heir is not None:
        parts.append(ReorganisationPart(reorganisation=row, organisation=heir, role=PartRole.GOES_ON))
    ReorganisationPart._base_manager.bulk_create(parts)
    return row


@action("registry.carry_out_reorganisation")
def carry_out_reorganisation(
    *,
    reorganisation: Reorganisation,
    by: Any,
    people: Sequence[UUID] = (),
    authority_decision: str = "",
    key: str = "",
) -> Reorganisation:
    """Do what was prepared, all of it or nothing: posts end and begin anew, open work passes, paths follow.

    `people` go to the new unit of a split; `authority_decision` lets a provider's codes go on at the heir.
    """
    row = _locked(reorganisation, ReorganisationState.DONE, by)
    units = _units(row)
    kind = SuccessionKind(row.kind)
    draft = ReorganisationDraft(kind, row.on_date, row.decision, row.plan["name"])
    refuse_if(carrying_problems(on=row.on_date, today=today(), kind=kind, people=len(people)))
    refuse_if(reorganisation_problems(draft, [_facts(unit) for unit in units], _facts(row.heir) if row.heir else None))
    ledger = Ledger(row)
    if kind is SuccessionKind.MERGE:
        _merge(ledger, units, by, tidy(authority_decision))
    elif kind is SuccessionKind.SPLIT:
        _split(ledger, units[0], list(people), by)
    else:
        _rename(ledger, units[0])
    row.counts = ledger.write()
    row.state, row.done_at, row.done_by = ReorganisationState.DONE, now(), by
    row.save(update_fields=["counts", "state", "done_at", "done_by", "heir", "plan"])
    rebuild_paths()
    return row


@action("registry.drop_reorganisation")
def drop_reorganisation(*, reorganisation: Reorganisation, by: Any) -> Reorganisation:
    """Give up a prepared reorganisation."""
    row = _locked(reorganisation, ReorganisationState.DROPPED, by)
    row.state = ReorganisationState.DROPPED
    row.save(update_fields=["state"])
    return row


@action("registry.undo_reorganisation")
def undo_reorganisation(*, reorganisation: Reorganisation, reason: str, by: Any, key: str = "") -> Reorganisation:
    """Take a reorganisation back, as long as every row stands as it was left and nothing new names a founded unit."""
    row = _locked(reorganisation, ReorganisationState.UNDONE, by)
    founded = row.heir if row.plan.get("founded") else None
    added = added_since(row, founded) if founded else {}
    refuse_if(undoing_problems(changed=changed_since(row), added=added, reason=reason))
    take_back(row, (Organisation._meta.label, founded.pk) if founded else None)
    if founded is not None:
        founded.to_on = founded.from_on
        founded.save(update_fields=["to_on"])
    row.state, row.undone_at, row.undone_by = ReorganisationState.UNDONE, now(), by
    row.undo_reason = tidy(reason)[:200]
    row.save(update_fields=["state", "undone_at", "undone_by", "undo_reason"])
    rebuild_paths()
    return row


def _locked(given: Reorganisation, wanted: ReorganisationState, by: Any) -> Reorganisation:
    """The row as it is now, locked; the actor reaches every unit in it."""
    rows = Reorganisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    row: Reorganisation = rows.select_for_update(of=("self",)).select_related("organisation", "heir").get(pk=given.pk)
    refuse_if(why_not_become(ReorganisationState(row.state), wanted))
    for unit in [*_units(row), *([row.heir] if row.heir else [])]:
        require(by, EDIT, unit)
    return row


def _units(row: Reorganisation) -> list[Organisation]:
    """The units it is about (not the one that takes over), in the order written down."""
    parts = ReorganisationPart.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(reorganisation=row)
    parts = parts.exclude(organisation=row.heir_id).exclude(role=PartRole.NEW).order_by("pk")
    return [part.organisation for part in parts.select_related("organisation")]


def _facts(unit: Organisation) -> UnitFacts:
    return UnitFacts(
        key=unit.pk,
        name=unit.name,
        from_on=unit.from_on,
        ended=unit.to_on is not None,
        paths=(unit.employer_path, unit.professional_path),
    )


def _merge(ledger: Ledger, units: Sequence[Organisation], by: Any, authority_decision: str) -> None:
    row = ledger.reorganisation
    parents = lines_of(units[0])
    ledger.change(units, MoveKind.ENDED, to_on=row.on_date - timedelta(days=1))
    heir = row.heir or _found(ledger, units[0], parents, by)
    for unit in units:
        pass_lines(ledger, unit, heir, row.on_date)
        for passing in passings():
            pass_open_work(ledger, passing, unit, heir, row.on_date, Q())
        pass_authority(ledger, unit, heir, row.on_date, authority_decision)
        ledger.make([_succession(row, unit, heir)])
    mend_responsibility(ledger, heir)


def _split(ledger: Ledger, unit: Organisation, people: list[UUID], by: Any) -> None:
    row = ledger.reorganisation
    heir = _found(ledger, unit, lines_of(unit), by)
    chosen = HealthWorker.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(public_id__in=people)
    keys = list(chosen.values_list("pk", flat=True))
    worker = Q(worker__in=keys) | Q(worker__canonical__in=keys)
    pass_open_work(ledger, POSTS, unit, heir, row.on_date, worker)
    pass_open_work(ledger, RECORDS, unit, heir, row.on_date, Q(pk__in=keys) | Q(canonical__in=keys))
    ledger.make([_succession(row, unit, heir)])


def _rename(ledger: Ledger, unit: Organisation) -> None:
    row = ledger.reorganisation
    ledger.make(
        [
            FormerName(
                organisation=unit,
                name=unit.name,
                name_fold=unit.name_fold,
                to_on=row.on_date - timedelta(days=1),
                decision=row.decision,
            )
        ]
    )
    name = row.plan["name"]
    ledger.change([unit], MoveKind.MOVED, name=name, name_fold=fold(name), short_name=row.plan["short_name"])


def _found(ledger: Ledger, like: Organisation, parents: dict[Line, Organisation], by: Any) -> Organisation:
    """A new unit of the same kind and place, under the same parents."""
    row = ledger.reorganisation
    draft = OrganisationDraft(
        name=row.plan["name"],
        kind=OrganisationKind(like.kind),
        from_on=row.on_date,
        short_name=row.plan["short_name"],
        code=row.plan["code"],
        care_level=CareLevel(like.care_level),
        province_code=like.province_code,
        commune_code=like.commune_code,
        address=like.address,
        public=like.public,
        simulated=like.simulated,
    )
    heir: Organisation = found_organisation(
        draft=draft, by=by, employer=parents.get(Line.EMPLOYER), professional=parents.get(Line.PROFESSIONAL)
    )
    ledger.made(heir)
    for line in OrganisationLine.objects.filter(organisation=heir):
        ledger.made(line)
    ReorganisationPart.objects.create(reorganisation=row, organisation=heir, role=PartRole.NEW)
    row.heir, row.plan = heir, {**row.plan, "founded": True}
    return heir


def _succession(row: Reorganisation, unit: Organisation, heir: Organisation) -> OrganisationSuccession:
    return OrganisationSuccession(
        predecessor=unit, successor=heir, kind=row.kind, on_date=row.on_date, decision=row.decision
    )
