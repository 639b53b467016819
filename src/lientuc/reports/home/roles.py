"""Which cards each role is shown, in order of weight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lientuc.accounts.enums import Role
from lientuc.accounts.permissions import roles_of
from lientuc.law.deadlines import ReportDue, reports_due_between

from . import following, people, steering, training
from .cards import Card

AskCard = Callable[[Any, date], Card | None]

# A card asks the database only for who holds its permission.
PERMISSIONS: Mapping[AskCard, str] = {
    people.rows_to_clean: "registry.edit_workers",
    people.hours_due: "credits.view_entries",
    people.licences_to_renew: "registry.view_workers",
    people.unlicensed: "registry.view_workers",
    people.own_standing: "reports.view_own",
    people.unread: "trail.view_notices",
    people.jobs_under_way: "trail.view_jobs",
    training.runs_to_finish: "delivery.finish_run",
    training.certificates_to_issue: "delivery.issue_certificates",
    training.hours_to_award: "credits.award_run",
    training.own_classes: "reports.view_own",
    training.appraisals_to_decide: "curricula.decide_appraisal",
    training.opinions_to_give: "curricula.give_opinion",
    training.programmes_to_update: "curricula.edit_curriculum",
    training.inspections_assigned: "quality.record_finding",
    training.inspections_planned: "quality.plan_inspection",
    training.findings_to_mend: "quality.propose_correction",
    training.findings_to_close: "quality.close_finding",
    training.waves_open: "surveys.run_wave",
    training.certificates_lately: "delivery.view_certificates",
    following.follow_ups_due: "transfer.edit_agreement",
    following.findings_to_decide: "evaluation.run_study",
    steering.duties_open: "directives.fulfil_duty",
    steering.difficulties_to_answer: "directives.answer_difficulty",
    steering.needs_waiting: "planning.accept_need",
    steering.plans_in_hand: "planning.edit_plan",
    steering.plans_to_approve: "planning.approve_plan",
    steering.plans_to_comment: "planning.review_money",
    steering.trail_state: "trail.view_audit",
}

_TEACHING = (
    training.runs_to_finish,
    training.certificates_to_issue,
    training.hours_to_award,
    training.findings_to_mend,
    training.programmes_to_update,
    following.follow_ups_due,
)
_STAFF = (people.rows_to_clean, people.hours_due, people.licences_to_renew, people.unlicensed)

CARDS: Mapping[Role, tuple[AskCard, ...]] = {
    Role.MINISTRY: (
        steering.difficulties_to_answer,
        training.appraisals_to_decide,
        training.findings_to_close,
        training.inspections_planned,
    ),
    Role.PROVINCIAL_COMMITTEE: (steering.duties_open, steering.plans_to_approve),
    Role.HEALTH_DEPARTMENT: (
        steering.duties_open,
        steering.needs_waiting,
        steering.plans_in_hand,
        steering.plans_to_approve,
        steering.difficulties_to_answer,
        training.appraisals_to_decide,
        training.findings_to_close,
        training.inspections_planned,
        following.findings_to_decide,
        following.follow_ups_due,
        *_STAFF,
    ),
    Role.FINANCE_DEPARTMENT: (steering.plans_to_comment,),
    Role.COMMUNE_COMMITTEE: (steering.duties_open, people.hours_due, people.licences_to_renew),
    Role.STATION: (steering.duties_open, *_STAFF),
    Role.TRAINING_OFFICE: (steering.duties_open, *_TEACHING, steering.plans_in_hand, *_STAFF),
    Role.PROVIDER: (steering.duties_open, *_TEACHING),
    Role.COUNCIL_MEMBER: (training.opinions_to_give,),
    Role.HEALTH_WORKER: (people.own_standing, training.own_classes),
    Role.EVALUATOR: (training.waves_open, following.findings_to_decide),
    Role.INSPECTOR: (training.inspections_assigned,),
    Role.CLERK: (training.certificates_lately,),
    Role.AUDITOR: (steering.trail_state,),
    Role.PUBLIC: (),
}
EVERYBODY = (people.own_standing, training.own_classes, people.unread, people.jobs_under_way)

# Who reports twice a year under Circular 22/2013, and how far ahead the day is shown.
REPORTING = frozenset({Role.HEALTH_DEPARTMENT, Role.TRAINING_OFFICE, Role.PROVIDER})
AHEAD = timedelta(days=200)


@dataclass(frozen=True)
class Section:
    """The cards of one role, with where it is held; the last section has no role and is everybody's."""

    role: Role | None
    places: tuple[str, ...]
    cards: tuple[Card, ...]


def sections_for(by: Any, on: date) -> list[Section]:
    """What waits for `by`, role by role; a card stands under the first role that asks for it."""
    places: dict[Role, list[str]] = {}
    for role, organisation in roles_of(by):
        places.setdefault(role, []).extend([organisation.name] if organisation else [])
    asked: set[AskCard] = set()
    found = [Section(role, tuple(named), _cards(CARDS[role], by, on, asked)) for role, named in places.items()]
    return [*found, Section(None, (), _cards(EVERYBODY, by, on, asked))]


def _cards(questions: tuple[AskCard, ...], by: Any, on: date, asked: set[AskCard]) -> tuple[Card, ...]:
    """The answers that are not empty; each question is put once."""
    fresh = [ask for ask in questions if ask not in asked and by.why_not(PERMISSIONS[ask]) is None]
    asked.update(fresh)
    return tuple(card for card in (ask(by, on) for ask in fresh) if card is not None)


def reports_due(by: Any, on: date) -> list[tuple[ReportDue, int]]:
    """The legal reports ahead of a role that sends them, each with the days left."""
    if not REPORTING & {role for role, _ in roles_of(by)}:
        return []
    return [(due, (due.due_on - on).days) for due in reports_due_between(on, on + AHEAD)]
