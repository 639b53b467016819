"""How a person's licences stand, as an expression: the same reckoning as `with_licence_state`, one look-up a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Case, CharField, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from lientuc.law.days import DAY
from lientuc.places.scope import WhyUnscoped

from ..enums import LicenceState
from ..models import Licence
from .people import SOON, _end_unknown, _ends_before, _not_withdrawn

_PLACE = {state: place for place, state in enumerate(LicenceState)}


def licence_state_of(person: str, on: date) -> Any:
    """The best state of the licences of the person whose key is in the column `person`."""
    rows = Licence.objects.unscoped(WhyUnscoped.RULE).filter(_not_withdrawn(on), worker=OuterRef(person))
    rows = rows.filter(Q(issued_on__isnull=True) | Q(issued_on__lte=on))
    rows = rows.annotate(place=_case(on, _PLACE.__getitem__, IntegerField()), state=_case(on, str, CharField()))
    return Coalesce(Subquery(rows.order_by("place").values("state")[:1]), Value(str(LicenceState.NONE)))


def _case(on: date, said: Callable[[LicenceState], Any], field: Any) -> Case:
    return Case(
        When(_end_unknown(on), then=Value(said(LicenceState.UNKNOWN))),
        When(_ends_before(on, on), then=Value(said(LicenceState.ENDED))),
        When(_ends_before(on + SOON + DAY, on), then=Value(said(LicenceState.ENDING))),
        default=Value(said(LicenceState.HELD)),
        output_field=field,
    )
