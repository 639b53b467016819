"""Rows of the room `directives` for tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from lientuc.accounts.models import User
from lientuc.core.clock import now
from lientuc.directives.enums import DutyKind
from lientuc.directives.models import Difficulty, Directive, Duty, ResponsibilityDecision, Task
from lientuc.places.models import Organisation
from lientuc.registry.models import UnitFunction


def make_directive(label: str = "1/BYT") -> Directive:
    """A directive with one task."""
    directive, _ = Directive.objects.get_or_create(
        number=label,
        defaults=dict(
            issued_on=date(2026, 4, 3),
            issuer="Bộ Y tế",
            addressee_vi="UBND tỉnh",
            addressee_en="Committees",
            title_vi="Tiêu đề",
            title_en="Title",
            source="test",
        ),
    )
    Task.objects.get_or_create(
        directive=directive, point="1d", defaults=dict(kind=DutyKind.PLAN, text_vi="Lập kế hoạch", text_en="Plan")
    )
    return directive


def make_duty(organisation: Organisation, label: str = "1/BYT") -> Duty:
    """An open duty to plan, under a directive numbered `label`."""
    task = Task.objects.get(directive=make_directive(label))
    return Duty.objects.create(task=task, organisation=organisation)


def make_difficulty(organisation: Organisation, label: str = "Thiếu kinh phí") -> Difficulty:
    """A reported difficulty whose text is `label`."""
    return Difficulty.objects.create(
        organisation=organisation, text=label, reported_at=now(), reported_by=User.objects.earliest("pk")
    )


def make_function_of(kind: str = "station", label: str = "Tiêm chủng", code: str = "T-01") -> UnitFunction:
    """A function of units of a kind."""
    values = dict(name_vi=label, name_en=label, organisation_kind=kind, source="illustrative", from_on=date(2026, 1, 1))
    return UnitFunction.objects.get_or_create(code=code, defaults=values)[0]


def make_decision(
    organisation: Organisation, label: str = "Phân công nhiệm vụ", **fields: Any
) -> ResponsibilityDecision:
    """A draft titled `label` without cells."""
    values: dict[str, Any] = dict(number=1, made_by="test")
    return ResponsibilityDecision.objects.create(organisation=organisation, title=label, **(values | fields))


OBJECTS: dict[str, Callable[[Organisation, str], Any]] = {
    "directives.Directive": lambda organisation, label: make_directive(label),
    "directives.Duty": make_duty,
    "directives.Difficulty": make_difficulty,
    "directives.ResponsibilityDecision": make_decision,
}
LISTS = {
    "directives:duties": "directives.Duty",
    "directives:difficulties": "directives.Difficulty",
    "directives:divisions": "directives.ResponsibilityDecision",
}
