"""Rows of a file read field by field, so that what is wrong is named with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .codec import Unreadable

_KINDS: Mapping[type, str] = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


class Row:
    """One object of a JSON file and where it stands, for example `offerings[12]`."""

    def __init__(self, data: Any, at: str) -> None:
        if not isinstance(data, dict):
            raise Unreadable(f"{at or 'the file'}: not an object")
        self.data, self.at = data, at

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self.data.get(name) is not None

    def text(self, name: str) -> str:
        """A text."""
        return str(self._typed(name, str))

    def whole(self, name: str) -> int:
        """A whole number."""
        return int(self._typed(name, int))

    def number(self, name: str) -> float:
        """A number."""
        return float(self._typed(name, float))

    def flag(self, name: str) -> bool:
        """True or false."""
        return bool(self._typed(name, bool))

    def or_none(self, name: str, kind: type) -> Any:
        """A value of the kind, or None where the field is null or absent."""
        return self._typed(name, kind) if self.has(name) else None

    def items(self, name: str, kind: type) -> tuple[Any, ...]:
        """A list of plain values."""
        return tuple(self._fits(each, kind, f"{name}[{place}]") for place, each in enumerate(self._list(name)))

    def rows(self, name: str) -> Iterator[Row]:
        """A list of objects."""
        for place, each in enumerate(self._list(name)):
            yield Row(each, self._at(f"{name}[{place}]"))

    def row(self, name: str) -> Row:
        """An object inside this one."""
        return Row(self._value(name), self._at(name))

    def wrong(self, name: str, why: str) -> Unreadable:
        """What to raise for a field whose value cannot be."""
        return Unreadable(f"{self._at(name)}: {why}")

    def _list(self, name: str) -> list[Any]:
        value = self._value(name)
        if not isinstance(value, list):
            raise self.wrong(name, "not a list")
        return value

    def _typed(self, name: str, kind: type) -> Any:
        return self._fits(self._value(name), kind, name)

    def _fits(self, value: Any, kind: type, name: str) -> Any:
        fits = type(value) in (int, float) if kind is float else type(value) is kind
        if not fits:
            raise self.wrong(name, f"{value!r} is not {_KINDS[kind]}")
        return value

    def _value(self, name: str) -> Any:
        if name not in self.data:
            raise self.wrong(name, "missing")
        return self.data[name]

    def _at(self, name: str) -> str:
        return f"{self.at}.{name}" if self.at else name
