"""Writes: the register of units, organisations and their lines, area classes.

This floor is below `accounts`: whether somebody may is asked of the actor (`by.why_not`, `by.scope`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from lientuc.core.errors import NotAllowed, Problem, refuse_if
from lientuc.core.names import fold, tidy
from lientuc.trail.record import action

from .enums import Line, UnitLevel
from .lines import PATH_FIELD, rebuild_paths
from .loading import load_successions, load_units
from .models import AdministrativeUnit, AreaClass, FormerName, Organisation, OrganisationLine
from .rules import (
    AreaDraft,
    Founding,
    OrganisationDraft,
    OrganisationFacts,
    UnitDraft,
    area_problems,
    batch_problems,
    move_problems,
    name_problems,
    problems,
)
from .scope import WhyUnscoped

EDIT = "registry.edit_organisations"


@action("places.load_register")
def load_register(*, by: Any) -> None:
    """Bring the shipped register of administrative units into the database; loading it again changes nothing."""
    _require_everything(by)
    load_units()
    load_successions()


@action("places.invent_units")
def invent_units(*, drafts: Sequence[UnitDraft], by: Any) -> None:
    """Enter the invented provinces and communes of a simulated province; known codes are left as they are."""
    _require_everything(by)
    known = set(AdministrativeUnit.objects.values_list("level", "code"))
    AdministrativeUnit.objects.bulk_create(
        _invented(draft) for draft in drafts if (str(draft.level), draft.code) not in known
    )


def _invented(draft: UnitDraft) -> AdministrativeUnit:
    return AdministrativeUnit(
        code=draft.code,
        level=draft.level,
        type=draft.type,
        name=draft.name,
        name_fold=fold(draft.name),
        parent_code=draft.parent_code,
        province_code=draft.parent_code or draft.code,
        from_on=draft.from_on,
        source="illustrative",
        certainty="UNKNOWN",
        simulated=True,
    )


@action("places.found_organisation")
def found_organisation(
    *,
    draft: OrganisationDraft,
    by: Any,
    employer: Organisation | None = None,
    professional: Organisation | None = None,
    key: str = "",
) -> Organisation:
    """Enter an organisation under its parents on the two lines; `by` must reach one of them."""
    parents = {Line.EMPLOYER: employer, Line.PROFESSIONAL: professional}
    _require_one_reached(by, [parent for parent in parents.values() if parent is not None])
    refuse_if(problems(draft, _facts([draft], draft)))
    row = _row(draft)
    row.save()
    for line, parent in parents.items():
        if parent is not None:
            OrganisationLine.objects.create(organisation=row, line=line, parent=parent, from_on=draft.from_on)
        start = getattr(parent, PATH_FIELD[line]) if parent is not None else "/"
        setattr(row, PATH_FIELD[line], f"{start}{row.pk}/")
    row.save(update_fields=list(PATH_FIELD.values()))
    return row


@action("places.found_many")
def found_many(
    *, drafts: Sequence[Founding | tuple[Any, ...]], by: Any, existing: Mapping[str, Organisation] | None = None
) -> dict[str, Organisation]:
    """Enter many organisations at once, parents named by key within the list or in `existing`; `{key: row}`."""
    foundings = [Founding(*founding) for founding in drafts]
    known = dict(existing or {})
    refuse_if(batch_problems(foundings, frozenset(known)))
    _require_each_reached(by, foundings, known)
    facts = _facts([founding.draft for founding in foundings], None)
    refuse_if(problem for founding in foundings for problem in problems(founding.draft, facts))
    rows = Organisation.objects.bulk_create([_row(founding.draft) for founding in foundings], batch_size=500)
    by_key = {founding.key: row for founding, row in zip(foundings, rows, strict=True)}
    OrganisationLine.objects.bulk_create(_lines(foundings, {**known, **by_key}), batch_size=500)
    rebuild_paths()
    fresh = Organisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).in_bulk([row.pk for row in rows])
    return {key: fresh[row.pk] for key, row in by_key.items()}


@action("places.rename_organisation")
def rename_organisation(
    *, organisation: Organisation, name: str, on: date, by: Any, decision: str = "", short_name: str = ""
) -> Organisation:
    """Give an organisation a new name from a day on; the old one is kept and still found."""
    _require_reached(by, organisation)
    refuse_if(name_problems(name))
    if tidy(name) != organisation.name:
        FormerName.objects.create(
            organisation=organisation, name=organisation.name, to_on=on - timedelta(days=1), decision=decision
        )
    organisation.name, organisation.short_name = tidy(name), tidy(short_name)
    organisation.save(update_fields=["name", "name_fold", "short_name"])
    return organisation


@action("places.move_organisation")
def move_organisation(
    *, organisation: Organisation, line: Line, parent: Organisation | None, on: date, by: Any
) -> Organisation:
    """Put an organisation under another parent (None: none) on one line from a day on; paths follow at once."""
    _require_reached(by, organisation)
    if parent is not None:
        _require_reached(by, parent)
    present = OrganisationLine.objects.filter(organisation=organisation, line=line, to_on__isnull=True).first()
    is_below = parent is not None and f"/{organisation.pk}/" in getattr(parent, PATH_FIELD[Line(line)])
    refuse_if(move_problems(last_from=present.from_on if present else None, on=on, is_below=is_below))
    if present is not None:
        present.to_on = on - timedelta(days=1)
        present.save(update_fields=["to_on"])
    if parent is not None:
        OrganisationLine.objects.create(organisation=organisation, line=line, parent=parent, from_on=on)
    rebuild_paths()
    organisation.refresh_from_db()
    return organisation


@action("places.class_areas")
def class_areas(*, rows: Sequence[AreaDraft], by: Any) -> None:
    """Record area classes; a new value ends the one before it, an equal one from an equal source changes nothing."""
    _require_everything(by)
    codes = frozenset(_unit_codes(row.unit_code for row in rows))
    refuse_if(area_problems(rows, codes))
    open_rows = {
        (row.unit_code, row.kind): row for row in AreaClass.objects.filter(unit_code__in=codes, to_on__isnull=True)
    }
    changed = [row for row in rows if not _is_same(open_rows.get((row.unit_code, str(row.kind))), row)]
    ended = []
    for draft in changed:
        present = open_rows.get((draft.unit_code, str(draft.kind)))
        if present is not None:
            present.to_on = max(present.from_on, draft.from_on - timedelta(days=1))
            ended.append(present)
    AreaClass.objects.bulk_update(ended, ["to_on"], batch_size=500)
    AreaClass.objects.bulk_create([AreaClass(**vars(draft)) for draft in changed], batch_size=500)


def _is_same(present: AreaClass | None, draft: AreaDraft) -> bool:
    return present is not None and (present.value, present.source) == (draft.value, draft.source)


def _row(draft: OrganisationDraft) -> Organisation:
    values = {**vars(draft), "name": tidy(draft.name), "short_name": tidy(draft.short_name)}
    return Organisation(name_fold=fold(draft.name), **values)


def _lines(foundings: Iterable[Founding], rows: Mapping[str, Organisation]) -> list[OrganisationLine]:
    return [
        OrganisationLine(
            organisation=rows[founding.key], line=line, parent=rows[parent], from_on=founding.draft.from_on
        )
        for founding in foundings
        for line, parent in ((Line.EMPLOYER, founding.employer_key), (Line.PROFESSIONAL, founding.professional_key))
        if parent
    ]


def _facts(drafts: Sequence[OrganisationDraft], one: OrganisationDraft | None) -> OrganisationFacts:
    """What the rules ask; the search for a namesake is made for `one` draft only."""
    everyone = Organisation.objects.unscoped(WhyUnscoped.RULE)
    wanted = {draft.code for draft in drafts if draft.code}
    return OrganisationFacts(
        unit_codes=frozenset(_unit_codes(c for d in drafts for c in (d.province_code, d.commune_code))),
        taken_codes=frozenset(everyone.filter(code__in=wanted).values_list("code", flat=True)),
        same_name=one is not None
        and everyone.filter(
            name_fold=fold(one.name),
            province_code=one.province_code,
            commune_code=one.commune_code,
            to_on__isnull=True,
        ).exists(),
    )


def _unit_codes(codes: Iterable[str]) -> set[str]:
    levels = (UnitLevel.PROVINCE, UnitLevel.COMMUNE)
    rows = AdministrativeUnit.objects.filter(code__in={code for code in codes if code}, level__in=levels)
    return set(rows.values_list("code", flat=True))


def _require_everything(by: Any) -> None:
    """Raise `NotAllowed` unless the actor may edit organisations everywhere."""
    if not by.scope(EDIT).everything:
        raise NotAllowed(Problem("places.whole_country_only"))


def _require_reached(by: Any, organisation: Organisation) -> None:
    problem = by.why_not(EDIT, organisation)
    if problem is not None:
        raise NotAllowed(problem)


def _require_one_reached(by: Any, parents: Sequence[Organisation]) -> None:
    """A founder reaches one parent; an organisation without parents is the whole country's business."""
    if not parents:
        _require_everything(by)
    elif all(by.why_not(EDIT, parent) is not None for parent in parents):
        raise NotAllowed(Problem("places.not_here", values={"organisation": str(parents[0])}))


def _require_each_reached(by: Any, foundings: Sequence[Founding], existing: Mapping[str, Organisation]) -> None:
    """Parents inside the list are asked about where they are founded themselves."""
    if by.scope(EDIT).everything:
        return
    inside = {founding.key for founding in foundings}
    for founding in foundings:
        parents = {founding.employer_key, founding.professional_key} - {""}
        if not parents & inside:
            _require_one_reached(by, [existing[key] for key in parents])
