"""Forms of studies, their waves, and decisions on findings."""

from __future__ import annotations

from typing import Any

from django import forms

from lientuc.delivery.models import CourseRun
from lientuc.places.models import Organisation
from lientuc.surveys.forms import DAY, WaveForm
from lientuc.web.say import choices, labels, say

from .enums import FindingState, Route, Section, Source, StudyPurpose
from .rules import StudyDraft


class StudyForm(forms.Form):
    """One study."""

    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        label=say("Đơn vị đánh giá", "Evaluating organisation"), queryset=None, to_field_name="public_id"
    )
    title = forms.CharField(label=say("Tên đánh giá", "Title"), max_length=300)
    purpose = forms.ChoiceField(label=say("Mục đích", "Purpose"), choices=[])
    ethics_number = forms.CharField(
        label=say("Số quyết định của hội đồng đạo đức", "Number of the ethics decision"),
        help_text=say("Bắt buộc nếu là nghiên cứu.", "Required for research."),
        max_length=80,
        required=False,
    )
    question = forms.CharField(
        label=say("Câu hỏi đánh giá", "Question"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    begun_on = forms.DateField(label=say("Ngày bắt đầu", "Begun on"), widget=DAY)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["purpose"].choices = choices("evaluation", StudyPurpose)

    def draft(self) -> StudyDraft:
        """What was written down."""
        data = self.cleaned_data
        return StudyDraft(
            title=data["title"],
            purpose=StudyPurpose(data["purpose"]),
            begun_on=data["begun_on"],
            question=data["question"],
            ethics_number=data["ethics_number"],
        )


class StudyWaveForm(WaveForm):
    """A wave of a study: the survey's form, the runs it is about, and whose answers it collects."""

    runs: forms.ModelMultipleChoiceField[CourseRun] = forms.ModelMultipleChoiceField(
        label=say("Các khóa đã kết thúc", "Finished course runs"),
        queryset=None,
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )
    source = forms.ChoiceField(label=say("Ai trả lời", "Who answers"), choices=[])
    field_order = ("runs", "source", "version", "name", "mode")

    def __init__(self, *args: Any, runs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The study says who organises.
        del self.fields["organisation"], self.fields["purpose"]
        self.fields["runs"].queryset = runs
        self.fields["runs"].label_from_instance = _run_label
        self.fields["source"].choices = choices("evaluation", Source)


def _run_label(run: CourseRun) -> str:
    return f"{run.title} ({run.starts_on:%d/%m/%Y} – {run.ends_on:%d/%m/%Y}), {run.organisation}"


class DecisionForm(forms.Form):
    """Accept or refuse one finding."""

    to = forms.ChoiceField(label=say("Quyết định", "Decision"), choices=[], widget=forms.RadioSelect)
    reason = forms.CharField(
        label=say("Lý do, người thực hiện, thời hạn", "Reason, who acts, by when"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = choices("evaluation", FindingState)
        self.fields["to"].choices = [pair for pair in known if pair[0] != FindingState.NOTED]


class FindingFilter(forms.Form):
    """The bar above the list of findings."""

    route = forms.ChoiceField(label=say("Chuyển đến", "Routed to"), choices=[], required=False)
    state = forms.ChoiceField(label=say("Trạng thái", "State"), choices=[], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", say("tất cả", "all"))]
        self.fields["route"].choices = every + choices("evaluation", Route)
        self.fields["state"].choices = every + choices("evaluation", FindingState)


class StudyFilter(forms.Form):
    """The bar above the list of studies."""

    q = forms.CharField(label=say("Tên đánh giá", "Title"), max_length=80, required=False)


class ReportTextForm(forms.Form):
    """The parts of a report that a person writes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section in Section:
            texts = labels()["evaluation.Section"][str(section)]
            area = forms.Textarea(attrs={"rows": 6})
            self.fields[str(section)] = forms.CharField(label=say(texts.vi, texts.en), required=False, widget=area)

    def texts(self) -> dict[str, str]:
        """What was written, by section."""
        return {str(section): self.cleaned_data[str(section)] for section in Section}
