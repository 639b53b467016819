"""Pages: who sees what, the same number of queries for one and three rows, both languages, refusals beside the fields."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.credits.models import CreditEntry, Reversal, StandingRow
from lientuc.law.credits import Status
from lientuc.places.scope import WhyUnscoped
from tests.factories.credits import make_entry, make_reversal, make_standing
from tests.factories.registry import make_licence, make_worker
from tests.world import World

ALL = WhyUnscoped.SETUP


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock_at(date(2026, 6, 15)):
        yield


@pytest.fixture
def page(world: World, client: Client) -> Any:
    """Sign in as a role, in a language."""

    def sign_in(role: Role, language: str = "vi") -> Client:
        client.force_login(world.user(role))
        client.cookies["ngon-ngu"] = language
        return client

    return sign_in


FORM = {
    "activity_on": "2026-03-05",
    "form": "short_course",
    "role": "learner",
    "units": "7,5",
    "title": "Cấp cứu ban đầu",
    "certificate_number": "12/2026/C.01",
}


@pytest.mark.parametrize("people", [1, 3])
def test_standings_list_costs_the_same_for_one_and_three(
    world: World, page: Any, django_assert_num_queries: Any, people: int
) -> None:
    client = page(Role.STATION)
    for _ in range(people):
        make_standing(world.station)
    with django_assert_num_queries(9):
        response = client.get(reverse("credits:standings"))
    assert response.content.decode().count("Trần Thị An") == people


def test_standings_list_says_what_to_do_when_empty(page: Any) -> None:
    assert "Chưa có kết quả nào" in page(Role.STATION).get(reverse("credits:standings")).content.decode()
    assert (
        "No standing in what was chosen" in page(Role.STATION, "en").get(reverse("credits:standings")).content.decode()
    )


def test_standings_list_filters_by_status_and_unit(world: World, page: Any) -> None:
    make_standing(world.station, "Trần Thị An", status=Status.MET)
    make_standing(world.organisation("point"), "Lê Văn Bình", status=Status.SHORT)
    client = page(Role.STATION)
    found = client.get(reverse("credits:standings"), {"status": "short"}).content.decode()
    assert ("Trần Thị An" in found, "Lê Văn Bình" in found) == (False, True)
    found = client.get(reverse("credits:standings"), {"unit": str(world.station.public_id)}).content.decode()
    assert ("Trần Thị An" in found, "Lê Văn Bình" in found) == (True, False)


@pytest.mark.parametrize("role", [Role.MINISTRY, Role.PROVIDER, Role.FINANCE_DEPARTMENT, Role.AUDITOR])
def test_standings_are_closed_to_other_roles(page: Any, role: Role) -> None:
    assert page(role).get(reverse("credits:standings")).status_code == 403


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_standings_are_exported(world: World, page: Any, kind: str) -> None:
    make_standing(world.station)
    response = page(Role.STATION).get(reverse("credits:standings_export"), {"kind": kind})
    assert response["Content-Disposition"] == f'attachment; filename="ket-qua-tich-luy.{kind}"'
    assert response.content


def test_standings_are_reckoned_on_demand(world: World, page: Any) -> None:
    make_worker(world.station)
    client = page(Role.STATION)
    assert "1 người chưa được tính" in client.get(reverse("credits:standings")).content.decode()
    response = client.post(reverse("credits:refresh"), follow=True)
    assert "Đã tính lại kết quả của 1 người" in response.content.decode()
    assert StandingRow.objects.unscoped(ALL).count() == 1


@pytest.mark.parametrize("group", ["", "organisation", "care_level", "commune", "title"])
def test_summary_names_its_groups(world: World, page: Any, group: str) -> None:
    make_standing(world.station)
    named = {
        "": "Trạm Y tế xã An",
        "organisation": "Trạm Y tế xã An",
        "care_level": "ban đầu",
        "commune": "An",
        "title": "điều dưỡng",
    }
    found = page(Role.STATION).get(reverse("credits:summary"), {"group": group} if group else {}).content.decode()
    assert named[group].lower() in found.lower()
    assert "(0/1)" in found


def test_summary_is_exported(world: World, page: Any) -> None:
    make_standing(world.station)
    response = page(Role.STATION).get(reverse("credits:summary"), {"kind": "xlsx"})
    assert response["Content-Disposition"] == 'attachment; filename="tong-hop-tich-luy.xlsx"'


@pytest.mark.parametrize("lines", [1, 3])
def test_standing_page_costs_the_same_for_one_and_three_lines(
    world: World, page: Any, django_assert_num_queries: Any, lines: int
) -> None:
    worker = make_worker(world.station)
    for number in range(lines):
        make_entry(world.station, f"Lớp {number}", worker=worker)
    client = page(Role.STATION)
    with django_assert_num_queries(9):
        response = client.get(reverse("credits:standing", args=[worker.public_id]))
    assert response.content.decode().count("Được tính đủ.") == lines


@pytest.mark.parametrize(
    ("language", "unit", "article", "reason"),
    [
        ("vi", "tiết", "Thông tư 22/2013/TT-BYT", "Nhân viên y tế không thuộc diện"),
        ("en", "lessons", "Circular 22/2013/TT-BYT", "Health staff without a practising licence"),
    ],
)
def test_standing_page_explains_in_both_languages(
    world: World, page: Any, language: str, unit: str, article: str, reason: str
) -> None:
    worker = make_worker(world.station)
    make_entry(world.station, worker=worker)
    make_reversal(world.station, "Nhập nhầm", entry=make_entry(world.station, "Lớp nhầm", worker=worker))
    found = page(Role.STATION, language).get(reverse("credits:standing", args=[worker.public_id])).content.decode()
    assert [text in found for text in (unit, article, reason, "Nhập nhầm")] == [True] * 4


def test_standing_page_of_a_practitioner_speaks_of_credit_hours_only(world: World, page: Any) -> None:
    worker = make_worker(world.station)
    make_licence(worker)
    make_entry(world.station, worker=worker)
    found = page(Role.STATION).get(reverse("credits:standing", args=[worker.public_id])).content.decode()
    assert "8 trên 120 giờ tín chỉ" in found
    assert "Mức tối thiểu từng năm" not in found


def test_standing_page_answers_for_another_day(world: World, page: Any) -> None:
    worker = make_worker(world.station)
    make_entry(world.station, worker=worker)
    url = reverse("credits:standing", args=[worker.public_id])
    found = page(Role.STATION).get(url, {"on": "2026-03-04"}).content.decode()
    assert "Chưa tính: hoạt động sau ngày xem kết quả." in found


def test_person_without_entries_is_told_what_to_do(world: World, page: Any) -> None:
    worker = make_worker(world.station)
    found = page(Role.STATION).get(reverse("credits:standing", args=[worker.public_id])).content.decode()
    assert "Chưa có lượt ghi nhận nào được tính" in found


@pytest.mark.parametrize("name", ["credits:standing", "credits:statement"])
def test_worker_sees_the_own_standing_and_no_other(world: World, page: Any, name: str) -> None:
    mine = make_worker(world.station, user=world.user(Role.HEALTH_WORKER))
    other = make_worker(world.station)
    client = page(Role.HEALTH_WORKER)
    assert client.get(reverse(name, args=[mine.public_id])).status_code == 200
    assert client.get(reverse(name, args=[other.public_id])).status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("licensed", [True, False])
def test_statement_is_a_pdf(world: World, page: Any, language: str, licensed: bool) -> None:
    worker = make_worker(world.station)
    if licensed:
        make_licence(worker)
    make_entry(world.station, worker=worker)
    response = page(Role.STATION, language).get(reverse("credits:statement", args=[worker.public_id]))
    assert (response["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize("count", [1, 3])
def test_entries_list_costs_the_same_for_one_and_three(
    world: World, page: Any, django_assert_num_queries: Any, count: int
) -> None:
    for _ in range(count):
        make_entry(world.station)
    client = page(Role.STATION)
    with django_assert_num_queries(5):
        response = client.get(reverse("credits:entries"))
    assert response.content.decode().count("Tập huấn cấp cứu ban đầu") == count


def test_entries_list_is_empty_filtered_and_exported(world: World, page: Any) -> None:
    client = page(Role.STATION)
    assert "Chưa có lượt ghi nhận nào" in client.get(reverse("credits:entries")).content.decode()
    make_reversal(world.station, entry=make_entry(world.station, "Lớp nhầm", certificate_number="7/2026"))
    make_entry(world.station, "Lớp đúng")
    for asked, seen in [
        ({"state": "in_force"}, (True, False)),
        ({"state": "reversed"}, (False, True)),
        ({"q": "7 /2026"}, (False, True)),
        ({"q": "tran thi an"}, (True, True)),
        ({"form": "article"}, (False, False)),
        ({"source": "form"}, (True, True)),
    ]:
        found = client.get(reverse("credits:entries"), asked).content.decode()
        assert ("Lớp đúng" in found, "Lớp nhầm" in found) == seen
    response = client.get(reverse("credits:entries_export"))
    assert response["Content-Disposition"] == 'attachment; filename="luot-ghi-nhan.xlsx"'


@pytest.mark.parametrize("name", ["credits:entry", "credits:reverse"])
def test_entry_of_another_unit_is_not_there(world: World, page: Any, name: str) -> None:
    row = make_entry(world.organisation("hospital2"))
    assert page(Role.TRAINING_OFFICE).get(reverse(name, args=[row.public_id])).status_code == 404


def test_entry_page_offers_the_reversal_to_who_may(world: World, page: Any) -> None:
    row = make_entry(world.hospital)
    url, reversal = (reverse(name, args=[row.public_id]) for name in ("credits:entry", "credits:reverse"))
    assert reversal in page(Role.TRAINING_OFFICE).get(url).content.decode()
    mine = make_entry(world.station)
    found = page(Role.STATION).get(reverse("credits:entry", args=[mine.public_id])).content.decode()
    assert reverse("credits:reverse", args=[mine.public_id]) not in found


def test_activity_is_recorded_by_number(world: World, page: Any) -> None:
    worker = make_worker(world.station)
    client = page(Role.STATION)
    assert client.get(reverse("credits:record")).status_code == 200
    response = client.post(reverse("credits:record"), FORM | {"worker": worker.national_number, "key": "k1"})
    assert response.url == reverse("credits:standing", args=[worker.public_id])
    row = CreditEntry.objects.unscoped(ALL).get()
    assert (row.worker, str(row.units), row.source) == (worker, "7.50", "form")


def test_activity_is_recorded_from_the_persons_page(world: World, page: Any) -> None:
    worker = make_worker(world.station)
    client = page(Role.STATION)
    url = reverse("credits:record_for", args=[worker.public_id])
    assert "Trần Thị An" in client.get(url).content.decode()
    client.post(url, FORM | {"from_register": "on"})
    assert CreditEntry.objects.unscoped(ALL).get().source == "register_book"


def test_person_of_another_unit_cannot_be_recorded_for(world: World, page: Any) -> None:
    worker = make_worker(world.station_b)
    client = page(Role.STATION)
    assert client.get(reverse("credits:record_for", args=[worker.public_id])).status_code == 404
    found = client.post(reverse("credits:record"), FORM | {"worker": worker.national_number}).content.decode()
    assert "Không tìm thấy người này" in found


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("vi", "Nhập số tiết theo quyết định."), ("en", "Enter the hours decided.")],
)
def test_refusal_stands_beside_its_field_and_keeps_what_was_typed(
    world: World, page: Any, language: str, sentence: str
) -> None:
    worker = make_worker(world.station)
    meeting = FORM | {"form": "conference", "role": "delegate", "units": "8"}
    response = page(Role.STATION, language).post(reverse("credits:record_for", args=[worker.public_id]), meeting)
    found = response.content.decode()
    assert (response.status_code, sentence in found, "Cấp cứu ban đầu" in found) == (200, True, True)
    assert not CreditEntry.objects.unscoped(ALL).exists()


def test_remark_is_shown_after_recording(world: World, page: Any) -> None:
    worker = make_worker(world.station)
    meeting = FORM | {"form": "conference", "role": "delegate", "decided_hours": "6", "basis": "QĐ 3"}
    response = page(Role.STATION).post(reverse("credits:record_for", args=[worker.public_id]), meeting, follow=True)
    assert "chỉ tính đến mức trần" in response.content.decode()


def test_entry_is_taken_back_with_a_reason(world: World, page: Any) -> None:
    row = make_entry(world.hospital)
    client = page(Role.TRAINING_OFFICE)
    url = reverse("credits:reverse", args=[row.public_id])
    assert "Nhập lý do ghi đảo." in client.post(url, {"reason": ""}).content.decode()
    client.post(url, {"reason": "Nhập nhầm"})
    assert Reversal.objects.unscoped(ALL).get().reason == "Nhập nhầm"
    assert "Nhập nhầm" in client.get(reverse("credits:entry", args=[row.public_id])).content.decode()


@pytest.mark.parametrize("name", ["credits:record", "credits:imports", "credits:import_template"])
def test_recording_is_closed_to_the_worker(page: Any, name: str) -> None:
    assert page(Role.HEALTH_WORKER).get(reverse(name)).status_code == 403
