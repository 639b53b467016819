"""A write is an action: one transaction, its audit row inside, its idempotency key beside it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from lientuc.core.clock import now, today
from lientuc.core.errors import Problem, Refused
from lientuc.core.ids import Ref

from .following import tell
from .models import AuditEntry, DoneOnce

P = ParamSpec("P")
R = TypeVar("R")

# Values of these names never enter the audit trail in clear: the last three characters are enough to recognise.
PERSONAL = frozenset({"national_number", "old_number", "phone", "email", "password", "born_on"})
request_id: ContextVar[str] = ContextVar("lientuc_request", default="")


class Actor(Protocol):
    """Whoever acts: a user of the system, or the system itself."""

    public_id: UUID
    full_name: str


def action(code: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a keyword-only function with `by=` one transaction with its audit row.

    The row a function returns is the audit row's subject. With a non-empty `key=` argument the same call
    made again returns the first call's row and writes nothing; the same key with other content is `Refused`.
    """

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def acted(*args: P.args, **kwargs: P.kwargs) -> R:
            by: Any = kwargs["by"]
            values = {name: plain(value, name) for name, value in kwargs.items() if name not in {"by", "key"}}
            key = str(kwargs.get("key") or "")
            with transaction.atomic():
                if key:
                    _one_at_a_time(by, key)
                    earlier = _earlier(code, by, key, values)
                    if earlier is not None:
                        return earlier  # type: ignore[no-any-return]
                result = function(*args, **kwargs)
                write_audit(action=code, by=by, subject=_subject(result), values=values, organisation=_owner(result))
                if key:
                    DoneOnce.objects.create(
                        actor=str(by.public_id),
                        key=key,
                        action=code,
                        request_hash=_hash(code, values),
                        subject=_subject(result),
                        done_on=today(),
                    )
                tell(code, result, kwargs)
                return result

        acted.action_code = code  # type: ignore[attr-defined]
        return acted

    return wrap


def _one_at_a_time(by: Any, key: str) -> None:
    """Let equal requests pass one after the other; SQLite's IMMEDIATE transactions already do."""
    connection = transaction.get_connection()
    if connection.vendor == "postgresql":
        digest = hashlib.sha256(f"{by.public_id}/{key}".encode()).digest()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest[:8], "big", signed=True)])


def write_audit(
    *, action: str, by: Any, subject: str, values: dict[str, Any], organisation: str = "", reason: str = ""
) -> AuditEntry:
    """Insert one audit row, unchained; must run inside the action's transaction."""
    entry = AuditEntry(
        at=now(),
        actor=str(by.public_id),
        actor_name=by.full_name,
        action=action,
        subject=subject,
        organisation=organisation,
        values=values,
        reason=reason or str(values.get("reason") or ""),
        request=request_id.get(),
    )
    entry.mac = authentication_code(entry)
    entry.save(force_insert=True)
    return entry


def content_of(entry: AuditEntry) -> bytes:
    """The bytes of an audit row that its code and the chain protect."""
    parts = {
        "public_id": str(entry.public_id),
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "actor_name": entry.actor_name,
        "action": entry.action,
        "subject": entry.subject,
        "organisation": entry.organisation,
        "values": entry.values,
        "reason": entry.reason,
        "request": entry.request,
    }
    return json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def authentication_code(entry: AuditEntry) -> str:
    """HMAC of the row under the audit key: a row written past the application has none."""
    return hmac.new(settings.AUDIT_KEY.encode(), content_of(entry), hashlib.sha256).hexdigest()


def plain(value: Any, name: str = "") -> Any:
    """`value` as JSON: drafts and rows by their fields, personal values masked, long lists counted."""
    if name in PERSONAL and value:
        return "***" + str(value)[-3:]
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, models.Model):
        return _subject(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name), field.name) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item, str(key)) for key, item in value.items()}
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | float | UUID | Ref):
        return str(value)
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest(), "size": len(value)}
    if isinstance(value, Iterable):
        return _plain_list(list(value))
    return str(value)


def _plain_list(items: list[Any]) -> Any:
    if len(items) <= 100:
        return [plain(item) for item in items]
    digest = hashlib.sha256(json.dumps([plain(item) for item in items], sort_keys=True).encode()).hexdigest()
    return {"count": len(items), "sha256": digest}


def _subject(result: Any) -> str:
    if isinstance(result, models.Model) and hasattr(result, "public_id"):
        return f"{result._meta.label_lower}:{result.public_id}"
    if isinstance(result, Ref):
        return str(result)
    return ""


def _owner(result: Any) -> str:
    organisation = getattr(result, "organisation", None)
    return str(getattr(organisation, "public_id", ""))


def _hash(code: str, values: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps([code, values], sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _earlier(code: str, by: Any, key: str, values: dict[str, Any]) -> Any:
    done = DoneOnce.objects.filter(actor=str(by.public_id), key=key).first()
    if done is None:
        return None
    if done.request_hash != _hash(code, values):
        raise Refused(Problem("trail.key_reused"))
    if not done.subject:
        return done
    kind, _, public_id = done.subject.partition(":")
    return apps.get_model(kind)._base_manager.get(public_id=public_id)
