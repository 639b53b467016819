"""Labels and sentences of the room; the law's codes about credit get their words here."""

from .labels import LABELS as ROOM_LABELS
from .sentences import SENTENCES as ROOM_SENTENCES
from .whatifs import LABELS as WHAT_IF_LABELS
from .whatifs import SENTENCES as WHAT_IF_SENTENCES

LABELS = {**ROOM_LABELS, **WHAT_IF_LABELS}
SENTENCES = {**ROOM_SENTENCES, **WHAT_IF_SENTENCES}

__all__ = ["LABELS", "SENTENCES"]
