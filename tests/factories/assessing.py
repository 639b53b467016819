"""Assessments of units and campaigns for tests, written directly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from lientuc.core.clock import today
from lientuc.core.ids import new_public_id
from lientuc.places.models import Organisation
from lientuc.registry.assessing.enums import Answer, AssessmentState
from lientuc.registry.assessing.models import CommunePopulation, FunctionAssessment, FunctionStatement
from lientuc.registry.collecting.links import hash_of, new_token
from lientuc.registry.collecting.models import Campaign, CampaignUnit
from tests.factories.registry import make_function


def make_assessment(organisation: Organisation, **fields: Any) -> FunctionAssessment:
    """A round of a unit, being filled in."""
    return FunctionAssessment.objects.create(organisation=organisation, **fields)


def make_confirmed(organisation: Organisation, function: Any = None, **fields: Any) -> FunctionStatement:
    """A confirmed round with one statement."""
    round_ = make_assessment(
        organisation,
        state=AssessmentState.CONFIRMED,
        confirmed_at=fields.pop("confirmed_at", datetime(2026, 3, 2, 3, tzinfo=UTC)),
        confirmed_by="test",
        confirmed_name="Chủ tịch UBND xã",
    )
    values = {"answer": Answer.CANNOT, "reason": "knowledge", "persons": 2, **fields}
    return FunctionStatement.objects.create(assessment=round_, function=function or make_function(), **values)


def make_population(commune_code: str, people: int, **fields: Any) -> CommunePopulation:
    """Inhabitants of a commune."""
    values = {"stated_on": date(2026, 1, 1), "source": "illustrative", **fields}
    return CommunePopulation.objects.create(commune_code=commune_code, people=people, **values)


def make_campaign(organisation: Organisation, label: str = "Rà soát quý I", **fields: Any) -> Campaign:
    """An open campaign of an organisation, asking nobody yet."""
    return Campaign.objects.create(organisation=organisation, name=label, **({"deadline_on": today()} | fields))


def make_asked(organisation: Organisation, label: str = "Rà soát quý I", unit: Organisation | None = None) -> Any:
    """A unit asked in a campaign of `organisation`."""
    public_id = new_public_id()
    return CampaignUnit.objects.create(
        campaign=make_campaign(organisation, label),
        unit=unit or organisation,
        public_id=public_id,
        token_hash=hash_of(new_token(public_id, 1)),
    )


OBJECTS: dict[str, Callable[[Organisation, str], Any]] = {
    "registry.Campaign": make_campaign,
    "registry.CampaignUnit": make_asked,
}
LISTS: dict[str, str] = {"registry:campaigns": "registry.Campaign"}
