"""A text in the two languages of the house."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrase:
    """One label or sentence: Vietnamese is the face, English the twin; `{name}` places are filled with values."""

    vi: str
    en: str

    def in_language(self, language: str, **values: object) -> str:
        """The text in `language` (Vietnamese unless `en`), its `{name}` places filled."""
        return (self.en if language == "en" else self.vi).format(**values)
