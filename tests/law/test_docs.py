"""The manual of the law is the one the parameters and examples write."""

from pathlib import Path

from lientuc.law.docs import pages, write_pages

HERE = Path(__file__).parent
MANUAL = HERE.parents[1] / "docs" / "law"


def test_manual_is_up_to_date():
    """Run `python -m lientuc.law.docs docs/law` where this fails."""
    written = {path.name: path.read_text(encoding="utf-8") for path in MANUAL.glob("*.md")}
    assert written == pages(HERE / "spec")


def test_pages_of_before_are_removed(tmp_path):
    (tmp_path / "old.md").write_text("old", encoding="utf-8")
    write_pages(tmp_path, HERE / "spec")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(pages(HERE / "spec"))
