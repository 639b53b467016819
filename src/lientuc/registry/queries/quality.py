"""Questions of data quality about people's records: who is concerned, which unit answers, where it is mended.

A problem is a query: it is gone as soon as the record is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce, Length, Mod, Substr
from django.urls import reverse

from lientuc.law import shipped
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped

from ..duplicates.models import DuplicatePair
from ..enums import LicenceState, PairState, Quality, Sex, Title
from ..models import HealthWorker, Licence, Post
from .people import posts_in_force, with_licence_state

VIEW = "registry.view_workers"

# Staff outside these ages are looked at again: a year mistyped is likelier than such an age.
YOUNGEST, OLDEST = 18, 75

# The form that mends a problem; the record itself where several ways lead out.
_MENDED_AT = {
    Quality.NO_NUMBER: "registry:correct",
    Quality.NUMBER_AGAINST_BIRTH: "registry:correct",
    Quality.BIRTH_UNKNOWN: "registry:correct",
    Quality.BIRTH_SUSPICIOUS: "registry:correct",
    Quality.TITLE_UNKNOWN: "registry:correct",
    Quality.NO_CONTACT: "registry:correct",
    Quality.NO_POST: "registry:open_post",
    Quality.LICENCE_MISSING: "registry:record_licence",
    Quality.LICENCE_END_UNKNOWN: "registry:record_licence",
}


@dataclass(frozen=True)
class DataProblem:
    """One record with one problem: whose it is, which unit answers for it, the page that mends it."""

    code: Quality
    worker: HealthWorker
    organisation: Organisation
    url: str


def data_problems(
    *,
    by: Any,
    on: date,
    codes: Iterable[Quality] = tuple(Quality),
    organisation: Organisation | None = None,
    permission: str = VIEW,
) -> Iterator[DataProblem]:
    """Every problem of the records `by` may see, code by code and by name; one query for each code."""
    for code in codes:
        rows = people_with(code, by=by, on=on, organisation=organisation, permission=permission)
        for worker in rows.order_by("name_sort", "pk").iterator(chunk_size=2000):
            yield problem_of(code, worker)


def problem_of(code: Quality, worker: HealthWorker) -> DataProblem:
    """A row of `people_with` as a line of a worklist."""
    if code is Quality.MAYBE_TWICE:
        url = f"{reverse('registry:duplicates')}?worker={worker.public_id}"
    else:
        url = reverse(_MENDED_AT.get(code, "registry:worker"), args=[worker.public_id])
    return DataProblem(code, worker, worker.keeper, url)


def people_with(
    code: Quality, *, by: Any, on: date, organisation: Organisation | None = None, permission: str = VIEW
) -> QuerySet[HealthWorker]:
    """The persons counted among the staff whose record has this problem, with `keeper` loaded; unordered."""
    rows: QuerySet[HealthWorker] = HealthWorker.objects.visible_to(by, permission).filter(canonical__isnull=True)
    rows = rows.filter(Q(left_on__isnull=True) | Q(left_on__gte=on))
    if organisation is not None:
        rows = rows.filter(keeper=organisation)
    found: QuerySet[HealthWorker] = _QUESTIONS[code](rows, on).select_related("keeper")
    return found


def problem_counts(
    *, by: Any, on: date, organisation: Organisation | None = None, permission: str = VIEW
) -> Mapping[Quality, int]:
    """`{code: persons}` for every code; one query for each."""
    return {
        code: people_with(code, by=by, on=on, organisation=organisation, permission=permission).count()
        for code in Quality
    }


def problem_counts_by_unit(
    code: Quality, *, by: Any, on: date, permission: str = VIEW
) -> Iterable[tuple[Organisation, int]]:
    """The units that answer for a problem and how many of their people have it, the most first; two queries."""
    rows = people_with(code, by=by, on=on, permission=permission).order_by()
    counted = dict(rows.values("keeper").annotate(persons=Count("pk")).values_list("keeper", "persons"))
    units = Organisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).in_bulk(counted)
    return sorted(((units[pk], n) for pk, n in counted.items()), key=lambda pair: (-pair[1], pair[0].name_fold))


def _posts(on: date) -> Any:
    """The person's posts in force, under any of the rows."""
    mine = Q(worker=OuterRef("pk")) | Q(worker__canonical=OuterRef("pk"))
    return Post.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(mine, posts_in_force(on))


def _responsible(on: date, **counted: int) -> Any:
    posts = Post.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(posts_in_force(on), responsible_for_training=True)
    person = Coalesce("worker__canonical", "worker")
    grouped = posts.order_by().values(person=person).annotate(n=Count("pk"))
    return grouped.filter(**counted).values("person")


def _two_responsible(rows: Any, on: date) -> Any:
    return rows.filter(pk__in=_responsible(on, n__gt=1))


def _none_responsible(rows: Any, on: date) -> Any:
    return rows.filter(Exists(_posts(on)), ~Exists(_posts(on).filter(responsible_for_training=True)))


def _birth_suspicious(rows: Any, on: date) -> Any:
    known = Q(birth_year__isnull=False)
    return rows.filter(known, Q(birth_year__gt=on.year - YOUNGEST) | Q(birth_year__lt=on.year - OLDEST))


def _against_birth(rows: Any, on: date) -> Any:
    """Digit 4 of a national number tells century and sex, digits 5 and 6 the year of birth."""
    del on
    whole = rows.annotate(digits=Length("national_number")).filter(digits=12, national_number__regex=r"^[0-9]{12}$")
    whole = whole.annotate(
        number_year=Cast(Substr("national_number", 5, 2), IntegerField()),
        number_sex=Mod(Cast(Substr("national_number", 4, 1), IntegerField()), 2),
        year_of_century=Mod("birth_year", 100),
    )
    other_year = Q(birth_year__isnull=False) & ~Q(number_year=F("year_of_century"))
    other_sex = Q(sex=Sex.MALE, number_sex=1) | Q(sex=Sex.FEMALE, number_sex=0)
    return whole.filter(other_year | other_sex)


def _licence_ended(rows: Any, on: date) -> Any:
    """Licence over, still noted as practised, and in post."""
    practised = Licence.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(worker=OuterRef("pk"), practising=True)
    return with_licence_state(rows, LicenceState.ENDED, on).filter(Exists(_posts(on)), Exists(practised))


def _licence_missing(rows: Any, on: date) -> Any:
    titles = [*shipped().latest("credits.p.titles").codes(), *shipped().latest("credits.p.unclear_titles").codes()]
    return with_licence_state(rows.filter(title__in=titles), LicenceState.NONE, on).filter(Exists(_posts(on)))


def _maybe_twice(rows: Any, on: date) -> Any:
    del on
    pairs = DuplicatePair.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(state=PairState.OPEN)
    return rows.filter(Q(pk__in=pairs.values("first")) | Q(pk__in=pairs.values("second")))


_QUESTIONS: Mapping[Quality, Callable[[Any, date], Any]] = {
    Quality.NO_NUMBER: lambda rows, on: rows.filter(national_number__isnull=True),
    Quality.NUMBER_AGAINST_BIRTH: _against_birth,
    Quality.BIRTH_UNKNOWN: lambda rows, on: rows.filter(birth_year__isnull=True),
    Quality.BIRTH_SUSPICIOUS: _birth_suspicious,
    Quality.TITLE_UNKNOWN: lambda rows, on: rows.filter(title=Title.OTHER),
    Quality.NO_POST: lambda rows, on: rows.filter(~Exists(_posts(on))),
    Quality.TWO_RESPONSIBLE: _two_responsible,
    Quality.NONE_RESPONSIBLE: _none_responsible,
    Quality.CLOSED_UNIT: lambda rows, on: rows.filter(Exists(_posts(on).filter(organisation__to_on__lt=on))),
    Quality.LICENCE_ENDED: _licence_ended,
    Quality.LICENCE_MISSING: _licence_missing,
    Quality.LICENCE_END_UNKNOWN: lambda rows, on: with_licence_state(rows, LicenceState.UNKNOWN, on),
    Quality.NO_CONTACT: lambda rows, on: rows.filter(phone="", email=""),
    Quality.MAYBE_TWICE: _maybe_twice,
}
