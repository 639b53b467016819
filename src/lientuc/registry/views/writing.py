"""The one way a page writes: valid form → action → message and redirect, or the problems beside the fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lientuc.core.errors import NotAllowed, Refused
from lientuc.web.pages import show_problems
from lientuc.web.say import sentence


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


def tried(request: HttpRequest, write: Callable[[], Any]) -> bool:
    """Whether a write without a form succeeded; its problems become messages."""
    try:
        write()
    except NotAllowed:
        raise
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, sentence(problem))
        return False
    return True


def key_of(request: HttpRequest) -> str:
    """The one-time key a form carries."""
    return request.POST.get("key", "")[:80]
