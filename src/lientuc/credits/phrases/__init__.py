"""Labels and sentences of the room; the law's codes about credit get their words here."""

from .labels import LABELS
from .sentences import SENTENCES

__all__ = ["LABELS", "SENTENCES"]
