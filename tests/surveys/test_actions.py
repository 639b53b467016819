"""Instruments, waves, and what a respondent sends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from lientuc.accounts.enums import Role
from lientuc.accounts.models import SYSTEM
from lientuc.core.clock import clock_at, today
from lientuc.core.errors import NotAllowed, Refused
from lientuc.surveys import actions
from lientuc.surveys.enums import InvitationState, ResponseState, WaveMode, WavePurpose, WaveState
from lientuc.surveys.flow import Sent
from lientuc.surveys.links import hash_of, invitation_token, pseudonym_of, response_token, token_again
from lientuc.surveys.models import Answer, Choice, InstrumentVersion, Invitation, Item, Response, Wave
from lientuc.surveys.queries import answers_of, form_of, monitor
from lientuc.surveys.respondent import Secret, respondent
from lientuc.surveys.rules import Invitee, WaveDraft
from lientuc.surveys.shipped import shipped
from lientuc.surveys.writing import write_version
from lientuc.trail.models import AuditEntry
from tests.factories.surveys import make_invitation, make_response, make_version, make_wave, make_worker, small_form
from tests.world import World

WEDNESDAY, MONDAY = date(2026, 6, 3), date(2026, 6, 1)


def draft(**fields: Any) -> WaveDraft:
    values: dict[str, Any] = dict(
        name="Sau 3 tháng",
        mode=WaveMode.CONFIDENTIAL,
        purpose=WavePurpose.MANAGEMENT,
        opens_on=date(2026, 6, 1),
        closes_on=date(2026, 6, 30),
    )
    return WaveDraft(**(values | fields))


def opened(world: World, **fields: Any) -> Wave:
    values: dict[str, Any] = dict(
        draft=draft(),
        organisation=world.school,
        version=make_version(),
        invitees=[Invitee(make_worker(world.school).pk, {"sex": "female"})],
        by=world.user(Role.PROVIDER),
    )
    return actions.open_wave(**(values | fields))


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def refusal(call: Callable[[], object]) -> list[str]:
    """The codes with which `call` is refused; none where it goes through."""
    try:
        call()
    except Refused as refused:
        return [problem.code for problem in refused.problems]
    return []


def sent(shown: str, **given: str | list[str]) -> Sent:
    values = {(name, 0): value if isinstance(value, list) else [value] for name, value in given.items()}
    return Sent(values, frozenset((name, 0) for name in shown.split()))


def begun(world: World, **fields: Any) -> tuple[Invitation, Response]:
    invitation = make_invitation(world.school, **fields)
    with clock_at(WEDNESDAY):
        return invitation, actions.start(invitation=invitation, by=respondent(invitation.pseudonym))


def submit(response: Response, section: int, page: Sent) -> Response:
    with clock_at(WEDNESDAY):
        return actions.submit_section(response=response, section=section, sent=page, by=respondent(response.pseudonym))


# --- instruments --------------------------------------------------------------------------------------------------


def test_load_enters_every_form_once(world: World) -> None:
    assert actions.load_instruments(by=SYSTEM) == 8
    assert actions.load_instruments(by=SYSTEM) == 0
    assert (Item.objects.count(), InstrumentVersion.objects.filter(state="published").count()) == (185, 8)


def test_loaded_form_reads_back_as_shipped(world: World) -> None:
    actions.load_instruments(by=SYSTEM)
    version = InstrumentVersion.objects.get(instrument__code="l3_alumni", number=1)
    stored = form_of(version).with_switches(("split",), ("Nội soi",))
    form = next(form for form in shipped() if (form.code, form.number) == ("l3_alumni", 1))
    expected = form.with_switches(("split",), ("Nội soi",))
    assert [(i.name, i.label_vi, i.choices, i.relevant, i.constraint) for _, i in stored.items] == [
        (i.name, i.label_vi, i.choices, i.relevant, i.constraint) for _, i in expected.items
    ]


def test_load_is_for_the_ministry(world: World) -> None:
    with pytest.raises(NotAllowed):
        actions.load_instruments(by=world.user(Role.PROVIDER))


def test_load_refuses_a_changed_wording_under_the_same_number(world: World) -> None:
    make_version(small_form(code="l3_peer"))
    with pytest.raises(Refused) as caught:
        actions.load_instruments(by=SYSTEM)
    assert codes(caught) == ["surveys.shipped_differs"]


@pytest.mark.parametrize(
    "change",
    [
        lambda v: Item.objects.filter(version=v).update(label_vi="khác"),
        lambda v: Item.objects.filter(version=v).delete(),
        lambda v: Choice.objects.filter(choice_list__version=v).update(label_vi="khác"),
        lambda v: Choice.objects.filter(choice_list__version=v).delete(),
        lambda v: InstrumentVersion.objects.filter(pk=v.pk).update(state="draft", content_hash="", published_at=None),
        lambda v: write_items(v),
    ],
)
def test_published_version_is_frozen_in_the_database(world: World, change: Any) -> None:
    version = make_version()
    with pytest.raises(IntegrityError), transaction.atomic():
        change(version)


def write_items(version: InstrumentVersion) -> None:
    last = Item.objects.filter(version=version).latest("position")
    last.pk, last.name, last.position = None, "extra", last.position + 1
    last._state.adding = True
    last.public_id = version.instrument.public_id
    last.save()


def test_twin_a_draft_can_still_change(world: World) -> None:
    version = write_version(small_form(code="twin"))
    assert Item.objects.filter(version=version).update(label_vi="khác") == 4


def test_published_twice_is_refused(world: World) -> None:
    with pytest.raises(Refused) as caught:
        actions.publish(version=make_version(), by=world.user(Role.MINISTRY))
    assert codes(caught) == ["surveys.already_published"]


# --- waves --------------------------------------------------------------------------------------------------------


def test_open_wave_invites_with_hashed_links(world: World) -> None:
    wave = opened(world)
    (invitation,) = Invitation.objects.visible_to(world.user(Role.PROVIDER), "surveys.run_wave")
    token = token_again(invitation.public_id, invitation.token_hash)
    assert (hash_of(token), invitation.state, invitation.wave) == (invitation.token_hash, "invited", wave)


def test_open_wave_leaves_one_audit_row_without_pseudonyms(world: World) -> None:
    wave = opened(world)
    entry = AuditEntry.objects.get(action="surveys.open_wave")
    invitation = Invitation._base_manager.get()
    assert (entry.subject, entry.organisation) == (str(wave.ref), str(world.school.public_id))
    assert invitation.pseudonym not in str(entry.values)


def test_same_key_opens_one_wave(world: World) -> None:
    invitees = [Invitee(make_worker(world.school).pk)]
    first = opened(world, invitees=invitees, key="k")
    assert opened(world, invitees=invitees, key="k") == first


@pytest.mark.parametrize(
    ("fields", "invited", "expected"),
    [
        ({"mode": WaveMode.ANONYMOUS}, 1, ["surveys.too_few_for_anonymous"]),
        ({}, 0, ["surveys.nobody_invited"]),
        ({"mode": WaveMode.OPEN}, 1, ["surveys.open_takes_no_list"]),
        ({"closes_on": date(2026, 5, 31)}, 1, ["surveys.closes_before_opens"]),
        ({"name": " "}, 1, ["surveys.name_missing"]),
        ({"repeat_labels": ("x",) * 31}, 1, ["surveys.too_many_labels"]),
    ],
)
def test_open_wave_refused(world: World, fields: dict[str, Any], invited: int, expected: list[str]) -> None:
    invitees = [Invitee(make_worker(world.school).pk)] * invited
    with pytest.raises(Refused) as caught:
        opened(world, draft=draft(**fields), invitees=invitees)
    assert codes(caught) == expected


def test_open_wave_needs_a_published_version(world: World) -> None:
    with pytest.raises(Refused) as caught:
        opened(world, version=write_version(small_form(code="twin")))
    assert codes(caught) == ["surveys.version_not_published"]


def test_open_wave_elsewhere_is_not_allowed(world: World) -> None:
    with pytest.raises(NotAllowed):
        opened(world, organisation=world.hospital)


def test_mark_delivered_moves_only_the_invited(world: World) -> None:
    wave = make_wave(world.school)
    make_invitation(world.school, wave=wave)
    make_invitation(world.school, "B", wave=wave, state=InvitationState.COMPLETED)
    actions.mark_delivered(wave=wave, invitation=None, by=world.user(Role.PROVIDER))
    assert sorted(i.state for i in Invitation._base_manager.all()) == ["completed", "delivered"]


def test_close_wave_once(world: World) -> None:
    wave, by = make_wave(world.school), world.user(Role.PROVIDER)
    assert actions.close_wave(wave=wave, by=by).state == WaveState.CLOSED
    with pytest.raises(Refused) as caught:
        actions.close_wave(wave=wave, by=by)
    assert codes(caught) == ["surveys.wave_closed"]


@pytest.mark.parametrize(("responses", "expected"), [(4, ["surveys.too_few_to_export"]), (5, [])])
def test_export_needs_enough_responses(world: World, responses: int, expected: list[str]) -> None:
    wave = make_wave(world.school)
    for _ in range(responses):
        make_response(wave)
    assert refusal(lambda: actions.note_export(wave=wave, by=world.user(Role.PROVIDER))) == expected


# --- respondents --------------------------------------------------------------------------------------------------


def test_start_is_one_response_however_often_sent(world: World) -> None:
    invitation, first = begun(world)
    with clock_at(WEDNESDAY):
        again = actions.start(invitation=invitation, by=respondent(invitation.pseudonym))
    assert (again, invitation.state, first.week) == (first, InvitationState.STARTED, MONDAY)


def test_open_start_sent_twice_gives_one_response(world: World) -> None:
    wave = make_wave(world.school, mode=WaveMode.OPEN)

    def begin(start_key: str) -> Response:
        token = response_token(wave.public_id, start_key)
        with clock_at(WEDNESDAY):
            return actions.start_open(wave=wave, token=Secret(token), by=respondent(pseudonym_of(token)))

    assert begin("k") == begin("k")
    assert begin("other") != begin("k")
    values = AuditEntry.objects.filter(action="surveys.start_open").values_list("values", flat=True)
    assert [value["token"] for value in values] == ["***"] * 4


def test_pages_are_kept_step_by_step_until_complete(world: World) -> None:
    invitation, response = begun(world)
    submit(response, 1, sent("works", works="yes"))
    assert answers_of(response) == {("works", 0): "yes"}
    submit(response, 1, sent("works cases", works="yes", cases="7"))
    done = submit(response, 2, sent("fruit remark", fruit=["pear"]))
    assert answers_of(response) == {("works", 0): "yes", ("cases", 0): "7", ("fruit", 0): "pear", ("remark", 0): ""}
    invitation.refresh_from_db()
    assert (done.state, invitation.state) == (ResponseState.COMPLETED, InvitationState.COMPLETED)


def test_same_page_sent_twice_does_not_double(world: World) -> None:
    _, response = begun(world)
    page = sent("works cases", works="yes", cases="7")
    submit(response, 1, page)
    submit(response, 1, page)
    assert Answer._base_manager.count() == 2


def test_page_with_a_problem_keeps_nothing(world: World) -> None:
    _, response = begun(world)
    with pytest.raises(Refused) as caught:
        submit(response, 1, sent("works cases", works="yes", cases="51"))
    assert (codes(caught), answers_of(response)) == (["surveys.out_of_bounds"], {})


def test_cleared_answers_are_deleted_and_counted(world: World) -> None:
    _, response = begun(world)
    submit(response, 1, sent("works cases", works="yes", cases="7"))
    after = submit(response, 1, sent("works cases", works="no", cases="7"))
    assert (answers_of(response), after.cleared) == ({("works", 0): "no"}, 1)


def test_last_page_first_does_not_complete(world: World) -> None:
    _, response = begun(world)
    assert submit(response, 2, sent("fruit remark")).state == ResponseState.STARTED


def test_completed_response_cannot_change(world: World) -> None:
    wave = make_wave(world.school)
    with pytest.raises(Refused) as caught:
        submit(make_response(wave), 1, sent("works", works="no"))
    assert codes(caught) == ["surveys.already_completed"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 5, 31), ["surveys.wave_not_open_yet"]),
        (date(2026, 6, 1), []),
        (date(2026, 6, 30), []),
        (date(2026, 7, 1), ["surveys.wave_closed"]),
    ],
)
def test_answers_are_taken_from_first_to_last_day(world: World, day: date, expected: list[str]) -> None:
    wave = make_wave(world.school, opens_on=date(2026, 6, 1), closes_on=date(2026, 6, 30))
    invitation = make_invitation(world.school, wave=wave)
    with clock_at(day):
        found = refusal(lambda: actions.start(invitation=invitation, by=respondent(invitation.pseudonym)))
    assert found == expected


def test_refusing_deletes_answers_and_counts(world: World) -> None:
    invitation, response = begun(world)
    submit(response, 1, sent("works", works="yes"))
    with clock_at(WEDNESDAY):
        actions.refuse(response=response, invitation=invitation, by=respondent(invitation.pseudonym))
    invitation.refresh_from_db()
    assert (answers_of(response), invitation.state) == ({}, InvitationState.REFUSED)
    assert Response._base_manager.get().state == ResponseState.WITHDRAWN


def test_consent_answered_no_is_a_refusal(world: World) -> None:
    actions.load_instruments(by=SYSTEM)
    version = InstrumentVersion.objects.get(instrument__code="l3_alumni", number=1)
    invitation, response = begun(world, wave=make_wave(world.school, version=version))
    assert submit(response, 1, sent("consent", consent="no")).state == ResponseState.WITHDRAWN
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.REFUSED


def test_audit_of_a_respondent_knows_neither_answers_nor_day(world: World) -> None:
    invitation, response = begun(world)
    submit(response, 2, sent("fruit remark", fruit=["pear"], remark="bí mật"))
    entries = AuditEntry.objects.filter(action__startswith="surveys.")
    texts = " ".join(f"{e.actor} {e.actor_name} {e.subject} {e.values}" for e in entries)
    assert {e.at.date() for e in entries.filter(action="surveys.submit_section")} == {MONDAY}
    assert [word for word in ("pear", "bí mật", invitation.pseudonym, "Trần Thị An") if word in texts] == []


def test_twin_without_the_week_tells_the_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _, response = begun(world)
    monkeypatch.setattr(actions, "submit_section", actions.submit_section.__wrapped__)  # type: ignore[attr-defined]
    submit(response, 2, sent("fruit remark"))
    assert AuditEntry.objects.get(action="surveys.submit_section").at.date() == WEDNESDAY


def test_monitor_counts_every_step_by_stratum(world: World) -> None:
    wave = make_wave(world.school)
    states = ["invited", "delivered", "opened", "started", "completed", "refused"]
    for number, state in enumerate(states):
        make_invitation(
            world.school, str(number), wave=wave, state=state, stratum={"sex": "female" if number else "male"}
        )
    found = monitor(wave)
    counts = found.everybody
    assert (counts.invited, counts.delivered, counts.opened, counts.started, counts.completed, counts.refused) == (
        6, 5, 4, 2, 1, 1,
    )  # fmt: skip
    assert {place: c.invited for place, c in found.strata.items()} == {("sex", "female"): 5, ("sex", "male"): 1}


def test_link_survives_a_rotated_key(world: World, settings: Any) -> None:
    invitation = make_invitation(world.school)
    token = invitation_token(invitation.public_id)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]
    assert token_again(invitation.public_id, invitation.token_hash) == token
    settings.SECRET_KEY_FALLBACKS = []
    assert token_again(invitation.public_id, invitation.token_hash) == ""


def test_night_closes_waves_whose_last_day_is_over(world: World) -> None:
    yesterday = today() - timedelta(1)
    over = make_wave(world.hospital, label="Đã hết ngày", opens_on=yesterday, closes_on=yesterday)
    last_day = make_wave(world.hospital, label="Hôm nay là ngày cuối", opens_on=yesterday, closes_on=today())

    call_command("close-waves", stdout=StringIO())

    over.refresh_from_db()
    last_day.refresh_from_db()
    assert (over.state, last_day.state) == (WaveState.CLOSED, WaveState.OPEN)
