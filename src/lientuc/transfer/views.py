"""Pages: agreements on techniques, their signature, hand-over, follow-up and end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.errors import Refused
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import say

from . import actions, queries
from .enums import Prerequisite
from .forms import AgreementFilter, AgreementForm, EndForm, FollowUpForm, HandOverForm, SignatureForm
from .models import TransferAgreement


def _done(form: forms.Form, write: Callable[[], Any]) -> Any:
    """The written row, or None with the action's problems on the form."""
    try:
        return write()
    except Refused as refused:
        show_problems(form, refused)
        return None


@page("transfer.view_agreements")
def agreements(request: HttpRequest) -> HttpResponse:
    """Agreements, the latest first."""
    form = AgreementFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.agreements(request.user, text=chosen.get("q", ""), state=chosen.get("state", ""))
    shown = page_of(request, rows, order=("-id",))
    return render(
        request,
        "transfer/agreements.html",
        {
            "filter": form,
            "page": shown,
            "lines": queries.with_next(shown.rows),
            "may_open": request.user.why_not("transfer.edit_agreement") is None,
        },
    )


@page("transfer.edit_agreement", methods=["GET", "POST"])
def open_agreement(request: HttpRequest) -> HttpResponse:
    """Open an agreement."""
    form = AgreementForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        data, key = form.cleaned_data, request.POST.get("key", "")
        parties = {name: data[name] for name in ("giver", "receiver", "technique")}
        row = _done(form, lambda: actions.open_agreement(draft=form.draft(), **parties, by=request.user, key=key))
        if row:
            messages.success(request, say("Đã lập thỏa thuận chuyển giao.", "The agreement is opened."))
            return redirect("transfer:agreement", row.public_id)
    return render(request, "transfer/open.html", {"form": form})


@page("transfer.view_agreements")
def agreement(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One agreement: parties, prerequisites, hand-over and follow-ups."""
    row = found_or_404(queries.agreements(request.user), public_id=public_id)
    mine = TransferAgreement.objects.visible_to(request.user, "transfer.edit_agreement").filter(pk=row.pk).exists()
    return render(
        request,
        "transfer/agreement.html",
        {
            "agreement": row,
            "prerequisites": [(code, row.prerequisites.get(str(code), False)) for code in Prerequisite],
            "follow_ups": queries.follow_ups(row),
            "may_write": mine and row.state != "ended",
        },
    )


def _in_hand(request: HttpRequest, public_id: UUID) -> TransferAgreement:
    rows = TransferAgreement.objects.visible_to(request.user, "transfer.edit_agreement")
    found: TransferAgreement = found_or_404(rows.select_related("receiver", "technique"), public_id=public_id)
    return found


@page("transfer.edit_agreement", methods=["GET", "POST"])
def sign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down the signature of a draft."""
    row = _in_hand(request, public_id)
    form = SignatureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        signed_on, key = form.cleaned_data["signed_on"], request.POST.get("key", "")
        if _done(form, lambda: actions.sign_agreement(agreement=row, signed_on=signed_on, by=request.user, key=key)):
            messages.success(request, say("Đã ghi ngày ký.", "The signature is recorded."))
            return redirect("transfer:agreement", public_id)
    return render(request, "transfer/sign.html", {"form": form, "agreement": row})


@page("transfer.edit_agreement", methods=["GET", "POST"])
def hand_over(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand the technique over."""
    row = _in_hand(request, public_id)
    met = [code for code, is_met in row.prerequisites.items() if is_met]
    form = HandOverForm(request.POST or None, initial={"prerequisites": met})
    if request.method == "POST" and form.is_valid():
        key = request.POST.get("key", "")
        if _done(form, lambda: actions.hand_over(agreement=row, draft=form.draft(), by=request.user, key=key)):
            messages.success(request, say("Đã bàn giao kỹ thuật.", "The technique is handed over."))
            return redirect("transfer:agreement", public_id)
    return render(request, "transfer/hand_over.html", {"form": form, "agreement": row})


@page("transfer.edit_agreement", methods=["GET", "POST"])
def follow_up(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Note a follow-up; the first month not yet noted is chosen."""
    row = _in_hand(request, public_id)
    waiting = [line.month for line in queries.follow_ups(row) if line.noted is None]
    form = FollowUpForm(request.POST or None, initial={"month": waiting[0] if waiting else None})
    if request.method == "POST" and form.is_valid():
        key = request.POST.get("key", "")
        if _done(form, lambda: actions.note_follow_up(agreement=row, draft=form.draft(), by=request.user, key=key)):
            messages.success(request, say("Đã ghi kết quả theo dõi.", "The follow-up is noted."))
            return redirect("transfer:agreement", public_id)
    return render(request, "transfer/follow_up.html", {"form": form, "agreement": row})


@page("transfer.edit_agreement", methods=["GET", "POST"])
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End an agreement."""
    row = _in_hand(request, public_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, key = form.cleaned_data["reason"], request.POST.get("key", "")
        if _done(form, lambda: actions.end_agreement(agreement=row, reason=reason, by=request.user, key=key)):
            messages.success(request, say("Đã kết thúc thỏa thuận.", "The agreement has ended."))
            return redirect("transfer:agreement", public_id)
    return render(request, "transfer/end.html", {"form": form, "agreement": row})
