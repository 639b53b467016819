"""Money of a plan: columns that never grow without a word, ceilings, sources with limits, persons and classes paid twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.clock import now
from lientuc.core.errors import NotAllowed, Refused
from lientuc.delivery.enums import RunState
from lientuc.places.scope import WhyUnscoped
from lientuc.planning.actions import add_line, add_rate, close_source, record_spending, review_money, submit_plan
from lientuc.planning.book import PlanBook
from lientuc.planning.doubling import doubled_in_plan, doubled_of_source, outside_of
from lientuc.planning.enums import MoneyColumn, NeedState, NormCode
from lientuc.planning.models import MoneyEntry, PlanComment, PlanLine, PlanLineNeed, PlanLineRun
from lientuc.planning.rules.lines import CostItem, LineDraft
from lientuc.planning.rules.money import RateDraft, growth_problems
from lientuc.planning.rules.plans import Amounts
from tests.factories.curricula import make_topic
from tests.factories.delivery import make_run
from tests.factories.places import make_area
from tests.factories.planning import (
    make_approved_plan,
    make_line,
    make_need,
    make_plan,
    make_source,
    make_submitted_plan,
)
from tests.world import World

C = MoneyColumn


def rows(model: Any) -> Any:
    return model.objects.unscoped(WhyUnscoped.SETUP)


def codes(caught: Any) -> list[str]:
    return [problem.code.removeprefix("planning.") for problem in caught.value.problems]


# --- the five columns ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("allotted", "reason", "found"),
    [(99, "", []), (100, "", []), (101, "", ["planning.money_grew"]), (101, "Bổ sung mục tiêu", [])],
)
def test_column_is_not_larger_than_the_one_before_without_a_reason(
    allotted: int, reason: str, found: list[str]
) -> None:
    money = {C.REQUESTED: 120, C.APPRAISED: 100, C.ALLOTTED: allotted, C.SPENT: None, C.SETTLED: None}
    assert [problem.code for problem in growth_problems("Lớp", money, {C.ALLOTTED}, reason)] == found


def test_column_that_did_not_change_is_not_asked_about_again() -> None:
    money = {C.REQUESTED: 120, C.APPRAISED: 130, C.ALLOTTED: 110, C.SPENT: None, C.SETTLED: None}
    assert list(growth_problems("Lớp", money, {C.ALLOTTED}, "")) == []


def test_column_is_measured_against_the_last_one_that_is_known() -> None:
    money = {C.REQUESTED: 120, C.APPRAISED: None, C.ALLOTTED: None, C.SPENT: 121, C.SETTLED: None}
    assert [problem.code for problem in growth_problems("Lớp", money, {C.SPENT}, "")] == ["planning.money_grew"]


def test_each_column_keeps_who_when_and_by_which_paper(world: World) -> None:
    officer, finance = world.user(Role.HEALTH_DEPARTMENT), world.user(Role.FINANCE_DEPARTMENT)
    plan = make_plan(world.department, finance=world.organisation("finance"))
    line = make_line(world.department, plan=plan, source=make_source(world.department))
    submit_plan(plan=plan, by=officer)
    key = str(line.public_id)
    review_money(
        plan=plan,
        text="Giảm tài liệu",
        appraised={key: 90_000_000},
        comments={key: "Bỏ in ấn"},
        paper="12/STC-HCSN",
        by=finance,
    )
    found = rows(MoneyEntry).values_list("column", "before_vnd", "after_vnd", "paper", "reason", "made_by")
    assert list(found) == [
        ("requested", None, 100_000_000, "", "", str(officer.public_id)),
        ("appraised", None, 90_000_000, "12/STC-HCSN", "Bỏ in ấn", str(finance.public_id)),
    ]
    assert list(rows(PlanComment).order_by("pk").values_list("text", "place")) == [
        ("Giảm tài liệu", None),
        ("Bỏ in ấn", line.place),
    ]


def test_spending_above_what_was_allotted_is_refused_and_writes_nothing(world: World) -> None:
    plan = make_approved_plan(world.department)
    line = make_line(world.department, plan=plan)
    by, key = world.user(Role.HEALTH_DEPARTMENT), str(line.public_id)
    with pytest.raises(Refused) as caught:
        record_spending(plan=plan, amounts={key: Amounts(80_000_000, 80_000_001, None)}, by=by)
    assert codes(caught) == ["money_grew"]
    assert (rows(MoneyEntry).count(), rows(PlanLine).get().spent_vnd) == (0, None)
    record_spending(
        plan=plan, amounts={key: Amounts(80_000_000, 80_000_001, None, "Giá thuê tăng")}, by=by, paper="7/QĐ"
    )
    assert list(rows(MoneyEntry).values_list("column", "after_vnd", "reason", "paper")) == [
        ("allotted", 80_000_000, "Giá thuê tăng", "7/QĐ"),
        ("spent", 80_000_001, "Giá thuê tăng", "7/QĐ"),
    ]


def test_finance_page_begins_with_the_requested_amounts(client: Client, world: World) -> None:
    plan = make_submitted_plan(world.department, finance=world.organisation("finance"))
    make_line(world.department, plan=plan)
    client.force_login(world.user(Role.FINANCE_DEPARTMENT))
    page = client.get(f"/ke-hoach/{plan.public_id}/gop-y-kinh-phi/").content.decode()
    assert 'value="100.000.000"' in page


# --- norms and sources --------------------------------------------------------------------------------------------


def test_norm_of_a_donor_is_passed_with_a_written_reason_only(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    source, plan = make_source(world.department, "Dự án tài trợ"), make_plan(world.department)
    rate = RateDraft(
        world.department, NormCode.DAILY_ALLOWANCE, 150_000, "Sổ tay dự án", date(2027, 1, 1), source=source
    )
    add_rate(draft=rate, by=by)

    def drafted(vnd: int, reason: str = "") -> LineDraft:
        item = CostItem(NormCode.DAILY_ALLOWANCE, 2, vnd)
        return LineDraft("Lớp", make_topic(), 1, 20, 2027, items=(item,), source=source, reason=reason)

    with pytest.raises(Refused) as caught:
        add_line(plan=plan, draft=drafted(150_001), by=by)
    assert codes(caught) == ["over_ceiling_needs_reason"]
    line = add_line(plan=plan, draft=drafted(150_001, "Nhà tài trợ đồng ý"), by=by)
    at_norm = add_line(plan=plan, draft=drafted(150_000), by=by)
    assert (line.reason, at_norm.reason) == ("Nhà tài trợ đồng ý", "")


def test_rate_of_a_donor_does_not_bind_lines_of_other_sources(world: World) -> None:
    source = make_source(world.department, "Dự án tài trợ")
    rate = RateDraft(world.department, NormCode.DAILY_ALLOWANCE, 150_000, "Sổ tay", date(2026, 1, 1), source=source)
    add_rate(draft=rate, by=world.user(Role.HEALTH_DEPARTMENT))
    assert PlanBook(make_plan(world.department)).rates == {}


def test_closed_source_takes_no_more_lines(world: World) -> None:
    by, plan = world.user(Role.HEALTH_DEPARTMENT), make_plan(world.department)
    source = make_source(world.department)
    with pytest.raises(Refused) as caught:
        close_source(source=source, reason=" ", by=by)
    assert codes(caught) == ["reason_missing"]
    close_source(source=source, reason="Dự án kết thúc sớm", by=by)
    source.refresh_from_db()
    draft = LineDraft("Lớp", make_topic(), 1, 20, 2027, requested_vnd=1, source=source)
    with pytest.raises(Refused) as caught:
        add_line(plan=plan, draft=draft, by=by)
    assert codes(caught) == ["source_closed"]


def test_source_of_another_office_is_not_closed(world: World) -> None:
    with pytest.raises(NotAllowed):
        close_source(source=make_source(world.hospital), reason="x", by=world.user(Role.HEALTH_DEPARTMENT))


def test_persons_outside_the_areas_of_a_source_need_a_reason(world: World) -> None:
    make_area("M1001", kind="difficulty", value="III")
    source = make_source(world.department, areas=["III"])
    plan = make_plan(world.department)
    line = make_line(world.department, "Cấp cứu", plan=plan, source=source)
    inside = make_need(world.station, state=NeedState.ACCEPTED)
    outside = make_need(world.station_b, state=NeedState.ACCEPTED)
    PlanLineNeed.objects.create(line=line, need=inside, persons=3)
    PlanLineNeed.objects.create(line=line, need=outside, persons=2)
    assert outside_of([line], {source.pk: source}) == {line.pk: 2}
    with pytest.raises(Refused) as caught:
        submit_plan(plan=plan, by=world.user(Role.HEALTH_DEPARTMENT))
    assert codes(caught) == ["source_outside"]


# --- paid twice ---------------------------------------------------------------------------------------------------


def _two_plans(world: World, seats: int, *, same_source: bool = False) -> tuple[PlanLine, PlanLine]:
    need = make_need(world.station, state=NeedState.ACCEPTED, persons=4)
    mine, theirs = make_source(world.department, "Ngân sách"), make_source(world.department, "Dự án")
    other = make_approved_plan(world.hospital, year=2026)
    first = make_line(world.department, "Của Sở", plan=make_plan(world.department), source=mine, topic=need.topic)
    second = make_line(
        world.hospital, "Của dự án", plan=other, topic=need.topic, source=mine if same_source else theirs
    )
    PlanLineNeed.objects.create(line=first, need=need, persons=2)
    PlanLineNeed.objects.create(line=second, need=need, persons=seats)
    return first, second


@pytest.mark.parametrize(("seats", "twice"), [(1, []), (2, []), (3, [1])])
def test_persons_with_seats_from_two_sources_are_found_across_plans_and_years(
    world: World, seats: int, twice: list[int]
) -> None:
    first, second = _two_plans(world, seats)
    found = doubled_in_plan(first.plan)
    assert [each.twice for each in found] == twice
    assert second.source is not None
    assert [each.twice for each in doubled_of_source(second.source)] == []


def test_same_source_twice_is_not_double_funding(world: World) -> None:
    first, _ = _two_plans(world, 4, same_source=True)
    assert doubled_in_plan(first.plan) == []


def test_double_funding_stands_on_plan_line_and_stops_the_submission(client: Client, world: World) -> None:
    first, _ = _two_plans(world, 4)
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    pages = [
        client.get(f"/ke-hoach/{first.plan.public_id}/"),
        client.get(f"/ke-hoach/dong/{first.public_id}/"),
    ]
    assert ["Kiểm tra chi trùng" in page.content.decode() for page in pages] == [True, True]
    with pytest.raises(Refused) as caught:
        submit_plan(plan=first.plan, by=world.user(Role.HEALTH_DEPARTMENT))
    assert codes(caught) == ["double_persons"]
    first.reason = "Hai giai đoạn của một khóa"
    first.save()
    submit_plan(plan=first.plan, by=world.user(Role.HEALTH_DEPARTMENT))


@pytest.mark.parametrize(
    ("kind", "fee", "state", "warned"),
    [
        ("province", 500_000, RunState.OPEN, True),
        ("province", 0, RunState.OPEN, False),
        ("fee", 500_000, RunState.OPEN, False),
        ("province", 500_000, RunState.CANCELLED, False),
    ],
)
def test_class_that_takes_a_fee_while_its_line_is_paid_is_said_on_the_line(
    client: Client, world: World, kind: str, fee: int, state: RunState, warned: bool
) -> None:
    source = make_source(world.department, kind=kind)
    line = make_line(world.department, plan=make_approved_plan(world.department), source=source)
    ended = dict(cancelled_at=now(), cancelled_by="t") if state == RunState.CANCELLED else {}
    run = make_run(world.school, "Lớp thu phí", fee_vnd=fee, state=state, **ended)
    PlanLineRun.objects.create(line=line, run=run)
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    page = client.get(f"/ke-hoach/dong/{line.public_id}/").content.decode()
    assert ("Lớp “Lớp thu phí” có thu học phí 500.000" in page) is warned


def test_source_page_shows_what_plans_take_of_it(client: Client, world: World) -> None:
    source = make_source(world.department, "Dự án A", areas=["III"], indicator="90% trạm")
    make_line(world.department, plan=make_approved_plan(world.department), source=source)
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    page = client.get(f"/ke-hoach/nguon/{source.public_id}/").content.decode()
    shown = ("900.000.000", "100.000.000", "xã khu vực III", "90% trạm")
    assert [text for text in shown if text not in page] == []
