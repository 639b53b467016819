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
    CALCULATE = "calculate"
    HIDDEN = "hidden"


class Changed(StrEnum):
    """What of a part differs between two versions: that it is there at all, its place, or one of its fields."""

    ADDED = "added"
    REMOVED = "removed"
    ORDER = "order"
    SECTION = "section"
    TITLE_VI = "title_vi"
    TITLE_EN = "title_en"
    REPEATED = "repeated"
    TYPE = "type"
    LABEL_VI = "label_vi"
    LABEL_EN = "label_en"
    LIST_NAME = "list_name"
    CHOICES = "choices"
    REQUIRED = "required"
    RELEVANT = "relevant"
    CONSTRAINT = "constraint"
    CALCULATION = "calculation"
    HINT_VI = "hint_vi"
    HINT_EN = "hint_en"
    MESSAGE_VI = "message_vi"
    MESSAGE_EN = "message_en"
    MISSING_VI = "missing_vi"
    MISSING_EN = "missing_en"
    APPEARANCE = "appearance"
    ITEM_SET = "item_set"
    GROUP_ID = "group_id"
    WHY = "why"
    LEVEL = "level"


class Appearance(StrEnum):
    """How answers to choose from are laid out."""

    LIKERT = "likert"
    LIST_NOLABEL = "list-nolabel"


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
    ISSUED = "issued"  # an anonymous ballot was issued: whether it was cast, nobody knows


class BallotKind(StrEnum):
    """How an anonymous ballot reached a person."""

    BROWSER = "browser"
    CARD = "card"


class SheetState(StrEnum):
    """How far a sheet of paper got into the system."""

    ONCE = "once"
    DIFFERS = "differs"
    DONE = "done"


class ResponseState(StrEnum):
    STARTED = "started"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"  # refused after starting: the answers are gone, the row only counts


class RecordLayout(StrEnum):
    """Which program wrote a file of records."""

    PLAIN = "plain"
    REDCAP = "redcap"
    KOBO = "kobo"
    LIMESURVEY = "limesurvey"


class Dropped(StrEnum):
    """Why a record of a file is left out."""

    EMPTY = "empty"
    NO_CONSENT = "no_consent"
    REPEATED = "repeated"
    BAD_CELLS = "bad_cells"
    MARKED_INCOMPLETE = "marked_incomplete"
    UNANSWERED = "unanswered"


class InterviewRole(StrEnum):
    """On whose behalf somebody is interviewed."""

    ALUMNUS = "alumnus"
    LEADER = "leader"


class InterviewState(StrEnum):
    """How far an interview got; a reserve is asked only where somebody else does not take part."""

    RESERVE = "reserve"
    INVITED = "invited"
    AGREED = "agreed"
    DONE = "done"
    REFUSED = "refused"
