"""One API door under /api/v1: the rooms' routers, session or token, the same problems as every other door."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.security import HttpBearer, SessionAuth

from lientuc import __version__
from lientuc.accounts.models import ApiToken
from lientuc.core.clock import today
from lientuc.core.errors import NotAllowed, Refused
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
    problems = [
        {"code": p.code, "field": p.field, "values": {k: str(v) for k, v in p.values.items()}, "sentence": sentence(p)}
        for p in error.problems
    ]
    return api.create_response(request, {"problems": problems}, status=403 if isinstance(error, NotAllowed) else 422)
