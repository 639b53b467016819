"""The box of an anonymous wave: answers go in sealed, and come out shuffled, ten at a time."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from random import SystemRandom

from lientuc.core.clock import today
from lientuc.core.errors import Problem, refuse_if
from lientuc.places.scope import WhyUnscoped

from ..enums import ResponseState, WaveMode
from ..flow import CONSENT, Place, Submission
from ..links import new_pseudonym
from ..models import Answer, Response, Wave
from ..queries import form_of_wave
from ..rules import week_of
from . import blind_rsa, sealing
from .models import BallotBox, SpentBallot, WaitingAnswers
from .rules import leaving, may_be_opened

ROW = WhyUnscoped.ROW_IN_HAND
_chance = SystemRandom()


@dataclass(frozen=True)
class Sheet:
    """One person's answers by place, and how many were typed into questions that did not concern them."""

    answers: dict[Place, str]
    cleared: int

    def packed(self) -> bytes:
        """As bytes for a packet."""
        rows = [[name, index, value] for (name, index), value in sorted(self.answers.items())]
        return json.dumps([rows, self.cleared], ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def unpacked(cls, data: bytes) -> Sheet:
        """From bytes of `packed`."""
        rows, cleared = json.loads(data)
        return cls({(name, index): value for name, index, value in rows}, cleared)


def sheet_of(result: Submission) -> Sheet | None:
    """What is put into the box; None where consent was refused: the ballot is spent and nothing is kept."""
    if result.kept.get((CONSENT, 0)) == "no":
        return None
    return Sheet(dict(result.kept), len(result.cleared))


def new_box(wave: Wave) -> BallotBox:
    """The box of a new anonymous wave with keys of its own."""
    key = blind_rsa.new_key()
    return BallotBox.objects.create(
        wave=wave,
        code=secrets.token_urlsafe(9),
        public_key=blind_rsa.public_text(key),
        signing_key=sealing.seal_key(blind_rsa.written(key)),
        sealing_key=sealing.seal_key(sealing.new_box_key()),
    )


def box_of(wave: Wave) -> BallotBox:
    """The box of an anonymous wave."""
    box: BallotBox = BallotBox.objects.unscoped(ROW).get(wave=wave)
    return box


def locked(box: BallotBox) -> BallotBox:
    """The box with its row held: one at a time puts in or takes out."""
    rows = BallotBox.objects.unscoped(ROW).select_for_update(of=("self",))
    found: BallotBox = rows.select_related("wave__version__instrument", "wave__organisation").get(pk=box.pk)
    return found


def digest_of(ballot: bytes) -> str:
    """What is stored of a spent ballot."""
    return hashlib.sha256(b"ballot:" + ballot).hexdigest()


def put_in(box: BallotBox, sheet: Sheet) -> None:
    """Seal one person's answers into a locked box, and let a batch go where enough wait."""
    key = sealing.open_key(bytes(box.sealing_key or b""))
    WaitingAnswers.objects.create(box=box, packet=sealing.seal_packet(key, sheet.packed()))
    waiting = _waiting(box)
    count = leaving(len(waiting))
    if count:
        take_out(box, _chance.sample(waiting, count))


def take_out(box: BallotBox, chosen: Sequence[str]) -> int:
    """Make these waiting packets into completed responses in a random order; all bear the week in which they leave."""
    key = sealing.open_key(bytes(box.sealing_key or b""))
    rows = WaitingAnswers.objects.unscoped(ROW).filter(box=box, pk__in=chosen)
    sheets = [Sheet.unpacked(sealing.open_packet(key, bytes(row.packet))) for row in rows]
    _chance.shuffle(sheets)
    _write(box.wave, sheets)
    rows.delete()
    return len(sheets)


def _write(wave: Wave, sheets: Sequence[Sheet]) -> None:
    items = {name: item.pk for name, item in form_of_wave(wave).by_name.items()}
    week = week_of(today())
    values = {"wave": wave, "state": ResponseState.COMPLETED, "week": week}
    made = [Response(pseudonym=new_pseudonym(), cleared=sheet.cleared, **values) for sheet in sheets]
    Response.objects.bulk_create(made)
    Answer.objects.bulk_create(
        Answer(response=response, item_id=items[name], index=index, value=value)
        for response, sheet in zip(made, sheets, strict=True)
        for (name, index), value in sheet.answers.items()
    )


def empty(wave: Wave) -> None:
    """At closing: let everything out, or destroy it where it is too little to hide anybody; then destroy the keys."""
    box = locked(box_of(wave))
    waiting = _waiting(box)
    if may_be_opened(answered(box)):
        take_out(box, waiting)
    else:
        WaitingAnswers.objects.unscoped(ROW).filter(box=box).delete()
        box.destroyed = len(waiting)
    box.signing_key = box.sealing_key = None
    box.save(update_fields=["signing_key", "sealing_key", "destroyed"])


def _waiting(box: BallotBox) -> list[str]:
    return list(WaitingAnswers.objects.unscoped(ROW).filter(box=box).values_list("pk", flat=True))


def answered(box: BallotBox) -> int:
    """How many people's answers came in: those still waiting and those let out."""
    out = Response.objects.unscoped(ROW).filter(wave_id=box.wave_id, state=ResponseState.COMPLETED).count()
    waiting: int = WaitingAnswers.objects.unscoped(ROW).filter(box=box).count()
    return int(out) + waiting


def spent(box: BallotBox) -> int:
    """How many ballots were cast."""
    count: int = SpentBallot.objects.unscoped(ROW).filter(box=box).count()
    return count


def need_anonymous(wave: Wave) -> None:
    refuse_if([] if wave.mode == WaveMode.ANONYMOUS else [Problem("surveys.not_anonymous")])
