"""Files kept as evidence: what may be kept is told from the bytes, and the same bytes are kept once."""

from __future__ import annotations

import hashlib
import re

from django.db.models import QuerySet

from lientuc.core.errors import Problem
from lientuc.core.ids import Ref

from .models import Attachment, StoredFile

LIMIT_BYTES = 8 * 1024 * 1024
# First bytes of the kinds taken, with the media type they are given back as; a name proves nothing.
_KINDS = {
    b"%PDF-": ("application/pdf", "pdf"),
    b"\x89PNG\r\n\x1a\n": ("image/png", "png"),
    b"\xff\xd8\xff": ("image/jpeg", "jpg"),
}
# A PDF that runs something when it is opened is no scan of a certificate.
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|OpenAction\s*<<[^>]*/S\s*/JavaScript)\b")


def evidence_problem(content: bytes, field: str = "files") -> Problem | None:
    """Why a file cannot be kept: empty, too large, neither PDF nor photo, or a PDF that runs something."""
    if not content:
        return Problem("trail.file_empty", field)
    if len(content) > LIMIT_BYTES:
        return Problem("trail.file_too_large", field, {"megabytes": LIMIT_BYTES // 1024**2})
    if _kind(content) is None:
        return Problem("trail.file_kind", field)
    if content.startswith(b"%PDF-") and _ACTIVE.search(content):
        return Problem("trail.file_active", field)
    return None


def keep_evidence(owner: Ref, *, name: str, content: bytes) -> Attachment:
    """Keep a file without problem for `owner`; equal bytes are stored once, a file the owner has already is not added again."""
    digest = hashlib.sha256(content).hexdigest()
    known = Attachment.objects.filter(owner=str(owner), sha256=digest).first()
    if known is not None:
        return known
    StoredFile.objects.bulk_create([StoredFile(sha256=digest, content=content)], ignore_conflicts=True)
    media_type, _ = _kind(content) or ("application/octet-stream", "")
    return Attachment.objects.create(
        owner=str(owner), file_name=name[-200:], media_type=media_type, sha256=digest, size=len(content), content=b""
    )


def evidence_of(*owners: Ref) -> QuerySet[Attachment]:
    """The files of some owners, oldest first, without their bytes."""
    return Attachment.objects.filter(owner__in=[str(owner) for owner in owners]).defer("content").order_by("pk")


def content_of_file(attachment: Attachment) -> bytes:
    """The bytes of a kept file."""
    stored = StoredFile.objects.filter(sha256=attachment.sha256).values_list("content", flat=True).first()
    return bytes(attachment.content if stored is None else stored)


def suffix_of(attachment: Attachment) -> str:
    """The ending a download gets, from what the file is; empty for other kinds."""
    return next((ending for media_type, ending in _KINDS.values() if media_type == attachment.media_type), "")


def _kind(content: bytes) -> tuple[str, str] | None:
    return next((kind for first, kind in _KINDS.items() if content.startswith(first)), None)
