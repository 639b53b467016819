"""The year model once more, from the problem itself, in PuLP: the readable specification. Nothing of the product's arrays."""

import pulp

from lientuc.planning.optimiser.model import OFFSITE, Equipment, Mode
from lientuc.planning.optimiser.money import class_signature, seat_signature

MILLION = 1e6


class Readable:
    """`bound` and `prices` by source id of a problem without locks."""

    def __init__(self, problem):
        self.problem = problem
        self.units = {each.id: each for each in problem.organisations}
        self.programmes = {each.id: each for each in problem.programmes}
        self.providers = {each.id: each for each in problem.providers}
        self.travel = {(each.organisation, each.offering): each.vnd for each in problem.travel}
        self.quarters = range(len(problem.quarters))
        self.lp = pulp.LpProblem("year", pulp.LpMaximize)
        self.seats, self.classes, self.funds, self.short = {}, {}, {}, {}
        self.make_columns()
        self.lp += self.worth()
        for family in (
            self.needs,
            self.sizes,
            self.links,
            self.away,
            self.days,
            self.money,
            self.first_things,
            self.floors,
        ):
            family()
        self.lp.solve(pulp.HiGHS(msg=False, threads=1))
        self.bound = pulp.value(self.lp.objective)
        # PuLP with HiGHS gives prices of a maximisation with the opposite sign.
        self.prices = {
            each.id: -self.lp.get_constraint_by_name(f"budget_{place}").pi for place, each in enumerate(problem.sources)
        }

    def window(self, need, offering):
        """Quarters in which the need could sit in the offering."""
        first = need.equipment_quarter if need.equipment is Equipment.PLANNED else 0
        last = len(self.quarters) - 1 if need.deadline is None else need.deadline
        return [t for t in self.quarters if first <= t <= last and (offering.id, t) in self.classes]

    def make_columns(self):
        for offering in self.problem.offerings:
            for t in offering.quarters:
                if self.fits(offering, t):
                    self.classes[offering.id, t] = self.lp.add_variable(
                        f"y_{offering.id}_{t}", 0, self.most(offering, t)
                    )
        self.served = []
        for n, need in enumerate(self.problem.needs):
            if need.first_weight <= 0 or need.equipment is Equipment.ABSENT:
                continue
            unit, programme = self.units[need.organisation], self.programmes[need.programme]
            payers = seat_signature(self.problem.sources, unit, programme)
            for offering in self.problem.offerings:
                if offering.programme != programme.id or offering.area not in (None, unit.area):
                    continue
                vnd = offering.seat_vnd + self.travel.get((unit.id, offering.id), 0)
                class_payers = class_signature(self.problem.sources, programme, offering)
                if (vnd and not payers) or (offering.class_vnd and not class_payers) or not self.window(need, offering):
                    continue
                seat = self.lp.add_variable(f"x_{n}_{offering.id}", 0, need.persons)
                self.seats[n, offering.id] = (seat, need, offering, vnd, payers)

    def fits(self, offering, t):
        return self.most(offering, t) >= 1

    def most(self, offering, t):
        provider, days = self.providers[offering.provider], self.programmes[offering.programme].days
        room = min(provider.class_days[t], provider.offsite_days[t] if offering.mode in OFFSITE else 10**9)
        persons = sum(need.persons for need in self.problem.needs if self.could_sit(need, offering, t))
        quota = 10**9 if offering.most_classes is None else offering.most_classes
        return min(room // days, persons // offering.smallest, quota)

    def could_sit(self, need, offering, t):
        unit = self.units[need.organisation]
        first = need.equipment_quarter if need.equipment is Equipment.PLANNED else 0
        last = len(self.quarters) - 1 if need.deadline is None else need.deadline
        useful = need.first_weight > 0 and need.equipment is not Equipment.ABSENT
        return (
            useful
            and need.programme == offering.programme
            and offering.area in (None, unit.area)
            and first <= t <= last
        )

    def worth(self):
        policy, terms = self.problem.policy, []
        for seat, need, offering, vnd, _ in self.seats.values():
            terms.append(((offering.effect - 1) * need.rest_weight - policy.million_weight * vnd / MILLION) * seat)
        for (name, _), held in self.classes.items():
            offering = next(each for each in self.problem.offerings if each.id == name)
            terms.append(-policy.class_million_weight * offering.class_vnd / MILLION * held)
        self.first, self.rest = {}, {}
        for n in sorted({n for n, _ in self.seats}):
            need = self.problem.needs[n]
            self.first[n] = self.lp.add_variable(f"first_{n}", 0, 1)
            self.rest[n] = self.lp.add_variable(f"rest_{n}", 0, need.persons - 1)
            terms += [need.first_weight * self.first[n], need.rest_weight * self.rest[n]]
        for unit in self.problem.organisations:
            if unit.level == policy.floor_level and unit.zone >= policy.floor_zone and policy.floor_share > 0:
                self.short[unit.id] = self.lp.add_variable(f"short_{unit.id}", 0)
                terms.append(-policy.floor_penalty * self.short[unit.id])
        return pulp.lpSum(terms)

    def needs(self):
        for n in self.first:
            self.lp += pulp.lpSum(s for (m, _), (s, *_) in self.seats.items() if m == n) == self.first[n] + self.rest[n]

    def sizes(self):
        for offering in self.problem.offerings:
            mine = [
                (seat, set(self.window(need, offering))) for seat, need, o, *_ in self.seats.values() if o == offering
            ]
            held = {t: self.classes[offering.id, t] for t in self.quarters if (offering.id, t) in self.classes}
            everyone = pulp.lpSum(seat for seat, _ in mine)
            self.lp += everyone <= offering.largest * pulp.lpSum(held.values())
            self.lp += everyone >= offering.smallest * pulp.lpSum(held.values())
            for window in {frozenset(w) for _, w in mine}:
                inside = pulp.lpSum(seat for seat, w in mine if w <= window)
                self.lp += inside <= offering.largest * pulp.lpSum(held[t] for t in window)

    def links(self):
        for seat, need, offering, *_ in self.seats.values():
            unit = self.units[need.organisation]
            times = {Mode.MENTORING: 10**9, Mode.ONLINE: self.problem.policy.online_together}.get(offering.mode, 1)
            together = min(need.persons, times * unit.most_away)
            self.lp += seat <= together * pulp.lpSum(self.classes[offering.id, t] for t in self.window(need, offering))

    def away(self):
        for unit in self.problem.organisations:
            days = sum(each.working_days for each in self.problem.quarters)
            mine = [(s, o) for s, need, o, *_ in self.seats.values() if need.organisation == unit.id]
            limit = self.problem.policy.packing * unit.most_away * days
            self.lp += pulp.lpSum(offering.away_days * seat for seat, offering in mine) <= limit

    def days(self):
        for provider in self.problem.providers:
            for t in self.quarters:
                mine = [o for o in self.problem.offerings if o.provider == provider.id and (o.id, t) in self.classes]
                days = {o.id: self.programmes[o.programme].days * self.classes[o.id, t] for o in mine}
                self.lp += pulp.lpSum(days.values()) <= provider.class_days[t]
                self.lp += pulp.lpSum(days[o.id] for o in mine if o.mode in OFFSITE) <= provider.offsite_days[t]

    def money(self):
        cost = {}
        for seat, _, _, vnd, payers in self.seats.values():
            cost.setdefault(payers, []).append(vnd / MILLION * seat)
        for offering in self.problem.offerings:
            payers = class_signature(self.problem.sources, self.programmes[offering.programme], offering)
            for t in self.quarters:
                if (offering.id, t) in self.classes and offering.class_vnd:
                    cost.setdefault(payers, []).append(offering.class_vnd / MILLION * self.classes[offering.id, t])
        for payers, terms in cost.items():
            for source in payers:
                self.funds[payers, source] = self.lp.add_variable(f"f_{'_'.join(map(str, payers))}_{source}", 0)
            self.lp += pulp.lpSum(terms) <= pulp.lpSum(self.funds[payers, source] for source in payers)
        for place, source in enumerate(self.problem.sources):
            given = pulp.lpSum(fund for (_, payer), fund in self.funds.items() if payer == place)
            self.lp += given <= source.budget_vnd / MILLION, f"budget_{place}"

    def first_things(self):
        at = {(need.organisation, need.programme): n for n, need in enumerate(self.problem.needs)}
        for n in self.first:
            need = self.problem.needs[n]
            before = self.programmes[need.programme].prerequisite
            if before is None or need.qualified is None or need.qualified >= need.persons:
                continue
            own = [(seat, self.window(need, o)) for (m, _), (seat, _, o, *_) in self.seats.items() if m == n]
            last = max(max(window) for _, window in own)
            m = at.get((need.organisation, before))
            gained = [
                seat
                for (k, _), (seat, other, o, *_) in self.seats.items()
                if k == m and min(self.window(other, o)) < last
            ]
            self.lp += pulp.lpSum(seat for seat, _ in own) <= need.qualified + pulp.lpSum(gained)

    def floors(self):
        for name, short in self.short.items():
            mine = pulp.lpSum(seat for seat, need, *_ in self.seats.values() if need.organisation == name)
            persons = sum(n.persons for n in self.problem.needs if n.organisation == name and n.first_weight > 0)
            self.lp += mine + short >= self.problem.policy.floor_share * persons
