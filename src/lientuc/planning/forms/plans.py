from __future__ import annotations

from typing import Any

from django import forms

from lientuc.core.clock import today
from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.web.say import choices, say

from ..enums import PlanKind, PlanState
from ..models import Plan
from ..rules.plans import FIRST_YEAR, LAST_YEAR, PlanDraft
from .fields import ANYTHING, day_field, text_area


class PlanFilter(forms.Form):
    """Choices above the list of plans."""

    q = forms.CharField(label=say("Tên kế hoạch, đơn vị", "Title, unit"), required=False)
    year = forms.IntegerField(label=say("Năm", "Year"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    state = forms.ChoiceField(label=say("Tình trạng", "State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [ANYTHING, *choices("planning", PlanState)]


class PlanForm(forms.Form):
    """A plan to open, or to open with the lines of an earlier one."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=say("Đơn vị lập kế hoạch", "Planning unit"), to_field_name="public_id"
    )
    kind = forms.ChoiceField(label=say("Loại kế hoạch", "Kind"))
    year = forms.IntegerField(
        label=say("Năm (năm đầu)", "Year (first year)"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    title = forms.CharField(label=say("Tên kế hoạch", "Title"), max_length=300)
    finance = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=say("Cơ quan tài chính góp ý kinh phí", "Finance department that comments"),
        to_field_name="public_id",
        required=False,
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.visible_to(by, "planning.edit_plan").filter(to_on__isnull=True)
        self.fields["organisation"].queryset = rows.order_by("name_fold")
        finance = Organisation.objects.unscoped(WhyUnscoped.RULE).filter(
            kind=OrganisationKind.FINANCE_DEPARTMENT, province_code__in=rows.values("province_code")
        )
        self.fields["finance"].queryset = finance.order_by("name_fold")
        self.fields["kind"].choices = choices("planning", PlanKind)
        self.fields["year"].initial = today().year + 1
        self.fields["title"].initial = f"Kế hoạch đào tạo liên tục năm {today().year + 1}"
        if len(rows) == 1:
            self.fields["organisation"].initial = rows[0].public_id

    def draft(self) -> PlanDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        return PlanDraft(
            organisation=data["organisation"],
            year=data["year"],
            kind=PlanKind(data["kind"]),
            title=data["title"],
            finance=data["finance"],
        )


class ReturnForm(forms.Form):
    """What is to be mended before a plan comes back."""

    text = text_area(say("Nội dung cần hoàn thiện", "What is to be mended"))


class ApproveForm(forms.Form):
    """The decision that approves a plan."""

    decision_on = day_field(say("Ngày quyết định", "Day of the decision"))
    decision_number = forms.CharField(
        label=say("Số quyết định", "Number of the decision"),
        required=False,
        max_length=80,
        help_text=say("Để trống khi văn thư chưa cấp số; ghi sau.", "Leave blank until the clerk gives one."),
    )
    text = text_area(say("Ý kiến kèm theo", "Comment"), rows=3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision_on"].initial = today()


class DecisionForm(forms.Form):
    """The number the clerk gave."""

    decision_number = forms.CharField(label=say("Số quyết định", "Number of the decision"), max_length=80)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, initial={"decision_number": plan.decision_number}, **kwargs)
