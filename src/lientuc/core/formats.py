"""How a number, a date, an amount is printed, on screen and on every paper alike."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from .clock import HANOI


def number(value: int | Decimal | float, *, places: int = 0, language: str = "vi") -> str:
    """1234.5 → `1.234,5` (vi) or `1,234.5` (en), rounded half up to `places`."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    english = f"{rounded:,.{places}f}"
    return english if language == "en" else english.translate(str.maketrans(",.", ".,"))


def shortest(value: int | Decimal, *, language: str = "vi") -> str:
    """A number with only the decimals it has: 12, `12,5`, `12,25`."""
    normal = Decimal(value).normalize()
    places = max(0, -int(normal.as_tuple().exponent))
    return number(normal, places=places, language=language)


def percent(count: int, of: int, *, places: int = 1, language: str = "vi") -> str:
    """`count` of `of` as a percentage rounded half up from the integers; `–` where `of` is 0."""
    if not of:
        return "–"
    return number(Decimal(count) * 100 / Decimal(of), places=places, language=language) + "%"


def day(value: date | datetime | None, *, language: str = "vi") -> str:
    """dd/mm/yyyy (vi) or 3 Apr 2026 (en), in Hà Nội; empty for None."""
    if value is None:
        return ""
    local = value.astimezone(HANOI).date() if isinstance(value, datetime) else value
    return f"{local:%d/%m/%Y}" if language == "vi" else f"{local.day} {local:%b %Y}"


def instant(value: datetime | None, *, language: str = "vi") -> str:
    """Hour, minute and day in Hà Nội."""
    if value is None:
        return ""
    return f"{value.astimezone(HANOI):%H:%M} {day(value, language=language)}"


def vnd(amount: int, *, language: str = "vi") -> str:
    """A whole amount of đồng: `1.250.000 đ`."""
    return f"{number(amount, language=language)} đ"


_DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
_GROUPS = ("", " nghìn", " triệu", " tỷ")


def vnd_in_words(amount: int) -> str:
    """`1250000` → `Một triệu hai trăm năm mươi nghìn đồng`, as decisions print it."""
    if amount < 0:
        return "Âm " + vnd_in_words(-amount).lower()
    text = _words(amount) if amount else "không"
    return f"{text[0].upper()}{text[1:]} đồng"


def _words(amount: int) -> str:
    if amount >= 10**9:
        head, rest = divmod(amount, 10**9)
        return _words(head) + " tỷ" + (" " + _below_billion(rest, full=True) if rest else "")
    return _below_billion(amount, full=False)


def _below_billion(amount: int, *, full: bool) -> str:
    groups = [(amount // 1000**power % 1000, power) for power in (2, 1, 0)]
    said: list[str] = []
    for value, power in groups:
        if value:
            said.append(_three_digits(value, full=full or bool(said)) + _GROUPS[power])
    return " ".join(said)


def _three_digits(value: int, *, full: bool) -> str:
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    said = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens > 1:
        said.append(f"{_DIGITS[tens]} mươi")
    elif tens == 1:
        said.append("mười")
    elif ones and said:
        said.append("linh")
    if ones:
        said.append(_one_after(tens, ones))
    return " ".join(said)


def _one_after(tens: int, ones: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 5 and tens > 0:
        return "lăm"
    return _DIGITS[ones]
