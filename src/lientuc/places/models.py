"""Administrative units as dated versions, organisations on two dated lines, succession, areas."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lientuc.core.names import fold
from lientuc.trail.rows import Row, one_of, period

from .enums import AreaKind, CareLevel, Line, OrganisationKind, SuccessionKind, UnitLevel, UnitType
from .scope import ScopedManager, ScopedRow


class AdministrativeUnit(Row):
    """One dated version of a province, (former) district or commune; units are matched by `code`."""

    code = models.CharField(max_length=5)
    level = models.CharField(max_length=10)
    type = models.CharField(max_length=24)
    name = models.CharField(max_length=120)
    name_fold = models.CharField(max_length=120, db_index=True)
    parent_code = models.CharField(max_length=5, blank=True)
    province_code = models.CharField(max_length=5, db_index=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    source = models.CharField(max_length=200)
    certainty = models.CharField(max_length=12)
    simulated = models.BooleanField(default=False)

    class Meta:
        constraints = (
            one_of("level", UnitLevel, table="places_administrativeunit"),
            one_of("type", UnitType, table="places_administrativeunit"),
            period(table="places_administrativeunit"),
            models.UniqueConstraint(fields=["level", "code", "from_on"], name="places_administrativeunit_version"),
        )

    def __str__(self) -> str:
        return self.name


class UnitSuccession(Row):
    """A former unit and the present unit its people and papers went to; `whole` or `part`."""

    legacy_level = models.CharField(max_length=10)
    legacy_code = models.CharField(max_length=5)
    successor_level = models.CharField(max_length=10)
    successor_code = models.CharField(max_length=5)
    share = models.CharField(max_length=5)

    class Meta:
        indexes = (models.Index(fields=["legacy_level", "legacy_code"], name="places_unitsuccession_old"),)
        constraints = (
            models.UniqueConstraint(
                fields=["legacy_level", "legacy_code", "successor_level", "successor_code"],
                name="places_unitsuccession_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.legacy_code} → {self.successor_code}"


class AreaClass(Row):
    """A commune's difficulty area (I, II, III), border or island flag, dated, with its source."""

    unit_code = models.CharField(max_length=5, db_index=True)
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=10)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = (one_of("kind", AreaKind, table="places_areaclass"), period(table="places_areaclass"))

    def __str__(self) -> str:
        return f"{self.unit_code} {self.kind} {self.value}"


class Organisation(ScopedRow, Row):
    """A ministry, committee, department, hospital, station, school, association or private facility.

    `employer_path` and `professional_path` are the present ancestors on each line, oldest first, each between
    slashes and ending with the organisation itself; they are derived from `OrganisationLine`.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("",)

    code = models.CharField(max_length=20, blank=True, db_index=True)
    name = models.CharField(max_length=200)
    name_fold = models.CharField(max_length=200, db_index=True)
    short_name = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=24)
    care_level = models.CharField(max_length=12, default=CareLevel.NONE)
    province_code = models.CharField(max_length=5, blank=True, db_index=True)
    commune_code = models.CharField(max_length=5, blank=True, db_index=True)
    address = models.CharField(max_length=200, blank=True)
    public = models.BooleanField(default=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    employer_path = models.CharField(max_length=200, default="/", db_index=True)
    professional_path = models.CharField(max_length=200, default="/", db_index=True)
    simulated = models.BooleanField(default=False)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("kind", OrganisationKind, table="places_organisation"),
            one_of("care_level", CareLevel, table="places_organisation"),
            period(table="places_organisation"),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_fold = fold(self.name)
        super().save(*args, **kwargs)


class FormerName(ScopedRow, Row):
    """A name an organisation bore until a day; old lists and papers still use it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=200)
    name_fold = models.CharField(max_length=200, db_index=True)
    to_on = models.DateField()
    decision = models.CharField(max_length=120, blank=True)

    objects = ScopedManager()

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_fold = fold(self.name)
        super().save(*args, **kwargs)


class OrganisationLine(Row):
    """An organisation's parent on one line, dated; one parent a line at a time."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="lines")
    line = models.CharField(max_length=12)
    parent = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="children_lines")
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = (
            one_of("line", Line, table="places_organisationline"),
            period(table="places_organisationline"),
            models.UniqueConstraint(
                fields=["organisation", "line"],
                condition=models.Q(to_on__isnull=True),
                name="places_organisationline_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} {self.line} {self.parent}"


class OrganisationSuccession(Row):
    """A reorganisation: rows stay where they are, this says who carries on."""

    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    on_date = models.DateField()
    decision = models.CharField(max_length=120)

    class Meta:
        constraints = (one_of("kind", SuccessionKind, table="places_organisationsuccession"),)

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
