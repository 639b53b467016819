"""Statements: frozen, hashed, with a code anybody can check; the paper in PDF and Word; other reckonings beside, never added."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed
from lientuc.credits.actions import issue_statement
from lientuc.credits.enums import BesideWhy
from lientuc.credits.models import Statement
from lientuc.credits.queries.standings import standing_of
from lientuc.credits.queries.statements import content_of, hash_of, is_intact
from lientuc.credits.statement_paper import Frame, statement_paper
from lientuc.documents.paper import Paragraph
from lientuc.law.credits import Unit
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from tests.factories.credits import make_entry, make_statement
from tests.factories.registry import make_licence, make_worker
from tests.world import World

ALL = WhyUnscoped.SETUP
ON = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock_at(ON):
        yield


@pytest.fixture
def nurse(world: World) -> HealthWorker:
    worker = make_worker(world.station, user=world.user(Role.HEALTH_WORKER))
    make_entry(world.station, "Cấp cứu ban đầu", worker=worker, certificate_number="12/2026/C.01")
    return worker


def test_statement_keeps_its_figures_when_the_ledger_changes(world: World, nurse: HealthWorker) -> None:
    by = world.user(Role.STATION)
    first = issue_statement(worker=nurse, by=by)
    assert issue_statement(worker=nurse, by=by) == first
    make_entry(world.station, "Lớp sau", worker=nurse)
    second = issue_statement(worker=nurse, by=by)
    first.refresh_from_db()
    assert (first.content["standing"]["counted"], second.content["standing"]["counted"]) == (32, 64)
    assert is_intact(first) and first.content_hash != second.content_hash and first.code != second.code


def test_changed_content_no_longer_has_its_hash(world: World, nurse: HealthWorker) -> None:
    row = issue_statement(worker=nurse, by=world.user(Role.STATION))
    row.content["standing"]["counted"] = 480
    assert not is_intact(row)


def test_statement_of_another_unit_is_refused(world: World, nurse: HealthWorker) -> None:
    with pytest.raises(NotAllowed):
        issue_statement(worker=nurse, by=world.user(Role.TRAINING_OFFICE))


def test_person_draws_up_their_own_and_downloads_both_kinds(world: World, nurse: HealthWorker, client: Client) -> None:
    client.force_login(world.user(Role.HEALTH_WORKER))
    page = client.post(reverse("credits:issue_statement", args=[nurse.public_id]), {"key": "a"}, follow=True)
    row = Statement.objects.unscoped(ALL).get()
    assert row.code in page.content.decode()
    url = reverse("credits:issued_file", args=[row.public_id])
    assert client.get(url).content.startswith(b"%PDF-")
    book = docx.Document(io.BytesIO(client.get(url, {"kind": "docx"}).content))
    said = "\n".join(paragraph.text for paragraph in book.paragraphs)
    cells = "\n".join(cell.text for table in book.tables for row_ in table.rows for cell in row_.cells)
    assert "BẢNG TỔNG HỢP" in said and "Họ và tên: Trần Thị An" in said
    assert "Cấp cứu ban đầu – 12/2026/C.01" in cells and row.code in cells and row.content_hash in cells
    assert "TRƯỞNG TRẠM" in cells and "Số:" in cells and "TRẠM Y TẾ XÃ AN" in cells
    assert len(book.inline_shapes) == 1


def test_anybody_checks_the_code_and_sees_what_the_paper_says(world: World, client: Client) -> None:
    row = make_statement(world.station)
    answer = client.get(reverse("credits:check_statement", args=[row.code.lower()]))
    assert (answer.status_code, row.content_hash in answer.content.decode()) == (200, True)
    assert client.get(reverse("credits:check_statement", args=["SAI-MA"])).status_code == 404


def test_signature_follows_the_kind_of_unit(world: World, nurse: HealthWorker) -> None:
    content = content_of(standing_of(nurse, ON))
    papers = {
        kind: statement_paper(content, Frame(kind=kind, place="Một", language="vi", simulated=False))
        for kind in ("hospital", "school", "private_facility")
    }
    assert [paper.signature and paper.signature.post for paper in papers.values()] == [
        "Giám đốc",
        "Hiệu trưởng",
        "Thủ trưởng đơn vị",
    ]


def test_years_before_the_licence_stand_beside_in_lessons(world: World) -> None:
    worker = make_worker(world.station, title="doctor")
    make_licence(worker, issued_on=date(2025, 1, 1))
    make_entry(world.station, "Trước giấy phép", worker=worker, activity_on=date(2024, 5, 5), units=Decimal(10))
    make_entry(world.station, "Sau giấy phép", worker=worker, units=Decimal(20))
    explained = standing_of(worker, ON)
    assert [(one.why, one.standing.unit) for one in explained.beside] == [(BesideWhy.OTHER_STAFF_BEFORE, Unit.LESSON)]
    assert explained.standing.unit is Unit.CREDIT_HOUR
    frame = Frame(kind="station", place="Một", language="vi", simulated=False)
    paper = statement_paper(content_of(explained), frame)
    said = " ".join(block.text for block in paper.body if isinstance(block, Paragraph))
    assert "30 giờ tín chỉ" in said and "30 tiết" in said and "60" not in said


def test_hours_of_before_2024_are_shown_both_ways(world: World) -> None:
    worker = make_worker(world.station, title="doctor")
    make_licence(worker, issued_on=date(2020, 1, 1), kind="cchn")
    make_entry(world.station, "Lớp 2023", worker=worker, activity_on=date(2023, 5, 5), units=Decimal(10))
    explained = standing_of(worker, ON)
    without = next(one for one in explained.beside if one.why is BesideWhy.WITHOUT_PRE2024)
    assert (explained.standing.counted_hours, without.standing.counted_hours) == (10, 0)


def test_other_staff_have_nothing_beside(world: World, nurse: HealthWorker) -> None:
    assert standing_of(nurse, ON).beside == ()


def test_hash_does_not_depend_on_the_order_of_keys() -> None:
    assert hash_of({"a": 1, "b": [2]}) == hash_of({"b": [2], "a": 1}) != hash_of({"a": 1, "b": [3]})
