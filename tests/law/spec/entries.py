"""What happens to entries whatever the regime."""

from lientuc.law.examples import Example

title = "Entries that do not count"
text = """
Entries after the day asked about count nothing, nor does the same certificate twice (the entry worth most stays, then the
earliest), nor hours the provider's head has not decided. Nothing of this is an error: each line says why.
"""

STAFF = "title\npopulation"
DOCTOR = "title | licence | practising\ndoctor | gphn | yes"

examples = (
    Example(
        "The future",
        "S-02",
        "2026-11-22",
        STAFF,
        "counted_hours | 1 + 2\nline 1 | 1 counted\nline 2 | 2 counted\nline 3 | 0 future",
        """
day        | form         | role    | units
2026-11-21 | short_course | learner | 1
2026-11-22 | short_course | learner | 2
2026-11-23 | short_course | learner | 4
""",
    ),
    Example(
        "The same certificate twice",
        "C-03",
        "2026-11-22",
        DOCTOR,
        """
counted_hours | 8 + 3
line 1        | 0 duplicate
line 2        | 8 counted
line 3        | 0 duplicate
line 4        | 3 counted
""",
        """
day        | form         | role    | units | certificate
2026-01-10 | short_course | learner | 6     | 44/2026
2026-01-12 | short_course | learner | 8     | 44/2026
2026-01-14 | short_course | learner | 8     | 44/2026
2026-01-16 | short_course | learner | 3     | 45/2026
""",
    ),
    Example(
        "A repetition outside the window does not push out the entry inside",
        "C-03",
        "2026-11-22",
        DOCTOR,
        "counted_hours | 6\nline 1 | 0 outside_window\nline 2 | 6 counted_pre2024",
        """
day        | form         | role    | units | certificate
2021-11-22 | short_course | learner | 8     | 44/2021
2021-11-23 | short_course | learner | 6     | 44/2021
""",
        settings={"pre2024": "count"},
    ),
    Example(
        "Entries without a certificate are never repetitions",
        "C-03",
        "2026-11-22",
        DOCTOR,
        "counted_hours | 6 + 6",
        """
day        | form         | role    | units | certificate
2026-01-10 | short_course | learner | 6     |
2026-01-10 | short_course | learner | 6     |
""",
    ),
    Example(
        "Hours not yet decided by the provider's head",
        "S-19",
        "2026-11-22",
        STAFF,
        "counted_hours | 0\nline 1 | 0 hours_not_decided",
        "day | form | role | units | decided\n2026-01-10 | conference | delegate | 2 |",
    ),
    Example(
        "What is left over a quarter hour is dropped",
        "P-39",
        "2026-11-22",
        DOCTOR,
        "counted_hours | 3 * 0.5 + down(2.85)\nline 1 | 1.5 counted\nline 2 | 2.75 counted",
        """
day        | form            | role     | units
2026-01-10 | case_conference | delegate | 3
2026-01-11 | short_course    | lecturer | 2.85
""",
        settings={"factor_set": "B"},
    ),
)
