"""What passes on when a unit is reorganised: its curricula; papers already issued keep the version and unit they name."""

from lientuc.core.phrases import Phrase
from lientuc.places.succession import Passing

OPEN_WORK = (Passing("curricula.Curriculum", Phrase("chương trình đào tạo", "curricula")),)
