"""Claims: handed in by the person on a phone, decided by the office."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lientuc.core.errors import NotAllowed, Refused
from lientuc.places.models import Organisation
from lientuc.registry.models import HealthWorker
from lientuc.trail.files import content_of_file, suffix_of
from lientuc.trail.models import Attachment
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import say_now, sentence

from ..actions import claims as actions
from ..enums import ClaimState, SampleRule
from ..forms import AcceptForm, ClaimFilter, ClaimForm, ReasonForm, RecogniseForm, SampleForm
from ..forms.claims import sent_files
from ..models import Claim
from ..queries.claims import (
    SUBMIT,
    VERIFY,
    claim_counts,
    claims_of,
    files_of,
    own_claims,
    owner_visible,
    samples_of,
    seen_elsewhere,
    worker_of,
)
from ..queries.people import RECORD
from ..queries.standings import VIEW


@page(SUBMIT)
def my_claims(request: HttpRequest) -> HttpResponse:
    """What one handed in and what became of it."""
    shown = page_of(request, own_claims(request.user), order=("-submitted_at", "-pk"))
    return render(request, "credits/my_claims.html", {"page": shown, "worker": worker_of(request.user)})


@page(SUBMIT, methods=["GET", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    """Hand in an activity of one's own."""
    worker = worker_of(request.user)
    if worker is None:
        return redirect("credits:my_claims")
    return _handing_in(request, worker, reverse("credits:my_claims"))


@page(RECORD, methods=["GET", "POST"])
def submit_for(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand in for a person, with evidence: a course abroad, or a paper that somebody else should check."""
    worker = found_or_404(HealthWorker.objects.visible_to(request.user, RECORD), public_id=public_id)
    return _handing_in(request, worker.canonical or worker, reverse("credits:standing", args=[worker.public_id]))


def _handing_in(request: HttpRequest, worker: HealthWorker, back: str) -> HttpResponse:
    form = ClaimForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        done = _done(
            request,
            form,
            lambda key: actions.submit_claim(
                worker=worker, draft=form.draft(worker.public_id), files=sent_files(form), by=request.user, key=key
            ),
        )
        if done:
            messages.success(request, say_now("Đã gửi. Đơn vị sẽ xác nhận.", "Handed in. The unit will look at it."))
            return redirect(back)
    return render(request, "credits/claim_form.html", {"form": form, "worker": worker, "cancel_url": back})


@page(SUBMIT, methods=["GET", "POST"])
def edit_claim(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Mend what was returned, or take it back."""
    claim = found_or_404(own_claims(request.user), public_id=public_id)
    form = ClaimForm(request.POST or None, request.FILES or None, initial=ClaimForm.initial_of(claim))
    key = request.POST.get("key", "")
    if request.method == "POST" and request.POST.get("what") == "withdraw":
        actions.withdraw_claim(claim=claim, by=request.user, key=key)
        messages.success(request, say_now("Đã rút hồ sơ.", "The claim was withdrawn."))
        return redirect("credits:my_claims")
    if request.method == "POST" and form.is_valid():
        draft, files = form.draft(claim.worker.public_id), sent_files(form)
        if _done(
            request,
            form,
            lambda key: actions.resubmit_claim(claim=claim, draft=draft, files=files, by=request.user, key=key),
        ):
            messages.success(request, say_now("Đã gửi lại.", "Handed in again."))
            return redirect("credits:my_claims")
    context = {
        "form": form,
        "claim": claim,
        "files": files_of(claim),
        "worker": claim.worker,
        "cancel_url": reverse("credits:my_claims"),
        "open": claim.state in {ClaimState.SUBMITTED, ClaimState.RETURNED},
    }
    return render(request, "credits/claim_form.html", context)


@page(VERIFY)
def claims(request: HttpRequest) -> HttpResponse:
    """The office's queue: what waits first, with filters."""
    listed = _units(request)
    form = ClaimFilter(request.GET or None, units=listed)
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    unit = next((row for row in listed if str(row.public_id) == chosen.get("unit")), None)
    rows = claims_of(
        by=request.user,
        text=chosen.get("q", ""),
        state=chosen.get("state", ""),
        drawn=chosen.get("drawn", ""),
        unit=unit,
    )
    context = {
        "filter": form,
        "page": page_of(request, rows, order=("submitted_at", "pk")),
        "counts": claim_counts(request.user),
    }
    return render(request, "credits/claims.html", context)


def _units(request: HttpRequest) -> list[Organisation]:
    rows = Organisation.objects.visible_to(request.user, VERIFY).order_by("name_fold", "pk")
    return list(rows.only("public_id", "name"))


@page(VERIFY, methods=["GET", "POST"])
def claim(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One claim beside its evidence: accept it, send it back, refuse it, or write down a recognition."""
    rows = Claim.objects.visible_to(request.user, VERIFY).select_related("worker__keeper", "sample", "entry")
    row = found_or_404(rows, public_id=public_id)
    what = request.POST.get("what", "")
    accept = AcceptForm(request.POST if what == "accept" else None)
    reason = ReasonForm(request.POST if what in {"return", "refuse"} else None)
    recognise = RecogniseForm(request.POST if what == "recognise" else None, initial=ClaimForm.initial_of(row))
    if request.method == "POST":
        answer = _decided(request, row, what, accept, reason, recognise)
        if answer:
            return answer
    files = list(files_of(row))
    context = {
        "claim": row,
        "files": files,
        "elsewhere": seen_elsewhere(row, files),
        "accept": accept,
        "reason": reason,
        "recognise": recognise,
        "open": row.state == ClaimState.SUBMITTED,
    }
    return render(request, "credits/claim.html", context)


def _decided(
    request: HttpRequest, row: Claim, what: str, accept: AcceptForm, reason: ReasonForm, recognise: RecogniseForm
) -> HttpResponse | None:
    form: forms.Form = {"accept": accept, "recognise": recognise}.get(what, reason)
    if not form.is_valid():
        return None
    by, values = request.user, form.cleaned_data
    doing: dict[str, Callable[[str], Any]] = {
        "accept": lambda key: actions.accept_claim(
            claim=row, by=by, decided_hours=values["decided_hours"], basis=values["basis"], key=key
        ),
        "return": lambda key: actions.return_claim(claim=row, reason=values["reason"], by=by, key=key),
        "refuse": lambda key: actions.refuse_claim(claim=row, reason=values["reason"], by=by, key=key),
        "recognise": lambda key: actions.recognise_claim(claim=row, recognition=recognise.recognition, by=by, key=key),
    }
    if what not in doing or not _done(request, form, doing[what]):
        return None
    messages.success(request, say_now("Đã ghi kết quả.", "The decision was recorded."))
    return redirect("credits:claim", row.public_id) if what == "recognise" else redirect("credits:claims")


def _done(request: HttpRequest, form: forms.Form, act: Callable[[str], Any]) -> bool:
    """Whether the action went through; its problems stand beside the fields otherwise."""
    try:
        act(request.POST.get("key", ""))
    except NotAllowed:
        raise
    except Refused as refused:
        show_problems(form, refused)
        return False
    return True


@page(VERIFY, methods=["GET", "POST"])
def samples(request: HttpRequest) -> HttpResponse:
    """Draw which waiting claims are compared with the paper; the drawings so far, each repeatable by its rule."""
    listed = _units(request)
    form = SampleForm(request.POST or None, units=listed)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        unit = next(row for row in listed if str(row.public_id) == values["unit"])
        if _done(
            request,
            form,
            lambda key: actions.draw_sample(
                organisation=Organisation.objects.visible_to(request.user, VERIFY).get(pk=unit.pk),
                rule=SampleRule(values["rule"]),
                step=values["step"],
                by=request.user,
                key=key,
            ),
        ):
            return redirect(reverse("credits:claims") + "?drawn=drawn")
    shown = page_of(request, samples_of(request.user), order=("-made_at", "-pk"))
    return render(request, "credits/samples.html", {"form": form, "page": shown})


@page(VERIFY, methods=["POST"])
def accept_rest(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Accept what a drawing left out."""
    sample = found_or_404(samples_of(request.user), public_id=public_id)
    try:
        actions.accept_rest(sample=sample, by=request.user, key=request.POST.get("key", ""))
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, "; ".join(sentence(problem) for problem in refused.problems))
    else:
        messages.success(request, say_now("Đã ghi nhận các hồ sơ còn lại.", "The rest was accepted."))
    return redirect("credits:samples")


@page(VIEW)
def evidence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A file of evidence, as a download, for whoever may see what it belongs to."""
    file = Attachment.objects.filter(public_id=public_id).first()
    if file is None or not owner_visible(request.user, VIEW, file):
        raise Http404
    response = HttpResponse(content_of_file(file), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="minh-chung.{suffix_of(file) or "bin"}"'
    return response
