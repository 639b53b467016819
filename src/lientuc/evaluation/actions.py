"""Writes: studies, their waves, and findings that go to the level that can remove a barrier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lientuc.accounts.permissions import require, require_row
from lientuc.analytics.disclosure import Audience
from lientuc.core.clock import now, today
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.ids import Ref
from lientuc.core.names import tidy
from lientuc.delivery.enums import RunState
from lientuc.delivery.models import CourseRun
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.surveys.actions import open_wave
from lientuc.surveys.enums import WaveMode
from lientuc.surveys.models import InstrumentVersion
from lientuc.surveys.rules import WaveDraft
from lientuc.trail.record import action

from .enums import FindingState, Source
from .models import Finding, ReportText, Study, StudyWave
from .publishing import publication
from .queries import alumni, barriers_of, topic_of
from .report.sentences import problems_of_text
from .rules import StudyDraft, may_be_noted, problems_of_runs, problems_of_study, route_of, why_not_decide

RUN = "evaluation.run_study"


@action("evaluation.open_study")
def open_study(*, draft: StudyDraft, organisation: Organisation, by: Any, key: str = "") -> Study:
    """Begin an evaluation by `organisation`."""
    require(by, RUN, organisation)
    refuse_if(problems_of_study(draft))
    return Study.objects.create(
        organisation=organisation,
        title=tidy(draft.title),
        purpose=draft.purpose,
        question=draft.question.strip(),
        ethics_number=tidy(draft.ethics_number),
        begun_on=draft.begun_on,
    )


@action("evaluation.open_study_wave")
def open_study_wave(
    *,
    study: Study,
    draft: WaveDraft,
    version: InstrumentVersion,
    run_refs: Sequence[str],
    source: Source,
    by: Any,
    key: str = "",
) -> StudyWave:
    """Open a wave about finished runs: confidential alumni waves invite everybody who completed one of them.

    An open wave invites nobody by name; for alumni the number who completed is its stated audience.
    """
    require_row(by, RUN, study)
    runs = _runs(run_refs, by)
    people = alumni(runs) if source == Source.ALUMNI else []
    if source == Source.ALUMNI and not people:
        raise Refused(Problem("evaluation.nobody_completed", "runs"))
    by_name = draft.mode != WaveMode.OPEN
    size = draft.audience_size if by_name or draft.audience_size else len(people) or None
    wave = open_wave(
        draft=WaveDraft(**{**vars(draft), "about": tuple(str(run.ref) for run in runs), "audience_size": size}),
        organisation=study.organisation,
        version=version,
        invitees=people if by_name else [],
        by=by,
    )
    study.about = sorted({*study.about, *wave.about})
    study.save(update_fields=["about"])
    topics = {topic_of(run) for run in runs}
    topic = topics.pop() if len(topics) == 1 else ""
    return StudyWave.objects.create(study=study, wave=wave, source=source, topic_code=topic)


def _runs(run_refs: Sequence[str], by: Any) -> list[CourseRun]:
    keys = [Ref.parse(text).public_id for text in run_refs]
    rows = CourseRun.objects.visible_to(by, RUN).filter(public_id__in=keys)
    found = list(rows.select_related("curriculum_version__curriculum__topic").order_by("ends_on", "id"))
    finished = sum(run.state == RunState.FINISHED for run in found)
    refuse_if(problems_of_runs(run_refs, found=len(found), finished=finished))
    return found


@action("evaluation.note_findings")
def note_findings(*, study: Study, by: Any, key: str = "") -> Study:
    """Turn the barriers reported in a study's waves into findings, each routed to the level that can remove it.

    Called again it brings counts up to date; what a person has decided stays as it was decided. Barriers named by too
    few people to hide anybody are left out.
    """
    require_row(by, RUN, study)
    rows = StudyWave.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(study=study)
    for study_wave in rows.select_related("wave__version__instrument", "wave__organisation"):
        _note(study_wave)
    return study


def _note(study_wave: StudyWave) -> None:
    findings = Finding.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    decided = findings.filter(wave=study_wave.wave).exclude(state=FindingState.NOTED)
    kept = set(decided.values_list("barrier", "topic_code"))
    rows = [
        Finding(
            organisation=study_wave.wave.organisation,
            study_id=study_wave.study_id,
            wave=study_wave.wave,
            barrier=count.barrier,
            topic_code=count.topic_code,
            persons=count.persons,
            main_persons=count.main_persons,
            of_persons=count.of_persons,
            routed_to=route_of(count.barrier),
            noted_on=today(),
        )
        for count in barriers_of(study_wave)
        if may_be_noted(count) and (count.barrier, count.topic_code) not in kept
    ]
    findings.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["wave", "barrier", "topic_code"],
        update_fields=["persons", "main_persons", "of_persons"],
    )


@action("evaluation.decide_finding")
def decide_finding(*, finding: Finding, to: FindingState, reason: str, by: Any, key: str = "") -> Finding:
    """Accept a finding, or refuse it with a reason."""
    require_row(by, RUN, finding)
    problem = why_not_decide(FindingState(finding.state), to, reason)
    refuse_if([problem] if problem else [])
    finding.state, finding.reason = to, reason.strip()
    finding.decided_at, finding.decided_by = now(), str(by.public_id)
    finding.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    return finding


@action("evaluation.write_report")
def write_report(*, study_wave: StudyWave, texts: Mapping[str, str], by: Any, key: str = "") -> StudyWave:
    """Keep what a person wrote for the report of a wave; refused where a number is typed or a row does not exist."""
    require_row(by, RUN, study_wave)
    cells = publication(study_wave.wave, Audience.EVALUATOR).cells or {}
    refuse_if(
        Problem(problem.code, section, problem.values)
        for section, text in texts.items()
        for problem in problems_of_text(text, cells)
    )
    rows = ReportText.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    for section, text in texts.items():
        values = {"text": text.strip(), "written_at": now(), "written_by": str(by.public_id)}
        rows.update_or_create(wave=study_wave.wave, section=section, defaults=values)
    return study_wave
