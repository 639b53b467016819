"""Thirty people answer; a linker with dump, log of the database, access log, order and times finds nobody (PostgreSQL)."""

from __future__ import annotations

import json
import random
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.places.scope import WhyUnscoped
from lientuc.surveys.actions import close_wave, open_wave
from lientuc.surveys.ballots.box import box_of
from lientuc.surveys.enums import WaveMode, WavePurpose
from lientuc.surveys.links import token_again
from lientuc.surveys.models import Invitation, Wave
from lientuc.surveys.rules import Invitee, WaveDraft
from tests.factories.surveys import make_version, make_worker
from tests.surveys.ballot_client import Ballot, new_ballot, octets, text
from tests.surveys.linker import LINKERS, Evidence, Seen, dumped, hits, wal_position, wal_since
from tests.world import World

pytestmark = pytest.mark.postgres
PEOPLE, SURVEYS = 30, 3
DIGEST = re.compile(rb"[0-9a-f]{64}")
MORNING = datetime(2026, 6, 3, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
MOST_BY_CHANCE = 7
"""Guessing thirty from thirty hits one on average; eight or more happen once in 100,000 times."""


class Person:
    """Somebody at an address of their own, seen by the access log."""

    def __init__(self, number: int, token: str, evidence: Evidence) -> None:
        self.address = f"10.0.0.{number + 1}"
        self.link = f"/khao-sat/tra-loi/{token}/"
        self.remark = f"r{secrets.token_hex(4)}x"
        self.client = Client(REMOTE_ADDR=self.address)
        self.evidence = evidence
        self.ballot: Ballot | None = None

    def ask(self, at: datetime, path: str, data: Any = None, **options: Any) -> Any:
        call = self.client.get if data is None else self.client.post
        reply = call(path, data, **options)  # type: ignore[arg-type]
        line = Seen(at, self.address, "GET" if data is None else "POST", path, len(reply.content))
        self.evidence.log.append(line)
        return reply


Way = Callable[[Person, Wave, datetime], None]


def get_ballot(person: Person, wave: Wave, at: datetime) -> None:
    """As the page's script does: a ballot signed unseen."""
    person.ask(at, person.link)
    made = new_ballot(box_of(wave))
    body = json.dumps({"blinded": text(made.blinded)})
    signed = person.ask(at, person.link + "phieu-kin/", body, content_type="application/json").json()
    person.ballot = made.unblind(octets(signed["signature"]))


def cast(person: Person, wave: Wave, at: datetime) -> None:
    """The ballot with the answers, some minutes later."""
    box, made = box_of(wave), person.ballot
    assert made is not None
    data = {
        "works-0": "no",
        "remark-0": person.remark,
        "message": text(made.message),
        "signature": text(made.signature),
    }
    assert person.ask(at, f"/khao-sat/phieu-kin/{box.code}/bo/", data).status_code == 201


BLINDLY = (get_ballot, cast)


def begin(person: Person, wave: Wave, at: datetime) -> None:
    """As survey programs often do: under the pseudonym of the invitation."""
    person.ask(at, person.link, {"start": "1"})


def send_and_stamp(person: Person, wave: Wave, at: datetime) -> None:
    """Written at once and stamped."""
    person.ask(at, person.link + "phan/1/", {"shown": "works-0", "works-0": "no"})
    person.ask(at, person.link + "phan/2/", {"shown": "fruit-0 remark-0", "remark-0": person.remark})
    person.evidence.times[person.remark] = at + timedelta(seconds=1)


WITH_TIMESTAMPS = (begin, send_and_stamp)


def surveyed(world: World, mode: WaveMode, ways: tuple[Way, Way], seed: int) -> tuple[Evidence, Mapping[str, str]]:
    """A whole survey in a working day: what it leaves behind, and the truth."""
    chance, evidence = random.Random(seed), Evidence()
    start = wal_position()
    wave = _open(world, mode)
    people = _people(wave, evidence)
    steps = []
    for number, person in enumerate(people):
        begun = MORNING + timedelta(seconds=chance.uniform(0, 8 * 3600))
        sent = begun + timedelta(seconds=chance.uniform(120, 480))
        steps += [(begun, number, ways[0], person), (sent, number, ways[1], person)]
    with clock_at(MORNING.date()):
        for at, _, step, person in sorted(steps, key=lambda one: one[:2]):
            step(person, wave, at)
        close_wave(wave=wave, by=world.user(Role.PROVIDER))
    evidence.tables, evidence.wal = dumped(), wal_since(start)
    evidence.remarks = sorted(person.remark for person in people)
    return evidence, {person.address: person.remark for person in people}


def _open(world: World, mode: WaveMode) -> Wave:
    with clock_at(MORNING.date()):
        return open_wave(
            draft=WaveDraft("Kín", mode, WavePurpose.MANAGEMENT, MORNING.date(), MORNING.date()),
            organisation=world.school,
            version=make_version(),
            invitees=[Invitee(make_worker(world.school, f"Người {n}").pk) for n in range(PEOPLE)],
            by=world.user(Role.PROVIDER),
        )


def _people(wave: Wave, evidence: Evidence) -> list[Person]:
    rows = Invitation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(wave=wave).order_by("id")
    people = []
    for number, row in enumerate(rows):
        person = Person(number, token_again(row.public_id, row.token_hash), evidence)
        evidence.invited[person.address] = str(row.public_id)
        people.append(person)
    return people


def test_linker_does_no_better_than_chance(own_database: str) -> None:
    world, total = World(), dict.fromkeys((linker.__name__ for linker in LINKERS), 0)
    for seed in range(SURVEYS):
        evidence, truth = surveyed(world, WaveMode.ANONYMOUS, BLINDLY, seed)
        assert len(evidence.casters) == PEOPLE
        found = {linker.__name__: hits(linker(evidence), truth) for linker in LINKERS}
        assert {name: count for name, count in found.items() if count > MOST_BY_CHANCE} == {}
        total = {name: total[name] + found[name] for name in total}
    # By chance three on average over the three surveys; fourteen or more once in a million times.
    assert {name: count for name, count in total.items() if count > 13} == {}


def test_linker_finds_more_than_half_of_a_twin_with_timestamps(own_database: str) -> None:
    evidence, truth = surveyed(World(), WaveMode.CONFIDENTIAL, WITH_TIMESTAMPS, 1)
    found = {linker.__name__: hits(linker(evidence), truth) for linker in LINKERS}
    assert found["by_times"] > PEOPLE / 2
    assert found["by_tokens"] > PEOPLE / 2


def test_linker_finds_more_than_half_where_answers_are_written_as_they_come(own_database: str) -> None:
    """The sabotaged twin: ballots as blind as ever, answers not held back. Order alone betrays them."""
    from lientuc.surveys.ballots import box as boxes

    def at_once(waiting: int) -> int:
        return waiting

    kept, boxes.leaving = boxes.leaving, at_once
    try:
        evidence, truth = surveyed(World(), WaveMode.ANONYMOUS, BLINDLY, 2)
    finally:
        boxes.leaving = kept
    for linker in LINKERS[:4]:
        assert hits(linker(evidence), truth) > PEOPLE / 2


def test_answers_stand_in_no_log_before_thirty_are_in_the_box(own_database: str) -> None:
    evidence, _ = surveyed(World(), WaveMode.ANONYMOUS, BLINDLY, 3)
    first = min(evidence.wal.find(remark.encode()) for remark in evidence.remarks)
    spent = [evidence.wal.find(key) for row in evidence.tables["surveys_spentballot"] for key in DIGEST.findall(row)]
    assert len(spent) == PEOPLE
    # All thirty ballots were spent before the first answer stood anywhere in clear.
    assert min(spent) > 0
    assert max(spent) < first
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT week), count(*) FROM surveys_response")
        assert cursor.fetchone() == (1, PEOPLE)
