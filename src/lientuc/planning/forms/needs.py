from __future__ import annotations

from typing import Any

from django import forms

from lientuc.curricula.enums import GroundKind
from lientuc.places.models import Organisation
from lientuc.registry.enums import Equipment
from lientuc.web.say import choices, say

from ..enums import NeedState
from ..models import Need
from ..queries.needs import Filters
from ..rules.needs import NeedDraft
from .fields import ANYTHING, NOTHING, day_field, text_area, topic_choices, topic_of


class NeedFilter(forms.Form):
    """Choices above the list of needs."""

    q = forms.CharField(label=say("Đơn vị, chủ đề", "Unit, topic"), required=False)
    state = forms.ChoiceField(label=say("Tình trạng", "State"), required=False)
    kind = forms.ChoiceField(label=say("Căn cứ", "Ground"), required=False)
    topic = forms.ChoiceField(label=say("Chủ đề", "Topic"), required=False)
    equipment = forms.ChoiceField(label=say("Thiết bị", "Equipment"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [ANYTHING, *choices("planning", NeedState)]
        self.fields["kind"].choices = [ANYTHING, *choices("curricula", GroundKind)]
        self.fields["topic"].choices = [ANYTHING, *topic_choices()]
        self.fields["equipment"].choices = [ANYTHING, *choices("registry", Equipment)]

    def filters(self) -> Filters:
        """What was chosen; nothing for a form that does not hold."""
        data = self.cleaned_data if self.is_valid() else {}
        names = ("state", "kind", "topic", "equipment")
        return Filters(text=data.get("q", ""), **{name: data.get(name, "") for name in names})


class NeedForm(forms.Form):
    """A unit's request for training."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=say("Đơn vị", "Unit"), to_field_name="public_id"
    )
    topic = forms.ChoiceField(label=say("Chủ đề cần đào tạo", "Topic"))
    persons = forms.IntegerField(label=say("Số người", "Persons"), min_value=1)
    deadline_on = day_field(say("Cần trước ngày", "Needed before"), required=False)
    equipment = forms.ChoiceField(
        label=say("Thiết bị để làm sau khi học", "Equipment to use it"),
        help_text=say(
            "Nơi chưa có thiết bị thì mua thiết bị trước, đào tạo sau.",
            "Where the equipment is missing, it is bought first and people are trained after.",
        ),
    )
    text = text_area(say("Lý do, nội dung cần học", "Reason and what is to be learnt"))

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.visible_to(by, "planning.raise_need").filter(to_on__isnull=True)
        self.fields["organisation"].queryset = rows.order_by("name_fold")
        self.fields["topic"].choices = [NOTHING, *topic_choices()]
        self.fields["equipment"].choices = choices("registry", Equipment)

    def draft(self) -> NeedDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        return NeedDraft(
            organisation=data["organisation"],
            topic=topic_of(data["topic"]),
            persons=data["persons"],
            deadline_on=data["deadline_on"],
            equipment=Equipment(data["equipment"]),
            text=data["text"],
        )


class AcceptForm(forms.Form):
    """Topic and persons of a need that is accepted."""

    topic = forms.ChoiceField(label=say("Chủ đề đưa vào kế hoạch", "Topic to plan for"))
    persons = forms.IntegerField(label=say("Số người", "Persons"), min_value=1)

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        initial = {"topic": need.topic.code if need.topic else "", "persons": need.persons}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["topic"].choices = [NOTHING, *topic_choices()]


class DeclineForm(forms.Form):
    """Why a need is not accepted."""

    reason = text_area(say("Lý do không tiếp nhận (đơn vị sẽ đọc)", "Reason (the unit will read it)"))
