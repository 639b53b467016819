from __future__ import annotations

from typing import Any

from django import forms

from lientuc.accounts.permissions import roles_of
from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.web.say import choices, say

from ..enums import AnswerState
from ..rules.calls import CallDraft
from .fields import ANYTHING, day_field, text_area

ASKED = (
    OrganisationKind.STATION,
    OrganisationKind.COMMUNE_COMMITTEE,
    OrganisationKind.HOSPITAL,
    OrganisationKind.AREA_CENTRE,
    OrganisationKind.PRIVATE_FACILITY,
)


class CallForm(forms.Form):
    """An office asks units below what training they need."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=say("Đơn vị tổng hợp", "Asked by"), to_field_name="public_id"
    )
    title = forms.CharField(label=say("Tên đợt đề xuất", "Title of the call"), max_length=200)
    kinds = forms.MultipleChoiceField(
        label=say("Gửi tới", "Units asked"),
        widget=forms.CheckboxSelectMultiple,
        initial=[str(OrganisationKind.STATION)],
    )
    due_on = day_field(say("Trả lời trước ngày", "To be answered by"))
    text = text_area(say("Nội dung đề nghị", "What is asked"), rows=3, required=False)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.visible_to(by, "planning.accept_need").filter(to_on__isnull=True)
        self.fields["organisation"].queryset = rows.order_by("name_fold", "pk")
        own = {organisation.pk for _, organisation in roles_of(by) if organisation is not None}
        self.fields["organisation"].initial = next((row.public_id for row in rows.filter(pk__in=own)), None)
        self.fields["kinds"].choices = [
            pair for pair in choices("places", OrganisationKind) if pair[0] in {str(kind) for kind in ASKED}
        ]
        self._reached = rows

    def draft(self) -> CallDraft:
        """The draft the action takes: the units of the chosen kinds that the office reaches."""
        data = self.cleaned_data
        units = self._reached.filter(kind__in=data["kinds"]).exclude(pk=data["organisation"].pk)
        return CallDraft(
            organisation=data["organisation"],
            title=data["title"],
            due_on=data["due_on"],
            units=list(units.order_by("name_fold", "pk")),
            text=data["text"],
        )


class BoardFilter(forms.Form):
    """Choices above the board of a call."""

    q = forms.CharField(label=say("Đơn vị", "Unit"), required=False)
    answer = forms.ChoiceField(label=say("Trả lời", "Answer"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [ANYTHING, *choices("planning", AnswerState)]
