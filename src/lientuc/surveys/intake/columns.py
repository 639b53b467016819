"""What each column of a record file is: an item, one choice of it, or nothing the instrument asks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lientuc.core.names import fold, tidy

from ..enums import ItemType, RecordLayout
from ..specs import ItemSpec, Questionnaire

IDENTITIES = (
    "record_id", "respondent_id", "response_id", "participant_id", "subject_id", "study_id", "respondent", "ma_phieu",
    "_uuid", "_id", "uuid", "pid", "id", "stt",
)  # fmt: skip
"""Names under which files number their records, the most telling first."""

_SYSTEM = re.compile(
    r"(redcap_.*|.*_timestamp|.*_complete|_.*|start|end|today|deviceid|username|subscriberid|simserial|phonenumber|meta/.*"
    r"|formhub/.*|submitdate|lastpage|startlanguage|seed|startdate|datestamp|ipaddr|refurl|token|completed|index"
    r"|.*time)",
    re.IGNORECASE,
)
_CHOICE = (
    re.compile(r"(?P<item>.+?)___(?P<choice>.+)"),
    re.compile(r"(?P<item>[^\[\]]+)\[(?P<choice>[^\[\]]+)\]"),
    re.compile(r"(?P<item>.+)/(?P<choice>[^/]+)"),
)
_REPEATED = re.compile(r"(?P<item>.+?)(?:_|/|\[|\.)(?P<index>\d{1,2})\]?")
_SIGNS = re.compile(r"[^a-z0-9]+")
_LIME = {"submitdate", "lastpage", "startlanguage"}
_KOBO = {"_uuid", "_submission_time", "_index", "_id"}


@dataclass(frozen=True)
class Target:
    """What a column holds: the answers to an item at an index, or with `choice` whether that one was ticked.

    `choice` is the code as the file writes it; it is translated like a value.
    """

    item: ItemSpec
    index: int = 0
    choice: str = ""

    @property
    def place(self) -> tuple[str, int]:
        """Where the answer goes."""
        return self.item.name, self.index


@dataclass(frozen=True)
class Columns:
    """A header understood: `targets` by column number, the record's own number, what says a record is complete."""

    layout: RecordLayout
    header: tuple[str, ...]
    targets: Mapping[int, Target]
    identity: int | None
    complete: tuple[int, ...]
    unused: tuple[str, ...]
    clashes: tuple[str, ...] = ()

    @property
    def items(self) -> frozenset[str]:
        """The items that have a column."""
        return frozenset(target.item.name for target in self.targets.values())

    @property
    def labels(self) -> int:
        """How many repetitions the file holds."""
        return max((target.index for target in self.targets.values()), default=0)


def columns_of(header: Sequence[str], form: Questionnaire, named: Mapping[str, str] | None = None) -> Columns:
    """The columns of a header; `named` says which item a column holds where its name does not."""
    names = tuple(tidy(name.lstrip("\ufeff")) for name in header)
    layout, targets, clashes = layout_of(names), dict[int, Target](), list[str]()
    finder = _Finder(form, named or {})
    for number, name in enumerate(names):
        target = finder.target(name)
        if target is None:
            continue
        taken = {(one.place, one.choice) for one in targets.values()}
        if (target.place, target.choice) in taken:
            clashes.append(name)
        else:
            targets[number] = target
    folded = [name.casefold() for name in names]
    identity = next(
        (folded.index(name) for name in IDENTITIES if name in folded and folded.index(name) not in targets), None
    )
    known = {*targets, identity}
    return Columns(
        layout=layout,
        header=names,
        targets=_whole_first(targets),
        identity=identity,
        complete=tuple(_completeness(folded, layout)),
        unused=tuple(name for n, name in enumerate(names) if n not in known and name and not _SYSTEM.fullmatch(name)),
        clashes=tuple(clashes),
    )


def layout_of(header: Sequence[str]) -> RecordLayout:
    """Which program wrote the file, by its own columns."""
    names = {name.casefold() for name in header}
    if any("___" in name or name.startswith("redcap_") or name.endswith("_complete") for name in names):
        return RecordLayout.REDCAP
    if names & _LIME or any(re.fullmatch(r"[^\[\]]+\[[^\[\]]+\]", name) for name in names):
        return RecordLayout.LIMESURVEY
    if names & _KOBO or any("/" in name for name in names):
        return RecordLayout.KOBO
    return RecordLayout.PLAIN


def _completeness(folded: Sequence[str], layout: RecordLayout) -> Iterator[int]:
    """Columns in which the program itself says that a record is complete."""
    for number, name in enumerate(folded):
        if (layout == RecordLayout.REDCAP and name.endswith("_complete")) or (
            layout == RecordLayout.LIMESURVEY and name == "submitdate"
        ):
            yield number


def _whole_first(targets: Mapping[int, Target]) -> dict[int, Target]:
    """Without the columns of single choices where the same file holds the whole answer too."""
    whole = {target.place for target in targets.values() if not target.choice}
    return {n: target for n, target in targets.items() if not target.choice or target.place not in whole}


class _Finder:
    """Items by every name a file may use for them."""

    def __init__(self, form: Questionnaire, named: Mapping[str, str]) -> None:
        self.items = {name: item for name, item in form.by_name.items() if not item.is_computed}
        self.named = {tidy(column).casefold(): item for column, item in named.items()}
        self.repeated = {item.name for section, item in form.items if section.repeated}
        self.exact = {name.casefold(): item for name, item in self.items.items()}
        self.squeezed = _once((_squeezed(name), item) for name, item in self.items.items())
        self.by_label = _once((fold(label), i) for i in self.items.values() for label in (i.label_vi, i.label_en))

    def target(self, column: str) -> Target | None:
        """What a column holds: an item by name, by its last part, by its label; a choice; a repetition."""
        found = self._item(column) or self._item(column.rpartition("/")[2])
        if found is not None:
            return Target(found, 1 if found.name in self.repeated else 0)
        return self._repetition(column) or self._choice(column)

    def _item(self, name: str) -> ItemSpec | None:
        low = name.casefold()
        if low in self.named:
            return self.items.get(self.named[low])
        return self.exact.get(low) or self.by_label.get(fold(name)) or self.squeezed.get(_squeezed(name))

    def _repetition(self, column: str) -> Target | None:
        match = _REPEATED.fullmatch(column.rpartition("/")[2]) or _REPEATED.fullmatch(column)
        item = self._item(match["item"]) if match else None
        if match is None or item is None or item.name not in self.repeated:
            return None
        return Target(item, int(match["index"])) if int(match["index"]) else None

    def _choice(self, column: str) -> Target | None:
        for pattern in _CHOICE:
            match = pattern.fullmatch(column)
            item = (self._item(match["item"]) or self._item(match["item"].rpartition("/")[2])) if match else None
            if match is not None and item is not None and item.type == ItemType.SELECT_MULTIPLE:
                return Target(item, 0, match["choice"])
        return None


def _squeezed(name: str) -> str:
    return _SIGNS.sub("", fold(name))


def _once(pairs: Iterator[tuple[str, ItemSpec]]) -> dict[str, ItemSpec]:
    """Items by a name that only one of them has."""
    found: dict[str, ItemSpec | None] = {}
    for name, item in pairs:
        if name:
            found[name] = item if found.get(name, item) is item else None
    return {name: item for name, item in found.items() if item is not None}
