"""Writes: loading and publishing instruments, opening and closing waves, and what a respondent sends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import now, today
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.ids import new_public_id
from lientuc.core.names import tidy
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from .ballots.box import empty, new_box
from .enums import InvitationState, ResponseState, VersionState, WaveMode, WaveState
from .flow import CONSENT, Answers, Sent, Submission, first_open_section, submission
from .links import hash_of, invitation_token, new_open_token, new_pseudonym, pseudonym_of
from .models import Answer, InstrumentVersion, Invitation, Response, Wave
from .queries import answers_of, completed_count, form_of, form_of_wave
from .respondent import Respondent, Secret, by_the_week, real_day
from .rules import (
    Invitee,
    WaveDraft,
    moved,
    problems_of_version,
    problems_of_wave,
    week_of,
    why_not_answer,
    why_not_change,
    why_not_close,
    why_not_export,
)
from .shipped import content_hash, shipped
from .writing import write_version

EDIT = "surveys.edit_instruments"
RUN = "surveys.run_wave"


@action("surveys.load_instruments")
def load_instruments(*, by: Any) -> int:
    """Enter and publish the shipped instruments that are not there yet; the number entered.

    Refused where a shipped version differs from the one already published: new wording needs a new number.
    """
    require(by, EDIT)
    present = {(v.instrument.code, v.number): v for v in InstrumentVersion.objects.select_related("instrument")}
    differing = [form for form in shipped() if _differs(present.get((form.code, form.number)), content_hash(form))]
    refuse_if(Problem("surveys.shipped_differs", values={"code": form.code}) for form in differing)
    missing = [form for form in shipped() if (form.code, form.number) not in present]
    for form in missing:
        _publish(write_version(form), by)
    return len(missing)


def _differs(version: InstrumentVersion | None, expected: str) -> bool:
    return version is not None and version.state == VersionState.PUBLISHED and version.content_hash != expected


@action("surveys.publish")
def publish(*, version: InstrumentVersion, by: Any) -> InstrumentVersion:
    """Freeze a version for use in waves."""
    require(by, EDIT)
    return _publish(version, by)


def _publish(version: InstrumentVersion, by: Any) -> InstrumentVersion:
    form = form_of(version)
    refuse_if(problems_of_version(form, VersionState(version.state)))
    version.state, version.content_hash = VersionState.PUBLISHED, content_hash(form)
    version.published_at, version.published_by = now(), str(by.public_id)
    version.save(update_fields=["state", "content_hash", "published_at", "published_by"])
    return version


@action("surveys.open_wave")
def open_wave(
    *,
    draft: WaveDraft,
    organisation: Organisation,
    version: InstrumentVersion,
    invitees: Sequence[Invitee],
    by: Any,
    key: str = "",
) -> Wave:
    """Open a wave of `organisation`: with one invitation a person, or with one public link.

    Who may be invited is the caller's rule: the door shows only people it may see.
    """
    require(by, RUN, organisation)
    published = version.state == VersionState.PUBLISHED
    refuse_if(problems_of_wave(draft, invited=len(invitees), published=published))
    wave = Wave.objects.create(
        organisation=organisation,
        version=version,
        name=tidy(draft.name),
        mode=draft.mode,
        purpose=draft.purpose,
        information=draft.information.strip(),
        contact=tidy(draft.contact),
        item_sets=list(draft.item_sets),
        repeat_labels=[tidy(label) for label in draft.repeat_labels],
        about=list(draft.about),
        opens_on=draft.opens_on,
        closes_on=draft.closes_on,
        audience_size=draft.audience_size,
        open_token=new_open_token() if draft.mode == WaveMode.OPEN else None,
        opened_at=now(),
        opened_by=str(by.public_id),
    )
    if wave.mode == WaveMode.ANONYMOUS:
        new_box(wave)
    Invitation.objects.bulk_create([_invitation(wave, invitee) for invitee in invitees], batch_size=1000)
    return wave


def _invitation(wave: Wave, invitee: Invitee) -> Invitation:
    public_id = new_public_id()
    return Invitation(
        public_id=public_id,
        wave=wave,
        worker_id=invitee.worker_id,
        pseudonym=new_pseudonym(),
        token_hash=hash_of(invitation_token(public_id)),
        stratum=dict(invitee.stratum),
        invited_on=today(),
    )


@action("surveys.mark_delivered")
def mark_delivered(*, wave: Wave, invitation: Invitation | None, by: Any, key: str = "") -> Wave:
    """Note that an invitation, or with None all of a wave, has been handed over."""
    require(by, RUN, wave.organisation)
    rows = Invitation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(wave=wave, state=InvitationState.INVITED)
    if invitation is not None:
        rows = rows.filter(pk=invitation.pk)
    rows.update(state=InvitationState.DELIVERED, delivered_on=today())
    return wave


@action("surveys.close_wave")
def close_wave(*, wave: Wave, by: Any, key: str = "") -> Wave:
    """End a wave: its links answer no more."""
    require(by, RUN, wave.organisation)
    problem = why_not_close(WaveState(wave.state))
    refuse_if([problem] if problem else [])
    if wave.mode == WaveMode.ANONYMOUS:
        empty(wave)
    wave.state, wave.closed_at, wave.closed_by = WaveState.CLOSED, now(), str(by.public_id)
    wave.save(update_fields=["state", "closed_at", "closed_by"])
    return wave


@action("surveys.export_answers")
def note_export(*, wave: Wave, by: Any) -> Wave:
    """Note that the answers of a wave leave the house as a file; refused while they are too few to hide anybody."""
    require(by, RUN, wave.organisation)
    problem = why_not_export(completed_count(wave))
    refuse_if([problem] if problem else [])
    return wave


# --- what a respondent does ---------------------------------------------------------------------------------------


@by_the_week
@action("surveys.note_opened")
def note_opened(*, invitation: Invitation, by: Respondent) -> Invitation:
    """Note that the information page of an invitation was opened."""
    _move(invitation, InvitationState.OPENED)
    return invitation


@by_the_week
@action("surveys.start")
def start(*, invitation: Invitation, by: Respondent) -> Response:
    """Begin to answer an invitation; the same again gives the same response."""
    _need_open(invitation.wave)
    if invitation.state == InvitationState.REFUSED:
        raise Refused(Problem("surveys.already_withdrawn"))
    if invitation.wave.mode == WaveMode.ANONYMOUS:
        raise Refused(Problem("surveys.needs_ballot"))
    _move(invitation, InvitationState.STARTED)
    return _response(invitation.wave, invitation.pseudonym, None)


@by_the_week
@action("surveys.start_open")
def start_open(*, wave: Wave, token: Secret, by: Respondent) -> Response:
    """Begin to answer an open wave; `token` is the resume link: the same one gives the same response."""
    _need_open(wave)
    return _response(wave, pseudonym_of(token.text), hash_of(token.text))


@by_the_week
@action("surveys.submit_section")
def submit_section(*, response: Response, section: int, sent: Sent, by: Respondent) -> Response:
    """Keep one page (numbered from 1) and complete the response after its last question.

    The same page sent twice keeps the same answers once. Refused, with nothing kept, where a value is missing or wrong.
    Consent answered `no` withdraws the response.
    """
    _need_open(response.wave)
    rows = Response.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_for_update(of=("self",))
    response = rows.select_related("wave__version").get(pk=response.pk)
    problem = why_not_change(ResponseState(response.state))
    refuse_if([problem] if problem else [])
    form, known = form_of_wave(response.wave), answers_of(response)
    result = submission(form, form.sections[section - 1], sent, known=known)
    if result.kept.get((CONSENT, 0)) == "no":
        return _withdraw(response)
    refuse_if(result.problems)
    _write(response, result, {name: item.pk for name, item in form.by_name.items()})
    after: Answers = {place: value for place, value in {**known, **result.kept}.items() if place not in result.cleared}
    if not result.newly_asked and first_open_section(form, after) is None:
        _complete(response)
    return response


@by_the_week
@action("surveys.refuse")
def refuse(*, response: Response | None, invitation: Invitation | None, by: Respondent) -> Invitation | Response | None:
    """Decline, before or after starting: answers already given are deleted, the refusal is counted."""
    if response is not None:
        problem = why_not_change(ResponseState(response.state))
        refuse_if([problem] if problem else [])
        return _withdraw(response)
    if invitation is not None:
        _move(invitation, InvitationState.REFUSED)
    return invitation


def _need_open(wave: Wave) -> None:
    problem = why_not_answer(WaveState(wave.state), wave.opens_on, wave.closes_on, on=real_day())
    refuse_if([problem] if problem else [])


def _response(wave: Wave, pseudonym: str, token_hash: str | None) -> Response:
    rows = Response.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    values = {"wave": wave, "token_hash": token_hash, "week": week_of(today())}
    found: Response = rows.get_or_create(pseudonym=pseudonym, defaults=values)[0]
    return found


def _move(invitation: Invitation, to: InvitationState) -> None:
    invitation.state = moved(InvitationState(invitation.state), to)
    invitation.save(update_fields=["state"])


def _write(response: Response, result: Submission, keys: dict[str, int]) -> None:
    answers = Answer.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    answers.bulk_create(
        [
            Answer(response=response, item_id=keys[name], index=index, value=value)
            for (name, index), value in result.kept.items()
        ],
        update_conflicts=True,
        unique_fields=["response", "item", "index"],
        update_fields=["value"],
    )
    for name, index in result.cleared:
        answers.filter(response=response, item_id=keys[name], index=index).delete()
    if result.cleared:
        response.cleared += len(result.cleared)
        response.save(update_fields=["cleared"])


def _complete(response: Response) -> None:
    response.state, response.week = ResponseState.COMPLETED, week_of(today())
    response.save(update_fields=["state", "week"])
    _move_invitation_of(response, InvitationState.COMPLETED)


def _withdraw(response: Response) -> Response:
    Answer.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(response=response).delete()
    response.state = ResponseState.WITHDRAWN
    response.save(update_fields=["state"])
    _move_invitation_of(response, InvitationState.REFUSED)
    return response


def _move_invitation_of(response: Response, to: InvitationState) -> None:
    rows = Invitation.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    for invitation in rows.filter(pseudonym=response.pseudonym):
        _move(invitation, to)
