"""Writes of assessments: begun, answered tap by tap, sent, confirmed or returned; inhabitants of communes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import now, today
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..models import UnitFunction
from .enums import Answer, AssessmentState
from .models import CommunePopulation, FunctionAssessment, FunctionStatement
from .queries import communes_of, functions_of, open_assessment
from .rules import (
    PopulationDraft,
    StatementDraft,
    population_problems,
    statement_problems,
    why_not_decide,
    why_not_state,
    why_not_submit,
)

ASSESS = "registry.assess_functions"
CONFIRM = "registry.confirm_assessment"


@action("registry.begin_assessment")
def begin_assessment(*, organisation: Organisation, by: Any) -> FunctionAssessment:
    """Open a round for a unit, or go on with the one that is open."""
    require(by, ASSESS, organisation)
    if not functions_of(organisation, today()):
        raise Refused(Problem("registry.no_functions"))
    rows = FunctionAssessment.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    row, _ = rows.exclude(state=AssessmentState.CONFIRMED).get_or_create(organisation=organisation)
    return row  # type: ignore[no-any-return]


@action("registry.state_function")
def state_function(
    *, organisation: Organisation, function: UnitFunction, draft: StatementDraft, by: Any, key: str = ""
) -> FunctionStatement:
    """Keep one answer of the open round; the last tap counts."""
    require(by, ASSESS, organisation)
    refuse_if(statement_problems(draft))
    if function not in functions_of(organisation, today()):
        raise Refused(Problem("registry.function_not_of_unit"))
    assessment = _open_one(organisation)
    row, _ = FunctionStatement.objects.unscoped(WhyUnscoped.ROW_IN_HAND).update_or_create(
        assessment=assessment,
        function=function,
        defaults={
            "answer": str(draft.answer),
            "reason": str(draft.reason or ""),
            "persons": draft.persons if draft.answer is not Answer.DOING else None,
            "note": tidy(draft.note)[:200],
            "stated_on": today(),
        },
    )
    return row  # type: ignore[no-any-return]


@action("registry.submit_assessment")
def submit_assessment(*, organisation: Organisation, by: Any, key: str = "") -> FunctionAssessment:
    """Send a complete round to who employs the unit."""
    require(by, ASSESS, organisation)
    row = _open_one(organisation)
    asked = [function.pk for function in functions_of(organisation, today())]
    answered = FunctionStatement.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(assessment=row)
    refuse_if(why_not_submit(AssessmentState(row.state), asked, list(answered.values_list("function", flat=True))))
    row.state, row.remark = AssessmentState.SUBMITTED, ""
    row.submitted_at, row.submitted_by = now(), str(by.public_id)
    row.save()
    return row


@action("registry.confirm_assessment")
def confirm_assessment(*, organisation: Organisation, by: Any, key: str = "") -> FunctionAssessment:
    """Confirm what a unit sent; from now on it is a ground for needs and is not changed any more."""
    require(by, CONFIRM, organisation)
    row = _decided(organisation, AssessmentState.CONFIRMED, "")
    row.state, row.confirmed_name = AssessmentState.CONFIRMED, by.full_name[:120]
    row.confirmed_at, row.confirmed_by = now(), str(by.public_id)
    row.save()
    return row


@action("registry.return_assessment")
def return_assessment(*, organisation: Organisation, remark: str, by: Any, key: str = "") -> FunctionAssessment:
    """Give a round back to its unit with what is to be completed."""
    require(by, CONFIRM, organisation)
    row = _decided(organisation, AssessmentState.RETURNED, remark)
    row.state, row.remark = AssessmentState.RETURNED, tidy(remark)[:300]
    row.save()
    return row


@action("registry.load_populations")
def load_populations(*, drafts: Sequence[PopulationDraft], source: str, stated_on: date, by: Any) -> None:
    """Take the inhabitants of communes in reach; the last statement of a commune counts."""
    require(by, "registry.edit_catalogues")
    refuse_if(population_problems(drafts, communes_of(by), source))
    rows = [
        CommunePopulation(
            commune_code=draft.commune_code, people=draft.people or 0, stated_on=stated_on, source=tidy(source)
        )
        for draft in drafts
    ]
    CommunePopulation.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["commune_code"], update_fields=["people", "stated_on", "source"]
    )


def _open_one(organisation: Organisation) -> FunctionAssessment:
    """The round answers go to, locked; refused where there is none or it was sent."""
    row = open_assessment(organisation, lock=True)
    if row is None:
        raise Refused(Problem("registry.assessment_not_open"))
    refuse_if(why_not_state(AssessmentState(row.state)))
    return row


def _decided(organisation: Organisation, into: AssessmentState, remark: str) -> FunctionAssessment:
    row = open_assessment(organisation, lock=True)
    if row is None:
        raise Refused(Problem("registry.assessment_not_submitted"))
    refuse_if(why_not_decide(AssessmentState(row.state), into, remark))
    return row
