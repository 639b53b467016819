"""Sources, local rates, the finance department's comment, money as it goes out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.clock import today
from lientuc.web.pages import found_or_404, page
from lientuc.web.paging import page_of
from lientuc.web.say import say

from .. import actions
from ..forms.fields import topic_choices
from ..forms.money import AppraisalForm, CloseForm, EndRateForm, RateForm, SourceFilter, SourceForm, SpendingForm
from ..models import FundingSource, LocalRate
from ..queries import money
from ..queries import plans as queries
from .doing import done, key_of, plan_of

VIEW, EDIT, REVIEW = "planning.view_plans", "planning.edit_plan", "planning.review_money"


@page(VIEW)
def sources(request: HttpRequest) -> HttpResponse:
    """Sources of money with what plans take of them."""
    form = SourceFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = money.sources_for(
        request.user,
        text=chosen.get("q", ""),
        kind=chosen.get("kind", ""),
        open_only=bool(chosen.get("open_only")),
    )
    shown = page_of(request, rows, order=("-from_on", "-id"))
    may_edit = request.user.why_not(EDIT) is None
    return render(request, "planning/sources.html", {"page": shown, "may_edit": may_edit, "form": form})


@page(VIEW)
def source(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One source: its decision and limits, which plans take how much of it, its own norms, persons paid for twice."""
    rows = FundingSource.objects.visible_to(request.user, VIEW).select_related("organisation")
    row = found_or_404(rows, public_id=public_id)
    names = dict(topic_choices())
    context = {
        "source": row,
        "topics": [names.get(code, code) for code in row.topics],
        "use": money.use_of(row),
        "rates": money.rates_of_source(row),
        "may_edit": request.user.why_not(EDIT, row.organisation) is None,
    }
    return render(request, "planning/source.html", context)


@page(EDIT, methods=["GET", "POST"])
def close_source(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close a source."""
    rows = FundingSource.objects.visible_to(request.user, EDIT).select_related("organisation")
    row = found_or_404(rows, public_id=public_id)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(form, lambda: actions.close_source(source=row, reason=reason, by=request.user, key=key_of(request))):
            messages.success(request, say("Đã đóng nguồn kinh phí.", "The source is closed."))
            return redirect("planning:source", public_id)
    return render(request, "planning/close_source.html", {"form": form, "source": row})


@page(EDIT, methods=["GET", "POST"])
def add_source(request: HttpRequest) -> HttpResponse:
    """Record a source."""
    form = SourceForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        if done(form, lambda: actions.add_source(draft=form.draft(), by=request.user, key=key_of(request))):
            messages.success(request, say("Đã thêm nguồn kinh phí.", "The source is recorded."))
            return redirect("planning:sources")
    return render(request, "planning/source_form.html", {"form": form, "source": None})


@page(EDIT, methods=["GET", "POST"])
def edit_source(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct a source."""
    rows = FundingSource.objects.visible_to(request.user, EDIT).select_related("organisation")
    row = found_or_404(rows, public_id=public_id)
    form = SourceForm(request.POST or None, by=request.user, source=row)
    if request.method == "POST" and form.is_valid():
        if done(
            form,
            lambda: actions.edit_source(source=row, draft=form.draft(), by=request.user, key=key_of(request)),
        ):
            messages.success(request, say("Đã lưu nguồn kinh phí.", "The source is saved."))
            return redirect("planning:sources")
    return render(request, "planning/source_form.html", {"form": form, "source": row})


@page(VIEW)
def rates(request: HttpRequest) -> HttpResponse:
    """Local rates with the decisions they rest on."""
    shown = page_of(request, money.rates_for(request.user), order=("norm", "-from_on", "-id"))
    may_edit = request.user.why_not(EDIT) is None
    context = {"page": shown, "may_edit": may_edit, "ceilings": money.ceilings_on(today()), "on": today()}
    return render(request, "planning/rates.html", context)


@page(EDIT, methods=["GET", "POST"])
def add_rate(request: HttpRequest) -> HttpResponse:
    """Record a local rate."""
    form = RateForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        if done(form, lambda: actions.add_rate(draft=form.draft(), by=request.user, key=key_of(request))):
            messages.success(request, say("Đã thêm mức chi.", "The rate is recorded."))
            return redirect("planning:rates")
    return render(request, "planning/rate_form.html", {"form": form})


@page(EDIT, methods=["GET", "POST"])
def end_rate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a local rate end."""
    row = found_or_404(
        LocalRate.objects.visible_to(request.user, EDIT).select_related("organisation"), public_id=public_id
    )
    form = EndRateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        to_on = form.cleaned_data["to_on"]
        if done(form, lambda: actions.end_rate(rate=row, to_on=to_on, by=request.user, key=key_of(request))):
            messages.success(request, say("Đã ghi ngày cuối áp dụng.", "The last day is recorded."))
            return redirect("planning:rates")
    return render(request, "planning/end_rate.html", {"form": form, "rate": row})


@page(REVIEW, methods=["GET", "POST"])
def review_money(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The finance department's comment and the amounts it agrees to; money only, no persons."""
    row = plan_of(request, REVIEW, public_id)
    lines = queries.lines_of(row)
    form = AppraisalForm(request.POST or None, lines=lines)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if done(
            form,
            lambda: actions.review_money(
                plan=row,
                text=data["text"],
                appraised=form.appraised(),
                comments=form.comments(),
                paper=data["paper"],
                by=request.user,
                key=key_of(request),
            ),
        ):
            messages.success(request, say("Đã gửi ý kiến về kinh phí.", "The comment is sent."))
            return redirect("planning:opinions", public_id)
    context = {"form": form, "plan": row, "totals": queries.totals_of(lines)}
    return render(request, "planning/review_money.html", context)


@page(EDIT, methods=["GET", "POST"])
def spending(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record what was allotted, spent and settled."""
    row = plan_of(request, EDIT, public_id)
    lines = queries.lines_of(row)
    form = SpendingForm(request.POST or None, lines=lines)
    if request.method == "POST" and form.is_valid():
        paper = form.cleaned_data["paper"]
        if done(
            form,
            lambda: actions.record_spending(
                plan=row, amounts=form.amounts(), paper=paper, by=request.user, key=key_of(request)
            ),
        ):
            messages.success(request, say("Đã lưu tình hình kinh phí.", "The money is recorded."))
            return redirect("planning:plan", public_id)
    return render(request, "planning/spending.html", {"form": form, "plan": row})
