"""The test world: two provinces on two lines, one user per role; built once per database.

Relations seen from the home of most roles (province M1):
    own = the role's own organisation, child = below it, sibling = beside it, parent = above it, other = province M2.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property

from lientuc.accounts.enums import Role
from lientuc.accounts.models import Grant, User
from lientuc.places.enums import CareLevel, Line, OrganisationKind, UnitLevel, UnitType
from lientuc.places.lines import rebuild_paths
from lientuc.places.models import AdministrativeUnit, Organisation, OrganisationLine
from lientuc.places.scope import WhyUnscoped

BEGIN = date(2025, 7, 1)
K = OrganisationKind

# key: (name, kind, province, commune, employer parent, professional parent)
ORGANISATIONS: dict[str, tuple[str, OrganisationKind, str, str, str, str]] = {
    "ministry": ("Bộ Y tế", K.MINISTRY, "", "", "", ""),
    "committee": ("UBND tỉnh Một", K.PROVINCIAL_COMMITTEE, "M1", "", "", "ministry"),
    "department": ("Sở Y tế Một", K.HEALTH_DEPARTMENT, "M1", "", "committee", "ministry"),
    "finance": ("Sở Tài chính Một", K.FINANCE_DEPARTMENT, "M1", "", "committee", ""),
    "commune": ("UBND xã An", K.COMMUNE_COMMITTEE, "M1", "M1001", "committee", "department"),
    "station": ("Trạm Y tế xã An", K.STATION, "M1", "M1001", "commune", "department"),
    "point": ("Điểm trạm An Thượng", K.STATION_POINT, "M1", "M1001", "station", "station"),
    "commune_b": ("UBND xã Bình", K.COMMUNE_COMMITTEE, "M1", "M1002", "committee", "department"),
    "station_b": ("Trạm Y tế xã Bình", K.STATION, "M1", "M1002", "commune_b", "department"),
    "hospital": ("Bệnh viện Đa khoa Một", K.HOSPITAL, "M1", "", "department", "department"),
    "hospital_b": ("Bệnh viện Phổi Một", K.HOSPITAL, "M1", "", "department", "department"),
    "ward": ("Cơ sở 2 Bệnh viện Đa khoa Một", K.HOSPITAL, "M1", "", "hospital", "hospital"),
    "school": ("Trường Cao đẳng Y tế Một", K.SCHOOL, "M1", "", "committee", "department"),
    "school_b": ("Trường Trung cấp Y Một", K.SCHOOL, "M1", "", "committee", "department"),
    "campus": ("Phân hiệu Trường Cao đẳng Y tế Một", K.SCHOOL, "M1", "", "school", "school"),
    "private": ("Phòng khám tư nhân Một", K.PRIVATE_FACILITY, "M1", "", "", "department"),
    "committee2": ("UBND tỉnh Hai", K.PROVINCIAL_COMMITTEE, "M2", "", "", "ministry"),
    "department2": ("Sở Y tế Hai", K.HEALTH_DEPARTMENT, "M2", "", "committee2", "ministry"),
    "finance2": ("Sở Tài chính Hai", K.FINANCE_DEPARTMENT, "M2", "", "committee2", ""),
    "commune2": ("UBND xã Khác", K.COMMUNE_COMMITTEE, "M2", "M2001", "committee2", "department2"),
    "station2": ("Trạm Y tế xã Khác", K.STATION, "M2", "M2001", "commune2", "department2"),
    "hospital2": ("Bệnh viện Đa khoa Hai", K.HOSPITAL, "M2", "", "department2", "department2"),
    "school2": ("Trường Cao đẳng Y tế Hai", K.SCHOOL, "M2", "", "committee2", "department2"),
}

# role: its home and the organisation standing in each relation to it
RELATIONS: dict[Role, dict[str, str]] = {
    Role.MINISTRY: dict(
        own="ministry", child="department", sibling="department", parent="ministry", other="department2"
    ),
    Role.PROVINCIAL_COMMITTEE: dict(
        own="committee", child="department", sibling="committee2", parent="ministry", other="department2"
    ),
    Role.HEALTH_DEPARTMENT: dict(
        own="department", child="station", sibling="finance", parent="committee", other="department2"
    ),
    Role.FINANCE_DEPARTMENT: dict(
        own="finance", child="finance", sibling="department", parent="committee", other="finance2"
    ),
    Role.COMMUNE_COMMITTEE: dict(
        own="commune", child="station", sibling="commune_b", parent="committee", other="commune2"
    ),
    Role.STATION: dict(own="station", child="point", sibling="station_b", parent="commune", other="station2"),
    Role.TRAINING_OFFICE: dict(
        own="hospital", child="ward", sibling="hospital_b", parent="department", other="hospital2"
    ),
    Role.PROVIDER: dict(own="school", child="campus", sibling="school_b", parent="department", other="school2"),
    Role.COUNCIL_MEMBER: dict(
        own="hospital", child="ward", sibling="hospital_b", parent="department", other="hospital2"
    ),
    Role.HEALTH_WORKER: dict(own="station", child="point", sibling="station_b", parent="commune", other="station2"),
    Role.EVALUATOR: dict(own="school", child="campus", sibling="school_b", parent="department", other="school2"),
    Role.INSPECTOR: dict(own="department", child="station", sibling="finance", parent="committee", other="department2"),
    Role.CLERK: dict(own="school", child="campus", sibling="school_b", parent="department", other="school2"),
    Role.AUDITOR: dict(own="department", child="station", sibling="finance", parent="committee", other="department2"),
}

_CARE = {K.HOSPITAL: CareLevel.BASIC, K.STATION: CareLevel.INITIAL, K.STATION_POINT: CareLevel.INITIAL}


def build_world() -> None:
    """Write the organisations, their lines and one user per role (`<role>@test`), with no password."""
    _units()
    rows: dict[str, Organisation] = {}
    for key, (name, kind, province, commune, _, _) in ORGANISATIONS.items():
        rows[key] = Organisation.objects.create(
            code=key,
            name=name,
            kind=kind,
            province_code=province,
            commune_code=commune,
            care_level=_CARE.get(kind, CareLevel.NONE),
            public=kind != K.PRIVATE_FACILITY,
            from_on=BEGIN,
        )
    for key, (*_, employer, professional) in ORGANISATIONS.items():
        for line, parent in ((Line.EMPLOYER, employer), (Line.PROFESSIONAL, professional)):
            if parent:
                OrganisationLine.objects.create(organisation=rows[key], line=line, parent=rows[parent], from_on=BEGIN)
    rebuild_paths()
    for role, places in RELATIONS.items():
        user = User.objects.create(username=str(role), full_name=f"Người dùng {role}", password="!")
        Grant.objects.create(user=user, role=role, organisation=rows[places["own"]], from_on=BEGIN)


def _units() -> None:
    def unit(code: str, level: UnitLevel, kind: UnitType, name: str, parent: str) -> None:
        AdministrativeUnit.objects.create(
            code=code,
            level=level,
            type=kind,
            name=name,
            name_fold=name.lower(),
            parent_code=parent,
            province_code=parent or code,
            from_on=BEGIN,
            source="test",
            certainty="VERIFIED",
            simulated=True,
        )

    for code, name in (("M1", "Một"), ("M2", "Hai")):
        unit(code, UnitLevel.PROVINCE, UnitType.TINH, name, "")
    for code, name in (("M1001", "An"), ("M1002", "Bình"), ("M2001", "Khác")):
        unit(code, UnitLevel.COMMUNE, UnitType.XA, name, code[:2])


class World:
    """Rows of the test world by key: `world.station`, `world.user("station")`, `world.related(Role.STATION, "sibling")`."""

    def organisation(self, key: str) -> Organisation:
        """The organisation written under `key`."""
        return Organisation.objects.unscoped(WhyUnscoped.SETUP).get(code=key)

    def user(self, role: Role | str) -> User:
        """A fresh instance of the role's user."""
        return User.objects.get(username=str(role))

    def related(self, role: Role, relation: str) -> Organisation:
        """The organisation in `relation` (own, child, sibling, parent, other) to the role's home."""
        return self.organisation(RELATIONS[role][relation])

    @cached_property
    def ministry(self) -> Organisation:
        return self.organisation("ministry")

    @cached_property
    def department(self) -> Organisation:
        return self.organisation("department")

    @cached_property
    def commune(self) -> Organisation:
        return self.organisation("commune")

    @cached_property
    def station(self) -> Organisation:
        return self.organisation("station")

    @cached_property
    def station_b(self) -> Organisation:
        return self.organisation("station_b")

    @cached_property
    def hospital(self) -> Organisation:
        return self.organisation("hospital")

    @cached_property
    def school(self) -> Organisation:
        return self.organisation("school")
