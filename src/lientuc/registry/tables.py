"""Lists of the registry as tables for files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from lientuc.documents.table import Column, Kind, ReportTable, Row
from lientuc.web.say import label, say_now

from .models import HealthWorker
from .queries import licence_state
from .queries.people import licence_of


def workers_table(rows: QuerySet[HealthWorker], *, on: date, simulated: bool) -> ReportTable:
    """People with unit, title and licence; without numbers of identity, which leave the house only by name."""
    columns = (
        Column("full_name", say_now("Họ và tên", "Full name")),
        Column("born", say_now("Năm sinh", "Year of birth"), width=10),
        Column("sex", say_now("Giới tính", "Sex"), width=9),
        Column("title", say_now("Chức danh", "Title")),
        Column("units", say_now("Đơn vị", "Units"), width=40),
        Column("licence", say_now("Số giấy phép", "Licence"), width=20),
        Column("issued_on", say_now("Ngày cấp", "Issued on"), Kind.DATE),
        Column("state", say_now("Tình trạng giấy phép", "State of the licence"), width=18),
    )
    title = say_now("Danh sách nhân viên y tế", "Health workers")
    return ReportTable(title, columns, _rows(rows, on), as_of=on, simulated=simulated)


def _rows(rows: QuerySet[HealthWorker], on: date) -> Iterator[Row]:
    for worker in rows.iterator(chunk_size=2000):
        yield _row(worker, on)


def _row(worker: Any, on: date) -> Row:
    licence = licence_of(worker, on)
    return (
        worker.full_name,
        str(worker.birth_year or ""),
        label("registry.Sex", worker.sex),
        label("registry.Title", worker.title),
        "; ".join(post.organisation.name for post in worker.open_posts) or worker.keeper.name,
        licence.number if licence else "",
        licence.issued_on if licence else None,
        label("registry.LicenceState", licence_state(worker.held_licences, on)),
    )


def roll_table(rows: QuerySet[HealthWorker], *, on: date, simulated: bool) -> ReportTable:
    """People with a place to sign, numbered: the roll of a commune's village health workers, of a class, of a meeting."""
    columns = (
        Column("number", say_now("TT", "No."), Kind.INT, width=4),
        Column("full_name", say_now("Họ và tên", "Full name"), width=26),
        Column("born", say_now("Năm sinh", "Born"), width=8),
        Column("title", say_now("Chức danh", "Title"), width=22),
        Column("units", say_now("Đơn vị", "Units"), width=30),
        Column("signed", say_now("Ký tên", "Signature"), width=18),
    )
    title = say_now("Danh sách nhân viên y tế ký xác nhận", "Signed roll of health workers")
    return ReportTable(title, columns, _signed(rows, on), as_of=on, simulated=simulated)


def _signed(rows: QuerySet[HealthWorker], on: date) -> Iterator[Row]:
    for number, worker in enumerate(rows.iterator(chunk_size=2000), start=1):
        name, born, _, title, units, *_ = _row(worker, on)
        yield number, name, born, title, units, ""
