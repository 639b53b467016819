"""What a list would write, kept beside the register until somebody decides; afterwards the record of what it wrote."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lientuc.trail.models import ImportBatch


class StagedPart(models.Model):
    """One row to be written for a batch: made (`is_new`), or changed from the values in `before`.

    `step` counts the takings of one batch: 0 the file itself, later ones rows that were parked and cleaned. `number` is the
    line of the file. `remark` says after an undo why the row had to stay.
    """

    mutable: ClassVar[bool] = True

    # Written by one process that holds the batch: PostgreSQL need not look the batch up for each of a million rows.
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    step = models.IntegerField(default=0)
    number = models.IntegerField()
    worker_ref = models.UUIDField()
    is_new = models.BooleanField()
    before = models.JSONField(default=dict)
    remark = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"


class StagedWorker(StagedPart):
    """A person as the register would hold them."""

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
    email = models.CharField(max_length=254, blank=True)
    keeper_key = models.BigIntegerField()
    left_on = models.DateField(null=True)
    left_reason = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["batch", "step", "worker_ref"], name="registry_stagedworker_once"),
        )
        indexes = (models.Index(fields=["batch", "national_number"], name="registry_stagedworker_number"),)


class StagedPost(StagedPart):
    """A person's place at a unit; `name_fold` is the person's, to find them again further down the list."""

    post_ref = models.UUIDField()
    name_fold = models.CharField(max_length=120)
    organisation_key = models.BigIntegerField()
    kind = models.CharField(max_length=16)
    position = models.CharField(max_length=80, blank=True)
    share = models.IntegerField()
    responsible_for_training = models.BooleanField()
    from_on = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["batch", "step", "post_ref"], name="registry_stagedpost_once"),)
        indexes = (
            models.Index(fields=["batch", "worker_ref"], name="registry_stagedpost_worker"),
            models.Index(fields=["batch", "name_fold"], name="registry_stagedpost_name"),
        )


class StagedLicence(StagedPart):
    """A licence of a person."""

    licence_ref = models.UUIDField()
    kind = models.CharField(max_length=4)
    licence_number = models.CharField(max_length=40)
    issuer = models.CharField(max_length=120, blank=True)
    issued_on = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["batch", "step", "licence_ref"], name="registry_stagedlicence_once"),
        )
        indexes = (
            models.Index(fields=["batch", "worker_ref"], name="registry_stagedlicence_worker"),
            models.Index(fields=["batch", "licence_number"], name="registry_stagedlicence_number"),
        )


class WaitingFile(models.Model):
    """A file that a job will read; gone as soon as it was read."""

    mutable: ClassVar[bool] = True

    batch = models.OneToOneField(ImportBatch, on_delete=models.CASCADE, related_name="+")
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.batch_id)
