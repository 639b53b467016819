"""What each rate means: its numerator, its denominator and what one row of it counts, one small function a rate.

The rooms' queries count in the database; here is the meaning, over plain values, so that a page, a report and a
whole province's extract can be held against the same definition.
"""

from .compliance import Outcome, Standing, compliance_rate, compliance_rates
from .rate import Rate
from .response import WaveCounts, completion_rate, delivery_rate, refusal_rate, response_rate, response_rates
from .workforce import Headcount, Post, coverage_rate, headcount

__all__ = [
    "Headcount",
    "Outcome",
    "Post",
    "Rate",
    "Standing",
    "WaveCounts",
    "completion_rate",
    "compliance_rate",
    "compliance_rates",
    "coverage_rate",
    "delivery_rate",
    "headcount",
    "refusal_rate",
    "response_rate",
    "response_rates",
]
