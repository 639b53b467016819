"""The form of a reorganisation, and of smaller changes to one unit."""

from __future__ import annotations

from typing import Any

from django import forms

from lientuc.places.enums import AreaKind, Line, SuccessionKind
from lientuc.places.models import Organisation
from lientuc.web.say import choices, say

from ..reorganising.rules import ReorganisationDraft
from .fields import code_field, day_field, text_field, units_for

EDIT = "registry.edit_organisations"


class ReorganisationForm(forms.Form):
    """Which units, from when, by which decision, and what becomes of them."""

    kind = forms.TypedChoiceField(label=say("Hình thức", "Kind"), coerce=SuccessionKind)
    units = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=say("Đơn vị được sắp xếp", "Units concerned"),
        to_field_name="public_id",
        help_text=say(
            "sáp nhập: các đơn vị dừng hoạt động; chia tách, đổi tên: một đơn vị",
            "merger: the units that end; split and renaming: one unit",
        ),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    heir = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=say("Sáp nhập vào đơn vị đã có", "Merged into an existing unit"),
        to_field_name="public_id",
        required=False,
        empty_label="–",
        help_text=say("để trống khi thành lập đơn vị mới", "empty where a new unit is founded"),
    )
    name = text_field(
        "Tên đơn vị mới / tên mới",
        "Name of the new unit, or the new name",
        most=200,
        hint=say("để trống khi sáp nhập vào đơn vị đã có", "empty where units merge into an existing one"),
    )
    short_name = text_field("Tên viết tắt", "Short name", most=80)
    code = text_field("Mã đơn vị mới", "Code of the new unit", most=20)
    on = day_field("Ngày có hiệu lực", "In force from", required=True)
    decision = text_field(
        "Nghị quyết, quyết định (số, ngày)", "Decision", most=120, missing="registry.decision_missing"
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices("places", SuccessionKind)
        for name in ("units", "heir"):
            self.fields[name].queryset = units_for(by, EDIT)

    def draft(self) -> ReorganisationDraft:
        """The reorganisation as typed, without its units."""
        names = ("kind", "on", "decision", "name", "short_name", "code")
        return ReorganisationDraft(**{name: self.cleaned_data[name] for name in names})


class RenameForm(forms.Form):
    """A corrected or new name of one unit."""

    name = text_field("Tên mới", "New name", most=200, required=True)
    short_name = text_field("Tên viết tắt", "Short name", most=80)
    on = day_field("Từ ngày", "From", required=True)
    decision = text_field("Quyết định (số, ngày)", "Decision", most=120)


class MoveForm(forms.Form):
    """Another parent on one line."""

    line = forms.TypedChoiceField(label=say("Tuyến quản lý", "Line"), coerce=Line)
    parent = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=say("Đơn vị cấp trên mới", "New parent"),
        to_field_name="public_id",
        required=False,
        empty_label=say("– không có –", "– none –"),
    )
    on = day_field("Từ ngày", "From", required=True)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].choices = choices("places", Line)
        self.fields["parent"].queryset = units_for(by, EDIT)


class AreaForm(forms.Form):
    """One area class of communes, entered by their codes."""

    codes = forms.CharField(
        label=say("Mã xã, phường, đặc khu", "Commune codes"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=say("5 chữ số, mỗi dòng một mã", "5 digits, one a line"),
    )
    kind = code_field("Loại", "Kind", AreaKind, required=True)
    value = forms.ChoiceField(label=say("Giá trị", "Value"))
    from_on = day_field("Từ ngày", "From", required=True)
    source = text_field("Văn bản", "Source", most=200, required=True, hint=say("số và ngày", "number and date"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices("places", AreaKind)
        self.fields["value"].choices = [("I", "I"), ("II", "II"), ("III", "III"), ("yes", say("có", "yes"))]
