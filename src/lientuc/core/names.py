"""Vietnamese names: one normal form, one search key, one sort key, on every database."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARKS = re.compile("[\u0300-\u036f]+")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"": "0", "\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_PLACE = {letter: f"{place:02d}" for place, letter in enumerate(_ALPHABET)}


def tidy(text: str) -> str:
    """NFC, single spaces, no space at the ends: how every text enters the house."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Lower case without marks, đ as d: what search compares."""
    lowered = tidy(text).lower().replace("đ", "d")
    plain = _MARKS.sub("", unicodedata.normalize("NFD", lowered))
    return plain if plain.isascii() else "".join(c for c in plain if not unicodedata.combining(c))


def sort_key(name: str) -> str:
    """A key that sorts as people file names: given name, family name, middle; tone last.

    Compare as bytes (collation "C"). Hòa and Hoà give the same key.
    """
    parts = tidy(name).lower().split(" ")
    ordered = [parts[-1], *parts[:-1]] if parts else []
    pairs = [_letters_and_tone(part) for part in ordered]
    return " ".join([letters for letters, _ in pairs]) + "|" + "".join([tone for _, tone in pairs])


@lru_cache(maxsize=20_000)
def _letters_and_tone(word: str) -> tuple[str, str]:
    tone, kept = "0", []
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = _TONES[char]
        else:
            kept.append(char)
    base = unicodedata.normalize("NFC", "".join(kept))
    return "".join(_PLACE.get(c, f"~{c}") for c in base), tone
