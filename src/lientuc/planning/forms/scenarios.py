from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from lientuc.web.say import choices, say

from ..book import sources_of
from ..models import Plan, PlanLine
from ..optimiser.model import Reason
from ..papers import ROMAN
from ..rules.plans import years_of
from ..rules.scenarios import LEAST_PERCENT, MOST_PERCENT, LockDraft, ScenarioDraft
from .fields import ANYTHING


class ScenarioForm(forms.Form):
    """What a scenario tries otherwise than the plan as it stands."""

    name = forms.CharField(
        label=say("Tên phương án", "Name"),
        max_length=120,
        required=False,
        help_text=say("Ví dụ: Giảm 10% kinh phí. Để trống: tự đánh số.", "For instance: 10 % less money."),
    )
    budget_percent = forms.IntegerField(
        label=say("Kinh phí so với hiện nay (%)", "Money against now (%)"),
        min_value=LEAST_PERCENT,
        max_value=MOST_PERCENT,
        initial=100,
        help_text=say("100: như các nguồn đã ghi.", "100: as the sources stand."),
    )
    equity_percent = forms.IntegerField(
        label=say("Vùng khó khăn được ít nhất (% nhu cầu)", "Difficult areas get at least (% of need)"),
        min_value=0,
        max_value=100,
        initial=0,
        help_text=say("0: chỉ theo mức chung của kế hoạch.", "0: the plan's usual floor only."),
    )
    sources_off = forms.MultipleChoiceField(
        label=say("Không dùng nguồn", "Without these sources"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kept_lines = forms.MultipleChoiceField(
        label=say("Giữ nguyên các dòng", "Keep these lines as they are"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    cautious = forms.BooleanField(
        label=say(
            "Tính thận trọng: lấy mức áp dụng dự kiến thấp", "Cautious: count with the lower end of the expected use"
        ),
        required=False,
    )
    without_locks = forms.BooleanField(
        label=say(
            "Thử bỏ qua các khóa theo quý (lớp đã mở vẫn giữ)",
            "Try without the locks by quarter (opened classes stay)",
        ),
        required=False,
    )

    def __init__(self, *args: Any, plan: Plan, lines: Sequence[PlanLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = sources_of(plan.organisation, years_of(plan.kind, plan.year))
        self.fields["sources_off"].choices = [(str(row.public_id), row.name) for row in rows]
        self.fields["kept_lines"].choices = [
            (str(line.public_id), f"{line.title} ({line.classes})") for line in lines if not line.locked
        ]

    def draft(self) -> ScenarioDraft:
        """What was chosen."""
        data = self.cleaned_data
        return ScenarioDraft(
            name=data["name"],
            budget_percent=data["budget_percent"],
            equity_percent=data["equity_percent"],
            cautious=data["cautious"],
            sources_off=tuple(data["sources_off"]),
            kept_lines=tuple(data["kept_lines"]),
            without_locks=data["without_locks"],
        )


class LockForm(forms.Form):
    """Classes of a line in a quarter: at least, at most."""

    quarter = forms.TypedChoiceField(label=say("Quý", "Quarter"), coerce=int)
    at_least = forms.IntegerField(label=say("Ít nhất (lớp)", "At least (classes)"), min_value=0, initial=0)
    at_most = forms.IntegerField(
        label=say("Nhiều nhất (lớp)", "At most (classes)"),
        min_value=0,
        required=False,
        help_text=say("Để trống: không giới hạn.", "Empty: no limit."),
    )
    reason = forms.CharField(label=say("Lý do", "Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, line: PlanLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quarters = range(line.from_quarter, line.to_quarter + 1)
        self.fields["quarter"].choices = [(number, ROMAN[number - 1]) for number in quarters]

    def draft(self) -> LockDraft:
        """What was chosen."""
        data = self.cleaned_data
        return LockDraft(data["quarter"], data["at_least"], data["at_most"], data["reason"])


class UnmetFilter(forms.Form):
    """Choices above the persons left out."""

    q = forms.CharField(label=say("Đơn vị, chủ đề", "Unit, topic"), required=False)
    reason = forms.ChoiceField(label=say("Lý do", "Reason"), required=False)

    def __init__(self, *args: Any, present: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [row for row in choices("planning", Reason) if row[0] in present]
        self.fields["reason"].choices = [ANYTHING, *found]
