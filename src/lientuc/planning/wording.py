"""Values of a sentence that print differently in the two languages: `{vnd:vi}` and `{vnd:en}`."""

from __future__ import annotations

from dataclasses import dataclass

from lientuc.core import formats


@dataclass(frozen=True)
class Vnd:
    """An amount of đồng inside a sentence."""

    amount: int

    def __format__(self, language: str) -> str:
        return formats.vnd(self.amount, language=language or "vi")


@dataclass(frozen=True)
class InBoth:
    """A text inside a sentence, in the language of the sentence."""

    vi: str
    en: str

    def __format__(self, language: str) -> str:
        return self.en if language == "en" else self.vi
