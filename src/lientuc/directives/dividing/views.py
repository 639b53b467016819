"""The responsibility matrix: drafts, errors first, cells, many at once, signature, paper, receipts."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused
from lientuc.documents.writers import write_docx, write_xlsx
from lientuc.places.models import Organisation
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import current_language, say

from ..enums import DecisionState, Part, Tier
from . import actions, queries
from .defaults import two_level_model
from .forms import CellForm, DraftForm, ManyForm, MatrixFilter, NumberForm, SignForm
from .models import Responsibility, ResponsibilityDecision
from .paper import decision_paper, lapsed_bases, matrix_table
from .queries import Ground
from .rules import Fault

VIEW, DIVIDE, CONFIRM = queries.VIEW, queries.DIVIDE, queries.CONFIRM
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FAULTS_SHOWN = 50


@page(VIEW)
def divisions(request: HttpRequest) -> HttpResponse:
    """All versions one may see, the newest first."""
    shown = page_of(request, queries.decisions(request.user), order=("-number", "-id"))
    may_divide = request.user.why_not(DIVIDE) is None
    return render(request, "directives/divisions.html", {"page": shown, "may_divide": may_divide})


@page(DIVIDE, methods=["GET", "POST"])
def draft_division(request: HttpRequest) -> HttpResponse:
    """Begin a draft from the two-level model or the version in force."""
    form = DraftForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        row = _done(
            form,
            lambda: actions.draft_division(
                organisation=said["organisation"], title=said["title"], on=today(), by=request.user, key=_key(request)
            ),
        )
        if row:
            messages.success(request, say("Đã lập dự thảo phân công.", "The draft is made."))
            return redirect("directives:division", row.public_id)
    context = {"form": form, "what": "draft", "model": two_level_model()}
    return render(request, "directives/division_form.html", context)


def _done(form: forms.Form, write: Callable[[], Any]) -> Any:
    try:
        return write()
    except Refused as refused:
        show_problems(form, refused)
        return None


def _key(request: HttpRequest) -> str:
    return str(request.POST.get("key", ""))


def _seen(request: HttpRequest, public_id: UUID) -> ResponsibilityDecision:
    found: ResponsibilityDecision = found_or_404(queries.decisions(request.user), public_id=public_id)
    return found


def _own(request: HttpRequest, public_id: UUID) -> ResponsibilityDecision:
    rows = ResponsibilityDecision.objects.visible_to(request.user, DIVIDE).select_related("organisation", "previous")
    found: ResponsibilityDecision = found_or_404(rows, public_id=public_id)
    return found


@page(VIEW)
def division(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One version: errors first, every function over all areas, then the matrix of the area or function chosen."""
    row = _seen(request, public_id)
    cells = queries.seen_cells(request.user, row)
    ground = queries.ground_of(row.organisation)
    whole = ResponsibilityDecision.objects.visible_to(request.user, VIEW).filter(pk=row.pk).exists()
    found = queries.faults_of(row, ground) if whole else []
    areas = list({cell.area_id: cell.area for cell in cells}.values()) if not whole else list(ground.areas)
    form = MatrixFilter(request.GET or None, areas=areas, functions=ground.functions)
    draft = row.state == DecisionState.DRAFT
    may_edit = draft and request.user.why_not(DIVIDE, row.organisation) is None
    context = {
        "decision": row,
        "form": form,
        "faults": _fault_rows(found[:FAULTS_SHOWN], ground),
        "fault_count": len(found),
        "summaries": queries.summaries(ground, cells, found) if whole else [],
        "rows": _matrix(cells, form, one_area=areas[0] if len(areas) == 1 else None),
        "may_edit": may_edit,
        "may_number": not draft and not row.decision_number and request.user.why_not(DIVIDE, row.organisation) is None,
        "lapsed": lapsed_bases(today()),
        "to_confirm": queries.to_confirm(request.user, row),
        "model": two_level_model(),
    }
    return render(request, "directives/division.html", context)


def _fault_rows(found: Iterable[Fault], ground: Ground) -> list[dict[str, Any]]:
    functions, areas = {row.pk: row for row in ground.functions}, {row.pk: row for row in ground.areas}
    units = ground.organisations()
    return [
        {
            "kind": fault.kind,
            "function": functions[fault.function],
            "area": areas[fault.area],
            "units": [units[pk] for pk in fault.organisations if pk in units],
        }
        for fault in found
    ]


def _matrix(cells: Iterable[Responsibility], form: MatrixFilter, one_area: Organisation | None) -> list[dict[str, Any]]:
    """Rows of function × area, with who has which part at which tier; empty until an area or a function is chosen."""
    area, function = form.chosen("area"), form.chosen("function")
    if not area and not function and one_area is None:
        return []
    groups: dict[tuple[int, int], list[Responsibility]] = defaultdict(list)
    for cell in cells:
        if (not area or str(cell.area.public_id) == area) and (
            not function or str(cell.function.public_id) == function
        ):
            groups[cell.function_id, cell.area_id].append(cell)
    return [
        {"function": found[0].function, "area": found[0].area, "tiers": [_tier(found, tier) for tier in Tier]}
        for found in groups.values()
    ]


def _tier(cells: Iterable[Responsibility], tier: Tier) -> dict[str, Any]:
    """The tier with its organisations, the responsible one first."""
    order = list(Part)
    here = sorted((cell for cell in cells if cell.level == tier), key=lambda cell: order.index(Part(cell.part)))
    return {"tier": tier, "cells": here}


@page(DIVIDE, methods=["GET", "POST"])
def edit_cell(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who has which part in one function of one area (`?f=…&a=…`)."""
    row = _own(request, public_id)
    ground = queries.ground_of(row.organisation)
    function = _named(ground.functions, request.GET.get("f", ""))
    area = _named(ground.areas, request.GET.get("a", ""))
    if function is None or area is None:
        return redirect("directives:division", public_id)
    cells = queries.cells_of(row, function=function, area=area)
    form = CellForm(request.POST or None, units=ground.near[area.pk], cells=cells)
    if request.method == "POST" and form.is_valid():
        parts = form.parts()
        if _done(
            form,
            lambda: actions.set_responsibilities(
                decision=row, function=function, area=area, parts=parts, by=request.user, key=_key(request)
            ),
        ):
            messages.success(request, say("Đã ghi phân công.", "The division is recorded."))
            return redirect("directives:division", public_id)
    context = {"form": form, "decision": row, "function": function, "area": area, "what": "cell"}
    return render(request, "directives/division_form.html", context)


def _named(rows: Iterable[Any], public_id: str) -> Any:
    return next((row for row in rows if str(row.public_id) == public_id), None)


@page(DIVIDE, methods=["GET", "POST"])
def edit_many(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One part for one kind of organisation, in many functions and areas."""
    row = _own(request, public_id)
    form = ManyForm(request.POST or None, ground=queries.ground_of(row.organisation))
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen()
        if _done(form, lambda: actions.set_many(decision=row, by=request.user, key=_key(request), **chosen)):
            messages.success(request, say("Đã ghi phân công cho nhiều ô.", "Many cells are recorded."))
            return redirect("directives:division", public_id)
    return render(request, "directives/division_form.html", {"form": form, "decision": row, "what": "many"})


@page(DIVIDE, methods=["GET", "POST"])
def sign_division(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record that the paper was signed."""
    row = _own(request, public_id)
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        if _done(form, lambda: actions.sign_division(decision=row, draft=draft, by=request.user, key=_key(request))):
            messages.success(request, say("Đã ghi việc ký ban hành.", "The signature is recorded."))
            return redirect("directives:division", public_id)
    return render(request, "directives/division_form.html", {"form": form, "decision": row, "what": "sign"})


@page(DIVIDE, methods=["GET", "POST"])
def number_division(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Note the number the clerk gave."""
    row = _own(request, public_id)
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["decision_number"]
        if _done(
            form, lambda: actions.number_division(decision=row, number=number, by=request.user, key=_key(request))
        ):
            messages.success(request, say("Đã ghi số quyết định.", "The number is noted."))
            return redirect("directives:division", public_id)
    return render(request, "directives/division_form.html", {"form": form, "decision": row, "what": "number"})


@page(VIEW)
def division_paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Quyết định phân công nhiệm vụ as a Word file; everybody who may see the decision sees its whole annex."""
    row = _seen(request, public_id)
    target = io.BytesIO()
    write_docx(decision_paper(row, queries.cells_of(row)), target)
    return _file(target.getvalue(), DOCX, "quyet-dinh-phan-cong.docx")


@page(VIEW)
def export_division(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The matrix as a workbook."""
    row = _seen(request, public_id)
    target = io.BytesIO()
    table = matrix_table(row, queries.seen_cells(request.user, row), current_language())
    write_xlsx(table, target, current_language())
    return _file(target.getvalue(), XLSX, "ma-tran-phan-cong.xlsx")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@page(VIEW)
def receipts(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who has confirmed and who has not; units below see themselves."""
    row = _seen(request, public_id)
    seen = set(Organisation.objects.visible_to(request.user, VIEW).values_list("pk", flat=True))
    rows = [(unit, receipt) for unit, receipt in queries.receipts(row) if unit.pk in seen]
    missing = sum(receipt is None for _, receipt in rows)
    context = {"decision": row, "rows": rows, "missing": missing}
    return render(request, "directives/receipts.html", context)


@page(CONFIRM, methods=["POST"])
def confirm_receipt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A named organisation confirms that it has received the decision."""
    rows = ResponsibilityDecision.objects.visible_to(request.user, CONFIRM)
    row = rows.filter(public_id=public_id).first() or _addressed(request, public_id)
    unit = Organisation.objects.visible_to(request.user, CONFIRM).filter(public_id__in=_sent(request)).first()
    if unit is None:
        raise Refused(Problem("directives.not_named"))
    actions.confirm_receipt(decision=row, organisation=unit, by=request.user, key=_key(request))
    messages.success(request, say("Đã xác nhận nhận quyết định.", "The receipt is confirmed."))
    return redirect("directives:division", row.public_id)


def _addressed(request: HttpRequest, public_id: UUID) -> ResponsibilityDecision:
    """A decision that names an organisation the person confirms for."""
    named = Responsibility.objects.visible_to(request.user, CONFIRM).filter(decision__public_id=public_id)
    cell = named.select_related("decision__organisation").first()
    if cell is None:
        raise Http404
    found: ResponsibilityDecision = cell.decision
    return found


def _sent(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(request.POST.get("unit", ""))]
    except ValueError:
        return []
