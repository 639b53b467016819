"""What every page needs from the roof: menu, roles, and whether the data is simulated."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse

from lientuc import __version__
from lientuc.accounts.permissions import roles_of
from lientuc.places.queries import is_simulated
from lientuc.web.menu import MenuItem


@cache
def _menu_items() -> tuple[MenuItem, ...]:
    rooms = [config.name for config in apps.get_app_configs() if config.name.startswith("lientuc.")]
    modules = [import_module(f"{room}.menu") for room in rooms if room != "lientuc.web" and find_spec(f"{room}.menu")]
    return tuple(sorted((item for module in modules for item in module.MENU), key=lambda item: item.order))


def house(request: HttpRequest) -> dict[str, Any]:
    """`version`, `simulated`, `menu`, `roles`, `search_url` for the base page."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"version": __version__, "simulated": is_simulated(), "menu": [], "roles": []}
    return {
        "version": __version__,
        "simulated": is_simulated(),
        "menu": [_line(item, request) for item in _menu_items() if user.why_not(item.permission) is None],
        "roles": roles_of(user),
        "search_url": reverse("reports:search"),
        "notices_url": reverse("reports:notices"),
        "tokens_url": reverse("accounts:tokens"),
    }


def _line(item: MenuItem, request: HttpRequest) -> dict[str, Any]:
    url = reverse(item.url_name)
    return {"label": item.label, "url": url, "icon": item.icon, "active": request.path == url}
