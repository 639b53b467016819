"""What the register holds of the people in a part of a list: found in chunks, never row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from lientuc.core.names import fold
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import ImportBatch

from ..models import HealthWorker, Licence, Post
from ..rules import LicenceDraft, WorkerDraft
from .inserting import among
from .models import StagedLicence, StagedPost, StagedWorker
from .people import LICENCE, PERSON, POST, HeldLicence, HeldPost, Person, loaded, recalled

_KEYS = 5_000
_PAIRS = 400

# A list asks for the key of the same name several times.
name_key = lru_cache(maxsize=20_000)(fold)


@dataclass
class Passed:
    """Whom earlier parts of a list wrote about: hashes only, so that a nation's list fits into memory."""

    batch: ImportBatch | None = None
    step: int = 0
    rows: set[int] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    licences: set[int] = field(default_factory=set)
    seats: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    # Waits until what earlier parts staged can be read.
    settle: Callable[[], None] = field(default=lambda: None)


@dataclass(frozen=True)
class Namesake:
    """Somebody of a name and birth at another unit."""

    public_id: UUID
    born_on: Any
    birth_year: int | None
    keeper: str


@dataclass(frozen=True)
class Wanted:
    """One row's keys: what its cells say of the person, and the unit it is written for."""

    worker: WorkerDraft
    licence: LicenceDraft | None
    place: int
    record: str = ""


class Register:
    """People, open posts and licences that rows of a list may mean; people made from earlier rows are added."""

    def __init__(self, wanted: Sequence[Wanted], writable: Collection[int], passed: Passed | None = None) -> None:
        self.by_record: dict[str, Person] = {}
        self.by_number: dict[str, Person] = {}
        self.by_licence: dict[tuple[str, str], Person] = {}
        self.at_place: dict[tuple[int, str], list[Person]] = defaultdict(list)
        self.namesakes: dict[str, list[Namesake]] = defaultdict(list)
        self.posts: dict[UUID, list[HeldPost]] = defaultdict(list)
        self.licences: dict[UUID, list[HeldLicence]] = defaultdict(list)
        self._people: dict[int, Person] = {}
        self._writable = writable
        names = {name_key(one.worker.full_name) for one in wanted if one.place}
        self._find_by_record({one.record for one in wanted if one.record})
        self._find_by_number({one.worker.national_number for one in wanted if one.worker.national_number})
        self._find_by_licence({_licence_key(one.licence) for one in wanted if one.licence and one.licence.kind})
        self._find_at_places(names, {one.place for one in wanted if one.place})
        self._find_namesakes(
            {
                (name_key(one.worker.full_name), one.worker.birth_year)
                for one in wanted
                if one.worker.birth_year and not one.worker.national_number
            }
        )
        self._load_posts_and_licences()
        if passed is not None and passed.batch is not None and passed.rows:
            self._recall(wanted, passed)

    def _known(self, person: Person) -> Person:
        """One object for each person, whichever way they were found."""
        return self._people.setdefault(person.pk or 0, person)

    def _find_by_record(self, records: set[str]) -> None:
        """Records named by their own key, which only those may use who may write the record."""
        rows = HealthWorker.objects.unscoped(WhyUnscoped.RULE).filter(canonical__isnull=True)
        for chunk in _chunks(map(UUID, records)):
            for (person,) in loaded(PERSON, rows.filter(public_id__in=among(chunk, "uuid"))):
                if person.keeper_id in self._writable:
                    self.by_record[str(person.public_id)] = self._known(person)

    def _find_by_number(self, numbers: set[str]) -> None:
        rows = HealthWorker.objects.unscoped(WhyUnscoped.RULE).filter(canonical__isnull=True)
        for chunk in _chunks(numbers):
            for (person,) in loaded(PERSON, rows.filter(national_number__in=among(chunk, "text"))):
                self.by_number[str(person.national_number)] = self._known(person)

    def _find_by_licence(self, wanted: set[tuple[str, str]]) -> None:
        licences = Licence.objects.unscoped(WhyUnscoped.RULE)
        holders: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for chunk in _chunks({number for _, number in wanted}):
            rows = licences.filter(number__in=among(chunk, "text")).values_list(
                "kind", "number", "worker", "worker__canonical"
            )
            for kind, number, worker, canonical in rows:
                if (kind, number) in wanted:
                    holders[canonical or worker].append((kind, number))
        people = HealthWorker.objects.unscoped(WhyUnscoped.RULE)
        for keys in _chunks(holders):
            for (person,) in loaded(PERSON, people.filter(pk__in=among(keys, "bigint"))):
                for key in holders[person.pk]:
                    self.by_licence[key] = self._known(person)

    def _find_at_places(self, names: set[str], places: set[int]) -> None:
        rows = HealthWorker.objects.unscoped(WhyUnscoped.RULE).filter(canonical__isnull=True, posts__to_on__isnull=True)
        for chunk in _chunks(names):
            here = rows.filter(posts__organisation__in=sorted(places), name_fold__in=among(chunk, "text"))
            for person, place in loaded(PERSON, here, "posts__organisation"):
                self.at_place[place, person.name_fold].append(self._known(person))

    def _find_namesakes(self, wanted: set[tuple[str, int]]) -> None:
        """People of these names and years of birth kept by units that the sender's account may write for."""
        pairs = sorted(wanted)
        statement = (
            "SELECT w.name_fold, w.public_id, w.born_on, w.birth_year, w.keeper_id, o.name FROM registry_healthworker w "
            "JOIN places_organisation o ON o.id = w.keeper_id "
            "WHERE w.canonical_id IS NULL AND (w.name_fold, w.birth_year) IN (VALUES {})"
        )
        born = HealthWorker._meta.get_field("born_on")
        with connection.cursor() as cursor:
            for start in range(0, len(pairs), _PAIRS):
                part = pairs[start : start + _PAIRS]
                cursor.execute(
                    statement.format(", ".join(["(%s, %s)"] * len(part))), [value for pair in part for value in pair]
                )
                for name, public_id, day, year, keeper, unit in cursor.fetchall():
                    if keeper in self._writable:
                        ref = public_id if isinstance(public_id, UUID) else UUID(public_id)
                        self.namesakes[name].append(Namesake(ref, born.to_python(day), year, unit))

    def _load_posts_and_licences(self) -> None:
        """By the person's own key and by that of merged rows: asked one by one, each finds its index."""
        posts = Post.objects.unscoped(WhyUnscoped.RULE).filter(to_on__isnull=True)
        licences = Licence.objects.unscoped(WhyUnscoped.RULE)
        for chunk in _chunks(self._people):
            keys = among(chunk, "bigint")
            for path in ("worker", "worker__canonical"):
                for post, key in loaded(POST, posts.filter(**{f"{path}__in": keys}), path):
                    self.posts[self._people[key].public_id].append(post)
                for licence, key in loaded(LICENCE, licences.filter(**{f"{path}__in": keys}), path):
                    self.licences[self._people[key].public_id].append(licence)

    # --- what earlier parts of the same list would write --------------------------------------------------------------

    def _recall(self, wanted: Sequence[Wanted], passed: Passed) -> None:
        refs = self._refs_met_before(wanted, passed)
        refs |= {person.public_id for pk, person in self._people.items() if pk in passed.people}
        if not refs:
            return
        passed.settle()
        mine = {"batch": passed.batch, "step": passed.step, "worker_ref__in": sorted(refs)}
        people = {person.public_id: person for person in self._people.values()}
        self._load_more(refs - people.keys(), people)
        for row in StagedWorker.objects.filter(**mine):
            person = recalled(PERSON, row, people.get(row.worker_ref))
            people[row.worker_ref] = person
            if person.national_number:
                self.by_number[person.national_number] = person
        self._recall_posts(StagedPost.objects.filter(**mine), people)
        for held_row in StagedLicence.objects.filter(**mine):
            held = self.licences[held_row.worker_ref]
            known = next((one for one in held if one.public_id == held_row.licence_ref), None)
            licence = recalled(LICENCE, held_row, known)
            if known is None:
                held.append(licence)
            self.by_licence[licence.kind, licence.number] = people[held_row.worker_ref]

    def _recall_posts(self, rows: Iterable[StagedPost], people: dict[UUID, Person]) -> None:
        for row in rows:
            held = self.posts[row.worker_ref]
            known = next((post for post in held if post.public_id == row.post_ref), None)
            post = recalled(POST, row, known)
            if known is None:
                held.append(post)
                person = people[row.worker_ref]
                self.at_place[post.organisation_id, person.name_fold].append(person)

    def _load_more(self, refs: Iterable[UUID], people: dict[UUID, Person]) -> None:
        """People of the register whom only an earlier row had named."""
        fresh: dict[int, Person] = {}
        rows = HealthWorker.objects.unscoped(WhyUnscoped.RULE)
        for chunk in _chunks(refs):
            for (person,) in loaded(PERSON, rows.filter(public_id__in=among(chunk, "uuid"))):
                fresh[person.pk] = people[person.public_id] = person
        before, self._people = self._people, fresh
        self._load_posts_and_licences()
        self._people = before | fresh

    def _refs_met_before(self, wanted: Sequence[Wanted], passed: Passed) -> set[UUID]:
        mine = {"batch": passed.batch, "step": passed.step}
        numbers = {one.worker.national_number for one in wanted if hash(one.worker.national_number) in passed.numbers}
        licences = {
            one.licence.number for one in wanted if one.licence and hash(_licence_key(one.licence)) in passed.licences
        }
        seats = {name_key(one.worker.full_name) for one in wanted if hash(seat_of(one)) in passed.seats}
        refs: set[UUID] = set()
        if numbers or licences or seats:
            passed.settle()
        for chunk in _chunks(numbers):
            refs |= set(
                StagedWorker.objects.filter(**mine, national_number__in=chunk).values_list("worker_ref", flat=True)
            )
        for chunk in _chunks(licences):
            rows = StagedLicence.objects.filter(**mine, licence_number__in=chunk)
            refs |= set(rows.values_list("worker_ref", flat=True))
        for chunk in _chunks(seats):
            places = {one.place for one in wanted}
            posts = StagedPost.objects.filter(**mine, name_fold__in=chunk, organisation_key__in=places)
            refs |= set(posts.values_list("worker_ref", flat=True))
        return refs

    # --- questions ----------------------------------------------------------------------------------------------------

    def add(self, person: Person, place: int) -> None:
        """A person made from this row, for the rows that follow."""
        if person.national_number:
            self.by_number[person.national_number] = person
        self.at_place[place, person.name_fold].append(person)

    def match(self, draft: WorkerDraft, licence: LicenceDraft | None, place: int, record: str = "") -> Person | None:
        """The person a row means: by record or number, else by licence and name, else by name and birth at the same unit."""
        if record in self.by_record:
            return self.by_record[record]
        if draft.national_number in self.by_number:
            return self.by_number[draft.national_number]
        name = name_key(draft.full_name)
        if licence is not None and licence.kind is not None and self.by_licence:
            holder = self.by_licence.get((str(licence.kind), licence.number))
            if holder is not None and holder.name_fold == name and _may_be(holder, draft):
                return holder
        here = self.at_place.get((place, name))
        if not here:
            return None
        found = {one.public_id: one for one in here if _may_be(one, draft)}
        return next(iter(found.values())) if len(found) == 1 else None

    def namesake_elsewhere(self, draft: WorkerDraft, place: int) -> Namesake | None:
        """Somebody of this name and birth at another unit, who may be the same person."""
        here = {one.public_id for one in self.at_place.get((place, name_key(draft.full_name)), [])}
        for other in self.namesakes.get(name_key(draft.full_name), []):
            if other.public_id not in here and _same_birth(other, draft, must_know=True):
                return other
        return None

    def several_here(self, draft: WorkerDraft, place: int) -> bool:
        """Whether several people of the unit fit the row."""
        fits = {o.public_id for o in self.at_place.get((place, name_key(draft.full_name)), []) if _may_be(o, draft)}
        return len(fits) > 1


def seat_of(wanted: Wanted) -> tuple[int, str]:
    """A name at a unit: by it a person without number is met again."""
    return wanted.place, name_key(wanted.worker.full_name)


def _licence_key(licence: LicenceDraft) -> tuple[str, str]:
    return str(licence.kind), licence.number


def note(passed: Passed, wanted: Wanted, person: Person) -> None:
    """Remember that a part of the list wrote about somebody."""
    if wanted.worker.national_number:
        passed.numbers.add(hash(wanted.worker.national_number))
    if person.national_number and person.national_number != wanted.worker.national_number:
        passed.numbers.add(hash(person.national_number))
    if wanted.licence and wanted.licence.kind:
        passed.licences.add(hash(_licence_key(wanted.licence)))
    passed.seats.add(hash(seat_of(wanted)))
    if person.pk:
        passed.people.add(person.pk)


def _may_be(person: Person, draft: WorkerDraft) -> bool:
    """Neither number nor birth says that they are two people."""
    numbers = {number for number in (person.national_number, draft.national_number) if number}
    return len(numbers) < 2 and _same_birth(person, draft, must_know=False)


def _same_birth(one: Person | Namesake, draft: WorkerDraft, *, must_know: bool) -> bool:
    if one.born_on and draft.born_on:
        return bool(one.born_on == draft.born_on)
    if one.birth_year and draft.birth_year:
        return one.birth_year == draft.birth_year
    return not must_know


def _chunks(keys: Iterable[Any]) -> Iterator[list[Any]]:
    listed = sorted(keys)
    for start in range(0, len(listed), _KEYS):
        yield listed[start : start + _KEYS]
