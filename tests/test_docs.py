"""What the pages of `docs/` say about the code is true: links, paths, commands, addresses, words of the screens, generated pages."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from lientuc.config.cli import FILE_MODE

HOUSE = Path(__file__).parent.parent
HOW_TO = HOUSE / "docs" / "how-to"
PAGES = sorted([HOUSE / "README.md", HOUSE / "CONTRIBUTING.md", *(HOUSE / "docs").rglob("*.md")])
OUR_PAGES = sorted(HOW_TO.glob("*.md"))
AN_ID = "00000000-0000-0000-0000-000000000000"
MOST_LINES = 80
# What every page of a person has, and nobody has yet.
PERSONS = {
    "administrator", "auditor", "council-member", "evaluator", "health-station-head", "health-worker",
    "hospital-training-office", "inspector", "ministry", "provincial-committee-and-finance",
    "provincial-training-officer", "training-provider",
}  # fmt: skip


def name_of(page: Path) -> str:
    """A page as the report names it."""
    return str(page.relative_to(HOUSE))


each_page = pytest.mark.parametrize("page", PAGES, ids=name_of)
each_how_to = pytest.mark.parametrize("page", OUR_PAGES, ids=name_of)


def links(text: str) -> Iterator[str]:
    """Relative targets of links and pictures, without their fragments."""
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path = target.partition("#")[0]
        if path and not re.match(r"[a-z]+:", target):
            yield path


def paths(text: str) -> Iterator[str]:
    """Paths of the repository named in backticks."""
    for path in re.findall(r"`((?:src|docs|tests|tools|requirements)/[^`\s]*)`", text):
        yield path.rstrip("/")


def commands(text: str) -> Iterator[str]:
    """What follows `lientuc` in code: inside backticks or at the start of a line of a code block."""
    code = re.sub(r"\s+", " ", " ` ".join(re.findall(r"`([^`]+)`", text)))
    yield from re.findall(r"(?:^|[` ])lientuc ([a-z][a-z-]*)", code)
    yield from re.findall(r"^ *lientuc ([a-z][a-z-]*)", text, flags=re.MULTILINE)


def addresses(text: str) -> Iterator[str]:
    """Paths of pages in backticks; `<…>` stands for an id."""
    for address in re.findall(r"`(/[^`\s]*)`", text):
        yield re.sub(r"<[^>]*>", AN_ID, address.partition("?")[0])


def bold(text: str) -> Iterator[str]:
    """The words given as menu names, buttons and messages of the screen."""
    yield from re.findall(r"\*\*([^*]+)\*\*", text)


def is_there(path: str) -> bool:
    """Whether a path of the repository exists; `<room>` is any room, an action may be a file or a folder."""
    pattern = re.sub(r"<[^>]*>", "*", path)
    return any(next(HOUSE.glob(one), None) is not None for one in (pattern, f"{pattern}.py"))


def is_page(address: str) -> bool:
    """Whether the address leads to a view."""
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def unknown_commands(named: Iterable[str]) -> set[str]:
    """Commands that `lientuc` does not have; `help` is Django's own door to the list."""
    return set(named) - set(get_commands()) - set(FILE_MODE) - {"help"}


@cache
def source() -> str:
    """The text of every module and template."""
    files = [*(HOUSE / "src" / "lientuc").rglob("*.py"), *(HOUSE / "src" / "lientuc").rglob("*.html")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files if "migrations" not in path.parts)


def unspoken(words: Iterable[str]) -> list[str]:
    """Words that are not one whole text in double quotes anywhere in the source: no label, button or sentence."""
    return [word for word in words if f'"{word}"' not in source()]


@cache
def build_docs() -> ModuleType:
    """The tool that writes the generated pages."""
    spec = importlib.util.spec_from_file_location("build_docs", HOUSE / "tools" / "build_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@each_page
def test_links_lead_to_files(page: Path) -> None:
    found = links(page.read_text(encoding="utf-8"))
    assert [target for target in found if not (page.parent / target).exists()] == []


@each_page
def test_paths_named_exist(page: Path) -> None:
    assert [path for path in paths(page.read_text(encoding="utf-8")) if not is_there(path)] == []


@each_page
def test_commands_named_exist(page: Path) -> None:
    assert unknown_commands(commands(page.read_text(encoding="utf-8"))) == set()


@each_how_to
def test_addresses_named_are_pages(page: Path) -> None:
    assert [one for one in addresses(page.read_text(encoding="utf-8")) if not is_page(one)] == []


@each_how_to
def test_words_in_bold_are_on_a_screen(page: Path) -> None:
    assert unspoken(bold(page.read_text(encoding="utf-8"))) == []


@each_how_to
def test_page_is_short_and_ends_in_english(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.count("\n") < MOST_LINES
    assert re.findall(r"^## (.*)$", text, flags=re.MULTILINE)[-1] == "English summary"


def test_index_names_every_person() -> None:
    listed = set(re.findall(r"\(([a-z-]+)\.md\)", (HOW_TO / "README.md").read_text(encoding="utf-8")))
    assert listed == PERSONS == {page.stem for page in OUR_PAGES} - {"README"}


@pytest.mark.parametrize("page", ["entities", "permissions"])
def test_generated_page_is_current(page: str) -> None:
    written = (HOUSE / "docs" / f"{page}.md").read_text(encoding="utf-8")
    assert written == getattr(build_docs(), page)(), "run `make docs`"


# --- the checks themselves can fail --------------------------------------------------------------------------------


def test_link_to_nothing_is_found() -> None:
    text = "[a](no-such.md) ![b](docs/none.png) [c](https://example.org/x) [d](#here)"
    assert list(links(text)) == ["no-such.md", "docs/none.png"]


def test_path_of_nothing_is_found() -> None:
    text = "`src/lientuc/nothing.py`, `src/lientuc/<room>/rules.py`, `docs/law/`"
    assert [path for path in paths(text) if not is_there(path)] == ["src/lientuc/nothing.py"]


def test_command_broken_over_lines_and_in_a_block_is_found() -> None:
    text = "`lientuc\naudit-forget --x`, `lientuc setup`\n\n```\nlientuc forget-all\n```\n"
    assert unknown_commands(commands(text)) == {"audit-forget", "forget-all"}


def test_address_of_no_page_is_found() -> None:
    text = "`/ke-hoach/khong-co/` `/ke-hoach/` `/lop/<mã>/cap-giay/` `/tin-chi/?q=a`"
    assert [one for one in addresses(text) if not is_page(one)] == ["/ke-hoach/khong-co/"]


def test_button_of_no_screen_is_found() -> None:
    assert unspoken(bold("**Trang chính** → **Nút không có**")) == ["Nút không có"]
