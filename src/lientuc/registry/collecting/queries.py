"""The board of a campaign: one line a unit, from the lists that came in, whichever door they came through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Q, QuerySet

from lientuc.core.clock import HANOI, today
from lientuc.core.names import fold
from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.enums import ImportState, RowState
from lientuc.trail.models import ImportBatch

from ..intake.columns import KIND
from .enums import SentState
from .models import Campaign, CampaignFile, CampaignUnit
from .rules import sent_state

RUN = "registry.run_campaign"
# Units that keep staff lists of their own.
ASKED_KINDS = (
    OrganisationKind.STATION,
    OrganisationKind.HOSPITAL,
    OrganisationKind.AREA_CENTRE,
    OrganisationKind.PRIVATE_FACILITY,
    OrganisationKind.SCHOOL,
)


@dataclass(frozen=True)
class BoardLine:
    """One unit: state, its latest list with counts, how many lists came, and the file that could not be read, if it is later."""

    asked: CampaignUnit
    state: SentState
    batch: ImportBatch | None
    unreadable: CampaignFile | None
    rows: int
    bad: int
    parked: int
    files: int
    last_at: datetime | None

    @property
    def unit(self) -> Organisation:
        """The unit asked."""
        return self.asked.unit


@dataclass(frozen=True)
class Board:
    """Every unit of a campaign in order of its name; `states` counts all of them, `lines` may be filtered."""

    lines: tuple[BoardLine, ...]
    states: dict[SentState, int]
    files: int
    rows: int

    @property
    def units(self) -> int:
        """How many units are asked."""
        return sum(self.states.values())

    @property
    def sent(self) -> int:
        """How many have sent anything."""
        return self.units - self.states[SentState.NOT_SENT]


def campaigns(by: Any, *, text: str = "") -> QuerySet[Campaign]:
    """The campaigns `by` runs, with how many units they ask."""
    rows: QuerySet[Campaign] = Campaign.objects.visible_to(by, RUN).select_related("organisation")
    rows = rows.annotate(asked=Count("units"))
    return rows.filter(name__icontains=text.strip()) if text.strip() else rows


def open_campaigns_asking(unit_ids: Iterable[int], on: date) -> QuerySet[CampaignUnit]:
    """The open campaigns that ask any of these units, the nearest deadline first."""
    rows: QuerySet[CampaignUnit] = CampaignUnit.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    rows = rows.filter(unit__in=list(unit_ids), campaign__closed_at__isnull=True, campaign__deadline_on__gte=on)
    return rows.select_related("campaign__organisation", "unit").order_by("campaign__deadline_on", "pk")


def units_to_ask(organisation: Organisation, kinds: Iterable[OrganisationKind]) -> QuerySet[Organisation]:
    """The open units below an organisation on either line, of these kinds (of every kind with staff lists when none is said)."""
    wanted = [str(kind) for kind in kinds] or [str(kind) for kind in ASKED_KINDS]
    rows = Organisation.objects.unscoped(WhyUnscoped.RULE).filter(to_on__isnull=True, kind__in=wanted)
    below = Q(employer_path__startswith=organisation.employer_path)
    below |= Q(professional_path__startswith=organisation.professional_path)
    return rows.filter(below).order_by("name_fold", "pk")


def board(campaign: Campaign, *, state: str = "", text: str = "") -> Board:
    """The board; five queries whatever the number of units."""
    rows = CampaignUnit.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(campaign=campaign)
    asked = list(rows.select_related("unit", "campaign").order_by("unit__name_fold", "pk"))
    batches, counted = _batches(campaign, [str(one.unit.public_id) for one in asked])
    parked = _parked(batches.values())
    unreadable = _unreadable(campaign)
    lines = [_line(one, batches.get(str(one.unit.public_id)), counted, parked, unreadable.get(one.pk)) for one in asked]
    states = Counter(line.state for line in lines)
    shown = [line for line in lines if not state or line.state == state]
    wanted = fold(text)
    return Board(
        lines=tuple(line for line in shown if wanted in line.unit.name_fold),
        states={code: states[code] for code in SentState},
        files=sum(line.files for line in lines),
        rows=sum(line.rows for line in lines),
    )


def _batches(campaign: Campaign, senders: list[str]) -> tuple[dict[str, ImportBatch], Counter[str]]:
    """The latest list of each unit since the campaign began, and how many came."""
    begun = datetime.combine(campaign.opened_on, time(), tzinfo=HANOI)
    rows = ImportBatch.objects.filter(kind=KIND, sender__in=senders, made_at__gte=begun)
    if campaign.closed_at is not None:
        rows = rows.filter(made_at__lte=campaign.closed_at)
    latest: dict[str, ImportBatch] = {}
    counted: Counter[str] = Counter()
    for row in rows.defer("mapping").order_by("made_at", "pk"):
        latest[row.sender] = row
        counted[row.sender] += 1
    return latest, counted


def _parked(batches: Iterable[ImportBatch]) -> dict[int, int]:
    keys = [batch.pk for batch in batches if batch.state == ImportState.TAKEN_IN_PART]
    rows = ImportBatch.objects.filter(pk__in=keys)
    rows = rows.annotate(waiting=Count("rows", filter=Q(rows__state=RowState.PARKED)))
    return dict(rows.values_list("pk", "waiting"))


def _unreadable(campaign: Campaign) -> dict[int, CampaignFile]:
    rows = CampaignFile.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(asked__campaign=campaign, batch="")
    return {row.asked_id: row for row in rows.order_by("received_at", "pk")}


def _line(
    asked: CampaignUnit,
    batch: ImportBatch | None,
    counted: Counter[str],
    parked: dict[int, int],
    unreadable: CampaignFile | None,
) -> BoardLine:
    later = unreadable if unreadable and (batch is None or unreadable.received_at > batch.made_at) else None
    bad = int(batch.counts.get("bad", 0)) if batch else 0
    waiting = parked.get(batch.pk, 0) if batch else 0
    state = sent_state(ImportState(batch.state) if batch else None, bad, later is not None)
    last_at = later.received_at if later else batch.made_at if batch else None
    return BoardLine(
        asked=asked,
        state=state,
        batch=batch,
        unreadable=later,
        rows=int(batch.counts.get("rows", 0)) if batch else 0,
        bad=bad if batch and batch.state == ImportState.PREVIEWED else 0,
        parked=waiting,
        files=counted[str(asked.unit.public_id)] + (1 if later else 0),
        last_at=last_at,
    )


def has_sent(asked: CampaignUnit) -> bool:
    """Whether any list or file of the unit came in since the campaign began."""
    if CampaignFile.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(asked=asked).exists():
        return True
    return bool(_batches(asked.campaign, [str(asked.unit.public_id)])[0])


def is_late(campaign: Campaign) -> bool:
    """Whether the deadline has passed."""
    return campaign.deadline_on < today()
