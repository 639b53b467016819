"""Lists of this room as tables for files, and the sheet people sign at a session."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lientuc.core import formats
from lientuc.core.clock import today
from lientuc.documents.paper import Letterhead, Paper, Paragraph
from lientuc.documents.table import Column, Kind, ReportTable
from lientuc.places.queries import is_simulated
from lientuc.web.say import label, say_now

from .models import Session
from .queries import GridRow, status_of

# Two lines, so that a hand has room.
ROOM_TO_SIGN = "\u00a0\n\u00a0"


def runs_table(rows: Iterable[Any]) -> ReportTable:
    """Rows of `runs_for` in the active language."""
    columns = (
        Column("title", say_now("Tên khóa", "Title"), width=50),
        Column("organisation", say_now("Đơn vị tổ chức", "Organiser"), width=36),
        Column("kind", say_now("Loại hình", "Kind"), width=24),
        Column("starts", say_now("Khai giảng", "First day"), Kind.DATE),
        Column("ends", say_now("Kết thúc", "Last day"), Kind.DATE),
        Column("place", say_now("Địa điểm", "Place"), width=30),
        Column("seated", say_now("Đã ghi danh", "Enrolled"), Kind.INT),
        Column("capacity", say_now("Số chỗ", "Seats"), Kind.INT),
        Column("state", say_now("Trạng thái", "State"), width=18),
    )
    values = (
        (
            row.title,
            row.organisation.name,
            label("delivery.RunKind", row.kind),
            row.starts_on,
            row.ends_on,
            row.place,
            row.seated,
            row.capacity,
            label("delivery.RunState", row.state),
        )
        for row in rows
    )
    title = say_now("Danh sách khóa đào tạo, hội nghị", "List of classes and conferences")
    return ReportTable(title=title, columns=columns, rows=values, as_of=today(), simulated=is_simulated())


def certificates_table(rows: Iterable[Any]) -> ReportTable:
    """Rows of `certificates_for` as the register of certificates."""
    columns = (
        Column("number", say_now("Số giấy", "Number"), width=24),
        Column("holder", say_now("Họ và tên", "Name"), width=30),
        Column("kind", say_now("Loại giấy", "Kind"), width=40),
        Column("run", say_now("Khóa", "Run"), width=50),
        Column("issuer", say_now("Đơn vị cấp", "Issuer"), width=36),
        Column("issued", say_now("Ngày cấp", "Issued on"), Kind.DATE),
        Column("status", say_now("Hiệu lực", "Status"), width=24),
        Column("code", say_now("Mã xác minh", "Verification code"), width=34),
    )
    values = (
        (
            row.number,
            row.content.get("holder_name", ""),
            label("delivery.Proof", row.kind),
            row.participation.run.title,
            row.issuer.name,
            row.issued_on,
            label("delivery.CertificateStatus", status_of(row)),
            row.verification_code,
        )
        for row in rows
    )
    title = say_now("Sổ cấp chứng nhận, chứng chỉ", "Register of certificates")
    return ReportTable(title=title, columns=columns, rows=values, as_of=today(), simulated=is_simulated())


def sign_in_paper(session: Session, people: Iterable[GridRow], *, place: str) -> Paper:
    """The sheet people sign at one session, in the frame of Decree 30/2020; `place` is the province of its date line."""
    run = session.run
    columns = (
        Column("number", say_now("STT", "No."), Kind.INT, width=5),
        Column("name", say_now("Họ và tên", "Name"), width=30),
        Column("born", say_now("Năm sinh", "Born"), width=10),
        Column("workplace", say_now("Đơn vị công tác", "Workplace"), width=34),
        Column("sign", say_now("Ký tên", "Signature"), width=22),
    )
    rows = [
        (
            number,
            row.participation.worker.full_name,
            str(row.participation.worker.birth_year or ""),
            (row.participation.sent_by or row.participation.worker.keeper).name,
            ROOM_TO_SIGN,
        )
        for number, row in enumerate(people, start=1)
    ]
    when = f"{session.starts:%H:%M}–{session.ends:%H:%M}, {formats.day(session.on_date)}"
    about = say_now(
        "Buổi học: {when}. Địa điểm: {room}. Nội dung: {title}.", "Session: {when}. Place: {room}. Content: {title}."
    )
    body = (
        Paragraph(about.format(when=when, room=session.place or run.place, title=session.title or run.title)),
        ReportTable(title="", columns=columns, rows=rows),
    )
    return Paper(
        kind=say_now("DANH SÁCH KÝ TÊN", "ATTENDANCE SHEET"),
        abstract=run.title,
        drafted_on=session.on_date,
        body=body,
        letterhead=Letterhead(run.organisation.name, place=place, signed_on=session.on_date),
        simulated=is_simulated(),
    )
