"""What-ifs: the difference kept, the nation reckoned by a job, who changes status, real standings untouched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Problem, Refused
from lientuc.credits import bulk, whatif
from lientuc.credits.actions.whatifs import ask_what_if
from lientuc.credits.enums import WhatIfState
from lientuc.credits.models import StandingRow, WhatIf, WhatIfGroup
from lientuc.credits.queries.whatifs import state_of
from lientuc.credits.refresh import COLUMNS, refresh_due
from lientuc.credits.rules.changes import Change, change_problems, changeable, changed_rules, differences
from lientuc.credits.rules.whatifs import WhatIfDraft
from lientuc.law.credits import FactorSet, RuleSet, WindowMode
from lientuc.places.scope import Scope, WhyUnscoped
from lientuc.trail.jobs import run_next
from lientuc.trail.models import AuditEntry
from tests.factories.credits import make_entry, make_what_if
from tests.factories.registry import make_licence, make_worker
from tests.world import World

ON = date(2026, 6, 15)
RULES = RuleSet.default()
HOURS = WhatIfDraft("Yêu cầu 150 giờ", {"credits.p.required_hours": "150"}, "Dự thảo")
ALL = WhyUnscoped.SETUP


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock_at(ON):
        yield


def nurse(world: World, hours: int) -> Any:
    """A nurse of the hospital with a licence that ends soon and `hours` of courses."""
    worker = make_worker(world.hospital, f"Điều dưỡng {hours}")
    make_licence(worker, issued_on=date(2021, 9, 1), valid_to=date(2026, 9, 1))
    make_entry(world.hospital, worker=worker, units=Decimal(hours))
    return worker


def asked(world: World, draft: WhatIfDraft = HOURS) -> WhatIf:
    return ask_what_if(draft=draft, organisation=world.ministry, by=world.user(Role.MINISTRY))


def standings() -> list[Any]:
    return list(StandingRow.objects.unscoped(ALL).order_by("pk").values_list("worker", *COLUMNS))


def moves(what_if: WhatIf) -> list[tuple[str, str, str, int]]:
    rows = WhatIfGroup.objects.unscoped(ALL).filter(what_if=what_if).order_by("title", "before", "after")
    return [(row.title, row.before, row.after, row.persons) for row in rows]


def test_what_if_says_who_changes_and_leaves_standings_alone(world: World) -> None:
    nurse(world, 119), nurse(world, 120), nurse(world, 149), nurse(world, 150)
    refresh_due(Scope(everything=True), ON)
    before = standings()
    what_if = asked(world)
    job = run_next()
    assert job is not None
    assert (job.state, job.problem) == ("done", {})
    assert moves(what_if) == [
        ("nurse", "accruing", "accruing", 1),
        ("nurse", "met", "accruing", 2),
        ("nurse", "met", "met", 1),
    ]
    answer = WhatIf.objects.unscoped(ALL).select_related("answer").get().answer
    assert (answer.on_date, answer.persons, answer.entries) == (ON, 4, 4)
    assert standings() == before


def test_what_if_that_writes_standings_is_caught(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin of the test above: a job that stored the scenario's standings would be seen."""
    nurse(world, 120)
    refresh_due(Scope(everything=True), ON)
    before = standings()
    asked(world)
    plain = bulk.moved_by

    def storing(extract: Any, rules: RuleSet) -> Any:
        refresh_due(Scope(everything=True), date(2026, 6, 14))
        return plain(extract, rules)

    monkeypatch.setattr(bulk, "moved_by", storing)
    run_next()
    assert standings() != before


def test_what_if_keeps_its_difference_and_leaves_an_audit_row(world: World) -> None:
    what_if = asked(world)
    assert what_if.changes == [{"name": "credits.p.required_hours", "before": "120", "after": "150"}]
    assert (what_if.base_key, what_if.scenario_key) == (
        RULES.key,
        changed_rules(RULES, [("credits.p.required_hours", "150")]).key,
    )
    assert AuditEntry.objects.filter(action="credits.ask_what_if", subject=str(what_if.ref)).count() == 1
    run_next()
    assert AuditEntry.objects.filter(action="credits.answer_what_if").count() == 1


def test_job_that_runs_again_answers_once(world: World) -> None:
    nurse(world, 120)
    what_if = asked(world)
    for _ in range(2):
        whatif.reckon({"what_if": str(what_if.public_id)}, lambda share: None)
    assert moves(what_if) == [("nurse", "met", "accruing", 1)]


def test_same_request_twice_asks_once(world: World) -> None:
    by = world.user(Role.MINISTRY)
    first, second = (ask_what_if(draft=HOURS, organisation=world.ministry, by=by, key="k1") for _ in range(2))
    assert first == second
    assert WhatIf.objects.unscoped(ALL).count() == 1


@pytest.mark.parametrize("role", [Role.HEALTH_DEPARTMENT, Role.TRAINING_OFFICE])
def test_only_the_ministry_asks(world: World, role: Role) -> None:
    with pytest.raises(NotAllowed):
        ask_what_if(draft=HOURS, organisation=world.ministry, by=world.user(role))
    assert WhatIf.objects.unscoped(ALL).count() == 0


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (WhatIfDraft(" ", {"window": "licence"}), "credits.what_if_name_missing"),
        (WhatIfDraft("x" * 121, {"window": "licence"}), "credits.too_long"),
        (
            WhatIfDraft("Không đổi", {"credits.p.required_hours": "120.0", "window": "rolling"}),
            "credits.what_if_changes_nothing",
        ),
        (WhatIfDraft("Lạ", {"credits.p.titles": "1"}), "credits.change_unknown"),
    ],
)
def test_question_that_is_refused(world: World, draft: WhatIfDraft, code: str) -> None:
    with pytest.raises(Refused) as caught:
        asked(world, draft)
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("credits.p.required_hours", "120.25", None),
        ("credits.p.required_hours", "120.3", "change_quarters"),
        ("credits.p.required_hours", "1000", None),
        ("credits.p.required_hours", "1000.25", "change_number"),
        ("credits.p.required_hours", "-1", "change_number"),
        ("credits.p.required_hours", "NaN", "change_number"),
        ("credits.p.window_years", "1", None),
        ("credits.p.window_years", "0", "change_whole"),
        ("credits.p.window_years", "2.5", "change_whole"),
        ("licence.renewal_notice_days", "0", None),
        ("factor:P-23", "1.25", None),
        ("factor:P-23", "1.255", "change_decimals"),
        ("cap:S-12", "6", None),
        ("factor:P-42", "3", "change_unknown"),
        ("window", "licence", None),
        ("window", "yesterday", "change_choice"),
    ],
)
def test_change_that_may_or_may_not_be(name: str, text: str, code: str | None) -> None:
    found = [problem.code for problem in change_problems(RULES, name, text)]
    assert found == ([f"credits.{code}"] if code else [])
    if code:
        with pytest.raises(ValueError, match=name):
            changed_rules(RULES, [(name, text)])


def test_changes_reach_the_rule_set() -> None:
    pairs = [("window", "licence"), ("factor_set", "B"), ("cap:S-12", "6"), ("credits.s.yearly_hours", "10.5")]
    rules = changed_rules(RULES, pairs)
    assert (rules.window, rules.factor_set) == (WindowMode.LICENCE, FactorSet.B)
    assert rules.parameters.value("credits.s.yearly_hours", ON).decimal() == Decimal("10.5")
    assert {row.cap_hours for row in rules.parameters.factors if row.rule_id == "S-12"} == {Decimal(6)}
    assert differences(RULES, pairs)[2] == Change("cap:S-12", "4", "6")
    assert RuleSet.default() == RULES


def test_everything_that_may_be_changed_has_a_present_value_it_accepts() -> None:
    for one in changeable(RULES):
        assert change_problems(RULES, one.name, one.now) == []


def test_state_follows_the_job_until_there_is_an_answer(world: World) -> None:
    what_if = make_what_if(world.ministry, answered=False)
    states = []
    for state in ("queued", "running", "failed", "done"):
        what_if.job.state = state
        states.append(state_of(what_if))
    assert states == [WhatIfState.WAITING, WhatIfState.RUNNING, WhatIfState.FAILED, WhatIfState.READY]


@pytest.fixture
def ministry(world: World, client: Client) -> Client:
    client.force_login(world.user(Role.MINISTRY))
    return client


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three(
    world: World, ministry: Client, django_assert_num_queries: Any, count: int
) -> None:
    for n in range(count):
        make_what_if(world.ministry, f"Giả định {n}")
    with django_assert_num_queries(5):
        content = ministry.get(reverse("credits:what_ifs")).content.decode()
    assert content.count("số giờ tín chỉ phải có: 120 → <strong>150</strong>") == count


def test_empty_list_says_what_to_do(ministry: Client) -> None:
    assert "Chưa có giả định nào." in ministry.get(reverse("credits:what_ifs")).content.decode()


def test_page_asks_and_shows_the_answer(world: World, ministry: Client) -> None:
    nurse(world, 130)
    form = {"name": "Tăng giờ", "credits.p.required_hours": "150,5", "row_1": "factor:P-23", "value_1": "2"}
    sent = ministry.post(reverse("credits:ask_what_if"), form)
    what_if = WhatIf.objects.unscoped(ALL).get()
    assert sent.headers["Location"] == reverse("credits:what_if", args=[what_if.public_id])
    assert [change["after"] for change in what_if.changes] == ["150.5", "2"]
    waiting = ministry.get(sent.headers["Location"]).content.decode()
    assert "Đang tính cho cả nước" in waiting
    run_next()
    shown = ministry.get(sent.headers["Location"]).content.decode()
    assert "đã đủ → đang tích lũy: <strong>1</strong> người" in shown
    assert "Danh sách nhân lực của ngày 15/06/2026" in shown


def test_answer_is_filtered_grouped_and_exported(world: World, ministry: Client) -> None:
    what_if = make_what_if(world.ministry)
    url = reverse("credits:what_if", args=[what_if.public_id])
    for group in ("province", "title", "care_level", "everything"):
        assert "Yêu cầu 150 giờ" in ministry.get(url, {"group": group, "title": "nurse"}).content.decode()
    csv = ministry.get(reverse("credits:what_if_export", args=[what_if.public_id]), {"kind": "csv", "group": "title"})
    lines = csv.content.decode("utf-8-sig").splitlines()
    assert any(line.startswith("điều dưỡng") or "iều dưỡng" in line for line in lines)
    assert ministry.get(reverse("credits:what_if_export", args=[what_if.public_id])).content[:2] == b"PK"


def test_wrong_values_stand_beside_their_fields(ministry: Client) -> None:
    form = {"name": "", "credits.p.required_hours": "120,3", "row_1": "factor:P-23"}
    content = ministry.post(reverse("credits:ask_what_if"), form).content.decode()
    assert "Chọn dòng của bảng quy đổi thì phải nhập giá trị mới." in content
    content = ministry.post(
        reverse("credits:ask_what_if"), {"name": "", "credits.p.required_hours": "120,3"}
    ).content.decode()
    assert "Đặt tên cho giả định." in content
    assert "Số giờ phải là bội số của 0,25." in content


def test_failed_job_says_why(world: World, ministry: Client) -> None:
    what_if = make_what_if(world.ministry, answered=False)
    what_if.job.state, what_if.job.problem = "failed", {"code": "trail.job_lost"}
    what_if.job.save()
    content = ministry.get(reverse("credits:what_if", args=[what_if.public_id])).content.decode()
    assert "Không tính được" in content


def test_pages_in_english(world: World, ministry: Client) -> None:
    ministry.cookies["ngon-ngu"] = "en"
    what_if = make_what_if(world.ministry)
    assert "Who changes" in ministry.get(reverse("credits:what_if", args=[what_if.public_id])).content.decode()
    assert "Ask a what-if" in ministry.get(reverse("credits:what_ifs")).content.decode()
    assert "Practitioners: credit hours asked for" in ministry.get(reverse("credits:ask_what_if")).content.decode()


def test_other_roles_are_refused(world: World, client: Client) -> None:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    assert client.get(reverse("credits:what_ifs")).status_code == 403


def test_problem_is_one_value() -> None:
    assert change_problems(RULES, "pre2024", "perhaps") == [
        Problem("credits.change_choice", "pre2024", {"choices": "count, exclude"})
    ]
