"""Writes of the catalogues: functions of units, techniques, and what a unit does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F

from lientuc.accounts.permissions import require
from lientuc.core.clock import today
from lientuc.core.errors import refuse_if
from lientuc.core.names import fold, tidy
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..catalogue_rules import FunctionDraft, TechniqueDraft, function_problems, technique_problems
from ..enums import Equipment
from ..models import Technique, UnitFunction, UnitTechnique

EDIT = "registry.edit_catalogues"
ILLUSTRATIVE = "illustrative"


@action("registry.load_functions")
def load_functions(*, drafts: Sequence[FunctionDraft], source: str, by: Any) -> None:
    """Take a list of functions of units: codes are updated or added; an official list ends the illustrative lines."""
    require(by, EDIT)
    refuse_if(function_problems(drafts))
    rows = [
        UnitFunction(**{**vars(draft), "name_vi": tidy(draft.name_vi), "name_en": tidy(draft.name_en)}, source=source)
        for draft in drafts
    ]
    _write(UnitFunction, rows, ["name_vi", "name_en", "organisation_kind", "from_on", "to_on", "source"])
    _end_illustrative(UnitFunction, {draft.code for draft in drafts}, source)


@action("registry.load_techniques")
def load_techniques(*, drafts: Sequence[TechniqueDraft], source: str, by: Any) -> None:
    """Take a list of techniques: codes are updated or added; an official list ends the illustrative lines."""
    require(by, EDIT)
    functions = dict(UnitFunction.objects.values_list("code", "pk"))
    refuse_if(technique_problems(drafts, frozenset(functions)))
    rows = [_technique(draft, functions, source) for draft in drafts]
    fields = ["name_vi", "name_en", "name_fold", "care_level", "function", "needs_equipment", "from_on", "to_on"]
    _write(Technique, rows, [*fields, "source"])
    _end_illustrative(Technique, {draft.code for draft in drafts}, source)


@action("registry.state_technique")
def state_technique(
    *,
    organisation: Organisation,
    technique: Technique,
    performed: bool,
    equipment: Equipment,
    by: Any,
    key: str = "",
) -> UnitTechnique:
    """Say whether a unit does a technique and has the equipment; the last statement counts."""
    require(by, "registry.edit_workers", organisation)
    row, _ = UnitTechnique.objects.unscoped(WhyUnscoped.ROW_IN_HAND).update_or_create(
        organisation=organisation,
        technique=technique,
        defaults={"performed": performed, "equipment": equipment, "stated_on": today()},
    )
    return row  # type: ignore[no-any-return]


def _technique(draft: TechniqueDraft, functions: dict[str, int], source: str) -> Technique:
    return Technique(
        code=draft.code,
        name_vi=tidy(draft.name_vi),
        name_en=tidy(draft.name_en),
        name_fold=fold(draft.name_vi),
        care_level=str(draft.care_level),
        function_id=functions.get(draft.function_code),
        needs_equipment=tidy(draft.needs_equipment),
        source=source,
        from_on=draft.from_on,
    )


def _write(model: Any, rows: list[Any], fields: list[str]) -> None:
    model.objects.bulk_create(
        rows, batch_size=1000, update_conflicts=True, unique_fields=["code"], update_fields=fields
    )


def _end_illustrative(model: Any, codes: set[str], source: str) -> None:
    """Invented lines stay readable for what refers to them, but end the day before (or with) an official list."""
    if source == ILLUSTRATIVE:
        return
    rest = model.objects.filter(source=ILLUSTRATIVE, to_on__isnull=True).exclude(code__in=codes)
    last = today() - timedelta(days=1)
    rest.filter(from_on__lte=last).update(to_on=last)
    rest.filter(from_on__gt=last).update(to_on=F("from_on"))
