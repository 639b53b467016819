"""A problem as arrays: which need may sit in which offering in which quarters, what that costs and who may pay.

Needs, offerings, organisations, providers and sources are named by their places in the problem. A pair is a need with an
offering that could serve it; pairs stand in order of need, then offering. A signature is the set of sources that may pay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from .model import OFFSITE, ClassLock, Equipment, Mode, Need, Offering, Plan, PlanningProblem, SeatLock
from .money import MILLION, Signature

Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

NO_LIMIT = 10**9


class Ground:
    """The arrays of one problem; nothing in it changes."""

    def __init__(self, problem: PlanningProblem, start: Plan | None = None) -> None:
        self.problem = problem
        self.quarters = len(problem.quarters)
        self.unit_at = {each.id: place for place, each in enumerate(problem.organisations)}
        self.programme_at = {each.id: place for place, each in enumerate(problem.programmes)}
        self.offering_at = {each.id: place for place, each in enumerate(problem.offerings)}
        self.need_at = {(each.organisation, each.programme): place for place, each in enumerate(problem.needs)}
        self.signatures: list[Signature] = []
        self._signature_at: dict[Signature, int] = {}
        self._units()
        self._needs(problem.needs)
        self._offerings(problem.offerings)
        self._pairs()
        self._class_locks()
        self._ceilings()
        self._seat_locks()
        self._kept(start)

    @cached_property
    def open_places(self) -> tuple[Ints, Ints]:
        """Pair and quarter of every seat that could be given."""
        pair, quarter = np.nonzero(self.open)
        return pair, quarter

    @cached_property
    def pairs_of(self) -> list[Ints]:
        """The pairs of each offering."""
        order = np.argsort(self.p_offering, kind="stable")
        return np.split(order, np.cumsum(np.bincount(self.p_offering, minlength=len(self.o_vnd)))[:-1])

    @cached_property
    def slots_without_money(self) -> list[tuple[int, Ints]]:
        """For each need without any pair: the offerings that could serve it if money did not matter."""
        with_pairs = np.bincount(self.p_need, minlength=len(self.persons)) > 0
        found = []
        for place in np.flatnonzero(~with_pairs):
            reachable = self._reachable[0] == place
            found.append((int(place), self._reachable[1][reachable]))
        return found

    def budgets_million(self) -> Floats:
        """Budgets in million đồng."""
        return np.array([source.budget_vnd for source in self.problem.sources], dtype=float) / MILLION

    def class_million(self) -> Floats:
        """Cost of a class of each offering in million đồng."""
        return np.asarray(self.o_vnd / MILLION)

    def class_worth(self) -> Floats:
        """What a class adds to the value by itself: less than nothing, for its cost."""
        return np.asarray(-self.problem.policy.class_million_weight * self.class_million())

    def floors(self) -> list[tuple[Floats, float]]:
        """Persons each organisation should at least get, with the penalty of each one missing; one entry a floor."""
        policy = self.problem.policy
        floored = np.array(
            [each.level == policy.floor_level and each.zone >= policy.floor_zone for each in self.problem.organisations]
        )
        weighs = np.where(self.first > 0, self.persons, 0)
        persons = np.bincount(self.n_unit, weights=weighs, minlength=len(floored)) * floored
        rules = ((policy.floor_share, policy.floor_penalty), (policy.equity_share, policy.equity_penalty))
        return [(share * persons, penalty) for share, penalty in rules if share > 0 and penalty > 0]

    # How the arrays are made.

    def _units(self) -> None:
        policy, units = self.problem.policy, self.problem.organisations
        self.most_away = _ints(each.most_away for each in units)
        days = np.array([each.working_days for each in self.problem.quarters], dtype=float)
        self.away_limit = policy.packing * self.most_away[:, None] * days[None, :]
        provider = self.problem.providers
        shape = (len(provider), self.quarters)
        self.provider_days = np.array([each.class_days for each in provider], dtype=float).reshape(shape)
        self.far_days = np.array([each.offsite_days for each in provider], dtype=float).reshape(shape)

    def _needs(self, needs: Sequence[Need]) -> None:
        self.persons = _ints(each.persons for each in needs)
        self.first = np.array([each.first_weight for each in needs], dtype=float)
        self.rest = np.array([each.rest_weight for each in needs], dtype=float)
        self.n_unit = _ints(self.unit_at[each.organisation] for each in needs)
        self.n_programme = _ints(self.programme_at[each.programme] for each in needs)
        last = self.quarters - 1
        self.n_from = _ints(each.equipment_quarter if each.equipment is Equipment.PLANNED else 0 for each in needs)
        self.n_to = _ints(last if each.deadline is None else min(each.deadline, last) for each in needs)
        absent = np.array([each.equipment is Equipment.ABSENT for each in needs], dtype=bool)
        self.useful: Flags = ~absent & (self.first > 0) & (self.persons > 0)
        self.qualified, self.before = self._prerequisites(needs)

    def _prerequisites(self, needs: Sequence[Need]) -> tuple[Ints, Ints]:
        """Persons who may start at once (NO_LIMIT: no rule), and the need that qualifies more (-1: none)."""
        qualified, before = np.full(len(needs), NO_LIMIT), np.full(len(needs), -1)
        first = [each.prerequisite for each in self.problem.programmes]
        for place, need in enumerate(needs):
            earlier = first[self.n_programme[place]]
            if earlier is not None and need.qualified is not None and need.qualified < need.persons:
                qualified[place] = need.qualified
                before[place] = self.need_at.get((need.organisation, earlier), -1)
        return qualified, before

    def _offerings(self, offerings: Sequence[Offering]) -> None:
        programmes, provider_at = self.problem.programmes, {e.id: i for i, e in enumerate(self.problem.providers)}
        self.o_programme = _ints(self.programme_at[each.programme] for each in offerings)
        self.o_provider = _ints(provider_at[each.provider] for each in offerings)
        self.smallest = _ints(each.smallest for each in offerings)
        self.largest = _ints(each.largest for each in offerings)
        self.o_vnd = _ints(each.class_vnd for each in offerings)
        self.effect = np.array([each.effect for each in offerings], dtype=float)
        self.away = np.array([each.away_days for each in offerings], dtype=float)
        self.days = _ints(programmes[place].days for place in self.o_programme)
        self.far = np.array([each.mode in OFFSITE for each in offerings], dtype=bool)
        self.held = np.zeros((len(offerings), self.quarters), dtype=bool)
        for place, each in enumerate(offerings):
            self.held[place, list(each.quarters)] = True
        room = np.where(
            self.far[:, None],
            np.minimum(self.provider_days, self.far_days)[self.o_provider],
            self.provider_days[self.o_provider],
        )
        quota = _ints(NO_LIMIT if each.most_classes is None else each.most_classes for each in offerings)
        self.most = np.where(self.held, np.minimum(room // self.days[:, None], quota[:, None]), 0).astype(np.int64)
        self.least = np.zeros_like(self.most)
        self.o_signature = self._class_signatures(offerings)

    def _class_signatures(self, offerings: Sequence[Offering]) -> Ints:
        rules = [each.eligibility for each in self.problem.sources]
        topic = [each.topic for each in self.problem.programmes]
        teaches = [[not rule.topics or name in rule.topics for name in topic] for rule in rules]
        by_offering = [
            [source.pays_classes and teaches[place][programme] and (not rule.areas or each.area in rule.areas)]
            for each, programme in zip(offerings, self.o_programme, strict=True)
            for place, (source, rule) in enumerate(zip(self.problem.sources, rules, strict=True))
        ]
        flags = np.array(by_offering, dtype=bool).reshape(len(offerings), len(rules))
        return self._numbered(flags)

    def _seat_signatures(self) -> Ints:
        """The signature of each need's seats."""
        units, programmes = self.problem.organisations, self.problem.programmes
        by_unit = np.zeros((len(self.problem.sources), len(units)), dtype=bool)
        by_programme = np.zeros((len(self.problem.sources), len(programmes)), dtype=bool)
        for place, source in enumerate(self.problem.sources):
            rule = source.eligibility
            by_unit[place] = [
                source.pays_seats
                and (not rule.levels or unit.level in rule.levels)
                and (not rule.areas or unit.area in rule.areas)
                and (not rule.organisations or unit.id in rule.organisations)
                and unit.zone >= rule.zone_from
                and rule.public in (None, unit.public)
                for unit in units
            ]
            by_programme[place] = [
                (not rule.topics or each.topic in rule.topics) and rule.statutory in (None, each.statutory)
                for each in programmes
            ]
        return self._numbered((by_unit[:, self.n_unit] & by_programme[:, self.n_programme]).T)

    def _numbered(self, flags: Flags) -> Ints:
        """The place in `signatures` of each row of flags."""
        if not flags.shape[1]:
            return np.full(len(flags), self._number(()))
        unique, inverse = np.unique(flags, axis=0, return_inverse=True)
        numbers = _ints(self._number(tuple(int(place) for place in np.flatnonzero(row))) for row in unique)
        return np.asarray(numbers[inverse.reshape(-1)])

    def _number(self, signature: Signature) -> int:
        if signature not in self._signature_at:
            self._signature_at[signature] = len(self.signatures)
            self.signatures.append(signature)
        return self._signature_at[signature]

    def _pairs(self) -> None:
        need, offering, open_in = self._reachable = self._reach()
        vnd = _ints(each.seat_vnd for each in self.problem.offerings)[offering] + self._travel(need, offering)
        signature, no_money = self._seat_signatures()[need], np.array([not each for each in self.signatures])
        unpaid = (no_money[signature] & (vnd > 0)) | (no_money[self.o_signature[offering]] & (self.o_vnd[offering] > 0))
        kept = ~unpaid
        self.p_need, self.p_offering, self.open = need[kept], offering[kept], open_in[kept]
        self.p_vnd, self.p_signature = vnd[kept], signature[kept]
        self.p_million = self.p_vnd / MILLION
        self.together = self._together()
        rest = self.rest[self.p_need]
        weight = self.problem.policy.million_weight
        self.p_worth = (self.effect[self.p_offering] - 1) * rest - weight * self.p_million

    def _reach(self) -> tuple[Ints, Ints, Flags]:
        """Needs and offerings that could serve them, money apart, and the quarters in which they could."""
        by_programme = [np.flatnonzero(self.o_programme == place) for place in range(len(self.problem.programmes))]
        area = {name: place for place, name in enumerate(sorted({each.area for each in self.problem.organisations}))}
        unit_area = _ints(area[each.area] for each in self.problem.organisations)
        own = [-1 if each.area is None else area.get(each.area, -2) for each in self.problem.offerings]
        offering_area = np.array(own, dtype=np.int64)
        useful = np.flatnonzero(self.useful)
        counts = _ints(len(by_programme[self.n_programme[place]]) for place in useful)
        need = np.repeat(useful, counts)
        found = [by_programme[self.n_programme[place]] for place in useful]
        offering = np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
        here = offering_area[offering]
        near = (here == -1) | (here == unit_area[self.n_unit[need]])
        need, offering = need[near], offering[near]
        quarter = np.arange(self.quarters)
        window = (quarter >= self.n_from[need][:, None]) & (quarter <= self.n_to[need][:, None])
        open_in = window & (self.most[offering] > 0)
        some = open_in.any(axis=1)
        return need[some], offering[some], open_in[some]

    def _travel(self, need: Ints, offering: Ints) -> Ints:
        known = {
            self.unit_at[each.organisation] * len(self.offering_at) + self.offering_at[each.offering]: each.vnd
            for each in self.problem.travel
        }
        keys = (self.n_unit[need] * len(self.offering_at) + offering).tolist()
        return _ints(known.get(key, 0) for key in keys)

    def _together(self) -> Ints:
        """How many persons of the need may sit in one class: colleagues must keep the place open."""
        modes = [each.mode for each in self.problem.offerings]
        times = {Mode.MENTORING: NO_LIMIT, Mode.ONLINE: self.problem.policy.online_together}
        factor = _ints(times.get(mode, 1) for mode in modes)[self.p_offering]
        kept_home = self.most_away[self.n_unit[self.p_need]]
        away = np.where(factor == NO_LIMIT, NO_LIMIT, kept_home * np.minimum(factor, NO_LIMIT // 10**5))
        return np.minimum(self.persons[self.p_need], away)

    def _class_locks(self) -> None:
        for lock in self.problem.locks:
            if isinstance(lock, ClassLock):
                slot = self.offering_at[lock.offering], lock.quarter
                self.least[slot] = max(self.least[slot], lock.at_least)
                self.most[slot] = min(self.most[slot], NO_LIMIT if lock.at_most is None else lock.at_most)

    def _ceilings(self) -> None:
        """No more classes than persons could fill; no pair where no class may be held."""
        locked = self.open & (self.most[self.p_offering] <= 0)
        self.dropped = {int(need): (int(o), 0, 0) for need, o in self._first_of(locked.any(axis=1))}
        self.open &= self.most[self.p_offering] > 0
        reach = np.zeros(self.most.shape)
        np.add.at(reach, self.p_offering, self.open * self.persons[self.p_need][:, None])
        fillable = np.maximum(reach // self.smallest[:, None], self.least)
        self._note_dropped(reach)
        self.most = np.minimum(self.most, fillable).astype(np.int64)
        self.open &= self.most[self.p_offering] > 0
        kept = self.open.any(axis=1)
        for name in ("p_need", "p_offering", "open", "p_vnd", "p_signature", "p_million", "together", "p_worth"):
            setattr(self, name, getattr(self, name)[kept])

    def _first_of(self, chosen: Flags) -> list[tuple[int, int]]:
        return [(int(self.p_need[place]), int(self.p_offering[place])) for place in np.flatnonzero(chosen)[::-1]]

    def _note_dropped(self, reach: Floats) -> None:
        """Per need, of the classes that nobody can fill, the one that lacks fewest: offering, quarter, missing persons."""
        lacking = (self.smallest[:, None] - reach).astype(np.int64)
        missing = np.where(self.open & (lacking[self.p_offering] > 0), lacking[self.p_offering], NO_LIMIT)
        quarter = missing.argmin(axis=1) if missing.size else np.zeros(0, dtype=np.int64)
        fewest = missing.min(axis=1, initial=NO_LIMIT)
        for place in np.lexsort((-self.p_offering, -fewest)):
            if fewest[place] < NO_LIMIT:
                need, offering = int(self.p_need[place]), int(self.p_offering[place])
                self.dropped[need] = offering, int(quarter[place]), int(fewest[place])

    def _kept(self, start: Plan | None) -> None:
        """Classes of a plan in hand that could be held again, by offering and quarter."""
        self.in_hand = np.zeros_like(self.most)
        for line in () if start is None else start.classes:
            place = self.offering_at.get(line.offering)
            if place is not None and line.quarter < self.quarters:
                self.in_hand[place, line.quarter] = min(line.count, self.most[place, line.quarter])

    def _seat_locks(self) -> None:
        """Least and most seats of each pair and quarter; a locked seat needs its class. `lost_locks` lead to no pair."""
        self.seat_most = np.where(self.open, self.persons[self.p_need][:, None], 0)
        self.seat_least = np.zeros_like(self.seat_most)
        self.lost_locks: list[SeatLock] = []
        locks = [lock for lock in self.problem.locks if isinstance(lock, SeatLock)]
        pair_at = (
            {key: place for place, key in enumerate(zip(self.p_need, self.p_offering, strict=True))} if locks else {}
        )
        for lock in locks:
            offering = self.offering_at[lock.offering]
            pair = pair_at.get((self.need_at[lock.organisation, lock.programme], offering))
            if pair is None or not self.open[pair, lock.quarter]:
                self.lost_locks += [lock] * (lock.at_least > 0)
                continue
            place = pair, lock.quarter
            self.seat_least[place] = max(self.seat_least[place], lock.at_least)
            self.seat_most[place] = min(self.seat_most[place], NO_LIMIT if lock.at_most is None else lock.at_most)
            classes = -(-lock.at_least // max(1, self.together[pair]))
            self.least[offering, lock.quarter] = max(self.least[offering, lock.quarter], classes)


def _ints(values: Iterator[int] | Sequence[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)
