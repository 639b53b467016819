"""Needs from four sources, a plan pasted as lines, improved by the optimiser, submitted and approved."""

from __future__ import annotations

import random
from dataclasses import replace

from lientuc.core.clock import today
from lientuc.core.formats import vnd
from lientuc.curricula.queries import topic
from lientuc.planning.actions import (
    accept_need,
    add_source,
    adopt_proposal,
    approve_plan,
    improve_plan,
    open_plan,
    pull_needs,
    raise_need,
    review_money,
    submit_plan,
    take_lines,
)
from lientuc.planning.enums import PlanKind, SourceKind
from lientuc.planning.intake import read_lines
from lientuc.planning.queries.needs import Filters, needs_for
from lientuc.planning.queries.plans import lines_of, totals_of
from lientuc.planning.rules.money import SourceDraft
from lientuc.planning.rules.needs import NeedDraft
from lientuc.planning.rules.plans import PlanDraft
from lientuc.trail.jobs import run_next

from .people import SEED
from .walk import Walk, progress

ACCEPTED = 120
# What people of a title family are proposed to learn; a person decides when accepting a need.
PROPOSED = {
    "clinical": "hypertension-station",
    "nursing": "nursing-safety",
    "maternal_child": "normal-delivery",
    "emergency": "anaphylaxis",
    "diagnostics": "ecg",
    "prevention": "outbreak-response",
    "pharmacy": "rational-antibiotics",
    "population": "population-counselling",
    "traditional": "traditional-acupuncture",
}
LINES = """\
Nội dung	Chủ đề	Đối tượng	Số lớp	Số người	Thời gian	Đơn vị thực hiện	Kinh phí	Nguồn
Quản lý tăng huyết áp tại Trạm Y tế	hypertension-station	Bác sĩ, y sĩ, điều dưỡng Trạm Y tế	2	60	Quý II	Trường Cao đẳng Y tế Minh Họa	96.000.000	Ngân sách tỉnh
Đỡ đẻ thường và chăm sóc thiết yếu sơ sinh	normal-delivery	Hộ sinh, y sĩ	2	50	Quý II - III	Trường Cao đẳng Y tế Minh Họa	88.000.000	Ngân sách tỉnh
An toàn người bệnh trong chăm sóc điều dưỡng	nursing-safety	Điều dưỡng	3	90	Quý III	Bệnh viện Đa khoa tỉnh Minh Họa	75.000.000	Ngân sách tỉnh
Phòng và xử trí phản vệ	anaphylaxis	Nhân viên Trạm Y tế	2	60	Quý II	Bệnh viện Đa khoa tỉnh Minh Họa	60.000.000	Ngân sách tỉnh
Đọc điện tâm đồ cơ bản	ecg	Bác sĩ, kỹ thuật y	1	25	Quý IV	Bệnh viện Đa khoa tỉnh Minh Họa	45.000.000	Dự án y tế cơ sở
Sử dụng kháng sinh hợp lý	rational-antibiotics	Dược sĩ	1	40	Quý III	Trường Cao đẳng Y tế Minh Họa	30.000.000	Dự án y tế cơ sở
Giám sát và đáp ứng dịch bệnh	outbreak-response	Y tế công cộng, y tế thôn	1	40	Quý I	Trường Cao đẳng Y tế Minh Họa	35.000.000	Dự án y tế cơ sở
"""


def gather_needs(walk: Walk) -> str:
    """Hours due from the ledger, requests from stations; the department accepts the first of them."""
    officer, department = walk.users["syt"], walk.organisations["department"]
    pull_needs(organisation=department, on=today(), by=officer)
    dice = random.Random(SEED + 2)
    stations = [row for key, row in walk.organisations.items() if key.startswith("station-")]
    for station in dice.sample(stations, min(30, len(stations))):
        draft = NeedDraft(
            organisation=station,
            topic=topic("hypertension-station"),
            persons=dice.choice((1, 1, 2)),
            text="Trạm chưa quản lý đủ người bệnh tăng huyết áp.",
        )
        raise_need(draft=draft, by=officer)
    raised = needs_for(officer, Filters(state="raised"))
    count = raised.count()
    for need in progress(list(raised.order_by("-priority", "pk")[:ACCEPTED]), "tiếp nhận nhu cầu"):
        _accept(need, officer)
    return f"{count} nhu cầu từ giờ còn thiếu và đề xuất của đơn vị; tiếp nhận {min(ACCEPTED, count)}"


def _accept(need: object, officer: object) -> None:
    found = need.topic or topic(PROPOSED.get(need.family, "station-management"))  # type: ignore[attr-defined]
    accept_need(need=need, topic=found, persons=need.persons, by=officer)  # type: ignore[arg-type, attr-defined]


def draw_up_plan(walk: Walk) -> str:
    """Sources, pasted lines, the button, the comparison adopted."""
    officer, department = walk.users["syt"], walk.organisations["department"]
    first = today().replace(month=1, day=1)
    for name, kind, ceiling in (
        ("Ngân sách tỉnh", SourceKind.PROVINCE, 420_000_000),
        ("Dự án y tế cơ sở", SourceKind.PROGRAMME, 150_000_000),
    ):
        add_source(draft=SourceDraft(department, name, kind, ceiling, first, decision="Minh họa"), by=officer)
    plan = open_plan(
        draft=PlanDraft(
            organisation=department,
            year=today().year,
            kind=PlanKind.ANNUAL,
            title=f"Kế hoạch đào tạo liên tục năm {today().year}",
            finance=walk.organisations["finance"],
        ),
        by=officer,
    )
    reading = read_lines(LINES, plan)
    first_locked = [replace(row.draft, locked=place == 0) for place, row in enumerate(reading.good)]
    take_lines(plan=plan, drafts=first_locked, by=officer)
    before = totals_of(lines_of(plan)).requested_vnd
    proposal = improve_plan(plan=plan, by=officer)
    job = run_next()
    proposal.refresh_from_db()
    if proposal.after_value is not None:
        adopt_proposal(proposal=proposal, by=officer)
    walk.rows["plan"] = plan
    values = f"giá trị {proposal.before_value} → {proposal.after_value}" if job and job.state == "done" else str(job)
    return f"{len(reading.good)} dòng dán từ Excel, {vnd(before)}; {values}"


def approve(walk: Walk) -> str:
    """Finance comments, the provincial People's Committee approves; the duty to plan is thereby fulfilled."""
    plan = submit_plan(plan=walk.rows["plan"], by=walk.users["syt"])
    appraised = {str(line.public_id): line.requested_vnd for line in lines_of(plan)}
    review_money(plan=plan, text="Nhất trí mức dự toán.", appraised=appraised, by=walk.users["taichinh"])
    plan = approve_plan(plan=plan, decided_on=today(), by=walk.users["ubnd"], text="Đồng ý phê duyệt.")
    lines = lines_of(plan)
    walk.rows["line"] = next(line for line in lines if line.topic.code == "hypertension-station")
    return f"{len(lines)} dòng, {vnd(totals_of(lines).requested_vnd)}; đã phê duyệt, số quyết định để văn thư ghi"
