"""The division of tasks follows a reorganisation: heirs stand where the units that ended stood, new units as their origin.

A signed decision is never edited: its issuer finds a draft to sign. What is written here is kept among the changes of the
reorganisation, so that taking that back takes the drafts back too, as long as nobody has signed or changed them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from lientuc.accounts.permissions import require
from lientuc.places.enums import SuccessionKind
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.enums import PartRole
from lientuc.registry.models import Reorganisation, ReorganisationPart
from lientuc.registry.reorganising.passing import Ledger
from lientuc.trail.following import follow
from lientuc.trail.record import action

from ..enums import DecisionState
from . import queries
from .defaults import two_level_model
from .drafting import draft_of
from .models import Responsibility, ResponsibilityDecision


def follow_reorganisations() -> None:
    """Follow what the registry reorganises; called once when the room is ready."""
    follow(("registry.carry_out_reorganisation",), _follow)


def _follow(result: Any, given: Mapping[str, Any]) -> None:
    if isinstance(result, Reorganisation) and _issuers(result, _units(result)):
        hand_over(reorganisation=result, by=given["by"])


@action("directives.hand_over")
def hand_over(*, reorganisation: Reorganisation, by: Any) -> Reorganisation:
    """Draft, for every issuer whose decision in force names a reorganised unit, the division of tasks that follows.

    In a merger the heir takes each unit's place; in a split the new unit gets its origin's division, with itself in its
    origin's place. Open duties and drafts that are there already have passed with the other open work.
    """
    heir = reorganisation.heir
    assert heir is not None, "only a reorganisation that was carried out is followed"
    require(by, "registry.edit_organisations", heir)
    units = _units(reorganisation)
    ledger = Ledger(reorganisation)
    for issuer in _issuers(reorganisation, units):
        drafts = ResponsibilityDecision.objects.unscoped(WhyUnscoped.RULE).filter(organisation=issuer)
        waiting = drafts.filter(state=DecisionState.DRAFT).first()
        if waiting is None:
            _draft(ledger, issuer, reorganisation, units, heir, by)
        elif reorganisation.kind == SuccessionKind.SPLIT:
            ledger.make(_alike(waiting, units[0], heir))
    for table, count in ledger.write().items():
        reorganisation.counts[table] = reorganisation.counts.get(table, 0) + count
    reorganisation.save(update_fields=["counts"])
    return reorganisation


def _units(row: Reorganisation) -> list[int]:
    """Keys of the units that ended, or of the one that was split; a unit that was only renamed keeps its parts."""
    if row.kind == SuccessionKind.RENAME:
        return []
    role = PartRole.GOES_ON if row.kind == SuccessionKind.SPLIT else PartRole.ENDS
    parts = ReorganisationPart.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(reorganisation=row, role=role)
    return list(parts.order_by("pk").values_list("organisation", flat=True))


def _issuers(row: Reorganisation, units: list[int]) -> list[Organisation]:
    """Issuers that go on, with a signed decision in force that names one of the units."""
    if not units:
        return []
    named = Q()
    for unit in Organisation.objects.unscoped(WhyUnscoped.RULE).filter(pk__in=units):
        named |= Q(pk__in=queries.in_force_cells(unit, row.on_date).order_by().values("decision__organisation"))
    rows = Organisation.objects.unscoped(WhyUnscoped.RULE).filter(named, to_on__isnull=True)
    return list(rows.order_by("pk"))


def _draft(
    ledger: Ledger, issuer: Organisation, row: Reorganisation, units: list[int], heir: Organisation, by: Any
) -> None:
    current = queries.decision_in_force(issuer, row.on_date)
    title = current.title if current else str(issuer)
    if row.kind == SuccessionKind.SPLIT:
        made = draft_of(issuer, title, row.on_date, by)
        # What the two-level model gave the new area gives way to what was decided for the area it comes from.
        alike = _alike(made, units[0], heir)
        if alike:
            _cells(made).filter(area=heir).delete()
            Responsibility._base_manager.bulk_create(alike)
    else:
        made = draft_of(issuer, title, row.on_date, by, dict.fromkeys(units, heir))
    ledger.made(made)
    for cell in _cells(made):
        ledger.made(cell)


def _alike(draft: ResponsibilityDecision, origin: int, new: Organisation) -> list[Responsibility]:
    """The division of an area for the area that comes from it, with the new unit in its origin's place; not yet stored."""
    tier = two_level_model().tier
    found = []
    for cell in _cells(draft).filter(area=origin).select_related("organisation"):
        organisation = new if cell.organisation_id == origin else cell.organisation
        about = {"decision": draft, "function_id": cell.function_id, "area": new, "part": cell.part}
        found.append(Responsibility(**about, organisation=organisation, level=tier(organisation.kind)))
    return found


def _cells(draft: ResponsibilityDecision) -> Any:
    return Responsibility.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(decision=draft).order_by("pk")
