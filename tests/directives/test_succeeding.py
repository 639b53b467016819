"""The division of tasks follows merged and split units: the successor stands in a draft to be signed, and goes with the undo."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Refused
from lientuc.directives.dividing import succeeding
from lientuc.directives.dividing.actions import draft_division, sign_division
from lientuc.directives.dividing.rules import SignDraft
from lientuc.directives.models import Duty, ResponsibilityDecision
from lientuc.places.enums import SuccessionKind
from lientuc.places.models import Organisation
from lientuc.registry.reorganising.actions import (
    carry_out_reorganisation,
    prepare_reorganisation,
    undo_reorganisation,
)
from lientuc.registry.reorganising.rules import ReorganisationDraft
from lientuc.trail.models import AuditEntry
from tests.directives.test_dividing import cells, rows
from tests.factories.directives import make_duty, make_function_of
from tests.factories.registry import make_worker
from tests.world import World

DAY = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with clock_at(DAY):
        yield


@pytest.fixture
def officer(world: World) -> Any:
    return world.user(Role.HEALTH_DEPARTMENT)


@pytest.fixture
def decision(world: World, officer: Any) -> ResponsibilityDecision:
    """Signed and in force."""
    make_function_of("station", "Tiêm chủng", "T-01")
    draft = draft_division(organisation=world.department, title="Phân công", on=DAY, by=officer)
    return sign_division(decision=draft, draft=SignDraft(DAY, DAY), by=officer)


def reorganised(world: World, officer: Any, kind: SuccessionKind, **more: Any) -> Any:
    draft = ReorganisationDraft(kind, DAY, "12/NQ-HĐND", "Trạm Y tế xã An Bình")
    row = prepare_reorganisation(draft=draft, units=more.pop("units"), by=officer, heir=more.pop("heir", None))
    return carry_out_reorganisation(reorganisation=row, by=officer, **more)


def new_draft() -> ResponsibilityDecision:
    return rows(ResponsibilityDecision).get(state="draft")


def named(decision: ResponsibilityDecision, area: str) -> list[tuple[str, str, str]]:
    """Who has which part for the function in the area of a unit, by code or by name where it has none."""
    found = rows(type(decision)).get(pk=decision.pk).responsibilities.unscoped(succeeding.WhyUnscoped.SETUP)
    found = found.select_related("function", "area", "organisation")
    return sorted(
        (cell.function.code, cell.organisation.code or cell.organisation.name, cell.part)
        for cell in found
        if area in (cell.area.code, cell.area.name)
    )


def test_responsibilities_of_a_merged_unit_stand_at_its_heir_in_a_draft(
    world: World, officer: Any, decision: ResponsibilityDecision
) -> None:
    make_duty(world.station)
    before = cells(decision)
    areas = {cell[1] for cell in before}
    merged = reorganised(world, officer, SuccessionKind.MERGE, units=[world.commune], heir=world.organisation("ward"))
    assert merged.counts["directives.ResponsibilityDecision"] == 1
    draft = new_draft()
    assert (cells(decision), draft.previous_id, draft.organisation) == (before, decision.pk, world.department)
    assert {cell[1] for cell in cells(draft)} == areas - {"commune"} | {"ward"}
    assert not [cell for cell in cells(draft) if cell[2] == "commune"]
    assert AuditEntry.objects.filter(action="directives.hand_over").count() == 1


def test_heir_founded_by_a_merger_takes_the_places(world: World, officer: Any, decision: Any) -> None:
    make_duty(world.commune)
    expected = [
        (code, "Trạm Y tế xã An Bình" if unit == "commune" else unit, part)
        for code, unit, part in named(decision, "commune")
    ]
    reorganised(world, officer, SuccessionKind.MERGE, units=[world.commune, world.organisation("ward")])
    draft = new_draft()
    assert [cell for cell in named(draft, "Trạm Y tế xã An Bình") if cell in expected] == sorted(expected)
    assert (named(draft, "commune"), named(draft, "ward")) == ([], [])
    assert list(rows(Duty).values_list("organisation__name", "state")) == [("Trạm Y tế xã An Bình", "open")]


def test_new_unit_of_a_split_has_its_origins_division(world: World, officer: Any, decision: Any) -> None:
    leaver = make_worker(world.commune, "Người sang đơn vị mới")
    expected = [
        (code, "Trạm Y tế xã An Bình" if unit == "commune" else unit, part)
        for code, unit, part in named(decision, "commune")
    ]
    reorganised(world, officer, SuccessionKind.SPLIT, units=[world.commune], people=[leaver.public_id])
    draft = new_draft()
    assert named(draft, "commune") == named(decision, "commune")
    assert named(draft, "Trạm Y tế xã An Bình") == sorted(expected)


def test_renamed_unit_needs_no_new_division(world: World, officer: Any, decision: Any) -> None:
    reorganised(world, officer, SuccessionKind.RENAME, units=[world.commune])
    assert not rows(ResponsibilityDecision).filter(state="draft").exists()


def test_draft_goes_when_the_reorganisation_is_taken_back(world: World, officer: Any, decision: Any) -> None:
    before = cells(decision)
    row = reorganised(world, officer, SuccessionKind.MERGE, units=[world.commune, world.organisation("ward")])
    undo_reorganisation(reorganisation=row, reason="nhập nhầm", by=officer)
    assert list(rows(ResponsibilityDecision)) == [decision]
    assert cells(decision) == before


def test_undo_is_refused_once_somebody_changed_the_draft(world: World, officer: Any, decision: Any) -> None:
    row = reorganised(world, officer, SuccessionKind.MERGE, units=[world.commune, world.organisation("ward")])
    draft = new_draft()
    cell = draft.responsibilities.unscoped(succeeding.WhyUnscoped.SETUP).first()
    cell.delete()
    with pytest.raises(Refused) as caught:
        undo_reorganisation(reorganisation=row, reason="nhập nhầm", by=officer)
    assert caught.value.problems[0].code.startswith("registry.")


def test_hand_over_is_for_who_reorganises(world: World, officer: Any, decision: Any) -> None:
    row = reorganised(world, officer, SuccessionKind.MERGE, units=[world.commune], heir=world.organisation("ward"))
    with pytest.raises(NotAllowed):
        succeeding.hand_over(reorganisation=row, by=world.user(Role.COMMUNE_COMMITTEE))


def test_twin_without_the_follower_leaves_the_old_unit_in_force(
    world: World, officer: Any, decision: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lientuc.trail import following

    monkeypatch.setitem(following._followers, "registry.carry_out_reorganisation", [])
    reorganised(world, officer, SuccessionKind.MERGE, units=[world.commune, world.organisation("ward")])
    assert not rows(ResponsibilityDecision).filter(state="draft").exists()
    assert Organisation.objects.unscoped(succeeding.WhyUnscoped.SETUP).get(pk=world.commune.pk).to_on is not None
