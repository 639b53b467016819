"""Regime P: from which day hours count."""

from lientuc.law.examples import Example

title = "Practitioners: which five years"
text = """
The text read says five consecutive years and not from when (rule P-08), so the window is a setting: `rolling` (five years up to
and including the day asked about), `licence` (day of issue to last day), `conversion` (five years from the conversion).
"""

NURSE = """
title | licence | practising | issued     | valid_to
nurse | gphn    | yes        | 2024-03-10 | 2029-03-10
"""
CONVERTED = """
title | licence | practising | issued     | converted
nurse | cchn    | yes        | 2014-03-10 | 2024-05-20
"""

examples = (
    Example(
        "Rolling: the day five years ago is outside, the next day inside, the day itself inside",
        "P-08",
        "2029-11-22",
        NURSE,
        """
window_start  | 2024-11-23
window_end    | 2029-11-22
counted_hours | 2 + 4 + 8
line 1        | 0 outside_window
line 2        | 2 counted
line 3        | 4 counted
line 4        | 8 counted
line 5        | 0 future
""",
        """
day        | form         | role    | units
2024-11-22 | short_course | learner | 1
2024-11-23 | short_course | learner | 2
2024-11-24 | short_course | learner | 4
2029-11-22 | short_course | learner | 8
2029-11-23 | short_course | learner | 16
""",
    ),
    Example(
        "Rolling from 29 February: the year that has none ends on 28 February",
        "P-08",
        "2028-02-29",
        NURSE,
        """
window_start | 2023-03-01
window_end   | 2028-02-29
""",
    ),
    Example(
        "Licence: from the day of issue to the last day",
        "P-08",
        "2029-11-22",
        NURSE,
        """
window_start  | 2024-03-10
window_end    | 2029-03-10
counted_hours | 2 + 4
line 1        | 0 outside_window
line 2        | 2 counted
line 3        | 4 counted
line 4        | 0 outside_window
""",
        """
day        | form         | role    | units
2024-03-09 | short_course | learner | 1
2024-03-10 | short_course | learner | 2
2029-03-10 | short_course | learner | 4
2029-03-11 | short_course | learner | 8
""",
        settings={"window": "licence"},
    ),
    Example(
        "Licence: the term of an unconverted certificate is the five years before it runs out in 2035",
        "L-08",
        "2026-11-22",
        """
title | licence | practising | issued
nurse | cchn    | yes        | 2014-09-10
""",
        """
window_start | 2030-09-11
window_end   | 2035-09-10
status       | accruing
""",
        settings={"window": "licence"},
    ),
    Example(
        "Licence: without any date the window is the rolling one",
        "P-08",
        "2026-11-22",
        """
title | licence | practising
nurse | gphn    | yes
""",
        """
window_start | 2021-11-23
window_end   | 2026-11-22
""",
        settings={"window": "licence"},
    ),
    Example(
        "Conversion: five years from the conversion day",
        "P-08",
        "2026-11-22",
        CONVERTED,
        """
window_start  | 2024-05-20
window_end    | 2029-05-19
counted_hours | 2 + 4
line 1        | 0 outside_window
line 2        | 2 counted
line 3        | 4 counted
""",
        """
day        | form         | role    | units
2024-05-19 | short_course | learner | 1
2024-05-20 | short_course | learner | 2
2024-05-21 | short_course | learner | 4
""",
        settings={"window": "conversion"},
    ),
    Example(
        "Conversion: the next five years begin on the fifth anniversary",
        "L-07",
        "2029-05-20",
        CONVERTED,
        """
window_start | 2029-05-20
window_end   | 2034-05-19
""",
        settings={"window": "conversion"},
    ),
    Example(
        "Conversion: the day before the fifth anniversary belongs to the first five years",
        "L-07",
        "2029-05-19",
        CONVERTED,
        """
window_start | 2024-05-20
window_end   | 2029-05-19
""",
        settings={"window": "conversion"},
    ),
    Example(
        "Conversion: the day before it the window is the rolling one",
        "P-08",
        "2024-05-19",
        CONVERTED,
        """
window_start | 2019-05-20
window_end   | 2024-05-19
""",
        settings={"window": "conversion"},
    ),
)
