"""Handing in an activity with its evidence, and deciding about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from lientuc.places.models import Organisation
from lientuc.web.say import choices, say

from ..actions.claims import SentFile
from ..enums import ClaimState, SampleRule
from ..models import Claim
from ..rules import LONGEST, EntryDraft
from ..rules.claims import ClaimDraft, Recognition
from .entries import ANY, ActivityFields, offer

_TAKEN = "image/jpeg,image/png,application/pdf"


class ManyFiles(forms.ClearableFileInput):
    """A picker of several photos or PDF files; on a phone it offers the camera too."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files as a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=ManyFiles(attrs={"accept": _TAKEN, "multiple": True}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file cleaned alone."""
        sent = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(one, initial) for one in sent if one]


def sent_files(form: forms.Form) -> tuple[SentFile, ...]:
    """The chosen files with their bytes."""
    return tuple(SentFile(upload.name, upload.read()) for upload in form.cleaned_data["files"])


class _RecognitionFields(forms.Form):
    recognition_number = forms.CharField(
        label=say("Số quyết định công nhận", "Number of the recognition"), required=False
    )
    recognised_on = forms.DateField(
        label=say("Ngày quyết định công nhận", "Day of the recognition"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
    recognised_by = forms.CharField(label=say("Cơ quan công nhận", "Recognising authority"), required=False)

    @property
    def recognition(self) -> Recognition:
        """The three parts as typed."""
        values = self.cleaned_data
        return Recognition(values["recognition_number"], values["recognised_on"], values["recognised_by"])


class ClaimForm(_RecognitionFields, ActivityFields):
    """One activity, as a person tells it from the paper in hand."""

    files = ManyFilesField(  # type: ignore[assignment]
        label=say("Ảnh chụp hoặc PDF của giấy chứng nhận", "Photo or PDF of the certificate"),
        required=False,
        help_text=say("JPG, PNG hoặc PDF, mỗi tệp đến 8 MB.", "JPG, PNG or PDF, up to 8 MB each."),
    )
    abroad = forms.BooleanField(
        label=say("Khóa học, hội nghị ở nước ngoài", "A course or conference abroad"),
        required=False,
        help_text=say(
            "Được tính khi có quyết định công nhận; có thể gửi trước và bổ sung sau.",
            "Counts once it is recognised; it can be handed in before.",
        ),
    )

    field_order = (
        "title", "activity_on", "form", "role", "level", "units", "issuer", "certificate_number", "files", "abroad",
        "recognition_number", "recognised_on", "recognised_by",
    )  # fmt: skip

    def draft(self, worker: UUID) -> ClaimDraft:
        """The typed values about `worker`."""
        names = ("activity_on", "form", "role", "level", "units", "title", "issuer", "certificate_number")
        entry = EntryDraft(worker=worker, **{name: self.cleaned_data[name] for name in names})
        return ClaimDraft(entry, self.cleaned_data["abroad"], self.recognition)

    @staticmethod
    def initial_of(claim: Claim) -> dict[str, Any]:
        """The values of a claim to be mended."""
        names = [name for name in ClaimForm.field_order if name != "files"]
        return {name: getattr(claim, name) for name in names}


class RecogniseForm(_RecognitionFields):
    """The decision that recognises a course abroad."""


class AcceptForm(forms.Form):
    """What acceptance may add: the hours the provider's head decided."""

    decided_hours = forms.DecimalField(
        label=say("Số tiết theo quyết định", "Hours decided"),
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=say(
            "Chỉ khi người đứng đầu cơ sở đào tạo quyết định số tiết.", "Only where the provider's head decides them."
        ),
    )
    basis = forms.CharField(
        label=say("Căn cứ (số, ngày quyết định)", "Basis (decision number and day)"), required=False
    )


class ReasonForm(forms.Form):
    """Why a claim goes back or is refused."""

    reason = forms.CharField(
        label=say("Lý do, cần bổ sung gì", "Reason, and what to mend"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST["title"]}),
    )


class EvidenceForm(forms.Form):
    """Files for an entry."""

    files = ManyFilesField(  # type: ignore[assignment]
        label=say("Thêm ảnh chụp hoặc PDF", "Add photos or PDF files"), required=True
    )


class ClaimFilter(forms.Form):
    """Which claims to list."""

    q = forms.CharField(label=say("Họ tên", "Name"), required=False)
    state = forms.ChoiceField(label=say("Trạng thái", "State"), required=False)
    drawn = forms.ChoiceField(
        label=say("Rút mẫu", "Sample"),
        required=False,
        choices=[
            ANY,
            ("drawn", say("được rút để đối chiếu", "drawn for comparison")),
            ("not", say("không rút", "not drawn")),
        ],
    )
    unit = forms.ChoiceField(label=say("Đơn vị", "Unit"), required=False)

    def __init__(self, *args: Any, units: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = ("", say("đang chờ", "waiting"))
        listed = [pair for pair in choices("credits", ClaimState) if pair[0] != ClaimState.SUBMITTED]
        offer(self, "state", [waiting, *listed, ("all", say("tất cả", "all"))])
        offer(self, "unit", [ANY, *((str(unit.public_id), unit.name) for unit in units)])


class SampleForm(forms.Form):
    """How claims are drawn for comparison with the paper."""

    unit = forms.ChoiceField(label=say("Đơn vị", "Unit"))
    rule = forms.ChoiceField(label=say("Cách rút", "Rule"), choices=[])
    step = forms.IntegerField(
        label=say("k, hoặc tỷ lệ phần trăm", "k, or the percent"),
        initial=10,
        widget=forms.NumberInput(attrs={"min": 1, "max": 100}),
    )

    def __init__(self, *args: Any, units: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "rule", choices("credits", SampleRule))
        offer(self, "unit", [(str(unit.public_id), unit.name) for unit in units])
