"""The audit of printed tables: a worked example with every class seeded, computed tables never flagged, altered digits found."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from lientuc.analytics.auditing import Report, Row, audit
from lientuc.analytics.auditing.printed import Printed, half_up, read_number
from lientuc.analytics.auditing.words import EXPLANATIONS

EXAMPLE = Path(__file__).parent / "audit_example"

SEEDED = {
    ("row", "T1.age"): "not_testable",
    ("row", "T1.level.area"): "truncated",
    ("row", "T1.course.long"): "other_denominator",
    ("row", "T2.led.1"): "truncated",
    ("row", "T2.led.2"): "truncated",
    ("row", "T2.led.3"): "whole_number_padded",
    ("row", "T2.new.1"): "whole_number_padded",
    ("row", "T3.trust.3"): "no_denominator_fits",
    ("row", "T3.revenue.2"): "no_denominator_fits",
    ("row", "T4.barrier.staff"): "no_denominator_fits",
    ("row", "T4.wish.one"): "rounding",
    ("row", "T4.wish.more"): "truncated",
    ("row", "T4.help.2"): "no_denominator_fits",
    ("row", "T5.cost.lower"): "rounding",
    ("row", "T5.refer.equal"): "truncated",
    ("row", "T5.travel.far"): "other_denominator",
    ("row", "T5.small"): "mean_not_possible",
    ("row", "T5.pilot"): "mean_not_possible",
    ("row", "T5.spread"): "sd_not_possible",
    ("row", "T5.wide"): "sd_not_possible",
    ("group", "T1.course"): "sum_of_pct",
    ("group", "T2.led"): "sum_of_pct",
    ("group", "T2.new"): "sum_of_pct",
    ("group", "T3.trust"): "sum_of_pct",
    ("group", "T3.revenue"): "same_n_different_pct",
    ("group", "T4.barrier"): "sum_of_n",
    ("group", "T4.help"): "sum_of_n",
    ("group", "T5.travel"): "sum_of_pct",
    ("group", "T5.refer"): "same_n_different_pct",
    ("gate", "T2.new"): "impossible_gate",
    ("gate", "T4.barrier"): "impossible_gate",
    ("claim", "C04"): "claim_no_match",
    ("claim", "C05"): "claim_no_match",
    ("claim", "C06"): "claim_no_match",
    ("claim", "C07"): "claim_threshold_missed",
    ("claim", "C08"): "claim_threshold_missed",
    ("claim", "C15.en"): "translation_differs",
    ("claim", "C16_en"): "translation_differs",
    ("claim", "C17"): "not_testable",
    ("method", "complete_cases_only"): "method_vs_table",
    ("method", "response_rate"): "method_vs_table",
    ("method", "software"): "not_testable",
}


def found_in(tmp_path: Path, *options: str) -> list[dict[str, str]]:
    out = tmp_path / "findings.csv"
    files = [f"--{name}={EXAMPLE / name}.csv" for name in ("claims", "gates", "methods")]
    call_command("audit-tables", str(EXAMPLE / "tables.csv"), *files, f"--out={out}", *options)
    return list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))


def test_worked_example_finds_everything_seeded_and_nothing_else(tmp_path: Path) -> None:
    first: dict[tuple[str, str], str] = {}
    for finding in found_in(tmp_path):
        first.setdefault((finding["kind"], finding["id"]), finding["class"])
    assert first == SEEDED


def test_worked_example_seeds_every_class_at_least_twice() -> None:
    counts: dict[str, int] = defaultdict(int)
    for what in SEEDED.values():
        counts[what] += 1
    assert {what for what, count in counts.items() if count < 2} == set()


def test_misread_row_is_named_with_the_cell_the_value_belongs_to(tmp_path: Path) -> None:
    [finding] = [f for f in found_in(tmp_path, "--language=en") if f["id"] == "C04"]
    assert (finding["printed"], finding["recomputed"]) == ("22,5", "55.6")
    assert "belongs to T3.confident.5" in finding["explanation"]


def test_gate_concedes_those_who_left_it_open(tmp_path: Path) -> None:
    lines = {f["id"]: f for f in found_in(tmp_path) if f["kind"] == "gate"}
    assert lines["T2.new"]["arithmetic"] == "145 − 73 − 7 = 65"
    assert lines["T4.barrier"]["recomputed"] == "12"


def test_explanations_never_accuse() -> None:
    texts = " ".join(phrase.vi + phrase.en for phrase in EXPLANATIONS.values()).lower()
    assert not [word for word in ("fabricat", "fake", "fraud", "bịa", "gian lận", "giả mạo") if word in texts]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("row_id,nn\nA,1\n", "nn"),
        ("n,pct\n1,2\n", "row_id"),
        ("row_id,n\n", "bảng nào"),
        ("row_id,n\n,5\n", "dòng 2"),
    ],
)
def test_file_that_cannot_be_read_is_refused_with_its_place(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "t.csv").write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=said):
        call_command("audit-tables", str(tmp_path / "t.csv"), f"--out={tmp_path / 'f.csv'}")
    assert not (tmp_path / "f.csv").exists()


def test_cell_that_is_no_number_is_said_to_be_untestable(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("row_id,denominator,n,pct\nA,20,<5,10.0\nB,20,10,50.0\n", encoding="utf-8")
    call_command("audit-tables", str(tmp_path / "t.csv"), f"--out={tmp_path / 'f.csv'}")
    [line] = csv.DictReader((tmp_path / "f.csv").read_text(encoding="utf-8").splitlines())
    assert (line["id"], line["class"], line["printed"]) == ("A", "not_testable", "<5")


def printed_table(counts: Sequence[Sequence[int]], places: int, missing: Sequence[int]) -> tuple[Row, ...]:
    """A table computed from data: each group over those who answered it, or over all where some did not."""
    rows = []
    for group, (cells, silent) in enumerate(zip(counts, missing, strict=True)):
        of = sum(cells) + silent
        for index, n in enumerate(cells):
            pct = str(half_up(Fraction(100 * n, of), places)).replace(".", ",")
            rows.append(Row("T", f"g{group}.{index}", f"g{group}", "", of, n, read_number(pct)))
    return tuple(rows)


TABLES = st.lists(
    st.tuples(st.lists(st.integers(0, 90), min_size=2, max_size=6).filter(any), st.integers(0, 20)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(TABLES, st.integers(0, 2))
def test_table_computed_from_data_is_never_flagged(groups: list[tuple[list[int], int]], places: int) -> None:
    rows = printed_table([cells for cells, _ in groups], places, [silent for _, silent in groups])
    assert audit(Report(rows)) == ()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sets(st.integers(0, 5), max_size=6), min_size=1, max_size=200))
def test_several_answers_to_a_question_are_never_flagged(answers: list[set[int]]) -> None:
    of = len(answers)
    counts = [sum(option in given for given in answers) for option in range(6)]
    rows = [
        Row("T", f"r{i}", "g", "", of, n, read_number(str(half_up(Fraction(100 * n, of), 1))))
        for i, n in enumerate(counts)
    ]
    assert audit(Report(rows)) == ()


def altered(row: Row, chance: random.Random) -> Row:
    """The row with one digit of its count, denominator or percentage changed to another digit."""
    name = chance.choice(["n", "pct", "denominator"])
    text = row.pct.text if name == "pct" and row.pct else str(getattr(row, name))
    place = chance.choice([index for index, sign in enumerate(text) if sign.isdigit()])
    other = chance.choice([digit for digit in "0123456789" if digit != text[place]])
    new = text[:place] + other + text[place + 1 :]
    values = {field: getattr(row, field) for field in Row.__dataclass_fields__}
    values[name] = read_number(new) if name == "pct" else int(new)
    return Row(**values)


def share_of_altered_digits_found(trials: int, checks: object = audit) -> float:
    chance, found = random.Random(20261122), 0
    for _ in range(trials):
        groups = [[chance.randint(0, 120) for _ in range(chance.randint(2, 5))] for _ in range(3)]
        rows = list(printed_table([g if sum(g) else [1, 1] for g in groups], 1, [0, 0, 0]))
        index = chance.randrange(len(rows))
        rows[index] = altered(rows[index], chance)
        found += bool(checks(Report(tuple(rows))))  # type: ignore[operator]
    return found / trials


def test_one_altered_digit_is_found_99_times_of_100() -> None:
    assert share_of_altered_digits_found(1500) >= 0.99


def test_a_twin_that_only_adds_up_columns_would_miss_them() -> None:
    def sums_within_one_point(report: Report) -> bool:
        return any(
            abs(sum((row.pct.value for row in rows if row.pct), Decimal(0)) - 100) > 1
            for rows in report.groups.values()
        )

    assert share_of_altered_digits_found(300, sums_within_one_point) < 0.8


def test_printed_zero_counts_as_a_decimal() -> None:
    assert read_number("45,0%") == Printed("45,0%", Decimal("45.0"), 1)
    assert read_number(" – ") is None
