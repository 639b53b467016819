"""Entries are recorded once and only taken back by a reversal; the standing follows in the same transaction."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at, today
from lientuc.core.errors import NotAllowed, Problem, Refused
from lientuc.credits.actions import record_entry, reverse_entry
from lientuc.credits.enums import EntrySource
from lientuc.credits.models import CreditEntry, Reversal, StandingRow
from lientuc.credits.rules import EntryDraft
from lientuc.law import credits as law
from lientuc.places.scope import WhyUnscoped
from lientuc.trail import record
from lientuc.trail.models import AuditEntry
from tests.factories.credits import make_entry
from tests.factories.registry import make_licence, make_worker
from tests.world import World

ALL = WhyUnscoped.SETUP
ON = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock_at(ON):
        yield


def draft_for(worker: Any, **changes: Any) -> EntryDraft:
    draft = EntryDraft(
        worker=worker.public_id,
        activity_on=date(2026, 3, 5),
        form=law.Form.SHORT_COURSE,
        role=law.Role.LEARNER,
        units=Decimal("7.5"),
        title="  Cấp cứu   ban đầu",
        issuer="Trường Cao đẳng Y tế Một",
        certificate_number="12/2026/C.01",
    )
    return replace(draft, **changes)


def entries() -> Any:
    return CreditEntry.objects.unscoped(ALL)


def standing_of(worker: Any) -> StandingRow:
    return StandingRow.objects.unscoped(ALL).get(worker=worker)


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_recorded_entry_holds_the_tidied_draft_and_an_audit_row(world: World) -> None:
    worker = make_worker(world.station)
    by = world.user(Role.STATION)
    row = record_entry(draft=draft_for(worker), by=by)
    row = entries().get(pk=row.pk)
    assert (row.title, row.units, row.certificate_key, row.source, row.recorded_on, row.recorded_by) == (
        "Cấp cứu ban đầu", Decimal("7.5"), "12/2026/C01", EntrySource.FORM, ON, str(by.public_id),
    )  # fmt: skip
    assert row.organisation == world.station
    audit = AuditEntry.objects.get(action="credits.record_entry")
    assert (audit.subject, audit.organisation) == (f"credits.creditentry:{row.public_id}", str(world.station.public_id))


def test_recording_reckons_the_standing_anew(world: World) -> None:
    worker = make_worker(world.station)
    record_entry(draft=draft_for(worker), by=world.user(Role.STATION))
    row = standing_of(worker)
    assert (row.unit, row.counted_quarters, row.on_date) == (law.Unit.LESSON, 30, ON)


def test_practitioner_counts_credit_hours(world: World) -> None:
    worker = make_worker(world.station)
    make_licence(worker)
    record_entry(draft=draft_for(worker), by=world.user(Role.STATION))
    row = standing_of(worker)
    assert (row.regime, row.unit, row.counted_quarters) == (law.Regime.P, law.Unit.CREDIT_HOUR, 30)


def test_same_certificate_twice_is_refused(world: World) -> None:
    worker = make_worker(world.station)
    by = world.user(Role.STATION)
    record_entry(draft=draft_for(worker), by=by)
    with pytest.raises(Refused) as caught:
        record_entry(draft=draft_for(worker, title="Khác", certificate_number="12 / 2026/c.01"), by=by)
    assert codes(caught) == ["credits.certificate_taken"]


def test_same_certificate_under_a_merged_row_is_refused(world: World) -> None:
    worker = make_worker(world.station)
    duplicate = make_worker(world.station, national_number=None, post=False, canonical=worker)
    make_entry(world.station, worker=duplicate, certificate_number="12/2026/C.01")
    with pytest.raises(Refused) as caught:
        record_entry(draft=draft_for(worker), by=world.user(Role.STATION))
    assert codes(caught) == ["credits.certificate_taken"]


def test_entry_of_a_merged_row_is_kept_under_the_canonical_person(world: World) -> None:
    worker = make_worker(world.station)
    duplicate = make_worker(world.station, national_number=None, post=False, canonical=worker)
    row = record_entry(draft=draft_for(duplicate), by=world.user(Role.STATION))
    assert row.worker == worker


def test_other_persons_same_certificate_number_is_recorded(world: World) -> None:
    by = world.user(Role.STATION)
    record_entry(draft=draft_for(make_worker(world.station)), by=by)
    record_entry(draft=draft_for(make_worker(world.station)), by=by)
    assert entries().count() == 2


def test_same_key_writes_once(world: World) -> None:
    worker = make_worker(world.station)
    by = world.user(Role.STATION)
    first = record_entry(draft=draft_for(worker), by=by, key="k1")
    again = record_entry(draft=draft_for(worker), by=by, key="k1")
    assert (again.pk, entries().count()) == (first.pk, 1)


@pytest.mark.parametrize("role", [Role.HEALTH_WORKER, Role.MINISTRY, Role.AUDITOR, Role.FINANCE_DEPARTMENT])
def test_who_may_not_record_is_refused(world: World, role: Role) -> None:
    with pytest.raises(NotAllowed):
        record_entry(draft=draft_for(make_worker(world.station)), by=world.user(role))
    assert (entries().count(), AuditEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize("place", ["station_b", "station2"])
def test_person_of_another_unit_is_not_found(world: World, place: str) -> None:
    worker = make_worker(world.organisation(place))
    with pytest.raises(Refused) as caught:
        record_entry(draft=draft_for(worker), by=world.user(Role.STATION))
    assert codes(caught) == ["credits.no_worker"]


def test_broken_audit_saves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = make_worker(world.station)

    def broken(**_: object) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr(record, "write_audit", broken)
    with pytest.raises(RuntimeError):
        record_entry(draft=draft_for(worker), by=world.user(Role.STATION))
    assert (entries().count(), StandingRow.objects.unscoped(ALL).count()) == (0, 0)


def test_reversed_entry_counts_no_more_and_may_be_recorded_again(world: World) -> None:
    worker = make_worker(world.hospital)
    by = world.user(Role.TRAINING_OFFICE)
    row = record_entry(draft=draft_for(worker), by=by)
    reversal = reverse_entry(entry=row, reason="  Nhập nhầm người ", by=by)
    assert (reversal.reason, reversal.reversed_on, standing_of(worker).counted_quarters) == ("Nhập nhầm người", ON, 0)
    assert AuditEntry.objects.get(action="credits.reverse_entry").organisation == str(world.hospital.public_id)
    record_entry(draft=draft_for(worker), by=by)
    assert (entries().count(), standing_of(worker).counted_quarters) == (2, 30)


def test_entry_is_reversed_once_and_with_a_reason(world: World) -> None:
    row = make_entry(world.hospital)
    by = world.user(Role.TRAINING_OFFICE)
    with pytest.raises(Refused) as caught:
        reverse_entry(entry=row, reason=" ", by=by)
    assert caught.value.problems == (Problem("credits.reason_missing", "reason"),)
    reverse_entry(entry=row, reason="Nhập nhầm", by=by)
    with pytest.raises(Refused) as caught:
        reverse_entry(entry=row, reason="Nhập nhầm", by=by)
    assert caught.value.problems == (Problem("credits.already_reversed", values={"day": today()}),)
    assert Reversal.objects.unscoped(ALL).count() == 1


@pytest.mark.parametrize("role", [Role.STATION, Role.HEALTH_WORKER, Role.MINISTRY])
def test_who_may_not_reverse_is_refused(world: World, role: Role) -> None:
    row = make_entry(world.station)
    with pytest.raises(NotAllowed):
        reverse_entry(entry=row, reason="Nhập nhầm", by=world.user(role))
    assert not Reversal.objects.unscoped(ALL).exists()


@pytest.mark.parametrize("table", ["credits_creditentry", "credits_reversal"])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET public_id = public_id", "DELETE FROM {table}"])
def test_ledger_refuses_changes_in_the_database(world: World, table: str, statement: str) -> None:
    row = make_entry(world.station)
    Reversal.objects.create(entry=row, reason="Nhập nhầm", reversed_by="test")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table))


@pytest.mark.parametrize(
    "values",
    [
        {"units": Decimal(0)},
        {"source": "dream"},
        {"decided_quarters": 4, "basis": ""},
        {"decided_quarters": -1, "basis": "QĐ 1"},
        {"source": EntrySource.AWARD, "participation_ref": ""},
    ],
)
def test_database_refuses_what_must_never_be(world: World, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_entry(world.station, **values)


def test_one_participation_enters_the_ledger_once(world: World) -> None:
    make_entry(world.station, source=EntrySource.AWARD, participation_ref="delivery.participation:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_entry(world.station, source=EntrySource.AWARD, participation_ref="delivery.participation:1")
