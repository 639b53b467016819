"""Organisations and units for tests, written directly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from lientuc.places.enums import AreaKind, Line, OrganisationKind
from lientuc.places.lines import rebuild_paths
from lientuc.places.models import AreaClass, Organisation, OrganisationLine

BEGIN = date(2025, 7, 1)


def make_organisation(parent: Organisation | None = None, label: str = "Trạm Y tế thử", **fields: Any) -> Organisation:
    """An organisation under `parent` on both lines."""
    values = {
        "kind": OrganisationKind.STATION,
        "province_code": parent.province_code if parent else "",
        "from_on": BEGIN,
        **fields,
    }
    row = Organisation.objects.create(name=label, **values)
    if parent is not None:
        for line in Line:
            OrganisationLine.objects.create(organisation=row, line=line, parent=parent, from_on=BEGIN)
    rebuild_paths()
    row.refresh_from_db()
    return row


def make_area(unit_code: str, label: str = "illustrative", **fields: Any) -> AreaClass:
    """An area class of a commune; `label` is its source."""
    values = {"kind": AreaKind.DIFFICULTY, "value": "III", "from_on": BEGIN, **fields}
    return AreaClass.objects.create(unit_code=unit_code, source=label, **values)


def itself(organisation: Organisation, label: str) -> Organisation:
    """The organisation renamed to `label`: an organisation is owned by itself."""
    organisation.name = label
    organisation.save()
    return organisation


OBJECTS: dict[str, Callable[[Organisation, str], Any]] = {"places.Organisation": itself}
LISTS: dict[str, str] = {}
