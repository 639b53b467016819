"""Tables of a scenario for download."""

from __future__ import annotations

from collections.abc import Sequence

from lientuc.core.clock import HANOI, today
from lientuc.documents.table import Column, Kind, ReportTable
from lientuc.places.queries import is_simulated
from lientuc.web.say import label, say_now, sentence

from .models import PlanProposal
from .unmet import LeftOut


def unmet_table(row: PlanProposal, rows: Sequence[LeftOut]) -> ReportTable:
    """Persons left out by a proposal, with the reason and the remedy of each."""
    asked = row.asked_at.astimezone(HANOI).date()
    return ReportTable(
        title=say_now("Nhu cầu chưa đáp ứng, lý do và cách tháo gỡ", "Needs left out, why, and what would help"),
        columns=(
            Column("unit", say_now("Đơn vị", "Unit")),
            Column("topic", say_now("Chủ đề", "Topic")),
            Column("persons", say_now("Số người", "Persons"), Kind.INT),
            Column("kind", say_now("Loại lý do", "Kind of reason")),
            Column("reason", say_now("Lý do", "Reason")),
            Column("remedy", say_now("Cách tháo gỡ", "What would help")),
        ),
        rows=[
            [
                each.organisation,
                each.topic,
                each.persons,
                label("planning.Reason", each.code),
                sentence(each.reason),
                sentence(each.remedy),
            ]
            for each in rows
        ],
        notes=(row.plan.title, say_now(f"phương án tính ngày {asked:%d/%m/%Y}", f"scenario of {asked:%d/%m/%Y}")),
        as_of=today(),
        simulated=is_simulated(),
    )
