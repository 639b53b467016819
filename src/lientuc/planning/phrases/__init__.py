"""Labels of this room's codes, sentences of its problems and of the reasons why somebody is not in a plan."""

from .labels import LABELS
from .sentences import SENTENCES

__all__ = ["LABELS", "SENTENCES"]
