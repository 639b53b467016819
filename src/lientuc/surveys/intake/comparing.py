"""Those left out beside those kept: does dropping incomplete records change who is heard? Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from ..enums import ItemType
from ..specs import Questionnaire
from .records import Batch, Record

CONTEXT = "L0"


def compared(batch: Batch, form: Questionnaire) -> list[dict[str, Any]]:
    """One entry per context item of one choice: counts by code of the kept and the left out, and p of their difference."""
    return list(_compared(batch, form)) if batch.incomplete else []


def _compared(batch: Batch, form: Questionnaire) -> Iterator[dict[str, Any]]:
    # The library of tests takes seconds to load; most files leave nobody out.
    from lientuc.analytics.comparisons import counts

    for _, item in form.items:
        if item.type != ItemType.SELECT_ONE or item.level != CONTEXT or item.name not in batch.columns.items:
            continue
        kept, dropped = _counted(batch.kept, item.name), _counted(batch.incomplete, item.name)
        if not kept.total() or not dropped.total():
            continue
        codes = [code for code in item.values if kept[code] or dropped[code]]
        found = counts([[kept[code] for code in codes], [dropped[code] for code in codes]])
        yield {
            "item": item.name,
            "codes": codes,
            "kept": [kept[code] for code in codes],
            "dropped": [dropped[code] for code in codes],
            "test": str(found.test),
            "p": found.p,
        }


def _counted(records: Sequence[Record], name: str) -> Counter[str]:
    found = Counter(record.answers.get((name, 0), "") for record in records)
    found.pop("", None)
    return found
