"""What passes on when a unit is reorganised: technique transfers under way, on either side."""

from django.db.models import Q

from lientuc.core.phrases import Phrase
from lientuc.places.succession import Passing

from .enums import AgreementState

_OPEN = Q(state__in=[str(AgreementState.DRAFT), str(AgreementState.ACTIVE)])

OPEN_WORK = (
    Passing(
        "transfer.TransferAgreement",
        Phrase("chuyển giao kỹ thuật đang nhận", "technique transfers it receives"),
        when=_OPEN,
        column="receiver",
        unique=("technique",),
        unique_when=_OPEN,
    ),
    Passing(
        "transfer.TransferAgreement",
        Phrase("chuyển giao kỹ thuật đang giao", "technique transfers it gives"),
        when=_OPEN,
        column="giver",
    ),
)
