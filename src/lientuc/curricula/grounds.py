"""A ground for training need: what one working room found, frozen, so that planning can take it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .enums import GroundKind

__all__ = ["Ground", "GroundKind"]


@dataclass(frozen=True)
class Ground:
    """One reason to train `persons` people of an organisation on a topic.

    `topic_code` is a `Topic.code` or empty where none is named; `origin` is the text of a `Ref` to the row it rests on;
    `deadline_on` is the last day on which the training still helps; `detail` holds plain values for the reader.
    """

    kind: GroundKind
    organisation_id: int
    topic_code: str
    persons: int
    deadline_on: date | None
    origin: str
    detail: Mapping[str, Any] = field(default_factory=dict)
