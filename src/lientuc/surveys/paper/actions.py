"""Writes: typing a sheet, and settling where two typings differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import now, today
from lientuc.core.errors import refuse_if
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..enums import ResponseState, SheetState, WaveMode
from ..flow import CONSENT, Place, Sent, Submission, whole_submission
from ..links import new_pseudonym
from ..models import Answer, Response, Wave
from ..queries import form_of_wave
from ..rules import week_of
from .models import PaperSheet, PaperTyping
from .queries import answers_in, typings
from .rules import differences, settled, why_not_settle, why_not_type, why_not_type_again

RUN = "surveys.run_wave"
ROW = WhyUnscoped.ROW_IN_HAND


@action("surveys.type_sheet")
def type_sheet(*, wave: Wave, number: int, sent: Sent, by: Any, key: str = "") -> PaperSheet:
    """Keep what a person typed from a sheet: the first typing waits, a second one that agrees completes the response.

    What paper leaves open is kept as open, also where the form on screen requires an answer.
    """
    require(by, RUN, wave.organisation)
    problem = why_not_type(WaveMode(wave.mode), number)
    refuse_if([problem] if problem else [])
    result = whole_submission(form_of_wave(wave), sent)
    refuse_if(problem for problem in result.problems if problem.code != "surveys.required")
    sheet: PaperSheet
    sheet, new = PaperSheet.objects.unscoped(ROW).select_for_update().get_or_create(wave=wave, number=number)
    if new:
        _keep(sheet, 1, result, by)
        return sheet
    first = typings(sheet)[0]
    problem = why_not_type_again(SheetState(sheet.state), first.typed_by, str(by.public_id))
    refuse_if([problem] if problem else [])
    second = _keep(sheet, 2, result, by)
    return _compared(sheet, first, second)


def _keep(sheet: PaperSheet, turn: int, result: Submission, by: Any) -> PaperTyping:
    return PaperTyping.objects.create(
        sheet=sheet,
        turn=turn,
        answers=[[name, index, value] for (name, index), value in sorted(result.kept.items())],
        cleared=len(result.cleared),
        typed_at=now(),
        typed_by=str(by.public_id),
    )


def _compared(sheet: PaperSheet, first: PaperTyping, second: PaperTyping) -> PaperSheet:
    found = differences(answers_in(first), answers_in(second))
    sheet.differing = len(found)
    if not found:
        return _complete(sheet, answers_in(first), first.cleared)
    sheet.state = SheetState.DIFFERS
    sheet.save(update_fields=["state", "differing"])
    return sheet


@action("surveys.settle_sheet")
def settle_sheet(*, sheet: PaperSheet, chosen: Mapping[Place, int], by: Any, key: str = "") -> PaperSheet:
    """Choose, with the paper in hand, the first or the second typing wherever they differ."""
    require(by, RUN, sheet.wave.organisation)
    rows = PaperSheet.objects.unscoped(ROW).select_for_update(of=("self",))
    sheet = rows.select_related("wave__version__instrument", "wave__organisation").get(pk=sheet.pk)
    first, second = typings(sheet)[0], typings(sheet)[-1]
    found = differences(answers_in(first), answers_in(second))
    refuse_if(why_not_settle(SheetState(sheet.state), (one.place for one in found), chosen))
    answers = settled(answers_in(first), answers_in(second), {one.place: chosen[one.place] for one in found})
    form = form_of_wave(sheet.wave)
    sent = Sent(
        {place: value.split() if _several(form, place) else [value] for place, value in answers.items()},
        frozenset(answers),
    )
    result = whole_submission(form, sent)
    return _complete(sheet, dict(result.kept), max(first.cleared, second.cleared) + len(result.cleared))


def _several(form: Any, place: Place) -> bool:
    return bool(form.by_name[place[0]].type == "select_multiple")


def _complete(sheet: PaperSheet, answers: dict[Place, str], cleared: int) -> PaperSheet:
    refused = answers.get((CONSENT, 0)) == "no"
    response = Response.objects.create(
        wave=sheet.wave,
        pseudonym=new_pseudonym(),
        state=ResponseState.WITHDRAWN if refused else ResponseState.COMPLETED,
        week=week_of(today()),
        cleared=cleared,
    )
    items = {name: item.pk for name, item in form_of_wave(sheet.wave).by_name.items()}
    Answer.objects.bulk_create(
        Answer(response=response, item_id=items[name], index=index, value=value)
        for (name, index), value in ({} if refused else answers).items()
    )
    sheet.state, sheet.response = SheetState.DONE, response
    sheet.save(update_fields=["state", "response", "differing"])
    return sheet
