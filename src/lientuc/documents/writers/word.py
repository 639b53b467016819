"""DOCX of a paper, in the frame of Decree 30/2020, to be edited by the office that signs it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime, time
from typing import IO, Any

import docx
import segno
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

from ..paper import Block, Heading, Paper, Paragraph, Picture, Proof
from ..phrases import ABOUT, ADDRESSEES, MOTTO, NATION, RECIPIENTS, word
from ..table import Align, Hidden, ReportTable, Row, printed_row

_FONT = "Times New Roman"
_SIDES = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}
_CENTER = WD_ALIGN_PARAGRAPH.CENTER
_NARROWEST = 9
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_docx(paper: Paper, target: IO[bytes], language: str = "vi") -> None:
    """Write the paper to a binary file; the same paper gives the same bytes."""
    document = docx.Document()
    _set_up(document, paper, language)
    if paper.letterhead is not None:
        _head(document, paper, language)
    _title(document, paper)
    for addressee in paper.addressees:
        _line(document, f"{ADDRESSEES.in_language(language)} {addressee}", side=_CENTER)
    for ground in paper.grounds:
        _body_line(document, ground, italic=True)
    for block in paper.body:
        _block(document, block, language)
    if paper.proof is not None:
        _proof(document, paper, paper.proof)
    _foot(document, paper, language)
    made = io.BytesIO()
    document.save(made)
    target.write(_with_fixed_times(made.getvalue()))


def _set_up(document: Any, paper: Paper, language: str) -> None:
    section = document.sections[0]
    sides = (Mm(297), Mm(210)) if paper.landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if paper.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = sides
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(13.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    normal.paragraph_format.space_after = Pt(0)
    _page_numbers(section, word("simulated", language) if paper.is_simulated else "")
    made = datetime.combine(paper.drafted_on, time())
    properties = document.core_properties
    properties.title, properties.author, properties.language = f"{paper.kind} {paper.abstract}".strip(), "", language
    properties.created = properties.modified = made


def _page_numbers(section: Any, mark: str) -> None:
    section.different_first_page_header_footer = True
    numbered = section.header.paragraphs[0]
    numbered.alignment = _CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = numbered.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
    if mark:
        for paragraph in (section.first_page_header.paragraphs[0], section.header.add_paragraph()):
            paragraph.alignment = _CENTER
            _mark(paragraph, mark)


def _mark(paragraph: Any, mark: str) -> None:
    run = paragraph.add_run(mark)
    run.bold = True
    run.font.color.rgb = RGBColor(0xC0, 0, 0)


def _line(
    place: Any,
    text: str,
    *,
    side: Any = WD_ALIGN_PARAGRAPH.LEFT,
    size: float = 13.5,
    bold: bool = False,
    italic: bool = False,
) -> Any:
    paragraph = place.add_paragraph()
    paragraph.alignment = side
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _body_line(document: Any, text: str, *, italic: bool = False) -> None:
    paragraph = _line(document, text, side=WD_ALIGN_PARAGRAPH.JUSTIFY, italic=italic)
    paragraph.paragraph_format.first_line_indent = Cm(1)
    paragraph.paragraph_format.space_before = Pt(6)


def _rule(place: Any, share: float, width: Any) -> None:
    """A thin line as the upper border of an empty, indented paragraph."""
    paragraph = place.add_paragraph()
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    # Borders first: the schema wants them before spacing, indents and alignment.
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.alignment = _CENTER
    room = int(width * (1 - share) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = room
    paragraph.paragraph_format.line_spacing = Pt(6)


def _two_columns(document: Any, paper: Paper, shares: tuple[float, float]) -> tuple[Any, Any]:
    width = Mm(297 - 45) if paper.landscape else Mm(210 - 45)
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for column, cell, share in zip(table.columns, table.rows[0].cells, shares, strict=True):
        # Word reads the width of the cell, LibreOffice that of the grid's column.
        column.width = cell.width = int(width * share)
    # A name never stands on another page than the post above it.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = table.rows[0].cells
    return left, right


def _head(document: Any, paper: Paper, language: str) -> None:
    head = paper.letterhead
    if head is None:
        return
    left, right = _two_columns(document, paper, (0.4, 0.6))
    if head.governing_body:
        _line(left, head.governing_body.upper(), side=_CENTER, size=12)
    _line(left, head.issuer.upper(), side=_CENTER, size=12, bold=True)
    _rule(left, 0.34, left.width)
    _line(left, paper.number_line(language), side=_CENTER, size=13)
    if not paper.kind and paper.abstract:
        _line(left, ABOUT.in_language(language, abstract=paper.abstract), side=_CENTER, size=12)
    _line(right, NATION.in_language(language), side=_CENTER, size=12, bold=True)
    _line(right, MOTTO.in_language(language), side=_CENTER, size=13, bold=True)
    _rule(right, 0.62, right.width)
    _line(right, paper.place_and_date(language), side=_CENTER, size=13, italic=True)
    for cell in (left, right):
        _drop_first_paragraph(cell)
    document.add_paragraph()


def _drop_first_paragraph(cell: Any) -> None:
    first = cell.paragraphs[0]._p
    first.getparent().remove(first)


def _title(document: Any, paper: Paper) -> None:
    if not paper.kind:
        return
    _line(document, paper.kind, side=_CENTER, size=14, bold=True)
    if paper.abstract:
        _line(document, paper.abstract, side=_CENTER, size=14, bold=True)
    _rule(document, 0.22, Mm(252 if paper.landscape else 165))


def _block(document: Any, block: Block, language: str) -> None:
    match block:
        case Heading(text, level):
            paragraph = _line(document, text, bold=True, italic=level > 1)
            paragraph.paragraph_format.space_before = Pt(8)
            paragraph.paragraph_format.first_line_indent = Cm(1)
            paragraph.paragraph_format.keep_with_next = True
        case Paragraph(text):
            _body_line(document, text)
        case Picture():
            _picture(document, block)
        case ReportTable():
            _table(document, block, language)


def _picture(document: Any, picture: Picture) -> None:
    paragraph = _line(document, "", side=_CENTER)
    paragraph.paragraph_format.space_before = Pt(6)
    shown = paragraph.add_run().add_picture(io.BytesIO(picture.content), width=Mm(picture.width))
    shown._inline.docPr.set("descr", picture.text)


def _table(document: Any, table: ReportTable, language: str) -> None:
    title = _line(document, table.title, side=_CENTER, bold=True)
    title.paragraph_format.space_before = Pt(8)
    title.paragraph_format.keep_with_next = True
    for above in table.lines_above(language):
        line = _line(document, above, side=_CENTER, size=12, italic=True)
        line.paragraph_format.keep_with_next = True
    rows = list(table.rows)
    _grid(document, table, rows, language)
    some_hidden = any(isinstance(value, Hidden) for row in (*rows, table.footer) for value in row)
    for below in table.lines_below(language, some_hidden=some_hidden):
        _line(document, below, size=11.5, italic=True)


def _grid(document: Any, table: ReportTable, rows: list[Row], language: str) -> None:
    size = 12 if len(table.columns) <= 6 else 10.5
    grid = document.add_table(rows=1, cols=len(table.columns))
    grid.style, grid.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    _fill(grid.rows[0], [column.header for column in table.columns], [_CENTER] * len(table.columns), size, bold=True)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(repeat)
    sides = [_SIDES[column.alignment] for column in table.columns]
    for row in rows:
        _fill(grid.add_row(), printed_row(table.columns, row, language), sides, size)
    if table.footer:
        _fill(grid.add_row(), printed_row(table.columns, table.footer, language), sides, size, bold=True)
    widths = [column.width for column in table.columns]
    if all(widths):
        _set_widths(document, grid, [max(_NARROWEST, width or 0) for width in widths])


def _set_widths(document: Any, grid: Any, shares: list[int]) -> None:
    """Columns as wide as their share of the text's width, where the table says how wide they are."""
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    grid.autofit = False
    for column, share in zip(grid.columns, shares, strict=True):
        width = int(room * share / sum(shares))
        column.width = width
        for cell in column.cells:
            cell.width = width


def _fill(row: Any, texts: Iterable[str], sides: Iterable[Any], size: float, *, bold: bool = False) -> None:
    for cell, text, side in zip(row.cells, texts, sides, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.alignment = side
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(size)


def _proof(document: Any, paper: Paper, proof: Proof) -> None:
    """The QR code beside its lines."""
    document.add_paragraph()
    left, right = _two_columns(document, paper, (0.18, 0.82))
    picture = io.BytesIO()
    segno.make(proof.url, error="m", micro=False).save(picture, kind="png", scale=6, border=1)
    left.paragraphs[0].add_run().add_picture(io.BytesIO(picture.getvalue()), width=Mm(22))
    for line in proof.lines:
        _line(right, line, size=10.5)
    _drop_first_paragraph(right)


def _foot(document: Any, paper: Paper, language: str) -> None:
    if paper.signature is None and not paper.recipients:
        return
    document.add_paragraph()
    left, right = _two_columns(document, paper, (0.5, 0.5))
    if paper.recipients:
        _line(left, RECIPIENTS.in_language(language), size=12, bold=True, italic=True)
        for recipient in paper.recipients:
            _line(left, recipient, size=11)
        _drop_first_paragraph(left)
    if paper.signature is not None:
        for post in paper.signature.posts():
            _line(right, post, side=_CENTER, bold=True)
        for _ in range(4):
            _line(right, "", side=_CENTER)
        _line(right, paper.signature.name, side=_CENTER, bold=True)
        _drop_first_paragraph(right)


def _with_fixed_times(content: bytes) -> bytes:
    """The same package with the same member times, so that equal papers are equal files."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as copy:
        for member in source.infolist():
            info = zipfile.ZipInfo(member.filename, _ZIP_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(info, source.read(member))
    return fixed.getvalue()
