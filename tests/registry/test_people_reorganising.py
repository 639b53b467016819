"""Units merged, split, renamed: everything open follows, history stays, and the way back while nothing depends on it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.accounts.models import Grant
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Refused
from lientuc.places.enums import SuccessionKind
from lientuc.places.models import FormerName, Organisation, OrganisationLine, OrganisationSuccession
from lientuc.places.scope import WhyUnscoped
from lientuc.places.succession import name_on, passings
from lientuc.registry.models import (
    HealthWorker,
    Post,
    ProviderAuthority,
    Reorganisation,
    ReorganisationMove,
)
from lientuc.registry.reorganising import queries
from lientuc.registry.reorganising.actions import (
    carry_out_reorganisation,
    drop_reorganisation,
    prepare_reorganisation,
    undo_reorganisation,
)
from lientuc.registry.reorganising.rules import ReorganisationDraft, UnitFacts, reorganisation_problems
from lientuc.trail.models import AuditEntry
from tests.factories.credits import make_entry
from tests.factories.delivery import make_finished_run, make_run
from tests.factories.registry import make_post, make_provider, make_reorganisation, make_unit_technique, make_worker
from tests.world import World

DAY = date(2026, 7, 1)
BEFORE = DAY - timedelta(days=1)
MERGE = ReorganisationDraft(SuccessionKind.MERGE, DAY, "12/NQ-HĐND", "Trạm Y tế xã An Bình")


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with clock_at(DAY):
        yield


def department(world: World) -> Any:
    return world.user(Role.HEALTH_DEPARTMENT)


def unit(row: Organisation) -> Organisation:
    return Organisation.objects.unscoped(WhyUnscoped.SETUP).get(pk=row.pk)


def posts(worker: HealthWorker) -> list[tuple[str, date | None, date | None, str, bool]]:
    rows = Post.objects.unscoped(WhyUnscoped.SETUP).filter(worker=worker).select_related("organisation")
    return [
        (row.organisation.name, row.from_on, row.to_on, row.end_reason, row.responsible_for_training)
        for row in rows.order_by("pk")
    ]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def state_of(world: World) -> list[Any]:
    """Every row a reorganisation may touch, as plain values."""
    tables = [passing.model for passing in passings()] + [OrganisationLine, OrganisationSuccession, FormerName]
    tables += [ProviderAuthority, Post, HealthWorker]
    return [
        sorted(tuple(str(value) for value in row) for row in model._base_manager.values_list())
        for model in dict.fromkeys(tables)
    ]


def merged(world: World, draft: ReorganisationDraft = MERGE, heir: Organisation | None = None, **more: Any) -> Any:
    row = prepare_reorganisation(draft=draft, units=[world.station, world.station_b], heir=heir, by=department(world))
    return carry_out_reorganisation(reorganisation=row, by=department(world), **more)


def test_merger_founds_the_heir_and_brings_people_roles_and_units_below(world: World) -> None:
    an, binh = make_worker(world.station, "An"), make_worker(world.station_b, "Bình")
    row = merged(world)
    heir = row.heir
    assert (heir.name, heir.kind, heir.commune_code, heir.from_on) == ("Trạm Y tế xã An Bình", "station", "M1001", DAY)
    assert posts(an) == [
        ("Trạm Y tế xã An", date(2025, 7, 1), BEFORE, "reorganised", True),
        ("Trạm Y tế xã An Bình", DAY, None, "", True),
    ]
    assert HealthWorker.objects.unscoped(WhyUnscoped.SETUP).get(pk=binh.pk).keeper == heir
    assert (unit(world.station).to_on, unit(world.station_b).to_on) == (BEFORE, BEFORE)
    point = unit(world.organisation("point"))
    assert point.employer_path.startswith(heir.employer_path)
    assert point.professional_path.startswith(heir.professional_path)
    assert heir.professional_path.startswith(world.department.professional_path)
    held = Grant.objects.unscoped(WhyUnscoped.SETUP).filter(user=world.user(Role.STATION), to_on__isnull=True)
    assert [grant.organisation for grant in held] == [heir]
    seen = HealthWorker.objects.visible_to(world.user(Role.STATION), "registry.view_workers")
    assert set(seen) == {an, binh}
    successions = OrganisationSuccession.objects.values_list("predecessor__code", "successor", "kind", "on_date")
    assert sorted(successions) == [("station", heir.pk, "merge", DAY), ("station_b", heir.pk, "merge", DAY)]
    actions = AuditEntry.objects.values_list("action", flat=True)
    assert list(actions.order_by("pk"))[-1] == "registry.carry_out_reorganisation"


def test_open_classes_pass_and_history_keeps_the_unit_of_its_day(world: World) -> None:
    worker = make_worker(world.station)
    entry = make_entry(world.station, worker=worker)
    open_run, finished = make_run(world.station, "Mở"), make_finished_run(world.station, "Xong")
    row = merged(world)
    open_run.refresh_from_db()
    finished.refresh_from_db()
    entry.refresh_from_db()
    assert (open_run.organisation_id, finished.organisation_id, entry.organisation_id) == (
        row.heir_id,
        world.station.pk,
        world.station.pk,
    )


def test_merger_into_an_existing_unit_leaves_what_it_has_already(world: World) -> None:
    both = make_worker(world.station, "Hai nơi")
    make_post(both, world.station_b, responsible_for_training=False)
    technique = make_unit_technique(world.station)
    make_unit_technique(world.station_b, technique.technique)
    draft = ReorganisationDraft(SuccessionKind.MERGE, DAY, "12/NQ-HĐND")
    row = prepare_reorganisation(draft=draft, units=[world.station], heir=world.station_b, by=department(world))
    preview = {moving.name.en: (moving.count, moving.staying) for moving in queries.preview(row, queries.parts_of(row))}
    assert preview["posts"] == (0, 1)
    assert preview["techniques stated"] == (0, 1)
    assert preview["units below"] == (1, 0)
    carry_out_reorganisation(reorganisation=row, by=department(world))
    assert [(name, to_on, answers) for name, _, to_on, _, answers in posts(both)] == [
        ("Trạm Y tế xã An", BEFORE, True),
        ("Trạm Y tế xã Bình", None, True),
    ]


def test_provider_code_goes_on_only_by_a_decision(world: World) -> None:
    make_provider(world.station, code="C")
    row = merged(world)
    rows = ProviderAuthority.objects.unscoped(WhyUnscoped.SETUP)
    assert [(one.to_on, one.provider.organisation) for one in rows] == [(BEFORE, world.station)]
    undo_reorganisation(reorganisation=row, reason="nhầm", by=department(world))
    draft = ReorganisationDraft(SuccessionKind.MERGE, DAY, "13/NQ-HĐND", "Trạm Y tế An Bình mới")
    again = merged(world, draft, authority_decision="99/QĐ-BYT")
    held = rows.filter(to_on__isnull=True).get()
    assert (held.decision, held.from_on, held.provider.organisation) == ("99/QĐ-BYT", DAY, again.heir)


def test_merger_is_taken_back_to_the_letter(world: World) -> None:
    make_worker(world.station, "An")
    make_post(make_worker(world.station_b, "Bình"), world.hospital, responsible_for_training=False)
    make_run(world.station)
    make_provider(world.station_b, code="C")
    make_unit_technique(world.station)
    before = state_of(world)
    paths = sorted(Organisation.objects.unscoped(WhyUnscoped.SETUP).values_list("code", "employer_path", "to_on"))
    row = merged(world, authority_decision="99/QĐ-BYT")
    assert state_of(world) != before
    undo_reorganisation(reorganisation=row, reason="quyết định bị hủy", by=department(world))
    assert state_of(world) == before
    kept = Organisation.objects.unscoped(WhyUnscoped.SETUP).exclude(pk=row.heir_id)
    assert sorted(kept.values_list("code", "employer_path", "to_on")) == paths
    assert unit(row.heir).to_on == DAY
    row.refresh_from_db()
    assert (row.state, row.undo_reason) == ("undone", "quyết định bị hủy")


def test_merger_with_new_work_at_the_heir_is_not_taken_back(world: World) -> None:
    make_worker(world.station)
    row = merged(world)
    make_worker(row.heir, "Người mới")
    with pytest.raises(Refused) as refused:
        undo_reorganisation(reorganisation=row, reason="nhầm", by=department(world))
    assert codes(refused) == ["registry.reorganisation_used"]


def test_merger_whose_rows_changed_is_not_taken_back(world: World) -> None:
    worker = make_worker(world.station)
    row = merged(world)
    Post.objects.unscoped(WhyUnscoped.SETUP).filter(worker=worker, to_on__isnull=True).delete()
    with pytest.raises(Refused) as refused:
        undo_reorganisation(reorganisation=row, reason="nhầm", by=department(world))
    assert codes(refused) == ["registry.reorganisation_changed"]


def test_split_takes_the_chosen_people_and_nothing_else(world: World) -> None:
    goes, stays = make_worker(world.hospital, "Đi"), make_worker(world.hospital, "Ở")
    draft = ReorganisationDraft(SuccessionKind.SPLIT, DAY, "5/QĐ-UBND", "Bệnh viện Sản Một")
    row = prepare_reorganisation(draft=draft, units=[world.hospital], by=department(world))
    with pytest.raises(Refused) as refused:
        carry_out_reorganisation(reorganisation=row, by=department(world))
    assert codes(refused) == ["registry.nobody_chosen"]
    done = carry_out_reorganisation(reorganisation=row, people=[goes.public_id], by=department(world))
    assert [name for name, *_ in posts(goes)] == ["Bệnh viện Đa khoa Một", "Bệnh viện Sản Một"]
    assert [(name, to_on) for name, _, to_on, *_ in posts(stays)] == [("Bệnh viện Đa khoa Một", None)]
    assert unit(world.hospital).to_on is None
    assert unit(world.organisation("ward")).employer_path.startswith(unit(world.hospital).employer_path)
    undo_reorganisation(reorganisation=done, reason="nhầm", by=department(world))
    assert [(name, to_on) for name, _, to_on, *_ in posts(goes)] == [("Bệnh viện Đa khoa Một", None)]


@pytest.mark.parametrize(
    ("day", "name"),
    [(BEFORE, "Trạm Y tế xã An"), (DAY, "Trạm Y tế xã An Mới"), (DAY + timedelta(days=1), "Trạm Y tế xã An Mới")],
)
def test_renamed_unit_is_called_by_the_name_of_the_day(world: World, day: date, name: str) -> None:
    row = make_reorganisation(world.station, "Trạm Y tế xã An Mới")
    carry_out_reorganisation(reorganisation=row, by=department(world))
    assert name_on(unit(world.station), day) == name
    undo_reorganisation(reorganisation=row, reason="nhầm", by=department(world))
    assert name_on(unit(world.station), day) == "Trạm Y tế xã An"


def test_nothing_is_carried_out_before_its_day_or_twice(world: World) -> None:
    row = make_reorganisation(world.station, "Tên mới")
    with clock_at(BEFORE), pytest.raises(Refused) as refused:
        carry_out_reorganisation(reorganisation=row, by=department(world))
    assert codes(refused) == ["registry.reorganisation_not_yet"]
    carry_out_reorganisation(reorganisation=row, by=department(world))
    for write in (carry_out_reorganisation, drop_reorganisation):
        with pytest.raises(Refused) as refused:
            write(reorganisation=row, by=department(world))
        assert codes(refused) == ["registry.reorganisation_state"]


def test_units_of_others_are_not_reorganised(world: World) -> None:
    for units in ([world.organisation("station2")], [world.station, world.organisation("station2")]):
        with pytest.raises(NotAllowed):
            prepare_reorganisation(draft=MERGE, units=units, by=department(world))
    with pytest.raises(NotAllowed):
        prepare_reorganisation(draft=MERGE, units=[world.station], by=world.user(Role.STATION))


def test_half_a_reorganisation_is_never_left(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error at the last step leaves every row as it was."""
    from lientuc.registry.reorganising import actions as module

    make_worker(world.station)
    row = prepare_reorganisation(draft=MERGE, units=[world.station], by=department(world))
    before = state_of(world)

    def broken() -> int:
        raise RuntimeError("cut")

    monkeypatch.setattr(module, "rebuild_paths", broken)
    with pytest.raises(RuntimeError):
        carry_out_reorganisation(reorganisation=row, by=department(world))
    assert (state_of(world), ReorganisationMove._base_manager.count()) == (before, 0)


def facts(key: int, **fields: Any) -> UnitFacts:
    return UnitFacts(**{"key": key, "name": f"Đơn vị {key}", "from_on": date(2025, 7, 1), "ended": False,
                        "paths": (f"/{key}/", f"/{key}/"), **fields})  # fmt: skip


@pytest.mark.parametrize(
    ("draft", "units", "heir", "expected"),
    [
        (MERGE, [facts(1), facts(2)], None, []),
        (MERGE, [], None, ["registry.units_missing"]),
        (MERGE, [facts(1)], facts(1), ["registry.heir_among_units"]),
        (MERGE, [facts(1)], facts(2, paths=("/1/2/", "/2/")), ["registry.heir_below"]),
        (MERGE, [facts(1)], facts(2, ended=True), ["registry.unit_ended"]),
        (MERGE, [facts(1, from_on=BEFORE)], facts(2), []),
        (MERGE, [facts(1, from_on=DAY)], facts(2), ["registry.reorganised_too_early"]),
        (MERGE, [facts(1, from_on=DAY + timedelta(days=1))], facts(2), ["registry.reorganised_too_early"]),
        (ReorganisationDraft(SuccessionKind.SPLIT, DAY, "1", "B"), [facts(1), facts(2)], None, ["registry.one_unit_only"]),
        (ReorganisationDraft(SuccessionKind.RENAME, DAY, "1", " Đơn vị  1"), [facts(1)], None, ["registry.same_name"]),
        (ReorganisationDraft(SuccessionKind.MERGE, DAY, " "), [facts(1)], None,
         ["registry.decision_missing", "places.name_missing"]),
    ],
)  # fmt: skip
def test_reorganisation_problems(
    draft: ReorganisationDraft, units: list[UnitFacts], heir: UnitFacts | None, expected: list[str]
) -> None:
    assert [problem.code for problem in reorganisation_problems(draft, units, heir)] == expected


def test_every_passing_names_open_work_of_a_real_table(world: World) -> None:
    """A room whose table or column is renamed fails here, not on the day of a merger."""
    for passing in passings():
        assert passing.rows(world.station).count() >= 0
        assert passing.staying(world.station, world.station_b) == []
        assert passing.model._meta.get_field(passing.column).related_model is Organisation
        assert passing.model.mutable


def test_wizard_from_form_to_way_back(world: World, client: Client) -> None:
    worker = make_worker(world.station)
    client.force_login(department(world))
    sent = {
        "kind": "merge",
        "units": [str(world.station.public_id)],
        "heir": str(world.station_b.public_id),
        "on": "2026-07-01",
        "decision": "12/NQ-HĐND",
    }
    assert client.get(reverse("registry:reorganise")).status_code == 200
    answer = client.post(reverse("registry:reorganise"), sent)
    row = Reorganisation.objects.unscoped(WhyUnscoped.SETUP).get()
    assert answer.headers["Location"] == reverse("registry:reorganisation", args=[row.public_id])
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "vị trí công tác" in shown
    assert "đơn vị cấp dưới" in shown
    assert client.post(reverse("registry:carry_out", args=[row.public_id])).status_code == 302
    assert [name for name, *_ in posts(worker)] == ["Trạm Y tế xã An", "Trạm Y tế xã Bình"]
    assert (
        "đơn vị tiếp nhận"
        in client.get(reverse("registry:organisation", args=[world.station.public_id])).content.decode()
    )
    undo = reverse("registry:undo_reorganisation", args=[row.public_id])
    client.post(undo, {"reason": " "})
    assert len(posts(worker)) == 2
    client.post(undo, {"reason": "nhầm"})
    assert [(name, to_on) for name, _, to_on, *_ in posts(worker)] == [("Trạm Y tế xã An", None)]


def test_wizard_splits_by_ticked_people_and_drops(world: World, client: Client) -> None:
    goes = make_worker(world.hospital, "Đi")
    client.force_login(department(world))
    draft = ReorganisationDraft(SuccessionKind.SPLIT, DAY, "5/QĐ-UBND", "Bệnh viện Sản Một")
    row = prepare_reorganisation(draft=draft, units=[world.hospital], by=department(world))
    shown = client.get(reverse("registry:reorganisation", args=[row.public_id])).content.decode()
    assert str(goes.public_id) in shown
    client.post(reverse("registry:carry_out", args=[row.public_id]), {"people": [str(goes.public_id), "?"]})
    assert len(posts(goes)) == 2
    other = make_reorganisation(world.station, "Tên khác")
    client.post(reverse("registry:drop_reorganisation", args=[other.public_id]))
    other.refresh_from_db()
    assert other.state == "dropped"
    assert "đã thực hiện" in client.get(reverse("registry:reorganisations")).content.decode()


def test_unit_is_renamed_and_moved_by_its_forms(world: World, client: Client) -> None:
    client.force_login(department(world))
    name = reverse("registry:rename", args=[world.station.public_id])
    assert client.get(name).status_code == 200
    client.post(name, {"name": "Trạm Mới", "on": "2026-07-01"})
    assert unit(world.station).name == "Trạm Mới"
    move = reverse("registry:move", args=[world.station.public_id])
    assert client.get(move).status_code == 200
    client.post(move, {"line": "professional", "parent": str(world.hospital.public_id), "on": "2026-07-01"})
    assert unit(world.station).professional_path.startswith(world.hospital.professional_path)


def test_areas_are_classed_by_the_nation_only(world: World, client: Client) -> None:
    sent = {
        "codes": "M1001\nM1002",
        "kind": "difficulty",
        "value": "III",
        "from_on": "2026-01-01",
        "source": "1/QĐ-TTg",
    }
    client.force_login(department(world))
    assert client.post(reverse("registry:areas"), sent).status_code == 403
    client.force_login(world.user(Role.MINISTRY))
    assert client.post(reverse("registry:areas"), sent).status_code == 302
    assert client.get(reverse("registry:areas")).content.decode().count("1/QĐ-TTg") == 2
