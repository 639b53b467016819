"""Lists of people, their posts and licences: scoped, set-based."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from lientuc.core.names import fold
from lientuc.law import parameter, shipped
from lientuc.law.days import DAY, years_later
from lientuc.law.deadlines import licence_end
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped

from ..enums import LicenceKind, LicenceState, Title
from ..models import HealthWorker, Licence, Post
from .facts import counting_licence, licence_facts

# How long before its last day a licence is shown as ending; the day to file is the law's (`renewal_deadline`).
SOON = timedelta(days=180)


def posts_in_force(on: date, prefix: str = "") -> Q:
    """Posts held on a day; a post whose first day is not known is held until it ends. `prefix` ends in `__`."""
    begun = Q(**{f"{prefix}from_on__isnull": True}) | Q(**{f"{prefix}from_on__lte": on})
    open_end = Q(**{f"{prefix}to_on__isnull": True}) | Q(**{f"{prefix}to_on__gte": on})
    return begun & open_end


def workers_of(organisation: Organisation, on: date) -> QuerySet[HealthWorker]:
    """The people with a post at an organisation on a day, by name."""
    posts = Post.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(posts_in_force(on), organisation=organisation)
    rows = HealthWorker.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk__in=posts.values("worker"))
    return rows.order_by("name_sort", "pk")


def posts_of(worker: HealthWorker) -> QuerySet[Post]:
    """All posts of one person, the merged rows' too, open ones first."""
    mine = Q(worker=worker.person) | Q(worker__canonical=worker.person)
    rows = Post.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(mine).select_related("organisation", "worker__keeper")
    return rows.order_by(F("to_on").desc(nulls_first=True), "-from_on", "pk")


def people(
    *,
    by: Any,
    on: date,
    text: str = "",
    province_code: str = "",
    organisation: Organisation | None = None,
    title: str = "",
    licence: str = "",
    with_left: bool = False,
    permission: str = "registry.view_workers",
) -> QuerySet[HealthWorker]:
    """The canonical persons `by` may see, filtered; each row carries `open_posts` and `held_licences` (three queries)."""
    rows: QuerySet[HealthWorker] = HealthWorker.objects.visible_to(by, permission).filter(canonical__isnull=True)
    if text:
        rows = rows.filter(_named(text))
    if province_code:
        rows = rows.filter(keeper__province_code=province_code)
    if organisation is not None:
        posts = Post.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(posts_in_force(on), organisation=organisation)
        rows = rows.filter(Q(pk__in=posts.values("worker")) | Q(keeper=organisation))
    if title:
        rows = rows.filter(title=title)
    if not with_left:
        rows = rows.filter(Q(left_on__isnull=True) | Q(left_on__gte=on))
    if licence:
        rows = with_licence_state(rows, LicenceState(licence), on)
    return rows.select_related("keeper").prefetch_related(_open_posts(on), _held_licences(on))


def _named(text: str) -> Q:
    """By name, or by the digits of a number: whole national numbers only, so that a list cannot be felt out."""
    digits = "".join(text.split())
    if digits.isdigit():
        return Q(national_number=digits) | Q(old_number=digits) | Q(phone=digits)
    return Q(name_fold__contains=fold(text))


def _open_posts(on: date) -> Prefetch[Any]:
    posts = Post.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(posts_in_force(on)).select_related("organisation")
    return Prefetch("posts", posts.order_by("-responsible_for_training", "pk"), to_attr="open_posts")


def _held_licences(on: date) -> Prefetch[Any]:
    held = Licence.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(_not_withdrawn(on))
    return Prefetch("licences", held.order_by("pk"), to_attr="held_licences")


def _not_withdrawn(on: date) -> Q:
    return Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)


def licence_state(licences: Iterable[Licence], on: date) -> LicenceState:
    """How a person's licences stand on a day: the best of them, each by the end the law reckons."""
    states = {_state(licence, on) for licence in licences if licence.issued_on is None or licence.issued_on <= on}
    return next((state for state in LicenceState if state in states), LicenceState.NONE)


def _state(licence: Licence, on: date) -> LicenceState:
    end = licence_end(licence_facts(Title.OTHER, licence), on).on
    if end is None:
        return LicenceState.UNKNOWN
    if end < on:
        return LicenceState.ENDED
    return LicenceState.ENDING if end <= on + SOON else LicenceState.HELD


def licence_of(worker: Any, on: date) -> Licence | None:
    """The licence that counts, of a row of `people` (its licences are loaded)."""
    return counting_licence(worker.held_licences, on)


def with_licence_state(rows: QuerySet[HealthWorker], state: LicenceState, on: date) -> QuerySet[HealthWorker]:
    """The people whose licences stand so; the same reckoning as `licence_state`, in the database."""
    held = Licence.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(_not_withdrawn(on), worker=OuterRef("pk"))
    held = held.filter(Q(issued_on__isnull=True) | Q(issued_on__lte=on))
    ended, ending, unknown = _ends_before(on, on), _ends_before(on + SOON + DAY, on), _end_unknown(on)
    has = {
        LicenceState.HELD: Exists(held.exclude(ending).exclude(unknown)),
        LicenceState.ENDING: Exists(held.filter(ending).exclude(ended)),
        LicenceState.UNKNOWN: Exists(held.filter(unknown)),
        LicenceState.ENDED: Exists(held.filter(ended)),
    }
    better = list(takewhile(lambda other: other != state, has))
    rows = rows.filter(*(~has[other] for other in better))
    return rows if state is LicenceState.NONE else rows.filter(has[state])


def _ends_before(day: date, on: date) -> Q:
    """Licences whose last day is before `day`, by the cases of `law.deadlines.licence_end` as it stands on `on`."""
    term = parameter("licence.term_years", on).whole()
    converted = parameter("licence.converted_term_years", on).whole()
    last_year = parameter("licence.unconverted_end_year", on).whole()
    old = Q(kind=LicenceKind.CCHN) & (Q(converted_on__isnull=True) | Q(converted_on__gt=on))
    printed = Q(valid_to__lt=day) & (~old | Q(issued_on__isnull=True))
    fresh = Q(valid_to__isnull=True, kind=LicenceKind.GPHN) & _term_over("issued_on", term, day)
    changed = Q(valid_to__isnull=True, kind=LicenceKind.CCHN, converted_on__lte=on)
    changed &= _term_over("converted_on", converted, day)
    past = Q(issued_on__isnull=False) & _before_in_year(day, last_year)
    return printed | fresh | changed | (old & past)


def _term_over(field: str, years: int, day: date) -> Q:
    """`years` after `field` lies before `day`; two comparisons, because 29 February becomes 28 on either side."""
    return Q(**{f"{field}__lt": years_later(day, -years)}) | Q(**{f"{field}__lte": years_later(day - DAY, -years)})


def _before_in_year(day: date, year: int) -> Q:
    """Day and month of issue, put into `year`, lie before `day`."""
    if day.year != year:
        return Q() if day.year > year else Q(pk__in=[])
    earlier = Q(issued_on__month__lt=day.month)
    return earlier | Q(issued_on__month=day.month, issued_on__day__lt=day.day)


def _end_unknown(on: date) -> Q:
    """Licences without any day from which an end follows."""
    old = Q(kind=LicenceKind.CCHN) & (Q(converted_on__isnull=True) | Q(converted_on__gt=on))
    without = Q(valid_to__isnull=True, issued_on__isnull=True)
    return without & (old | Q(kind=LicenceKind.GPHN))


def staff_without_licence(*, by: Any, on: date, permission: str = "registry.view_workers") -> QuerySet[HealthWorker]:
    """People in post whose title practises under a licence (Law 15/2023 Art. 26) and who hold none on a day."""
    titles = [*shipped().latest("credits.p.titles").codes(), *shipped().latest("credits.p.unclear_titles").codes()]
    posts = Post.objects.visible_to(by, permission).filter(posts_in_force(on))
    rows = HealthWorker.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    rows = rows.filter(pk__in=posts.values("worker"), title__in=titles, canonical__isnull=True)
    return with_licence_state(rows, LicenceState.NONE, on).select_related("keeper").order_by("name_sort", "pk")


def licences_ending(*, by: Any, on: date, until: date, permission: str = "registry.view_workers") -> QuerySet[Licence]:
    """Licences that run out from `on` to `until`, the first to end first where the end is printed."""
    rows = Licence.objects.visible_to(by, permission).filter(_not_withdrawn(on), worker__left_on__isnull=True)
    ending = rows.filter(_ends_before(until + DAY, on)).exclude(pk__in=rows.filter(_ends_before(on, on)))
    return ending.select_related("worker__keeper").order_by("valid_to", "issued_on", "pk")
