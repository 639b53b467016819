"""Pages of delivery: lists, a run from opening to certificates, enrolling, attendance, the public pages, the API."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.delivery import issuing, limits
from lientuc.delivery.models import Attendance, Certificate, CourseRun, Participation, RunLecturer, Session
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.jobs import run_next
from tests.factories.curricula import make_approved_version
from tests.factories.delivery import (
    make_certificate,
    make_completed,
    make_finished_run,
    make_participation,
    make_run,
    make_session,
)
from tests.factories.registry import make_provider, make_worker
from tests.world import World

DAY = date(2026, 6, 2)
PUBLISHED = {"plan_published_on": date(2026, 5, 1)}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    cache.clear()
    with clock_at(DAY):
        yield


def signed_in(world: World, role: Role) -> Client:
    client = Client()
    client.force_login(world.user(role))
    return client


@pytest.fixture
def provider(world: World) -> Client:
    return signed_in(world, Role.PROVIDER)


@pytest.fixture
def station(world: World) -> Client:
    return signed_in(world, Role.STATION)


EMPTY = ["/lop/", "/lop/hoc-vien/", "/lop/giay/", "/lop/lich-mo-lop/"]


@pytest.mark.parametrize("path", EMPTY)
def test_empty_page_says_so_in_both_languages(provider: Client, path: str) -> None:
    vietnamese = provider.get(path).content.decode()
    provider.cookies["ngon-ngu"] = "en"
    english = provider.get(path).content.decode()
    assert "empty-state" in vietnamese
    assert "empty-state" in english
    assert vietnamese != english


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"), [("/lop/", 5), ("/lop/hoc-vien/", 5), ("/lop/giay/", 5), ("/lop/lich-mo-lop/", 5)]
)
def test_lists_ask_the_same_queries_for_one_and_three_rows(
    provider: Client, world: World, path: str, queries: int, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        run = make_run(world.school, f"Lớp {number}", **PUBLISHED)
        make_certificate(world.school, participation=make_completed(world.school, f"Người {number}", run=run))
    with django_assert_num_queries(queries):
        text = provider.get(path).content.decode()
    assert text.count('<th scope="row">') == count


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("tab", "queries"), [("people", 8), ("sessions", 9), ("attendance", 12), ("certificates", 8)])
def test_tabs_ask_the_same_queries_for_one_and_three_people(
    provider: Client, world: World, tab: str, queries: int, count: int, django_assert_num_queries: Any
) -> None:
    run = make_run(world.school)
    for number in range(count):
        lecturer = RunLecturer.objects.create(run=run, name=f"GV {number}", months_experience=30)
        session = make_session(world.school, run=run, starts=time(8 + number), ends=time(9 + number), lecturer=lecturer)
        person = make_completed(world.school, f"Người {number}", run=run)
        Attendance.objects.create(session=session, participation=person, state="present", recorded_by="test")
        make_certificate(world.school, participation=person)
    with django_assert_num_queries(queries):
        answer = provider.get(f"/lop/{run.public_id}/?tab={tab}")
    assert answer.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_grid_asks_the_same_queries_for_one_and_three_people(
    provider: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    session = make_session(world.school)
    for number in range(count):
        make_participation(world.school, f"Người {number}", run=session.run)
    with django_assert_num_queries(7):
        text = provider.get(f"/lop/buoi/{session.public_id}/diem-danh/").content.decode()
    assert text.count("<select") == count


def test_search_ignores_marks(provider: Client, world: World) -> None:
    make_run(world.school, "Cấp cứu phản vệ")
    make_run(world.school, "Dinh dưỡng")
    text = provider.get("/lop/?q=phan+ve&year=2026").content.decode()
    assert ("Cấp cứu phản vệ" in text, "Dinh dưỡng" in text) == (True, False)


def test_runs_of_another_province_are_not_seen(world: World) -> None:
    run = make_run(world.organisation("school2"), "Lớp tỉnh khác")
    department = signed_in(world, Role.HEALTH_DEPARTMENT)
    assert "Lớp tỉnh khác" not in department.get("/lop/").content.decode()
    assert department.get(f"/lop/{run.public_id}/").status_code == 404


@pytest.mark.parametrize("path", ["/lop/", "/lop/moi/"])
def test_station_may_not_open_pages_of_organisers(station: Client, path: str) -> None:
    assert station.get(path).status_code == 403


def cells(content: bytes) -> list[Any]:
    return [cell.value for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]


def test_exports_are_workbooks(provider: Client, world: World) -> None:
    make_run(world.school, "Cấp cứu phản vệ")
    row = make_certificate(world.school)
    assert "Cấp cứu phản vệ" in cells(provider.get("/lop/tai-ve/").content)
    assert row.number in cells(provider.get("/lop/giay/tai-ve/").content)


def form_of(world: World, **change: Any) -> dict[str, Any]:
    version = make_approved_version(world.school)
    return {
        "organisation": str(world.school.public_id),
        "kind": "class",
        "title": "Lớp cấp cứu",
        "curriculum_version": str(version.public_id),
        "starts_on": "2026-06-01",
        "ends_on": "2026-06-02",
        "place": "Hội trường A",
        "capacity": "30",
        "proofs": ["practitioner_certificate", "course_certificate"],
        "fee_vnd": "0",
        "opening": "open",
        "key": "k1",
    } | change


def test_provider_without_code_is_told_article_and_remedy(provider: Client, world: World) -> None:
    make_provider(world.school)
    text = provider.post("/lop/moi/", form_of(world)).content.decode()
    assert "không được cấp chứng chỉ đào tạo liên tục (Thông tư 22/2013/TT-BYT, Điều 10)" in text
    assert "id_proofs_error" in text
    provider.cookies["ngon-ngu"] = "en"
    english = provider.post("/lop/moi/", form_of(world)).content.decode()
    assert "may not issue course certificates (Circular 22/2013/TT-BYT, Art. 10)" in english


def test_run_goes_from_opening_to_certificate_through_the_pages(provider: Client, world: World) -> None:
    make_provider(world.school, code="C.01")
    assert provider.post("/lop/moi/", form_of(world)).status_code == 302
    run = CourseRun.objects.unscoped(WhyUnscoped.RULE).get()
    home = f"/lop/{run.public_id}/"
    assert provider.post(f"{home}cong-khai/", {"published_on": "2026-05-20"}).status_code == 302
    assert "Lớp cấp cứu" in Client().get("/lop/lich-mo-lop/").content.decode()

    worker = make_worker(world.school, "Trần Thị An")
    found = provider.get(f"{home}cu-di-hoc/?q=tran+thi+an").content.decode()
    assert str(worker.public_id) in found
    data = {"worker": [str(worker.public_id)], "role": "learner", "key": "k2"}
    assert provider.post(f"{home}cu-di-hoc/", data, follow=True).status_code == 200
    person = Participation.objects.unscoped(WhyUnscoped.RULE).get()

    data = {"name": "BS. Lê Văn B", "months_experience": "24"}
    assert provider.post(f"{home}giang-vien-moi/", data).status_code == 302
    lecturer = RunLecturer.objects.unscoped(WhyUnscoped.RULE).get()
    data = {
        "on_date": "2026-06-01",
        "starts": "08:00",
        "ends": "11:30",
        "lessons": "4",
        "lecturer": str(lecturer.public_id),
    }
    assert provider.post(f"{home}buoi-moi/", data).status_code == 302
    session = Session.objects.unscoped(WhyUnscoped.RULE).get()
    grid = f"/lop/buoi/{session.public_id}/diem-danh/"
    assert provider.post(grid, {f"mark-{person.public_id}": "present"}).status_code == 302
    assert 'value="present" selected' in provider.get(grid).content.decode()

    assert provider.post(f"{home}ket-thuc/", {"key": "k3"}).status_code == 302
    assert "16 tiết" in provider.get(home).content.decode()
    issue = {"issued_on": "2026-06-02", "place": "Một", "authority": "head", "signer_post": "Hiệu trưởng"}
    assert "Sẽ cấp" in provider.get(f"{home}cap-giay/").content.decode()
    assert provider.post(f"{home}cap-giay/", issue).status_code == 302
    row = Certificate.objects.unscoped(WhyUnscoped.RULE).get()
    answer = provider.get(f"/lop/giay/{row.public_id}/pdf/")
    assert (answer["Content-Type"], answer.content) == ("application/pdf", bytes(row.pdf))

    public = Client().get(f"/lop/xac-minh/{row.verification_code}/")
    assert (public.status_code, "Giấy có hiệu lực" in public.content.decode()) == (200, True)
    revoke = {"on_date": "2026-06-02", "reason": "Cấp nhầm người"}
    assert provider.post(f"/lop/giay/{row.public_id}/thu-hoi/", revoke).status_code == 302
    public = Client().get(f"/lop/xac-minh/{row.verification_code}/")
    assert "Cấp nhầm người" in public.content.decode()


def test_planned_run_is_confirmed_by_a_button(provider: Client, world: World) -> None:
    make_provider(world.school, code="C.01")
    provider.post("/lop/moi/", form_of(world, opening="plan"))
    run = CourseRun.objects.unscoped(WhyUnscoped.RULE).get()
    assert "Mở ghi danh" in provider.get(f"/lop/{run.public_id}/").content.decode()
    assert provider.post(f"/lop/{run.public_id}/mo/").status_code == 302
    run.refresh_from_db()
    assert run.state == "open"


def test_run_without_attendance_is_not_finished_and_says_why(provider: Client, world: World) -> None:
    run = make_run(world.school, state="running")
    answer = provider.post(f"/lop/{run.public_id}/ket-thuc/")
    assert (answer.status_code, "chưa có buổi học nào" in answer.content.decode()) == (422, True)


def test_run_is_cancelled_with_a_reason(provider: Client, world: World) -> None:
    run = make_run(world.school)
    assert provider.post(f"/lop/{run.public_id}/huy/", {"reason": "Bão lớn"}).status_code == 302
    assert "Bão lớn" in provider.get(f"/lop/{run.public_id}/").content.decode()


def test_ministry_sees_the_run_but_no_names(world: World) -> None:
    person = make_participation(world.school, "Trần Thị Kín")
    text = signed_in(world, Role.MINISTRY).get(f"/lop/{person.run.public_id}/").content.decode()
    assert ("Trần Thị Kín" in text, "chỉ hiện với đơn vị tổ chức" in text) == (False, True)


def test_station_sends_two_people_and_hears_about_each(station: Client, world: World) -> None:
    run = make_run(world.school, capacity=1, starts_on=date(2026, 7, 15), ends_on=date(2026, 7, 16), **PUBLISHED)
    workers = [make_worker(world.station, name, title="doctor") for name in ("Người A", "Người B")]
    data = {"worker": [str(worker.public_id) for worker in workers], "role": "learner", "key": "k"}
    text = station.post(f"/lop/{run.public_id}/cu-di-hoc/", data, follow=True).content.decode()
    assert "danh sách chờ" in text
    assert "có thể không đủ người trực" in text
    assert "Nghị định 192/2026/NĐ-CP, Điều 3 khoản 2 điểm b" in text
    states = Participation.objects.unscoped(WhyUnscoped.RULE).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["enrolled", "waitlisted"]
    station.post(f"/lop/{run.public_id}/cu-di-hoc/", data, follow=True)
    assert Participation.objects.unscoped(WhyUnscoped.RULE).count() == 2


def test_station_sees_whom_it_cannot_spare_before_choosing(station: Client, world: World) -> None:
    run = make_run(world.school, starts_on=date(2026, 7, 15), ends_on=date(2026, 7, 16), **PUBLISHED)
    make_worker(world.station, "Người A", title="doctor")
    text = station.get(f"/lop/{run.public_id}/cu-di-hoc/?q=nguoi").content.decode()
    assert "Có thể thiếu người trực" in text


def test_station_finds_only_its_own_people(station: Client, world: World) -> None:
    run = make_run(world.school, **PUBLISHED)
    make_worker(world.organisation("station_b"), "Người Lạ")
    text = station.get(f"/lop/{run.public_id}/cu-di-hoc/?q=nguoi").content.decode()
    assert ("Người Lạ" in text, "Không tìm thấy" in text) == (False, True)


def test_unpublished_run_is_not_found_by_a_station(station: Client, world: World) -> None:
    run = make_run(world.school)
    assert station.get(f"/lop/{run.public_id}/cu-di-hoc/").status_code == 404


def test_refused_person_is_named_with_the_reason(station: Client, world: World) -> None:
    run = make_run(world.school, **PUBLISHED)
    worker = make_worker(world.station, "Người A")
    make_participation(world.school, worker=worker, run=make_run(world.school, "Lớp khác"))
    data = {"worker": [str(worker.public_id)], "role": "learner"}
    text = station.post(f"/lop/{run.public_id}/cu-di-hoc/", data, follow=True).content.decode()
    assert "Người A: Trùng thời gian với khóa “Lớp khác”" in text


def test_person_is_withdrawn_with_a_reason(station: Client, world: World) -> None:
    row = make_participation(world.school, worker=make_worker(world.station), run=make_run(world.school))
    address = f"/lop/hoc-vien/{row.public_id}/rut/"
    assert "bắt buộc" in station.get(address).content.decode()
    assert station.post(address, {"reason": "Bận trực"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_everybody_else_is_marked_present_by_one_button(provider: Client, world: World) -> None:
    session = make_session(world.school)
    people = [make_participation(world.school, f"Người {n}", run=session.run) for n in range(3)]
    data = {f"mark-{people[0].public_id}": "absent", "everybody": "present"}
    provider.post(f"/lop/buoi/{session.public_id}/diem-danh/", data)
    rows = Attendance.objects.unscoped(WhyUnscoped.RULE).order_by("participation").values_list("state", flat=True)
    assert list(rows) == ["absent", "present", "present"]


def test_attendance_in_the_future_is_refused_on_the_page(provider: Client, world: World) -> None:
    session = make_session(world.school, on_date=date(2026, 6, 3))
    person = make_participation(world.school, run=session.run)
    data = {f"mark-{person.public_id}": "present"}
    text = provider.post(f"/lop/buoi/{session.public_id}/diem-danh/", data).content.decode()
    assert "Chưa đến ngày của buổi học" in text


def test_sign_in_sheet_is_a_pdf_with_the_names(provider: Client, world: World) -> None:
    session = make_session(world.school)
    make_participation(world.school, "Nguyễn Thị Ưởng", run=session.run)
    answer = provider.get(f"/lop/buoi/{session.public_id}/phieu-ky-ten/")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert (answer["Content-Type"], "Nguyễn Thị Ưởng" in text, "DANH SÁCH KÝ TÊN" in text) == (
        "application/pdf", True, True,
    )  # fmt: skip


def test_certificate_of_another_province_is_not_found(world: World) -> None:
    row = make_certificate(world.organisation("school2"))
    client = signed_in(world, Role.HEALTH_DEPARTMENT)
    for ending in ("", "pdf/", "thu-hoi/"):
        assert client.get(f"/lop/giay/{row.public_id}/{ending}").status_code == 404


def test_worker_sees_the_own_certificate_only(world: World) -> None:
    user = world.user(Role.HEALTH_WORKER)
    mine = make_completed(world.school, worker=make_worker(world.station, "Tôi Đây", user=user))
    make_certificate(world.school, "Tôi Đây", participation=mine)
    make_certificate(world.station, "Người Khác")
    text = signed_in(world, Role.HEALTH_WORKER).get("/lop/giay/").content.decode()
    assert ("Tôi Đây" in text, "Người Khác" in text) == (True, False)


def test_certificate_is_issued_anew_through_the_page(provider: Client, world: World) -> None:
    make_provider(world.school, code="C.01")
    run = make_finished_run(world.school)
    row = make_certificate(
        world.school, participation=make_completed(world.school, run=run), issued_on=date(2026, 6, 2), serial=900,
        number="900/2026",
    )  # fmt: skip
    data = {
        "reason": "Mất giấy",
        "issued_on": "2026-06-02",
        "place": "Một",
        "authority": "kt",
        "principal": "Hiệu trưởng",
        "signer_post": "Phó Hiệu trưởng",
    }
    assert provider.post(f"/lop/giay/{row.public_id}/cap-lai/", data).status_code == 302
    assert "Đã được thay bằng bản cấp lại" in provider.get(f"/lop/giay/{row.public_id}/").content.decode()


def test_typed_code_leads_to_the_answer(world: World) -> None:
    row = make_certificate(world.school, "Trần Thị An")
    answer = Client().post("/lop/xac-minh/", {"code": row.verification_code.lower().replace("-", " ")}, follow=True)
    text = answer.content.decode()
    assert (answer.status_code, "Giấy có hiệu lực" in text, "Trần Thị An" in text) == (200, True, True)


def test_unknown_code_says_so_in_both_languages(db: None) -> None:
    client = Client()
    answer = client.get("/lop/xac-minh/AAAAAAA/")
    assert (answer.status_code, "Không có giấy nào mang mã này" in answer.content.decode()) == (404, True)
    client.cookies["ngon-ngu"] = "en"
    assert "No certificate carries this code" in client.get("/lop/xac-minh/AAAAAAA/").content.decode()


def test_simulated_certificate_says_it_has_no_value(world: World) -> None:
    content = {"holder_name": "A", "issuer": "B", "activities": [], "simulated": True}
    row = make_certificate(world.school, content=content)
    assert "không có giá trị" in Client().get(f"/lop/xac-minh/{row.verification_code}/").content.decode()


def asked(times: int) -> list[int]:
    client = Client()
    return [client.get("/lop/xac-minh/AAAAAAA/").status_code for _ in range(times)]


def test_sixty_look_ups_a_minute_are_answered_and_no_more(db: None) -> None:
    statuses = asked(61)
    assert (set(statuses[:60]), statuses[60]) == ({404}, 429)
    with clock_at(date(2026, 6, 3)):
        assert Client().get("/lop/xac-minh/AAAAAAA/").status_code == 404


def test_twin_without_the_limit_answers_everything(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LOOK_UPS_A_MINUTE", 10**9)
    assert set(asked(61)) == {404}


def test_public_verification_asks_few_queries(world: World, django_assert_max_num_queries: Any) -> None:
    make_provider(world.school, code="C.01")
    row = make_certificate(world.school)
    with django_assert_max_num_queries(9):
        Client().get(f"/lop/xac-minh/{row.verification_code}/")


def test_long_list_is_issued_by_a_job(provider: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issuing, "MOST_IN_A_PAGE", 2)
    make_provider(world.school, code="C.01")
    run = make_finished_run(world.school)
    for number in range(3):
        make_completed(world.school, f"Người {number}", run=run)
    data = {"issued_on": "2026-06-02", "place": "Một", "authority": "head", "signer_post": "Hiệu trưởng", "key": "k"}
    text = provider.post(f"/lop/{run.public_id}/cap-giay/", data, follow=True).content.decode()
    assert "Đang cấp 3 giấy" in text
    job = run_next()
    assert job is not None
    assert (job.state, Certificate.objects.unscoped(WhyUnscoped.RULE).count()) == ("done", 3)
