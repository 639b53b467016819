"""Pages of planning: who sees what, empty states, both languages, query counts, and the journey of a plan."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.ids import Ref
from lientuc.curricula.enums import GroundKind
from lientuc.directives.models import Barrier
from lientuc.places.scope import WhyUnscoped
from lientuc.planning.enums import NeedState, PlanState
from lientuc.planning.models import Need, Plan, PlanComment, PlanLine, PlanLineNeed, PlanLineRun
from tests.factories.curricula import make_topic
from tests.factories.delivery import make_finished_run, make_participation
from tests.factories.planning import (
    make_approved_plan,
    make_line,
    make_need,
    make_plan,
    make_proposal,
    make_rate,
    make_source,
    make_submitted_plan,
)
from tests.world import World

PASTE = "\n".join(
    (
        "TT\tNội dung\tĐối tượng\tSố lớp\tSố người\tThời gian (quý)\tĐơn vị thực hiện\tKinh phí (triệu đồng)\tNguồn",
        "1\tCấp cứu cơ bản cho trạm\tY sĩ, điều dưỡng\t2\t40\tQuý I-II\tTrường Cao đẳng Y tế Một\t85,5\tNgân sách tỉnh",
        "2\tCấp cứu cơ bản nâng cao\tBác sĩ\t1\tba mươi\tQuý V\tTrường Cao đẳng Y tế Một\t1.250\tQuỹ lạ",
    )
)


def rows(model: Any) -> Any:
    return model.objects.unscoped(WhyUnscoped.SETUP)


@pytest.fixture
def department(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    return client


@pytest.mark.parametrize("path", ["/ke-hoach/", "/ke-hoach/nhu-cau/", "/ke-hoach/nguon/", "/ke-hoach/muc-chi/", "/ke-hoach/nhu-cau/do-bao-phu/"])  # fmt: skip
def test_empty_page_says_so_in_both_languages(department: Client, path: str) -> None:
    vietnamese = department.get(path).content.decode()
    department.cookies["ngon-ngu"] = "en"
    english = department.get(path).content.decode()
    assert "empty-state" in vietnamese
    assert "empty-state" in english
    assert vietnamese != english


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_needs_asks_the_same_queries_for_one_and_three_rows(
    department: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_need(world.station, f"Nhu cầu {number}")
    with django_assert_num_queries(7):
        page = department.get("/ke-hoach/nhu-cau/").content.decode()
    assert page.count('<th scope="row">') == count


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_plans_asks_the_same_queries_for_one_and_three_rows(
    department: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_line(world.department, plan=make_plan(world.department, f"Kế hoạch {number}"))
    with django_assert_num_queries(5):
        page = department.get("/ke-hoach/").content.decode()
    assert page.count('<th scope="row">') == count


@pytest.mark.parametrize("count", [1, 3])
def test_plan_asks_the_same_queries_for_one_and_three_lines(
    department: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    plan = make_plan(world.department)
    for number in range(count):
        make_line(world.department, f"Dòng {number}", plan=plan)
    with django_assert_num_queries(15):
        page = department.get(f"/ke-hoach/{plan.public_id}/").content.decode()
    assert page.count("/ke-hoach/dong/") == count


@pytest.mark.parametrize(("path", "make"), [("nguon", make_source), ("muc-chi", make_rate)])
@pytest.mark.parametrize("count", [1, 3])
def test_lists_of_money_ask_the_same_queries_for_one_and_three_rows(
    department: Client, world: World, path: str, make: Any, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make(world.department, f"Dòng {number}", from_on=date(2026, 1, 1 + number))
    with django_assert_num_queries(5):
        page = department.get(f"/ke-hoach/{path}/").content.decode()
    assert [number for number in range(5) if f"Dòng {number}" in page] == list(range(count))


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.HEALTH_WORKER, "/ke-hoach/nhu-cau/"),
        (Role.PROVIDER, "/ke-hoach/"),
        (Role.STATION, "/ke-hoach/"),
        (Role.FINANCE_DEPARTMENT, "/ke-hoach/nhu-cau/"),
        (Role.MINISTRY, "/ke-hoach/moi/"),
    ],
)
def test_role_without_the_permission_is_refused(client: Client, world: World, role: Role, path: str) -> None:
    client.force_login(world.user(role))
    assert client.get(path).status_code == 403


def test_others_plan_line_need_and_proposal_are_not_found(department: Client, world: World) -> None:
    other = world.organisation("department2")
    paths = [
        f"/ke-hoach/{make_plan(other).public_id}/",
        f"/ke-hoach/dong/{make_line(other).public_id}/",
        f"/ke-hoach/nhu-cau/{make_need(other).public_id}/",
        f"/ke-hoach/phuong-an/{make_proposal(other).public_id}/",
    ]
    assert [department.get(path).status_code for path in paths] == [404, 404, 404, 404]


def test_need_born_of_a_finding_shows_its_barrier(department: Client, world: World) -> None:
    Barrier.objects.create(
        code="equipment", name_vi="Thiếu trang thiết bị", name_en="No equipment", removable_by="budget"
    )
    need = make_need(
        world.station,
        "",
        kind=GroundKind.FOLLOW_UP,
        origin=str(Ref("evaluation.finding", "x")),
        detail={"barrier": "equipment", "routed_to": "budget"},
        factors=[{"factor": "kind", "value": "follow_up", "percent": 120}],
    )
    page = department.get(f"/ke-hoach/nhu-cau/{need.public_id}/").content.decode()
    shown = ("phát hiện từ đánh giá đào tạo", "Thiếu trang thiết bị", "cấp quản lý ngân sách", "căn cứ của nhu cầu")
    assert [text for text in shown if text not in page] == []


def test_station_raises_a_need_once_by_a_form_sent_twice(client: Client, world: World) -> None:
    make_topic()
    client.force_login(world.user(Role.STATION))
    sent = {
        "organisation": str(world.station.public_id),
        "topic": "emergency.basic",
        "persons": "3",
        "equipment": "present",
        "text": "Cần học cấp cứu phản vệ",
        "key": "k",
    }
    assert [client.post("/ke-hoach/nhu-cau/moi/", sent).status_code for _ in range(2)] == [302, 302]
    assert list(rows(Need).values_list("persons", "state")) == [(3, "raised")]


def test_paste_shows_problems_in_their_cells_and_takes_nothing(department: Client, world: World) -> None:
    make_topic()
    make_source(world.department)
    plan = make_plan(world.department)
    page = department.post(f"/ke-hoach/{plan.public_id}/dan/", {"text": PASTE, "take": "1"}).content.decode()
    said = (
        'name="cell_3_4" value="ba mươi" aria-label="Dòng 3, số người" aria-invalid="true"><div class="field-error">“ba mươi” không phải là số nguyên',
        'name="cell_3_5" value="Quý V" aria-label="Dòng 3, thời gian (quý)" aria-invalid="true"><div class="field-error">Không đọc được thời gian “Quý V”',
        'name="cell_3_8" value="Quỹ lạ" aria-label="Dòng 3, nguồn" aria-invalid="true" list="source-names"><div class="field-error">Không có nguồn kinh phí “Quỹ lạ”',
    )
    assert [text for text in said if text not in page] == []
    assert rows(PlanLine).count() == 0


def test_paste_takes_the_good_rows_when_asked(department: Client, world: World) -> None:
    make_topic()
    make_source(world.department)
    plan = make_plan(world.department)
    sent = {"text": PASTE, "take": "1", "good_only": "1", "key": "k"}
    page = department.post(f"/ke-hoach/{plan.public_id}/dan/", sent).content.decode()
    assert ("Quỹ lạ" in page, "Y sĩ, điều dưỡng" in page) == (True, False)
    found = rows(PlanLine).values_list("title", "classes", "persons", "from_quarter", "to_quarter", "requested_vnd")
    assert list(found) == [("Cấp cứu cơ bản cho trạm", 2, 40, 1, 2, 85_500_000)]


def test_line_over_a_verified_ceiling_is_refused_with_the_article(department: Client, world: World) -> None:
    make_topic()
    plan = make_plan(world.department)
    sent = {
        "title": "Cấp cứu",
        "topic": "emergency.basic",
        "year": "2027",
        "from_quarter": "1",
        "to_quarter": "2",
        "classes": "1",
        "persons": "30",
        "item0_norm": "daily_allowance",
        "item0_quantity": "60",
        "item0_rate": "300.001",
    }
    page = department.post(f"/ke-hoach/{plan.public_id}/dong-moi/", sent).content.decode()
    assert "vượt mức tối đa 300.000 đ (Thông tư 12/2025/TT-BTC)" in page
    assert rows(PlanLine).count() == 0
    department.post(f"/ke-hoach/{plan.public_id}/dong-moi/", sent | {"item0_rate": "300.000"})
    assert rows(PlanLine).get().requested_vnd == 18_000_000


def test_plan_goes_from_draft_to_return_to_approval(client: Client, world: World) -> None:
    plan = make_plan(world.department, finance=world.organisation("finance"))
    line = make_line(world.department, plan=plan, source=make_source(world.department))
    address = f"/ke-hoach/{plan.public_id}/"

    def acts(role: Role, step: str, sent: dict[str, str]) -> int:
        client.force_login(world.user(role))
        return client.post(f"{address}{step}/", sent).status_code

    appraised = {f"appraised_vnd:{line.public_id}": "90.000.000", "text": "Giảm chi tài liệu"}

    def answers() -> int:
        client.force_login(world.user(Role.HEALTH_DEPARTMENT))
        returned = rows(PlanComment).get(kind="return")
        sent = {"stance": "taken", "text": "Đã bổ sung"}
        return client.post(f"/ke-hoach/y-kien/{returned.public_id}/tra-loi/", sent).status_code

    steps = [
        acts(Role.HEALTH_DEPARTMENT, "trinh", {}),
        acts(Role.FINANCE_DEPARTMENT, "gop-y-kinh-phi", appraised),
        acts(Role.PROVINCIAL_COMMITTEE, "tra-lai", {"text": "Bổ sung vùng khó khăn"}),
        answers(),
        acts(Role.HEALTH_DEPARTMENT, "trinh", {}),
        acts(Role.PROVINCIAL_COMMITTEE, "phe-duyet", {"decision_on": "2026-11-20"}),
    ]
    plan.refresh_from_db()
    line.refresh_from_db()
    assert steps == [302] * 6
    assert (plan.state, plan.decision_number, line.appraised_vnd) == (PlanState.APPROVED, "", 90_000_000)
    assert list(rows(PlanComment).values_list("kind", flat=True)) == ["money", "return", "answer"]


def test_finance_sees_money_and_no_name_of_a_learner(client: Client, world: World) -> None:
    plan = make_approved_plan(world.department, finance=world.organisation("finance"))
    line = make_line(world.department, plan=plan)
    run = make_finished_run(world.school, "Lớp cấp cứu")
    make_participation(world.school, "Trần Thị Kín", run=run)
    PlanLineRun.objects.create(line=line, run=run)
    client.force_login(world.user(Role.FINANCE_DEPARTMENT))
    pages = [client.get(f"/ke-hoach/{plan.public_id}/"), client.get(f"/ke-hoach/dong/{line.public_id}/")]
    text = "".join(page.content.decode() for page in pages)
    assert ("100.000.000" in text, "Trần Thị Kín" in text) == (True, False)


@pytest.mark.parametrize("path", ["phu-luc.xlsx", "ke-hoach.docx", "to-trinh.docx"])
def test_paper_is_a_file_with_the_totals(department: Client, world: World, path: str) -> None:
    from tests.matrix import _workbook_text

    plan = make_submitted_plan(world.department)
    make_line(world.department, plan=plan)
    answer = department.get(f"/ke-hoach/{plan.public_id}/{path}")
    text = _workbook_text(answer.content)
    assert answer.status_code == 200
    assert "Một trăm triệu đồng" in text
    assert "100.000.000" in text or "100000000" in text


@pytest.mark.parametrize("path", ["", "dan/", "dong-moi/", "chep/", "trinh/", "kinh-phi/", "phe-duyet/", "tra-lai/", "so-quyet-dinh/"])  # fmt: skip
def test_pages_of_a_plan_open_in_both_languages(department: Client, world: World, path: str) -> None:
    plan = make_plan(world.department)
    make_line(world.department, plan=plan, cost_items=[{"norm": "daily_allowance", "quantity": 2, "rate_vnd": 310_000, "text": ""}])  # fmt: skip
    pages = []
    for language in ("vi", "en"):
        department.cookies["ngon-ngu"] = language
        answer = department.get(f"/ke-hoach/{plan.public_id}/{path}")
        assert answer.status_code == 200
        pages.append(answer.content.decode())
    assert pages[0] != pages[1]


@pytest.mark.parametrize("path", ["", "sua/", "mo-lop/", "gan-lop/"])
def test_pages_of_a_line_open(department: Client, world: World, path: str) -> None:
    line = make_line(world.department, cost_items=[{"norm": "daily_allowance", "quantity": 2, "rate_vnd": 310_000, "text": ""}])  # fmt: skip
    assert department.get(f"/ke-hoach/dong/{line.public_id}/{path}").status_code == 200


def test_line_shows_why_it_is_there(department: Client, world: World) -> None:
    line = make_line(world.department)
    need = make_need(world.station, state=NeedState.ACCEPTED)
    PlanLineNeed.objects.create(line=line, need=need, persons=3)
    page = department.get(f"/ke-hoach/dong/{line.public_id}/").content.decode()
    assert "Trạm Y tế xã An" in page
    assert "3 / 4" in page


def test_coverage_counts_by_commune(department: Client, world: World) -> None:
    make_need(world.station, state=NeedState.ACCEPTED)
    page = department.get("/ke-hoach/nhu-cau/do-bao-phu/").content.decode()
    assert '<th scope="row">An</th>' in page


def test_source_and_rate_are_recorded_by_their_forms(department: Client, world: World) -> None:
    where = str(world.department.public_id)
    source = {
        "organisation": where,
        "name": "Dự án A",
        "kind": "programme",
        "ceiling_vnd": "1,5 tỷ",
        "from_on": "2027-01-01",
    }
    rate = {
        "organisation": where,
        "norm": "daily_allowance",
        "amount_vnd": "250.000",
        "decision": "1/NQ",
        "from_on": "2027-01-01",
    }
    assert department.post("/ke-hoach/nguon/moi/", source).status_code == 302
    assert department.post("/ke-hoach/muc-chi/moi/", rate).status_code == 302
    assert "1.500.000.000" in department.get("/ke-hoach/nguon/").content.decode()
    assert "250.000" in department.get("/ke-hoach/muc-chi/").content.decode()


def test_plan_opened_by_the_form_is_found_in_the_list(department: Client, world: World) -> None:
    sent = {"organisation": str(world.department.public_id), "kind": "annual", "year": "2027", "title": "Kế hoạch 2027"}
    assert department.post("/ke-hoach/moi/", sent).status_code == 302
    assert rows(Plan).get().state == PlanState.DRAFT
    again = department.post("/ke-hoach/moi/", sent)
    assert "Đã có kế hoạch năm của năm 2027" in again.content.decode()
