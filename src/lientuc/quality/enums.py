from enum import StrEnum


class InspectionState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    CONCLUDED = "concluded"


class Verdict(StrEnum):
    """How far a criterion is met."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


class Severity(StrEnum):
    NOTE = "note"
    MINOR = "minor"
    MAJOR = "major"


class FindingState(StrEnum):
    OPEN = "open"
    CORRECTED = "corrected"
    CLOSED = "closed"


class Remedy(StrEnum):
    """What mends a finding; training becomes a ground for need."""

    PROCEDURE = "procedure"
    TRAINING = "training"
    EQUIPMENT = "equipment"
    STAFFING = "staffing"
