"""Pages about units: the list, one unit, entering one, what techniques it does."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused
from lientuc.places.actions import found_organisation
from lientuc.places.models import Organisation
from lientuc.places.queries import areas_of
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.rows import in_force
from lientuc.web.pages import found_or_404, page
from lientuc.web.paging import page_of
from lientuc.web.say import say

from .. import actions
from ..enums import Equipment
from ..forms import OrganisationForm, OrganisationsFilter
from ..models import Provider, Technique, UnitTechnique
from ..queries import organisations as queries
from .writing import key_of, written

VIEW, EDIT = "registry.view_organisations", "registry.edit_organisations"


@page(VIEW)
def organisations(request: HttpRequest) -> HttpResponse:
    """The units one may see, by name."""
    form = OrganisationsFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.organisations(by=request.user, on=today(), text=chosen.get("q", ""), kind=chosen.get("kind", ""))
    shown = page_of(request, rows, order=("name_fold", "pk"))
    values = {"page": shown, "form": form, "may_edit": request.user.why_not(EDIT) is None}
    return render(request, "registry/organisations.html", values)


@page(VIEW)
def organisation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One unit: lines, area, people by title, techniques."""
    row = found_or_404(Organisation.objects.visible_to(request.user, VIEW), public_id=public_id)
    techniques = UnitTechnique.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(organisation=row)
    titles = queries.titles_at(row, today())
    values = {
        "organisation": row,
        "unit_names": queries.unit_names(row, today()),
        "areas": areas_of([row.commune_code], on=today()).get(row.commune_code, {}).items(),
        "lines": queries.lines_of(row),
        "children": queries.children_of(row, request.user),
        "former_names": queries.former_names(row),
        "titles": titles,
        "successions": queries.successions_of(row),
        "may_edit": request.user.why_not(EDIT, row) is None,
        "persons": sum(count.persons for count in titles),
        "techniques": techniques.select_related("technique").order_by("technique__name_fold", "pk"),
        "provider": Provider.objects.visible_to(request.user, "registry.view_providers")
        .filter(organisation=row)
        .first(),
        "may_state": request.user.why_not("registry.edit_workers", row) is None,
    }
    return render(request, "registry/organisation.html", values)


@page(EDIT, methods=["GET", "POST"])
def found(request: HttpRequest) -> HttpResponse:
    """Enter a unit."""
    form = OrganisationForm(request.POST or None, by=request.user)
    done = written(
        request,
        form,
        lambda: found_organisation(
            draft=form.draft(),
            employer=form.cleaned_data["employer"],
            professional=form.cleaned_data["professional"],
            by=request.user,
            key=key_of(request),
        ),
        said=say("Đã thêm đơn vị.", "The unit is entered."),
        to=lambda row: reverse("registry:organisation", args=[row.public_id]),
    )
    values = {
        "form": form,
        "title": say("Thêm đơn vị", "Enter a unit"),
        "back": reverse("registry:organisations"),
        "columns": True,
    }
    return done or render(request, "registry/form.html", values)


@page("registry.edit_workers", methods=["GET", "POST"])
def unit_techniques(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What a unit says of each technique of its level of care: done or not, equipment there or not."""
    row = found_or_404(Organisation.objects.visible_to(request.user, "registry.edit_workers"), public_id=public_id)
    techniques = Technique.objects.filter(in_force(today()), care_level=row.care_level).order_by("name_fold", "pk")
    if request.method == "POST":
        _state(request, row, found_or_404(techniques, public_id=_uuid(request.POST.get("technique", ""))))
        return redirect("registry:unit_techniques", row.public_id)
    rows = UnitTechnique.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(organisation=row)
    stated = {one.technique_id: one for one in rows}
    values = {
        "organisation": row,
        "rows": [(technique, stated.get(technique.pk)) for technique in techniques],
        "equipment": list(Equipment),
    }
    return render(request, "registry/unit_techniques.html", values)


def _state(request: HttpRequest, row: Organisation, technique: Technique) -> None:
    try:
        equipment = Equipment(request.POST.get("equipment", ""))
    except ValueError:
        raise Refused(Problem("registry.equipment_missing", "equipment")) from None
    actions.state_technique(
        organisation=row,
        technique=technique,
        performed=request.POST.get("performed") == "1",
        equipment=equipment,
        by=request.user,
        key=key_of(request),
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
