"""Blind RSA signatures as the browser's side of RFC 9474 expects them (RSABSSA-SHA384-PSS-Randomized). No database here."""

from __future__ import annotations

import base64
import secrets

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

BITS = 2048
EXPONENT = 65537
SALT = 48
"""Bytes of salt: as long as a SHA-384 digest (RFC 9474, 5)."""


def new_key() -> rsa.RSAPrivateKey:
    """A key pair for one wave."""
    return rsa.generate_private_key(public_exponent=EXPONENT, key_size=BITS)


def written(key: rsa.RSAPrivateKey) -> bytes:
    """A private key as bytes (PKCS #8, DER)."""
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def read(data: bytes) -> rsa.RSAPrivateKey:
    """The private key in bytes of `written`."""
    key = serialization.load_der_private_key(data, password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def public_text(key: rsa.RSAPrivateKey) -> str:
    """The public key as text (SubjectPublicKeyInfo, DER, base64url)."""
    return encoded(
        key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def modulus_text(public: str) -> str:
    """The modulus of a public key as base64url, for the browser's own arithmetic."""
    return encoded(_public(public).public_numbers().n.to_bytes(BITS // 8, "big"))


def sign_blinded(key: rsa.RSAPrivateKey, blinded: bytes) -> bytes:
    """The signature of a blinded message (RFC 9474, 4.3): whoever asked unblinds it, the signer never sees what.

    ValueError where the message is no number below the modulus. The exponent works on a number multiplied by a random
    one, so that the time it takes says nothing about the key.
    """
    numbers = key.private_numbers()
    n, e = numbers.public_numbers.n, numbers.public_numbers.e
    message = int.from_bytes(blinded, "big")
    if len(blinded) != BITS // 8 or not 0 < message < n:
        raise ValueError("not a blinded message of this key")
    mask = secrets.randbelow(n - 2) + 2
    signed = _private_power(numbers, message * pow(mask, e, n) % n) * pow(mask, -1, n) % n
    assert pow(signed, e, n) == message
    return signed.to_bytes(BITS // 8, "big")


def _private_power(numbers: rsa.RSAPrivateNumbers, base: int) -> int:
    """`base` to the private exponent, by the Chinese remainder theorem."""
    by_p, by_q = pow(base, numbers.dmp1, numbers.p), pow(base, numbers.dmq1, numbers.q)
    return by_q + (by_p - by_q) * numbers.iqmp % numbers.p * numbers.q


def is_signed(public: str, message: bytes, signature: bytes) -> bool:
    """Whether an unblinded signature belongs to a message: plain RSASSA-PSS (RFC 9474, 4.5)."""
    pss = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=SALT)
    try:
        _public(public).verify(signature, message, pss, hashes.SHA384())
    except InvalidSignature:
        return False
    return True


def _public(text: str) -> rsa.RSAPublicKey:
    key = serialization.load_der_public_key(decoded(text))
    assert isinstance(key, rsa.RSAPublicKey)
    return key


def encoded(data: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Bytes of `encoded`; ValueError for anything else."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
