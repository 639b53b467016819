"""The topics shipped with the house, illustrative until a ministry or province loads its own list."""

from __future__ import annotations

import csv
from importlib.resources import files


def shipped_topics() -> list[dict[str, str]]:
    """Rows for `actions.load_topics`."""
    with files("lientuc.curricula").joinpath("data", "topics.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
