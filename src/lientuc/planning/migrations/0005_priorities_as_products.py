"""A priority is the product of its factors in hundredths: what was 30 points becomes ×1.30; back again gives the sums."""

from __future__ import annotations

from typing import Any

from django.db import migrations

BATCH = 500


def multiply(apps: Any, schema_editor: Any) -> None:
    def product(need: Any) -> None:
        need.factors = [
            {"factor": part["factor"], "value": part["value"], "percent": 100 + part["points"]}
            for part in need.factors
            if "points" in part
        ]
        exact = 100
        for part in need.factors:
            exact = exact * part["percent"] / 100
        need.priority = int(exact + 0.5)

    _rewrite(apps, product)


def add_up(apps: Any, schema_editor: Any) -> None:
    def total(need: Any) -> None:
        need.factors = [
            {"factor": part["factor"], "value": part["value"], "points": part["percent"] - 100}
            for part in need.factors
            if "percent" in part
        ]
        need.priority = sum(part["points"] for part in need.factors)

    _rewrite(apps, total)


def _rewrite(apps: Any, change: Any) -> None:
    need_model = apps.get_model("planning", "Need")
    for need in need_model._base_manager.exclude(factors=[]).iterator(chunk_size=BATCH):
        change(need)
        need.save(update_fields=["factors", "priority"])


class Migration(migrations.Migration):
    dependencies = [("planning", "0004_needs_in_full")]
    operations = [migrations.RunPython(multiply, add_up)]
