"""What a lower floor writes may make values of an upper floor stale: the upper room follows those actions by their code.

A follower runs inside the action's own transaction, after its audit row, so that a derived value is never older than what it
was derived from. It may only rebuild derived values, queue a job, or call an action of its own room, where permission, rules
and audit are (ADR 18): it is itself no place for rules or for writes of meaning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

# What the action returned, and the arguments it was called with.
Follower = Callable[[Any, Mapping[str, Any]], None]

_followers: dict[str, list[Follower]] = defaultdict(list)


def follow(codes: Iterable[str], follower: Follower) -> None:
    """Call `follower` after each action of these codes; said once, in a room's `AppConfig.ready`."""
    for code in codes:
        if follower not in _followers[code]:
            _followers[code].append(follower)


def followed() -> frozenset[str]:
    """The codes that somebody follows."""
    return frozenset(code for code, followers in _followers.items() if followers)


def tell(code: str, result: Any, given: Mapping[str, Any]) -> None:
    """Let everybody who follows `code` do their part; an error of theirs undoes the action."""
    for follower in _followers.get(code, ()):
        follower(result, given)
