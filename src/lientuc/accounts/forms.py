"""Forms of accounts: typed text into drafts; who may grant what is said by the rules."""

from __future__ import annotations

from typing import Any

from django import forms

from lientuc.places.models import Organisation
from lientuc.web.say import choices, say

from .enums import Role
from .queries import managed_organisations
from .rules import ROLE_HOMES, UserDraft


def _roles() -> list[tuple[str, Any]]:
    """Codes and labels of the roles a person may hold."""
    return [(code, text) for code, text in choices("accounts", Role) if ROLE_HOMES[Role(code)]]


class UserFilter(forms.Form):
    """What the list of accounts is narrowed by."""

    q = forms.CharField(label=say("Tên, tên đăng nhập, số điện thoại", "Name, user name, phone"), required=False)
    role = forms.ChoiceField(label=say("Vai trò", "Role"), required=False)
    active = forms.ChoiceField(
        label=say("Tình trạng", "State"),
        required=False,
        choices=[
            ("", say("Tất cả", "All")),
            ("yes", say("đang hoạt động", "active")),
            ("no", say("đang khóa", "closed")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", say("Tất cả", "All")), *_roles()]


class RoleForm(forms.Form):
    """A role somewhere the giver manages."""

    organisation: Any = forms.ModelChoiceField(
        label=say("Đơn vị", "Unit"), queryset=None, to_field_name="public_id", empty_label=say("– Chọn –", "– Choose –")
    )
    role = forms.ChoiceField(label=say("Vai trò", "Role"))

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = managed_organisations(by)
        self.fields["role"].choices = [("", say("– Chọn –", "– Choose –")), *_roles()]

    @property
    def place(self) -> Organisation:
        """The chosen organisation."""
        chosen: Organisation = self.cleaned_data["organisation"]
        return chosen


class AccountForm(RoleForm):
    """A new account with its first role."""

    full_name = forms.CharField(label=say("Họ và tên", "Full name"), max_length=120)
    username = forms.CharField(
        label=say("Tên đăng nhập", "User name"),
        max_length=80,
        help_text=say("Có thể dùng số điện thoại làm tên đăng nhập.", "The phone number may serve as user name."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    phone = forms.CharField(
        label=say("Số điện thoại", "Phone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    email = forms.EmailField(label=say("Thư điện tử", "E-mail"), required=False)

    field_order = ("full_name", "username", "phone", "email", "organisation", "role")

    def draft(self) -> UserDraft:
        """What was typed."""
        data = self.cleaned_data
        return UserDraft(
            username=data["username"],
            full_name=data["full_name"],
            phone="".join(data["phone"].split()),
            email=data["email"],
        )


class TokenForm(forms.Form):
    """A name for a new token."""

    name = forms.CharField(label=say("Tên hệ thống sẽ dùng khóa", "System that will use the token"), max_length=80)


class RightsForm(forms.Form):
    """Which role's permissions are listed."""

    role = forms.ChoiceField(label=say("Vai trò", "Role"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = _roles()
