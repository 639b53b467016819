"""Saved views of the review: one's own, and those shared within one's offices."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from lientuc.accounts.permissions import roles_of

from ..models import SavedView


def views_for(by: Any) -> QuerySet[SavedView]:
    """The views a person may choose; somebody else's question is answered within the reader's own scope."""
    offices = [organisation.pk for _, organisation in roles_of(by) if organisation is not None]
    rows = SavedView.objects.filter(Q(owner_id=by.pk) | Q(office__in=offices))
    return rows.select_related("owner").order_by("name", "pk")
