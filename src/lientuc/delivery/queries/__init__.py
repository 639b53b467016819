"""Reads of delivery: runs, people in them, certificates, and who can be released."""

from .certificates import (
    Issuance,
    Verification,
    certificates_for,
    issuance_of,
    status_of,
    verification_of,
    with_status,
)
from .people import (
    GridRow,
    attendance_grid,
    last_attendance,
    participations_for,
    presence_of,
    seats_taken,
    sessions_with_marks,
)
from .release import Releasable, releasable, release_warning
from .runs import (
    authority_for,
    draft_of,
    engagements_of,
    enrollable_runs,
    lessons_taught,
    locked_run,
    occupied,
    open_runs,
    provider_of,
    runs_for,
)

__all__ = [
    "GridRow",
    "Issuance",
    "Releasable",
    "Verification",
    "attendance_grid",
    "authority_for",
    "certificates_for",
    "draft_of",
    "engagements_of",
    "enrollable_runs",
    "issuance_of",
    "last_attendance",
    "locked_run",
    "lessons_taught",
    "occupied",
    "open_runs",
    "participations_for",
    "presence_of",
    "provider_of",
    "releasable",
    "release_warning",
    "runs_for",
    "seats_taken",
    "sessions_with_marks",
    "status_of",
    "verification_of",
    "with_status",
]
