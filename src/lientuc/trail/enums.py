from enum import StrEnum


class ImportState(StrEnum):
    PREVIEWED = "previewed"
    TAKEN = "taken"
    TAKEN_IN_PART = "taken_in_part"
    REFUSED = "refused"


class RowState(StrEnum):
    GOOD = "good"
    BAD = "bad"
    TAKEN = "taken"
    UNCHANGED = "unchanged"
    PARKED = "parked"
    CLEANED = "cleaned"


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
