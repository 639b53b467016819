"""The file of a needs survey as an attachment."""

from __future__ import annotations

import hashlib

from django.db.models import QuerySet

from lientuc.core.errors import Problem, Refused
from lientuc.trail.models import Attachment

from .models import CurriculumVersion

LIMIT_BYTES = 10 * 1024 * 1024
# First bytes of the kinds taken: PDF, Word and Excel of today, PNG, JPEG; a name proves nothing.
_SIGNATURES = {b"%PDF-": "pdf", b"PK\x03\x04": "office", b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg"}


def survey_problem(content: bytes) -> Problem | None:
    """Why a file cannot be taken: too large, or of another kind."""
    if len(content) > LIMIT_BYTES:
        return Problem("curricula.file_too_large", "survey_file", {"megabytes": LIMIT_BYTES // 1024**2})
    if not any(content.startswith(first) for first in _SIGNATURES):
        return Problem("curricula.file_kind", "survey_file")
    return None


def survey_attachment(version: CurriculumVersion, *, file_name: str, media_type: str, content: bytes) -> Attachment:
    """An unsaved attachment owned by `version`; Refused as `survey_problem` says."""
    problem = survey_problem(content)
    if problem:
        raise Refused(problem)
    return Attachment(
        owner=str(version.ref),
        file_name=file_name[:200],
        media_type=media_type[:100],
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=content,
    )


def survey_files(version: CurriculumVersion) -> QuerySet[Attachment]:
    """The survey files of a version, oldest first, without their content."""
    return Attachment.objects.filter(owner=str(version.ref)).defer("content").order_by("pk")
