"""Reads the facts of a plan: a fixed number of queries, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import ceil
from statistics import median_low

from django.db.models import Count, Sum

from lientuc.core.clock import today
from lientuc.curricula.enums import VersionState
from lientuc.curricula.models import CurriculumVersion
from lientuc.law import NotInForce
from lientuc.law.release import PlaceKind, on_call_minimum
from lientuc.places.enums import AreaKind, OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.queries import areas_of
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import Post, Provider
from lientuc.trail.rows import in_force

from ..book import PlanBook, other_lines
from ..linking import needs_under
from ..models import Need, Plan, PlanLine, PlanLineNeed
from ..policy import policy
from ..queries.learning import short_of_staff, uses_of
from ..rules.scenarios import ScenarioDraft
from .facts import Facts, Offer, Unit
from .limited import area_offers, codes_of, may_pay, paid_by
from .locking import first_quarter, line_key, locks_of, opened_classes, with_opened

_ZONES = {"I": 1, "II": 2, "III": 3}
_ON_CALL = {OrganisationKind.STATION: PlaceKind.STATION, OrganisationKind.STATION_POINT: PlaceKind.POINT}
ALL_YEAR = (0, 1, 2, 3)
AS_IT_STANDS = ScenarioDraft()


def problem_facts(plan: Plan, draft: ScenarioDraft = AS_IT_STANDS) -> Facts:
    """Everything the optimiser must know of `plan` with what `draft` tries otherwise."""
    book = PlanBook(plan)
    lines = tuple(sorted(book.lines, key=lambda line: line.place))
    needs = tuple(needs_under(plan.organisation))
    begun = opened_classes(plan, lines)
    fixed = _fixed(lines, begun, needs, frozenset(draft.kept_lines))
    still_open = [line for line in lines if line.pk not in fixed]
    sources = tuple(row for row in book.sources.values() if str(row.public_id) not in draft.sources_off)
    units = paid_by(_units(needs, date(plan.year, 1, 1)), sources)
    opened = {line.pk: begun[line.pk] for line in still_open if line.pk in begun}
    offers = _offers(plan, still_open, {need.topic_id for need in needs if need.topic_id is not None}, opened)
    return Facts(
        plan=plan,
        lines=lines,
        fixed=fixed,
        offers=(*offers, *area_offers(offers, units)),
        needs=needs,
        units=units,
        served=_served(plan, fixed),
        linked=_linked(still_open),
        sources=sources,
        left={row.pk: book.left_of(row, without=still_open) * draft.budget_percent // 100 for row in sources},
        uses={pk: use.low if draft.cautious else use.mean for pk, use in uses_of(plan.organisation, needs).items()},
        more=_more(plan, needs),
        locks=locks_of(plan, still_open, opened, planners=not draft.without_locks),
        opened=opened,
        first_quarter=first_quarter(plan),
        payers={row.pk: frozenset(u.payers for u in units.values() if may_pay(row, u.payers)) for row in sources},
    )


def _more(plan: Plan, needs: Sequence[Need]) -> frozenset[int]:
    """Needs of units whose last follow-up on the topic names a lack of trained staff."""
    short = short_of_staff(plan.organisation, today())
    return frozenset(need.pk for need in needs if need.topic and (need.organisation_id, need.topic.code) in short)


def _fixed(
    lines: Sequence[PlanLine], begun: Mapping[int, Mapping[int, int]], needs: Sequence[Need], kept: frozenset[str]
) -> frozenset[int]:
    """Lines that are locked as a whole, and lines with more opened classes than there are persons to fill them."""
    persons: dict[int, int] = defaultdict(int)
    for need in needs:
        persons[need.topic_id or 0] += need.persons
    over = {line.pk for line in lines if sum(begun.get(line.pk, {}).values()) > persons[line.topic_id]}
    chosen = {line.pk for line in lines if line.locked or str(line.public_id) in kept}
    return frozenset(over | chosen)


def _linked(lines: Sequence[PlanLine]) -> dict[tuple[int, int], int]:
    rows = PlanLineNeed.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line__in=[line.pk for line in lines])
    return {(line, need): persons for line, need, persons in rows.values_list("line_id", "need_id", "persons")}


def _served(plan: Plan, fixed: frozenset[int]) -> dict[int, int]:
    links = PlanLineNeed.objects.unscoped(WhyUnscoped.RULE)
    served: dict[int, int] = defaultdict(int)
    for rows in (links.filter(line__in=fixed), links.filter(line__in=other_lines(plan).values("pk"))):
        for need, persons in rows.order_by().values_list("need_id").annotate(n=Sum("persons")):
            served[need] += persons
    return served


def _units(needs: Sequence[Need], on: date) -> dict[int, Unit]:
    organisations: dict[int, Organisation] = {need.organisation_id: need.organisation for need in needs}
    areas = areas_of({row.commune_code for row in organisations.values() if row.commune_code}, on=on)
    posts = Post.objects.unscoped(WhyUnscoped.RULE).filter(in_force(on), organisation__in=list(organisations))
    staff = dict(posts.order_by().values_list("organisation_id").annotate(n=Count("worker", distinct=True)))
    return {
        pk: Unit(
            pk=pk,
            name=row.name,
            level=row.care_level,
            commune=row.commune_code,
            zone=_ZONES.get(areas.get(row.commune_code, {}).get(AreaKind.DIFFICULTY, ""), 0),
            public=row.public,
            most_away=most_away(OrganisationKind(row.kind), staff.get(pk, 0), on),
            areas=frozenset(codes_of(areas.get(row.commune_code, {}))),
        )
        for pk, row in organisations.items()
    }


def most_away(kind: OrganisationKind, staff: int, on: date) -> int:
    """Most persons away at once: a share of the staff, never more than leaves one shift (Decree 192/2026 Art. 3(2)(b)).

    Where no post is recorded one person may go: missing data are no reason to train nobody.
    """
    if not staff:
        return 1
    share = max(1, int(staff * policy().most_away_share))
    place = _ON_CALL.get(kind)
    if place is None:
        return share
    try:
        return max(0, min(share, staff - on_call_minimum(place, on).people))
    except NotInForce:
        return share


def _offers(
    plan: Plan, lines: Sequence[PlanLine], topics: Iterable[int], opened: Mapping[int, Mapping[int, int]]
) -> tuple[Offer, ...]:
    first = first_quarter(plan)
    own = [with_opened(_of_line(line, line_key(line), line), opened.get(line.pk, {}), first) for line in lines]
    wanted = set(topics) - {offer.topic for offer in own}
    earlier = [with_opened(offer, {}, first) for offer in _of_earlier_plans(plan, wanted)]
    known = [*own, *earlier]
    wanted -= {offer.topic for offer in earlier}
    return (*known, *(with_opened(offer, {}, first) for offer in _of_programmes(wanted, known)))


def _of_line(line: PlanLine, key: str, own: PlanLine | None) -> Offer:
    return Offer(
        key=key,
        line=own,
        topic=line.topic_id,
        title=line.title,
        audience=line.audience,
        provider=line.provider_id,
        performer=line.performer,
        # Rounded up, so that the money of a line is never promised to another.
        class_vnd=-(-line.requested_vnd // line.classes),
        size=ceil(line.persons / line.classes),
        quarters=tuple(range(line.from_quarter - 1, line.to_quarter)),
        cost_items=tuple(line.cost_items),
    )


def _of_earlier_plans(plan: Plan, topics: set[int]) -> list[Offer]:
    """The newest line of each topic and performer in the organisation's other plans."""
    rows = PlanLine.objects.unscoped(WhyUnscoped.RULE).filter(plan__organisation=plan.organisation, topic__in=topics)
    found: dict[tuple[int, int | None, str], Offer] = {}
    for line in rows.exclude(plan=plan).order_by("-plan__year", "-plan__number", "place"):
        key = (line.topic_id, line.provider_id, line.performer)
        if key not in found:
            found[key] = _of_line(line, f"earlier:{line.public_id}", None)
    return list(found.values())


def _of_programmes(topics: set[int], known: Sequence[Offer]) -> list[Offer]:
    """Approved programmes on topics nobody has planned before, at the middle cost and size of the known offers."""
    if not topics or not known:
        return []
    versions = CurriculumVersion.objects.unscoped(WhyUnscoped.RULE).filter(
        state=VersionState.APPROVED, curriculum__topic__in=topics
    )
    newest = {row.curriculum_id: row for row in versions.select_related("curriculum__organisation").order_by("number")}
    owners = {row.curriculum.organisation_id for row in newest.values()}
    providers = dict(
        Provider.objects.unscoped(WhyUnscoped.RULE).filter(organisation__in=owners).values_list("organisation_id", "pk")
    )
    cost, size = median_low(offer.class_vnd for offer in known), median_low(offer.size for offer in known)
    return [
        Offer(
            key=f"programme:{version.public_id}",
            line=None,
            topic=version.curriculum.topic_id,
            title=version.curriculum.title,
            audience="",
            provider=providers[version.curriculum.organisation_id],
            performer=version.curriculum.organisation.name,
            class_vnd=cost,
            size=size,
            quarters=ALL_YEAR,
            estimated=True,
        )
        for _, version in sorted(newest.items())
        if version.curriculum.organisation_id in providers
    ]


def needs_by_pair(needs: Iterable[Need]) -> dict[tuple[int, int], list[Need]]:
    """Needs of one organisation and topic together, the first ones first: they may concern the same people."""
    found: dict[tuple[int, int], list[Need]] = defaultdict(list)
    for need in needs:
        if need.topic_id is not None:
            found[need.organisation_id, need.topic_id].append(need)
    return dict(found)
