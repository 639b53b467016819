"""The hours of a finished run enter the ledger, once for each participation."""

from __future__ import annotations

from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused
from lientuc.delivery.enums import RunState
from lientuc.delivery.models import CourseRun
from lientuc.delivery.queries import locked_run
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..enums import EntrySource
from ..ledger import new_entry
from ..locking import locked_people
from ..models import CreditEntry
from ..queries.awards import AWARD, awards_of
from ..refresh import refresh_standings


@action("credits.award_run")
def award_run(*, run: CourseRun, by: Any, key: str = "") -> CourseRun:
    """Record the hours of everybody who completed and has none of them yet; doing it again adds nothing.

    Whoever has a problem (the activity was recorded by hand, no decided hours) is left out and shown on the run's page.
    """
    require(by, AWARD, run.organisation)
    run = locked_run(run)
    if run.state != RunState.FINISHED:
        raise Refused(Problem("credits.run_not_finished"))
    locked_people({award.worker.pk for award in awards_of(run) if not award.awarded})
    due = [award for award in awards_of(run) if not award.awarded and not award.problems]
    entries = []
    for award in due:
        entry = new_entry(award.draft, award.worker, source=EntrySource.AWARD, by=by)
        entry.organisation, entry.participation_ref = run.organisation, str(award.participation.ref)
        entries.append(entry)
    CreditEntry.objects.unscoped(WhyUnscoped.RULE).bulk_create(entries, batch_size=1_000)
    refresh_standings([award.worker for award in due], today())
    return run
