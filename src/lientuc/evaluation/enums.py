from enum import StrEnum


class Level(StrEnum):
    """Kirkpatrick's levels, context before them and value for money after."""

    CONTEXT = "L0"
    REACTION = "L1"
    LEARNING = "L2"
    BEHAVIOUR = "L3"
    RESULTS = "L4"
    VALUE = "L5"


class StudyPurpose(StrEnum):
    RESEARCH = "research"
    MANAGEMENT = "management"


class Source(StrEnum):
    """Whose answers a wave of a study collects."""

    ALUMNI = "alumni"
    LEADER = "leader"
    PEER = "peer"
    PATIENT = "patient"
    UNIT = "unit"


class FindingState(StrEnum):
    NOTED = "noted"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Route(StrEnum):
    """The level that can remove a barrier."""

    TRAINING = "training"
    BUDGET = "budget"
    STAFFING = "staffing"
    APPROVAL = "approval"
    INSURANCE = "insurance"
    LEADERSHIP = "leadership"
    SERVICE_PLANNING = "service_planning"
    REVIEW = "review"


class Section(StrEnum):
    """A part of a report that a person writes; its numbers are references to cells."""

    ABSTRACT = "abstract"
    METHODS = "methods"
    INTERVIEWS = "interviews"
    DISCUSSION = "discussion"
