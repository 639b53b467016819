"""Questions as a page shows them: number, label, choices, what was typed, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from lientuc.core.errors import Problem
from lientuc.web.say import say_now, sentence

from .enums import ItemType
from .expressions import Call, Literal, Name, Node, bounds, parse
from .flow import CONSENT, Answers, Asked
from .specs import ChoiceSpec, ItemSpec, Questionnaire, SectionSpec

LONGEST_RADIO_LIST = 12
OUT_OF_CONSTRAINT = {"surveys.out_of_bounds", "surveys.too_low", "surveys.too_high", "surveys.not_allowed_value"}


@dataclass(frozen=True)
class Option:
    """One choice with the id of its input."""

    id: str
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Question:
    """One question ready for a template; `look` names the partial that draws it."""

    asked: Asked
    number: str
    label: str
    look: str
    value: str
    options: tuple[Option, ...]
    hint: str
    error: str
    gate: str = ""

    @property
    def field(self) -> str:
        """Name and id of its input."""
        return self.asked.field

    @property
    def described_by(self) -> str:
        """Ids of hint and error, as `aria-describedby` wants them."""
        parts = [f"{self.field}-hint"] * bool(self.hint) + [f"{self.field}-error"] * bool(self.error)
        return " ".join(parts)


@dataclass(frozen=True)
class Block:
    """Questions under one label of a repeated section, or all of a section with no label."""

    label: str
    questions: tuple[Question, ...]


def text_of(owner: ItemSpec | SectionSpec | ChoiceSpec | Questionnaire) -> str:
    """The label or title of a part of a form in the active language."""
    if isinstance(owner, ItemSpec | ChoiceSpec):
        return say_now(owner.label_vi, owner.label_en)
    return say_now(owner.title_vi, owner.title_en)


def blocks(
    form: Questionnaire, asked: Sequence[Asked], values: Answers, problems: Iterable[Problem] = ()
) -> tuple[Block, ...]:
    """The questions of a page, gathered by repetition."""
    items = {one.field: one.item for one in asked}
    wrong = {problem.field or "": _said_of(items.get(problem.field or ""), problem) for problem in problems}
    groups: dict[int, list[Question]] = {}
    for one in asked:
        gate = gate_in_words(form, one.item.relevant)
        groups.setdefault(one.index, []).append(replace(question(one, values.get(one.place), wrong), gate=gate))
    return tuple(
        Block(form.labels[index - 1] if index else "", tuple(questions)) for index, questions in groups.items()
    )


def _said_of(item: ItemSpec | None, problem: Problem) -> str:
    """What is said of a problem: the item's own words for a missing or a disallowed answer, where it has some."""
    if item is not None and problem.code == "surveys.required" and item.missing_vi:
        return say_now(item.missing_vi, item.missing_en)
    if item is not None and problem.code in OUT_OF_CONSTRAINT and item.message_vi:
        return say_now(item.message_vi, item.message_en)
    return sentence(problem)


def question(asked: Asked, value: str | None, wrong: Mapping[str, str]) -> Question:
    """One question; `value` None was never shown, an empty one was left open on purpose."""
    item = asked.item
    return Question(
        asked=asked,
        number=str(item.number) if item.number else "",
        label=text_of(item),
        look=_look(item),
        value=value or "",
        options=_options(asked, value),
        hint=say_now(item.hint_vi, item.hint_en) if item.hint_vi else _hint(item),
        error=wrong.get(asked.field, ""),
    )


def gate_in_words(form: Questionnaire, text: str) -> str:
    """Whom a question concerns, by the numbers of questions, for paper; empty where consent alone decides."""
    return _words(form, parse(text)) if text.strip() else ""


def _words(form: Questionnaire, node: Node) -> str:
    match node:
        case Call("=", (Name(name), Literal(str() as value))) if name in form.by_name:
            item = form.by_name[name]
            label = next((text_of(choice) for choice in item.choices if choice.value == value), value)
            return (
                ""
                if name == CONSENT
                else say_now("câu {n}: “{label}”", "question {n}: “{label}”").format(n=item.number, label=label)
            )
        case Call(("and" | "or") as operator, (left, right)):
            parts = [words for words in (_words(form, left), _words(form, right)) if words]
            joint = say_now(" và ", " and ") if operator == "and" else say_now(" hoặc ", " or ")
            return joint.join(parts)
        case _:
            return say_now("theo điều kiện của bộ công cụ", "by the instrument’s condition")


def _look(item: ItemSpec) -> str:
    if item.type == ItemType.SELECT_ONE:
        return "list" if len(item.choices) > LONGEST_RADIO_LIST else "radio"
    return {
        ItemType.SELECT_MULTIPLE: "checkbox",
        ItemType.TEXT: "text",
        ItemType.NOTE: "note",
        ItemType.DATE: "date",
    }.get(item.type, "number")


def _options(asked: Asked, value: str | None) -> tuple[Option, ...]:
    chosen = (value or "").split()
    options = [
        Option(f"{asked.field}-{choice.value}", choice.value, text_of(choice), choice.value in chosen)
        for choice in asked.item.choices
    ]
    if _look(asked.item) == "radio" and not asked.item.required:
        nothing = say_now("Không trả lời", "Prefer not to answer")
        options.append(Option(f"{asked.field}-none", "", nothing, value == ""))
    return tuple(options)


def _hint(item: ItemSpec) -> str:
    low, high = bounds(item.constraint) or (None, None)
    if low is not None and high is not None:
        return say_now("Số từ {low} đến {high}.", "A number from {low} to {high}.").format(low=low, high=high)
    return {
        ItemType.SELECT_MULTIPLE: say_now("Có thể chọn nhiều câu trả lời.", "Several answers may be chosen."),
        ItemType.DATE: say_now("Ngày/tháng/năm, ví dụ 15/07/2026.", "Day/month/year, for example 15/07/2026."),
    }.get(item.type, "")
