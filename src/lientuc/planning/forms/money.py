from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from lientuc.places.enums import CareLevel
from lientuc.places.models import Organisation
from lientuc.web.say import choices, say

from ..enums import NormCode, SourceArea, SourceKind
from ..models import FundingSource, PlanLine
from ..rules.money import RateDraft, SourceDraft
from ..rules.plans import Amounts
from .fields import ANYTHING, VndField, day_field, text_area, topic_choices


class SourceFilter(forms.Form):
    """Choices above the list of sources."""

    q = forms.CharField(label=say("Tên nguồn", "Name"), required=False)
    kind = forms.ChoiceField(label=say("Loại nguồn", "Kind"), required=False)
    open_only = forms.BooleanField(label=say("Chỉ nguồn còn mở", "Open ones only"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [ANYTHING, *choices("planning", SourceKind)]


class SourceForm(forms.Form):
    """A source of money."""

    SAME = (
        "name", "owner", "decision", "decision_on", "authority", "ceiling_vnd", "from_on", "to_on", "indicator",
    )  # fmt: skip
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=say("Đơn vị quản lý", "Kept by"), to_field_name="public_id"
    )
    name = forms.CharField(label=say("Tên nguồn", "Name"), max_length=200)
    kind = forms.ChoiceField(label=say("Loại nguồn", "Kind"))
    owner = forms.CharField(
        label=say("Chương trình, dự án, nhà tài trợ", "Programme, project, donor"), max_length=200, required=False
    )
    decision = forms.CharField(
        label=say("Số quyết định, văn bản giao", "Decision number"), max_length=120, required=False
    )
    decision_on = day_field(say("Ngày quyết định", "Day of the decision"), required=False)
    authority = forms.CharField(label=say("Cơ quan ban hành", "Issued by"), max_length=200, required=False)
    ceiling_vnd = VndField(label=say("Mức kinh phí (đồng)", "Ceiling (đồng)"))
    from_on = day_field(say("Từ ngày", "From"))
    to_on = day_field(say("Đến ngày", "To"), required=False)
    indicator = forms.CharField(
        label=say("Chỉ tiêu phải đạt", "Indicator it must reach"), max_length=300, required=False
    )
    topics = forms.MultipleChoiceField(
        label=say("Chỉ chi cho chủ đề (không chọn: mọi chủ đề)", "Only for topics (none: all)"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    levels = forms.MultipleChoiceField(
        label=say("Chỉ chi cho cấp chuyên môn (không chọn: mọi cấp)", "Only for levels of care (none: all)"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    areas = forms.MultipleChoiceField(
        label=say("Chỉ chi cho địa bàn (không chọn: mọi địa bàn)", "Only for areas (none: all)"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, by: Any, source: FundingSource | None = None, **kwargs: Any) -> None:
        names = (*self.SAME, "kind", "topics", "levels", "areas")
        initial = {name: getattr(source, name) for name in names} if source else {}
        if source:
            initial["organisation"] = source.organisation.public_id
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.visible_to(by, "planning.edit_plan")
        self.fields["kind"].choices = choices("planning", SourceKind)
        self.fields["topics"].choices = topic_choices()
        self.fields["levels"].choices = [row for row in choices("places", CareLevel) if row[0] != CareLevel.NONE]
        self.fields["areas"].choices = choices("planning", SourceArea)

    def draft(self) -> SourceDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        return SourceDraft(
            organisation=data["organisation"],
            kind=SourceKind(data["kind"]),
            topics=tuple(data["topics"]),
            levels=tuple(data["levels"]),
            areas=tuple(data["areas"]),
            **{name: data[name] for name in self.SAME},
        )


class RateForm(forms.Form):
    """A local rate."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=say("Đơn vị áp dụng", "Unit"), to_field_name="public_id"
    )
    norm = forms.ChoiceField(label=say("Khoản chi", "Item"))
    amount_vnd = VndField(label=say("Mức chi (đồng)", "Rate (đồng)"))
    source = forms.ModelChoiceField(
        FundingSource.objects.none(),
        label=say("Định mức riêng của nguồn (nhà tài trợ, chương trình)", "Own norm of a source (donor, programme)"),
        to_field_name="public_id",
        required=False,
    )
    decision = forms.CharField(
        label=say("Số nghị quyết, quyết định làm căn cứ", "Number of the decision it rests on"), max_length=120
    )
    decision_on = day_field(say("Ngày ban hành", "Day it was issued"), required=False)
    authority = forms.CharField(label=say("Cơ quan ban hành", "Issued by"), max_length=200, required=False)
    from_on = day_field(say("Áp dụng từ", "From"))
    to_on = day_field(say("Đến ngày", "To"), required=False)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.visible_to(by, "planning.edit_plan")
        self.fields["source"].queryset = FundingSource.objects.visible_to(by, "planning.edit_plan").filter(
            closed_at__isnull=True
        )
        self.fields["norm"].choices = [row for row in choices("planning", NormCode) if row[0] != NormCode.OTHER]

    def draft(self) -> RateDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        return RateDraft(**{**data, "norm": NormCode(data["norm"])})


class EndRateForm(forms.Form):
    """The last day of a local rate."""

    to_on = day_field(say("Ngày cuối áp dụng", "Last day"))


class CloseForm(forms.Form):
    """Why a source takes no more lines."""

    reason = text_area(say("Lý do đóng nguồn", "Why it is closed"), rows=2)


class GridForm(forms.Form):
    """One input for each line and column of money, and one for the words beside them."""

    COLUMNS: tuple[str, ...] = ()
    paper = forms.CharField(label=say("Số văn bản làm căn cứ", "Number of the paper"), max_length=120, required=False)

    def __init__(self, *args: Any, lines: Sequence[PlanLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            for column in self.COLUMNS:
                field = VndField(label=line.title, required=False, initial=self.first_value(line, column))
                self.fields[f"{column}:{line.public_id}"] = field
            words = forms.CharField(label=line.title, required=False, max_length=500)
            self.fields[f"words:{line.public_id}"] = words

    def first_value(self, line: PlanLine, column: str) -> int | None:
        """What an input begins with."""
        value: int | None = getattr(line, column)
        return value

    @property
    def line_rows(self) -> list[tuple[PlanLine, list[Any], Any]]:
        """Each line with its bound inputs and the input for words."""
        return [
            (line, [self[f"{column}:{line.public_id}"] for column in self.COLUMNS], self[f"words:{line.public_id}"])
            for line in self.lines
        ]

    def words(self, line: PlanLine) -> str:
        """What was written beside a line."""
        return str(self.cleaned_data[f"words:{line.public_id}"])


class AppraisalForm(GridForm):
    """The finance department's comment and the amounts it agrees to; they begin with what was asked for."""

    COLUMNS = ("appraised_vnd",)
    text = text_area(say("Ý kiến về kinh phí", "Comment on the money"))

    def first_value(self, line: PlanLine, column: str) -> int | None:
        """What was appraised before, else the request."""
        return line.requested_vnd if line.appraised_vnd is None else line.appraised_vnd

    def appraised(self) -> dict[str, int | None]:
        """Amounts by the line's public id."""
        return {str(line.public_id): self.cleaned_data[f"appraised_vnd:{line.public_id}"] for line in self.lines}

    def comments(self) -> dict[str, str]:
        """What is said of lines, by public id."""
        return {str(line.public_id): self.words(line) for line in self.lines if self.words(line).strip()}


class SpendingForm(GridForm):
    """Money as it goes out."""

    COLUMNS = ("allotted_vnd", "spent_vnd", "settled_vnd")

    def amounts(self) -> dict[str, Amounts]:
        """Amounts by the line's public id."""
        data = self.cleaned_data
        return {
            str(line.public_id): Amounts(
                **{column: data[f"{column}:{line.public_id}"] for column in self.COLUMNS}, reason=self.words(line)
            )
            for line in self.lines
        }
