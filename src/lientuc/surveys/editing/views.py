"""Pages of the editor: begin, overview of a draft, one page, one question, one list; comparison; XLSForm file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from lientuc.core.errors import Refused
from lientuc.web.pages import page, show_problems
from lientuc.web.say import say_now, sentence

from ..actions import publish
from ..enums import VersionState
from ..exchange import read_form, write_xlsform
from ..models import InstrumentVersion
from ..queries import form_of
from ..rules import problems_of_version
from . import actions
from .comparing import differences, unchanged
from .forms import BeginForm, ItemForm, ListForm, SectionForm
from .queries import lists_in

VIEW, EDIT = "surveys.view_instruments", "surveys.edit_instruments"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRITING = ("GET", "HEAD", "POST")


@page(EDIT, methods=WRITING)
def begin(request: HttpRequest) -> HttpResponse:
    """A draft: of what a version asks (`?ma=`, `?so=`), from a file, or from nothing."""
    of = named_version(request)
    form = None if of else BeginForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        key = request.POST.get("key", "")
        try:
            version = actions.begin_version(of=of, by=request.user, key=key) if of else _begun(request, form, key)
        except Refused as refused:
            if form is None:
                return _told(request, refused, _address("surveys:instrument", of))
            show_problems(form, refused)
        else:
            return redirect(_address("surveys:edit", version))
    return render(request, "surveys/editing/begin.html", {"form": form or forms.Form(), "of": of})


def _begun(request: HttpRequest, form: Any, key: str) -> InstrumentVersion:
    given = form.cleaned_data
    if given["file"]:
        read = read_form(given["file"].read(), name=given["file"].name)
        for note in read.notes:
            messages.info(request, sentence(note))
        return actions.take_form(form=actions.Form(read.form), by=request.user, key=key)
    names = {name: given[name] for name in ("code", "title_vi", "title_en")}
    return actions.begin_instrument(**names, by=request.user, key=key)


@page(EDIT, methods=WRITING)
def edit(request: HttpRequest) -> HttpResponse:
    """A draft whole: its pages, questions and lists; steps that need no form (`do`)."""
    version = named_version(request)
    if version is None:
        return redirect("surveys:instruments")
    if version.state != VersionState.DRAFT:
        return redirect(_address("surveys:instrument", version))
    if request.method == "POST":
        return _step(request, version)
    form = form_of(version)
    used = {item.list_name for _, item in form.items}
    context = {
        "row": version,
        "form": form,
        "lists": [(name, choices, name in used) for name, choices in lists_in(version).items()],
        "problems": problems_of_version(form, VersionState.DRAFT),
        "before": _published_before(version),
    }
    return render(request, "surveys/editing/edit.html", context)


def _step(request: HttpRequest, version: InstrumentVersion) -> HttpResponse:
    """Publish, discard, move or remove; back to where it is seen."""
    do, name = request.POST.get("do", ""), request.POST.get("name", "")
    given = {"version": version, "by": request.user, "key": request.POST.get("key", "")}
    steps: dict[str, Callable[[], Any]] = {
        "publish": lambda: publish(version=version, by=request.user),
        "discard": lambda: actions.discard_draft(**given),
        "item_up": lambda: actions.move_item(name=name, step=-1, **given),
        "item_down": lambda: actions.move_item(name=name, step=1, **given),
        "item_remove": lambda: actions.remove_item(name=name, **given),
        "section_up": lambda: actions.move_section(code=name, step=-1, **given),
        "section_down": lambda: actions.move_section(code=name, step=1, **given),
        "section_remove": lambda: actions.remove_section(code=name, **given),
    }
    try:
        steps.get(do, lambda: None)()
    except Refused as refused:
        return _told(request, refused, _address("surveys:edit", version))
    if do == "discard":
        return redirect("surveys:instruments")
    return redirect(_address("surveys:instrument" if do == "publish" else "surveys:edit", version))


@page(EDIT, methods=WRITING)
def edit_section(request: HttpRequest) -> HttpResponse:
    """One page of a draft (`?phan=` code; none: a new one)."""
    version, was = named_version(request), request.GET.get("phan", "")
    if version is None:
        return redirect("surveys:instruments")
    found = next((section for section in form_of(version).sections if section.code == was), None)
    form = SectionForm(request.POST or None, initial=SectionForm.initial_of(found) if found else None)
    title = say_now("Phần của phiếu", "Section of the form")
    return _save(request, version, form, title, lambda key: actions.save_section(
        version=version, draft=form.draft(found.code if found else ""), by=request.user, key=key
    ))  # fmt: skip


@page(EDIT, methods=WRITING)
def edit_item(request: HttpRequest) -> HttpResponse:
    """One question of a draft (`?cau=` name; none: a new one at the end of `?phan=`)."""
    version = named_version(request)
    if version is None:
        return redirect("surveys:instruments")
    spec = form_of(version)
    was = request.GET.get("cau", "")
    section = next((s.code for s in spec.sections if any(i.name == was for i in s.items)), request.GET.get("phan", ""))
    initial = ItemForm.initial_of(spec.by_name[was], section) if was in spec.by_name else {"section": section}
    form = ItemForm(request.POST or None, initial=initial, sections=list(spec.sections), lists=list(lists_in(version)))
    title = say_now("Câu hỏi", "Question")
    return _save(request, version, form, title, lambda key: actions.save_item(
        version=version, draft=form.draft(was if was in spec.by_name else ""), by=request.user, key=key
    ))  # fmt: skip


@page(EDIT, methods=WRITING)
def edit_list(request: HttpRequest) -> HttpResponse:
    """One list of answers of a draft (`?ds=` name; none: a new one)."""
    version, name = named_version(request), request.GET.get("ds", "")
    if version is None:
        return redirect("surveys:instruments")
    lists = lists_in(version)
    form = ListForm(request.POST or None, initial=ListForm.initial_of(name, lists[name]) if name in lists else None)
    title = say_now("Danh sách phương án", "List of choices")
    return _save(request, version, form, title, lambda key: actions.save_list(
        version=version, draft=form.draft(), by=request.user, key=key
    ))  # fmt: skip


def _save(
    request: HttpRequest, version: InstrumentVersion, form: Any, title: str, save: Callable[[str], Any]
) -> HttpResponse:
    """Show the form, or save what was written and go back to the draft."""
    if version.state != VersionState.DRAFT:
        return redirect(_address("surveys:instrument", version))
    if request.method == "POST" and form.is_valid():
        try:
            save(request.POST.get("key", ""))
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say_now("Đã lưu.", "Saved."))
            return redirect(_address("surveys:edit", version))
    context = {"form": form, "row": version, "title": title, "back": _address("surveys:edit", version)}
    return render(request, "surveys/editing/part.html", context)


@page(VIEW)
def compare(request: HttpRequest) -> HttpResponse:
    """What differs between a version and an earlier one (`?voi=` number; none: the one before)."""
    version = named_version(request)
    if version is None:
        return redirect("surveys:instruments")
    others = InstrumentVersion.objects.filter(instrument=version.instrument).exclude(pk=version.pk).order_by("-number")
    wanted = request.GET.get("voi", "")
    chosen = (
        others.filter(number=int(wanted))
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 10
        else others.filter(number__lt=version.number)
    )
    with_ = chosen.first() or others.first()
    context: dict[str, Any] = {"row": version, "others": list(others), "earlier": with_}
    if with_ is not None:
        first, second = sorted((with_, version), key=lambda one: one.number)
        before, after = form_of(first), form_of(second)
        context |= {
            "first": first,
            "second": second,
            "found": differences(before, after),
            "same": unchanged(before, after),
        }
    return render(request, "surveys/editing/compare.html", context)


@page(VIEW)
def xlsform(request: HttpRequest) -> HttpResponse:
    """A version as an XLSForm workbook."""
    version = named_version(request)
    if version is None:
        return redirect("surveys:instruments")
    response = HttpResponse(write_xlsform(form_of(version)), content_type=XLSX)
    name = f"{version.instrument.code}-{version.number}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def named_version(request: HttpRequest) -> InstrumentVersion | None:
    """The version the address names (`?ma=` code, `?so=` number): None where it names none, 404 where there is none such."""
    code, number = request.GET.get("ma", ""), request.GET.get("so", "1")
    if not code:
        return None
    rows = InstrumentVersion.objects.select_related("instrument")
    return get_object_or_404(
        rows, instrument__code=code, number=int(number) if number.isdecimal() and len(number) < 10 else 0
    )


def _published_before(version: InstrumentVersion) -> InstrumentVersion | None:
    rows = InstrumentVersion.objects.filter(instrument=version.instrument, number__lt=version.number)
    return rows.order_by("-number").first()


def _address(name: str, version: InstrumentVersion | None) -> str:
    """A page of a version."""
    if version is None:
        return reverse("surveys:instruments")
    return f"{reverse(name)}?{urlencode({'ma': version.instrument.code, 'so': version.number})}"


def _told(request: HttpRequest, refused: Refused, to: str) -> HttpResponseRedirect:
    for problem in refused.problems:
        messages.error(request, sentence(problem))
    return HttpResponseRedirect(to)
