"""May this entry be recorded or taken back: a draft and facts in, problems and remarks out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from lientuc.core.errors import Problem
from lientuc.core.hours import quarters
from lientuc.core.names import fold, tidy
from lientuc.law.credits import EntryDecision, EntryFacts, Form, Level, Reason, Regime, Role, RuleSet, hours_of

# What the columns of the ledger hold.
LONGEST = {"title": 300, "issuer": 200, "basis": 200, "certificate_number": 80}
MOST_UNITS = Decimal("99999.99")
MOST_DECIDED_HOURS = Decimal(9999)
_SIGNS = re.compile(r"[\s.·•_]+")

Activity = tuple[date, str, str, str]


@dataclass(frozen=True)
class EntryDraft:
    """One activity of one person as a door was told of it; every door makes this and nothing else.

    `worker` is the public id of a person the writer may record for, None where none was found. `worker_name` is the name written
    beside the number, empty where the door has none. `form`, `role`, `level` are the law's codes; `units` are lessons, half-days,
    documents … as the form is counted in. `decided_hours` and `basis` are the decision of the provider's head.
    """

    worker: UUID | None
    activity_on: date | None
    form: str
    role: str
    level: str = ""
    units: Decimal | None = Decimal(1)
    decided_hours: Decimal | None = None
    basis: str = ""
    title: str = ""
    issuer: str = ""
    certificate_number: str = ""
    worker_name: str = ""

    @property
    def activity(self) -> Activity | None:
        """What makes two entries of one person the same activity; None while the day is missing."""
        if self.activity_on is None:
            return None
        return (self.activity_on, self.form, self.role, fold(self.title))


@dataclass(frozen=True)
class RecordFacts:
    """What the ledger and the register hold beside the draft on the day `on`.

    `regime` is None where the person was not found. `certificates` (keys) and `activities` are those of the person's entries
    that were not taken back.
    """

    on: date
    regime: Regime | None = None
    worker_name: str = ""
    born_on: date | None = None
    birth_year: int | None = None
    certificates: Set[str] = field(default_factory=frozenset)
    activities: Set[Activity] = field(default_factory=frozenset)

    def with_entry(self, draft: EntryDraft) -> RecordFacts:
        """The facts once `draft` is recorded: what the next row of the same file meets."""
        key = key_of_certificate(draft.certificate_number)
        return replace(
            self,
            certificates=frozenset(self.certificates | ({key} if key else set())),
            activities=frozenset(self.activities | ({draft.activity} if draft.activity else set())),
        )


def tidied(draft: EntryDraft) -> EntryDraft:
    """The draft as it is stored: single spaces, one unit where none is asked for."""
    return replace(
        draft,
        basis=tidy(draft.basis),
        title=tidy(draft.title),
        issuer=tidy(draft.issuer),
        certificate_number=tidy(draft.certificate_number),
        worker_name=tidy(draft.worker_name),
        units=Decimal(1) if draft.units is None else draft.units,
    )


def key_of_certificate(number: str) -> str:
    """The number as it is compared: `00035 / 2026/h44-đt` and `00035/2026/H44-ĐT` are one certificate.

    The issuer stays out of it: its name is typed in too many ways to tell two certificates apart.
    """
    return _SIGNS.sub("", unicodedata.normalize("NFKC", number)).upper()


def facts_for_law(draft: EntryDraft) -> EntryFacts | None:
    """The draft as the law asks for it, or None while it is too incomplete to be valued."""
    wrong_amount = _amount_problems(draft)
    if draft.activity_on is None or draft.units is None or wrong_amount or _unknown_codes(draft):
        return None
    return EntryFacts(
        entry_id="",
        activity_on=draft.activity_on,
        form=draft.form,
        role=draft.role,
        level=draft.level,
        units=draft.units,
        decided_hours=draft.decided_hours,
        certificate_key=key_of_certificate(draft.certificate_number),
    )


def problems(draft: EntryDraft, facts: RecordFacts, rules: RuleSet) -> list[Problem]:
    """What stands in the way of recording the tidied `draft`; empty when nothing does."""
    return [
        *_worker_problems(draft, facts),
        *_day_problems(draft, facts),
        *_text_problems(draft),
        *_amount_problems(draft),
        *_form_problems(draft, facts, rules),
        *_double_problems(draft, facts),
    ]


def remarks(draft: EntryDraft, facts: RecordFacts, rules: RuleSet) -> list[Problem]:
    """What the writer should know although nothing stands in the way: the cap, no known value, not counted here."""
    valued = facts_for_law(draft)
    if valued is None or facts.regime is None:
        return []
    decision = hours_of(valued, facts.regime, rules)
    found = [Problem(code, name) for code, name in [_REMARKS.get(decision.reason, ("", ""))] if code]
    if draft.decided_hours is not None and not _is_decided(valued, facts.regime, rules):
        found.append(Problem("credits.decision_not_asked", "decided_hours"))
    return found


_REMARKS = {
    Reason.CAPPED: ("credits.over_cap", "decided_hours"),
    Reason.NO_VALUE_KNOWN: ("credits.no_value_known", "form"),
    Reason.NOT_COVERED: ("credits.not_covered", "worker"),
    Reason.COUNTED_PRE2024: ("credits.before_2024", "activity_on"),
    Reason.PRE2024_EXCLUDED: ("credits.before_2024", "activity_on"),
}


def why_not_reverse(*, reason: str, reversed_on: date | None) -> list[Problem]:
    """Why an entry may not be taken back: no reason given, too long a reason, or already done."""
    if reversed_on is not None:
        return [Problem("credits.already_reversed", values={"day": reversed_on})]
    if not tidy(reason):
        return [Problem("credits.reason_missing", "reason")]
    if len(tidy(reason)) > LONGEST["title"]:
        return [Problem("credits.too_long", "reason", {"limit": LONGEST["title"]})]
    return []


def _worker_problems(draft: EntryDraft, facts: RecordFacts) -> list[Problem]:
    if draft.worker is None or facts.regime is None:
        return [Problem("credits.no_worker", "worker")]
    if draft.worker_name and fold(draft.worker_name) != fold(facts.worker_name):
        return [Problem("credits.name_differs", "worker_name", {"name": draft.worker_name})]
    return []


def _day_problems(draft: EntryDraft, facts: RecordFacts) -> list[Problem]:
    day = draft.activity_on
    if day is None:
        return [Problem("credits.day_missing", "activity_on")]
    if day > facts.on:
        return [Problem("credits.future_day", "activity_on")]
    year = facts.birth_year
    if (facts.born_on is not None and day < facts.born_on) or (year is not None and day.year < year):
        return [Problem("credits.before_birth", "activity_on")]
    return []


def _text_problems(draft: EntryDraft) -> list[Problem]:
    found = [] if draft.title else [Problem("credits.title_missing", "title")]
    return found + [
        Problem("credits.too_long", name, {"limit": limit})
        for name, limit in LONGEST.items()
        if len(getattr(draft, name)) > limit
    ]


def _amount_problems(draft: EntryDraft) -> list[Problem]:
    found = []
    if draft.units is not None and not _is_amount(draft.units, MOST_UNITS):
        found.append(Problem("credits.units_wrong", "units"))
    if draft.decided_hours is None:
        return found
    if not _is_quarters(draft.decided_hours):
        found.append(Problem("credits.decided_hours_wrong", "decided_hours"))
    if not draft.basis:
        found.append(Problem("credits.basis_missing", "basis"))
    return found


def _is_amount(value: Decimal, most: Decimal) -> bool:
    return value.is_finite() and 0 < value <= most and value == value.quantize(Decimal("0.01"))


def _is_quarters(value: Decimal) -> bool:
    if not value.is_finite() or not 0 <= value <= MOST_DECIDED_HOURS:
        return False
    try:
        quarters(value)
    except ValueError:
        return False
    return True


def _unknown_codes(draft: EntryDraft) -> bool:
    known = draft.form in set(Form) and draft.role in set(Role)
    return not known or (draft.level != "" and draft.level not in set(Level))


def _form_problems(draft: EntryDraft, facts: RecordFacts, rules: RuleSet) -> list[Problem]:
    """The law must have a row for form, role and level on that day; without known value it is recorded and counts nothing."""
    if not draft.form:
        return [Problem("credits.form_missing", "form")]
    if _unknown_codes(draft):
        return [Problem("credits.form_unknown", "form")]
    valued = facts_for_law(draft)
    if valued is None or facts.regime is None or valued.activity_on > facts.on:
        return []
    decision = hours_of(valued, facts.regime, rules)
    if decision.reason is Reason.HOURS_NOT_DECIDED:
        return [Problem("credits.hours_not_decided", "decided_hours")]
    if not _without_row(decision):
        return []
    today = hours_of(replace(valued, activity_on=facts.on), facts.regime, rules)
    return [Problem("credits.form_unknown" if _without_row(today) else "credits.no_text_that_day", "form")]


def _without_row(decision: EntryDecision) -> bool:
    return decision.reason is Reason.NO_VALUE_KNOWN and not decision.rule_id


def _is_decided(valued: EntryFacts, regime: Regime, rules: RuleSet) -> bool:
    """Whether the hours of such an activity are decided by the provider's head."""
    return hours_of(replace(valued, decided_hours=None), regime, rules).reason is Reason.HOURS_NOT_DECIDED


def _double_problems(draft: EntryDraft, facts: RecordFacts) -> list[Problem]:
    """A certificate counts once, and so does an activity, whichever regime the proof was made for.

    # LAW   No text read says whether one course may give a proof of both regimes, or how that is prevented.
    # HERE  The second entry of the same person, day, form, role and title is refused.
    # WHY   Open question 5 of the rule book; hours counted twice are harder to take back than hours entered late.
    """
    key = key_of_certificate(draft.certificate_number)
    if key and key in facts.certificates:
        return [Problem("credits.certificate_taken", "certificate_number", {"number": draft.certificate_number})]
    if draft.activity is not None and draft.activity in facts.activities:
        return [Problem("credits.activity_taken", "title", {"title": draft.title})]
    return []
