"""How often one network address may ask for certificates."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

from lientuc.core.clock import now

LOOK_UPS_A_MINUTE = 60
_KEPT_SECONDS = 120


def asks_too_often(request: HttpRequest) -> bool:
    """Count this look-up; whether the address has used up its minute."""
    key = f"verify:{request.META.get('REMOTE_ADDR', '')}:{now():%Y%m%d%H%M}"
    if cache.add(key, 1, _KEPT_SECONDS):
        return False
    try:
        return bool(cache.incr(key) > LOOK_UPS_A_MINUTE)
    except ValueError:
        return False
