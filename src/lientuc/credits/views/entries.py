"""The ledger: its list, one entry, recording and taking back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lientuc.core.clock import today
from lientuc.core.errors import NotAllowed, Refused
from lientuc.places.queries import is_simulated
from lientuc.registry.models import HealthWorker
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import current_language, say_now, sentence

from ..actions.entries import REVERSE, attach_evidence, record_entry, reverse_entry
from ..files import table_file
from ..forms import EntryFilter, EntryForm, EvidenceForm, ReverseForm
from ..forms.claims import sent_files
from ..models import CreditEntry
from ..queries.claims import files_of_entry
from ..queries.entries import entries_of
from ..queries.people import RECORD, remarks_of, worker_named
from ..queries.standings import VIEW
from ..statement import entries_table


@page(VIEW)
def entries(request: HttpRequest) -> HttpResponse:
    """The ledger, the latest activity first."""
    form, rows = _filtered(request)
    context = {
        "filter": form,
        "page": page_of(request, rows, order=("-activity_on", "-pk")),
        "can_record": request.user.why_not(RECORD) is None,
    }
    return render(request, "credits/entries.html", context)


@page(VIEW)
def entries_export(request: HttpRequest) -> HttpResponse:
    """The filtered ledger as a workbook or CSV."""
    _, rows = _filtered(request)
    listed = rows.order_by("-activity_on", "-pk").iterator(chunk_size=2_000)
    table = entries_table(listed, on=today(), language=current_language(), simulated=is_simulated())
    return table_file(table, "luot-ghi-nhan", request.GET.get("kind", "xlsx"))


def _filtered(request: HttpRequest) -> tuple[EntryFilter, QuerySet[CreditEntry]]:
    form = EntryFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = entries_of(
        by=request.user,
        text=chosen.get("q", ""),
        form=chosen.get("form", ""),
        source=chosen.get("source", ""),
        state=chosen.get("state", ""),
    )
    return form, rows


@page(VIEW)
def entry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One entry as it was recorded, and its reversal."""
    rows = CreditEntry.objects.visible_to(request.user, VIEW).select_related("worker", "organisation", "reversal")
    row = found_or_404(rows, public_id=public_id)
    context = {
        "entry": row,
        "may_reverse": not hasattr(row, "reversal") and request.user.why_not(REVERSE, row.organisation) is None,
        "files": files_of_entry(row),
        "attach": EvidenceForm() if request.user.why_not(RECORD, row.organisation) is None else None,
    }
    return render(request, "credits/entry.html", context)


@page(RECORD, methods=["POST"])
def attach(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep scans or photos of what an entry rests on."""
    row = found_or_404(CreditEntry.objects.visible_to(request.user, RECORD), public_id=public_id)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        for file in sent_files(form):
            try:
                attach_evidence(entry=row, name=file.name, content=file.content, by=request.user)
            except NotAllowed:
                raise
            except Refused as refused:
                messages.error(request, "; ".join(sentence(problem) for problem in refused.problems))
    return redirect("credits:entry", row.public_id)


@page(RECORD, methods=["GET", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Record an activity of a person named by number."""
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = worker_named(by=request.user, text=form.cleaned_data["worker"])
        if row := _recorded(request, form, person):
            return _afterwards(request, row)
    return render(request, "credits/record.html", {"form": form, "cancel_url": reverse("credits:entries")})


@page(RECORD, methods=["GET", "POST"])
def record_for(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record an activity of the person whose page was open."""
    worker = found_or_404(HealthWorker.objects.visible_to(request.user, RECORD), public_id=public_id)
    form = EntryForm(request.POST or None, known=True)
    if request.method == "POST" and form.is_valid() and (row := _recorded(request, form, worker.public_id)):
        return _afterwards(request, row)
    context = {"form": form, "worker": worker, "cancel_url": reverse("credits:standing", args=[worker.public_id])}
    return render(request, "credits/record.html", context)


def _recorded(request: HttpRequest, form: EntryForm, person: UUID | None) -> CreditEntry | None:
    try:
        return record_entry(
            draft=form.draft(person), by=request.user, source=form.source, key=request.POST.get("key", "")
        )
    except Refused as refused:
        show_problems(form, refused)
        return None


def _afterwards(request: HttpRequest, row: CreditEntry) -> HttpResponse:
    messages.success(request, say_now("Đã ghi nhận.", "Recorded."))
    for remark in remarks_of(row):
        messages.warning(request, sentence(remark))
    return redirect("credits:standing", row.worker.public_id)


@page(REVERSE, methods=["GET", "POST"])
def reverse_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an entry back, with the reason."""
    rows = CreditEntry.objects.visible_to(request.user, REVERSE).select_related("worker", "organisation")
    row = found_or_404(rows, public_id=public_id)
    form = ReverseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reverse_entry(
                entry=row, reason=form.cleaned_data["reason"], by=request.user, key=request.POST.get("key", "")
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say_now("Đã ghi đảo lượt ghi nhận.", "The entry was taken back."))
            return redirect("credits:standing", row.worker.public_id)
    return render(request, "credits/reverse.html", {"form": form, "entry": row})
