"""Notices of one person: the sentence is made when shown."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from lientuc.core.clock import today
from lientuc.trail.models import Notice
from lientuc.web.say import label, phrase, sentences


def notices_of(user: Any) -> QuerySet[Notice]:
    """A person's own notices."""
    return Notice.objects.filter(recipient=str(user.public_id))


def sentence_of(notice: Notice) -> str:
    """The notice in the active language; a code without words is shown as it is."""
    words = sentences().get(notice.code)
    values = dict(notice.values)
    if "unit" in values:
        values["unit"] = label("credits.Unit", values["unit"])
    return phrase(words, **values) if words else notice.code


def mark_read(user: Any) -> int:
    """All of a person's notices are read today; how many were not. Nothing legal follows from it, so no action."""
    return notices_of(user).filter(read_on__isnull=True).update(read_on=today())
