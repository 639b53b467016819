from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from lientuc.curricula.enums import GroundKind
from lientuc.places.models import Organisation
from lientuc.registry.enums import Equipment
from lientuc.registry.models import HealthWorker
from lientuc.web.say import choices, say

from ..enums import BulkChoice, ConditionKind, ConditionState, NeedState
from ..models import Need, NeedCondition
from ..queries.needs import Filters
from ..rules.needs import ConditionDraft, NeedDraft
from .fields import ANYTHING, NOTHING, day_field, text_area, topic_choices, topic_of


class NeedFilter(forms.Form):
    """Choices above the list of needs."""

    q = forms.CharField(label=say("Đơn vị, chủ đề", "Unit, topic"), required=False)
    state = forms.ChoiceField(label=say("Tình trạng", "State"), required=False)
    kind = forms.ChoiceField(label=say("Căn cứ", "Ground"), required=False)
    topic = forms.ChoiceField(label=say("Chủ đề", "Topic"), required=False)
    equipment = forms.ChoiceField(label=say("Thiết bị", "Equipment"), required=False)
    programme = forms.ChoiceField(label=say("Chương trình", "Programme"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [ANYTHING, *choices("planning", NeedState)]
        self.fields["kind"].choices = [ANYTHING, *choices("curricula", GroundKind)]
        self.fields["topic"].choices = [ANYTHING, *topic_choices()]
        self.fields["equipment"].choices = [ANYTHING, *choices("registry", Equipment)]
        self.fields["programme"].choices = [ANYTHING, ("none", say("chưa có chương trình", "no programme yet"))]

    def filters(self) -> Filters:
        """What was chosen; nothing for a form that does not hold."""
        data = self.cleaned_data if self.is_valid() else {}
        names = ("state", "kind", "topic", "equipment", "programme")
        return Filters(text=data.get("q", ""), **{name: data.get(name, "") for name in names})


class RequestForm(forms.Form):
    """A unit's request for training, its unit known."""

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [NOTHING, *topic_choices()]
        self.fields["equipment"].choices = choices("registry", Equipment)

    def draft_for(self, organisation: Organisation, **more: Any) -> NeedDraft:
        """The draft of a unit's request."""
        data = self.cleaned_data
        return NeedDraft(
            organisation=organisation,
            topic=topic_of(data["topic"]),
            persons=data["persons"],
            deadline_on=data["deadline_on"],
            equipment=Equipment(data["equipment"]),
            text=data["text"],
            **more,
        )


class NeedForm(RequestForm):
    """A request for a unit that is chosen."""

    field_order = ("organisation", "topic", "persons", "deadline_on", "equipment", "text")
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=say("Đơn vị", "Unit"), to_field_name="public_id"
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.visible_to(by, "planning.raise_need").filter(to_on__isnull=True)
        self.fields["organisation"].queryset = rows.order_by("name_fold")

    def draft(self) -> NeedDraft:
        """The draft the action takes."""
        return self.draft_for(self.cleaned_data["organisation"])


class AcceptForm(forms.Form):
    """Topic and persons of a need that is accepted."""

    topic = forms.ChoiceField(label=say("Chủ đề đưa vào kế hoạch", "Topic to plan for"))
    persons = forms.IntegerField(label=say("Số người", "Persons"), min_value=1)
    reason = text_area(say("Ghi chú khi tiếp nhận", "Note with the acceptance"), rows=2, required=False)

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        initial = {"topic": need.topic.code if need.topic else "", "persons": need.persons}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["topic"].choices = [NOTHING, *topic_choices()]


class DeclineForm(forms.Form):
    """Why a need is not accepted."""

    reason = text_area(say("Lý do không tiếp nhận (đơn vị sẽ đọc)", "Reason (the unit will read it)"))


class BulkForm(forms.Form):
    """One decision for several needs, with its reason."""

    choice = forms.ChoiceField(label=say("Quyết định", "Decision"))
    topic = forms.ChoiceField(
        label=say("Chủ đề cho nhu cầu chưa nêu chủ đề", "Topic for needs that name none"), required=False
    )
    reason = text_area(say("Lý do (đơn vị sẽ đọc)", "Reason (the units will read it)"), rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = choices("planning", BulkChoice)
        self.fields["topic"].choices = [NOTHING, *topic_choices()]


class ConditionsForm(forms.Form):
    """How equipment, staff and approval stand: state, day, note for each."""

    def __init__(self, *args: Any, need: Need, stated: Iterable[NeedCondition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {row.kind: row for row in stated}
        for kind, name in choices("planning", ConditionKind):
            row = known.get(kind)
            state = (
                row.state if row else (need.equipment if kind == ConditionKind.EQUIPMENT else ConditionState.PRESENT)
            )
            self.fields[f"{kind}_state"] = forms.ChoiceField(
                label=name, choices=choices("planning", ConditionState), initial=str(state)
            )
            self.fields[f"{kind}_ready_on"] = day_field(
                say("Dự kiến có từ ngày", "Expected from"), required=False, initial=row.ready_on if row else None
            )
            self.fields[f"{kind}_note"] = forms.CharField(
                label=say("Ghi chú", "Note"), max_length=300, required=False, initial=row.note if row else ""
            )

    def drafts(self) -> list[ConditionDraft]:
        """The drafts the action takes."""
        data = self.cleaned_data
        return [
            ConditionDraft(kind, ConditionState(data[f"{kind}_state"]), data[f"{kind}_ready_on"], data[f"{kind}_note"])
            for kind in ConditionKind
        ]


class PersonsForm(forms.Form):
    """Whom of the unit a need means."""

    workers = forms.ModelMultipleChoiceField(
        HealthWorker.objects.none(),
        label=say("Người cần đào tạo", "Persons to train"),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, need: Need, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = HealthWorker.objects.visible_to(by, "registry.view_workers").filter(
            keeper=need.organisation, canonical__isnull=True, left_on__isnull=True
        )
        self.fields["workers"].queryset = rows.order_by("name_sort", "pk")
