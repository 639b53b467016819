"""What hangs on the review: norms of stations, the one-page brief, saved views, the worklist of data quality."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.management import call_command
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.errors import NotAllowed, Refused
from lientuc.registry.enums import PostKind, Title
from lientuc.reports.actions import drop_view, save_view
from lientuc.reports.enums import Area, ReviewBy
from lientuc.reports.models import ReviewRefresh, SavedView
from lientuc.reports.review.answer import review
from lientuc.reports.review.asking import Asked
from lientuc.reports.review.brief import LONGEST_DECISION, Brief, brief_paper, proposed_decisions
from lientuc.reports.review.norms import Shortfall, shortfall, vacancies
from lientuc.reports.review.numbers import as_json, from_json, numbers
from lientuc.reports.review.saved import views_for
from lientuc.reports.review.summary import refresh_summary
from lientuc.reports.rules import MOST_VIEWS, SavedViewDraft, view_problems
from lientuc.trail.jobs import run_next
from tests.factories.assessing import make_population
from tests.factories.credits import make_standing
from tests.factories.places import make_area
from tests.factories.registry import make_licence, make_post, make_worker
from tests.office import as_pdf, pages_of, text_of
from tests.world import World

ON = date(2026, 6, 1)
LONG = "Một đề nghị rất dài cần lãnh đạo đọc kỹ trước khi quyết định. "


@pytest.fixture
def department(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    return client


# --- norms of stations ------------------------------------------------------------------------------------------------


def station(world: World, people: int, inhabitants: int) -> Any:
    for number in range(people):
        make_worker(world.station, f"Người {number}")
    make_population("M1001", inhabitants)
    found = vacancies(world.user(Role.HEALTH_DEPARTMENT), Asked(), ON)
    return next(line for line in found.lines if line.commune_code == "M1001")


@pytest.mark.parametrize(("people", "missing"), [(4, (1, 1)), (5, (0, 0)), (6, (0, 0))])
def test_missing_posts_below_at_and_above_the_norm(world: World, people: int, missing: tuple[int, int]) -> None:
    assert station(world, people, 6_000).missing == missing


def test_area_three_asks_for_more(world: World) -> None:
    make_area("M1001", value="III")
    line = station(world, 0, 5_000)
    assert (line.area, line.missing) == (Area.III, (6, 7))


def test_norm_counts_points_and_no_collaborators(world: World) -> None:
    make_worker(world.organisation("point"))
    make_worker(world.station, title=Title.VILLAGE_HEALTH_WORKER)
    make_post(make_worker(world.hospital), world.station, kind=PostKind.COLLABORATOR, responsible_for_training=False)
    assert station(world, 1, 6_000).people == 2


def test_commune_without_inhabitants_is_listed_and_not_compared(world: World) -> None:
    found = vacancies(world.user(Role.HEALTH_DEPARTMENT), Asked(), ON)
    assert ([line.name for line in found.lines], found.with_norm) == (["An", "Bình"], [])


@pytest.mark.parametrize("count", [1, 2])
def test_norms_page_asks_the_same_queries(
    department: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for code in ["M1001", "M1002"][:count]:
        make_population(code, 7_000)
    with django_assert_num_queries(13):
        page = department.get("/ra-soat-nhan-luc/dinh-muc/").content.decode()
    assert ("Thông tư 03/2023/TT-BYT" in page, f"Dựa trên {count}/2 xã" in page) == (True, True)


def test_norms_speak_both_languages_and_are_files(department: Client, world: World) -> None:
    vietnamese = department.get("/ra-soat-nhan-luc/dinh-muc/").content
    assert department.get("/ra-soat-nhan-luc/dinh-muc/", {"kind": "xlsx"}).content[:2] == b"PK"
    department.cookies["ngon-ngu"] = "en"
    assert vietnamese != department.get("/ra-soat-nhan-luc/dinh-muc/").content


# --- the brief --------------------------------------------------------------------------------------------------------


def a_province(world: World) -> None:
    """Figures that call for every decision."""
    for place, title in enumerate(list(Title)[:9]):
        make_standing(world.hospital, f"Thiếu {place}", status="short" if place % 2 else "met")
        make_licence(make_worker(world.station, f"Người {place}", title=title), issued_on=date(2020, 3, 1 + place))
    make_population("M1001", 30_000)
    make_population("M1002", 20_000)


def briefed(world: World, decisions: tuple[str, ...] = ()) -> Any:
    by = world.user(Role.HEALTH_DEPARTMENT)
    asked = Asked(by=ReviewBy.TITLE)
    found, short = review(by, asked, ON), vacancies(by, asked, ON).shortfall
    texts = decisions or tuple(proposed_decisions(found, short))
    brief = Brief("Rà soát nhân lực y tế tỉnh Một", "UBND tỉnh Một", "Giám đốc", "Lê Văn Ký", texts)
    return brief_paper(brief, found, short, world.department, simulated=False), found, short


def written(paper: Any, language: str = "vi") -> bytes:
    from lientuc.documents.writers import write_docx

    made = io.BytesIO()
    write_docx(paper, made, language)
    return made.getvalue()


def test_three_decisions_follow_from_the_figures(world: World) -> None:
    a_province(world)
    _, found, short = briefed(world)
    first, second, third = proposed_decisions(found, short)
    assert ("2 trạm y tế dưới định mức" in first, "người thiếu giờ" in second, "đã hết hạn" in third) == (True,) * 3


def test_good_figures_still_leave_three_decisions(world: World) -> None:
    _, found, short = briefed(world)
    assert len(proposed_decisions(found, short)) == 3


@pytest.mark.parametrize("long", [False, True])
def test_brief_is_one_page_in_an_office(world: World, tmp_path: Path, long: bool) -> None:
    a_province(world)
    decisions = ((LONG * 4)[:LONGEST_DECISION],) * 3 if long else ()
    paper, *_ = briefed(world, decisions)
    pdf = as_pdf(written(paper), "tom-tat.docx", tmp_path)
    text = text_of(pdf)
    assert (pages_of(pdf), "BÁO CÁO TÓM TẮT" in text, "Lê Văn Ký" in text) == (1, True, True)


def test_twin_with_ten_decisions_is_more_than_one_page(world: World, tmp_path: Path) -> None:
    a_province(world)
    paper, *_ = briefed(world, ((LONG * 4)[:LONGEST_DECISION],) * 10)
    assert pages_of(as_pdf(written(paper), "tom-tat.docx", tmp_path)) > 1


def test_brief_holds_five_numbers_a_chart_and_the_same_bytes(world: World) -> None:
    a_province(world)
    paper, *_ = briefed(world)
    document = docx.Document(io.BytesIO(written(paper)))
    grids = [table for table in document.tables if len(table.columns) == 3]
    assert (len(document.inline_shapes), [len(grid.rows) for grid in grids]) == (1, [6])
    assert written(paper) == written(paper)


def test_brief_is_read_changed_and_downloaded(department: Client, world: World) -> None:
    a_province(world)
    page = department.get("/ra-soat-nhan-luc/bao-cao-mot-trang/").content.decode()
    assert page.count("<textarea") == 3
    values = {"title": "Tóm tắt", "decision_1": "Việc một", "decision_2": "Việc hai", "decision_3": "Việc ba"}
    answer = department.post("/ra-soat-nhan-luc/bao-cao-mot-trang/", values)
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(answer.content)).paragraphs]
    assert "2. Việc hai" in texts


def test_brief_in_english(department: Client, world: World) -> None:
    department.cookies["ngon-ngu"] = "en"
    values = {"title": "Brief", "decision_1": "One", "decision_2": "Two", "decision_3": "Three"}
    answer = department.post("/ra-soat-nhan-luc/bao-cao-mot-trang/", values)
    assert "BRIEF" in [paragraph.text for paragraph in docx.Document(io.BytesIO(answer.content)).paragraphs]


def test_numbers_are_kept_as_plain_values(world: World) -> None:
    a_province(world)
    _, found, short = briefed(world)
    five = numbers(found, short)
    assert from_json(as_json(five)) == five
    assert [(one.count, one.of) for one in five[1:]] == [(0, 9), (5, 9), (0, 18), (2, 2)]


# --- saved views ------------------------------------------------------------------------------------------------------


def saved(world: World, role: Role, name: str = "Trạm vùng III", *, shared: bool = False) -> SavedView:
    by = world.user(role)
    office = world.department if shared else None
    return save_view(draft=SavedViewDraft(name, "area=III&by=commune", shared), office=office, by=by)


@pytest.mark.parametrize(
    ("name", "others", "codes"),
    [
        (" ", [], ["reports.view_name_missing"]),
        ("A", ["A"], ["reports.view_name_taken"]),
        ("A", ["B"] * (MOST_VIEWS - 1), []),
        ("A", ["B"] * MOST_VIEWS, ["reports.too_many_views"]),
    ],
)
def test_view_problems(name: str, others: list[str], codes: list[str]) -> None:
    assert [problem.code for problem in view_problems(SavedViewDraft(name, ""), others)] == codes


def test_own_view_is_nobody_else_s_and_a_shared_one_is_the_office_s(world: World) -> None:
    own, shared = saved(world, Role.HEALTH_DEPARTMENT), saved(world, Role.HEALTH_DEPARTMENT, "Chung", shared=True)
    assert set(views_for(world.user(Role.HEALTH_DEPARTMENT))) == {own, shared}
    assert set(views_for(world.user(Role.STATION))) == set()
    assert set(views_for(world.user(Role.INSPECTOR))) == {shared}


def test_view_of_the_same_name_is_refused(world: World) -> None:
    saved(world, Role.STATION)
    with pytest.raises(Refused, match="view_name_taken"):
        saved(world, Role.STATION)


def test_only_the_owner_drops_a_view(world: World) -> None:
    view = saved(world, Role.HEALTH_DEPARTMENT, shared=True)
    with pytest.raises(NotAllowed):
        drop_view(view=view, by=world.user(Role.MINISTRY))
    drop_view(view=view, by=world.user(Role.HEALTH_DEPARTMENT))
    assert SavedView.objects.count() == 0


def test_view_is_saved_used_and_deleted_on_the_page(department: Client, world: World) -> None:
    make_worker(world.station)
    department.post("/ra-soat-nhan-luc/luu-cach-xem/", {"name": "Vùng III", "query": "area=III&by=commune"})
    page = department.get("/ra-soat-nhan-luc/").content.decode()
    assert 'href="?area=III&amp;by=commune"' in page
    department.post("/ra-soat-nhan-luc/xoa-cach-xem/", {"view": SavedView.objects.get().public_id})
    assert SavedView.objects.count() == 0


# --- the summary's refresh --------------------------------------------------------------------------------------------


def test_summary_is_refreshed_by_button_and_by_night(department: Client, world: World) -> None:
    make_worker(world.station)
    department.post("/ra-soat-nhan-luc/tinh-lai/")
    assert run_next().result == {"persons": 1, "posts": 1}
    make_worker(world.station)
    call_command("refresh-review", verbosity=0, stdout=io.StringIO())
    assert ReviewRefresh.objects.get().persons == 2


# --- data quality -----------------------------------------------------------------------------------------------------


def test_worklist_counts_leads_to_the_form_and_empties_itself(department: Client, world: World) -> None:
    worker = make_worker(world.station, national_number=None)
    make_licence(worker)
    page = department.get("/ho-so-can-lam-sach/", {"code": "no_number"}).content.decode()
    assert (f"/nhan-luc/nguoi/{worker.public_id}/sua/" in page, "Trạm Y tế xã An" in page) == (True, True)
    worker.national_number = "001190000001"
    worker.save()
    assert "/sua/" not in department.get("/ho-so-can-lam-sach/", {"code": "no_number"}).content.decode()


def test_worklist_is_narrowed_by_unit_and_exported(department: Client, world: World) -> None:
    make_worker(world.station, "Người Trạm", national_number=None)
    make_worker(world.hospital, "Người Viện", national_number=None)
    wanted = {"code": "no_number", "unit": world.hospital.public_id}
    page = department.get("/ho-so-can-lam-sach/", wanted).content.decode()
    assert ("Người Viện" in page, "Người Trạm" in page) == (True, False)
    text = department.get("/ho-so-can-lam-sach/", {**wanted, "kind": "csv"}).content.decode("utf-8-sig")
    assert ("Người Viện" in text, "Người Trạm" in text) == (True, False)


def test_worklist_of_another_province_is_empty(client: Client, world: World) -> None:
    make_worker(world.organisation("station2"), national_number=None)
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    assert "empty-state" in client.get("/ho-so-can-lam-sach/").content.decode()


def test_committee_has_no_worklist(client: Client, world: World) -> None:
    client.force_login(world.user(Role.PROVINCIAL_COMMITTEE))
    assert client.get("/ho-so-can-lam-sach/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_worklist_asks_the_same_queries(
    department: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_worker(world.station, f"Người {number}", national_number=None)
    with django_assert_num_queries(20):
        department.get("/ho-so-can-lam-sach/", {"code": "no_number"})


def test_summary_holds_the_people_of_stations(world: World) -> None:
    make_worker(world.station)
    make_worker(world.organisation("point"))
    make_worker(world.station_b, title=Title.VILLAGE_HEALTH_WORKER)
    make_population("M1001", 6_000)
    refresh_summary(ON)
    by = world.user(Role.MINISTRY)
    assert shortfall(by, Asked(), ON) == vacancies(by, Asked(), ON).shortfall == Shortfall(1, 1, 3, 3)
    assert shortfall(world.user(Role.TRAINING_OFFICE), Asked(), ON) == Shortfall(0, 0, 0, 0)


def test_many_groups_are_shown_one_table_at_a_time(department: Client, world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr("lientuc.reports.review.tables.ROWS_AT_A_GLANCE", 1)
    make_worker(world.station)
    make_worker(world.hospital)
    page = department.get("/ra-soat-nhan-luc/", {"part": "age"}).content.decode()
    assert (page.count("<caption>"), "part=licence" in page, "Tuổi tính theo năm sinh" in page) == (1, True, True)
