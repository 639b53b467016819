"""The job behind a large frozen review: the same action, acting as the person who asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model

from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped

from ..actions import freeze_review
from ..forms import ReviewForm
from ..rules import SignatureDraft


def freeze(payload: dict[str, Any], progress: Callable[[int], None]) -> dict[str, Any]:
    """Freeze what was asked."""
    by = get_user_model()._default_manager.get(public_id=payload["by"])
    organisation = Organisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).get(public_id=payload["organisation"])
    progress(10)
    row = freeze_review(
        organisation=organisation,
        asked=ReviewForm(payload["asked"], by=by).asked(),
        draft=SignatureDraft(**payload["draft"]),
        by=by,
        key=payload["key"],
    )
    return {"frozen": str(row.public_id)}
