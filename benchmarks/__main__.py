"""`python -m benchmarks`: every figure, one line each: law and intake on a PostgreSQL of their own, the review, the standings.

`LIENTUC_BENCH_SMALL=1` runs the same on a tenth of the data, to see that it runs; its figures mean nothing.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path


def main() -> None:
    """Start a throw-away PostgreSQL and measure in a process that uses it."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from tools.with_postgres import temporary_server

    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}")
    codes = []
    for part in ("benchmarks.measures", "benchmarks.intake"):
        with temporary_server() as url, tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, "DATABASE_URL": url, "LIENTUC_HOME": home, "PYTHONUNBUFFERED": "1"}
            environment["DJANGO_SETTINGS_MODULE"] = "lientuc.config.settings"
            codes.append(subprocess.run([sys.executable, "-m", part], env=environment, check=False).returncode)
    small = {"BENCHMARK_PROVINCES": "3"} if os.environ.get("LIENTUC_BENCH_SMALL") else {}
    for part in _apart():
        codes.append(subprocess.run([sys.executable, "-m", *part], env={**os.environ, **small}, check=False).returncode)
    sys.exit(max(codes))


def _apart() -> list[list[str]]:
    """The parts that bring their own server, or none; Spark where it is installed (requirements/bench.txt)."""
    small = os.environ.get("LIENTUC_BENCH_SMALL")
    spark = ["--spark"] if find_spec("pyspark") else []
    size = ["--entries", "3000000"] if small else []
    return [["benchmarks.review"], ["benchmarks.planning"], ["benchmarks.standings", "--growth", *spark, *size]]


if __name__ == "__main__":
    main()
