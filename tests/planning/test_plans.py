"""Versions, opinions, undo, targets and filters of a plan."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.clock import today
from lientuc.core.errors import NotAllowed, Refused
from lientuc.places.scope import WhyUnscoped
from lientuc.planning.actions import (
    add_line,
    adopt_proposal,
    amend_plan,
    answer_comment,
    approve_plan,
    ask_parties,
    copy_plan,
    edit_line,
    give_opinion,
    note_opinion,
    remove_line,
    return_plan,
    set_targets,
    submit_plan,
    undo_change,
)
from lientuc.planning.enums import LineEvent, LineField, PlanKind, PlanState, Stance
from lientuc.planning.improving.facts import basis_of
from lientuc.planning.models import Plan, PlanComment, PlanLine, PlanLineChange, PlanParty
from lientuc.planning.queries.opinions import opinions_on, silent_parties
from lientuc.planning.queries.versions import differences
from lientuc.planning.rules.lines import LineDraft
from lientuc.planning.rules.plans import PlanDraft
from lientuc.planning.rules.targets import TargetDraft
from lientuc.planning.writing import draft_of
from tests.factories.curricula import make_topic
from tests.factories.planning import (
    make_comment,
    make_line,
    make_party,
    make_plan,
    make_proposal,
    make_source,
    make_submitted_plan,
)
from tests.world import World


def rows(model: Any) -> Any:
    return model.objects.unscoped(WhyUnscoped.SETUP)


def codes(caught: Any) -> list[str]:
    return [problem.code.removeprefix("planning.") for problem in caught.value.problems]


def approved(world: World, **fields: Any) -> Plan:
    """A plan that went the whole way, so that its lines are frozen."""
    plan = make_submitted_plan(world.department)
    make_line(world.department, plan=plan, source=make_source(world.department), **fields)
    return approve_plan(plan=plan, decided_on=today(), by=world.user(Role.PROVINCIAL_COMMITTEE))


# --- an approved version is never edited in place -----------------------------------------------------------------

CHANGES = [
    {"title": "Khác"}, {"persons": 41}, {"classes": 1}, {"requested_vnd": 1}, {"appraised_vnd": 1}, {"to_quarter": 1},
    {"year": 2028}, {"source": None}, {"cost_items": [{}]}, {"integrated_with": "x"}, {"frozen": False},
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_line_of_an_approved_plan_cannot_be_changed_by_any_door(world: World, change: dict[str, Any]) -> None:
    plan = approved(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows(PlanLine).filter(plan=plan).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows(PlanLine).filter(plan=plan).delete()


def test_without_the_trigger_the_approved_line_would_have_changed(world: World) -> None:
    plan = approved(world)
    table = " ON planning_planline" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER planning_planline_stands_update{table}")
    assert rows(PlanLine).filter(plan=plan).update(title="Khác") == 1


def test_money_that_goes_out_is_no_change_of_the_plan(world: World) -> None:
    plan = approved(world)
    assert rows(PlanLine).filter(plan=plan).update(allotted_vnd=3, spent_vnd=2, settled_vnd=1) == 1


def test_draft_line_may_change(world: World) -> None:
    line = make_line(world.department)
    assert rows(PlanLine).filter(pk=line.pk).update(title="Khác") == 1


# --- differences between versions ---------------------------------------------------------------------------------


def test_amended_version_shows_what_came_went_and_reads_otherwise(client: Client, world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    plan = make_submitted_plan(world.department)
    source = make_source(world.department)
    for title, topic in (("Giữ", make_topic()), ("Đổi", make_topic("a", family="nursing")), ("Bỏ", make_topic("b"))):
        make_line(world.department, title, plan=plan, source=source, topic=topic)
    approve_plan(plan=plan, decided_on=today(), by=world.user(Role.PROVINCIAL_COMMITTEE))
    version = amend_plan(plan=plan, by=by)
    lines = {line.title: line for line in rows(PlanLine).filter(plan=version)}
    edit_line(line=lines["Đổi"], draft=replace(draft_of(lines["Đổi"]), persons=45, requested_vnd=110_000_000), by=by)
    remove_line(line=lines["Bỏ"], by=by)
    add_line(plan=version, draft=LineDraft("Thêm", make_topic("c"), 1, 10, 2027, requested_vnd=5, source=source), by=by)
    found = differences(plan, version, "vi")
    said = [
        (
            change.event,
            change.title,
            [(field.field, field.before, field.after) for field in change.fields],
            change.difference_vnd,
        )
        for change in found.lines
    ]
    assert said == [
        (LineEvent.EDITED, "Đổi", [(LineField.PERSONS, "40", "45"), (LineField.MONEY, "100.000.000 đ", "110.000.000 đ")], 10_000_000),
        (LineEvent.REMOVED, "Bỏ", [], -100_000_000),
        (LineEvent.ADDED, "Thêm", [], 5),
    ]  # fmt: skip
    assert (found.same, found.before_vnd, found.after_vnd) == (1, 300_000_000, 210_000_005)
    client.force_login(by)
    page = client.get(f"/ke-hoach/{version.public_id}/so-sanh/").content.decode()
    assert "<del>40</del> → <ins>45</ins>" in page


# --- opinions -----------------------------------------------------------------------------------------------------


def test_commune_is_asked_answers_and_is_answered_before_the_plan_goes_on(world: World) -> None:
    officer, committee = world.user(Role.HEALTH_DEPARTMENT), world.user(Role.PROVINCIAL_COMMITTEE)
    plan = make_plan(world.department)
    make_line(world.department, plan=plan, source=make_source(world.department))
    ask_parties(plan=plan, organisations=[world.commune], names=["Sở Nội vụ"], by=officer)
    submit_plan(plan=plan, by=officer)
    party = rows(PlanParty).get(organisation=world.commune)
    wish = give_opinion(party=party, stance=Stance.CHANGE, text="Thêm 2 người", by=world.user(Role.COMMUNE_COMMITTEE))
    home = rows(PlanParty).get(name="Sở Nội vụ")
    note_opinion(party=home, stance=Stance.AGREE, text="", paper="9/SNV", by=officer)
    returned = return_plan(plan=plan, text="Giải trình ý kiến xã", by=committee)
    with pytest.raises(Refused) as caught:
        submit_plan(plan=plan, by=officer)
    assert (codes(caught), caught.value.problems[0].values) == (["comments_unanswered"], {"n": 2})
    for about in (wish, rows(PlanComment).get(kind="return")):
        answer_comment(about=about, stance=Stance.TAKEN, text="Đã thêm", by=officer)
    assert submit_plan(plan=returned, by=officer).state == PlanState.SUBMITTED
    said = [(each.author, each.said("vi"), each.answered("vi")) for each in opinions_on(plan)]
    assert said == [
        ("UBND xã An", "Thêm 2 người", "Tiếp thu: Đã thêm"),
        ("Sở Nội vụ", "Thống nhất với dự thảo.", ""),
        (committee.full_name, "Giải trình ý kiến xã", "Tiếp thu: Đã thêm"),
    ]
    assert silent_parties(plan) == []


def test_commune_that_was_not_asked_gives_no_opinion(world: World) -> None:
    party = make_party(world.commune)
    with pytest.raises(NotAllowed):
        give_opinion(party=party, stance=Stance.AGREE, text="", by=world.user(Role.STATION))


def test_comment_is_answered_once(world: World) -> None:
    officer, about = world.user(Role.HEALTH_DEPARTMENT), make_comment(world.department)
    answer_comment(about=about, stance=Stance.EXPLAINED, text="Ngoài khả năng ngân sách", by=officer)
    with pytest.raises(Refused) as caught:
        answer_comment(about=about, stance=Stance.TAKEN, text="Nữa", by=officer)
    assert codes(caught) == ["answered_already"]


def test_comment_cannot_be_rewritten(world: World) -> None:
    make_comment(world.department)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows(PlanComment).update(text="Khác")


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_plans_asked_about_asks_the_same_queries_for_one_and_three_rows(
    client: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_party(world.commune, plan=make_submitted_plan(world.department, f"Kế hoạch {number}"))
    client.force_login(world.user(Role.COMMUNE_COMMITTEE))
    with django_assert_num_queries(5):
        page = client.get("/ke-hoach/gop-y/").content.decode()
    assert page.count('<th scope="row">') == count


def test_commune_writes_its_opinion_on_the_page(client: Client, world: World) -> None:
    party = make_party(world.commune, plan=make_submitted_plan(world.department, "Kế hoạch 2027"))
    client.force_login(world.user(Role.COMMUNE_COMMITTEE))
    sent = {"stance": "change", "text": "Thêm lớp cấp cứu", "place": ""}
    assert client.post(f"/ke-hoach/gop-y/{party.public_id}/", sent).status_code == 302
    assert "Thêm lớp cấp cứu" in client.get(f"/ke-hoach/gop-y/{party.public_id}/").content.decode()


# --- going back -----------------------------------------------------------------------------------------------------


def test_removed_line_comes_back_as_it_was(world: World) -> None:
    by, line = world.user(Role.HEALTH_DEPARTMENT), make_line(world.department, "Bỏ nhầm")
    before = rows(PlanLine).values().get()
    remove_line(line=line, by=by)
    undo_change(change=rows(PlanLineChange).get(), by=by)
    after = rows(PlanLine).values().get()
    same = set(before) - {"id", "public_id"}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}


def test_edited_and_added_lines_go_back(world: World) -> None:
    by, plan = world.user(Role.HEALTH_DEPARTMENT), make_plan(world.department)
    line = add_line(plan=plan, draft=LineDraft("Lớp", make_topic(), 1, 20, 2027, requested_vnd=5), by=by)
    edit_line(line=line, draft=replace(draft_of(line), persons=30), by=by)
    added, edited = rows(PlanLineChange).order_by("pk")
    with pytest.raises(Refused) as caught:
        undo_change(change=added, by=by)
    assert codes(caught) == ["change_overtaken"]
    undo_change(change=edited, by=by)
    assert rows(PlanLine).get().persons == 20
    with pytest.raises(Refused) as caught:
        undo_change(change=edited, by=by)
    assert codes(caught) == ["change_overtaken"]
    undo_change(change=rows(PlanLineChange).order_by("pk").last(), by=by)
    assert rows(PlanLine).get().persons == 30


def test_undo_stands_on_the_page_of_the_draft(client: Client, world: World) -> None:
    plan = make_plan(world.department)
    by = world.user(Role.HEALTH_DEPARTMENT)
    add_line(plan=plan, draft=LineDraft("Lớp", make_topic(), 1, 20, 2027, requested_vnd=5), by=by)
    client.force_login(by)
    change = rows(PlanLineChange).get()
    address = f"/ke-hoach/thay-doi/{change.public_id}/hoan-tac/"
    assert address in client.get(f"/ke-hoach/{plan.public_id}/").content.decode()
    assert client.post(address).status_code == 302
    assert rows(PlanLine).count() == 0


# --- several years, targets, filters --------------------------------------------------------------------------------


def test_year_of_a_five_year_plan_becomes_the_annual_plan(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    long = make_plan(world.department, kind=PlanKind.FIVE_YEAR, year=2026)
    make_line(world.department, "Năm 2027", plan=long, year=2027)
    make_line(world.department, "Năm 2028", plan=long, year=2028)
    annual = copy_plan(previous=long, draft=PlanDraft(world.department, 2028, PlanKind.ANNUAL, "2028"), by=by)
    assert list(rows(PlanLine).filter(plan=annual).values_list("title", "year")) == [("Năm 2028", 2028)]


def test_five_year_plan_shows_its_sums_and_targets_by_year(client: Client, world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    plan = make_plan(world.department, kind=PlanKind.FIVE_YEAR, year=2026)
    make_line(world.department, plan=plan, year=2028)
    set_targets(plan=plan, drafts=[TargetDraft("Trạm có người học", "%", 2030, Decimal("92.5"))], by=by)
    client.force_login(by)
    page = client.get(f"/ke-hoach/{plan.public_id}/").content.decode()
    assert [text for text in ("Tổng theo từng năm", '<th scope="row">2030</th>', "92,5 %") if text not in page] == []


def test_targets_outside_the_plan_or_below_zero_are_refused(world: World) -> None:
    drafts = [TargetDraft("", "%", 2027, Decimal(1)), TargetDraft("A", "%", 2031, Decimal(-1))]
    with pytest.raises(Refused) as caught:
        set_targets(plan=make_plan(world.department), drafts=drafts, by=world.user(Role.HEALTH_DEPARTMENT))
    assert codes(caught) == ["title_missing", "value_wrong", "year_outside_plan"]


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ("q=dieu+duong", ["Chăm sóc"]),
        ("quarter=1", ["Chăm sóc"]),
        ("source=-", ["Hồi sức"]),
        ("show=unserved", ["Chăm sóc", "Hồi sức"]),
        ("show=locked", []),
    ],
)
def test_lines_are_searched_and_narrowed(client: Client, world: World, chosen: str, shown: list[str]) -> None:
    plan = make_plan(world.department)
    make_line(
        world.department,
        "Chăm sóc",
        plan=plan,
        audience="Điều dưỡng",
        to_quarter=1,
        source=make_source(world.department),
    )
    make_line(world.department, "Hồi sức", plan=plan, from_quarter=3)
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    page = client.get(f"/ke-hoach/{plan.public_id}/?{chosen}").content.decode()
    assert [title for title in ("Chăm sóc", "Hồi sức") if f">{title}</a>" in page] == shown


# --- proposals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("after", "reason", "found"), [(9.0, "", ["proposal_worse"]), (9.0, "Ưu tiên khác", []), (10.0, "", [])])  # fmt: skip
def test_worse_proposal_is_adopted_with_a_reason_only(
    world: World, after: float, reason: str, found: list[str]
) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    proposal = make_proposal(world.department, before_value=10.0, after_value=after, basis=basis_of([]))
    try:
        adopt_proposal(proposal=proposal, reason=reason, by=by)
        said: list[str] = []
    except Refused as refused:
        said = [problem.code.removeprefix("planning.") for problem in refused.problems]
    assert said == found
    assert list(rows(PlanComment).values_list("kind", "text")) == ([("proposal", reason)] if reason else [])
