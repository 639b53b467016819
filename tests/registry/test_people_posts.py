"""Where people work: one responsible unit, moves, departures and returns, and who may still see the record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Refused
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.actions import (
    answer_for_training,
    correct_leave,
    end_post,
    link_account,
    merge_workers,
    open_post,
    record_departure,
    record_leave,
    register_worker,
    reopen_post,
    return_worker,
    strike_leave,
    transfer_worker,
    undo_departure,
    unlink_account,
)
from lientuc.registry.enums import EndReason, LeaveBasis, PostKind, Title
from lientuc.registry.models import HealthWorker, Leave, Licence, Post
from lientuc.registry.queries import facts_of_many
from lientuc.registry.queries.timeline import deeds_about, timeline
from lientuc.registry.rules import LeaveDraft, PostDraft, WorkerDraft
from tests.factories.registry import make_leave, make_licence, make_post, make_worker
from tests.world import World

DAY = date(2026, 7, 1)
LAST = DAY - timedelta(days=1)
POST = PostDraft(PostKind.PERMANENT, from_on=DAY)
VIEW = "registry.view_workers"


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with clock_at(DAY):
        yield


def fresh(worker: HealthWorker) -> HealthWorker:
    return HealthWorker.objects.unscoped(WhyUnscoped.SETUP).select_related("keeper").get(pk=worker.pk)


def posts(worker: HealthWorker) -> list[tuple[str, date | None, str, bool]]:
    rows = Post.objects.unscoped(WhyUnscoped.SETUP).filter(worker=worker).select_related("organisation").order_by("pk")
    return [(row.organisation.code, row.to_on, row.end_reason, row.responsible_for_training) for row in rows]


def first_post(worker: HealthWorker) -> Post:
    rows = Post.objects.unscoped(WhyUnscoped.SETUP).select_related("organisation", "worker__keeper")
    return rows.filter(worker=worker).order_by("pk")[0]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def seen_by(world: World, role: Role) -> set[HealthWorker]:
    return set(HealthWorker.objects.visible_to(world.user(role), VIEW))


def test_only_post_answers_for_training_whatever_was_ticked(world: World) -> None:
    worker = make_worker(world.station, post=False)
    draft = PostDraft(PostKind.COLLABORATOR, responsible_for_training=False, from_on=DAY)
    open_post(worker=worker, organisation=world.station, draft=draft, by=world.user(Role.STATION))
    assert posts(worker) == [("station", None, "", True)]


def test_secondment_and_second_job_stand_beside_the_responsible_post(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    worker = make_worker(world.station)
    for unit, kind in ((world.hospital, PostKind.SECONDED), (world.organisation("private"), PostKind.OUTSIDE_HOURS)):
        draft = PostDraft(kind, responsible_for_training=False, from_on=DAY)
        open_post(worker=worker, organisation=unit, draft=draft, by=by)
    assert [(code, answers) for code, _, _, answers in posts(worker)] == [
        ("station", True),
        ("hospital", False),
        ("private", False),
    ]
    assert fresh(worker).keeper == world.station


def test_training_passes_to_the_unit_that_is_named(world: World) -> None:
    worker = make_worker(world.station)
    other = make_post(worker, world.hospital, responsible_for_training=False)
    with pytest.raises(NotAllowed):
        answer_for_training(post=other, by=world.user(Role.TRAINING_OFFICE))
    answer_for_training(post=other, by=world.user(Role.HEALTH_DEPARTMENT))
    assert [(code, answers) for code, _, _, answers in posts(worker)] == [("station", False), ("hospital", True)]
    assert fresh(worker).keeper == world.hospital


def test_transfer_ends_the_day_before_and_takes_training_along(world: World) -> None:
    worker = make_worker(world.station)
    with pytest.raises(NotAllowed):
        transfer_worker(post=first_post(worker), organisation=world.hospital, draft=POST, by=world.user(Role.STATION))
    by = world.user(Role.HEALTH_DEPARTMENT)
    transfer_worker(post=first_post(worker), organisation=world.hospital, draft=POST, by=by)
    assert posts(worker) == [("station", LAST, "moved", True), ("hospital", None, "", True)]
    assert fresh(worker).keeper == world.hospital


@pytest.mark.parametrize(
    ("from_on", "expected"),
    [
        (None, ["registry.transfer_day_missing"]),
        (date(2025, 7, 1), ["registry.end_before_start"]),
        (date(2025, 7, 2), []),
    ],
)
def test_transfer_needs_a_day_after_the_first(world: World, from_on: date | None, expected: list[str]) -> None:
    post = first_post(make_worker(world.station))
    draft = PostDraft(PostKind.PERMANENT, from_on=from_on)
    by = world.user(Role.HEALTH_DEPARTMENT)
    try:
        transfer_worker(post=post, organisation=world.hospital, draft=draft, by=by)
        found: list[str] = []
    except Refused as refused:
        found = [problem.code for problem in refused.problems]
    assert found == expected


@pytest.mark.parametrize(("day", "sees"), [(LAST, True), (DAY, False)])
def test_former_employer_no_longer_sees_the_record_after_the_last_day(world: World, day: date, sees: bool) -> None:
    worker = make_worker(world.station)
    transfer_worker(
        post=first_post(worker), organisation=world.hospital, draft=POST, by=world.user(Role.HEALTH_DEPARTMENT)
    )
    with clock_at(day):
        assert (worker in seen_by(world, Role.STATION)) is sees
        assert worker in seen_by(world, Role.TRAINING_OFFICE)


def test_twin_scope_by_any_post_would_still_show_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule of before, by every post ever held: this is what the test above catches."""
    from lientuc.places.scope import ScopedRow

    worker = make_worker(world.station)
    transfer_worker(
        post=first_post(worker), organisation=world.hospital, draft=POST, by=world.user(Role.HEALTH_DEPARTMENT)
    )
    monkeypatch.setattr(HealthWorker, "scope_condition", classmethod(ScopedRow.scope_condition.__func__))
    assert worker in seen_by(world, Role.STATION)


def test_last_keeper_goes_on_seeing_somebody_who_left_and_the_person_sees_all(world: World) -> None:
    worker = make_worker(world.station)
    link_account(worker=worker, user=world.user(Role.HEALTH_WORKER), by=world.user(Role.STATION))
    record_departure(worker=worker, on=LAST, reason=EndReason.RETIRED, by=world.user(Role.STATION))
    assert worker in seen_by(world, Role.STATION)
    assert seen_by(world, Role.HEALTH_WORKER) == {worker}
    unlink_account(worker=worker, reason="nhầm", by=world.user(Role.STATION))
    assert seen_by(world, Role.HEALTH_WORKER) == set()


def test_departure_ends_every_post_and_is_taken_back(world: World) -> None:
    by = world.user(Role.STATION)
    worker = make_worker(world.station)
    make_post(worker, world.hospital, responsible_for_training=False)
    record_departure(worker=worker, on=LAST, reason=EndReason.MOVED_ABROAD, by=by)
    assert posts(worker) == [("station", LAST, "moved_abroad", True), ("hospital", LAST, "moved_abroad", False)]
    assert (fresh(worker).left_on, fresh(worker).left_reason) == (LAST, "moved_abroad")
    with pytest.raises(Refused) as refused:
        record_departure(worker=fresh(worker), on=DAY, reason=EndReason.RETIRED, by=by)
    assert codes(refused) == ["registry.left_already"]
    with pytest.raises(Refused):
        undo_departure(worker=fresh(worker), reason=" ", by=by)
    undo_departure(worker=fresh(worker), reason="nhầm người", by=by)
    assert posts(worker) == [("station", None, "", True), ("hospital", None, "", False)]
    assert fresh(worker).left_on is None
    with pytest.raises(Refused) as refused:
        undo_departure(worker=fresh(worker), reason="nhầm", by=by)
    assert codes(refused) == ["registry.not_left"]


@pytest.mark.parametrize(
    ("reason", "on", "expected"),
    [
        (EndReason.DIED, DAY, []),
        (EndReason.DIED, DAY + timedelta(days=1), ["registry.death_later"]),
        (EndReason.RETIRED, DAY + timedelta(days=1), []),
        (EndReason.RESIGNED, DAY, ["registry.departure_reason"]),
    ],
)
def test_departure_asks_for_a_reason_and_a_possible_day(
    world: World, reason: EndReason, on: date, expected: list[str]
) -> None:
    worker = make_worker(world.station)
    try:
        record_departure(worker=worker, on=on, reason=reason, by=world.user(Role.STATION))
        found: list[str] = []
    except Refused as refused:
        found = [problem.code for problem in refused.problems]
    assert found == expected


def test_return_restores_the_same_record_and_the_dead_do_not_come_back(world: World) -> None:
    by = world.user(Role.STATION)
    back, gone = make_worker(world.station), make_worker(world.station)
    make_licence(back, "9/BYT-GPHN")
    with pytest.raises(Refused) as refused:
        return_worker(worker=back, organisation=world.station, draft=POST, by=by)
    assert codes(refused) == ["registry.not_left"]
    record_departure(worker=back, on=LAST, reason=EndReason.RETIRED, by=by)
    record_departure(worker=gone, on=LAST, reason=EndReason.DIED, by=by)
    early = PostDraft(PostKind.CONTRACT, from_on=LAST)
    with pytest.raises(Refused) as refused:
        return_worker(worker=fresh(back), organisation=world.station, draft=early, by=by)
    assert codes(refused) == ["registry.return_before_leaving"]
    return_worker(worker=fresh(back), organisation=world.station, draft=POST, by=by)
    assert posts(back) == [("station", LAST, "retired", True), ("station", None, "", True)]
    assert (fresh(back).left_on, Licence.objects.unscoped(WhyUnscoped.SETUP).get().worker) == (None, back)
    with pytest.raises(Refused) as refused:
        return_worker(worker=fresh(gone), organisation=world.station, draft=POST, by=by)
    assert codes(refused) == ["registry.person_died"]


def test_end_of_a_post_is_taken_back_unless_another_is_open_there(world: World) -> None:
    by = world.user(Role.STATION)
    worker = make_worker(world.station)
    end_post(post=first_post(worker), on=LAST, reason=EndReason.RESIGNED, by=by)
    reopen_post(post=first_post(worker), reason="nhầm", by=by)
    assert (posts(worker), fresh(worker).left_on) == ([("station", None, "", True)], None)
    with pytest.raises(Refused) as refused:
        reopen_post(post=first_post(worker), reason="nhầm", by=by)
    assert codes(refused) == ["registry.post_not_ended"]
    end_post(post=first_post(worker), on=LAST, reason=EndReason.RESIGNED, by=by)
    open_post(worker=fresh(worker), organisation=world.station, draft=POST, by=by)
    with pytest.raises(Refused) as refused:
        reopen_post(post=first_post(worker), reason="nhầm", by=by)
    assert codes(refused) == ["registry.post_open_here"]


def test_post_written_to_a_merged_record_is_the_persons(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    main, other = make_worker(world.station), make_worker(world.station, post=False)
    merge_workers(duplicate=other, canonical=main, reason="x", by=by)
    draft = PostDraft(PostKind.SECONDED, responsible_for_training=False, from_on=DAY)
    open_post(worker=other, organisation=world.hospital, draft=draft, by=by)
    assert [code for code, *_ in posts(main)] == ["station", "hospital"]


def test_several_leaves_exempt_and_a_struck_one_does_not(world: World) -> None:
    by = world.user(Role.STATION)
    worker = make_worker(world.station)
    first = record_leave(
        worker=worker, draft=LeaveDraft(LeaveBasis.LONG_STUDY, date(2025, 1, 1), date(2025, 6, 30)), by=by
    )
    wrong = LeaveDraft(LeaveBasis.LONG_STUDY, date(2026, 1, 1), date(2026, 3, 31), "3/QĐ")
    record_leave(worker=worker, draft=wrong, by=by)
    correct_leave(leave=first, draft=LeaveDraft(LeaveBasis.LONG_STUDY, date(2025, 1, 1), date(2025, 5, 31)), by=by)
    with pytest.raises(Refused) as refused:
        correct_leave(leave=first, draft=LeaveDraft(LeaveBasis.OTHER, date(2026, 1, 1), date(2026, 1, 2)), by=by)
    assert codes(refused) == ["registry.leave_overlaps"]
    strike_leave(worker=worker, was=wrong, reason="không nghỉ", by=by)
    with pytest.raises(Refused) as refused:
        strike_leave(worker=worker, was=wrong, reason="không nghỉ", by=by)
    assert codes(refused) == ["registry.no_such_leave"]
    exempt = facts_of_many([worker], DAY)[worker.pk][1]
    assert [(one.from_on, one.to_on) for one in exempt] == [(date(2025, 1, 1), date(2025, 5, 31))]


def test_timeline_tells_the_latest_first_and_who_wrote_it(world: World) -> None:
    by = world.user(Role.STATION)
    worker = register_worker(
        draft=WorkerDraft("Lê Văn Bình", Title.DOCTOR),
        organisation=world.station,
        by=by,
        post=PostDraft(PostKind.CONTRACT),
    )
    licence, leave = make_licence(worker, "9/BYT-GPHN"), make_leave(worker)
    record_departure(worker=worker, on=LAST, reason=EndReason.RETIRED, by=by)
    worker = fresh(worker)
    events = timeline(worker, [first_post(worker)], [licence], [leave])
    assert [str(event.what) for event in events] == [
        "post_ended",
        "left",
        "leave_ended",
        "leave_began",
        "licence_issued",
        "post_began",
    ]
    assert [deed.by for deed in deeds_about(worker, [licence])] == [by.full_name] * 2


@pytest.fixture
def department(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    return client


def at(name: str, row: Any) -> str:
    return reverse(f"registry:{name}", args=[row.public_id])


def test_person_is_moved_gone_back_and_linked_by_the_forms(world: World, department: Client) -> None:
    worker = make_worker(world.station)
    licence, leave = make_licence(worker), make_leave(worker)
    for name, row in (
        ("transfer", first_post(worker)),
        ("depart", worker),
        ("link_account", worker),
        ("withdraw_licence", licence),
        ("correct_leave", leave),
        ("strike_leave", leave),
    ):
        assert department.get(at(name, row)).status_code == 200
    department.post(at("withdraw_licence", licence), {"on": "2026-06-01", "reason": "1/QĐ"})
    department.post(at("strike_leave", leave), {"reason": "nhầm"})
    department.post(at("link_account", worker), {"username": "health_worker"})
    assert "Không có tài khoản" in department.post(at("link_account", worker), {"username": "?"}).content.decode()
    sent = {
        "organisation": str(world.hospital.public_id),
        "post_kind": "permanent",
        "share": "100",
        "from_on": "2026-07-01",
    }
    department.post(at("transfer", first_post(worker)), sent)
    department.post(at("depart", worker), {"reason": "retired", "on": "2026-07-01"})
    assert department.get(at("worker", worker)).content.decode().count("nghỉ hưu") >= 2
    department.post(at("undo_departure", worker), {"reason": "nhầm"})
    department.post(at("depart", worker), {"reason": "retired", "on": "2026-07-01"})
    department.post(at("come_back", worker), {**sent, "from_on": "2026-08-01"})
    assert posts(worker) == [
        ("station", LAST, "moved", True),
        ("hospital", DAY, "retired", True),
        ("hospital", None, "", True),
    ]
    row = fresh(worker)
    licence.refresh_from_db()
    assert (row.user, licence.withdrawn_on, Leave.objects.unscoped(WhyUnscoped.SETUP).count()) == (
        world.user(Role.HEALTH_WORKER),
        date(2026, 6, 1),
        0,
    )
    department.post(at("unlink_account", worker), {"reason": "nhầm"})
    assert fresh(worker).user is None


def test_person_without_employer_is_registered_by_its_form(world: World, client: Client) -> None:
    client.force_login(world.user(Role.STATION))
    assert client.get(reverse("registry:register_free")).status_code == 200
    sent = {"full_name": "Lò Văn Tự", "title": "doctor", "organisation": str(world.station.public_id)}
    assert client.post(reverse("registry:register_free"), sent).status_code == 302
    row = HealthWorker.objects.unscoped(WhyUnscoped.SETUP).get()
    assert (row.full_name, row.keeper, posts(row)) == ("Lò Văn Tự", world.station, [])


def test_roll_to_sign_is_a_pdf_of_the_list(world: World, client: Client) -> None:
    make_worker(world.station, title=Title.VILLAGE_HEALTH_WORKER)
    client.force_login(world.user(Role.STATION))
    answer = client.get(reverse("registry:roll"), {"title": "village_health_worker"})
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def test_pair_is_compared_merged_and_separated_by_the_pages(world: World, client: Client) -> None:
    client.force_login(world.user(Role.STATION))
    main = make_worker(world.station, "Trần Thị An", phone="0912345678", national_number=None)
    other = make_worker(world.station, "Trần Thị An", phone="0987654321", national_number=None)
    assert client.post(reverse("registry:search_duplicates")).status_code == 302
    from lientuc.trail.jobs import run_next

    done = run_next()
    assert done is not None and done.result == {"pairs": 1}
    from lientuc.registry.models import DuplicatePair

    pair = DuplicatePair.objects.unscoped(WhyUnscoped.SETUP).get()
    assert "So sánh" in client.get(reverse("registry:duplicates")).content.decode()
    shown = client.get(at("pair", pair)).content.decode()
    assert "0912345678" in shown and "0987654321" in shown
    client.post(at("pair", pair), {"main": str(main.public_id), "phone": "other", "reason": " "})
    assert fresh(other).canonical is None
    client.post(at("tell_apart", pair), {"reason": "chị em"})
    client.post(at("look_again", pair))
    client.post(at("pair", pair), {"main": str(main.public_id), "phone": "other", "reason": "một người"})
    assert (fresh(other).canonical, fresh(main).phone) == (main, "0987654321")
    assert "Tách lại" in client.get(at("worker", main)).content.decode()
    client.post(at("unmerge", other), {"reason": "hai người"})
    assert (fresh(other).canonical, fresh(main).phone) == (None, "0912345678")
