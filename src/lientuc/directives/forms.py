from __future__ import annotations

from typing import Any

from django import forms

from lientuc.places.models import Organisation
from lientuc.web.say import current_language, say

from .models import Barrier, Task
from .rules import DifficultyDraft


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
