from enum import StrEnum


class VersionState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class ItemType(StrEnum):
    """The XLSForm types the house asks with."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    NOTE = "note"


class WaveMode(StrEnum):
    """What is promised to the person who answers."""

    OPEN = "open"  # one public link, no identity, duplicates possible
    CONFIDENTIAL = "confidential"  # a pseudonym; who is who is kept apart
    ANONYMOUS = "anonymous"  # nobody can join person and answers


class WavePurpose(StrEnum):
    RESEARCH = "research"
    MANAGEMENT = "management"


class WaveState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class InvitationState(StrEnum):
    """How far an invitation got; every step but `refused` is part of the one before."""

    INVITED = "invited"
    DELIVERED = "delivered"
    OPENED = "opened"
    STARTED = "started"
    COMPLETED = "completed"
    REFUSED = "refused"


class ResponseState(StrEnum):
    STARTED = "started"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"  # refused after starting: the answers are gone, the row only counts
