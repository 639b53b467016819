"""Pages of needs: grounds, priority, bulk decisions, conditions, persons, calls; each role sees what it may."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.clock import today
from lientuc.curricula.enums import GroundKind
from lientuc.places.scope import WhyUnscoped
from lientuc.planning.enums import NeedState
from lientuc.planning.models import Need, NeedsCall, NeedsCallUnit
from tests.factories.curricula import make_approved_version, make_topic
from tests.factories.planning import make_asked, make_call, make_need
from tests.factories.registry import make_worker
from tests.world import World

NEEDS = "/ke-hoach/nhu-cau/"


def rows(model: Any) -> Any:
    return model.objects.unscoped(WhyUnscoped.SETUP)


@pytest.fixture
def department(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    return client


@pytest.fixture
def station(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.STATION))
    return client


@pytest.mark.parametrize(
    "path", [f"{NEEDS}dot/", f"{NEEDS}tra-loi/", f"{NEEDS}mua-thiet-bi-truoc/", f"{NEEDS}quyet-dinh/"]
)
def test_empty_page_says_so_in_both_languages(department: Client, path: str) -> None:
    vietnamese = department.get(path).content.decode()
    department.cookies["ngon-ngu"] = "en"
    english = department.get(path).content.decode()
    assert "empty-state" in vietnamese
    assert "empty-state" in english
    assert vietnamese != english


def test_need_shows_its_factors_and_their_product(department: Client, world: World) -> None:
    factors = [
        {"factor": "kind", "value": "request", "percent": 110},
        {"factor": "area", "value": "III", "percent": 130},
    ]
    need = make_need(world.station, factors=factors, priority=143)
    page = department.get(f"{NEEDS}{need.public_id}/").content.decode()
    shown = ("× 1,10", "× 1,30", "143", "minh họa", "chưa có chương trình nào", "giả định ban đầu")
    assert [text for text in shown if text not in page] == []


def test_need_shows_every_ground_that_was_merged(department: Client, world: World) -> None:
    topic = make_topic()
    need = make_need(world.station, "Xin học", topic=topic)
    make_need(
        world.station, "", topic=topic, kind=GroundKind.INSPECTION, state=NeedState.MERGED, merged_into=need, persons=9
    )
    page = department.get(f"{NEEDS}{need.public_id}/").content.decode()
    assert ("Xin học" in page, "/tach/" in page, '<td class="end" data-label="Số người">9</td>' in page) == (True,) * 3
    listed = department.get(NEEDS).content.decode()
    assert listed.count('<th scope="row">') == 1
    assert department.get(f"{NEEDS}?state=merged").content.decode().count('<th scope="row">') == 1


@pytest.mark.parametrize(("programme", "count"), [("", 2), ("none", 1)])
def test_topic_may_be_needed_before_any_programme_exists(
    department: Client, world: World, programme: str, count: int
) -> None:
    version = make_approved_version(world.school)
    make_need(world.station, topic=version.curriculum.topic)
    make_need(world.station, topic=make_topic("nursing.new", name_vi="Kỹ thuật mới"))
    page = department.get(NEEDS, {"programme": programme}).content.decode()
    assert page.count('<th scope="row">') == count
    assert page.count("chưa có chương trình</span>") == 1


def test_chosen_needs_are_decided_on_one_page(department: Client, world: World) -> None:
    chosen = [make_need(world.station), make_need(world.station_b)]
    make_need(world.hospital, "Không chọn")
    ids = [str(need.public_id) for need in chosen]
    page = department.get(f"{NEEDS}quyet-dinh/", {"chon": ids}).content.decode()
    assert page.count('name="chon"') == 2
    sent = {"chon": ids, "choice": "accept", "reason": "Ưu tiên", "topic": ""}
    assert department.post(f"{NEEDS}quyet-dinh/", sent).status_code == 302
    assert sorted(rows(Need).values_list("state", flat=True)) == ["accepted", "accepted", "raised"]


def test_all_that_the_filter_leaves_can_be_decided(department: Client, world: World) -> None:
    make_need(world.station)
    make_need(world.station_b)
    make_need(world.organisation("station2"))
    page = department.get(f"{NEEDS}quyet-dinh/", {"tat-ca": "1", "q": "xa An"}).content.decode()
    assert page.count('name="chon"') == 1
    assert department.get(f"{NEEDS}quyet-dinh/", {"tat-ca": "1"}).content.decode().count('name="chon"') == 2


def test_reason_is_asked_for_and_what_was_chosen_stays(department: Client, world: World) -> None:
    need = make_need(world.station)
    sent = {"chon": [str(need.public_id)], "choice": "decline", "reason": ""}
    page = department.post(f"{NEEDS}quyet-dinh/", sent).content.decode()
    assert str(need.public_id) in page
    assert rows(Need).get().state == NeedState.RAISED


def test_unit_states_conditions_and_names_persons_by_forms(station: Client, world: World) -> None:
    need = make_need(world.station)
    worker = make_worker(world.station, "Trần Thị An")
    sent = {
        "equipment_state": "planned",
        "equipment_ready_on": today().isoformat(),
        "equipment_note": "gói thầu 2",
        "staff_state": "present",
        "approval_state": "absent",
    }
    assert station.post(f"{NEEDS}{need.public_id}/dieu-kien/", sent).status_code == 302
    assert station.post(f"{NEEDS}{need.public_id}/nguoi/", {"workers": str(worker.public_id)}).status_code == 302
    page = station.get(f"{NEEDS}{need.public_id}/").content.decode()
    assert [text for text in ("gói thầu 2", "Trần Thị An") if text not in page] == []


def test_committee_of_the_province_sees_the_need_and_no_name(client: Client, world: World) -> None:
    from lientuc.planning.models import NeedPerson

    need = make_need(world.station)
    NeedPerson.objects.create(need=need, worker=make_worker(world.station, "Trần Thị Kín"), named_by="test")
    client.force_login(world.user(Role.PROVINCIAL_COMMITTEE))
    page = client.get(f"{NEEDS}{need.public_id}/").content.decode()
    assert ("Trạm Y tế xã An" in page, "Trần Thị Kín" in page) == (True, False)


def test_call_goes_to_the_units_of_the_chosen_kinds_below(department: Client, world: World) -> None:
    sent = {
        "organisation": str(world.department.public_id),
        "title": "Nhu cầu 2027",
        "kinds": ["station"],
        "due_on": today().isoformat(),
        "key": "k",
    }
    for _ in range(2):
        assert department.post(f"{NEEDS}dot/moi/", sent).status_code == 302
    call = rows(NeedsCall).get()
    assert sorted(rows(NeedsCallUnit).values_list("organisation__code", flat=True)) == ["station", "station_b"]
    page = department.get(f"{NEEDS}dot/{call.public_id}/").content.decode()
    shown = ("0", "trên 2 đơn vị", "chưa trả lời", "data-copy", "Không có nhu cầu", "/ke-hoach/nhu-cau/tra-loi/")
    assert [text for text in shown if text not in page] == []


def test_station_answers_a_call_on_its_page(station: Client, world: World) -> None:
    make_topic()
    asked = make_asked(world.station, call=make_call(world.department))
    assert "1 đợt đề xuất" in station.get(NEEDS).content.decode()
    sent = {"topic": "emergency.basic", "persons": "2", "equipment": "present", "text": "Phản vệ", "key": "k"}
    for _ in range(2):
        assert station.post(f"{NEEDS}tra-loi/{asked.public_id}/", sent).status_code == 302
    assert rows(Need).get().call == asked.call
    assert station.post(f"{NEEDS}tra-loi/{asked.public_id}/xong/").status_code == 302
    asked.refresh_from_db()
    assert (asked.answered_at is not None, asked.nothing) == (True, False)
    assert "đợt đề xuất nhu cầu chờ" not in station.get(NEEDS).content.decode()


def test_board_is_narrowed_and_downloaded(department: Client, world: World) -> None:
    from tests.matrix import _workbook_text

    call = make_call(world.department)
    make_asked(world.station, call=call, answered_at=call.opened_at, answered_by="x", nothing=True)
    make_asked(world.station_b, call=call)
    address = f"{NEEDS}dot/{call.public_id}/"
    counts = [department.get(address, {"answer": a}).content.decode().count('<th scope="row">') for a in ("", "waiting", "nothing", "needs")]  # fmt: skip
    assert counts == [2, 1, 1, 0]
    assert "Trạm Y tế xã Bình" in _workbook_text(department.get(f"{address}tong-hop.xlsx").content)


@pytest.mark.parametrize("count", [1, 3])
def test_board_asks_the_same_queries_for_one_and_three_units(
    department: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    call = make_call(world.department)
    for key in ("station", "station_b", "hospital")[:count]:
        make_asked(world.organisation(key), call=call)
    with django_assert_num_queries(7):
        page = department.get(f"{NEEDS}dot/{call.public_id}/").content.decode()
    assert page.count('<th scope="row">') == count


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_calls_asks_the_same_queries_for_one_and_three_rows(
    department: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_asked(world.station, f"Đợt {number}", call=make_call(world.department, f"Đợt {number}"))
    with django_assert_num_queries(5):
        page = department.get(f"{NEEDS}dot/").content.decode()
    assert page.count('<th scope="row">') == count


def test_others_calls_and_questions_are_not_found(station: Client, world: World) -> None:
    others = make_asked(world.station_b)
    answers = [
        station.get(f"{NEEDS}tra-loi/{others.public_id}/").status_code,
        station.get(f"{NEEDS}dot/{others.call.public_id}/").status_code,
        station.get(f"{NEEDS}quyet-dinh/").status_code,
        station.post(f"{NEEDS}{make_need(world.station_b).public_id}/dieu-kien/").status_code,
    ]
    assert answers == [404, 403, 403, 404]
