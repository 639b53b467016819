"""Why a line is in the plan and why for these units, in plain words: the needs behind it and what makes them come first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lientuc.core import formats
from lientuc.core.phrases import Phrase
from lientuc.curricula.enums import GroundKind
from lientuc.curricula.phrases import LABELS as CURRICULA
from lientuc.places.enums import AreaKind, CareLevel
from lientuc.places.queries import areas_of
from lientuc.places.scope import WhyUnscoped

from .enums import SourceArea
from .models import PlanLine, PlanLineNeed
from .phrases import LABELS

_AREAS = (SourceArea.ZONE_III, SourceArea.ZONE_II, SourceArea.ZONE_I, SourceArea.BORDER, SourceArea.ISLAND)


@dataclass
class Why:
    """What stands behind one line: persons by ground of their need, units by what gives them priority."""

    seats: int
    kinds: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    units: set[int] = field(default_factory=set)
    stations: set[int] = field(default_factory=set)
    areas: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    deadline_on: date | None = None
    first: str = ""

    @property
    def served(self) -> int:
        """Persons of needs who have a seat."""
        return sum(self.kinds.values())


def why(lines: Sequence[PlanLine]) -> dict[int, Why]:
    """What stands behind each line, by its key; two queries whatever the number of lines."""
    found = {line.pk: Why(line.persons) for line in lines}
    links = PlanLineNeed.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line__in=list(found))
    rows = list(links.select_related("need__organisation").order_by("-need__priority", "need__pk"))
    codes = {row.need.organisation.commune_code for row in rows if row.need.organisation.commune_code}
    areas = areas_of(codes, on=date(min((line.year for line in lines), default=2000), 1, 1)) if codes else {}
    for row in rows:
        _count(found[row.line_id], row, areas.get(row.need.organisation.commune_code, {}))
    return found


def _count(reason: Why, row: PlanLineNeed, area: Mapping[str, str]) -> None:
    need, unit = row.need, row.need.organisation
    reason.first = reason.first or unit.name
    reason.kinds[need.kind] += row.persons
    reason.units.add(unit.pk)
    if unit.care_level == CareLevel.INITIAL:
        reason.stations.add(unit.pk)
    for code in (
        area.get(AreaKind.DIFFICULTY, ""),
        *(kind for kind in (AreaKind.BORDER, AreaKind.ISLAND) if kind in area),
    ):
        if code:
            reason.areas[str(code)].add(unit.pk)
    if need.deadline_on and (reason.deadline_on is None or need.deadline_on < reason.deadline_on):
        reason.deadline_on = need.deadline_on


def in_words(reason: Why, language: str) -> str:
    """The reason as sentences of a paper."""
    if not reason.units:
        return Phrase(
            "Chưa gắn với nhu cầu đã tiếp nhận nào; cần giải trình.",
            "No accepted need stands behind it; it has to be explained.",
        ).in_language(language)
    said = [_needs(reason, language), _priority(reason, language)]
    free = reason.seats - reason.served
    if free > 0:
        text = Phrase("Còn {n} chỗ chưa gắn với nhu cầu.", "{n} seats are not bound to a need yet.")
        said.append(text.in_language(language, n=formats.number(free, language=language)))
    return " ".join(sentence for sentence in said if sentence)


def _needs(reason: Why, language: str) -> str:
    kinds = ", ".join(
        f"{CURRICULA[GroundKind][GroundKind(kind)].in_language(language)} {formats.number(n, language=language)}"
        for kind, n in sorted(reason.kinds.items(), key=lambda pair: -pair[1])
    )
    text = Phrase(
        "Đáp ứng {persons} người của {units} đơn vị có nhu cầu đã tiếp nhận (theo căn cứ, số người: {kinds}).",
        "Serves {persons} persons of {units} units with accepted needs (persons by ground: {kinds}).",
    )
    values = {
        name: formats.number(n, language=language)
        for name, n in (("persons", reason.served), ("units", len(reason.units)))
    }
    return text.in_language(language, kinds=kinds, **values)


def _priority(reason: Why, language: str) -> str:
    parts = []
    if reason.stations:
        text = Phrase("{n} đơn vị y tế cơ sở", "{n} units of primary care")
        parts.append(text.in_language(language, n=len(reason.stations)))
    for area in _AREAS:
        if reason.areas.get(area):
            label = LABELS[SourceArea][area].in_language(language)
            parts.append(
                Phrase("{n} ở {area}", "{n} in {area}").in_language(language, n=len(reason.areas[area]), area=label)
            )
    if reason.deadline_on:
        text = Phrase("thời hạn gần nhất {day}", "nearest deadline {day}")
        parts.append(text.in_language(language, day=formats.day(reason.deadline_on, language=language)))
    parts.append(Phrase("điểm cao nhất: {unit}", "first by points: {unit}").in_language(language, unit=reason.first))
    return Phrase("Vì sao ưu tiên: {parts}.", "Why first: {parts}.").in_language(language, parts="; ".join(parts))
