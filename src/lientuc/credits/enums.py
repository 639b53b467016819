from enum import StrEnum


class EntrySource(StrEnum):
    """Through which door an entry came; all doors make the same draft and call the same action."""

    FORM = "form"
    EXCEL = "excel"
    API = "api"
    COMMAND = "command"
    AWARD = "award"
    REGISTER_BOOK = "register_book"


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
