"""One table with every kind of column, used by the tests of all writers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from lientuc.documents.table import HIDDEN, Column, Interval, Kind, ReportTable, Share

COLUMNS = (
    Column("unit", "Đơn vị"),
    Column("people", "Số người", Kind.INT),
    Column("mean", "Trung bình", Kind.NUMBER, places=2),
    Column("hours", "Đã tích lũy", Kind.HOURS, unit="giờ tín chỉ"),
    Column("enough", "Đạt đủ", Kind.PERCENT),
    Column("ci", "KTC 95%", Kind.INTERVAL),
    Column("budget", "Kinh phí", Kind.MONEY, unit="đồng"),
    Column("on", "Ngày", Kind.DATE),
)
FIRST = (
    "Trạm Y tế xã Ỷ La",
    1234,
    Decimal("2.345"),
    481,
    Share(12, 36),
    Interval(20.25, 49.75),
    1_250_000,
    date(2026, 4, 3),
)
SECOND = ("Bệnh viện", HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, None, datetime(2026, 4, 3, 20, 30, tzinfo=UTC))
TOTAL = ("Tổng", 1240, None, None, Share(12, 42), None, 1_250_000, None)


def table(**changes: Any) -> ReportTable:
    given: dict[str, Any] = {
        "title": "Bảng 1. Kết quả tích lũy",
        "columns": COLUMNS,
        "rows": (FIRST, SECOND),
        "notes": ("Dựa trên 118/130 đơn vị.",),
        "sources": ("Sổ ghi nhận.",),
        "as_of": date(2026, 7, 1),
        "footer": TOTAL,
    }
    return ReportTable(**{**given, **changes})
