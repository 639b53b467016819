"""What passes on when a unit is reorganised: the roles people hold there."""

from django.db.models import Q

from lientuc.core.phrases import Phrase
from lientuc.places.succession import Passing

OPEN_WORK = (
    Passing(
        "accounts.Grant",
        Phrase("vai trò của tài khoản", "roles of accounts"),
        when=Q(to_on__isnull=True),
        dated={},
        ends_on_the_day=True,
        unique=("user", "role"),
        unique_when=Q(to_on__isnull=True),
    ),
)
