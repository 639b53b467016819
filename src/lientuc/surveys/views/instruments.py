"""Staff pages of instruments: list, questions, paper version, preview as respondents see it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from lientuc.web.pages import page
from lientuc.web.say import current_language, say_now

from .. import queries
from ..flow import Asked
from ..models import InstrumentVersion
from ..showing import DEFAULT_SETS, blocks, text_of
from ..specs import Questionnaire

VIEW = "surveys.view_instruments"


@page(VIEW)
def instruments(request: HttpRequest) -> HttpResponse:
    """Every instrument with its versions."""
    rows = InstrumentVersion.objects.select_related("instrument").order_by("instrument__code", "-number")
    return render(request, "surveys/instruments.html", {"versions": queries.with_question_count(rows)})


@page(VIEW)
def instrument(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The questions of one version with their rules, levels and origin."""
    version = _version(code, number)
    context = {"version": version, "form": queries.form_of(version), "first": 1}
    return render(request, "surveys/instrument.html", context)


@page(VIEW)
def paper(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The same questions with the same numbers, to be printed and filled in by hand."""
    form = _switched(request, _version(code, number))
    pages = [(text_of(section), _whole(form, place)) for place, section in enumerate(form.sections)]
    return render(request, "surveys/paper.html", {"title": text_of(form), "form": form, "pages": pages})


@page(VIEW)
def preview(request: HttpRequest, code: str, number: int, section: int) -> HttpResponse:
    """One page as respondents see it; nothing is kept."""
    form = _switched(request, _version(code, number))
    if not 1 <= section <= len(form.sections):
        raise Http404
    context = {
        "title": text_of(form.sections[section - 1]),
        "blocks": _whole(form, section - 1),
        "number": section,
        "of": len(form.sections),
        "code": code,
        "version": number,
        "onward": section + 1 if section < len(form.sections) else None,
        "before": section - 1 or None,
        "lang": current_language(),
        "preview": True,
    }
    return render(request, "surveys/respond/preview.html", context)


def _whole(form: Questionnaire, place: int) -> object:
    section = form.sections[place]
    asked = [Asked(item, index) for index in form.indexes(section) for item in section.items]
    return blocks(form, asked, {})


def _version(code: str, number: int) -> InstrumentVersion:
    rows = InstrumentVersion.objects.select_related("instrument")
    return get_object_or_404(rows, instrument__code=code, number=number)


def _switched(request: HttpRequest, version: InstrumentVersion) -> Questionnaire:
    sets = request.GET.getlist("bo") or DEFAULT_SETS
    labels = [say_now("Tên kỹ thuật", "Name of the technique")]
    return queries.form_of(version).with_switches(sets, labels)
