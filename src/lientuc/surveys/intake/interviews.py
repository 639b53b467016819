"""Rows of an interview register: who was interviewed, by codes only. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lientuc.core.errors import Problem, Refused
from lientuc.core.names import fold, tidy

from ..enums import InterviewRole, InterviewState, ItemType
from ..shipped import shipped
from ..specs import ItemSpec
from .codes import CodeMap, evident
from .records import NO_ANSWER, BadCell

FACTS: Mapping[InterviewRole, tuple[str, ...]] = {
    InterviewRole.ALUMNUS: ("sex", "course_type", "workplace_current"),
    InterviewRole.LEADER: ("sex", "leader_role"),
}
"""What is kept of each person, as codes by item name."""

_LISTS = {
    "sex": "sex",
    "course_type": "course_type",
    "workplace_current": "facility_level",
    "leader_role": "leader_unit",
}
_COLUMNS = {
    "role": ("role", "vai tro", "interview role", "interviewee", "interviewee type", "type", "kind", "group", "who", "nhom", "doi tuong", "loai", "source"),
    "state": ("state", "status", "trang thai"),
    "sex": ("sex", "gender", "gioi", "gioi tinh", "leader sex", "interviewee sex"),
    "course_type": ("course type", "course", "loai khoa hoc", "loai khoa", "khoa hoc"),
    "workplace_current": ("workplace current", "current workplace", "workplace", "facility level", "noi lam viec", "noi lam viec hien tai", "level", "facility"),
    "leader_role": ("leader role", "leader unit", "leader position", "position", "unit", "vi tri", "chuc vu", "leader"),
}  # fmt: skip
_ALUMNI = {
    "alumnus",
    "alumni",
    "alumna",
    "graduate",
    "trainee",
    "learner",
    "participant",
    "hoc vien",
    "cuu hoc vien",
    "a",
}
_LEADERS = {"leader", "leaders", "manager", "lanh dao", "can bo quan ly", "l", "health dept", "health department"}


@dataclass(frozen=True)
class InterviewRow:
    """One person of the register."""

    number: int
    role: InterviewRole
    state: InterviewState
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Interviews:
    """A whole register judged."""

    rows: tuple[InterviewRow, ...] = ()
    bad: tuple[BadCell, ...] = ()
    unused: tuple[str, ...] = ()


def judge_interviews(header: Sequence[str], rows: Sequence[Sequence[str]], codes: CodeMap) -> Interviews:
    """Read a register; Refused where neither a role nor a position of leaders has a column."""
    places = _places(header)
    if "role" not in places and "leader_role" not in places:
        raise Refused(Problem("surveys.interview_role_missing"))
    items, found, bad = _items(), list[InterviewRow](), list[BadCell]()
    filled = [(line, row) for line, row in enumerate(rows, start=2) if any(cell.strip() for cell in row)]
    for number, (line, row) in enumerate(filled, start=1):
        cells = {key: _cell(row, place) for key, place in places.items()}
        role = _role(cells, items, codes)
        if role is None:
            bad.append(
                BadCell(
                    line,
                    header[places.get("role", 0)],
                    cells.get("role", ""),
                    Problem("surveys.interview_role_unknown"),
                )
            )
            continue
        facts: dict[str, str] = {}
        for key in FACTS[role]:
            raw = cells.get(key, "") or (cells.get("role", "") if key == "leader_role" else "")
            code = _code(items[key], raw, codes)
            if code is None and key in places:
                bad.append(BadCell(line, header[places[key]], raw, Problem("surveys.unknown_choice")))
            facts |= {key: code} if code else {}
        found.append(InterviewRow(number, role, _state(cells.get("state", "")), facts))
    used = set(places.values())
    return Interviews(tuple(found), tuple(bad), tuple(name for n, name in enumerate(header) if n not in used and name))


def _places(header: Sequence[str]) -> dict[str, int]:
    """Column numbers by what they hold; a column named like an item of the instruments holds that item."""
    folded = [fold(name.lstrip("\ufeff")).replace("_", " ") for name in header]
    places: dict[str, int] = {}
    for key, names in _COLUMNS.items():
        free = (folded.index(n) for n in names if n in folded and folded.index(n) not in places.values())
        place = next(free, None)
        if place is not None:
            places[key] = place
    return places


def _items() -> dict[str, ItemSpec]:
    """The shipped questions whose choices a register uses."""
    by_list = {item.list_name: item for form in shipped() for _, item in form.items if item.choices}
    return {
        key: ItemSpec(key, ItemType.SELECT_ONE, key, key, choices=by_list[name].choices, list_name=name)
        for key, name in _LISTS.items()
    }


def _cell(row: Sequence[str], place: int) -> str:
    text = tidy(row[place]) if place < len(row) else ""
    return "" if text.casefold() in NO_ANSWER or text in {"-", "–"} else text


def _code(item: ItemSpec, raw: str, codes: CodeMap) -> str | None:
    """The code of a value, empty for no value, None for one that is unknown."""
    if not raw:
        return ""
    said = codes.code(item, raw) or evident(item, raw)
    return said if said in item.values else None


def _role(cells: Mapping[str, str], items: Mapping[str, ItemSpec], codes: CodeMap) -> InterviewRole | None:
    said = fold(cells.get("role", "")).replace("_", " ")
    if said in _ALUMNI:
        return InterviewRole.ALUMNUS
    if said in _LEADERS or (said and _code(items["leader_role"], cells["role"], codes)):
        return InterviewRole.LEADER
    if said:
        return None
    return InterviewRole.LEADER if cells.get("leader_role") else InterviewRole.ALUMNUS


def _state(raw: str) -> InterviewState:
    """A register that says nothing lists interviews that were held."""
    text = fold(raw)
    return InterviewState(text) if text in list(InterviewState) else InterviewState.DONE
