from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest

from lientuc.documents.table import Column, Kind, ReportTable
from lientuc.documents.writers import write_xlsx
from tests.documents.tables import table


def written(made, language: str = "vi") -> bytes:
    file = io.BytesIO()
    write_xlsx(made, file, language)
    return file.getvalue()


def opened(made, language: str = "vi"):
    return openpyxl.load_workbook(io.BytesIO(written(made, language)))


def test_sheet_holds_title_header_figures_and_notes():
    sheet = opened(table()).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert rows == [
        ["Bảng 1. Kết quả tích lũy"],
        ["Số liệu tính đến ngày 01/07/2026"],
        ["Đơn vị", "Số người", "Trung bình", "Đã tích lũy (giờ tín chỉ)", "Đạt đủ (%)", "Đạt đủ: tử số", "Đạt đủ: mẫu số",
         "KTC 95%: cận dưới", "KTC 95%: cận trên", "Kinh phí (đồng)", "Ngày"],
        ["Trạm Y tế xã Ỷ La", 1234, 2.35, 120.25, 33.3, 12, 36, 20.3, 49.8, 1250000, datetime(2026, 4, 3)],
        ["Bệnh viện", *["*"] * 8, datetime(2026, 4, 4, 3, 30)],
        ["Tổng", 1240, 28.6, 12, 42, 1250000],
        [],
        ["Ghi chú: Dựa trên 118/130 đơn vị."],
        ["Ghi chú: Dấu * là ô không công bố để giữ kín thông tin của từng người."],
        ["Nguồn: Sổ ghi nhận."],
    ]  # fmt: skip


def test_sheet_is_ready_to_read_and_to_print():
    sheet = opened(table()).active
    setup = (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.paperSize, sheet.page_setup.orientation)
    assert setup == ("A4", "$3:$3", 9, "landscape")
    assert sheet["A3"].font.b is True


@pytest.mark.parametrize(
    "text", ["=1+1", "＝1+1", "+84912345678", "-", "@x", "\t=1", "0912345678", "https://example.vn", "1e5"]
)
def test_text_stays_a_text(text):
    sheet = opened(ReportTable("T", (Column("a", "A"),), ((text,),))).active
    assert (sheet["A3"].value, sheet["A3"].data_type) == (text, "s")


def test_formula_twin_as_a_bare_value_openpyxl_would_see_a_formula():
    book = openpyxl.Workbook()
    book.active["A3"] = "=1+1"
    assert book.active["A3"].data_type == "f"


def test_simulated_mark_stands_above_the_header_and_on_every_printed_page():
    for language, mark in (("vi", "Số liệu mô phỏng, không có giá trị"), ("en", "Simulated data, no value")):
        sheet = opened(table(simulated=True), language).active
        assert (sheet["A2"].value, sheet.oddHeader.center.text) == (mark, mark)
    assert opened(table()).active.oddHeader.center.text is None


def test_same_tables_give_the_same_bytes():
    assert written(table()) == written(table())


def test_sheet_names_are_short_legal_and_different():
    titles = ["Bảng: a/b [1]", "BẢNG  a b  1", "x" * 40, "x" * 50, "'"]
    made = [ReportTable(title, (Column("a", "A"),), ()) for title in titles]
    assert opened(made).sheetnames == ["Bảng  a b  1", "BẢNG  a b  1 (2)", "x" * 31, "x" * 26 + " (4)", "5"]


def test_text_longer_than_a_cell_is_refused_not_cut():
    with pytest.raises(ValueError, match="32,767"):
        written(ReportTable("T", (Column("a", "A"),), (("x" * 32_768,),)))


def test_generator_of_rows_is_written_whole():
    rows = ((number,) for number in range(3_000))
    sheet = opened(ReportTable("T", (Column("a", "A", Kind.INT),), rows)).active
    assert [cell.value for cell in sheet["A"][2:3002]] == list(range(3_000))
