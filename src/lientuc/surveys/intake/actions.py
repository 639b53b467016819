"""Writes: a judged file becomes a closed wave with its answers, its interview register and the account of what was left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import now, today
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..enums import ResponseState, WaveMode, WavePurpose, WaveState
from ..links import new_pseudonym
from ..models import Answer, InstrumentVersion, Interviewee, RecordCodes, RecordFile, Response, Wave
from ..rules import week_of
from .comparing import compared
from .file import Judged, codes_in_use, header_hash, problems_of_judged

RUN = "surveys.run_wave"
BATCH = 2000


@dataclass(frozen=True)
class RecordsDraft:
    """What is said about an imported study; `invited` is how many had been asked, as its authors state it."""

    name: str
    opens_on: date
    closes_on: date
    purpose: WavePurpose = WavePurpose.RESEARCH
    invited: int | None = None


@action("surveys.take_records")
def take_records(
    *,
    draft: RecordsDraft,
    organisation: Organisation,
    version: InstrumentVersion,
    judged: Judged,
    by: Any,
    key: str = "",
) -> Wave:
    """Make or renew the wave of an imported study; the same file again changes nothing, a mended one replaces it.

    Refused where cells are unreadable, codes not confirmed, or the wave was asked here and holds its own answers.
    """
    require(by, RUN, organisation)
    refuse_if([*_problems(draft, judged), *problems_of_judged(judged)])
    wave = _wave(draft, organisation, version, judged, by)
    last = RecordFile.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(wave=wave).order_by("-pk").first()
    if last is not None and last.digest == judged.digest:
        return wave
    _clear(wave)
    _write_answers(wave, version, judged)
    _write_interviews(wave, judged)
    _remember(version, judged)
    _write_account(wave, judged)
    return wave


def _problems(draft: RecordsDraft, judged: Judged) -> list[Problem]:
    found = [] if draft.name.strip() else [Problem("surveys.name_missing", "name")]
    if draft.closes_on < draft.opens_on:
        found.append(Problem("surveys.closes_before_opens", "closes_on"))
    if draft.invited is not None and draft.invited < judged.batch.read:
        found.append(
            Problem("surveys.invited_below_read", "invited", {"invited": draft.invited, "read": judged.batch.read})
        )
    return found


def _wave(draft: RecordsDraft, organisation: Organisation, version: InstrumentVersion, judged: Judged, by: Any) -> Wave:
    rows = Wave.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    wave: Wave | None = rows.filter(organisation=organisation, name=tidy(draft.name)).first()
    values = {
        "version": version,
        "purpose": draft.purpose,
        "item_sets": list(judged.sets),
        "repeat_labels": list(judged.form.labels),
        "opens_on": draft.opens_on,
        "closes_on": draft.closes_on,
        "audience_size": draft.invited,
    }
    if wave is None:
        at, who = now(), str(by.public_id)
        made: Wave = Wave.objects.create(
            organisation=organisation,
            name=tidy(draft.name),
            mode=WaveMode.CONFIDENTIAL,
            state=WaveState.CLOSED,
            opened_at=at,
            opened_by=who,
            closed_at=at,
            closed_by=who,
            **values,
        )
        return made
    if not RecordFile.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(wave=wave).exists():
        raise Refused(Problem("surveys.wave_not_imported", "name", {"name": wave.name}))
    for field, value in values.items():
        setattr(wave, field, value)
    wave.save()
    return wave


def _clear(wave: Wave) -> None:
    why = WhyUnscoped.ROW_IN_HAND
    Answer.objects.unscoped(why).filter(response__wave=wave).delete()
    Response.objects.unscoped(why).filter(wave=wave).delete()
    Interviewee.objects.unscoped(why).filter(wave=wave).delete()


def _write_answers(wave: Wave, version: InstrumentVersion, judged: Judged) -> None:
    """Responses under new pseudonyms: the file's own numbers stay in the file."""
    keys = {name: item.pk for name, item in judged.form.by_name.items()}
    week = week_of(wave.closes_on)
    made = [
        Response(wave=wave, pseudonym=new_pseudonym(), state=ResponseState.COMPLETED, week=week)
        for _ in judged.batch.kept
    ]
    Response.objects.bulk_create(made, batch_size=BATCH)
    Answer.objects.bulk_create(
        [
            Answer(response=response, item_id=keys[name], index=index, value=value)
            for response, record in zip(made, judged.batch.kept, strict=True)
            for (name, index), value in record.answers.items()
            if value
        ],
        batch_size=BATCH,
    )


def _write_interviews(wave: Wave, judged: Judged) -> None:
    Interviewee.objects.bulk_create(
        Interviewee(wave=wave, number=row.number, role=row.role, state=row.state, facts=dict(row.facts))
        for row in judged.interviews.rows
    )


def _remember(version: InstrumentVersion, judged: Judged) -> None:
    codes = codes_in_use(judged)
    if codes.values or codes.columns:
        RecordCodes.objects.update_or_create(
            instrument=version.instrument,
            header=header_hash(judged.batch.columns.header),
            defaults={"rows": codes.rows()},
        )


def _write_account(wave: Wave, judged: Judged) -> None:
    batch = judged.batch
    RecordFile.objects.create(
        wave=wave,
        layout=batch.columns.layout,
        digest=judged.digest,
        items=sorted(batch.columns.items),
        read=batch.read,
        kept=len(batch.kept),
        complete_cases=judged.chosen.complete_cases,
        dropped={str(reason): len(lines) for reason, lines in batch.left_out.items()},
        unanswered=dict(Counter(batch.unanswered)),
        compared=compared(batch, judged.form),
        impossible=[vars(one) for one in batch.impossible],
        assumed=list(batch.assumed),
        taken_on=today(),
    )
