"""Which unit a text means, among those the sender may write for: code, name, short name, former name."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from lientuc.core.errors import Problem
from lientuc.core.names import fold
from lientuc.documents.readers.headers import plain
from lientuc.places.models import FormerName, Organisation
from lientuc.places.scope import WhyUnscoped

EDIT = "registry.edit_workers"
_SHORT = {
    "tyt": "tram y te",
    "bv": "benh vien",
    "bvdk": "benh vien da khoa",
    "tttyt": "trung tam y te",
    "ttyt": "trung tam y te",
    "pk": "phong kham",
    "pkdk": "phong kham da khoa",
    "dk": "da khoa",
}


class Places:
    """The open units somebody may write for, by every name they go under; three queries."""

    def __init__(self, by: Any) -> None:
        rows = Organisation.objects.visible_to(by, EDIT).filter(to_on__isnull=True)
        self.by_id: dict[int, Organisation] = {row.pk: row for row in rows}
        self._codes = {row.code.casefold(): row.pk for row in self.by_id.values() if row.code}
        self._names: dict[str, set[int]] = defaultdict(set)
        for row in self.by_id.values():
            for name in filter(None, (row.name, row.short_name)):
                self._names[_key(name)].add(row.pk)
        former = FormerName.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(organisation__in=rows.values("pk"))
        self._former: dict[str, set[int]] = defaultdict(set)
        for name, pk in former.values_list("name", "organisation_id"):
            self._former[_key(name)].add(pk)

    def meant(self, text: str) -> int | Problem:
        """The unit, or why none: unknown here, or several of that name."""
        code = self._codes.get(text.strip().casefold())
        if code is not None:
            return code
        found = self._names.get(_key(text)) or self._former.get(_key(text)) or set()
        if len(found) == 1:
            return next(iter(found))
        kind = "registry.unit_ambiguous" if found else "registry.unit_unknown"
        return Problem(kind, "organisation", {"text": text})

    def hinted(self, *texts: str) -> int | None:
        """The unit of the first text that names one: a section title, the name of the sheet."""
        for text in texts:
            found = self.meant(_without_ordinal(text)) if text else None
            if isinstance(found, int):
                return found
        return None


def _key(name: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in plain(fold(name)).split())


def _without_ordinal(text: str) -> str:
    """`II. TRẠM Y TẾ XÃ AN` as `TRẠM Y TẾ XÃ AN`."""
    first, _, rest = text.partition(" ")
    mark = first.rstrip(".:)-–")
    is_ordinal = bool(mark) and (set(mark) <= set("IVXLC") or len(mark) == 1 or mark.isdigit())
    return rest.strip(" .:-–") if rest and is_ordinal else text
