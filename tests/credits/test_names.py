"""One paste of names: matched, ambiguous, unknown; one action; the whole list taken back by reversal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Refused
from lientuc.credits.actions import record_names, reverse_batch
from lientuc.credits.enums import LineState
from lientuc.credits.models import CreditEntry, Reversal, StandingRow
from lientuc.credits.queries.names import found_people
from lientuc.credits.rules import EntryDraft
from lientuc.credits.rules.names import NameLine, lines_of
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.enums import RowState
from lientuc.trail.models import AuditEntry, ImportRow
from tests.factories.registry import make_licence, make_worker
from tests.world import World

ALL = WhyUnscoped.SETUP
MEETING = EntryDraft(
    worker=None,
    activity_on=date(2026, 5, 20),
    form="conference",
    role="delegate",
    units=Decimal(1),
    decided_hours=Decimal(3),
    basis="12/QĐ-BV",
    title="Sinh hoạt khoa học tháng 5",
)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock_at(date(2026, 6, 15)):
        yield


def test_lines_are_read_in_any_order() -> None:
    text = "1. Trần Thị An\n\n2) Lê Văn Bình; 1985\nNguyễn Cúc\t079123456789\nPhạm Dung, 05/03/1990\n  Vũ Em 1977\n00123/HNO-GPHN; Hồ Giang"
    assert lines_of(text) == [
        NameLine(1, "1. Trần Thị An", "Trần Thị An"),
        NameLine(2, "2) Lê Văn Bình; 1985", "Lê Văn Bình", "", 1985),
        NameLine(3, "Nguyễn Cúc 079123456789", "Nguyễn Cúc 079123456789"),
        NameLine(4, "Phạm Dung, 05/03/1990", "Phạm Dung", "", None, date(1990, 3, 5)),
        NameLine(5, "Vũ Em 1977", "Vũ Em", "", 1977),
        NameLine(6, "00123/HNO-GPHN; Hồ Giang", "Hồ Giang", "00123/HNO-GPHN"),
    ]


def states(world: World, text: str, role: Role = Role.STATION) -> list[tuple[LineState, int]]:
    return [(one.state, len(one.candidates)) for one in found_people(by=world.user(role), lines=lines_of(text))]


def test_names_are_matched_told_apart_or_not_found(world: World) -> None:
    make_worker(world.station, "Trần Thị An", born_on=date(1985, 3, 5))
    make_worker(world.station, "Trần Thị An", born_on=date(1990, 1, 1))
    licensed = make_worker(world.station, "Lê Văn Bình", born_on=None, birth_year=None)
    make_licence(licensed, "00123/HNO-GPHN")
    make_worker(world.station_b, "Người Nơi Khác")
    make_worker(world.station, "Đã Nghỉ", left_on=date(2026, 1, 1))
    assert states(world, "tran thi an\nTrần Thị An; 1985\nTrần Thị An; 01/01/1990\nTrần Thị An; 1970") == [
        (LineState.AMBIGUOUS, 2),
        (LineState.MATCHED, 1),
        (LineState.MATCHED, 1),
        (LineState.UNKNOWN, 0),
    ]
    assert states(world, "00123/HNO-GPHN\nLê Văn Bình; 1980\nNgười Nơi Khác\nĐã Nghỉ") == [
        (LineState.MATCHED, 1),
        (LineState.MATCHED, 1),
        (LineState.UNKNOWN, 0),
        (LineState.UNKNOWN, 0),
    ]


@pytest.mark.parametrize("count", [1, 30])
def test_finding_asks_the_same_queries_for_any_number(world: World, count: int, django_assert_num_queries: Any) -> None:
    for number in range(count):
        make_worker(world.station, f"Người Số {number}")
    by, lines = world.user(Role.STATION), lines_of("\n".join(f"Người Số {number}" for number in range(count)))
    by.scope("credits.record_entry")
    with django_assert_num_queries(2):
        assert [one.state for one in found_people(by=by, lines=lines)] == [LineState.MATCHED] * count


def test_one_action_records_everybody_and_parks_the_others(world: World) -> None:
    an, binh = make_worker(world.station, "Trần Thị An"), make_worker(world.station, "Lê Văn Bình")
    other = make_worker(world.station_b)
    lines = [
        ("An", an.public_id),
        ("Bình", binh.public_id),
        ("Ai đó", None),
        ("Khác", other.public_id),
        ("An", an.public_id),
    ]
    batch = record_names(draft=MEETING, lines=lines, by=world.user(Role.STATION))
    rows = ImportRow.objects.filter(batch=batch).order_by("number")
    assert [(row.number, row.state, [p["code"] for p in row.problems]) for row in rows] == [
        (1, RowState.TAKEN, []),
        (2, RowState.TAKEN, []),
        (3, RowState.PARKED, ["credits.no_worker"]),
        (4, RowState.PARKED, ["credits.no_worker"]),
        (5, RowState.UNCHANGED, ["credits.activity_taken"]),
    ]
    entries = CreditEntry.objects.unscoped(ALL).order_by("pk")
    assert [(e.worker, e.source, e.decided_quarters) for e in entries] == [(an, "names", 12), (binh, "names", 12)]
    assert AuditEntry.objects.filter(action="credits.record_names").count() == 1


def test_same_list_sent_again_records_nothing(world: World) -> None:
    an = make_worker(world.station, "Trần Thị An")
    record_names(draft=MEETING, lines=[("An", an.public_id)], by=world.user(Role.STATION))
    with pytest.raises(Refused) as refused:
        record_names(draft=MEETING, lines=[("An", an.public_id)], by=world.user(Role.STATION))
    assert [problem.code for problem in refused.value.problems] == ["credits.nobody_recorded"]
    assert CreditEntry.objects.unscoped(ALL).count() == 1


def test_problem_of_the_activity_itself_is_said_once(world: World) -> None:
    people = [make_worker(world.station, f"Người {n}") for n in "AB"]
    future = EntryDraft(**(vars(MEETING) | {"activity_on": date(2026, 6, 16)}))
    with pytest.raises(Refused) as refused:
        record_names(draft=future, lines=[(p.full_name, p.public_id) for p in people], by=world.user(Role.STATION))
    assert [(p.code, p.field) for p in refused.value.problems] == [
        ("credits.future_day", "activity_on"),
        ("credits.nobody_recorded", "names"),
    ]


def test_whole_list_is_taken_back_by_reversal(world: World) -> None:
    an = make_worker(world.hospital, "Trần Thị An")
    by = world.user(Role.TRAINING_OFFICE)
    batch = record_names(draft=MEETING, lines=[("An", an.public_id), ("?", None)], by=by)
    assert StandingRow.objects.unscoped(ALL).get(worker=an).counted_quarters == 12
    with pytest.raises(Refused) as refused:
        reverse_batch(batch=batch, reason=" ", by=by)
    assert [problem.code for problem in refused.value.problems] == ["credits.reason_missing"]
    done = reverse_batch(batch=batch, reason="Nhập nhầm ngày", by=by)
    assert (done.counts["taken"], done.counts["reversed"]) == (1, 1)
    assert Reversal.objects.unscoped(ALL).get().reason == "Nhập nhầm ngày"
    assert StandingRow.objects.unscoped(ALL).get(worker=an).counted_quarters == 0
    with pytest.raises(Refused) as refused:
        reverse_batch(batch=batch, reason="Lại", by=by)
    assert [problem.code for problem in refused.value.problems] == ["credits.nothing_to_reverse"]


def test_station_cannot_take_a_list_back(world: World) -> None:
    an = make_worker(world.station, "Trần Thị An")
    batch = record_names(draft=MEETING, lines=[("An", an.public_id)], by=world.user(Role.STATION))
    with pytest.raises(NotAllowed):
        reverse_batch(batch=batch, reason="Nhầm", by=world.user(Role.STATION))


def test_page_previews_lets_choose_and_records(world: World, client: Client) -> None:
    first = make_worker(world.hospital, "Trần Thị An", birth_year=1985)
    make_worker(world.hospital, "Trần Thị An", birth_year=1990)
    make_worker(world.hospital, "Lê Văn Bình")
    client.force_login(world.user(Role.TRAINING_OFFICE))
    form = {
        "title": "Bình bệnh án", "activity_on": "2026-05-20", "form": "conference", "role": "delegate", "units": "1",
        "decided_hours": "3", "basis": "12/QĐ-BV", "names": "Trần Thị An\nLê Văn Bình\nKhông Có Ai",
    }  # fmt: skip
    seen = client.post(reverse("credits:names"), form | {"what": "preview"}).content.decode()
    assert "Tìm thấy 1, trùng tên 1, không tìm thấy 1" in seen
    assert not CreditEntry.objects.unscoped(ALL).exists()
    done = client.post(
        reverse("credits:names"), form | {"what": "record", "who-1": str(first.public_id), "key": "a"}, follow=True
    )
    assert "Đã ghi nhận cho 2 người" in done.content.decode()
    assert "Ghi đảo cả danh sách (2 lượt)" in done.content.decode()
    assert {entry.worker_id for entry in CreditEntry.objects.unscoped(ALL)} >= {first.pk}
    url = reverse("credits:import_reverse", args=[done.context["batch"].public_id])
    client.post(url, {"reason": "Nhầm hội nghị", "key": "b"})
    assert Reversal.objects.unscoped(ALL).count() == 2
