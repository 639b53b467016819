"""Whether an amount is under the national ceiling of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .certainty import Certainty
from .numbering import Citation
from .parameters import shipped


class MoneyNorm(StrEnum):
    """Norms with a national ceiling in đồng."""

    LECTURER_HALF_DAY = "lecturer_half_day"
    ASSISTANT_HALF_DAY = "assistant_half_day"
    MATERIAL_WRITING_PAGE = "material_writing_page"
    MATERIAL_EDITING_PAGE = "material_editing_page"
    MATERIAL_APPRAISAL_PAGE = "material_appraisal_page"
    DAILY_ALLOWANCE = "daily_allowance"
    DAILY_ALLOWANCE_SEA = "daily_allowance_sea"
    SAME_DAY_ALLOWANCE = "same_day_allowance"
    ROOM_LEADER = "room_leader"
    ROOM_DEPUTY_CITY = "room_deputy_city"
    ROOM_DEPUTY_ELSEWHERE = "room_deputy_elsewhere"
    ROOM_OTHER = "room_other"


class CeilingAnswer(StrEnum):
    """ok: at or under the ceiling; over; unknown: a text is in force and its ceiling was not readable."""

    OK = "ok"
    OVER = "over"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class MoneyDecision:
    """The answer with the ceiling (whole đồng per `unit`, None where unknown) and where it is written."""

    answer: CeilingAnswer
    ceiling_vnd: int | None
    unit: str
    certainty: Certainty
    citation: Citation


@dataclass(frozen=True)
class Ceiling:
    """A national ceiling of a day: whole đồng per `unit` (None where its text was not readable), in force from and to."""

    vnd: int | None
    unit: str
    valid_from: date
    valid_to: date | None
    certainty: Certainty
    citation: Citation
    note: str


def ceiling_on(norm: MoneyNorm, on: date) -> Ceiling:
    """The ceiling of `norm` on `on`; raises NotInForce without a text."""
    found = shipped().value(f"money.{norm.value}", on)
    return Ceiling(
        vnd=None if found.value is None else found.whole(),
        unit=found.unit,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        certainty=found.certainty,
        citation=found.citation,
        note=found.note,
    )


def check_amount(norm: MoneyNorm, amount_vnd: int, on: date) -> MoneyDecision:
    """Whether `amount_vnd` for one unit of `norm` is under the ceiling on `on`; raises NotInForce without a text."""
    ceiling = shipped().value(f"money.{norm.value}", on)
    if ceiling.value is None:
        return MoneyDecision(CeilingAnswer.UNKNOWN, None, ceiling.unit, ceiling.certainty, ceiling.citation)
    answer = CeilingAnswer.OVER if amount_vnd > ceiling.whole() else CeilingAnswer.OK
    return MoneyDecision(answer, ceiling.whole(), ceiling.unit, ceiling.certainty, ceiling.citation)


def check_assistant_fee(assistant_vnd: int, lecturer_vnd: int, on: date) -> MoneyDecision:
    """The fee of a teaching assistant: under its own ceiling and under its share of what the lecturer gets."""
    own = check_amount(MoneyNorm.ASSISTANT_HALF_DAY, assistant_vnd, on)
    share = shipped().value("money.assistant_share_percent", on)
    by_share = lecturer_vnd * share.whole() // 100
    if own.ceiling_vnd is None or by_share >= own.ceiling_vnd:
        return own
    answer = CeilingAnswer.OVER if assistant_vnd > by_share else CeilingAnswer.OK
    return MoneyDecision(answer, by_share, own.unit, share.certainty, share.citation)
