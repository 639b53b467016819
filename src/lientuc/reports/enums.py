from enum import StrEnum


class ReviewBy(StrEnum):
    """What the workforce review is broken down by."""

    CARE_LEVEL = "care_level"
    PROVINCE = "province"
    COMMUNE = "commune"
    TITLE = "title"
    ORGANISATION = "organisation"


class AgeGroup(StrEnum):
    UNDER_30 = "under_30"
    FROM_30 = "from_30"
    FROM_40 = "from_40"
    FROM_50 = "from_50"
    UNKNOWN = "unknown"


class StandingState(StrEnum):
    """The law's statuses, and people whose standing was not reckoned yet."""

    MET = "met"
    ACCRUING = "accruing"
    SHORT = "short"
    EXEMPT = "exempt"
    NOT_COVERED = "not_covered"
    NOT_RECKONED = "not_reckoned"
