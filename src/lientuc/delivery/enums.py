from enum import StrEnum


class RunKind(StrEnum):
    """A class teaches an approved curriculum; the other kinds are meetings counted by half-day or case."""

    CLASS = "class"
    CONFERENCE = "conference"
    SCIENTIFIC_MEETING = "scientific_meeting"
    CASE_CONFERENCE = "case_conference"


class RunState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class ParticipationRole(StrEnum):
    """Codes are those of `law.credits.Role`."""

    LEARNER = "learner"
    LECTURER = "lecturer"
    CHAIR = "chair"
    SPEAKER = "speaker"
    DELEGATE = "delegate"


class ParticipationState(StrEnum):
    ENROLLED = "enrolled"
    WAITLISTED = "waitlisted"
    WITHDRAWN = "withdrawn"
    COMPLETED = "completed"
    FAILED = "failed"


class AttendanceState(StrEnum):
    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"


class EventKind(StrEnum):
    """What happened to a certificate after it was issued."""

    REVOKED = "revoked"
    SUPERSEDED = "superseded"


class CertificateStatus(StrEnum):
    """What a certificate is worth now."""

    VALID = "valid"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"
