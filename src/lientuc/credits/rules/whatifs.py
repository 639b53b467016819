"""Questions about a what-if: the draft in, problems out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lientuc.core.errors import Problem
from lientuc.core.names import tidy
from lientuc.law.credits import RuleSet

from .changes import change_problems, differences

LONGEST_NAME, LONGEST_NOTE = 120, 400


@dataclass(frozen=True)
class WhatIfDraft:
    """A question as typed: `values` maps names of `rules.changes.changeable` to texts; what equals the present is no change."""

    name: str
    values: Mapping[str, str]
    note: str = ""

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The values as `(name, text)`, empty ones left out."""
        return tuple((name, text.strip()) for name, text in self.values.items() if text.strip())


def what_if_problems(draft: WhatIfDraft, rules: RuleSet) -> list[Problem]:
    """What stands in the way of asking; empty when nothing does."""
    found = [] if tidy(draft.name) else [Problem("credits.what_if_name_missing", "name")]
    for field, limit in (("name", LONGEST_NAME), ("note", LONGEST_NOTE)):
        if len(getattr(draft, field)) > limit:
            found.append(Problem("credits.too_long", field, {"limit": limit}))
    wrong = [problem for name, text in draft.pairs for problem in change_problems(rules, name, text)]
    if not wrong and not differences(rules, draft.pairs):
        wrong = [Problem("credits.what_if_changes_nothing")]
    return found + wrong
