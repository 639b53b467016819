"""Units followed up after a training, as observations: read only, from technique transfers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lientuc.curricula.enums import TopicFamily
from lientuc.curricula.models import Topic
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.enums import Equipment
from lientuc.registry.models import UnitTechnique
from lientuc.transfer.enums import Prerequisite
from lientuc.transfer.models import FollowUp

from ..linking import below
from ..rules.learning import Cell, Observation


@dataclass(frozen=True)
class Watched:
    """One unit's last follow-up (3, 6 or 12 months after): of which topic, what was seen."""

    organisation_id: int
    topic_code: str
    month: int
    observation: Observation


def watched(organisation: Organisation, on: date) -> list[Watched]:
    """The last follow-up of each training handed over to an organisation or a unit below, up to a day; three queries."""
    rows = FollowUp.objects.within(below(organisation)).filter(observed_on__lte=on)
    rows = rows.select_related("agreement__receiver", "barrier").order_by("month", "noted_at", "pk")
    latest = {row.agreement_id: row for row in rows if _is_inside(row.agreement.receiver, organisation)}
    families = dict(Topic.objects.values_list("code", "family"))
    equipment = _equipment(latest.values())
    return [_watched(row, families, equipment) for _, row in sorted(latest.items())]


def _is_inside(unit: Organisation, above: Organisation) -> bool:
    return unit.employer_path.startswith(above.employer_path) or unit.professional_path.startswith(
        above.professional_path
    )


def _equipment(rows: Iterable[FollowUp]) -> dict[tuple[int, int], str]:
    found = list(rows)
    stated = UnitTechnique.objects.unscoped(WhyUnscoped.RULE).filter(
        organisation__in={row.agreement.receiver_id for row in found},
        technique__in={row.agreement.technique_id for row in found},
    )
    return {(unit, technique): said for unit, technique, said in stated.values_list("organisation_id", "technique_id", "equipment")}  # fmt: skip


def _watched(row: FollowUp, families: dict[str, str], equipment: dict[tuple[int, int], str]) -> Watched:
    agreement = row.agreement
    had = bool(agreement.prerequisites.get(str(Prerequisite.EQUIPMENT)))
    stated = equipment.get((agreement.receiver_id, agreement.technique_id))
    cell = Cell(
        family=families.get(agreement.topic_code, str(TopicFamily.OTHER)),
        level=agreement.receiver.care_level,
        equipment=stated or str(Equipment.PRESENT if had else Equipment.PLANNED),
    )
    barrier = row.barrier.code if row.barrier else ""
    return Watched(agreement.receiver_id, agreement.topic_code, row.month, Observation(cell, row.used, barrier))
