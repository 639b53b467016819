"""Reads of sheets and their typings."""

from __future__ import annotations

from lientuc.places.scope import WhyUnscoped

from ..flow import Place
from .models import PaperSheet, PaperTyping


def typings(sheet: PaperSheet) -> list[PaperTyping]:
    """The typings of a sheet, first and second."""
    return list(PaperTyping.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(sheet=sheet).order_by("turn"))


def answers_in(typing: PaperTyping) -> dict[Place, str]:
    """What was typed, by place."""
    return {(name, index): value for name, index, value in typing.answers}
