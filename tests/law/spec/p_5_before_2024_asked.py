"""Practitioners asked about on a day before 2024."""

from lientuc.law.examples import Example

title = "Practitioners before 2024: 48 lessons in two consecutive years"
text = """
Circular 22/2013/TT-BYT Art. 5(1), for days from 01/10/2013 to 31/12/2023. The two years end on the day asked about; in the
first two years after the circular's first day, or after the licence was issued, nobody is short.
"""

DOCTOR = """
title  | licence | practising | issued
doctor | cchn    | yes        | 2012-05-01
"""


def courses(hours: str) -> str:
    return f"""
day        | form         | role    | units
2020-11-22 | short_course | learner | 24
2020-11-23 | short_course | learner | {hours}
2022-11-22 | short_course | learner | 24
"""


examples = (
    Example(
        "A quarter hour below",
        "S-01",
        "2022-11-22",
        DOCTOR,
        """
regime          | p_2013
unit            | lesson
window_start    | 2020-11-23
window_end      | 2022-11-22
required_hours  | 48
counted_hours   | 23.75 + 24
shortfall_hours | 48 - (23.75 + 24)
status          | short
certainty       | VERIFIED
line 1          | 0 outside_window
line 2          | 23.75 counted
line 3          | 24 counted
""",
        courses("23.75"),
    ),
    Example("Exactly", "S-01", "2022-11-22", DOCTOR, "counted_hours | 24 + 24\nstatus | met", courses("24")),
    Example("Above", "S-01", "2022-11-22", DOCTOR, "counted_hours | 24.25 + 24\nstatus | met", courses("24.25")),
    Example(
        "The last day of the old rule",
        "S-01",
        "2023-12-31",
        DOCTOR,
        "regime | p_2013\nrequired_hours | 48\nunit | lesson",
    ),
    Example(
        "The first day of the new rule",
        "P-04",
        "2024-01-01",
        DOCTOR,
        "regime | p\nrequired_hours | 120\nunit | credit_hour",
    ),
    Example("The second day of the new rule", "P-04", "2024-01-02", DOCTOR, "regime | p\nrequired_hours | 120"),
    Example("The last day of the first two years", "S-01", "2015-09-30", DOCTOR, "status | accruing"),
    Example("The day after the first two years", "S-01", "2015-10-01", DOCTOR, "status | short"),
    Example(
        "Before the circular no text is in force",
        "S-01",
        "2013-09-30",
        DOCTOR,
        "not_in_force | credits.p.titles",
    ),
    Example("On its first day it is", "S-01", "2013-10-01", DOCTOR, "regime | p_2013\nstatus | accruing"),
    Example("And on its second", "S-01", "2013-10-02", DOCTOR, "regime | p_2013\nstatus | accruing"),
    Example(
        "Long-term training exempts while it lasts",
        "S-04",
        "2022-11-22",
        DOCTOR,
        "counted_hours | 24 + 23\nstatus | exempt",
        courses("23"),
        """
from       | to         | basis
2022-09-01 | 2022-11-22 | long_term_training
""",
    ),
)
