"""What taking one row would write: a person made or mended, a post opened or mended, a licence likewise. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lientuc.core.ids import new_public_id
from lientuc.core.names import sort_key, tidy

from ..rules import LicenceDraft, PostDraft, StaffDraft, WorkerDraft, columns_of
from .people import HeldLicence, HeldPost, Person
from .places import Places
from .register import Register, name_key


@dataclass(slots=True)
class Plan:
    """The parts one line of a list makes or changes; `is_empty` where the register says the same already."""

    person: Person
    is_new: bool = False
    changes_person: bool = False
    post: HeldPost | None = None
    licence: HeldLicence | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing would be written."""
        return not (self.is_new or self.changes_person or self.post or self.licence)


def plan_of(draft: StaffDraft, place: int, register: Register, places: Places, *, kind_given: bool) -> Plan:
    """The plan for a row without problems; the register's objects are changed in memory, so that later rows see it."""
    found = register.match(draft.worker, draft.licence, place, draft.record)
    if found is None:
        plan = Plan(_new(draft.worker, place), is_new=True)
        register.add(plan.person, place)
    else:
        plan = Plan(found)
        if found.keeper_id in places.by_id:
            plan.changes_person = _mend(found, draft.worker)
    may_mend = plan.is_new or plan.person.keeper_id in places.by_id
    _place(plan, draft.post, place, register, kind_given=kind_given)
    if draft.licence is not None and may_mend:
        _license(plan, draft.licence, register)
    return plan


def _new(draft: WorkerDraft, place: int) -> Person:
    return Person(
        public_id=new_public_id(),
        is_new=True,
        keeper_id=place,
        name_fold=name_key(draft.full_name),
        name_sort=sort_key(draft.full_name),
        **columns_of(draft),
    )


def _mend(person: Person, draft: WorkerDraft) -> bool:
    """Take over what the list says and the register does not; an empty cell erases nothing."""
    changed = False
    for column, value in columns_of(draft).items():
        if value in ("", None) or _says_less(person, column, value, draft):
            continue
        changed |= person.change(column, value)
        if column == "birth_year" and draft.born_on is None and person.born_on is not None:
            changed |= person.change("born_on", None)
    if changed:
        person.change("name_fold", name_key(person.full_name))
        person.change("name_sort", sort_key(person.full_name))
    return changed


def _says_less(person: Person, column: str, value: Any, draft: WorkerDraft) -> bool:
    """A name without marks says less than the same name with them, a year less than the full date."""
    if column == "full_name":
        return bool(name_key(draft.full_name) == person.name_fold == draft.full_name.lower())
    if column == "birth_year":
        return draft.born_on is None and person.birth_year == value
    return False


def _place(plan: Plan, draft: PostDraft, place: int, register: Register, *, kind_given: bool) -> None:
    held = register.posts[plan.person.public_id]
    here = next((post for post in held if post.organisation_id == place), None)
    if here is None:
        _open(plan, draft, place, held)
        return
    wanted: dict[str, Any] = {"position": tidy(draft.position), "from_on": draft.from_on}
    if kind_given:
        wanted["kind"] = str(draft.kind)
    for column, value in wanted.items():
        if value and here.change(column, value):
            plan.post = here


def _open(plan: Plan, draft: PostDraft, place: int, held: list[HeldPost]) -> None:
    """A first post answers for training and makes the unit the keeper; a person who had left is counted again."""
    responsible = not any(post.responsible_for_training for post in held)
    plan.post = HeldPost(
        public_id=new_public_id(),
        is_new=True,
        organisation_id=place,
        kind=str(draft.kind),
        position=tidy(draft.position) if draft.position else "",
        share=draft.share,
        responsible_for_training=responsible,
        from_on=draft.from_on,
    )
    held.append(plan.post)
    if plan.is_new:
        return
    wanted: dict[str, Any] = {"left_on": None, "left_reason": ""}
    if responsible:
        wanted["keeper_id"] = place
    for column, value in wanted.items():
        plan.changes_person |= plan.person.change(column, value)


def _license(plan: Plan, draft: LicenceDraft, register: Register) -> None:
    held = register.licences[plan.person.public_id]
    mine = next((one for one in held if (one.kind, one.number) == (str(draft.kind), draft.number)), None)
    values: dict[str, Any] = {"issuer": draft.issuer, "issued_on": draft.issued_on, "valid_to": draft.valid_to}
    if mine is None:
        plan.licence = HeldLicence(
            public_id=new_public_id(), is_new=True, kind=str(draft.kind), number=draft.number, **values
        )
        held.append(plan.licence)
        register.by_licence[str(draft.kind), draft.number] = plan.person
        return
    for column, value in values.items():
        if value and mine.change(column, value):
            plan.licence = mine
