from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from lientuc.curricula.enums import VersionState
from lientuc.curricula.models import CurriculumVersion
from lientuc.delivery.enums import RunKind
from lientuc.delivery.models import CourseRun
from lientuc.delivery.rules import RunDraft
from lientuc.law.authority import Proof
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import Provider
from lientuc.web.say import choices, say

from ..book import sources_of
from ..enums import LineField, NormCode
from ..models import Plan, PlanLine
from ..papers import ROMAN
from ..rules.lines import CostItem, LineDraft
from ..rules.plans import years_of
from ..writing import items_of
from .fields import NOTHING, VndField, day_field, text_area, topic_choices, topic_of

ITEMS = 8
PROOFS = (Proof.PRACTITIONER_CERTIFICATE, Proof.COURSE_CERTIFICATE)


class LineForm(forms.Form):
    """One plan line; cost items, where listed, make the money."""

    title = forms.CharField(label=say("Nội dung", "Content"), max_length=300)
    topic = forms.ChoiceField(label=say("Chủ đề", "Topic"))
    audience = forms.CharField(label=say("Đối tượng", "Audience"), max_length=300, required=False)
    year = forms.TypedChoiceField(label=say("Năm thực hiện", "Year"), coerce=int)
    from_quarter = forms.TypedChoiceField(label=say("Từ quý", "From quarter"), coerce=int)
    to_quarter = forms.TypedChoiceField(label=say("Đến quý", "To quarter"), coerce=int)
    provider = forms.ModelChoiceField(
        Provider.objects.none(),
        label=say("Cơ sở đào tạo thực hiện", "Provider"),
        to_field_name="public_id",
        required=False,
    )
    performer = forms.CharField(
        label=say("Đơn vị thực hiện khác (chưa có trong danh sách)", "Other performer (not registered)"),
        max_length=200,
        required=False,
    )
    classes = forms.IntegerField(label=say("Số lớp", "Classes"), min_value=1, initial=1)
    persons = forms.IntegerField(label=say("Tổng số người học", "Persons in all"), min_value=1)
    money = VndField(
        label=say("Kinh phí đề nghị (đồng)", "Money requested (đồng)"),
        required=False,
        help_text=say(
            "Để trống khi đã liệt kê khoản chi của một lớp ở dưới.",
            "Leave blank where the items of one class are listed below.",
        ),
    )
    source = forms.ModelChoiceField(
        Provider.objects.none(), label=say("Nguồn kinh phí", "Source"), to_field_name="public_id", required=False
    )
    integrated_with = forms.CharField(label=say("Lồng ghép với", "Integrated with"), max_length=300, required=False)
    reason = text_area(
        say(
            "Lý do (khi vượt mức chi chưa đối chiếu hoặc trùng nguồn)",
            "Reason (rate above an unread ceiling, two sources)",
        ),
        rows=2,
        required=False,
    )
    note = forms.CharField(label=say("Ghi chú", "Note"), max_length=500, required=False)
    locked = forms.BooleanField(
        label=say("Giữ nguyên dòng này khi tính phương án", "Keep this line when a proposal is made"), required=False
    )

    def __init__(self, *args: Any, plan: Plan, line: PlanLine | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(line) if line else {"year": plan.year, "to_quarter": 4}, **kwargs)
        quarters = [(number, roman) for number, roman in enumerate(ROMAN, start=1)]
        self.fields["topic"].choices = [NOTHING, *topic_choices()]
        self.fields["year"].choices = [(year, str(year)) for year in years_of(plan.kind, plan.year)]
        self.fields["from_quarter"].choices = self.fields["to_quarter"].choices = quarters
        providers = Provider.objects.unscoped(WhyUnscoped.RULE).select_related("organisation")
        self.fields["provider"].queryset = providers.order_by("organisation__name_fold")
        usable = sources_of(plan.organisation, years_of(plan.kind, plan.year))
        self.fields["source"].queryset = usable.filter(
            Q(closed_at__isnull=True) | Q(pk=line.source_id if line else None)
        )
        self.fields["title"].widget.attrs["autofocus"] = True
        norms = [NOTHING, *choices("planning", NormCode)]
        items = items_of(line) if line else ()
        for place in range(max(ITEMS, len(items) + 1)):
            self._add_item(place, norms, items[place] if place < len(items) else None)

    def _add_item(self, place: int, norms: list[Any], item: CostItem | None) -> None:
        fields = {
            "norm": forms.ChoiceField(label=say("Khoản chi", "Item"), choices=norms, required=False),
            "text": forms.CharField(label=say("Diễn giải", "Details"), max_length=200, required=False),
            "quantity": forms.IntegerField(label=say("Số lượng", "Quantity"), min_value=1, required=False),
            "rate": VndField(label=say("Mức chi (đồng)", "Rate (đồng)"), required=False),
        }
        values = (
            {"norm": item.norm, "text": item.text, "quantity": item.quantity, "rate": item.rate_vnd} if item else {}
        )
        for name, field in fields.items():
            field.initial = values.get(name)
            self.fields[f"item{place}_{name}"] = field

    @property
    def item_rows(self) -> list[list[Any]]:
        """The bound fields of the cost items, row by row."""
        places = sorted({int(name[4:].split("_")[0]) for name in self.fields if name.startswith("item")})
        return [[self[f"item{place}_{name}"] for name in ("norm", "text", "quantity", "rate")] for place in places]

    @property
    def plain_fields(self) -> list[Any]:
        """All other visible fields."""
        return [field for field in self.visible_fields() if not field.name.startswith("item")]

    def draft(self) -> LineDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        performer = data["performer"] or (data["provider"].organisation.name if data["provider"] else "")
        same = ("title", "audience", "classes", "persons", "year", "from_quarter", "to_quarter", "provider", "source")
        return LineDraft(
            topic=topic_of(data["topic"]),
            performer=performer,
            items=tuple(self._items()),
            requested_vnd=data["money"] or 0,
            **{name: data[name] for name in (*same, "integrated_with", "reason", "note", "locked")},
        )

    def _items(self) -> list[CostItem]:
        data, found = self.cleaned_data, []
        for row in self.item_rows:
            norm, text, quantity, rate = (data.get(field.name) for field in row)
            if norm and (quantity or rate):
                found.append(CostItem(NormCode(norm), quantity or 0, rate or 0, text or ""))
        return found


def _initial(line: PlanLine) -> dict[str, Any]:
    same = ("title", "audience", "year", "from_quarter", "to_quarter", "classes", "persons", "integrated_with")
    return {
        "topic": line.topic.code,
        "provider": line.provider.public_id if line.provider else None,
        "performer": "" if line.provider else line.performer,
        "money": None if line.cost_items else line.requested_vnd,
        "source": line.source.public_id if line.source else None,
        **{name: getattr(line, name) for name in (*same, "reason", "note", "locked")},
    }


class PasteForm(forms.Form):
    """Lines pasted from Excel or sent as a workbook."""

    text = text_area(
        say("Dán các dòng từ Excel (cả dòng tiêu đề)", "Paste the rows from Excel (with the header row)"),
        rows=10,
        required=False,
    )
    file = forms.FileField(
        label=say("Hoặc gửi tệp .xlsx, .xls, .csv", "Or send an .xlsx, .xls or .csv file"), required=False
    )


def mapping_choices() -> list[tuple[str, Any]]:
    """What a column may be."""
    return [("", say("bỏ qua", "ignore")), *choices("planning", LineField)]


class RunForLineForm(forms.Form):
    """A class to open for a plan line."""

    title = forms.CharField(label=say("Tên lớp", "Title"), max_length=300)
    curriculum_version = forms.ModelChoiceField(
        CurriculumVersion.objects.none(),
        label=say("Chương trình đã phê duyệt", "Approved programme"),
        to_field_name="public_id",
    )
    starts_on = day_field(say("Ngày khai giảng", "First day"))
    ends_on = day_field(say("Ngày kết thúc", "Last day"))
    place = forms.CharField(label=say("Địa điểm", "Place"), max_length=200)
    capacity = forms.IntegerField(label=say("Số chỗ", "Seats"), min_value=1)
    proofs = forms.MultipleChoiceField(label=say("Giấy sẽ cấp", "Papers to issue"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, line: PlanLine, **kwargs: Any) -> None:
        super().__init__(*args, initial={"title": line.title, "capacity": -(-line.persons // line.classes)}, **kwargs)
        self.line = line
        self.fields["proofs"].choices = [row for row in choices("delivery", Proof) if row[0] in PROOFS]
        versions = CurriculumVersion.objects.unscoped(WhyUnscoped.RULE).filter(
            state=VersionState.APPROVED,
            curriculum__topic=line.topic_id,
            curriculum__organisation=line.provider.organisation if line.provider else None,
        )
        self.fields["curriculum_version"].queryset = versions.select_related("curriculum").order_by("-number")

    def draft(self) -> RunDraft:
        """The draft delivery's action takes; the organiser is the line's provider."""
        data = self.cleaned_data
        provider = self.line.provider
        if provider is None:
            raise ValueError("a line without provider opens no class")
        return RunDraft(
            organisation=provider.organisation,
            kind=RunKind.CLASS,
            title=data["title"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            place=data["place"],
            capacity=data["capacity"],
            proofs=tuple(Proof(code) for code in data["proofs"]),
            curriculum_version=data["curriculum_version"],
            plan_line=str(self.line.ref),
        )


class LinkRunForm(forms.Form):
    """A class a provider opened by itself, to be counted to a line."""

    run = forms.ModelChoiceField(
        CourseRun.objects.none(), label=say("Lớp đã mở về chủ đề này", "Class on this topic"), to_field_name="public_id"
    )

    def __init__(self, *args: Any, line: PlanLine, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        runs = CourseRun.objects.visible_to(by, "delivery.view_runs").filter(
            curriculum_version__curriculum__topic=line.topic_id, starts_on__year=line.year
        )
        self.fields["run"].queryset = runs.order_by("starts_on", "title_fold")
