from __future__ import annotations

from typing import Any

from django import forms

from lientuc.core.clock import today
from lientuc.curricula.models import Topic
from lientuc.directives.models import Barrier
from lientuc.places.models import Organisation
from lientuc.registry.models import Technique
from lientuc.trail.rows import in_force
from lientuc.web.say import choices, current_language, say

from .enums import AgreementState, Prerequisite
from .queries import givers, receivers
from .rules import FOLLOW_UP_MONTHS, AgreementDraft, FollowUpDraft, HandOverDraft

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AgreementFilter(forms.Form):
    """The bar above the list."""

    q = forms.CharField(label=say("Đơn vị, kỹ thuật, số", "Unit, technique, number"), max_length=80, required=False)
    state = forms.ChoiceField(label=say("Tình trạng", "State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", say("tất cả", "all")), *choices("transfer", AgreementState)]


class AgreementForm(forms.Form):
    """Open an agreement."""

    technique = forms.ModelChoiceField(
        Technique.objects.none(), label=say("Kỹ thuật", "Technique"), to_field_name="public_id"
    )
    giver = forms.ModelChoiceField(
        Organisation.objects.none(), label=say("Đơn vị chuyển giao", "Giver"), to_field_name="public_id"
    )
    receiver = forms.ModelChoiceField(
        Organisation.objects.none(), label=say("Đơn vị nhận", "Receiver"), to_field_name="public_id"
    )
    number = forms.CharField(
        label=say("Số thỏa thuận hoặc hợp đồng", "Number of the agreement or contract"),
        max_length=80,
        required=False,
        help_text=say("Để trống nếu văn thư chưa cấp số.", "Leave blank until the clerk gives the number."),
    )
    signed_on = forms.DateField(
        label=say("Ngày ký", "Signed on"),
        widget=DAY,
        required=False,
        help_text=say("Để trống nếu mới là dự thảo.", "Leave blank for a draft."),
    )
    due_on = forms.DateField(label=say("Hạn bàn giao", "Hand-over due"), widget=DAY)
    persons = forms.IntegerField(
        label=say("Số người của đơn vị nhận cần làm chủ kỹ thuật", "Persons of the receiver to master it"), min_value=0
    )
    topic_code = forms.ChoiceField(label=say("Chủ đề đào tạo", "Training topic"), required=False)
    prerequisites = forms.MultipleChoiceField(
        label=say("Điều kiện đơn vị nhận đã có", "What the receiver has"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english, name = current_language() == "en", self.fields["technique"]
        name.queryset = Technique.objects.filter(in_force(today())).order_by("name_fold", "pk")
        name.label_from_instance = lambda row: row.name_en if english else row.name_vi
        self.fields["giver"].queryset = givers(by)
        self.fields["receiver"].queryset = receivers(by)
        self.fields["prerequisites"].choices = choices("transfer", Prerequisite)
        topics = Topic.objects.order_by("name_fold")
        self.fields["topic_code"].choices = [
            ("", "–"),
            *((topic.code, topic.name_en if english else topic.name_vi) for topic in topics),
        ]

    def draft(self) -> AgreementDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        return AgreementDraft(
            due_on=data["due_on"],
            persons=data["persons"],
            prerequisites=tuple(map(Prerequisite, data["prerequisites"])),
            signed_on=data["signed_on"],
            number=data["number"],
            topic_code=data["topic_code"],
        )


class SignatureForm(forms.Form):
    """The day both parties signed."""

    signed_on = forms.DateField(label=say("Ngày ký", "Signed on"), widget=DAY)


class HandOverForm(forms.Form):
    """What both parties confirm."""

    prerequisites = forms.MultipleChoiceField(
        label=say("Hai bên xác nhận đơn vị nhận đã có đủ", "Both parties confirm that the receiver has"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    handed_over_on = forms.DateField(label=say("Ngày bàn giao", "Handed over on"), widget=DAY)
    minutes_number = forms.CharField(
        label=say("Số biên bản bàn giao, nghiệm thu", "Number of the hand-over minutes"), max_length=80, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["prerequisites"].choices = choices("transfer", Prerequisite)

    def draft(self) -> HandOverDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        return HandOverDraft(
            handed_over_on=data["handed_over_on"],
            prerequisites=tuple(map(Prerequisite, data["prerequisites"])),
            minutes_number=data["minutes_number"],
        )


class FollowUpForm(forms.Form):
    """What is seen at the receiver."""

    month = forms.TypedChoiceField(label=say("Mốc theo dõi", "Follow-up"), coerce=int)
    observed_on = forms.DateField(label=say("Ngày theo dõi", "Seen on"), widget=DAY)
    used = forms.ChoiceField(
        label=say("Kỹ thuật có đang được sử dụng không?", "Is the technique in use?"), widget=forms.RadioSelect
    )
    cases = forms.IntegerField(
        label=say("Số ca đã thực hiện từ lần theo dõi trước", "Cases since the last follow-up"),
        min_value=0,
        required=False,
    )
    barrier = forms.ChoiceField(
        label=say("Nguyên nhân chính (nếu không sử dụng)", "Main cause (if not in use)"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = current_language() == "en"
        months = [(str(month), say(f"{month} tháng", f"{month} months")) for month in FOLLOW_UP_MONTHS]
        self.fields["month"].choices = months
        self.fields["used"].choices = [("yes", say("Có", "Yes")), ("no", say("Không", "No"))]
        self.fields["barrier"].choices = [
            ("", "–"),
            *((row.code, row.name_en if english else row.name_vi) for row in Barrier.objects.order_by("pk")),
        ]

    def draft(self) -> FollowUpDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        return FollowUpDraft(
            month=data["month"],
            observed_on=data["observed_on"],
            used=data["used"] == "yes",
            cases=data["cases"] or 0,
            barrier=data["barrier"],
        )


class EndForm(forms.Form):
    """Why the agreement ends."""

    reason = forms.CharField(
        label=say("Lý do kết thúc", "Reason for ending"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
