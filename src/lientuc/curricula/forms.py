from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from lientuc.accounts.enums import Role
from lientuc.accounts.models import Grant, User
from lientuc.core.clock import today
from lientuc.core.hours import hours
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.enums import Title
from lientuc.trail.rows import in_force
from lientuc.web.say import choices, current_language, say, sentence

from .enums import CouncilLevel, CouncilRole, CreditRegime, TopicFamily, Verdict, VersionState
from .files import LIMIT_BYTES, survey_problem
from .models import AppraisalCouncil, CurriculumVersion, Topic
from .rules import CouncilDraft, CurriculumDraft, DecisionDraft, OpinionDraft, VersionDraft

DAY = {"type": "date"}


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A date: browsers offer their calendar, dd/mm/yyyy is read too."""
    widget = forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)


def text_area(label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    """A longer text."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


class CurriculumFilter(forms.Form):
    """Choices above the list of curricula."""

    q = forms.CharField(label=say("Tên chương trình, cơ sở", "Programme, provider"), required=False)
    topic = forms.ChoiceField(label=say("Chủ đề", "Topic"), required=False)
    state = forms.ChoiceField(label=say("Trạng thái", "State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anything = ("", say("Tất cả", "All"))
        self.fields["topic"].choices = [anything, *topic_choices()]
        self.fields["state"].choices = [anything, *choices("curricula", VersionState)]


def topic_choices() -> list[tuple[str, str]]:
    """Topics by name in the active language."""
    name = "name_en" if current_language() == "en" else "name_vi"
    return list(Topic.objects.order_by("family", name).values_list("code", name))


class VersionForm(forms.Form):
    """The text of one version."""

    practice_gap = text_area(
        say("Khoảng cách thực hành cần khắc phục", "Practice gap to close"), rows=3, required=False
    )
    objectives = text_area(say("Mục tiêu", "Objectives"))
    outcomes = text_area(say("Kết quả mong đợi tại nơi làm việc", "Expected outcomes at work"), rows=3, required=False)
    audience_titles = forms.MultipleChoiceField(
        label=say("Đối tượng học viên", "Audience"), widget=forms.CheckboxSelectMultiple
    )
    theory_lessons = forms.DecimalField(label=say("Số tiết lý thuyết", "Theory lessons"), decimal_places=2, min_value=0)
    practice_lessons = forms.DecimalField(
        label=say("Số tiết thực hành", "Practice lessons"), decimal_places=2, min_value=0
    )
    min_attendance_percent = forms.IntegerField(
        label=say("Tỷ lệ buổi học tối thiểu (%)", "Least share of sessions (%)"),
        help_text=say(
            "Tính trên tổng số buổi của khóa; học viên đạt từ tỷ lệ này trở lên mới hoàn thành.",
            "Of all sessions of the run; learners at or above it complete.",
        ),
        min_value=0,
        max_value=100,
    )
    materials = text_area(say("Tài liệu", "Materials"), rows=2, required=False)
    lecturer_requirements = text_area(
        say("Yêu cầu đối với giảng viên", "Requirements on lecturers"), rows=2, required=False
    )
    needs_survey = forms.CharField(
        label=say("Khảo sát nhu cầu", "Needs survey"),
        max_length=300,
        required=False,
        help_text=say(
            "Nêu cuộc khảo sát (thời gian, số người trả lời, kết luận). Bắt buộc trước khi trình thẩm định.",
            "Name the survey (when, how many answered, what it found). Needed before submission.",
        ),
    )
    survey_file = forms.FileField(
        label=say("Tệp kết quả khảo sát", "File of the survey"),
        required=False,
        help_text=say(
            f"PDF, Word, Excel, PNG hoặc JPEG, tối đa {LIMIT_BYTES // 1024**2} MB.",
            f"PDF, Word, Excel, PNG or JPEG, at most {LIMIT_BYTES // 1024**2} MB.",
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience_titles"].choices = choices("registry", Title)

    def clean_survey_file(self) -> Any:
        """Refuse a file before anything is written."""
        file = self.cleaned_data["survey_file"]
        problem = survey_problem(file.read()) if file else None
        if problem:
            raise forms.ValidationError(sentence(problem))
        if file:
            file.seek(0)
        return file

    def version_draft(self) -> VersionDraft:
        """The draft the action takes."""
        data = {
            name: self.cleaned_data[name] for name in VersionDraft.__dataclass_fields__ if name in self.cleaned_data
        }
        return VersionDraft(**(data | {"audience_titles": tuple(data["audience_titles"])}))


def initial_of(version: CurriculumVersion) -> dict[str, Any]:
    """What the form of a version begins with."""
    same = ("practice_gap", "objectives", "outcomes", "audience_titles", "min_attendance_percent", "materials")
    return {
        **{name: getattr(version, name) for name in (*same, "lecturer_requirements", "needs_survey")},
        "theory_lessons": hours(version.theory_quarters),
        "practice_lessons": hours(version.practice_quarters),
    }


class CurriculumForm(VersionForm):
    """A new programme with its first version."""

    title = forms.CharField(label=say("Tên chương trình", "Title"), max_length=300)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=say("Cơ sở đào tạo", "Provider"), to_field_name="public_id"
    )
    topic = forms.ChoiceField(label=say("Chủ đề", "Topic"))
    regimes = forms.MultipleChoiceField(
        label=say("Nhóm được tính giờ", "Whose hours count"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("title", "organisation", "topic", "regimes")

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.visible_to(by, "curricula.edit_curriculum").order_by("name_fold")
        self.fields["organisation"].queryset = rows
        self.fields["topic"].choices = topic_choices()
        self.fields["regimes"].choices = choices("curricula", CreditRegime)

    def draft(self) -> CurriculumDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        regimes = tuple(CreditRegime(code) for code in data["regimes"])
        return CurriculumDraft(title=data["title"], topic_code=data["topic"], regimes=regimes)


class ReasonForm(forms.Form):
    """A reason, before something is taken back."""

    reason = text_area(say("Lý do", "Reason"), rows=2)


def appraisers(by: Any) -> QuerySet[User]:
    """People holding the role of a council member inside `by`'s reach."""
    grants = Grant.objects.unscoped(WhyUnscoped.RULE).filter(in_force(today()), role=Role.COUNCIL_MEMBER)
    reach = Organisation.objects.visible_to(by, "curricula.convene_council")
    grants = grants.filter(Q(organisation__in=reach.values("pk")) | Q(organisation__isnull=True))
    return User.objects.filter(pk__in=grants.values("user"), is_active=True).order_by("full_name")


class CouncilForm(forms.Form):
    """A council by decision."""

    name = forms.CharField(label=say("Tên hội đồng", "Name of the council"), max_length=200)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=say("Cơ quan thành lập", "Convened by"), to_field_name="public_id"
    )
    level = forms.ChoiceField(label=say("Cấp hội đồng", "Level"))
    decision_number = forms.CharField(label=say("Số quyết định thành lập", "Number of the decision"), max_length=80)
    convened_on = day_field(say("Ngày quyết định", "Day of the decision"))
    chair = forms.ModelChoiceField(User.objects.none(), label=say("Chủ tịch", "Chair"), to_field_name="public_id")
    secretary = forms.ModelChoiceField(
        User.objects.none(), label=say("Thư ký", "Secretary"), to_field_name="public_id", required=False
    )
    members = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=say("Ủy viên", "Members"),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=say(
            "Chỉ hiện người có vai trò thành viên hội đồng thẩm định; cấp vai trò ở mục tài khoản.",
            "Only people with the role of a council member are shown; grant it under accounts.",
        ),
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.visible_to(by, "curricula.convene_council").order_by("name_fold")
        self.fields["organisation"].queryset = rows
        self.fields["level"].choices = choices("curricula", CouncilLevel)
        for name in ("chair", "secretary", "members"):
            self.fields[name].queryset = appraisers(by)

    def draft(self) -> CouncilDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        seats = [(data["chair"], CouncilRole.CHAIR)]
        if data["secretary"]:
            seats.append((data["secretary"], CouncilRole.SECRETARY))
        seats += [(user, CouncilRole.MEMBER) for user in data["members"]]
        return CouncilDraft(
            name=data["name"],
            level=CouncilLevel(data["level"]),
            decision_number=data["decision_number"],
            convened_on=data["convened_on"],
            seats=tuple(seats),
        )


class ReceiveForm(forms.Form):
    """Which council gets a version, and from when the clock runs."""

    council = forms.ModelChoiceField(
        AppraisalCouncil.objects.none(), label=say("Hội đồng thẩm định", "Council"), to_field_name="public_id"
    )
    received_on = day_field(say("Ngày nhận đủ hồ sơ hợp lệ", "Day the file was complete"))

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        councils = AppraisalCouncil.objects.visible_to(by, "curricula.convene_council")
        self.fields["council"].queryset = councils.order_by("-convened_on", "pk")


class OpinionForm(forms.Form):
    """One member's opinion sheet."""

    verdict = forms.ChoiceField(label=say("Kết luận", "Verdict"), widget=forms.RadioSelect)
    comment = text_area(say("Nhận xét", "Comment"), rows=5, required=False)
    conflict = forms.CharField(
        label=say("Xung đột lợi ích (nếu có)", "Conflict of interest (if any)"),
        max_length=300,
        required=False,
        help_text=say(
            "Khi có nội dung ở đây, phiếu được lưu nhưng không tính vào kết quả.",
            "When something is written here, the sheet is kept but not counted.",
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = choices("curricula", Verdict)

    def draft(self) -> OpinionDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        return OpinionDraft(verdict=Verdict(data["verdict"]), comment=data["comment"], conflict=data["conflict"])


class DecisionForm(forms.Form):
    """The decision about an appraisal."""

    verdict = forms.ChoiceField(label=say("Kết quả", "Result"), widget=forms.RadioSelect)
    decided_on = day_field(say("Ngày quyết định", "Day of the decision"))
    decision_number = forms.CharField(
        label=say("Số quyết định ban hành", "Number of the issuing decision"),
        max_length=80,
        required=False,
        help_text=say("Cần khi thông qua.", "Needed for approval."),
    )
    review_due_on = day_field(say("Ngày phải rà soát, cập nhật", "Review due on"), required=False)
    reasons = text_area(
        say("Lý do", "Reasons"),
        rows=3,
        required=False,
        help_text=say("Cần khi trả lại hoặc không thông qua.", "Needed when returning or refusing."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = choices("curricula", Verdict)

    def draft(self) -> DecisionDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        return DecisionDraft(**(data | {"verdict": Verdict(data["verdict"])}))


class TopicForm(forms.Form):
    """One topic of the list."""

    code = forms.SlugField(label=say("Mã", "Code"), max_length=40)
    name_vi = forms.CharField(label=say("Tên tiếng Việt", "Vietnamese name"), max_length=200)
    name_en = forms.CharField(label=say("Tên tiếng Anh", "English name"), max_length=200)
    family = forms.ChoiceField(label=say("Nhóm", "Family"))
    source = forms.CharField(label=say("Nguồn", "Source"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["family"].choices = choices("curricula", TopicFamily)
