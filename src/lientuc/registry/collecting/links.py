"""Links without account: derived, so that the office can copy them again; a copy of the database opens no door."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from lientuc.core.clock import now, today
from lientuc.places.scope import WhyUnscoped

from .models import CampaignUnit
from .rules import link_works

FILES_AN_HOUR = 20
WRONG_LINKS_A_MINUTE = 20


def hash_of(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token(public_id: UUID, serial: int) -> str:
    """The token of a unit in a campaign."""
    return next(_derived(public_id, serial))


def token_of(asked: CampaignUnit) -> str:
    """The token again, also after the secret key was rotated; empty where no known key made it."""
    made = _derived(asked.public_id, asked.serial)
    return next((token for token in made if hash_of(token) == asked.token_hash), "")


def link_of(asked: CampaignUnit) -> str:
    """The whole address to send a unit; empty where its token cannot be made again."""
    token = token_of(asked)
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse("registry:send_by_link", args=[token]) if token else ""


def asked_by(token: str) -> CampaignUnit | None:
    """Who a link belongs to, while it opens the door; the same None for a wrong, an old and a closed one."""
    rows = CampaignUnit.objects.unscoped(WhyUnscoped.PUBLIC).select_related("campaign__organisation", "unit")
    asked: CampaignUnit | None = rows.filter(token_hash=hash_of(token)).first()
    if asked is None or not link_works(asked.campaign.is_closed, asked.campaign.deadline_on, today()):
        return None
    return asked


def sends_too_often(asked: CampaignUnit) -> bool:
    """Count a file; whether the link has used up its hour. By link, not by address: a province shares a few addresses."""
    return _beyond(f"campaign-file:{asked.pk}:{now():%Y%m%d%H}", FILES_AN_HOUR, 2 * 3600)


def guesses_too_often(address: str) -> bool:
    """Count a link that opens nothing; whether the address has used up its minute."""
    return _beyond(f"campaign-guess:{address}:{now():%Y%m%d%H%M}", WRONG_LINKS_A_MINUTE, 120)


def _beyond(key: str, most: int, seconds: int) -> bool:
    if cache.add(key, 1, seconds):
        return most < 1
    try:
        return bool(cache.incr(key) > most)
    except ValueError:
        return False


def _derived(public_id: UUID, serial: int) -> Iterator[str]:
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        digest = hmac.new(key.encode(), f"campaign:{public_id}:{serial}".encode(), hashlib.sha256).digest()
        yield base64.urlsafe_b64encode(digest[:18]).decode()
