"""PDF of a paper by typst, in the frame of Decree 30/2020."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from ..certificates import qr_svg
from ..paper import Block, Heading, Paper, Paragraph, Picture
from ..phrases import ABOUT, ADDRESSEES, MOTTO, NATION, RECIPIENTS, word
from ..table import Column, Hidden, Kind, ReportTable, printed_row
from ..typesetting import typeset

# Points of text width of the page (A4 less 45 mm), and the mean width of a character as a share of its size.
_ROOM = {False: 467, True: 714}
_MEAN_CHARACTER = 0.55
_SMALLEST, _LARGEST = 7.5, 12.0
_LONGEST_TEXT_IN_ONE_LINE = 40


def write_pdf(paper: Paper, target: IO[bytes], language: str = "vi") -> None:
    """Write the paper to a binary file; the same paper gives the same bytes."""
    target.write(typeset("paper", paper_data(paper, language), on=paper.drafted_on))


def paper_data(paper: Paper, language: str = "vi") -> dict[str, Any]:
    """The paper as JSON values for `templates/paper.typ`, every figure already printed."""
    is_letter = paper.letterhead is not None and not paper.kind and paper.abstract
    return {
        "title": f"{paper.kind} {paper.abstract}".strip(),
        "language": language,
        "landscape": paper.landscape,
        "mark": word("simulated", language) if paper.is_simulated else "",
        "head": _head(paper, language),
        "kind": paper.kind,
        "abstract": ABOUT.in_language(language, abstract=paper.abstract) if is_letter else paper.abstract,
        "addressees_label": ADDRESSEES.in_language(language),
        "addressees": list(paper.addressees),
        "grounds": list(paper.grounds),
        "body": [_block(block, paper, language) for block in paper.body],
        "recipients_label": RECIPIENTS.in_language(language),
        "recipients": list(paper.recipients),
        "proof": paper.proof and {"qr": qr_svg(paper.proof.url), "lines": list(paper.proof.lines)},
        "signature": paper.signature and {"posts": list(paper.signature.posts()), "name": paper.signature.name},
    }


def _head(paper: Paper, language: str) -> dict[str, str] | None:
    if paper.letterhead is None:
        return None
    return {
        "governing_body": paper.letterhead.governing_body,
        "issuer": paper.letterhead.issuer,
        "number": paper.number_line(language),
        "nation": NATION.in_language(language),
        "motto": MOTTO.in_language(language),
        "place_and_date": paper.place_and_date(language),
    }


def _block(block: Block, paper: Paper, language: str) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"is": "heading", "text": text, "level": level}
        case Paragraph(text):
            return {"is": "paragraph", "text": text}
        case Picture(content, width, text):
            return {"is": "picture", "content": list(content), "width": width, "text": text}
        case ReportTable():
            return _table(block, language, _ROOM[paper.landscape])


def _table(table: ReportTable, language: str, room: int) -> dict[str, Any]:
    rows = list(table.rows)
    some_hidden = any(isinstance(value, Hidden) for row in (*rows, table.footer) for value in row)
    headers = [column.header for column in table.columns]
    body = [printed_row(table.columns, row, language) for row in rows]
    footer = printed_row(table.columns, table.footer, language) if table.footer else []
    texts = list(zip(headers, *body, *([footer] if footer else []), strict=True))
    needs = [_longest_word(column) + 2 for column in texts]
    size = max(_SMALLEST, min(_LARGEST, room / (sum(needs) * _MEAN_CHARACTER)))
    wishes = [_wish(column, column_texts) for column, column_texts in zip(table.columns, texts, strict=True)]
    spare = max(0.0, room - sum(needs) * _MEAN_CHARACTER * size) / sum(wishes)
    return {
        "is": "table",
        "title": table.title,
        "above": list(table.lines_above(language)),
        "headers": headers,
        "sides": [str(column.alignment) for column in table.columns],
        "widths": [n * _MEAN_CHARACTER * size + w * spare for n, w in zip(needs, wishes, strict=True)],
        "size": size,
        "rows": body,
        "footer": footer,
        "below": list(table.lines_below(language, some_hidden=some_hidden)),
    }


def _longest_word(texts: Sequence[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=1)


def _wish(column: Column, texts: Sequence[str]) -> float:
    """Room a column would like beyond its longest word, so that names don't stand one word to a line."""
    if column.width is not None:
        return max(1, column.width)
    longest = min(max(map(len, texts), default=1), _LONGEST_TEXT_IN_ONE_LINE)
    return max(1, longest) * (0.7 if column.kind is Kind.TEXT else 0.2)
