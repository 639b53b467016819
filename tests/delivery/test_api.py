"""The public answer for other systems equals the page's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.delivery.actions import revoke_certificate
from lientuc.delivery.limits import LOOK_UPS_A_MINUTE
from tests.factories.delivery import make_certificate
from tests.factories.registry import make_provider
from tests.world import World


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    cache.clear()
    with clock_at(date(2026, 6, 10)):
        yield


def test_anybody_reads_the_status_of_a_certificate(world: World) -> None:
    make_provider(world.school, code="C.01")
    row = make_certificate(world.school, "Trần Thị An")
    assert Client().get(f"/api/v1/certificates/{row.verification_code}").json() == {
        "status": "valid",
        "code": row.verification_code,
        "number": row.number,
        "kind": "course_certificate",
        "issuer": "Trường Cao đẳng Y tế Một",
        "holder": "Trần Thị An",
        "issued_on": "2026-06-10",
        "event_on": None,
        "event_reason": "",
        "successor": "",
        "issuer_was_authorised": True,
        "article": "Thông tư 22/2013/TT-BYT, Điều 10",
        "simulated": False,
    }


def test_revoked_certificate_is_revoked_here_too(world: World) -> None:
    row = make_certificate(world.school)
    revoke_certificate(certificate=row, reason="Cấp nhầm", by=world.user(Role.PROVIDER))
    found = Client().get(f"/api/v1/certificates/{row.verification_code}").json()
    assert (found["status"], found["event_on"], found["event_reason"]) == ("revoked", "2026-06-10", "Cấp nhầm")


def test_unknown_code_tells_nothing(db: None) -> None:
    found = Client().get("/api/v1/certificates/AAAAAAA").json()
    assert (found["status"], found["holder"], found["number"], found["issued_on"]) == ("unknown", "", "", None)


def test_limit_of_the_page_is_shared(db: None) -> None:
    client = Client()
    for _ in range(LOOK_UPS_A_MINUTE):
        client.get("/lop/xac-minh/AAAAAAA/")
    assert client.get("/api/v1/certificates/AAAAAAA").status_code == 429
