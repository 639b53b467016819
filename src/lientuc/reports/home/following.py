"""Cards about what training changed: follow-ups of techniques handed over, findings of evaluations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from lientuc.evaluation.enums import FindingState
from lientuc.evaluation.models import Finding
from lientuc.transfer.enums import AgreementState
from lientuc.transfer.models import TransferAgreement
from lientuc.transfer.queries import EDIT, agreements, with_next
from lientuc.web.say import label, say_now

from .cards import SHOWN, Card, Line, oldest, tone_of


def follow_ups_due(by: Any, on: date) -> Card | None:
    """Techniques handed over whose next follow-up has come; one query, the day is the rule's."""
    own = TransferAgreement.objects.visible_to(by, EDIT).order_by().values("pk")
    rows = agreements(by, state=AgreementState.HANDED_OVER).filter(pk__in=own)
    due = sorted((day, row.pk, row) for row, day in with_next(rows) if day is not None and day <= on)
    if not due:
        return None
    lines = tuple(
        Line(
            f"{row.receiver.name}: {say_now(row.technique.name_vi, row.technique.name_en)}",
            reverse("transfer:follow_up", args=[row.public_id]),
            day,
            day < on,
        )
        for day, _, row in due[:SHOWN]
    )
    return Card(
        title=say_now("Kỹ thuật đến kỳ theo dõi sau chuyển giao", "Techniques due for follow-up"),
        icon="transfer",
        url=reverse("transfer:agreements"),
        action=say_now("Xem các thỏa thuận", "See the agreements"),
        count=len(due),
        lines=lines,
        tone=tone_of(lines, on),
    )


def findings_to_decide(by: Any, on: date) -> Card | None:
    """Barriers an evaluation noted, which a person accepts or refuses before they reach the needs."""
    rows = Finding.objects.visible_to(by, "evaluation.run_study").filter(state=FindingState.NOTED)
    found, count = oldest(rows.select_related("study"), "noted_on", "pk")
    if not found:
        return None
    lines = tuple(
        Line(
            f"{row.study}: {label('evaluation.Route', row.routed_to)}",
            reverse("evaluation:finding", args=[row.public_id]),
            row.noted_on,
        )
        for row in found
    )
    return Card(
        title=say_now("Phát hiện đánh giá chờ quyết định", "Evaluation findings to decide"),
        icon="report-analytics",
        url=reverse("evaluation:findings"),
        action=say_now("Xem các phát hiện", "See the findings"),
        count=count,
        lines=lines,
        tone="warn",
    )
