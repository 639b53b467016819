"""A list of units as it is sent: its columns, one row as a draft with its parents, what is wrong with which cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lientuc.core.errors import Problem
from lientuc.core.names import fold, tidy
from lientuc.documents.readers.book import Cell
from lientuc.documents.readers.cells import cell_date
from lientuc.documents.readers.fields import KnownField
from lientuc.documents.readers.headers import plain
from lientuc.places.enums import CareLevel, OrganisationKind, UnitLevel
from lientuc.places.models import AdministrativeUnit, Organisation
from lientuc.places.phrases import LABELS
from lientuc.places.rules import OrganisationDraft, name_problems
from lientuc.places.scope import WhyUnscoped

from ..intake.reading import text_of

KIND = "registry.units"
EDIT = "registry.edit_organisations"
FIELDS: tuple[KnownField, ...] = (
    KnownField("place", ("STT", "TT", "Số TT", "No.")),
    KnownField("code", ("Mã đơn vị", "Mã cơ sở", "Mã", "Code")),
    KnownField("name", ("Tên đơn vị", "Tên cơ sở", "Đơn vị", "Tên", "Name")),
    KnownField("short_name", ("Tên viết tắt", "Viết tắt", "Short name")),
    KnownField("kind", ("Loại đơn vị", "Loại hình", "Loại", "Kind")),
    KnownField("care_level", ("Cấp chuyên môn", "Cấp chuyên môn kỹ thuật", "Level of care")),
    KnownField("province", ("Tỉnh", "Tỉnh/Thành phố", "Tỉnh, thành phố", "Mã tỉnh", "Province")),
    KnownField("commune", ("Xã", "Xã/Phường", "Xã, phường, đặc khu", "Mã xã", "Commune")),
    KnownField("address", ("Địa chỉ", "Address")),
    KnownField("public", ("Công lập/Tư nhân", "Công lập", "Hình thức sở hữu", "Public")),
    KnownField("employer", ("Trực thuộc", "Đơn vị chủ quản", "Cơ quan chủ quản", "Employer")),
    KnownField("professional", ("Chỉ đạo chuyên môn", "Đơn vị chỉ đạo chuyên môn", "Professional parent")),
    KnownField("from_on", ("Hoạt động từ ngày", "Ngày thành lập", "Từ ngày", "Works since")),
)
TEMPLATE = tuple(one.key for one in FIELDS)

# How the name of a unit begins tells its kind, the longest beginning first.
_BEGINNINGS: dict[str, OrganisationKind] = {
    "tram y te": OrganisationKind.STATION, "tyt": OrganisationKind.STATION, "diem tram": OrganisationKind.STATION_POINT,
    "benh vien": OrganisationKind.HOSPITAL, "bv": OrganisationKind.HOSPITAL, "trung tam y te": OrganisationKind.AREA_CENTRE,
    "so y te": OrganisationKind.HEALTH_DEPARTMENT, "so tai chinh": OrganisationKind.FINANCE_DEPARTMENT,
    "ubnd xa": OrganisationKind.COMMUNE_COMMITTEE, "ubnd phuong": OrganisationKind.COMMUNE_COMMITTEE,
    "ubnd dac khu": OrganisationKind.COMMUNE_COMMITTEE, "uy ban nhan dan xa": OrganisationKind.COMMUNE_COMMITTEE,
    "uy ban nhan dan phuong": OrganisationKind.COMMUNE_COMMITTEE, "truong": OrganisationKind.SCHOOL,
    "phong kham": OrganisationKind.PRIVATE_FACILITY, "hoi": OrganisationKind.ASSOCIATION,
}  # fmt: skip
_CARE = {
    OrganisationKind.STATION: CareLevel.INITIAL,
    OrganisationKind.STATION_POINT: CareLevel.INITIAL,
    OrganisationKind.AREA_CENTRE: CareLevel.INITIAL,
    OrganisationKind.HOSPITAL: CareLevel.BASIC,
}
_PRIVATE = ("tu nhan", "ngoai cong lap", "private", "khong", "no")


@dataclass
class UnitRow:
    """One row: its draft, its parents (a key of the list, or a unit of the register), its problems.

    `known` is the unit of the register that the row means.
    """

    number: int
    draft: OrganisationDraft | None = None
    employer: str | Organisation | None = None
    professional: str | Organisation | None = None
    known: Organisation | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The row's own key within the list."""
        return f"row {self.number}"


def judge_units(
    rows: Sequence[tuple[int, Mapping[str, Cell]]], *, by: Any, sender: Organisation, on: date
) -> list[UnitRow]:
    """Every row as a draft with what is wrong; nothing is written."""
    register = _Register(by, sender)
    judged = [_read(number, values, register, on) for number, values in rows]
    _find_parents(judged, [values for _, values in rows], register, sender)
    return judged


class _Register:
    """Units and administrative units by every name a list may use."""

    def __init__(self, by: Any, sender: Organisation) -> None:
        self.sender = sender
        rows = list(Organisation.objects.visible_to(by, EDIT).filter(to_on__isnull=True))
        self.by_code = {row.code.casefold(): row for row in rows if row.code}
        self.by_name: dict[str, list[Organisation]] = defaultdict(list)
        for row in rows:
            self.by_name[fold(row.name)].append(row)
        taken = Organisation.objects.unscoped(WhyUnscoped.RULE).exclude(code="")
        self.taken = {code.casefold() for code in taken.values_list("code", flat=True)}
        self._units: dict[tuple[str, str], set[str]] = defaultdict(set)
        units = AdministrativeUnit.objects.filter(to_on__isnull=True, level__in=[UnitLevel.PROVINCE, UnitLevel.COMMUNE])
        for level, code, name, kind, province in units.values_list("level", "code", "name", "type", "province_code"):
            above = province if level == UnitLevel.COMMUNE else ""
            kinds = ("", kind.replace("_", " "), "xa", "phuong", "tinh", "thanh pho", "dac khu")
            for key in {fold(code), *(f"{one} {fold(name)}".strip() for one in kinds)}:
                self._units[f"{level}{above}", key].add(code)

    def unit(self, level: UnitLevel, text: str, above: str = "") -> str | Problem:
        """The code of a province or commune named by code or name."""
        found = self._units.get((f"{level}{above}", fold(text))) or set()
        if len(found) == 1:
            return next(iter(found))
        return Problem("registry.place_unknown", level, {"text": text})


def _read(number: int, values: Mapping[str, Cell], register: _Register, on: date) -> UnitRow:
    row = UnitRow(number)
    text = {key: text_of(values.get(key)) for key in TEMPLATE}
    kind = _kind(text["kind"], text["name"])
    if kind is None:
        row.problems.append(Problem("registry.unit_kind_unknown", "kind", {"text": text["kind"]}))
    province = _place(row, register, UnitLevel.PROVINCE, text["province"]) or register.sender.province_code
    commune = _place(row, register, UnitLevel.COMMUNE, text["commune"], province)
    row.problems += name_problems(text["name"])
    care = _coded(CareLevel, text["care_level"])
    if care is None and text["care_level"]:
        row.problems.append(Problem("registry.care_level_unknown", "care_level", {"text": text["care_level"]}))
    begun = cell_date(values.get("from_on"))
    if isinstance(begun, Problem) or (begun.day is None and begun.year is not None):
        row.problems.append(Problem("registry.founding_day_wrong", "from_on", {"text": text["from_on"]}))
    row.draft = OrganisationDraft(
        name=tidy(text["name"]),
        kind=kind or OrganisationKind.STATION,
        from_on=on if isinstance(begun, Problem) else begun.day or on,
        short_name=text["short_name"],
        code=text["code"],
        care_level=care or _CARE.get(kind or OrganisationKind.SCHOOL, CareLevel.NONE),
        province_code=province,
        commune_code=commune,
        address=text["address"],
        public=kind is not OrganisationKind.PRIVATE_FACILITY and plain(text["public"]) not in _PRIVATE,
    )
    _meet(row, row.draft, register)
    return row


def _place(row: UnitRow, register: _Register, level: UnitLevel, text: str, above: str = "") -> str:
    if not text:
        return ""
    found = register.unit(level, text, above)
    if isinstance(found, Problem):
        row.problems.append(found)
        return ""
    return found


def _meet(row: UnitRow, draft: OrganisationDraft, register: _Register) -> None:
    """The unit of the register that a row means: by its code, else by name at the same place."""
    if draft.code:
        row.known = register.by_code.get(draft.code.casefold())
        if row.known is None and draft.code.casefold() in register.taken:
            row.problems.append(Problem("places.code_taken", "code", {"code": draft.code}))
        if row.known is not None and fold(row.known.name) != fold(draft.name):
            row.problems.append(Problem("registry.unit_named_otherwise", "name", {"name": row.known.name}))
        return
    same = register.by_name.get(fold(draft.name), [])
    place = (draft.province_code, draft.commune_code)
    row.known = next((one for one in same if (one.province_code, one.commune_code) == place), None)


def _find_parents(
    judged: Sequence[UnitRow], given: Sequence[Mapping[str, Cell]], register: _Register, sender: Organisation
) -> None:
    """Parents stand in the list or in the register; without any the sender directs the unit's professional work."""
    listed: dict[str, list[UnitRow]] = defaultdict(list)
    for row in judged:
        if row.draft is not None:
            for name in {row.draft.code.casefold(), fold(row.draft.name)} - {""}:
                listed[name].append(row)
    for row, values in zip(judged, given, strict=True):
        names = [row.draft.code, row.draft.name] if row.draft else []
        if any(len(listed[name]) > 1 for name in {names[0].casefold()} - {""}):
            row.problems.append(Problem("registry.unit_twice", "code", {"code": names[0]}))
        for line in ("employer", "professional"):
            text = text_of(values.get(line))
            found = _parent(text, row, listed, register) if text else None
            if isinstance(found, Problem):
                row.problems.append(Problem(found.code, line, found.values))
            else:
                setattr(row, line, found)
        if row.employer is None and row.professional is None and not row.problems:
            row.professional = sender


def _parent(
    text: str, row: UnitRow, listed: Mapping[str, Sequence[UnitRow]], register: _Register
) -> str | Organisation | Problem:
    mine = [one for one in listed.get(text.casefold(), listed.get(fold(text), ())) if one is not row]
    if len(mine) == 1:
        return mine[0].key if mine[0].known is None else mine[0].known
    known: Organisation | None = register.by_code.get(text.casefold())
    if known is not None:
        return known
    named = register.by_name.get(fold(text), [])
    if len(named) == 1:
        return named[0]
    return Problem("registry.unit_ambiguous" if mine or named else "registry.unit_unknown", None, {"text": text})


def _kind(text: str, name: str) -> OrganisationKind | None:
    found: OrganisationKind | None = _coded(OrganisationKind, text)
    if found is not None or text:
        return found
    heard = plain(name)
    begins = [begin for begin in _BEGINNINGS if heard.startswith(begin)]
    return _BEGINNINGS[max(begins, key=len)] if begins else None


def _coded(enum: Any, text: str) -> Any:
    heard = plain(text)
    labels: Iterable[tuple[Any, Any]] = LABELS[enum].items()
    for code, label in labels:
        if heard and heard in {
            plain(str(code)),
            plain(label.vi),
            plain(label.en),
            plain(label.vi).removeprefix("cap "),
        }:
            return code
    return None
