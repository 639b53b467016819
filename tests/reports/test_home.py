"""The first page: each role's cards, oldest first, nothing where nothing waits, few queries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.law.credits import Unit
from lientuc.quality.enums import FindingState
from lientuc.registry.enums import Title
from lientuc.reports.home import reports_due, sections_for
from lientuc.reports.home.roles import CARDS, EVERYBODY, PERMISSIONS
from tests.factories.accounts import make_grant
from tests.factories.credits import make_standing
from tests.factories.curricula import make_approved_version
from tests.factories.delivery import make_completed, make_finished_run, make_participation, make_run
from tests.factories.directives import make_difficulty, make_duty
from tests.factories.evaluation import make_finding as make_evaluation_finding
from tests.factories.quality import make_finding, make_inspection, make_member
from tests.factories.registry import make_licence, make_worker
from tests.factories.trail import make_job, make_notice, make_parked_row
from tests.factories.transfer import make_handed_over
from tests.world import World

ON = date(2026, 7, 1)


def titles(world: World, role: Role, on: date = ON) -> list[str]:
    """The titles of the cards of a role's first page."""
    return [card.title for section in sections_for(world.user(role), on) for card in section.cards]


def test_every_role_and_card_is_listed() -> None:
    assert set(CARDS) == set(Role)
    assert {ask for asks in CARDS.values() for ask in asks} | set(EVERYBODY) == set(PERMISSIONS)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.PUBLIC, Role.AUDITOR}])
def test_nothing_waits_in_an_empty_house(world: World, role: Role) -> None:
    assert titles(world, role) == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PUBLIC])
def test_first_page_opens_in_both_languages(client: Client, world: World, role: Role) -> None:
    client.force_login(world.user(role))
    vietnamese = client.get("/")
    client.cookies["ngon-ngu"] = "en"
    english = client.get("/")
    assert (vietnamese.status_code, english.status_code) == (200, 200)
    assert vietnamese.content != english.content


def test_empty_first_page_says_so(client: Client, world: World) -> None:
    client.force_login(world.user(Role.STATION))
    assert "empty-state" in client.get("/").content.decode()


def test_duties_stand_under_the_unit_that_has_them(world: World) -> None:
    make_duty(world.station)
    assert titles(world, Role.STATION) == ["Nhiệm vụ được giao chưa báo cáo"]
    assert titles(world, Role.COMMUNE_COMMITTEE) == []


def test_difficulties_wait_for_the_department(world: World) -> None:
    make_difficulty(world.station)
    assert titles(world, Role.HEALTH_DEPARTMENT) == ["Khó khăn, vướng mắc chờ trả lời"]


@pytest.mark.parametrize(("day", "expected"), [(1, []), (2, []), (3, ["Khóa đã hết ngày học, chưa kết thúc"])])
def test_run_waits_to_be_finished_from_the_day_after_its_last(world: World, day: int, expected: list[str]) -> None:
    make_run(world.school, ends_on=date(2026, 6, 2))
    assert titles(world, Role.PROVIDER, date(2026, 6, day)) == expected


def test_completed_learners_wait_for_papers_and_hours(world: World) -> None:
    make_completed(world.school, run=make_finished_run(world.school))
    assert titles(world, Role.PROVIDER) == ["Khóa còn người chưa được cấp chứng nhận", "Khóa chưa ghi nhận giờ học"]


def test_returned_programme_waits_for_its_provider(world: World) -> None:
    version = make_approved_version(world.school)
    version.review_due_on = ON
    version.save()
    assert titles(world, Role.PROVIDER) == ["Chương trình cần sửa hoặc cập nhật"]


def test_inspection_waits_for_its_team_only(world: World) -> None:
    inspection = make_inspection(world.school)
    assert titles(world, Role.INSPECTOR) == []
    make_member(inspection, world.user(Role.INSPECTOR))
    assert titles(world, Role.INSPECTOR) == ["Cuộc kiểm tra được phân công"]


def test_finding_waits_for_the_unit_then_for_the_department(world: World) -> None:
    finding = make_finding(world.school)
    assert titles(world, Role.PROVIDER) == ["Phát hiện cần khắc phục"]
    finding.state = FindingState.CORRECTED
    finding.save()
    assert titles(world, Role.PROVIDER) == []
    assert "Báo cáo khắc phục chờ xác nhận" in titles(world, Role.HEALTH_DEPARTMENT)


@pytest.mark.parametrize(("day", "due"), [(28, False), (29, True), (30, True)])
def test_follow_up_waits_from_its_day(world: World, day: int, due: bool) -> None:
    make_handed_over(world.hospital, handed_over_on=date(2026, 5, 29))
    found = titles(world, Role.TRAINING_OFFICE, date(2026, 8, day))
    assert ("Kỹ thuật đến kỳ theo dõi sau chuyển giao" in found) == due


def test_evaluation_finding_waits_for_the_evaluator(world: World) -> None:
    make_evaluation_finding(world.school)
    assert "Phát hiện đánh giá chờ quyết định" in titles(world, Role.EVALUATOR)
    assert titles(world, Role.PROVIDER) == []


@pytest.mark.parametrize(("deadline", "shown"), [(date(2027, 7, 1), True), (date(2027, 7, 2), False)])
def test_missing_hours_are_shown_a_year_ahead(world: World, deadline: date, shown: bool) -> None:
    make_standing(world.station, status="accruing", shortfall_quarters=40, deadline_on=deadline)
    assert ("Người còn thiếu giờ, sắp đến hạn hoặc chưa đạt" in titles(world, Role.STATION)) == shown


def test_card_shows_the_earliest_three_and_counts_all(world: World) -> None:
    for month in (5, 3, 4, 2):
        make_standing(
            world.station, f"Người {month}", status="short", shortfall_quarters=4, deadline_on=date(2026, month, 1)
        )
    card = sections_for(world.user(Role.STATION), ON)[0].cards[0]
    assert (card.count, card.tone) == (4, "bad")
    assert [line.text.split(":")[0] for line in card.lines] == ["Người 2", "Người 3", "Người 4"]


def test_licences_and_rows_wait_for_the_station(world: World) -> None:
    make_licence(make_worker(world.station, title=Title.DOCTOR), issued_on=date(2021, 12, 1))
    make_worker(world.station, title=Title.DOCTOR)
    make_parked_row(world.station)
    assert titles(world, Role.STATION) == [
        "Dòng nhân lực chưa làm sạch",
        "Giấy phép hết hạn trong 180 ngày",
        "Người hành nghề chưa có giấy phép trong hồ sơ",
    ]


def test_health_worker_sees_the_own_standing_and_classes(world: World) -> None:
    user = world.user(Role.HEALTH_WORKER)
    worker = make_worker(world.station, user=user)
    hours = {"required_quarters": 480, "counted_quarters": 48, "unit": Unit.LESSON}
    make_standing(world.station, worker=worker, status="accruing", **hours)
    make_participation(world.school, worker=worker, run=make_run(world.school, starts_on=ON, ends_on=ON))
    cards = sections_for(user, ON)[0].cards
    assert [card.title for card in cards] == ["Kết quả tích lũy của tôi: đang tích lũy", "Lớp sắp học"]
    assert cards[0].gauge == (48, 480, "12 trên 120 tiết")


def test_worker_not_yet_reckoned_is_led_to_the_own_page(world: World) -> None:
    user = world.user(Role.HEALTH_WORKER)
    make_worker(world.station, user=user)
    assert [card.title for card in sections_for(user, ON)[0].cards] == ["Kết quả tích lũy của tôi"]


def test_notices_and_jobs_are_ones_own(world: World) -> None:
    user = world.user(Role.STATION)
    make_notice(user)
    make_notice(world.user(Role.PROVIDER))
    make_job(world.station, made_by=str(user.public_id))
    sections = sections_for(user, ON)
    assert [(card.title, card.count) for card in sections[-1].cards] == [
        ("Thông báo chưa đọc", 1),
        ("Tiến trình đang chạy", 1),
    ]


def test_auditor_sees_the_chain(world: World) -> None:
    assert titles(world, Role.AUDITOR) == ["Nhật ký chờ niêm phong"]


def test_two_roles_are_two_sections_and_a_card_stands_once(world: World) -> None:
    user = world.user(Role.STATION)
    make_grant(world.hospital, user=user, role=Role.TRAINING_OFFICE)
    make_duty(world.station)
    make_finding(world.hospital)
    sections = sections_for(user, ON)
    assert [(section.role, section.places, len(section.cards)) for section in sections] == [
        (Role.STATION, ("Trạm Y tế xã An",), 1),
        (Role.TRAINING_OFFICE, ("Bệnh viện Đa khoa Một",), 1),
        (None, (), 0),
    ]


@pytest.mark.parametrize(
    ("on", "days"),
    [
        (date(2026, 7, 14), [1, 185]),
        (date(2026, 7, 15), [0, 184]),
        (date(2026, 7, 16), [183]),
    ],
)
def test_reports_are_counted_down_to_their_day(world: World, on: date, days: list[int]) -> None:
    assert [left for _, left in reports_due(world.user(Role.HEALTH_DEPARTMENT), on)] == days
    assert reports_due(world.user(Role.HEALTH_WORKER), on) == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PUBLIC])
def test_first_page_asks_at_most_25_queries(client: Client, world: World, role: Role) -> None:
    _fill(world)
    client.force_login(world.user(role))
    with (
        clock_at(ON),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        assert client.get("/").status_code == 200
    assert len(asked) <= 25


def _fill(world: World) -> None:
    """Something of most kinds."""
    for organisation in (world.station, world.hospital, world.school):
        make_duty(organisation)
        make_difficulty(organisation)
        make_finding(organisation)
        make_standing(organisation, status="short", shortfall_quarters=4)
        make_completed(organisation)
        make_run(organisation)
        make_parked_row(organisation)


@pytest.mark.parametrize("count", [1, 3])
def test_first_page_asks_the_same_queries_for_one_and_three_rows(
    client: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_duty(world.station, f"{number}/BYT")
        make_standing(world.station, f"Người {number}", status="short", shortfall_quarters=4)
        make_parked_row(world.station)
    client.force_login(world.user(Role.STATION))
    with django_assert_num_queries(14):
        client.get("/")
