"""One search over everything a person may see: people, units (by old names too), runs, programmes, papers, directives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from lientuc.core import formats
from lientuc.core.names import fold, tidy
from lientuc.curricula.queries import curricula_for
from lientuc.delivery.queries import certificates_for, runs_for
from lientuc.directives.models import Directive
from lientuc.places.enums import UnitLevel
from lientuc.places.models import AdministrativeUnit, FormerName, Organisation, UnitSuccession
from lientuc.places.register import NotRecorded, find
from lientuc.registry.queries import people
from lientuc.web.say import current_language, label, say_now

MOST = 10
SHORTEST = 2
# What stands before the name of the place in the name of a unit.
_UNIT_WORDS = re.compile(r"^(?:tram y te|tyt|uy ban nhan dan|ubnd|so y te|syt)\s+")


@dataclass(frozen=True)
class Hit:
    """Something found: its name, what tells it from others of that name, its page."""

    text: str
    detail: str
    url: str


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `more_url` is the list with all of it, empty where everything is shown."""

    title: str
    icon: str
    hits: tuple[Hit, ...]
    more_url: str


def found(by: Any, text: str, on: date) -> list[Group]:
    """The groups with anything in them; nothing for fewer than two letters."""
    text = tidy(text)
    if len(fold(text)) < SHORTEST:
        return []
    groups = (ask(by, text, on) for permission, ask in SEARCHES.items() if by.why_not(permission) is None)
    return [group for group in groups if group.hits]


def _group(title: str, icon: str, rows: Iterable[Any], hit: Callable[[Any], Hit], more_url: str) -> Group:
    listed = list(rows)
    return Group(title, icon, tuple(hit(row) for row in listed[:MOST]), more_url if len(listed) > MOST else "")


def _list(name: str, text: str) -> str:
    return f"{reverse(name)}?{urlencode({'q': text})}"


def _workers(by: Any, text: str, on: date) -> Group:
    rows = people(by=by, on=on, text=text, with_left=True).order_by("name_sort", "pk")[: MOST + 1]
    return _group(say_now("Nhân viên y tế", "Health workers"), "users", rows, _worker, _list("registry:workers", text))


def _worker(row: Any) -> Hit:
    title = label("registry.Title", row.title)
    return Hit(row.full_name, f"{title} · {row.keeper.name}", reverse("reports:worker", args=[row.public_id]))


def _organisations(by: Any, text: str, on: date) -> Group:
    via = _places_once_named(text, on)
    former = FormerName.objects.visible_to(by, "registry.view_organisations").filter(name_fold__contains=fold(text))
    old_names = dict(former.order_by("to_on").values_list("organisation", "name"))
    named = Q(name_fold__contains=fold(text)) | Q(code__iexact=text) | Q(pk__in=old_names)
    rows = Organisation.objects.visible_to(by, "registry.view_organisations")
    rows = rows.filter(named | Q(commune_code__in=list(via))).order_by("name_fold", "pk")[: MOST + 1]

    def hit(row: Organisation) -> Hit:
        old = old_names.get(row.pk) or via.get(row.commune_code, "")
        kind = label("places.OrganisationKind", row.kind)
        detail = kind + (say_now(" · tên cũ: {old}", " · formerly: {old}").format(old=old) if old else "")
        return Hit(row.name, detail, reverse("registry:organisation", args=[row.public_id]))

    title = say_now("Đơn vị", "Units")
    return _group(title, "building-hospital", rows, hit, _list("registry:organisations", text))


def _places_once_named(text: str, on: date) -> dict[str, str]:
    """`{commune code: the former unit's name}` for communes that hold what once was called so; two queries."""
    place = tidy(text)[len(_matched(text)) :]
    try:
        found_units = find(place, on)
    except NotRecorded:
        found_units = ()
    codes = {row.unit.code: row.via.full_name_vi for row in found_units if row.via and row.unit.parent_code}
    gone = AdministrativeUnit.objects.filter(name_fold=fold(place), to_on__lt=on)
    names = {(row.level, row.code): row.name for row in gone}
    heirs = UnitSuccession.objects.filter(
        legacy_code__in={code for _, code in names}, successor_level=UnitLevel.COMMUNE
    ).values_list("legacy_level", "legacy_code", "successor_code")
    return codes | {heir: names[level, code] for level, code, heir in heirs if (level, code) in names}


def _matched(text: str) -> str:
    """The words of `text` that say what kind of unit is meant; folding keeps the number of letters."""
    words = _UNIT_WORDS.match(fold(text))
    return words.group() if words else ""


def _runs(by: Any, text: str, on: date) -> Group:
    rows = runs_for(by, text=text).order_by("-starts_on", "-pk")[: MOST + 1]
    title = say_now("Khóa đào tạo, hội nghị", "Classes and conferences")
    return _group(title, "school", rows, _run, _list("delivery:runs", text))


def _run(row: Any) -> Hit:
    days = formats.day(row.starts_on, language=current_language())
    return Hit(row.title, f"{row.organisation.name} · {days}", reverse("delivery:run", args=[row.public_id]))


def _curricula(by: Any, text: str, on: date) -> Group:
    rows = curricula_for(by, text=text).order_by("title_fold", "pk")[: MOST + 1]
    title = say_now("Chương trình đào tạo", "Programmes")
    return _group(title, "book", rows, _curriculum, _list("curricula:curricula", text))


def _curriculum(row: Any) -> Hit:
    return Hit(row.title, row.organisation.name, reverse("curricula:curriculum", args=[row.public_id]))


def _certificates(by: Any, text: str, on: date) -> Group:
    rows = certificates_for(by, text=text).order_by("-issued_on", "-pk")[: MOST + 1]
    title = say_now("Chứng nhận, chứng chỉ", "Certificates")
    return _group(title, "certificate", rows, _certificate, _list("delivery:certificates", text))


def _certificate(row: Any) -> Hit:
    day = formats.day(row.issued_on, language=current_language())
    holder = row.content["holder_name"]
    return Hit(row.number, f"{holder} · {day}", reverse("delivery:certificate", args=[row.public_id]))


def _directives(by: Any, text: str, on: date) -> Group:
    wanted = fold(text)
    rows = [
        row
        for row in Directive.objects.order_by("-issued_on")
        if wanted in fold(f"{row.number} {row.title_vi} {row.title_en}")
    ]
    title = say_now("Văn bản chỉ đạo", "Directives")
    return _group(title, "file-text", rows, _directive, reverse("directives:directives"))


def _directive(row: Directive) -> Hit:
    return Hit(row.number, say_now(row.title_vi, row.title_en), reverse("directives:directive", args=[row.public_id]))


SEARCHES: Mapping[str, Callable[[Any, str, date], Group]] = {
    "registry.view_workers": _workers,
    "registry.view_organisations": _organisations,
    "delivery.view_runs": _runs,
    "curricula.view_curricula": _curricula,
    "delivery.view_certificates": _certificates,
    "directives.view_directives": _directives,
}
