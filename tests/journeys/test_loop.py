"""The whole loop through the pages, as the right people, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys import stages_after, stages_class, stages_people, stages_plan
from tests.journeys.walk import Walk, prepare
from tests.world import World

STAGES = (
    stages_people.send_staff_list,
    stages_people.review_workforce,
    stages_people.record_hours,
    stages_plan.gather_needs,
    stages_plan.draw_up_plan,
    stages_plan.approve_plan,
    stages_class.appraise_programme,
    stages_class.open_class,
    stages_class.hold_class,
    stages_class.award_hours,
    stages_class.issue_certificates,
    stages_after.inspect_provider,
    stages_after.ask_at_the_workplace,
    stages_after.answer_on_phones,
    stages_after.evaluate,
    stages_after.renew_needs,
    stages_after.look_at_own_page,
    stages_after.check_the_trail,
)


@pytest.mark.browser
def test_loop_from_staff_list_to_next_years_needs(
    address: str, environment: dict[str, str], person: Any, tmp_path: Path
) -> None:
    prepare(World())
    walk = Walk(person, tmp_path, environment)

    for stage in STAGES:
        stage(walk)

    assert walk.faults == {}
