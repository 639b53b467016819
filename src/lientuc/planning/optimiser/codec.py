"""Problems and plans as JSON, and the digest by which a stored plan names its problem."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from .model import Plan, PlanningProblem

T = TypeVar("T")


class Unreadable(ValueError):
    """JSON that is not the value asked for; the text says where."""


def to_json(value: Any) -> str:
    """One text for one value: keys sorted, no spaces."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def from_json(kind: type[T], text: str) -> T:
    """Read a `kind` written by `to_json`; raises Unreadable for anything else, unknown fields included."""
    try:
        data = json.loads(text)
    except ValueError as wrong:
        raise Unreadable(str(wrong)) from wrong
    return typing.cast(T, read(kind, data))


def digest(problem: PlanningProblem) -> str:
    """SHA-256 of a problem."""
    return hashlib.sha256(to_json(problem).encode()).hexdigest()


def plan_bytes(plan: Plan) -> bytes:
    """A plan without the seconds it took: equal for the same problem on the same versions."""
    return to_json(dataclasses.replace(plan, seconds=0.0)).encode()


def read(kind: Any, data: Any, at: str = "") -> Any:
    """`data` as `kind`; `at` is the path named in the error."""
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind, data, at)
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        _refuse_unless(isinstance(data, list), kind, at)
        return tuple(read(inside[0], item, f"{at}[{place}]") for place, item in enumerate(data))
    if origin is Mapping:
        _refuse_unless(isinstance(data, dict), kind, at)
        return {key: read(inside[1], item, f"{at}.{key}") for key, item in data.items()}
    if origin in (types.UnionType, typing.Union):
        return _one_of(inside, data, at)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        _refuse_unless(data in list(kind), kind, at)
        return kind(data)
    return _scalar(kind, data, at)


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is str or kind is int or kind is float or value is None or kind is bool:
        return value
    if dataclasses.is_dataclass(kind):
        return {name: _plain(getattr(value, name)) for name in _names(kind)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return value


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in dataclasses.fields(kind))


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return typing.get_type_hints(kind)


def _dataclass(kind: Any, data: Any, at: str) -> Any:
    hints = _hints(kind)
    _refuse_unless(isinstance(data, dict) and set(data) <= set(hints), kind, at)
    try:
        return kind(**{name: read(hints[name], item, f"{at}.{name}") for name, item in data.items()})
    except TypeError as wrong:
        raise Unreadable(f"{at or 'value'}: {wrong}") from wrong


def _one_of(kinds: tuple[Any, ...], data: Any, at: str) -> Any:
    for kind in kinds:
        try:
            return read(kind, data, at)
        except Unreadable:
            continue
    raise Unreadable(f"{at or 'value'} is none of {kinds}")


def _scalar(kind: Any, data: Any, at: str) -> Any:
    if kind is float and type(data) is int:
        return float(data)
    _refuse_unless(type(data) is kind or (kind is type(None) and data is None), kind, at)
    return data


def _refuse_unless(fits: bool, kind: Any, at: str) -> None:
    if not fits:
        raise Unreadable(f"{at or 'value'} is not {getattr(kind, '__name__', kind)}")
