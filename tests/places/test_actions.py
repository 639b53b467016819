"""Organisations on two lines, the register as rows, area classes: every write, refused and allowed."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lientuc.accounts.enums import Role
from lientuc.accounts.models import SYSTEM
from lientuc.core.errors import NotAllowed, Refused
from lientuc.places.actions import (
    class_areas,
    found_many,
    found_organisation,
    invent_units,
    load_register,
    move_organisation,
    rename_organisation,
)
from lientuc.places.enums import AreaKind, Line, OrganisationKind, UnitLevel, UnitType
from lientuc.places.models import AdministrativeUnit, AreaClass, FormerName, Organisation, UnitSuccession
from lientuc.places.queries import areas_of, units
from lientuc.places.rules import AreaDraft, OrganisationDraft, UnitDraft
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import AuditEntry
from tests.world import World

DAY = date(2026, 1, 1)
CLINIC = OrganisationDraft(name="Phòng khám  Hòa Bình", kind=OrganisationKind.PRIVATE_FACILITY, from_on=DAY)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.field) for problem in refused.value.problems]


def everybody() -> list[str]:
    return list(Organisation.objects.unscoped(WhyUnscoped.SETUP).values_list("name", flat=True))


def test_organisation_is_founded_on_the_line_its_founder_reaches(world: World) -> None:
    row = found_organisation(draft=CLINIC, professional=world.department, by=world.user(Role.HEALTH_DEPARTMENT))
    assert (row.name, row.name_fold) == ("Phòng khám Hòa Bình", "phong kham hoa binh")
    assert (row.employer_path, row.professional_path) == (
        f"/{row.pk}/",
        f"{world.department.professional_path}{row.pk}/",
    )
    assert AuditEntry.objects.get().subject == f"places.organisation:{row.public_id}"


def test_organisation_of_another_province_is_refused(world: World) -> None:
    with pytest.raises(NotAllowed):
        found_organisation(
            draft=CLINIC, professional=world.organisation("department2"), by=world.user(Role.HEALTH_DEPARTMENT)
        )
    assert "Phòng khám Hòa Bình" not in everybody()


def test_organisation_without_parents_needs_the_whole_country(world: World) -> None:
    with pytest.raises(NotAllowed):
        found_organisation(draft=CLINIC, by=world.user(Role.HEALTH_DEPARTMENT))
    assert found_organisation(draft=CLINIC, by=world.user(Role.MINISTRY)).employer_path.count("/") == 2


def test_organisation_draft_shows_every_problem_at_once(world: World) -> None:
    draft = OrganisationDraft(
        name=" ", kind=OrganisationKind.STATION, from_on=DAY, code="station", province_code="99", commune_code="M1001"
    )
    with pytest.raises(Refused) as refused:
        found_organisation(draft=draft, professional=world.department, by=world.user(Role.HEALTH_DEPARTMENT))
    assert codes(refused) == [
        ("places.name_missing", "name"),
        ("places.code_taken", "code"),
        ("places.unit_unknown", "province_code"),
    ]


def test_organisation_with_a_namesake_in_the_same_place_is_refused(world: World) -> None:
    draft = OrganisationDraft(
        name="trạm y tế xã AN", kind=OrganisationKind.STATION, from_on=DAY, province_code="M1", commune_code="M1001"
    )
    with pytest.raises(Refused) as refused:
        found_organisation(draft=draft, professional=world.department, by=world.user(Role.HEALTH_DEPARTMENT))
    assert codes(refused) == [("places.name_taken", "name")]


def test_many_organisations_are_founded_by_keys_in_few_statements(world: World) -> None:
    drafts = [
        (OrganisationDraft(name=f"Trạm {n}", kind=OrganisationKind.STATION, from_on=DAY), f"t{n}", "c", "d")
        for n in range(120)
    ]
    committee = OrganisationDraft(name="UBND xã Mới", kind=OrganisationKind.COMMUNE_COMMITTEE, from_on=DAY)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        rows = found_many(
            drafts=[*drafts, (committee, "c", "", "d")],
            existing={"d": world.department},
            by=world.user(Role.HEALTH_DEPARTMENT),
        )
    assert rows["t7"].employer_path == f"/{rows['c'].pk}/{rows['t7'].pk}/"
    assert rows["t7"].professional_path == f"{world.department.professional_path}{rows['t7'].pk}/"
    assert len(queries) < 20


def test_many_organisations_under_a_parent_out_of_reach_are_refused(world: World) -> None:
    with pytest.raises(NotAllowed):
        found_many(
            drafts=[(CLINIC, "k", "", "d")],
            existing={"d": world.organisation("department2")},
            by=world.user(Role.HEALTH_DEPARTMENT),
        )


def test_list_with_a_key_twice_and_an_unknown_parent_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        found_many(drafts=[(CLINIC, "k", "", ""), (CLINIC, "k", "nobody", "")], by=world.user(Role.MINISTRY))
    assert [problem.code for problem in refused.value.problems] == ["places.key_twice", "places.parent_unknown"]


def test_renamed_organisation_keeps_its_old_name(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    row = rename_organisation(organisation=world.station, name="Trạm Y tế xã An Mới", on=DAY, by=by, decision="5/QĐ")
    old = FormerName.objects.unscoped(WhyUnscoped.SETUP).get()
    assert (row.name_fold, old.name, old.to_on, old.decision) == (
        "tram y te xa an moi",
        "Trạm Y tế xã An",
        date(2025, 12, 31),
        "5/QĐ",
    )


def test_moved_station_is_seen_by_its_new_committee_only(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    moved = move_organisation(
        organisation=world.station, line=Line.EMPLOYER, parent=world.organisation("commune_b"), on=DAY, by=by
    )
    assert moved.employer_path.startswith(world.organisation("commune_b").employer_path)
    assert world.user(Role.COMMUNE_COMMITTEE).why_not("registry.view_organisations", moved) is not None
    assert [(line.to_on, line.from_on) for line in moved.lines.filter(line=Line.EMPLOYER).order_by("from_on")] == [
        (date(2025, 12, 31), date(2025, 7, 1)),
        (None, DAY),
    ]


def test_organisation_below_itself_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        move_organisation(
            organisation=world.station,
            line=Line.EMPLOYER,
            parent=world.organisation("point"),
            on=DAY,
            by=world.user(Role.HEALTH_DEPARTMENT),
        )
    assert codes(refused) == [("places.line_loops", "parent")]


@pytest.mark.parametrize(
    ("on", "refusals"),
    [(date(2025, 6, 30), 1), (date(2025, 7, 1), 1), (date(2025, 7, 2), 0)],
)
def test_move_on_the_first_day_of_the_line_is_too_early(world: World, on: date, refusals: int) -> None:
    from lientuc.places.rules import move_problems

    assert len(move_problems(last_from=date(2025, 7, 1), on=on, is_below=False)) == refusals


def test_move_to_another_province_needs_both_ends(world: World) -> None:
    with pytest.raises(NotAllowed):
        move_organisation(
            organisation=world.station,
            line=Line.PROFESSIONAL,
            parent=world.organisation("department2"),
            on=DAY,
            by=world.user(Role.HEALTH_DEPARTMENT),
        )


def test_area_class_is_recorded_once_and_ended_by_the_next(world: World) -> None:
    by = world.user(Role.MINISTRY)
    first = AreaDraft("M1001", AreaKind.DIFFICULTY, "III", date(2026, 1, 1), "illustrative")
    class_areas(rows=[first], by=by)
    class_areas(rows=[first], by=by)
    class_areas(rows=[AreaDraft("M1001", AreaKind.DIFFICULTY, "II", date(2026, 7, 1), "illustrative")], by=by)
    assert AreaClass.objects.count() == 2
    assert areas_of(["M1001"], on=date(2026, 6, 30)) == {"M1001": {"difficulty": "III"}}
    assert areas_of(["M1001"], on=date(2026, 7, 1)) == {"M1001": {"difficulty": "II"}}


def test_area_class_of_an_unknown_commune_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        class_areas(rows=[AreaDraft("00000", AreaKind.BORDER, "yes", DAY, "x")], by=world.user(Role.MINISTRY))
    assert codes(refused) == [("places.unit_unknown", "unit_code")]


def test_register_and_areas_are_the_whole_country_s_business(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    with pytest.raises(NotAllowed):
        load_register(by=by)
    with pytest.raises(NotAllowed):
        class_areas(rows=[], by=by)


def test_register_is_loaded_once_and_the_same_again(world: World) -> None:
    load_register(by=SYSTEM)
    counts = AdministrativeUnit.objects.count(), UnitSuccession.objects.count()
    load_register(by=SYSTEM)
    assert (AdministrativeUnit.objects.count(), UnitSuccession.objects.count()) == counts
    assert counts[0] > 14_000
    assert units(level=UnitLevel.PROVINCE, on=date(2026, 1, 1)).filter(simulated=False).count() == 34
    assert units(level=UnitLevel.COMMUNE, on=date(2026, 1, 1)).filter(simulated=False).count() == 3321
    former = AdministrativeUnit.objects.get(level=UnitLevel.DISTRICT, name="Củ Chi")
    assert (former.province_code, former.from_on, former.to_on) == ("79", date(2025, 6, 30), date(2025, 6, 30))


def test_invented_units_are_marked_and_entered_once(world: World) -> None:
    draft = UnitDraft("X1", UnitLevel.PROVINCE, UnitType.TINH, "Minh Họa", DAY)
    for _ in range(2):
        invent_units(drafts=[draft], by=SYSTEM)
    row = AdministrativeUnit.objects.get(code="X1")
    assert (row.simulated, row.source, row.province_code) == (True, "illustrative", "X1")
