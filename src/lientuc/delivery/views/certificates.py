"""Certificates: register, page, PDF, issuing, re-issuing, revoking."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lientuc.core.clock import today
from lientuc.core.errors import Refused
from lientuc.places.scope import WhyUnscoped
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import say, say_now

from .. import actions, issuing, queries
from ..forms import CertificateFilter, IssueForm, ReissueForm, RevokeForm
from ..models import Certificate, CertificateEvent, CourseRun
from ..rules import IssueDraft
from ..tables import certificates_table
from .files import pdf, workbook
from .runs import row_of

VIEW = "delivery.view_certificates"
ISSUE = "delivery.issue_certificates"
REVOKE = "delivery.revoke_certificate"


def _filtered(request: HttpRequest) -> tuple[CertificateFilter, Any]:
    form = CertificateFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.certificates_for(
        request.user,
        text=chosen.get("q", ""),
        status=chosen.get("status", ""),
        year=int(chosen.get("year") or 0) or None,
    )
    return form, rows


@page(VIEW)
def certificates(request: HttpRequest) -> HttpResponse:
    """The register of certificates one may see, the newest first."""
    form, rows = _filtered(request)
    return render(
        request,
        "delivery/certificates.html",
        {"form": form, "page": page_of(request, rows, order=("-issued_on", "-id"))},
    )


@page(VIEW)
def export_certificates(request: HttpRequest) -> HttpResponse:
    """The same register as a workbook."""
    _, rows = _filtered(request)
    return workbook(certificates_table(rows.order_by("-issued_on", "-id")), "so-cap-giay")


def _certificate(request: HttpRequest, permission: str, public_id: UUID) -> Certificate:
    rows = queries.with_status(Certificate.objects.visible_to(request.user, permission))
    rows = rows.select_related("issuer", "participation__run__organisation", "participation__worker").defer("pdf")
    found: Certificate = found_or_404(rows, public_id=public_id)
    return found


@page(VIEW)
def certificate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One certificate: what it prints, its status, what happened to it."""
    row = _certificate(request, VIEW, public_id)
    events = CertificateEvent.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(certificate=row)
    status = queries.status_of(row)
    organiser = row.participation.run.organisation
    context = {
        "certificate": row,
        "status": status,
        "events": events.select_related("successor").order_by("pk"),
        "may_revoke": status == "valid" and request.user.why_not(REVOKE, organiser) is None,
        "may_reissue": status == "valid" and request.user.why_not(ISSUE, organiser) is None,
    }
    return render(request, "delivery/certificate.html", context)


@page(VIEW)
def certificate_pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The bytes that were made when it was issued."""
    row = found_or_404(Certificate.objects.visible_to(request.user, VIEW), public_id=public_id)
    return pdf(bytes(row.pdf), f"giay-{row.year}-{row.serial}")


@page(ISSUE, methods=["GET", "POST"])
def issue(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How many certificates are due, and issuing them."""
    run = row_of(request, ISSUE, public_id)
    form = IssueForm(request.POST or None, initial=_initial(run))
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _issued(request, run, form.draft()))
        except Refused as refused:
            show_problems(form, refused)
        else:
            return redirect(f"{_address(run)}?tab=certificates")
    return render(request, "delivery/issue.html", {"form": form, "run": run, "due": queries.issuance_of(run)})


def _issued(request: HttpRequest, run: CourseRun, draft: IssueDraft) -> Any:
    """Issue a short list now, a long one by a job, and say which."""
    count = len(queries.issuance_of(run).due)
    if count > issuing.MOST_IN_A_PAGE:
        actions.issue_certificates(run=run, draft=draft, by=request.user, most=1, key=request.POST.get("key", ""))
        issuing.enqueue_issue(run=run, draft=draft, by=request.user)
        text = say_now(
            "Đang cấp {n} giấy. Tải lại trang này sau ít phút để xem.",
            "{n} certificates are being issued. Reload this page in a few minutes.",
        )
        return text.format(n=count)
    issuing.issue_in_batches(run=run, draft=draft, by=request.user, key=request.POST.get("key", ""))
    return say("Đã cấp giấy.", "The certificates are issued.")


@page(ISSUE, methods=["GET", "POST"])
def reissue(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Another edition of a certificate; the old one stays, superseded."""
    row = _certificate(request, ISSUE, public_id)
    form = ReissueForm(request.POST or None, initial=_initial(row.participation.run))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.reissue_certificate(
                certificate=row,
                reason=form.cleaned_data["reason"],
                draft=form.draft(),
                by=request.user,
                key=request.POST.get("key", ""),
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã cấp lại.", "The certificate is issued anew."))
            return redirect("delivery:certificate", made.public_id)
    return render(request, "delivery/reissue.html", {"form": form, "certificate": row})


@page(REVOKE, methods=["GET", "POST"])
def revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Revoke a certificate with the reason the public will read."""
    row = _certificate(request, REVOKE, public_id)
    form = RevokeForm(request.POST or None, initial={"on_date": today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.revoke_certificate(
                certificate=row,
                reason=form.cleaned_data["reason"],
                on=form.cleaned_data["on_date"],
                by=request.user,
                key=request.POST.get("key", ""),
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã thu hồi.", "The certificate is revoked."))
            return redirect("delivery:certificate", row.public_id)
    return render(request, "delivery/revoke.html", {"form": form, "certificate": row})


def _initial(run: CourseRun) -> dict[str, Any]:
    return {"issued_on": today(), "place": queries.province_of(run.organisation, today())}


def _address(run: CourseRun) -> str:
    return reverse("delivery:run", args=[run.public_id])
