"""Persons a proposal leaves out, each with the one reason and what would bring them in, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lientuc.core.errors import Problem
from lientuc.core.names import fold
from lientuc.curricula.models import Topic
from lientuc.web.say import current_language

from .models import PlanProposal
from .papers import ROMAN
from .wording import Vnd


@dataclass(frozen=True)
class LeftOut:
    """Persons of a unit and topic left out; `reason` and `remedy` are problems with a sentence each."""

    organisation: str
    topic: str
    persons: int
    code: str
    reason: Problem
    remedy: Problem


def unmet_rows(row: PlanProposal, chosen: Mapping[str, Any] | None = None) -> list[LeftOut]:
    """Who is left out and why, as many persons first as the optimiser listed them; one query."""
    topics = Topic.objects.in_bulk({each["topic"] for each in row.unmet})
    english = current_language() == "en"
    found = [_left_out(each, topics[each["topic"]], english) for each in row.unmet]
    return _narrowed(found, chosen or {})


def _left_out(each: Mapping[str, Any], topic: Topic, english: bool) -> LeftOut:
    quarter = each.get("quarter", 0)
    values = {
        "vnd": Vnd(each["vnd"]),
        "sources": each["sources"],
        "missing": each.get("missing", 0),
        "offering": each.get("offering", ""),
        "quarter": ROMAN[quarter - 1] if quarter else "–",
    }
    code = each["reason"]
    counted = "_counted" if code == "below_min_class" and values["missing"] else ""
    return LeftOut(
        organisation=each["organisation"],
        topic=topic.name_en if english else topic.name_vi,
        persons=each["persons"],
        code=code,
        reason=Problem(f"planning.unmet_{code}{counted}", values=values),
        remedy=Problem(f"planning.remedy_{code}", values=values),
    )


def _narrowed(rows: Sequence[LeftOut], chosen: Mapping[str, Any]) -> list[LeftOut]:
    words, reason = fold(chosen.get("q") or ""), chosen.get("reason") or ""
    return [
        row for row in rows if (not reason or row.code == reason) and words in fold(f"{row.organisation} {row.topic}")
    ]
