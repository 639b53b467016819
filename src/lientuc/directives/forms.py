from __future__ import annotations

from typing import Any

from django import forms

from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.web.say import choices, current_language, say

from .dividing.queries import below
from .enums import DutyKind
from .models import Barrier, Duty, Task
from .rules import DifficultyDraft, DirectiveDraft, TaskDraft


class DifficultyForm(forms.Form):
    """A unit's difficulty."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=say("Đơn vị", "Unit"), to_field_name="public_id"
    )
    task_point = forms.ChoiceField(label=say("Liên quan nhiệm vụ", "About task"), required=False)
    barrier = forms.ChoiceField(label=say("Nguyên nhân chính", "Main cause"), required=False)
    text = forms.CharField(
        label=say("Khó khăn, vướng mắc và đề xuất", "Difficulty and proposal"), widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = current_language() == "en"
        none = ("", "–")
        self.fields["organisation"].queryset = Organisation.objects.visible_to(by, "directives.report_difficulty")
        self.fields["task_point"].choices = [
            none,
            *((t.point, f"{t.point}. {t.text_en if english else t.text_vi}") for t in Task.objects.order_by("point")),
        ]
        self.fields["barrier"].choices = [
            none,
            *((b.code, b.name_en if english else b.name_vi) for b in Barrier.objects.order_by("pk")),
        ]

    def draft(self) -> DifficultyDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        return DifficultyDraft(text=data["text"], task_point=data["task_point"], barrier=data["barrier"])


class AnswerForm(forms.Form):
    """The ministry's or department's answer."""

    answer = forms.CharField(label=say("Trả lời", "Answer"), widget=forms.Textarea(attrs={"rows": 4}))


class FulfilForm(forms.Form):
    """Evidence that a duty is done."""

    evidence = forms.CharField(
        label=say("Kết quả, văn bản chứng minh", "Result or document"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)


class DirectiveForm(forms.Form):
    """A directive with up to `TASKS` tasks, and the kind of organisations that get them as duties."""

    TASKS = 12

    number = forms.CharField(label=say("Số, ký hiệu", "Number"), max_length=60)
    issued_on = _day(say("Ngày ban hành", "Issued on"))
    issuer = forms.CharField(label=say("Cơ quan ban hành", "Issuer"), max_length=120)
    title_vi = forms.CharField(label=say("Trích yếu", "Abstract"), max_length=300)
    title_en = forms.CharField(label=say("Trích yếu (tiếng Anh)", "Abstract (English)"), max_length=300, required=False)
    addressee_vi = forms.CharField(label=say("Nơi nhận", "Addressee"), max_length=200)
    addressee_en = forms.CharField(
        label=say("Nơi nhận (tiếng Anh)", "Addressee (English)"), max_length=200, required=False
    )
    kind = forms.ChoiceField(label=say("Giao nhiệm vụ cho", "Duties go to"))
    due_on = _day(say("Thời hạn (nếu văn bản nêu)", "Due (if it says so)"), required=False)
    source = forms.CharField(label=say("Nguồn", "Source"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices("places", OrganisationKind)
        kinds = [("", "–"), *choices("directives", DutyKind)]
        for row in range(self.TASKS):
            number = row + 1
            self.fields[f"task{row}_point"] = forms.CharField(
                label=say(f"Nhiệm vụ {number}: điểm", f"Task {number}: point"), max_length=10, required=False
            )
            self.fields[f"task{row}_kind"] = forms.ChoiceField(
                label=say("Loại nhiệm vụ", "Kind"), choices=kinds, required=False
            )
            self.fields[f"task{row}_vi"] = forms.CharField(
                label=say("Nội dung", "Text"), max_length=400, required=False
            )
            self.fields[f"task{row}_en"] = forms.CharField(
                label=say("Nội dung (tiếng Anh)", "Text (English)"), max_length=400, required=False
            )

    def draft(self) -> DirectiveDraft:
        """The draft the action takes; rows left empty are no tasks."""
        data = self.cleaned_data
        names = (
            "number",
            "issued_on",
            "issuer",
            "addressee_vi",
            "addressee_en",
            "title_vi",
            "title_en",
            "source",
            "due_on",
        )
        tasks = (
            TaskDraft(*(data[f"task{row}_{part}"] for part in ("point", "kind", "vi", "en")))
            for row in range(self.TASKS)
        )
        return DirectiveDraft(
            tasks=tuple(task for task in tasks if task.point or task.text_vi), **{name: data[name] for name in names}
        )


class DelegateForm(forms.Form):
    """Which units below take a duty over, and by when."""

    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=say("Giao cho đơn vị", "Units"),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = _day(say("Thời hạn", "Due"), required=False)

    def __init__(self, *args: Any, duty: Duty, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Organisation.objects.within(below(duty.organisation)).filter(to_on__isnull=True)
        given = Duty.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(task=duty.task).values("organisation")
        self.fields["organisations"].queryset = units.exclude(pk__in=given).order_by("kind", "name_fold", "pk")
