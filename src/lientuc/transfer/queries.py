"""Reads: agreements, their follow-ups, grounds for need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from lientuc.core.names import fold
from lientuc.curricula.grounds import Ground, GroundKind
from lientuc.directives.enums import Remover
from lientuc.places.enums import CareLevel
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped

from .enums import AgreementState
from .models import FollowUp, TransferAgreement
from .rules import FOLLOW_UP_MONTHS, MENDED_BY_TRAINING, months_later, next_follow_up

VIEW = "transfer.view_agreements"
EDIT = "transfer.edit_agreement"


@dataclass(frozen=True)
class FollowUpLine:
    """One follow-up that is due from `due_on`, with what was noted last or None."""

    month: int
    due_on: date
    noted: FollowUp | None


def agreements(by: Any, *, text: str = "", state: str = "") -> QuerySet[TransferAgreement]:
    """The agreements `by` may see, with `last_month`, the last follow-up noted; `text` is sought without accents."""
    noted = FollowUp.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(agreement=OuterRef("pk")).order_by()
    last_month = noted.values("agreement").annotate(last=Max("month")).values("last")
    rows: QuerySet[TransferAgreement] = TransferAgreement.objects.visible_to(by, VIEW)
    rows = rows.select_related("giver", "receiver", "technique").annotate(last_month=Subquery(last_month))
    if state:
        rows = rows.filter(state=state)
    return rows.filter(_named(text)) if text.strip() else rows


def _named(text: str) -> Q:
    places = ("receiver__name_fold", "giver__name_fold", "technique__name_fold")
    found = Q(number__icontains=text.strip())
    for place in places:
        found |= Q(**{f"{place}__contains": fold(text)})
    return found


def with_next(rows: Any) -> list[tuple[TransferAgreement, date | None]]:
    """Each agreement of `agreements` with the day of its next follow-up; None where none is waited for."""
    return [
        (row, next_follow_up(row.handed_over_on, row.last_month) if row.state == AgreementState.HANDED_OVER else None)
        for row in rows
    ]


def follow_ups(agreement: TransferAgreement) -> list[FollowUpLine]:
    """The follow-ups of a technique handed over, month by month; empty before the hand-over. One query."""
    if agreement.handed_over_on is None:
        return []
    rows = FollowUp.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(agreement=agreement)
    noted = {row.month: row for row in rows.select_related("barrier", "noted_by").order_by("pk")}
    return [
        FollowUpLine(month, months_later(agreement.handed_over_on, month), noted.get(month))
        for month in FOLLOW_UP_MONTHS
    ]


def givers(by: Any) -> QuerySet[Organisation]:
    """The organisations in whose name `by` may open an agreement."""
    return Organisation.objects.visible_to(by, EDIT).filter(to_on__isnull=True).order_by("name_fold", "pk")


def receivers(by: Any) -> QuerySet[Organisation]:
    """The health facilities of the provinces of `givers`: a hospital teaches stations that are not its own."""
    provinces = givers(by).order_by().values("province_code")
    rows = Organisation.objects.unscoped(WhyUnscoped.RULE).filter(province_code__in=provinces, to_on__isnull=True)
    return rows.exclude(care_level=CareLevel.NONE).order_by("name_fold", "pk")


def grounds(by: Any, on: date) -> list[Ground]:
    """Technique gaps of receivers as grounds for need: staff not yet trained, or not using it for want of training."""
    return [*_untrained(by, on), *_not_used(by, on)]


def _untrained(by: Any, on: date) -> list[Ground]:
    rows = TransferAgreement.objects.visible_to(by, VIEW).filter(state=AgreementState.ACTIVE, signed_on__lte=on)
    found = []
    for row in rows.select_related("technique").order_by("pk"):
        missing = [str(code) for code in MENDED_BY_TRAINING if not row.prerequisites.get(str(code))]
        if missing:
            found.append(_ground(row, str(row.ref), row.due_on, {"missing": missing}))
    return found


def _not_used(by: Any, on: date) -> list[Ground]:
    rows = FollowUp.objects.visible_to(by, VIEW).filter(
        agreement__state=AgreementState.HANDED_OVER, observed_on__lte=on
    )
    rows = rows.select_related("agreement__technique", "barrier").order_by("month", "pk")
    latest = {row.agreement_id: row for row in rows}
    return [
        _ground(
            row.agreement,
            str(row.ref),
            next_follow_up(row.agreement.handed_over_on, row.month),
            {"barrier": row.barrier.code},
        )
        for _, row in sorted(latest.items())
        if not row.used and row.barrier.removable_by == Remover.TRAINING
    ]


def _ground(agreement: TransferAgreement, origin: str, deadline_on: date | None, detail: dict[str, Any]) -> Ground:
    return Ground(
        kind=GroundKind.TECHNIQUE_GAP,
        organisation_id=agreement.receiver_id,
        topic_code=agreement.topic_code,
        persons=agreement.persons,
        deadline_on=deadline_on,
        origin=origin,
        detail={"text": agreement.technique.name_vi, "text_en": agreement.technique.name_en, **detail},
    )
