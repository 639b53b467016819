"""Writes: directives and their duties, difficulties and answers, the barrier taxonomy."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.resources import files
from typing import Any

import yaml

from lientuc.accounts.permissions import require
from lientuc.core.clock import now
from lientuc.core.errors import refuse_if
from lientuc.core.ids import Ref
from lientuc.core.names import tidy
from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from .enums import DifficultyState, DutyKind, DutyState
from .models import Barrier, Difficulty, Directive, Duty, Task
from .rules import (
    DifficultyDraft,
    DirectiveDraft,
    directive_problems,
    problems,
    why_not_answer,
    why_not_delegate,
    why_not_fulfil,
)


@action("directives.load_directives")
def load_directives(*, by: Any) -> None:
    """Enter the shipped directives and barriers, and each addressee's duties; repeated, it changes nothing."""
    require(by, "directives.issue_directive")
    text = files("lientuc.directives").joinpath("data/directives.yaml").read_text(encoding="utf-8")
    for written in yaml.safe_load(text):
        _load_directive(written)
    with files("lientuc.directives").joinpath("data/barriers.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            Barrier.objects.update_or_create(code=row["code"], defaults=row)


def _load_directive(written: dict[str, Any]) -> None:
    tasks = written.pop("tasks")
    directive, _ = Directive.objects.update_or_create(number=written["number"], defaults=written)
    for task in tasks:
        Task.objects.update_or_create(directive=directive, point=task["point"], defaults=task)
    addressees = Organisation.objects.unscoped(WhyUnscoped.RULE).filter(
        kind=OrganisationKind.PROVINCIAL_COMMITTEE, to_on__isnull=True
    )
    _assign(Task.objects.filter(directive=directive), addressees, due_on=None, above=None)


def _assign(tasks: Iterable[Task], units: Iterable[Organisation], *, due_on: date | None, above: Duty | None) -> None:
    rows = [Duty(task=t, organisation=u, due_on=due_on, delegated_from=above) for u in units for t in tasks]
    Duty.objects.bulk_create(rows, ignore_conflicts=True)


@action("directives.enter_directive")
def enter_directive(*, draft: DirectiveDraft, addressees: Sequence[Organisation], by: Any, key: str = "") -> Directive:
    """Enter a directive with its tasks; each addressee gets each task as a duty."""
    require(by, "directives.issue_directive")
    taken = Directive.objects.filter(number=tidy(draft.number)).exists()
    refuse_if(directive_problems(draft, number_taken=taken))
    directive = Directive.objects.create(
        number=tidy(draft.number),
        issued_on=draft.issued_on,
        issuer=tidy(draft.issuer),
        addressee_vi=tidy(draft.addressee_vi),
        addressee_en=tidy(draft.addressee_en) or tidy(draft.addressee_vi),
        title_vi=tidy(draft.title_vi),
        title_en=tidy(draft.title_en) or tidy(draft.title_vi),
        source=tidy(draft.source),
    )
    tasks = Task.objects.bulk_create(
        Task(
            directive=directive,
            point=tidy(task.point),
            kind=task.kind,
            text_vi=tidy(task.text_vi),
            text_en=tidy(task.text_en) or tidy(task.text_vi),
        )
        for task in draft.tasks
    )
    _assign(tasks, addressees, due_on=draft.due_on, above=None)
    return directive


@action("directives.delegate_duty")
def delegate_duty(
    *, duty: Duty, organisations: list[Organisation], by: Any, due_on: date | None = None, key: str = ""
) -> Duty:
    """Pass a duty on to units below (the committee to its departments and communes); it stays the delegator's too."""
    require(by, "directives.fulfil_duty", duty.organisation)
    above = duty.organisation
    outside = [unit.name for unit in organisations if unit.pk == above.pk or not _is_below(unit, above)]
    refuse_if(why_not_delegate(DutyState(duty.state), units=len(organisations), outside=outside))
    _assign([duty.task], organisations, due_on=due_on, above=duty)
    return duty


def _is_below(unit: Organisation, above: Organisation) -> bool:
    return unit.employer_path.startswith(above.employer_path) or unit.professional_path.startswith(
        above.professional_path
    )


@action("directives.fulfil_duty")
def fulfil_duty(*, duty: Duty, evidence: str, by: Any, key: str = "") -> Duty:
    """Report a duty done with its evidence."""
    require(by, "directives.fulfil_duty", duty.organisation)
    refuse_if(why_not_fulfil(DutyState(duty.state), evidence))
    _mark(duty, evidence=evidence, subject="", by=by)
    return duty


@action("directives.fulfil")
def fulfil(*, kind: DutyKind, organisation: Organisation, on: date, subject: Ref, by: Any) -> Ref:
    """Mark the open duties of a kind as done by `subject`; upper rooms call it in their own transaction."""
    rows = Duty.objects.unscoped(WhyUnscoped.RULE).filter(
        organisation=organisation, task__kind=kind, state=DutyState.OPEN, task__directive__issued_on__lte=on
    )
    for duty in rows:
        _mark(duty, evidence="", subject=str(subject), by=by)
    return subject


def _mark(duty: Duty, *, evidence: str, subject: str, by: Any) -> None:
    duty.state, duty.evidence, duty.subject = DutyState.FULFILLED, evidence, subject
    duty.fulfilled_at, duty.fulfilled_by = now(), by
    duty.save(update_fields=["state", "evidence", "subject", "fulfilled_at", "fulfilled_by"])


@action("directives.report_difficulty")
def report_difficulty(*, draft: DifficultyDraft, organisation: Organisation, by: Any, key: str = "") -> Difficulty:
    """Report a difficulty upward."""
    require(by, "directives.report_difficulty", organisation)
    refuse_if(problems(draft))
    return Difficulty.objects.create(
        organisation=organisation,
        task=Task.objects.filter(point=draft.task_point).order_by("-directive__issued_on").first(),
        barrier=Barrier.objects.filter(code=draft.barrier).first(),
        text=draft.text.strip(),
        reported_at=now(),
        reported_by=by,
    )


@action("directives.answer_difficulty")
def answer_difficulty(*, difficulty: Difficulty, answer: str, by: Any, key: str = "") -> Difficulty:
    """Answer a difficulty; the unit sees the answer beside its text."""
    require(by, "directives.answer_difficulty", difficulty.organisation)
    locked: Difficulty = Difficulty.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_for_update().get(pk=difficulty.pk)
    refuse_if(why_not_answer(DifficultyState(locked.state), answer))
    locked.answer, locked.state = answer.strip(), DifficultyState.ANSWERED
    locked.answered_at, locked.answered_by = now(), by
    locked.save(update_fields=["answer", "state", "answered_at", "answered_by"])
    return locked
