from enum import StrEnum


class SentState(StrEnum):
    """How far one unit is in a campaign."""

    NOT_SENT = "not_sent"
    WITH_ERRORS = "with_errors"
    SENT = "sent"
    TAKEN = "taken"
