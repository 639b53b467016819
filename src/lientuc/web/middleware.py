"""Language of the page, refused writes as pages, and no copies of personal pages in caches."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from lientuc.core.errors import NotAllowed, Refused

LANGUAGE_COOKIE = "ngon-ngu"

Respond = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Vietnamese, unless the person chose English."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(LANGUAGE_COOKIE, "vi")
        with translation.override(chosen if chosen in {"vi", "en"} else "vi"):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
            return response


class RefusalMiddleware:
    """An action's refusal that no form caught becomes a page with the reasons."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """403 for a person who may not, 422 for anything else refused."""
        if not isinstance(exception, Refused):
            return None
        status = 403 if isinstance(exception, NotAllowed) else 422
        return render(request, "web/refused.html", {"problems": exception.problems}, status=status)


class PrivacyMiddleware:
    """A signed-in person's pages are never stored by browsers or proxies."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response
