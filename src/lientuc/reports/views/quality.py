"""The worklist of data quality: one line a problem with the page that mends it; what is mended is gone by itself."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lientuc.core.clock import today
from lientuc.documents.table import Column, ReportTable
from lientuc.places.queries import is_simulated
from lientuc.registry.enums import Quality
from lientuc.registry.queries.quality import data_problems, people_with, problem_counts, problem_of
from lientuc.web.pages import page
from lientuc.web.paging import page_of
from lientuc.web.say import label, say_now

from ..files import KINDS, download
from ..forms import QualityForm

PEOPLE = "registry.view_workers"
MOST_ROWS = 200_000


@page(PEOPLE)
def quality(request: HttpRequest) -> HttpResponse:
    """How many records have which problem; the records of one problem, page by page; with `kind` all of them as a file."""
    form = QualityForm(request.GET, by=request.user)
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    unit = chosen.get("unit")
    code = Quality(chosen["code"]) if chosen.get("code") else None
    if request.GET.get("kind") in KINDS:
        return _file(request, unit, [code] if code else list(Quality))
    counts = problem_counts(by=request.user, on=today(), organisation=unit)
    code = code or next((one for one, count in counts.items() if count), None)
    shown, problems = None, []
    if code is not None:
        rows = people_with(code, by=request.user, on=today(), organisation=unit)
        shown = page_of(request, rows, order=("name_sort", "pk"))
        problems = [problem_of(code, worker) for worker in shown.rows]
    context = {
        "filter": form,
        "counts": [(one, count) for one, count in counts.items() if count],
        "code": code,
        "page": shown,
        "problems": problems,
        "unit": unit,
        "query": request.GET.urlencode(),
        "may_edit": request.user.why_not("registry.edit_workers") is None,
    }
    return render(request, "reports/quality.html", context)


def _file(request: HttpRequest, unit: Any, codes: list[Quality]) -> HttpResponse:
    columns = (
        Column("problem", say_now("Vấn đề", "Problem"), width=32),
        Column("name", say_now("Họ và tên", "Name"), width=28),
        Column("born", say_now("Năm sinh", "Born"), width=10),
        Column("title", say_now("Chức danh", "Title"), width=18),
        Column("unit", say_now("Đơn vị phụ trách hồ sơ", "Answers for the record"), width=40),
    )
    found = data_problems(by=request.user, on=today(), codes=codes, organisation=unit)
    rows = [
        (
            label("registry.Quality", one.code),
            one.worker.full_name,
            str(one.worker.birth_year or ""),
            label("registry.Title", one.worker.title),
            one.organisation.name,
        )
        for one in islice(found, MOST_ROWS)
    ]
    title = say_now("Hồ sơ cần làm sạch", "Records to be mended")
    table = ReportTable(title, columns, rows, as_of=today(), simulated=is_simulated())
    return download([table], title, "ho-so-can-lam-sach", request.GET["kind"])
