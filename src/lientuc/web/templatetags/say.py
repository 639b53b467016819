"""Template words: two languages of a text, labels of codes, printed numbers and dates."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lientuc.core import formats
from lientuc.core.errors import Problem
from lientuc.core.hours import hours as hours_of
from lientuc.web.say import current_language, label, say_now, sentence

register = template.Library()


@register.simple_tag
def say(vi: str, en: str, **values: Any) -> str:
    """`{% say "Tiếng Việt {n}" "English {n}" n=3 %}`: the text in the active language."""
    text = say_now(vi, en)
    return text.format(**values) if values else text


@register.filter(name="label")
def label_filter(code: str, enum: str) -> str:
    """`{{ post.kind|label:"registry.PostKind" }}`."""
    return label(enum, code)


@register.filter(name="sentence")
def sentence_filter(problem: Problem) -> str:
    """The sentence of a problem."""
    return sentence(problem)


@register.filter
def day(value: date | datetime | None) -> str:
    """dd/mm/yyyy."""
    return formats.day(value, language=current_language())


@register.filter
def instant(value: datetime | None) -> str:
    """Hour, minute and day."""
    return formats.instant(value, language=current_language())


@register.filter
def amount(value: int | Decimal | None, places: int = 0) -> str:
    """A number with the language's separators; `–` for None."""
    return "–" if value is None else formats.number(value, places=places, language=current_language())


@register.filter
def shortest(value: int | Decimal | None) -> str:
    """A number with only the decimals it has."""
    return "–" if value is None else formats.shortest(value, language=current_language())


@register.filter
def vnd(value: int | None) -> str:
    """An amount of đồng."""
    return "–" if value is None else formats.vnd(value, language=current_language())


@register.filter
def quarter_hours(value: int | None) -> str:
    """Hours of a stored count of quarter hours."""
    return "–" if value is None else formats.shortest(hours_of(value), language=current_language())


@register.simple_tag
def percent(count: int, of: int) -> str:
    """`count` of `of` as a percentage."""
    return formats.percent(count, of, language=current_language())


@register.simple_tag
def idempotency_key() -> SafeString:
    """A hidden one-time key: a form sent twice writes once."""
    return format_html('<input type="hidden" name="key" value="{}">', uuid4())
