"""Messages ready to be pasted into Zalo: plain text, no links that need an account."""

from __future__ import annotations

from collections.abc import Iterable

from lientuc.core.formats import day, shortest
from lientuc.web.say import current_language, label, say_now

from .rules import Due


def person_text(due: Due) -> str:
    """To one person."""
    if due.this_year_only:
        text = say_now(
            "Đề nghị đồng chí {name} học đủ mức tối thiểu của năm trước ngày {deadline}; năm thiếu không bù được.",
            "{name} is asked to reach the floor of the year by {deadline}; a missed year cannot be made up.",
        )
    else:
        text = say_now(
            "Đề nghị đồng chí {name} hoàn thành {missing} {unit} còn thiếu trước ngày {deadline}.",
            "{name} is asked to complete the {missing} {unit} still missing by {deadline}.",
        )
    return text.format(**_values(due))


def unit_text(name: str, dues: Iterable[Due]) -> str:
    """To a unit's group: everybody due, one to a line, the first to be due on top."""
    listed = sorted(dues, key=lambda due: (due.deadline_on, due.name))
    head = say_now(
        "{name}: {n} người cần hoàn thành giờ học, đề nghị sắp xếp đi học trước hạn.",
        "{name}: {n} people still need hours; please arrange their training in time.",
    ).format(name=name, n=len(listed))
    return "\n".join([head, *(f"{place}. {_line(due)}" for place, due in enumerate(listed, start=1))])


def _line(due: Due) -> str:
    if due.this_year_only:
        text = say_now("{name}: mức tối thiểu của năm, hạn {deadline}", "{name}: floor of the year, by {deadline}")
    else:
        text = say_now("{name}: còn {missing} {unit}, hạn {deadline}", "{name}: {missing} {unit}, by {deadline}")
    return text.format(**_values(due))


def _values(due: Due) -> dict[str, str]:
    language = current_language()
    return {
        "name": due.name,
        "missing": shortest(due.missing, language=language),
        "unit": label("credits.Unit", due.unit),
        "deadline": day(due.deadline_on, language=language),
    }
