"""The dated parameters of the law: YAML beside this file, read once, frozen."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from .loading import read_factors, read_values
from .store import Parameters
from .values import Factor, Raw, Value

FOLDER = Path(__file__).parent


@cache
def shipped() -> Parameters:
    """Every parameter as shipped; the same frozen object each time."""
    return Parameters.of(read_values(FOLDER), read_factors(FOLDER))


def parameter(name: str, on: date) -> Value:
    """The value of `name` in force on `on`; raises `NotInForce` where there is none, KeyError for a name not known."""
    return shipped().value(name, on)


__all__ = ["Factor", "Parameters", "Raw", "Value", "parameter", "shipped"]
