"""A list for editing: the people of some units as rows, and afterwards what an edited list would change, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from lientuc.documents.writers.form import FormRow
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import ImportBatch
from lientuc.web.say import phrase

from ..enums import LicenceKind, PostKind, Sex, Specialty, Title
from ..models import HealthWorker, Licence, Post
from ..phrases import LABELS as WORDS
from .columns import LABELS as COLUMNS
from .columns import TEMPLATE
from .people import LICENCE, PERSON, POST, SHAPES, Shape
from .places import EDIT

ROUND_TRIP = (*TEMPLATE, "record")
MOST = 100_000


def posts_to_edit(by: Any, organisation: Organisation | None = None) -> QuerySet[Post]:
    """The open posts at a unit and below it (everywhere `by` may write, when not said), by unit and name."""
    units = Organisation.objects.visible_to(by, EDIT).filter(to_on__isnull=True)
    if organisation is not None:
        units = units.filter(employer_path__startswith=organisation.employer_path) | units.filter(
            professional_path__startswith=organisation.professional_path
        )
    licences = Licence.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(withdrawn_on__isnull=True).order_by("pk")
    posts = Post.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        organisation__in=units.values("pk"), to_on__isnull=True, worker__canonical__isnull=True
    )
    rows = posts.select_related("worker", "organisation").order_by("organisation__name_fold", "worker__name_sort", "pk")
    return rows.prefetch_related(Prefetch("worker__licences", licences, to_attr="held_licences"))


def edited_rows(posts: Iterator[Any]) -> Iterator[FormRow]:
    """One row for each post, in the columns of `ROUND_TRIP`."""
    for place, post in enumerate(posts, start=1):
        values = _values(place, post, post.worker)
        yield FormRow(place, [values.get(key) for key in ROUND_TRIP])


def _values(place: int, post: Post, worker: HealthWorker) -> dict[str, Any]:
    licence = next(iter(worker.held_licences), None)  # type: ignore[attr-defined]
    return {
        "place": place,
        "full_name": worker.full_name,
        "born": f"{worker.born_on:%d/%m/%Y}" if worker.born_on else str(worker.birth_year or ""),
        "sex": _word(Sex, worker.sex),
        "ethnicity": worker.ethnicity,
        "title": _word(Title, worker.title),
        "title_code": worker.title_code,
        "specialty": _word(Specialty, worker.specialty),
        "organisation": post.organisation.code or post.organisation.name,
        "position": post.position,
        "post_kind": _word(PostKind, post.kind),
        "from_on": post.from_on,
        "licence_number": licence.number if licence else "",
        "licence_kind": _word(LicenceKind, licence.kind) if licence else "",
        "licence_issued_on": licence.issued_on if licence else None,
        "licence_valid_to": licence.valid_to if licence else None,
        "licence_issuer": licence.issuer if licence else "",
        "phone": worker.phone,
        "email": worker.email,
        "record": str(worker.public_id),
    }


def _word(enum: Any, code: str) -> str:
    return WORDS[enum][enum(code)].vi if code else ""


# --- what a list would change -----------------------------------------------------------------------------------------

# Names of columns whose values are codes, and the codes; derived columns are not shown.
_CODES = {"sex": Sex, "title": Title, "specialty": Specialty, "kind": PostKind}
_DERIVED = frozenset({"name_fold", "name_sort", "birth_year"})
_NAMES = {
    "born_on": "born", "national_number": "national_number", "old_number": "national_number", "keeper_id": "organisation",
    "kind": "post_kind", "number": "licence_number", "issuer": "licence_issuer", "issued_on": "licence_issued_on",
    "valid_to": "licence_valid_to",
}  # fmt: skip
_HIDDEN = frozenset({"national_number", "old_number"})


@dataclass(frozen=True)
class CellChange:
    """One value of one person that a list changes."""

    number: int
    person: str
    field: str
    before: Any
    after: Any


def changes_of(batch: ImportBatch, most: int) -> list[CellChange]:
    """The first changes a list makes to people the register held before, in the order of the file."""
    found: list[CellChange] = []
    for shape in SHAPES:
        rows = list(shape.staged.objects.filter(batch=batch, is_new=False).order_by("number", "pk")[:most])
        names = _names([row.worker_ref for row in rows])
        units = _units(rows) if shape is PERSON else {}
        for row in rows:
            found += _changes(shape, row, names.get(row.worker_ref, ""), units)
    return sorted(found, key=lambda change: change.number)[:most]


def count_changes(batch: ImportBatch) -> dict[str, int]:
    """How many people, posts and licences a list changes, and how many posts and licences it adds."""
    counts = {"people": PERSON.staged.objects.filter(batch=batch, is_new=False).count()}
    for name, shape in (("posts", POST), ("licences", LICENCE)):
        counts[name] = shape.staged.objects.filter(batch=batch, is_new=False).count()
        counts[f"new_{name}"] = shape.staged.objects.filter(batch=batch, is_new=True).count()
    return counts


def _names(refs: Sequence[Any]) -> dict[Any, str]:
    rows = HealthWorker.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(public_id__in=refs)
    return dict(rows.values_list("public_id", "full_name"))


def _units(rows: Sequence[Any]) -> dict[int, str]:
    keys = {row.keeper_key for row in rows} | {row.before["keeper_id"] for row in rows if "keeper_id" in row.before}
    return dict(Organisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk__in=keys).values_list("pk", "name"))


def _changes(shape: Shape, row: Any, person: str, units: dict[int, str]) -> Iterator[CellChange]:
    for name, before in row.before.items():
        if name in _DERIVED and not (name == "birth_year" and "born_on" not in row.before):
            continue
        after = getattr(row, shape.staged_name(name))
        key = "born" if name == "birth_year" else _NAMES.get(name, name)
        words = COLUMNS.get(key)
        field = phrase(words) if words else name
        if name in _HIDDEN:
            before, after = _masked(before), _masked(after)
        yield CellChange(
            row.number, person, field, _shown(shape, name, before, units), _shown(shape, name, after, units)
        )


def _masked(number: str | None) -> str:
    return f"…{number[-3:]}" if number else ""


def _shown(shape: Shape, name: str, value: Any, units: dict[int, str]) -> Any:
    """A value as people read it; days stay days for the page to print."""
    if name == "keeper_id":
        return units.get(value, "")
    if name == "kind" and shape is LICENCE:
        return phrase(WORDS[LicenceKind][LicenceKind(value)])
    if name in _CODES and value:
        return phrase(WORDS[_CODES[name]][_CODES[name](value)])
    if name.endswith("_on") or name == "valid_to":
        day = date.fromisoformat(value) if isinstance(value, str) else value
        return f"{day:%d/%m/%Y}" if day else ""
    return "" if value is None else value
