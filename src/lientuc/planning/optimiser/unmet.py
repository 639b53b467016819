"""One reason for every person left out, found on the finished plan: the limit at which the best seat stops.

A seat that got past more limits stands nearer to the plan; the one that got farthest names the reason, the cheapest first.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .draft import Draft
from .ground import NO_LIMIT, Flags, Floats, Ground, Ints
from .model import Amounts, Equipment, Reason, Unmet
from .money import MILLION, Signature

ORDER = (
    Reason.LOCKED,
    Reason.PREREQUISITE,
    Reason.STAFFING,
    Reason.PROVIDER_DAYS,
    Reason.BELOW_MIN_CLASS,
    Reason.MONEY,
)
"""How far a seat came; the last stage is money or, where that is there, a lower priority."""
AT = {reason: stage for stage, reason in enumerate(ORDER)}
TAKEN = len(ORDER)
"""Nothing but the classes' own ceilings: others were worth more."""

Finding = tuple[Reason, Amounts, float | None]


def unmet_needs(draft: Draft, prices: Mapping[int, float]) -> tuple[Unmet, ...]:
    """Every need not fully in the plan, in the problem's order; `prices` by source choose which one is named first."""
    judge, found = _Judge(draft, prices), []
    for place, need in enumerate(draft.ground.problem.needs):
        persons = need.persons - int(draft.got[place])
        if persons > 0:
            reason, values, million = judge.reason(place)
            found.append(Unmet(need.organisation, need.programme, persons, reason, values, million))
    return tuple(found)


class _Judge:
    """A finished draft with the stage every seat reaches, worked out once."""

    def __init__(self, draft: Draft, prices: Mapping[int, float]) -> None:
        self.draft, self.ground, self.prices = draft, draft.ground, prices
        self.reachable = {place for place, offerings in self.ground.slots_without_money if len(offerings)}
        self.headroom: dict[Signature, int] = {}
        self.company: dict[tuple[int, int], tuple[Ints, Ints]] = {}
        self.pair, self.quarter = self.ground.open_places
        self.stage, self.vnd, self.missing = _stages(draft, self.pair, self.quarter)
        need = self.ground.p_need[self.pair]
        order = np.lexsort((self.vnd, -self.stage, need))
        self.pair, self.quarter = self.pair[order], self.quarter[order]
        self.stage, self.vnd, self.missing = self.stage[order], self.vnd[order], self.missing[order]
        self.first = np.searchsorted(need[order], np.arange(len(self.ground.persons) + 1))

    def reason(self, place: int) -> Finding:
        """The reason of one unmet need, with the numbers of its sentence."""
        need = self.ground.problem.needs[place]
        if need.equipment is Equipment.ABSENT:
            return Reason.EQUIPMENT_ABSENT, {}, None
        if need.first_weight <= 0:
            return Reason.LOWER_PRIORITY, {"limit": "no_weight"}, None
        if self.first[place] == self.first[place + 1] and place in self.ground.dropped:
            offering, quarter, missing = self.ground.dropped[place]
            where = {"offering": self.ground.problem.offerings[offering].id, "quarter": quarter}
            if missing:
                return Reason.BELOW_MIN_CLASS, where | {"missing": missing}, None
            return Reason.LOCKED, where, None
        if self.first[place] == self.first[place + 1]:
            return (Reason.NOT_ELIGIBLE_MONEY if place in self.reachable else Reason.NO_OFFERING), {}, None
        return self._of_seat(int(self.first[place]))

    def _of_seat(self, at: int) -> Finding:
        stage, pair, quarter = int(self.stage[at]), int(self.pair[at]), int(self.quarter[at])
        offering = self.ground.problem.offerings[self.ground.p_offering[pair]]
        where: dict[str, int | str] = {"offering": offering.id, "quarter": quarter}
        if stage == TAKEN:
            return Reason.LOWER_PRIORITY, where | {"limit": "class_quota"}, None
        reason = ORDER[stage]
        if reason is Reason.PROVIDER_DAYS:
            return reason, where | {"provider": offering.provider}, None
        if reason is Reason.BELOW_MIN_CLASS:
            return reason, where | {"missing": int(self.missing[at])}, None
        if reason is Reason.MONEY:
            return self._money(pair, quarter, where)
        return reason, where, None

    def _money(self, pair: int, quarter: int, where: dict[str, int | str]) -> Finding:
        """How much more money the seat takes, in its class or in a new one with the cheapest company."""
        costs: dict[Signature, int] = {}
        for signature, vnd in self._costs(pair, quarter):
            costs[signature] = costs.get(signature, 0) + vnd
        lacking = {signature: vnd - self._headroom(signature) for signature, vnd in costs.items()}
        lacking = {signature: vnd for signature, vnd in lacking.items() if vnd > 0}
        if not lacking:
            # Each could be paid alone; perhaps not all together.
            purse = self.draft.purse.copy()
            lacking = {signature: vnd for signature, vnd in costs.items() if not purse.pay(signature, vnd)}
        if not lacking:
            return Reason.LOWER_PRIORITY, where | {"limit": "value"}, None
        missing = sum(lacking.values())
        eligible = set.intersection(*(set(signature) for signature in lacking)) or set(next(iter(lacking)))
        ranked = sorted(eligible, key=lambda source: (-self.prices.get(source, 0.0), source))
        sources = ", ".join(self.ground.problem.sources[place].id for place in ranked)
        return Reason.MONEY, where | {"vnd": missing, "sources": sources}, missing / MILLION

    def _headroom(self, signature: Signature) -> int:
        """How much more the sources of a signature could pay, if others were moved."""
        if signature not in self.headroom:
            self.headroom[signature] = self.draft.purse.copy().pay_most(signature)
        return self.headroom[signature]

    def _costs(self, pair: int, quarter: int) -> list[tuple[Signature, int]]:
        ground, draft = self.ground, self.draft
        offering = int(ground.p_offering[pair])
        own = (ground.signatures[ground.p_signature[pair]], int(ground.p_vnd[pair]))
        slot = draft.slot(offering, quarter)
        at = int(np.searchsorted(slot.pairs, pair))
        space = ground.largest[offering] * draft.classes[offering, quarter] - draft.size[offering, quarter]
        if space >= 1 and draft.room(slot)[at] >= 1:
            return [own]
        costs = [(ground.signatures[ground.o_signature[offering]], int(ground.o_vnd[offering])), own]
        classes = draft.classes[offering, quarter] + 1
        wanted = int(ground.smallest[offering] * classes - draft.size[offering, quarter]) - 1
        pairs, rooms = self._cheapest(offering, quarter)
        for other, room in zip(pairs.tolist(), rooms.tolist(), strict=True):
            persons = max(0, min(wanted, room - (other == pair)))
            if persons:
                costs.append((ground.signatures[ground.p_signature[other]], int(ground.p_vnd[other]) * persons))
            wanted -= persons
        return costs

    def _cheapest(self, offering: int, quarter: int) -> tuple[Ints, Ints]:
        """Who could join one more class, cheapest first, and with how many persons."""
        key = offering, quarter
        if key not in self.company:
            slot = self.draft.slot(offering, quarter)
            room = self.draft.room(slot, 1)
            order = np.lexsort((slot.pairs, self.ground.p_vnd[slot.pairs]))
            order = order[room[order] > 0]
            self.company[key] = slot.pairs[order], room[order]
        return self.company[key]


def _stages(draft: Draft, pair: Ints, quarter: Ints) -> tuple[Ints, Ints, Ints]:
    """How far each seat comes, what it costs with its part of a new class where it needs one, and who is missing there."""
    ground = draft.ground
    offering, need = ground.p_offering[pair], ground.p_need[pair]
    classes = draft.classes[offering, quarter]
    taken = draft.seats[pair, quarter]
    fits = (ground.together[pair] * classes - taken >= 1) & (
        ground.largest[offering] * classes - draft.size[offering, quarter] >= 1
    )
    missing = _missing(draft)[offering, quarter]
    stage = np.full(len(pair), AT[Reason.MONEY])
    stage[~fits & (missing > 0)] = AT[Reason.BELOW_MIN_CLASS]
    full, days = _full(draft)
    quota = ~fits & full[offering, quarter]
    stage[quota] = np.where(classes[quota] > 0, TAKEN, AT[Reason.LOCKED])
    stage[~fits & days[offering, quarter]] = AT[Reason.PROVIDER_DAYS]
    stage[~_free(draft, pair, quarter)] = AT[Reason.STAFFING]
    ruled = np.flatnonzero(ground.qualified[need] < NO_LIMIT)
    for each in range(ground.quarters):
        here = ruled[quarter[ruled] == each]
        stage[here[draft.room_by_prerequisite(need[here], each) < 1]] = AT[Reason.PREREQUISITE]
    stage[taken >= ground.seat_most[pair, quarter]] = AT[Reason.LOCKED]
    share = np.where(fits, 0, ground.o_vnd[offering] // np.maximum(1, ground.smallest[offering]))
    return stage, ground.p_vnd[pair] + share, missing


def _free(draft: Draft, pair: Ints, quarter: Ints) -> Flags:
    """Whether the organisation can spare one more person for the class."""
    ground = draft.ground
    unit, away = ground.n_unit[ground.p_need[pair]], ground.away[ground.p_offering[pair]]
    spare = ground.away_limit[unit, quarter] - draft.away[unit, quarter]
    most: Floats = ground.together[pair].astype(float)
    return np.asarray((spare + 1e-6 >= away) & (most >= 1))


def _full(draft: Draft) -> tuple[Flags, Flags]:
    """Slots that may have no further class by their ceiling, and by their provider's days."""
    ground: Ground = draft.ground
    quota = draft.classes >= ground.most
    left = (ground.provider_days - draft.days)[ground.o_provider]
    far = (ground.far_days - draft.far)[ground.o_provider]
    days = ground.days[:, None]
    short = (left + 1e-6 < days) | (ground.far[:, None] & (far + 1e-6 < days))
    return quota, short


def _missing(draft: Draft) -> Ints:
    """How many persons one more class of each slot would lack for its smallest size."""
    ground = draft.ground
    missing = np.zeros(ground.most.shape, dtype=np.int64)
    for offering, quarter in zip(*np.nonzero(ground.most > draft.classes), strict=True):
        slot = draft.slot(int(offering), int(quarter))
        wanted = ground.smallest[offering] * (draft.classes[offering, quarter] + 1) - draft.size[offering, quarter]
        if len(slot.pairs) and wanted > 0:
            missing[offering, quarter] = max(0, wanted - int(draft.room(slot, 1).sum()))
    return missing
