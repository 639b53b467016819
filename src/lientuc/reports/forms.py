"""Filters of the roof's pages."""

from __future__ import annotations

from typing import Any

from django import forms

from lientuc.core.clock import today
from lientuc.places.enums import CareLevel, UnitLevel
from lientuc.places.models import Organisation
from lientuc.places.queries import unit_choices
from lientuc.registry.enums import Quality, Title
from lientuc.web.say import choices, say

from .enums import Area, Ownership, ReviewBy
from .review.asking import VIEW, Asked
from .review.brief import LONGEST_DECISION
from .rules import SavedViewDraft, SignatureDraft

_ALL = ("", say("Tất cả", "All"))
_DAY: dict[str, Any] = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "required": False}
_LINES = forms.Textarea(attrs={"rows": 2})
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
    area = forms.ChoiceField(label=say("Vùng khó khăn", "Difficulty area"), required=False)
    ownership = forms.ChoiceField(label=say("Công lập, tư nhân", "Public or private"), required=False)

    def __init__(self, data: Any, *, by: Any) -> None:
        super().__init__(data or None)
        self.seen = Organisation.objects.visible_to(by, VIEW)
        self._offer("by", choices("reports", ReviewBy), empty=False)
        self._offer("area", choices("reports", Area))
        self._offer("ownership", choices("reports", Ownership))
        self._offer("care_level", choices("places", CareLevel))
        self._offer("title", choices("registry", Title))
        self._offer_places(everything=by.scope(VIEW).everything)

    def _offer_places(self, *, everything: bool) -> None:
        """A national reader chooses a province before communes and units are listed."""
        if everything:
            self._offer("province", unit_choices(UnitLevel.PROVINCE, on=today()))
        else:
            del self.fields["province"]
        province = self.data.get("province", "")
        if everything and not province:
            del self.fields["commune"], self.fields["unit"]
            return
        rows = self.seen.filter(province_code=province) if province else self.seen
        listed = list(rows.order_by("name_fold", "pk").values_list("public_id", "name", "commune_code"))
        communes = {commune for _, _, commune in listed if commune}
        self._offer(
            "commune",
            [
                pair
                for pair in unit_choices(UnitLevel.COMMUNE, on=today(), province_code=province)
                if pair[0] in communes
            ],
        )
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
            area=Area(data["area"]) if data.get("area") else None,
            ownership=Ownership(data["ownership"]) if data.get("ownership") else None,
        )


class SaveViewForm(forms.Form):
    """A name for what is looked at."""

    name = forms.CharField(label=say("Tên cách xem", "Name of the view"), max_length=80)
    shared = forms.BooleanField(label=say("Dùng chung trong cơ quan", "Share within the office"), required=False)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)

    def draft(self) -> SavedViewDraft:
        """What was typed."""
        data = self.cleaned_data
        return SavedViewDraft(data["name"], data["query"], data["shared"])


class DropViewForm(forms.Form):
    """Which view to forget."""

    view = forms.UUIDField()


class SignatureForm(forms.Form):
    """Who signs a frozen review, for which organisation."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=say("Đơn vị chốt số liệu", "Organisation"),
        to_field_name="public_id",
        empty_label=None,
    )
    title = forms.CharField(label=say("Tên bản chốt", "Title"), max_length=160)
    signed_post = forms.CharField(label=say("Chức vụ người ký", "Post of who signs"), max_length=120)
    signed_name = forms.CharField(label=say("Họ và tên người ký", "Name of who signs"), max_length=120)

    def __init__(self, data: Any, *, by: Any, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        rows = Organisation.objects.visible_to(by, "reports.freeze_review").filter(to_on__isnull=True)
        self.fields["organisation"].queryset = rows.order_by("name_fold", "pk")

    def draft(self) -> SignatureDraft:
        """What was typed."""
        data = self.cleaned_data
        return SignatureDraft(data["title"], data["signed_name"], data["signed_post"])


class BriefForm(forms.Form):
    """The one-page brief before it is printed; the decisions were proposed by rule."""

    title = forms.CharField(label=say("Tiêu đề", "Title"), max_length=200)
    to = forms.CharField(label=say("Kính gửi", "To"), max_length=160, required=False)
    decision_1 = forms.CharField(label=say("Quyết định 1", "Decision 1"), max_length=LONGEST_DECISION, widget=_LINES)
    decision_2 = forms.CharField(label=say("Quyết định 2", "Decision 2"), max_length=LONGEST_DECISION, widget=_LINES)
    decision_3 = forms.CharField(label=say("Quyết định 3", "Decision 3"), max_length=LONGEST_DECISION, widget=_LINES)
    signed_post = forms.CharField(label=say("Chức vụ người ký", "Post of who signs"), max_length=80, required=False)
    signed_name = forms.CharField(label=say("Họ và tên người ký", "Name of who signs"), max_length=80, required=False)


class CompareForm(forms.Form):
    """Which frozen review this one is compared with."""

    other = forms.ChoiceField(label=say("So với bản chốt", "Compared with"), required=False)


class QualityForm(forms.Form):
    """What the worklist is narrowed by."""

    code = forms.ChoiceField(label=say("Vấn đề", "Problem"), required=False)
    unit = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=say("Đơn vị", "Unit"),
        to_field_name="public_id",
        required=False,
        empty_label=_ALL[1],
    )

    def __init__(self, data: Any, *, by: Any) -> None:
        super().__init__(data or None)
        rows = Organisation.objects.visible_to(by, "registry.view_workers").filter(to_on__isnull=True)
        self.fields["unit"].queryset = rows.order_by("name_fold", "pk")
        self.fields["code"].choices = [_ALL, *choices("registry", Quality)]


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
