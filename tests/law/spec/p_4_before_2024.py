"""Regime P: hours of before 1 January 2024."""

from lientuc.law.examples import Example

title = "Practitioners: hours of before 2024"
text = """
An activity is valued by the text in force on its day: before 01/01/2024 by Circular 22/2013, for practitioners too. Whether
these hours count towards the 120 is an open question, so they are marked UNVERIFIED, and a setting excludes them.
"""

DOCTOR = """
title  | licence | practising | issued     | valid_to
doctor | gphn    | yes        | 2024-06-15 | 2029-06-15
"""
ACROSS = """
day        | form       | role    | units | decided
2023-12-31 | conference | speaker | 3     | 9
2024-01-01 | conference | speaker | 3     | 9
2024-01-02 | conference | speaker | 3     | 9
"""

examples = (
    Example(
        "Counted: by its own table on the day before, by the new one on the day and the day after",
        "P-08",
        "2026-11-22",
        DOCTOR,
        """
counted_hours   | min(9, 8) + 3 * 2 + 3 * 2
secondary_hours | 8 + 6 + 6
certainty       | UNVERIFIED
line 1          | min(9, 8) counted_pre2024
line 2          | 3 * 2 counted
line 3          | 3 * 2 counted
""",
        ACROSS,
    ),
    Example(
        "Excluded",
        "P-08",
        "2026-11-22",
        DOCTOR,
        """
counted_hours | 3 * 2 + 3 * 2
certainty     | SECONDARY
line 1        | 0 pre2024_excluded
line 2        | 3 * 2 counted
line 3        | 3 * 2 counted
""",
        ACROSS,
        settings={"pre2024": "exclude"},
    ),
    Example(
        "A form of before that Circular 22/2013 gave no value counts nothing",
        "P-08",
        "2026-11-22",
        DOCTOR,
        """
counted_hours | 1
line 1        | 0 no_value_known
line 2        | 1 counted
""",
        """
day        | form            | role     | units
2023-06-01 | case_conference | delegate | 1
2024-06-01 | case_conference | delegate | 1
""",
    ),
)
