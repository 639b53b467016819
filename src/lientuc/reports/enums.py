from enum import StrEnum


class ReviewBy(StrEnum):
    """What the workforce review is broken down by."""

    CARE_LEVEL = "care_level"
    PROVINCE = "province"
    COMMUNE = "commune"
    TITLE = "title"
    ORGANISATION = "organisation"
    AREA = "area"
    OWNERSHIP = "ownership"


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


class Area(StrEnum):
    """The difficulty area of the commune a unit lies in; `none`: in no list."""

    NONE = "none"
    I = "I"  # noqa: E741 (the code is the Roman numeral of the list)
    II = "II"
    III = "III"


class Ownership(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"


class Movement(StrEnum):
    """What became of a person between two frozen reviews."""

    CAME = "came"
    WENT = "went"
    CHANGED_UNIT = "changed_unit"
    CHANGED = "changed"
