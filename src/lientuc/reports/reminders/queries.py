"""Who is due: from the standings reckoned last, of people who are still there."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lientuc.accounts.enums import Role
from lientuc.accounts.models import Grant
from lientuc.core.hours import hours
from lientuc.core.names import fold
from lientuc.credits.models import StandingRow
from lientuc.law.credits import Status
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import Post
from lientuc.registry.queries.people import posts_in_force

from .rules import Due

PERMISSION = "credits.record_entry"
OFFICES = (Role.STATION, Role.TRAINING_OFFICE, Role.HEALTH_DEPARTMENT)
# How far back a missed deadline is still worth a reminder.
PAST = timedelta(days=60)


def steps() -> tuple[int, ...]:
    """The days before a deadline on which people are reminded, the earliest first."""
    return tuple(sorted(settings.REMIND_DAYS, reverse=True))


def due_rows(rows: QuerySet[StandingRow], on: date, *, within: int) -> QuerySet[StandingRow]:
    """The rows of people who lack hours and whose deadline comes within so many days, or passed lately; still in post.

    Nobody who left, was merged away, or whose every post has ended is among them.
    """
    posts = Post.objects.unscoped(WhyUnscoped.RULE).filter(
        Q(worker=OuterRef("worker")) | Q(worker__canonical=OuterRef("worker"))
    )
    lacking = Q(shortfall_quarters__gt=0) | Q(yearly_floor_met=False)
    here = Q(worker__canonical__isnull=True) & (Q(worker__left_on__isnull=True) | Q(worker__left_on__gt=on))
    return (
        rows.filter(lacking, here, status__in=[str(Status.ACCRUING), str(Status.SHORT)])
        .filter(deadline_on__gte=on - PAST, deadline_on__lte=on + timedelta(days=within))
        .filter(Exists(posts.filter(posts_in_force(on))) | ~Exists(posts))
        .select_related("worker__keeper")
    )


def due_list(
    *, by: Any, on: date, within: int, text: str = "", unit: Organisation | None = None
) -> QuerySet[StandingRow]:
    """The people `by` looks after who are due, filtered; one query, by deadline."""
    rows = due_rows(StandingRow.objects.visible_to(by, PERMISSION), on, within=within)
    if text:
        rows = rows.filter(worker__name_fold__contains=fold(text))
    return rows.filter(worker__keeper=unit) if unit is not None else rows


def due_of(row: StandingRow) -> Due:
    """A standing with a deadline as a thing to be reminded of."""
    assert row.deadline_on is not None
    return Due(
        name=row.worker.full_name,
        unit=row.unit,
        missing=hours(row.shortfall_quarters),
        deadline_on=row.deadline_on,
        this_year_only=row.shortfall_quarters == 0,
    )


def due_by_office(on: date, *, within: int) -> Counter[int]:
    """`{organisation id: people due there and below, on either line}`; two queries."""
    rows = due_rows(StandingRow.objects.unscoped(WhyUnscoped.REBUILD), on, within=within)
    counted = Counter(rows.values_list("worker__keeper", flat=True))
    units = Organisation.objects.unscoped(WhyUnscoped.REBUILD).filter(pk__in=counted)
    found: Counter[int] = Counter()
    for pk, employer, professional in units.values_list("pk", "employer_path", "professional_path"):
        above = {int(part) for path in (employer, professional) for part in path.split("/") if part} | {pk}
        found.update(dict.fromkeys(above, counted[pk]))
    return found


def offices(on: date) -> list[tuple[str, int, str, str]]:
    """(person, organisation id, its public id, its name) for everybody who holds an office that looks after people's hours."""
    rows = Grant.objects.unscoped(WhyUnscoped.REBUILD).filter(role__in=[str(role) for role in OFFICES])
    rows = rows.filter(Q(to_on__isnull=True) | Q(to_on__gt=on), from_on__lte=on, user__is_active=True)
    rows = rows.filter(organisation__isnull=False).order_by("pk").annotate(person=F("user__public_id"))
    found = rows.values_list("person", "organisation", "organisation__public_id", "organisation__name")
    return list(dict.fromkeys((str(person), pk, str(public_id), name) for person, pk, public_id, name in found))
