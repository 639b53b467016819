"""A programme is drafted and appraised, a class runs, hours are frozen and awarded, certificates are issued."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from lientuc.core.clock import clock_at, today
from lientuc.credits.actions import award_run
from lientuc.curricula.actions import (
    convene_council,
    decide_appraisal,
    draft_curriculum,
    give_opinion,
    receive_version,
    submit_version,
)
from lientuc.curricula.enums import CouncilLevel, CouncilRole, CreditRegime, Verdict
from lientuc.curricula.queries import latest_version
from lientuc.curricula.rules import CouncilDraft, CurriculumDraft, DecisionDraft, OpinionDraft, VersionDraft
from lientuc.delivery.actions import (
    add_lecturer,
    enrol,
    finish_run,
    issue_certificates,
    open_run,
    plan_session,
    publish_run,
    record_attendance,
)
from lientuc.delivery.actions.attendance import Mark
from lientuc.delivery.enums import AttendanceState, RunKind
from lientuc.delivery.queries import certificates_for
from lientuc.delivery.rules import IssueDraft, LecturerDraft, RunDraft, SessionDraft
from lientuc.law.authority import Proof
from lientuc.planning.actions import link_run
from lientuc.registry.actions import link_account
from lientuc.registry.queries import workers_of

from .walk import Walk, progress

LESSONS = Decimal(16)
LEARNERS = 30
COUNCIL = (("hoidong1", CouncilRole.CHAIR), ("hoidong2", CouncilRole.SECRETARY), ("hoidong3", CouncilRole.MEMBER))


def appraise_curriculum(walk: Walk) -> str:
    """The school drafts, the department's council of three gives opinions, the department approves."""
    author, officer = walk.users["truong"], walk.users["syt"]
    curriculum = draft_curriculum(
        draft=CurriculumDraft(
            title="Quản lý tăng huyết áp tại Trạm Y tế",
            topic_code="hypertension-station",
            regimes=(CreditRegime.P, CreditRegime.S),
        ),
        version=VersionDraft(
            objectives="Phát hiện, điều trị và theo dõi người tăng huyết áp tại tuyến ban đầu theo phác đồ.",
            audience_titles=("assistant_doctor", "doctor", "nurse"),
            theory_lessons=LESSONS / 2,
            practice_lessons=LESSONS / 2,
            min_attendance_percent=80,
            practice_gap="Phần lớn Trạm Y tế chưa quản lý đủ người bệnh tăng huyết áp trên địa bàn.",
            outcomes="Mỗi Trạm lập được sổ quản lý và theo dõi huyết áp mục tiêu.",
            materials="Tài liệu minh họa",
            lecturer_requirements="Bác sĩ tim mạch, có kinh nghiệm giảng dạy.",
            needs_survey="Khảo sát nhu cầu các Trạm Y tế (minh họa)",
        ),
        organisation=walk.organisations["school"],
        by=author,
    )
    version = submit_version(version=latest_version(curriculum), by=author)
    council = _council(walk)
    appraisal = receive_version(version=version, council=council, received_on=today(), by=officer)
    for name, _ in COUNCIL:
        give_opinion(appraisal=appraisal, draft=OpinionDraft(Verdict.APPROVE, "Đạt yêu cầu."), by=walk.users[name])
    decide_appraisal(
        appraisal=appraisal, draft=DecisionDraft(Verdict.APPROVE, today(), decision_number="15/QĐ-SYT"), by=officer
    )
    version.refresh_from_db()
    walk.rows["version"] = version
    return f"“{curriculum.title}”, {LESSONS} tiết: 3 phiếu nhận xét, đã phê duyệt"


def _council(walk: Walk) -> Any:
    """The department's council of three for this programme."""
    return convene_council(
        draft=CouncilDraft(
            name="Hội đồng thẩm định cấp tỉnh",
            level=CouncilLevel.PROVINCIAL,
            decision_number="12/QĐ-SYT",
            convened_on=today(),
            seats=tuple((walk.users[name], role) for name, role in COUNCIL),
        ),
        organisation=walk.organisations["department"],
        by=walk.users["syt"],
    )


def run_class(walk: Walk) -> str:
    """A class for one plan line: two days, four sessions, learners sent by their stations, attendance by session."""
    provider = walk.users["truong"]
    first = today() + timedelta(days=20)
    run = open_run(draft=_run_draft(walk, first), by=provider)
    link_run(line=walk.rows["line"], run=run, by=walk.users["syt"])
    publish_run(run=run, published_on=today(), by=provider)
    lecturer = add_lecturer(
        run=run, draft=LecturerDraft("BSCKII Nguyễn Văn Giảng", 96, clinical=True, licence_ok=True), by=provider
    )
    halves = ((time(8), time(11, 30)), (time(13, 30), time(17)))
    sessions = [
        plan_session(
            run=run,
            draft=SessionDraft(first + timedelta(days=day), starts, ends, LESSONS / 4, lecturer=lecturer.pk),
            by=provider,
        )
        for day in (0, 1)
        for starts, ends in halves
    ]
    enrolled = _enrol(walk, run)
    link_account(worker=enrolled[0].worker, user=walk.users["nhanvien"], by=walk.users["syt"])
    _attend(sessions, enrolled, provider)
    with clock_at(first + timedelta(days=2)):
        finish_run(run=run, by=provider)
    walk.rows["run"] = run
    return f"{len(enrolled)} học viên, {len(sessions)} buổi, 2 người vắng quá mức cho phép"


def _run_draft(walk: Walk, first: date) -> RunDraft:
    return RunDraft(
        organisation=walk.organisations["school"],
        kind=RunKind.CLASS,
        title="Quản lý tăng huyết áp tại Trạm Y tế, khóa 1",
        starts_on=first,
        ends_on=first + timedelta(days=1),
        place="Hội trường Trường Cao đẳng Y tế Minh Họa",
        capacity=LEARNERS,
        proofs=(Proof.PRACTITIONER_CERTIFICATE, Proof.COURSE_CERTIFICATE),
        curriculum_version=walk.rows["version"],
    )


def _attend(sessions: list[Any], enrolled: list[Any], provider: Any) -> None:
    """Everybody comes, but two people miss the second day."""
    for place, session in enumerate(sessions):
        absent = enrolled[-2:] if place > 1 else []
        marks = [Mark(row.pk, AttendanceState.ABSENT if row in absent else AttendanceState.PRESENT) for row in enrolled]
        with clock_at(session.on_date):
            record_attendance(session=session, marks=marks, by=provider)


def _enrol(walk: Walk, run: Any) -> list[Any]:
    """The first doctors, assistant doctors and nurses of the stations, one a station."""
    officer, found = walk.users["syt"], []
    stations = [row for key, row in walk.organisations.items() if key.startswith("station-")]
    for station in progress(stations[:LEARNERS], "ghi danh"):
        titles = ("doctor", "assistant_doctor", "nurse")
        worker = workers_of(station, today()).filter(title__in=titles).first()
        if worker is not None:
            found.append(enrol(run=run, worker=worker, sent_by=station, by=officer))
    return list(found)


def award_and_certify(walk: Walk) -> str:
    """The frozen hours enter the ledger once; certificates with QR for everybody who completed."""
    provider, run = walk.users["truong"], walk.rows["run"]
    run.refresh_from_db()
    award_run(run=run, by=provider)
    draft = IssueDraft(
        issued_on=today(), place="Minh Họa", signer_post="HIỆU TRƯỞNG", signer_name="Nguyễn Văn Hiệu (minh họa)"
    )
    issue_certificates(run=run, draft=draft, by=provider)
    issued = certificates_for(provider)
    walk.rows["certificate"] = issued.first()
    return f"{issued.count()} giấy chứng nhận, chứng chỉ; xác minh tại /lop/xac-minh/{walk.rows['certificate'].verification_code}/"
