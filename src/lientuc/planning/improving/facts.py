"""What the optimiser must know of a plan, as plain values: lines, offers, needs, units and what is left of the money."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lientuc.core.errors import Problem

from ..enums import PlanKind
from ..models import FundingSource, Need, Plan, PlanLine


@dataclass(frozen=True)
class Offer:
    """A class that could be held again: a line of the plan, a line of an earlier one, or an approved programme.

    `key` names it to the optimiser; `line` is the plan's own line it comes from, None for the others. `estimated`: nobody
    has stated its cost. `area` keeps it for the units whose `payers` are the same: only then may limited sources pay it.
    """

    key: str
    line: PlanLine | None
    topic: int
    title: str
    audience: str
    provider: int | None
    performer: str
    class_vnd: int
    size: int
    quarters: tuple[int, ...]
    cost_items: tuple[Mapping[str, Any], ...] = ()
    estimated: bool = False
    area: str = ""
    smallest: int | None = None

    @property
    def teacher(self) -> str:
        """Who teaches, for the optimiser: offers of one performer share its days."""
        return f"provider:{self.provider}" if self.provider else f"performer:{self.performer or self.key}"


@dataclass(frozen=True)
class Unit:
    """An organisation that needs training: area class 0–3, codes of `SourceArea`, and how many may be away at once.

    `payers` names the sources limited to levels or areas that may pay for it, joined to one code.
    """

    pk: int
    name: str
    level: str
    commune: str
    zone: int
    public: bool
    most_away: int
    areas: frozenset[str] = frozenset()
    payers: str = ""


@dataclass(frozen=True)
class Lock:
    """Classes of an offer in a quarter (counted from 0): a planner's decision, or classes that were opened."""

    offer: str
    quarter: int
    at_least: int
    at_most: int | None


@dataclass(frozen=True)
class Facts:
    """A plan as the optimiser meets it. `fixed` lines are locked and are not touched.

    `uses` is the expected use (0–1) of training for each need, `more` the needs whose unit lacks trained colleagues;
    `served` are persons of a need who have a seat already (in fixed lines or another approved plan), `linked` persons by the
    plan's open lines and needs, `left` what each source has for the open lines. `opened` are the classes of an open line by
    quarter (from 0); `payers` the codes of units each limited source may pay for.
    """

    plan: Plan
    lines: tuple[PlanLine, ...]
    fixed: frozenset[int]
    offers: tuple[Offer, ...]
    needs: tuple[Need, ...]
    units: Mapping[int, Unit]
    served: Mapping[int, int]
    linked: Mapping[tuple[int, int], int]
    sources: tuple[FundingSource, ...]
    left: Mapping[int, int]
    uses: Mapping[int, float]
    more: frozenset[int] = frozenset()
    locks: tuple[Lock, ...] = ()
    opened: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    payers: Mapping[int, frozenset[str]] = field(default_factory=dict)
    first_quarter: int = 0

    def problems(self) -> Iterator[Problem]:
        """Why there is nothing to compute."""
        if self.plan.kind != PlanKind.ANNUAL:
            yield Problem("planning.improve_annual_only")
        if not any(need.persons > self.served.get(need.pk, 0) for need in self.needs):
            yield Problem("planning.no_open_needs")
        if not self.offers:
            yield Problem("planning.nothing_to_offer")


def basis_of(lines: Sequence[PlanLine]) -> str:
    """A digest of what lines say: a proposal made for other lines must not replace them."""
    names = [
        field.attname for field in PlanLine._meta.concrete_fields if field.attname not in {"id", "plan_id", "public_id"}
    ]
    said = [[str(line.public_id), *(getattr(line, name) for name in names)] for line in lines]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
