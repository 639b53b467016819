"""Pages of inspections: the team's phone, the provider's corrections, empty states, query counts."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.quality.models import Inspection
from tests.factories.quality import all_findings, make_criterion, make_finding, make_inspection, make_member
from tests.world import World


def signed_in(world: World, role: Role) -> Client:
    client = Client()
    client.force_login(world.user(role))
    return client


@pytest.fixture
def inspection(world: World) -> Inspection:
    make_criterion()
    row = make_inspection(world.school, lead=world.department)
    make_member(row, world.user(Role.INSPECTOR))
    return row


@pytest.mark.parametrize("path", ["/chat-luong/", "/chat-luong/phat-hien/"])
def test_empty_page_says_so(world: World, path: str) -> None:
    client = signed_in(world, Role.PROVIDER)
    assert "empty-state" in client.get(path).content.decode()
    client.cookies["ngon-ngu"] = "en"
    assert "Inspections" in client.get(path).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_queries_for_one_and_three_rows(
    world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_finding(world.school, f"Phát hiện {number}")
    client = signed_in(world, Role.PROVIDER)
    with django_assert_num_queries(5):
        page = client.get("/chat-luong/").content.decode()
    assert page.count('<th scope="row">') == count
    with django_assert_num_queries(5):
        page = client.get("/chat-luong/phat-hien/").content.decode()
    assert page.count('<th scope="row">') == count


def test_team_judges_records_and_concludes(world: World, inspection: Inspection) -> None:
    client, base = signed_in(world, Role.INSPECTOR), f"/chat-luong/{inspection.public_id}/"
    assert client.post(base + "tieu-chi/", {"verdict_K1": "partly", "note_K1": "thiếu"}).status_code == 302
    sent = {
        "text": "Thiếu hồ sơ",
        "severity": "minor",
        "remedy": "procedure",
        "due_on": "2026-12-01",
        "persons": "0",
        "key": "k",
    }
    assert [client.post(base + "phat-hien/", sent).status_code for _ in range(2)] == [302, 302]
    assert client.post(base + "ket-luan/", {"conclusion": "Đạt một phần"}).status_code == 302
    page = client.get(base).content.decode()
    assert [row.text for row in all_findings()] == ["Thiếu hồ sơ"]
    assert "Đạt một phần" in page
    assert "Đánh giá tiêu chí" not in page


def test_refused_conclusion_says_why(world: World, inspection: Inspection) -> None:
    client = signed_in(world, Role.INSPECTOR)
    page = client.post(f"/chat-luong/{inspection.public_id}/ket-luan/", {"conclusion": "Đạt"}).content.decode()
    assert "Còn 1 tiêu chí chưa đánh giá" in page


def test_department_plans_by_the_form(world: World) -> None:
    sent = {
        "organisation": str(world.school.public_id),
        "lead": str(world.department.public_id),
        "subject": "Chất lượng",
        "planned_on": "2026-09-01",
        "members": ["inspector"],
    }
    client = signed_in(world, Role.HEALTH_DEPARTMENT)
    assert client.post("/chat-luong/moi/", sent).status_code == 302
    assert "Chất lượng" in client.get("/chat-luong/").content.decode()


def test_provider_corrects_and_department_confirms(world: World) -> None:
    finding = make_finding(world.school)
    base = f"/chat-luong/phat-hien/{finding.public_id}/"
    assert signed_in(world, Role.PROVIDER).post(base + "khac-phuc/", {"text": "Đã bổ sung"}).status_code == 302
    department = signed_in(world, Role.HEALTH_DEPARTMENT)
    assert "Đã bổ sung" in department.get(base + "xac-nhan/").content.decode()
    assert department.post(base + "xac-nhan/", {"note": "Đủ"}).status_code == 302
    assert [row.state for row in all_findings()] == ["closed"]


def test_inspector_outside_the_team_finds_nothing(world: World) -> None:
    row = make_inspection(world.school, lead=world.department)
    assert signed_in(world, Role.INSPECTOR).get(f"/chat-luong/{row.public_id}/").status_code == 404


def test_other_providers_finding_is_not_found(world: World) -> None:
    finding = make_finding(world.organisation("school_b"))
    path = f"/chat-luong/phat-hien/{finding.public_id}/khac-phuc/"
    assert signed_in(world, Role.PROVIDER).get(path).status_code == 404
