"""Sheets of paper typed twice: agreeing they count, differing they are shown and settled."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.core.errors import NotAllowed, Problem, Refused
from lientuc.surveys.enums import ResponseState, SheetState, WaveMode
from lientuc.surveys.flow import Sent
from lientuc.surveys.models import Answer, Response, Wave
from lientuc.surveys.paper.actions import settle_sheet, type_sheet
from lientuc.surveys.paper.models import PaperSheet, PaperTyping
from lientuc.surveys.paper.rules import Difference, differences, settled, why_not_type
from lientuc.trail.models import AuditEntry
from tests.factories.surveys import make_sheet, make_wave
from tests.world import World


def sheet(**given: str | list[str]) -> Sent:
    values = {(name, 0): value if isinstance(value, list) else [value] for name, value in given.items()}
    return Sent(values, frozenset(values))


FIRST = sheet(works="yes", cases="7", fruit=["apple", "plum"], remark="tốt")
SECOND = sheet(works="yes", cases="1", fruit=["apple"], remark="tốt")


def refusal(call: Any) -> list[Problem]:
    try:
        call()
    except Refused as refused:
        return list(refused.problems)
    return []


def kept(wave: Wave) -> dict[str, str]:
    return dict(Answer._base_manager.filter(response__wave=wave).values_list("item__name", "value"))


@pytest.fixture
def wave(world: World) -> Wave:
    return make_wave(world.school, mode=WaveMode.OPEN)


def test_differences_name_every_place_that_one_typing_has_otherwise() -> None:
    one = {("a", 0): "1", ("b", 0): "x", ("c", 1): "y"}
    two = {("a", 0): "1", ("b", 0): "z", ("d", 0): "w"}
    assert differences(one, two) == (
        Difference(("b", 0), "x", "z"),
        Difference(("c", 1), "y", ""),
        Difference(("d", 0), "", "w"),
    )
    assert settled(one, two, {("b", 0): 2, ("c", 1): 1, ("d", 0): 2}) == {
        ("a", 0): "1",
        ("b", 0): "z",
        ("c", 1): "y",
        ("d", 0): "w",
    }


@pytest.mark.parametrize(("number", "codes"), [(0, 1), (1, 0), (100_000, 0), (100_001, 1)])
def test_sheet_number_below_at_above(number: int, codes: int) -> None:
    assert (why_not_type(WaveMode.OPEN, number) is not None) == bool(codes)


def test_two_equal_typings_count_once(world: World, wave: Wave) -> None:
    type_sheet(wave=wave, number=4, sent=FIRST, by=world.user(Role.PROVIDER))
    assert not Response._base_manager.exists()
    done = type_sheet(wave=wave, number=4, sent=FIRST, by=world.user(Role.EVALUATOR))
    assert (done.state, done.differing) == (SheetState.DONE, 0)
    assert kept(wave) == {"works": "yes", "cases": "7", "fruit": "apple plum", "remark": "tốt"}
    row = AuditEntry.objects.filter(action="surveys.type_sheet").first()
    assert row is not None
    assert row.values["sent"] == "4 questions"


def test_differing_typings_wait_until_every_difference_is_settled(world: World, wave: Wave) -> None:
    one, two = world.user(Role.PROVIDER), world.user(Role.EVALUATOR)
    type_sheet(wave=wave, number=4, sent=FIRST, by=one)
    row = type_sheet(wave=wave, number=4, sent=SECOND, by=two)
    assert (row.state, row.differing, kept(wave)) == (SheetState.DIFFERS, 2, {})
    problems = refusal(lambda: settle_sheet(sheet=row, chosen={("cases", 0): 1}, by=one))
    assert problems == [Problem("surveys.difference_open", "fruit-0")]
    done = settle_sheet(sheet=row, chosen={("cases", 0): 1, ("fruit", 0): 2}, by=one)
    assert done.state == SheetState.DONE
    assert kept(wave) == {"works": "yes", "cases": "7", "fruit": "apple", "remark": "tốt"}
    assert [p.code for p in refusal(lambda: settle_sheet(sheet=done, chosen={}, by=one))] == ["surveys.sheet_not_open"]


def test_settling_a_gate_leaves_out_what_it_closes(world: World, wave: Wave) -> None:
    one, two = world.user(Role.PROVIDER), world.user(Role.EVALUATOR)
    type_sheet(wave=wave, number=1, sent=FIRST, by=one)
    row = type_sheet(wave=wave, number=1, sent=sheet(works="no", fruit=["apple", "plum"], remark="tốt"), by=two)
    settle_sheet(sheet=row, chosen={("works", 0): 2, ("cases", 0): 1}, by=two)
    assert kept(wave) == {"works": "no", "fruit": "apple plum", "remark": "tốt"}


def test_second_typing_is_another_persons_and_the_last(world: World, wave: Wave) -> None:
    one, two = world.user(Role.PROVIDER), world.user(Role.EVALUATOR)
    type_sheet(wave=wave, number=4, sent=FIRST, by=one)
    again = refusal(lambda: type_sheet(wave=wave, number=4, sent=FIRST, by=one))
    type_sheet(wave=wave, number=4, sent=SECOND, by=two)
    third = refusal(lambda: type_sheet(wave=wave, number=4, sent=FIRST, by=two))
    assert [p.code for p in again + third] == ["surveys.sheet_same_typist", "surveys.sheet_typed_twice"]
    assert PaperTyping._base_manager.count() == 2


def test_paper_keeps_open_what_the_screen_requires_and_refuses_what_cannot_be(world: World, wave: Wave) -> None:
    by = world.user(Role.PROVIDER)
    wrong = refusal(lambda: type_sheet(wave=wave, number=1, sent=sheet(works="yes", cases="51"), by=by))
    assert [(p.code, p.field) for p in wrong] == [("surveys.out_of_bounds", "cases-0")]
    assert not PaperSheet._base_manager.exists()
    type_sheet(wave=wave, number=1, sent=sheet(works="", remark=""), by=by)
    assert PaperSheet._base_manager.get().state == SheetState.ONCE


def test_paper_belongs_to_open_waves_and_those_who_run_them(world: World) -> None:
    secret = make_wave(world.school)
    call = lambda: type_sheet(wave=secret, number=1, sent=FIRST, by=world.user(Role.PROVIDER))  # noqa: E731
    assert [p.code for p in refusal(call)] == ["surveys.paper_only_open"]
    with pytest.raises(NotAllowed):
        type_sheet(wave=secret, number=1, sent=FIRST, by=world.user(Role.STATION))


def test_pages_show_both_typings_side_by_side_and_settle_them(world: World, wave: Wave, client: Client) -> None:
    first = {"number": "9", "works-0": "yes", "cases-0": "7", "fruit-0": ["apple"], "remark-0": "ghi tay"}
    place = reverse("surveys:type_sheet", args=[wave.public_id])
    client.force_login(world.user(Role.PROVIDER))
    assert "Chưa nhập phiếu giấy nào" in client.get(reverse("surveys:sheets", args=[wave.public_id])).content.decode()
    assert client.post(place, first).status_code == 302
    client.force_login(world.user(Role.EVALUATOR))
    differs = client.post(place, first | {"fruit-0": ["pear"]})
    page = client.get(differs.url).content.decode()
    assert ("Táo" in page, "Lê" in page, "ghi tay" in page) == (True, True, False)
    assert client.post(differs.url, {}).status_code == 422
    assert client.post(differs.url, {"fruit-0": "1"}).status_code == 302
    assert Response._base_manager.get().state == ResponseState.COMPLETED
    assert kept(wave)["fruit"] == "apple"


def test_faulty_sheet_keeps_what_was_typed(world: World, wave: Wave, client: Client) -> None:
    client.force_login(world.user(Role.PROVIDER))
    place = reverse("surveys:type_sheet", args=[wave.public_id])
    page = client.post(place, {"number": "x", "works-0": "yes", "cases-0": "99", "remark-0": "giữ lại"})
    assert (page.status_code, "giữ lại" in page.content.decode()) == (422, True)


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_sheets_takes_the_same_queries(
    count: int, world: World, wave: Wave, client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(1, count + 1):
        make_sheet(world.school, wave=wave, number=number)
    client.force_login(world.user(Role.PROVIDER))
    client.get(reverse("surveys:sheets", args=[wave.public_id]))
    with django_assert_num_queries(6):
        client.get(reverse("surveys:sheets", args=[wave.public_id]))
