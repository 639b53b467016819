"""The study's five tables from a file of records: counts of the file, exact percentages, one truth in every format."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from docx import Document

from lientuc.analytics.disclosure import THRESHOLDS, Audience
from lientuc.evaluation.publishing import publication
from lientuc.evaluation.report.sentences import filled, problems_of_text
from lientuc.surveys.models import Wave
from tests.factories.surveys import make_wave, shipped_version
from tests.surveys.record_files import Rows, as_csv, interviews, respondents
from tests.world import World

ITEMS = {
    "T1.sex": "sex", "T1.ethnic": "ethnicity", "T1.specialty": "specialty_current", "T1.course": "course_type",
    "T1.year": "course_year", "T3.confident": "l3_confident", "T3.independent": "l3_independent",
    "T3.proficient_train": "l3_proficient_train", "T4.lead": "l3_techniques_led", "T4.new": "l3_techniques_new",
    "T4.wanted": "l3_techniques_wanted", "T4.reason": "l3_barrier_reason", "T4.revenue": "l4_revenue_up",
    "T5.peer_trust": "l3_peer_trust", "T5.patient_trust": "l3_patient_trust", "T5.referral_down": "l4_referral_down",
}  # fmt: skip


@pytest.fixture
def rows() -> Rows:
    """152 respondents of whom some left a question open."""
    found = respondents()
    for row in found[:4]:
        row["sex"] = ""
    return found


@pytest.fixture
def imported(world: World, rows: Rows, tmp_path: Path) -> Path:
    """The folder of a study that was imported as `Nghiên cứu`."""
    shipped_version("l3_alumni")
    (tmp_path / "r.csv").write_bytes(as_csv(rows))
    (tmp_path / "i.csv").write_bytes(as_csv(interviews()))
    given = dict(records=tmp_path / "r.csv", interviews=tmp_path / "i.csv", wave="Nghiên cứu")
    call_command("survey-import", instrument="l3_alumni", **given)
    return tmp_path


def written(folder: Path, kind: str, audience: str = "evaluator", **options: Any) -> Path:
    out = folder / f"{audience}.{kind}"
    call_command("evaluation-report", "--format", kind, wave="Nghiên cứu", out=out, audience=audience, **options)
    return out


def cells(folder: Path, audience: str = "evaluator") -> dict[str, dict[str, Any]]:
    found = json.loads(written(folder, "json", audience).read_text(encoding="utf-8"))
    return {cell["row_id"]: cell for cell in found["cells"]}


def as_pdf_text(path: Path, folder: Path) -> str:
    """What LibreOffice prints of a document."""
    profile = f"-env:UserInstallation=file://{folder}/office"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    pdf = folder / f"{path.stem}.pdf"
    return subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout


def percent(n: int, of: int) -> float:
    return float((Decimal(100 * n) / of).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def test_every_cell_is_the_count_of_the_file(imported: Path, rows: Rows) -> None:
    found = cells(imported)
    for group, item in ITEMS.items():
        counted = Counter(row[item] for row in rows if row[item])
        of = counted.total()
        for code, n in counted.items():
            cell = found[f"{group}.{code}"]
            assert (cell["n"], cell["denominator"], cell["pct"]) == (n, of, percent(n, of)), group
        assert (found[group]["n"], found[group]["denominator"]) == (of, 152)
    assert found["T1.sex.not_answered"]["n"] == 4


def test_wide_lists_are_rolled_up_to_the_papers_categories(imported: Path, rows: Rows) -> None:
    found = cells(imported)
    other = sum(row["workplace_before"] in {"commune", "private", "other"} for row in rows)
    assert (found["T1.workplace.other"]["n"], "T1.workplace.commune" in found) == (other, False)


def test_mean_and_interval_are_numbers(imported: Path, rows: Rows) -> None:
    found = cells(imported)
    ages = [int(row["age_years"]) for row in rows]
    mean = sum(ages) / len(ages)
    sd = (sum((age - mean) ** 2 for age in ages) / (len(ages) - 1)) ** 0.5
    assert (found["T1.age"]["mean"], found["T1.age"]["sd"], found["T1.age"]["n"]) == (
        pytest.approx(mean, abs=1e-6),
        pytest.approx(sd, abs=1e-6),
        152,
    )
    agree = found["T3.confident.agree"]
    assert agree["n"] == sum(row["l3_confident"] in {"4", "5"} for row in rows)
    assert agree["low"] < agree["pct"] < agree["high"]


def test_interview_parts_count_the_register(imported: Path) -> None:
    found = cells(imported)
    register = interviews()
    alumni = [row for row in register if row["role"] == "alumnus"]
    leaders = [row for row in register if row["role"] == "leader"]
    assert found["T1.idi.workplace.province"]["n"] == sum(r["workplace_current"] == "province" for r in alumni)
    assert found["T1.idi.workplace.central_town"]["n"] == sum(r["workplace_current"] == "central" for r in alumni)
    assert found["T1.idi.sex.female"]["denominator"] == 12
    assert found["T2.unit.hospital"]["n"] == sum(r["leader_role"] == "hospital" for r in leaders)
    assert found["T2.sex.male"]["denominator"] == 9


@pytest.mark.parametrize("audience", [Audience.ORGANISATION, Audience.PUBLIC])
def test_small_counts_are_null_and_marked_for_others(imported: Path, audience: Audience) -> None:
    exact, shown = cells(imported), cells(imported, str(audience))
    least = THRESHOLDS[audience].counts_from
    assert [c["row_id"] for c in shown.values() if c["n"] is not None and 0 < c["n"] < least] == []
    hidden = [c for c in shown.values() if c["hidden"]]
    assert hidden and all(c["n"] is c["pct"] is c["denominator"] is None for c in hidden)
    same = [c["row_id"] for c in shown.values() if c["n"] is not None and c["n"] != exact[c["row_id"]]["n"]]
    assert same == []


def test_impossible_answers_stay_counted_and_are_told(world: World, tmp_path: Path) -> None:
    shipped_version("l3_alumni")
    listed = respondents(60)
    wrong = [row for row in listed if row["l3_techniques_wanted"] == "none"][:3]
    for row in wrong:
        row["l3_barrier_reason"] = "staff"
    (tmp_path / "r.csv").write_bytes(as_csv(listed))
    call_command("survey-import", instrument="l3_alumni", records=tmp_path / "r.csv", wave="Nghiên cứu")
    found = cells(tmp_path)
    staff = sum(row["l3_barrier_reason"] == "staff" for row in listed)
    assert (found["T4.reason.staff"]["n"], found["T4.reason.staff"]["eligible_n"]) == (staff, staff - 3)
    assert found["T4.reason.not_eligible"]["n"] == 3
    told = json.loads(written(tmp_path, "json").read_text(encoding="utf-8"))["impossible_answers"]
    assert {one["line"] for one in told} == {int(row["record_id"]) + 1 for row in wrong}


def test_reason_falls_back_to_the_main_barrier(world: World, tmp_path: Path) -> None:
    """Where the paper's own question was not asked, the wider list is rolled up; what it lacks keeps its own row."""
    shipped_version("l3_alumni")
    listed = respondents(80)
    columns = [name for name in listed[0] if name not in {"l3_barrier_reason", "l3_proficient_train"}]
    (tmp_path / "r.csv").write_bytes(as_csv(listed, columns))
    call_command("survey-import", instrument="l3_alumni", records=tmp_path / "r.csv", wave="Nghiên cứu")
    found = cells(tmp_path)
    facilities = sum(row["l3_barrier_main"] in {"equipment", "supplies"} for row in listed)
    approval = sum(row["l3_barrier_main"] == "approval" for row in listed)
    assert (found["T4.reason.facilities"]["n"], found["T4.reason.approval"]["n"]) == (facilities, approval)
    assert "T3.proficient_train" not in found


def test_evaluators_files_say_that_they_are_not_for_release(imported: Path) -> None:
    assert json.loads(written(imported, "json").read_text(encoding="utf-8"))["not_for_release"] is True
    assert "KHÔNG PHỔ BIẾN" in written(imported, "html").read_text(encoding="utf-8")
    assert "KHÔNG PHỔ BIẾN" in "\n".join(p.text for p in Document(str(written(imported, "docx"))).paragraphs)
    assert "KHÔNG PHỔ BIẾN" not in written(imported, "html", "public").read_text(encoding="utf-8")


def test_word_opens_in_libreoffice_with_the_totals_of_the_cells(imported: Path) -> None:
    text = as_pdf_text(written(imported, "docx"), imported)
    found = cells(imported)
    for row_id in ("T1.sex.female", "T3.confident.agree", "T4.revenue.yes", "T5.referral_down.agree"):
        cell = found[row_id]
        assert f"{cell['n']}/{cell['denominator']}" in text, row_id
    assert "T1.sex.female" in text


def test_workbook_holds_numbers(imported: Path) -> None:
    book = openpyxl.load_workbook(written(imported, "xlsx"))
    found = cells(imported)["T1.course.short"]
    lines = [row for sheet in book for row in sheet.iter_rows(values_only=True) if row and row[0] == "T1.course.short"]
    assert [(row[2], row[3], row[4], row[5]) for row in lines] == [
        (found["n"], found["pct"], found["n"], found["denominator"])
    ]


def test_english_report(imported: Path) -> None:
    page = written(imported, "html", language="en", by="sex").read_text(encoding="utf-8")
    assert "Table 3. Self-rated professional growth" in page
    assert "NOT FOR RELEASE" in page and "<svg" in page and "Sex: Female" in page


def test_unknown_wave_is_named(world: World, tmp_path: Path) -> None:
    make_wave(world.school, "Đợt khác")
    with pytest.raises(CommandError, match="Đợt khác"):
        written(tmp_path, "json")


def test_sentences_quote_cells_and_refuse_typed_numbers(imported: Path) -> None:
    found = publication(Wave._base_manager.get(), Audience.EVALUATOR).cells or {}
    cell = found["T3.confident.agree"]
    text = "[T3.confident.agree pct] tự tin hơn ([T3.confident.agree n]/[T3.confident.agree of])."
    printed = str(cell.pct).replace(".", ",")
    assert filled(text, found, "vi") == f"{printed}% tự tin hơn ({cell.n}/{cell.denominator})."
    assert list(problems_of_text(text, found)) == []
    wrong = [p.code for p in problems_of_text("[T9.x] và [T1.sex huh] và 67,1 %", found)]
    assert wrong == [
        "evaluation.report_row_unknown",
        "evaluation.report_part_unknown",
        "evaluation.report_number_typed",
    ]


def test_text_and_tables_agree_in_one_document(imported: Path) -> None:
    """Every `n/of` of the sentences stands in a table of the same file."""
    document = Document(str(written(imported, "docx", "organisation")))
    table = {cell.text for t in document.tables for row in t.rows for cell in row.cells}
    quoted = json.loads(written(imported, "json", "organisation").read_text(encoding="utf-8"))["sentences"]
    numbers = {word.strip("(),.;") for text in quoted for word in text.split() if "/" in word and word[0].isdigit()}
    numbers = {n for n in numbers if n.count("/") == 1}
    assert numbers and all(any(f"({n})" in text for text in table) for n in numbers)
