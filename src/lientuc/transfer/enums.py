from enum import StrEnum


class AgreementState(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    HANDED_OVER = "handed_over"
    ENDED = "ended"


class Prerequisite(StrEnum):
    """What the receiver must have before it does the technique alone."""

    EQUIPMENT = "equipment"
    STAFF = "staff"
    KNOWLEDGE = "knowledge"
