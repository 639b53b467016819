"""Charts as PNG for papers that take pictures only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .typesetting import pictures


@dataclass(frozen=True)
class ShareBar:
    """One bar: its label, its length as a share of the longest possible (0–1), the text at its end."""

    label: str
    share: float
    text: str


def bars_png(title: str, bars: Sequence[ShareBar], *, on: date, language: str = "vi") -> bytes:
    """Horizontal bars as one picture; the same bars give the same bytes."""
    data = {
        "title": title,
        "language": language,
        "bars": [{"label": bar.label, "share": min(max(bar.share, 0.0), 1.0), "text": bar.text} for bar in bars],
    }
    (picture,) = pictures("bars", data, on=on)
    return picture
