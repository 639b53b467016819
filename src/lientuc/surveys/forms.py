"""The form that opens a wave, and the bar that chooses whom to invite."""

from __future__ import annotations

from typing import Any

from django import forms

from lientuc.places.models import Organisation
from lientuc.registry.enums import Title
from lientuc.web.say import choices, say

from .enums import VersionState, WaveMode, WavePurpose
from .models import InstrumentVersion
from .rules import DEFAULT_SETS, WaveDraft

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
SETS = [
    ("split", say("mỗi câu một ý (dùng từ nay)", "one fact per item (to be used from now on)")),
    ("original", say("đúng câu chữ của nghiên cứu gốc", "worded as in the original study")),
    (
        "discussion",
        say(
            "điều nghiên cứu bàn luận mà chưa hỏi: hỗ trợ tuyến dưới, người bệnh nơi khác đến, chi phí, thiếu người, kiệt sức",
            "what the study discusses and never asked: lower levels, patients from elsewhere, cost, understaffing, burnout",
        ),
    ),
]


class WaveForm(forms.Form):
    """One wave; whom it invites is chosen beside it."""

    version = forms.ModelChoiceField(
        label=say("Bộ công cụ", "Instrument"), queryset=InstrumentVersion.objects.none(), to_field_name="public_id"
    )
    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        label=say("Đơn vị tổ chức", "Organiser"), queryset=None, to_field_name="public_id"
    )
    name = forms.CharField(label=say("Tên đợt", "Name of the wave"), max_length=200)
    purpose = forms.ChoiceField(label=say("Mục đích", "Purpose"), choices=[])
    mode = forms.ChoiceField(label=say("Chế độ trả lời", "Mode"), choices=[], widget=forms.RadioSelect)
    opens_on = forms.DateField(label=say("Từ ngày", "First day"), widget=DAY)
    closes_on = forms.DateField(label=say("Đến ngày", "Last day"), widget=DAY)
    information = forms.CharField(
        label=say("Thông tin cho người trả lời", "Information for respondents"),
        help_text=say(
            "Ai khảo sát, để làm gì, giữ dữ liệu đến khi nào; số quyết định đạo đức nếu là nghiên cứu.",
            "Who asks, what for, how long the data are kept; the ethics decision of a research study.",
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    contact = forms.CharField(label=say("Người liên hệ", "Contact"), max_length=200, required=False)
    item_sets = forms.MultipleChoiceField(
        label=say("Bộ câu hỏi bật thêm", "Sets of items to turn on"),
        choices=SETS,
        initial=list(DEFAULT_SETS),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    repeat_labels = forms.CharField(
        label=say("Các kỹ thuật của khóa học", "Techniques of the course"),
        help_text=say("Mỗi dòng một kỹ thuật; hỏi lần lượt từng kỹ thuật.", "One a line; each is asked about in turn."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    audience_size = forms.IntegerField(
        label=say("Số người được mời qua liên kết chung (nếu biết)", "People given the open link (if known)"),
        min_value=1,
        required=False,
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = InstrumentVersion.objects.filter(state=VersionState.PUBLISHED).select_related("instrument")
        self.fields["version"].queryset = versions.order_by("instrument__code", "-number")
        self.fields["version"].label_from_instance = _version_label
        self.fields["organisation"].queryset = organisations
        self.fields["purpose"].choices = choices("surveys", WavePurpose)
        self.fields["mode"].choices = choices("surveys", WaveMode)

    def draft(self, purpose: str = "") -> WaveDraft:
        """What was written down; `purpose` is used where the form does not ask for it."""
        data = self.cleaned_data
        return WaveDraft(
            name=data["name"],
            mode=WaveMode(data["mode"]),
            purpose=WavePurpose(data.get("purpose") or purpose),
            opens_on=data["opens_on"],
            closes_on=data["closes_on"],
            information=data["information"],
            contact=data["contact"],
            item_sets=tuple(data["item_sets"]),
            repeat_labels=tuple(line for line in data["repeat_labels"].splitlines() if line.strip()),
            audience_size=data["audience_size"],
        )


def _version_label(version: InstrumentVersion) -> Any:
    instrument = version.instrument
    return say(f"{instrument.title_vi} ({version.number})", f"{instrument.title_en} ({version.number})")


class PeopleFilter(forms.Form):
    """Whom to choose from."""

    unit: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        label=say("Đơn vị công tác", "Workplace"), queryset=None, to_field_name="public_id", required=False
    )
    title = forms.ChoiceField(label=say("Chức danh", "Title"), choices=[], required=False)
    q = forms.CharField(label=say("Họ tên", "Name"), max_length=80, required=False)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = organisations
        every = [("", say("mọi chức danh", "every title"))]
        self.fields["title"].choices = every + choices("registry", Title)


class WaveFilter(forms.Form):
    """The bar above the list of waves."""

    q = forms.CharField(label=say("Tên đợt", "Name"), max_length=80, required=False)
    state = forms.ChoiceField(
        label=say("Trạng thái", "State"),
        choices=[
            ("", say("tất cả", "all")),
            ("open", say("đang mở", "open")),
            ("closed", say("đã kết thúc", "closed")),
        ],
        required=False,
    )


def organisations_for(user: Any, permission: str) -> Any:
    """The organisations `user` may choose with `permission`, by name."""
    return Organisation.objects.visible_to(user, permission).filter(to_on__isnull=True).order_by("name_fold", "id")
