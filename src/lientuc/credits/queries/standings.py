"""Where people stand: one person explained line by line, units from the standings reckoned last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q, QuerySet

from lientuc.core.names import fold
from lientuc.law.credits import (
    Amount,
    EntryDecision,
    EntryFacts,
    Exemption,
    FactorSet,
    LicenceKind,
    Pre2024,
    Reason,
    Regime,
    RuleSet,
    Standing,
    Status,
    WorkerFacts,
    standing,
    total,
)
from lientuc.places.models import Organisation
from lientuc.places.scope import Scope, WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.registry.queries import facts_of_many
from lientuc.registry.queries.facts import Facts

from ..enums import BesideWhy, FactorUnit
from ..models import CreditEntry, Reversal, StandingRow
from .people import of_persons

VIEW = "credits.view_entries"


@dataclass(frozen=True)
class Line:
    """One entry with what it counts; `factor_unit` is what its units are, None where the law has no row for it."""

    entry: CreditEntry
    decision: EntryDecision
    factor_unit: FactorUnit | None


@dataclass(frozen=True)
class Beside:
    """The same entries reckoned another way, with why; its hours are never added to the first reckoning's."""

    why: BesideWhy
    standing: Standing


@dataclass(frozen=True)
class Explained:
    """A standing with its lines joined to the ledger, the latest activity first, and what was taken back."""

    worker: HealthWorker
    standing: Standing
    lines: tuple[Line, ...]
    reversed: tuple[Reversal, ...]
    exemptions: tuple[Exemption, ...]
    beside: tuple[Beside, ...] = ()

    @property
    def counted(self) -> tuple[Line, ...]:
        """The lines that count."""
        return tuple(line for line in self.lines if line.decision.counted)

    @property
    def not_counted(self) -> tuple[Line, ...]:
        """The lines that count nothing, each with its reason."""
        return tuple(line for line in self.lines if not line.decision.counted)

    @property
    def verified(self) -> Amount:
        """Counted hours that rest on values read in the texts."""
        return self.standing.counted - self.standing.secondary

    @property
    def years_missed(self) -> str:
        """The past years below their floor, as years in a row; empty where there is none."""
        return ", ".join(
            str(year.year) for year in self.standing.yearly if not year.met and year.end_on < self.standing.on
        )

    @property
    def sum_of_lines(self) -> Amount:
        """The lines added up again, for the foot of the table."""
        return total(self.standing.unit, (line.decision.amount for line in self.lines))


def standing_of(worker: HealthWorker, on: date, rules: RuleSet | None = None, known: Facts | None = None) -> Explained:
    """Where a person stands on `on`, explained line by line; at most four queries, one where the facts are `known`.

    Raises law.NotInForce where no text is in force on `on` itself.
    """
    rules = rules or RuleSet.default()
    facts, exemptions = known or facts_of_many([worker], on)[worker.pk]
    mine = CreditEntry.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(of_persons([worker.person]))
    rows = list(mine.select_related("organisation", "reversal").order_by("-activity_on", "-pk"))
    entries = {str(row.public_id): row for row in rows if not hasattr(row, "reversal")}
    told = [row.facts for row in entries.values()]
    answer = standing(facts, told, exemptions, on, rules)
    decisions = {line.entry_id: line for line in answer.lines}
    return Explained(
        worker=worker,
        standing=answer,
        lines=tuple(_line(entry, decisions[key], rules) for key, entry in entries.items()),
        reversed=tuple(row.reversal for row in rows if hasattr(row, "reversal")),
        exemptions=exemptions,
        beside=_beside(answer, facts, told, exemptions, rules),
    )


def _beside(
    answer: Standing, facts: WorkerFacts, told: Sequence[EntryFacts], exemptions: tuple[Exemption, ...], rules: RuleSet
) -> tuple[Beside, ...]:
    """The other reckonings that a practitioner should see: of the years before the licence, and where the texts are open."""
    if answer.regime is not Regime.P or answer.window is None:
        return ()
    issued, start = facts.licence_issued_on, answer.window.start
    others: dict[BesideWhy, tuple[WorkerFacts, RuleSet]] = {}
    if issued is not None and issued > start and any(entry.activity_on < issued for entry in told):
        others[BesideWhy.OTHER_STAFF_BEFORE] = replace(facts, licence_kind=LicenceKind.NONE, practising=False), rules
    if rules.pre2024 is Pre2024.COUNT and any(line.reason is Reason.COUNTED_PRE2024 for line in answer.lines):
        others[BesideWhy.WITHOUT_PRE2024] = facts, replace(rules, pre2024=Pre2024.EXCLUDE)
    if rules.factor_set is FactorSet.A and answer.secondary:
        others[BesideWhy.OTHER_FACTORS] = facts, replace(rules, factor_set=FactorSet.B)
    found = (Beside(why, standing(who, told, exemptions, answer.on, by)) for why, (who, by) in others.items())
    return tuple(
        one for one in found if one.why is not BesideWhy.OTHER_FACTORS or one.standing.counted != answer.counted
    )


def _line(entry: CreditEntry, decision: EntryDecision, rules: RuleSet) -> Line:
    units = _factor_units(rules)
    return Line(entry, decision, units.get((decision.rule_id, entry.form)))


def _factor_units(rules: RuleSet) -> Mapping[tuple[str, str], FactorUnit]:
    return {(row.rule_id, row.form): FactorUnit(row.unit) for row in rules.parameters.factors if row.unit}


def standings_of(
    *, by: Any, text: str = "", status: str = "", organisation: Organisation | None = None, with_left: bool = False
) -> QuerySet[StandingRow]:
    """The standings `by` may see, of people who work there still, as last reckoned; one query, keyset by name."""
    rows = StandingRow.objects.visible_to(by, VIEW).filter(worker__canonical__isnull=True)
    if not with_left:
        rows = rows.filter(worker__left_on__isnull=True)
    if text:
        digits = "".join(text.split())
        named = Q(worker__national_number=digits) if digits.isdigit() else Q(worker__name_fold__contains=fold(text))
        rows = rows.filter(named)
    if status:
        rows = rows.filter(status=status)
    if organisation is not None:
        rows = rows.filter(worker__keeper=organisation)
    return rows.select_related("worker__keeper")


class GroupBy(StrEnum):
    """What standings are counted by; the value is the lookup from a standing."""

    ALL = ""
    CARE_LEVEL = "worker__keeper__care_level"
    COMMUNE = "worker__keeper__commune_code"
    PROVINCE = "worker__keeper__province_code"
    ORGANISATION = "worker__keeper"
    TITLE = "worker__title"


@dataclass(frozen=True)
class Summary:
    """People of one group by status; hours are not summed, for two units never meet in one sum."""

    group: str | int
    persons: int
    by_status: Mapping[Status, int]

    @property
    def with_duty(self) -> int:
        """The denominator of every share: people whose hours are asked for on the day."""
        return self.persons - self.by_status[Status.EXEMPT] - self.by_status[Status.NOT_COVERED]


def summary_by(*, scope: Scope, group_by: GroupBy = GroupBy.ALL) -> tuple[Summary, ...]:
    """People in `scope` by group and status, in order of the group's code; one query."""
    rows = StandingRow.objects.within(scope).filter(worker__canonical__isnull=True, worker__left_on__isnull=True)
    keys = [group_by.value, "status"] if group_by.value else ["status"]
    counted: dict[Any, dict[Status, int]] = {}
    for row in rows.order_by().values(*keys).annotate(n=Count("pk")):
        group = counted.setdefault(row[group_by.value] if group_by.value else "", dict.fromkeys(Status, 0))
        group[Status(row["status"])] += row["n"]
    return tuple(
        Summary(group, sum(by_status.values()), by_status) for group, by_status in sorted(counted.items(), key=_by_key)
    )


def _by_key(item: tuple[Any, Any]) -> str:
    return str(item[0])


def not_reckoned(*, scope: Scope, on: date) -> QuerySet[HealthWorker]:
    """People in `scope` whose standing was never reckoned, or not for `on`."""
    fresh = StandingRow.objects.unscoped(WhyUnscoped.RULE).filter(on_date=on).values("worker")
    rows = HealthWorker.objects.within(scope).filter(canonical__isnull=True, left_on__isnull=True)
    return rows.exclude(pk__in=fresh)
