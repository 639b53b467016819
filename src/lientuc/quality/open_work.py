"""What passes on when a unit is reorganised: inspections not concluded and findings not closed."""

from django.db.models import Q

from lientuc.core.phrases import Phrase
from lientuc.places.succession import Passing

from .enums import FindingState, InspectionState

_UNDER_WAY = ~Q(state=InspectionState.CONCLUDED)

OPEN_WORK = (
    Passing("quality.Inspection", Phrase("cuộc kiểm tra chưa kết luận", "inspections under way"), when=_UNDER_WAY),
    Passing(
        "quality.Inspection",
        Phrase("cuộc kiểm tra đang chủ trì", "inspections it leads"),
        when=_UNDER_WAY,
        column="lead",
    ),
    Passing(
        "quality.Finding",
        Phrase("phát hiện chưa khắc phục xong", "findings not closed"),
        when=~Q(state=FindingState.CLOSED),
    ),
)
