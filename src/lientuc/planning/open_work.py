"""What passes on when a unit is reorganised: needs still open, plans not yet approved, funds and rates."""

from django.db.models import Q

from lientuc.core.phrases import Phrase
from lientuc.places.succession import Passing

from .enums import NeedState, PlanState

_OPEN_NEED = Q(state__in=[str(NeedState.RAISED), str(NeedState.ACCEPTED), str(NeedState.PLANNED)])

OPEN_WORK = (
    Passing(
        "planning.Need",
        Phrase("nhu cầu đào tạo chưa đáp ứng", "needs not yet met"),
        when=_OPEN_NEED,
        unique=("origin",),
        unique_when=_OPEN_NEED & ~Q(origin=""),
    ),
    Passing(
        "planning.Plan",
        Phrase("kế hoạch chưa được duyệt", "plans not yet approved"),
        when=Q(state__in=[str(PlanState.DRAFT), str(PlanState.SUBMITTED), str(PlanState.RETURNED)]),
        unique=("year", "kind", "number"),
    ),
    Passing(
        "planning.FundingSource",
        Phrase("nguồn kinh phí", "funding sources"),
        when=Q(to_on__isnull=True),
        unique=("name_fold", "from_on"),
    ),
)
