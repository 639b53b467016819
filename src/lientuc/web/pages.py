"""A page is a view with a permission; the permission is an attribute that the matrix test reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from lientuc.core.errors import NotAllowed, Problem, Refused

from .say import sentence

View = Callable[..., HttpResponse]
PUBLIC = "public"


def page(permission: str, *, methods: Iterable[str] = ("GET", "HEAD")) -> Callable[[View], View]:
    """A page for people holding `permission` somewhere; which rows they see is the query's business."""
    allowed = tuple(methods)

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            problem = request.user.why_not(permission)
            if problem:
                raise NotAllowed(problem)
            if request.method not in allowed:
                return wrong_method(request, allowed)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.methods = allowed  # type: ignore[attr-defined]
        return guarded

    return wrap


def public_page(*, methods: Iterable[str] = ("GET", "HEAD")) -> Callable[[View], View]:
    """A page anybody may open; it must show nothing that needs a permission."""
    allowed = tuple(methods)

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed:
                return wrong_method(request, allowed)
            return view(request, *args, **kwargs)

        guarded.permission = PUBLIC  # type: ignore[attr-defined]
        guarded.methods = allowed  # type: ignore[attr-defined]
        return guarded

    return wrap


def found_or_404(rows: QuerySet[Any], **lookup: Any) -> Any:
    """The one row of a scoped queryset, or the same 404 for 'not there' and 'not yours'."""
    row: Model | None = rows.filter(**lookup).first()
    if row is None:
        raise Http404
    return row


def show_problems(form: forms.Form, refused: Refused) -> None:
    """Put an action's refusal beside the fields it belongs to."""
    for problem in refused.problems:
        field = problem.field if problem.field in form.fields else None
        form.add_error(field, sentence(problem))


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


def wrong_method(request: HttpRequest, allowed: tuple[str, ...]) -> HttpResponse:
    """405 with the methods that would do."""
    response = render(request, "web/refused.html", {"problems": [Problem("web.wrong_method")]}, status=405)
    response.headers["Allow"] = ", ".join(allowed)
    return response


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 in the house's face."""
    return render(request, "web/refused.html", {"problems": [Problem("web.forbidden")]}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in the house's face."""
    return render(request, "web/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without touching the database."""
    return HttpResponse(render_to_string("web/server_error.html"), status=500)
