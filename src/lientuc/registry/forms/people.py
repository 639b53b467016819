"""Forms about people: the record, posts, licences, leave; each makes the draft the action takes."""

from __future__ import annotations

from typing import Any

from django import forms

from lientuc.core.clock import today
from lientuc.places.enums import UnitLevel
from lientuc.places.queries import unit_choices
from lientuc.web.say import choices, say

from ..enums import EndReason, LeaveBasis, LicenceKind, LicenceState, PostKind, Sex, Specialty, Title
from ..models import HealthWorker
from ..rules import LeaveDraft, LicenceDraft, PostDraft, StaffDraft, WorkerDraft
from .fields import code_field, day_field, text_field, unit_field, units_for

EDIT = "registry.edit_workers"
_HAS_LICENCE = ("licence_kind", "licence_number", "licence_issuer", "licence_issued_on", "licence_valid_to")


class PersonForm(forms.Form):
    """Who somebody is."""

    full_name = text_field("Họ và tên", "Full name", most=120, missing="registry.name_missing", autocomplete="off")
    title = code_field("Chức danh", "Title", Title, missing="registry.title_missing")
    national_number = text_field(
        "Số định danh cá nhân", "National number", most=20, hint=say("12 chữ số", "12 digits"), inputmode="numeric"
    )
    old_number = text_field(
        "Số chứng minh nhân dân cũ",
        "Old identity number",
        most=12,
        hint=say("9 chữ số", "9 digits"),
        inputmode="numeric",
    )
    born_on = day_field("Ngày sinh", "Date of birth")
    birth_year = forms.IntegerField(
        label=say("Năm sinh", "Year of birth"),
        required=False,
        help_text=say("khi chỉ biết năm", "where only the year is known"),
    )
    sex = code_field("Giới tính", "Sex", Sex)
    ethnicity = text_field("Dân tộc", "Ethnicity", most=40)
    title_code = text_field("Mã chức danh nghề nghiệp", "Title code", most=12, hint="V.08.01.03")
    specialty = code_field("Chuyên khoa", "Specialty", Specialty)
    phone = text_field("Số điện thoại", "Phone", most=20, inputmode="tel")
    email = text_field("Thư điện tử", "E-mail", most=254, inputmode="email")

    def person(self) -> WorkerDraft:
        """The person as typed."""
        data = self.cleaned_data
        return WorkerDraft(**{name: data[name] for name in PersonForm.base_fields})

    @staticmethod
    def values_of(worker: HealthWorker) -> dict[str, Any]:
        """What the form shows of a record."""
        values = {name: getattr(worker, name) for name in PersonForm.base_fields}
        return {**values, "birth_year": None if worker.born_on else worker.birth_year}


class PostFields(forms.Form):
    """A place at a unit."""

    post_kind = code_field("Loại hợp đồng", "Kind of post", PostKind, missing="registry.post_kind_missing")
    position = text_field("Vị trí, chức vụ", "Position", most=80)
    share = forms.IntegerField(label=say("Tỷ lệ thời gian (%)", "Share of time (%)"), initial=100)
    from_on = day_field("Từ ngày", "From")
    responsible_for_training = forms.BooleanField(
        label=say("Đơn vị chịu trách nhiệm đào tạo cho người này", "The unit answers for this person's training"),
        required=False,
        initial=True,
    )

    def post(self) -> PostDraft:
        """The post as typed."""
        data = self.cleaned_data
        return PostDraft(
            kind=data["post_kind"],
            position=data["position"],
            share=data["share"],
            responsible_for_training=data["responsible_for_training"],
            from_on=data["from_on"],
        )


class UnitMixin(forms.Form):
    """A unit among those one may write for; the only one is chosen already."""

    organisation = unit_field()

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_for(by, EDIT)
        self.fields["organisation"].queryset = units
        few = list(units[:2])
        if len(few) == 1:
            self.fields["organisation"].initial = few[0].public_id


class StaffForm(PersonForm, PostFields, UnitMixin):
    """A person with post and licence: the same fields as a row of a staff list."""

    licence_kind = code_field("Loại giấy phép", "Kind of licence", LicenceKind)
    licence_number = text_field("Số giấy phép", "Licence number", most=40)
    licence_issuer = text_field("Nơi cấp", "Issuer", most=120)
    licence_issued_on = day_field("Ngày cấp", "Issued on")
    licence_valid_to = day_field("Ngày hết hạn", "Valid to")

    field_order = ("organisation", *PersonForm.base_fields, *PostFields.base_fields)

    def licence(self) -> LicenceDraft | None:
        """The licence as typed; None where every field of it is empty."""
        data = self.cleaned_data
        if not any(data[name] for name in _HAS_LICENCE):
            return None
        return LicenceDraft(
            kind=data["licence_kind"],
            number=data["licence_number"],
            issuer=data["licence_issuer"],
            issued_on=data["licence_issued_on"],
            valid_to=data["licence_valid_to"],
        )

    def draft(self) -> StaffDraft:
        """Everything as one draft."""
        return StaffDraft(self.person(), self.post(), self.licence())


class PostForm(PostFields, UnitMixin):
    """A further post of a known person."""

    field_order = ("organisation",)


class TakeOnForm(PostFields, UnitMixin):
    """A person another unit registered: number and name must both fit."""

    national_number = text_field("Số định danh cá nhân", "National number", most=20, required=True, inputmode="numeric")
    full_name = text_field("Họ và tên", "Full name", most=120, required=True)

    field_order = ("national_number", "full_name", "organisation")


class EndPostForm(forms.Form):
    """The end of a post."""

    on = day_field("Ngày làm việc cuối cùng", "Last day", required=True)
    reason = code_field("Lý do", "Reason", EndReason, required=True)


class LicenceForm(forms.Form):
    """A licence; the same number again corrects it."""

    kind = code_field("Loại giấy phép", "Kind", LicenceKind, missing="registry.licence_kind_missing")
    number = text_field("Số giấy phép", "Number", most=40, missing="registry.licence_number_missing")
    issuer = text_field("Nơi cấp", "Issuer", most=120)
    scope_of_practice = text_field("Phạm vi hành nghề", "Scope of practice", most=200)
    issued_on = day_field("Ngày cấp", "Issued on")
    converted_on = day_field(
        "Ngày chuyển đổi", "Converted on", hint=say("chỉ với CCHN đã chuyển đổi", "only for a converted CCHN")
    )
    valid_to = day_field("Ngày hết hạn", "Valid to")
    practising = forms.BooleanField(
        label=say("Đang hành nghề theo giấy phép này", "Practising under this licence"), required=False, initial=True
    )

    def draft(self) -> LicenceDraft:
        """The licence as typed."""
        return LicenceDraft(**self.cleaned_data)


class LeaveForm(forms.Form):
    """A time away from work; whether the duty shrinks by it is the law's to say."""

    basis = code_field("Lý do", "Basis", LeaveBasis, missing="registry.leave_basis_missing")
    from_on = day_field("Từ ngày", "From", required=True)
    to_on = day_field("Đến ngày", "To", required=True)
    decision = text_field("Số quyết định", "Decision", most=120)

    def draft(self) -> LeaveDraft:
        """The leave as typed."""
        return LeaveDraft(**self.cleaned_data)


class WorkersFilter(forms.Form):
    """What the list of people is narrowed by."""

    q = forms.CharField(
        label=say("Tên hoặc số định danh, điện thoại", "Name, number or phone"), required=False, max_length=120
    )
    province = forms.ChoiceField(label=say("Tỉnh, thành phố", "Province"), required=False)
    unit = unit_field(required=False)
    title = forms.ChoiceField(label=say("Chức danh", "Title"), required=False)
    licence = forms.ChoiceField(label=say("Giấy phép", "Licence"), required=False)
    left = forms.BooleanField(label=say("Cả người đã nghỉ, chuyển", "Also those who left"), required=False)

    def __init__(self, *args: Any, by: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = ("", say("– tất cả –", "– all –"))
        self._offer_places(units_for(by, permission), none, national=by.scope(permission).everything)
        self.fields["title"].choices = [none, *choices("registry", Title)]
        self.fields["licence"].choices = [none, *choices("registry", LicenceState)]

    def _offer_places(self, units: Any, none: tuple[str, Any], *, national: bool) -> None:
        """A national reader chooses a province before its units are listed; a unit already chosen stays."""
        province, unit = self.data.get("province", ""), self.data.get("unit", "")
        self.fields["unit"].queryset = units.filter(province_code=province) if national and province else units
        if not national:
            del self.fields["province"]
            return
        self.fields["province"].choices = [none, *unit_choices(UnitLevel.PROVINCE, on=today())]
        if not province and not unit:
            del self.fields["unit"]
