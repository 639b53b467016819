"""The one way a page writes: valid form → action → message and redirect, or the problems beside the fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lientuc.core.errors import NotAllowed, Refused
from lientuc.trail.models import ImportBatch
from lientuc.web.pages import show_problems
from lientuc.web.say import say

from ..forms.staff import ReasonForm


def written(
    request: HttpRequest, form: forms.Form, write: Callable[[], Any], *, said: Any, to: Callable[[Any], str]
) -> HttpResponse | None:
    """Redirect to `to(row)` after a write that succeeded; None where the form is shown (again)."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        row = write()
    except NotAllowed:
        raise
    except Refused as refused:
        show_problems(form, refused)
        return None
    messages.success(request, said)
    return redirect(to(row))


def undo_page(
    request: HttpRequest, batch: ImportBatch, undo: Callable[..., Any], *, to: str, template: str
) -> HttpResponse:
    """Take a list back, with the reason; `to` is the route of a list, `template` shows the form."""
    form = ReasonForm(request.POST or None)
    done = written(
        request,
        form,
        lambda: undo(batch=batch, reason=form.cleaned_data["reason"], by=request.user, key=key_of(request)),
        said=say("Đã hoàn tác danh sách.", "The list was undone."),
        to=lambda _: reverse(to, args=[batch.public_id]),
    )
    return done or render(request, template, {"form": form, "batch": batch})


def key_of(request: HttpRequest) -> str:
    """The one-time key a form carries."""
    return request.POST.get("key", "")[:80]
