from __future__ import annotations

from typing import Any

from django import forms

from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.registry.models import UnitFunction
from lientuc.web.say import choices, current_language, say

from ..enums import Part
from . import queries
from .defaults import two_level_model
from .models import Responsibility
from .queries import Ground
from .rules import SignDraft

NONE = ("", say("không tham gia", "no part"))
ANYTHING = ("", say("Tất cả", "All"))


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)


def name_of(function: UnitFunction) -> str:
    """A function's name in the active language."""
    return function.name_en if current_language() == "en" else function.name_vi


class DraftForm(forms.Form):
    """Who issues the decision, and what it is called."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=say("Cơ quan ban hành", "Issued by"), to_field_name="public_id"
    )
    title = forms.CharField(
        label=say("Trích yếu", "Abstract"),
        max_length=300,
        help_text=say(
            "Ví dụ: Về việc phân công nhiệm vụ đào tạo liên tục theo chức năng giữa cấp tỉnh và cấp xã.",
            "For example: On dividing tasks of continuing training between the province and the communes.",
        ),
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = queries.issuers(by)
        self.fields["organisation"].initial = next((row.public_id for row in queries.issuers(by)), None)


class MatrixFilter(forms.Form):
    """Which area or function of the matrix is shown."""

    area = forms.ChoiceField(label=say("Địa bàn", "Area"), required=False)
    function = forms.ChoiceField(label=say("Chức năng", "Function"), required=False)

    def __init__(self, *args: Any, areas: Any, functions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [ANYTHING, *((str(row.public_id), row.name) for row in areas)]
        self.fields["function"].choices = [ANYTHING, *((str(row.public_id), name_of(row)) for row in functions)]

    def chosen(self, name: str) -> str:
        """The public id that was chosen, or nothing."""
        return str(self.cleaned_data.get(name, "")) if self.is_valid() else ""


class CellForm(forms.Form):
    """Who has which part in one function of one area: one field for each organisation near the area."""

    def __init__(self, *args: Any, units: tuple[Organisation, ...], cells: list[Responsibility], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = {cell.organisation_id: cell.part for cell in cells}
        # Those who have a part stand first; a province has dozens of others.
        self.units = {f"u{unit.pk}": unit for unit in sorted(units, key=lambda unit: unit.pk not in parts)}
        for name, unit in self.units.items():
            self.fields[name] = forms.ChoiceField(
                label=unit.name,
                choices=[NONE, *choices("directives", Part)],
                initial=parts.get(unit.pk, ""),
                required=False,
            )

    def parts(self) -> dict[Organisation, Part]:
        """The parts that were given."""
        data = self.cleaned_data
        return {unit: Part(data[name]) for name, unit in self.units.items() if data[name]}


class ManyForm(forms.Form):
    """One part for organisations of one kind, in several functions and areas at once."""

    kind = forms.ChoiceField(label=say("Loại cơ quan, đơn vị", "Kind of organisation"))
    part = forms.ChoiceField(label=say("Trách nhiệm", "Part"), required=False)
    functions = forms.MultipleChoiceField(
        label=say("Chức năng, nhiệm vụ", "Functions"), widget=forms.CheckboxSelectMultiple
    )
    areas = forms.MultipleChoiceField(
        label=say("Địa bàn", "Areas"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=say("Không chọn địa bàn nào: áp dụng cho tất cả.", "None chosen: all areas."),
    )

    def __init__(self, *args: Any, ground: Ground, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ground = ground
        kinds = {unit.kind for unit in ground.organisations().values()}
        self.fields["kind"].choices = [
            pair for pair in choices("places", OrganisationKind) if pair[0] in kinds & set(two_level_model().tiers)
        ]
        self.fields["part"].choices = [NONE, *choices("directives", Part)]
        self.fields["functions"].choices = [(str(row.pk), name_of(row)) for row in ground.functions]
        self.fields["areas"].choices = [(str(row.pk), row.name) for row in ground.areas]

    def chosen(self) -> dict[str, Any]:
        """The arguments of the action."""
        data = self.cleaned_data
        areas = set(data["areas"])
        return {
            "kind": data["kind"],
            "part": Part(data["part"]) if data["part"] else None,
            "functions": [row for row in self.ground.functions if str(row.pk) in set(data["functions"])],
            "areas": [row for row in self.ground.areas if not areas or str(row.pk) in areas],
        }


class SignForm(forms.Form):
    """What the clerk knows of the signed paper."""

    decided_on = _day(say("Ngày ký", "Signed on"))
    from_on = _day(say("Có hiệu lực từ ngày", "In force from"))
    decision_number = forms.CharField(
        label=say("Số quyết định (có thể ghi sau)", "Number (may follow later)"), max_length=80, required=False
    )

    def draft(self) -> SignDraft:
        """The draft the action takes."""
        data = self.cleaned_data
        return SignDraft(data["decided_on"], data["from_on"], data["decision_number"])


class NumberForm(forms.Form):
    """The number a clerk gave a signed decision."""

    decision_number = forms.CharField(label=say("Số quyết định", "Number"), max_length=80)
