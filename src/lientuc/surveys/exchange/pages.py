"""Groups and repeats of a form file laid out as pages: nested groups become pages of their own, conditions joined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..specs import ItemSpec, SectionSpec
from .complaints import Complaints
from .sheets import PAGE, SURVEY

LOOSE = "main"
"""The page of questions that stand in no group."""
_LONGEST_CODE = 40


@dataclass
class _Group:
    kind: str
    name: str
    titles: tuple[str, str]
    relevant: str
    row: int


@dataclass
class Pages:
    """Pages as they are read."""

    wrong: Complaints
    groups: list[_Group] = field(default_factory=list)
    items: list[ItemSpec] = field(default_factory=list)
    done: list[SectionSpec] = field(default_factory=list)

    def open(self, kind: str, name: str, titles: tuple[str, str], relevant: str, row: int) -> None:
        """A group or a repeat begins."""
        if kind == "repeat" and self._repeat:
            self.wrong.add("repeat_in_repeat", SURVEY, row, "type")
        if not self._repeat:
            self._turn()
        self.groups.append(_Group(kind, name, titles, relevant, row))

    def close(self, kind: str, row: int) -> None:
        """A group or a repeat ends."""
        if not self.groups or self.groups[-1].kind != kind:
            self.wrong.add("block_not_open", SURVEY, row, "type", found=kind)
            return
        if not self._repeat or self.groups[-1] is self._repeat:
            self._turn()
        self.groups.pop()

    def add(self, item: ItemSpec, row: int) -> None:
        """A question; inside a repeat the conditions of its groups are its own."""
        repeat = self._repeat
        inner = self.groups[self.groups.index(repeat) + 1 :] if repeat else []
        texts = [*(group.relevant for group in inner), item.relevant]
        relevant = joined(texts)
        self.items.append(replace(item, relevant=self.wrong.short(relevant, 1000, SURVEY, row, "relevant")))

    def end(self, row: int) -> list[SectionSpec]:
        """The pages, once every group is closed."""
        self._turn()
        for group in self.groups:
            self.wrong.add("block_not_closed", SURVEY, group.row, "type", found=group.name)
        if not self.done and not self.wrong.found:
            self.wrong.add("empty", SURVEY, row, "type")
        return self.done

    @property
    def _repeat(self) -> _Group | None:
        return next((group for group in self.groups if group.kind == "repeat"), None)

    def _turn(self) -> None:
        """The questions gathered so far become a page."""
        if not self.items:
            return
        group = self._repeat or (self.groups[-1] if self.groups else None)
        name = group.name.removeprefix(PAGE) if group else LOOSE
        vi, en = group.titles if group else ("", "")
        self.done.append(
            SectionSpec(
                code=self._code(name),
                title_vi=vi or name,
                title_en=en or name,
                items=tuple(self.items),
                relevant=joined(list(self._conditions)),
                repeated=self._repeat is not None,
            )
        )
        self.items = []

    @property
    def _conditions(self) -> Iterator[str]:
        """Of all open groups, down to the repeat where there is one."""
        for group in self.groups:
            yield group.relevant
            if group.kind == "repeat":
                return

    def _code(self, name: str) -> str:
        """A code of its own: a page that goes on after an inner group is numbered."""
        taken, number, code = {page.code for page in self.done}, 1, name[:_LONGEST_CODE]
        while code in taken:
            number += 1
            code = f"{name[: _LONGEST_CODE - 4]}_{number}"
        return code


def joined(texts: list[str]) -> str:
    """Conditions that must all hold, as one expression."""
    said = list(dict.fromkeys(text for text in texts if text.strip()))
    return said[0] if len(said) == 1 else " and ".join(f"({text})" for text in said)
