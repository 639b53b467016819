"""One command does all of a night's work; one that fails does not keep the others from it."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lientuc.credits.models import StandingRow
from lientuc.places.scope import WhyUnscoped
from lientuc.reports.management.commands import nightly
from lientuc.reports.models import ReviewRefresh
from tests.factories.registry import make_worker
from tests.world import World


def test_night_reckons_standings_then_the_review(world: World) -> None:
    make_worker(world.station)
    said = StringIO()

    call_command("nightly", stdout=said)

    standings = StandingRow.objects.unscoped(WhyUnscoped.REBUILD).count()
    assert (standings, ReviewRefresh.objects.get().persons) == (1, 1)
    assert all(f"{name}: " in said.getvalue() for name in nightly.NIGHTLY)


def test_failure_is_told_after_the_others_ran(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(nightly, "NIGHTLY", ("no-such-command", *nightly.NIGHTLY))
    make_worker(world.station)

    with pytest.raises(CommandError, match="no-such-command"):
        call_command("nightly", stdout=StringIO(), stderr=StringIO())

    assert ReviewRefresh.objects.get().persons == 1
