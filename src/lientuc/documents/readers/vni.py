"""Text typed in the old VNI fonts, read as Latin letters: `Nguyeãn Vaên AÙi` is `Nguyễn Văn Ái`.

VNI writes a letter and its mark as two letters of the western alphabet; only ơ, ư, đ and the letters with i have signs of
their own.
"""

from __future__ import annotations

import re
import unicodedata

# The sign after a letter: the tone alone, on the circumflex (â ê ô), on the breve (ă).
_FIRST_LETTER = re.compile(r"[A-ZÖÔÑ](?=[^\W\d_A-ZÀ-Þ])")
_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_ON_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_ON_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_ALONE = {"ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư"}
_BASES = {"ô": "ơ", "ö": "ư"}


def _pairs() -> dict[str, str]:
    found: dict[str, str] = {}
    for letter in "aeouyôö":
        base = _BASES.get(letter, letter)
        for sign, tone in _TONES.items():
            found[letter + sign] = base + tone
    for letter in "aeo":
        for sign, tone in _ON_CIRCUMFLEX.items():
            found[letter + sign] = letter + "\u0302" + tone
    for sign, tone in _ON_BREVE.items():
        found["a" + sign] = "a\u0306" + tone
    return {old: unicodedata.normalize("NFC", new) for old, new in found.items()}


_LOWER = _pairs() | _ALONE
_TABLE = (
    _LOWER
    | {old.upper(): new.upper() for old, new in _LOWER.items()}
    | {old[0].upper() + old[1]: new.upper() for old, new in _LOWER.items() if len(old) == 2}
    | {old[0] + old[1].upper(): new for old, new in _LOWER.items() if len(old) == 2}
)
_OLD = re.compile("|".join(sorted(map(re.escape, _TABLE), key=len, reverse=True)))
# `oà` is VNI for ồ and Unicode in `hoà`; the other pairs Vietnamese in Unicode never has.
_EITHER = frozenset({"oá", "oà", "oã"})
_PAIRS = frozenset(old for old in _LOWER if len(old) == 2) - _EITHER | {"ñ", "æ"}
_ONE_CASE = re.compile("|".join(sorted((re.escape(old) for old in _PAIRS), key=len, reverse=True)))
_OWN_SIGNS = re.compile("[\x00-\x7f" + "".join(sorted(set("".join(_TABLE)) - set(map(chr, range(128))))) + "ýÝ]*")


def looks_like_vni(text: str) -> bool:
    """Whether `text` has pairs of letters that only VNI makes, and no sign that VNI does not use."""
    if text.isascii() or not _OWN_SIGNS.fullmatch(text):
        return False
    # Capitals make pairs in texts of capitals only: `YÕn` is another old font's Yến.
    return bool(_ONE_CASE.search(text.lower() if text.isupper() else _first_letters_small(text)))


def _first_letters_small(text: str) -> str:
    return _FIRST_LETTER.sub(lambda found: found[0].lower(), text)


def from_vni(text: str) -> str:
    """`text` in Unicode."""
    return _OLD.sub(lambda found: _TABLE[found[0]], text)
