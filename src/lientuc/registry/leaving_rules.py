"""May somebody be noted as gone, and the end of a post be taken back."""

from __future__ import annotations

from datetime import date

from lientuc.core.errors import Problem

from .enums import EndReason


def why_not_reopen(*, to_on: date | None, open_here: bool) -> list[Problem]:
    """Why the end of a post cannot be taken back."""
    if to_on is None:
        return [Problem("registry.post_not_ended")]
    return [Problem("registry.post_open_here")] if open_here else []


# Reasons for which every post of a person ends at once; somebody who resigns may still work elsewhere.
FOR_GOOD = (EndReason.RETIRED, EndReason.DIED, EndReason.MOVED_ABROAD)


def departure_problems(
    reason: EndReason, *, on: date, today: date, left_on: date | None, has_posts: bool
) -> list[Problem]:
    """Why a person cannot be noted as gone; a death lies in the past, a retirement may be known before."""
    found = [] if reason in FOR_GOOD else [Problem("registry.departure_reason", "reason")]
    if left_on is not None and not has_posts:
        found.append(Problem("registry.left_already", values={"day": left_on}))
    if reason is EndReason.DIED and on > today:
        found.append(Problem("registry.death_later", "on", {"day": on}))
    return found
