"""Audit, idempotency, imports, jobs, notices, attachments: values, never foreign keys upward."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lientuc.core.clock import now

from .enums import ImportState, JobState, RowState
from .rows import ImmutableRow, Row, one_of


class AuditEntry(ImmutableRow):
    """One action that happened: who did what to which row, with the values written, in the same transaction."""

    at = models.DateTimeField(default=now)
    actor = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=200)
    action = models.CharField(max_length=80, db_index=True)
    subject = models.CharField(max_length=120, db_index=True)
    organisation = models.CharField(max_length=40, blank=True, db_index=True)
    values = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    request = models.CharField(max_length=64, blank=True)
    mac = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject}"


class AuditSeal(models.Model):
    """The place of one committed audit row in the chain; written by the sealer only."""

    mutable: ClassVar[bool] = False
    position = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.position}: {self.hash[:12]}"


class DoneOnce(ImmutableRow):
    """An idempotency key with what it did, so that the same request sent twice writes once."""

    actor = models.CharField(max_length=64)
    key = models.CharField(max_length=80)
    action = models.CharField(max_length=80)
    request_hash = models.CharField(max_length=64)
    subject = models.CharField(max_length=120, blank=True)
    done_on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["actor", "key"], name="trail_doneonce_key"),)

    def __str__(self) -> str:
        return f"{self.action} {self.key}"


class ImportBatch(Row):
    """One file somebody sent: previewed, then taken whole, in part, or refused."""

    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    sender = models.CharField(max_length=40, db_index=True)
    state = models.CharField(max_length=20, default=ImportState.PREVIEWED)
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=64)

    class Meta:
        constraints = (one_of("state", ImportState, table="trail_importbatch"),)

    def __str__(self) -> str:
        return self.file_name


class ImportRow(Row):
    """One row of an imported file with its cells as read and its problems; parked rows stay until cleaned."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=80)
    number = models.IntegerField()
    cells = models.JSONField()
    problems = models.JSONField(default=list)
    state = models.CharField(max_length=20, default=RowState.GOOD)
    subject = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = (
            one_of("state", RowState, table="trail_importrow"),
            models.UniqueConstraint(fields=["batch", "sheet", "number"], name="trail_importrow_place"),
        )
        indexes = (models.Index(fields=["batch", "state"], name="trail_importrow_state"),)

    def __str__(self) -> str:
        return f"{self.sheet}!{self.number}"


class ColumnMapping(Row):
    """How one sender's columns map to known fields, remembered for the next file."""

    kind = models.CharField(max_length=40)
    sender = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "sender", "fingerprint"], name="trail_columnmapping_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.sender}"


class Job(Row):
    """Work that outlives a request: queued, leased by one worker, never 'running' for ever."""

    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=20, default=JobState.QUEUED)
    attempts = models.IntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80, blank=True)
    done_share = models.IntegerField(default=0)
    result = models.JSONField(default=dict)
    problem = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=64)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = (one_of("state", JobState, table="trail_job"),)
        indexes = (models.Index(fields=["state", "made_at"], name="trail_job_queue"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Notice(Row):
    """A message waiting for one person: a code and values, the sentence is made when shown."""

    recipient = models.CharField(max_length=64, db_index=True)
    code = models.CharField(max_length=80)
    values = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=64, default="system")
    read_on = models.DateField(null=True)
    once_key = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return f"{self.code} → {self.recipient}"


class Attachment(ImmutableRow):
    """A file kept as evidence, addressed by its content."""

    owner = models.CharField(max_length=120, db_index=True)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.file_name


class StoredFile(ImmutableRow):
    """The bytes of files, once for each content; `Attachment` rows with empty content point here by `sha256`."""

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256


class NoticeMail(ImmutableRow):
    """A notice that went out by e-mail, written before it is sent: a crash in between loses a mail and never doubles one."""

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="mail")
    sent_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return str(self.notice)
