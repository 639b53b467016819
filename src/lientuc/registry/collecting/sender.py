"""Whoever holds a unit's link: may write for this one unit's parked lists and see nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lientuc.core.errors import Problem
from lientuc.places.scope import Scope

from .models import CampaignUnit

EDIT = "registry.edit_workers"


@dataclass(frozen=True)
class LinkSender:
    """Acts for one unit by link; a batch it sends is taken by an officer, never by the link."""

    public_id: UUID
    full_name: str
    unit_id: int

    def scope(self, permission: str) -> Scope:
        """The one unit, for lists of staff only."""
        return Scope(organisations=frozenset({self.unit_id})) if permission == EDIT else Scope()

    def why_not(self, permission: str, organisation: Any = None) -> Problem | None:
        """None for this unit's lists, a reason for everything else."""
        if permission == EDIT and getattr(organisation, "pk", None) == self.unit_id:
            return None
        return Problem("accounts.not_allowed", values={"permission": permission})


def sender_for(asked: CampaignUnit) -> LinkSender:
    """The actor behind a unit's link."""
    return LinkSender(asked.public_id, f"{asked.unit.name} (đường dẫn gửi tệp)"[:200], asked.unit_id)
