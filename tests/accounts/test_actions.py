"""Writes of accounts: slips, roles that reach no further than their giver, closed accounts, tokens."""

from __future__ import annotations

from datetime import date

import pytest

from lientuc.accounts.actions import (
    close_account,
    end_grant,
    end_token,
    grant_role,
    issue_token,
    open_account,
    renew_password,
    reopen_account,
)
from lientuc.accounts.enums import Role
from lientuc.accounts.models import ApiToken, User
from lientuc.accounts.rules import ROLE_HOMES, UserDraft, account_problems, grant_problems, problems
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Problem, Refused
from lientuc.places.enums import OrganisationKind
from lientuc.trail.models import AuditEntry
from tests.factories.accounts import make_grant, make_user
from tests.world import World

DRAFT = UserDraft(username="binh.tram", full_name="Lê Thị Bình", phone="0912345679")


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_opened_account_has_a_role_and_a_password_seen_once(world: World) -> None:
    by = world.user(Role.STATION)
    user = open_account(draft=DRAFT, organisation=world.station, role=Role.HEALTH_WORKER, by=by, key="k")
    again = open_account(draft=DRAFT, organisation=world.station, role=Role.HEALTH_WORKER, by=by, key="k")
    assert User.objects.get(pk=user.pk).check_password(user.password_once)
    assert len(user.password_once) >= 15
    assert (again.pk, again.password_once) == (user.pk, "")
    assert [grant.role for grant in user.grants.unscoped("rule")] == ["health_worker"]


def test_password_made_by_the_system_is_not_in_the_trail(world: World) -> None:
    user = open_account(draft=DRAFT, organisation=world.station, by=world.user(Role.STATION))
    assert user.password_once not in str(list(AuditEntry.objects.values()))
    assert [entry.organisation for entry in AuditEntry.objects.all()] == [str(world.station.public_id)]


def test_opening_with_a_role_too_wide_leaves_no_account(world: World) -> None:
    with pytest.raises(Refused) as caught:
        open_account(draft=DRAFT, organisation=world.station, role=Role.MINISTRY, by=world.user(Role.STATION))
    assert codes(caught) == ["accounts.role_not_here", "accounts.role_beyond"]
    assert not User.objects.filter(username="binh.tram").exists()


@pytest.mark.parametrize(
    ("draft", "taken", "expected"),
    [
        (DRAFT, False, []),
        (DRAFT, True, [Problem("accounts.name_taken", "username")]),
        (UserDraft("ab", "A"), False, [Problem("accounts.username_wrong", "username")]),
        (UserDraft("abc", "A"), False, []),
        (UserDraft("có dấu cách", "A"), False, [Problem("accounts.username_wrong", "username")]),
        (UserDraft("abc", " "), False, [Problem("accounts.full_name_missing", "full_name")]),
        (UserDraft("abc", "A", phone="12345678"), False, [Problem("accounts.phone_wrong", "phone")]),
        (UserDraft("abc", "A", phone="123456789"), False, []),
    ],
)
def test_account_draft(draft: UserDraft, taken: bool, expected: list[Problem]) -> None:
    assert problems(draft, name_taken=taken) == expected


def test_every_role_has_a_home_but_the_public() -> None:
    assert set(ROLE_HOMES) == set(Role)
    assert [role for role, homes in ROLE_HOMES.items() if not homes] == [Role.PUBLIC]


def test_grant_says_every_reason() -> None:
    assert grant_problems(Role.STATION, OrganisationKind.STATION, held=False, beyond=False) == []
    assert grant_problems(Role.STATION, OrganisationKind.HOSPITAL, held=True, beyond=True) == [
        Problem("accounts.role_not_here", "role"),
        Problem("accounts.role_held", "role"),
        Problem("accounts.role_beyond", "role"),
    ]


def test_department_may_not_grant_an_auditor_who_sees_the_country(world: World) -> None:
    user = make_user(world.department)
    with pytest.raises(Refused) as caught:
        grant_role(user=user, role=Role.AUDITOR, organisation=world.department, by=world.user(Role.HEALTH_DEPARTMENT))
    assert codes(caught) == ["accounts.role_beyond"]
    grant_role(user=user, role=Role.AUDITOR, organisation=world.department, by=world.user(Role.MINISTRY))


def test_role_is_held_once_at_one_unit(world: World) -> None:
    user, by = make_user(world.station), world.user(Role.STATION)
    with pytest.raises(Refused) as caught:
        grant_role(user=user, role=Role.HEALTH_WORKER, organisation=world.station, by=by)
    assert codes(caught) == ["accounts.role_held"]


def test_station_grants_nothing_at_its_neighbour(world: World) -> None:
    with pytest.raises(NotAllowed):
        grant_role(
            user=make_user(world.station_b),
            role=Role.STATION,
            organisation=world.station_b,
            by=world.user(Role.STATION),
        )


@pytest.mark.parametrize(("day", "held"), [(9, True), (10, False), (11, False)])
def test_withdrawn_role_is_gone_the_same_day(world: World, day: int, held: bool) -> None:
    grant = make_grant(world.station, role=Role.STATION)
    with clock_at(date(2026, 3, 10)):
        assert end_grant(grant=grant, by=world.user(Role.STATION)).to_on == date(2026, 3, 10)
    with clock_at(date(2026, 3, day)):
        user = User.objects.get(pk=grant.user_id)
        assert (user.why_not("registry.view_workers", world.station) is None) == held


def test_role_begun_and_withdrawn_on_one_day_is_gone(world: World) -> None:
    with clock_at(date(2026, 3, 10)):
        grant = make_grant(world.station, role=Role.STATION, from_on=date(2026, 3, 10))
        end_grant(grant=grant, by=world.user(Role.STATION))
        assert User.objects.get(pk=grant.user_id).why_not("registry.view_workers") is not None


def test_closed_account_may_nothing_until_reopened(world: World) -> None:
    user, by = make_user(world.station), world.user(Role.STATION)
    close_account(user=user, by=by)
    assert User.objects.get(pk=user.pk).why_not("reports.home") is not None
    reopen_account(user=user, by=by)
    assert User.objects.get(pk=user.pk).why_not("reports.home") is None
    assert [e.action for e in AuditEntry.objects.order_by("pk")] == [
        "accounts.close_account",
        "accounts.reopen_account",
    ]


def test_account_with_a_role_elsewhere_is_not_taken_over(world: World) -> None:
    user = make_user(world.station)
    make_grant(world.department, user=user, role=Role.HEALTH_DEPARTMENT)
    for act in (close_account, renew_password):
        with pytest.raises(Refused) as caught:
            act(user=user, by=world.user(Role.STATION))
        assert codes(caught) == ["accounts.held_elsewhere"]


def test_account_wider_than_its_administrator_is_not_taken_over(world: World) -> None:
    user = make_user(world.department)
    make_grant(world.department, user=user, role=Role.AUDITOR)
    with pytest.raises(Refused) as caught:
        renew_password(user=user, by=world.user(Role.HEALTH_DEPARTMENT))
    assert codes(caught) == ["accounts.held_elsewhere"]
    assert renew_password(user=user, by=world.user(Role.MINISTRY)).password_once


def test_nobody_closes_oneself() -> None:
    assert account_problems(oneself=True, elsewhere=False) == [Problem("accounts.not_oneself")]
    assert account_problems(oneself=False, elsewhere=True) == [Problem("accounts.held_elsewhere")]
    assert account_problems(oneself=False, elsewhere=False) == []


def test_renewed_password_replaces_the_old_one(world: World) -> None:
    by = world.user(Role.STATION)
    user = open_account(draft=DRAFT, organisation=world.station, role=Role.HEALTH_WORKER, by=by)
    fresh = renew_password(user=User.objects.get(pk=user.pk), by=by)
    kept = User.objects.get(pk=user.pk)
    assert (kept.check_password(user.password_once), kept.check_password(fresh.password_once)) == (False, True)


def test_token_is_shown_once_and_kept_as_hash(world: World) -> None:
    by = world.user(Role.STATION)
    made = issue_token(name="HIS", by=by, key="k")
    again = issue_token(name="HIS", by=by, key="k")
    assert (again.pk, again.token_once) == (made.pk, "")
    assert ApiToken.objects.get().token_hash == ApiToken.hash_of(made.token_once)
    assert made.token_once not in str(list(AuditEntry.objects.values()))


def test_token_needs_a_name(world: World) -> None:
    with pytest.raises(Refused) as caught:
        issue_token(name=" ", by=world.user(Role.STATION))
    assert codes(caught) == ["accounts.token_name_missing"]


def test_token_is_ended_by_its_maker_only(world: World) -> None:
    token = issue_token(name="HIS", by=world.user(Role.STATION))
    with pytest.raises(NotAllowed):
        end_token(token=token, by=world.user(Role.MINISTRY))
    with clock_at(date(2026, 3, 10)):
        assert end_token(token=token, by=world.user(Role.STATION)).ended_on == date(2026, 3, 10)
