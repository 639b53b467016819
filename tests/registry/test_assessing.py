"""Assessments of functions: tap by tap, sent, confirmed or returned; gaps for planning; the summary."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.clock import today
from lientuc.core.errors import NotAllowed, Problem, Refused
from lientuc.places.models import Organisation
from lientuc.places.scope import Scope
from lientuc.registry.assessing import actions, queries
from lientuc.registry.assessing.enums import Answer, AssessmentState, Reason
from lientuc.registry.assessing.models import CommunePopulation, FunctionStatement
from lientuc.registry.assessing.rules import (
    MOST_PERSONS,
    TRANSITIONS,
    PopulationDraft,
    StatementDraft,
    population_lines,
    population_problems,
    statement_problems,
    why_not_decide,
    why_not_submit,
)
from lientuc.trail.models import AuditEntry
from tests.factories.assessing import make_assessment, make_confirmed, make_population
from tests.factories.registry import make_function
from tests.world import World

EVERYTHING = Scope(everything=True)


# --- rules ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draft", "codes"),
    [
        (StatementDraft(None), ["registry.answer_missing"]),
        (StatementDraft(Answer.DOING), []),
        (StatementDraft(Answer.DOING, Reason.OTHER), ["registry.reason_not_wanted"]),
        (StatementDraft(Answer.CANNOT), ["registry.answer_reason_missing"]),
        (StatementDraft(Answer.COULD_DO, Reason.EQUIPMENT), []),
        (StatementDraft(Answer.CANNOT, Reason.KNOWLEDGE, persons=-1), ["registry.persons_out_of_range"]),
        (StatementDraft(Answer.CANNOT, Reason.KNOWLEDGE, persons=0), []),
        (StatementDraft(Answer.CANNOT, Reason.KNOWLEDGE, persons=MOST_PERSONS), []),
        (StatementDraft(Answer.CANNOT, Reason.KNOWLEDGE, persons=MOST_PERSONS + 1), ["registry.persons_out_of_range"]),
    ],
)
def test_statement_problems(draft: StatementDraft, codes: list[str]) -> None:
    assert [problem.code for problem in statement_problems(draft)] == codes


@pytest.mark.parametrize(
    ("state", "answered", "codes"),
    [
        (AssessmentState.DRAFT, [1, 2], []),
        (AssessmentState.RETURNED, [1, 2], []),
        (AssessmentState.DRAFT, [1], ["registry.assessment_incomplete"]),
        (AssessmentState.SUBMITTED, [1, 2], ["registry.assessment_not_open"]),
        (AssessmentState.CONFIRMED, [1, 2], ["registry.assessment_not_open"]),
    ],
)
def test_why_not_submit(state: AssessmentState, answered: list[int], codes: list[str]) -> None:
    assert [problem.code for problem in why_not_submit(state, [1, 2], answered)] == codes


def test_a_unit_without_functions_has_nothing_to_send() -> None:
    assert list(why_not_submit(AssessmentState.DRAFT, [], [])) == [Problem("registry.no_functions")]


def test_return_needs_a_remark() -> None:
    state = AssessmentState.SUBMITTED
    assert list(why_not_decide(state, AssessmentState.RETURNED, " ")) == [Problem("registry.remark_missing", "remark")]
    assert list(why_not_decide(state, AssessmentState.CONFIRMED, "")) == []


def test_a_confirmed_round_goes_nowhere() -> None:
    assert TRANSITIONS[AssessmentState.CONFIRMED] == frozenset()


def test_reasons_are_words_of_the_shared_taxonomy() -> None:
    with files("lientuc.directives").joinpath("data/barriers.csv").open(encoding="utf-8") as file:
        assert {str(reason) for reason in Reason} <= {row["code"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("line", ["10001\t12.345", "10001;12345", "10001  12,345", "10001\tXã An\t12 345"])
def test_population_lines_as_they_are_pasted(line: str) -> None:
    assert list(population_lines(f"\n{line}\n")) == [PopulationDraft("10001", 12_345)]


def test_population_problems_name_the_line() -> None:
    drafts = [
        PopulationDraft("M1001", 5),
        PopulationDraft("M1001", 6),
        PopulationDraft("X", 1),
        PopulationDraft("M1002", None),
    ]
    found = population_problems(drafts, {"M1001", "M1002"}, "Niên giám")
    assert [(p.code, p.values["line"]) for p in found] == [
        ("registry.population_twice", 2),
        ("registry.population_unknown", 3),
        ("registry.population_line", 4),
    ]


# --- actions ----------------------------------------------------------------------------------------------------------


def tap(world: World, function: Any, draft: StatementDraft, by: Role = Role.STATION) -> FunctionStatement:
    return actions.state_function(organisation=world.station, function=function, draft=draft, by=world.user(by))


def begun(world: World) -> Any:
    function = make_function()
    actions.begin_assessment(organisation=world.station, by=world.user(Role.STATION))
    return function


def sent(world: World) -> Any:
    function = begun(world)
    tap(world, function, StatementDraft(Answer.CANNOT, Reason.KNOWLEDGE, persons=2))
    actions.submit_assessment(organisation=world.station, by=world.user(Role.STATION))
    return function


def test_beginning_twice_goes_on_with_the_same_round(world: World) -> None:
    make_function()
    by = world.user(Role.STATION)
    first = actions.begin_assessment(organisation=world.station, by=by)
    assert actions.begin_assessment(organisation=world.station, by=by) == first


def test_beginning_without_functions_is_refused(world: World) -> None:
    with pytest.raises(Refused, match=r"registry.no_functions"):
        actions.begin_assessment(organisation=world.station, by=world.user(Role.STATION))


def test_the_last_tap_counts(world: World) -> None:
    function = begun(world)
    tap(world, function, StatementDraft(Answer.CANNOT, Reason.EQUIPMENT, persons=3))
    row = tap(world, function, StatementDraft(Answer.DOING, persons=3))
    assert (row.answer, row.reason, row.persons) == ("doing", "", None)
    assert FunctionStatement._base_manager.count() == 1


def test_a_function_of_other_units_is_refused(world: World) -> None:
    begun(world)
    other = make_function("Phẫu thuật", organisation_kind="hospital")
    with pytest.raises(Refused, match=r"registry.function_not_of_unit"):
        tap(world, other, StatementDraft(Answer.DOING))


def test_incomplete_round_is_not_sent(world: World) -> None:
    begun(world)
    with pytest.raises(Refused, match=r"registry.assessment_incomplete"):
        actions.submit_assessment(organisation=world.station, by=world.user(Role.STATION))


def test_sent_round_is_not_changed(world: World) -> None:
    function = sent(world)
    with pytest.raises(Refused, match=r"registry.assessment_not_open"):
        tap(world, function, StatementDraft(Answer.DOING))


def test_commune_confirms_and_nobody_changes_it_any_more(world: World) -> None:
    function = sent(world)
    row = actions.confirm_assessment(organisation=world.station, by=world.user(Role.COMMUNE_COMMITTEE))
    assert (row.state, row.confirmed_name) == ("confirmed", "Người dùng commune_committee")
    with pytest.raises(Refused, match=r"registry.assessment_not_open"):
        tap(world, function, StatementDraft(Answer.DOING))
    with pytest.raises(Refused, match=r"registry.assessment_not_submitted"):
        actions.confirm_assessment(organisation=world.station, by=world.user(Role.COMMUNE_COMMITTEE))


def test_returned_round_is_open_again(world: World) -> None:
    function = sent(world)
    by = world.user(Role.COMMUNE_COMMITTEE)
    row = actions.return_assessment(organisation=world.station, remark="Ghi rõ thiết bị", by=by)
    assert (row.state, row.remark) == ("returned", "Ghi rõ thiết bị")
    tap(world, function, StatementDraft(Answer.DOING))
    assert actions.submit_assessment(organisation=world.station, by=world.user(Role.STATION)).state == "submitted"


@pytest.mark.parametrize("role", [Role.STATION, Role.HEALTH_DEPARTMENT])
def test_who_does_not_employ_the_station_does_not_confirm(world: World, role: Role) -> None:
    sent(world)
    with pytest.raises(NotAllowed):
        actions.confirm_assessment(organisation=world.station, by=world.user(role))


def test_sibling_station_answers_for_nobody_else(world: World) -> None:
    function = begun(world)
    with pytest.raises(NotAllowed):
        actions.state_function(
            organisation=world.station_b,
            function=function,
            draft=StatementDraft(Answer.DOING),
            by=world.user("station"),
        )


def test_each_step_leaves_its_audit_row(world: World) -> None:
    sent(world)
    actions.confirm_assessment(organisation=world.station, by=world.user(Role.COMMUNE_COMMITTEE))
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "registry.begin_assessment",
        "registry.state_function",
        "registry.submit_assessment",
        "registry.confirm_assessment",
    ]


def test_populations_are_stated_for_one_s_own_province(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    given = dict(source="Niên giám 2025", stated_on=date(2026, 1, 1), by=by)
    actions.load_populations(drafts=[PopulationDraft("M1001", 6_000)], **given)
    actions.load_populations(drafts=[PopulationDraft("M1001", 7_000)], **given)
    assert list(CommunePopulation.objects.values_list("commune_code", "people")) == [("M1001", 7_000)]
    with pytest.raises(Refused, match=r"registry.population_unknown"):
        actions.load_populations(drafts=[PopulationDraft("M2001", 1)], **given)


# --- queries ----------------------------------------------------------------------------------------------------------


def test_gaps_are_those_confirmed_last(world: World) -> None:
    function, other = make_function(), make_function("Quản lý bệnh không lây")
    make_confirmed(world.station, function, confirmed_at=datetime(2025, 9, 1, tzinfo=UTC))
    row = make_confirmed(world.station, other, confirmed_at=datetime(2026, 3, 1, tzinfo=UTC))
    make_confirmed(world.station_b, function, answer=Answer.DOING, reason="")
    FunctionStatement.objects.create(
        assessment=make_assessment(world.organisation("point")), function=function, answer="cannot", reason="other"
    )
    (gap,) = queries.function_gaps(scope=EVERYTHING, on=today())
    assert (gap.organisation_id, gap.function, gap.answer, gap.reason, gap.persons, gap.origin) == (
        world.station.pk,
        other,
        Answer.CANNOT,
        Reason.KNOWLEDGE,
        2,
        str(row.ref),
    )


def test_gaps_outside_the_scope_are_not_told(world: World) -> None:
    make_confirmed(world.organisation("station2"))
    scope = world.user(Role.HEALTH_DEPARTMENT).scope(queries.VIEW)
    assert queries.function_gaps(scope=scope, on=today()) == []


def test_a_lapsed_function_is_no_gap(world: World) -> None:
    make_confirmed(world.station, make_function(to_on=date(2026, 1, 1)))
    assert queries.function_gaps(scope=EVERYTHING, on=date(2026, 6, 1)) == []


def test_summary_counts_answers_reasons_and_units(world: World) -> None:
    function = make_function()
    make_confirmed(world.station, function)
    make_confirmed(world.station_b, function, answer=Answer.DOING, reason="", persons=None)
    found = queries.summary(world.user(Role.HEALTH_DEPARTMENT), today())
    (counted,) = found.functions
    assert (found.confirmed, found.of, counted.units, counted.persons) == (2, 2, 2, 2)
    assert counted.answers == {Answer.DOING: 1, Answer.COULD_DO: 0, Answer.CANNOT: 1}
    assert counted.reasons[Reason.KNOWLEDGE] == 1


# --- pages ------------------------------------------------------------------------------------------------------------


def address(unit: Organisation, step: str = "") -> str:
    from django.urls import reverse

    return reverse("registry:assessment", args=[unit.public_id]) + step


@pytest.fixture
def station(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.STATION))
    return client


def test_a_station_fills_the_form_without_a_script(station: Client, world: World) -> None:
    first, second = make_function("Tiêm chủng"), make_function("Sơ cứu")
    here = address(world.station)
    station.post(here + "bat-dau/")
    page = station.get(here).content.decode()
    assert page.count("btn-tap") == 7
    answer = station.post(here + "tra-loi/", {"function": first.public_id, "answer": "doing"})
    assert answer.headers["Location"] == f"{here}#q-{second.public_id}"
    asks = station.post(here + "tra-loi/", {"function": second.public_id, "answer": "cannot"})
    assert asks.headers["Location"] == f"{here}?ly-do={second.public_id}&tra-loi=cannot#q-{second.public_id}"
    assert FunctionStatement._base_manager.count() == 1
    assert 'name="reason"' in station.get(asks.headers["Location"].split("#")[0]).content.decode()
    done = station.post(
        here + "tra-loi/", {"function": second.public_id, "answer": "cannot", "reason": "knowledge", "persons": "2"}
    )
    assert done.headers["Location"] == f"{here}#gui"
    station.post(here + "gui/")
    assert queries.open_assessment(world.station).state == "submitted"


def test_the_form_resumes_where_it_was_left(station: Client, world: World) -> None:
    function = begun(world)
    tap(world, function, StatementDraft(Answer.COULD_DO, Reason.EQUIPMENT))
    page = station.get(address(world.station)).content.decode()
    assert ("1/1" in page, 'aria-pressed="true"' in page) == (True, True)


def test_commune_confirms_on_the_page(client: Client, world: World) -> None:
    sent(world)
    client.force_login(world.user(Role.COMMUNE_COMMITTEE))
    here = address(world.station)
    assert "xac-nhan/" in client.get(here).content.decode()
    client.post(here + "xac-nhan/", {"decision": "return", "remark": ""})
    assert queries.open_assessment(world.station).state == "submitted"
    client.post(here + "xac-nhan/", {"decision": "confirm"})
    assert len(queries.confirmed_assessments(world.station)) == 1


def test_board_has_an_empty_state_and_both_languages(station: Client, world: World) -> None:
    assert "empty-state" in station.get("/nhan-luc/danh-gia-chuc-nang/").content.decode()
    make_function()
    vietnamese = station.get("/nhan-luc/danh-gia-chuc-nang/").content
    station.cookies["ngon-ngu"] = "en"
    assert vietnamese != station.get("/nhan-luc/danh-gia-chuc-nang/").content


@pytest.mark.parametrize("count", [1, 3])
def test_summary_asks_the_same_queries_for_one_and_three_units(
    world: World, client: Client, count: int, django_assert_num_queries: Any
) -> None:
    function = make_function()
    for key in ["station", "station_b", "station2"][:count]:
        make_confirmed(world.organisation(key), function)
    client.force_login(world.user(Role.MINISTRY))
    with django_assert_num_queries(9):
        client.get("/nhan-luc/danh-gia-chuc-nang/tong-hop/")


def test_summary_is_a_workbook(world: World, client: Client) -> None:
    make_confirmed(world.station)
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    assert client.get("/nhan-luc/danh-gia-chuc-nang/tong-hop/", {"file": "xlsx"}).content[:2] == b"PK"


def test_populations_are_pasted(world: World, client: Client) -> None:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    values = {"source": "Niên giám 2025", "stated_on": "2026-01-01", "lines": "M1001\t6.500"}
    assert client.post("/nhan-luc/danh-gia-chuc-nang/so-dan/", values).status_code == 302
    assert "6.500" in client.get("/nhan-luc/danh-gia-chuc-nang/so-dan/").content.decode()
    make_population("M2001", 77_777)
    assert "77.777" not in client.get("/nhan-luc/danh-gia-chuc-nang/so-dan/").content.decode()
