"""The roof's other pages: the review and its files, the audit trail, notices, jobs."""

from __future__ import annotations

import importlib
import io
import pkgutil
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

import lientuc
from lientuc.accounts.enums import Role
from lientuc.reports.audit import chain_state, deeds, entries_for
from lientuc.reports.deeds import DEEDS, KINDS
from lientuc.trail.enums import JobState
from lientuc.trail.models import AuditEntry, Notice
from lientuc.trail.seal import seal
from tests.factories.registry import make_worker
from tests.factories.trail import make_entry, make_job, make_notice
from tests.world import World


def test_every_recorded_action_is_in_words() -> None:
    codes = set()
    for module in pkgutil.walk_packages(lientuc.__path__, "lientuc."):
        if "actions" in module.name.split("."):
            members = vars(importlib.import_module(module.name)).values()
            codes |= {member.action_code for member in members if hasattr(member, "action_code")}
    assert sorted(codes - set(DEEDS)) == []


def test_words_of_the_trail_are_said_in_both_languages() -> None:
    assert [code for code, text in {**DEEDS, **KINDS}.items() if not (text.vi.strip() and text.en.strip())] == []


# --- the review -------------------------------------------------------------------------------------------------------


@pytest.fixture
def department(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    return client


@pytest.mark.parametrize("by", ["", "care_level", "province", "commune", "title", "organisation"])
def test_review_speaks_both_languages(department: Client, world: World, by: str) -> None:
    make_worker(world.station)
    make_worker(world.school)
    vietnamese = department.get("/ra-soat-nhan-luc/", {"by": by})
    department.cookies["ngon-ngu"] = "en"
    english = department.get("/ra-soat-nhan-luc/", {"by": by})
    assert (vietnamese.status_code, english.status_code) == (200, 200)
    assert vietnamese.content != english.content


def test_review_without_posts_says_so(department: Client) -> None:
    page = department.get("/ra-soat-nhan-luc/").content.decode()
    assert ("empty-state" in page, "Dựa trên 0/6 đơn vị" in page) == (True, True)


def test_review_leads_deeper_with_its_filters(department: Client, world: World) -> None:
    make_worker(world.station)
    page = department.get("/ra-soat-nhan-luc/", {"by": "commune", "title": "nurse"}).content.decode()
    assert "title=nurse&amp;commune=M1001&amp;by=organisation" in page


@pytest.mark.parametrize(("kind", "part"), [("xlsx", "xl/worksheets/sheet4.xml"), ("docx", "word/document.xml")])
def test_review_is_a_file_with_every_table(department: Client, world: World, kind: str, part: str) -> None:
    make_worker(world.station)
    answer = department.get("/ra-soat-nhan-luc/", {"by": "title", "kind": kind})
    assert answer.headers["Content-Disposition"] == f'attachment; filename="ra-soat-nhan-luc.{kind}"'
    assert part in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


def test_review_as_csv_has_the_heads(department: Client, world: World) -> None:
    make_worker(world.station)
    text = department.get("/ra-soat-nhan-luc/", {"by": "title", "kind": "csv"}).content.decode("utf-8-sig")
    assert "điều dưỡng" in text


def test_committee_has_filters_and_no_links_to_people(client: Client, world: World) -> None:
    make_worker(world.station)
    client.force_login(world.user(Role.PROVINCIAL_COMMITTEE))
    page = client.get("/ra-soat-nhan-luc/", {"by": "organisation", "commune": "M1001"}).content.decode()
    assert ('name="commune"' in page, "nhan-luc/nguoi/?" in page) == (True, False)


def test_ministry_chooses_a_province_before_communes(client: Client, world: World) -> None:
    client.force_login(world.user(Role.MINISTRY))
    assert 'name="commune"' not in client.get("/ra-soat-nhan-luc/").content.decode()
    assert 'name="commune"' in client.get("/ra-soat-nhan-luc/", {"province": "M1"}).content.decode()


def test_provider_has_no_review(client: Client, world: World) -> None:
    client.force_login(world.user(Role.PROVIDER))
    assert client.get("/ra-soat-nhan-luc/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_review_page_asks_the_same_queries_for_one_and_three_rows(
    department: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_worker(world.organisation(["station", "hospital", "school"][number]))
    with django_assert_num_queries(18):
        department.get("/ra-soat-nhan-luc/", {"by": "organisation"})


# --- the audit trail --------------------------------------------------------------------------------------------------


def test_department_reads_the_trail_of_its_units_only(world: World) -> None:
    own = make_entry(world.station)
    make_entry(world.organisation("station2"))
    assert list(entries_for(world.user(Role.HEALTH_DEPARTMENT))) == [own]
    assert entries_for(world.user(Role.AUDITOR)).count() == 2


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"action": "registry"}, 1),
        ({"action": "credits"}, 0),
        ({"person": "bình"}, 1),
        ({"person": "khác"}, 0),
        ({"subject": "registry.post:1"}, 1),
        ({"subject": "1"}, 1),
        ({"subject": "2"}, 0),
        ({"first": date(2026, 3, 9)}, 1),
        ({"first": date(2026, 3, 10)}, 1),
        ({"first": date(2026, 3, 11)}, 0),
        ({"last": date(2026, 3, 9)}, 0),
        ({"last": date(2026, 3, 10)}, 1),
    ],
)
def test_trail_is_narrowed(world: World, wanted: dict[str, Any], found: int) -> None:
    make_entry(world.station, at=datetime(2026, 3, 9, 18, tzinfo=UTC))
    assert entries_for(world.user(Role.AUDITOR), **wanted).count() == found


def test_deed_is_a_sentence_with_the_unit(world: World) -> None:
    (deed,) = deeds([make_entry(world.station)])
    assert (deed.text, deed.kind, deed.organisation) == (
        "kết thúc vị trí công tác",
        "vị trí công tác",
        "Trạm Y tế xã An",
    )


def test_deed_without_words_is_shown_by_its_code(world: World) -> None:
    (deed,) = deeds([make_entry(world.station, action="x.y", subject="x.z:1")])
    assert (deed.text, deed.kind) == ("x.y", "x.z")


def test_chain_says_how_much_is_sealed(world: World) -> None:
    make_entry(world.station)
    before = chain_state()
    seal()
    make_entry(world.station)
    after = chain_state()
    assert ((before.position, before.waiting), (after.position, after.waiting)) == ((0, 1), (1, 1))
    assert len(after.head) == 64


@pytest.mark.parametrize("count", [1, 3])
def test_trail_asks_the_same_queries_for_one_and_three_rows(
    department: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_entry(world.station, f"Người {number}")
    with django_assert_num_queries(9):
        page = department.get("/nhat-ky/").content.decode()
    assert page.count("<details>") == count


def test_trail_page_speaks_both_languages_and_has_an_empty_state(department: Client, world: World) -> None:
    assert "empty-state" in department.get("/nhat-ky/").content.decode()
    make_entry(world.station)
    vietnamese = department.get("/nhat-ky/").content
    department.cookies["ngon-ngu"] = "en"
    assert vietnamese != department.get("/nhat-ky/").content


def test_station_may_not_read_the_trail(client: Client, world: World) -> None:
    client.force_login(world.user(Role.STATION))
    assert client.get("/nhat-ky/").status_code == 403


# --- notices and jobs -------------------------------------------------------------------------------------------------


@pytest.fixture
def station(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.STATION))
    return client


@pytest.mark.parametrize("path", ["/thong-bao/", "/tien-trinh/"])
def test_empty_list_says_so_in_both_languages(station: Client, path: str) -> None:
    vietnamese = station.get(path).content.decode()
    station.cookies["ngon-ngu"] = "en"
    english = station.get(path).content.decode()
    assert ("empty-state" in vietnamese, "empty-state" in english) == (True, True)
    assert vietnamese != english


def test_notices_are_ones_own_and_read_together(station: Client, world: World) -> None:
    make_notice(world.user(Role.STATION))
    make_notice(world.user(Role.STATION), "khong.co.ma")
    other = make_notice(world.user(Role.PROVIDER))
    page = station.get("/thong-bao/").content.decode()
    assert page.count('<li class="list-group-item">') == 2
    assert "khong.co.ma" in page
    assert station.post("/thong-bao/").status_code == 302
    assert list(Notice.objects.filter(read_on__isnull=True)) == [other]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("path", ["/thong-bao/", "/tien-trinh/"])
def test_own_lists_ask_the_same_queries_for_one_and_three_rows(
    station: Client, world: World, path: str, count: int, django_assert_num_queries: Any
) -> None:
    user = world.user(Role.STATION)
    for _ in range(count):
        make_notice(user)
        make_job(world.station, made_by=str(user.public_id))
    with django_assert_num_queries(5):
        station.get(path)


@pytest.mark.parametrize(
    ("state", "asks_again"),
    [(JobState.QUEUED, True), (JobState.RUNNING, True), (JobState.DONE, False), (JobState.FAILED, False)],
)
def test_page_of_a_job_asks_again_until_it_is_over(
    station: Client, world: World, state: JobState, asks_again: bool
) -> None:
    job = make_job(world.station, made_by=str(world.user(Role.STATION).public_id), state=state)
    answer = station.get(f"/tien-trinh/{job.public_id}/")
    assert ("Refresh" in answer.headers, "hx-get" in answer.content.decode()) == (asks_again, asks_again)


def test_fragment_of_a_job_is_a_card_alone(station: Client, world: World) -> None:
    job = make_job(world.station, made_by=str(world.user(Role.STATION).public_id))
    answer = station.get(f"/tien-trinh/{job.public_id}/", headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith("<div")
    assert "Refresh" not in answer.headers


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ({"code": "trail.job_lost"}, "Tiến trình xử lý đã dừng giữa chừng"),
        ({"code": "trail.job_crashed", "values": {"detail": "OSError"}}, "OSError"),
        ({"code": "khong.co.ma"}, "khong.co.ma"),
    ],
)
def test_failed_job_says_why(station: Client, world: World, problem: dict[str, Any], said: str) -> None:
    job = make_job(
        world.station, made_by=str(world.user(Role.STATION).public_id), state=JobState.FAILED, problem=problem
    )
    assert said in station.get(f"/tien-trinh/{job.public_id}/").content.decode()


def test_others_job_is_not_found(station: Client, world: World) -> None:
    assert station.get(f"/tien-trinh/{make_job(world.station).public_id}/").status_code == 404


def test_every_page_names_the_version(station: Client) -> None:
    assert lientuc.__version__ in station.get("/").content.decode().split("house-footer")[1]


def test_reading_leaves_no_audit_row(station: Client, world: World) -> None:
    make_notice(world.user(Role.STATION))
    station.post("/thong-bao/")
    assert not AuditEntry.objects.exists()
