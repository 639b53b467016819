"""Cards about steering: duties, difficulties, needs, plans, the audit trail."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from lientuc.directives.enums import DifficultyState, DutyState
from lientuc.directives.models import Difficulty, Duty, Task
from lientuc.planning.enums import NeedState, PlanState
from lientuc.planning.models import Need, Plan
from lientuc.web.say import label, say_now

from ..audit import chain_state
from .cards import Card, Line, oldest, tone_of


def duties_open(by: Any, on: date) -> Card | None:
    """Duties of the own unit that nobody has reported done."""
    rows = Duty.objects.visible_to(by, "directives.fulfil_duty").filter(state=DutyState.OPEN)
    order = (F("due_on").asc(nulls_last=True), "task__directive__issued_on", "task__point", "pk")
    found, count = oldest(rows.select_related("task__directive"), *order)  # type: ignore[arg-type]
    if not found:
        return None
    lines = tuple(
        Line(
            f"{row.task.directive.number}, {row.task.point}: {_in_language(row.task)}",
            reverse("directives:fulfil", args=[row.public_id]),
            row.due_on,
            bool(row.due_on and row.due_on < on),
        )
        for row in found
    )
    return Card(
        title=say_now("Nhiệm vụ được giao chưa báo cáo", "Duties not yet reported"),
        icon="checklist",
        url=reverse("directives:duties"),
        action=say_now("Xem nhiệm vụ", "See the duties"),
        count=count,
        lines=lines,
        tone=tone_of(lines, on),
    )


def _in_language(task: Task) -> str:
    return say_now(task.text_vi, task.text_en)


def difficulties_to_answer(by: Any, on: date) -> Card | None:
    """Difficulties units reported and nobody answered."""
    rows = Difficulty.objects.visible_to(by, "directives.answer_difficulty").filter(state=DifficultyState.REPORTED)
    found, count = oldest(rows.select_related("organisation"), "reported_at", "pk")
    if not found:
        return None
    lines = tuple(
        Line(
            f"{row.organisation.name}: {row}",
            reverse("directives:answer", args=[row.public_id]),
            row.reported_at.date(),
        )
        for row in found
    )
    return Card(
        title=say_now("Khó khăn, vướng mắc chờ trả lời", "Difficulties awaiting an answer"),
        icon="message-report",
        url=reverse("directives:difficulties"),
        action=say_now("Trả lời", "Answer them"),
        count=count,
        lines=lines,
        tone="warn",
    )


def needs_waiting(by: Any, on: date) -> Card | None:
    """Needs raised and not yet accepted or declined."""
    rows = Need.objects.visible_to(by, "planning.accept_need").filter(state=NeedState.RAISED)
    found, count = oldest(rows.select_related("organisation", "topic"), "raised_at", "pk")
    if not found:
        return None
    persons = say_now("{n} người", "{n} people")
    lines = tuple(
        Line(
            f"{_need(row)}: {persons.format(n=row.persons)}",
            reverse("planning:need", args=[row.public_id]),
            row.deadline_on,
        )
        for row in found
    )
    return Card(
        title=say_now("Nhu cầu đào tạo chờ tiếp nhận", "Training needs to accept"),
        icon="inbox",
        url=reverse("planning:needs"),
        action=say_now("Xem xét nhu cầu", "Consider them"),
        count=count,
        lines=lines,
        tone="warn",
    )


def _need(row: Need) -> str:
    """The unit and what is to be learnt, by topic or, until somebody names one, by family or kind."""
    if row.topic is not None:
        learnt = say_now(row.topic.name_vi, row.topic.name_en)
    elif row.family:
        learnt = label("curricula.TopicFamily", row.family)
    else:
        learnt = label("curricula.GroundKind", row.kind)
    return f"{row.organisation.name}, {learnt}"


def plans_in_hand(by: Any, on: date) -> Card | None:
    """Own plans that are drafts or came back."""
    rows = Plan.objects.visible_to(by, "planning.edit_plan").filter(
        state__in=[str(PlanState.DRAFT), str(PlanState.RETURNED)]
    )
    return _plans(rows, say_now("Kế hoạch đang soạn hoặc được trả lại", "Plans in draft or returned"))


def plans_to_approve(by: Any, on: date) -> Card | None:
    """Plans submitted, for whoever approves them."""
    rows = Plan.objects.visible_to(by, "planning.approve_plan").filter(state=PlanState.SUBMITTED)
    return _plans(rows, say_now("Kế hoạch trình chờ phê duyệt", "Plans awaiting approval"))


def plans_to_comment(by: Any, on: date) -> Card | None:
    """Plans submitted, for the department that comments on the money."""
    rows = Plan.objects.visible_to(by, "planning.review_money").filter(state=PlanState.SUBMITTED)
    return _plans(rows, say_now("Kế hoạch chờ ý kiến về kinh phí", "Plans awaiting a comment on the money"))


def _plans(rows: QuerySet[Plan], title: str) -> Card | None:
    found, count = oldest(rows, F("submitted_at").asc(nulls_last=True), "pk")  # type: ignore[arg-type]
    if not found:
        return None
    lines = tuple(
        Line(row.title, reverse("planning:plan", args=[row.public_id]), (row.submitted_at or row.made_at).date())
        for row in found
    )
    return Card(
        title=title,
        icon="clipboard-list",
        url=reverse("planning:plans"),
        action=say_now("Mở kế hoạch", "Open the plans"),
        count=count,
        lines=lines,
        tone="warn",
    )


def trail_state(by: Any, on: date) -> Card | None:
    """How far the audit trail is sealed."""
    state = chain_state()
    return Card(
        title=say_now("Nhật ký chờ niêm phong", "Audit rows not yet sealed"),
        icon="shield-check",
        url=reverse("reports:audit"),
        action=say_now("Xem nhật ký", "See the trail"),
        count=state.waiting,
        of=say_now("đã niêm phong {n} dòng", "{n} rows sealed").format(n=state.position),
    )
