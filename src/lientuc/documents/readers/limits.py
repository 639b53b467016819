"""How large an uploaded workbook may be before, while and after it is opened."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Bytes, counts and seconds; the defaults let through a province's largest honest file and stop a bomb.

    `ratio` is unpacked to packed bytes, and counts only from `ratio_from` unpacked bytes on: small files of blanks pack
    better than any bomb needs to. `memory` is address space of the parsing process, `answer` what it may write back.
    """

    file: int = 10 * MB
    unpacked: int = 100 * MB
    members: int = 2_000
    ratio: int = 100
    ratio_from: int = MB
    rows: int = 200_000
    columns: int = 200
    memory: int = 1_500 * MB
    cpu_seconds: int = 60
    wall_seconds: int = 120
    answer: int = 300 * MB


LIMITS = Limits()
