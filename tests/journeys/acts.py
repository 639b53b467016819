"""What somebody does on a page: press a button, follow a link, fill a field by its label, tick, choose, read a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Person

Value = str | int | date | Path


def main_of(person: Person) -> Locator:
    """The content of the page, without bars and menus."""
    return person.page.locator("main")


def field(person: Person, label: str) -> Locator:
    """The field under a label; the mark of a required field may follow the words."""
    words = re.compile(rf"^\s*{re.escape(label)}\s*(\*?\s*\(bắt buộc\))?\s*$")
    found = main_of(person).locator("label").filter(has_text=words)
    expect(found).to_have_count(1)
    return person.page.locator(f"[id='{found.get_attribute('for')}']")


def fill(person: Person, values: Mapping[str, Value]) -> None:
    """Fill fields by label: texts are typed, days set, choices chosen, files attached."""
    for label, value in values.items():
        place = field(person, label)
        if isinstance(value, Path):
            place.set_input_files(value)
        elif place.evaluate("one => one.tagName") == "SELECT":
            place.select_option(label=str(value))
        else:
            place.fill(f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value))


def tick(person: Person, *labels: str) -> None:
    """Tick boxes and choose answers by the words beside them."""
    for label in labels:
        words = re.compile(rf"^\s*{re.escape(label)}\s*$")
        main_of(person).locator("label").filter(has_text=words).locator("input").check()


def press(person: Person, name: str, *, sure: bool = False) -> None:
    """Press a button and wait for the page that answers; `sure` says yes to the question before a grave step."""
    button = main_of(person).get_by_role("button", name=name, exact=True)
    if not sure:
        with _next_page(person.page):
            button.click()
        return
    button.click()
    with _next_page(person.page):
        person.page.locator("dialog").get_by_role("button", name="Tiếp tục", exact=True).click()


def send(person: Person) -> None:
    """Press the one main button of the page's form."""
    with _next_page(person.page):
        main_of(person).locator("form .form-actions button.btn-primary").click()


def follow(person: Person, name: str) -> None:
    """Follow the first link of these words in the content."""
    with _next_page(person.page):
        main_of(person).get_by_role("link", name=name, exact=True).first.click()


def _next_page(page: Page) -> Any:
    return page.expect_event("load")


def follow_in(person: Person, table: str, name: str, place: int = 0) -> None:
    """Follow the link of these words in a table, the `place`-th of them from 0."""
    with _next_page(person.page):
        main_of(person).get_by_role("region", name=table).get_by_role("link", name=name, exact=True).nth(place).click()


def download(person: Person, name: str) -> bytes:
    """What the link of these words gives, with the cookies of this browser."""
    path = main_of(person).get_by_role("link", name=name, exact=True).get_attribute("href")
    answer = person.page.request.get(f"{person.address}{path}")
    assert answer.ok, answer.status
    return answer.body()


def fits(person: Person) -> None:
    """Nothing sticks out to the right of the screen."""
    wide, screen = person.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= screen, (person.page.url, wide, screen)


def told(person: Person, text: str) -> None:
    """The page says this."""
    expect(main_of(person)).to_contain_text(text)


def stat(person: Person, label: str) -> str:
    """The figure above or beside its label among the counts of a page."""
    return main_of(person).locator(".stat").filter(has_text=label).locator(".stat-value").first.inner_text().strip()


def rows_of(person: Person, table: str) -> list[list[str]]:
    """The cells of a table found by its caption or the name of its region, as read."""
    rows = main_of(person).get_by_role("region", name=table).locator("tbody tr").all()
    return [[cell.inner_text().strip() for cell in row.locator("th, td").all()] for row in rows]
