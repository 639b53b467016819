"""The audit chain finds an edited, deleted, inserted and swapped row, and a cut tail; its twin without codes does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from lientuc.accounts.models import SYSTEM
from lientuc.trail import seal as sealing
from lientuc.trail.models import AuditEntry, AuditSeal
from lientuc.trail.record import write_audit
from lientuc.trail.seal import Fault, faults, seal
from tests.world import World


@pytest.fixture
def anchor(tmp_path: Path, settings: object) -> Path:
    settings.AUDIT_ANCHOR = tmp_path / "head.jsonl"  # type: ignore[attr-defined]
    return tmp_path / "head.jsonl"


@pytest.fixture
def chain(world: World, anchor: Path) -> list[AuditEntry]:
    """Ten sealed rows in a table whose triggers an attacker with full rights has removed."""
    rows = [write_audit(action="test.write", by=SYSTEM, subject=f"test:{n}", values={"n": n}) for n in range(10)]
    seal()
    for table in ("trail_auditentry", "trail_auditseal"):
        for verb in ("update", "delete"):
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            _run(f"DROP TRIGGER {table}_no_{verb}{on_table}")
    return rows


def _run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_whole_chain_has_no_faults(chain: list[AuditEntry], anchor: Path) -> None:
    assert list(faults(anchor)) == []


def test_edited_row_is_found(chain: list[AuditEntry]) -> None:
    _run("UPDATE trail_auditentry SET action = 'test.other' WHERE id = %s", chain[3].pk)
    assert list(faults()) == [Fault("edited", 4, chain[3].pk)]


def test_deleted_row_is_found(chain: list[AuditEntry]) -> None:
    _run("DELETE FROM trail_auditentry WHERE id = %s", chain[3].pk)
    assert list(faults()) == [Fault("deleted", 4, chain[3].pk)]


def test_deleted_row_with_its_seal_is_found(chain: list[AuditEntry]) -> None:
    _run("DELETE FROM trail_auditentry WHERE id = %s", chain[3].pk)
    _run("DELETE FROM trail_auditseal WHERE entry_id = %s", chain[3].pk)
    assert [fault.what for fault in faults()] == ["deleted", "broken"]


def test_inserted_row_is_found(chain: list[AuditEntry]) -> None:
    forged = AuditEntry(action="test.forged", actor="x", actor_name="x", subject="x", mac="0" * 64)
    forged.save()
    assert list(faults()) == [Fault("inserted", 0, forged.pk)]


def test_swapped_rows_are_found(chain: list[AuditEntry]) -> None:
    first, second = chain[2].pk, chain[5].pk
    _run("UPDATE trail_auditseal SET entry_id = -1 WHERE entry_id = %s", first)
    _run("UPDATE trail_auditseal SET entry_id = %s WHERE entry_id = %s", first, second)
    _run("UPDATE trail_auditseal SET entry_id = %s WHERE entry_id = -1", second)
    assert [(fault.what, fault.position) for fault in faults()] == [("broken", 3), ("broken", 6)]


def test_cut_tail_is_found_by_the_anchor_only(chain: list[AuditEntry], anchor: Path) -> None:
    for row in chain[7:]:
        _run("DELETE FROM trail_auditseal WHERE entry_id = %s", row.pk)
        _run("DELETE FROM trail_auditentry WHERE id = %s", row.pk)
    assert (list(faults()), list(faults(anchor))) == ([], [Fault("cut", 10, 0)])


def test_twin_that_skips_the_chain_finds_nothing(chain: list[AuditEntry], monkeypatch: pytest.MonkeyPatch) -> None:
    _run("UPDATE trail_auditentry SET action = 'test.other' WHERE id = %s", chain[3].pk)
    monkeypatch.setattr(sealing, "_faults_of", lambda *_: iter(()))
    assert list(faults()) == []


def test_command_names_the_faults(chain: list[AuditEntry], anchor: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("audit-verify", anchor=anchor)
    assert "whole: 10 rows" in capsys.readouterr().out
    _run("UPDATE trail_auditentry SET action = 'test.other' WHERE id = %s", chain[3].pk)
    with pytest.raises(CommandError, match=r"1 fault\(s\)"):
        call_command("audit-verify")


@pytest.mark.parametrize("statement", ["UPDATE trail_auditentry SET action = 'x'", "DELETE FROM trail_auditseal"])
def test_database_refuses_changes(world: World, anchor: Path, statement: str) -> None:
    write_audit(action="test.write", by=SYSTEM, subject="test:1", values={})
    seal()
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        _run(statement)


def test_late_committed_row_is_sealed_later(world: World, anchor: Path) -> None:
    write_audit(action="test.write", by=SYSTEM, subject="test:1", values={})
    assert (seal(), seal(), AuditSeal.objects.count()) == (1, 0, 1)
