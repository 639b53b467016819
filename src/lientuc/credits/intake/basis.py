"""What a list was judged on, as one short value: while it is the same, judging the list again would say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from uuid import UUID

from ..rules import RecordFacts

_BYTES = 16


def basis_of(named: Mapping[str, UUID], facts: Iterable[tuple[UUID, RecordFacts]]) -> str:
    """The persons that texts name and what register and ledger hold of each; the order does not matter."""
    weights = [_weight(text, person) for text, person in named.items()]
    weights += [_weight_of(person, known) for person, known in facts]
    return f"{sum(weights) % (1 << 8 * _BYTES):x}"


def _weight_of(person: UUID, known: RecordFacts) -> int:
    about = (known.on, str(known.regime), known.worker_name, known.born_on, known.birth_year)
    return _weight(person, *about, sorted(known.certificates), sorted(known.activities))


def _weight(*values: object) -> int:
    return int.from_bytes(blake2b(repr(values).encode(), digest_size=_BYTES).digest())
