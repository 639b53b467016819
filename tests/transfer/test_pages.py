"""Pages of technique transfer: the whole way by forms, lists, empty states, who is kept out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from tests.factories.registry import make_technique
from tests.factories.transfer import (
    all_agreements,
    all_follow_ups,
    make_agreement,
    make_barrier,
    make_follow_up,
    make_handed_over,
)
from tests.world import World

BASE = "/chuyen-giao/"


@pytest.fixture(autouse=True)
def fixed_day() -> Iterator[None]:
    with clock_at(date(2026, 9, 15)):
        yield


def signed_in(world: World, role: Role) -> Client:
    client = Client()
    client.force_login(world.user(role))
    return client


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_empty_list_says_so_in_both_languages(world: World) -> None:
    client = signed_in(world, Role.TRAINING_OFFICE)
    assert "Chưa có thỏa thuận chuyển giao nào" in text(client, BASE)
    client.cookies["ngon-ngu"] = "en"
    assert "No agreement yet" in text(client, BASE)


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_queries_for_one_and_three_rows(
    world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_follow_up(make_handed_over(world.hospital, f"{number}/TT"))
    client = signed_in(world, Role.TRAINING_OFFICE)
    with django_assert_num_queries(5):
        page = text(client, BASE)
    assert page.count('<th scope="row">') == count


def test_list_is_searched_without_accents_and_filtered(world: World) -> None:
    make_agreement(world.hospital, "1/TT")
    make_handed_over(world.hospital, "2/TT", technique=make_technique("Siêu âm tim"))
    client = signed_in(world, Role.TRAINING_OFFICE)
    found = {
        query: [number for number in ("1/TT", "2/TT") if f">{number}<" in text(client, BASE + query)]
        for query in ("", "?q=khau+vet", "?q=2/tt", "?state=active", "?state=handed_over&q=sieu+am", "?q=khong+co")
    }
    assert found == {
        "": ["1/TT", "2/TT"],
        "?q=khau+vet": ["1/TT"],
        "?q=2/tt": ["2/TT"],
        "?state=active": ["1/TT"],
        "?state=handed_over&q=sieu+am": ["2/TT"],
        "?q=khong+co": [],
    }


def test_list_says_what_comes_next(world: World) -> None:
    make_agreement(world.hospital)
    make_follow_up(make_handed_over(world.hospital))
    page = text(signed_in(world, Role.TRAINING_OFFICE), BASE)
    assert ("hạn bàn giao 03/08/2026" in page, "theo dõi từ 30/11/2026" in page) == (True, True)


def test_technique_goes_from_draft_to_follow_up_by_forms(world: World) -> None:
    make_barrier()
    technique, client = make_technique(), signed_in(world, Role.TRAINING_OFFICE)
    sent: dict[str, Any] = {
        "technique": str(technique.public_id),
        "giver": str(world.hospital.public_id),
        "receiver": str(world.station.public_id),
        "number": "7/TT",
        "due_on": "2026-12-01",
        "persons": "2",
        "prerequisites": ["equipment"],
        "key": "k",
    }
    answers = [client.post(BASE + "moi/", sent) for _ in range(2)]
    (row,) = all_agreements()
    page = f"{BASE}{row.public_id}/"
    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [(302, page), (302, page)]
    assert client.post(page + "ky/", {"signed_on": "2026-09-01"}).status_code == 302
    handed = {"prerequisites": ["equipment", "staff", "knowledge"], "handed_over_on": "2026-09-10"}
    assert client.post(page + "ban-giao/", handed).status_code == 302
    with clock_at(date(2026, 12, 10)):
        noted = {"month": "3", "observed_on": "2026-12-10", "used": "no", "barrier": "skill"}
        assert client.post(page + "theo-doi/", noted).status_code == 302
        assert "Nguyên nhân skill" in text(client, page)
        assert client.post(page + "ket-thuc/", {"reason": "Hết thỏa thuận"}).status_code == 302
    assert [(r.state, r.number) for r in all_agreements()] == [("ended", "7/TT")]
    shown = text(client, page)
    assert ("Hết thỏa thuận" in shown, "Ghi kết quả theo dõi" in shown) == (True, False)


def test_refused_hand_over_says_why(world: World) -> None:
    row = make_agreement(world.hospital)
    client = signed_in(world, Role.TRAINING_OFFICE)
    sent = {"prerequisites": ["equipment", "staff"], "handed_over_on": "2026-09-10"}
    page = client.post(f"{BASE}{row.public_id}/ban-giao/", sent).content.decode()
    assert "chưa đạt kiến thức, tay nghề" in page


def test_follow_up_too_early_names_its_first_day(world: World) -> None:
    row = make_handed_over(world.hospital)
    client = signed_in(world, Role.TRAINING_OFFICE)
    sent = {"month": "6", "observed_on": "2026-09-10", "used": "yes", "cases": "3"}
    page = client.post(f"{BASE}{row.public_id}/theo-doi/", sent).content.decode()
    assert ("Mốc 6 tháng chỉ ghi được từ ngày 30/11/2026." in page, all_follow_ups()) == (True, [])


def test_page_shows_the_last_note_of_a_month_in_english(world: World) -> None:
    row = make_handed_over(world.hospital)
    make_follow_up(row)
    make_follow_up(row, used=True, cases=1234)
    client = signed_in(world, Role.TRAINING_OFFICE)
    client.cookies["ngon-ngu"] = "en"
    page = text(client, f"{BASE}{row.public_id}/")
    assert ("1,234" in page, "Cause skill" in page, "handed over" in page) == (True, False, True)


def test_receiving_station_reads_and_does_not_write(world: World) -> None:
    row = make_agreement(world.hospital, receiver=world.station)
    client = signed_in(world, Role.STATION)
    page = text(client, f"{BASE}{row.public_id}/")
    assert (world.hospital.name in page, "Kết thúc</a>" in page) == (True, False)
    refused = [client.get(f"{BASE}{path}").status_code for path in ("moi/", f"{row.public_id}/ban-giao/")]
    assert refused == [403, 403]


@pytest.mark.parametrize("path", ["", "ky/", "ban-giao/", "theo-doi/", "ket-thuc/"])
def test_other_hospitals_agreement_is_not_found(world: World, path: str) -> None:
    row = make_agreement(world.organisation("hospital_b"))
    assert signed_in(world, Role.TRAINING_OFFICE).get(f"{BASE}{row.public_id}/{path}").status_code == 404


def test_role_without_transfers_is_refused(world: World) -> None:
    assert signed_in(world, Role.FINANCE_DEPARTMENT).get(BASE).status_code == 403


def test_form_offers_own_units_as_givers_and_facilities_of_the_province_as_receivers(world: World) -> None:
    from lientuc.transfer.queries import givers, receivers

    by = world.user(Role.TRAINING_OFFICE)
    assert list(givers(by).values_list("code", flat=True)) == ["hospital"]
    assert set(receivers(by).values_list("code", flat=True)) == {
        "hospital",
        "hospital_b",
        "ward",
        "station",
        "station_b",
        "point",
    }
