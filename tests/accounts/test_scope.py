"""Scope is safety: what a person may touch, and that an unscoped read refuses to run."""

import pytest

from lientuc.accounts.enums import Role
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedQuery, ScopedQuerySet, UnscopedQuery, WhyUnscoped
from tests.world import World


def seen(world: World, role: Role, permission: str = "registry.view_organisations") -> set[str]:
    return set(Organisation.objects.visible_to(world.user(role), permission).values_list("code", flat=True))


def test_station_sees_itself_and_its_points(world: World) -> None:
    assert seen(world, Role.STATION) == {"station", "point"}


def test_commune_committee_sees_its_station_on_the_employer_line(world: World) -> None:
    assert seen(world, Role.COMMUNE_COMMITTEE) == {"commune", "station", "point"}


def test_department_sees_both_lines_of_its_province_only(world: World) -> None:
    assert seen(world, Role.HEALTH_DEPARTMENT) == {
        "department", "commune", "station", "point", "commune_b", "station_b", "hospital", "hospital_b", "ward",
        "school", "school_b", "campus", "private",
    }  # fmt: skip


def test_ministry_sees_everything(world: World) -> None:
    assert len(seen(world, Role.MINISTRY)) == 23


def test_worker_sees_no_organisation_list(world: World) -> None:
    assert seen(world, Role.HEALTH_WORKER) == set()


@pytest.mark.parametrize(
    "read",
    [
        lambda rows: list(rows),
        lambda rows: rows.count(),
        lambda rows: rows.exists(),
        lambda rows: rows.first(),
        lambda rows: list(rows.values_list("pk")),
        lambda rows: rows.aggregate(n=__import__("django").db.models.Count("pk")),
        lambda rows: list(rows.iterator()),
        lambda rows: rows.filter(pk=1).update(name="x"),
        lambda rows: rows.filter(pk=1).delete(),
        lambda rows: list(rows.filter(pk__in=rows.values("pk"))),
        lambda rows: list(rows.union(rows)),
    ],
)
def test_unscoped_query_refuses_to_run(world: World, read: object) -> None:
    with pytest.raises(UnscopedQuery):
        read(Organisation.objects.all())  # type: ignore[operator]


def test_unscoped_needs_a_listed_reason(world: World) -> None:
    with pytest.raises(ValueError, match="because"):
        Organisation.objects.unscoped("because")  # type: ignore[arg-type]


def test_twin_without_the_refusal_leaks(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScopedQuery, "scoped", True)
    assert Organisation.objects.count() == 23


def test_twin_with_visible_to_removed_leaks(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScopedQuerySet, "within", lambda self, scope: self.unscoped(WhyUnscoped.SETUP))
    assert "station2" in seen(world, Role.STATION)
