"""Rows of the room `quality` for tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from lientuc.accounts.models import User
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.quality.enums import Remedy, Severity
from lientuc.quality.models import Criterion, Finding, Inspection, InspectionMember


def make_criterion(code: str = "K1") -> Criterion:
    """A criterion in force."""
    values = dict(
        text_vi="Tiêu chí",
        text_en="Criterion",
        evidence_vi="Hồ sơ",
        evidence_en="File",
        source="test",
        from_on=date(2026, 1, 1),
    )
    return Criterion.objects.get_or_create(code=code, defaults=values)[0]


def make_inspection(organisation: Organisation, label: str = "Kiểm tra thử", **fields: Any) -> Inspection:
    """A planned inspection led by the inspected unit itself, so that only the unit's own scope reaches it."""
    values: dict[str, Any] = dict(lead=organisation, planned_on=date(2026, 9, 1), subject=label)
    return Inspection.objects.create(organisation=organisation, **(values | fields))


def make_member(inspection: Inspection, user: User) -> InspectionMember:
    """A member of the team."""
    return InspectionMember.objects.create(inspection=inspection, user=user)


def make_finding(organisation: Organisation, label: str = "Thiếu hồ sơ giảng viên", **fields: Any) -> Finding:
    """An open finding whose text is `label`."""
    values: dict[str, Any] = dict(
        severity=Severity.MINOR,
        remedy=Remedy.PROCEDURE,
        due_on=date(2026, 12, 1),
        recorded_by=User.objects.earliest("pk"),
    )
    if "inspection" not in fields:
        fields["inspection"] = make_inspection(organisation, label)
    return Finding.objects.create(organisation=organisation, text=label, **(values | fields))


def all_findings() -> list[Finding]:
    """Every finding there is."""
    return list(Finding.objects.unscoped(WhyUnscoped.SETUP).order_by("pk"))


OBJECTS: dict[str, Callable[[Organisation, str], Any]] = {
    "quality.Inspection": make_inspection,
    "quality.Finding": make_finding,
}
LISTS = {"quality:inspections": "quality.Inspection", "quality:findings": "quality.Finding"}
