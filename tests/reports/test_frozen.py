"""Frozen reviews: signed off once, never changed, compared cell by cell and person by person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at, today
from lientuc.core.errors import NotAllowed, Refused
from lientuc.registry.enums import Title
from lientuc.reports.actions import freeze_review
from lientuc.reports.enums import Movement, ReviewBy
from lientuc.reports.models import FrozenReview
from lientuc.reports.review.asking import Asked
from lientuc.reports.review.comparing import comparison
from lientuc.reports.review.freezing import is_intact, packed, unpacked
from lientuc.reports.rules import ListedPerson, SignatureDraft, differences, movements, signature_problems
from lientuc.trail.jobs import run_next
from lientuc.trail.models import AuditEntry
from tests.factories.registry import make_licence, make_post, make_worker
from tests.factories.reports import make_frozen
from tests.world import World

SIGNED = SignatureDraft("Rà soát quý I", "Lê Văn Ký", "Giám đốc")


def frozen(world: World, role: Role = Role.HEALTH_DEPARTMENT, **wanted: Any) -> FrozenReview:
    by = world.user(role)
    home = {Role.HEALTH_DEPARTMENT: "department", Role.STATION: "station", Role.MINISTRY: "ministry"}[role]
    return freeze_review(organisation=world.organisation(home), asked=Asked(**wanted), draft=SIGNED, by=by)


def listed(name: str, **changed: str) -> ListedPerson:
    values = {"title": "nurse", "units": "Trạm", "licence": "held", "standing": "met", "age": "from_30", **changed}
    return ListedPerson(public_id=name, name=name, **values)


# --- rules ------------------------------------------------------------------------------------------------------------


def test_movements_of_two_lists() -> None:
    before = [listed("ở lại"), listed("đổi nơi"), listed("đi"), listed("hết hạn"), listed("thêm tuổi")]
    after = [
        listed("ở lại"),
        listed("đổi nơi", units="Bệnh viện"),
        listed("đến"),
        listed("hết hạn", licence="ended"),
        listed("thêm tuổi", age="from_40"),
    ]
    assert [(one.name, one.movement) for one in movements(before, after)] == [
        ("đổi nơi", Movement.CHANGED_UNIT),
        ("đến", Movement.CAME),
        ("hết hạn", Movement.CHANGED),
        ("đi", Movement.WENT),
    ]


def test_differences_name_every_cell_that_changed() -> None:
    before = {"A": {"persons": 3, "posts": 3}, "B": {"persons": 1}}
    after = {"A": {"persons": 3, "posts": 4}, "C": {"persons": 2}}
    found = [(one.group, one.figure, one.before, one.after, one.by) for one in differences(before, after)]
    assert found == [("A", "posts", 3, 4, 1), ("B", "persons", 1, None, -1), ("C", "persons", None, 2, 2)]


@pytest.mark.parametrize("field", ["title", "signed_name", "signed_post"])
def test_signature_wants_every_part(field: str) -> None:
    draft = SignatureDraft(**{**vars(SIGNED), field: " "})
    assert [problem.code for problem in signature_problems(draft)] == [f"reports.{field}_missing"]


def test_list_packs_to_the_same_bytes_and_back() -> None:
    people = [listed("Trần Thị Ấn"), listed('Lê "B", Bình', units="Trạm; Bệnh viện")]
    assert (unpacked(packed(people)), packed(people)) == (people, packed(list(people)))


# --- freezing ---------------------------------------------------------------------------------------------------------


def test_frozen_review_holds_figures_list_and_digest(world: World) -> None:
    worker = make_worker(world.station, "Trần Thị An")
    make_post(worker, world.hospital, responsible_for_training=False)
    make_licence(worker)
    make_worker(world.organisation("station2"), "Người tỉnh khác")
    row = frozen(world, by=ReviewBy.TITLE)
    (person,) = unpacked(row.people)
    assert (person.name, person.units) == ("Trần Thị An", "Bệnh viện Đa khoa Một; Trạm Y tế xã An")
    assert (row.persons, row.figures["whole"]["persons"], row.figures["whole"]["posts"]) == (1, 1, 2)
    assert (is_intact(row), len(row.digest)) == (True, 64)
    assert AuditEntry.objects.get().action == "reports.freeze_review"


def test_merged_person_is_listed_once_under_the_main_record(world: World) -> None:
    main = make_worker(world.station, "Trần Thị An")
    make_worker(world.hospital, "Tran Thi An", canonical=main, national_number=None)
    (person,) = unpacked(frozen(world).people)
    assert (person.public_id, person.name) == (str(main.public_id), "Trần Thị An")


def test_station_freezes_its_own_people_only(world: World) -> None:
    make_worker(world.station)
    make_worker(world.hospital)
    assert frozen(world, Role.STATION).persons == 1


def test_ministry_freezes_one_department_s_reach(world: World) -> None:
    make_worker(world.station)
    make_worker(world.organisation("station2"))
    by = world.user(Role.MINISTRY)
    row = freeze_review(organisation=world.department, asked=Asked(), draft=SIGNED, by=by)
    assert (row.persons, frozen(world, Role.MINISTRY).persons) == (1, 2)


def test_department_does_not_freeze_for_another(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    with pytest.raises(NotAllowed):
        freeze_review(organisation=world.organisation("department2"), asked=Asked(), draft=SIGNED, by=by)


def test_freezing_without_a_signature_is_refused(world: World) -> None:
    draft = SignatureDraft("Rà soát", "", "Giám đốc")
    with pytest.raises(Refused, match="signed_name_missing"):
        freeze_review(organisation=world.department, asked=Asked(), draft=draft, by=world.user("health_department"))


@pytest.mark.parametrize(
    "statement", ["UPDATE reports_frozenreview SET persons = 9", "DELETE FROM reports_frozenreview"]
)
def test_database_refuses_to_change_a_frozen_review(world: World, statement: str) -> None:
    make_frozen(world.department)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_twin_changed_past_the_triggers_is_seen_by_the_digest(world: World) -> None:
    make_worker(world.station)
    row = frozen(world)
    row.figures["whole"]["persons"] = 2
    assert not is_intact(row)
    other = FrozenReview._base_manager.get(pk=row.pk)
    other.people = packed([])
    assert not is_intact(other)


def test_later_changes_leave_a_frozen_review_alone_and_show_in_the_comparison(world: World) -> None:
    make_worker(world.station, "Ở lại")
    leaver = make_worker(world.station, "Ra đi")
    first = frozen(world)
    with clock_at(today() + timedelta(days=90)):
        make_worker(world.hospital, "Đến mới", title=Title.DOCTOR)
        leaver.posts.model._base_manager.filter(worker=leaver).update(to_on=today() - timedelta(days=1))
        second = frozen(world)
    found = comparison(FrozenReview._base_manager.get(pk=first.pk), second)
    moved = {(one.name, one.movement) for one in found.moved if one.movement is not Movement.CHANGED}
    assert moved == {("Đến mới", Movement.CAME), ("Ra đi", Movement.WENT)}
    persons = {cell.group: (cell.before, cell.after) for cell in found.cells if cell.figure == "persons"}
    assert persons == {"cấp cơ bản": (None, 1), "cấp ban đầu": (2, 1)}
    assert (is_intact(first), is_intact(second), found.same_question) == (True, True, True)


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def department(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    return client


def test_list_has_an_empty_state_and_both_languages(department: Client, world: World) -> None:
    assert "empty-state" in department.get("/ra-soat-nhan-luc/da-chot/").content.decode()
    make_frozen(world.department)
    vietnamese = department.get("/ra-soat-nhan-luc/da-chot/").content
    department.cookies["ngon-ngu"] = "en"
    assert vietnamese != department.get("/ra-soat-nhan-luc/da-chot/").content


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_queries(
    department: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_frozen(world.department, f"Bản {number}")
    with django_assert_num_queries(5):
        department.get("/ra-soat-nhan-luc/da-chot/")


def test_officer_freezes_reads_and_compares(department: Client, world: World) -> None:
    make_worker(world.station, "Trần Thị An")
    values = {"organisation": world.department.public_id, **vars(SIGNED)}
    first = department.post("/ra-soat-nhan-luc/chot/?by=title", {**values, "key": "a"}).headers["Location"]
    make_worker(world.station, "Lê Văn Bình")
    second = department.post("/ra-soat-nhan-luc/chot/?by=title", {**values, "key": "b"}).headers["Location"]
    page = department.get(second).content.decode()
    assert ("Khớp mã kiểm tra" in page, "Lê Văn Ký" in page) == (True, True)
    assert department.get(second, {"kind": "xlsx"}).content[:2] == b"PK"
    assert department.get(second + "danh-sach/").content[:2] == b"PK"
    other = first.rstrip("/").rsplit("/", 1)[1]
    compared = department.get(second + "so-sanh/", {"other": other}).content.decode()
    assert ("Lê Văn Bình" in compared, "mới có" in compared) == (True, True)


def test_the_same_request_twice_freezes_once(department: Client, world: World) -> None:
    values = {"organisation": world.department.public_id, **vars(SIGNED), "key": "x"}
    for _ in range(2):
        department.post("/ra-soat-nhan-luc/chot/", values)
    assert FrozenReview._base_manager.count() == 1


def test_large_review_is_frozen_by_a_job(department: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lientuc.reports.review.answer.AT_ONCE", 0)
    make_worker(world.station)
    values = {"organisation": world.department.public_id, **vars(SIGNED), "key": "x"}
    assert "/tien-trinh/" in department.post("/ra-soat-nhan-luc/chot/?by=title&area=none", values).headers["Location"]
    job = run_next()
    assert (job.state, job.problem) == ("done", {})
    assert FrozenReview._base_manager.get().asked == {"by": "title", "area": "none"}


def test_committee_reads_figures_and_no_list(client: Client, world: World) -> None:
    row = make_frozen(world.department)
    client.force_login(world.user(Role.PROVINCIAL_COMMITTEE))
    here = f"/ra-soat-nhan-luc/da-chot/{row.public_id}/"
    assert (client.get(here).status_code, client.get(here + "danh-sach/").status_code) == (200, 403)


def test_other_province_s_review_is_not_there(department: Client, world: World) -> None:
    row = make_frozen(world.organisation("department2"))
    assert department.get(f"/ra-soat-nhan-luc/da-chot/{row.public_id}/").status_code == 404


def test_digest_depends_on_the_day(world: World) -> None:
    first, second = make_frozen(world.department), make_frozen(world.department, on_date=date(2026, 3, 2))
    assert first.digest != second.digest
