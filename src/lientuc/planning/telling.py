"""Who hears that a unit has seats: whoever names its persons there or at its employer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse

from lientuc.accounts.enums import Reach
from lientuc.accounts.models import Grant
from lientuc.accounts.permissions import table
from lientuc.core.clock import now, today
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import Notice

from .models import Plan, UnitSeats

NOMINATE = "planning.nominate"


def tell_units(plan: Plan, handed: Iterable[UnitSeats], by: Any) -> None:
    """One notice for each unit and person who may name its persons; offices that guide from above are not told."""
    seats: dict[int, int] = defaultdict(int)
    for row in handed:
        seats[row.organisation_id] += row.seats
    units = Organisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).in_bulk(list(seats))
    people = _people_at({place for unit in units.values() for place in _places(unit)})
    at, link = f"{now():%Y%m%d%H%M%S%f}", reverse("planning:nominations")
    Notice.objects.bulk_create(
        Notice(
            recipient=public_id,
            code="planning.seats_handed",
            values={"organisation": unit.name, "seats": seats[pk], "plan": plan.title},
            link=link,
            made_by=str(by.public_id),
            once_key=f"seats:{plan.pk}:{pk}:{public_id}:{at}",
        )
        for pk, unit in sorted(units.items())
        for public_id in sorted({each for place in _places(unit) for each in people.get(place, ())})
    )


def _places(unit: Organisation) -> tuple[int, ...]:
    """The unit and its employer."""
    return tuple(int(pk) for pk in unit.employer_path.strip("/").split("/")[-2:])


def _people_at(places: Iterable[int]) -> Mapping[int, set[str]]:
    """Public ids of the people who name persons for their own house, by the organisation they do it for."""
    roles = [str(role) for role, reach in table()[NOMINATE].items() if reach == {Reach.EMPLOYER}]
    rows = Grant.objects.unscoped(WhyUnscoped.RULE).filter(
        Q(to_on__isnull=True) | Q(to_on__gt=today()),
        role__in=roles,
        organisation__in=list(places),
        from_on__lte=today(),
        user__is_active=True,
    )
    found: dict[int, set[str]] = defaultdict(set)
    for place, public_id in rows.values_list("organisation", "user__public_id"):
        found[place].add(str(public_id))
    return found
