"""One order of locks for everything that writes about people's hours."""

from __future__ import annotations

from collections.abc import Iterable

from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker


def locked_people(persons: Iterable[int]) -> dict[int, HealthWorker]:
    """Canonical people by key with their keepers, locked until the transaction ends, always in the order of their keys.

    Equal entries at once must not both find an empty ledger, and a standing reckoned from older entries must not be
    written over one reckoned from newer ones. The lock lets others refer to the person meanwhile.
    """
    mine = HealthWorker.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_related("keeper")
    locked = mine.select_for_update(of=("self",), no_key=True)
    return {row.pk: row for row in locked.filter(pk__in=list(persons)).order_by("pk")}
