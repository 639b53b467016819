"""Frozen reviews for tests, written directly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from lientuc.places.models import Organisation
from lientuc.reports.models import FrozenReview
from lientuc.reports.review.asking import empty_line, line_as_json
from lientuc.reports.review.freezing import digest_of, packed


def make_frozen(organisation: Organisation, label: str = "Rà soát quý I", **fields: Any) -> FrozenReview:
    """A frozen review of nobody."""
    figures = {
        "asked": {},
        "by": "care_level",
        "units": 1,
        "units_stating": 0,
        "standings_on": "",
        "numbers": [],
        "groups": [],
        "whole": line_as_json(empty_line()),
    }
    values = {"on_date": date(2026, 3, 1), "figures": figures, "people": packed([]), "persons": 0, **fields}
    digest = digest_of(label, values["on_date"], values["figures"], values["people"])
    return FrozenReview.objects.create(
        organisation=organisation,
        title=label,
        asked={},
        digest=digest,
        signed_name="Lê Văn Ký",
        signed_post="Giám đốc",
        frozen_by="test",
        **values,
    )


OBJECTS: dict[str, Callable[[Organisation, str], Any]] = {"reports.FrozenReview": make_frozen}
LISTS: dict[str, str] = {"reports:frozen_list": "reports.FrozenReview"}
