"""Pages of the curricula room."""

from .appraisals import appraisal, appraisals, council, councils, decide, new_council, opinion, receive
from .programmes import (
    curricula,
    curriculum,
    export,
    new,
    new_topic,
    revise,
    submit,
    survey_file,
    topics,
    version,
    withdraw,
)

__all__ = [
    "appraisal",
    "appraisals",
    "council",
    "councils",
    "curricula",
    "curriculum",
    "decide",
    "export",
    "new",
    "new_council",
    "new_topic",
    "opinion",
    "receive",
    "revise",
    "submit",
    "survey_file",
    "topics",
    "version",
    "withdraw",
]
