"""Files of entries: sent, looked at row by row, taken or sent back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.errors import Refused
from lientuc.documents.table import Column, Kind, ReportTable
from lientuc.places.queries import is_simulated
from lientuc.registry.intake.file import address, cell_of, problem_of
from lientuc.trail.enums import ImportState, RowState
from lientuc.trail.models import ImportBatch, ImportRow
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import say_now, sentence

from ..actions.intake import preview_entries, refuse_file, take_entries
from ..enums import EntrySource
from ..files import table_file
from ..forms import ImportForm
from ..intake.cells import FIELDS, KEYS
from ..intake.preview import read_entries
from ..queries.imports import batches_of
from ..queries.people import RECORD


@page(RECORD, methods=["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The files sent by the units in scope, and the place to send another."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = preview_entries(sent=_read(form), by=request.user, key=request.POST.get("key", ""))
        except Refused as refused:
            show_problems(form, refused)
        else:
            return redirect("credits:import", batch.public_id)
    return render(request, "credits/imports.html", {"form": form, "batches": batches_of(request.user)[:50]})


def _read(form: ImportForm) -> Any:
    upload = form.cleaned_data["file"]
    return read_entries(upload.read(), upload.name)


@page(RECORD)
def import_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A sent file: how many rows are good, and the others with what is wrong with which cell."""
    batch = found_or_404(batches_of(request.user), public_id=public_id)
    rows = ImportRow.objects.filter(batch=batch, state__in=[RowState.BAD, RowState.PARKED])
    found = page_of(request, rows, order=("pk",))
    context = {
        "batch": batch,
        "page": found,
        "rows": [(row, [_said(row, stored) for stored in row.problems]) for row in found.rows],
        "counts": [(state, batch.counts[state]) for state in RowState if batch.counts.get(state)],
        "open": batch.state == ImportState.PREVIEWED,
        "bad": batch.counts.get(RowState.BAD, 0) + batch.counts.get(RowState.PARKED, 0),
        "good": batch.counts.get(RowState.GOOD, 0),
    }
    return render(request, "credits/import.html", context)


def _said(row: ImportRow, stored: dict[str, Any]) -> tuple[str, str]:
    place = address(stored["column"], row.number) if stored["column"] is not None else str(row.number)
    return place, sentence(problem_of(stored))


@page(RECORD, methods=["POST"])
def import_take(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the good rows of a file; `what` says whether bad ones may stay behind, or that the file goes back."""
    batch = found_or_404(batches_of(request.user), public_id=public_id)
    what, key = request.POST.get("what", ""), request.POST.get("key", "")
    if what == "refuse":
        refuse_file(batch=batch, by=request.user, key=key)
        messages.success(
            request, say_now("Đã từ chối cả tệp; không có gì được ghi.", "The file was refused; nothing was written.")
        )
        return redirect("credits:imports")
    source = EntrySource.REGISTER_BOOK if request.POST.get("register") else EntrySource.EXCEL
    taken = take_entries(batch=batch, by=request.user, park=what == "park", source=source, key=key)
    text = say_now("Đã ghi nhận {n} dòng.", "{n} rows were recorded.")
    messages.success(request, text.format(n=taken.counts.get(RowState.TAKEN, 0)))
    return redirect("credits:import", batch.public_id)


@page(RECORD)
def import_corrections(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The rows with problems as a workbook to mend: the cells as sent, and what is wrong in a last column."""
    batch = found_or_404(batches_of(request.user), public_id=public_id)
    rows = ImportRow.objects.filter(batch=batch, state__in=[RowState.BAD, RowState.PARKED]).order_by("pk")
    sheets: dict[str, list[ImportRow]] = {}
    for row in rows:
        sheets.setdefault(row.sheet, []).append(row)
    tables = [_corrections(batch, sheet, listed) for sheet, listed in sheets.items()]
    return table_file(tables or [_template()], "dong-can-sua", "xlsx")


def _corrections(batch: ImportBatch, sheet: str, rows: list[ImportRow]) -> ReportTable:
    headings = batch.mapping[sheet]["headings"]
    problem = Column("problem", say_now("Cần sửa", "To mend"), width=60)
    return ReportTable(
        title=sheet,
        columns=(*(Column(f"c{place}", heading or "–") for place, heading in enumerate(headings)), problem),
        rows=[
            (
                *(_printed(row.cells[place] if place < len(row.cells) else None) for place in range(len(headings))),
                "; ".join(f"{where}: {text}" for where, text in (_said(row, stored) for stored in row.problems)),
            )
            for row in rows
        ],
    )


def _printed(stored: Any) -> str:
    cell = cell_of(stored)
    if cell is None:
        return ""
    return f"{cell:%d/%m/%Y}" if hasattr(cell, "strftime") else str(cell)


@page(RECORD)
def import_template(request: HttpRequest) -> HttpResponse:
    """An empty workbook with the columns that are understood, and one example."""
    return table_file(_template(), "mau-luot-ghi-nhan", "xlsx")


def _template() -> ReportTable:
    headings = {field.key: field.headings[0] for field in FIELDS}
    columns = tuple(Column(key, headings[key], Kind.TEXT, width=22) for key in KEYS)
    return ReportTable(
        title=say_now("Lượt ghi nhận", "Credit entries"), columns=columns, rows=[], simulated=is_simulated()
    )
