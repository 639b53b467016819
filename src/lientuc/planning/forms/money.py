from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from lientuc.places.enums import CareLevel
from lientuc.places.models import Organisation
from lientuc.web.say import choices, say

from ..enums import NormCode, SourceKind
from ..models import FundingSource, PlanLine
from ..rules.money import RateDraft, SourceDraft
from ..rules.plans import Amounts
from .fields import VndField, day_field, text_area, topic_choices


class SourceForm(forms.Form):
    """A source of money."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=say("Đơn vị quản lý", "Kept by"), to_field_name="public_id"
    )
    name = forms.CharField(label=say("Tên nguồn", "Name"), max_length=200)
    kind = forms.ChoiceField(label=say("Loại nguồn", "Kind"))
    owner = forms.CharField(
        label=say("Chương trình, dự án, nhà tài trợ", "Programme, project, donor"), max_length=200, required=False
    )
    decision = forms.CharField(label=say("Quyết định, văn bản giao", "Decision"), max_length=120, required=False)
    ceiling_vnd = VndField(label=say("Mức kinh phí (đồng)", "Ceiling (đồng)"))
    from_on = day_field(say("Từ ngày", "From"))
    to_on = day_field(say("Đến ngày", "To"), required=False)
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

    def __init__(self, *args: Any, by: Any, source: FundingSource | None = None, **kwargs: Any) -> None:
        names = ("name", "kind", "owner", "decision", "ceiling_vnd", "from_on", "to_on", "topics", "levels")
        initial = {name: getattr(source, name) for name in names} if source else {}
        if source:
            initial["organisation"] = source.organisation.public_id
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.visible_to(by, "planning.edit_plan")
        self.fields["kind"].choices = choices("planning", SourceKind)
        self.fields["topics"].choices = topic_choices()
        self.fields["levels"].choices = choices("places", CareLevel)

    def draft(self) -> SourceDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        same = ("organisation", "name", "owner", "decision", "ceiling_vnd", "from_on", "to_on")
        return SourceDraft(
            kind=SourceKind(data["kind"]),
            topics=tuple(data["topics"]),
            levels=tuple(data["levels"]),
            **{name: data[name] for name in same},
        )


class RateForm(forms.Form):
    """A local rate."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=say("Đơn vị áp dụng", "Unit"), to_field_name="public_id"
    )
    norm = forms.ChoiceField(label=say("Khoản chi", "Item"))
    amount_vnd = VndField(label=say("Mức chi (đồng)", "Rate (đồng)"))
    decision = forms.CharField(label=say("Nghị quyết, quyết định làm căn cứ", "Decision it rests on"), max_length=120)
    from_on = day_field(say("Áp dụng từ", "From"))
    to_on = day_field(say("Đến ngày", "To"), required=False)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.visible_to(by, "planning.edit_plan")
        self.fields["norm"].choices = [row for row in choices("planning", NormCode) if row[0] != NormCode.OTHER]

    def draft(self) -> RateDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        return RateDraft(**{**data, "norm": NormCode(data["norm"])})


class EndRateForm(forms.Form):
    """The last day of a local rate."""

    to_on = day_field(say("Ngày cuối áp dụng", "Last day"))


class GridForm(forms.Form):
    """One input for each line and column of money."""

    COLUMNS: tuple[str, ...] = ()

    def __init__(self, *args: Any, lines: Sequence[PlanLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            for column in self.COLUMNS:
                field = VndField(label=line.title, required=False, initial=getattr(line, column))
                self.fields[f"{column}:{line.public_id}"] = field

    @property
    def line_rows(self) -> list[tuple[PlanLine, list[Any]]]:
        """Each line with its bound inputs."""
        return [(line, [self[f"{column}:{line.public_id}"] for column in self.COLUMNS]) for line in self.lines]


class AppraisalForm(GridForm):
    """The finance department's comment and the amounts it agrees to."""

    COLUMNS = ("appraised_vnd",)
    text = text_area(say("Ý kiến về kinh phí", "Comment on the money"))

    def appraised(self) -> dict[str, int | None]:
        """Amounts by the line's public id."""
        return {str(line.public_id): self.cleaned_data[f"appraised_vnd:{line.public_id}"] for line in self.lines}


class SpendingForm(GridForm):
    """Money as it goes out."""

    COLUMNS = ("allotted_vnd", "spent_vnd", "settled_vnd")

    def amounts(self) -> dict[str, Amounts]:
        """Amounts by the line's public id."""
        data = self.cleaned_data
        return {
            str(line.public_id): Amounts(*(data[f"{column}:{line.public_id}"] for column in self.COLUMNS))
            for line in self.lines
        }
