"""Pages of studies, tables for audiences, files, findings."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from lientuc.accounts.enums import Role
from lientuc.evaluation.models import Finding, Study, StudyWave
from lientuc.surveys.models import Invitation
from tests.factories.delivery import make_completed, make_finished_run
from tests.factories.evaluation import make_finding, make_study, make_study_wave
from tests.factories.surveys import make_response, shipped_version
from tests.world import World


def logged_in(client: Client, world: World, role: Role = Role.PROVIDER) -> Client:
    client.force_login(world.user(role))
    return client


def answered_wave(world: World, **fields: Any) -> StudyWave:
    """12 women, 3 men, one who left the question open; everybody agrees with the first statement."""
    one = make_study_wave(world.school, **fields)
    for sex in ["female"] * 12 + ["male"] * 3 + [""]:
        answers = {"consent": "yes", "sex": sex, "l3_confident": "4", "age_years": "35", "story": "một câu chuyện"}
        make_response(one.wave, answers)
    return one


@pytest.mark.parametrize("rows", [1, 3])
def test_studies_cost_the_same_for_1_and_3_rows(
    client: Client, world: World, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        make_study(world.school, f"Đánh giá {number}")
    logged_in(client, world).get(reverse("evaluation:studies"))
    with django_assert_num_queries(5):
        client.get(reverse("evaluation:studies"))


@pytest.mark.parametrize("rows", [1, 3])
def test_findings_cost_the_same_for_1_and_3_rows(
    client: Client, world: World, rows: int, django_assert_num_queries: Any
) -> None:
    study_wave = make_study_wave(world.school)
    for barrier in ("knowledge", "skill", "equipment")[:rows]:
        make_finding(world.school, study_wave=study_wave, barrier=barrier)
    logged_in(client, world).get(reverse("evaluation:findings"))
    with django_assert_num_queries(5):
        page = client.get(reverse("evaluation:findings")).content.decode()
    assert "Kiến thức của tôi chưa đủ" in page


@pytest.mark.parametrize("name", ["studies", "findings"])
def test_empty_lists_say_what_comes_next(client: Client, world: World, name: str) -> None:
    assert "empty-state" in logged_in(client, world).get(reverse(f"evaluation:{name}")).content.decode()


@pytest.mark.parametrize("name", ["studies", "new_study", "findings"])
def test_health_worker_is_kept_out(client: Client, world: World, name: str) -> None:
    assert logged_in(client, world, Role.HEALTH_WORKER).get(reverse(f"evaluation:{name}")).status_code == 403


def test_other_providers_rows_are_not_found(client: Client, world: World) -> None:
    other = world.organisation("school_b")
    rows = {
        "study": make_study(other),
        "tables": make_study_wave(other),
        "finding": make_finding(other, study_wave=make_study_wave(other)),
    }
    logged_in(client, world)
    for name, row in rows.items():
        assert client.get(reverse(f"evaluation:{name}", args=[row.public_id])).status_code == 404, name


def test_study_and_wave_are_opened_through_the_pages(client: Client, world: World) -> None:
    shipped_version("l3_alumni")
    run = make_finished_run(world.school, "Lớp cấp cứu")
    make_completed(world.hospital, run=run)
    logged_in(client, world)
    fields = {
        "organisation": world.school.public_id,
        "title": "Tác động",
        "purpose": "management",
        "begun_on": "2026-09-01",
    }
    assert client.post(reverse("evaluation:new_study"), fields).status_code == 302
    study = Study._base_manager.get()
    address = reverse("evaluation:new_wave", args=[study.public_id])
    assert "Lớp cấp cứu" in client.get(address).content.decode()
    wave = {
        "runs": run.public_id,
        "source": "alumni",
        "version": shipped_version("l3_alumni").public_id,
        "name": "Sau 3 tháng",
        "mode": "confidential",
        "opens_on": "2026-09-01",
        "closes_on": "2026-09-30",
        "item_sets": "split",
    }
    assert client.post(address, wave).status_code == 302
    assert Invitation._base_manager.count() == 1
    assert "Sau 3 tháng" in client.get(reverse("evaluation:study", args=[study.public_id])).content.decode()


def test_research_without_ethics_decision_is_refused_at_its_field(client: Client, world: World) -> None:
    fields = {"organisation": world.school.public_id, "title": "X", "purpose": "research", "begun_on": "2026-09-01"}
    page = logged_in(client, world).post(reverse("evaluation:new_study"), fields).content.decode()
    assert "Nghiên cứu cần số quyết định" in page
    assert not Study._base_manager.exists()


def test_tables_show_n_in_the_heading_and_who_did_not_answer(client: Client, world: World) -> None:
    one = answered_wave(world)
    address = reverse("evaluation:tables", args=[one.public_id])
    page = logged_in(client, world).get(address, {"audience": "evaluator"}).content.decode()
    assert "Giới (n = 15)" in page
    assert "80,0% (12/15)" in page
    assert "Không trả lời" in page
    assert "không phổ biến" in page
    assert "<svg" in page


def test_organisation_does_not_see_a_small_cell_nor_its_complement(client: Client, world: World) -> None:
    page = (
        logged_in(client, world)
        .get(reverse("evaluation:tables", args=[answered_wave(world).public_id]))
        .content.decode()
    )
    assert ("12/15" in page, "3/15" in page, "Giới (n = 15)" in page) == (False, False, True)


def test_ministry_cannot_ask_for_exact_figures(client: Client, world: World) -> None:
    address = reverse("evaluation:tables", args=[answered_wave(world).public_id])
    page = logged_in(client, world, Role.MINISTRY).get(address, {"audience": "evaluator"}).content.decode()
    assert "12/15" not in page


def test_free_text_is_for_the_evaluator_of_a_closed_wave(client: Client, world: World) -> None:
    one = answered_wave(world)
    address = reverse("evaluation:tables", args=[one.public_id])
    logged_in(client, world)
    assert "một câu chuyện" not in client.get(address, {"audience": "evaluator"}).content.decode()
    client.post(reverse("surveys:close", args=[one.wave.public_id]))
    assert "một câu chuyện" in client.get(address, {"audience": "evaluator"}).content.decode()
    assert "một câu chuyện" not in client.get(address).content.decode()


def test_few_answers_give_no_tables(client: Client, world: World) -> None:
    one = make_study_wave(world.school)
    for _ in range(4):
        make_response(one.wave, {"consent": "yes", "sex": "female"})
    page = logged_in(client, world).get(reverse("evaluation:tables", args=[one.public_id])).content.decode()
    assert "Mới có 4 phiếu hoàn thành" in page


def test_tables_in_english(client: Client, world: World) -> None:
    client.cookies["ngon-ngu"] = "en"
    address = reverse("evaluation:tables", args=[answered_wave(world).public_id])
    page = logged_in(client, world).get(address, {"audience": "evaluator"}).content.decode()
    assert "80.0% (12/15)" in page
    assert "Level 3: Behaviour" in page


def download(client: Client, one: StudyWave, kind: str) -> bytes:
    address = reverse("evaluation:download", args=[one.public_id])
    return client.get(address, {"kind": kind, "audience": "evaluator"}).content


def test_files_carry_the_same_numbers(client: Client, world: World) -> None:
    one = answered_wave(world)
    logged_in(client, world)
    book = openpyxl.load_workbook(io.BytesIO(download(client, one, "xlsx")))
    cells = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    assert any("T1.sex.female" in row and 12 in row and 15 in row for row in cells)
    document = Document(io.BytesIO(download(client, one, "docx")))
    texts = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "80,0% (12/15)" in texts
    assert '"T1.sex.female";"L0"' in download(client, one, "csv").decode("utf-8-sig")
    assert client.get(reverse("evaluation:download", args=[one.public_id]), {"kind": "pdf"}).status_code == 404


def test_finding_is_decided_on_its_page(client: Client, world: World) -> None:
    finding = make_finding(world.school, study_wave=make_study_wave(world.school))
    logged_in(client, world)
    assert "12 / 40" in client.get(reverse("evaluation:finding", args=[finding.public_id])).content.decode()
    address = reverse("evaluation:decide", args=[finding.public_id])
    assert "Nêu lý do" in client.post(address, {"to": "refused", "reason": ""}).content.decode()
    client.post(address, {"to": "accepted", "reason": "đưa vào kế hoạch 2027"})
    assert Finding._base_manager.get().state == "accepted"


def test_findings_are_noted_by_a_button(client: Client, world: World) -> None:
    one = make_study_wave(world.school)
    for _ in range(6):
        answers = {"consent": "yes", "l3_techniques_wanted": "gt5", "l3_barriers": "skill", "l3_barrier_main": "skill"}
        make_response(one.wave, answers)
    logged_in(client, world).post(reverse("evaluation:note_findings", args=[one.study.public_id]))
    assert "Thực hành chưa đủ" in client.get(reverse("evaluation:study", args=[one.study.public_id])).content.decode()
    assert Finding._base_manager.count() == 1


def test_page_shows_the_study_tables_and_agreement_by_group(client: Client, world: World) -> None:
    one = answered_wave(world)
    address = reverse("evaluation:tables", args=[one.public_id])
    page = logged_in(client, world).get(address, {"audience": "evaluator", "by": "sex"}).content.decode()
    assert "Bảng 1. Đặc điểm người trả lời" in page and "T1.sex.female" in page
    assert "Giới: Nữ" in page and "So sánh giữa các nhóm" in page


def test_text_of_a_report_quotes_rows_and_follows_them(client: Client, world: World) -> None:
    one = answered_wave(world)
    address = reverse("evaluation:write", args=[one.public_id])
    logged_in(client, world)
    assert "là số gõ tay" in client.post(address, {"abstract": "80% là nữ."}).content.decode()
    assert client.post(address, {"abstract": "Nữ chiếm [T1.sex.female pct]."}).status_code == 302
    document = Document(io.BytesIO(download(client, one, "docx")))
    assert "Nữ chiếm 80,0%." in [paragraph.text for paragraph in document.paragraphs]


def test_provider_cannot_write_the_report_of_another(client: Client, world: World) -> None:
    one = make_study_wave(world.organisation("school_b"))
    address = reverse("evaluation:write", args=[one.public_id])
    assert logged_in(client, world).post(address, {"abstract": "x"}).status_code == 404
