"""Credit of one worker: regime, hours of an entry, standing on a day."""

from __future__ import annotations

from ..workers import LicenceKind, Title, WorkerFacts
from .amounts import Amount, Unit, total
from .entries import COUNTING, EntryDecision, Reason, hours_of
from .exemptions import ExemptionBasis, exempts
from .facts import EntryFacts, Exemption, Form, Level, Role
from .regimes import UNITS, Decision, Regime, regime_of
from .rule_set import FactorSet, Pre2024, RuleSet, WindowMode, YearMode
from .standing import Standing, Status, standing
from .windows import Window, YearFloor

__all__ = [
    "COUNTING",
    "UNITS",
    "Amount",
    "Decision",
    "EntryDecision",
    "EntryFacts",
    "Exemption",
    "ExemptionBasis",
    "FactorSet",
    "Form",
    "Level",
    "LicenceKind",
    "Pre2024",
    "Reason",
    "Regime",
    "Role",
    "RuleSet",
    "Standing",
    "Status",
    "Title",
    "Unit",
    "Window",
    "WindowMode",
    "WorkerFacts",
    "YearFloor",
    "YearMode",
    "exempts",
    "hours_of",
    "regime_of",
    "standing",
    "total",
]
