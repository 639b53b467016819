"""What of a unit's open work passes to whoever carries on: each room says it once, in its `open_work.py`.

History never moves: ledger rows, certificates, finished classes and reports keep naming the unit of their day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db.models import ForeignObjectRel, Q, QuerySet

from lientuc.core.phrases import Phrase

from .models import FormerName, Organisation
from .scope import ScopedRow, WhyUnscoped


@dataclass(frozen=True)
class Passing:
    """One kind of open work: the table, the column that names the unit, which rows are open.

    `dated` rows end the day before and begin anew at the heir (`dated` holds what else the end sets); others change
    their unit. `unique` columns (among rows of the heir that meet `unique_when`) keep a row where it is.
    """

    table: str
    name: Phrase
    when: Q = field(default_factory=Q)
    column: str = "organisation"
    dated: Mapping[str, Any] | None = None
    ends_on_the_day: bool = False
    unique: tuple[str, ...] = ()
    unique_when: Q = field(default_factory=Q)

    @property
    def model(self) -> Any:
        """The table's model."""
        return apps.get_model(self.table)

    def rows(self, organisation: Organisation) -> QuerySet[Any]:
        """The open work of a unit."""
        return all_of(self.model).filter(self.when, **{self.column: organisation})

    def staying(self, organisation: Organisation, heir: Organisation) -> list[int]:
        """Keys of rows the heir has already, so that they stay where they are."""
        if not self.unique:
            return []
        held = set(all_of(self.model).filter(self.unique_when, **{self.column: heir}).values_list(*self.unique))
        rows = self.rows(organisation).values_list("pk", *self.unique)
        return [row[0] for row in rows if tuple(row[1:]) in held]

    def last_day(self, on: date) -> date:
        """What the end of a dated row says when the heir begins on `on`."""
        return on if self.ends_on_the_day else on - timedelta(days=1)


def all_of(model: Any) -> QuerySet[Any]:
    """All rows of a table, protected or not."""
    rows: QuerySet[Any] = (
        model.objects.unscoped(WhyUnscoped.RULE) if issubclass(model, ScopedRow) else model._base_manager.all()
    )
    return rows


def passings() -> list[Passing]:
    """Every room's open work, from the lowest floor up."""
    found: list[Passing] = []
    for config in apps.get_app_configs():
        name = f"{config.name}.open_work"
        if config.name.startswith("lientuc.") and find_spec(name):
            found += import_module(name).OPEN_WORK
    return found


def named_at(organisation: Organisation) -> Iterator[tuple[Any, str, QuerySet[Any]]]:
    """Every column of every table that names a unit: (model, column, its rows)."""
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and not relation.many_to_many:
            model, column = relation.related_model, relation.field.name
            yield model, column, all_of(model).filter(**{column: organisation})


def name_on(organisation: Organisation, day: date) -> str:
    """What a unit was called on a day; old papers and lists name it so."""
    former = FormerName.objects.unscoped(WhyUnscoped.PUBLIC).filter(organisation=organisation, to_on__gte=day)
    name = former.order_by("to_on").values_list("name", flat=True).first()
    return name or organisation.name
