"""Persons for the seats of units: proposed by the optimiser in a child process, then held against the on-call rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lientuc.core.errors import Problem, Refused

from ..enums import NominationState
from ..models import UnitSeats
from ..optimiser import model
from ..optimiser.child import Limits
from ..policy import policy
from ..queries.nominations import Candidate, candidates, facts_of
from ..rules.nominations import nomination_problems
from .computing import Decided, Job, Seated, Somebody, Suit, Told
from .problem import QUARTER_IDS, topic_id, unit_id
from .watching import Watch, run_watched

SECONDS = 60.0
Rows = Sequence[tuple[UnitSeats, list[Candidate]]]


def proposed(seats: Sequence[UnitSeats]) -> dict[int, list[int]]:
    """Workers by seats: the assignment of greatest worth, thinned where a station would be left without its shift.

    Whoever the unit chose stays, whoever it keeps out stays out. Raises Refused where the search fails.
    """
    rows = [(each, candidates(each)) for each in seats]
    found: dict[tuple[int, str], list[int]] = {}
    for each in _assigned(rows):
        found.setdefault((int(each.organisation.split(":")[1]), each.offering), []).append(
            int(each.person.split(":")[1])
        )
    return {row.pk: _able(row, people, found.get((row.organisation_id, _key(row)), [])) for row, people in rows}


def _able(row: UnitSeats, people: Sequence[Candidate], assigned: Sequence[int]) -> list[int]:
    """Chosen ones first, then the assigned, then stand-ins by suitability, as long as nothing stands against it."""
    facts = facts_of(row, people)
    order = sorted(
        (each for each in people if each.state != NominationState.KEPT_OUT),
        key=lambda each: (each.state != NominationState.CHOSEN, each.worker.pk not in assigned, -each.suit),
    )
    taken: list[Candidate] = []
    for each in order:
        keys = [str(one.worker.public_id) for one in (*taken, each)]
        if len(taken) < row.seats and not list(nomination_problems(keys, facts)):
            taken.append(each)
    return [each.worker.pk for each in taken]


def _assigned(rows: Rows) -> tuple[Seated, ...]:
    told: list[Told] = []
    job = Job(_problem(rows), model.Effort(), people=_people(rows), decided=_locks(rows), seats=_plan(rows))
    limits = Limits(policy().effort["memory_mb"], int(SECONDS), SECONDS)
    failure = run_watched(job, limits, Watch(told.append, lambda seconds: True))
    if failure is not None or not told:
        because = failure.because if failure else "crashed"
        raise Refused(Problem(f"planning.child_{because}", values={"detail": ""}))
    return told[0].people


def _key(row: UnitSeats) -> str:
    return f"line:{row.line_id}"


def _quarter(row: UnitSeats) -> int:
    return row.line.from_quarter - 1


def _problem(rows: Rows) -> model.PlanningProblem:
    days = policy().classes["days"]
    lines = {row.line_id: row for row, _ in rows}
    return model.PlanningProblem(
        quarters=tuple(model.Quarter(name, policy().working_days) for name in QUARTER_IDS),
        organisations=(),
        programmes=(),
        providers=(),
        offerings=tuple(
            model.Offering(
                id=_key(row),
                programme=topic_id(row.line.topic_id),
                provider="",
                mode=model.Mode.CENTRALISED,
                smallest=1,
                largest=max(1, row.line.persons),
                class_vnd=0,
                seat_vnd=0,
                quarters=(_quarter(row),),
                away_days=float(days),
            )
            for row in lines.values()
        ),
        needs=(),
        sources=(),
    )


def _plan(rows: Rows) -> model.Plan:
    blocks = tuple(
        model.SeatBlock(unit_id(row.organisation_id), topic_id(row.line.topic_id), _key(row), _quarter(row), row.seats)
        for row, _ in rows
    )
    return model.Plan((), blocks, (), (), 0.0, None, None, model.Stopped.PREVIEW, "", {})


def _name(row: UnitSeats, each: Candidate) -> str:
    return f"worker:{each.worker.pk}:{row.organisation_id}"


def _people(rows: Rows) -> tuple[Somebody, ...]:
    suits: dict[str, dict[str, float]] = {}
    away: dict[str, set[int]] = {}
    units: dict[str, str] = {}
    for row, people in rows:
        for each in people:
            name = _name(row, each)
            units[name] = unit_id(row.organisation_id)
            topic = topic_id(row.line.topic_id)
            suits.setdefault(name, {})[topic] = max(each.suit, suits.get(name, {}).get(topic, 0.0))
            if each.on_leave:
                away.setdefault(name, set()).update(range(_quarter(row), row.line.to_quarter))
    most = policy().naming["most_courses"]
    return tuple(
        Somebody(
            name,
            units[name],
            tuple(Suit(topic, worth) for topic, worth in sorted(suits[name].items())),
            most,
            tuple(sorted(away.get(name, ()))),
        )
        for name in sorted(suits)
    )


def _locks(rows: Rows) -> tuple[Decided, ...]:
    decided: Mapping[NominationState, bool] = {NominationState.CHOSEN: True, NominationState.KEPT_OUT: False}
    found: dict[tuple[str, str, int], bool] = {}
    for row, people in rows:
        for each in people:
            if each.state is not None and each.state in decided:
                # Two lines on one topic in one quarter: who goes to either of them goes.
                key = _name(row, each), topic_id(row.line.topic_id), _quarter(row)
                found[key] = found.get(key, False) or decided[each.state]
    return tuple(Decided(*key, goes) for key, goes in sorted(found.items()))
