"""Pages about two records of one person: the list, the two sides, the decision, a merge taken back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lientuc.core import formats
from lientuc.web.pages import found_or_404, page, tried
from lientuc.web.paging import page_of
from lientuc.web.say import current_language, label, say

from .. import actions
from ..duplicates import queries
from ..duplicates.rules import FIELDS
from ..duplicates.work import queue_search, searching
from ..enums import Side
from ..forms.duplicates import DuplicatesFilter, ReasonForm
from ..models import DuplicatePair, HealthWorker
from ..people_phrases import FIELD_NAMES, HANGING
from .writing import key_of, written

MERGE = "registry.merge_workers"
_LABELS = {"sex": "registry.Sex", "title": "registry.Title", "specialty": "registry.Specialty"}


@page(MERGE)
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs that may be one person, the likeliest first."""
    form = DuplicatesFilter(request.GET, by=request.user, permission=MERGE)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.pairs(
        by=request.user,
        state=chosen.get("state") or "open",
        text=chosen.get("q", ""),
        organisation=chosen.get("unit"),
        worker=chosen.get("worker"),
    )
    shown = page_of(request, rows, order=("-score", "pk"))
    values = {"page": shown, "form": form, "searching": searching()}
    return render(request, "registry/duplicates.html", values)


@page(MERGE, methods=["POST"])
def search_duplicates(request: HttpRequest) -> HttpResponse:
    """Queue a new search among the people one answers for."""
    scope = request.user.scope(MERGE)
    homes = [] if scope.everything else [str(home.public_id) for home in _homes(request.user)]
    if scope.everything or homes:
        queue_search(organisations=homes, made_by=str(request.user.public_id))
    messages.success(request, say("Đang tìm hồ sơ trùng. Xem lại trang này sau ít phút.", "The search is running."))
    return redirect("registry:duplicates")


def _homes(user: Any) -> list[Any]:
    from lientuc.accounts.permissions import roles_of

    found = {organisation.pk: organisation for _, organisation in roles_of(user) if organisation is not None}
    return [organisation for organisation in found.values() if user.why_not(MERGE, organisation) is None]


@page(MERGE, methods=["GET", "POST"])
def pair(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Two records side by side; choose what survives and merge, field by field."""
    row = _found(request, public_id)
    main, other = queries.records_of(row)
    if request.method == "POST":
        answer = _merge(request, row)
        if answer is not None:
            return answer
    if request.GET.get("main") == str(other.worker.public_id):
        main, other = other, main
    choices = queries.choices_between(main.worker, other.worker)
    values = {
        "pair": row,
        "reasons": queries.reasons_of(row),
        "main": main,
        "other": other,
        "choices": [_shown(choice) for choice in choices if choice.main or choice.other],
        "histories": [(record, _hanging(record.hanging)) for record in (main, other)],
        "form": ReasonForm(request.POST or None),
        "apart": reverse("registry:tell_apart", args=[row.public_id]),
    }
    return render(request, "registry/pair.html", values)


def _shown(choice: queries.Choice) -> dict[str, Any]:
    """A choice as the page prints it; numbers of identity only by their end."""
    name = FIELD_NAMES[choice.field]
    return {
        "field": choice.field,
        "name": say(name.vi, name.en),
        "main": _printed(choice.field, choice.main),
        "other": _printed(choice.field, choice.other),
        "differs": choice.differs,
        "default": str(choice.default),
    }


def _printed(field: str, value: Any) -> str:
    if not value:
        return "–"
    if field in _LABELS:
        return str(label(_LABELS[field], value))
    if field in {"national_number", "old_number"}:
        return f"•••••{value[-3:]}"
    return formats.day(value, language=current_language()) if isinstance(value, date) else str(value)


def _merge(request: HttpRequest, row: DuplicatePair) -> HttpResponse | None:
    sides = {str(row.first.public_id): (row.first, row.second), str(row.second.public_id): (row.second, row.first)}
    main, other = sides.get(request.POST.get("main", ""), (row.first, row.second))
    chosen = {
        field: Side(request.POST[field]) for field in FIELDS if request.POST.get(field, "") in [str(s) for s in Side]
    }
    form = ReasonForm(request.POST)
    return written(
        request,
        form,
        lambda: actions.merge_workers(
            duplicate=other,
            canonical=main,
            reason=form.cleaned_data["reason"],
            by=request.user,
            chosen=chosen,
            key=key_of(request),
        ),
        said=say("Đã gộp hai hồ sơ.", "The records are merged."),
        to=lambda _: reverse("registry:worker", args=[main.public_id]),
    )


@page(MERGE, methods=["POST"])
def tell_apart(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Two persons: remember it."""
    row = _found(request, public_id)
    reason = request.POST.get("reason", "")
    if not tried(request, lambda: actions.tell_apart(pair=row, reason=reason, by=request.user, key=key_of(request))):
        return redirect("registry:pair", row.public_id)
    messages.success(request, say("Đã ghi: hai người khác nhau.", "Recorded as two persons."))
    return redirect("registry:duplicates")


@page(MERGE, methods=["POST"])
def look_again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a pair back on the list."""
    row = _found(request, public_id)
    tried(request, lambda: actions.look_again(pair=row, by=request.user))
    return redirect("registry:pair", row.public_id)


@page(MERGE, methods=["GET", "POST"])
def unmerge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a merge back."""
    rows = HealthWorker.objects.visible_to(request.user, MERGE).select_related("keeper", "canonical")
    row = found_or_404(rows, public_id=public_id)
    form = ReasonForm(request.POST or None)
    back = reverse("registry:worker", args=[row.canonical.public_id if row.canonical else row.public_id])
    done = written(
        request,
        form,
        lambda: actions.unmerge_worker(
            duplicate=row, reason=form.cleaned_data["reason"], by=request.user, key=key_of(request)
        ),
        said=say("Đã tách lại thành hai hồ sơ.", "The records are separate again."),
        to=lambda again: reverse("registry:worker", args=[again.public_id]),
    )
    title = say("Tách hồ sơ đã gộp", "Separate merged records")
    values = {"form": form, "title": title, "back": back, "subject": row}
    return done or render(request, "registry/form.html", values)


def _found(request: HttpRequest, public_id: UUID) -> DuplicatePair:
    rows = DuplicatePair.objects.visible_to(request.user, MERGE)
    rows = rows.select_related("first__keeper", "second__keeper", "decided_by")
    row: DuplicatePair = found_or_404(rows, public_id=public_id)
    return row


def _hanging(counts: Any) -> list[tuple[Any, int]]:
    return [(say(*HANGING[table]), count) for table, count in counts.items()]
