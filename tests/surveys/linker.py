"""Somebody with the database's dump, its write-ahead log, the access log, orders and times, who wants to know who wrote what.

People are known by the address their invitation was opened from; the same address casts the ballot, so the place of
each person in the order of casting is known for certain. What is looked for is the way from there to the answers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

TOKEN = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|[0-9a-f]{16,}|[A-Za-z0-9_-]{20,}")
UUIDS = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
PSEUDONYM = re.compile(rb"\b[0-9a-f]{32}\b")
Guess = Mapping[str, str]
"""Address → remark."""


@dataclass(frozen=True)
class Seen:
    """One line of an access log."""

    at: datetime
    address: str
    method: str
    path: str
    size: int


@dataclass
class Evidence:
    """Everything the linker holds; `invited` is the register of who was sent which link (by address)."""

    log: list[Seen] = field(default_factory=list)
    tables: dict[str, list[bytes]] = field(default_factory=dict)
    wal: bytes = b""
    remarks: list[str] = field(default_factory=list)
    times: dict[str, datetime] = field(default_factory=dict)
    invited: dict[str, str] = field(default_factory=dict)

    @property
    def casters(self) -> list[str]:
        """Addresses in the order in which they cast."""
        return [line.address for line in sorted(self.log, key=lambda line: line.at) if line.path.endswith("/bo/")]

    def holding(self, needle: str) -> list[bytes]:
        """Rows of any table in which a text stands."""
        return [row for rows in self.tables.values() for row in rows if needle.encode() in row]


def dumped() -> dict[str, list[bytes]]:
    """Every table as texts in the physical order of its rows."""
    with connection.cursor() as cursor:
        names = [
            name for name in connection.introspection.table_names(cursor) if name.split("_")[0] in {"surveys", "trail"}
        ]
        found = {}
        for name in names:
            cursor.execute(f'SELECT t::text FROM "{name}" AS t ORDER BY ctid')
            found[name] = [row.encode() for (row,) in cursor.fetchall()]
    return found


def wal_position() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()")
        return str(cursor.fetchone()[0])


def wal_since(start: str) -> bytes:
    """The server's write-ahead log from a position on, as the bytes of its files."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_walfile_name(%s), pg_walfile_name(pg_current_wal_insert_lsn()), (pg_walfile_name_offset(%s)).file_offset",
            [start, start],
        )
        first, last, offset = cursor.fetchone()
        cursor.execute(
            "SELECT pg_read_binary_file('pg_wal/' || name) FROM pg_ls_waldir() WHERE name BETWEEN %s AND %s ORDER BY name",
            [first, last],
        )
        return b"".join(bytes(content) for (content,) in cursor.fetchall())[offset:]


def in_order(people: Sequence[str], remarks: Sequence[str]) -> Guess:
    return dict(zip(people, remarks, strict=False))


def remarks_by(evidence: Evidence, place: Callable[[str], float]) -> list[str]:
    return sorted(evidence.remarks, key=place)


def by_wal_text(evidence: Evidence) -> Guess:
    """Who cast first wrote the answer that stands first in the log, by its text or by the key of its row."""
    found = {remark: _first(evidence, remark, _answer_of(evidence, remark)) for remark in evidence.remarks}
    return in_order(evidence.casters, remarks_by(evidence, lambda remark: found[remark]))


def by_wal_responses(evidence: Evidence) -> Guess:
    """The same by the rows of responses."""
    found = {remark: _first(evidence, "", response_of(evidence, remark)) for remark in evidence.remarks}
    return in_order(evidence.casters, remarks_by(evidence, lambda remark: found[remark]))


def _first(evidence: Evidence, text: str, row: bytes) -> int:
    """Where a row stands first in the log: a text may be cut by a page's head, so its keys are looked for as well."""
    keys = [UUID(key.decode()).bytes for key in UUIDS.findall(row)] + PSEUDONYM.findall(row)
    needles = [text.encode()] * bool(text) + keys
    places = [evidence.wal.find(needle) for needle in needles]
    return min((place for place in places if place >= 0), default=len(evidence.wal))


def _answer_of(evidence: Evidence, remark: str) -> bytes:
    return next(row for row in evidence.tables["surveys_answer"] if remark.encode() in row)


def response_of(evidence: Evidence, remark: str) -> bytes:
    """The row of the response a remark belongs to."""
    keys = TOKEN.findall(_answer_of(evidence, remark))
    return next(row for row in evidence.tables["surveys_response"] if any(key in row for key in keys))


def by_dump_answers(evidence: Evidence) -> Guess:
    """Rows stand in a table in the order of writing."""
    rows = b"\n".join(evidence.tables["surveys_answer"])
    return in_order(evidence.casters, remarks_by(evidence, lambda remark: rows.find(remark.encode())))


def by_dump_responses(evidence: Evidence) -> Guess:
    rows = b"\n".join(evidence.tables["surveys_response"])
    return in_order(evidence.casters, remarks_by(evidence, lambda remark: rows.find(response_of(evidence, remark))))


def by_last_batch_first(evidence: Evidence) -> Guess:
    """Whoever cast last may have left the box first."""
    rows = b"\n".join(evidence.tables["surveys_answer"])
    return in_order(evidence.casters[::-1], remarks_by(evidence, lambda remark: rows.find(remark.encode())))


def by_tokens(evidence: Evidence) -> Guess:
    """Keys, hashes and pseudonyms that stand both near a person and near an answer, followed through every table."""
    near_person = {address: _tokens(evidence, link) for address, link in evidence.invited.items()}
    near_remark = {remark: _tokens(evidence, remark) for remark in evidence.remarks}
    common = Counter(token for tokens in (*near_person.values(),) for token in tokens)
    guess = {}
    for address, tokens in near_person.items():
        own = {token for token in tokens if common[token] == 1}
        fits = [remark for remark, others in near_remark.items() if own & others]
        if len(fits) == 1:
            guess[address] = fits[0]
    return guess


def _tokens(evidence: Evidence, start: str) -> set[bytes]:
    """Tokens of the rows that hold a text, and of the rows that hold those."""
    found = {token for row in evidence.holding(start) for token in TOKEN.findall(row)}
    return found | {token for key in found for row in _few(evidence, key) for token in TOKEN.findall(row)}


def _few(evidence: Evidence, key: bytes) -> list[bytes]:
    """Rows with a key that few rows hold: a wave's or an item's says nothing of a person."""
    rows = evidence.holding(key.decode())
    return rows if len(rows) <= 12 else []


def by_times(evidence: Evidence) -> Guess:
    """The answer stamped right after a person's last request is that person's."""
    last = {line.address: line.at for line in evidence.log}
    guess = {}
    for address, at in last.items():
        after = [(stamp - at, remark) for remark, stamp in evidence.times.items() if stamp >= at]
        if after:
            guess[address] = min(after)[1]
    return guess


LINKERS: tuple[Callable[[Evidence], Guess], ...] = (
    by_wal_text,
    by_wal_responses,
    by_dump_answers,
    by_dump_responses,
    by_last_batch_first,
    by_tokens,
    by_times,
)


def hits(guess: Guess, truth: Mapping[str, str]) -> int:
    """How many people were given their own answer."""
    return sum(guess.get(address) == remark for address, remark in truth.items())
