"""Planned, opened, trained, granted, spent: by line, source, level of care and field; what is left goes on."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.errors import Refused
from lientuc.delivery.models import Participation
from lientuc.places.scope import WhyUnscoped
from lientuc.planning.actions import carry_forward
from lientuc.planning.enums import NeedState
from lientuc.planning.execution_tables import execution_tables
from lientuc.planning.models import Plan, PlanLine, PlanLineNeed, PlanLineRun
from lientuc.planning.queries.execution import by_level, carried, execution
from lientuc.planning.queries.plans import lines_of
from tests.factories.curricula import make_topic
from tests.factories.delivery import make_certificate, make_completed, make_finished_run, make_participation
from tests.factories.planning import make_approved_plan, make_line, make_need, make_plan, make_source
from tests.factories.registry import make_worker
from tests.world import World


def rows(model: Any) -> Any:
    return model.objects.unscoped(WhyUnscoped.SETUP)


def carried_out(world: World, **fields: Any) -> PlanLine:
    """A line for a station and a hospital with one finished class in which a person of the station completed."""
    plan = make_approved_plan(world.department, "Kế hoạch 2027", **fields)
    line = make_line(
        world.department, "Cấp cứu", plan=plan, persons=5, classes=1, requested_vnd=100, spent_vnd=99, source=make_source(world.department)
    )  # fmt: skip
    for unit, persons in ((world.station, 2), (world.hospital, 1)):
        need = make_need(unit, state=NeedState.PLANNED, persons=persons, topic=line.topic)
        PlanLineNeed.objects.create(line=line, need=need, persons=persons)
    run = make_finished_run(world.school, "Lớp cấp cứu")
    PlanLineRun.objects.create(line=line, run=run)
    make_completed(world.station, "Người học xong", run=run, worker=make_worker(world.station, "Trần Thị Kín"))
    return line


def test_line_tells_what_was_planned_opened_trained_and_spent(world: World) -> None:
    plan = carried_out(world).plan
    (found,) = execution(lines_of(plan), carried(plan), "line")
    assert (found.classes, found.opened, found.persons, found.trained, found.granted) == (1, 1, 5, 1, 0)
    assert (found.requested_vnd, found.spent_vnd, found.settled_vnd) == (100, 99, None)


def test_levels_of_care_add_up_to_the_line(world: World) -> None:
    plan = carried_out(world).plan
    found = {
        row.key: (row.persons, row.trained, row.requested_vnd, row.spent_vnd) for row in by_level(plan, lines_of(plan))
    }
    assert found == {"initial": (2, 1, 40, 39), "basic": (1, 0, 20, 19), "": (2, 0, 40, 41)}
    assert sum(row[2] for row in found.values()) == 100
    assert sum(row[3] for row in found.values()) == 99


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_queries_for_one_and_three_lines(
    client: Client, world: World, count: int, django_assert_max_num_queries: Any
) -> None:
    plan = make_approved_plan(world.department)
    for number in range(count):
        make_line(world.department, f"Dòng {number}", plan=plan)
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    with django_assert_max_num_queries(18):
        page = client.get(f"/ke-hoach/{plan.public_id}/thuc-hien/").content.decode()
    assert [number for number in range(5) if f"Dòng {number}</a>" in page] == list(range(count))


def test_workbook_has_a_sheet_for_each_way_of_grouping_with_the_same_sums(world: World) -> None:
    tables = execution_tables(carried_out(world).plan, "vi")
    assert [table.title for table in tables] == [
        "Theo nội dung",
        "Theo nguồn kinh phí",
        "Theo cấp chuyên môn",
        "Theo lĩnh vực",
    ]
    assert {(table.footer[4], table.footer[5], table.footer[7], table.footer[9]) for table in tables} == {
        (5, 1, 100, 99)
    }


def test_unmet_needs_go_into_next_years_draft_once(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    line = carried_out(world)
    make_need(world.station_b, state=NeedState.ACCEPTED, persons=7, topic=line.topic)
    following = carry_forward(plan=line.plan, by=by)
    (carried_line,) = rows(PlanLine).filter(plan=following)
    # 2 of the station (1 trained), 1 of the hospital, 7 new ones; classes of 5.
    assert (following.year, following.state, carried_line.persons, carried_line.classes) == (2028, "draft", 9, 2)
    assert carried_line.note == "Chuyển tiếp từ kế hoạch năm 2027: còn 9 người của 3 đơn vị chưa được đào tạo."
    with pytest.raises(Refused) as caught:
        carry_forward(plan=line.plan, by=by)
    assert [problem.code for problem in caught.value.problems] == ["planning.nothing_to_carry"]
    assert rows(Plan).filter(year=2028).count() == 1


def test_only_an_approved_annual_plan_hands_on(world: World) -> None:
    with pytest.raises(Refused) as caught:
        carry_forward(plan=make_plan(world.department), by=world.user(Role.HEALTH_DEPARTMENT))
    assert [problem.code for problem in caught.value.problems] == ["planning.carry_annual_only"]


# --- the finance role sees money, not persons -------------------------------------------------------------------------

FINANCE_PAGES = (
    "", "thuc-hien/", "thuc-hien.xlsx", "y-kien/", "phu-luc.xlsx", "ke-hoach.docx", "to-trinh.docx", "thuyet-minh-du-toan.docx",
    "tong-hop-y-kien.docx", "quyet-dinh.docx",
)  # fmt: skip


def seen(client: Client, plan: Plan, line: PlanLine) -> str:
    """Everything a reader of the plan can open, as text."""
    from tests.matrix import _workbook_text

    found = [client.get(f"/ke-hoach/dong/{line.public_id}/").content.decode()]
    for path in FINANCE_PAGES:
        answer = client.get(f"/ke-hoach/{plan.public_id}/{path}")
        assert answer.status_code == 200, path
        found.append(_workbook_text(answer.content) if "." in path else answer.content.decode())
    return "\n".join(found)


def test_finance_sees_the_money_of_every_page_and_paper_and_nobodys_name(client: Client, world: World) -> None:
    line = carried_out(world, finance=world.organisation("finance"))
    client.force_login(world.user(Role.FINANCE_DEPARTMENT))
    text = seen(client, line.plan, line)
    run = rows(PlanLineRun).get().run
    closed = [
        client.get(path).status_code
        for path in (
            f"/lop/{run.public_id}/",
            "/ke-hoach/nhu-cau/",
            "/nhan-luc/",
            f"/ke-hoach/dong/{line.public_id}/sua/",
        )
    ]
    assert ("Trần Thị Kín" in text, "Cấp cứu" in text) == (False, True)
    assert {403, 404} >= set(closed)


def test_twin_a_title_with_a_name_would_have_been_seen(client: Client, world: World) -> None:
    line = carried_out(world, finance=world.organisation("finance"))
    rows(PlanLine).filter(pk=line.pk).update(note="Cử Trần Thị Kín", reason="Cử Trần Thị Kín")
    client.force_login(world.user(Role.FINANCE_DEPARTMENT))
    assert "Trần Thị Kín" in seen(client, line.plan, line)


def test_family_and_source_name_their_groups(client: Client, world: World) -> None:
    line = carried_out(world)
    make_line(world.department, "Không nguồn", plan=line.plan, topic=make_topic("nursing.care", family="nursing"))
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    page = client.get(f"/ke-hoach/{line.plan.public_id}/thuc-hien/").content.decode()
    assert [text for text in ("chưa có nguồn", "Ngân sách tỉnh", "chưa gắn với nhu cầu") if text not in page] == []


def test_certificate_counts_as_granted(world: World) -> None:
    line = carried_out(world)
    run = rows(PlanLineRun).get().run
    make_certificate(world.school, participation=rows(Participation).get())
    done = carried(line.plan)[line.pk]
    assert (done.trained, done.granted) == (1, 1)
    make_participation(world.station, "Chưa xong", run=run)
    assert carried(line.plan)[line.pk].trained == done.trained
