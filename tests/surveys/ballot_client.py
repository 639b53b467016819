"""The respondent's side of a blind signature in plain integers, written apart from the house's own (RFC 9474, 4.1-4.4)."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass

from lientuc.surveys.ballots.models import BallotBox

E, HASH = 65537, 48


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def octets(data: str) -> bytes:
    return base64.urlsafe_b64decode(data + "=" * (-len(data) % 4))


def mask(seed: bytes, length: int) -> bytes:
    blocks = (hashlib.sha384(seed + i.to_bytes(4, "big")).digest() for i in range(-(-length // HASH)))
    return b"".join(blocks)[:length]


def pss(message: bytes, bits: int) -> int:
    length, salt = -(-bits // 8), secrets.token_bytes(HASH)
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    data = bytes(length - 2 * HASH - 2) + b"\x01" + salt
    covered = bytearray(a ^ b for a, b in zip(data, mask(digest, len(data)), strict=True))
    covered[0] &= 255 >> (8 * length - bits)
    return int.from_bytes(bytes(covered) + digest + b"\xbc", "big")


@dataclass
class Ballot:
    """A ballot in the making; `blinded` goes to the signer, `message` with `signature` into the box."""

    n: int
    message: bytes
    blinding: int
    blinded: bytes
    signature: bytes = b""

    def unblind(self, signed: bytes) -> Ballot:
        number = int.from_bytes(signed, "big") * pow(self.blinding, -1, self.n) % self.n
        self.signature = number.to_bytes(256, "big")
        return self


def new_ballot(box: BallotBox) -> Ballot:
    from lientuc.surveys.ballots.blind_rsa import modulus_text

    n = int.from_bytes(octets(modulus_text(box.public_key)), "big")
    message, blinding = secrets.token_bytes(64), secrets.randbelow(n - 2) + 2
    number = pss(message, n.bit_length() - 1) * pow(blinding, E, n) % n
    return Ballot(n, message, blinding, number.to_bytes(256, "big"))
