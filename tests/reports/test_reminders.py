"""Reminders: the right step on the right day, once; nobody who left; one digest an office and week; mail at most once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.accounts.system import SYSTEM
from lientuc.core.clock import clock_at
from lientuc.credits.models import StandingRow
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker, Post
from lientuc.reports.notices import sentence_of
from lientuc.reports.reminders.actions import remind
from lientuc.reports.reminders.rules import OVERDUE, once_key, step_on, week_of
from lientuc.trail.jobs import run_next
from lientuc.trail.models import Notice, NoticeMail
from tests.factories.credits import make_standing
from tests.factories.registry import make_worker
from tests.world import World

ALL = WhyUnscoped.SETUP
END = date(2026, 12, 31)
STEPS = (90, 60, 30, 7)


@pytest.mark.parametrize(
    ("left", "step"),
    [(91, None), (90, 90), (89, 90), (61, 90), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, OVERDUE)],
)
def test_step_follows_the_days_left(left: int, step: int | None) -> None:
    assert step_on(END, END - timedelta(days=left), STEPS) == step


def test_week_runs_from_monday() -> None:
    days = (date(2026, 12, 27), date(2026, 12, 28), date(2027, 1, 3), date(2027, 1, 4))
    assert [week_of(day) for day in days] == ["2026-W52", "2026-W53", "2026-W53", "2027-W01"]


@pytest.fixture
def worker(world: World) -> HealthWorker:
    """A nurse of the station without hours: due on 31 December."""
    with clock_at(date(2026, 10, 5)):
        return make_standing(
            world.station, worker=make_worker(world.station, user=world.user(Role.HEALTH_WORKER))
        ).worker


def on_day(day: date) -> dict[str, int]:
    with clock_at(day):
        return remind(on=day, by=SYSTEM)


def people() -> list[str]:
    return sorted(Notice.objects.filter(once_key__startswith="due:").values_list("once_key", flat=True))


def test_person_is_told_once_for_each_step(world: World, worker: HealthWorker) -> None:
    told = [on_day(END - timedelta(days=left))["people"] for left in (91, 90, 90, 75, 60, 30, 7, 0)]
    assert told == [0, 1, 0, 0, 1, 1, 1, 0]
    assert people() == sorted(once_key(str(worker.public_id), END, step) for step in STEPS)
    assert {notice.recipient for notice in Notice.objects.filter(once_key__startswith="due:")} == {
        str(world.user(Role.HEALTH_WORKER).public_id)
    }


def test_sentence_names_hours_and_deadline(world: World, worker: HealthWorker) -> None:
    on_day(END - timedelta(days=60))
    notice = Notice.objects.get(once_key__startswith="due:")
    assert sentence_of(notice) == "Trần Thị An: còn thiếu 120 tiết, hạn 31/12/2026."


@pytest.mark.parametrize("how", ["left", "merged", "posts_ended", "died"])
def test_who_left_is_never_told(world: World, worker: HealthWorker, how: str) -> None:
    if how in {"left", "died"}:
        worker.left_on, worker.left_reason = date(2026, 9, 1), "died" if how == "died" else "retired"
    if how == "merged":
        worker.canonical = make_worker(world.hospital)
    if how == "posts_ended":
        Post.objects.unscoped(ALL).filter(worker=worker).update(to_on=date(2026, 9, 1), end_reason="moved")
    worker.save()
    assert (on_day(END - timedelta(days=60)), people()) == ({"people": 0, "offices": 0}, [])


def test_person_who_has_the_hours_is_not_told(world: World, worker: HealthWorker) -> None:
    StandingRow.objects.unscoped(ALL).update(
        status="met", shortfall_quarters=0, yearly_floor_met=True, on_date=END - timedelta(days=60)
    )
    assert on_day(END - timedelta(days=60))["people"] == 0


def test_stale_standing_is_reckoned_before_anybody_is_told(world: World, worker: HealthWorker) -> None:
    day = END - timedelta(days=60)
    on_day(day)
    assert StandingRow.objects.unscoped(ALL).get(worker=worker).on_date == day


def test_office_gets_one_digest_a_week_with_everybody_below(world: World, worker: HealthWorker) -> None:
    monday = date(2026, 11, 2)
    assert [on_day(monday + timedelta(days=days))["offices"] for days in (0, 1, 6, 7)] == [2, 0, 0, 2]
    told = Notice.objects.filter(code="reports.digest", once_key__endswith="2026-W45").order_by("values__organisation")
    assert [(n.recipient, n.values["n"]) for n in told] == [
        (str(world.user(Role.HEALTH_DEPARTMENT).public_id), 1),
        (str(world.user(Role.STATION).public_id), 1),
    ]


def test_mail_goes_out_once_to_who_has_an_address(world: World, worker: HealthWorker, settings: Any) -> None:
    settings.SENDS_MAIL = True
    worker.email = "an@example.org"
    worker.save()
    with clock_at(date(2026, 10, 5)):
        make_standing(world.station, "Không Có Thư")
    on_day(END - timedelta(days=60))
    job = run_next()
    assert job is not None
    assert (job.state, job.result) == ("done", {"sent": 1})
    assert [(m.to, m.subject) for m in mail.outbox] == [(["an@example.org"], "Liên Tục: Trần Thị An, hạn 31/12/2026")]
    job.state = "queued"
    job.save()
    run_next()
    assert (len(mail.outbox), NoticeMail.objects.count()) == (1, 1)


def test_command_says_how_many_were_new(world: World, worker: HealthWorker, capsys: Any) -> None:
    for expected in ("1 people, 2 offices", "0 people, 0 offices"):
        call_command("remind", "--on", "2026-11-01")
        assert capsys.readouterr().out.strip() == expected


# --- the worklist ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three(
    world: World, client: Client, count: int, django_assert_num_queries: Any
) -> None:
    client.force_login(world.user(Role.STATION))
    with clock_at(date(2026, 11, 1)):
        for _ in range(count):
            make_standing(world.station)
        with django_assert_num_queries(6):
            page = client.get(reverse("reports:due")).content.decode()
    assert page.count("Đề nghị đồng chí Trần Thị An hoàn thành 120 tiết còn thiếu trước ngày 31/12/2026.") == count


def test_list_has_a_message_for_the_units_group_and_an_export(world: World, client: Client) -> None:
    client.force_login(world.user(Role.STATION))
    with clock_at(date(2026, 11, 1)):
        make_standing(world.station)
        page = client.get(reverse("reports:due"), {"unit": str(world.station.public_id)}).content.decode()
        export = client.get(reverse("reports:due_export"))
    assert "Trạm Y tế xã An: 1 người cần hoàn thành giờ học" in page
    assert export.content.startswith(b"PK")


def test_list_is_empty_far_from_the_deadline_and_in_both_languages(world: World, client: Client) -> None:
    client.force_login(world.user(Role.STATION))
    with clock_at(date(2026, 6, 15)):
        make_standing(world.station)
        vi = client.get(reverse("reports:due")).content.decode()
        client.cookies["ngon-ngu"] = "en"
        en = client.get(reverse("reports:due")).content.decode()
        more = client.get(reverse("reports:due"), {"within": "365"}).content.decode()
    assert "Không có ai sắp đến hạn" in vi and "Nobody is due soon" in en and "Trần Thị An" in more
