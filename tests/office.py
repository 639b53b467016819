"""Opens files as an office does: LibreOffice turns them into PDF, poppler counts and reads the pages."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path


def converted(content: bytes, name: str, folder: Path, into: str) -> Path:
    """The file saved as another kind (`pdf`, `xls`, `ods`) by a LibreOffice of its own; a missing one fails with what to do."""
    office = shutil.which("soffice")
    assert office is not None, "LibreOffice is missing: run tools/ensure_office"
    source = folder / name
    source.write_bytes(content)
    command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", into]
    home = {**os.environ, "HOME": str(folder)}
    subprocess.run(
        [*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=180, env=home
    )
    return source.with_suffix(f".{into}")


def as_pdf(content: bytes, name: str, folder: Path) -> Path:
    """The file as LibreOffice prints it."""
    return converted(content, name, folder, "pdf")


def pages_of(pdf: Path) -> int:
    """How many pages it has."""
    told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pages:"))


def text_of(pdf: Path) -> str:
    """Its text, in order of reading."""
    return subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
