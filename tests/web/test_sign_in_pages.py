"""The pages of the sign-in library in the house's face: both languages, strict policy, closed to sign-up."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.world import World

AGAIN = "/tai-khoan/reauthenticate/?next=/tai-khoan/2fa/totp/activate/"
FOREIGN = re.compile(r"\b(Sign (?:In|Out|Up)|Two-Factor|Please|Forgot|Username)\b")


def text_of(response: HttpResponse) -> str:
    """The page as text."""
    return response.content.decode()


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_signup", "account_inactive"])
def test_public_account_page_is_vietnamese_and_keeps_the_policy(name: str, client: Client, db: None) -> None:
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert FOREIGN.findall(text_of(response)) == []
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]
    assert '<html lang="vi">' in text_of(response)


def test_login_page_asks_for_name_phone_or_mail_in_one_field(client: Client, db: None) -> None:
    html = text_of(client.get(reverse("account_login")))

    assert '<label class="form-label" for="id_login">Tên đăng nhập, số điện thoại hoặc thư điện tử</label>' in html
    assert 'type="password" name="password"' in html


def test_login_page_follows_the_chosen_language(client: Client, db: None) -> None:
    client.post(reverse("web:language"), {"language": "en", "next": reverse("account_login")})

    html = text_of(client.get(reverse("account_login")))

    assert '<html lang="en">' in html
    assert "User name, phone number or e-mail" in html


def test_wrong_password_is_refused_in_vietnamese_and_not_shown_again(client: Client, world: World) -> None:
    response = client.post(reverse("account_login"), {"login": "station", "password": "không đúng đâu"})

    assert "Tên đăng nhập hoặc mật khẩu không đúng." in text_of(response)
    assert 'value="station"' in text_of(response)
    assert "không đúng đâu" not in text_of(response)


@pytest.mark.parametrize("name", ["mfa_index", "account_set_password", "mfa_list_webauthn", "account_email"])
def test_own_account_page_is_vietnamese(name: str, client: Client, world: World) -> None:
    client.force_login(world.user("station"), backend="lientuc.accounts.login.NamePhoneOrMail")

    response = client.get(reverse(name))

    assert response.status_code == 200
    assert FOREIGN.findall(text_of(response)) == []
    assert "Người dùng station" in text_of(response)


def test_person_can_change_a_password_and_stays_signed_in(client: Client, world: World) -> None:
    user = world.user("station")
    user.set_password("một câu dài để nhớ")
    user.save()
    client.force_login(user, backend="lientuc.accounts.login.NamePhoneOrMail")
    new = "một câu khác cũng dài"

    response = client.post(
        reverse("account_change_password"),
        {"oldpassword": "một câu dài để nhớ", "password1": new, "password2": new},
        follow=True,
    )

    assert "Đã đổi mật khẩu." in text_of(response)
    assert world.user("station").check_password(new)


def test_activation_of_the_app_shows_a_code_and_refuses_a_wrong_one(client: Client, world: World) -> None:
    user = world.user("station")
    user.set_password("một câu dài để nhớ")
    user.save()
    client.post(reverse("account_login"), {"login": "station", "password": "một câu dài để nhớ"})

    asked = text_of(client.get(reverse("mfa_activate_totp"), follow=True))
    shown = text_of(client.post(AGAIN, {"password": "một câu dài để nhớ"}, follow=True))
    refused = text_of(client.post(reverse("mfa_activate_totp"), {"code": "000000"}))

    assert "Bước tiếp theo cần xác nhận lại người đang đăng nhập." in asked
    assert 'src="data:image/svg+xml' in shown
    assert "Mã không đúng hoặc đã hết hạn." in refused


def test_sign_up_is_closed(client: Client, db: None) -> None:
    html = text_of(client.post(reverse("account_signup"), {"username": "moi", "password1": "x", "password2": "x"}))

    assert "Tài khoản do đơn vị cấp" in html


def test_unknown_address_is_a_page_of_the_house(client: Client, db: None) -> None:
    response = client.get("/khong-co/")

    assert response.status_code == 404
    assert "Không tìm thấy nội dung theo địa chỉ này" in text_of(response)
