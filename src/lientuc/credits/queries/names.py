"""Who of the register is meant by pasted names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from lientuc.core.names import fold
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker, Licence
from lientuc.web.say import label

from ..rules.names import Candidate, Found, NameLine, found_for
from .people import RECORD


def found_people(*, by: Any, lines: Sequence[NameLine]) -> list[Found]:
    """Each line with the people `by` may record for that it can mean; two queries however many lines."""
    names = {fold(line.name) for line in lines if line.name}
    numbers = {line.number for line in lines if line.number}
    licensed = Licence.objects.unscoped(WhyUnscoped.RULE).filter(number__in=numbers, withdrawn_on__isnull=True)
    meant = Q(name_fold__in=names) | Q(national_number__in=numbers) | Q(pk__in=licensed.values("worker"))
    rows = HealthWorker.objects.visible_to(by, RECORD).filter(meant, canonical__isnull=True, left_on__isnull=True)
    people = list(rows.select_related("keeper").order_by("name_sort", "pk"))
    held: dict[int, list[str]] = defaultdict(list)
    mine = Licence.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(worker__in=[row.pk for row in people])
    for worker, number in mine.values_list("worker", "number"):
        held[worker].append(number)
    by_name, by_number = _indexed([_candidate(row, tuple(held[row.pk])) for row in people])
    return [found_for(line, by_number[line.number] if line.number else by_name[fold(line.name)]) for line in lines]


def _indexed(people: list[Candidate]) -> tuple[dict[str, list[Candidate]], dict[str, list[Candidate]]]:
    by_name: dict[str, list[Candidate]] = defaultdict(list)
    by_number: dict[str, list[Candidate]] = defaultdict(list)
    for one in people:
        by_name[fold(one.name)].append(one)
        for number in filter(None, {one.number, *one.licences}):
            by_number[number].append(one)
    return by_name, by_number


def _candidate(row: HealthWorker, licences: tuple[str, ...]) -> Candidate:
    born = f"{row.born_on:%d/%m/%Y}" if row.born_on else str(row.birth_year or "")
    said = ", ".join(filter(None, (born, label("registry.Title", row.title), row.keeper.name)))
    return Candidate(
        row.public_id, row.full_name, row.national_number or "", licences, row.birth_year, row.born_on, said
    )
