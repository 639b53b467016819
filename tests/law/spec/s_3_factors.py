"""Regime S: what an activity is worth."""

from lientuc.law.examples import Example

title = "Other staff: what an activity is worth"
text = """
Circular 22/2013/TT-BYT Art. 6 as amended by 26/2020. Courses and teaching count their real lessons. For the other forms the head of
the provider decides the hours (Art. 6(6)), and one event gives no more than its cap.
"""

STAFF = "title\npublic_health"
DAY = "2026-11-22"
HEAD = "day | form | role | level | units | decided\n"
REAL = (("S-10", "short_course", "learner"), ("S-17", "teaching", "lecturer"))
CAPPED = (
    ("S-11", "conference", "chair", "", 8),
    ("S-11", "conference", "speaker", "", 8),
    ("S-12", "conference", "delegate", "", 4),
    ("S-13a", "thesis", "supervisor", "doctoral", 12),
    ("S-13b", "research", "head", "state", 12),
    ("S-13b", "research", "secretary", "ministry", 12),
    ("S-14a", "thesis", "supervisor", "master", 8),
    ("S-14a", "thesis", "supervisor", "other", 8),
    ("S-14b", "research", "head", "base", 8),
    ("S-14b", "research", "secretary", "base", 8),
    ("S-16", "textbook", "author", "", 8),
)
UNKNOWN = (
    ("S-15a", "research", "member", ""),
    ("S-15b", "article", "main_author", ""),
    ("S-15b", "article", "other_author", ""),
    ("S-15c", "research", "head", "province"),
    ("S-15c", "research", "secretary", "province"),
    ("P-39", "case_conference", "delegate", ""),
    ("P-14", "self_update", "learner", ""),
)


def three(days: tuple[str, str, str], what: str, first: str, second: str, third: str) -> str:
    return HEAD + "\n".join(f"{day} | {what} | {of}" for day, of in zip(days, (first, second, third), strict=True))


IN_2026 = ("2026-03-01", "2026-03-02", "2026-03-03")
AROUND = ("2013-09-30", "2013-10-01", "2013-10-02")


def name(form: str, role: str, level: str = "") -> str:
    return " ".join(filter(None, (form, role, level)))


examples = (
    *(
        Example(
            f"{name(form, role)}: below, at and above one lesson; no cap",
            rule,
            DAY,
            STAFF,
            "counted_hours | 0.75 + 1 + 100\nline 1 | 0.75 counted\nline 2 | 1 counted\nline 3 | 100 counted",
            three(IN_2026, f"{form} | {role} | ", "0.75 |", "1 |", "100 |"),
        )
        for rule, form, role in REAL
    ),
    *(
        Example(
            f"{name(form, role)}: the day before the circular, its first day, its second",
            rule,
            "2013-12-31",
            STAFF,
            "counted_hours | 2 + 2\nline 1 | 0 no_value_known\nline 2 | 2 counted\nline 3 | 2 counted",
            three(AROUND, f"{form} | {role} | ", "2 |", "2 |", "2 |"),
        )
        for rule, form, role in REAL
    ),
    *(
        Example(
            f"{name(form, role, level)}: below, at and above the cap of one event",
            rule,
            DAY,
            STAFF,
            f"""
counted_hours   | ({cap} - 0.25) + {cap} + min({cap} + 0.25, {cap})
secondary_hours | 0
line 1          | {cap} - 0.25 counted
line 2          | {cap} counted
line 3          | {cap} capped
""",
            three(IN_2026, f"{form} | {role} | {level} | 1", str(cap - 0.25), str(cap), str(cap + 0.25)),
        )
        for rule, form, role, level, cap in CAPPED
    ),
    *(
        Example(
            f"{name(form, role, level)}: the day before the circular, its first day, its second",
            rule,
            "2013-12-31",
            STAFF,
            "counted_hours | 2 + 2\nline 1 | 0 no_value_known\nline 2 | 2 counted\nline 3 | 2 counted",
            three(AROUND, f"{form} | {role} | {level} | 1", "2", "2", "2"),
        )
        for rule, form, role, level, _ in CAPPED
    ),
    *(
        Example(
            f"No value known: {name(form, role, level)}",
            rule,
            DAY,
            STAFF,
            "counted_hours | 0\nline 1 | 0 no_value_known",
            f"{HEAD}2026-03-01 | {form} | {role} | {level} | 1 | 4",
        )
        for rule, form, role, level in UNKNOWN
    ),
)
