"""May a view be saved, a review be frozen; what differs between two frozen ones: values in, problems and differences out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lientuc.core.errors import Problem

from .enums import Movement


@dataclass(frozen=True)
class SavedViewDraft:
    """A question under a name; `shared`: for everybody of the office."""

    name: str
    query: str
    shared: bool = False


@dataclass(frozen=True)
class SignatureDraft:
    """Who signs a frozen review."""

    title: str
    signed_name: str
    signed_post: str


@dataclass(frozen=True)
class ListedPerson:
    """One person of a frozen list, as plain words; `units` joined by `; `."""

    public_id: str
    name: str
    title: str
    units: str
    licence: str
    standing: str
    age: str


@dataclass(frozen=True)
class Moved:
    """A person who came, went or is listed differently, before and after (None: not listed)."""

    movement: Movement
    before: ListedPerson | None
    after: ListedPerson | None

    @property
    def name(self) -> str:
        """The person's name as listed last."""
        listed = self.after or self.before
        return listed.name if listed else ""


@dataclass(frozen=True)
class Difference:
    """One figure of two frozen reviews; None where a group was not there."""

    group: str
    figure: str
    before: int | None
    after: int | None

    @property
    def by(self) -> int:
        """How much it changed."""
        return (self.after or 0) - (self.before or 0)


MOST_VIEWS = 30


def view_problems(draft: SavedViewDraft, names: Sequence[str]) -> Iterator[Problem]:
    """What stands against saving a view; `names` are those of the person's other views."""
    if not draft.name.strip():
        yield Problem("reports.view_name_missing", "name")
    if draft.name.strip() in names:
        yield Problem("reports.view_name_taken", "name")
    if len(names) >= MOST_VIEWS:
        yield Problem("reports.too_many_views", "name", {"most": MOST_VIEWS})


def signature_problems(draft: SignatureDraft) -> Iterator[Problem]:
    """What is missing before a review is signed off."""
    for field in ("title", "signed_name", "signed_post"):
        if not getattr(draft, field).strip():
            yield Problem(f"reports.{field}_missing", field)


def movements(before: Sequence[ListedPerson], after: Sequence[ListedPerson]) -> Iterator[Moved]:
    """Who came, who went, who changed the unit or anything else; in order of the later list, those who went at the end."""
    earlier = {person.public_id: person for person in before}
    seen = set()
    for person in after:
        seen.add(person.public_id)
        known = earlier.get(person.public_id)
        if known is None:
            yield Moved(Movement.CAME, None, person)
        elif known.units != person.units:
            yield Moved(Movement.CHANGED_UNIT, known, person)
        elif (known.title, known.licence, known.standing) != (person.title, person.licence, person.standing):
            yield Moved(Movement.CHANGED, known, person)
    yield from (Moved(Movement.WENT, person, None) for person in before if person.public_id not in seen)


def differences(
    before: Mapping[str, Mapping[str, int]], after: Mapping[str, Mapping[str, int]]
) -> Iterator[Difference]:
    """Every cell that differs, group by group: `{group: {figure: count}}`."""
    for group in [*before, *(group for group in after if group not in before)]:
        old, new = before.get(group), after.get(group)
        figures = [*(old or {}), *(name for name in new or {} if name not in (old or {}))]
        for figure in figures:
            pair = (old.get(figure) if old else None, new.get(figure) if new else None)
            if (pair[0] or 0) != (pair[1] or 0):
                yield Difference(group, figure, *pair)
