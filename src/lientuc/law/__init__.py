"""Legal rules as pure Python with dated parameters: no Django, no clock, no user.

Questions take values and `on=`; answers carry codes, citations and how sure the house is. Sentences live in the rooms.
"""

from __future__ import annotations

from .certainty import Certainty, weakest
from .errors import NotInForce, ValueNotKnown
from .numbering import Citation, cite
from .parameters import Factor, Parameters, Value, parameter, shipped

__all__ = [
    "Certainty",
    "Citation",
    "Factor",
    "NotInForce",
    "Parameters",
    "Value",
    "ValueNotKnown",
    "cite",
    "parameter",
    "shipped",
    "weakest",
]
