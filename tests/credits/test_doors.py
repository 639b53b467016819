"""Form, file, API and command line: the same draft, the same problems, the same row."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import Problem
from lientuc.credits import forms
from lientuc.credits.actions.intake import preview_entries, take_entries
from lientuc.credits.enums import EntrySource
from lientuc.credits.intake.preview import read_entries
from lientuc.credits.models import CreditEntry
from lientuc.credits.rules import EntryDraft
from lientuc.credits.views import entries as entry_views
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.trail.models import AuditEntry, ImportRow
from lientuc.web.say import sentence
from tests.factories.registry import make_worker
from tests.world import World

GOOD = {
    "activity_on": "05/03/2026",
    "form": "conference",
    "role": "delegate",
    "level": "",
    "units": "2",
    "decided_hours": "3.5",
    "basis": "QĐ 3/QĐ-BV",
    "title": "Hội nghị khoa học",
    "issuer": "Bệnh viện Đa khoa Một",
    "certificate_number": "12/2026/C.01",
}
BAD = GOOD | {
    "activity_on": "16/06/2026",
    "form": "council",
    "basis": "",
    "decided_hours": "3.6",
    "title": "",
    "units": "0",
}
DOORS = ["form", "excel", "api", "command"]


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock_at(date(2026, 6, 15)):
        yield


@pytest.fixture
def send(world: World, client: Client, tmp_path: Path) -> Callable[[str, HealthWorker, dict[str, str]], list[str]]:
    """Send values about a worker through a door as the station; the sentences or codes of what was refused, in order."""
    by = world.user(Role.STATION)
    client.force_login(by)

    def by_form(values: dict[str, str]) -> list[str]:
        response = client.post(reverse("credits:record"), values)
        return [] if response.status_code == 302 else sorted(_sentences(response.context["form"]))

    def by_excel(values: dict[str, str]) -> list[str]:
        book = Workbook()
        book.active.append(list(values))
        book.active.append(list(values.values()))
        target = io.BytesIO()
        book.save(target)
        batch = preview_entries(sent=read_entries(target.getvalue(), "a.xlsx"), by=by)
        (row,) = ImportRow.objects.filter(batch=batch)
        if row.state == "bad":
            return sorted(_said(Problem(p["code"], p["field"], p["values"])) for p in row.problems)
        take_entries(batch=batch, by=by)
        return []

    def by_api(values: dict[str, str]) -> list[str]:
        response = client.post("/api/v1/credit-entries", values, content_type="application/json")
        return [] if response.status_code == 201 else sorted(p["sentence"] for p in response.json()["problems"])

    def by_command(values: dict[str, str]) -> list[str]:
        path = tmp_path / "entries.csv"
        path.write_text(",".join(values) + "\n" + ",".join(values.values()) + "\n", encoding="utf-8")
        errors = io.StringIO()
        try:
            call_command("credit-record", str(path), user=by.username, stdout=io.StringIO(), stderr=errors)
        except CommandError:
            return sorted(line.split(": ", 2)[2] for line in errors.getvalue().splitlines())
        return []

    doors = {"form": by_form, "excel": by_excel, "api": by_api, "command": by_command}
    return lambda door, worker, values: doors[door]({"worker": worker.national_number or "", **values})


def _said(problem: Problem) -> str:
    return sentence(problem)


def _sentences(form: Any) -> list[str]:
    return [str(text) for texts in form.errors.values() for text in texts]


@pytest.mark.parametrize("door", DOORS)
def test_every_door_writes_the_same_row(world: World, send: Any, door: str) -> None:
    worker = make_worker(world.station)
    assert send(door, worker, GOOD) == []
    row = CreditEntry.objects.unscoped(WhyUnscoped.SETUP).get()
    assert (row.worker, row.activity_on, row.form, row.role, row.level, str(row.units), row.decided_quarters) == (
        worker, date(2026, 3, 5), "conference", "delegate", "", "2.00", 14,
    )  # fmt: skip
    assert (row.basis, row.title, row.issuer, row.certificate_number) == (
        "QĐ 3/QĐ-BV", "Hội nghị khoa học", "Bệnh viện Đa khoa Một", "12/2026/C.01",
    )  # fmt: skip
    assert (row.source, row.organisation, row.recorded_by) == (
        EntrySource(door), world.station, str(world.user(Role.STATION).public_id),
    )  # fmt: skip


def test_doors_for_one_entry_make_the_same_draft(world: World, send: Any) -> None:
    drafts = []
    for door in ("form", "api", "command"):
        send(door, make_worker(world.station), GOOD)
        values = AuditEntry.objects.filter(action="credits.record_entry").latest("pk").values
        drafts.append({name: value for name, value in values["draft"].items() if name != "worker"})
    assert drafts[0] == drafts[1] == drafts[2]


def test_every_door_meets_the_same_problems(world: World, send: Any) -> None:
    worker = make_worker(world.station)
    met = [send(door, worker, BAD) for door in DOORS]
    assert met[0] == met[1] == met[2] == met[3]
    assert len(met[0]) == 5
    assert not CreditEntry.objects.unscoped(WhyUnscoped.SETUP).exists()


def test_every_door_finds_nobody_outside_its_scope(world: World, send: Any) -> None:
    worker = make_worker(world.station_b)
    met = [send(door, worker, GOOD) for door in DOORS]
    assert met == [[_said(Problem("credits.no_worker"))]] * 4


def test_every_door_refuses_the_same_certificate_twice(world: World, send: Any) -> None:
    worker = make_worker(world.station)
    send("form", worker, GOOD)
    met = [send(door, worker, GOOD | {"title": "Khác"}) for door in ("form", "api", "command")]
    assert met == [[_said(Problem("credits.certificate_taken", values={"number": "12/2026/C.01"}))]] * 3


def test_twin_form_that_checks_nothing_is_caught(world: World, send: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(self: forms.EntryForm, worker: Any) -> EntryDraft:
        return EntryDraft(
            worker=worker, activity_on=date(2026, 3, 5), form="short_course", role="learner", title="Bỏ qua"
        )

    monkeypatch.setattr(entry_views.EntryForm, "draft", careless)
    worker = make_worker(world.station)
    assert send("form", worker, BAD) != send("api", worker, BAD)


def test_command_names_the_user_it_does_not_know(tmp_path: Path, world: World) -> None:
    with pytest.raises(CommandError, match="nobody: no such user"):
        call_command("credit-record", str(tmp_path / "a.csv"), user="nobody")


def test_command_takes_the_person_from_its_option(world: World, tmp_path: Path) -> None:
    worker = make_worker(world.station)
    path = tmp_path / "entries.csv"
    names = ["worker", "activity_on", "form", "role", "title"]
    path.write_text(",".join(names) + "\n,05/03/2026,short_course,learner,Lớp\n", encoding="utf-8")
    call_command("credit-record", str(path), user="station", worker=worker.national_number, stdout=io.StringIO())
    assert CreditEntry.objects.unscoped(WhyUnscoped.SETUP).get().worker == worker


def test_refresh_command_says_how_many(world: World) -> None:
    make_worker(world.station)
    said = io.StringIO()
    call_command("refresh-standings", stdout=said)
    assert said.getvalue() == "1 standings\n"
