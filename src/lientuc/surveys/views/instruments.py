"""Staff pages of instruments: list, questions, paper version, preview as respondents see it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from lientuc.web.pages import page
from lientuc.web.say import current_language, say_now

from .. import queries
from ..flow import Asked
from ..forms import SETS
from ..models import InstrumentVersion
from ..rules import DEFAULT_SETS
from ..showing import blocks, text_of
from ..specs import Questionnaire

VIEW, EDIT = "surveys.view_instruments", "surveys.edit_instruments"


@page(VIEW)
def instruments(request: HttpRequest) -> HttpResponse:
    """Every instrument with its versions."""
    rows = InstrumentVersion.objects.select_related("instrument").order_by("instrument__code", "-number")
    context = {"versions": queries.with_question_count(rows), "may_edit": _may_edit(request)}
    return render(request, "surveys/instruments.html", context)


@page(VIEW)
def instrument(request: HttpRequest) -> HttpResponse:
    """The questions of one version (`?ma=` code, `?so=` number) with their rules, levels and origin."""
    version = _version(request)
    if version is None:
        return redirect("surveys:instruments")
    form = queries.form_of(version)
    sets = dict.fromkeys(item.item_set for _, item in form.items if item.item_set)
    context = {
        "row": version,
        "form": form,
        "sets": [(name, dict(SETS).get(name, name), name in DEFAULT_SETS) for name in sets],
        "has_others": InstrumentVersion.objects.filter(instrument=version.instrument).exclude(pk=version.pk).exists(),
        "may_edit": _may_edit(request),
    }
    return render(request, "surveys/instrument.html", context)


@page(VIEW)
def paper(request: HttpRequest) -> HttpResponse:
    """The same questions with the same numbers, to be printed and filled in by hand."""
    version = _version(request)
    if version is None:
        return redirect("surveys:instruments")
    form = _switched(request, version)
    pages = [(text_of(section), _whole(form, place)) for place, section in enumerate(form.sections)]
    return render(request, "surveys/paper.html", {"title": text_of(form), "form": form, "pages": pages})


@page(VIEW)
def preview(request: HttpRequest) -> HttpResponse:
    """One page (`?phan=` from 1) as respondents see it; nothing is kept."""
    version = _version(request)
    if version is None:
        return redirect("surveys:instruments")
    form, number = _switched(request, version), _number(request.GET.get("phan", "1"))
    if not 1 <= number <= len(form.sections):
        raise Http404
    context = {
        "title": text_of(form.sections[number - 1]),
        "blocks": _whole(form, number - 1),
        "number": number,
        "of": len(form.sections),
        "form": form,
        "onward": number + 1 if number < len(form.sections) else None,
        "before": number - 1 or None,
        "lang": current_language(),
        "sets": "".join(f"&bo={quote(name)}" for name in request.GET.getlist("bo")),
        "preview": True,
    }
    return render(request, "surveys/respond/preview.html", context)


def _whole(form: Questionnaire, place: int) -> object:
    section = form.sections[place]
    asked = [Asked(item, index) for index in form.indexes(section) for item in section.items if not item.is_computed]
    return blocks(form, asked, {})


def _version(request: HttpRequest) -> InstrumentVersion | None:
    """The version the address names: None where it names none, 404 where there is none of that name."""
    code, number = request.GET.get("ma", ""), _number(request.GET.get("so", "1"))
    if not code:
        return None
    rows = InstrumentVersion.objects.select_related("instrument")
    return get_object_or_404(rows, instrument__code=code, number=number)


def _may_edit(request: HttpRequest) -> bool:
    user: Any = request.user
    return user.why_not(EDIT) is None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _switched(request: HttpRequest, version: InstrumentVersion) -> Questionnaire:
    sets = request.GET.getlist("bo") or DEFAULT_SETS
    labels = [say_now("Tên kỹ thuật", "Name of the technique")]
    return queries.form_of(version).with_switches(sets, labels)
