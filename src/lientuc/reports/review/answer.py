"""The answer to a question: counted from the posts while they are few, from the summary where they are many."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q

from lientuc.credits.models import StandingRow
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import Post
from lientuc.registry.queries import posts_in_force
from lientuc.trail.rows import in_force

from ..models import ReviewRefresh
from .asking import STAFFED, VIEW, Asked, Review, sees_people
from .counting import counted_from_summary, counted_now, live_posts
from .facts import in_area
from .norms import Shortfall, shortfall, vacancies

# Up to this many posts are counted for each answer; above, the summary answers and says of when it is.
AT_ONCE = 5_000


def review(by: Any, asked: Asked, on: date, *, live: bool = False) -> Review:
    """The review of `by`'s scope; the same number of queries whatever the size. `live`: never from the summary."""
    refresh = None if live or are_few(by, asked, on) else ReviewRefresh.objects.first()
    if refresh is None:
        lines, whole = counted_now(by, asked, on)
        standings_on = _standings_on(by, asked, on)
    else:
        on = refresh.on_date
        lines, whole = counted_from_summary(by, asked)
        standings_on = refresh.standings_on
    units, stating = _units(by, asked, on)
    return Review(
        asked=asked,
        on=on,
        lines=tuple(lines),
        whole=whole,
        units=units,
        units_stating=stating,
        standings_on=standings_on,
        reckoned_at=refresh.made_at if refresh else None,
        sees_people=sees_people(by),
    )


def shortfall_of(by: Any, found: Review) -> Shortfall:
    """How stations stand against the norm, counted the way the review itself was."""
    if found.reckoned_at is not None:
        return shortfall(by, found.asked, found.on)
    return vacancies(by, found.asked, found.on).shortfall


def are_few(by: Any, asked: Asked, on: date) -> bool:
    """Whether the posts asked about are few; one query that stops counting soon."""
    return bool(live_posts(by, asked, on).values("pk")[: AT_ONCE + 1].count() <= AT_ONCE)


def _standings_on(by: Any, asked: Asked, on: date) -> date | None:
    """The oldest day on which a standing that is counted was reckoned."""
    people = live_posts(by, asked, on).values("person")
    rows = StandingRow.objects.unscoped(WhyUnscoped.RULE).filter(worker__in=people)
    oldest: date | None = rows.aggregate(oldest=Min("on_date"))["oldest"]
    return oldest


def _units(by: Any, asked: Asked, on: date) -> tuple[int, int]:
    """Staffed units in what is asked about, and those of them with anybody in post."""
    held = Post.objects.unscoped(WhyUnscoped.RULE).filter(posts_in_force(on), organisation=OuterRef("pk"))
    rows = Organisation.objects.visible_to(by, VIEW).filter(kind__in=[str(kind) for kind in STAFFED])
    rows = rows.filter(in_force(on), asked.inside())
    if asked.area is not None:
        rows = rows.filter(in_area("commune_code", asked.area, on))
    found = rows.annotate(states=Exists(held)).aggregate(units=Count("pk"), stating=Count("pk", filter=Q(states=True)))
    return found["units"], found["stating"]
