"""Whose study an imported file is where nobody says so."""

from __future__ import annotations

from typing import Any

from lientuc.core.clock import today
from lientuc.places.actions import found_organisation
from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.rules import OrganisationDraft
from lientuc.places.scope import WhyUnscoped

CODE = "NC-NHAP"
NAME = "Đơn vị đánh giá (số liệu nhập từ tệp)"


def evaluating_organisation(*, by: Any) -> Organisation:
    """The unit that keeps studies imported without a unit of their own; made below the ministry when first needed."""
    rows = Organisation.objects.unscoped(WhyUnscoped.SETUP).filter(to_on__isnull=True)
    found: Organisation | None = rows.filter(code=CODE).first()
    if found is not None:
        return found
    ministry = rows.filter(kind=OrganisationKind.MINISTRY).order_by("pk").first()
    draft = OrganisationDraft(name=NAME, kind=OrganisationKind.SCHOOL, from_on=today(), code=CODE)
    return found_organisation(draft=draft, professional=ministry, by=by)
