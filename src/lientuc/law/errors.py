"""What the law floor refuses to answer."""

from __future__ import annotations

from datetime import date


class NotInForce(LookupError):
    """No text known to the house gives `name` a value on the day `on`; never read it as zero."""

    def __init__(self, name: str, on: date) -> None:
        self.name = name
        self.on = on
        super().__init__(f"{name} has no text in force on {on.isoformat()}")


class ValueNotKnown(LookupError):
    """A text is in force, but its value was not readable (certainty UNKNOWN)."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"the value of {name} is not known")
