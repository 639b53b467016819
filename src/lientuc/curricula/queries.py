"""Reads: versions in use on a day, clocks of appraisal, differences between versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from lientuc.core.names import fold
from lientuc.places.scope import WhyUnscoped

from .enums import AppraisalState, VersionState
from .models import Appraisal, Curriculum, CurriculumVersion, Opinion, Topic
from .rules import Votes, votes_of

REVIEW_WARNING = timedelta(days=90)


@dataclass(frozen=True)
class Approval:
    """Whether a version may be taught on a day; `reason` is approved, not_approved, not_yet or withdrawn."""

    approved: bool
    reason: str
    decided_on: date | None
    decision_number: str


def approved_on(version: CurriculumVersion, day: date) -> Approval:
    """Whether `version` was appraised and issued on `day` (Circular 22/2013 Art. 8); the day of withdrawal is outside."""
    if version.decided_on is None or version.state not in {VersionState.APPROVED, VersionState.WITHDRAWN}:
        reason = "not_approved"
    elif day < version.decided_on:
        reason = "not_yet"
    elif version.withdrawn_on is not None and day >= version.withdrawn_on:
        reason = "withdrawn"
    else:
        reason = "approved"
    return Approval(reason == "approved", reason, version.decided_on, version.decision_number)


def versions_in_use(organisation: Any, day: date) -> QuerySet[CurriculumVersion]:
    """Versions an organisation may teach on `day`, newest first of each curriculum."""
    rows = CurriculumVersion.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day),
        curriculum__organisation=organisation,
        state__in=[str(VersionState.APPROVED), str(VersionState.WITHDRAWN)],
        decided_on__lte=day,
    )
    return rows.select_related("curriculum").order_by("curriculum__title_fold", "-number")


def curricula_for(by: Any, *, text: str = "", state: str = "", topic: str = "") -> QuerySet[Curriculum]:
    """The curricula `by` may see with the state and number of their newest version, filtered."""
    newest = (
        CurriculumVersion.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
        .filter(curriculum=OuterRef("pk"))
        .order_by("-number")
    )
    rows: QuerySet[Curriculum] = Curriculum.objects.visible_to(by, "curricula.view_curricula").select_related(
        "organisation", "topic"
    )
    rows = rows.annotate(
        newest_number=Subquery(newest.values("number")[:1]),
        newest_state=Subquery(newest.values("state")[:1]),
        newest_review=Subquery(newest.values("review_due_on")[:1]),
    )
    if text:
        rows = rows.filter(Q(title_fold__contains=fold(text)) | Q(organisation__name_fold__contains=fold(text)))
    if state:
        rows = rows.filter(newest_state=state)
    if topic:
        rows = rows.filter(topic__code=topic)
    return rows


def review_due(by: Any, on: date) -> QuerySet[CurriculumVersion]:
    """Approved versions `by` may see whose review is due within the warning time or overdue."""
    rows = CurriculumVersion.objects.visible_to(by, "curricula.view_curricula").filter(
        state=VersionState.APPROVED, review_due_on__lte=on + REVIEW_WARNING
    )
    return rows.select_related("curriculum__organisation").order_by("review_due_on")


def appraisals_for(by: Any) -> QuerySet[Appraisal]:
    """Appraisals `by` may see: open ones first, then by the day they are due."""
    rows: QuerySet[Appraisal] = Appraisal.objects.visible_to(by, "curricula.view_curricula")
    rows = rows.select_related("version__curriculum__organisation", "council")
    rows = rows.annotate(
        seats=Count("council__members", distinct=True),
        given=Count("opinions", distinct=True),
        closed=Count("pk", filter=~Q(state=AppraisalState.OPEN), distinct=True),
    )
    return rows.order_by("closed", "due_on", "pk")


def votes_on(appraisal: Appraisal) -> Votes:
    """The count of the opinions given so far; two queries."""
    opinions = Opinion.objects.unscoped(WhyUnscoped.RULE).filter(appraisal=appraisal)
    seats = appraisal.council.members.unscoped(WhyUnscoped.RULE).values_list("pk", flat=True)
    return votes_of(seats, opinions.values_list("member_id", "verdict", "conflict"))


@dataclass(frozen=True)
class Difference:
    """One field that two versions say differently."""

    field: str
    before: Any
    after: Any


def differences(earlier: CurriculumVersion | None, later: CurriculumVersion) -> tuple[Difference, ...]:
    """What `later` changed; empty for a first version."""
    if earlier is None:
        return ()
    pairs = ((name, getattr(earlier, name), getattr(later, name)) for name in CurriculumVersion.CONTENT)
    return tuple(Difference(name, before, after) for name, before, after in pairs if before != after)


def latest_version(curriculum: Curriculum) -> CurriculumVersion:
    """The newest text of a curriculum in hand."""
    rows = CurriculumVersion.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(curriculum=curriculum)
    found: CurriculumVersion = rows.select_related("curriculum__organisation").latest("number")
    return found


def topic(code: str) -> Topic:
    """The topic with this code."""
    return Topic.objects.get(code=code)
