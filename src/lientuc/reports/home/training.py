"""Cards about training: runs, certificates, hours to award, programmes, inspections, surveys."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from lientuc.credits.queries.awards import runs_to_award
from lientuc.curricula.enums import AppraisalState
from lientuc.curricula.enums import VersionState as CurriculumState
from lientuc.curricula.models import Appraisal, CurriculumVersion, Opinion
from lientuc.curricula.queries import REVIEW_WARNING
from lientuc.delivery.enums import ParticipationState, RunState
from lientuc.delivery.models import Certificate, CourseRun, Participation
from lientuc.places.scope import Scope, WhyUnscoped
from lientuc.quality.enums import FindingState, InspectionState
from lientuc.quality.models import Finding, Inspection
from lientuc.surveys.enums import WaveState
from lientuc.surveys.models import Wave
from lientuc.web.say import say_now

from .cards import Card, Line, oldest, tone_of

_LATELY = timedelta(days=30)


def runs_to_finish(by: Any, on: date) -> Card | None:
    """Runs that are over and not finished: nobody gets hours before they are."""
    rows = CourseRun.objects.visible_to(by, "delivery.finish_run").filter(
        state__in=[str(RunState.OPEN), str(RunState.RUNNING)], ends_on__lt=on
    )
    found, count = oldest(rows, "ends_on", "pk")
    if not found:
        return None
    return Card(
        title=say_now("Khóa đã hết ngày học, chưa kết thúc", "Runs that are over but not finished"),
        icon="flag",
        url=reverse("delivery:runs"),
        action=say_now("Xét kết quả và kết thúc khóa", "Decide results and finish"),
        count=count,
        lines=_runs(found, late=True),
        tone="bad",
    )


def _runs(rows: list[CourseRun], *, late: bool = False) -> tuple[Line, ...]:
    return tuple(Line(row.title, reverse("delivery:run", args=[row.public_id]), row.ends_on, late) for row in rows)


def certificates_to_issue(by: Any, on: date) -> Card | None:
    """Finished runs in which somebody completed and has no certificate."""
    held = Certificate.objects.unscoped(WhyUnscoped.RULE).filter(participation=OuterRef("pk"))
    waiting = Participation.objects.unscoped(WhyUnscoped.RULE).filter(
        ~Exists(held), run=OuterRef("pk"), state=ParticipationState.COMPLETED, frozen_at__isnull=False
    )
    rows = CourseRun.objects.visible_to(by, "delivery.issue_certificates").filter(
        Exists(waiting), state=RunState.FINISHED
    )
    found, count = oldest(rows, "ends_on", "pk")
    if not found:
        return None
    return Card(
        title=say_now("Khóa còn người chưa được cấp chứng nhận", "Runs with certificates still to issue"),
        icon="certificate",
        url=reverse("delivery:runs"),
        action=say_now("Cấp chứng nhận", "Issue them"),
        count=count,
        lines=_runs(found),
        tone="warn",
    )


def hours_to_award(by: Any, on: date) -> Card | None:
    """Finished runs whose hours are not in the ledger."""
    found, count = oldest(runs_to_award(by=by), "ends_on", "pk")
    if not found:
        return None
    lines = tuple(Line(row.title, reverse("credits:award", args=[row.public_id]), row.ends_on) for row in found)
    return Card(
        title=say_now("Khóa chưa ghi nhận giờ học", "Runs whose hours are not awarded"),
        icon="notebook",
        url=reverse("credits:awards"),
        action=say_now("Ghi nhận giờ", "Award the hours"),
        count=count,
        lines=lines,
        tone="warn",
    )


def own_classes(by: Any, on: date) -> Card | None:
    """The classes a health worker is enrolled in."""
    rows = Participation.objects.within(Scope(self_user=by.pk)).filter(
        worker__user=by.pk,
        state__in=[str(ParticipationState.ENROLLED), str(ParticipationState.WAITLISTED)],
        run__ends_on__gte=on,
    )
    found, count = oldest(rows.select_related("run"), "run__starts_on", "pk")
    if not found:
        return None
    return Card(
        title=say_now("Lớp sắp học", "Classes to attend"),
        icon="calendar-event",
        url=reverse("reports:me"),
        action=say_now("Xem trang của tôi", "See my page"),
        count=count,
        lines=tuple(Line(row.run.title, reverse("reports:me"), row.run.starts_on) for row in found),
    )


def appraisals_to_decide(by: Any, on: date) -> Card | None:
    """Programmes before a council, by the day the decision is due."""
    rows = Appraisal.objects.visible_to(by, "curricula.decide_appraisal").filter(state=AppraisalState.OPEN)
    return _appraisals(
        rows, on, say_now("Chương trình chờ quyết định thẩm định", "Programmes awaiting a decision"), "curricula:decide"
    )


def opinions_to_give(by: Any, on: date) -> Card | None:
    """Programmes on which the council member has not yet given an opinion."""
    given = Opinion.objects.unscoped(WhyUnscoped.RULE).filter(appraisal=OuterRef("pk"), member__user=by.pk)
    rows = Appraisal.objects.visible_to(by, "curricula.give_opinion").filter(~Exists(given), state=AppraisalState.OPEN)
    return _appraisals(
        rows, on, say_now("Chương trình chờ phiếu nhận xét", "Programmes awaiting an opinion"), "curricula:opinion"
    )


def _appraisals(rows: QuerySet[Appraisal], on: date, title: str, page: str) -> Card | None:
    found, count = oldest(rows.select_related("version__curriculum"), "due_on", "pk")
    if not found:
        return None
    lines = tuple(
        Line(row.version.curriculum.title, reverse(page, args=[row.public_id]), row.due_on, row.due_on < on)
        for row in found
    )
    return Card(
        title=title,
        icon="rubber-stamp",
        url=reverse("curricula:appraisals"),
        action=say_now("Xem hồ sơ thẩm định", "See the appraisals"),
        count=count,
        lines=lines,
        tone=tone_of(lines, on),
    )


def programmes_to_update(by: Any, on: date) -> Card | None:
    """Own programmes that came back, or whose review is due soon."""
    due = Q(state=CurriculumState.RETURNED) | Q(
        state=CurriculumState.APPROVED, review_due_on__lte=on + REVIEW_WARNING, withdrawn_on__isnull=True
    )
    rows = CurriculumVersion.objects.visible_to(by, "curricula.edit_curriculum").filter(due)
    newer = CurriculumVersion.objects.unscoped(WhyUnscoped.RULE).filter(
        curriculum=OuterRef("curriculum"), number__gt=OuterRef("number")
    )
    found, count = oldest(rows.filter(~Exists(newer)).select_related("curriculum"), "review_due_on", "pk")
    if not found:
        return None
    lines = tuple(
        Line(
            row.curriculum.title,
            reverse("curricula:curriculum", args=[row.curriculum.public_id]),
            row.review_due_on,
            bool(row.review_due_on and row.review_due_on < on),
        )
        for row in found
    )
    return Card(
        title=say_now("Chương trình cần sửa hoặc cập nhật", "Programmes to mend or update"),
        icon="book",
        url=reverse("curricula:curricula"),
        action=say_now("Xem chương trình", "See the programmes"),
        count=count,
        lines=lines,
        tone=tone_of(lines, on),
    )


def inspections_assigned(by: Any, on: date) -> Card | None:
    """Inspections of the teams one belongs to, not yet concluded."""
    rows = Inspection.objects.visible_to(by, "quality.record_finding")
    return _inspections(rows, on, say_now("Cuộc kiểm tra được phân công", "Inspections assigned"))


def inspections_planned(by: Any, on: date) -> Card | None:
    """Inspections one's body sends, not yet concluded."""
    rows = Inspection.objects.visible_to(by, "quality.plan_inspection")
    return _inspections(rows, on, say_now("Cuộc kiểm tra chưa kết luận", "Inspections not concluded"))


def _inspections(rows: QuerySet[Inspection], on: date, title: str) -> Card | None:
    waiting = rows.exclude(state=InspectionState.CONCLUDED).select_related("organisation")
    found, count = oldest(waiting, "planned_on", "pk")
    if not found:
        return None
    lines = tuple(
        Line(
            f"{row.organisation.name}: {row.subject}",
            reverse("quality:inspection", args=[row.public_id]),
            row.planned_on,
            row.planned_on < on,
        )
        for row in found
    )
    return Card(
        title=title,
        icon="clipboard-check",
        url=reverse("quality:inspections"),
        action=say_now("Xem các cuộc kiểm tra", "See the inspections"),
        count=count,
        lines=lines,
        tone=tone_of(lines, on),
    )


def findings_to_mend(by: Any, on: date) -> Card | None:
    """Findings the unit has to mend."""
    rows = Finding.objects.visible_to(by, "quality.propose_correction").filter(state=FindingState.OPEN)
    return _findings(rows, on, say_now("Phát hiện cần khắc phục", "Findings to mend"), "quality:correct")


def findings_to_close(by: Any, on: date) -> Card | None:
    """Findings reported mended, for whoever confirms it."""
    rows = Finding.objects.visible_to(by, "quality.close_finding").filter(state=FindingState.CORRECTED)
    return _findings(rows, on, say_now("Báo cáo khắc phục chờ xác nhận", "Corrections to confirm"), "quality:close")


def _findings(rows: QuerySet[Finding], on: date, title: str, page: str) -> Card | None:
    found, count = oldest(rows.select_related("organisation"), "due_on", "pk")
    if not found:
        return None
    lines = tuple(
        Line(f"{row.organisation.name}: {row}", reverse(page, args=[row.public_id]), row.due_on, row.due_on < on)
        for row in found
    )
    return Card(
        title=title,
        icon="alert-triangle",
        url=reverse("quality:findings"),
        action=say_now("Xem các phát hiện", "See the findings"),
        count=count,
        lines=lines,
        tone=tone_of(lines, on),
    )


def waves_open(by: Any, on: date) -> Card | None:
    """Survey waves that collect answers."""
    rows = Wave.objects.visible_to(by, "surveys.run_wave").filter(state=WaveState.OPEN)
    found, count = oldest(rows, "closes_on", "pk")
    if not found:
        return None
    lines = tuple(
        Line(row.name, reverse("surveys:wave", args=[row.public_id]), row.closes_on, row.closes_on < on)
        for row in found
    )
    return Card(
        title=say_now("Đợt khảo sát đang mở", "Survey waves under way"),
        icon="forms",
        url=reverse("surveys:waves"),
        action=say_now("Theo dõi tỷ lệ trả lời", "Follow the response"),
        count=count,
        lines=lines,
        tone=tone_of(lines, on),
    )


def certificates_lately(by: Any, on: date) -> Card | None:
    """Certificates of the last month, for the clerk who prints and seals them."""
    rows = Certificate.objects.visible_to(by, "delivery.view_certificates").filter(issued_on__gte=on - _LATELY)
    found, count = oldest(rows.defer("pdf", "content"), "-issued_on", "-pk")
    if not found:
        return None
    lines = tuple(
        Line(row.number, reverse("delivery:certificate", args=[row.public_id]), row.issued_on) for row in found
    )
    return Card(
        title=say_now("Chứng nhận cấp trong 30 ngày qua", "Certificates of the last 30 days"),
        icon="rubber-stamp",
        url=reverse("delivery:certificates"),
        action=say_now("Xem sổ cấp", "See the register"),
        count=count,
        lines=lines,
    )
