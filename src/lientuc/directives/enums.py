from enum import StrEnum


class DutyKind(StrEnum):
    """What a duty asks for; upper rooms fulfil duties by this word."""

    WORKFORCE_REVIEW = "workforce_review"
    NEEDS = "needs"
    RESPONSIBILITY = "responsibility"
    PLAN = "plan"
    INTEGRATION = "integration"
    PRIORITY = "priority"
    COOPERATION = "cooperation"
    CURRICULA = "curricula"
    TECHNIQUES = "techniques"
    INSPECTION = "inspection"
    DIFFICULTIES = "difficulties"


class DutyState(StrEnum):
    OPEN = "open"
    FULFILLED = "fulfilled"
    HANDED_OVER = "handed_over"


class DifficultyState(StrEnum):
    REPORTED = "reported"
    ANSWERED = "answered"


class Remover(StrEnum):
    """Who can remove a barrier."""

    BUDGET = "budget"
    STAFFING = "staffing"
    TRAINING = "training"
    APPROVAL = "approval"
    INSURANCE = "insurance"
    LEADERSHIP = "leadership"
    NOBODY = "nobody"


class Part(StrEnum):
    """An organisation's part in a function."""

    RESPONSIBLE = "responsible"
    SUPPORTS = "supports"
    INFORMED = "informed"


class Tier(StrEnum):
    """The two levels of local government."""

    PROVINCE = "province"
    GRASSROOTS = "grassroots"


class DecisionState(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"
    REPLACED = "replaced"


class FaultKind(StrEnum):
    """What is wrong with a function of an area."""

    GAP = "gap"
    CLASH = "clash"
