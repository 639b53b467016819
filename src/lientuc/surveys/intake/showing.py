"""The account of a judged file in words: what was understood, what is left out and why, what must be mended."""

from __future__ import annotations

from collections.abc import Iterator

from lientuc.web.say import label, say_now, sentence

from .comparing import compared
from .file import Judged, columns_missing
from .records import BadCell

MOST_SHOWN = 200


def account(judged: Judged) -> Iterator[str]:
    """Lines for a person, tab-separated: first what was understood, last what is wrong."""
    batch, columns = judged.batch, judged.batch.columns
    yield f"{say_now('Kiểu tệp', 'Layout')}\t{label('surveys.RecordLayout', columns.layout)}"
    yield f"{say_now('Câu hỏi có cột', 'Items with a column')}\t{len(columns.items)}"
    yield f"{say_now('Câu hỏi không có cột', 'Items without a column')}\t{', '.join(columns_missing(judged)) or '–'}"
    yield f"{say_now('Cột không dùng', 'Columns not used')}\t{', '.join(columns.unused) or '–'}"
    yield f"{say_now('Số bản ghi', 'Records read')}\t{batch.read}"
    yield f"{say_now('Giữ lại', 'Kept')}\t{len(batch.kept)}"
    for reason, lines in batch.left_out.items():
        yield f"{say_now('Loại', 'Left out')}: {label('surveys.Dropped', reason)}\t{len(lines)}\t{_numbers(lines)}"
    for name, count in sorted(batch.unanswered.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"  {say_now('bỏ trống', 'unanswered')} {name}\t{count}"
    yield from _compared(judged)
    if judged.interviews.rows:
        yield f"{say_now('Phỏng vấn', 'Interviews')}\t{len(judged.interviews.rows)}"
    for name in batch.assumed:
        yield f"{say_now('Tệp không có cột, coi là có', 'No column, taken as given')}\t{name}"
    yield from _proposals(judged)
    yield from _impossible(judged)
    yield from _bad(batch.bad)
    yield from _bad(judged.interviews.bad)


def _compared(judged: Judged) -> Iterator[str]:
    for one in compared(judged.batch, judged.form):
        pairs = (f"{code} {k}/{d}" for code, k, d in zip(one["codes"], one["kept"], one["dropped"], strict=True))
        p = "–" if one["p"] is None else f"{one['p']:.3f}"
        yield f"{say_now('Giữ/loại theo', 'Kept/left out by')} {one['item']}\t{', '.join(pairs)}\tp = {p}"


def _proposals(judged: Judged) -> Iterator[str]:
    if judged.batch.proposed:
        yield say_now("Mã đề nghị (cần người xác nhận):", "Proposed codes (to be confirmed by a person):")
    for (item, value), code in sorted(judged.batch.proposed.items()):
        yield f"  {item},{value},{code}"


def _impossible(judged: Judged) -> Iterator[str]:
    found = judged.batch.impossible
    if found:
        title = say_now(
            "Trả lời dù không thuộc diện (vẫn giữ, xin xem lại)",
            "Answered though not concerned (kept, to be looked at)",
        )
        yield f"{title}\t{len(found)}"
    for one in found:
        doubt = "" if one.certain else say_now(" (chưa rõ diện)", " (eligibility unknown)")
        yield f"  {say_now('dòng', 'line')} {one.line}\t{one.item} = {one.value}\t{one.gates}{doubt}"


def _bad(cells: tuple[BadCell, ...]) -> Iterator[str]:
    for cell in cells[:MOST_SHOWN]:
        yield f"{say_now('dòng', 'line')} {cell.line}\t{cell.column}\t“{cell.value}”\t{sentence(cell.problem)}"
    if len(cells) > MOST_SHOWN:
        yield f"… {len(cells) - MOST_SHOWN}"


def _numbers(lines: tuple[int, ...]) -> str:
    shown = ", ".join(map(str, lines[:20]))
    return f"{shown}…" if len(lines) > 20 else shown
