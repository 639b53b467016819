"""The simulated province walks the whole loop on a database of its own, by actions only."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

from lientuc.demo.loop import STEPS

# Frozen reviews, pairs that may be one person, claims that wait: no page of the review is empty.
LEFT_TO_SEE = (
    "SELECT count(*) FROM reports_frozenreview",
    "SELECT count(*) FROM registry_duplicatepair WHERE state = 'open'",
    "SELECT count(*) FROM credits_claim WHERE state = 'submitted'",
)


def lientuc(home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "LIENTUC_HOME": str(home),
        "DATABASE_URL": f"sqlite:///{home / 'demo.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "lientuc.config.settings",
    }
    return subprocess.run(
        [sys.executable, "-m", "lientuc.config.cli", *command],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_small_province_walks_the_loop_once(tmp_path: Path) -> None:
    walked = lientuc(tmp_path, "demo", "--no-serve", "--small")
    assert walked.returncode == 0, walked.stderr
    assert [int(n) for n in re.findall(r"^ *(\d+)/", walked.stdout, re.MULTILINE)] == list(range(1, len(STEPS) + 1))

    again = lientuc(tmp_path, "demo", "--no-serve")
    assert (again.returncode, again.stdout.count(f"/{len(STEPS)} ")) == (0, 0)

    verified = lientuc(tmp_path, "audit-verify", "--anchor", str(tmp_path / "audit-head.jsonl"))
    assert (verified.returncode, verified.stdout[:6]) == (0, "whole:")

    with sqlite3.connect(tmp_path / "demo.sqlite3") as database:
        recorded = {row[0] for row in database.execute("SELECT DISTINCT action FROM trail_auditentry")}
        simulated = database.execute("SELECT count(*) FROM places_organisation WHERE simulated = 0").fetchone()
        waiting = tuple(database.execute(question).fetchone()[0] for question in LEFT_TO_SEE)
    assert simulated == (1,)
    assert {
        "registry.take_staff",
        "credits.take_entries",
        "planning.pull_needs",
        "planning.approve_plan",
        "curricula.decide_appraisal",
        "delivery.finish_run",
        "credits.award_run",
        "delivery.issue_certificates",
        "quality.close_finding",
        "surveys.submit_section",
        "evaluation.note_findings",
        "planning.accept_need",
        "reports.freeze_review",
        "registry.open_campaign",
        "registry.confirm_assessment",
        "credits.accept_claim",
        "credits.answer_what_if",
    } <= recorded
    assert waiting == (2, 3, 4)
