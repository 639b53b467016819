"""Pages of accounts: lists by scope, slips shown once, the table of roles, tokens."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.accounts.models import ApiToken, Grant, User
from lientuc.places.scope import WhyUnscoped
from tests.factories.accounts import make_grant, make_user
from tests.world import World

NEW = {"full_name": "Lê Thị Bình", "username": "binh.tram", "phone": "0912 345 679", "role": "health_worker"}


@pytest.fixture
def station(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.STATION))
    return client


@pytest.mark.parametrize("path", ["tai-khoan/", "tai-khoan/mo/", "vai-tro-va-quyen/", "khoa-ket-noi/"])
def test_page_speaks_both_languages(station: Client, path: str) -> None:
    vietnamese = station.get(f"/quan-tri/{path}")
    station.cookies["ngon-ngu"] = "en"
    english = station.get(f"/quan-tri/{path}")
    assert (vietnamese.status_code, english.status_code) == (200, 200)
    assert vietnamese.content != english.content


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_queries_for_one_and_three_rows(
    station: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_user(world.station, f"Người mới {number}")
    with django_assert_num_queries(6):
        page = station.get("/quan-tri/tai-khoan/?q=Người mới").content.decode()
    assert page.count('<th scope="row">') == count


def test_list_shows_own_unit_only(station: Client, world: World) -> None:
    make_user(world.station, "Người nhà")
    make_user(world.station_b, "Người khác")
    page = station.get("/quan-tri/tai-khoan/").content.decode()
    assert ("Người nhà" in page, "Người khác" in page) == (True, False)


def test_list_without_a_match_says_so(station: Client) -> None:
    assert "empty-state" in station.get("/quan-tri/tai-khoan/?q=khongaico").content.decode()


def test_filter_by_role_and_state(station: Client, world: World) -> None:
    make_user(world.station, "Đang khóa", is_active=False)
    page = station.get("/quan-tri/tai-khoan/?role=health_worker&active=no").content.decode()
    assert page.count('<th scope="row">') == 1


def test_health_worker_may_not_see_accounts(client: Client, world: World) -> None:
    client.force_login(world.user(Role.HEALTH_WORKER))
    assert client.get("/quan-tri/tai-khoan/").status_code == 403


def test_account_of_another_unit_is_not_found(station: Client, world: World) -> None:
    other = make_user(world.station_b)
    for path in ("", "vai-tro/"):
        assert station.get(f"/quan-tri/tai-khoan/{other.public_id}/{path}").status_code == 404
    for path in ("khoa/", "mo-lai/", "mat-khau/"):
        assert station.post(f"/quan-tri/tai-khoan/{other.public_id}/{path}").status_code == 404


def test_slip_shows_the_password_once(station: Client, world: World) -> None:
    sent = NEW | {"organisation": str(world.station.public_id), "key": "k"}
    first = station.post("/quan-tri/tai-khoan/mo/", sent).content.decode()
    second = station.post("/quan-tri/tai-khoan/mo/", sent).content.decode()
    assert (first.count("<code>"), second.count("<code>")) == (1, 0)
    user = User.objects.get(username="binh.tram")
    assert (user.phone, user.check_password(first.split("<code>")[1].split("</code>")[0])) == ("0912345679", True)


def test_refused_account_keeps_what_was_typed(station: Client, world: World) -> None:
    sent = NEW | {"organisation": str(world.station.public_id), "username": "station"}
    page = station.post("/quan-tri/tai-khoan/mo/", sent).content.decode()
    assert "Tên đăng nhập hoặc số điện thoại này đã có tài khoản" in page
    assert "Lê Thị Bình" in page


def test_account_is_not_opened_outside_the_unit(station: Client, world: World) -> None:
    sent = NEW | {"organisation": str(world.station_b.public_id)}
    assert station.post("/quan-tri/tai-khoan/mo/", sent).status_code == 200
    assert not User.objects.filter(username="binh.tram").exists()


def test_role_is_granted_and_withdrawn_on_the_page(station: Client, world: World) -> None:
    user = make_user(world.station)
    path = f"/quan-tri/tai-khoan/{user.public_id}/"
    sent = {"organisation": str(world.station.public_id), "role": "station"}
    assert station.post(f"{path}vai-tro/", sent).status_code == 302
    grant = Grant.objects.unscoped(WhyUnscoped.SETUP).get(user=user, role=Role.STATION)
    assert "Kết thúc vai trò" in station.get(path).content.decode()
    assert station.post(f"/quan-tri/vai-tro/{grant.public_id}/ket-thuc/").status_code == 302
    assert Grant.objects.unscoped(WhyUnscoped.SETUP).get(pk=grant.pk).to_on is not None


def test_grant_of_another_unit_is_not_found(station: Client, world: World) -> None:
    grant = make_grant(world.station_b)
    assert station.post(f"/quan-tri/vai-tro/{grant.public_id}/ket-thuc/").status_code == 404


def test_account_is_closed_reopened_and_gets_a_new_slip(station: Client, world: World) -> None:
    user = make_user(world.station)
    path = f"/quan-tri/tai-khoan/{user.public_id}/"
    station.post(f"{path}khoa/")
    assert "Mở lại tài khoản" in station.get(path).content.decode()
    station.post(f"{path}mo-lai/")
    assert "Khóa tài khoản" in station.get(path).content.decode()
    assert station.post(f"{path}mat-khau/").content.decode().count("<code>") == 1


def test_roles_page_lists_the_chosen_role(station: Client) -> None:
    page = station.get("/quan-tri/vai-tro-va-quyen/?role=auditor").content.decode()
    assert "xem nhật ký hệ thống" in page


def test_token_is_made_shown_once_and_ended(station: Client, world: World) -> None:
    first = station.post("/quan-tri/khoa-ket-noi/", {"name": "HIS", "key": "k"}).content.decode()
    again = station.post("/quan-tri/khoa-ket-noi/", {"name": "HIS", "key": "k"}).content.decode()
    assert (first.count("data-copy"), again.count("data-copy")) == (1, 0)
    token = ApiToken.objects.get()
    assert station.post("/quan-tri/khoa-ket-noi/ket-thuc/", {"token": str(token.public_id)}).status_code == 302
    assert ApiToken.objects.get().ended_on is not None


def test_others_token_is_not_found(station: Client, world: World) -> None:
    token = ApiToken.objects.create(user=world.user(Role.MINISTRY), name="x", token_hash="x", made_on="2026-01-01")
    for sent in (str(token.public_id), "khong-phai-ma"):
        assert station.post("/quan-tri/khoa-ket-noi/ket-thuc/", {"token": sent}).status_code == 404
