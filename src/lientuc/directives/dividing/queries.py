"""Reads: decisions one may see, what a decision must cover, its cells, errors, receipts; what a unit holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from lientuc.core.clock import today
from lientuc.places.models import Organisation
from lientuc.places.scope import Scope, WhyUnscoped
from lientuc.registry.models import UnitFunction
from lientuc.trail.rows import in_force

from ..enums import DecisionState, FaultKind, Part
from .defaults import two_level_model
from .models import Receipt, Responsibility, ResponsibilityDecision
from .rules import Cell, Fault, faults

VIEW, DIVIDE, CONFIRM = (
    "directives.view_directives",
    "directives.divide_responsibility",
    "directives.confirm_receipt",
)


@dataclass(frozen=True)
class Ground:
    """What a division of an issuer must cover: functions, the organisations of its areas, and who is near each area."""

    functions: tuple[UnitFunction, ...]
    areas: tuple[Organisation, ...]
    near: dict[int, tuple[Organisation, ...]]

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Function and area, by keys, each function only in areas of its kind."""
        shares = two_level_model().shares
        return [
            (function.pk, area.pk)
            for function in self.functions
            for area in self.areas
            if shares[function.organisation_kind].area == area.kind
        ]

    def organisations(self) -> dict[int, Organisation]:
        """Every organisation near an area, by key."""
        return {row.pk: row for rows in self.near.values() for row in rows}


@dataclass(frozen=True)
class Summary:
    """One function over all areas: with exactly one responsible at the province or at the grassroots, gaps, clashes."""

    function: UnitFunction
    areas: int
    province: int
    grassroots: int
    gaps: int
    clashes: int


def ground_of(issuer: Organisation) -> Ground:
    """What a division of `issuer` covers today; two queries."""
    shares = two_level_model().shares
    functions = UnitFunction.objects.filter(in_force(today()), organisation_kind__in=list(shares)).order_by("code")
    rows = list(
        Organisation.objects.unscoped(WhyUnscoped.RULE)
        .filter(province_code=issuer.province_code, to_on__isnull=True, kind__in=list(two_level_model().tiers))
        .order_by("name_fold", "pk")
    )
    area_kinds = {share.area for share in shares.values()}
    areas = tuple(row for row in rows if row.kind in area_kinds)
    return Ground(tuple(functions), areas, {area.pk: _near(area, rows) for area in areas})


def _near(area: Organisation, rows: Sequence[Organisation]) -> tuple[Organisation, ...]:
    """Organisations of the same commune, and those of the province that belong to no commune."""
    return tuple(row for row in rows if not row.commune_code or row.commune_code == area.commune_code)


def decisions(by: Any) -> QuerySet[ResponsibilityDecision]:
    """Decisions of organisations `by` may see, and signed ones that name one of them; with cells and receipts counted."""
    own = ResponsibilityDecision.objects.visible_to(by, VIEW).order_by().values("pk")
    named = Responsibility.objects.visible_to(by, VIEW).exclude(decision__state=DecisionState.DRAFT)
    rows: QuerySet[ResponsibilityDecision] = ResponsibilityDecision.objects.unscoped(WhyUnscoped.RULE)
    rows = rows.filter(Q(pk__in=own) | Q(pk__in=named.order_by().values("decision")))
    return rows.select_related("organisation", "previous").annotate(
        addressed=_counted(Responsibility, distinct="organisation"), confirmed=_counted(Receipt, distinct="pk")
    )


def _counted(model: Any, *, distinct: str) -> Subquery:
    rows = model.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(decision=OuterRef("pk")).order_by()
    return Subquery(rows.values("decision").annotate(n=Count(distinct, distinct=True)).values("n"))


def cells_of(decision: ResponsibilityDecision, **narrowed: Any) -> list[Responsibility]:
    """The cells of a decision with function, area and organisation; one query."""
    rows = Responsibility.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(decision=decision, **narrowed)
    return list(
        rows.select_related("function", "area", "organisation").order_by(
            "function__code", "area__name_fold", "part", "pk"
        )
    )


def seen_cells(by: Any, decision: ResponsibilityDecision) -> list[Responsibility]:
    """Every cell of the areas in which `by` may see one: who is named for an area sees who else is. One query."""
    named = Responsibility.objects.visible_to(by, VIEW).filter(decision=decision).order_by().values("area")
    rows = Responsibility.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(decision=decision, area__in=named)
    return list(
        rows.select_related("function", "area", "organisation").order_by(
            "function__code", "area__name_fold", "part", "pk"
        )
    )


def faults_of(decision: ResponsibilityDecision, ground: Ground) -> list[Fault]:
    """Gaps and clashes of a decision against what it must cover; one query."""
    rows = Responsibility.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(decision=decision).order_by()
    cells = (
        Cell(function, area, organisation, Part(part))
        for function, area, organisation, part in rows.values_list("function_id", "area_id", "organisation_id", "part")
    )
    return faults(cells, ground.pairs)


def summaries(ground: Ground, cells: Iterable[Responsibility], found: Iterable[Fault]) -> list[Summary]:
    """Each function over all its areas."""
    pairs = Counter(function for function, _ in ground.pairs)
    wrong: dict[int, Counter[FaultKind]] = defaultdict(Counter)
    broken = set()
    for fault in found:
        wrong[fault.function][fault.kind] += 1
        broken.add((fault.function, fault.area))
    tiers: dict[int, Counter[str]] = defaultdict(Counter)
    for cell in cells:
        if cell.part == Part.RESPONSIBLE and (cell.function_id, cell.area_id) not in broken:
            tiers[cell.function_id][cell.level] += 1
    return [
        Summary(
            function=function,
            areas=pairs[function.pk],
            province=tiers[function.pk]["province"],
            grassroots=tiers[function.pk]["grassroots"],
            gaps=wrong[function.pk][FaultKind.GAP],
            clashes=wrong[function.pk][FaultKind.CLASH],
        )
        for function in ground.functions
    ]


def decision_in_force(issuer: Organisation, on: date) -> ResponsibilityDecision | None:
    """The signed decision of an issuer in force on a day."""
    rows = ResponsibilityDecision.objects.unscoped(WhyUnscoped.RULE).filter(in_force(on), organisation=issuer)
    found: ResponsibilityDecision | None = rows.exclude(state=DecisionState.DRAFT).order_by("-number").first()
    return found


def receipts(decision: ResponsibilityDecision) -> list[tuple[Organisation, Receipt | None]]:
    """Everybody named in a decision with the receipt, those without one first; two queries."""
    named = Responsibility.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(decision=decision).order_by()
    rows = Organisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk__in=named.values("organisation"))
    given = Receipt.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(decision=decision)
    by_unit = {row.organisation_id: row for row in given}
    found = [(row, by_unit.get(row.pk)) for row in rows.order_by("name_fold", "pk")]
    return sorted(found, key=lambda pair: pair[1] is not None)


def to_confirm(by: Any, decision: ResponsibilityDecision) -> list[Organisation]:
    """Organisations in whose name `by` may still confirm a signed decision."""
    if decision.state == DecisionState.DRAFT:
        return []
    named = Responsibility.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(decision=decision).order_by()
    given = Receipt.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(decision=decision).values("organisation")
    rows = Organisation.objects.visible_to(by, CONFIRM).filter(pk__in=named.values("organisation"))
    return list(rows.exclude(pk__in=given).order_by("name_fold", "pk"))


def issuers(by: Any) -> QuerySet[Organisation]:
    """Organisations in whose name `by` divides tasks."""
    rows: QuerySet[Organisation] = Organisation.objects.visible_to(by, DIVIDE).filter(to_on__isnull=True)
    return rows.order_by("name_fold", "pk")


def in_force_cells(organisation: Organisation, on: date) -> QuerySet[Responsibility]:
    """Cells of signed decisions in force on a day that name an organisation or its area."""
    rows: QuerySet[Responsibility] = Responsibility.objects.unscoped(WhyUnscoped.RULE)
    return rows.filter(Q(organisation=organisation) | Q(area=organisation), in_force(on, "decision__")).exclude(
        decision__state=DecisionState.DRAFT
    )


def below(organisation: Organisation) -> Scope:
    """An organisation and everything under it on either line."""
    return Scope(
        employer=frozenset({organisation.employer_path}), professional=frozenset({organisation.professional_path})
    )
