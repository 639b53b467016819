from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from lientuc.documents.paper import Authority, Heading, Letterhead, Paper, Paragraph, Signature, paper_of
from lientuc.documents.writers import write_docx, write_pdf
from lientuc.documents.writers.pdf import paper_data
from tests.documents.tables import COLUMNS, FIRST, SECOND, table

MARK = "Số liệu mô phỏng, không có giá trị"
PAPER = Paper(
    kind="KẾ HOẠCH",
    abstract="Đào tạo liên tục cho nhân viên y tế cơ sở năm 2027",
    drafted_on=date(2026, 11, 20),
    letterhead=Letterhead("Sở Y tế", "UBND tỉnh Nghệ An", "/KH-SYT", place="Nghệ An"),
    grounds=("Căn cứ Luật Khám bệnh, chữa bệnh;",),
    body=(Heading("I. MỤC TIÊU"), Paragraph("Cập nhật kiến thức y khoa liên tục cho người hành nghề."), table()),
    recipients=("- Bộ Y tế (để báo cáo);", "- Lưu: VT, NVY."),
    signature=Signature("Phó Giám đốc", "Đỗ Thị Ẩn", Authority.KT, "Giám đốc"),
)


def pdf_of(paper: Paper, language: str = "vi") -> bytes:
    file = io.BytesIO()
    write_pdf(paper, file, language)
    return file.getvalue()


def pdf_text(paper: Paper, language: str = "vi") -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf_of(paper, language))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())


def docx_of(paper: Paper, language: str = "vi") -> bytes:
    file = io.BytesIO()
    write_docx(paper, file, language)
    return file.getvalue()


def docx_opened(paper: Paper, language: str = "vi") -> Any:
    return docx.Document(io.BytesIO(docx_of(paper, language)))


def cell_lines(cell: Any) -> list[str]:
    return [paragraph.text for paragraph in cell.paragraphs if paragraph.text]


@pytest.mark.parametrize(
    ("signature", "posts"),
    [
        (Signature("Giám đốc"), ("GIÁM ĐỐC",)),
        (Signature("Phó Giám đốc", "", Authority.KT, "Giám đốc"), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        (Signature("Chủ tịch", "", Authority.TM, "Hội đồng"), ("TM. HỘI ĐỒNG", "CHỦ TỊCH")),
        (Signature("Trưởng phòng", "", Authority.TL, "Giám đốc"), ("TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG")),
        (Signature("Trưởng phòng", "", Authority.TUQ, "Giám đốc"), ("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG")),
    ],
)
def test_signature_says_for_whom(signature, posts):
    assert signature.posts() == posts


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2026, 2, 9), "Nghệ An, ngày 09 tháng 02 năm 2026"),
        (date(2026, 3, 10), "Nghệ An, ngày 10 tháng 3 năm 2026"),
        (None, "Nghệ An, ngày        tháng        năm 2026"),
    ],
)
def test_place_and_date_carry_zeros_as_the_decree_asks(day, printed):
    head = Letterhead("Sở Y tế", place="Nghệ An", signed_on=day)
    assert replace(PAPER, letterhead=head).place_and_date().replace("\u00a0", " ") == printed


def test_number_is_blank_until_the_clerk_gives_one():
    assert PAPER.number_line().replace("\u00a0", " ") == "Số:       /KH-SYT"
    numbered = replace(PAPER, letterhead=replace(PAPER.letterhead, number="12"))
    assert numbered.number_line() == "Số: 12/KH-SYT"


def test_pdf_says_everything_in_order():
    assert pdf_text(PAPER) == (
        "UBND TỈNH NGHỆ AN SỞ Y TẾ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc "
        "Số: /KH-SYT Nghệ An, ngày tháng năm 2026 "
        "KẾ HOẠCH Đào tạo liên tục cho nhân viên y tế cơ sở năm 2027 "
        "Căn cứ Luật Khám bệnh, chữa bệnh; I. MỤC TIÊU "
        "Cập nhật kiến thức y khoa liên tục cho người hành nghề. "
        "Bảng 1. Kết quả tích lũy Số liệu tính đến ngày 01/07/2026 "
        "Đơn vị Số người Trung bình Đã tích lũy (giờ tín chỉ) Đạt đủ KTC 95% Kinh phí (đồng) Ngày "
        "Trạm Y tế xã Ỷ La 1.234 2,35 120,25 33,3% (12/36) 20,3 – 49,8 1.250.000 03/04/2026 "
        "Bệnh viện * * * * * – 03:30 04/04/2026 "
        "Tổng 1.240 – – 28,6% (12/42) – 1.250.000 – "
        "Ghi chú: Dựa trên 118/130 đơn vị. "
        "Ghi chú: Dấu * là ô không công bố để giữ kín thông tin của từng người. Nguồn: Sổ ghi nhận. "
        "Nơi nhận: - Bộ Y tế (để báo cáo); - Lưu: VT, NVY. KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Đỗ Thị Ẩn"
    )


def test_pdf_is_a4_and_turns_for_wide_tables():
    sizes = []
    for landscape in (False, True):
        page = pypdf.PdfReader(io.BytesIO(pdf_of(replace(PAPER, landscape=landscape)))).pages[0]
        sizes.append((round(float(page.mediabox.width) / 72 * 25.4), round(float(page.mediabox.height) / 72 * 25.4)))
    assert sizes == [(210, 297), (297, 210)]


def test_pages_are_numbered_from_the_second():
    long = replace(PAPER, body=(Paragraph("Nội dung. " * 60),) * 6, recipients=(), signature=None)
    pages = [page.extract_text().split() for page in pypdf.PdfReader(io.BytesIO(pdf_of(long))).pages]
    assert (pages[0][0], [page[0] for page in pages[1:]]) == (
        "UBND",
        [str(number) for number in range(2, len(pages) + 1)],
    )


def test_same_paper_gives_the_same_bytes():
    assert (pdf_of(PAPER), docx_of(PAPER)) == (pdf_of(PAPER), docx_of(PAPER))


def test_file_is_dated_by_the_paper_and_not_by_the_clock():
    info = pypdf.PdfReader(io.BytesIO(pdf_of(PAPER))).metadata
    created = docx_opened(PAPER).core_properties.created
    assert (info.creation_date.date(), created.date()) == (PAPER.drafted_on, PAPER.drafted_on)


def test_markup_in_a_text_is_printed_and_not_obeyed():
    text = '#strong[x] *a* $y$ \\u{41} #read("/etc/passwd") @b <c>'
    assert pdf_text(Paper("", date(2026, 1, 1), (Paragraph(text),))) == text


def test_docx_has_the_page_of_the_decree():
    section = docx_opened(PAPER).sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin)
    assert [round(side.mm) for side in (*sides, section.right_margin)] == [210, 297, 20, 20, 30, 15]
    turned = docx_opened(replace(PAPER, landscape=True)).sections[0]
    assert abs(turned.page_width - Mm(297)) < Mm(1)


def test_docx_says_everything():
    document = docx_opened(PAPER)
    head, figures, foot = document.tables
    assert [cell_lines(cell) for cell in head.rows[0].cells] == [
        ["UBND TỈNH NGHỆ AN", "SỞ Y TẾ", "Số: \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/KH-SYT"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", PAPER.place_and_date()],
    ]
    assert [[cell.text for cell in row.cells] for row in figures.rows][1] == [
        "Trạm Y tế xã Ỷ La", "1.234", "2,35", "120,25", "33,3% (12/36)", "20,3 – 49,8", "1.250.000", "03/04/2026",
    ]  # fmt: skip
    assert [cell_lines(cell) for cell in foot.rows[0].cells] == [
        ["Nơi nhận:", "- Bộ Y tế (để báo cáo);", "- Lưu: VT, NVY."],
        ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Đỗ Thị Ẩn"],
    ]
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text] == [
        "KẾ HOẠCH",
        "Đào tạo liên tục cho nhân viên y tế cơ sở năm 2027",
        "Căn cứ Luật Khám bệnh, chữa bệnh;",
        "I. MỤC TIÊU",
        "Cập nhật kiến thức y khoa liên tục cho người hành nghề.",
        "Bảng 1. Kết quả tích lũy",
        "Số liệu tính đến ngày 01/07/2026",
        "Ghi chú: Dựa trên 118/130 đơn vị.",
        "Ghi chú: Dấu * là ô không công bố để giữ kín thông tin của từng người.",
        "Nguồn: Sổ ghi nhận.",
    ]


def test_letter_has_its_abstract_under_the_number():
    letter = replace(
        PAPER, kind="", abstract="cử người tham gia khóa đào tạo", addressees=("Trạm Y tế các xã",), body=()
    )
    left = cell_lines(docx_opened(letter).tables[0].rows[0].cells[0])
    assert left[-1] == "V/v cử người tham gia khóa đào tạo"
    assert "V/v cử người tham gia khóa đào tạo" in pdf_text(letter)
    assert "Kính gửi: Trạm Y tế các xã" in pdf_text(letter)


def test_one_simulated_table_marks_the_whole_paper():
    marked = replace(PAPER, body=(table(simulated=True),))
    headers = docx_opened(marked).sections[0]
    assert (headers.first_page_header.paragraphs[0].text, headers.header.paragraphs[-1].text) == (MARK, MARK)
    assert pdf_text(marked).count(MARK) == 2
    assert pdf_text(PAPER).count(MARK) == 0
    assert docx_opened(PAPER).sections[0].first_page_header.paragraphs[0].text == ""


def test_english_frame():
    text = pdf_text(replace(PAPER, letterhead=replace(PAPER.letterhead, signed_on=date(2026, 3, 2))), "en")
    assert "SOCIALIST REPUBLIC OF VIET NAM Independence - Freedom - Happiness No.: /KH-SYT Nghệ An, 2 Mar 2026" in text


def test_bare_paper_prints_only_the_table():
    text = pdf_text(paper_of(table(notes=(), sources=(), rows=(), footer=()), drafted_on=date(2026, 1, 1)))
    assert text.startswith("Bảng 1. Kết quả tích lũy Số liệu tính đến ngày 01/07/2026 Đơn vị")


def test_docx_rule_keeps_the_order_of_the_schema():
    left = docx_opened(PAPER).tables[0].rows[0].cells[0]
    (rule,) = [p for p in left.paragraphs if p._p.pPr is not None and p._p.pPr.find(qn("w:pBdr")) is not None]
    assert [child.tag for child in rule._p.pPr] == [qn(f"w:{name}") for name in ("pBdr", "spacing", "ind", "jc")]


def test_table_columns_hold_their_longest_word():
    wide = table(columns=COLUMNS * 2, rows=(FIRST * 2, SECOND * 2), footer=())
    (made,) = paper_data(Paper("", date(2026, 1, 1), (wide,)))["body"]
    words = [
        max(len(word) for text in texts for word in text.split())
        for texts in zip(made["headers"], *made["rows"], strict=True)
    ]
    too_narrow = [
        (width, word) for width, word in zip(made["widths"], words, strict=True) if width < word * made["size"] * 0.5
    ]
    assert (too_narrow, made["size"] < 12) == ([], True)
