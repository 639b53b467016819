"""Filters of the roof's pages."""

from __future__ import annotations

from typing import Any

from django import forms

from lientuc.core.clock import today
from lientuc.places.enums import CareLevel, UnitLevel
from lientuc.places.models import Organisation
from lientuc.places.queries import units
from lientuc.registry.enums import Title
from lientuc.web.say import choices, say

from .enums import ReviewBy
from .review import VIEW, Asked

_ALL = ("", say("Tất cả", "All"))
_DAY: dict[str, Any] = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "required": False}
_DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


class SearchForm(forms.Form):
    """What is looked for."""

    q = forms.CharField(label=say("Tìm", "Find"), required=False, max_length=120)


class ReviewForm(forms.Form):
    """What the review is asked; the places offered are those of the scope, one step below what is chosen."""

    by = forms.ChoiceField(label=say("Chia theo", "By"), required=False)
    province = forms.ChoiceField(label=say("Tỉnh, thành phố", "Province"), required=False)
    commune = forms.ChoiceField(label=say("Xã, phường, đặc khu", "Commune"), required=False)
    care_level = forms.ChoiceField(label=say("Cấp chuyên môn", "Care level"), required=False)
    unit = forms.ChoiceField(label=say("Đơn vị", "Unit"), required=False)
    title = forms.ChoiceField(label=say("Chức danh", "Title"), required=False)

    def __init__(self, data: Any, *, by: Any, narrowing: bool) -> None:
        super().__init__(data or None)
        self.seen = Organisation.objects.visible_to(by, VIEW)
        self._offer("by", choices("reports", ReviewBy), empty=False)
        if not narrowing:
            for name in ("province", "commune", "care_level", "unit", "title"):
                del self.fields[name]
            return
        self._offer("care_level", choices("places", CareLevel))
        self._offer("title", choices("registry", Title))
        self._offer_places(everything=by.scope(VIEW).everything)

    def _offer_places(self, *, everything: bool) -> None:
        """A national reader chooses a province before communes and units are listed."""
        if everything:
            self._offer("province", _unit_choices(UnitLevel.PROVINCE, ""))
        else:
            del self.fields["province"]
        province = self.data.get("province", "")
        if everything and not province:
            del self.fields["commune"], self.fields["unit"]
            return
        rows = self.seen.filter(province_code=province) if province else self.seen
        listed = list(rows.order_by("name_fold", "pk").values_list("public_id", "name", "commune_code"))
        communes = {commune for _, _, commune in listed if commune}
        self._offer("commune", [pair for pair in _unit_choices(UnitLevel.COMMUNE, province) if pair[0] in communes])
        chosen = self.data.get("commune", "")
        self._offer("unit", [(str(key), name) for key, name, commune in listed if not chosen or commune == chosen])

    def _offer(self, name: str, pairs: list[Any], *, empty: bool = True) -> None:
        self.fields[name].choices = [_ALL, *pairs] if empty else pairs

    def asked(self) -> Asked:
        """What was chosen; what cannot be read is left out."""
        data: dict[str, str] = self.cleaned_data if self.is_valid() else {}
        unit = data.get("unit", "")
        return Asked(
            by=ReviewBy(data.get("by") or ReviewBy.CARE_LEVEL),
            province_code=data.get("province", ""),
            commune_code=data.get("commune", ""),
            care_level=data.get("care_level", ""),
            organisation=self.seen.filter(public_id=unit).first() if unit else None,
            title=data.get("title", ""),
        )


def _unit_choices(level: UnitLevel, province_code: str) -> list[tuple[str, str]]:
    rows = units(level=level, on=today(), province_code=province_code).order_by("name_fold", "code")
    return list(rows.values_list("code", "name"))


class AuditForm(forms.Form):
    """What the trail is narrowed by."""

    action = forms.CharField(
        label=say("Việc (mã)", "Action (code)"),
        required=False,
        help_text=say("Ví dụ: registry hoặc registry.end_post", "For instance: registry or registry.end_post"),
    )
    person = forms.CharField(label=say("Người thực hiện", "Person"), required=False)
    subject = forms.CharField(label=say("Đối tượng (mã)", "Subject (id)"), required=False)
    first = forms.DateField(label=say("Từ ngày", "From"), input_formats=_DAY_FORMATS, **_DAY)
    last = forms.DateField(label=say("Đến ngày", "To"), input_formats=_DAY_FORMATS, **_DAY)
