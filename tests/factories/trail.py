"""Rows of the trail for tests: audit rows, jobs, notices, parked rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

from lientuc.places.models import Organisation
from lientuc.registry.intake.columns import KIND
from lientuc.trail.enums import JobState, RowState
from lientuc.trail.models import AuditEntry, ImportBatch, ImportRow, Job, Notice

_serial = count(1)


def make_entry(organisation: Organisation, label: str = "Lê Thị Bình", **fields: Any) -> AuditEntry:
    """An audit row of somebody named `label`, about `organisation`."""
    values = {"actor": "test", "action": "registry.end_post", "subject": "registry.post:1", "mac": "test", **fields}
    return AuditEntry.objects.create(actor_name=label, organisation=str(organisation.public_id), **values)


def make_job(organisation: Organisation, label: str = "lientuc.credits.refresh.refresh_all", **fields: Any) -> Job:
    """A queued job of nobody in particular."""
    return Job.objects.create(kind=label, **({"made_by": "test", "state": JobState.QUEUED} | fields))


def make_notice(recipient: Any, code: str = "trail.already_taken", **fields: Any) -> Notice:
    """An unread notice for a user."""
    values = {"made_at": datetime(2026, 3, 1, 5, tzinfo=UTC), "once_key": f"test-{next(_serial)}", **fields}
    return Notice.objects.create(recipient=str(recipient.public_id), code=code, **values)


def make_parked_row(organisation: Organisation, label: str = "nhan-luc.xlsx", **fields: Any) -> ImportRow:
    """A parked row of a staff list that `organisation` sent."""
    batch = ImportBatch.objects.create(
        kind=KIND, file_name=label, sha256="0" * 64, sender=str(organisation.public_id), made_by="test"
    )
    values = {"sheet": "Sheet1", "number": 7, "cells": {}, "state": RowState.PARKED, **fields}
    return ImportRow.objects.create(batch=batch, **values)


OBJECTS: dict[str, Callable[[Organisation, str], Any]] = {"trail.AuditEntry": make_entry, "trail.Job": make_job}
LISTS: dict[str, str] = {"reports:audit": "trail.AuditEntry"}
