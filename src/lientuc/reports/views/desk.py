"""The first page, search, notices and jobs: what one person's desk needs."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.clock import today
from lientuc.web.pages import found_or_404, page
from lientuc.web.paging import page_of

from ..finding import found
from ..forms import SearchForm
from ..home import reports_due, sections_for
from ..jobs import ShownJob, jobs_of
from ..notices import mark_read, notices_of, sentence_of

# How often a page of a job that is not over asks again without a script.
EVERY_SECONDS = 5


@page("reports.home")
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the signed-in person, role by role."""
    sections = sections_for(request.user, today())
    context = {
        "sections": sections,
        "reports": reports_due(request.user, today()),
        "waits": any(section.cards for section in sections),
        "today": today(),
    }
    return render(request, "reports/home.html", context)


@page("reports.search")
def search(request: HttpRequest) -> HttpResponse:
    """Everything of a name, by kind."""
    form = SearchForm(request.GET or None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    return render(request, "reports/search.html", {"text": text, "groups": found(request.user, text, today())})


@page("trail.view_notices", methods=["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """One's own notices; sending the page back marks them read."""
    if request.method == "POST":
        mark_read(request.user)
        return redirect("reports:notices")
    shown = page_of(request, notices_of(request.user), order=("-id",))
    rows = [(row, sentence_of(row)) for row in shown.rows]
    unread = any(row.read_on is None for row, _ in rows)
    return render(request, "reports/notices.html", {"page": shown, "rows": rows, "unread": unread})


@page("trail.view_jobs")
def jobs(request: HttpRequest) -> HttpResponse:
    """One's own jobs, the latest first."""
    shown = page_of(request, jobs_of(request.user), order=("-id",))
    return render(request, "reports/jobs.html", {"page": shown, "rows": [ShownJob(row) for row in shown.rows]})


@page("trail.view_jobs")
def job(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One job: how far it is; the page asks again by itself until it is over, with or without a script."""
    shown = ShownJob(found_or_404(jobs_of(request.user), public_id=public_id))
    if request.htmx:
        return render(request, "reports/_job.html", {"shown": shown})
    response = render(request, "reports/job.html", {"shown": shown})
    if not shown.is_over:
        response.headers["Refresh"] = str(EVERY_SECONDS)
    return response
