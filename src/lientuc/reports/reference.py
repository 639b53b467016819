"""What every installation begins with: units, topics, functions, techniques, criteria, instruments."""

from __future__ import annotations

from typing import Any

from lientuc.core.clock import today
from lientuc.curricula.actions import load_topics
from lientuc.curricula.models import Topic
from lientuc.curricula.topics import shipped_topics
from lientuc.places.actions import load_register
from lientuc.quality.actions import load_criteria
from lientuc.registry.actions import load_functions, load_techniques
from lientuc.registry.intake.catalogue import illustrative_functions, illustrative_techniques
from lientuc.registry.models import Technique, UnitFunction
from lientuc.surveys.actions import load_instruments

ILLUSTRATIVE = "illustrative"


def load_everything(*, by: Any) -> None:
    """Load the shipped reference lists through the rooms' own actions; loading again changes nothing.

    An invented list is loaded into an empty table only: an official one that was imported stays as it is.
    """
    load_register(by=by)
    if not Topic.objects.exists():
        load_topics(rows=shipped_topics(), by=by)
    if not UnitFunction.objects.exists():
        load_functions(drafts=illustrative_functions(today()), source=ILLUSTRATIVE, by=by)
    if not Technique.objects.exists():
        load_techniques(drafts=illustrative_techniques(today()), source=ILLUSTRATIVE, by=by)
    load_criteria(by=by)
    load_instruments(by=by)
