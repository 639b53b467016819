from enum import StrEnum


class ImportState(StrEnum):
    PREVIEWED = "previewed"
    TAKEN = "taken"
    TAKEN_IN_PART = "taken_in_part"
    REFUSED = "refused"
    UNDONE = "undone"


class RowState(StrEnum):
    GOOD = "good"
    BAD = "bad"
    TAKEN = "taken"
    UNCHANGED = "unchanged"
    PARKED = "parked"
    CLEANED = "cleaned"
    DROPPED = "dropped"


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
