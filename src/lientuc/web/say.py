"""The two languages of a text: Vietnamese and English side by side where the text is used (ADR 0008)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext

from lientuc.core import formats
from lientuc.core.errors import Problem
from lientuc.core.phrases import Phrase


def current_language() -> str:
    """`vi` or the active language's two letters."""
    return (get_language() or "vi")[:2]


def say_now(vi: str, en: str) -> str:
    """The text in the active language; a third language looks the English up in gettext."""
    active = current_language()
    if active == "vi":
        return vi
    return en if active == "en" else gettext(en)


_say_later = lazy(say_now, str)


def say(vi: str, en: str) -> Any:
    """The text in whatever language is active when it is shown (for labels of forms and menus)."""
    return _say_later(vi, en)


def phrase(text: Phrase, /, **values: Any) -> str:
    """A `Phrase` in the active language with its places filled."""
    return say_now(text.vi, text.en).format(**values)


@cache
def _phrase_modules() -> tuple[Any, ...]:
    rooms = [config.name for config in apps.get_app_configs() if config.name.startswith("lientuc.")]
    names = [f"{room}.phrases" for room in [*rooms, "lientuc.documents", "lientuc.accounts"]]
    return tuple(import_module(name) for name in dict.fromkeys(names) if find_spec(name))


@cache
def sentences() -> Mapping[str, Phrase]:
    """Every problem's sentence by code, from the rooms' `phrases.SENTENCES`."""
    return {code: text for module in _phrase_modules() for code, text in getattr(module, "SENTENCES", {}).items()}


@cache
def labels() -> Mapping[str, Mapping[str, Phrase]]:
    """Every enum's labels by `<room>.<Enum>` and code, from the rooms' `phrases.LABELS`."""
    found: dict[str, Mapping[str, Phrase]] = {}
    for module in _phrase_modules():
        room = module.__name__.split(".")[1]
        for enum, texts in getattr(module, "LABELS", {}).items():
            found[f"{room}.{enum.__name__}"] = {str(code): text for code, text in texts.items()}
    return found


def sentence(problem: Problem) -> str:
    """The sentence of `problem` in the active language: what is wrong and what to do."""
    return phrase(sentences()[problem.code], **{name: _printed(value) for name, value in problem.values.items()})


def _printed(value: Any) -> Any:
    """Days in a sentence are printed as everywhere else."""
    return formats.day(value, language=current_language()) if isinstance(value, date) else value


def label(enum: str, code: str) -> str:
    """The label of `code` in `<room>.<Enum>`; empty for an empty code."""
    return phrase(labels()[enum][str(code)]) if code else ""


def choices(room: str, enum: type[StrEnum]) -> list[tuple[str, Any]]:
    """`(code, label)` pairs of an enum for a form field, labels following the active language."""
    texts = labels()[f"{room}.{enum.__name__}"]
    return [(str(code), say(texts[str(code)].vi, texts[str(code)].en)) for code in enum]


def language(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the active language as `language`."""
    return {"language": current_language()}
