"""Pages of lists of units: send, see what is wrong, enter, undo."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.errors import NotAllowed, Problem, Refused
from lientuc.documents.readers import LIMITS
from lientuc.documents.writers.form import FormSheet, PlainSheet, write_form
from lientuc.places.enums import CareLevel, OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.phrases import LABELS
from lientuc.trail.enums import ImportState, RowState
from lientuc.trail.models import ImportBatch
from lientuc.web.pages import found_or_404, page, show_problems, tried
from lientuc.web.paging import page_of
from lientuc.web.say import say

from ..intake.batches import is_open, sender_of
from ..intake.cleaning import shown_problems
from ..intake.file import LIST_SHEET, SentFile, read_file
from ..intake.papers import XLSX
from ..rules import why_not_undo
from ..views.people import file_answer
from ..views.writing import key_of, undo_page
from . import actions
from .reading import EDIT, FIELDS, KIND, TEMPLATE

_SHOWN = 200


class UnitsForm(forms.Form):
    """A list of units, and the unit that directs those which name no parent."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=say("Đơn vị cấp trên (khi tệp không ghi)", "Parent (where the file says none)"),
        to_field_name="public_id",
        empty_label=None,
    )
    file = forms.FileField(label=say("Tệp danh sách đơn vị (.xlsx, .xls, .csv)", "List of units (.xlsx, .xls, .csv)"))

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [str(OrganisationKind.MINISTRY), str(OrganisationKind.HEALTH_DEPARTMENT)]
        units = Organisation.objects.visible_to(by, EDIT).filter(to_on__isnull=True, kind__in=kinds)
        self.fields["organisation"].queryset = units.order_by("name_fold", "pk")


def batches_visible_to(by: Any) -> QuerySet[ImportBatch]:
    """The lists of units sent for units that `by` may edit, the latest first."""
    senders = [str(pk) for pk in Organisation.objects.visible_to(by, EDIT).values_list("public_id", flat=True)]
    return ImportBatch.objects.filter(kind=KIND, sender__in=senders).order_by("-made_at", "-pk")


@page(EDIT, methods=["GET", "POST"])
def unit_lists(request: HttpRequest) -> HttpResponse:
    """Send a list of units; those sent so far."""
    form = UnitsForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("registry:unit_list", _received(request, form).public_id)
        except NotAllowed:
            raise
        except Refused as refused:
            show_problems(form, refused)
    shown = page_of(request, batches_visible_to(request.user), order=("-made_at", "-pk"))
    return render(request, "registry/unit_lists.html", {"form": form, "page": shown})


def _received(request: HttpRequest, form: UnitsForm) -> ImportBatch:
    upload = form.cleaned_data["file"]
    file = read_file(upload.read(LIMITS.file + 1), upload.name, FIELDS)
    tables = [table for table in file.tables if "name" in table.proposal.values()]
    if not tables:
        raise Refused(Problem("registry.no_unit_table", "file"))
    sent = SentFile(file.name, file.sha256, tables)
    return actions.receive_units(file=sent, organisation=form.cleaned_data["organisation"], by=request.user)


def _batch(request: HttpRequest, public_id: UUID) -> ImportBatch:
    batch: ImportBatch = found_or_404(batches_visible_to(request.user), public_id=public_id)
    return batch


@page(EDIT)
def unit_list(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One list of units: counts, problems, the decision or the result."""
    batch = _batch(request, public_id)
    bad = batch.rows.filter(state__in=[str(RowState.BAD), str(RowState.PARKED)]).order_by("pk")[:_SHOWN]
    kept = Organisation.objects.visible_to(request.user, EDIT).filter(public_id__in=batch.counts.get("kept", []))
    values = {
        "batch": batch,
        "sender": sender_of(batch),
        "counts": batch.counts,
        "open": is_open(batch),
        "problems": shown_problems(batch, bad),
        "may_undo": not why_not_undo(ImportState(batch.state)),
        "kept": list(kept.order_by("name_fold", "pk")),
    }
    return render(request, "registry/unit_list.html", values)


@page(EDIT, methods=["POST"])
def decide_units(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Enter the units of a list, or put it aside."""
    batch = _batch(request, public_id)
    choice = request.POST.get("choice", "")
    if choice == "refuse":
        tried(request, lambda: actions.refuse_units(batch=batch, by=request.user, key=key_of(request)))
    else:
        good = choice == "good_rows"
        tried(request, lambda: actions.take_units(batch=batch, good_rows=good, by=request.user, key=key_of(request)))
    return redirect("registry:unit_list", batch.public_id)


@page(EDIT, methods=["GET", "POST"])
def undo_units(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the units of a list back."""
    batch = _batch(request, public_id)
    return undo_page(
        request, batch, actions.undo_units, to="registry:unit_list", template="registry/unit_list_undo.html"
    )


@page(EDIT)
def units_template(request: HttpRequest) -> HttpResponse:
    """The template of a list of units, with the kinds to choose from."""
    kinds = [label.vi for label in LABELS[OrganisationKind].values()]
    levels = [label.vi for label in LABELS[CareLevel].values()]
    places = {key: place for place, key in enumerate(TEMPLATE)}
    sheet = FormSheet(
        name="Danh sách đơn vị",
        headings=[one.headings[0] for one in FIELDS],
        choices={places["kind"]: kinds, places["care_level"]: levels},
        texts=frozenset({places["code"], places["province"], places["commune"]}),
        widths={places["name"]: 40, places["address"]: 40, places["employer"]: 36, places["professional"]: 36},
    )
    height = max(len(kinds), len(levels))
    lists = [[kinds[n] if n < len(kinds) else "", levels[n] if n < len(levels) else ""] for n in range(height)]
    made = io.BytesIO()
    write_form([sheet, PlainSheet(LIST_SHEET, [["Loại đơn vị", "Cấp chuyên môn"], *lists], 36)], made)
    return file_answer(made.getvalue(), XLSX, "mau-danh-sach-don-vi.xlsx")
