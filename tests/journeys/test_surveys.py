"""Respondents in a real browser: an anonymous ballot by the house's script and by an independent library, and a weak line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route

from lientuc.accounts.enums import Role
from lientuc.accounts.models import SYSTEM
from lientuc.core.clock import today
from lientuc.places.scope import WhyUnscoped
from lientuc.surveys.actions import load_instruments, open_wave
from lientuc.surveys.ballots.box import box_of, spent
from lientuc.surveys.ballots.models import BallotBox, WaitingAnswers
from lientuc.surveys.enums import InvitationState, ResponseState, WaveMode, WavePurpose
from lientuc.surveys.links import token_again
from lientuc.surveys.models import Answer, Invitation, Response, Wave
from lientuc.surveys.queries import latest_published
from lientuc.surveys.rules import Invitee, WaveDraft
from tests.factories.surveys import make_worker
from tests.world import World

pytestmark = pytest.mark.browser
LIBRARY = "@cloudflare/blindrsa-ts@0.4.4"
ROW = WhyUnscoped.ROW_IN_HAND


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    """The server with the secret of this process, which seals the keys of the waves opened here."""
    return {**environment, "LIENTUC_SECRET_KEY": settings.SECRET_KEY}


def opened(mode: WaveMode, code: str, invited: int = 10) -> Wave:
    """A wave of a shipped instrument, open today."""
    world = World()
    load_instruments(by=SYSTEM)
    version = latest_published(code)
    assert version is not None
    return open_wave(
        draft=WaveDraft("Sau khóa học", mode, WavePurpose.MANAGEMENT, today(), today(), information="Ba phút."),
        organisation=world.school,
        version=version,
        invitees=[Invitee(make_worker(world.school, f"Người {n}").pk) for n in range(invited)],
        by=world.user(Role.PROVIDER),
    )


def links(wave: Wave) -> list[str]:
    rows = Invitation.objects.unscoped(ROW).filter(wave=wave).order_by("id")
    return [f"/khao-sat/tra-loi/{token_again(one.public_id, one.token_hash)}/" for one in rows]


def answer_everything(page: Page) -> None:
    """The first choice of every question on the page, and the least number its hint allows."""
    for group in page.locator("fieldset:visible").all():
        group.locator("label").first.click()
    for list_ in page.locator("select:visible").all():
        list_.select_option(index=1)
    for number in page.locator("input[inputmode]:visible").all():
        hint = " ".join(number.locator("xpath=..").locator(".hint").all_text_contents())
        number.fill((re.findall(r"\d+", hint) or ["5"])[0])


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The independent client, installed as anybody would."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.fail("npm is missing: apt-get install -y --no-install-recommends npm")
    folder = tmp_path_factory.mktemp("npm")
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", LIBRARY]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=dict(os.environ))
    return folder / "node_modules/@cloudflare/blindrsa-ts/lib/src"


def test_anonymous_ballot_at_360_px_is_cast_once_though_the_line_breaks(address: str, person: Any) -> None:
    wave = opened(WaveMode.ANONYMOUS, "l1_reaction")
    someone = person(360)
    page = someone.page
    someone.go(links(wave)[0])
    someone.keep("ballot_promise_360")
    page.click("[data-part=begin]")
    page.wait_for_selector("[data-part=sheet]:visible")
    answer_everything(page)
    someone.keep("ballot_sheet_360")
    _lose_one_reply(page, re.compile(r"/bo/$"))
    page.click("[data-part=send]")
    page.wait_for_selector("[data-part=problems]:visible")
    page.click("[data-part=send]")
    page.wait_for_selector("[data-part=done]:visible")
    someone.keep("ballot_done_360")
    box = box_of(wave)
    assert (spent(box), WaitingAnswers.objects.unscoped(ROW).filter(box=box).count()) == (1, 1)
    assert Invitation.objects.unscoped(ROW).filter(wave=wave, state=InvitationState.ISSUED).count() == 1
    # The lost line and the second, refused casting (409) are told by the browser itself.
    assert [text for text in someone.faults if "409" not in text and "ERR_FAILED" not in text] == []


def test_anonymous_page_without_script_offers_a_card(address: str, person: Any) -> None:
    wave = opened(WaveMode.ANONYMOUS, "l1_reaction")
    someone = person(360, script=False)
    someone.go(links(wave)[0])
    someone.keep("ballot_noscript_360")
    assert someone.page.locator("[data-part=sheet]").is_hidden()
    someone.page.click("[data-part=noscript] a.button")
    assert someone.page.locator("input[name=code]").is_visible()
    assert someone.faults == []


CLIENT = """async ({ issue, cast, publicKey, answers }) => {
  const { RSABSSA } = await import('/npm/index.js');
  const octets = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const text = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\\+/g, '-').replace(/\\//g, '_').replace(/=+$/, '');
  const key = await crypto.subtle.importKey('spki', octets(publicKey), { name: 'RSA-PSS', hash: 'SHA-384' }, true, ['verify']);
  const suite = RSABSSA.SHA384.PSS.Randomized();
  const message = suite.prepare(crypto.getRandomValues(new Uint8Array(32)));
  const { blindedMsg, inv } = await suite.blind(key, message);
  const options = { method: 'POST', credentials: 'omit' };
  const signed = await fetch(issue, { ...options, body: JSON.stringify({ blinded: text(blindedMsg) }) });
  const signature = await suite.finalize(key, message, octets((await signed.json()).signature), inv);
  const valid = await suite.verify(key, signature, message);
  const send = (bytes) => fetch(cast, { ...options, body: new URLSearchParams({ ...answers, message: text(message), signature: text(bytes) }) });
  const forged = signature.slice(); forged[0] ^= 1;
  return [signed.status, valid, (await send(forged)).status, (await send(signature)).status, (await send(signature)).status];
}"""


def test_independent_library_gets_and_casts_a_ballot(address: str, person: Any, library: Path) -> None:
    wave = opened(WaveMode.ANONYMOUS, "l1_reaction")
    box = box_of(wave)
    someone, link = person(), links(wave)[0]
    someone.page.route("**/npm/**", lambda route: _from_library(route, library))
    someone.go(link)
    done = someone.page.evaluate(CLIENT, _addresses(link, box, someone.page))
    assert done == [200, True, 422, 201, 409]
    assert spent(box) == 1


def _addresses(link: str, box: BallotBox, page: Page) -> dict[str, Any]:
    names = page.eval_on_selector_all("fieldset input[type=radio]", "all => all.map(one => [one.name, one.value])")
    answers = {name: value for name, value in reversed(names) if value}
    numbers = page.eval_on_selector_all("input[inputmode]", "all => all.map(one => one.name)")
    return {
        "issue": f"{link}phieu-kin/",
        "cast": f"/khao-sat/phieu-kin/{box.code}/bo/",
        "publicKey": box.public_key,
        "answers": answers | dict.fromkeys(numbers, "5"),
    }


def _from_library(route: Route, library: Path) -> None:
    name = route.request.url.split("/npm/")[1]
    route.fulfill(body=(library / name).read_text(), content_type="text/javascript")


def test_confidential_without_script_survives_a_lost_line(address: str, person: Any) -> None:
    wave = opened(WaveMode.CONFIDENTIAL, "l3_alumni")
    someone, link = person(360, script=False), links(wave)[0]
    page = someone.page
    someone.go(link)
    page.click("button")
    answer_everything(page)
    _lose_one_reply(page, re.compile(r"/phan/\d+/$"))
    with page.expect_event("requestfailed"):
        page.click("form button", no_wait_after=True)
    kept = Answer.objects.unscoped(ROW).filter(response__wave=wave).count()
    assert kept > 0
    page.close()
    page = someone.page = page.context.new_page()
    someone.go(link)  # the link of the invitation again, as after a phone was closed
    page.click("button")
    someone.keep("resumed_360")
    for _ in range(30):
        if "cam-on" in page.url:
            break
        answer_everything(page)
        _send(page)
    responses = Response.objects.unscoped(ROW).filter(wave=wave)
    assert [one.state for one in responses] == [ResponseState.COMPLETED]
    places = list(Answer.objects.unscoped(ROW).filter(response__wave=wave).values_list("item_id", "index"))
    assert len(places) == len(set(places)) > kept


def _send(page: Page) -> None:
    page.click("form button")
    page.wait_for_load_state()


def _lose_one_reply(page: Page, address: re.Pattern[str]) -> None:
    """Let the next POST reach the server and drop what it answers."""
    lost: list[str] = []

    def drop(route: Route) -> None:
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.request.url)
        route.fetch(max_redirects=0)
        return route.abort("failed")

    page.route(address, drop)
