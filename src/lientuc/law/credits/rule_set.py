"""One reading of the law as a value: parameters and the settings where the texts are silent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..parameters import Parameters, shipped


class WindowMode(StrEnum):
    """From where the five years of regime P run."""

    ROLLING = "rolling"
    LICENCE = "licence"
    CONVERSION = "conversion"


class FactorSet(StrEnum):
    """Which copy of Appendix I is followed where the two disagree."""

    A = "A"
    B = "B"


class Pre2024(StrEnum):
    """Whether hours of before 01/01/2024 count towards regime P."""

    COUNT = "count"
    EXCLUDE = "exclude"


class YearMode(StrEnum):
    """What a year of regime S is."""

    CALENDAR = "calendar"
    BACK_FROM_D = "back_from_d"


@dataclass(frozen=True)
class RuleSet:
    """A value: a what-if is `dataclasses.replace(rules, window=…)` or `replace(rules, parameters=parameters.changed(…))`."""

    parameters: Parameters
    window: WindowMode
    factor_set: FactorSet
    pre2024: Pre2024
    year_mode: YearMode

    @classmethod
    def default(cls) -> RuleSet:
        """The parameters as shipped, read as `credits.settings.*` says."""
        law = shipped()
        return cls(
            parameters=law,
            window=WindowMode(law.latest("credits.settings.window").text()),
            factor_set=FactorSet(law.latest("credits.settings.factor_set").text()),
            pre2024=Pre2024(law.latest("credits.settings.pre2024").text()),
            year_mode=YearMode(law.latest("credits.settings.year_mode").text()),
        )

    @property
    def key(self) -> str:
        """A short stable name: equal for equal rule sets, different for any changed value."""
        return "-".join((self.window, self.factor_set, self.pre2024, self.year_mode, self.parameters.digest))
