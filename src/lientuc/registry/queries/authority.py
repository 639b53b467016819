"""The one question about providers: may it issue this proof on this day, by which article, and how sure is that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lientuc.law.authority import (
    AuthorityDecision,
    OrganisationKind,
    Proof,
    ProviderCode,
    ProviderFacts,
    authority_for,
    proofs_of,
)
from lientuc.places import enums as places
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped

from ..models import Provider, ProviderAuthority

_KINDS = {
    places.OrganisationKind.HOSPITAL: OrganisationKind.TREATMENT_FACILITY,
    places.OrganisationKind.STATION: OrganisationKind.TREATMENT_FACILITY,
    places.OrganisationKind.STATION_POINT: OrganisationKind.TREATMENT_FACILITY,
    places.OrganisationKind.PRIVATE_FACILITY: OrganisationKind.TREATMENT_FACILITY,
    places.OrganisationKind.SCHOOL: OrganisationKind.EDUCATION_INSTITUTION,
    places.OrganisationKind.ASSOCIATION: OrganisationKind.PROFESSIONAL_ASSOCIATION,
    places.OrganisationKind.MINISTRY: OrganisationKind.HEALTH_AUTHORITY,
    places.OrganisationKind.HEALTH_DEPARTMENT: OrganisationKind.HEALTH_AUTHORITY,
}


def authority_on(provider: Provider, kind: Proof | str, day: date) -> AuthorityDecision:
    """Whether `provider` may issue a proof (`law.authority.Proof`) on a day; raises NotInForce before its text. One query."""
    return authority_for(Proof(kind), provider_facts(provider, day), day)


def decisions_on(provider: Provider, day: date) -> tuple[AuthorityDecision, ...]:
    """The same answer for every paper that exists on that day."""
    return proofs_of(provider_facts(provider, day), day)


def provider_facts(provider: Provider, day: date) -> ProviderFacts:
    """What the law asks about a provider on a day."""
    rows = list(ProviderAuthority.objects.unscoped(WhyUnscoped.RULE).filter(provider=provider))
    return ProviderFacts(
        kind=law_kind(provider.organisation),
        codes=_codes(rows),
        suspended=any(row.suspension and _holds(row, day) for row in rows),
    )


def law_kind(organisation: Organisation) -> OrganisationKind:
    """The kind as far as authority goes; an area centre treats where it has a level of care, else it prevents."""
    kind = places.OrganisationKind(organisation.kind)
    if kind is places.OrganisationKind.AREA_CENTRE:
        treats = organisation.care_level != places.CareLevel.NONE
        return OrganisationKind.TREATMENT_FACILITY if treats else OrganisationKind.PREVENTIVE_FACILITY
    return _KINDS.get(kind, OrganisationKind.OTHER)


def _codes(rows: Iterable[ProviderAuthority]) -> tuple[ProviderCode, ...]:
    return tuple(ProviderCode(row.code_kind, row.from_on, row.to_on) for row in rows if not row.suspension)


def _holds(row: ProviderAuthority, day: date) -> bool:
    return row.from_on <= day and (row.to_on is None or day <= row.to_on)
