from __future__ import annotations

from typing import Any

from django import forms

from lientuc.core.clock import today
from lientuc.curricula.enums import VersionState
from lientuc.curricula.models import CurriculumVersion
from lientuc.documents.paper import Authority
from lientuc.law.authority import Proof
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.web.say import choices, say

from .enums import CertificateStatus, ParticipationRole, ParticipationState, RunKind, RunState
from .models import CourseRun, Participation, RunLecturer
from .rules import ROLES, IssueDraft, LecturerDraft, RunDraft, SessionDraft

ANYTHING = ("", say("Tất cả", "All"))
SIGNING = [
    (Authority.HEAD, say("Người đứng đầu ký", "The head signs")),
    (Authority.KT, say("KT. (ký thay)", "KT. (for the head, by a deputy)")),
    (Authority.TM, say("TM. (thay mặt)", "TM. (for the collective)")),
    (Authority.TL, say("TL. (thừa lệnh)", "TL. (by order)")),
    (Authority.TUQ, say("TUQ. (thừa ủy quyền)", "TUQ. (under authorisation)")),
]


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A date: browsers offer their calendar, dd/mm/yyyy is read too."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)


def time_field(label: Any) -> forms.TimeField:
    """A time of day."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def years() -> list[tuple[str, Any]]:
    """This year and the five before, next year first."""
    now = today().year
    return [ANYTHING, *((str(year), str(year)) for year in range(now + 1, now - 5, -1))]


class RunFilter(forms.Form):
    """Choices above the list of runs."""

    q = forms.CharField(label=say("Tên khóa, đơn vị tổ chức", "Title, organiser"), required=False)
    kind = forms.ChoiceField(label=say("Loại hình", "Kind"), required=False)
    state = forms.ChoiceField(label=say("Trạng thái", "State"), required=False)
    year = forms.ChoiceField(label=say("Năm", "Year"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [ANYTHING, *choices("delivery", RunKind)]
        self.fields["state"].choices = [ANYTHING, *choices("delivery", RunState)]
        self.fields["year"].choices = years()


class PeopleFilter(forms.Form):
    """Choices above the list of people in training."""

    q = forms.CharField(label=say("Họ tên, tên khóa", "Name, title of the run"), required=False)
    state = forms.ChoiceField(label=say("Trạng thái", "State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [ANYTHING, *choices("delivery", ParticipationState)]


class CertificateFilter(forms.Form):
    """Choices above the register of certificates."""

    q = forms.CharField(label=say("Họ tên, số giấy", "Name, number"), required=False)
    status = forms.ChoiceField(label=say("Hiệu lực", "Status"), required=False)
    year = forms.ChoiceField(label=say("Năm", "Year"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [choice for choice in choices("delivery", CertificateStatus) if choice[0] != CertificateStatus.UNKNOWN]
        self.fields["status"].choices = [ANYTHING, *known]
        self.fields["year"].choices = years()


class VersionChoice(forms.ModelChoiceField):
    """A version by programme, number and provider."""

    def label_from_instance(self, version: CurriculumVersion) -> str:
        """`Title (2) – provider`."""
        return f"{version.curriculum.title} ({version.number}) – {version.curriculum.organisation.name}"


class RunForm(forms.Form):
    """A run to plan or open."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=say("Đơn vị tổ chức", "Organiser"), to_field_name="public_id"
    )
    kind = forms.ChoiceField(label=say("Loại hình", "Kind"))
    title = forms.CharField(label=say("Tên khóa, hội nghị", "Title"), max_length=300)
    curriculum_version = VersionChoice(
        CurriculumVersion.objects.none(),
        label=say("Chương trình đã ban hành", "Approved programme"),
        to_field_name="public_id",
        required=False,
        help_text=say("Bắt buộc với khóa đào tạo, bồi dưỡng.", "Needed for a class."),
    )
    starts_on = day_field(say("Ngày khai giảng", "First day"))
    ends_on = day_field(say("Ngày kết thúc", "Last day"))
    place = forms.CharField(label=say("Địa điểm", "Place"), max_length=200)
    capacity = forms.IntegerField(label=say("Số chỗ", "Seats"), min_value=1)
    proofs = forms.MultipleChoiceField(label=say("Giấy sẽ cấp", "Papers to issue"), widget=forms.CheckboxSelectMultiple)
    decided_hours = forms.DecimalField(
        label=say("Số tiết do người đứng đầu quyết định", "Lessons decided by the head"),
        required=False,
        decimal_places=2,
        min_value=0,
        help_text=say(
            "Với hội nghị, sinh hoạt khoa học có cấp giấy chứng nhận theo Thông tư 22/2013.",
            "For meetings that give confirmations of Circular 22/2013.",
        ),
    )
    fee_vnd = forms.IntegerField(label=say("Mức thu (đồng/người)", "Fee (đồng a person)"), min_value=0, initial=0)
    fee_published_on = day_field(
        say("Ngày công khai mức thu", "Fee published on"),
        required=False,
        help_text=say("Trước ngày khai giảng nếu có thu.", "Before the first day where there is a fee."),
    )
    plan_published_on = day_field(
        say("Ngày công khai kế hoạch", "Plan published on"),
        required=False,
        help_text=say(
            "Có ngày này thì khóa hiện trong lịch mở lớp để các đơn vị cử người.",
            "With it, the run shows among the open classes so that units can send people.",
        ),
    )
    opening = forms.ChoiceField(
        label=say("Bước tiếp theo", "Next step"),
        widget=forms.RadioSelect,
        initial="open",
        choices=[
            ("open", say("Mở khóa ngay", "Open it now")),
            ("plan", say("Lưu dự kiến, mở sau", "Keep it as planned, open later")),
        ],
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Organisation.objects.visible_to(by, "delivery.open_run")
        self.fields["organisation"].queryset = own.order_by("name_fold")
        self.fields["kind"].choices = choices("delivery", RunKind)
        self.fields["proofs"].choices = choices("delivery", Proof)
        versions = CurriculumVersion.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
            curriculum__organisation__in=own.values("pk"), state=VersionState.APPROVED
        )
        self.fields["curriculum_version"].queryset = versions.select_related("curriculum__organisation").order_by(
            "curriculum__title_fold", "-number"
        )

    def draft(self) -> RunDraft:
        """The draft the action takes."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "opening"}
        proofs = tuple(Proof(code) for code in data.pop("proofs"))
        return RunDraft(**(data | {"kind": RunKind(data["kind"]), "proofs": proofs}))


class SessionForm(forms.Form):
    """One session of a run."""

    on_date = day_field(say("Ngày", "Day"))
    starts = time_field(say("Bắt đầu", "Starts"))
    ends = time_field(say("Kết thúc", "Ends"))
    lessons = forms.DecimalField(label=say("Số tiết", "Lessons"), decimal_places=2, min_value=0)
    title = forms.CharField(label=say("Nội dung", "Content"), max_length=200, required=False)
    lecturer = forms.ModelChoiceField(
        RunLecturer.objects.none(), label=say("Giảng viên", "Lecturer"), to_field_name="public_id", required=False
    )
    place = forms.CharField(label=say("Phòng, địa điểm", "Room, place"), max_length=200, required=False)

    def __init__(self, *args: Any, run: CourseRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = RunLecturer.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(run=run)
        self.fields["lecturer"].queryset = rows.order_by("name")

    def draft(self) -> SessionDraft:
        """The draft the action takes."""
        lecturer = self.cleaned_data["lecturer"]
        return SessionDraft(**(self.cleaned_data | {"lecturer": lecturer.pk if lecturer else None}))


class LecturerForm(forms.Form):
    """A lecturer of a run."""

    worker = forms.ModelChoiceField(
        HealthWorker.objects.none(),
        label=say("Người đã ghi danh với vai trò giảng viên", "Enrolled as a lecturer"),
        to_field_name="public_id",
        required=False,
        help_text=say(
            "Chọn để tính giờ giảng cho người có hồ sơ; bỏ trống với giảng viên mời từ ngoài.",
            "Choose to count the lessons of somebody in the register; leave empty for guests.",
        ),
    )
    name = forms.CharField(label=say("Họ và tên", "Name"), max_length=120, required=False)
    workplace = forms.CharField(label=say("Đơn vị công tác", "Workplace"), max_length=200, required=False)
    months_experience = forms.IntegerField(
        label=say(
            "Kinh nghiệm liên tục về nội dung giảng dạy (tháng)", "Consecutive experience in the subject (months)"
        ),
        min_value=0,
    )
    clinical = forms.BooleanField(label=say("Giảng dạy lâm sàng", "Teaches clinically"), required=False)
    licence_ok = forms.BooleanField(
        label=say("Có giấy phép hành nghề phù hợp", "Holds a matching licence"),
        required=False,
        help_text=say(
            "Với người có hồ sơ, hệ thống tự xem giấy phép.", "For people of the register, the licence is read there."
        ),
    )

    def __init__(self, *args: Any, run: CourseRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Participation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
            run=run, role=ParticipationRole.LECTURER, state=ParticipationState.ENROLLED
        )
        rows = HealthWorker.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk__in=people.values("worker"))
        self.fields["worker"].queryset = rows.order_by("name_sort")

    def draft(self) -> LecturerDraft:
        """The draft the action takes; the name of a person of the register is taken from there."""
        data = self.cleaned_data
        worker = data["worker"]
        return LecturerDraft(**(data | {"name": data["name"] or (worker.full_name if worker else "")}))


class PublishForm(forms.Form):
    """The day plan and fee were made public."""

    published_on = day_field(say("Ngày công khai kế hoạch và mức thu", "Plan and fee published on"))


class ReasonForm(forms.Form):
    """A reason, before something is taken back."""

    reason = forms.CharField(label=say("Lý do", "Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class RevokeForm(ReasonForm):
    """Revocation of a certificate."""

    on_date = day_field(say("Ngày thu hồi", "Revoked from"))
    field_order = ("on_date", "reason")


class EnrolForm(forms.Form):
    """In which role people are sent."""

    role = forms.ChoiceField(label=say("Vai trò", "Role"))
    reports = forms.IntegerField(
        label=say("Số báo cáo (với báo cáo viên)", "Reports (of a speaker)"), min_value=0, initial=0, required=False
    )

    def __init__(self, *args: Any, run: CourseRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = ROLES[RunKind(run.kind)]
        labels = dict(choices("delivery", ParticipationRole))
        self.fields["role"].choices = [(role, labels[role]) for role in ParticipationRole if role in here]


class IssueForm(forms.Form):
    """Who signs certificates, where and when."""

    issued_on = day_field(say("Ngày cấp", "Day of issue"))
    place = forms.CharField(label=say("Địa danh", "Place"), max_length=80)
    authority = forms.ChoiceField(label=say("Hình thức ký", "How it is signed"), choices=SIGNING)
    principal = forms.CharField(
        label=say("Chức vụ được ký thay, thay mặt", "Post or body signed for"), max_length=120, required=False
    )
    signer_post = forms.CharField(label=say("Chức vụ người ký", "Post of the signer"), max_length=120)
    signer_name = forms.CharField(label=say("Họ tên người ký", "Name of the signer"), max_length=120, required=False)

    def draft(self) -> IssueDraft:
        """The draft the action takes."""
        data = {name: value for name, value in self.cleaned_data.items() if name in IssueDraft.__dataclass_fields__}
        return IssueDraft(**(data | {"authority": Authority(data["authority"])}))


class ReissueForm(IssueForm, ReasonForm):
    """Another edition of a certificate, with the reason."""

    field_order = ("reason",)


class CodeForm(forms.Form):
    """The code printed under a certificate."""

    code = forms.CharField(
        label=say("Mã xác minh in trên giấy", "Verification code on the paper"),
        max_length=60,
        help_text=say(
            "28 chữ và số chia thành bốn nhóm; không phân biệt chữ hoa, chữ thường, dấu gạch.",
            "28 letters and figures in four groups; capitals and dashes make no difference.",
        ),
    )
