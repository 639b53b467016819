from __future__ import annotations

from typing import Any

from django import forms

from lientuc.accounts.enums import Role
from lientuc.accounts.models import Grant
from lientuc.core.clock import today
from lientuc.curricula.models import Topic
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.rows import in_force
from lientuc.web.say import choices, current_language, say

from .enums import Remedy, Severity, Verdict
from .models import Criterion
from .rules import FindingDraft, InspectionDraft

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class InspectionForm(forms.Form):
    """Plan an inspection."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=say("Đơn vị được kiểm tra", "Inspected unit"), to_field_name="public_id"
    )
    lead = forms.ModelChoiceField(
        Organisation.objects.none(), label=say("Đơn vị lập đoàn", "Sent by"), to_field_name="public_id"
    )
    subject = forms.CharField(label=say("Nội dung kiểm tra", "Subject"), max_length=200)
    planned_on = forms.DateField(label=say("Ngày kiểm tra", "Day"), widget=DAY)
    decision_number = forms.CharField(
        label=say("Số quyết định lập đoàn", "Decision number"),
        max_length=80,
        required=False,
        help_text=say("Để trống nếu văn thư chưa cấp số.", "Leave blank until the clerk gives the number."),
    )
    members = forms.MultipleChoiceField(
        label=say("Thành viên đoàn (người đầu là trưởng đoàn)", "Team (the first one leads)"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Organisation.objects.visible_to(by, "quality.plan_inspection").order_by("name_fold")
        self.fields["organisation"].queryset = mine
        self.fields["lead"].queryset = mine.filter(kind__in=["ministry", "health_department"])
        inspectors = Grant.objects.unscoped(WhyUnscoped.RULE).filter(
            in_force(today()), role=Role.INSPECTOR, organisation__in=mine
        )
        pairs = inspectors.values_list("user__username", "user__full_name").distinct().order_by("user__full_name")
        self.fields["members"].choices = list(pairs)

    def draft(self) -> InspectionDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        return InspectionDraft(
            subject=data["subject"],
            planned_on=data["planned_on"],
            members=tuple(data["members"]),
            decision_number=data["decision_number"],
        )


class ChecklistForm(forms.Form):
    """One verdict and note per criterion."""

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = current_language() == "en"
        self.codes = [criterion.code for criterion, _ in rows]
        for criterion, result in rows:
            self.fields[f"verdict_{criterion.code}"] = forms.ChoiceField(
                label=f"{criterion.code}. {criterion.text_en if english else criterion.text_vi}",
                help_text=criterion.evidence_en if english else criterion.evidence_vi,
                choices=choices("quality", Verdict),
                widget=forms.RadioSelect,
                required=False,
                initial=result.verdict if result else None,
            )
            self.fields[f"note_{criterion.code}"] = forms.CharField(
                label=say("Ghi chú", "Note"), max_length=300, required=False, initial=result.note if result else ""
            )

    def verdicts(self) -> dict[str, tuple[Verdict, str]]:
        """What was judged, by criterion code."""
        data = self.cleaned_data
        return {
            code: (Verdict(data[f"verdict_{code}"]), data[f"note_{code}"])
            for code in self.codes
            if data[f"verdict_{code}"]
        }


class FindingForm(forms.Form):
    """One finding."""

    criterion = forms.ChoiceField(label=say("Tiêu chí", "Criterion"), required=False)
    text = forms.CharField(label=say("Phát hiện", "Finding"), widget=forms.Textarea(attrs={"rows": 3}))
    severity = forms.ChoiceField(label=say("Mức độ", "Severity"))
    remedy = forms.ChoiceField(label=say("Cách khắc phục", "Remedy"))
    topic_code = forms.ChoiceField(label=say("Chủ đề đào tạo (nếu cần đào tạo)", "Topic (if training)"), required=False)
    persons = forms.IntegerField(
        label=say("Số người cần đào tạo", "Persons to train"), min_value=0, required=False, initial=0
    )
    due_on = forms.DateField(label=say("Hạn khắc phục", "To be mended by"), widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english, none = current_language() == "en", ("", "–")
        self.fields["severity"].choices = choices("quality", Severity)
        self.fields["remedy"].choices = choices("quality", Remedy)
        criteria = Criterion.objects.order_by("code")
        self.fields["criterion"].choices = [
            none,
            *((c.code, f"{c.code}. {c.text_en if english else c.text_vi}") for c in criteria),
        ]
        topics = Topic.objects.order_by("name_fold")
        self.fields["topic_code"].choices = [none, *((t.code, t.name_en if english else t.name_vi) for t in topics)]

    def draft(self) -> FindingDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        return FindingDraft(
            text=data["text"],
            severity=Severity(data["severity"]),
            remedy=Remedy(data["remedy"]),
            due_on=data["due_on"],
            criterion=data["criterion"],
            topic_code=data["topic_code"],
            persons=data["persons"] or 0,
        )


class ConclusionForm(forms.Form):
    """The team's conclusion."""

    conclusion = forms.CharField(label=say("Kết luận", "Conclusion"), widget=forms.Textarea(attrs={"rows": 4}))


class CorrectionForm(forms.Form):
    """What the unit mended."""

    text = forms.CharField(
        label=say("Biện pháp đã thực hiện", "What was done"), widget=forms.Textarea(attrs={"rows": 4})
    )
    evidence = forms.CharField(label=say("Tài liệu chứng minh", "Evidence"), max_length=300, required=False)


class ClosingForm(forms.Form):
    """Why the finding counts as mended."""

    note = forms.CharField(label=say("Ý kiến xác nhận", "Confirmation"), max_length=300)
