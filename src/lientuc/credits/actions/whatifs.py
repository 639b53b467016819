"""Asking what a changed rule set would do, and keeping the answer; real standings are not touched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.errors import refuse_if
from lientuc.core.ids import new_public_id
from lientuc.core.names import tidy
from lientuc.law.credits import RuleSet
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.jobs import enqueue
from lientuc.trail.record import action

from ..models import WhatIf, WhatIfAnswer, WhatIfGroup
from ..rules.changes import changed_rules, differences
from ..rules.whatifs import WhatIfDraft, what_if_problems

RUN = "credits.run_whatif"
WORK = "lientuc.credits.whatif.reckon"


@action("credits.ask_what_if")
def ask_what_if(*, draft: WhatIfDraft, organisation: Organisation, by: Any, key: str = "") -> WhatIf:
    """Keep the question with its difference and queue its reckoning."""
    require(by, RUN, organisation)
    rules = RuleSet.default()
    refuse_if(what_if_problems(draft, rules))
    changes = differences(rules, draft.pairs)
    public_id = new_public_id()
    job = enqueue(work=WORK, payload={"what_if": str(public_id)}, made_by=str(by.public_id))
    made: WhatIf = WhatIf.objects.create(
        public_id=public_id,
        organisation=organisation,
        name=tidy(draft.name),
        note=tidy(draft.note),
        changes=[asdict(change) for change in changes],
        base_key=rules.key,
        scenario_key=changed_rules(rules, [(change.name, change.after) for change in changes]).key,
        job=job,
        asked_by=str(by.public_id),
    )
    return made


@action("credits.answer_what_if")
def answer_what_if(*, answer: WhatIfAnswer, groups: Iterable[WhatIfGroup], by: Any) -> WhatIfAnswer:
    """Keep the unsaved answer and its groups, once: a job that runs again keeps what the first run stored."""
    require(by, RUN, answer.organisation)
    kept = WhatIfAnswer.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(what_if=answer.what_if).first()
    if kept is not None:
        return kept  # type: ignore[no-any-return]
    answer.save()
    WhatIfGroup.objects.unscoped(WhyUnscoped.ROW_IN_HAND).bulk_create(groups, batch_size=1_000)
    return answer
