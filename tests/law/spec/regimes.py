"""Who falls under which rule."""

from lientuc.law.examples import Example

title = "Who falls under which rule"
text = """
Eight licensed titles that practise fall under regime P. The traditional practitioner with a licence does too, practised or not,
uncertainly. A pharmacist outside
clinical pharmacy and a social worker have rules of their own that are not counted here. Everybody else falls under regime S.
"""


def worker(code: str, licence: str = "none", practising: str = "no") -> str:
    return f"title | licence | practising\n{code} | {licence} | {practising}"


EIGHT = (
    "doctor",
    "assistant_doctor",
    "nurse",
    "midwife",
    "medical_technician",
    "clinical_nutritionist",
    "paramedic",
    "clinical_psychologist",
)
P = "regime | p\nregime_reason | practitioner\ncertainty | VERIFIED\nunit | credit_hour"
S = "regime | s\nregime_reason | other_staff\ncertainty | VERIFIED\nunit | lesson"
OTHERS = ("public_health", "population", "other")
DAY = "2026-11-22"

examples = (
    *(Example(f"{code}, licensed and practising", "P-01", DAY, worker(code, "gphn", "yes"), P) for code in EIGHT),
    Example("doctor with a certificate of the old law", "L-08", DAY, worker("doctor", "cchn", "yes"), P),
    Example(
        "doctor with a licence who does not practise",
        "S-02",
        DAY,
        worker("doctor", "gphn", "no"),
        "regime | s\nregime_reason | licence_not_practised",
    ),
    Example("doctor without a licence", "S-02", DAY, worker("doctor", "none", "yes"), S),
    Example(
        "traditional practitioner, licensed and practising",
        "L-05",
        DAY,
        worker("traditional_practitioner", "gphn", "yes"),
        "regime | p\nregime_reason | title_unclear\ncertainty | SECONDARY",
    ),
    Example(
        "traditional practitioner, licensed, not practising: the licence runs out all the same",
        "L-05",
        DAY,
        worker("traditional_practitioner", "gphn", "no"),
        "regime | p\nregime_reason | title_unclear\ncertainty | SECONDARY",
    ),
    Example(
        "traditional practitioner, licensed, not practising, the day before the law",
        "L-05",
        "2023-12-31",
        worker("traditional_practitioner", "cchn", "no"),
        "regime | s\nregime_reason | licence_not_practised",
    ),
    Example("traditional practitioner without a licence", "S-02", DAY, worker("traditional_practitioner"), S),
    *(Example(f"{code} without a licence", "S-02", DAY, worker(code), S) for code in OTHERS),
    Example(
        "village health worker",
        "W-04",
        DAY,
        worker("village_health_worker"),
        "regime | s\nregime_reason | village_health_worker\ncertainty | SECONDARY",
    ),
    Example(
        "clinical pharmacist",
        "X-02",
        DAY,
        worker("clinical_pharmacist"),
        "regime | s\nregime_reason | clinical_pharmacy",
    ),
    Example(
        "pharmacist outside clinical pharmacy",
        "X-01",
        DAY,
        worker("pharmacist", "cchn", "yes"),
        """
regime         | pharmacy
status         | not_covered
unit           | none
required_hours | 0
counted_hours  | 0
line 1         | 0 not_covered
""",
        "day | form | role | units\n2025-03-01 | short_course | learner | 8",
    ),
    Example(
        "social worker", "X-03", DAY, worker("social_worker"), "regime | social_work\nstatus | not_covered\nunit | none"
    ),
)
