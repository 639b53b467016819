"""What the register holds of the people in a list: found in chunks, never row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q

from lientuc.core.names import fold
from lientuc.places.scope import WhyUnscoped

from ..models import HealthWorker, Licence, Post
from ..rules import LicenceDraft, WorkerDraft
from .places import EDIT

_KEYS = 5_000

# A list asks for the key of the same name several times.
name_key = lru_cache(maxsize=100_000)(fold)


class Register:
    """People, open posts and licences that rows of a list may mean; people made from earlier rows are added."""

    def __init__(self, by: Any, drafts: Sequence[tuple[WorkerDraft, LicenceDraft | None]], places: Collection[int]):
        self.by_number: dict[str, HealthWorker] = {}
        self.by_licence: dict[tuple[str, str], HealthWorker] = {}
        self.at_place: dict[tuple[int, str], list[HealthWorker]] = defaultdict(list)
        self.namesakes: dict[str, list[HealthWorker]] = defaultdict(list)
        self.posts: dict[UUID, list[Post]] = defaultdict(list)
        self.licences: dict[UUID, list[Licence]] = defaultdict(list)
        self._people: dict[int, HealthWorker] = {}
        self._find_by_number({draft.national_number for draft, _ in drafts if draft.national_number})
        self._find_by_licence({(str(one.kind), one.number) for _, one in drafts if one and one.kind})
        self._find_at_places({name_key(draft.full_name) for draft, _ in drafts}, set(places))
        self._find_namesakes(by, {name_key(draft.full_name) for draft, _ in drafts if not draft.national_number})
        self._load_posts_and_licences()

    def _known(self, worker: HealthWorker) -> HealthWorker:
        """One object for each person, whichever way they were found."""
        return self._people.setdefault(worker.pk, worker)

    def _find_by_number(self, numbers: set[str]) -> None:
        rows = HealthWorker.objects.unscoped(WhyUnscoped.RULE).filter(canonical__isnull=True)
        for chunk in _chunks(numbers):
            for worker in rows.filter(national_number__in=chunk):
                self.by_number[str(worker.national_number)] = self._known(worker)

    def _find_by_licence(self, wanted: set[tuple[str, str]]) -> None:
        rows = Licence.objects.unscoped(WhyUnscoped.RULE).select_related("worker__canonical")
        for chunk in _chunks(number for _, number in wanted):
            for licence in rows.filter(number__in=chunk):
                if (licence.kind, licence.number) in wanted:
                    holder = licence.worker.canonical or licence.worker
                    self.by_licence[licence.kind, licence.number] = self._known(holder)

    def _find_at_places(self, names: set[str], places: set[int]) -> None:
        posts = Post.objects.unscoped(WhyUnscoped.RULE).filter(to_on__isnull=True, worker__canonical__isnull=True)
        for chunk in _chunks(names):
            rows = posts.filter(organisation__in=places, worker__name_fold__in=chunk).select_related("worker")
            for post in rows:
                self.at_place[post.organisation_id, post.worker.name_fold].append(self._known(post.worker))

    def _find_namesakes(self, by: Any, names: set[str]) -> None:
        """People of these names at any unit that `by` may write for."""
        rows = HealthWorker.objects.visible_to(by, EDIT).filter(canonical__isnull=True)
        for chunk in _chunks(names):
            for worker in rows.filter(name_fold__in=chunk).select_related("keeper"):
                self.namesakes[worker.name_fold].append(self._known(worker))

    def _load_posts_and_licences(self) -> None:
        posts = Post.objects.unscoped(WhyUnscoped.RULE).filter(to_on__isnull=True)
        licences = Licence.objects.unscoped(WhyUnscoped.RULE)
        for chunk in _chunks(self._people):
            theirs = Q(worker__in=chunk) | Q(worker__canonical__in=chunk)
            for post in posts.filter(theirs).select_related("worker"):
                self.posts[self._people[post.worker.person].public_id].append(post)
            for licence in licences.filter(theirs).select_related("worker"):
                self.licences[self._people[licence.worker.person].public_id].append(licence)

    def add(self, worker: HealthWorker, place: int) -> None:
        """A person made from this row, for the rows that follow."""
        if worker.national_number:
            self.by_number[worker.national_number] = worker
        self.at_place[place, worker.name_fold].append(worker)

    def match(self, draft: WorkerDraft, licence: LicenceDraft | None, place: int) -> HealthWorker | None:
        """The person a row means: by number, else by licence and name, else by name and birth at the same unit."""
        if draft.national_number in self.by_number:
            return self.by_number[draft.national_number]
        name = name_key(draft.full_name)
        if licence is not None and licence.kind is not None:
            holder = self.by_licence.get((str(licence.kind), licence.number))
            if holder is not None and holder.name_fold == name and _may_be(holder, draft):
                return holder
        found = {one.public_id: one for one in self.at_place.get((place, name), []) if _may_be(one, draft)}
        return next(iter(found.values())) if len(found) == 1 else None

    def namesake_elsewhere(self, draft: WorkerDraft, place: int) -> HealthWorker | None:
        """Somebody of this name and birth at another unit, who may be the same person."""
        here = {one.public_id for one in self.at_place.get((place, name_key(draft.full_name)), [])}
        for worker in self.namesakes.get(name_key(draft.full_name), []):
            if worker.public_id not in here and _same_birth(worker, draft, must_know=True):
                return worker
        return None

    def several_here(self, draft: WorkerDraft, place: int) -> bool:
        """Whether several people of the unit fit the row."""
        fits = {o.public_id for o in self.at_place.get((place, name_key(draft.full_name)), []) if _may_be(o, draft)}
        return len(fits) > 1


def _may_be(worker: HealthWorker, draft: WorkerDraft) -> bool:
    """Neither number nor birth says that they are two people."""
    numbers = {number for number in (worker.national_number, draft.national_number) if number}
    return len(numbers) < 2 and _same_birth(worker, draft, must_know=False)


def _same_birth(worker: HealthWorker, draft: WorkerDraft, *, must_know: bool) -> bool:
    if worker.born_on and draft.born_on:
        return worker.born_on == draft.born_on
    if worker.birth_year and draft.birth_year:
        return worker.birth_year == draft.birth_year
    return not must_know


def _chunks(keys: Iterable[Any]) -> Iterator[list[Any]]:
    listed = sorted(keys)
    for start in range(0, len(listed), _KEYS):
        yield listed[start : start + _KEYS]
