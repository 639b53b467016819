"""The list of curricula as a table for files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lientuc.core.clock import today
from lientuc.documents.table import Column, Kind, ReportTable
from lientuc.places.queries import is_simulated
from lientuc.web.say import label, say_now


def curricula_table(rows: Iterable[Any]) -> ReportTable:
    """Rows of `curricula_for` as a `ReportTable` in the active language."""
    columns = (
        Column("title", say_now("Tên chương trình", "Title"), width=50),
        Column("organisation", say_now("Cơ sở đào tạo", "Provider"), width=36),
        Column("topic", say_now("Chủ đề", "Topic"), width=30),
        Column("number", say_now("Phiên bản mới nhất", "Newest version"), Kind.INT),
        Column("state", say_now("Trạng thái", "State"), width=22),
        Column("review", say_now("Hạn rà soát", "Review due"), Kind.DATE),
    )
    return ReportTable(
        title=say_now("Danh mục chương trình đào tạo", "List of curricula"),
        columns=columns,
        rows=(
            (
                row.title,
                row.organisation.name,
                say_now(row.topic.name_vi, row.topic.name_en),
                row.newest_number,
                label("curricula.VersionState", row.newest_state or ""),
                row.newest_review,
            )
            for row in rows
        ),
        as_of=today(),
        simulated=is_simulated(),
    )
