"""The job behind a what-if: an extract of today, the changed rule set over columns, the groups kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from lientuc.accounts.models import SYSTEM
from lientuc.core.clock import today
from lientuc.law.credits import RuleSet
from lientuc.places.scope import WhyUnscoped

from .actions.whatifs import answer_what_if
from .models import WhatIf, WhatIfAnswer, WhatIfGroup
from .rules.changes import changed_rules

READ, RECKONED = 60, 95


def reckon(payload: dict[str, Any], progress: Callable[[int], None]) -> dict[str, Any]:
    """Answer one what-if over everybody in the register; `{what_if, persons, milliseconds}`."""
    # Late: the engine is large, and a web process never needs it.
    from .bulk import moved_by, prepared
    from .extract import refreshed_extract

    asked = WhatIf.objects.unscoped(WhyUnscoped.REBUILD).get(public_id=payload["what_if"])
    rules = changed_rules(RuleSet.default(), [(change["name"], change["after"]) for change in asked.changes])
    extract = refreshed_extract(today())
    prepared(extract)
    progress(READ)
    start = time.perf_counter()
    moved = moved_by(extract, rules)
    milliseconds = int((time.perf_counter() - start) * 1_000)
    progress(RECKONED)
    answer = WhatIfAnswer(
        what_if=asked,
        on_date=extract.day,
        extracted_at=extract.moment,
        persons=sum(group.persons for group in moved),
        entries=extract.entries,
        milliseconds=milliseconds,
    )
    groups = [WhatIfGroup(what_if=asked, **vars(group)) for group in moved]
    answer_what_if(answer=answer, groups=groups, by=SYSTEM)
    return {"what_if": payload["what_if"], "persons": answer.persons, "milliseconds": milliseconds}
