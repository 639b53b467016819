"""Tables of the room: the ledger, what people hand in for it, and the statements drawn from it."""

from .claims import Claim, ClaimSample
from .ledger import CreditEntry, Reversal, StandingRow
from .statements import Statement
from .whatifs import WhatIf, WhatIfAnswer, WhatIfGroup

__all__ = [
    "Claim",
    "ClaimSample",
    "CreditEntry",
    "Reversal",
    "StandingRow",
    "Statement",
    "WhatIf",
    "WhatIfAnswer",
    "WhatIfGroup",
]
