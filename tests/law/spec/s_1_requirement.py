"""Regime S: the whole of five years and the floor of each."""

from lientuc.law.examples import Example

title = "Other staff: 120 lessons in five years and 12 in every year"
text = """
Circular 22/2013/TT-BYT Art. 5(2), regime S. The five calendar years end with the year of the day asked about. A missed floor of a
past year cannot be mended: short. Otherwise a worker accrues until 31 December.
"""

STAFF = "title\npopulation"


def courses(first: str, second: str, last: str) -> str:
    return f"""
day        | form         | role    | units
2021-12-31 | short_course | learner | 50
2022-01-01 | short_course | learner | {first}
2023-06-01 | short_course | learner | {second}
2024-06-01 | short_course | learner | 24
2025-12-31 | short_course | learner | 24
2026-01-01 | short_course | learner | {last}
"""


examples = (
    Example(
        "All five floors and a quarter hour below the whole",
        "S-02",
        "2026-11-22",
        STAFF,
        """
regime           | s
unit             | lesson
window_start     | 2022-01-01
window_end       | 2026-12-31
required_hours   | 120
counted_hours    | 24 + 24 + 24 + 24 + 23.75
secondary_hours  | 0
shortfall_hours  | 120 - (4 * 24 + 23.75)
yearly_floor_met | yes
status           | accruing
deadline_on      | 2026-12-31
certainty        | VERIFIED
line 1           | 0 outside_window
year 2022        | 24 of 12
year 2026        | 23.75 of 12
""",
        courses("24", "24", "23.75"),
    ),
    Example(
        "Exactly the whole",
        "S-02",
        "2026-11-22",
        STAFF,
        "counted_hours | 5 * 24\nshortfall_hours | 0\nstatus | met",
        courses("24", "24", "24"),
    ),
    Example(
        "A quarter hour above the whole",
        "S-02",
        "2026-11-22",
        STAFF,
        "counted_hours | 4 * 24 + 24.25\nstatus | met",
        courses("24", "24", "24.25"),
    ),
    Example(
        "A past year a quarter hour below its floor: short, whatever the whole",
        "S-02",
        "2026-11-22",
        STAFF,
        """
counted_hours    | 60 + 11.75 + 24 + 24 + 24
year 2023        | 11.75 of 12
yearly_floor_met | no
status           | short
""",
        courses("60", "11.75", "24"),
    ),
    Example(
        "A past year exactly at its floor",
        "S-02",
        "2026-11-22",
        STAFF,
        "year 2023 | 12 of 12\nyearly_floor_met | yes\nstatus | met",
        courses("60", "12", "24"),
    ),
    Example(
        "A past year a quarter hour above its floor",
        "S-02",
        "2026-11-22",
        STAFF,
        "year 2023 | 12.25 of 12\nyearly_floor_met | yes\nstatus | met",
        courses("60", "12.25", "24"),
    ),
    Example(
        "The floor of the running year can still be met, also on 31 December",
        "S-02",
        "2026-12-31",
        STAFF,
        "counted_hours | 60 + 24 + 24 + 24 + 11.75\nyear 2026 | 11.75 of 12\nyearly_floor_met | no\nstatus | accruing",
        courses("60", "24", "11.75"),
    ),
    Example(
        "On 1 January the missed floor is past",
        "S-02",
        "2027-01-01",
        STAFF,
        "window_start | 2023-01-01\nyear 2026 | 11.75 of 12\nstatus | short\ndeadline_on | 2027-12-31",
        courses("60", "24", "11.75"),
    ),
    Example(
        "On 30 December there is time",
        "S-02",
        "2026-12-30",
        STAFF,
        "status | accruing\ndeadline_on | 2026-12-31",
        courses("60", "24", "11.75"),
    ),
    Example(
        "Years counted back from the day: the day five years ago is outside",
        "S-02",
        "2026-11-22",
        STAFF,
        """
window_start  | 2021-11-23
window_end    | 2026-11-22
counted_hours | 12 + 12
line 1        | 0 outside_window
line 2        | 12 counted
year 2022     | 12 of 12
year 2023     | 0 of 12
year 2026     | 12 of 12
status        | short
""",
        """
day        | form         | role    | units
2021-11-22 | short_course | learner | 50
2021-11-23 | short_course | learner | 12
2026-11-22 | short_course | learner | 12
""",
        settings={"year_mode": "back_from_d"},
    ),
    Example(
        "The day before the circular no text is in force",
        "S-02",
        "2013-09-30",
        STAFF,
        "not_in_force | credits.s.required_hours",
    ),
    Example(
        "On its first day it is; years that ended before it ask for nothing",
        "S-02",
        "2013-10-01",
        STAFF,
        "required_hours | 120\nyear 2012 | 0 of 0\nyear 2013 | 0 of 12\nstatus | accruing",
    ),
    Example("And on its second", "S-02", "2013-10-02", STAFF, "required_hours | 120\nstatus | accruing"),
)
