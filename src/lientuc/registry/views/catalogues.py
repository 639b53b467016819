"""Pages of the catalogues: techniques and functions, and importing official lists."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lientuc.core.clock import today
from lientuc.core.names import fold
from lientuc.trail.rows import in_force
from lientuc.web.pages import page
from lientuc.web.say import say

from .. import actions
from ..forms import CatalogueForm
from ..intake.catalogue import functions_in, techniques_in
from ..models import Technique, UnitFunction
from .writing import written

VIEW, EDIT = "registry.view_catalogues", "registry.edit_catalogues"


@page(VIEW)
def catalogue(request: HttpRequest) -> HttpResponse:
    """Techniques and functions in force, with where they come from."""
    text = request.GET.get("q", "")
    techniques = Technique.objects.filter(in_force(today())).select_related("function")
    functions = UnitFunction.objects.filter(in_force(today()))
    if text:
        techniques = techniques.filter(Q(name_fold__contains=fold(text)) | Q(code__icontains=text))
        functions = functions.filter(Q(name_vi__icontains=text) | Q(code__icontains=text))
    values = {
        "techniques": techniques.order_by("care_level", "code"),
        "functions": functions.order_by("organisation_kind", "code"),
        "q": text,
        "may_edit": request.user.why_not(EDIT) is None,
    }
    return render(request, "registry/catalogue.html", values)


@page(EDIT, methods=["GET", "POST"])
def import_catalogue(request: HttpRequest) -> HttpResponse:
    """Take an official list."""
    form = CatalogueForm(request.POST or None, request.FILES or None)
    done = written(
        request,
        form,
        lambda: _take(request, form.cleaned_data),
        said=say("Đã nhập danh mục.", "The catalogue is imported."),
        to=lambda _: reverse("registry:catalogue"),
    )
    return done or render(request, "registry/import_catalogue.html", {"form": form})


def _take(request: HttpRequest, data: dict[str, Any]) -> None:
    content = data["file"].read()
    if data["what"] == "functions":
        drafts = functions_in(content, data["from_on"])
        actions.load_functions(drafts=drafts, source=data["source"], by=request.user)
    else:
        techniques = techniques_in(content, data["from_on"])
        actions.load_techniques(drafts=techniques, source=data["source"], by=request.user)
