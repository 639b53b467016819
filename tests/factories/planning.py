"""Rows of the planning room for tests; `label` is the text their page shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

from lientuc.core.clock import now
from lientuc.curricula.enums import GroundKind
from lientuc.places.models import Organisation
from lientuc.planning.enums import CommentKind, LineEvent, NormCode, PlanKind, PlanState, SourceKind
from lientuc.planning.history import saved_line
from lientuc.planning.models import (
    FundingSource,
    LineLock,
    LocalRate,
    Need,
    NeedsCall,
    NeedsCallUnit,
    Plan,
    PlanComment,
    PlanLine,
    PlanLineChange,
    PlanParty,
    PlanProposal,
    Scenario,
    UnitSeats,
)
from lientuc.trail.enums import JobState
from lientuc.trail.models import Job

from .curricula import make_topic

_serials = count(1)


def make_need(organisation: Organisation, label: str = "Cần tập huấn cấp cứu", **fields: Any) -> Need:
    """A raised request for 4 persons whose text is `label`."""
    values: dict[str, Any] = dict(kind=GroundKind.REQUEST, persons=4, raised_by="test", text=label, priority=30)
    if "topic" not in fields:
        values["topic"] = make_topic()
    return Need.objects.create(organisation=organisation, **(values | fields))


def make_call(organisation: Organisation, label: str = "Đợt đề xuất 2027", **fields: Any) -> NeedsCall:
    """An open call for needs titled `label`, due at the end of the year to come."""
    values: dict[str, Any] = dict(due_on=date(2027, 12, 31), opened_by="test")
    return NeedsCall.objects.create(organisation=organisation, title=label, **(values | fields))


def make_asked(organisation: Organisation, label: str = "Đợt đề xuất 2027", **fields: Any) -> NeedsCallUnit:
    """A unit that was asked in a call titled `label` and has not answered."""
    call = fields.pop("call", None) or make_call(organisation, label)
    return NeedsCallUnit.objects.create(organisation=organisation, call=call, **fields)


def make_need_without_equipment(organisation: Organisation, label: str = "Cần siêu âm", **fields: Any) -> Need:
    """A need whose equipment is absent."""
    return make_need(organisation, label, **({"equipment": "absent"} | fields))


def make_source(organisation: Organisation, label: str = "Ngân sách tỉnh", **fields: Any) -> FundingSource:
    """One billion of the province for 2027."""
    values: dict[str, Any] = dict(
        kind=SourceKind.PROVINCE, ceiling_vnd=1_000_000_000, from_on=date(2027, 1, 1), to_on=date(2027, 12, 31)
    )
    return FundingSource.objects.create(organisation=organisation, name=label, **(values | fields))


def make_rate(organisation: Organisation, label: str = "12/NQ-HĐND", **fields: Any) -> LocalRate:
    """A daily allowance of 250.000 đ by the decision `label`."""
    values: dict[str, Any] = dict(norm=NormCode.DAILY_ALLOWANCE, amount_vnd=250_000, from_on=date(2026, 1, 1))
    return LocalRate.objects.create(organisation=organisation, decision=label, **(values | fields))


def make_plan(organisation: Organisation, label: str = "Kế hoạch đào tạo 2027", **fields: Any) -> Plan:
    """A draft for 2027; one for each call, for the version number counts up."""
    values: dict[str, Any] = dict(year=2027, kind=PlanKind.ANNUAL, number=next(_serials), made_by="test")
    return Plan.objects.create(organisation=organisation, title=label, **(values | fields))


def make_submitted_plan(organisation: Organisation, label: str = "Kế hoạch đã trình", **fields: Any) -> Plan:
    """A plan waiting for its decision."""
    state: dict[str, Any] = dict(state=PlanState.SUBMITTED, submitted_at=now(), submitted_by="test")
    return make_plan(organisation, label, **(state | fields))


def make_approved_plan(organisation: Organisation, label: str = "Kế hoạch đã duyệt", **fields: Any) -> Plan:
    """An approved plan."""
    state: dict[str, Any] = dict(state=PlanState.APPROVED, decided_at=now(), decided_by="test")
    return make_submitted_plan(organisation, label, **(state | fields))


def make_line(organisation: Organisation, label: str = "Cấp cứu cơ bản tại trạm", **fields: Any) -> PlanLine:
    """Two classes of 20 persons for 50 million each, in a draft plan of its own unless one is given."""
    plan = fields.pop("plan", None) or make_plan(organisation)
    topic = fields.pop("topic", None) or make_topic()
    values: dict[str, Any] = dict(
        place=next(_serials),
        year=plan.year,
        classes=2,
        persons=40,
        unit_vnd=50_000_000,
        requested_vnd=100_000_000,
    )
    return PlanLine.objects.create(plan=plan, topic=topic, title=label, **(values | fields))


def make_proposal(organisation: Organisation, label: str = "Phương án", **fields: Any) -> PlanProposal:
    """A proposal whose job is queued, for a plan titled `label`."""
    plan = fields.pop("plan", None) or make_plan(organisation, label)
    job = fields.pop("job", None) or Job.objects.create(
        kind="lientuc.planning.improving.improve", made_by="test", state=JobState.QUEUED
    )
    found = PlanProposal.objects.create(plan=plan, job=job, **({"basis": "", "asked_by": "test"} | fields))
    Scenario.objects.create(proposal=found, name=label)
    return found


def make_done_proposal(organisation: Organisation, label: str = "Phương án", **fields: Any) -> PlanProposal:
    """A proposal that was reckoned: it changes nothing and leaves nobody out."""
    return make_proposal(organisation, label, **({"before_value": 0, "after_value": 0} | fields))


def make_seats(organisation: Organisation, label: str = "Lớp có chỗ", **fields: Any) -> UnitSeats:
    """Two seats of the organisation in a line titled `label`."""
    line = fields.pop("line", None) or make_line(organisation, label)
    return UnitSeats.objects.create(
        line=line, organisation=organisation, **({"seats": 2, "handed_by": "test"} | fields)
    )


def make_lock(organisation: Organisation, label: str = "Khóa vì đã mời giảng viên", **fields: Any) -> LineLock:
    """At least one class in the first quarter, on a line titled `label` unless one is given."""
    line = fields.pop("line", None) or make_line(organisation, label)
    values: dict[str, Any] = dict(quarter=1, at_least=1, reason=label, locked_by="test")
    return LineLock.objects.create(line=line, **(values | fields))


def make_party(organisation: Organisation, label: str = "Kế hoạch lấy ý kiến", **fields: Any) -> PlanParty:
    """The organisation is asked about a submitted plan titled `label`, its own unless one is given."""
    plan = fields.pop("plan", None) or make_submitted_plan(organisation, label)
    values: dict[str, Any] = dict(name=organisation.name, asked_by="test")
    return PlanParty.objects.create(plan=plan, organisation=organisation, **(values | fields))


def make_comment(organisation: Organisation, label: str = "Bổ sung vùng khó khăn", **fields: Any) -> PlanComment:
    """A submitted plan came back with `label`."""
    plan = fields.pop("plan", None) or make_submitted_plan(organisation, label)
    values: dict[str, Any] = dict(kind=CommentKind.RETURN, text=label, made_by="test", author="Người trả lại")
    return PlanComment.objects.create(plan=plan, **(values | fields))


def make_change(organisation: Organisation, label: str = "Dòng mới", **fields: Any) -> PlanLineChange:
    """A line titled `label` was added to a draft."""
    line = fields.pop("line", None) or make_line(organisation, label)
    values: dict[str, Any] = dict(event=LineEvent.ADDED, title=line.title, after=saved_line(line), made_by="test")
    return PlanLineChange.objects.create(plan=line.plan, place=line.place, author="Người soạn", **(values | fields))


OBJECTS: dict[str, Callable[[Organisation, str], Any]] = {
    "planning.Need": make_need,
    "planning.NeedWithoutEquipment": make_need_without_equipment,
    "planning.NeedsCall": make_call,
    "planning.NeedsCallUnit": make_asked,
    "planning.FundingSource": make_source,
    "planning.LocalRate": make_rate,
    "planning.Plan": make_plan,
    "planning.PlanLine": make_line,
    "planning.PlanParty": make_party,
    "planning.PlanComment": make_comment,
    "planning.PlanLineChange": make_change,
    "planning.PlanProposal": make_proposal,
    "planning.DoneProposal": make_done_proposal,
    "planning.LineLock": make_lock,
    "planning.UnitSeats": make_seats,
}

LISTS: dict[str, str] = {
    "planning:needs": "planning.Need",
    "planning:export_needs": "planning.Need",
    "planning:equipment_first": "planning.NeedWithoutEquipment",
    "planning:export_equipment_first": "planning.NeedWithoutEquipment",
    "planning:calls": "planning.NeedsCall",
    "planning:open_calls": "planning.NeedsCallUnit",
    "planning:plans": "planning.Plan",
    "planning:sources": "planning.FundingSource",
    "planning:rates": "planning.LocalRate",
    "planning:asked": "planning.PlanParty",
    "planning:nominations": "planning.UnitSeats",
}
