"""Reads of assessments: the questions of a unit, its rounds, the gaps planning takes over, the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from lientuc.core.clock import now
from lientuc.core.names import fold
from lientuc.places.enums import OrganisationKind, UnitLevel
from lientuc.places.models import AdministrativeUnit, Organisation
from lientuc.places.queries import units
from lientuc.places.scope import Scope, WhyUnscoped
from lientuc.trail.rows import in_force

from ..models import UnitFunction
from .enums import Answer, AssessmentState, Reason
from .models import CommunePopulation, FunctionAssessment, FunctionStatement

VIEW = "registry.view_assessments"
NOT_BEGUN = "not_begun"


@dataclass(frozen=True)
class FunctionGap:
    """A function a unit does not carry out, as confirmed; `persons` None: nobody said how many to train."""

    organisation_id: int
    function: UnitFunction
    answer: Answer
    reason: Reason
    persons: int | None
    confirmed_on: date
    origin: str


@dataclass(frozen=True)
class Question:
    """One function of a unit with this round's answer and the one confirmed before."""

    function: UnitFunction
    stated: FunctionStatement | None
    before: FunctionStatement | None


@dataclass(frozen=True)
class FunctionCount:
    """One function over the units asked about: how many say what, and why not."""

    function: UnitFunction
    answers: dict[Answer, int]
    reasons: dict[Reason, int]
    persons: int
    units: int


@dataclass(frozen=True)
class Summary:
    """What the confirmed rounds say: by function, and cell by cell of unit × function; `of` units should have answered."""

    functions: tuple[FunctionCount, ...]
    rows: tuple[tuple[Organisation, tuple[FunctionStatement | None, ...]], ...]
    confirmed: int
    of: int


def functions_of(organisation: Organisation, on: date) -> list[UnitFunction]:
    """The functions asked of a unit of this kind on a day, in the order of their codes."""
    return list(UnitFunction.objects.filter(in_force(on), organisation_kind=organisation.kind).order_by("code"))


def open_assessment(organisation: Organisation, *, lock: bool = False) -> FunctionAssessment | None:
    """The round that is not confirmed yet, if any."""
    rows = FunctionAssessment.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    row: FunctionAssessment | None = (
        rows.filter(organisation=organisation).exclude(state=AssessmentState.CONFIRMED).first()
    )
    return row


def confirmed_assessments(organisation: Organisation) -> list[FunctionAssessment]:
    """The confirmed rounds of a unit, the latest first."""
    rows = FunctionAssessment.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    return list(rows.filter(organisation=organisation, state=AssessmentState.CONFIRMED).order_by("-confirmed_at"))


def questions(organisation: Organisation, on: date) -> list[Question]:
    """Every function asked with what was said now and before; four queries."""
    current = _answers(open_assessment(organisation))
    confirmed = confirmed_assessments(organisation)
    before = _answers(confirmed[0] if confirmed else None)
    return [Question(one, current.get(one.pk), before.get(one.pk)) for one in functions_of(organisation, on)]


def _answers(assessment: FunctionAssessment | None) -> dict[int, FunctionStatement]:
    if assessment is None:
        return {}
    rows = FunctionStatement.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(assessment=assessment)
    return {row.function_id: row for row in rows}


def asked_units(by: Any, on: date, *, text: str = "", state: str = "", commune: str = "") -> QuerySet[Organisation]:
    """The units of `by`'s scope whose kind has functions, with `state` of the latest round (`not_begun`: none)."""
    kinds = UnitFunction.objects.filter(in_force(on)).values("organisation_kind")
    rows: QuerySet[Organisation] = Organisation.objects.visible_to(by, VIEW).filter(in_force(on), kind__in=kinds)
    latest = FunctionAssessment.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(organisation=OuterRef("pk"))
    latest = latest.order_by("-opened_on", "-pk")
    rows = rows.annotate(
        state=Subquery(latest.values("state")[:1]), confirmed_at=Subquery(_confirmed().values("confirmed_at")[:1])
    )
    if text.strip():
        rows = rows.filter(Q(name_fold__contains=fold(text)) | Q(code__iexact=text.strip()))
    if commune:
        rows = rows.filter(commune_code=commune)
    if state:
        rows = rows.filter(state__isnull=True) if state == NOT_BEGUN else rows.filter(state=state)
    return rows


def _confirmed() -> QuerySet[FunctionAssessment]:
    rows: QuerySet[FunctionAssessment] = FunctionAssessment.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    return rows.filter(organisation=OuterRef("pk"), state=AssessmentState.CONFIRMED).order_by("-confirmed_at", "-pk")


def _latest_confirmed(organisations: QuerySet[Organisation]) -> QuerySet[FunctionStatement]:
    """The statements of each unit's last confirmed round; one query."""
    last = organisations.annotate(last=Subquery(_confirmed().values("pk")[:1])).filter(last__isnull=False)
    rows: QuerySet[FunctionStatement] = FunctionStatement.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    return rows.filter(assessment__in=last.order_by().values("last")).select_related("assessment", "function")


def function_gaps(*, scope: Scope, on: date) -> list[FunctionGap]:
    """What units in `scope` do not carry out, as confirmed last: grounds for needs. One query.

    Functions that lapsed are left out. `origin` refers to the statement.
    """
    inside: QuerySet[Organisation] = Organisation.objects.within(scope).filter(in_force(on))
    rows = _latest_confirmed(inside).exclude(answer=Answer.DOING).filter(in_force(on, "function__"))
    return [
        FunctionGap(
            organisation_id=row.assessment.organisation_id,
            function=row.function,
            answer=Answer(row.answer),
            reason=Reason(row.reason),
            persons=row.persons,
            confirmed_on=(row.assessment.confirmed_at or now()).date(),
            origin=str(row.ref),
        )
        for row in rows.order_by("assessment__organisation", "function__code")
    ]


def summary(
    by: Any, on: date, *, kind: str = OrganisationKind.STATION, province: str = "", commune: str = ""
) -> Summary:
    """What the confirmed rounds of units of one kind say; three queries whatever the size."""
    inside = asked_units(by, on, commune=commune).filter(kind=kind)
    inside = inside.filter(province_code=province) if province else inside
    listed = list(inside.order_by("commune_code", "name_fold", "pk"))
    functions = list(UnitFunction.objects.filter(in_force(on), organisation_kind=kind).order_by("code"))
    found: dict[int, dict[int, FunctionStatement]] = {}
    for row in _latest_confirmed(inside):
        found.setdefault(row.assessment.organisation_id, {})[row.function_id] = row
    rows = [(unit, found[unit.pk]) for unit in listed if unit.pk in found]
    return Summary(
        functions=tuple(_counted(function, [said for _, said in rows]) for function in functions),
        rows=tuple((unit, tuple(said.get(function.pk) for function in functions)) for unit, said in rows),
        confirmed=len(rows),
        of=len(listed),
    )


def _counted(function: UnitFunction, said: Iterable[dict[int, FunctionStatement]]) -> FunctionCount:
    rows: Sequence[FunctionStatement] = [row for one in said if (row := one.get(function.pk)) is not None]
    answers, reasons = Counter(row.answer for row in rows), Counter(row.reason for row in rows if row.reason)
    return FunctionCount(
        function=function,
        answers={code: answers[code] for code in Answer},
        reasons={code: reasons[code] for code in Reason},
        persons=sum(row.persons or 0 for row in rows),
        units=len(rows),
    )


def communes_of(by: Any) -> frozenset[str]:
    """The communes whose inhabitants `by` may state: of the country, or of the provinces of one's own offices."""
    scope = by.scope("registry.edit_catalogues")
    rows = AdministrativeUnit.objects.filter(level=UnitLevel.COMMUNE, to_on__isnull=True)
    if not scope.everything:
        own = Organisation.objects.within(scope).order_by().values("province_code")
        rows = rows.filter(province_code__in=own)
    return frozenset(rows.values_list("code", flat=True))


def populations(codes: Iterable[str]) -> dict[str, CommunePopulation]:
    """What is known of the inhabitants of communes; one query."""
    return {row.commune_code: row for row in CommunePopulation.objects.filter(commune_code__in=set(codes))}


def commune_names(province: str, on: date) -> dict[str, str]:
    """Names of the communes of a province by code."""
    return dict(units(level=UnitLevel.COMMUNE, on=on, province_code=province).values_list("code", "name"))
