"""Regime S: long-term training."""

from lientuc.law.examples import Example

title = "Other staff: exemption"
text = """
Circular 22/2013/TT-BYT Art. 4: nothing is asked of people in long-term training relevant to their post while it lasts. The whole
of five years does not shrink. A year wholly exempt asks for no floor, a year partly exempt for its share, rounded down to a quarter
hour.
"""

STAFF = "title\npublic_health"


def training(start: str, end: str) -> str:
    return f"from | to | basis\n{start} | {end} | long_term_training"


OTHER_YEARS = """
day        | form         | role    | units
2022-06-01 | short_course | learner | 30
2023-06-01 | short_course | learner | 30
2024-06-01 | short_course | learner | 30
2026-06-01 | short_course | learner | 30
"""


def year_2025(hours: str) -> str:
    return OTHER_YEARS + f"2025-01-01 | short_course | learner | {hours}\n"


examples = (
    Example(
        "A wholly exempt year asks for nothing, the whole stays",
        "S-04",
        "2026-11-22",
        STAFF,
        "required_hours | 120\nyear 2025 | 0 of 0\nyearly_floor_met | yes\nstatus | met",
        OTHER_YEARS,
        training("2025-01-01", "2025-12-31"),
    ),
    Example(
        "One day short of a year: one day's share is rounded down to nothing",
        "S-04",
        "2026-11-22",
        STAFF,
        "year 2025 | 0 of down(12 * 1 / 365)\nstatus | met",
        OTHER_YEARS,
        training("2025-01-02", "2025-12-31"),
    ),
    Example(
        "Half a year exempt, below its share",
        "S-04",
        "2026-11-22",
        STAFF,
        "year 2025 | 5.5 of down(12 * 181 / 365)\nyear 2024 | 30 of 12\nstatus | short",
        year_2025("5.5"),
        training("2025-07-01", "2025-12-31"),
    ),
    Example(
        "Half a year exempt, at its share: 12 × 181 / 365 = 5.95, rounded down 5.75",
        "S-04",
        "2026-11-22",
        STAFF,
        "year 2025 | 5.75 of 5.75\nstatus | met",
        year_2025("5.75"),
        training("2025-07-01", "2025-12-31"),
    ),
    Example(
        "Half a year exempt, above its share",
        "S-04",
        "2026-11-22",
        STAFF,
        "year 2025 | 6 of 5.75\nstatus | met",
        year_2025("6"),
        training("2025-07-01", "2025-12-31"),
    ),
    Example(
        "Two exemptions that overlap are counted once",
        "S-04",
        "2026-11-22",
        STAFF,
        "year 2025 | 5.75 of down(12 * 181 / 365)\nstatus | met",
        year_2025("5.75"),
        training("2025-07-01", "2025-10-31") + "\n2025-10-01 | 2025-12-31 | long_term_training",
    ),
    Example(
        "Exempt on the day asked about",
        "S-04",
        "2026-11-22",
        STAFF,
        "counted_hours | 0\nstatus | exempt",
        exemptions=training("2021-01-01", "2026-11-22"),
    ),
    Example(
        "The day after the exemption",
        "S-04",
        "2026-11-23",
        STAFF,
        "counted_hours | 0\nstatus | accruing",
        exemptions=training("2021-01-01", "2026-11-22"),
    ),
    Example(
        "An exemption without an end still lasts",
        "S-04",
        "2026-11-22",
        STAFF,
        "year 2026 | 0 of 0\nstatus | exempt",
        exemptions=training("2021-01-01", ""),
    ),
    Example(
        "A floor missed before the exemption stays missed",
        "S-04",
        "2026-11-22",
        STAFF,
        "year 2022 | 0 of 12\nstatus | short",
        exemptions=training("2024-01-01", "2026-12-31"),
    ),
)
