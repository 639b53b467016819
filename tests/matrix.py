"""The permission matrix: every route × role × {own, child, sibling, parent, other province}.

What is expected stands in two reviewed files, `expected/routes.csv` (route → permission, object it shows) and
`expected/reach.csv` (permission × role → relations it reaches); neither is generated from the code under test.
"""

from __future__ import annotations

import csv
import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from lientuc.accounts.enums import Role
from lientuc.core.errors import NotAllowed, Refused
from lientuc.places.models import Organisation
from tests.world import ORGANISATIONS, RELATIONS, World

EXPECTED = Path(__file__).parent / "expected"
NAMES = ("own", "child", "sibling", "parent", "other")
# Pages of the sign-in library and the API's own description: no rows of ours.
FOREIGN = ("account_", "mfa_", "api:openapi-json", "api:api-root")
REFUSED = frozenset({403, 404})


@dataclass(frozen=True)
class Route:
    """A reviewed line: `kind` is the object in the URL or in the list; `shows` is page, list, object or shared."""

    name: str
    permission: str
    kind: str
    shows: str

    @property
    def lists(self) -> bool:
        """The route shows rows, one a marker."""
        return self.shows == "list"


@dataclass(frozen=True)
class Leak:
    """Something seen that should not be, or refused that should not be."""

    route: str
    role: str
    relation: str
    what: str


def walk() -> Iterator[tuple[str, URLPattern]]:
    """Every named route of the house with its pattern."""

    def inside(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                yield from inside(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
            elif pattern.name:
                yield f"{space}{pattern.name}", pattern

    for name, pattern in inside(get_resolver(), ""):
        if not name.startswith(FOREIGN):
            yield name, pattern


@cache
def routes() -> dict[str, Route]:
    """The reviewed routes by name."""
    with (EXPECTED / "routes.csv").open(encoding="utf-8") as file:
        return {
            row["route"]: Route(row["route"], row["permission"], row["object"], row["shows"])
            for row in csv.DictReader(file)
        }


@cache
def reach() -> dict[tuple[str, Role], frozenset[str]]:
    """`{(permission, role): relations}` as reviewed."""
    with (EXPECTED / "reach.csv").open(encoding="utf-8") as file:
        return {
            (row["permission"], role): frozenset(row[role].split())
            for row in csv.DictReader(file)
            for role in Role
            if role is not Role.PUBLIC
        }


@cache
def factories() -> dict[str, Callable[[Organisation, str], Any]]:
    """How to make one object of each kind for an organisation."""
    found: dict[str, Callable[[Organisation, str], Any]] = {}
    for path in sorted((Path(__file__).parent / "factories").glob("*.py")):
        module = importlib.import_module(f"tests.factories.{path.stem}")
        found |= getattr(module, "OBJECTS", {})
    return found


def mark(key: str) -> str:
    """The text by which an organisation's object is recognised on a page."""
    return f"Dau{sorted(ORGANISATIONS).index(key):02d}x"


class Caller:
    """Calls a view as a signed-in person, past the middleware: what decides about rows is the view and its queries."""

    def __init__(self, user: Any) -> None:
        self.user = user

    def ask(self, view: Callable[..., Any], method: str, url: str, arguments: dict[str, Any]) -> Any:
        """The view's answer, rendered; a refusal as its status."""
        request = getattr(RequestFactory(), method)(url)
        request.user, request.session, request.htmx = self.user, SessionStore(), False
        request._messages = FallbackStorage(request)
        try:
            return view(request, **arguments)
        except NotAllowed:
            return HttpResponse(status=403)
        except Http404:
            return HttpResponse(status=404)
        except Refused:
            return HttpResponse(status=422)


class Matrix:
    """One route walked by every role towards every relation."""

    def __init__(self, world: World, route: Route, pattern: URLPattern) -> None:
        self.world, self.route, self.pattern = world, route, pattern
        self.objects: dict[str, Any] = {}

    def object_of(self, key: str) -> Any:
        """The object owned by the organisation `key`, made once."""
        if key not in self.objects:
            self.objects[key] = factories()[self.route.kind](self.world.organisation(key), mark(key))
        return self.objects[key]

    def leaks(self) -> list[Leak]:
        """Every difference between what happened and what was expected."""
        if self.route.kind:
            for places in RELATIONS.values():
                for key in places.values():
                    self.object_of(key)
        return [leak for role in RELATIONS for leak in self._of_role(role)]

    def _of_role(self, role: Role) -> Iterator[Leak]:
        client = Caller(self.world.user(role))
        expected = reach()[self.route.permission, role]
        near = expected & set(NAMES)
        if not self.pattern.pattern.converters:
            yield from self._page(client, role, expected, near)
            return
        for relation in NAMES:
            key = RELATIONS[role][relation]
            allowed = any(RELATIONS[role][name] == key for name in near)
            if self.route.shows == "shared":  # a row without owner: whoever holds the permission anywhere may see it
                allowed = bool(expected)
            answer = self._ask(client, reverse(self.route.name, kwargs=self._arguments(key)))
            if (answer.status_code in REFUSED) == allowed:
                yield Leak(
                    self.route.name,
                    role,
                    relation,
                    f"{answer.status_code}, expected {'open' if allowed else 'refused'}",
                )
            elif answer.status_code >= 500:
                yield Leak(self.route.name, role, relation, f"{answer.status_code}")

    def _page(self, client: Caller, role: Role, expected: frozenset[str], near: frozenset[str]) -> Iterator[Leak]:
        answer = self._ask(client, reverse(self.route.name))
        if answer.status_code >= 500 or (answer.status_code in REFUSED) != (not expected):
            yield Leak(
                self.route.name, role, "–", f"{answer.status_code}, expected {'open' if expected else 'refused'}"
            )
        if not self.route.lists or answer.status_code != 200:
            return
        text = _text(answer)
        for relation in NAMES:
            key = RELATIONS[role][relation]
            allowed = any(RELATIONS[role][name] == key for name in near)
            if (mark(key) in text) != allowed:
                yield Leak(self.route.name, role, relation, "missing" if allowed else "seen")

    def _ask(self, client: Caller, url: str) -> Any:
        method = "get" if "GET" in getattr(self.pattern.callback, "methods", ("GET",)) else "post"
        return client.ask(self.pattern.callback, method, url, resolve(url).kwargs)

    def _arguments(self, key: str) -> dict[str, Any]:
        row = self.object_of(key)
        values: dict[str, Any] = {}
        for name in self.pattern.pattern.converters:
            value = getattr(row, name)
            values[name] = value if isinstance(value, UUID | int) else str(value)
        return values


def _text(answer: Any) -> str:
    if getattr(answer, "streaming", False):
        content = b"".join(answer.streaming_content)
    else:
        content = answer.content
    if content[:2] == b"PK":
        return _workbook_text(content)
    return str(content.decode("utf-8", errors="replace"))


def _workbook_text(content: bytes) -> str:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(
            book.read(name).decode("utf-8", errors="replace") for name in book.namelist() if name.endswith(".xml")
        )
