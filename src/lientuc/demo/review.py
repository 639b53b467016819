"""The review around the loop: inhabitants for the norms, figures signed off twice, records that may be one person, a what-if."""

from __future__ import annotations

import random
from typing import Any

from lientuc.core.clock import today
from lientuc.credits.actions.whatifs import ask_what_if
from lientuc.credits.rules.whatifs import WhatIfDraft
from lientuc.credits.whatif import reckon
from lientuc.registry.assessing.actions import load_populations
from lientuc.registry.assessing.rules import PopulationDraft
from lientuc.registry.duplicates.work import find
from lientuc.reports.actions import freeze_review
from lientuc.reports.enums import ReviewBy
from lientuc.reports.review.asking import Asked
from lientuc.reports.rules import SignatureDraft

from .people import SEED
from .province import SIMULATED
from .walk import Walk


def find_duplicates(walk: Walk) -> str:
    """Compare everybody with everybody, as the job after an import does; the pairs wait for a person to decide."""
    found = find({"organisations": []}, _quietly)
    return f"{found['pairs']} cặp hồ sơ có thể của cùng một người, chờ đối chiếu"


def state_populations(walk: Walk) -> str:
    """Invented inhabitants of every commune, against which the norms of stations are held."""
    dice = random.Random(SEED + 7)
    drafts = [PopulationDraft(code, dice.randrange(6_000, 32_000, 100)) for code in walk.rows["province"].communes]
    load_populations(drafts=drafts, source=SIMULATED, stated_on=today(), by=walk.users["syt"])
    return f"{len(drafts)} xã, phường có số dân (minh họa)"


def freeze(walk: Walk) -> str:
    """Sign off the figures of the day with the list behind them."""
    frozen = freeze_review(
        organisation=walk.organisations["department"],
        asked=Asked(by=ReviewBy.COMMUNE),
        draft=SignatureDraft(f"Rà soát nhân lực y tế đến ngày {today():%d/%m/%Y}", "Lê Thị Sở (minh họa)", "Giám đốc"),
        by=walk.users["syt"],
    )
    return f"{frozen.persons} người, mã kiểm tra {frozen.digest[:12]}"


def ask_whether(walk: Walk) -> str:
    """What if practitioners had to gather 150 hours: who would fall short; the real standings stay."""
    draft = WhatIfDraft(
        "Nếu yêu cầu 150 giờ tín chỉ trong 5 năm", {"credits.p.required_hours": "150"}, "Số liệu mô phỏng."
    )
    asked = ask_what_if(draft=draft, organisation=walk.organisations["ministry"], by=walk.users["boyte"])
    found = reckon({"what_if": str(asked.public_id)}, _quietly)
    return f"{found['persons']} người tính lại theo quy tắc giả định"


def _quietly(share: int) -> Any:
    return None
