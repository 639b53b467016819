"""The sealer chains committed audit rows and writes the head outside the database (ADR 0004)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from lientuc.core.clock import now

from .models import AuditEntry, AuditSeal
from .record import authentication_code, content_of

BEGINNING = "0" * 64
BATCH = 5_000


@dataclass(frozen=True)
class Fault:
    """Something wrong with the trail: `what` is edited, deleted, inserted, swapped, cut or unsealed."""

    what: str
    position: int
    entry_id: int


def link(previous: str, entry: AuditEntry) -> str:
    """The chain value after `entry`."""
    return hashlib.sha256(previous.encode() + content_of(entry) + entry.mac.encode()).hexdigest()


def seal() -> int:
    """Chain every committed row not yet in the chain; returns how many. One sealer at a time."""
    sealed = 0
    while True:
        with transaction.atomic():
            _one_sealer()
            last = AuditSeal.objects.order_by("-position").first()
            position, head = (last.position, last.hash) if last else (0, BEGINNING)
            waiting = list(
                AuditEntry.objects.exclude(pk__in=AuditSeal.objects.values("entry_id")).order_by("pk")[:BATCH]
            )
            seals = []
            for entry in waiting:
                position, head = position + 1, link(head, entry)
                seals.append(AuditSeal(position=position, entry_id=entry.pk, hash=head))
            AuditSeal.objects.bulk_create(seals)
        sealed += len(seals)
        if seals:
            _write_head(settings.AUDIT_ANCHOR, position, head)
        if len(waiting) < BATCH:
            return sealed


def _one_sealer() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(20260403)")


def _write_head(path: Path, position: int, head: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"position": position, "hash": head, "at": now().isoformat()}) + "\n")


def faults(anchor: Path | None = None) -> Iterator[Fault]:
    """Every fault of the trail, in chain order; `anchor` is a head file kept elsewhere (a cut tail shows only there)."""
    head, expected, known = BEGINNING, 0, _heads(anchor)
    for sealed in AuditSeal.objects.order_by("position").iterator(chunk_size=BATCH):
        expected += 1
        if sealed.position != expected:
            yield Fault("deleted", expected, 0)
            expected = sealed.position
        entry = _entry(sealed.entry_id)
        if entry is None:
            yield Fault("deleted", sealed.position, sealed.entry_id)
        else:
            yield from _faults_of(entry, sealed, head)
        if known.get(sealed.position, sealed.hash) != sealed.hash:
            yield Fault("rewritten", sealed.position, sealed.entry_id)
        head = sealed.hash
    if known and max(known) > expected:
        yield Fault("cut", max(known), 0)
    yield from _unsealed_forgeries()


def _faults_of(entry: AuditEntry, sealed: AuditSeal, head: str) -> Iterator[Fault]:
    if entry.mac != authentication_code(entry):
        yield Fault("edited", sealed.position, entry.pk)
    elif link(head, entry) != sealed.hash:
        yield Fault("broken", sealed.position, entry.pk)


def _unsealed_forgeries() -> Iterator[Fault]:
    for entry in AuditEntry.objects.exclude(pk__in=AuditSeal.objects.values("entry_id")).order_by("pk").iterator():
        if entry.mac != authentication_code(entry):
            yield Fault("inserted", 0, entry.pk)


def _heads(anchor: Path | None) -> dict[int, str]:
    if anchor is None:
        return {}
    heads = [json.loads(line) for line in anchor.read_text(encoding="utf-8").splitlines() if line.strip()]
    return {int(head["position"]): str(head["hash"]) for head in heads}


_window: dict[int, AuditEntry] = {}


def _entry(pk: int) -> AuditEntry | None:
    """The audit row `pk`, read in windows so that verifying a long trail is not one query a row."""
    if pk not in _window:
        _window.clear()
        _window.update({row.pk: row for row in AuditEntry.objects.filter(pk__gte=pk).order_by("pk")[:BATCH]})
    return _window.pop(pk, None)
