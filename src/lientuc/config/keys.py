"""One file per secret, readable by its owner only, made on first use."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def key_from_file(path: Path) -> str:
    """The secret in `path`; a new random one is written there when the file does not exist."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = secrets.token_urlsafe(48)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(fresh)
    except FileExistsError:
        return path.read_text().strip()
    return fresh
