"""One API door under /api/v1: the rooms' routers, session or token, the same problems as every other door."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.security import HttpBearer, SessionAuth

from lientuc import __version__
from lientuc.accounts.models import ApiToken
from lientuc.core.clock import today
from lientuc.core.errors import NotAllowed, Problem, Refused
from lientuc.web.say import sentence


class Token(HttpBearer):
    """`Authorization: Bearer <token>`: acts as the token's user."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The user of a token in force, or None."""
        row = ApiToken.objects.select_related("user").filter(token_hash=ApiToken.hash_of(token)).first()
        if row is None or (row.ended_on and row.ended_on <= today()) or not row.user.is_active:
            return None
        request.user = row.user
        return row.user


api = NinjaAPI(
    title="Liên Tục", version=__version__, urls_namespace="api", auth=[Token(), SessionAuth(csrf=True)], docs_url=None
)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """403 or 422 with every problem: code, field, values and sentence."""
    return _answer(request, error.problems, status=403 if isinstance(error, NotAllowed) else 422)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422 for a request whose fields are missing, unknown or of another kind: one problem a field."""
    fields = dict.fromkeys(str(found["loc"][-1]) for found in error.errors)
    return _answer(request, [Problem("web.field_unreadable", field, {"name": field}) for field in fields], status=422)


def _answer(request: HttpRequest, problems: Iterable[Problem], *, status: int) -> HttpResponse:
    said = [
        {"code": p.code, "field": p.field, "values": {k: str(v) for k, v in p.values.items()}, "sentence": sentence(p)}
        for p in problems
    ]
    return api.create_response(request, {"problems": said}, status=status)


for room in settings.ROOMS:
    if find_spec(f"lientuc.{room}.api"):
        api.add_router("", import_module(f"lientuc.{room}.api").router)
