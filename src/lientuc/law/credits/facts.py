"""What is asked about: entries, exemptions, and the words an entry is described with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Form(StrEnum):
    """Forms of continuing training; a form the law's tables do not name counts nothing."""

    SHORT_COURSE = "short_course"
    CONFERENCE = "conference"
    PROCEDURE_DRAFTING = "procedure_drafting"
    LEGAL_DOCUMENT = "legal_document"
    RESEARCH = "research"
    ARTICLE = "article"
    TEACHING = "teaching"
    THESIS = "thesis"
    COUNCIL = "council"
    CASE_CONFERENCE = "case_conference"
    DEGREE_STUDY = "degree_study"
    CERTIFICATE_STUDY = "certificate_study"
    TEXTBOOK = "textbook"
    SELF_UPDATE = "self_update"


class Role(StrEnum):
    """What the worker did there."""

    LEARNER = "learner"
    LECTURER = "lecturer"
    CHAIR = "chair"
    SPEAKER = "speaker"
    DELEGATE = "delegate"
    HEAD = "head"
    SECRETARY = "secretary"
    REVIEWER = "reviewer"
    MEMBER = "member"
    MAIN_AUTHOR = "main_author"
    OTHER_AUTHOR = "other_author"
    AUTHOR = "author"
    SUPERVISOR = "supervisor"


class Level(StrEnum):
    """Level of a task, thesis or article; empty where a form has none."""

    STATE = "state"
    MINISTRY = "ministry"
    PROVINCE = "province"
    BASE = "base"
    DOCTORAL = "doctoral"
    MASTER = "master"
    OTHER = "other"
    INTERNATIONAL = "international"
    DOMESTIC = "domestic"


@dataclass(frozen=True)
class EntryFacts:
    """One activity of one worker: `units` lessons, half-days, documents …; `decided_hours` what the provider's head decided.

    `certificate_key` is the same for two entries that rest on one certificate; empty where there is none.
    """

    entry_id: str
    activity_on: date
    form: str
    role: str
    level: str = ""
    units: Decimal = Decimal(1)
    decided_hours: Decimal | None = None
    certificate_key: str = ""

    def __post_init__(self) -> None:
        if self.units < 0 or (self.decided_hours is not None and self.decided_hours < 0):
            raise ValueError(f"entry {self.entry_id}: hours are never negative; a mistake is reversed, not subtracted")


@dataclass(frozen=True)
class Exemption:
    """A time in which nothing is asked (Circular 22/2013 Art. 4); both days count, `to_on` None: it still lasts."""

    from_on: date
    to_on: date | None
    basis: str
