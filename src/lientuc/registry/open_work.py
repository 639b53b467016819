"""What passes on when a unit is reorganised: posts (ended and begun anew), records kept, techniques stated."""

from django.db.models import Q

from lientuc.core.phrases import Phrase
from lientuc.places.succession import Passing

from .enums import EndReason

POSTS = Passing(
    "registry.Post",
    Phrase("vị trí công tác", "posts"),
    when=Q(to_on__isnull=True),
    dated={"end_reason": str(EndReason.REORGANISED)},
    unique=("worker",),
    unique_when=Q(to_on__isnull=True),
)
RECORDS = Passing("registry.HealthWorker", Phrase("hồ sơ nhân viên", "records of people"), column="keeper")
TECHNIQUES = Passing("registry.UnitTechnique", Phrase("kỹ thuật đã khai", "techniques stated"), unique=("technique",))

OPEN_WORK = (POSTS, RECORDS, TECHNIQUES)
