"""From a list as it really comes to the signed review, the brief for leaders and the worker's own page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys import stages_workforce as stages
from tests.journeys.walk import Walk

STAGES = (
    stages.preview_the_list,
    stages.park_two_rows,
    stages.send_the_old_format,
    stages.merge_who_is_there_twice,
    stages.freeze_the_review,
    stages.export_the_brief,
    stages.record_two_courses,
    stages.read_the_explanation,
    stages.print_the_statement,
)


@pytest.mark.browser
def test_workforce_from_a_real_list_to_the_signed_review_and_the_workers_page(
    address: str, environment: dict[str, str], person: Any, tmp_path: Path
) -> None:
    walk = Walk(person, tmp_path, environment)

    for stage in STAGES:
        stage(walk)

    assert walk.faults == {}
