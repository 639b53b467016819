"""`lientuc audit-tables TABLES.csv --out FINDINGS.csv`: audit printed tables and claims; needs no database."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lientuc.analytics.auditing import Class, audit
from lientuc.core.errors import Refused
from lientuc.evaluation.audit_files import read_report, write_findings
from lientuc.web.say import sentence


class Command(BaseCommand):
    help = "Recompute printed tables and match claims to their cells; one line per finding (docs/table-audit.md)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Four files in, one out."""
        parser.add_argument("tables", type=Path)
        for name in ("claims", "gates", "methods"):
            parser.add_argument(f"--{name}", type=Path)
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--language", choices=("vi", "en"), default="vi")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the findings and print how many of each class; exit code 2 where a file cannot be read."""
        try:
            report = read_report(*(_content(options[name]) for name in ("tables", "claims", "gates", "methods")))
        except (OSError, Refused) as error:
            problems = error.problems if isinstance(error, Refused) else ()
            lines = [sentence(problem) for problem in problems] or [f"{error}"]
            raise CommandError("\n".join(map(str, lines)), returncode=2) from error
        findings = audit(report)
        with options["out"].open("w", encoding="utf-8", newline="") as out:
            write_findings(findings, out, options["language"])
        self.stdout.write(f"{len(report.rows)} rows, {len(report.claims)} claims: {len(findings)} findings")
        counts = Counter(finding.what for finding in findings)
        for what in Class:
            if counts[what]:
                self.stdout.write(f"  {what}: {counts[what]}")
        sys.stdout.flush()


def _content(path: Path | None) -> bytes:
    return path.read_bytes() if path else b""
