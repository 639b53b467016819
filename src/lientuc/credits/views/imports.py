"""Files of entries: sent, looked at row by row, taken or sent back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.errors import NotAllowed, Problem, Refused
from lientuc.documents.table import Column, Kind, ReportTable
from lientuc.places.models import Organisation
from lientuc.places.queries import is_simulated
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.intake.file import address, cell_of, problem_of
from lientuc.trail.enums import ImportState, JobState, RowState
from lientuc.trail.models import ImportBatch, ImportRow, Job
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import phrase, say_now, sentence

from ..actions.batches import reverse_batch
from ..actions.entries import REVERSE
from ..actions.intake import map_entry_columns, preview_entries, refuse_file
from ..enums import EntrySource
from ..files import table_file
from ..forms import ImportForm, ReverseForm
from ..intake.cells import FIELDS, KEYS
from ..intake.columns import COLUMNS, chosen_columns, sheets_of
from ..intake.preview import missing_columns, read_unknown
from ..intake.work import take_now_or_later
from ..queries.imports import KIND, batches_of, sender_of
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
            unnamed = missing_columns(batch.mapping)
            return redirect("credits:import_columns" if unnamed else "credits:import", batch.public_id)
    batches = list(batches_of(request.user)[:50])
    senders = Organisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(public_id__in={b.sender for b in batches})
    names = {str(public_id): name for public_id, name in senders.values_list("public_id", "name")}
    listed = [(batch, names.get(batch.sender, "")) for batch in batches]
    return render(request, "credits/imports.html", {"form": form, "batches": listed})


def _read(form: ImportForm) -> Any:
    upload = form.cleaned_data["file"]
    return read_unknown(upload.read(), upload.name)


@page(RECORD)
def import_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A sent file: how many rows are good, and the others with what is wrong with which cell."""
    batch = found_or_404(batches_of(request.user), public_id=public_id)
    rows = ImportRow.objects.filter(batch=batch, state__in=[RowState.BAD, RowState.PARKED])
    found = page_of(request, rows, order=("pk",))
    job = _job(batch)
    failed = job is not None and job.state == JobState.FAILED
    context = {
        "batch": batch,
        "page": found,
        "rows": [(row, [_said(row, stored) for stored in row.problems]) for row in found.rows],
        "counts": [(state, batch.counts[state]) for state in RowState if batch.counts.get(state)],
        "open": batch.state == ImportState.PREVIEWED,
        "bad": batch.counts.get(RowState.BAD, 0) + batch.counts.get(RowState.PARKED, 0),
        "good": batch.counts.get(RowState.GOOD, 0),
        "job": job,
        "job_problem": _problem_of(job) if failed else None,
        "can_map": batch.state == ImportState.PREVIEWED and batch.kind == KIND and (job is None or failed),
        "is_file": batch.kind == KIND,
        "can_reverse": _counting(batch) > 0 and request.user.why_not(REVERSE, sender_of(batch)) is None,
        "counting": _counting(batch),
        "reverse": ReverseForm(),
    }
    return render(request, "credits/import.html", context)


def _job(batch: ImportBatch) -> Job | None:
    """The job a file waits for, while it does."""
    job = Job.objects.filter(public_id=batch.counts["job"]).first() if batch.counts.get("job") else None
    return job if job and job.state != JobState.DONE else None


def _problem_of(job: Job) -> Problem:
    return Problem(job.problem.get("code", "trail.job_crashed"), None, job.problem.get("values", {}))


def _counting(batch: ImportBatch) -> int:
    """How many entries the list made that were not taken back with it."""
    return int(batch.counts.get(RowState.TAKEN, 0)) - int(batch.counts.get("reversed", 0))


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
    taken = take_now_or_later(batch=batch, by=request.user, park=what == "park", source=source, key=key)
    if taken.state != ImportState.PREVIEWED:
        text = say_now("Đã ghi nhận {n} dòng.", "{n} rows were recorded.")
        messages.success(request, text.format(n=taken.counts.get(RowState.TAKEN, 0)))
    return redirect("credits:import", batch.public_id)


@page(REVERSE, methods=["POST"])
def import_reverse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take back everything a list recorded."""
    batch = found_or_404(batches_of(request.user, REVERSE), public_id=public_id)
    try:
        reverse_batch(
            batch=batch, reason=request.POST.get("reason", ""), by=request.user, key=request.POST.get("key", "")
        )
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, "; ".join(sentence(problem) for problem in refused.problems))
    else:
        messages.success(request, say_now("Đã ghi đảo cả danh sách.", "The whole list was taken back."))
    return redirect("credits:import", batch.public_id)


@page(RECORD, methods=["GET", "POST"])
def import_columns(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the columns are; remembered for the sender's next file."""
    batch = found_or_404(batches_of(request.user).filter(kind=KIND), public_id=public_id)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            map_entry_columns(batch=batch, columns=chosen_columns(batch, request.POST), by=request.user)
            return redirect("credits:import", batch.public_id)
        except NotAllowed:
            raise
        except Refused as refused:
            problems = refused.problems
    fields = [(key, phrase(COLUMNS[key])) for key in KEYS]
    context = {"batch": batch, "problems": problems, "tables": sheets_of(batch), "fields": fields}
    return render(request, "credits/columns.html", context)


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
