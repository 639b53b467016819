"""From YAML to frozen values; whatever is missing in a file is refused here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..certainty import Certainty
from ..reading import read_yaml
from .values import Factor, Raw, Value

TEXTS = "texts.yaml"
FACTORS = "factors"
_VALUE_KEYS = {"value", "unit", "valid_from", "article", "source", "certainty", "checked_on", "rule_id"}
_FACTOR_KEYS = {"form", "role", "value", "valid_from", "article", "source", "certainty", "checked_on", "rule_id"}
_FACTOR_MAY = {"level", "unit", "cap_per_event", "valid_to", "set", "note"}


def read_values(folder: Path) -> tuple[Value, ...]:
    """Every value of every file but the catalogue of texts and the factors; ValueError names what is missing."""
    return tuple(_value(name, row) for path in _files(folder) for name, rows in read_yaml(path).items() for row in rows)


def read_factors(folder: Path) -> tuple[Factor, ...]:
    """Every row of the conversion tables; the file's name is its regime."""
    return tuple(
        _factor(path.stem, row) for path in sorted((folder / FACTORS).glob("*.yaml")) for row in read_yaml(path)
    )


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.yaml")):
        if path.name != TEXTS and path.parent.name != FACTORS:
            yield path


def _value(name: str, row: Mapping[str, Any]) -> Value:
    _refuse_keys(name, row, must=_VALUE_KEYS, may={"valid_to", "note"})
    value = _raw(row["value"])
    certainty = Certainty(row["certainty"])
    if (value is None) != (certainty is Certainty.UNKNOWN):
        raise ValueError(f"{name}: exactly the UNKNOWN values are empty")
    return Value(
        name=name,
        value=value,
        unit=row["unit"],
        article=row["article"],
        source=row["source"],
        certainty=certainty,
        valid_from=_day(name, row["valid_from"]),
        valid_to=_day(name, row["valid_to"]) if row.get("valid_to") else None,
        checked_on=_day(name, row["checked_on"]),
        rule_id=row["rule_id"],
        note=row.get("note", ""),
    )


def _factor(regime: str, row: Mapping[str, Any]) -> Factor:
    name = f"factor {row.get('rule_id')}"
    _refuse_keys(name, row, must=_FACTOR_KEYS, may=_FACTOR_MAY)
    certainty = Certainty(row["certainty"])
    if (row["value"] is None) != (certainty is Certainty.UNKNOWN):
        raise ValueError(f"{name}: exactly the UNKNOWN rows are empty")
    return Factor(
        rule_id=row["rule_id"],
        regime=regime,
        form=row["form"],
        roles=tuple(row["role"]),
        levels=tuple(row.get("level", ())),
        unit=row.get("unit", ""),
        value=_hours(row["value"]),
        cap_hours=_hours(row.get("cap_per_event")),
        valid_from=_day(name, row["valid_from"]),
        valid_to=_day(name, row["valid_to"]) if row.get("valid_to") else None,
        article=row["article"],
        source=row["source"],
        certainty=certainty,
        sets=tuple(row.get("set", ())),
        checked_on=_day(name, row["checked_on"]),
        note=row.get("note", ""),
    )


def _refuse_keys(name: str, row: Mapping[str, Any], *, must: set[str], may: set[str]) -> None:
    empty = {key for key in must - {"value"} if row.get(key) in ("", None)}
    missing = sorted(empty | (must - row.keys()))
    strange = sorted(row.keys() - must - may)
    if missing or strange:
        raise ValueError(f"{name}: missing {missing}, not known {strange}")


def _raw(value: Any) -> Raw:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str | list | None):
        raise ValueError(f"{value!r} is no legal value")
    return tuple(value) if isinstance(value, list) else value


def _hours(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _day(name: str, value: Any) -> date:
    if not isinstance(value, date):
        raise ValueError(f"{name}: {value!r} is not a date")
    return value
