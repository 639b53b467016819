"""Writes about providers: who they are and what they may issue."""

from __future__ import annotations

from datetime import date
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..models import Provider, ProviderAuthority
from ..rules import AuthorityDraft, authority_problems, suspension_problems

EDIT = "registry.edit_providers"


@action("registry.register_provider")
def register_provider(
    *, organisation: Organisation, by: Any, contact: str = "", website: str = "", key: str = ""
) -> Provider:
    """Enter an organisation as a provider of continuing training; what it may issue is another question."""
    require(by, EDIT, organisation)
    if Provider.objects.unscoped(WhyUnscoped.RULE).filter(organisation=organisation).exists():
        raise Refused(Problem("registry.provider_known", "organisation"))
    return Provider.objects.create(organisation=organisation, contact=tidy(contact), website=website.strip())


@action("registry.grant_authority")
def grant_authority(*, provider: Provider, draft: AuthorityDraft, by: Any, key: str = "") -> ProviderAuthority:
    """Record the ministry's decision that gives a provider a code A, B or C."""
    require(by, EDIT, provider.organisation)
    others = ProviderAuthority.objects.unscoped(WhyUnscoped.RULE).filter(code=tidy(draft.code), suspension=False)
    refuse_if(authority_problems(draft, code_taken=others.exclude(provider=provider).exists()))
    values = {**vars(draft), "code": tidy(draft.code), "decision": tidy(draft.decision)}
    return ProviderAuthority.objects.create(provider=provider, **values)


@action("registry.suspend_authority")
def suspend_authority(
    *, provider: Provider, decision: str, from_on: date, by: Any, to_on: date | None = None, key: str = ""
) -> ProviderAuthority:
    """Stop a provider from issuing anything from a day on."""
    require(by, EDIT, provider.organisation)
    refuse_if(suspension_problems(decision=decision, from_on=from_on, to_on=to_on))
    return ProviderAuthority.objects.create(
        provider=provider, suspension=True, decision=tidy(decision), from_on=from_on, to_on=to_on
    )


@action("registry.lift_suspension")
def lift_suspension(*, authority: ProviderAuthority, on: date, by: Any) -> ProviderAuthority:
    """End a suspension with its last day `on`."""
    require(by, EDIT, authority.provider.organisation)
    if not authority.suspension:
        raise Refused(Problem("registry.not_a_suspension"))
    refuse_if(suspension_problems(decision=authority.decision, from_on=authority.from_on, to_on=on))
    authority.to_on = on
    authority.save(update_fields=["to_on"])
    return authority
