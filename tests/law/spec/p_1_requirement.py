"""Regime P: how many hours, and what standing they give."""

from lientuc.law.examples import Example

title = "Practitioners: 120 credit hours in five consecutive years"
text = """
Circular 32/2023/TT-BYT Art. 3(1), regime P. There is no yearly floor. The licence is filed for renewal at least 60 days
before it ends; until that day a worker without enough hours is accruing, after it short.
"""

DOCTOR = """
title  | licence | practising | issued     | valid_to
doctor | gphn    | yes        | 2024-06-15 | 2029-06-15
"""


def courses(hours: str) -> str:
    return f"""
day        | form         | role    | units
2025-03-01 | short_course | learner | 60
2026-03-01 | short_course | learner | {hours}
"""


examples = (
    Example(
        "A quarter hour below",
        "P-04",
        "2029-04-16",
        DOCTOR,
        """
regime          | p
unit            | credit_hour
required_hours  | 120
counted_hours   | 60 + 59.75
secondary_hours | 0
shortfall_hours | 120 - (60 + 59.75)
status          | accruing
certainty       | VERIFIED
yearly_floor_met | yes
""",
        courses("59.75"),
    ),
    Example(
        "Exactly the hours",
        "P-04",
        "2029-04-16",
        DOCTOR,
        """
counted_hours   | 60 + 60
shortfall_hours | 0
status          | met
""",
        courses("60"),
    ),
    Example(
        "A quarter hour above",
        "P-04",
        "2029-04-16",
        DOCTOR,
        """
counted_hours   | 60 + 60.25
shortfall_hours | 0
status          | met
""",
        courses("60.25"),
    ),
    Example(
        "The day before the last day to file: 60 days before 15 June is 16 April",
        "L-02",
        "2029-04-15",
        DOCTOR,
        """
deadline_on        | 2029-04-16
deadline_certainty | VERIFIED
status             | accruing
""",
        courses("1"),
    ),
    Example(
        "The last day to file",
        "L-02",
        "2029-04-16",
        DOCTOR,
        """
deadline_on | 2029-04-16
status      | accruing
""",
        courses("1"),
    ),
    Example(
        "The day after the last day to file",
        "L-02",
        "2029-04-17",
        DOCTOR,
        """
deadline_on | 2029-04-16
status      | short
""",
        courses("1"),
    ),
    Example(
        "Enough hours after the last day to file are still enough",
        "L-02",
        "2029-04-17",
        DOCTOR,
        """
counted_hours | 60 + 60
status        | met
""",
        courses("60"),
    ),
    Example(
        "A certificate of the old law runs out in 2035 on its printed day and month",
        "L-08",
        "2026-11-22",
        """
title | licence | practising | issued
nurse | cchn    | yes        | 2014-09-10
""",
        """
deadline_on        | 2035-07-12
deadline_certainty | SECONDARY
status             | accruing
""",
    ),
    Example(
        "A certificate issued on 29 February runs out on 28 February 2035",
        "L-08",
        "2034-12-31",
        """
title | licence | practising | issued
nurse | cchn    | yes        | 2012-02-29
""",
        """
deadline_on | 2034-12-30
status      | short
""",
    ),
    Example(
        "A converted certificate is renewed five years after its conversion",
        "L-07",
        "2026-11-22",
        """
title | licence | practising | issued     | converted
nurse | cchn    | yes        | 2014-09-10 | 2025-05-20
""",
        """
deadline_on        | 2030-03-21
deadline_certainty | SECONDARY
""",
    ),
    Example(
        "Where no date is known nobody is called short",
        "L-02",
        "2026-11-22",
        """
title | licence | practising
nurse | gphn    | yes
""",
        """
deadline_on        |
deadline_certainty | UNKNOWN
status             | accruing
""",
    ),
    Example(
        "What if the ministry asked for 150 hours",
        "P-04",
        "2026-11-22",
        DOCTOR,
        """
required_hours  | 150
shortfall_hours | 150 - 120
status          | accruing
certainty       | UNVERIFIED
""",
        courses("60"),
        settings={"credits.p.required_hours": "150"},
    ),
)
