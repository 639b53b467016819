"""What a statement says, as plain values: hashed when it is handed out, shown again when somebody checks the code."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from lientuc.law.credits import Standing
from lientuc.places.scope import WhyUnscoped

from ..models import Statement
from .standings import Explained, Line


def content_of(explained: Explained) -> dict[str, Any]:
    """Person, standing and counted lines; hours are quarter hours, each with its unit, days ISO dates."""
    worker = explained.worker
    return {
        "name": worker.full_name,
        "born": worker.born_on.isoformat() if worker.born_on else str(worker.birth_year or ""),
        "title": str(worker.title),
        "unit_name": worker.keeper.name,
        "on": explained.standing.on.isoformat(),
        "standing": _standing(explained.standing),
        "beside": [{"why": str(one.why), **_standing(one.standing)} for one in explained.beside],
        "lines": [_line(line) for line in reversed(explained.counted)],
    }


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "regime": str(standing.regime),
        "unit": str(standing.unit),
        "window_start": standing.window_start.isoformat() if standing.window_start else "",
        "window_end": standing.window_end.isoformat() if standing.window_end else "",
        "required": standing.required.quarter_hours,
        "counted": standing.counted.quarter_hours,
        "secondary": standing.secondary.quarter_hours,
        "status": str(standing.status),
        "rule_set": standing.rule_set,
    }


def _line(line: Line) -> dict[str, Any]:
    entry = line.entry
    return {
        "entry": str(entry.public_id),
        "on": entry.activity_on.isoformat(),
        "form": entry.form,
        "role": entry.role,
        "title": entry.title,
        "issuer": entry.issuer,
        "number": entry.certificate_number,
        "quarters": line.decision.quarter_hours,
    }


def hash_of(content: dict[str, Any]) -> str:
    """SHA-256 of the content in one way of writing it."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def statement_with(code: str) -> Statement | None:
    """The statement of a code, for anybody who holds the paper."""
    rows = Statement.objects.unscoped(WhyUnscoped.PUBLIC).select_related("organisation")
    found: Statement | None = rows.filter(code=code).first()
    return found


def is_intact(statement: Statement) -> bool:
    """Whether the kept content still has the hash that was printed."""
    return hash_of(statement.content) == statement.content_hash
