"""Frozen reviews: the list, one with its figures, compared with another, freezing; and the one-page brief."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lientuc.accounts.permissions import roles_of
from lientuc.core.clock import today
from lientuc.core.errors import NotAllowed, Refused
from lientuc.places.queries import is_simulated
from lientuc.trail.jobs import enqueue
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import say, say_now

from ..actions import FREEZE, freeze_review
from ..enums import ReviewBy
from ..files import KINDS, download, paper_answer
from ..forms import BriefForm, CompareForm, ReviewForm, SignatureForm
from ..models import FrozenReview
from ..review.answer import are_few, shortfall_of
from ..review.answer import review as answer
from ..review.asking import PEOPLE, VIEW
from ..review.brief import Brief, brief_paper, drafted
from ..review.comparing import comparison, comparison_tables, frozen_tables, list_table
from ..review.freezing import asked_as_json, frozen_reviews, is_intact, unpacked
from ..review.numbers import from_json, numbers
from .review import kept_filters


@page(VIEW)
def frozen_list(request: HttpRequest) -> HttpResponse:
    """Reviews signed off, the latest first."""
    shown = page_of(request, frozen_reviews(request.user), order=("-on_date", "-pk"))
    return render(request, "reports/frozen_list.html", {"page": shown})


def _frozen(request: HttpRequest, public_id: UUID) -> FrozenReview:
    rows = FrozenReview.objects.visible_to(request.user, VIEW).select_related("organisation")
    row: FrozenReview = found_or_404(rows, public_id=public_id)
    return row


@page(VIEW)
def frozen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One frozen review as it was signed; with `kind` as a file."""
    row = _frozen(request, public_id)
    made = frozen_tables(row, simulated=is_simulated())
    if request.GET.get("kind") in KINDS:
        return download(made, row.title, "ra-soat-da-chot", request.GET["kind"])
    context = {
        "frozen": row,
        "intact": is_intact(row),
        "numbers": from_json(row.figures["numbers"]),
        "tables": made,
        "form": _compare_form(request, row),
        "sees_people": request.user.why_not(PEOPLE, row.organisation) is None,
    }
    return render(request, "reports/frozen.html", context)


def _compare_form(request: HttpRequest, row: FrozenReview) -> CompareForm:
    others = frozen_reviews(request.user).filter(organisation=row.organisation).exclude(pk=row.pk)
    form = CompareForm(request.GET or None)
    form.fields["other"].choices = [
        ("", "–"),
        *((str(other.public_id), str(other)) for other in others.order_by("-on_date", "-pk")[:50]),
    ]
    return form


@page(PEOPLE)
def frozen_people(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The list behind a frozen review as a file, for who may see the people."""
    row = found_or_404(FrozenReview.objects.visible_to(request.user, PEOPLE), public_id=public_id)
    kind = request.GET.get("kind", "xlsx")
    table = list_table(row, unpacked(row.people), simulated=is_simulated())
    return download([table], row.title, "danh-sach-da-chot", kind if kind in KINDS else "xlsx")


@page(VIEW)
def compare(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What differs from an earlier frozen review: cell by cell, and who came and went; with `kind` as a file."""
    row = _frozen(request, public_id)
    form = _compare_form(request, row)
    other = form.cleaned_data.get("other") if form.is_valid() else ""
    if not other:
        return redirect("reports:frozen", row.public_id)
    before, after = sorted((row, _frozen(request, UUID(other))), key=lambda one: (one.on_date, one.pk))
    sees = request.user.why_not(PEOPLE, row.organisation) is None
    found = comparison(before, after)
    made = comparison_tables(found, people=sees, simulated=is_simulated())
    if request.GET.get("kind") in KINDS:
        return download(made, say_now("So sánh rà soát", "Reviews compared"), "so-sanh-ra-soat", request.GET["kind"])
    context = {"found": found, "tables": made, "sees_people": sees, "form": form, "frozen": row, "other": other}
    return render(request, "reports/frozen_compare.html", context)


@page(FREEZE, methods=["GET", "POST"])
def freeze(request: HttpRequest) -> HttpResponse:
    """Sign off what is looked at: a small review at once, a large one by a job."""
    review_form = ReviewForm(request.GET, by=request.user)
    asked = review_form.asked()
    form = SignatureForm(request.POST or None, by=request.user, initial=_signing(request.user))
    if request.method == "POST" and form.is_valid():
        organisation, key = form.cleaned_data["organisation"], request.POST.get("key", "")
        try:
            if are_few(request.user, asked, today()):
                row = freeze_review(
                    organisation=organisation, asked=asked, draft=form.draft(), by=request.user, key=key
                )
                messages.success(request, say("Đã chốt số liệu.", "The review is frozen."))
                return redirect("reports:frozen", row.public_id)
            return _queued(request, organisation, form, asked_as_json(asked), key)
        except NotAllowed:
            raise
        except Refused as refused:
            show_problems(form, refused)
    values = {"form": form, "asked": review_form, "query": request.GET.urlencode()}
    return render(request, "reports/freeze.html", values)


def _queued(request: HttpRequest, organisation: Any, form: SignatureForm, asked: dict[str, str], key: str) -> Any:
    payload = {
        "by": str(request.user.public_id),
        "organisation": str(organisation.public_id),
        "asked": asked,
        "draft": vars(form.draft()),
        "key": key,
    }
    job = enqueue(work="lientuc.reports.review.work.freeze", payload=payload, made_by=str(request.user.public_id))
    return redirect("reports:job", job.public_id)


def _signing(by: Any) -> dict[str, Any]:
    said = say_now("Rà soát nhân lực y tế đến ngày {day}", "Workforce review of {day}")
    office = next((place for _, place in roles_of(by) if place is not None), None)
    return {
        "title": said.format(day=f"{today():%d/%m/%Y}"),
        "organisation": office.public_id if office else None,
        "signed_name": by.full_name,
    }


@page(VIEW, methods=["GET", "POST"])
def brief(request: HttpRequest) -> HttpResponse:
    """Five numbers, a chart and three decisions on one page: read and changed here, then a Word file."""
    asked = replace(ReviewForm(request.GET, by=request.user).asked(), by=ReviewBy.TITLE)
    found = answer(request.user, asked, today())
    short = shortfall_of(request.user, found)
    office = next((place for _, place in roles_of(request.user) if place is not None), None)
    place = asked.organisation.name if asked.organisation else office.name if office else ""
    form = BriefForm(request.POST or None, initial=drafted(found, short, place, found.on))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        decisions = tuple(data[f"decision_{number}"] for number in (1, 2, 3))
        page_of_it = Brief(data["title"], data["to"], data["signed_post"], data["signed_name"], decisions)
        paper = brief_paper(page_of_it, found, short, office, simulated=is_simulated())
        return paper_answer(paper, "bao-cao-tom-tat")
    values = {
        "form": form,
        "numbers": numbers(found, short),
        "back": f"{reverse('reports:review')}?{urlencode(kept_filters(request.GET))}",
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/brief.html", values)
