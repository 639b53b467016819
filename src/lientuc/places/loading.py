"""The shipped register as rows: set-based, and the same after every load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lientuc.core.names import fold

from .enums import UnitLevel
from .models import AdministrativeUnit, UnitSuccession
from .register import LegacyUnit, Successor, Unit, legacy_unit, legacy_units
from .register.files import all_versions, successors_by_code

# A version's key is (level, code, from_on); everything else may be mended by a newer edition of the register.
_MENDED = ("type", "name", "name_fold", "parent_code", "province_code", "to_on", "source", "certainty", "simulated")
_LEGACY_SOURCE = "former units as of 30 June 2025 (vietnamadminunits 1.0.4)"
_BATCH = 2000


def load_units() -> None:
    """Write every version of every unit, and the former units as they were on their last day."""
    _write_changed(
        AdministrativeUnit, ("level", "code", "from_on"), _MENDED, [*map(_present, all_versions()), *_all_former()]
    )


def load_successions() -> None:
    """Write what became of each former unit."""
    lines = (line for lines in successors_by_code().values() for line in lines)
    key = ("legacy_level", "legacy_code", "successor_level", "successor_code")
    _write_changed(UnitSuccession, key, ("share",), map(_succession, lines))


def _write_changed(model: Any, key: Sequence[str], mended: Sequence[str], rows: Iterable[Any]) -> None:
    """Insert or mend the rows that the table does not hold just so; a second load writes nothing."""
    columns = (*key, *mended)
    held = set(model.objects.values_list(*columns))
    changed = [row for row in rows if tuple(getattr(row, column) for column in columns) not in held]
    model.objects.bulk_create(
        changed, batch_size=_BATCH, update_conflicts=True, unique_fields=list(key), update_fields=list(mended)
    )


def _succession(line: Successor) -> UnitSuccession:
    return UnitSuccession(
        legacy_level=str(line.legacy_level),
        legacy_code=line.legacy_code,
        successor_level=str(line.level),
        successor_code=line.code,
        share=str(line.share),
    )


def _present(unit: Unit) -> AdministrativeUnit:
    return AdministrativeUnit(
        code=unit.code,
        level=unit.level,
        type=unit.type,
        name=unit.name_vi,
        name_fold=fold(unit.name_vi),
        parent_code=unit.parent_code,
        province_code=unit.parent_code or unit.code,
        from_on=unit.valid_from,
        to_on=unit.valid_to,
        source=unit.legal_source,
        certainty=unit.certainty,
        simulated=False,
    )


def _all_former() -> Iterator[AdministrativeUnit]:
    for level in UnitLevel:
        for former in legacy_units(level):
            yield _former(former)


def _former(former: LegacyUnit) -> AdministrativeUnit:
    """The register knows a former unit for one day only, its last: that day is both ends of the version."""
    return AdministrativeUnit(
        code=former.code,
        level=former.level,
        type=former.type,
        name=former.name_vi,
        name_fold=fold(former.name_vi),
        parent_code=former.parent_code,
        province_code=_province_of(former),
        from_on=former.valid_to,
        to_on=former.valid_to,
        source=_LEGACY_SOURCE,
        certainty="SECONDARY",
        simulated=False,
    )


def _province_of(former: LegacyUnit) -> str:
    if former.level == UnitLevel.PROVINCE:
        return former.code
    if former.level == UnitLevel.DISTRICT:
        return former.parent_code
    return legacy_unit(UnitLevel.DISTRICT, former.parent_code).parent_code
