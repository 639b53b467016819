"""People, posts, licences, providers and catalogue lines for tests, written directly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

from lientuc.accounts.models import User
from lientuc.core.clock import today
from lientuc.places.enums import CareLevel, OrganisationKind
from lientuc.places.models import Organisation
from lientuc.registry.enums import Equipment, LeaveBasis, LicenceKind, PostKind, ProviderCode, Sex, Title
from lientuc.registry.intake.columns import KIND
from lientuc.registry.models import (
    DuplicatePair,
    HealthWorker,
    Leave,
    Licence,
    Post,
    Provider,
    ProviderAuthority,
    Reorganisation,
    ReorganisationPart,
    Technique,
    UnitFunction,
    UnitTechnique,
)
from lientuc.registry.units.reading import KIND as UNITS
from lientuc.trail.enums import ImportState, RowState
from lientuc.trail.models import ImportBatch, ImportRow

BEGIN = date(2025, 7, 1)
_serial = count(1)


def make_worker(
    organisation: Organisation, label: str = "Trần Thị An", *, post: bool = True, **fields: Any
) -> HealthWorker:
    """A person kept by `organisation`, with a post there unless `post=False`."""
    values = {
        "title": Title.NURSE,
        "sex": Sex.FEMALE,
        "national_number": f"0011{next(_serial):08d}",
        "born_on": date(1990, 5, 20),
        **fields,
    }
    worker = HealthWorker.objects.create(full_name=label, keeper=organisation, **values)
    if post:
        make_post(worker, organisation)
    return worker


def make_post(worker: HealthWorker, organisation: Organisation, label: str = "Nhân viên", **fields: Any) -> Post:
    """A permanent, open post that answers for training."""
    values = {"kind": PostKind.PERMANENT, "from_on": BEGIN, **fields}
    return Post.objects.create(worker=worker, organisation=organisation, position=label, **values)


def make_licence(worker: HealthWorker, label: str = "", **fields: Any) -> Licence:
    """A practised GPHN, issued on 1 March 2024."""
    number = label or f"{next(_serial):06d}/BYT-GPHN"
    values = {"kind": LicenceKind.GPHN, "issued_on": date(2024, 3, 1), **fields}
    return Licence.objects.create(worker=worker, number=number, **values)


def make_leave(worker: HealthWorker, label: str = "12/QĐ-TYT", **fields: Any) -> Leave:
    """Maternity leave in the second half of 2025."""
    values = {"basis": LeaveBasis.MATERNITY, "from_on": BEGIN, "to_on": date(2025, 12, 31), **fields}
    return Leave.objects.create(worker=worker, decision=label, **values)


def make_provider(
    organisation: Organisation, label: str = "Phòng Đào tạo", *, code: str = "", **fields: Any
) -> Provider:
    """A provider, with an authority C when `code` is given."""
    provider = Provider.objects.create(organisation=organisation, contact=label, **fields)
    if code:
        make_authority(provider, code=code)
    return provider


def make_authority(provider: Provider, label: str = "100/QĐ-BYT", **fields: Any) -> ProviderAuthority:
    """A code C held since 1 January 2020."""
    values = {"code_kind": ProviderCode.C, "code": f"C.{provider.pk:02d}", "from_on": date(2020, 1, 1), **fields}
    return ProviderAuthority.objects.create(provider=provider, decision=label, **values)


def make_function(label: str = "Tiêm chủng", **fields: Any) -> UnitFunction:
    """An illustrative function of a station."""
    values = {
        "code": f"F{next(_serial)}",
        "name_en": "Immunisation",
        "organisation_kind": OrganisationKind.STATION,
        "source": "illustrative",
        "from_on": BEGIN,
        **fields,
    }
    return UnitFunction.objects.create(name_vi=label, **values)


def make_technique(label: str = "Khâu vết thương phần mềm", **fields: Any) -> Technique:
    """An illustrative technique of initial care."""
    values = {
        "code": f"T{next(_serial)}",
        "name_en": "Suturing",
        "care_level": CareLevel.INITIAL,
        "source": "illustrative",
        "from_on": BEGIN,
        **fields,
    }
    return Technique.objects.create(name_vi=label, **values)


def make_unit_technique(organisation: Organisation, technique: Technique | None = None, **fields: Any) -> UnitTechnique:
    """A technique a unit does, with its equipment."""
    values = {"performed": True, "equipment": Equipment.PRESENT, "stated_on": BEGIN, **fields}
    return UnitTechnique.objects.create(organisation=organisation, technique=technique or make_technique(), **values)


def make_batch(organisation: Organisation, label: str = "ds.xlsx", **fields: Any) -> ImportBatch:
    """A staff list sent by `organisation`, waiting for a decision, without rows."""
    table = {
        "sheet": "Danh sách",
        "headings": ["Họ và tên", "Chức danh"],
        "fingerprint": "f" * 64,
        "columns": {"0": "full_name", "1": "title"},
        "sexes": {},
        "remembered": False,
    }
    values = {
        "mapping": {"tables": [table], "default_kind": "permanent"},
        "counts": {"rows": 0},
        "made_by": "test",
        "kind": KIND,
        **fields,
    }
    return ImportBatch.objects.create(file_name=label, sha256="0" * 64, sender=str(organisation.public_id), **values)


def make_parked_row(organisation: Organisation, label: str = "ds.xlsx", **fields: Any) -> ImportRow:
    """A parked row without a title, of a list taken in part."""
    batch = make_batch(organisation, label, state=ImportState.TAKEN_IN_PART)
    values = {
        "number": 2,
        "cells": {"cells": ["Trần Thị An", None], "section": ""},
        "problems": [{"column": 1, "field": "title", "code": "registry.title_missing", "values": {}}],
        "state": RowState.PARKED,
        **fields,
    }
    return ImportRow.objects.create(batch=batch, sheet="Danh sách", **values)


def make_pair(organisation: Organisation, label: str = "Trần Thị An", **fields: Any) -> DuplicatePair:
    """Two records of one name kept by `organisation`, waiting for a decision."""
    first, second = make_worker(organisation, label), make_worker(organisation, label, post=False)
    return DuplicatePair.objects.create(first=first, second=second, **{"score": 60, "reasons": ["name"], **fields})


def make_reorganisation(organisation: Organisation, label: str = "Trạm Y tế mới", **fields: Any) -> Reorganisation:
    """A renaming of `organisation` to `label`, prepared for today."""
    values = {
        "kind": "rename",
        "on_date": today(),
        "decision": "1/NQ-HĐND",
        "plan": {"name": label, "short_name": "", "code": ""},
        "prepared_by": User.objects.order_by("pk").first(),
        **fields,
    }
    row = Reorganisation.objects.create(organisation=organisation, **values)
    ReorganisationPart.objects.create(reorganisation=row, organisation=organisation, role="goes_on")
    return row


OBJECTS: dict[str, Callable[[Organisation, str], Any]] = {
    "registry.HealthWorker": lambda organisation, label: make_worker(organisation, label),
    "registry.Post": lambda organisation, label: make_post(
        make_worker(organisation, label, post=False), organisation, label
    ),
    "registry.Licence": lambda organisation, label: make_licence(make_worker(organisation, label), label),
    "registry.Leave": lambda organisation, label: make_leave(make_worker(organisation, label), label),
    "registry.Reorganisation": lambda organisation, label: make_reorganisation(organisation, label),
    "registry.DuplicatePair": lambda organisation, label: make_pair(organisation, label),
    "registry.Provider": lambda organisation, label: make_provider(organisation, label),
    "trail.ImportBatch": lambda organisation, label: make_batch(organisation, label),
    "trail.ImportRow": lambda organisation, label: make_parked_row(organisation, label),
    "registry.UnitBatch": lambda organisation, label: make_batch(organisation, label, kind=UNITS),
    "registry.ProviderAuthority": lambda organisation, label: make_authority(make_provider(organisation), label),
}

LISTS: dict[str, str] = {
    "registry:organisations": "places.Organisation",
    "registry:workers": "registry.HealthWorker",
    "registry:workers_export": "registry.HealthWorker",
    "registry:providers": "registry.Provider",
    "registry:duplicates": "registry.DuplicatePair",
    "registry:reorganisations": "registry.Reorganisation",
    "registry:lists": "trail.ImportBatch",
    "registry:unit_lists": "registry.UnitBatch",
    "registry:parked": "trail.ImportRow",
}
