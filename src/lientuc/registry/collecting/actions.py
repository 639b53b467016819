"""Writes of campaigns: opened for units, extended, closed; a file that came by link."""

from __future__ import annotations

from datetime import date
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import now, today
from lientuc.core.errors import NotAllowed, Problem, Refused, refuse_if
from lientuc.core.ids import new_public_id
from lientuc.core.names import tidy
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import ImportBatch
from lientuc.trail.record import action

from .links import hash_of, new_token
from .models import Campaign, CampaignFile, CampaignUnit
from .queries import has_sent, units_to_ask
from .rules import CampaignDraft, campaign_problems, deadline_problems, why_not_change
from .sender import LinkSender

RUN = "registry.run_campaign"


@action("registry.open_campaign")
def open_campaign(*, draft: CampaignDraft, organisation: Organisation, by: Any, key: str = "") -> Campaign:
    """Open a campaign for every open unit of the chosen kinds that the organisation may write for or oversees."""
    require(by, RUN, organisation)
    units = list(units_to_ask(organisation, draft.kinds))
    refuse_if(campaign_problems(draft, len(units), today()))
    deadline_on = draft.deadline_on or today()
    row: Campaign = Campaign.objects.create(
        organisation=organisation, name=tidy(draft.name), note=tidy(draft.note), deadline_on=deadline_on
    )
    CampaignUnit.objects.bulk_create([_asked(row, unit) for unit in units])
    return row


@action("registry.extend_campaign")
def extend_campaign(*, campaign: Campaign, deadline_on: date | None, by: Any, key: str = "") -> Campaign:
    """Move the deadline; every link lives with it."""
    row = _changed(campaign, by)
    refuse_if(deadline_problems(deadline_on, today()))
    row.deadline_on = deadline_on or row.deadline_on
    row.save(update_fields=["deadline_on"])
    return row


@action("registry.close_campaign")
def close_campaign(*, campaign: Campaign, by: Any, key: str = "") -> Campaign:
    """Close a campaign: its links open nothing any more, the board stays to be read."""
    row = _changed(campaign, by)
    row.closed_at, row.closed_by = now(), str(by.public_id)
    row.save(update_fields=["closed_at", "closed_by"])
    return row


@action("registry.ask_unit")
def ask_unit(*, campaign: Campaign, unit: Organisation, by: Any, key: str = "") -> CampaignUnit:
    """Ask one more unit."""
    row = _changed(campaign, by)
    if not units_to_ask(row.organisation, ()).filter(pk=unit.pk).exists():
        raise NotAllowed(Problem("accounts.not_here", values={"permission": RUN, "organisation": str(unit)}))
    if CampaignUnit.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(campaign=row, unit=unit).exists():
        raise Refused(Problem("registry.unit_in_campaign", "unit"))
    made = _asked(row, unit)
    made.save()
    return made


@action("registry.drop_unit")
def drop_unit(*, asked: CampaignUnit, by: Any, key: str = "") -> Campaign:
    """Ask a unit no more that has not sent anything."""
    row = _changed(asked.campaign, by)
    if has_sent(asked):
        raise Refused(Problem("registry.unit_has_sent"))
    CampaignUnit.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk=asked.pk).delete()
    return row


@action("registry.renew_link")
def renew_link(*, asked: CampaignUnit, by: Any, key: str = "") -> CampaignUnit:
    """Make another link for a unit; the one before opens nothing from now on."""
    _changed(asked.campaign, by)
    asked.serial += 1
    asked.token_hash = hash_of(new_token(asked.public_id, asked.serial))
    asked.save(update_fields=["serial", "token_hash"])
    return asked


@action("registry.note_file")
def note_file(
    *, asked: CampaignUnit, name: str, size: int, batch: ImportBatch | None, problem: Problem | None, by: LinkSender
) -> CampaignFile:
    """Note a file that came by link: the batch it became, or why it could not be read."""
    require(by, "registry.edit_workers", asked.unit)
    row: CampaignFile = CampaignFile.objects.create(
        asked=asked,
        file_name=name[-200:],
        size=size,
        batch=str(batch.public_id) if batch else "",
        problem={"code": problem.code, "values": dict(problem.values)} if problem else {},
    )
    return row


def _asked(campaign: Campaign, unit: Organisation) -> CampaignUnit:
    public_id = new_public_id()
    return CampaignUnit(campaign=campaign, unit=unit, public_id=public_id, token_hash=hash_of(new_token(public_id, 1)))


def _changed(campaign: Campaign, by: Any) -> Campaign:
    """The campaign locked for a change; refused where it is closed."""
    require(by, RUN, campaign.organisation)
    rows = Campaign.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_for_update(of=("self",))
    row: Campaign = rows.select_related("organisation").get(pk=campaign.pk)
    refuse_if(why_not_change(row.is_closed))
    return row
