"""Reads: units of a day, areas of communes, organisations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from lientuc.trail.rows import in_force

from .enums import UnitLevel
from .models import AdministrativeUnit, AreaClass, Organisation
from .scope import WhyUnscoped


def units(*, level: UnitLevel, on: date, province_code: str = "") -> QuerySet[AdministrativeUnit]:
    """The administrative units of a level valid on a day."""
    rows = AdministrativeUnit.objects.filter(in_force(on), level=level)
    return rows.filter(province_code=province_code) if province_code else rows


def unit_choices(level: UnitLevel, *, on: date, province_code: str = "") -> list[tuple[str, str]]:
    """`(code, name)` of the units of a level, by name: what a select offers."""
    rows = units(level=level, on=on, province_code=province_code).order_by("name_fold", "code")
    return list(rows.values_list("code", "name"))


def areas_of(unit_codes: Any, *, on: date) -> dict[str, dict[str, str]]:
    """`{unit code: {area kind: value}}` for the communes named, on a day; one query."""
    found: dict[str, dict[str, str]] = {}
    for row in AreaClass.objects.filter(in_force(on), unit_code__in=unit_codes):
        found.setdefault(row.unit_code, {})[row.kind] = row.value
    return found


def is_simulated() -> bool:
    """Whether this database holds invented organisations (every page and paper then says so)."""
    return Organisation.objects.unscoped(WhyUnscoped.PUBLIC).filter(simulated=True).exists()


def has_organisations() -> bool:
    """Whether anything has been entered yet."""
    return Organisation.objects.unscoped(WhyUnscoped.PUBLIC).exists()
