"""The wizard of reorganised units: written down, looked over, carried out, taken back; and changes to one unit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lientuc.core.clock import today
from lientuc.places.actions import class_areas, move_organisation, rename_organisation
from lientuc.places.enums import SuccessionKind
from lientuc.places.models import AreaClass, Organisation
from lientuc.places.rules import AreaDraft
from lientuc.trail.rows import in_force
from lientuc.web.pages import found_or_404, page, tried
from lientuc.web.paging import page_of
from lientuc.web.say import phrase, say

from ..forms.duplicates import ReasonForm
from ..forms.reorganising import AreaForm, MoveForm, RenameForm, ReorganisationForm
from ..models import Reorganisation
from ..reorganising import queries
from ..reorganising.actions import (
    carry_out_reorganisation,
    drop_reorganisation,
    prepare_reorganisation,
    undo_reorganisation,
)
from .people import show_form
from .writing import key_of, written

EDIT = "registry.edit_organisations"


@page(EDIT)
def reorganisations(request: HttpRequest) -> HttpResponse:
    """What was prepared and done, the latest first."""
    shown = page_of(request, queries.reorganisations(by=request.user), order=("-on_date", "-pk"))
    return render(request, "registry/reorganisations.html", {"page": shown})


@page(EDIT, methods=["GET", "POST"])
def reorganise(request: HttpRequest) -> HttpResponse:
    """Write a reorganisation down; the next page shows what it will move."""
    form = ReorganisationForm(request.POST or None, by=request.user)
    done = written(
        request,
        form,
        lambda: prepare_reorganisation(
            draft=form.draft(),
            units=list(form.cleaned_data["units"]),
            heir=form.cleaned_data["heir"],
            by=request.user,
            key=key_of(request),
        ),
        said=say(
            "Đã ghi. Xem trước các nội dung sẽ chuyển rồi thực hiện.", "Written down. Look it over, then carry out."
        ),
        to=lambda row: reverse("registry:reorganisation", args=[row.public_id]),
    )
    title = say("Sáp nhập, chia tách, đổi tên đơn vị", "Merge, split or rename units")
    return done or show_form(request, form, title, reverse("registry:reorganisations"))


def _found(request: HttpRequest, public_id: UUID) -> Reorganisation:
    rows = queries.reorganisations(by=request.user).select_related("done_by", "undone_by")
    row: Reorganisation = found_or_404(rows, public_id=public_id)
    return row


@page(EDIT)
def reorganisation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What will move, or has moved."""
    row = _found(request, public_id)
    parts = queries.parts_of(row)
    waits = row.state == "prepared"
    splits = row.kind == SuccessionKind.SPLIT
    values = {
        "row": row,
        "parts": parts,
        "waits": waits,
        "early": row.on_date > today(),
        "splits": splits,
        "moving": [(one, phrase(one.name)) for one in queries.preview(row, parts)] if waits else [],
        "staying": queries.history_staying(parts) if waits else 0,
        "authorities": queries.authorities(parts) if waits else [],
        "people": queries.people_to_choose(row.organisation, today()) if waits and splits else [],
        "done": sum(row.counts.values()),
        "form": ReasonForm(),
    }
    return render(request, "registry/reorganisation.html", values)


@page(EDIT, methods=["POST"])
def carry_out(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Do it."""
    row = _found(request, public_id)
    done = tried(
        request,
        lambda: carry_out_reorganisation(
            reorganisation=row,
            people=[UUID(text) for text in request.POST.getlist("people") if _is_key(text)],
            authority_decision=request.POST.get("authority_decision", "")[:120],
            by=request.user,
            key=key_of(request),
        ),
    )
    if done:
        messages.success(request, say("Đã thực hiện sắp xếp tổ chức.", "The reorganisation is carried out."))
    return redirect("registry:reorganisation", row.public_id)


@page(EDIT, methods=["POST"])
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give it up."""
    row = _found(request, public_id)
    tried(request, lambda: drop_reorganisation(reorganisation=row, by=request.user))
    return redirect("registry:reorganisations")


@page(EDIT, methods=["POST"])
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take it back, or say why not."""
    row = _found(request, public_id)
    reason = request.POST.get("reason", "")
    done = tried(
        request, lambda: undo_reorganisation(reorganisation=row, reason=reason, by=request.user, key=key_of(request))
    )
    if done:
        messages.success(request, say("Đã hoàn tác.", "It is taken back."))
    return redirect("registry:reorganisation", row.public_id)


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _unit(request: HttpRequest, public_id: UUID) -> Organisation:
    row: Organisation = found_or_404(Organisation.objects.visible_to(request.user, EDIT), public_id=public_id)
    return row


def _to_unit(row: Organisation) -> str:
    return reverse("registry:organisation", args=[row.public_id])


@page(EDIT, methods=["GET", "POST"])
def rename(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A new name from a day on."""
    row = _unit(request, public_id)
    form = RenameForm(request.POST or None, initial={"name": row.name, "short_name": row.short_name})
    done = written(
        request,
        form,
        lambda: rename_organisation(organisation=row, **form.cleaned_data, by=request.user),
        said=say("Đã đổi tên; tên cũ vẫn tìm được.", "Renamed; the old name is still found."),
        to=_to_unit,
    )
    return done or show_form(request, form, say("Đổi tên đơn vị", "Rename the unit"), _to_unit(row), subject=row)


@page(EDIT, methods=["GET", "POST"])
def move(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Another parent on one line."""
    row = _unit(request, public_id)
    form = MoveForm(request.POST or None, by=request.user)
    done = written(
        request,
        form,
        lambda: move_organisation(organisation=row, **form.cleaned_data, by=request.user),
        said=say("Đã chuyển đơn vị cấp trên.", "The unit has another parent."),
        to=_to_unit,
    )
    title = say("Chuyển đơn vị cấp trên", "Change the parent")
    return done or show_form(request, form, title, _to_unit(row), subject=row)


@page(EDIT, methods=["GET", "POST"])
def areas(request: HttpRequest) -> HttpResponse:
    """Difficulty areas, border and islands: what is recorded, and a form for those who answer for the nation."""
    form = AreaForm(request.POST or None)
    done = written(
        request,
        form,
        lambda: class_areas(rows=_drafts(form.cleaned_data), by=request.user),
        said=say("Đã ghi phân loại địa bàn.", "The areas are classed."),
        to=lambda _: reverse("registry:areas"),
    )
    if done:
        return done
    rows = AreaClass.objects.filter(in_force(today()))
    shown = page_of(request, rows, order=("unit_code", "pk"))
    values: dict[str, Any] = {"page": shown, "form": form, "may_write": request.user.scope(EDIT).everything}
    return render(request, "registry/areas.html", values)


def _drafts(data: dict[str, Any]) -> list[AreaDraft]:
    codes = dict.fromkeys(code for code in data["codes"].replace(",", " ").split())
    return [AreaDraft(code, data["kind"], data["value"], data["from_on"], data["source"]) for code in codes]
