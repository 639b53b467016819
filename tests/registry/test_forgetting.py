"""A taken list can be undone until a day its page names; afterwards what an undo would need is forgotten, and only that."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Refused
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.actions import take_staff, undo_staff
from lientuc.registry.enums import TakeChoice
from lientuc.registry.intake.forgetting import forget_staged, undo_until
from lientuc.registry.intake.models import StagedWorker
from lientuc.registry.models import HealthWorker
from lientuc.trail.models import AuditEntry, ImportBatch
from tests.registry.staff_lists import HEADER, book, receive
from tests.world import World

SENT = date(2026, 3, 1)
LAST = SENT + timedelta(days=90)
ROW = [1, "Nguyễn Thị Lan", "20/05/1990", "Nữ", "001100000001", "Điều dưỡng", "", "biên chế", "1/X-GPHN", "01/03/2024"]


@pytest.fixture
def batch(world: World) -> ImportBatch:
    with clock_at(SENT):
        return receive(book([HEADER, ROW]), world.station, world.user(Role.STATION))


def taken(world: World, batch: ImportBatch) -> ImportBatch:
    with clock_at(SENT):
        return take_staff(batch=batch, choice=TakeChoice.GOOD_ROWS, by=world.user(Role.STATION))


def people() -> int:
    return HealthWorker.objects.unscoped(WhyUnscoped.SETUP).count()


@pytest.mark.parametrize(
    ("day", "undone"), [(LAST - timedelta(days=1), True), (LAST, True), (LAST + timedelta(days=1), False)]
)
def test_list_is_undone_until_its_last_day(world: World, batch: ImportBatch, day: date, undone: bool) -> None:
    batch = taken(world, batch)
    assert undo_until(batch) == LAST
    with clock_at(day):
        call_command("forget-staged")
        assert StagedWorker.objects.filter(batch=batch).exists() is undone
        if undone:
            undo_staff(batch=batch, reason="nhầm tệp", by=world.user(Role.STATION))
            assert people() == 0
            return
        with pytest.raises(Refused) as caught:
            undo_staff(batch=batch, reason="nhầm tệp", by=world.user(Role.STATION))
    assert ([problem.code for problem in caught.value.problems], people()) == (["registry.undo_too_late"], 1)


def test_list_is_forgotten_once_and_audited(world: World, batch: ImportBatch) -> None:
    taken(world, batch)
    with clock_at(LAST + timedelta(days=1)):
        call_command("forget-staged")
        call_command("forget-staged")
    assert AuditEntry.objects.filter(action="registry.forget_staged").count() == 1


def test_preview_that_nobody_decided_is_kept_and_can_be_taken(world: World, batch: ImportBatch) -> None:
    with clock_at(LAST + timedelta(days=30)):
        call_command("forget-staged")
        forget_staged(batch=batch, by=world.user(Role.STATION))
        take_staff(batch=batch, choice=TakeChoice.GOOD_ROWS, by=world.user(Role.STATION))
    assert people() == 1


def test_forgetting_is_for_who_keeps_the_records(world: World, batch: ImportBatch) -> None:
    with pytest.raises(NotAllowed):
        forget_staged(batch=batch, by=world.user(Role.TRAINING_OFFICE))


@pytest.mark.parametrize(
    ("day", "said"),
    [(LAST, "Có thể hoàn tác đến hết ngày 30/05/2026."), (LAST + timedelta(days=1), "Hạn hoàn tác đã hết")],
)
def test_page_says_until_when(world: World, batch: ImportBatch, client: Client, day: date, said: str) -> None:
    batch = taken(world, batch)
    client.force_login(world.user(Role.STATION))
    with clock_at(day):
        page: Any = client.get(reverse("registry:list", args=[batch.public_id])).content.decode()
        lists = client.get(reverse("registry:lists")).content.decode()
    assert said in page
    assert "Trạm Y tế xã An" in lists
