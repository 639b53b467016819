"""Keys and waiting answers under seal: a copy of the database, or of its log, opens none of them."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

PACKET = 16_384
"""Bytes of every sealed packet before sealing: all are equally long, so that length tells nothing."""
_NONCE = 12
_LENGTH = 4


def new_box_key() -> bytes:
    """A key for the waiting answers of one wave."""
    return AESGCM.generate_key(256)


def fits(content: bytes) -> bool:
    """Whether one person's answers go into a packet."""
    return len(content) <= PACKET - _LENGTH


def seal_packet(key: bytes, content: bytes) -> bytes:
    """One person's answers, padded to the length of all and sealed."""
    assert fits(content)
    return _seal(key, (len(content).to_bytes(_LENGTH, "big") + content).ljust(PACKET, b"\0"))


def open_packet(key: bytes, packet: bytes) -> bytes:
    """What `seal_packet` took."""
    padded = AESGCM(key).decrypt(packet[:_NONCE], packet[_NONCE:], None)
    return padded[_LENGTH : _LENGTH + int.from_bytes(padded[:_LENGTH], "big")]


def seal_key(content: bytes) -> bytes:
    """A key under the system's own secret, which is not in the database."""
    return _seal(next(_masters()), content)


def open_key(sealed: bytes) -> bytes:
    """What `seal_key` took, also after the system's secret was rotated."""
    for master in _masters():
        try:
            return AESGCM(master).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
        except InvalidTag:
            continue
    # An installation that lost its secret: a fault to be seen, not a visitor's mistake.
    raise RuntimeError("no known secret of the system opens this key")


def _seal(key: bytes, content: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, None)


def _masters() -> Iterator[bytes]:
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield hmac.new(secret.encode(), b"surveys:ballots", hashlib.sha256).digest()
