"""Regime P: what one unit of an activity is worth."""

from lientuc.law.examples import Example

title = "Practitioners: what an activity is worth"
text = """
Appendix I of Circular 32/2023 was not readable. Only 1 lesson of a short course = 1 credit hour is VERIFIED (Art. 3(1)); the other
rows follow set A, two rows are known to differ in set B. Hours on rows that are not VERIFIED are counted and shown apart.
"""

DOCTOR = "title | licence | practising\ndoctor | gphn | yes"
DAY = "2026-11-22"
HEAD = "day | form | role | level | units\n"


def one(form: str, role: str, level: str = "", units: str = "3") -> str:
    return f"{HEAD}2026-03-01 | {form} | {role} | {level} | {units}"


def worth(value: str) -> str:
    return f"counted_hours | 3 * {value}\nsecondary_hours | 3 * {value}\ncertainty | SECONDARY\nline 1 | 3 * {value} counted"


SET_A = (
    ("P-20b", "short_course", "lecturer", "", "1"),
    ("P-21", "conference", "chair", "", "2"),
    ("P-22", "conference", "speaker", "", "2"),
    ("P-23", "conference", "delegate", "", "1.5"),
    ("P-24", "procedure_drafting", "head", "", "5"),
    ("P-25", "procedure_drafting", "member", "", "2"),
    ("P-26", "legal_document", "head", "", "5"),
    ("P-27", "legal_document", "member", "", "3"),
    ("P-28", "research", "head", "state", "12"),
    ("P-28", "research", "head", "ministry", "12"),
    ("P-28", "research", "head", "province", "12"),
    ("P-29", "research", "head", "base", "8"),
    ("P-30", "research", "member", "base", "4"),
    ("P-30", "research", "member", "state", "4"),
    ("P-31", "article", "main_author", "international", "8"),
    ("P-32", "article", "other_author", "international", "2"),
    ("P-33", "article", "main_author", "domestic", "4"),
    ("P-34", "article", "other_author", "domestic", "1"),
    ("P-35", "teaching", "lecturer", "", "1"),
    ("P-36", "thesis", "supervisor", "master", "4"),
    ("P-37", "thesis", "supervisor", "doctoral", "4"),
    ("P-38a", "council", "head", "", "3"),
    ("P-38b", "council", "secretary", "", "2"),
    ("P-38b", "council", "reviewer", "", "2"),
    ("P-38c", "council", "member", "", "1"),
    ("P-39", "case_conference", "delegate", "", "1"),
    ("P-40", "degree_study", "learner", "", "24"),
    ("P-41", "certificate_study", "learner", "", "1"),
)
SET_B = (("P-23", "conference", "delegate", "", "1"), ("P-39", "case_conference", "delegate", "", "0.5"))
UNKNOWN = (
    ("P-42", "textbook", "author", ""),
    ("P-14", "self_update", "learner", ""),
    ("P-31", "article", "main_author", ""),
    ("P-36", "thesis", "supervisor", "other"),
)

examples = (
    Example(
        "Short course, learner: a quarter hour below, at and above one lesson",
        "P-20",
        DAY,
        DOCTOR,
        """
counted_hours   | 0.75 + 1 + 1.25
secondary_hours | 0
certainty       | VERIFIED
line 1          | 0.75 * 1 counted
line 2          | 1 * 1 counted
line 3          | 1.25 * 1 counted
""",
        f"""{HEAD}
2026-03-01 | short_course | learner | | 0.75
2026-03-02 | short_course | learner | | 1
2026-03-03 | short_course | learner | | 1.25
""",
    ),
    Example(
        "Short course, learner: the day before the circular, its first day, its second",
        "P-20",
        DAY,
        DOCTOR,
        """
secondary_hours | 1
line 1          | 1 counted_pre2024
line 2          | 1 counted
line 3          | 1 counted
""",
        f"""{HEAD}
2023-12-31 | short_course | learner | | 1
2024-01-01 | short_course | learner | | 1
2024-01-02 | short_course | learner | | 1
""",
    ),
    *(
        Example(" ".join(filter(None, (form, role, level))), rule, DAY, DOCTOR, worth(value), one(form, role, level))
        for rule, form, role, level, value in SET_A
    ),
    *(
        Example(
            f"Set B: {form} {role}",
            rule,
            DAY,
            DOCTOR,
            worth(value),
            one(form, role, level),
            settings={"factor_set": "B"},
        )
        for rule, form, role, level, value in SET_B
    ),
    Example(
        "Set B: a kind it does not name follows set A",
        "P-22",
        DAY,
        DOCTOR,
        worth("2"),
        one("conference", "speaker"),
        settings={"factor_set": "B"},
    ),
    *(
        Example(
            "No value known: " + " ".join(filter(None, (form, role, level))),
            rule,
            DAY,
            DOCTOR,
            "counted_hours | 0\nline 1 | 0 no_value_known",
            one(form, role, level),
        )
        for rule, form, role, level in UNKNOWN
    ),
)
