from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from lientuc.core.clock import today
from lientuc.curricula.enums import TopicFamily
from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.web.say import choices, say

from ..enums import PlanKind, PlanState
from ..models import Plan, PlanLine, PlanTarget
from ..papers import ROMAN
from ..rules.plans import FIRST_YEAR, LAST_YEAR, PlanDraft, years_of
from ..rules.targets import TargetDraft
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


class LineFilter(forms.Form):
    """Choices above the lines of one plan."""

    q = forms.CharField(label=say("Nội dung, đối tượng, đơn vị", "Content, audience, performer"), required=False)
    source = forms.ChoiceField(label=say("Nguồn", "Source"), required=False)
    family = forms.ChoiceField(label=say("Lĩnh vực", "Field"), required=False)
    quarter = forms.TypedChoiceField(label=say("Quý", "Quarter"), coerce=int, empty_value=None, required=False)
    year = forms.TypedChoiceField(label=say("Năm", "Year"), coerce=int, empty_value=None, required=False)
    show = forms.ChoiceField(label=say("Chỉ hiện", "Show only"), required=False)

    def __init__(self, *args: Any, plan: Plan, lines: Sequence[PlanLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = {str(line.source.public_id): line.source.name for line in lines if line.source}
        self.fields["source"].choices = [ANYTHING, ("-", say("chưa có nguồn", "no source yet")), *sources.items()]
        present = {line.topic.family for line in lines}
        families = [row for row in choices("curricula", TopicFamily) if row[0] in present]
        self.fields["family"].choices = [ANYTHING, *families]
        self.fields["quarter"].choices = [ANYTHING, *((n, roman) for n, roman in enumerate(ROMAN, start=1))]
        self.fields["year"].choices = [ANYTHING, *((year, str(year)) for year in years_of(plan.kind, plan.year))]
        if plan.kind == PlanKind.ANNUAL:
            del self.fields["year"]
        self.fields["show"].choices = [
            ANYTHING,
            ("unserved", say("dòng chưa gắn nhu cầu", "lines without needs")),
            ("unopened", say("dòng chưa mở lớp", "lines without classes")),
            ("locked", say("dòng giữ nguyên", "locked lines")),
        ]


class TargetsForm(forms.Form):
    """Indicators of a plan, one value a year."""

    ROWS = 6

    def __init__(self, *args: Any, plan: Plan, targets: Sequence[PlanTarget], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = list(years_of(plan.kind, plan.year))
        known = list(dict.fromkeys((row.name, row.unit) for row in targets))
        values = {(row.name, row.year): row.value for row in targets}
        self.places = range(max(self.ROWS, len(known) + 1))
        for place in self.places:
            name, unit = known[place] if place < len(known) else ("", "")
            self._text(f"name{place}", say("Chỉ tiêu", "Indicator"), name, 200)
            self._text(f"unit{place}", say("Đơn vị tính", "Unit"), unit, 40)
            for year in self.years:
                field = forms.DecimalField(
                    label=str(year), required=False, max_digits=14, decimal_places=2, localize=False
                )
                field.initial = values.get((name, year)) if name else None
                self.fields[f"value{place}_{year}"] = field

    def _text(self, name: str, label: Any, initial: str, longest: int) -> None:
        self.fields[name] = forms.CharField(label=label, required=False, max_length=longest, initial=initial)

    @property
    def rows(self) -> list[list[Any]]:
        """The inputs row by row."""
        values = [[self[f"value{place}_{year}"] for year in self.years] for place in self.places]
        return [[self[f"name{place}"], self[f"unit{place}"], *values[place]] for place in self.places]

    def drafts(self) -> list[TargetDraft]:
        """The targets that have a name and a value."""
        data = self.cleaned_data
        return [
            TargetDraft(data[f"name{place}"], data[f"unit{place}"], year, data[f"value{place}_{year}"])
            for place in self.places
            for year in self.years
            if data[f"name{place}"] and data[f"value{place}_{year}"] is not None
        ]
