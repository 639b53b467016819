"""People, their posts, licences and leave; providers and their authority; functions, techniques, equipment."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from lientuc.core.clock import today
from lientuc.core.names import fold, sort_key, tidy
from lientuc.places import lookups as _lookups  # noqa: F401  registers pk__among
from lientuc.places.models import Organisation
from lientuc.places.scope import Scope, ScopedManager, ScopedRow, under
from lientuc.trail.rows import Row, one_of, period

from .enums import EndReason, Equipment, LeaveBasis, LicenceKind, PostKind, ProviderCode, Sex, Specialty, Title


class HealthWorker(ScopedRow, Row):
    """A person, once; a merged duplicate points to its `canonical` row and is never deleted.

    `keeper` is the organisation that answers for the record: the post responsible for training, or, without
    employer, the unit that registered the person. Who may see it: the keeper, units with a post that has not
    ended, and the person (docs/adr/0010).
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("keeper", "posts__organisation")
    scope_self: ClassVar[tuple[str, ...]] = ("user",)

    full_name = models.CharField(max_length=120)
    name_fold = models.CharField(max_length=120)
    name_sort = models.CharField(max_length=240)
    national_number = models.CharField(max_length=12, null=True)
    old_number = models.CharField(max_length=9, blank=True)
    born_on = models.DateField(null=True)
    birth_year = models.IntegerField(null=True)
    sex = models.CharField(max_length=6, blank=True)
    ethnicity = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=24)
    title_code = models.CharField(max_length=12, blank=True)
    specialty = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    keeper = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    canonical = models.ForeignKey("self", on_delete=models.PROTECT, related_name="duplicates", null=True)
    left_on = models.DateField(null=True)
    left_reason = models.CharField(max_length=16, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("title", Title, table="registry_healthworker"),
            models.CheckConstraint(
                condition=Q(sex="") | Q(sex__in=[str(s) for s in Sex]), name="registry_healthworker_sex_known"
            ),
            models.CheckConstraint(
                condition=Q(specialty="") | Q(specialty__in=[str(s) for s in Specialty]),
                name="registry_healthworker_specialty_known",
            ),
            models.UniqueConstraint(
                fields=["national_number"],
                condition=Q(national_number__isnull=False, canonical__isnull=True),
                name="registry_healthworker_number",
            ),
        )
        indexes = (
            models.Index(fields=["name_sort", "id"], name="registry_healthworker_list"),
            models.Index(fields=["name_fold", "birth_year"], name="registry_healthworker_alike"),
            models.Index(fields=["old_number"], condition=~Q(old_number=""), name="registry_healthworker_old"),
        )

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.set_keys()
        super().save(*args, **kwargs)

    @property
    def organisation(self) -> Organisation:
        """The organisation that answers for the record."""
        return self.keeper

    @classmethod
    def scope_condition(cls, scope: Scope) -> Q:
        """Records kept inside `scope`, or of people with a post there that has not ended, under any of their rows."""
        mine = Q(user=scope.self_user) if scope.self_user is not None else Q(pk__in=[])
        if not (scope.employer or scope.professional or scope.organisations):
            return mine
        kept = cls._base_manager.filter(under("keeper", scope)).values("pk")
        posts = Post._base_manager.filter(Q(to_on__isnull=True) | Q(to_on__gte=today()), under("organisation", scope))
        merged = posts.filter(worker__canonical__isnull=False).values("worker__canonical")
        return Q(pk__among=kept.union(posts.values("worker"), merged)) | mine

    @property
    def person(self) -> int:
        """The key of the person: the canonical row's, where this one was found to be a duplicate."""
        return self.canonical_id or self.pk

    def set_keys(self) -> None:
        """Derive search key, sort key and birth year; bulk writes call it themselves."""
        self.full_name = tidy(self.full_name)
        self.name_fold, self.name_sort = fold(self.full_name), sort_key(self.full_name)
        if self.born_on:
            self.birth_year = self.born_on.year


class Post(ScopedRow, Row):
    """A person's place at an organisation, dated; one open post answers for the person's training."""

    worker = models.ForeignKey(HealthWorker, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    position = models.CharField(max_length=80, blank=True)
    share = models.IntegerField(default=100)
    responsible_for_training = models.BooleanField(default=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=16, blank=True)

    scope_self: ClassVar[tuple[str, ...]] = ("worker__user", "worker__canonical__user")
    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("kind", PostKind, table="registry_post"),
            period(table="registry_post"),
            models.CheckConstraint(condition=Q(share__gte=1, share__lte=100), name="registry_post_share_percent"),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(end_reason__in=[str(r) for r in EndReason]),
                name="registry_post_end_reason_known",
            ),
            models.UniqueConstraint(
                fields=["worker"],
                condition=Q(to_on__isnull=True, responsible_for_training=True),
                name="registry_post_one_responsible",
            ),
        )
        indexes = (models.Index(fields=["organisation", "to_on"], name="registry_post_of_organisation"),)

    def __str__(self) -> str:
        return f"{self.worker} @ {self.organisation}"


class Licence(ScopedRow, Row):
    """A practising licence (GPHN) or an older practice certificate (CCHN) still in use."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("worker__keeper",)
    scope_self: ClassVar[tuple[str, ...]] = ("worker__user", "worker__canonical__user")

    worker = models.ForeignKey(HealthWorker, on_delete=models.PROTECT, related_name="licences")
    kind = models.CharField(max_length=4)
    number = models.CharField(max_length=40, db_index=True)
    issuer = models.CharField(max_length=120, blank=True)
    scope_of_practice = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField(null=True)
    converted_on = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    practising = models.BooleanField(default=True)
    withdrawn_on = models.DateField(null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (one_of("kind", LicenceKind, table="registry_licence"),)

    def __str__(self) -> str:
        return self.number

    @property
    def organisation(self) -> Organisation:
        """The organisation that answers for the person's record."""
        return self.worker.keeper


class Leave(ScopedRow, Row):
    """An interval that exempts a person from part of the duty, with its basis."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("worker__keeper",)
    scope_self: ClassVar[tuple[str, ...]] = ("worker__user", "worker__canonical__user")

    worker = models.ForeignKey(HealthWorker, on_delete=models.PROTECT, related_name="leaves")
    basis = models.CharField(max_length=20)
    decision = models.CharField(max_length=120, blank=True)
    from_on = models.DateField()
    to_on = models.DateField()

    objects = ScopedManager()

    class Meta:
        constraints = (one_of("basis", LeaveBasis, table="registry_leave"), period(table="registry_leave"))

    def __str__(self) -> str:
        return f"{self.worker} {self.from_on}–{self.to_on}"

    @property
    def organisation(self) -> Organisation:
        """The organisation that answers for the person's record."""
        return self.worker.keeper


class Provider(ScopedRow, Row):
    """An organisation that runs continuing training; what it may issue follows from its authorities."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    number_pattern = models.CharField(max_length=40, default="{serial:05d}/{year}/{code}")
    contact = models.CharField(max_length=120, blank=True)
    website = models.CharField(max_length=200, blank=True)

    objects = ScopedManager()

    def __str__(self) -> str:
        return self.organisation.name


class ProviderAuthority(ScopedRow, Row):
    """A dated code (A, B, C) granted to a provider, or a dated suspension of it."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("provider__organisation",)

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="authorities")
    code_kind = models.CharField(max_length=1, blank=True)
    code = models.CharField(max_length=20, blank=True)
    suspension = models.BooleanField(default=False)
    decision = models.CharField(max_length=120)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            period(table="registry_providerauthority"),
            models.CheckConstraint(
                condition=Q(suspension=True) | Q(code_kind__in=[str(c) for c in ProviderCode]),
                name="registry_providerauthority_code_or_suspension",
            ),
        )

    def __str__(self) -> str:
        return self.decision

    @property
    def organisation(self) -> Organisation:
        """The provider's organisation."""
        return self.provider.organisation


class UnitFunction(Row):
    """A function of a kind of unit (what a station must do); `illustrative` until an official list is loaded."""

    code = models.CharField(max_length=20, unique=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    organisation_kind = models.CharField(max_length=24)
    source = models.CharField(max_length=200)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = (period(table="registry_unitfunction"),)

    def __str__(self) -> str:
        return self.name_vi


class Technique(Row):
    """A technique of the catalogue by level of care; `illustrative` until the official list is imported."""

    code = models.CharField(max_length=20, unique=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    name_fold = models.CharField(max_length=200)
    care_level = models.CharField(max_length=12)
    function = models.ForeignKey(UnitFunction, on_delete=models.PROTECT, related_name="techniques", null=True)
    needs_equipment = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = (period(table="registry_technique"),)

    def __str__(self) -> str:
        return self.name_vi

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_fold = fold(self.name_vi)
        super().save(*args, **kwargs)


class UnitTechnique(ScopedRow, Row):
    """Whether an organisation does a technique and has what it needs, as last stated."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    technique = models.ForeignKey(Technique, on_delete=models.PROTECT, related_name="+")
    performed = models.BooleanField(default=False)
    equipment = models.CharField(max_length=10, default=Equipment.ABSENT)
    stated_on = models.DateField(default=today)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("equipment", Equipment, table="registry_unittechnique"),
            models.UniqueConstraint(fields=["organisation", "technique"], name="registry_unittechnique_once"),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.technique}"


# Tables of the room that live in folders of their own.
from .assessing.models import CommunePopulation, FunctionAssessment, FunctionStatement  # noqa: E402
from .collecting.models import Campaign, CampaignFile, CampaignUnit  # noqa: E402
from .duplicates.models import DuplicatePair, WorkerMerge  # noqa: E402
from .intake.models import StagedLicence, StagedPost, StagedWorker, WaitingFile  # noqa: E402
from .reorganising.models import Reorganisation, ReorganisationMove, ReorganisationPart  # noqa: E402

__all__ = [
    "Campaign",
    "CampaignFile",
    "CampaignUnit",
    "CommunePopulation",
    "DuplicatePair",
    "FunctionAssessment",
    "FunctionStatement",
    "HealthWorker",
    "Leave",
    "Licence",
    "Post",
    "Provider",
    "ProviderAuthority",
    "Reorganisation",
    "ReorganisationMove",
    "ReorganisationPart",
    "StagedLicence",
    "StagedPost",
    "StagedWorker",
    "Technique",
    "UnitFunction",
    "UnitTechnique",
    "WaitingFile",
    "WorkerMerge",
]
