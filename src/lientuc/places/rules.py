"""Whether an organisation may be entered as drafted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lientuc.core.errors import Problem

from .enums import CareLevel, OrganisationKind


@dataclass(frozen=True)
class OrganisationDraft:
    """What is written down to enter an organisation; parents are organisations on the two lines."""

    name: str
    kind: OrganisationKind
    from_on: date
    short_name: str = ""
    code: str = ""
    care_level: CareLevel = CareLevel.NONE
    province_code: str = ""
    commune_code: str = ""
    address: str = ""
    public: bool = True
    simulated: bool = False


def problems(draft: OrganisationDraft) -> list[Problem]:
    """What stands in the way of this organisation."""
    return [] if draft.name.strip() else [Problem("places.name_missing", "name")]
