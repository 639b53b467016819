"""What a scenario may try, and which locks on a line can stand together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lientuc.core.errors import Problem

LEAST_PERCENT, MOST_PERCENT = 10, 400
NO_LIMIT = 10**9


@dataclass(frozen=True)
class ScenarioDraft:
    """Differences from the plan as it stands: money in per cent, the share every difficult commune must get in per cent.

    `cautious` counts with the lower end of the expected use. `sources_off` pay nothing, `kept_lines` stay as they are (both by
    public id); `without_locks` leaves the planners' locks aside, never those of classes that were opened.
    """

    name: str = ""
    budget_percent: int = 100
    equity_percent: int = 0
    cautious: bool = False
    sources_off: tuple[str, ...] = ()
    kept_lines: tuple[str, ...] = ()
    without_locks: bool = False


@dataclass(frozen=True)
class LockDraft:
    """Classes of a line in a quarter (1 to 4); `at_most` None sets no upper limit."""

    quarter: int
    at_least: int
    at_most: int | None
    reason: str = ""


@dataclass(frozen=True)
class LockFacts:
    """What a lock meets: the line's title, its quarters (1 to 4), classes opened by quarter, the locks it has."""

    title: str
    quarters: tuple[int, ...]
    opened: Mapping[int, int] = field(default_factory=dict)
    others: Sequence[LockDraft] = ()


def scenario_problems(draft: ScenarioDraft) -> Iterator[Problem]:
    """Why these differences cannot be tried."""
    if not LEAST_PERCENT <= draft.budget_percent <= MOST_PERCENT:
        yield Problem("planning.percent_wrong", "budget_percent", {"least": LEAST_PERCENT, "most": MOST_PERCENT})
    if not 0 <= draft.equity_percent <= 100:
        yield Problem("planning.percent_wrong", "equity_percent", {"least": 0, "most": 100})


def lock_problems(draft: LockDraft, facts: LockFacts) -> Iterator[Problem]:
    """Why a lock cannot stand: nothing asked, outside the line's quarters, against another lock or an opened class."""
    place: dict[str, int | str] = {"offering": facts.title, "quarter": draft.quarter}
    if draft.at_least <= 0 and draft.at_most is None:
        yield Problem("planning.lock_empty", "at_least")
        return
    if draft.quarter not in facts.quarters:
        yield Problem("planning.lock_leads_nowhere", "quarter", place)
        return
    if draft.at_least < 0 or (draft.at_most is not None and draft.at_most < draft.at_least):
        yield Problem("planning.locks_contradict", "at_most", place | _span(draft.at_least, draft.at_most))
        return
    opened = facts.opened.get(draft.quarter, 0)
    if draft.at_most is not None and draft.at_most < opened:
        values = place | {"opened": opened, "at_most": draft.at_most}
        yield Problem("planning.lock_against_classes", "at_most", values)
    for other in facts.others:
        if other.quarter == draft.quarter:
            least = max(draft.at_least, other.at_least)
            most = min(_most(draft), _most(other))
            if least > most:
                yield Problem("planning.locks_contradict", "at_least", place | _span(least, most))


def why_not_keep(lock: LockDraft, title: str, planned: int) -> Iterator[Problem]:
    """Why a proposal cannot be adopted beside a lock: another number of classes in that quarter; it was made before the lock
    or leaves locks aside."""
    if not lock.at_least <= planned <= _most(lock):
        values = {"title": title, "quarter": lock.quarter, "planned": planned}
        yield Problem("planning.proposal_breaks_lock", values=values)


def _most(lock: LockDraft) -> int:
    return NO_LIMIT if lock.at_most is None else lock.at_most


def _span(least: int, most: int | None) -> dict[str, int | str]:
    return {"at_least": least, "at_most": "–" if most is None else most}
