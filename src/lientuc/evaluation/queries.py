"""Reads: the tables of a wave for an audience, findings as grounds for need, runs whose alumni can be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from lientuc.analytics.disclosure import THRESHOLDS, Audience, why_not_show_free_text
from lientuc.core import formats
from lientuc.core.errors import Problem
from lientuc.core.names import fold, tidy
from lientuc.curricula.grounds import Ground, GroundKind
from lientuc.delivery.enums import ParticipationRole, ParticipationState, RunState
from lientuc.delivery.models import CourseRun, Participation
from lientuc.documents.table import ReportTable
from lientuc.places.queries import is_simulated
from lientuc.places.scope import WhyUnscoped
from lientuc.surveys.enums import ItemType, WaveState
from lientuc.surveys.models import Invitation, Wave
from lientuc.surveys.queries import completed, form_of_wave, monitor
from lientuc.surveys.reporting import monitor_table
from lientuc.surveys.rules import Invitee
from lientuc.surveys.showing import text_of
from lientuc.web.say import current_language, label, say_now

from .analysis import analysis_tables
from .enums import FindingState, Route
from .hiding import Shown, strata_may_be_shown
from .models import Finding, ReportText, Study, StudyWave
from .publishing import publication
from .report.document import filter_tables
from .results import barriers_named, texts_of
from .rules import BARRIER_ITEMS, BarrierCount, barrier_counts, denominator_shown
from .study.tables import study_tables
from .tables import Frame, LevelPart, long_table, parts


@dataclass(frozen=True)
class WaveReport:
    """One wave for one audience: response first, then the levels; `problem` says why there is nothing more yet."""

    audience: Audience
    response: ReportTable
    levels: tuple[LevelPart, ...]
    everything: ReportTable | None
    texts: tuple[tuple[str, tuple[str, ...]], ...]
    problem: Problem | None
    study: tuple[ReportTable, ...] = ()
    analysis: tuple[ReportTable, ...] = ()
    by_group: tuple[ReportTable, ...] = ()
    filters: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """Every table, in the order of reading."""
        return (
            self.response,
            *self.study,
            *self.by_group,
            *(table for part in self.levels for table in part.tables),
            *self.analysis,
        )


def wave_report(wave: Wave, audience: Audience, by: str = "") -> WaveReport:
    """Everything a wave says to an audience, agreement also `by` an item that is offered as a filter.

    `wave` should carry its version, instrument and organisation.
    """
    counted = monitor(wave)
    response = monitor_table(wave, counted, with_strata=strata_may_be_shown(counted.strata, audience))
    found = publication(wave, audience)
    if found.problem:
        return WaveReport(audience, response, (), None, (), found.problem)
    items, frame = found.items, frame_of(wave, audience, found.completed)
    return WaveReport(
        audience=audience,
        response=response,
        levels=tuple(parts(items, frame)),
        everything=long_table(items, frame),
        texts=_texts(wave, items, list(found.people), audience),
        problem=None,
        study=tuple(study_tables(found.groups, found.cells or {}, frame)),
        analysis=tuple(analysis_tables(wave, found, frame)),
        by_group=tuple(filter_tables(found, frame, by)),
        filters=tuple(dict.fromkeys(part.item for part in found.filtered)),
    )


def frame_of(wave: Wave, audience: Audience, people: int) -> Frame:
    """What stands under every table of a wave."""
    language = current_language()
    note = say_now(
        "Dựa trên {n} phiếu hoàn thành; tỷ lệ tính trên số người trả lời từng câu (n), làm tròn nửa lên từ số đếm, không "
        "chỉnh cho tròn 100.",
        "Based on {n} completed responses; percentages are of those who answered each item (n), rounded half up from "
        "counts, not adjusted to make 100.",
    ).format(n=formats.number(people, language=language))
    instrument = wave.version.instrument
    source = say_now(
        "Khảo sát “{wave}”, {title} (phiên bản {number}), {first}–{last}, chế độ {mode}",
        "Survey “{wave}”, {title} (version {number}), {first}–{last}, mode {mode}",
    ).format(
        wave=wave.name,
        title=say_now(instrument.title_vi, instrument.title_en),
        number=wave.version.number,
        first=formats.day(wave.opens_on, language=language),
        last=formats.day(wave.closes_on, language=language),
        mode=label("surveys.WaveMode", wave.mode),
    )
    return Frame(audience, (note,), (source,), is_simulated())


def _texts(
    wave: Wave, items: Iterable[Shown], people: list[Any], audience: Audience
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What people wrote, for the evaluator of a closed wave with enough answers."""
    few = why_not_show_free_text(len(people), THRESHOLDS[audience])
    if audience != Audience.EVALUATOR or few or wave.state != WaveState.CLOSED:
        return ()
    questions = [one.result.item for one in items if one.result.item.type == ItemType.TEXT and not one.result.index]
    return tuple((text_of(item), tuple(texts_of(people, item))) for item in questions)


def report_texts(wave: Wave) -> dict[str, str]:
    """What was written for the report of a wave in hand, by section."""
    rows = ReportText.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(wave=wave)
    return dict(rows.values_list("section", "text"))


def waves_named(name: str) -> list[Wave]:
    """Waves of this name, or the one with this id; for commands, which see everything."""
    rows = Wave.objects.unscoped(WhyUnscoped.SETUP).select_related("organisation", "version__instrument")
    try:
        found = list(rows.filter(public_id=UUID(name)))
    except ValueError:
        found = list(rows.filter(name=tidy(name)).order_by("pk"))
    return found or list(rows.filter(name_fold=fold(name)).order_by("pk"))


# --- findings -----------------------------------------------------------------------------------------------------


def barriers_of(study_wave: StudyWave) -> list[BarrierCount]:
    """How many people of which topic report which barrier in a wave; empty where its form does not ask."""
    form = form_of_wave(study_wave.wave)
    if not set(BARRIER_ITEMS) & form.by_name.keys():
        return []
    topics = _topics(study_wave)
    people = (
        (topics.get(one.pseudonym, study_wave.topic_code), *named)
        for one in completed(study_wave.wave)
        if (named := barriers_named(form, one.answers, BARRIER_ITEMS)) is not None
    )
    return barrier_counts(people)


def _topics(study_wave: StudyWave) -> dict[str, str]:
    """Topic codes by pseudonym, where a wave's invitations know them."""
    rows = Invitation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(wave=study_wave.wave)
    return {
        pseudonym: stratum["topic"]
        for pseudonym, stratum in rows.values_list("pseudonym", "stratum")
        if "topic" in stratum
    }


def findings_of(by: Any, study: Study) -> Any:
    """The findings of a study that `by` may see, the most frequent barrier first."""
    rows = Finding.objects.visible_to(by, "evaluation.view_studies").filter(study=study)
    return rows.order_by("-persons", "pk")


def barrier_labels(findings: Iterable[Finding]) -> dict[tuple[int, str], str]:
    """What each barrier is called in the instrument of its wave, by (wave key, code)."""
    waves = {finding.wave_id: finding.wave for finding in findings}
    found: dict[tuple[int, str], str] = {}
    for key, wave in waves.items():
        by_name = form_of_wave(wave).by_name
        choices = [choice for name in BARRIER_ITEMS if name in by_name for choice in by_name[name].choices]
        found |= {(key, choice.value): text_of(choice) for choice in choices}
    return found


def grounds(on: date) -> list[Ground]:
    """Findings that training can remove, noted by a day and not refused, as grounds for need.

    Barriers of other kinds are not among them: they are routed to the level that can remove them.
    """
    rows = Finding.objects.unscoped(WhyUnscoped.RULE).filter(routed_to=Route.TRAINING, noted_on__lte=on)
    rows = rows.exclude(state=FindingState.REFUSED).select_related("study").order_by("id")
    return [_ground(finding) for finding in rows]


def _ground(finding: Finding) -> Ground:
    return Ground(
        kind=GroundKind.FOLLOW_UP,
        organisation_id=finding.organisation_id,
        topic_code=finding.topic_code,
        persons=finding.persons,
        deadline_on=None,
        origin=str(finding.ref),
        detail={
            "barrier": finding.barrier,
            "of_persons": denominator_shown(finding.persons, finding.of_persons),
            "study": finding.study.title,
            "state": finding.state,
        },
    )


# --- runs and their alumni ----------------------------------------------------------------------------------------


def finished_runs(by: Any, permission: str) -> Any:
    """Finished runs of the organisations `by` may evaluate, newest first."""
    rows = CourseRun.objects.visible_to(by, permission).filter(state=RunState.FINISHED)
    return rows.select_related("organisation", "curriculum_version__curriculum__topic").order_by("-ends_on", "-id")


def alumni(runs: Iterable[CourseRun]) -> list[Invitee]:
    """Who completed these runs as learners, each person once (their latest run), with strata for the response rate."""
    rows = Participation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        run__in=[run.pk for run in runs], role=ParticipationRole.LEARNER, state=ParticipationState.COMPLETED
    )
    rows = rows.select_related("worker__keeper", "worker__canonical", "run__curriculum_version__curriculum__topic")
    people: dict[int, Invitee] = {}
    for row in rows.order_by("run__ends_on", "worker__name_sort", "id"):
        person = row.worker.canonical or row.worker
        people[person.pk] = Invitee(person.pk, _stratum(person, row.worker.keeper.province_code, row.run))
    return list(people.values())


def _stratum(person: Any, province: str, run: CourseRun) -> dict[str, str]:
    return {
        "sex": person.sex,
        "title": person.title,
        "province": province,
        "course": run.title,
        "year": str(run.ends_on.year),
    } | ({"topic": topic_of(run)} if topic_of(run) else {})


def topic_of(run: CourseRun) -> str:
    """The topic code a run teaches; empty for a meeting without curriculum."""
    return run.curriculum_version.curriculum.topic.code if run.curriculum_version else ""
