"""Forms about where a person works: moved, gone, come back; an account, a withdrawn licence."""

from __future__ import annotations

from typing import Any

from django import forms

from lientuc.accounts.models import User
from lientuc.web.say import choices, say

from ..enums import EndReason, LicenceKind
from ..leaving_rules import FOR_GOOD
from ..models import Leave
from ..rules import LicenceDraft
from .fields import code_field, day_field, text_field
from .people import LeaveForm, PersonForm, PostFields, UnitMixin


class TransferForm(PostFields, UnitMixin):
    """A move from one unit to another; training goes along."""

    decision = text_field("Quyết định điều động (số, ngày)", "Decision", most=120)
    field_order = ("organisation", "from_on", "decision")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].label = say("Đơn vị mới", "New unit")
        self.fields["from_on"].label = say("Ngày đầu tiên tại đơn vị mới", "First day there")
        self.fields["from_on"].required = True
        del self.fields["responsible_for_training"]

    def clean(self) -> dict[str, Any]:
        """Whether the unit answers for training follows the post that ends."""
        return {**(super().clean() or {}), "responsible_for_training": False}


class ReturnForm(PostFields, UnitMixin):
    """The post of somebody who comes back."""

    field_order = ("organisation", "from_on")


class DepartureForm(forms.Form):
    """Retired, died or moved abroad."""

    reason = forms.TypedChoiceField(label=say("Lý do", "Reason"), coerce=EndReason)
    on = day_field("Ngày cuối cùng", "Last day", required=True)
    decision = text_field("Quyết định, giấy tờ (số, ngày)", "Decision or paper", most=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict(choices("registry", EndReason))
        self.fields["reason"].choices = [(str(code), known[code]) for code in FOR_GOOD]


class FreeForm(PersonForm):
    """A person without employer: no post; a licence where there is one."""

    organisation = UnitMixin.base_fields["organisation"]
    licence_kind = code_field("Loại giấy phép", "Kind of licence", LicenceKind)
    licence_number = text_field("Số giấy phép", "Licence number", most=40)
    licence_issued_on = day_field("Ngày cấp", "Issued on")
    field_order = ("organisation", *PersonForm.base_fields)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = UnitMixin(by=by)
        self.fields["organisation"].queryset = units.fields["organisation"].queryset
        self.fields["organisation"].initial = units.fields["organisation"].initial
        self.fields["organisation"].label = say("Đơn vị giữ hồ sơ", "Unit that keeps the record")

    def licence(self) -> LicenceDraft | None:
        """The licence as typed, or None."""
        data = self.cleaned_data
        if not (data["licence_kind"] or data["licence_number"]):
            return None
        return LicenceDraft(data["licence_kind"], data["licence_number"], issued_on=data["licence_issued_on"])


class WithdrawForm(forms.Form):
    """A licence withdrawn by decision."""

    on = day_field("Ngày thu hồi", "Withdrawn on", required=True)
    reason = text_field("Quyết định, lý do", "Decision, reason", most=200, missing="registry.reason_missing")


class AccountForm(forms.Form):
    """Whose account shows the record as their own."""

    username = text_field(
        "Tên đăng nhập", "User name", most=150, required=True, hint=say("của chính người này", "the person's own")
    )

    def user(self) -> User | None:
        """The account by its exact name."""
        found: User | None = User.objects.filter(username=self.cleaned_data["username"].strip(), is_active=True).first()
        return found


class LeaveAgainForm(LeaveForm):
    """A leave already recorded."""

    @staticmethod
    def values_of(leave: Leave) -> dict[str, Any]:
        """What the form shows of it."""
        return {name: getattr(leave, name) for name in ("basis", "from_on", "to_on", "decision")}
