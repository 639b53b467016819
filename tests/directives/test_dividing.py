"""The division of tasks: default, gaps and clashes, edits, signature that freezes, receipts, paper, pages."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.accounts.models import SYSTEM
from lientuc.core.clock import today
from lientuc.core.errors import NotAllowed, Problem, Refused
from lientuc.directives.actions import load_directives
from lientuc.directives.dividing.actions import (
    confirm_receipt,
    draft_division,
    number_division,
    set_many,
    set_responsibilities,
    sign_division,
)
from lientuc.directives.dividing.queries import cells_of, faults_of, ground_of, receipts
from lientuc.directives.dividing.rules import Cell, Fault, SignDraft, faults, why_not_confirm, why_not_sign
from lientuc.directives.enums import DecisionState, FaultKind, Part
from lientuc.directives.models import Duty, Receipt, Responsibility, ResponsibilityDecision
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import AuditEntry
from tests.factories.directives import make_decision, make_function_of
from tests.world import World

ON = date(2026, 11, 22)
R, S, NO = Part.RESPONSIBLE, Part.SUPPORTS, Part.INFORMED


def rows(model: Any) -> Any:
    return model.objects.unscoped(WhyUnscoped.SETUP)


def codes(problems: Iterable[Problem]) -> list[str]:
    return [problem.code.removeprefix("directives.") for problem in problems]


def refused(caught: Any) -> list[str]:
    return codes(caught.value.problems)


def cells(decision: ResponsibilityDecision) -> list[tuple[str, str, str, str, str]]:
    found = cells_of(decision)
    return sorted((c.function.code, c.area.code, c.organisation.code, c.level, c.part) for c in found)


@pytest.fixture
def officer(world: World) -> Any:
    return world.user(Role.HEALTH_DEPARTMENT)


@pytest.fixture
def draft(world: World, officer: Any) -> ResponsibilityDecision:
    """A draft of the department for one function of stations and one of hospitals."""
    make_function_of("station", "Tiêm chủng", "T-01")
    make_function_of("hospital", "Hồi sức cấp cứu", "H-01")
    return draft_division(organisation=world.department, title="Phân công nhiệm vụ đào tạo", on=ON, by=officer)


def signed(decision: ResponsibilityDecision, officer: Any, on: date = ON) -> ResponsibilityDecision:
    return sign_division(decision=decision, draft=SignDraft(on, on), by=officer)


# --- rules --------------------------------------------------------------------------------------------------------


def test_gap_is_nobody_and_clash_is_two() -> None:
    given = [Cell(1, 1, 10, R), Cell(1, 1, 11, S), Cell(1, 2, 10, S), Cell(2, 1, 12, R), Cell(2, 1, 10, R)]
    assert faults(given, [(1, 1), (1, 2), (2, 1), (2, 2)]) == [
        Fault(FaultKind.GAP, 1, 2),
        Fault(FaultKind.CLASH, 2, 1, (10, 12)),
        Fault(FaultKind.GAP, 2, 2),
    ]


@pytest.mark.parametrize(
    ("from_on", "previous", "found"),
    [
        (ON - timedelta(days=1), None, ["in_force_before_signed"]),
        (ON, None, []),
        (ON + timedelta(days=1), None, []),
        (ON, ON - timedelta(days=1), []),
        (ON, ON, ["not_after_previous"]),
        (ON, ON + timedelta(days=1), ["not_after_previous"]),
    ],
)
def test_decision_begins_when_signed_and_after_the_one_before(
    from_on: date, previous: date | None, found: list[str]
) -> None:
    assert codes(why_not_sign(DecisionState.DRAFT, SignDraft(ON, from_on), [], previous)) == found


def test_decision_with_errors_is_not_signed() -> None:
    gap = Fault(FaultKind.GAP, 1, 1)
    assert codes(why_not_sign(DecisionState.DRAFT, SignDraft(ON, ON), [gap], None)) == ["matrix_has_faults"]
    assert codes(why_not_sign(DecisionState.SIGNED, SignDraft(ON, ON), [], None)) == ["decision_signed"]


@pytest.mark.parametrize(
    ("state", "named", "confirmed", "found"),
    [
        (DecisionState.DRAFT, True, False, ["decision_not_signed"]),
        (DecisionState.SIGNED, False, False, ["not_named"]),
        (DecisionState.SIGNED, True, True, ["already_confirmed"]),
        (DecisionState.SIGNED, True, False, []),
        (DecisionState.REPLACED, True, False, []),
    ],
)
def test_only_who_is_named_confirms_and_once(
    state: DecisionState, named: bool, confirmed: bool, found: list[str]
) -> None:
    assert codes(why_not_confirm(state, named=named, confirmed=confirmed)) == found


# --- drafts -------------------------------------------------------------------------------------------------------


def test_draft_follows_the_two_level_model_without_errors(draft: ResponsibilityDecision) -> None:
    assert sorted(cell[2:] for cell in cells(draft) if cell[:2] == ("T-01", "commune")) == [
        ("committee", "province", "informed"),
        ("commune", "grassroots", "responsible"),
        ("department", "province", "supports"),
        ("station", "grassroots", "informed"),
    ]
    assert [cell[2] for cell in cells(draft) if cell[0] == "H-01" and cell[4] == "responsible"] == ["department"]
    assert faults_of(draft, ground_of(draft.organisation)) == []
    assert {cell[1] for cell in cells(draft)} == {"commune", "commune_b", "committee"}


def test_second_draft_is_refused_and_stations_draft_none(
    draft: ResponsibilityDecision, world: World, officer: Any
) -> None:
    with pytest.raises(Refused) as caught:
        draft_division(organisation=world.department, title="x", on=ON, by=officer)
    assert refused(caught) == ["draft_exists"]
    with pytest.raises(NotAllowed):
        draft_division(organisation=world.station, title="x", on=ON, by=world.user(Role.STATION))
    with pytest.raises(NotAllowed):
        draft_division(organisation=world.organisation("department2"), title="x", on=ON, by=officer)


def test_cell_without_responsible_is_an_error_of_the_draft(
    draft: ResponsibilityDecision, world: World, officer: Any
) -> None:
    function = make_function_of()
    parts = {world.department: S, world.station: NO}
    set_responsibilities(decision=draft, function=function, area=world.commune, parts=parts, by=officer)
    assert faults_of(draft, ground_of(world.department)) == [Fault(FaultKind.GAP, function.pk, world.commune.pk)]
    parts = {world.department: R, world.commune: R}
    set_responsibilities(decision=draft, function=function, area=world.commune, parts=parts, by=officer)
    clash = Fault(
        FaultKind.CLASH, function.pk, world.commune.pk, tuple(sorted((world.department.pk, world.commune.pk)))
    )
    assert faults_of(draft, ground_of(world.department)) == [clash]
    with pytest.raises(Refused) as caught:
        signed(draft, officer)
    assert refused(caught) == ["matrix_has_faults"]


def test_many_cells_change_at_once_with_one_audit_row(
    draft: ResponsibilityDecision, world: World, officer: Any
) -> None:
    areas = [world.commune, world.organisation("commune_b")]
    before = AuditEntry.objects.count()
    set_many(decision=draft, functions=[make_function_of()], areas=areas, kind="station", part=S, by=officer)
    found = [cell for cell in cells(draft) if cell[2] in {"station", "station_b"}]
    assert [(cell[1], cell[2], cell[4]) for cell in found] == [
        ("commune", "station", "supports"),
        ("commune_b", "station_b", "supports"),
    ]
    set_many(decision=draft, functions=[make_function_of()], areas=areas[:1], kind="station", part=None, by=officer)
    assert [cell[2] for cell in cells(draft) if cell[2].startswith("station")] == ["station_b"]
    assert AuditEntry.objects.count() == before + 2


# --- versions -----------------------------------------------------------------------------------------------------


def test_signed_decision_is_refused_by_actions_and_by_the_database(
    draft: ResponsibilityDecision, world: World, officer: Any
) -> None:
    decision = signed(draft, officer)
    with pytest.raises(Refused) as caught:
        set_responsibilities(decision=decision, function=make_function_of(), area=world.commune, parts={}, by=officer)
    assert refused(caught) == ["decision_signed"]
    cell = rows(Responsibility).earliest("pk")
    attempts = [
        lambda: rows(Responsibility).filter(pk=cell.pk).update(part="informed"),
        lambda: rows(Responsibility).filter(pk=cell.pk).delete(),
        lambda: Responsibility.objects.create(
            decision=decision,
            function=cell.function,
            area=cell.area,
            organisation=world.school,
            level="province",
            part=S,
        ),
        lambda: rows(ResponsibilityDecision).update(title="khác"),
        lambda: rows(ResponsibilityDecision).update(state="draft", signed_at=None, signed_by=None),
        lambda: _forbidden(decision, world, officer),
    ]
    held = []
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
        held.append(True)
    assert held == [True] * 6


def _forbidden(decision: ResponsibilityDecision, world: World, officer: Any) -> None:
    confirm_receipt(decision=decision, organisation=world.department, by=officer)
    rows(Receipt).delete()


def test_sabotaged_twin_without_triggers_loses_the_signed_text(draft: ResponsibilityDecision, officer: Any) -> None:
    signed(draft, officer)
    on_table = " ON directives_responsibility" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER directives_responsibility_stands_update{on_table}")
    assert rows(Responsibility).update(part="informed") > 0


def test_new_version_copies_the_old_one_and_ends_it_the_day_before(
    draft: ResponsibilityDecision, world: World, officer: Any
) -> None:
    first = signed(draft, officer)
    second = draft_division(organisation=world.department, title="Bản 2", on=ON, by=officer)
    assert (second.number, second.previous, cells(second)) == (2, first, cells(first))
    later = ON + timedelta(days=40)
    signed(second, officer, later)
    found = list(rows(ResponsibilityDecision).order_by("number").values_list("state", "from_on", "to_on"))
    assert found == [("replaced", ON, later - timedelta(days=1)), ("signed", later, None)]


def test_number_is_noted_once_after_the_signature(draft: ResponsibilityDecision, officer: Any) -> None:
    with pytest.raises(Refused) as caught:
        number_division(decision=draft, number="15/QĐ-SYT", by=officer)
    assert refused(caught) == ["decision_not_signed"]
    decision = signed(draft, officer)
    assert number_division(decision=decision, number="15/QĐ-SYT", by=officer).decision_number == "15/QĐ-SYT"
    with pytest.raises(Refused) as caught:
        number_division(decision=decision, number="16/QĐ-SYT", by=officer)
    assert refused(caught) == ["already_numbered"]


# --- receipts ---------------------------------------------------------------------------------------------------


def test_commune_confirms_for_itself_once(draft: ResponsibilityDecision, world: World, officer: Any) -> None:
    decision, by = signed(draft, officer), world.user(Role.COMMUNE_COMMITTEE)
    confirm_receipt(decision=decision, organisation=world.commune, by=by)
    waiting = [unit.code for unit, receipt in receipts(decision) if receipt is None]
    assert sorted(waiting) == [
        "committee", "commune_b", "department", "finance", "hospital", "hospital_b", "station", "station_b", "ward",
    ]  # fmt: skip
    with pytest.raises(Refused) as caught:
        confirm_receipt(decision=decision, organisation=world.commune, by=by)
    assert refused(caught) == ["already_confirmed"]
    with pytest.raises(NotAllowed):
        confirm_receipt(decision=decision, organisation=world.organisation("commune_b"), by=by)
    with pytest.raises(Refused) as caught:
        confirm_receipt(decision=make_decision(world.organisation("committee")), organisation=world.commune, by=by)
    assert refused(caught) == ["decision_not_signed"]


# --- paper --------------------------------------------------------------------------------------------------------


def test_paper_has_grounds_articles_annex_and_no_number(
    client: Client, draft: ResponsibilityDecision, world: World
) -> None:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    answer = client.get(f"/chi-dao/phan-cong/{draft.public_id}/quyet-dinh.docx")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        text = re.sub(r"<[^>]+>", "", book.read("word/document.xml").decode())
    shown = (
        "QUYẾT ĐỊNH", "Phân công nhiệm vụ đào tạo", "Căn cứ Luật", "43/2025/TT-BYT", "Điều 1.", "Điều 3.", "Tiêm chủng",
        "2 địa bàn: UBND xã An; UBND xã Bình", "Sở Y tế Một",
    )  # fmt: skip
    assert [part for part in shown if part not in text] == []
    assert re.search(r"Số:\s*/QĐ-", text)


# --- pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.HEALTH_DEPARTMENT, Role.STATION])
def test_empty_list_says_so_in_both_languages(client: Client, world: World, role: Role) -> None:
    client.force_login(world.user(role))
    vietnamese = client.get("/chi-dao/phan-cong/").content.decode()
    client.cookies["ngon-ngu"] = "en"
    english = client.get("/chi-dao/phan-cong/").content.decode()
    assert ("empty-state" in vietnamese, "empty-state" in english, vietnamese == english) == (True, True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_queries_for_one_and_three_rows(
    client: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number, key in enumerate(("department", "committee", "hospital")[:count]):
        make_decision(world.organisation(key), f"Bản {number}", number=number)
    client.force_login(world.user(Role.PROVINCIAL_COMMITTEE))
    with django_assert_num_queries(5):
        page = client.get("/chi-dao/phan-cong/").content.decode()
    assert page.count('<th scope="row">') == count


def test_officer_goes_from_draft_to_signature_by_the_forms(client: Client, world: World) -> None:
    function = make_function_of()
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    begun = {"organisation": str(world.department.public_id), "title": "Về việc phân công nhiệm vụ", "key": "k"}
    assert [client.post("/chi-dao/phan-cong/moi/", begun).status_code for _ in range(2)] == [302, 302]
    decision = rows(ResponsibilityDecision).get()
    address = f"/chi-dao/phan-cong/{decision.public_id}/"
    assert "đúng một nơi chịu trách nhiệm" in client.get(address).content.decode()
    cell = f"{address}o/?f={function.public_id}&a={world.commune.public_id}"
    assert client.get(cell).status_code == 200
    assert client.post(cell, {f"u{world.department.pk}": "supports"}).status_code == 302
    page = client.get(address).content.decode()
    assert ("Lỗi phân công: 1 ô" in page, "chưa ai chịu trách nhiệm" in page) == (True, True)
    signature = {"decided_on": ON.isoformat(), "from_on": ON.isoformat()}
    assert "Còn 1 ô" in client.post(f"{address}ky/", signature).content.decode()
    many = {"kind": "commune_committee", "part": "responsible", "functions": [str(function.pk)]}
    assert client.post(f"{address}nhieu-o/", many).status_code == 302
    assert client.post(f"{address}ky/", signature).status_code == 302
    decision.refresh_from_db()
    assert (decision.state, decision.decision_number) == (DecisionState.SIGNED, "")
    assert client.post(f"{address}so/", {"decision_number": "15/QĐ-SYT"}).status_code == 302
    one = client.get(address, {"area": str(world.commune.public_id)}).content.decode()
    assert "<strong>UBND xã An</strong>: chịu trách nhiệm" in one


def test_commune_sees_its_own_cells_confirms_and_no_draft(
    client: Client, draft: ResponsibilityDecision, world: World, officer: Any
) -> None:
    client.force_login(world.user(Role.COMMUNE_COMMITTEE))
    address = f"/chi-dao/phan-cong/{draft.public_id}/"
    assert client.get(address).status_code == 404
    signed(draft, officer, today())
    page = client.get(address).content.decode()
    assert ("UBND xã An" in page, "UBND xã Bình" in page, "Xác nhận đã nhận" in page) == (True, False, True)
    assert "Sở Y tế Một: phối hợp" in page
    assert client.post(f"{address}xac-nhan/", {"unit": str(world.commune.public_id)}).status_code == 302
    assert rows(Receipt).get().organisation == world.commune
    board = client.get(f"{address}da-nhan/").content.decode()
    assert ("UBND xã An" in board, "UBND xã Bình" in board) == (True, False)
    assert client.get(f"{address}o/").status_code == 403


def test_duty_is_passed_on_to_units_below_by_its_page(client: Client, world: World) -> None:
    load_directives(by=SYSTEM)
    duty = rows(Duty).get(organisation__code="committee", task__point="1c")
    client.force_login(world.user(Role.PROVINCIAL_COMMITTEE))
    address = f"/chi-dao/nhiem-vu/{duty.public_id}/giao/"
    page = client.get(address).content.decode()
    assert ("Sở Y tế Một" in page, "Sở Y tế Hai" in page) == (True, False)
    sent = {"organisations": [str(world.department.public_id)], "due_on": "2026-12-31"}
    assert client.post(address, sent).status_code == 302
    found = rows(Duty).get(organisation=world.department)
    assert (found.delegated_from, found.due_on) == (duty, date(2026, 12, 31))
    other = {"organisations": [str(world.organisation("department2").public_id)]}
    assert client.post(address, other).status_code == 200


def test_ministry_enters_a_directive_whose_tasks_become_duties(client: Client, world: World) -> None:
    client.force_login(world.user(Role.MINISTRY))
    sent = {
        "number": "99/BYT", "issued_on": "2026-11-01", "issuer": "Bộ Y tế", "title_vi": "Về đào tạo", "kind": "health_department",
        "addressee_vi": "Sở Y tế", "due_on": "2027-01-15",
        "task0_point": "1", "task0_kind": "plan", "task0_vi": "Lập kế hoạch", "task1_point": "2", "task1_vi": "Thiếu loại",
    }  # fmt: skip
    assert "dòng 2 cần điểm" in client.post("/chi-dao/van-ban/moi/", sent).content.decode()
    assert client.post("/chi-dao/van-ban/moi/", sent | {"task1_kind": "needs"}).status_code == 302
    found = (
        rows(Duty)
        .order_by("organisation__code", "task__point")
        .values_list("organisation__code", "task__point", "due_on")
    )
    due = date(2027, 1, 15)
    assert list(found) == [(unit, point, due) for unit in ("department", "department2") for point in ("1", "2")]
    assert "đã có" in client.post("/chi-dao/van-ban/moi/", sent).content.decode().lower()
