"""Pages of curricula: lists, drafting, appraisal, who sees what, both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.curricula.models import Appraisal, AppraisalCouncil, Curriculum, CurriculumVersion, Opinion
from lientuc.places.scope import WhyUnscoped
from tests.factories.curricula import (
    make_appraisal,
    make_approved_version,
    make_council,
    make_member,
    make_submitted_version,
    make_topic,
    make_version,
)
from tests.world import World


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock_at(date(2026, 3, 2)):
        yield


def signed_in(world: World, role: Role) -> Client:
    client = Client()
    client.force_login(world.user(role))
    return client


@pytest.fixture
def provider(world: World) -> Client:
    return signed_in(world, Role.PROVIDER)


@pytest.fixture
def department(world: World) -> Client:
    return signed_in(world, Role.HEALTH_DEPARTMENT)


EMPTY = ["/chuong-trinh/", "/chuong-trinh/chu-de/", "/chuong-trinh/hoi-dong/", "/chuong-trinh/tham-dinh/"]


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
    ("path", "queries"), [("/chuong-trinh/", 6), ("/chuong-trinh/hoi-dong/", 5), ("/chuong-trinh/tham-dinh/", 5)]
)
def test_lists_ask_the_same_queries_for_one_and_three_rows(
    provider: Client, world: World, path: str, queries: int, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_appraisal(world.school, f"Chương trình {number}", council=make_council(world.school, f"Hội đồng {number}"))
    with django_assert_num_queries(queries):
        text = provider.get(path).content.decode()
    assert text.count('<th scope="row">') == count


def test_search_ignores_marks(provider: Client, world: World) -> None:
    make_version(world.school, "Cấp cứu phản vệ")
    make_version(world.school, "Dinh dưỡng")
    text = provider.get("/chuong-trinh/?q=phan+ve").content.decode()
    assert ("Cấp cứu phản vệ" in text, "Dinh dưỡng" in text) == (True, False)


def test_filter_by_state_of_the_newest_version(provider: Client, world: World) -> None:
    approved = make_approved_version(world.school, "Đã ban hành rồi")
    make_version(world.school, curriculum=approved.curriculum, number=2)
    make_approved_version(world.school, "Đang dùng")
    text = provider.get("/chuong-trinh/?state=approved").content.decode()
    assert ("Đã ban hành rồi" in text, "Đang dùng" in text) == (False, True)


def test_list_of_another_provider_is_not_seen(provider: Client, world: World) -> None:
    make_version(world.organisation("school2"), "Của trường khác")
    assert "Của trường khác" not in provider.get("/chuong-trinh/").content.decode()


def test_page_of_another_provider_is_not_found(provider: Client, world: World) -> None:
    version = make_version(world.organisation("school2"))
    assert provider.get(f"/chuong-trinh/phien-ban/{version.public_id}/").status_code == 404
    assert provider.get(f"/chuong-trinh/{version.curriculum.public_id}/").status_code == 404


def test_station_may_not_open_the_list(world: World) -> None:
    assert signed_in(world, Role.STATION).get("/chuong-trinh/").status_code == 403


def test_export_is_a_workbook_with_the_titles(provider: Client, world: World) -> None:
    import io

    from openpyxl import load_workbook

    make_version(world.school, "Cấp cứu phản vệ")
    content = provider.get("/chuong-trinh/tai-ve/").content
    cells = [cell.value for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    assert "Cấp cứu phản vệ" in cells


FORM = {
    "title": "Phòng và xử trí phản vệ",
    "topic": "emergency.basic",
    "regimes": ["p", "s"],
    "objectives": "Xử trí được sốc phản vệ.",
    "audience_titles": ["nurse"],
    "theory_lessons": "8",
    "practice_lessons": "8",
    "min_attendance_percent": "80",
    "needs_survey": "Khảo sát 01/2026",
}


def test_provider_drafts_and_submits_through_the_pages(provider: Client, world: World) -> None:
    make_topic()
    file = SimpleUploadedFile("ks.pdf", b"%PDF-1.7 ok", content_type="application/pdf")
    data = FORM | {"organisation": str(world.school.public_id), "survey_file": file, "key": "k1"}
    answer = provider.post("/chuong-trinh/moi/", data)
    row = Curriculum.objects.unscoped(WhyUnscoped.RULE).get()
    assert (answer.status_code, answer["Location"]) == (302, f"/chuong-trinh/{row.public_id}/")
    version = CurriculumVersion.objects.unscoped(WhyUnscoped.RULE).get()
    address = f"/chuong-trinh/phien-ban/{version.public_id}/"
    assert "ks.pdf" in provider.get(address).content.decode()
    assert provider.get(f"{address}khao-sat/").content == b"%PDF-1.7 ok"
    assert provider.post(f"{address}trinh/", {"key": "k2"}).status_code == 302
    version.refresh_from_db()
    assert version.state == "submitted"


def test_wrong_file_writes_nothing_and_says_so(provider: Client, world: World) -> None:
    make_topic()
    file = SimpleUploadedFile("ks.pdf", b"MZ", content_type="application/pdf")
    data = FORM | {"organisation": str(world.school.public_id), "survey_file": file}
    text = provider.post("/chuong-trinh/moi/", data).content.decode()
    assert "Chỉ nhận tệp PDF" in text
    assert not Curriculum.objects.unscoped(WhyUnscoped.RULE).exists()


def test_submission_without_survey_is_a_page_with_the_reason(provider: Client, world: World) -> None:
    version = make_version(world.school, needs_survey="")
    answer = provider.post(f"/chuong-trinh/phien-ban/{version.public_id}/trinh/")
    assert answer.status_code == 422
    assert "Phụ lục III Thông tư 32/2023/TT-BYT" in answer.content.decode()


def test_next_version_begins_with_the_old_text_and_shows_the_difference(provider: Client, world: World) -> None:
    version = make_approved_version(world.school)
    address = f"/chuong-trinh/phien-ban/{version.public_id}/soan/"
    assert "Xử trí được sốc phản vệ." in provider.get(address).content.decode()
    data = {name: value for name, value in FORM.items() if name not in {"title", "topic", "regimes"}}
    answer = provider.post(address, data | {"theory_lessons": "12"}, follow=True)
    text = answer.content.decode()
    assert "Thay đổi so với phiên bản 1" in text
    assert "Số tiết lý thuyết" in text


def test_version_is_withdrawn_with_a_reason(provider: Client, world: World) -> None:
    version = make_approved_version(world.school)
    address = f"/chuong-trinh/phien-ban/{version.public_id}/rut/"
    assert provider.post(address, {"reason": ""}).status_code == 200
    assert provider.post(address, {"reason": "Soạn lại"}).status_code == 302
    version.refresh_from_db()
    assert version.state == "withdrawn"


def test_department_convenes_receives_and_approves_through_the_pages(department: Client, world: World) -> None:
    version = make_submitted_version(world.school)
    member = world.user(Role.COUNCIL_MEMBER)
    answer = department.post(
        "/chuong-trinh/hoi-dong/moi/",
        {
            "name": "Hội đồng thẩm định tỉnh",
            "organisation": str(world.department.public_id),
            "level": "provincial",
            "decision_number": "11/QĐ-SYT",
            "convened_on": "2026-01-05",
            "chair": str(member.public_id),
        },
    )
    assert answer.status_code == 302
    assert version.curriculum.title in department.get("/chuong-trinh/tham-dinh/").content.decode()
    receive = f"/chuong-trinh/phien-ban/{version.public_id}/tiep-nhan/"
    assert "Thông tư 22/2013/TT-BYT, Điều 8" in department.get(receive).content.decode()
    council = AppraisalCouncil.objects.unscoped(WhyUnscoped.RULE).get()
    data = {"council": str(council.public_id), "received_on": "2026-02-02"}
    assert department.post(receive, data).status_code == 302
    row = Appraisal.objects.unscoped(WhyUnscoped.RULE).get()
    address = f"/chuong-trinh/tham-dinh/{row.public_id}/"

    appraiser = signed_in(world, Role.COUNCIL_MEMBER)
    assert "Ghi phiếu nhận xét" in appraiser.get(address).content.decode()
    assert appraiser.post(f"{address}nhan-xet/", {"verdict": "approve", "comment": "Đạt"}).status_code == 302
    assert Opinion.objects.unscoped(WhyUnscoped.RULE).count() == 1

    decision = {"verdict": "approve", "decided_on": "2026-03-02", "decision_number": "12/QĐ-SYT"}
    assert department.post(f"{address}quyet-dinh/", decision).status_code == 302
    assert "12/QĐ-SYT" in department.get(address).content.decode()


def test_decision_without_majority_stays_on_the_form(department: Client, world: World) -> None:
    row = make_appraisal(world.school, council=make_council(world.department))
    make_member(row.council, world.user(Role.COUNCIL_MEMBER))
    data = {"verdict": "approve", "decided_on": "2026-03-02", "decision_number": "12/QĐ-SYT"}
    text = department.post(f"/chuong-trinh/tham-dinh/{row.public_id}/quyet-dinh/", data).content.decode()
    assert "Mới có 0 phiếu thông qua trên 1 thành viên" in text


def test_overdue_appraisal_says_so(department: Client, world: World) -> None:
    make_appraisal(world.school, due_on=date(2026, 3, 1))
    assert "Quá hạn thẩm định" in department.get("/chuong-trinh/tham-dinh/").content.decode()


def test_member_of_no_council_does_not_find_the_sheet(world: World) -> None:
    row = make_appraisal(world.school)
    client = signed_in(world, Role.COUNCIL_MEMBER)
    assert client.get(f"/chuong-trinh/tham-dinh/{row.public_id}/nhan-xet/").status_code == 404


def test_illustrative_topic_is_marked(department: Client, world: World) -> None:
    make_topic(source="illustrative")
    assert "minh họa" in department.get("/chuong-trinh/chu-de/").content.decode()


def test_department_adds_a_topic(department: Client) -> None:
    data = {"code": "moi", "name_vi": "Mới", "name_en": "New", "family": "other", "source": "QĐ 1"}
    assert department.post("/chuong-trinh/chu-de/moi/", data).status_code == 302
    assert "Mới" in department.get("/chuong-trinh/chu-de/").content.decode()


def test_long_lists_go_on_past_the_first_page(provider: Client, world: World) -> None:
    for number in range(51):
        make_appraisal(world.school, f"Chương trình {number:02d}", council=make_council(world.school))
    for path in ("/chuong-trinh/", "/chuong-trinh/hoi-dong/", "/chuong-trinh/tham-dinh/"):
        first = provider.get(path)
        link = first.context["page"].next_link
        second = provider.get(path + link).content.decode()
        assert (first.content.decode().count('<th scope="row">'), second.count('<th scope="row">')) == (50, 1)
