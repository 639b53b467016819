"""What a room adds to the side bar: `menu.py` in the room holds `MENU`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class MenuItem:
    """One line of the side bar, shown to people holding `permission`."""

    label: Any
    url_name: str
    permission: str
    icon: str
    order: int
