"""What a frozen review holds: the figures as plain values, the list behind them packed, and the digest of both."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import astuple, fields
from datetime import date
from typing import Any

from django.db.models import F

from lientuc.places.enums import OrganisationKind, UnitLevel
from lientuc.places.models import Organisation
from lientuc.places.queries import units
from lientuc.places.scope import Scope, WhyUnscoped

from ..enums import ReviewBy
from ..models import FrozenReview
from ..rules import ListedPerson
from .answer import review
from .asking import VIEW, Asked, line_as_json
from .counting import live_posts
from .facts import with_states
from .norms import vacancies
from .numbers import as_json, numbers

_FIELDS = [field.name for field in fields(ListedPerson)]


class OfficeEyes:
    """What `by` sees of the review inside the reach of one organisation: its own subtree on both lines."""

    def __init__(self, by: Any, organisation: Organisation) -> None:
        self.by, self.organisation = by, organisation

    def scope(self, permission: str) -> Scope:
        """The subtree of the organisation, as far as `by` may look; the ministry's subtree is the country."""
        own: Scope = self.by.scope(permission)
        here = self.organisation
        if own.everything and here.kind == OrganisationKind.MINISTRY:
            return own
        return Scope(
            employer=_below(here.employer_path, own.employer, own.everything),
            professional=_below(here.professional_path, own.professional, own.everything),
            organisations=own.organisations & {here.pk},
        )


def _below(path: str, allowed: Iterable[str], everything: bool) -> frozenset[str]:
    return frozenset({path}) if everything or any(path.startswith(start) for start in allowed) else frozenset()


def frozen_figures(by: Any, organisation: Organisation, asked: Asked, on: date) -> dict[str, Any]:
    """The answer as plain values: what was asked, groups with names, the five numbers."""
    eyes = OfficeEyes(by, organisation)
    found = review(eyes, asked, on, live=True)
    names = group_names(asked.by, [line.code for line in found.lines], on)
    return {
        "asked": asked_as_json(asked),
        "by": str(asked.by),
        "units": found.units,
        "units_stating": found.units_stating,
        "standings_on": found.standings_on.isoformat() if found.standings_on else "",
        "numbers": as_json(numbers(found, vacancies(eyes, asked, on).shortfall)),
        "groups": [{"name": names.get(line.code, str(line.code)), **line_as_json(line)} for line in found.lines],
        "whole": line_as_json(found.whole),
    }


def asked_as_json(asked: Asked) -> dict[str, str]:
    """The filters by the names of the page's form."""
    wanted = {
        "by": str(asked.by),
        "province": asked.province_code,
        "commune": asked.commune_code,
        "care_level": asked.care_level,
        "area": str(asked.area or ""),
        "ownership": str(asked.ownership or ""),
        "unit": str(asked.organisation.public_id) if asked.organisation else "",
        "title": asked.title,
    }
    return {name: value for name, value in wanted.items() if value}


def group_names(by: ReviewBy, codes: Iterable[Any], on: date) -> dict[Any, str]:
    """Names of places and units as they are on the day; other groups are named by their code."""
    if by is ReviewBy.ORGANISATION:
        rows = Organisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk__in=list(codes))
        return dict(rows.values_list("pk", "name"))
    if by in {ReviewBy.COMMUNE, ReviewBy.PROVINCE}:
        level = UnitLevel.COMMUNE if by is ReviewBy.COMMUNE else UnitLevel.PROVINCE
        return dict(units(level=level, on=on).filter(code__in=list(codes)).values_list("code", "name"))
    return {}


def people_behind(by: Any, organisation: Organisation, asked: Asked, on: date) -> list[ListedPerson]:
    """Everybody counted, once, in order of name and key; several units are joined in order of name."""
    rows = with_states(live_posts(OfficeEyes(by, organisation), asked, on), on)
    columns = (
        "person", "shown_id", "shown_name", "canonical_id", "canonical_name", "title_now", "unit", "licence", "standing", "age",
    )  # fmt: skip
    rows = rows.annotate(
        shown_id=F("worker__public_id"),
        shown_name=F("worker__full_name"),
        canonical_id=F("worker__canonical__public_id"),
        canonical_name=F("worker__canonical__full_name"),
        unit=F("organisation__name"),
    )
    listed: dict[int, list[Any]] = {}
    for row in rows.values_list(*columns).order_by("unit").iterator(chunk_size=5000):
        known = listed.setdefault(row[0], [*row[1:6], [], *row[7:]])
        if row[6] not in known[5]:
            known[5].append(row[6])
    people = [
        ListedPerson(str(row[2] or row[0]), row[3] or row[1], row[4], "; ".join(row[5]), *row[6:])
        for row in listed.values()
    ]
    return sorted(people, key=lambda person: (person.name, person.public_id))


def packed(people: Iterable[ListedPerson]) -> bytes:
    """The list as compressed CSV; the same list gives the same bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_FIELDS)
    writer.writerows(astuple(person) for person in people)
    return gzip.compress(text.getvalue().encode(), mtime=0)


def unpacked(content: bytes) -> list[ListedPerson]:
    """What `packed` wrote."""
    rows = csv.reader(io.StringIO(gzip.decompress(bytes(content)).decode()))
    next(rows)
    return [ListedPerson(*row) for row in rows]


def digest_of(title: str, on: date, figures: dict[str, Any], people: bytes) -> str:
    """SHA-256 over the heading, the figures and the list (unpacked, so that it does not hang on a compressor)."""
    heading = json.dumps([title, on.isoformat(), figures], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(heading.encode() + b"\0" + gzip.decompress(bytes(people))).hexdigest()


def is_intact(frozen: FrozenReview) -> bool:
    """Whether figures and list are those that were signed off."""
    return digest_of(frozen.title, frozen.on_date, frozen.figures, bytes(frozen.people)) == frozen.digest


def frozen_reviews(by: Any) -> Any:
    """The frozen reviews of organisations `by` may review, without the lists."""
    return FrozenReview.objects.visible_to(by, VIEW).defer("people", "figures").select_related("organisation")
