"""After the class: inspection, follow-up at the workplace, evaluation, technique transfer, and next year's need."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal

from lientuc.analytics.disclosure import Audience
from lientuc.core.clock import today
from lientuc.curricula.queries import topic
from lientuc.directives.actions import report_difficulty
from lientuc.directives.rules import DifficultyDraft
from lientuc.evaluation.actions import decide_finding, note_findings, open_study, open_study_wave
from lientuc.evaluation.enums import FindingState, Source, StudyPurpose
from lientuc.evaluation.queries import findings_of, wave_report
from lientuc.evaluation.rules import StudyDraft
from lientuc.planning.actions import accept_need, pull_needs
from lientuc.planning.queries.needs import Filters, needs_for
from lientuc.quality.actions import (
    close_finding,
    conclude_inspection,
    judge_criteria,
    plan_inspection,
    record_finding,
    report_correction,
)
from lientuc.quality.enums import Remedy, Severity, Verdict
from lientuc.quality.queries import checklist
from lientuc.quality.rules import FindingDraft, InspectionDraft
from lientuc.surveys.actions import close_wave, mark_delivered, refuse, start, submit_section
from lientuc.surveys.enums import ItemType, ResponseState, WaveMode, WavePurpose
from lientuc.surveys.flow import Asked, Sent, asked_on
from lientuc.surveys.queries import answers_of, form_of_wave, invitations_of, latest_published
from lientuc.surveys.respondent import respondent
from lientuc.surveys.rules import WaveDraft

from .people import SEED
from .walk import Walk, progress


def inspect(walk: Walk) -> str:
    """The department inspects the school: criteria, one finding, its correction, the confirmation."""
    officer, inspector, school = walk.users["syt"], walk.users["kiemtra"], walk.organisations["school"]
    inspection = plan_inspection(
        draft=InspectionDraft("Điều kiện bảo đảm chất lượng đào tạo liên tục", today(), ("kiemtra",)),
        organisation=school,
        lead=walk.organisations["department"],
        by=officer,
    )
    criteria = [criterion.code for criterion, _ in checklist(inspection)]
    verdicts = {
        code: (Verdict.PARTLY, "Thiếu hồ sơ 02 giảng viên") if code == "Q-03b" else (Verdict.MET, "")
        for code in criteria
    }
    judge_criteria(inspection=inspection, verdicts=verdicts, by=inspector)
    finding = record_finding(
        inspection=inspection,
        draft=FindingDraft(
            text="Hai giảng viên chưa có chứng nhận phương pháp dạy học y học.",
            severity=Severity.MINOR,
            remedy=Remedy.TRAINING,
            due_on=today() + timedelta(days=60),
            criterion="Q-03b",
            topic_code="teaching-method",
            persons=2,
        ),
        by=inspector,
    )
    conclude_inspection(inspection=inspection, conclusion="Đơn vị cơ bản đáp ứng; khắc phục 01 nội dung.", by=inspector)
    report_correction(finding=finding, text="Đã đăng ký 02 giảng viên học lớp phương pháp.", by=walk.users["truong"])
    close_finding(finding=finding, note="Đủ minh chứng.", by=officer)
    return f"{len(criteria)} tiêu chí, 1 phát hiện, đã khắc phục và xác nhận"


def follow_up(walk: Walk) -> str:
    """Three months later everybody who completed is asked at the workplace; most answer, a few refuse or stay silent."""
    evaluator, department = walk.users["danhgia"], walk.organisations["department"]
    study = open_study(
        draft=StudyDraft("Theo dõi sau khóa quản lý tăng huyết áp", StudyPurpose.MANAGEMENT, today()),
        organisation=department,
        by=evaluator,
    )
    version = latest_published("l3_alumni")
    assert version is not None
    study_wave = open_study_wave(
        study=study,
        draft=WaveDraft(
            name="Tháng thứ 3",
            mode=WaveMode.CONFIDENTIAL,
            purpose=WavePurpose.MANAGEMENT,
            opens_on=today(),
            closes_on=today() + timedelta(days=30),
            information="Tìm hiểu việc áp dụng sau khóa học để hỗ trợ đơn vị (số liệu mô phỏng).",
            contact="Phòng Nghiệp vụ Y, Sở Y tế Minh Họa",
            repeat_labels=("Đo và theo dõi huyết áp tại cộng đồng", "Điều chỉnh thuốc theo phác đồ"),
        ),
        version=version,
        run_refs=[str(walk.rows["run"].ref)],
        source=Source.ALUMNI,
        by=evaluator,
    )
    wave = study_wave.wave
    mark_delivered(wave=wave, invitation=None, by=evaluator)
    invitations = list(invitations_of(wave))
    dice = random.Random(SEED + 3)
    for place, invitation in enumerate(progress(invitations, "trả lời")):
        if place % 9 == 8:
            refuse(response=None, invitation=invitation, by=respondent(invitation.pseudonym))
        elif place % 7 != 6:
            _answer(invitation, dice)
    close_wave(wave=wave, by=evaluator)
    walk.rows["study"], walk.rows["wave"] = study, wave
    return f"{len(invitations)} người được mời, trả lời không cần tài khoản, một trang một lần lưu"


def _answer(invitation: object, dice: random.Random) -> None:
    """Answer page by page as the pages ask."""
    who = respondent(invitation.pseudonym)  # type: ignore[attr-defined]
    response = start(invitation=invitation, by=who)  # type: ignore[arg-type]
    form = form_of_wave(response.wave)
    for number, section in enumerate(form.sections, start=1):
        shown: tuple[Asked, ...] = ()
        while response.state == ResponseState.STARTED:
            asked = asked_on(form, section, answers_of(response))
            if asked == shown:
                break
            given = {one.place: _value(one, dice) for one in asked}
            response = submit_section(response=response, section=number, sent=Sent(given, frozenset(given)), by=who)
            shown = asked


_LIKERT = ("1", "2", "3", "4", "5")


def _value(asked: Asked, dice: random.Random) -> list[str]:
    item = asked.item
    if item.name == "consent":
        return ["yes"]
    if item.type is ItemType.SELECT_ONE:
        if item.values == _LIKERT:
            return [dice.choices(_LIKERT, (2, 6, 15, 47, 30))[0]]
        if item.name == "l3_barrier_main":
            return [dice.choices(("equipment", "knowledge", "skill", "staffing"), (4, 3, 3, 2))[0]]
        return [dice.choice(item.values)]
    if item.type is ItemType.SELECT_MULTIPLE:
        return ["equipment", "skill"] if item.name == "l3_barriers" else [dice.choice(item.values)]
    return [_number_or_text(item.name, item.type, dice)]


def _number_or_text(name: str, kind: ItemType, dice: random.Random) -> str:
    if kind is ItemType.INTEGER:
        ranges = {"age_years": (24, 58), "course_year": (today().year, today().year), "attr_pct": (20, 80)}
        low, high = ranges.get(name, (0, 20))
        return str(dice.randint(low, high))
    if kind is ItemType.DATE:
        return f"{today() - timedelta(days=30):%Y-%m-%d}"
    if kind is ItemType.DECIMAL:
        return str(Decimal(dice.randint(0, 10)))
    return ""


def evaluate(walk: Walk) -> str:
    """Tables with denominators; barriers become findings routed to whoever can remove them."""
    evaluator, study = walk.users["danhgia"], walk.rows["study"]
    report = wave_report(walk.rows["wave"], Audience.EVALUATOR)
    note_findings(study=study, by=evaluator)
    found = list(findings_of(evaluator, study))
    for finding in found:
        decide_finding(finding=finding, to=FindingState.ACCEPTED, reason="", by=evaluator)
    barriers = ", ".join(f"{row.barrier} {row.persons}/{row.of_persons} → {row.routed_to}" for row in found[:4])
    return f"{len(report.tables)} bảng; {barriers}"


def renew_needs(walk: Walk) -> str:
    """What stood in the way at the workplace becomes next year's need, with its origin; equipment goes to the budget."""
    officer, department = walk.users["syt"], walk.organisations["department"]
    report_difficulty(
        draft=DifficultyDraft(
            text="Nhiều Trạm Y tế thiếu máy đo huyết áp điện tử.", task_point="2b", barrier="equipment"
        ),
        organisation=department,
        by=officer,
    )
    pull_needs(organisation=department, on=today(), by=officer)
    raised = list(needs_for(officer, Filters(state="raised", kind="follow_up")))
    for need in raised:
        accept_need(need=need, topic=need.topic or topic("hypertension-station"), persons=need.persons, by=officer)
    return f"{len(raised)} nhu cầu mới cho năm {today().year + 1} từ rào cản tại nơi làm việc"
