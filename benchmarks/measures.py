"""Explaining one person: what an explained standing costs in `law`, without a database."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from statistics import median

from lientuc.law.credits import EntryFacts, LicenceKind, RuleSet, Title, WorkerFacts, standing

ON = date(2026, 11, 22)
LIMIT_MS = 1.0


def law_per_fifty_entries() -> float:
    """Milliseconds for the explained standing of one worker with 50 entries."""
    worker = WorkerFacts(Title.NURSE, LicenceKind.GPHN, True, date(2024, 2, 1), date(2029, 2, 1))
    entries = [
        EntryFacts(str(n), date(2026, 1, 1 + n % 28), "short_course", "learner", units=Decimal(2)) for n in range(50)
    ]
    rules = RuleSet.default()
    times = []
    for _ in range(300):
        start = time.perf_counter()
        standing(worker, entries, (), ON, rules)
        times.append(time.perf_counter() - start)
    return median(times) * 1000


def main() -> None:
    """Print it, and fail above the limit."""
    spent = law_per_fifty_entries()
    print(f"law: explained standing of one worker, 50 entries: median {spent:.2f} ms (limit {LIMIT_MS:g} ms)")
    if spent > LIMIT_MS:
        raise SystemExit("an explained standing takes longer than it may")


if __name__ == "__main__":
    main()
