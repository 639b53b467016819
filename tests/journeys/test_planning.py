"""From last year's sixty lines to an approved plan with its papers, and the commune naming who goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys import stages_decision, stages_planning
from tests.journeys.walk import Walk

STAGES = (
    stages_planning.furnish,
    stages_planning.paste_sixty_lines,
    stages_planning.mend_the_cells,
    stages_planning.start_the_optimiser,
    stages_planning.lock_a_class,
    stages_planning.compare_two,
    stages_planning.look_on_a_phone,
    stages_planning.adopt_one,
    stages_decision.choose_missing_sources,
    stages_decision.submit,
    stages_decision.give_opinions,
    stages_decision.return_and_answer,
    stages_decision.approve,
    stages_decision.open_the_papers,
    stages_decision.name_a_person,
    stages_decision.decide_on_a_hospitals_plan,
)


@pytest.mark.browser
def test_plan_from_last_years_lines_to_the_papers_and_the_person_who_goes(
    address: str, environment: dict[str, str], person: Any, tmp_path: Path
) -> None:
    walk = Walk(person, tmp_path, environment)

    for stage in STAGES:
        stage(walk)

    assert walk.faults == {}
