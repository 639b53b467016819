"""Needs, sources of money, local rates, plans with their lines, comments and proposals of the optimiser."""

from .calls import NeedsCall, NeedsCallUnit
from .history import MoneyEntry, PlanLineChange, PlanTarget
from .learning import UseEstimate
from .money import FundingSource, LocalRate
from .needs import OPEN_NEEDS, Need, NeedCondition, NeedPerson
from .nominations import Nomination, UnitSeats
from .opinions import PlanComment, PlanParty
from .plans import Plan, PlanLine, PlanLineNeed, PlanLineRun
from .proposals import PlanProposal
from .scenarios import LineLock, Scenario

__all__ = (
    "OPEN_NEEDS",
    "FundingSource",
    "LineLock",
    "LocalRate",
    "MoneyEntry",
    "Need",
    "NeedCondition",
    "NeedPerson",
    "NeedsCall",
    "NeedsCallUnit",
    "Nomination",
    "Plan",
    "PlanComment",
    "PlanLine",
    "PlanLineChange",
    "PlanLineNeed",
    "PlanLineRun",
    "PlanParty",
    "PlanProposal",
    "PlanTarget",
    "Scenario",
    "UnitSeats",
    "UseEstimate",
)
