"""What things cost, which sources may pay, and an exact split of costs over sources.

All items that the same sources may pay (a signature) share one purse of demand; a split over sources exists if and only
if it exists signature by signature, so thousands of items need only a handful of flows.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .model import Eligibility, Offering, Organisation, Payment, Programme, Source

MILLION = 1_000_000

Signature = tuple[int, ...]
"""Places in `PlanningProblem.sources`, ascending, of the sources that may pay an item."""


@dataclass(frozen=True, slots=True)
class CostItem:
    """A cost to be paid: classes of an offering in a quarter, or the seats of one organisation in them."""

    offering: str
    quarter: int
    organisation: str | None
    signature: Signature
    vnd: int


def pays_seat(source: Source, organisation: Organisation, programme: Programme) -> bool:
    """Whether a source may pay a seat of this organisation in this programme."""
    rule = source.eligibility
    return (
        source.pays_seats
        and _either(rule.levels, organisation.level)
        and _either(rule.areas, organisation.area)
        and _either(rule.organisations, organisation.id)
        and organisation.zone >= rule.zone_from
        and rule.public in (None, organisation.public)
        and _teaches(rule, programme)
    )


def pays_class(source: Source, programme: Programme, offering: Offering) -> bool:
    """Whether a source may pay the cost of a class; rules on learners do not concern it."""
    rule = source.eligibility
    in_area = not rule.areas or offering.area in rule.areas
    return source.pays_classes and in_area and _either(rule.topics, programme.topic)


def seat_signature(sources: Sequence[Source], organisation: Organisation, programme: Programme) -> Signature:
    """The sources that may pay a seat."""
    return tuple(place for place, source in enumerate(sources) if pays_seat(source, organisation, programme))


def class_signature(sources: Sequence[Source], programme: Programme, offering: Offering) -> Signature:
    """The sources that may pay a class."""
    return tuple(place for place, source in enumerate(sources) if pays_class(source, programme, offering))


class Purse:
    """The budgets while a plan is drawn: what is left, and who pays how much of which signature. Whole đồng."""

    def __init__(self, budgets: Iterable[int]) -> None:
        self.left = list(budgets)
        self.flow: list[dict[Signature, int]] = [{} for _ in self.left]

    def copy(self) -> Purse:
        """The same budgets and payments, to try something with."""
        twin = Purse(self.left)
        twin.flow = [paid.copy() for paid in self.flow]
        return twin

    def pay(self, signature: Signature, vnd: int) -> bool:
        """Pay, moving earlier payments between sources where that makes room; False leaves all as it was."""
        if vnd <= 0:
            return True
        direct = sum(self.left[source] for source in signature)
        if direct >= vnd:
            self._take(signature, vnd)
            return True
        # Sources hold at least what this signature could get: the common refusal needs no search.
        if not signature or sum(self.left) < vnd:
            return False
        before = self.copy()
        while vnd > 0:
            path = self._path(signature)
            if path is None:
                self.left, self.flow = before.left, before.flow
                return False
            vnd -= self._push(path, vnd)
        return True

    def pay_most(self, signature: Signature) -> int:
        """Pay as much of a signature as can be paid; the amount."""
        paid = 0
        while (path := self._path(signature)) is not None:
            paid += self._push(path, sum(self.left))
        return paid

    def give_back(self, signature: Signature, vnd: int) -> None:
        """Take back a payment; what others were moved to stays where it is."""
        for source in reversed(signature):
            taken = min(vnd, self.flow[source].get(signature, 0))
            if taken:
                self.flow[source][signature] -= taken
                self.left[source] += taken
                vnd -= taken

    def can_pay(self, signature: Signature, vnd: int) -> bool:
        """Whether `pay` would succeed."""
        if sum(self.left[source] for source in signature) >= vnd:
            return True
        return sum(self.left) >= vnd and self.copy().pay(signature, vnd)

    def _take(self, signature: Signature, vnd: int) -> None:
        # Later sources are the narrower ones more often than not; paths mend the rest.
        for source in reversed(signature):
            taken = min(vnd, self.left[source])
            if taken:
                self.left[source] -= taken
                self.flow[source][signature] = self.flow[source].get(signature, 0) + taken
                vnd -= taken

    def _path(self, signature: Signature) -> list[tuple[Signature, int]] | None:
        """Steps (who takes over, which source) from the new cost to a source with money left, shortest first."""
        came: dict[int, tuple[Signature, int | None]] = dict.fromkeys(signature, (signature, None))
        queue, seen = deque(signature), {signature}
        while queue:
            source = queue.popleft()
            if self.left[source] > 0:
                return self._steps(came, source)
            for other, vnd in self.flow[source].items():
                if vnd > 0 and other not in seen:
                    seen.add(other)
                    fresh = [place for place in other if place not in came]
                    came.update(dict.fromkeys(fresh, (other, source)))
                    queue.extend(fresh)
        return None

    @staticmethod
    def _steps(came: Mapping[int, tuple[Signature, int | None]], source: int) -> list[tuple[Signature, int]]:
        steps: list[tuple[Signature, int]] = []
        at: int | None = source
        while at is not None:
            taker, before = came[at]
            steps.append((taker, at))
            at = before
        return steps

    def _push(self, path: list[tuple[Signature, int]], vnd: int) -> int:
        """Move money along a path: each signature is paid by the nearer source no longer, by the farther one instead."""
        released = [(path[step][0], path[step + 1][1]) for step in range(len(path) - 1)]
        amount = min([vnd, self.left[path[0][1]], *(self.flow[payer][signature] for signature, payer in released)])
        self.left[path[0][1]] -= amount
        for signature, payer in path:
            self.flow[payer][signature] = self.flow[payer].get(signature, 0) + amount
        for signature, payer in released:
            self.flow[payer][signature] -= amount
        return amount


def split(items: Iterable[CostItem], sources: Sequence[Source]) -> tuple[Payment, ...] | None:
    """Who pays which item, budgets kept to the đồng; None where no split exists."""
    by_signature: dict[Signature, list[CostItem]] = defaultdict(list)
    for item in items:
        by_signature[item.signature].append(item)
    purse = Purse(source.budget_vnd for source in sources)
    for signature in sorted(by_signature, key=lambda each: (len(each), each)):
        if not purse.pay(signature, sum(item.vnd for item in by_signature[signature])):
            return None
    paid = [payment for key in sorted(by_signature) for payment in _share_out(by_signature[key], key, purse, sources)]
    return tuple(sorted(paid, key=lambda each: (each.offering, each.quarter, each.organisation or "", each.source)))


def _share_out(
    items: Sequence[CostItem], signature: Signature, purse: Purse, sources: Sequence[Source]
) -> Iterable[Payment]:
    funds = [[place, purse.flow[place].get(signature, 0)] for place in signature]
    for item in items:
        due = item.vnd
        for fund in funds:
            vnd = min(due, fund[1])
            if vnd:
                yield Payment(sources[fund[0]].id, item.offering, item.quarter, item.organisation, vnd)
            fund[1] -= vnd
            due -= vnd


def _either(allowed: tuple[str, ...], value: str) -> bool:
    return not allowed or value in allowed


def _teaches(rule: Eligibility, programme: Programme) -> bool:
    return _either(rule.topics, programme.topic) and rule.statutory in (None, programme.statutory)
