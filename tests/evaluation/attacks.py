"""An attacker with everything one audience is shown: all its tables, their margins, filters and paper categories."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from lientuc.analytics.disclosure import THRESHOLDS, Audience, is_small
from lientuc.analytics.statistics import LikertSummary, MultipleChoice
from lientuc.evaluation.hiding import Shown
from lientuc.evaluation.publishing import Publication, published
from lientuc.evaluation.results import results
from lientuc.surveys.enums import ItemType
from lientuc.surveys.flow import Answers
from lientuc.surveys.specs import ChoiceSpec, Questionnaire
from tests.factories.surveys import FRUIT, form, item, section

LIKERT = tuple(ChoiceSpec(str(n), f"Mức {n}", f"Point {n}") for n in range(1, 6))
SEX = (ChoiceSpec("male", "Nam", "Male"), ChoiceSpec("female", "Nữ", "Female"))
COURSE = (ChoiceSpec("short", "Ngắn", "Short"), ChoiceSpec("basic", "Cơ bản", "Basic"))
WISH = tuple(ChoiceSpec(v, v, v) for v in ("none", "1to5", "gt5"))
BLANK_OPENS = True
"""`${wish} != 'none'` holds for those who left the wish open too."""
WHY = tuple(
    ChoiceSpec(v, v, v, p) for v, p in (("a", "means"), ("b", "means"), ("c", "staff"), ("d", "staff"), ("e", ""))
)


def study_form() -> Questionnaire:
    """Two filters, two statements, a gate with two questions behind it, a question of several choices."""
    one = ItemType.SELECT_ONE
    return form(
        section(
            "s",
            item("sex", one, choices=SEX, list_name="sex", level="L0", group_id="T1.sex"),
            item("course_type", one, choices=COURSE, list_name="course", level="L0", group_id="T1.course"),
            item("sure", one, choices=LIKERT, list_name="likert5", level="L3", group_id="T3.sure"),
            item("alone", one, choices=LIKERT, list_name="likert5", level="L3", group_id="T3.alone"),
            item("wish", one, choices=WISH, list_name="wish", level="L3", group_id="T4.wish"),
            item("why", one, choices=WHY, list_name="why", relevant="${wish} != 'none'", level="L3", group_id="T4.why"),
            item("fruit", ItemType.SELECT_MULTIPLE, choices=FRUIT, list_name="fruit", level="L3"),
        )
    )


def crowd(chance: random.Random) -> list[Answers]:
    """Some people with lopsided answers, so that small counts are everywhere; few leave questions open."""
    tilt = [chance.choice([1, 3, 20, 60]) for _ in range(12)]

    def one(values: tuple[str, ...], start: int) -> str:
        weights = [tilt[(start + n) % len(tilt)] for n in range(len(values))]
        return "" if chance.random() < 0.03 else chance.choices(values, weights)[0]

    people = []
    for _ in range(chance.randint(30, 140)):
        wish = one(("none", "1to5", "gt5"), 4)
        person = {
            ("sex", 0): one(("male", "female"), 0),
            ("course_type", 0): one(("short", "basic"), 2),
            ("sure", 0): one(("1", "2", "3", "4", "5"), 1),
            ("alone", 0): one(("1", "2", "3", "4", "5"), 6),
            ("wish", 0): wish,
            ("why", 0): one(("a", "b", "c", "d", "e"), 3) if wish not in {"", "none"} else "",
            ("fruit", 0): " ".join(c.value for n, c in enumerate(FRUIT) if chance.random() < (0.03, 0.5, 0.9)[n]),
        }
        people.append(person)
    return people


def shown_to(people: list[Answers], audience: Audience) -> Publication:
    """What an audience is shown of these people."""
    asked = study_form()
    return published(asked, results(asked, people), people, [], audience)


Name = tuple[str, ...]


@dataclass
class Knowledge:
    """Numbers seen, and equations between numbers seen and unseen."""

    seen: dict[Name, int] = field(default_factory=dict)
    unseen: set[Name] = field(default_factory=set)
    equations: list[tuple[Name, tuple[Name, ...]]] = field(default_factory=list)
    truth: dict[Name, int] = field(default_factory=dict)

    def note(self, name: Name, value: int | None, truth: int) -> Name:
        """A number as it is printed; None is a star."""
        self.truth[name] = truth
        if value is None:
            self.unseen.add(name)
        else:
            self.seen[name] = value
        return name

    def possible(self, name: Name, least: int) -> tuple[int, int] | None:
        """The smallest and greatest whole number it can be where hidden numbers are `least` or more."""
        unknown = sorted(self.unseen)
        column = {other: place for place, other in enumerate(unknown)}
        rows, right = [], []
        for total, parts in self.equations:
            row, value = np.zeros(len(unknown)), 0.0
            for part, sign in ((total, 1), *((part, -1) for part in parts)):
                if part in column:
                    row[column[part]] += sign
                else:
                    value -= sign * self.seen[part]
            rows.append(row)
            right.append(value)
        ends = []
        for sign in (1, -1):
            cost = np.zeros(len(unknown))
            cost[column[name]] = sign
            floor = np.array([0 if {"not_said", "missing"} & set(other) else least for other in unknown])
            found = milp(
                cost,
                constraints=LinearConstraint(np.array(rows), right, right),
                bounds=Bounds(floor, 10_000),
                integrality=np.ones(len(unknown)),
            )
            if found.x is None:
                return None
            ends.append(round(float(found.x[column[name]])))
        return ends[0], ends[1]


def knowledge_of(found: Publication) -> Knowledge:
    """Everything on the pages and in the files of an audience."""
    known = Knowledge()
    for one in found.items:
        _note(known, one, ())
    _note_gate(known, found)
    for part in found.filtered:
        for one in part.items:
            _note(known, one, (part.item, part.code))
            _note_people(known, one, (part.item, part.code))
    for name in dict.fromkeys(part.item for part in found.filtered):
        _note_filter(known, found, name)
    for group in found.groups:
        for category in group.categories:
            cell = (found.cells or {})[f"{group.group_id}.{category.code}"]
            choices = [c for c in found.form.by_name[group.item].choices if (c.paper_code or c.value) == category.code]
            place = known.note(("group", group.group_id, category.code), cell.n, category.count)
            known.equations.append((place, tuple(("cell", group.item, c.value) for c in choices)))
    return known


def _note(known: Knowledge, one: Shown, view: Name) -> None:
    item_, figures = one.result.item, one.result.figures
    several = isinstance(figures, MultipleChoice)
    answered = figures.respondents if several else figures.answered
    n = known.note((*view, "n", item_.name), one.answered, answered)
    rows = getattr(figures, "rows", ())
    counts = list(figures.counts) if isinstance(figures, LikertSummary) else [
        row.count if several else row.share.count for row in rows
    ]  # fmt: skip
    cells = one.cells or (None,) * len(counts)
    places = [
        known.note((*view, "cell", item_.name, choice.value), cell, count)
        for choice, cell, count in zip(item_.choices, cells, counts, strict=True)
    ]
    if several:
        for place in places:
            other = known.note((*place, "other"), None, answered - known.truth[place])
            known.equations.append((n, (place, other)))
        return
    known.equations.append((n, tuple(places)))
    if isinstance(figures, LikertSummary):
        agree = known.note(
            (*view, "agree", item_.name), figures.agree.count if one.agree else None, figures.agree.count
        )
        known.equations.append((agree, tuple(places[3:])))


def _note_people(known: Knowledge, one: Shown, view: Name) -> None:
    """Those who answered and those who did not are the people of the filter."""
    missing = known.note((*view, "missing", one.result.item.name), one.missing, one.result.figures.missing)
    known.equations.append((("cell", *view), ((*view, "n", one.result.item.name), missing)))


def _note_gate(known: Knowledge, found: Publication) -> None:
    """Whoever wished was asked why: the number of those asked is that of two answers."""
    by_name = {one.result.item.name: one for one in found.items}
    why = by_name["why"]
    gate = why.result.gate
    assert gate is not None
    place = known.note(("concerned",), why.concerned, gate.eligible)
    open_ = by_name["wish"].result.figures.missing if BLANK_OPENS else 0
    blank = known.note(("missing", "wish"), by_name["wish"].missing if BLANK_OPENS else 0, open_)
    known.equations.append((place, (("cell", "wish", "1to5"), ("cell", "wish", "gt5"), blank)))
    if why.missing is not None and why.concerned is not None:
        missing = known.note(("missing", "why"), why.missing, gate.missing)
        known.equations.append((place, (("n", "why"), missing)))


def _note_filter(known: Knowledge, found: Publication, name: str) -> None:
    filter_item = next(one for one in found.items if one.result.item.name == name)
    parts = [part for part in found.filtered if part.item == name]
    for place in [
        p for p in known.truth if p[0] in {"n", "cell", "agree"} and (name, parts[0].code, *p) in known.truth
    ]:
        views: list[Name] = [(name, part.code, *place) for part in parts]
        rest = known.truth[place] - sum(known.truth[view] for view in views)
        everybody_said = filter_item.missing == 0
        views.append(known.note((name, *place, "not_said"), 0 if everybody_said else None, rest))
        known.equations.append((place, tuple(views)))


def is_won(chance: random.Random, audience: Audience, cells: int = 3) -> bool:
    """Whether an attack on a study drawn by chance pins a small count down; some hidden cells are tried."""
    found = shown_to(crowd(chance), audience)
    if found.problem:
        return False
    known, thresholds = knowledge_of(found), THRESHOLDS[audience]
    printed = [place for place in known.seen if is_small(known.truth[place], thresholds) and "missing" not in place]
    if printed:
        return True
    small = sorted(
        place
        for place in known.unseen
        if is_small(known.truth[place], thresholds) and not {"not_said", "missing"} & set(place)
    )
    for target in chance.sample(small, min(cells, len(small))):
        for least in (0, 1):
            ends = known.possible(target, least)
            if ends is not None and ends[0] == ends[1]:
                return True
    return False
