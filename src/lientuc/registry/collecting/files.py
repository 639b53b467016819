"""The board as a workbook, and the text that reminds a unit."""

from __future__ import annotations

import io

from lientuc.core import formats
from lientuc.core.clock import today
from lientuc.documents.table import Column, Kind, ReportTable
from lientuc.documents.writers import write_xlsx
from lientuc.web.say import current_language, label, say_now

from .enums import SentState
from .links import link_of
from .models import Campaign
from .queries import Board, BoardLine


def based_on(found: Board) -> str:
    """How many units have sent."""
    said = say_now("Dựa trên {n}/{of} đơn vị đã gửi.", "Based on {n}/{of} units that have sent.")
    return said.format(n=found.sent, of=found.units)


def board_file(campaign: Campaign, found: Board, *, simulated: bool) -> bytes:
    """One row a unit."""
    columns = (
        Column("unit", say_now("Đơn vị", "Unit"), width=40),
        Column("state", say_now("Tình trạng", "State"), width=20),
        Column("rows", say_now("Số dòng", "Rows"), Kind.INT),
        Column("bad", say_now("Dòng có lỗi", "Rows with problems"), Kind.INT),
        Column("parked", say_now("Dòng chưa làm sạch", "Rows to clean"), Kind.INT),
        Column("files", say_now("Số lần gửi", "Times sent"), Kind.INT),
        Column("last_at", say_now("Gửi lần cuối", "Last sent"), Kind.DATE),
    )
    rows = [
        (
            line.unit.name,
            label("registry.SentState", line.state),
            line.rows,
            line.bad,
            line.parked,
            line.files,
            line.last_at,
        )
        for line in found.lines
    ]
    table = ReportTable(campaign.name, columns, rows, notes=(based_on(found),), as_of=today(), simulated=simulated)
    made = io.BytesIO()
    write_xlsx([table], made, current_language())
    return made.getvalue()


def reminder_of(line: BoardLine) -> str:
    """The text to copy into a message: what is missing, by when, where to send it."""
    campaign, language = line.asked.campaign, current_language()
    if line.state is SentState.WITH_ERRORS:
        said = say_now(
            "Kính gửi {unit}: danh sách nhân viên y tế đã gửi còn {n} dòng cần sửa ({campaign}). "
            "Đề nghị sửa và gửi lại trước hết ngày {day}.",
            "To {unit}: the staff list you sent has {n} rows to be mended ({campaign}). Please send it again by {day}.",
        )
    else:
        said = say_now(
            "Kính gửi {unit}: đề nghị gửi danh sách nhân viên y tế ({campaign}) trước hết ngày {day}.",
            "To {unit}: please send the staff list ({campaign}) by {day}.",
        )
    link = link_of(line.asked)
    door = say_now(
        "Gửi tệp và tải mẫu tại đường dẫn riêng của đơn vị, không cần tài khoản: {link}",
        "Send the file and get the template by the unit's own link, no account needed: {link}",
    )
    parts = [
        said.format(
            unit=line.unit.name,
            campaign=campaign.name,
            day=formats.day(campaign.deadline_on, language=language),
            n=line.bad or line.parked or "–",
        ),
        campaign.note,
        door.format(link=link) if link else "",
        campaign.organisation.name,
    ]
    return "\n".join(part for part in parts if part)
