"""Forms about units, providers and catalogues."""

from __future__ import annotations

from typing import Any

from django import forms

from lientuc.places.enums import CareLevel, OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.rules import OrganisationDraft
from lientuc.web.say import choices, say

from ..enums import ProviderCode
from ..rules import AuthorityDraft
from .fields import code_field, day_field, text_field, unit_field, units_for

FIND = "registry.edit_organisations"


class OrganisationsFilter(forms.Form):
    """What the list of units is narrowed by."""

    q = forms.CharField(label=say("Tên hoặc mã đơn vị", "Name or code"), required=False, max_length=120)
    kind = forms.ChoiceField(label=say("Loại đơn vị", "Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", say("– tất cả –", "– all –")), *choices("places", OrganisationKind)]


class OrganisationForm(forms.Form):
    """A unit entered by hand, under the units one answers for."""

    name = text_field("Tên đơn vị", "Name", most=200, required=True)
    short_name = text_field("Tên viết tắt", "Short name", most=80)
    code = text_field("Mã đơn vị", "Code", most=20)
    kind = forms.TypedChoiceField(label=say("Loại đơn vị", "Kind"), coerce=OrganisationKind)
    care_level = forms.TypedChoiceField(label=say("Cấp chuyên môn", "Level of care"), coerce=CareLevel)
    employer = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=say("Trực thuộc (quản lý nhân sự)", "Employer line: parent"),
        to_field_name="public_id",
        required=False,
        empty_label="–",
    )
    professional = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=say("Chỉ đạo chuyên môn", "Professional line: parent"),
        to_field_name="public_id",
        required=False,
        empty_label="–",
    )
    province_code = text_field("Mã tỉnh", "Province code", most=5, hint=say("2 chữ số", "2 digits"))
    commune_code = text_field("Mã xã, phường, đặc khu", "Commune code", most=5, hint=say("5 chữ số", "5 digits"))
    address = text_field("Địa chỉ", "Address", most=200)
    public = forms.BooleanField(label=say("Đơn vị công lập", "Public"), required=False, initial=True)
    from_on = day_field("Hoạt động từ ngày", "Works since", required=True)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("employer", "professional"):
            self.fields[name].queryset = units_for(by, FIND)
        self.fields["kind"].choices = choices("places", OrganisationKind)
        self.fields["care_level"].choices = choices("places", CareLevel)

    def draft(self) -> OrganisationDraft:
        """The unit as typed, without its parents."""
        data = {key: value for key, value in self.cleaned_data.items() if key not in {"employer", "professional"}}
        return OrganisationDraft(**data)


class ProviderForm(forms.Form):
    """A unit that runs continuing training."""

    organisation = unit_field()
    contact = text_field("Đầu mối liên hệ", "Contact", most=120)
    website = text_field("Trang thông tin", "Website", most=200)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = units_for(by, "registry.edit_providers")


class AuthorityForm(forms.Form):
    """A code granted by decision."""

    code_kind = code_field("Loại mã", "Kind of code", ProviderCode, required=True)
    code = text_field("Mã cơ sở đào tạo", "Provider code", most=20, missing="registry.provider_code_missing")
    decision = text_field("Quyết định (số, ngày)", "Decision", most=120, missing="registry.decision_missing")
    from_on = day_field("Có hiệu lực từ", "In force from", required=True)
    to_on = day_field("Đến ngày", "To")

    def draft(self) -> AuthorityDraft:
        """The grant as typed."""
        return AuthorityDraft(**self.cleaned_data)


class SuspensionForm(forms.Form):
    """A provider stopped by decision."""

    decision = text_field("Quyết định đình chỉ (số, ngày)", "Decision", most=120, missing="registry.decision_missing")
    from_on = day_field("Từ ngày", "From", required=True)
    to_on = day_field("Đến ngày", "To")


class LiftForm(forms.Form):
    """The end of a suspension."""

    to_on = day_field("Ngày đình chỉ cuối cùng", "Last day of the suspension", required=True)


class CatalogueForm(forms.Form):
    """An official list of functions or techniques."""

    what = forms.ChoiceField(label=say("Danh mục", "Catalogue"))
    file = forms.FileField(label=say("Tệp bảng tính (.xlsx, .xls, .csv)", "Table (.xlsx, .xls, .csv)"))
    source = text_field(
        "Văn bản ban hành",
        "Source",
        most=200,
        required=True,
        hint=say("số và ngày văn bản", "number and date of the text"),
    )
    from_on = day_field("Áp dụng từ ngày", "In force from", required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [
            ("techniques", say("Danh mục kỹ thuật", "Techniques")),
            ("functions", say("Danh mục chức năng, nhiệm vụ", "Functions")),
        ]
