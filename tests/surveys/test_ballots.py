"""Anonymous waves: one ballot a person, cast once, forged never; the box gives answers out shuffled."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Refused
from lientuc.places.scope import WhyUnscoped
from lientuc.surveys.actions import close_wave, open_wave, start
from lientuc.surveys.ballots import blind_rsa, sealing
from lientuc.surveys.ballots.actions import hand_out_card
from lientuc.surveys.ballots.box import Sheet, box_of, spent
from lientuc.surveys.ballots.casting import ballot_for, cast_card, cast_signed, print_cards
from lientuc.surveys.ballots.models import BallotBox, IssuedBallot, SpentBallot, WaitingAnswers
from lientuc.surveys.ballots.rules import leaving, may_be_opened, shown_while_open
from lientuc.surveys.enums import InvitationState, ItemType, ResponseState, WaveMode, WavePurpose
from lientuc.surveys.flow import Sent, whole_submission
from lientuc.surveys.links import token_again
from lientuc.surveys.models import Answer, Invitation, Response, Wave
from lientuc.surveys.queries import monitor
from lientuc.surveys.respondent import respondent
from lientuc.surveys.rules import Invitee, WaveDraft
from lientuc.trail.models import AuditEntry
from tests.factories.surveys import form, item, make_version, make_worker, section, shipped_version, small_form
from tests.surveys.ballot_client import Ballot, new_ballot, text
from tests.world import World

WEDNESDAY, MONDAY = date(2026, 6, 3), date(2026, 6, 1)


def anonymous(world: World, invited: int = 10, **fields: Any) -> Wave:
    """An open anonymous wave for so many people."""
    values: dict[str, Any] = dict(
        name="Kín",
        mode=WaveMode.ANONYMOUS,
        purpose=WavePurpose.MANAGEMENT,
        opens_on=date(2026, 6, 1),
        closes_on=date(2026, 6, 30),
    )
    return open_wave(
        draft=WaveDraft(**(values | fields)),
        organisation=world.school,
        version=make_version(),
        invitees=[Invitee(make_worker(world.school, f"Người {n}").pk) for n in range(invited)],
        by=world.user(Role.PROVIDER),
    )


def invitations(wave: Wave) -> list[Invitation]:
    rows = Invitation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(wave=wave)
    return list(rows.select_related("wave__version__instrument", "wave__organisation").order_by("id"))


def sheet(**given: str) -> Sent:
    values = {(name, 0): [value] for name, value in ({"works": "no"} | given).items()}
    return Sent(values, frozenset(values))


def ballot(invitation: Invitation, box: BallotBox) -> Ballot:
    made = new_ballot(box)
    with clock_at(WEDNESDAY):
        return made.unblind(ballot_for(invitation, made.blinded, respondent(invitation.pseudonym)))


def cast(box: BallotBox, made: Ballot, sent: Sent | None = None) -> None:
    with clock_at(WEDNESDAY):
        cast_signed(box=box, message=made.message, signature=made.signature, sent=sent or sheet())


def refusal(call: Any) -> list[str]:
    try:
        call()
    except Refused as refused:
        return [problem.code for problem in refused.problems]
    return []


def answered(wave: Wave) -> list[str]:
    rows = Answer._base_manager.filter(response__wave=wave, item__name="remark")
    return sorted(rows.values_list("value", flat=True))


# --- rules --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("waiting", "gone"), [(0, 0), (20, 0), (29, 0), (30, 10), (39, 10), (40, 20)])
def test_box_lets_whole_tens_out_and_keeps_twenty_back(waiting: int, gone: int) -> None:
    assert leaving(waiting) == gone


@pytest.mark.parametrize(("count", "shown"), [(9, 0), (10, 10), (11, 10)])
def test_monitor_of_an_open_wave_counts_in_full_tens(count: int, shown: int) -> None:
    assert shown_while_open(count) == shown


@pytest.mark.parametrize(("count", "opened"), [(4, False), (5, True), (6, True)])
def test_answers_of_too_few_are_never_opened(count: int, opened: bool) -> None:
    assert may_be_opened(count) is opened


@pytest.mark.parametrize(("invited", "codes"), [(9, ["surveys.too_few_for_anonymous"]), (10, []), (11, [])])
def test_anonymous_wave_needs_ten_invited(world: World, invited: int, codes: list[str]) -> None:
    assert refusal(lambda: anonymous(world, invited)) == codes


def test_whole_sheet_leaves_out_what_does_not_concern() -> None:
    chain = form(
        section("a", item("a", ItemType.SELECT_ONE, required=True)),
        section("b", item("b", ItemType.SELECT_ONE, relevant="${a} = 'yes'"), item("c", required=True)),
    )
    values = {("a", 0): ["no"], ("b", 0): ["yes"], ("c", 0): [""]}
    result = whole_submission(chain.with_switches((), ()), Sent(values, frozenset(values)))
    assert dict(result.kept) == {("a", 0): "no", ("c", 0): ""}
    assert result.cleared == {("b", 0)}
    assert [(p.code, p.field) for p in result.problems] == [("surveys.required", "c-0")]


# --- signatures and seals -----------------------------------------------------------------------------------------


def test_blind_signature_of_an_unseen_message_verifies() -> None:
    key = blind_rsa.new_key()
    public = blind_rsa.public_text(key)
    made = new_ballot(BallotBox(public_key=public))
    made.unblind(blind_rsa.sign_blinded(key, made.blinded))
    assert blind_rsa.is_signed(public, made.message, made.signature)
    assert not blind_rsa.is_signed(public, made.message[:-1] + b"?", made.signature)


@pytest.mark.parametrize("bad", [b"", bytes(256), b"\xff" * 256, b"\x01" * 255])
def test_numbers_outside_the_modulus_are_not_signed(bad: bytes) -> None:
    with pytest.raises(ValueError, match="not a blinded message"):
        blind_rsa.sign_blinded(blind_rsa.new_key(), bad)


def test_packets_are_equally_long_and_open_with_their_key() -> None:
    key = sealing.new_box_key()
    short, long = Sheet({("a", 0): "x"}, 0).packed(), Sheet({("a", 0): "ơ" * 4000}, 0).packed()
    packets = [sealing.seal_packet(key, content) for content in (short, long)]
    assert len({len(packet) for packet in packets}) == 1
    assert [sealing.open_packet(key, packet) for packet in packets] == [short, long]


def test_sealed_key_opens_after_the_secret_was_rotated(settings: Any) -> None:
    sealed = sealing.seal_key(b"secret")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert sealing.open_key(sealed) == b"secret"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(RuntimeError, match="no known secret"):
        sealing.open_key(sealed)


# --- ballots ------------------------------------------------------------------------------------------------------


def test_ballot_is_issued_once_and_the_same_request_gets_it_again(world: World) -> None:
    wave = anonymous(world)
    box, one = box_of(wave), invitations(wave)[0]
    first, second = new_ballot(box), new_ballot(box)
    with clock_at(WEDNESDAY):
        by = respondent(one.pseudonym)
        assert ballot_for(one, first.blinded, by) == ballot_for(one, first.blinded, by)
        assert refusal(lambda: ballot_for(one, second.blinded, by)) == ["surveys.ballot_already_issued"]
    assert IssuedBallot._base_manager.count() == 1
    assert Invitation._base_manager.get(pk=one.pk).state == InvitationState.ISSUED


def test_cast_ballot_waits_under_seal_and_its_audit_row_says_nothing(world: World) -> None:
    wave = anonymous(world)
    box, one = box_of(wave), invitations(wave)[0]
    cast(box, ballot(one, box), sheet(remark="điều riêng"))
    assert (Response._base_manager.count(), WaitingAnswers._base_manager.count(), spent(box)) == (0, 1, 1)
    row = AuditEntry.objects.get(action="surveys.cast_ballot")
    assert (row.at.date(), row.subject) == (MONDAY, f"surveys.wave:{wave.public_id}")
    assert row.values == {"ballot": "***", "box": f"surveys.ballotbox:{box.public_id}", "sent": "2 questions"}


def test_replayed_ballot_is_refused_and_nothing_is_doubled(world: World) -> None:
    wave = anonymous(world)
    box = box_of(wave)
    made = ballot(invitations(wave)[0], box)
    cast(box, made)
    assert refusal(lambda: cast(box, made, sheet(remark="lần hai"))) == ["surveys.ballot_spent"]
    assert (WaitingAnswers._base_manager.count(), SpentBallot._base_manager.count()) == (1, 1)


def test_forged_ballots_are_refused(world: World) -> None:
    wave, other = anonymous(world), anonymous(world, name="Khác")
    box = box_of(wave)
    real = ballot(invitations(wave)[0], box)
    elsewhere = ballot(invitations(other)[0], box_of(other))
    changed = replace(real, message=real.message[:-1] + bytes([real.message[-1] ^ 1]))
    unblinded_not = replace(real, signature=real.blinded)
    one = pow(2, 65537, real.n)
    existential = replace(real, message=one.to_bytes(256, "big"), signature=(2).to_bytes(256, "big"))
    for forged in (elsewhere, changed, unblinded_not, existential, replace(real, signature=b"")):
        assert refusal(lambda forged=forged: cast(box, forged)) == ["surveys.ballot_forged"]
    assert spent(box) == 0


def test_faulty_sheet_is_refused_and_the_ballot_stays_unspent(world: World) -> None:
    wave = anonymous(world)
    box = box_of(wave)
    made = ballot(invitations(wave)[0], box)
    assert refusal(lambda: cast(box, made, sheet(works="maybe"))) == ["surveys.unknown_choice"]
    assert spent(box) == 0
    cast(box, made)
    assert spent(box) == 1


def test_thirty_answers_let_ten_out_in_one_week_and_closing_the_rest(world: World) -> None:
    wave = anonymous(world, 30)
    box = box_of(wave)
    for number, one in enumerate(invitations(wave)):
        cast(box, ballot(one, box), sheet(remark=f"r{number:02}"))
        assert Response._base_manager.count() == (10 if number == 29 else 0)
    counted = monitor(wave).everybody
    assert (counted.invited, counted.started, counted.completed) == (30, 30, 30)
    with clock_at(WEDNESDAY):
        close_wave(wave=wave, by=world.user(Role.PROVIDER))
    assert answered(wave) == [f"r{number:02}" for number in range(30)]
    assert set(Response._base_manager.values_list("week", "state", "token_hash")) == {(MONDAY, "completed", None)}
    assert WaitingAnswers._base_manager.count() == 0
    box.refresh_from_db()
    assert (box.signing_key, box.sealing_key, box.destroyed) == (None, None, 0)


@pytest.mark.parametrize(("cast_", "kept", "destroyed"), [(4, 0, 4), (5, 5, 0)])
def test_closing_destroys_answers_too_few_to_hide_anybody(world: World, cast_: int, kept: int, destroyed: int) -> None:
    wave = anonymous(world)
    box = box_of(wave)
    for one in invitations(wave)[:cast_]:
        cast(box, ballot(one, box))
    close_wave(wave=wave, by=world.user(Role.PROVIDER))
    box.refresh_from_db()
    assert (Response._base_manager.filter(state=ResponseState.COMPLETED).count(), box.destroyed) == (kept, destroyed)


def test_anonymous_invitation_cannot_be_answered_under_its_pseudonym(world: World) -> None:
    one = invitations(anonymous(world))[0]
    with clock_at(WEDNESDAY):
        assert refusal(lambda: start(invitation=one, by=respondent(one.pseudonym))) == ["surveys.needs_ballot"]


def test_consent_refused_spends_the_ballot_and_keeps_nothing(world: World) -> None:
    asks = form(
        section("s", item("consent", ItemType.SELECT_ONE, required=True), item("more", required=True)), code="c"
    )
    wave = open_wave(
        draft=WaveDraft("Kín", WaveMode.ANONYMOUS, WavePurpose.RESEARCH, date(2026, 6, 1), date(2026, 6, 30)),
        organisation=world.school,
        version=make_version(asks),
        invitees=[Invitee(make_worker(world.school, f"N{n}").pk) for n in range(10)],
        by=world.user(Role.PROVIDER),
    )
    box = box_of(wave)
    values = {("consent", 0): ["no"]}
    cast(box, ballot(invitations(wave)[0], box), Sent(values, frozenset(values)))
    assert (spent(box), WaitingAnswers._base_manager.count()) == (1, 0)


# --- cards --------------------------------------------------------------------------------------------------------


def test_printed_card_counts_once_and_no_code_is_stored(world: World) -> None:
    wave = anonymous(world)
    box = box_of(wave)
    with clock_at(WEDNESDAY):
        codes = print_cards(wave=wave, count=3, by=world.user(Role.PROVIDER))
        cast_card(box=box, code=codes[0].lower().replace("-", " "), sent=sheet())
        assert refusal(lambda: cast_card(box=box, code=codes[0], sent=sheet())) == ["surveys.ballot_spent"]
        assert refusal(lambda: cast_card(box=box, code="AAAA-BBBB-CCCC", sent=sheet())) == ["surveys.card_unknown"]
    assert spent(box) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM surveys_printedballot")
        assert not {digest for (digest,) in cursor.fetchall()} & {code.replace("-", "") for code in codes}
    assert AuditEntry.objects.get(action="surveys.print_cards").values["digests"] == "***"


def test_cards_never_outnumber_the_invited(world: World) -> None:
    wave, by = anonymous(world), world.user(Role.PROVIDER)
    with clock_at(WEDNESDAY):
        assert len(print_cards(wave=wave, count=10, by=by)) == 10
        assert refusal(lambda: print_cards(wave=wave, count=1, by=by)) == ["surveys.more_cards_than_invited"]
        with pytest.raises(NotAllowed):
            print_cards(wave=wave, count=1, by=world.user(Role.STATION))


def test_who_drew_a_card_gets_no_second_ballot(world: World) -> None:
    wave = anonymous(world)
    box, one = box_of(wave), invitations(wave)[0]
    with clock_at(WEDNESDAY):
        hand_out_card(invitation=one, by=world.user(Role.PROVIDER))
    assert refusal(lambda: ballot(one, box)) == ["surveys.ballot_already_issued"]


# --- doors --------------------------------------------------------------------------------------------------------


def door(wave: Wave, number: int = 0) -> str:
    one = invitations(wave)[number]
    return f"/khao-sat/tra-loi/{token_again(one.public_id, one.token_hash)}/"


def posted(client: Client, box: BallotBox, made: Ballot, **fields: str) -> Any:
    data = {"works-0": "no", "remark-0": "", "message": text(made.message), "signature": text(made.signature)} | fields
    return client.post(f"/khao-sat/phieu-kin/{box.code}/bo/", data)


def test_anonymous_page_notes_nothing_and_tells_its_promise(world: World, client: Client) -> None:
    wave = anonymous(world)
    with clock_at(WEDNESDAY):
        page = client.get(door(wave))
        english = client.get(door(wave) + "?lang=en")
    assert (page.status_code, page.cookies) == (200, {})
    assert "Ẩn danh nghĩa là gì ở đây" in page.content.decode()
    assert "What anonymous means here" in english.content.decode()
    assert {one.state for one in invitations(wave)} == {InvitationState.INVITED}


def test_ballot_over_http_is_signed_cast_and_counted_once(world: World, client: Client) -> None:
    wave = anonymous(world)
    box = box_of(wave)
    made = new_ballot(box)
    with clock_at(WEDNESDAY):
        body = json.dumps({"blinded": text(made.blinded)})
        signed = client.post(door(wave) + "phieu-kin/", body, content_type="application/json")
        from tests.surveys.ballot_client import octets

        made.unblind(octets(signed.json()["signature"]))
        wrong = posted(client, box, made, **{"works-0": ""})
        first, again = posted(client, box, made), posted(client, box, made)
        forged = posted(client, box, replace(made, signature=bytes(256)))
        broken = client.post(door(wave) + "phieu-kin/", "{", content_type="application/json")
    assert [r.status_code for r in (signed, wrong, first, again, forged, broken)] == [200, 422, 201, 409, 422, 400]
    assert [p["field"] for p in wrong.json()["problems"]] == ["works-0"]
    assert spent(box) == 1


def test_card_page_needs_no_script_and_keeps_what_was_typed(world: World, client: Client) -> None:
    wave = anonymous(world)
    box = box_of(wave)
    with clock_at(WEDNESDAY):
        code = print_cards(wave=wave, count=1, by=world.user(Role.PROVIDER))[0]
        place = f"/khao-sat/phieu-kin/{box.code}/"
        assert b"<script" not in client.get(place).content
        wrong = client.post(place, {"code": "nope", "works-0": "yes", "remark-0": "giữ lại"})
        done = client.post(place, {"code": code, "works-0": "no", "remark-0": ""})
    assert (wrong.status_code, done.status_code, spent(box)) == (422, 200, 1)
    assert "giữ lại" in wrong.content.decode()


def test_cards_page_prints_codes_for_those_who_run_the_wave(world: World, client: Client) -> None:
    wave = anonymous(world)
    place = f"/khao-sat/dot/{wave.public_id}/the-phieu/"
    with clock_at(WEDNESDAY):
        client.force_login(world.user(Role.PROVIDER))
        assert client.get(place).status_code == 200
        made = client.post(place, {"count": "2"}).content.decode()
        refused = client.post(place, {"count": "9"}).content.decode()
        assert made.count("ballot-code") == 2
        assert "không in nhiều thẻ hơn số người" in refused
        client.force_login(world.user(Role.STATION))
        assert client.get(place).status_code == 403


def test_monitor_page_shows_ballots_and_answers_never_who_started(world: World, client: Client) -> None:
    wave = anonymous(world)
    box = box_of(wave)
    for one in invitations(wave)[:3]:
        cast(box, ballot(one, box))
    client.force_login(world.user(Role.PROVIDER))
    page = client.get(f"/khao-sat/dot/{wave.public_id}/").content.decode()
    assert "Đã nhận phiếu kín" in page
    assert "Bắt đầu</th>" not in page
    assert monitor(wave).everybody.completed == 0
    listed = client.get(f"/khao-sat/dot/{wave.public_id}/loi-moi/").content.decode()
    assert listed.count("đã nhận phiếu kín") == 3


def test_small_form_of_the_factory_is_what_these_tests_answer() -> None:
    assert [i.name for _, i in small_form().items] == ["works", "cases", "fruit", "remark"]


def test_anonymous_page_of_the_reaction_form_is_light(world: World, client: Client) -> None:
    """The page with every question, its style sheet and its script."""
    wave = open_wave(
        draft=WaveDraft("Kín", WaveMode.ANONYMOUS, WavePurpose.MANAGEMENT, date(2026, 6, 1), date(2026, 6, 30)),
        organisation=world.school,
        version=shipped_version("l1_reaction"),
        invitees=[Invitee(make_worker(world.school, f"N{n}").pk) for n in range(10)],
        by=world.user(Role.PROVIDER),
    )
    with clock_at(WEDNESDAY):
        page = client.get(door(wave))
    static = Path("src/lientuc/surveys/static/surveys")
    files = sum((static / name).stat().st_size for name in ("respond.css", "ballot.js"))
    assert len(page.content) + files <= 30_000
