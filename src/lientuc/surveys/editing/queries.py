"""Reads of drafts: their lists of answers, also those no question asks with yet."""

from __future__ import annotations

from django.db.models import Prefetch

from ..models import Choice, ChoiceList, InstrumentVersion
from ..specs import ChoiceSpec

Lists = dict[str, tuple[ChoiceSpec, ...]]


def lists_in(version: InstrumentVersion) -> Lists:
    """Every list of a version by name."""
    choices = Prefetch("choices", queryset=Choice.objects.order_by("position"))
    rows = ChoiceList.objects.filter(version=version).prefetch_related(choices).order_by("name")
    return {
        row.name: tuple(ChoiceSpec(c.value, c.label_vi, c.label_en, c.paper_code) for c in row.choices.all())
        for row in rows
    }
