"""`python -m benchmarks`: its own PostgreSQL, the test world, one line per figure."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Start a throw-away PostgreSQL and measure in a process that uses it."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from tools.with_postgres import temporary_server

    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}")
    with temporary_server() as url, tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "DATABASE_URL": url, "LIENTUC_HOME": home}
        environment["DJANGO_SETTINGS_MODULE"] = "lientuc.config.settings"
        code = subprocess.run([sys.executable, "-m", "benchmarks.measures"], env=environment, check=False).returncode
    sys.exit(code)


if __name__ == "__main__":
    main()
