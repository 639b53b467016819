"""Labels of this room's codes, sentences of its problems and of the reasons why somebody is not in a plan."""

from . import labels, needs, plans, scenarios, sentences

LABELS = {**labels.LABELS, **needs.LABELS, **plans.LABELS, **scenarios.LABELS}
SENTENCES = {**sentences.SENTENCES, **needs.SENTENCES, **plans.SENTENCES, **scenarios.SENTENCES}

__all__ = ["LABELS", "SENTENCES"]
