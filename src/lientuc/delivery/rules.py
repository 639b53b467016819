"""Pure questions about runs: what a draft lacks, who may join, who completed, how a certificate is numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from lientuc.core.errors import Problem
from lientuc.core.hours import QUARTERS_IN_AN_HOUR
from lientuc.documents.paper import Authority
from lientuc.law import Value
from lientuc.law.authority import AuthorityDecision, Proof
from lientuc.law.credits import Form, Regime, Role

from .enums import AttendanceState, ParticipationRole, ParticipationState, RunKind, RunState
from .phrases import PAPERS

if TYPE_CHECKING:
    from lientuc.curricula.models import CurriculumVersion
    from lientuc.places.models import Organisation
    from lientuc.registry.models import HealthWorker

TRANSITIONS: Mapping[RunState, frozenset[RunState]] = {
    RunState.PLANNED: frozenset({RunState.OPEN, RunState.CANCELLED}),
    RunState.OPEN: frozenset({RunState.RUNNING, RunState.CANCELLED}),
    RunState.RUNNING: frozenset({RunState.FINISHED, RunState.CANCELLED}),
    RunState.FINISHED: frozenset(),
    RunState.CANCELLED: frozenset(),
}
ENROLMENT_TRANSITIONS: Mapping[ParticipationState, frozenset[ParticipationState]] = {
    ParticipationState.WAITLISTED: frozenset({ParticipationState.ENROLLED, ParticipationState.WITHDRAWN}),
    ParticipationState.ENROLLED: frozenset(
        {ParticipationState.WITHDRAWN, ParticipationState.COMPLETED, ParticipationState.FAILED}
    ),
    ParticipationState.WITHDRAWN: frozenset(),
    ParticipationState.COMPLETED: frozenset(),
    ParticipationState.FAILED: frozenset(),
}
# Who moves a run on from each state, by permission.
OWNERS: Mapping[RunState, str] = {
    RunState.PLANNED: "delivery.open_run",
    RunState.OPEN: "delivery.record_attendance",
    RunState.RUNNING: "delivery.finish_run",
    RunState.FINISHED: "delivery.issue_certificates",
    RunState.CANCELLED: "delivery.open_run",
}
ROLES: Mapping[RunKind, frozenset[ParticipationRole]] = {
    RunKind.CLASS: frozenset({ParticipationRole.LEARNER, ParticipationRole.LECTURER}),
    RunKind.CONFERENCE: frozenset({ParticipationRole.CHAIR, ParticipationRole.SPEAKER, ParticipationRole.DELEGATE}),
    RunKind.SCIENTIFIC_MEETING: frozenset(
        {ParticipationRole.CHAIR, ParticipationRole.SPEAKER, ParticipationRole.DELEGATE}
    ),
    RunKind.CASE_CONFERENCE: frozenset({ParticipationRole.DELEGATE}),
}
SEATED = frozenset({ParticipationRole.LEARNER, ParticipationRole.DELEGATE})
ATTENDED = frozenset({AttendanceState.PRESENT, AttendanceState.LATE})
LIVE = (RunState.PLANNED, RunState.OPEN, RunState.RUNNING)


@dataclass(frozen=True)
class RunDraft:
    """A run to plan or open; `decided_hours` is what the provider's head decided for a meeting, `plan_line` the text of a `Ref`."""

    organisation: Organisation
    kind: RunKind
    title: str
    starts_on: date
    ends_on: date
    place: str
    capacity: int
    proofs: tuple[Proof, ...]
    curriculum_version: CurriculumVersion | None = None
    fee_vnd: int = 0
    fee_published_on: date | None = None
    plan_published_on: date | None = None
    decided_hours: Decimal | None = None
    plan_line: str = ""


@dataclass(frozen=True)
class SessionDraft:
    """One session; `lessons` are tiết, `lecturer` the id of one of the run's lecturers."""

    on_date: date
    starts: time
    ends: time
    lessons: Decimal
    title: str = ""
    place: str = ""
    lecturer: int | None = None


@dataclass(frozen=True)
class LecturerDraft:
    """A lecturer; for a person of the register the licence is read there, for others it is stated."""

    name: str
    months_experience: int
    workplace: str = ""
    worker: HealthWorker | None = None
    clinical: bool = False
    licence_ok: bool = False


@dataclass(frozen=True)
class IssueDraft:
    """Who signs, where and on which day; `principal` is whom the signer signs for (KT., TM., TL., TUQ.)."""

    issued_on: date
    place: str
    signer_post: str
    signer_name: str = ""
    authority: Authority = Authority.HEAD
    principal: str = ""


@dataclass(frozen=True)
class Slot:
    """A stretch of a day on which somebody is taken."""

    on_date: date
    starts: time
    ends: time

    def overlaps(self, other: Slot) -> bool:
        """Whether the two share some time; touching ends do not."""
        return self.on_date == other.on_date and self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True)
class Occupied:
    """A run as it takes people's time: its days, and its sessions where they are planned."""

    title: str
    starts_on: date
    ends_on: date
    slots: tuple[Slot, ...] = ()

    def clashes(self, other: Occupied) -> bool:
        """By sessions where both have them, else by days."""
        if self.slots and other.slots:
            return any(mine.overlaps(theirs) for mine in self.slots for theirs in other.slots)
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on


@dataclass(frozen=True)
class EnrolFacts:
    """What enrolling asks about: the run, the role, and the person's other engagements."""

    run_kind: RunKind
    run_state: RunState
    run_ends_on: date
    role: ParticipationRole
    on: date
    already: bool
    left: bool
    clash_title: str = ""


@dataclass(frozen=True)
class Presence:
    """Sessions of a run, and how many of them one person attended."""

    held: int
    attended: int

    def reaches(self, percent: int) -> bool:
        """At least one session, and at least `percent` of all of them."""
        return self.attended > 0 and self.attended * 100 >= percent * self.held


@dataclass(frozen=True)
class Activity:
    """What a participation is to the law: form, role and units of the conversion table."""

    form: Form
    role: Role
    units: Decimal


def draft_problems(draft: RunDraft) -> Iterator[Problem]:
    """What stands in the way of planning a run."""
    if not draft.title.strip():
        yield Problem("delivery.title_missing", "title")
    if not draft.place.strip():
        yield Problem("delivery.place_missing", "place")
    if draft.ends_on < draft.starts_on:
        yield Problem("delivery.ends_before_start", "ends_on")
    if draft.capacity < 1:
        yield Problem("delivery.capacity_too_small", "capacity")
    if draft.fee_vnd < 0:
        yield Problem("delivery.fee_negative", "fee_vnd")
    if not draft.proofs:
        yield Problem("delivery.proof_missing", "proofs")
    if draft.kind is RunKind.CLASS and draft.curriculum_version is None:
        yield Problem("delivery.curriculum_missing", "curriculum_version")
    if draft.decided_hours is not None and not _whole_quarters(draft.decided_hours):
        yield Problem("delivery.hours_not_quarters", "decided_hours")
    if Proof.FORM_CONFIRMATION in draft.proofs and draft.kind is not RunKind.CLASS and draft.decided_hours is None:
        yield Problem("delivery.decided_hours_missing", "decided_hours")


def why_not_open(
    draft: RunDraft, *, authority: Sequence[AuthorityDecision], approval_reason: str, own_curriculum: bool
) -> Iterator[Problem]:
    """Why a run cannot be opened: authority, an approved programme, a fee published before the first day."""
    yield from authority_problems(authority)
    if draft.curriculum_version is not None and not own_curriculum:
        yield Problem("delivery.curriculum_of_other", "curriculum_version")
    if draft.curriculum_version is not None and approval_reason != "approved":
        yield Problem(f"delivery.curriculum_{approval_reason}", "curriculum_version")
    if draft.fee_vnd and (draft.fee_published_on is None or draft.fee_published_on >= draft.starts_on):
        yield Problem("delivery.fee_not_published", "fee_published_on")


def authority_problems(decisions: Iterable[AuthorityDecision]) -> Iterator[Problem]:
    """One problem for each proof the provider may not issue, with the article."""
    for decision in decisions:
        if not decision.allowed:
            values = {"paper": PAPERS[decision.proof], "article": decision.citation}
            yield Problem(f"delivery.authority_{decision.reason}", "proofs", values)


def why_not_move(state: str, to: RunState) -> Iterator[Problem]:
    """Why a run in `state` cannot become `to`."""
    if to not in TRANSITIONS[RunState(state)]:
        yield Problem("delivery.wrong_state")


def session_problems(draft: SessionDraft, run: Occupied, *, kind: RunKind, lecturers: set[int]) -> Iterator[Problem]:
    """What stands in the way of a session; `run` carries the other sessions."""
    if not run.starts_on <= draft.on_date <= run.ends_on:
        yield Problem("delivery.session_outside_run", "on_date")
    if draft.ends <= draft.starts:
        yield Problem("delivery.session_ends_first", "ends")
    if not _whole_quarters(draft.lessons):
        yield Problem("delivery.hours_not_quarters", "lessons")
    if draft.lecturer is not None and draft.lecturer not in lecturers:
        yield Problem("delivery.lecturer_of_other_run", "lecturer")
    mine = Slot(draft.on_date, draft.starts, draft.ends)
    same_start = any((slot.on_date, slot.starts) == (mine.on_date, mine.starts) for slot in run.slots)
    if same_start or (kind is RunKind.CLASS and any(slot.overlaps(mine) for slot in run.slots)):
        yield Problem("delivery.session_overlaps", "starts")


def lecturer_problems(draft: LecturerDraft, *, least_months: Value | None, licence_ok: bool) -> Iterator[Problem]:
    """Why somebody may not teach (Circular 22/2013 Art. 9 as amended); `least_months` None where no text was in force."""
    if not draft.name.strip():
        yield Problem("delivery.lecturer_name_missing", "name")
    if least_months is None:
        return
    values = {"months": least_months.whole(), "article": least_months.citation}
    if draft.months_experience < least_months.whole():
        yield Problem("delivery.lecturer_experience", "months_experience", values)
    if draft.clinical and not licence_ok:
        yield Problem("delivery.lecturer_licence", "licence_ok", values)


def why_not_enrol(facts: EnrolFacts) -> Iterator[Problem]:
    """Why a person cannot join a run."""
    if facts.run_state not in {RunState.OPEN, RunState.RUNNING}:
        yield Problem("delivery.run_not_open")
    elif facts.on > facts.run_ends_on:
        yield Problem("delivery.run_over")
    if facts.role not in ROLES[facts.run_kind]:
        yield Problem("delivery.role_not_here", "role")
    if facts.already:
        yield Problem("delivery.enrolled_before", "worker")
    if facts.left:
        yield Problem("delivery.worker_left", "worker")
    if facts.clash_title:
        yield Problem("delivery.clash", "worker", {"title": facts.clash_title})


def why_not_withdraw(state: str) -> Iterator[Problem]:
    """Why a participation cannot be withdrawn."""
    if ParticipationState.WITHDRAWN not in ENROLMENT_TRANSITIONS[ParticipationState(state)]:
        yield Problem("delivery.not_enrolled")


def why_not_mark(run_state: str, *, session_on: date, on: date, strangers: int) -> Iterator[Problem]:
    """Why attendance of a session cannot be recorded on the day `on`; `strangers` counts marks of people not enrolled."""
    if run_state not in {RunState.OPEN, RunState.RUNNING}:
        yield Problem("delivery.attendance_closed")
    if on < session_on:
        yield Problem("delivery.session_in_future")
    if strangers:
        yield Problem("delivery.not_enrolled")


def why_not_finish(run_state: str, *, ends_on: date, on: date, sessions: int, unmarked: int) -> Iterator[Problem]:
    """Why a run cannot be finished; `unmarked` counts sessions without any attendance."""
    if run_state not in {RunState.OPEN, RunState.RUNNING}:
        yield Problem("delivery.wrong_state")
    if on < ends_on:
        yield Problem("delivery.not_over_yet")
    if not sessions:
        yield Problem("delivery.no_sessions")
    if unmarked:
        yield Problem("delivery.attendance_missing", values={"sessions": unmarked})


def has_completed(role: str, presence: Presence, *, min_percent: int, taught_quarters: int, reports: int) -> bool:
    """Whether somebody did what the role asks: lecturers taught, speakers reported, the others attended."""
    if role == ParticipationRole.LECTURER:
        return taught_quarters > 0
    if role == ParticipationRole.SPEAKER:
        return reports > 0 or presence.attended > 0
    return presence.reaches(min_percent)


def activity_of(
    kind: RunKind, role: ParticipationRole, *, lessons: Decimal, taught: Decimal, attended: int, reports: int
) -> Activity:
    """What a participation is to the law; `lessons` of the programme, `taught` by this person, `attended` sessions.

    # LAW   Circular 22/2013 Art. 6(1) counts real programme hours; 32/2023 Art. 3(1): one tiết, one giờ tín chỉ.
    # HERE  A learner who completed counts the whole programme, a lecturer the lessons taught, a delegate each session as a half-day.
    # WHY   Completion by share is the provider's rule; nothing read cuts the hours of somebody who completed.
    """
    if role is ParticipationRole.LECTURER:
        return Activity(Form.TEACHING, Role.LECTURER, taught)
    if kind is RunKind.CLASS:
        return Activity(Form.SHORT_COURSE, Role.LEARNER, lessons)
    if kind is RunKind.CASE_CONFERENCE:
        return Activity(Form.CASE_CONFERENCE, Role.DELEGATE, Decimal(attended))
    if role is ParticipationRole.SPEAKER:
        return Activity(Form.CONFERENCE, Role.SPEAKER, Decimal(max(1, reports)))
    return Activity(Form.CONFERENCE, Role(role.value), Decimal(attended))


def proof_for(regime: str, kind: RunKind, role: str) -> Proof:
    """Which paper a person gets: practitioners that of 32/2023, learners of a class the chứng chỉ, everybody else a confirmation."""
    if regime == Regime.P:
        return Proof.PRACTITIONER_CERTIFICATE
    if kind is RunKind.CLASS and role == ParticipationRole.LEARNER:
        return Proof.COURSE_CERTIFICATE
    return Proof.FORM_CONFIRMATION


_PLACE = re.compile(r"\{(serial|year|code)(?::0?(\d{1,2})d)?\}")


def number_problems(pattern: str) -> Iterator[Problem]:
    """Why a number pattern cannot be used: it needs `{serial}`, and nothing but `{serial}`, `{year}`, `{code}` in braces."""
    names = {match.group(1) for match in _PLACE.finditer(pattern)}
    if "serial" not in names or re.search(r"[{}]", _PLACE.sub("", pattern)):
        yield Problem("delivery.number_pattern", values={"pattern": pattern})


def certificate_number(pattern: str, *, serial: int, year: int, code: str) -> str:
    """`{serial:05d}/{year}/{code}` filled; never `str.format`, for the pattern is somebody's text."""

    def fill(match: re.Match[str]) -> str:
        name, width = match.group(1), int(match.group(2) or 0)
        text = code if name == "code" else str(serial if name == "serial" else year)
        return text.zfill(width) if name != "code" else text

    return _PLACE.sub(fill, pattern)


def issue_problems(
    run_state: str, *, issued_on: date, ends_on: date, on: date, signer: str, pattern: str, place: str
) -> Iterator[Problem]:
    """What stands in the way of issuing certificates of a run on the day `on`."""
    if run_state != RunState.FINISHED:
        yield Problem("delivery.run_not_finished")
    if not ends_on <= issued_on <= on:
        yield Problem("delivery.issue_day", "issued_on")
    if not signer.strip():
        yield Problem("delivery.signer_missing", "signer_post")
    if not place.strip():
        yield Problem("delivery.place_missing", "place")
    yield from number_problems(pattern)


def _whole_quarters(hours: Decimal) -> bool:
    exact = hours * QUARTERS_IN_AN_HOUR
    return exact >= 0 and exact == exact.to_integral_value()
