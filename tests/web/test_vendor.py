"""Third-party files are exactly the ones named in the table beside them."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import lientuc.web

VENDOR = Path(lientuc.web.__file__).parent / "static" / "vendor"
ROW = re.compile(r"^\| [^|]+ \| [^|]+ \| [^|]+ \| `(?P<file>[^`]+)` \| `(?P<sum>[0-9a-f]{64})` \|$", re.MULTILINE)


def listed() -> dict[str, str]:
    """File → checksum as the table says."""
    return {row["file"]: row["sum"] for row in ROW.finditer((VENDOR / "README.md").read_text(encoding="utf-8"))}


def stored(folder: Path) -> dict[str, str]:
    """File → checksum of what is there; licences and the table itself are not code."""
    files = [
        path for path in folder.rglob("*") if path.is_file() and path.name not in {"LICENSE", "NOTICE", "README.md"}
    ]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_vendor_files_are_the_listed_ones() -> None:
    assert stored(VENDOR) == listed()


def test_vendor_check_sees_a_changed_file(tmp_path: Path) -> None:
    (tmp_path / "htmx").mkdir()
    (tmp_path / "htmx" / "htmx.min.js").write_bytes((VENDOR / "htmx" / "htmx.min.js").read_bytes() + b" ")

    assert stored(tmp_path)["htmx/htmx.min.js"] != listed()["htmx/htmx.min.js"]


def test_vendor_folders_have_their_licence() -> None:
    assert [folder.name for folder in VENDOR.iterdir() if folder.is_dir() and not (folder / "LICENSE").is_file()] == []


def test_vendor_files_name_no_source_map() -> None:
    texts = [path for path in VENDOR.rglob("*") if path.suffix in {".css", ".js"}]

    assert [path.name for path in texts if "sourceMappingURL" in path.read_text(encoding="utf-8")] == []
