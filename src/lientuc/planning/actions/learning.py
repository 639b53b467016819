"""Estimates of the use of training, made anew from the follow-ups."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import now
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.enums import Equipment
from lientuc.trail.record import action

from ..learning.priors import priors
from ..learning.watching import watched
from ..models import UseEstimate
from ..rules.learning import Cell, Estimate, Observation, estimate_of


@action("planning.learn_use")
def learn_use(*, organisation: Organisation, on: date, by: Any, key: str = "") -> Organisation:
    """Make the estimates of an organisation anew from the follow-ups below it up to the day `on`.

    Always from the prior and all follow-ups, never from the last estimate: nothing is counted twice. Units without the
    equipment teach nothing about training.
    """
    require(by, "planning.edit_plan", organisation)
    groups: dict[Cell, list[Observation]] = defaultdict(list)
    for one in watched(organisation, on):
        if one.observation.cell.equipment != Equipment.ABSENT:
            groups[one.observation.cell].append(one.observation)
    found = [
        estimate_of(cell, priors().prior(cell.equipment), seen, priors().interval) for cell, seen in groups.items()
    ]
    UseEstimate.objects.unscoped(WhyUnscoped.REBUILD).filter(organisation=organisation).delete()
    UseEstimate.objects.bulk_create(_row(organisation, each) for each in sorted(found, key=lambda e: _order(e.cell)))
    return organisation


def _order(cell: Cell) -> tuple[str, str, str]:
    return cell.family, cell.level, cell.equipment


def _row(organisation: Organisation, estimate: Estimate) -> UseEstimate:
    cell = estimate.cell
    return UseEstimate(
        organisation=organisation,
        family=cell.family,
        level=cell.level,
        equipment=cell.equipment,
        prior_alpha=estimate.prior.alpha,
        prior_beta=estimate.prior.beta,
        applied=estimate.applied,
        seen=estimate.seen,
        barriers=dict(estimate.barriers),
        mean_rate=estimate.posterior.mean,
        low_rate=estimate.low,
        high_rate=estimate.high,
        learnt_at=now(),
    )
