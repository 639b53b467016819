"""Sources limited to levels of care or areas: for whom each may pay, and the offers held for those units alone.

The cost of a class is shared by whoever comes, so a limited source may pay only a class in which nobody else sits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from lientuc.places.enums import AreaKind

from ..enums import SourceArea
from ..models import FundingSource
from .facts import Offer, Unit

_JOINT = "+"


def codes_of(area: Mapping[str, str]) -> Iterable[str]:
    """The codes of `SourceArea` that hold for a commune with these area classes."""
    if area.get(AreaKind.DIFFICULTY):
        yield area[AreaKind.DIFFICULTY]
    if AreaKind.BORDER in area:
        yield SourceArea.BORDER
    if AreaKind.ISLAND in area:
        yield SourceArea.ISLAND


def paid_by(units: Mapping[int, Unit], sources: Sequence[FundingSource]) -> dict[int, Unit]:
    """The units with the limited sources that may pay for each."""
    limited = [source for source in sources if source.levels or source.areas]
    return {
        pk: replace(unit, payers=_JOINT.join(str(source.pk) for source in limited if _fits(source, unit)))
        for pk, unit in units.items()
    }


def may_pay(source: FundingSource, payers: str) -> bool:
    """Whether a source is among the limited ones named by a unit's code."""
    return str(source.pk) in payers.split(_JOINT)


def area_offers(offers: Sequence[Offer], units: Mapping[int, Unit]) -> list[Offer]:
    """Each offer once more for every group of units with the same limited sources, to be held for that group alone."""
    groups = sorted({unit.payers for unit in units.values()} - {""})
    return [replace(offer, key=f"{offer.key}@{group}", area=group) for offer in offers for group in groups]


def _fits(source: FundingSource, unit: Unit) -> bool:
    in_area = not source.areas or bool(unit.areas & set(source.areas))
    return in_area and (not source.levels or unit.level in source.levels)
