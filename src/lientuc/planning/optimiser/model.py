"""What a year's plan is made from, and what a plan is. Values only.

Money is whole đồng, time is working days, quarters are places in `PlanningProblem.quarters`, counted from 0. Weights
and effects are plain numbers without a unit; where they come from is stored by the room that builds the problem.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Amounts = Mapping[str, int | str]


class Mode(StrEnum):
    """How an offering is held; away from home, at the learner's place, or on the line."""

    CENTRALISED = "centralised"
    ONSITE = "onsite"
    ONLINE = "online"
    MENTORING = "mentoring"


OFFSITE = (Mode.ONSITE, Mode.MENTORING)
"""Modes for which the provider's teachers travel."""


class Equipment(StrEnum):
    """Whether the equipment a programme needs is where the learners work."""

    PRESENT = "present"
    PLANNED = "planned"
    ABSENT = "absent"


class Reason(StrEnum):
    """Why persons of a need are not in the plan. Exactly one for each unmet need."""

    EQUIPMENT_ABSENT = "equipment_absent"
    NO_OFFERING = "no_offering"
    NOT_ELIGIBLE_MONEY = "not_eligible_money"
    PREREQUISITE = "prerequisite"
    LOCKED = "locked"
    STAFFING = "staffing"
    PROVIDER_DAYS = "provider_days"
    BELOW_MIN_CLASS = "below_min_class"
    MONEY = "money"
    LOWER_PRIORITY = "lower_priority"


class Stopped(StrEnum):
    """What ended the search: the gap asked for, the nodes allowed, the clock; `preview` did not search.

    After `time` the same problem may give another plan; after the others it never does.
    """

    GAP = "gap"
    WORK = "work"
    TIME = "time"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of the planned year."""

    id: str
    working_days: int


@dataclass(frozen=True, slots=True)
class Organisation:
    """An employer of learners; at most `most_away` of its staff may be away at one time."""

    id: str
    level: str
    area: str
    zone: int
    public: bool
    most_away: int


@dataclass(frozen=True, slots=True)
class Programme:
    """What is taught; `prerequisite` is another programme that must be finished in an earlier quarter."""

    id: str
    topic: str
    days: int
    statutory: bool = False
    prerequisite: str | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """Who teaches: class days, and class days away from home, by quarter."""

    id: str
    class_days: tuple[int, ...]
    offsite_days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Offering:
    """One programme by one provider in one mode; `area` None is open to all, `most_classes` limits one quarter."""

    id: str
    programme: str
    provider: str
    mode: Mode
    smallest: int
    largest: int
    class_vnd: int
    seat_vnd: int
    quarters: tuple[int, ...]
    area: str | None = None
    effect: float = 1.0
    away_days: float = 0.0
    most_classes: int | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """Persons of one organisation who need one programme; the first one trained weighs more than the others.

    `equipment_quarter` is the first quarter with planned equipment, `deadline` the last quarter that helps, `qualified`
    the persons who already have the prerequisite (None: all).
    """

    organisation: str
    programme: str
    persons: int
    first_weight: float
    rest_weight: float
    equipment: Equipment = Equipment.PRESENT
    equipment_quarter: int = 0
    deadline: int | None = None
    qualified: int | None = None


@dataclass(frozen=True, slots=True)
class Travel:
    """Travel and subsistence of one person of the organisation for one class of the offering."""

    organisation: str
    offering: str
    vnd: int


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What a source may pay for; an empty tuple or None sets no limit."""

    levels: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    zone_from: int = 0
    public: bool | None = None
    statutory: bool | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Money with a ceiling and rules on what it may pay."""

    id: str
    budget_vnd: int
    eligibility: Eligibility = Eligibility()
    pays_seats: bool = True
    pays_classes: bool = True


@dataclass(frozen=True, slots=True)
class ClassLock:
    """A person's decision on classes of an offering in a quarter."""

    offering: str
    quarter: int
    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class SeatLock:
    """A person's decision on seats of a need in an offering and a quarter."""

    organisation: str
    programme: str
    offering: str
    quarter: int
    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """Choices of the planners, stored with every plan.

    `packing`: part of the days away that can really be used. Organisations of `floor_level` in zone `floor_zone` and
    above should get `floor_share` of their need; each missing person costs `floor_penalty` of value. One online class
    may take `online_together` times `most_away` persons of one organisation. A million đồng for seats costs
    `million_weight`, one for classes `class_million_weight`: among equal plans the cheaper one wins. `equity_share` is a
    second, stricter floor for the same organisations (0: none), each missing person at `equity_penalty`. With a plan in
    hand a class of it is given up only for more than `change_penalty` of value.
    """

    packing: float = 0.8
    floor_level: str = "commune"
    floor_zone: int = 2
    floor_share: float = 0.30
    floor_penalty: float = 3.0
    online_together: int = 4
    million_weight: float = 1e-4
    class_million_weight: float = 1e-4
    equity_share: float = 0.0
    equity_penalty: float = 20.0
    change_penalty: float = 1.0


@dataclass(frozen=True, slots=True)
class PlanningProblem:
    """Everything a year's plan is decided from."""

    quarters: tuple[Quarter, ...]
    organisations: tuple[Organisation, ...]
    programmes: tuple[Programme, ...]
    providers: tuple[Provider, ...]
    offerings: tuple[Offering, ...]
    needs: tuple[Need, ...]
    sources: tuple[Source, ...]
    travel: tuple[Travel, ...] = ()
    locks: tuple[ClassLock | SeatLock, ...] = ()
    policy: Policy = Policy()


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to search. Only `nodes` and `gap` keep a plan repeatable; `seconds` is the safety net."""

    gap: float = 0.0005
    nodes: int = 400
    seconds: float = 300.0


@dataclass(frozen=True, slots=True)
class PlannedClass:
    """`count` classes of an offering in a quarter."""

    offering: str
    quarter: int
    count: int


@dataclass(frozen=True, slots=True)
class SeatBlock:
    """Seats of one organisation in the classes of one offering and quarter."""

    organisation: str
    programme: str
    offering: str
    quarter: int
    seats: int


@dataclass(frozen=True, slots=True)
class Payment:
    """What a source pays: the seats of an organisation with their travel, or (organisation None) the classes."""

    source: str
    offering: str
    quarter: int
    organisation: str | None
    vnd: int


@dataclass(frozen=True, slots=True)
class Unmet:
    """Persons of a need left out, the one reason, and the numbers of its sentence.

    `million_to_include` (reason `money` only): how much more money, in million đồng, would bring one more person in.
    """

    organisation: str
    programme: str
    persons: int
    reason: Reason
    values: Amounts = field(default_factory=dict)
    million_to_include: float | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """What one more million of a source is worth, by the bound: `low` for the next 1 % of its budget, `high` for the last.

    `kink`: the two differ so much that the price holds for small changes only.
    """

    source: str
    value_per_million: float
    low: float
    high: float
    kink: bool


@dataclass(frozen=True, slots=True)
class Dual:
    """The price of one row of the year model: its family and what names it there."""

    family: str
    name: tuple[str, ...]
    value: float


@dataclass(frozen=True, slots=True)
class Certificate:
    """Prices of the rows of the year model that prove `bound`; rows not named have the price 0."""

    bound: float
    duals: tuple[Dual, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan with its worth. `gap` is (bound - value) / bound; None where no bound was sought.

    `bound` is proved by `certificate`; `searched_bound`, where the whole problem was searched, is the solver's own word
    and often closer. `work` counts what the search did and is the same on every run. `seconds` is what it took on that
    day; it is no part of the plan, and two plans that differ only in it are equal.
    """

    classes: tuple[PlannedClass, ...]
    seats: tuple[SeatBlock, ...]
    payments: tuple[Payment, ...]
    unmet: tuple[Unmet, ...]
    value: float
    bound: float | None
    gap: float | None
    stopped: Stopped
    problem_digest: str
    versions: Mapping[str, str]
    prices: tuple[Price, ...] = ()
    certificate: Certificate | None = None
    searched_bound: float | None = None
    work: float = 0.0
    seconds: float = field(default=0.0, compare=False)
