from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.web.say import choices, say

from ..enums import Stance
from ..models import Plan, PlanLine, PlanParty
from .fields import day_field, text_area

# Whom plans usually ask; others are written by name.
ASKED_KINDS = (
    OrganisationKind.FINANCE_DEPARTMENT,
    OrganisationKind.COMMUNE_COMMITTEE,
    OrganisationKind.HOSPITAL,
    OrganisationKind.AREA_CENTRE,
    OrganisationKind.SCHOOL,
)


def stances(*wanted: Stance) -> list[Any]:
    """The stances one may take here."""
    return [row for row in choices("planning", Stance) if row[0] in wanted]


class AskForm(forms.Form):
    """Whom to ask about a plan."""

    all_communes = forms.BooleanField(
        label=say("Mọi UBND xã trong tỉnh", "Every commune of the province"), required=False
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=say("Cơ quan, đơn vị", "Bodies"),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    names = text_area(
        say("Cơ quan không có tài khoản, mỗi dòng một tên (ví dụ: Sở Nội vụ)", "Bodies without an account, one a line"),
        rows=2,
        required=False,
    )
    due_on = day_field(say("Trả lời trước ngày", "Answer by"), required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.unscoped(WhyUnscoped.RULE).filter(
            to_on__isnull=True, province_code=plan.organisation.province_code
        )
        self.communes = rows.filter(kind=OrganisationKind.COMMUNE_COMMITTEE)
        listed = rows.filter(kind__in=[str(kind) for kind in ASKED_KINDS]).exclude(pk=plan.organisation_id)
        self.fields["organisations"].queryset = listed.order_by("kind", "name_fold")

    def organisations_asked(self) -> list[Organisation]:
        """The bodies chosen."""
        chosen = list(self.cleaned_data["organisations"])
        if self.cleaned_data["all_communes"]:
            known = {row.pk for row in chosen}
            chosen += [row for row in self.communes if row.pk not in known]
        return chosen

    def names_asked(self) -> list[str]:
        """The bodies written by name."""
        return [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]


class OpinionForm(forms.Form):
    """A party's opinion on the plan or one line."""

    stance = forms.ChoiceField(label=say("Ý kiến", "Opinion"), widget=forms.RadioSelect)
    place = forms.TypedChoiceField(label=say("Về nội dung", "On"), coerce=int, empty_value=None, required=False)
    text = text_area(say("Nội dung góp ý", "In words"), required=False)

    def __init__(self, *args: Any, lines: Sequence[PlanLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stance"].choices = stances(Stance.AGREE, Stance.CHANGE)
        whole = ("", say("Toàn bộ kế hoạch", "The whole plan"))
        self.fields["place"].choices = [whole, *((line.place, line.title) for line in lines)]


class NoteOpinionForm(OpinionForm):
    """An opinion that came on paper."""

    party = forms.ModelChoiceField(
        PlanParty.objects.none(), label=say("Cơ quan góp ý", "From"), to_field_name="public_id"
    )
    paper = forms.CharField(label=say("Số văn bản góp ý", "Number of the letter"), max_length=120)
    field_order = ("party", "paper", "stance", "place", "text")

    def __init__(self, *args: Any, plan: Plan, lines: Sequence[PlanLine], **kwargs: Any) -> None:
        super().__init__(*args, lines=lines, **kwargs)
        parties = PlanParty.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan)
        self.fields["party"].queryset = parties.order_by("name")


class AnswerForm(forms.Form):
    """The answer to a comment."""

    stance = forms.ChoiceField(label=say("Trả lời", "Answer"), widget=forms.RadioSelect)
    text = text_area(say("Nội dung tiếp thu, giải trình", "In words"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stance"].choices = stances(Stance.TAKEN, Stance.EXPLAINED)
