"""What passes on when a unit is reorganised: its studies."""

from lientuc.core.phrases import Phrase
from lientuc.places.succession import Passing

OPEN_WORK = (Passing("evaluation.Study", Phrase("nghiên cứu đánh giá", "evaluation studies")),)
