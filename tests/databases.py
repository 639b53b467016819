"""Committed copies of the test database: a template clone on PostgreSQL, `VACUUM INTO` on SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from django.db import connection

from lientuc.config.settings import database_from


@contextmanager
def committed_copy(folder: Path) -> Iterator[str]:
    """Copy the test database, connect this process to the copy inside the block and yield its URL."""
    settings = connection.settings_dict
    before = dict(settings)
    if connection.vendor == "sqlite":
        path = folder / "copy.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        url = f"sqlite:///{path}"
        held = connection.connection
        connection.connection = None
        settings["NAME"] = str(path)
        settings["OPTIONS"] = database_from(url)["OPTIONS"]
        try:
            yield url
        finally:
            connection.close()
            settings.update(before)
            connection.connection = held
        return
    name = f"copy_{uuid4().hex[:12]}"
    _run_on_maintenance(f'CREATE DATABASE "{name}" TEMPLATE "{settings["NAME"]}"')
    settings["NAME"] = name
    user, password = quote(settings["USER"]), quote(settings["PASSWORD"])
    host = settings["HOST"]
    place = f"localhost/{name}?host={host}" if host.startswith("/") else f"{host}:{settings['PORT']}/{name}"
    try:
        yield f"postgresql://{user}:{password}@{place}"
    finally:
        connection.close()
        settings.update(before)
        _run_on_maintenance(f'DROP DATABASE "{name}" WITH (FORCE)')


def _run_on_maintenance(statement: str) -> None:
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
