"""Pages about providers: who they are, and what they may issue on a day, by which article."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lientuc.core.clock import today
from lientuc.law.authority import AuthorityDecision
from lientuc.places.scope import WhyUnscoped
from lientuc.web.pages import found_or_404, page
from lientuc.web.paging import page_of
from lientuc.web.say import phrase, say, say_now

from .. import actions, queries
from ..forms import AuthorityForm, LiftForm, ProviderForm, SuspensionForm
from ..models import Provider, ProviderAuthority
from ..phrases import AUTHORITY_REASONS, PROOFS
from ..queries import organisations as lists
from .writing import key_of, written

VIEW, EDIT = "registry.view_providers", "registry.edit_providers"


@page(VIEW)
def providers(request: HttpRequest) -> HttpResponse:
    """The providers one may see, with their valid codes."""
    text = request.GET.get("q", "")
    shown = page_of(request, lists.providers(by=request.user, text=text), order=("organisation__name_fold", "pk"))
    _load_codes(shown.rows)
    values = {"page": shown, "q": text, "may_edit": request.user.why_not(EDIT) is None}
    return render(request, "registry/providers.html", values)


def _load_codes(rows: Any) -> None:
    """Valid codes and suspensions of the providers shown; one query."""
    authorities = ProviderAuthority.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(provider__in=rows)
    by_provider: dict[int, list[ProviderAuthority]] = {row.pk: [] for row in rows}
    for one in authorities.order_by("from_on"):
        if one.from_on <= today() and (one.to_on is None or one.to_on >= today()):
            by_provider[one.provider_id].append(one)
    for row in rows:
        row.codes = [one for one in by_provider[row.pk] if not one.suspension]
        row.suspended = any(one.suspension for one in by_provider[row.pk])


def _found(request: HttpRequest, public_id: UUID, permission: str) -> Provider:
    rows = Provider.objects.visible_to(request.user, permission).select_related("organisation")
    provider: Provider = found_or_404(rows, public_id=public_id)
    return provider


def _to(provider: Provider) -> str:
    return reverse("registry:provider", args=[provider.public_id])


@page(VIEW)
def provider(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One provider: what it may issue today and why, and its decisions."""
    row = _found(request, public_id, VIEW)
    authorities = ProviderAuthority.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(provider=row)
    decisions = [_shown(decision) for decision in queries.decisions_on(row, today())]
    values = {
        "provider": row,
        "decisions": decisions,
        "authorities": authorities.order_by("-from_on", "-pk"),
        "may_edit": request.user.why_not(EDIT, row.organisation) is None,
        "on": today(),
    }
    return render(request, "registry/provider.html", values)


def _shown(decision: AuthorityDecision) -> dict[str, Any]:
    return {
        "proof": phrase(PROOFS[decision.proof]),
        "allowed": decision.allowed,
        "reason": phrase(AUTHORITY_REASONS[decision.reason]),
        "article": say_now(decision.citation.vi, decision.citation.en),
        "certainty": decision.citation.certainty,
    }


def _form_page(request: HttpRequest, form: Any, title: Any, back: str, **more: Any) -> HttpResponse:
    return render(request, "registry/form.html", {"form": form, "title": title, "back": back, **more})


@page(EDIT, methods=["GET", "POST"])
def register_provider(request: HttpRequest) -> HttpResponse:
    """Enter a unit as a provider."""
    form = ProviderForm(request.POST or None, by=request.user)
    done = written(
        request,
        form,
        lambda: actions.register_provider(**form.cleaned_data, by=request.user, key=key_of(request)),
        said=say("Đã thêm cơ sở đào tạo.", "The provider is entered."),
        to=_to,
    )
    title = say("Thêm cơ sở đào tạo liên tục", "Enter a provider")
    return done or _form_page(request, form, title, reverse("registry:providers"))


@page(EDIT, methods=["GET", "POST"])
def grant(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record a code A, B or C."""
    row = _found(request, public_id, EDIT)
    form = AuthorityForm(request.POST or None)
    done = written(
        request,
        form,
        lambda: actions.grant_authority(provider=row, draft=form.draft(), by=request.user, key=key_of(request)),
        said=say("Đã ghi mã cơ sở đào tạo.", "The code is recorded."),
        to=lambda _: _to(row),
    )
    title = say("Ghi mã cơ sở đào tạo", "Record a provider code")
    return done or _form_page(request, form, title, _to(row), subject=row)


@page(EDIT, methods=["GET", "POST"])
def suspend(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Stop a provider from issuing."""
    row = _found(request, public_id, EDIT)
    form = SuspensionForm(request.POST or None)
    done = written(
        request,
        form,
        lambda: actions.suspend_authority(provider=row, **form.cleaned_data, by=request.user, key=key_of(request)),
        said=say("Đã ghi quyết định đình chỉ.", "The suspension is recorded."),
        to=lambda _: _to(row),
    )
    return done or _form_page(request, form, say("Đình chỉ", "Suspend"), _to(row), subject=row, look="btn-danger")


@page(EDIT, methods=["GET", "POST"])
def lift(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a suspension."""
    rows = ProviderAuthority.objects.visible_to(request.user, EDIT).select_related("provider__organisation")
    authority = found_or_404(rows, public_id=public_id)
    form = LiftForm(request.POST or None)
    back = _to(authority.provider)
    done = written(
        request,
        form,
        lambda: actions.lift_suspension(authority=authority, on=form.cleaned_data["to_on"], by=request.user),
        said=say("Đã kết thúc đình chỉ.", "The suspension is ended."),
        to=lambda _: back,
    )
    return done or _form_page(request, form, say("Kết thúc đình chỉ", "End the suspension"), back, subject=authority)
