"""Claims: handed in with evidence, returned, refused or accepted; drawn for comparison; foreign courses wait for recognition."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Refused
from lientuc.credits.actions import (
    SentFile,
    accept_claim,
    accept_rest,
    draw_sample,
    recognise_claim,
    refuse_claim,
    resubmit_claim,
    return_claim,
    submit_claim,
    withdraw_claim,
)
from lientuc.credits.enums import ClaimState, EntrySource, SampleRule
from lientuc.credits.models import Claim, CreditEntry, StandingRow
from lientuc.credits.queries.claims import files_of, seen_elsewhere
from lientuc.credits.rules import EntryDraft
from lientuc.credits.rules.claims import ClaimDraft, Recognition, drawn, why_not_accept_rest
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.trail.files import LIMIT_BYTES, evidence_problem
from lientuc.trail.models import Notice, StoredFile
from tests.factories.credits import make_claim, make_entry, make_sample
from tests.factories.registry import make_worker
from tests.world import World

ALL = WhyUnscoped.SETUP
PHOTO = SentFile("anh.jpg", b"\xff\xd8\xff anh chung nhan")


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock_at(date(2026, 6, 15)):
        yield


@pytest.fixture
def worker(world: World) -> HealthWorker:
    return make_worker(world.station, user=world.user(Role.HEALTH_WORKER))


def draft(**changes: Any) -> ClaimDraft:
    about = {name: changes.pop(name) for name in ("abroad", "recognition") if name in changes}
    values: dict[str, Any] = dict(
        activity_on=date(2026, 3, 5), form="short_course", role="learner", units=Decimal(8), title="Cấp cứu ban đầu"
    )
    return ClaimDraft(EntryDraft(worker=None, **(values | changes)), **about)


def handed_in(world: World, worker: HealthWorker, files: Any = (PHOTO,), **changes: Any) -> Claim:
    return submit_claim(worker=worker, draft=draft(**changes), files=files, by=world.user(Role.HEALTH_WORKER))


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_claim_becomes_an_entry_only_when_the_office_accepts(world: World, worker: HealthWorker) -> None:
    claim = handed_in(world, worker)
    assert not CreditEntry.objects.unscoped(ALL).exists()
    accepted = accept_claim(claim=claim, by=world.user(Role.STATION))
    entry = CreditEntry.objects.unscoped(ALL).get()
    assert (accepted.state, accepted.entry, entry.source, entry.worker) == (
        ClaimState.ACCEPTED,
        entry,
        EntrySource.CLAIM,
        worker,
    )
    assert StandingRow.objects.unscoped(ALL).get(worker=worker).counted_quarters == 32
    assert [(n.code, n.recipient) for n in Notice.objects.all()] == [
        ("credits.claim_is_accepted", str(world.user(Role.HEALTH_WORKER).public_id))
    ]


def test_claim_without_evidence_is_refused(world: World, worker: HealthWorker) -> None:
    with pytest.raises(Refused) as refused:
        handed_in(world, worker, files=())
    assert codes(refused) == ["credits.evidence_missing"]
    assert not Claim.objects.unscoped(ALL).exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "trail.file_empty"),
        (b"MZ program", "trail.file_kind"),
        (b"%PDF-1.7 1 0 obj <</OpenAction <</S /JavaScript /JS (x)>>>>", "trail.file_active"),
        (b"\xff\xd8\xff" + b"0" * (LIMIT_BYTES - 2), "trail.file_too_large"),
        (b"\xff\xd8\xff" + b"0" * (LIMIT_BYTES - 3), None),
        (b"%PDF-1.7 scan", None),
        (b"\x89PNG\r\n\x1a\n", None),
    ],
)
def test_evidence_is_told_from_its_bytes(content: bytes, code: str | None) -> None:
    problem = evidence_problem(content)
    assert (problem.code if problem else None) == code


def test_equal_files_are_stored_once_and_seen_elsewhere(world: World, worker: HealthWorker) -> None:
    first = handed_in(world, worker)
    second = handed_in(world, worker, title="Lớp khác")
    assert StoredFile.objects.count() == 1
    files = list(files_of(second))
    assert seen_elsewhere(second, files) == {files[0].sha256}
    assert [file.content for file in files_of(first)] == [b""]


def test_same_activity_is_handed_in_once(world: World, worker: HealthWorker) -> None:
    handed_in(world, worker)
    with pytest.raises(Refused) as refused:
        handed_in(world, worker, title="CẤP CỨU  ban đầu")
    assert codes(refused) == ["credits.claim_waiting"]


def test_activity_in_the_ledger_cannot_be_claimed(world: World, worker: HealthWorker) -> None:
    make_entry(world.station, "Cấp cứu ban đầu", worker=worker)
    with pytest.raises(Refused) as refused:
        handed_in(world, worker)
    assert codes(refused) == ["credits.activity_taken"]


def test_returned_claim_is_mended_and_sent_again(world: World, worker: HealthWorker) -> None:
    claim = handed_in(world, worker)
    returned = return_claim(claim=claim, reason="Ảnh mờ, chụp lại", by=world.user(Role.STATION))
    assert (returned.state, returned.reason) == (ClaimState.RETURNED, "Ảnh mờ, chụp lại")
    with pytest.raises(Refused) as refused:
        accept_claim(claim=returned, by=world.user(Role.STATION))
    assert codes(refused) == ["credits.claim_not_submitted"]
    again = resubmit_claim(
        claim=returned,
        draft=draft(units=Decimal(6)),
        files=(SentFile("b.png", b"\x89PNG\r\n\x1a\n ro"),),
        by=world.user(Role.HEALTH_WORKER),
    )
    assert (again.state, again.reason, again.units, files_of(again).count()) == (ClaimState.SUBMITTED, "", 6, 2)


def test_refused_claim_stays_refused(world: World, worker: HealthWorker) -> None:
    claim = refuse_claim(claim=handed_in(world, worker), reason="Không phải của người này", by=world.user(Role.STATION))
    for attempt in (
        lambda: accept_claim(claim=claim, by=world.user(Role.STATION)),
        lambda: withdraw_claim(claim=claim, by=world.user(Role.HEALTH_WORKER)),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert codes(refused) == ["credits.claim_decided"]


def test_claim_goes_back_with_a_reason_only(world: World, worker: HealthWorker) -> None:
    with pytest.raises(Refused) as refused:
        return_claim(claim=handed_in(world, worker), reason=" ", by=world.user(Role.STATION))
    assert codes(refused) == ["credits.claim_reason_missing"]


def test_nobody_decides_about_their_own_claim(world: World) -> None:
    worker = make_worker(world.station, user=world.user(Role.STATION))
    claim = submit_claim(worker=worker, draft=draft(), files=(PHOTO,), by=world.user(Role.STATION))
    with pytest.raises(Refused) as refused:
        accept_claim(claim=claim, by=world.user(Role.STATION))
    assert codes(refused) == ["credits.own_claim"]
    assert accept_claim(claim=claim, by=world.user(Role.HEALTH_DEPARTMENT)).state == ClaimState.ACCEPTED


def test_others_neither_hand_in_nor_decide(world: World, worker: HealthWorker) -> None:
    with pytest.raises(NotAllowed):
        submit_claim(
            worker=make_worker(world.station_b), draft=draft(), files=(PHOTO,), by=world.user(Role.HEALTH_WORKER)
        )
    claim = handed_in(world, worker)
    for role in (Role.HEALTH_WORKER, Role.TRAINING_OFFICE, Role.PROVIDER):
        with pytest.raises(NotAllowed):
            accept_claim(claim=claim, by=world.user(role))


def test_course_abroad_waits_for_its_recognition(world: World, worker: HealthWorker) -> None:
    claim = handed_in(world, worker, abroad=True)
    by = world.user(Role.STATION)
    with pytest.raises(Refused) as refused:
        accept_claim(claim=claim, by=by)
    assert codes(refused) == ["credits.recognition_missing"]
    with pytest.raises(Refused) as refused:
        recognise_claim(claim=claim, recognition=Recognition("12/QĐ-BYT", None, "Bộ Y tế"), by=by)
    assert codes(refused) == ["credits.recognition_incomplete"]
    recognise_claim(claim=claim, recognition=Recognition("12/QĐ-BYT", date(2026, 6, 15), "Bộ Y tế"), by=by)
    accept_claim(claim=claim, by=by)
    assert CreditEntry.objects.unscoped(ALL).get().basis == "12/QĐ-BYT, 15/06/2026, Bộ Y tế"


@pytest.mark.parametrize(("on", "refused"), [(date(2026, 6, 15), False), (date(2026, 6, 16), True)])
def test_recognition_is_of_today_or_before(world: World, worker: HealthWorker, on: date, refused: bool) -> None:
    recognition = Recognition("12/QĐ-BYT", on, "Bộ Y tế")
    if not refused:
        assert handed_in(world, worker, abroad=True, recognition=recognition).recognised
        return
    with pytest.raises(Refused) as found:
        handed_in(world, worker, abroad=True, recognition=recognition)
    assert codes(found) == ["credits.recognition_in_future"]


def test_hours_the_head_decides_are_left_to_the_office(world: World, worker: HealthWorker) -> None:
    claim = handed_in(world, worker, form="conference", role="delegate", units=Decimal(2))
    by = world.user(Role.STATION)
    with pytest.raises(Refused) as refused:
        accept_claim(claim=claim, by=by)
    assert codes(refused) == ["credits.hours_not_decided"]
    accept_claim(claim=claim, decided_hours=Decimal(3), basis="15/QĐ-BV", by=by)
    entry = CreditEntry.objects.unscoped(ALL).get()
    assert (entry.decided_quarters, entry.basis) == (12, "15/QĐ-BV")


def test_drawing_says_its_rule_and_repeats() -> None:
    waiting = [f"c{number:02d}" for number in range(25)]
    assert drawn(SampleRule.EVERY_KTH, 10, 0, waiting) == {"c09", "c19"}
    assert drawn(SampleRule.EVERY_KTH, 30, 0, waiting) == {"c24"}
    random = drawn(SampleRule.RANDOM, 10, 42, waiting)
    assert (len(random), drawn(SampleRule.RANDOM, 10, 42, waiting)) == (3, random)
    assert drawn(SampleRule.RANDOM, 10, 42, list(reversed(waiting))) == random
    assert drawn(SampleRule.RANDOM, 1, 0, ["one"]) == {"one"}
    assert drawn(SampleRule.RANDOM, 10, 1, []) == frozenset()


@pytest.mark.parametrize(
    ("states", "code"),
    [
        (["accepted", "accepted"], None),
        (["accepted", "submitted"], "credits.sample_open"),
        (["returned"], "credits.sample_open"),
        (["accepted", "refused"], "credits.sample_failed"),
        (["accepted", "withdrawn"], None),
    ],
)
def test_rest_follows_the_sample(states: list[str], code: str | None) -> None:
    found = why_not_accept_rest([ClaimState(state) for state in states])
    assert [problem.code for problem in found] == ([code] if code else [])


def test_rest_is_accepted_once_the_sample_was_right(world: World) -> None:
    by = world.user(Role.STATION)
    for number in range(4):
        make_claim(world.station, f"Lớp {number}")
    abroad = make_claim(world.station, "Ở nước ngoài", abroad=True)
    sample = draw_sample(organisation=world.station, rule=SampleRule.EVERY_KTH, step=2, by=by)
    assert (sample.waiting, sample.drawn) == (4, 2)
    with pytest.raises(Refused) as refused:
        accept_rest(sample=sample, by=by)
    assert codes(refused) == ["credits.sample_open"]
    for claim in Claim.objects.unscoped(ALL).filter(drawn=True):
        accept_claim(claim=claim, by=by)
    accept_rest(sample=sample, by=by)
    abroad.refresh_from_db()
    assert (CreditEntry.objects.unscoped(ALL).count(), abroad.state) == (4, ClaimState.SUBMITTED)


# --- pages -----------------------------------------------------------------------------------------------------------


def signed_in(client: Client, world: World, role: Role) -> Client:
    client.force_login(world.user(role))
    return client


def test_person_hands_in_by_phone_and_office_accepts(world: World, worker: HealthWorker, client: Client) -> None:
    form = {
        "title": "Cấp cứu ban đầu",
        "activity_on": "2026-03-05",
        "form": "short_course",
        "role": "learner",
        "units": "7,5",
        "files": [SimpleUploadedFile("a.jpg", PHOTO.content), SimpleUploadedFile("b.pdf", b"%PDF-1.4 b")],
    }
    sent = signed_in(client, world, Role.HEALTH_WORKER).post(reverse("credits:submit_claim"), form)
    assert sent.headers["Location"] == reverse("credits:my_claims")
    assert "chờ đơn vị xác nhận" in client.get(reverse("credits:my_claims")).content.decode()
    claim = Claim.objects.unscoped(ALL).get()
    signed_in(client, world, Role.STATION)
    assert "a.jpg" in client.get(reverse("credits:claim", args=[claim.public_id])).content.decode()
    client.post(reverse("credits:claim", args=[claim.public_id]), {"what": "accept", "key": "k1"})
    entry = CreditEntry.objects.unscoped(ALL).get()
    assert "b.pdf" in client.get(reverse("credits:entry", args=[entry.public_id])).content.decode()
    assert (
        "đã ghi nhận" in signed_in(client, world, Role.HEALTH_WORKER).get(reverse("credits:my_claims")).content.decode()
    )


def test_refusal_stands_beside_the_field(world: World, worker: HealthWorker, client: Client) -> None:
    answer = signed_in(client, world, Role.HEALTH_WORKER).post(reverse("credits:submit_claim"), {"title": "Lớp"})
    said = answer.content.decode()
    assert "Đính kèm ảnh chụp" in said and "Nhập ngày diễn ra" in said


def test_evidence_is_downloaded_within_scope_only(world: World, worker: HealthWorker, client: Client) -> None:
    file = files_of(handed_in(world, worker)).get()
    url = reverse("credits:evidence", args=[file.public_id])
    for role, status in (
        (Role.HEALTH_WORKER, 200),
        (Role.STATION, 200),
        (Role.TRAINING_OFFICE, 404),
        (Role.PROVIDER, 403),
    ):
        assert signed_in(client, world, role).get(url).status_code == status
    answer = signed_in(client, world, Role.STATION).get(url)
    assert (answer.content, answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == (
        PHOTO.content,
        "application/octet-stream",
        "nosniff",
    )


@pytest.mark.parametrize("count", [1, 3])
def test_queue_costs_the_same_for_one_and_three(
    world: World, client: Client, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_claim(world.station, f"Lớp {number}")
    signed_in(client, world, Role.STATION)
    with django_assert_num_queries(7):
        answer = client.get(reverse("credits:claims"))
    assert answer.content.decode().count("Lớp ") == count


def test_pages_speak_both_languages(world: World, worker: HealthWorker, client: Client) -> None:
    claim = handed_in(world, worker)
    make_sample(world.station)
    mine = [
        reverse("credits:my_claims"),
        reverse("credits:submit_claim"),
        reverse("credits:edit_claim", args=[claim.public_id]),
    ]
    office = [reverse("credits:claims"), reverse("credits:claim", args=[claim.public_id]), reverse("credits:samples")]
    for role, urls in ((Role.HEALTH_WORKER, mine), (Role.STATION, office)):
        signed_in(client, world, role)
        for url in urls:
            client.cookies["ngon-ngu"] = "vi"
            vi = client.get(url)
            client.cookies["ngon-ngu"] = "en"
            en = client.get(url)
            assert (vi.status_code, en.status_code) == (200, 200)
            assert vi.content != en.content


def test_empty_queue_and_account_without_record_say_what_to_do(world: World, client: Client) -> None:
    assert (
        "Khai giờ học của tôi" in signed_in(client, world, Role.STATION).get(reverse("credits:claims")).content.decode()
    )
    answer = signed_in(client, world, Role.HEALTH_WORKER).get(reverse("credits:my_claims"))
    assert "chưa gắn với hồ sơ" in answer.content.decode()
