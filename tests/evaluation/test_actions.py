"""Studies, waves of alumni, findings."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lientuc.accounts.enums import Role
from lientuc.core.errors import NotAllowed, Refused
from lientuc.curricula.grounds import Ground, GroundKind
from lientuc.evaluation.actions import decide_finding, note_findings, open_study, open_study_wave
from lientuc.evaluation.enums import FindingState, Source, StudyPurpose
from lientuc.evaluation.models import Finding, StudyWave
from lientuc.evaluation.queries import grounds
from lientuc.evaluation.rules import StudyDraft
from lientuc.places.models import Organisation
from lientuc.surveys.enums import WaveMode, WavePurpose
from lientuc.surveys.models import Invitation, Wave
from lientuc.surveys.rules import WaveDraft
from lientuc.trail.models import AuditEntry
from tests.factories.delivery import make_completed, make_finished_run, make_participation, make_run
from tests.factories.evaluation import make_finding, make_study, make_study_wave
from tests.factories.surveys import make_invitation, make_response, shipped_version
from tests.world import World

WAVE = WaveDraft(
    name="Sau 3 tháng",
    mode=WaveMode.CONFIDENTIAL,
    purpose=WavePurpose.MANAGEMENT,
    opens_on=date(2026, 9, 1),
    closes_on=date(2026, 9, 30),
)


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def opened(world: World, runs: list[Any], **fields: Any) -> StudyWave:
    values: dict[str, Any] = dict(
        study=make_study(world.school),
        draft=WAVE,
        version=shipped_version("l3_alumni"),
        run_refs=[str(run.ref) for run in runs],
        source=Source.ALUMNI,
        by=world.user(Role.PROVIDER),
    )
    return open_study_wave(**(values | fields))


def test_open_study(world: World) -> None:
    draft = StudyDraft("Tác động của lớp cấp cứu", StudyPurpose.RESEARCH, date(2026, 9, 1), ethics_number="12/HĐĐĐ")
    study = open_study(draft=draft, organisation=world.school, by=world.user(Role.PROVIDER), key="k")
    again = open_study(draft=draft, organisation=world.school, by=world.user(Role.PROVIDER), key="k")
    assert (again, study.title_fold) == (study, "tac dong cua lop cap cuu")
    assert AuditEntry.objects.get(action="evaluation.open_study").subject == str(study.ref)


def test_research_needs_its_ethics_decision(world: World) -> None:
    draft = StudyDraft(" ", StudyPurpose.RESEARCH, date(2026, 9, 1))
    with pytest.raises(Refused) as caught:
        open_study(draft=draft, organisation=world.school, by=world.user(Role.PROVIDER))
    assert codes(caught) == ["evaluation.title_missing", "evaluation.ethics_missing"]


def test_study_elsewhere_is_not_allowed(world: World) -> None:
    draft = StudyDraft("X", StudyPurpose.MANAGEMENT, date(2026, 9, 1))
    with pytest.raises(NotAllowed):
        open_study(draft=draft, organisation=world.hospital, by=world.user(Role.PROVIDER))


def test_wave_invites_everyone_who_completed_once(world: World) -> None:
    run, second = make_finished_run(world.school, "Lớp A"), make_finished_run(world.school, "Lớp B")
    both = make_completed(world.hospital, "Cả hai", run=run).worker
    make_completed(world.hospital, run=second, worker=both)
    make_completed(world.hospital, "Một lớp", run=run)
    make_participation(world.hospital, "Chưa hoàn thành", run=run)
    made = opened(world, [run, second])
    rows = Invitation._base_manager.select_related("worker")
    assert {str(row.worker): row.stratum["course"] for row in rows} == {"Cả hai": "Lớp B", "Một lớp": "Lớp A"}
    assert made.topic_code == rows[0].stratum["topic"]
    assert made.study.about == sorted([str(run.ref), str(second.ref)])


def test_open_wave_states_its_audience_and_invites_nobody(world: World) -> None:
    run = make_finished_run(world.school)
    for number in range(3):
        make_completed(world.hospital, str(number), run=run)
    made = opened(world, [run], draft=WaveDraft(**{**vars(WAVE), "mode": WaveMode.OPEN}))
    assert (made.wave.audience_size, Invitation._base_manager.count()) == (3, 0)


def test_merged_person_is_invited_as_one(world: World) -> None:
    run = make_finished_run(world.school)
    kept = make_completed(world.hospital, "Giữ", run=run).worker
    double = make_completed(world.hospital, "Trùng", run=run).worker
    double.canonical = kept
    double.save()
    opened(world, [run])
    assert [row.worker_id for row in Invitation._base_manager.all()] == [kept.pk]


def unfinished(school: Organisation, other: Organisation) -> list[Any]:
    return [make_run(school)]


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (lambda school, other: [], "evaluation.no_runs"),
        (unfinished, "evaluation.run_not_finished"),
        (lambda school, other: [make_finished_run(other)], "evaluation.run_not_found"),
        (lambda school, other: [make_finished_run(school)], "evaluation.nobody_completed"),
    ],
)
def test_wave_refused(world: World, runs: Any, expected: str) -> None:
    with pytest.raises(Refused) as caught:
        opened(world, runs(world.school, world.organisation("school_b")))
    assert codes(caught) == [expected]
    assert not Wave._base_manager.exists()


# --- findings -----------------------------------------------------------------------------------------------------


def answered(study_wave: StudyWave, barrier: str, times: int, *, topic: str = "") -> None:
    for _ in range(times):
        invitation = make_invitation(
            study_wave.wave.organisation, wave=study_wave.wave, stratum={"topic": topic} if topic else {}
        )
        answers = {"consent": "yes", "l3_techniques_wanted": "1to5", "l3_barriers": barrier, "l3_barrier_main": barrier}
        make_response(study_wave.wave, answers, pseudonym=invitation.pseudonym)


def noted(world: World, study_wave: StudyWave) -> list[tuple[str, str, int, int, str]]:
    note_findings(study=study_wave.study, by=world.user(Role.PROVIDER))
    rows = Finding._base_manager.order_by("barrier", "topic_code")
    return [(f.barrier, f.topic_code, f.persons, f.of_persons, f.routed_to) for f in rows]


def test_findings_are_routed_and_small_ones_left_out(world: World) -> None:
    one = make_study_wave(world.school, topic_code="emergency.basic")
    answered(one, "equipment", 6)
    answered(one, "skill", 5)
    answered(one, "leadership", 4)
    assert noted(world, one) == [
        ("equipment", "emergency.basic", 6, 15, "budget"),
        ("skill", "emergency.basic", 5, 15, "training"),
    ]


def test_topic_comes_from_the_invitation_where_it_is_known(world: World) -> None:
    one = make_study_wave(world.school)
    answered(one, "skill", 5, topic="a")
    answered(one, "skill", 6, topic="b")
    assert noted(world, one) == [("skill", "a", 5, 5, "training"), ("skill", "b", 6, 6, "training")]


def test_noting_again_updates_counts_and_respects_decisions(world: World) -> None:
    one = make_study_wave(world.school)
    answered(one, "skill", 5)
    answered(one, "equipment", 5)
    noted(world, one)
    decided = Finding._base_manager.get(barrier="equipment")
    decide_finding(finding=decided, to=FindingState.ACCEPTED, reason="", by=world.user(Role.PROVIDER))
    answered(one, "skill", 1)
    answered(one, "equipment", 1)
    assert noted(world, one) == [("equipment", "", 5, 10, "budget"), ("skill", "", 6, 12, "training")]


def test_wave_that_asks_about_no_barrier_notes_nothing(world: World) -> None:
    from tests.factories.surveys import make_wave

    assert noted(world, make_study_wave(world.school, wave=make_wave(world.school))) == []


def test_noting_is_for_those_who_run_the_study(world: World) -> None:
    with pytest.raises(NotAllowed):
        note_findings(study=make_study(world.school), by=world.user(Role.MINISTRY))


@pytest.mark.parametrize(
    ("to", "reason", "expected"),
    [
        (FindingState.REFUSED, " ", ["evaluation.reason_missing"]),
        (FindingState.NOTED, "x", ["evaluation.already_decided"]),
    ],
)
def test_decision_refused(world: World, to: FindingState, reason: str, expected: list[str]) -> None:
    with pytest.raises(Refused) as caught:
        decide_finding(finding=make_finding(world.school), to=to, reason=reason, by=world.user(Role.PROVIDER))
    assert codes(caught) == expected


def test_finding_is_decided_once(world: World) -> None:
    finding, by = make_finding(world.school), world.user(Role.PROVIDER)
    decide_finding(finding=finding, to=FindingState.REFUSED, reason="đã mua máy", by=by)
    with pytest.raises(Refused) as caught:
        decide_finding(finding=finding, to=FindingState.ACCEPTED, reason="", by=by)
    assert codes(caught) == ["evaluation.already_decided"]


def test_grounds_are_training_findings_noted_by_the_day_and_not_refused(world: World) -> None:
    study_wave = make_study_wave(world.school, study=make_study(world.school, "Đánh giá"))

    def finding(barrier: str, **fields: Any) -> Finding:
        return make_finding(world.school, study_wave=study_wave, barrier=barrier, **fields)

    kept = finding("knowledge", topic_code="emergency.basic")
    finding("equipment", routed_to="budget")
    finding("skill", noted_on=date(2026, 7, 2))
    refused = finding("team_untrained")
    decide_finding(finding=refused, to=FindingState.REFUSED, reason="x", by=world.user(Role.PROVIDER))
    assert grounds(date(2026, 7, 1)) == [
        Ground(
            kind=GroundKind.FOLLOW_UP,
            organisation_id=world.school.pk,
            topic_code="emergency.basic",
            persons=12,
            deadline_on=None,
            origin=str(kept.ref),
            detail={"barrier": "knowledge", "of_persons": 40, "study": "Đánh giá", "state": "noted"},
        )
    ]
