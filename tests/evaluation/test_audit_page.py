"""The audit page: tables pasted or read from a document, shown as read, findings with their arithmetic, nothing kept."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from lientuc.accounts.enums import Role
from lientuc.core.errors import Refused
from lientuc.evaluation.auditing_page.grids import Grid, grids_of_file, grids_of_text
from lientuc.evaluation.auditing_page.rows import as_tables, records_of
from tests.world import World

EXAMPLE = Path(__file__).parent / "audit_example"
PASTED = (
    "Bảng 1. Đặc điểm (n = 152)\n"
    "Đặc điểm\tn\t%\n"
    "Giới\t\t\n"
    "Nam\t88\t57,9\n"
    "Nữ\t64\t42,1\n"
    "Nơi làm việc (n = 150)\t\t\n"
    "Tỉnh\t61\t40,7\n"
    "Khu vực\t52\t34,6\n"
    "Xã\t37\t24,7\n"
    "Tuổi\t38,4 ± 6,2\t\n"
    "\n"
    "Bảng 2. Tự đánh giá (n = 50)\n"
    "Nội dung\tKhông đồng ý n (%)\tPhân vân n (%)\tĐồng ý n (%)\n"
    "Tự tin\t5 (10,0)\t10 (20,0)\t35 (70,0)\n"
    "Độc lập\t4 (8,0)\t6 (12,0)\t40 (81,0)\n"
)


def read(text: str) -> list[tuple[str, str, str, str, str, str]]:
    """(row id, group id, label, denominator, n, pct or mean) of what is read from a pasted text."""
    rows = records_of(grids_of_text(text))
    return [(r["row_id"], r["group_id"], r["label"], r["denominator"], r["n"], r["pct"] or r["mean"]) for r in rows]


def test_pasted_tables_are_read_with_groups_and_denominators() -> None:
    assert read(PASTED) == [
        ("T1.1.1", "T1.1", "Giới: Nam", "152", "88", "57,9"),
        ("T1.1.2", "T1.1", "Giới: Nữ", "152", "64", "42,1"),
        ("T1.2.1", "T1.2", "Nơi làm việc (n = 150): Tỉnh", "150", "61", "40,7"),
        ("T1.2.2", "T1.2", "Nơi làm việc (n = 150): Khu vực", "150", "52", "34,6"),
        ("T1.2.3", "T1.2", "Nơi làm việc (n = 150): Xã", "150", "37", "24,7"),
        ("T1.3.1", "T1.3", "Tuổi", "152", "", "38,4"),
        ("T2.1.1", "T2.1", "Tự tin: Không đồng ý n (%)", "50", "5", "10,0"),
        ("T2.1.2", "T2.1", "Tự tin: Phân vân n (%)", "50", "10", "20,0"),
        ("T2.1.3", "T2.1", "Tự tin: Đồng ý n (%)", "50", "35", "70,0"),
        ("T2.2.1", "T2.2", "Độc lập: Không đồng ý n (%)", "50", "4", "8,0"),
        ("T2.2.2", "T2.2", "Độc lập: Phân vân n (%)", "50", "6", "12,0"),
        ("T2.2.3", "T2.2", "Độc lập: Đồng ý n (%)", "50", "40", "81,0"),
    ]


def test_columns_that_come_to_a_hundred_are_groups_of_their_own() -> None:
    text = "\tNam (n = 40)\t\tNữ (n = 60)\t\n\tn\t%\tn\t%\nCó\t10\t25,0\t15\t25,0\nKhông\t30\t75,0\t45\t75,0\n"
    assert read(text) == [
        ("T1.1.1", "T1.1.1", "Có: Nam (n = 40) n", "40", "10", "25,0"),
        ("T1.1.1b", "T1.1.2", "Có: Nữ (n = 60) n", "60", "15", "25,0"),
        ("T1.1.2", "T1.1.1", "Không: Nam (n = 40) n", "40", "30", "75,0"),
        ("T1.1.2b", "T1.1.2", "Không: Nữ (n = 60) n", "60", "45", "75,0"),
    ]


def test_total_row_is_the_denominator_and_two_word_columns_name_group_and_row() -> None:
    text = "Biến\tGiá trị\tSố lượng\tTỷ lệ %\nGiới\tNam\t1.200\t60\n\tNữ\t800\t40\n\tTổng\t2.000\t100\n"
    assert read(text) == [
        ("T1.1.1", "T1.1", "Giới: Nam", "2.000", "1.200", "60"),
        ("T1.1.2", "T1.1", "Giới: Nữ", "2.000", "800", "40"),
    ]


# --- documents -----------------------------------------------------------------------------------------------------


def document(folder: Path) -> Path:
    """The pasted tables as a Word document."""
    made = Document()
    for grid in grids_of_text(PASTED):
        made.add_paragraph(grid.title)
        table = made.add_table(rows=len(grid.rows), cols=len(grid.rows[0]))
        for number, row in enumerate(grid.rows):
            for place, text in enumerate(row):
                table.cell(number, place).text = text
            if not any(row[1:]):
                table.cell(number, 0).merge(table.cell(number, len(row) - 1))
        made.add_paragraph("")
    path = folder / "bang.docx"
    made.save(str(path))
    return path


def test_document_gives_the_same_tables_as_the_pasted_text(tmp_path: Path) -> None:
    assert grids_of_file(document(tmp_path).read_bytes()) == grids_of_text(PASTED)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_document_saved_by_libreoffice_gives_the_same_tables(tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    path = document(tmp_path)
    for kind, folder in (("odt", tmp_path), ("docx", tmp_path / "again")):
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        path = folder / f"bang.{kind}"
    assert grids_of_file(path.read_bytes()) == grids_of_text(PASTED)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"%PDF-1.7 x", "documents.unknown_format"), (b"", "documents.empty")],
)
def test_file_that_is_no_document_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        grids_of_file(content)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_zip_without_a_document_and_document_with_entities_are_refused() -> None:
    for name, text, code in (
        ("xl/workbook.xml", "<x/>", "evaluation.audit_no_document"),
        ("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>', "documents.broken"),
    ):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            made.writestr(name, text)
        with pytest.raises(Refused) as refused:
            grids_of_file(out.getvalue())
        assert [problem.code for problem in refused.value.problems] == [code]


# --- the page ------------------------------------------------------------------------------------------------------


@pytest.fixture
def page(client: Client, world: World) -> Any:
    client.force_login(world.user(Role.EVALUATOR))
    return lambda **given: client.post(reverse("evaluation:audit"), given)


def test_pasted_tables_show_cells_and_findings_with_arithmetic(page: Any) -> None:
    text = page(pasted=PASTED, n_total="152", read="1").content.decode()
    assert all(word in text for word in ("T1.2.2", "34,6", "52/150", "cắt bỏ", "T2.2.3", "không mẫu số nào"))
    assert "methods" in text and "n_total,152" in text


def test_findings_export_equals_the_command(page: Any) -> None:
    given = {name: (EXAMPLE / f"{name}.csv").read_text() for name in ("tables", "claims", "gates", "methods")}
    response = page(export="csv", **given)
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    found = {(row["kind"], row["id"]): row["class"] for row in rows}
    assert (found["row", "T1.level.area"], found["gate", "T2.new"], found["claim", "C04"]) == (
        "truncated", "impossible_gate", "claim_no_match",
    )  # fmt: skip
    assert (response["Content-Type"], response["Cache-Control"]) == ("text/csv; charset=utf-8", "no-store")


def test_corrected_cells_are_audited_again(page: Any) -> None:
    tables = as_tables(records_of(grids_of_text(PASTED))).replace('"34,6"', '"34,7"').replace('"81,0"', '"80,0"')
    text = page(tables=tables).content.decode()
    assert "cắt bỏ" not in text and "không mẫu số nào" not in text


def test_document_is_read_on_the_page(page: Any, tmp_path: Path) -> None:
    upload = SimpleUploadedFile("bang.docx", document(tmp_path).read_bytes())
    assert "T2.2.3" in page(document=upload, read="1").content.decode()


def test_nothing_to_read_and_unknown_columns_are_told(page: Any) -> None:
    assert "Không đọc được bảng nào" in page(pasted="chỉ có chữ", read="1").content.decode()
    assert "cột lạ" in page(tables="row_id,khac\na,b\n").content.decode()


def test_nothing_is_kept(page: Any, django_assert_num_queries: Any) -> None:
    page(pasted=PASTED, read="1")
    with django_assert_num_queries(4) as seen:
        page(pasted=PASTED, read="1")
    assert all(query["sql"].lstrip().upper().startswith("SELECT") for query in seen.captured_queries)


def test_page_speaks_english_and_is_for_evaluators_only(client: Client, world: World) -> None:
    client.force_login(world.user(Role.EVALUATOR))
    client.cookies["ngon-ngu"] = "en"
    assert "Audit of printed tables" in client.get(reverse("evaluation:audit")).content.decode()
    client.force_login(world.user(Role.HEALTH_WORKER))
    assert client.get(reverse("evaluation:audit")).status_code == 403


def test_cells_over_several_columns_and_dashes_are_read() -> None:
    grid = Grid("", (("Lý do", "n (%)"), ("Khác", "–"), ("Thiết bị", "12 (24%)")))
    assert [(r["label"], r["n"], r["pct"]) for r in records_of((grid,))] == [("Thiết bị", "12", "24%")]
