"""What taking one row would write: a person made or mended, a post opened or mended, a licence likewise. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lientuc.core.names import tidy

from ..models import HealthWorker, Licence, Post
from ..rules import LicenceDraft, PostDraft, StaffDraft, WorkerDraft, columns_of
from .places import Places
from .register import Register, name_key


@dataclass
class Plan:
    """The rows one line of a list makes or changes; `is_empty` where the register says the same already."""

    worker: HealthWorker
    is_new: bool = False
    changed: set[str] = field(default_factory=set)
    post: Post | None = None
    post_is_new: bool = False
    licence: Licence | None = None
    licence_is_new: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing would be written."""
        return not (self.is_new or self.changed or self.post or self.licence)


def plan_of(draft: StaffDraft, place: int, register: Register, places: Places, *, kind_given: bool) -> Plan:
    """The plan for a row without problems; the register's objects are changed in memory, so that later rows see it."""
    worker = register.match(draft.worker, draft.licence, place)
    if worker is None:
        plan = _new(draft.worker, place)
        register.add(plan.worker, place)
    else:
        plan = Plan(worker)
        if worker.keeper_id in places.by_id:
            plan.changed |= _mend(worker, draft.worker)
    _place(plan, draft.post, place, register, kind_given=kind_given)
    if draft.licence is not None:
        _license(plan, draft.licence, register, may_mend=worker is None or worker.keeper_id in places.by_id)
    return plan


def _new(draft: WorkerDraft, place: int) -> Plan:
    worker = HealthWorker(keeper_id=place, name_fold=name_key(draft.full_name), **columns_of(draft))
    return Plan(worker, is_new=True)


def _mend(worker: HealthWorker, draft: WorkerDraft) -> set[str]:
    """Take over what the list says and the register does not; an empty cell erases nothing."""
    changed = set()
    for column, value in columns_of(draft).items():
        if value in ("", None) or _says_less(worker, column, value, draft):
            continue
        if getattr(worker, column) != value:
            setattr(worker, column, value)
            changed.add(column)
    if "birth_year" in changed and draft.born_on is None:
        worker.born_on = None
        changed.add("born_on")
    if changed:
        worker.set_keys()
        changed |= {"name_fold", "name_sort"} if "full_name" in changed else set()
    return changed


def _says_less(worker: HealthWorker, column: str, value: Any, draft: WorkerDraft) -> bool:
    """A name without marks says less than the same name with them, a year less than the full date."""
    if column == "full_name":
        return bool(name_key(draft.full_name) == worker.name_fold == draft.full_name.lower())
    if column == "birth_year":
        return draft.born_on is None and worker.birth_year == value
    return False


def _place(plan: Plan, draft: PostDraft, place: int, register: Register, *, kind_given: bool) -> None:
    held = register.posts[plan.worker.public_id]
    here = next((post for post in held if post.organisation_id == place), None)
    if here is None:
        _open(plan, draft, place, held)
        return
    wanted: dict[str, Any] = {"position": tidy(draft.position), "from_on": draft.from_on}
    if kind_given:
        wanted["kind"] = str(draft.kind)
    for column, value in wanted.items():
        if value and getattr(here, column) != value:
            setattr(here, column, value)
            plan.post = here


def _open(plan: Plan, draft: PostDraft, place: int, held: list[Post]) -> None:
    """A first post answers for training and makes the unit the keeper; a person who had left is counted again."""
    responsible = not any(post.responsible_for_training for post in held)
    plan.post = Post(
        worker=plan.worker,
        organisation_id=place,
        kind=str(draft.kind),
        position=tidy(draft.position),
        share=draft.share,
        responsible_for_training=responsible,
        from_on=draft.from_on,
    )
    plan.post_is_new = True
    held.append(plan.post)
    if plan.is_new:
        return
    wanted: dict[str, Any] = {"left_on": None, "left_reason": ""}
    if responsible:
        wanted["keeper_id"] = place
    for column, value in wanted.items():
        if getattr(plan.worker, column) != value:
            setattr(plan.worker, column, value)
            plan.changed.add("keeper" if column == "keeper_id" else column)


def _license(plan: Plan, draft: LicenceDraft, register: Register, *, may_mend: bool) -> None:
    held = register.licences[plan.worker.public_id]
    mine = next((one for one in held if (one.kind, one.number) == (str(draft.kind), draft.number)), None)
    if mine is None and may_mend:
        plan.licence = Licence(
            worker=plan.worker,
            kind=str(draft.kind),
            number=draft.number,
            issuer=draft.issuer,
            issued_on=draft.issued_on,
            valid_to=draft.valid_to,
        )
        plan.licence_is_new = True
        held.append(plan.licence)
        register.by_licence[str(draft.kind), draft.number] = plan.worker
    elif mine is not None and may_mend:
        wanted: dict[str, str | date | None] = {
            "issuer": draft.issuer, "issued_on": draft.issued_on, "valid_to": draft.valid_to,
        }  # fmt: skip
        for column, value in wanted.items():
            if value and getattr(mine, column) != value:
                setattr(mine, column, value)
                plan.licence = mine
