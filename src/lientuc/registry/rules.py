"""May this person, post, licence, leave, authority or catalogue line be recorded: drafts and facts in, problems out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lientuc.core.errors import Problem
from lientuc.core.names import fold, tidy
from lientuc.trail.enums import ImportState

from .enums import LeaveBasis, LicenceKind, PostKind, ProviderCode, Sex, Specialty, Title

FIRST_BIRTH_YEAR = 1900
_NATIONAL_NUMBER = re.compile(r"\d{12}")
_OLD_NUMBER = re.compile(r"\d{9}")
_PHONE = re.compile(r"\+?\d{9,12}")
_PHONE_SIGNS = re.compile(r"[\s.()-]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_MOST_LETTERS = {
    "full_name": 120, "ethnicity": 40, "title_code": 12, "email": 254, "position": 80, "number": 40, "issuer": 120,
    "scope_of_practice": 200, "decision": 120,
}  # fmt: skip


@dataclass(frozen=True)
class WorkerDraft:
    """A person as written down: by a form, a row of a file or a program."""

    full_name: str
    title: Title | None
    national_number: str = ""
    old_number: str = ""
    born_on: date | None = None
    birth_year: int | None = None
    sex: Sex | None = None
    ethnicity: str = ""
    title_code: str = ""
    specialty: Specialty | None = None
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class PostDraft:
    """A place at an organisation; `share` is percent of full time, `from_on` None where the day is not known."""

    kind: PostKind | None
    position: str = ""
    share: int = 100
    responsible_for_training: bool = True
    from_on: date | None = None


@dataclass(frozen=True)
class LicenceDraft:
    """A practising licence (GPHN) or an older practice certificate (CCHN)."""

    kind: LicenceKind | None
    number: str
    issuer: str = ""
    scope_of_practice: str = ""
    issued_on: date | None = None
    converted_on: date | None = None
    valid_to: date | None = None
    practising: bool = True


@dataclass(frozen=True)
class StaffDraft:
    """A member of staff as one row of a list says: the person, the post, a licence where there is one.

    `record` is the key of the person's own record, which a list that was exported carries back.
    """

    worker: WorkerDraft
    post: PostDraft
    licence: LicenceDraft | None = None
    record: str = ""


@dataclass(frozen=True)
class LeaveDraft:
    """A time in which part of the duty is not asked."""

    basis: LeaveBasis | None
    from_on: date | None
    to_on: date | None
    decision: str = ""


@dataclass(frozen=True)
class AuthorityDraft:
    """A code A, B or C granted to a provider from a day on."""

    code_kind: ProviderCode
    code: str
    decision: str
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True)
class WorkerFacts:
    """What the register holds beside the draft: whether another person bears its number."""

    on: date
    number_taken: bool = False


@dataclass(frozen=True)
class PostFacts:
    """The person's open posts: whether one is at this organisation, whether one answers for training; whether they died."""

    open_here: bool = False
    other_responsible: bool = False
    died: bool = False


def tidied(draft: WorkerDraft) -> WorkerDraft:
    """The draft as it is stored: single spaces, digits only in numbers and phones, the year of a full date, no capitals throughout."""
    return replace(
        draft,
        full_name=_as_written_by_hand(tidy(draft.full_name)),
        national_number="".join(draft.national_number.split()),
        old_number="".join(draft.old_number.split()),
        ethnicity=tidy(draft.ethnicity) if draft.ethnicity else "",
        title_code=tidy(draft.title_code) if draft.title_code else "",
        phone=_PHONE_SIGNS.sub("", draft.phone) if draft.phone else "",
        email=draft.email.strip().lower(),
        birth_year=draft.born_on.year if draft.born_on else draft.birth_year,
    )


def columns_of(draft: WorkerDraft) -> dict[str, Any]:
    """A tidied draft as columns: what is not known is empty, an unknown national number is no value at all."""
    empty = {"sex": "", "specialty": "", "national_number": None}
    return {field: value or empty.get(field, value) for field, value in vars(draft).items()}


def _as_written_by_hand(name: str) -> str:
    """`NGUYỄN VĂN AN` as `Nguyễn Văn An`; a name with any small letter is left alone."""
    return name.title() if name.isupper() else name


def worker_problems(draft: WorkerDraft, facts: WorkerFacts) -> list[Problem]:
    """What stands in the way of this person; `draft` is tidied."""
    found = [] if draft.full_name else [Problem("registry.name_missing", "full_name")]
    if draft.title is None:
        found.append(Problem("registry.title_missing", "title"))
    found += _number_problems(draft, facts)
    found += _birth_problems(draft, facts.on)
    if draft.phone and not _PHONE.fullmatch(draft.phone):
        found.append(Problem("registry.phone_wrong", "phone", {"text": draft.phone}))
    if draft.email and not _EMAIL.fullmatch(draft.email):
        found.append(Problem("registry.email_wrong", "email", {"text": draft.email}))
    return found + _too_long(full_name=draft.full_name, ethnicity=draft.ethnicity, title_code=draft.title_code)


def _number_problems(draft: WorkerDraft, facts: WorkerFacts) -> list[Problem]:
    found = []
    if draft.national_number and not _NATIONAL_NUMBER.fullmatch(draft.national_number):
        found.append(Problem("registry.number_wrong", "national_number", {"count": len(draft.national_number)}))
    elif facts.number_taken:
        found.append(Problem("registry.number_taken", "national_number"))
    if draft.old_number and not _OLD_NUMBER.fullmatch(draft.old_number):
        found.append(Problem("registry.old_number_wrong", "old_number", {"count": len(draft.old_number)}))
    return found


def _birth_problems(draft: WorkerDraft, on: date) -> list[Problem]:
    if draft.born_on is not None and draft.born_on > on:
        return [Problem("registry.born_later", "born_on", {"day": draft.born_on})]
    year = draft.birth_year
    if year is not None and not FIRST_BIRTH_YEAR <= year <= on.year:
        return [Problem("registry.birth_year_wrong", "birth_year", {"year": year})]
    return []


def post_problems(draft: PostDraft, facts: PostFacts) -> list[Problem]:
    """What stands in the way of this post."""
    found = [] if draft.kind is not None else [Problem("registry.post_kind_missing", "kind")]
    if not 1 <= draft.share <= 100:
        found.append(Problem("registry.share_wrong", "share", {"share": draft.share}))
    if facts.died:
        found.append(Problem("registry.person_died"))
    if facts.open_here:
        found.append(Problem("registry.post_open_here"))
    elif draft.responsible_for_training and facts.other_responsible:
        found.append(Problem("registry.other_responsible", "responsible_for_training"))
    return found + _too_long(position=draft.position)


def why_not_end(*, from_on: date | None, to_on: date | None, on: date) -> list[Problem]:
    """Why a post may not end on `on`."""
    if to_on is not None:
        return [Problem("registry.post_ended", values={"day": to_on})]
    if from_on is not None and on < from_on:
        return [Problem("registry.end_before_start", "on", {"day": from_on})]
    return []


def licence_problems(draft: LicenceDraft, *, taken: bool, on: date) -> list[Problem]:
    """What stands in the way of this licence; `taken`: another person holds this kind and number.

    The form of the number is not checked: every way of writing it is accepted (W-07).
    """
    found = [] if draft.kind is not None else [Problem("registry.licence_kind_missing", "kind")]
    if not tidy(draft.number):
        found.append(Problem("registry.licence_number_missing", "number"))
    elif taken:
        found.append(Problem("registry.licence_taken", "number", {"number": draft.number}))
    if draft.issued_on is not None and draft.issued_on > on:
        found.append(Problem("registry.issued_later", "issued_on", {"day": draft.issued_on}))
    if draft.issued_on is not None and draft.valid_to is not None and draft.valid_to < draft.issued_on:
        found.append(Problem("registry.ends_before_issue", "valid_to", {"day": draft.issued_on}))
    if draft.converted_on is not None and draft.kind is LicenceKind.GPHN:
        found.append(Problem("registry.only_old_is_converted", "converted_on"))
    return found + _too_long(number=draft.number, issuer=draft.issuer, scope_of_practice=draft.scope_of_practice)


_POST_FIELDS = {"kind": "post_kind"}
_LICENCE_FIELDS = {
    "kind": "licence_kind", "number": "licence_number", "issuer": "licence_issuer", "issued_on": "licence_issued_on",
    "valid_to": "licence_valid_to",
}  # fmt: skip


def staff_problems(
    worker: WorkerDraft,
    post: PostDraft | None,
    licence: LicenceDraft | None,
    *,
    facts: WorkerFacts,
    licence_taken: bool = False,
) -> list[Problem]:
    """What stands in the way of a person entered with post and licence, whichever door they come through.

    Fields of post and licence are told apart by name: `post_kind`, `licence_kind`, `licence_number` …
    """
    found = worker_problems(worker, facts)
    if post is not None:
        found += _renamed(post_problems(post, PostFacts()), _POST_FIELDS)
    if licence is not None:
        found += _renamed(licence_problems(licence, taken=licence_taken, on=facts.on), _LICENCE_FIELDS)
    return found


def _renamed(problems: Sequence[Problem], names: Mapping[str, str]) -> list[Problem]:
    return [replace(problem, field=names.get(problem.field or "", problem.field)) for problem in problems]


def leave_problems(draft: LeaveDraft, others: Sequence[tuple[date, date]]) -> list[Problem]:
    """What stands in the way of this leave; `others` are the person's leaves so far."""
    found = [] if draft.basis is not None else [Problem("registry.leave_basis_missing", "basis")]
    if draft.from_on is None or draft.to_on is None:
        return [*found, Problem("registry.leave_days_missing", "from_on")]
    if draft.to_on < draft.from_on:
        return [*found, Problem("registry.leave_ends_before", "to_on", {"day": draft.from_on})]
    for start, end in others:
        if start <= draft.to_on and draft.from_on <= end:
            found.append(Problem("registry.leave_overlaps", "from_on", {"first": start, "last": end}))
    return found + _too_long(decision=draft.decision)


def authority_problems(draft: AuthorityDraft, *, code_taken: bool) -> list[Problem]:
    """What stands in the way of a provider's code; `code_taken`: another provider bears it."""
    found = [] if tidy(draft.decision) else [Problem("registry.decision_missing", "decision")]
    if not tidy(draft.code):
        found.append(Problem("registry.provider_code_missing", "code"))
    elif code_taken:
        found.append(Problem("registry.provider_code_taken", "code", {"code": draft.code}))
    if draft.to_on is not None and draft.to_on < draft.from_on:
        found.append(Problem("registry.authority_ends_before", "to_on", {"day": draft.from_on}))
    return found


def suspension_problems(*, decision: str, from_on: date, to_on: date | None) -> list[Problem]:
    """What stands in the way of a suspension."""
    found = [] if tidy(decision) else [Problem("registry.decision_missing", "decision")]
    if to_on is not None and to_on < from_on:
        found.append(Problem("registry.authority_ends_before", "to_on", {"day": from_on}))
    return found


# What may become of a list that was sent; a taken one can be undone.
TRANSITIONS: dict[ImportState, frozenset[ImportState]] = {
    ImportState.PREVIEWED: frozenset({ImportState.TAKEN, ImportState.TAKEN_IN_PART, ImportState.REFUSED}),
    ImportState.TAKEN: frozenset({ImportState.UNDONE}),
    ImportState.TAKEN_IN_PART: frozenset({ImportState.UNDONE}),
    ImportState.REFUSED: frozenset(),
    ImportState.UNDONE: frozenset(),
}


def why_not_take(state: ImportState) -> list[Problem]:
    """Why nothing can be decided about a list any more."""
    return [] if ImportState.TAKEN in TRANSITIONS[state] else [Problem("registry.list_closed")]


def why_not_undo(state: ImportState, *, forgotten: bool = False) -> list[Problem]:
    """Why a list cannot be taken back; `forgotten`: its time to be undone is over."""
    if forgotten and ImportState.UNDONE in TRANSITIONS[state]:
        return [Problem("registry.undo_too_late")]
    return [] if ImportState.UNDONE in TRANSITIONS[state] else [Problem("registry.list_not_taken")]


def mapping_problems(columns: Mapping[str, Mapping[str, str]], known: frozenset[str]) -> list[Problem]:
    """What is wrong with the meaning given to columns: an unknown field, one given twice, or no name at all."""
    found = []
    for chosen in columns.values():
        fields = [field for field in chosen.values() if field]
        found += [Problem("registry.column_unknown", values={"field": f}) for f in set(fields) - known]
        twice = {field for field in fields if fields.count(field) > 1} - {"born", "sex"}
        found += [Problem("registry.column_twice", values={"field": field}) for field in sorted(twice)]
        if "full_name" not in fields and "given_name" not in fields:
            found.append(Problem("registry.no_name_column"))
    return found


def is_same_person(name: str, other: str) -> bool:
    """Whether two spellings of a name may be one person's: case, marks and spaces do not matter."""
    return fold(name) == fold(other)


def _too_long(**texts: str) -> list[Problem]:
    return [
        Problem("registry.too_long", field, {"limit": _MOST_LETTERS[field]})
        for field, text in texts.items()
        if len(text) > _MOST_LETTERS[field]
    ]
