from enum import StrEnum


class EntrySource(StrEnum):
    """Through which door an entry came; all doors make the same draft and call the same action."""

    FORM = "form"
    EXCEL = "excel"
    API = "api"
    COMMAND = "command"
    AWARD = "award"
    REGISTER_BOOK = "register_book"
    CLAIM = "claim"
    NAMES = "names"


class ClaimState(StrEnum):
    """Where a self-submitted activity stands; the office answers for the first two, the person for `returned`."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class SampleRule(StrEnum):
    """How claims are picked for comparison with the paper: every k-th in the order received, or a seeded draw of a share."""

    EVERY_KTH = "every_kth"
    RANDOM = "random"


class LineState(StrEnum):
    """What a pasted name was found to be."""

    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


class FactorUnit(StrEnum):
    """What the units of an entry are: the units of the law's factors."""

    LESSON = "lesson"
    HALF_DAY = "half_day"
    REPORT = "report"
    DOCUMENT = "document"
    TASK = "task"
    ARTICLE = "article"
    THESIS = "thesis"
    COUNCIL = "council"
    CASE = "case"
    YEAR = "year"
    BOOK = "book"
    DECIDED = "decided"


class RegimeReason(StrEnum):
    """Why a person falls under a regime: the reasons `law.credits.regime_of` gives."""

    PRACTITIONER = "practitioner"
    TITLE_UNCLEAR = "title_unclear"
    PRACTITIONER_BEFORE_2024 = "practitioner_before_2024"
    LICENCE_NOT_PRACTISED = "licence_not_practised"
    OTHER_STAFF = "other_staff"
    CLINICAL_PHARMACY = "clinical_pharmacy"
    VILLAGE_HEALTH_WORKER = "village_health_worker"
    PHARMACY_UPDATING = "pharmacy_updating"
    SOCIAL_WORK_UPDATING = "social_work_updating"


class BesideWhy(StrEnum):
    """Why a second reckoning stands beside the first: another reading, or another rule that held for part of the time."""

    OTHER_STAFF_BEFORE = "other_staff_before"
    WITHOUT_PRE2024 = "without_pre2024"
    OTHER_FACTORS = "other_factors"


class WhatIfState(StrEnum):
    """Where the reckoning of a what-if stands."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


class MovedBy(StrEnum):
    """What the people of a what-if are grouped by."""

    PROVINCE = "province"
    TITLE = "title"
    CARE_LEVEL = "care_level"
    EVERYTHING = "everything"


class DoubleKind(StrEnum):
    """Why entries of one person may be the same hours."""

    SAME_CERTIFICATE = "same_certificate"
    SAME_ACTIVITY = "same_activity"
    REGIME_CHANGED = "regime_changed"


class AppraisalResult(StrEnum):
    """What the year-end appraisal list says of a person."""

    REACHED = "reached"
    FLOOR_MISSING = "floor_missing"
    TOTAL_MISSING = "total_missing"
    IN_TIME = "in_time"
    EXEMPT = "exempt"
