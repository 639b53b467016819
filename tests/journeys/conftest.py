"""Journeys: a real server process on a committed copy of the test database, a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from lientuc.accounts.models import User

PASSWORD = "mat-khau-hanh-trinh-2026"
PICTURES = Path(os.environ.get("LIENTUC_PICTURES", "test-results"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's path; a missing one is a failure that names the remedy."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    pytest.fail("Chromium is missing: apt-get install -y --no-install-recommends chromium")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One headless Chromium for all journeys."""
    # Playwright's synchronous face keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=[*quiet, "--disable-sync", "--no-first-run"]
        )
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(own_database: str, tmp_path: Path) -> dict[str, str]:
    """The environment of every process on the committed copy; the key of the trail is that of this process."""
    return {
        **os.environ,
        "DATABASE_URL": own_database,
        "LIENTUC_HOME": str(tmp_path / "home"),
        "LIENTUC_AUDIT_KEY": settings.AUDIT_KEY,
        "DJANGO_SETTINGS_MODULE": "lientuc.config.settings",
    }


@pytest.fixture
def address(environment: dict[str, str]) -> Iterator[str]:
    """The address of a server on the committed copy, with a worker beside it."""
    User.objects.update(password=Argon2PasswordHasher().encode(PASSWORD, "journey-salt"))
    port = free_port()
    place = f"http://127.0.0.1:{port}"
    environment["LIENTUC_PUBLIC_ADDRESS"] = place
    command = [sys.executable, "-m", "lientuc.config.cli"]
    subprocess.run([*command, "collectstatic", "--no-input", "-v", "0"], env=environment, check=True)
    # The test database has none: tests keep their cache in memory.
    subprocess.run([*command, "createcachetable"], env=environment, check=True)
    worker = subprocess.Popen([*command, "worker"], env=environment)
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
         "--log-level", "warning", "lientuc.config.wsgi:application"],
        env=environment,
    )  # fmt: skip
    try:
        _wait(place, server)
        yield place
    finally:
        for process in (server, worker):
            process.terminate()
        for process in (server, worker):
            process.wait(timeout=90)


def _wait(place: str, server: subprocess.Popen[Any]) -> None:
    # A loaded machine starts a server slowly; a server that stopped is seen at once.
    for _ in range(900):
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(f"{place}/suc-khoe/", timeout=2) as answer:
                assert answer.read() == b"ok"
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not answer")


class Person:
    """Somebody at a browser: signs in by name, goes to pages by path, keeps pictures."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.address = address
        self.faults: list[str] = []
        self.page.on("console", lambda message: self._hear(message))
        self.page.on("response", lambda answer: self._saw(answer))

    def _hear(self, message: Any) -> None:
        if message.type == "error" and "favicon" not in message.text:
            self.faults.append(message.text)

    def _saw(self, answer: Any) -> None:
        if answer.status >= 500:
            self.faults.append(f"{answer.status} {answer.url}")

    def sign_in(self, username: str) -> None:
        """Through the sign-in page; everybody of the test world has the same password."""
        self.go("/tai-khoan/login/")
        self.page.fill("input[name=login]", username)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(f"{self.address}/")

    def go(self, path: str) -> None:
        """Open a page of the house."""
        self.page.goto(path if path.startswith("http") else self.address + path)

    def keep(self, name: str) -> None:
        """Keep a picture of the whole page."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(PICTURES / f"{name}.png"), full_page=True)


@pytest.fixture
def person(browser: Browser, address: str) -> Iterator[Any]:
    """`person("syt")` is somebody at a 1280 px screen; `width=360, script=False` on an old phone."""
    contexts: list[BrowserContext] = []

    def come(width: int = 1280, *, script: bool = True) -> Person:
        context = browser.new_context(
            viewport={"width": width, "height": 800 if width > 600 else 720}, java_script_enabled=script, locale="vi-VN"
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Person(context, address)

    yield come
    for context in contexts:
        context.close()
