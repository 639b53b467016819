"""An action is one transaction with its audit row; a key sent twice writes once."""

from datetime import date

import pytest

from lientuc.accounts.actions import grant_role, open_account
from lientuc.accounts.enums import Role
from lientuc.accounts.models import User
from lientuc.accounts.rules import UserDraft
from lientuc.core.errors import NotAllowed, Refused
from lientuc.trail import record
from lientuc.trail.models import AuditEntry, DoneOnce
from tests.world import World

DRAFT = UserDraft(username="an.tram", full_name="Trần Thị An", password="mat-khau-rat-dai-01", phone="0912345678")


def test_action_writes_one_audit_row_with_masked_values(world: World) -> None:
    by = world.user(Role.STATION)
    user = open_account(draft=DRAFT, organisation=world.station, by=by)
    entry = AuditEntry.objects.get(action="accounts.open_account")
    assert entry.subject == f"accounts.user:{user.public_id}"
    assert entry.actor == str(by.public_id)
    assert entry.values["draft"]["password"] == "***-01"
    assert entry.values["draft"]["phone"] == "***678"


def test_broken_audit_saves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr(record, "write_audit", broken)
    with pytest.raises(RuntimeError):
        open_account(draft=DRAFT, organisation=world.station, by=world.user(Role.STATION))
    assert not User.objects.filter(username="an.tram").exists()


def test_refused_action_leaves_no_audit_row(world: World) -> None:
    with pytest.raises(NotAllowed):
        open_account(draft=DRAFT, organisation=world.station_b, by=world.user(Role.STATION))
    assert not AuditEntry.objects.exists()


def test_same_key_writes_once_and_answers_the_same(world: World) -> None:
    by = world.user(Role.STATION)
    first = open_account(draft=DRAFT, organisation=world.station, by=by, key="k1")
    again = open_account(draft=DRAFT, organisation=world.station, by=by, key="k1")
    assert (again.pk, AuditEntry.objects.count(), DoneOnce.objects.count()) == (first.pk, 1, 1)


def test_same_key_with_other_content_is_refused(world: World) -> None:
    by = world.user(Role.STATION)
    open_account(draft=DRAFT, organisation=world.station, by=by, key="k1")
    other = UserDraft(username="khac", full_name="Khác", password="mat-khau-rat-dai-02")
    with pytest.raises(Refused) as caught:
        open_account(draft=other, organisation=world.station, by=by, key="k1")
    assert caught.value.problems[0].code == "trail.key_reused"


def test_grant_takes_effect_and_ends(world: World) -> None:
    user = User.objects.create(username="moi", full_name="Mới", password="!")
    grant_role(
        user=user, role=Role.STATION, organisation=world.station, by=world.user(Role.STATION), from_on=date(2025, 7, 1)
    )
    assert User.objects.get(pk=user.pk).why_not("registry.view_workers", world.station) is None
