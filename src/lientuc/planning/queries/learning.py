"""Expected use of training for needs, what to buy before training, where more persons of a unit are the remedy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db.models import QuerySet

from lientuc.curricula.enums import GroundKind
from lientuc.directives.enums import Remover
from lientuc.directives.models import Barrier
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.enums import Equipment
from lientuc.web.say import say_now

from ..enums import NeedState
from ..learning.priors import priors
from ..learning.watching import watched
from ..models import Need, PlanLine, UseEstimate
from ..rules.learning import Beta, staff_is_the_bottleneck

EQUIPMENT_BARRIER = "equipment"


@dataclass(frozen=True)
class Use:
    """What is expected of a training: share 0–1 with its interval; `seen` units stand behind it, 0: the prior alone."""

    mean: float
    low: float
    high: float
    seen: int

    @property
    def mean_percent(self) -> float:
        """The expected share in per cent."""
        return self.mean * 100

    @property
    def low_percent(self) -> float:
        """The lower end in per cent."""
        return self.low * 100

    @property
    def high_percent(self) -> float:
        """The upper end in per cent."""
        return self.high * 100


@dataclass(frozen=True)
class Shown:
    """An estimate for its readers: shares in per cent, barriers by name, whether staff is the bottleneck."""

    estimate: UseEstimate
    prior: float
    mean: float
    low: float
    high: float
    barriers: tuple[tuple[str, int], ...]
    staff: bool


@dataclass(frozen=True)
class BuyFirst:
    """A need whose equipment is neither there nor planned: who can buy it, and the training cost that would be wasted."""

    need: Need
    buyer: Organisation | None
    remover: str
    wasted_vnd: int | None


def estimates(by: Any) -> QuerySet[UseEstimate]:
    """The estimates `by` may see."""
    rows: QuerySet[UseEstimate] = UseEstimate.objects.visible_to(by, "planning.view_plans")
    return rows.select_related("organisation").order_by("organisation__name_fold", "family", "level", "equipment", "pk")


def shown_estimates(by: Any) -> list[Shown]:
    """The estimates `by` may see with barriers in words; two queries."""
    names = {row.code: row for row in Barrier.objects.all()}

    def name(code: str) -> str:
        return say_now(names[code].name_vi, names[code].name_en) if code in names else code

    return [
        Shown(
            estimate=row,
            prior=100 * row.prior_alpha / (row.prior_alpha + row.prior_beta),
            mean=100 * row.mean_rate,
            low=100 * row.low_rate,
            high=100 * row.high_rate,
            barriers=tuple((name(code), n) for code, n in row.barriers.items()),
            staff=staff_is_the_bottleneck(row.barriers, priors().more_persons),
        )
        for row in estimates(by)
    ]


def uses_of(organisation: Organisation, needs: Iterable[Need]) -> dict[int, Use]:
    """Expected use for each need as `organisation` plans it; one query."""
    rows = UseEstimate.objects.unscoped(WhyUnscoped.RULE).filter(organisation=organisation)
    known = {
        (row.family, row.level, row.equipment): Use(row.mean_rate, row.low_rate, row.high_rate, row.seen)
        for row in rows
    }
    return {need.pk: _use(need, known) for need in needs}


def _use(need: Need, known: dict[tuple[str, str, str], Use]) -> Use:
    if need.kind == GroundKind.HOURS_DUE:
        by_law = priors().by_law
        return Use(by_law, by_law, by_law, 0)
    if need.equipment == Equipment.ABSENT:
        return Use(0.0, 0.0, 0.0, 0)
    family = need.topic.family if need.topic else need.family
    found = known.get((family, need.organisation.care_level, need.equipment))
    return found or prior_use(need.equipment)


def use_of(need: Need) -> Use:
    """Expected use for one need as the nearest office above it has learnt it; one query."""
    above = [int(pk) for pk in need.organisation.professional_path.strip("/").split("/")]
    rows = UseEstimate.objects.unscoped(WhyUnscoped.RULE).filter(
        organisation__in=above, level=need.organisation.care_level, equipment=need.equipment
    )
    known = {
        (row.family, row.level, row.equipment): Use(row.mean_rate, row.low_rate, row.high_rate, row.seen)
        for row in sorted(rows, key=lambda row: above.index(row.organisation_id))
    }
    return _use(need, known)


def prior_use(equipment: str) -> Use:
    """What is expected where nobody was followed up."""
    prior: Beta = priors().prior(equipment)
    return Use(prior.mean, *prior.interval(priors().interval), 0)


def short_of_staff(organisation: Organisation, on: date) -> set[tuple[int, str]]:
    """Units (keys) and topics (codes) whose last follow-up names a lack of trained staff as what holds them back.

    The remedy is more persons of the same unit, not another programme.
    """
    staff = priors().more_persons
    return {(one.organisation_id, one.topic_code) for one in watched(organisation, on) if one.observation.barrier in staff}  # fmt: skip


def equipment_first(by: Any) -> list[BuyFirst]:
    """Needs `by` may see that wait for equipment, the most wasteful first; five queries."""
    states = [str(state) for state in (NeedState.RAISED, NeedState.ACCEPTED, NeedState.PLANNED)]
    rows = Need.objects.visible_to(by, "planning.view_needs").filter(equipment=Equipment.ABSENT, state__in=states)
    needs = list(rows.exclude(kind=GroundKind.HOURS_DUE).select_related("organisation", "topic"))
    buyers, cost = _employers(needs), _cost_of_a_person(needs)
    remover = Barrier.objects.filter(code=EQUIPMENT_BARRIER).values_list("removable_by", flat=True).first()
    found = [
        BuyFirst(need, buyers.get(need.organisation_id), str(remover or Remover.BUDGET), _wasted(need, cost))
        for need in needs
    ]
    return sorted(found, key=lambda row: (-(row.wasted_vnd or 0), -row.need.priority, row.need.pk))


def _wasted(need: Need, cost: dict[int | None, float]) -> int | None:
    one = cost.get(need.topic_id, cost.get(None))
    return round(need.persons * one) if one is not None else None


def _employers(needs: Sequence[Need]) -> dict[int, Organisation]:
    """The body right above each unit on the employer line: it holds the unit's budget; one query."""
    above = {need.organisation_id: need.organisation.employer_path.strip("/").split("/")[:-1] for need in needs}
    keys = {int(path[-1]) for path in above.values() if path}
    rows = Organisation.objects.unscoped(WhyUnscoped.RULE).in_bulk(keys)
    own = {need.organisation_id: need.organisation for need in needs}
    return {unit: rows.get(int(path[-1]), own[unit]) if path else own[unit] for unit, path in above.items()}


def _cost_of_a_person(needs: Sequence[Need]) -> dict[int | None, float]:
    """Middle cost of training one person by topic, and of all topics under None, from the lines of all plans; one query."""
    costs: dict[int | None, list[float]] = defaultdict(list)
    if needs:
        lines = PlanLine.objects.unscoped(WhyUnscoped.RULE).filter(persons__gte=1, requested_vnd__gte=1).order_by()
        for topic, persons, vnd in lines.values_list("topic_id", "persons", "requested_vnd"):
            costs[topic].append(vnd / persons)
            costs[None].append(vnd / persons)
    return {topic: median(found) for topic, found in costs.items()}
