"""One API door: session or token, problems as JSON, a key sent twice writes once, only what is in scope."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.actions import issue_token
from lientuc.accounts.enums import Role
from lientuc.accounts.models import ApiToken
from lientuc.core.clock import clock_at
from lientuc.credits.models import CreditEntry
from lientuc.places.scope import WhyUnscoped
from tests.factories.credits import make_entry, make_reversal
from tests.factories.registry import make_worker
from tests.world import World

URL = "/api/v1/credit-entries"
ON = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock_at(ON):
        yield


@pytest.fixture
def station(world: World, client: Client) -> Client:
    """The station signed in by session."""
    client.force_login(world.user(Role.STATION))
    return client


def body(person: Any, **changes: Any) -> dict[str, Any]:
    values = {
        "worker": person.national_number,
        "activity_on": "2026-03-05",
        "form": "short_course",
        "role": "learner",
        "units": 7.5,
        "title": "Cấp cứu ban đầu",
        "certificate_number": "12/2026/C.01",
    }
    return values | changes


def post(client: Client, content: dict[str, Any], **headers: str) -> Any:
    return client.post(URL, content, content_type="application/json", headers=headers)


def ledger() -> Any:
    return CreditEntry.objects.unscoped(WhyUnscoped.SETUP)


def codes(response: Any) -> list[str]:
    return [problem["code"] for problem in response.json()["problems"]]


def test_entry_is_recorded_and_answered(world: World, station: Client) -> None:
    worker = make_worker(world.station)
    response = post(station, body(worker))
    row = ledger().get()
    assert (response.status_code, response.json()) == (
        201,
        {
            "id": str(row.public_id),
            "worker": str(worker.public_id),
            "activity_on": "2026-03-05",
            "form": "short_course",
            "role": "learner",
            "level": "",
            "units": "7.5",
            "decided_hours": None,
            "basis": "",
            "title": "Cấp cứu ban đầu",
            "issuer": "",
            "certificate_number": "12/2026/C.01",
            "source": "api",
            "recorded_on": "2026-06-15",
            "reversed_on": None,
        },
    )


def test_token_acts_as_its_user(world: World, client: Client) -> None:
    user = world.user(Role.STATION)
    token = issue_token(name="HIS", by=user).token_once
    response = post(client, body(make_worker(world.station)), authorization=f"Bearer {token}")
    assert (response.status_code, ledger().get().recorded_by) == (201, str(user.public_id))


@pytest.mark.parametrize(("ended_on", "status"), [(date(2026, 6, 14), 401), (ON, 401), (date(2026, 6, 16), 201)])
def test_token_works_until_its_last_day(world: World, client: Client, ended_on: date, status: int) -> None:
    user = world.user(Role.STATION)
    token = issue_token(name="HIS", by=user).token_once
    ApiToken.objects.update(ended_on=ended_on)
    response = post(client, body(make_worker(world.station)), authorization=f"Bearer {token}")
    assert response.status_code == status


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer wrong"}])
def test_stranger_is_turned_away(world: World, client: Client, headers: dict[str, str]) -> None:
    assert post(client, body(make_worker(world.station)), **headers).status_code == 401
    assert client.get(URL, {"worker": str(make_worker(world.station).public_id)}, headers=headers).status_code == 401


def test_session_without_csrf_token_is_refused(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.user(Role.STATION))
    assert post(client, body(make_worker(world.station))).status_code == 403
    assert not ledger().exists()


def test_problems_come_with_field_values_and_sentence(world: World, station: Client) -> None:
    response = post(station, body(make_worker(world.station), activity_on="2026-06-16", title=""))
    assert (response.status_code, response.json()) == (
        422,
        {
            "problems": [
                {
                    "code": "credits.future_day",
                    "field": "activity_on",
                    "values": {},
                    "sentence": "Ngày hoạt động ở sau hôm nay. Ghi nhận khi hoạt động đã diễn ra.",
                },
                {
                    "code": "credits.title_missing",
                    "field": "title",
                    "values": {},
                    "sentence": "Nhập tên khóa học, hội nghị, đề tài hoặc tài liệu.",
                },
            ]
        },
    )


def test_values_that_cannot_be_read_are_named_with_the_other_problems(world: World, station: Client) -> None:
    response = post(station, body(make_worker(world.station), activity_on="soon", units="many", title=""))
    assert (response.status_code, codes(response)) == (
        422,
        ["credits.day_wrong", "credits.number_wrong", "credits.title_missing"],
    )


@pytest.mark.parametrize("wrong", [{"hours": 8}, {"title": None}, {"units": {"a": 1}}])
def test_field_of_another_kind_is_a_problem(world: World, station: Client, wrong: dict[str, Any]) -> None:
    response = post(station, body(make_worker(world.station), **wrong))
    assert (response.status_code, set(codes(response))) == (422, {"web.field_unreadable"})


def test_same_key_writes_once_and_answers_the_same(world: World, station: Client) -> None:
    worker = make_worker(world.station)
    first = post(station, body(worker), **{"idempotency-key": "k1"})
    again = post(station, body(worker), **{"idempotency-key": "k1"})
    assert (again.status_code, again.json(), ledger().count()) == (201, first.json(), 1)


def test_same_key_with_other_content_is_refused(world: World, station: Client) -> None:
    worker = make_worker(world.station)
    post(station, body(worker), **{"idempotency-key": "k1"})
    response = post(station, body(worker, title="Khác"), **{"idempotency-key": "k1"})
    assert (response.status_code, codes(response), ledger().count()) == (422, ["trail.key_reused"], 1)


@pytest.mark.parametrize("place", ["station_b", "station2"])
def test_person_of_another_unit_is_not_found(world: World, station: Client, place: str) -> None:
    worker = make_worker(world.organisation(place))
    for name in (worker.national_number, str(worker.public_id)):
        assert codes(post(station, body(worker, worker=name))) == ["credits.no_worker"]
    assert station.get(URL, {"worker": str(worker.public_id)}).status_code == 404


def test_role_without_the_permission_is_refused(world: World, client: Client) -> None:
    worker = make_worker(world.station)
    client.force_login(world.user(Role.MINISTRY))
    response = post(client, body(worker))
    assert (response.status_code, codes(response)) == (403, ["accounts.not_allowed"])
    assert client.get(URL, {"worker": str(worker.public_id)}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_entries_of_a_person_are_listed(
    world: World, station: Client, django_assert_num_queries: Any, count: int
) -> None:
    worker = make_worker(world.station)
    for number in range(count):
        make_entry(world.station, f"Lớp {number}", worker=worker)
    make_entry(world.station, "Người khác")
    with django_assert_num_queries(5):
        found = station.get(URL, {"worker": str(worker.public_id)}).json()
    assert [row["title"] for row in found] == [f"Lớp {number}" for number in reversed(range(count))]


def test_reversed_entry_says_when(world: World, station: Client) -> None:
    worker = make_worker(world.station)
    make_reversal(world.station, entry=make_entry(world.station, worker=worker))
    found = station.get(URL, {"worker": str(worker.public_id)}).json()
    assert [row["reversed_on"] for row in found] == ["2026-06-15"]


def test_worker_reads_the_own_entries_only(world: World, client: Client) -> None:
    mine = make_worker(world.station, user=world.user(Role.HEALTH_WORKER))
    make_entry(world.station, worker=mine)
    client.force_login(world.user(Role.HEALTH_WORKER))
    assert len(client.get(URL, {"worker": str(mine.public_id)}).json()) == 1
    assert client.get(URL, {"worker": str(make_worker(world.station).public_id)}).status_code == 404
