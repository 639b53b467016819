"""Text typed in the old TCVN3 (ABC) fonts, read as Latin letters: `NguyÔn V¨n ¸i` is `Nguyễn Văn ái`."""

from __future__ import annotations

import re
import unicodedata

from .vni import from_vni, looks_like_vni

_CODES = (
    "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
_TABLE = str.maketrans(*_CODES)
# What these letters become nowhere in Unicode Vietnamese: one is enough to suspect the text.
_TELLTALE = frozenset(_CODES[0]) - frozenset("ÂÊÔâêôÀÁÃÈÉÌÍÒÓÕÙÚÝàáãèéìíòóõùúý")
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u036f]")
_VIETNAMESE = frozenset("ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")


def looks_like_tcvn3(text: str) -> bool:
    """Whether `text` holds letters that only TCVN3 puts into Vietnamese, and none that only Unicode has."""
    return not _UNICODE_ONLY.search(text) and any(char in _TELLTALE for char in text)


def from_tcvn3(text: str) -> str:
    """`text` in Unicode; capitals of the capital fonts (.VnTimeH) come out as small letters, as they were stored."""
    return text.translate(_TABLE)


def mended(text: str) -> str:
    """`text`, converted only where it looks like VNI or TCVN3, in normal form C."""
    if text.isascii():
        return text
    if _UNICODE_ONLY.search(text):
        return unicodedata.normalize("NFC", text)
    if looks_like_vni(text):
        return unicodedata.normalize("NFC", from_vni(text))
    return unicodedata.normalize("NFC", from_tcvn3(text) if looks_like_tcvn3(text) else text)


def share_of_vietnamese(text: str) -> float:
    """Of the letters and signs beyond ASCII, the share that Vietnamese uses; 1.0 where there are none."""
    beyond = [char for char in text.lower() if ord(char) > 127]
    return sum(char in _VIETNAMESE for char in beyond) / len(beyond) if beyond else 1.0
