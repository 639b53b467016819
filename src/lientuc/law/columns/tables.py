"""The three tables the law reads as columns; whatever depends on a rule set is not in them."""

from __future__ import annotations

import ibis

# Units and decided hours are whole ten-thousandths: sums and caps stay exact on every engine.
UNITS_SCALE = 10_000

# `worker` is any number that is one canonical person; days are null where the register has none.
WORKERS = ibis.schema(
    {
        "worker": "int64",
        "title": "string",
        "licence": "string",
        "practising": "boolean",
        "issued_on": "date",
        "valid_to": "date",
        "converted_on": "date",
    }
)

# `level` is empty where a form has none; `certificate_key` is null where the worker has no second entry on that certificate
# (an empty key is never compared, and ranking only what can repeat is what keeps a nation fast).
ENTRIES = ibis.schema(
    {
        "worker": "int64",
        "entry_id": "string",
        "activity_on": "date",
        "form": "string",
        "role": "string",
        "level": "string",
        "units": "int64",
        "decided": "int64",
        "certificate_key": "string",
    }
)

# Both days count; `to_on` null: it still lasts.
EXEMPTIONS = ibis.schema({"worker": "int64", "from_on": "date", "to_on": "date"})
