"""Signing in by user name, phone or mail; nobody signs up by themselves."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.backends import ModelBackend
from django.db.models import Q
from django.http import HttpRequest

from lientuc.web.say import say

from .models import User


class NamePhoneOrMail(ModelBackend):
    """One field takes whatever the person remembers."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """The active user of that name, phone or mail with that password; the same time is spent on unknown names."""
        name = (username or "").strip()
        if not name or password is None:
            return None
        user = User.objects.filter(Q(username__iexact=name) | Q(phone=name) | Q(email__iexact=name)).first()
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None


WRONG_NAME = say(
    "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra lại phím chữ hoa và bộ gõ tiếng Việt.",
    "The name or the password is wrong. Check the capitals key and the keyboard.",
)
WRONG_CODE = say(
    "Mã không đúng hoặc đã hết hạn. Nhập mã đang hiện.", "The code is wrong or too old. Type the one now shown."
)


class ClosedDoorAdapter(DefaultAccountAdapter):
    """Accounts are made by units, not by visitors; the library's refusals in our two languages."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": say("Tài khoản này đang ngừng hoạt động.", "This account is not active."),
        "enter_current_password": say("Mật khẩu hiện tại không đúng.", "The current password is wrong."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": say("Mật khẩu không đúng.", "The password is wrong."),
        "invalid_login": WRONG_NAME,
        "username_password_mismatch": WRONG_NAME,
        "too_many_login_attempts": say(
            "Đăng nhập sai quá nhiều lần. Đợi năm phút rồi thử lại.",
            "Too many failed tries. Wait five minutes and try again.",
        ),
        "rate_limited": say("Gửi quá nhiều lần. Đợi ít phút rồi thử lại.", "Sent too often. Wait a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step of signing in, its refusals in our two languages."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": say(
            "Không tắt được xác thực hai bước.", "Two-step sign-in cannot be turned off."
        ),
        "cannot_generate_recovery_codes": say(
            "Cần bật xác thực hai bước trước khi tạo mã dự phòng.",
            "Turn on two-step sign-in before making recovery codes.",
        ),
    }
