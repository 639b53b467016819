"""No week takes more of an organisation than it may spare; a calendar that was tampered with is found out."""

from dataclasses import replace

import pytest

from lientuc.planning.optimiser.dealing import deal
from lientuc.planning.optimiser.files import read_instance
from lientuc.planning.optimiser.model import PlannedClass, SeatBlock
from lientuc.planning.optimiser.solve import plan, preview
from lientuc.planning.optimiser.weeks import Unplaced, check_weeks, place_in_weeks
from tests.planning.optimiser.by_hand import EXACT, problem, with_budget
from tests.planning.optimiser.data import generate_instances


@pytest.mark.parametrize("seed", range(1, 6))
def test_calendar_of_a_generated_province_keeps_every_week(seed):
    asked = read_instance(generate_instances.generate("small", seed))
    found = preview(asked)
    calendar = place_in_weeks(asked, found)
    assert check_weeks(asked, found, calendar) == []
    assert sum(each.persons for each in calendar.unplaced) <= 0.01 * sum(each.seats for each in found.seats)
    assert place_in_weeks(asked, found) == calendar


def test_dealing_keeps_classes_even_and_organisations_apart():
    found = plan(with_budget(100), effort=EXACT)
    both = replace(
        found,
        classes=(PlannedClass("O", 0, 2),),
        seats=(SeatBlock("A", "P", "O", 0, 3), SeatBlock("B", "P", "O", 0, 2)),
    )
    assert [each.persons for each in deal(both)] == [(("A", 2), ("B", 1)), (("A", 1), ("B", 1))]


def two_classes_in_one_week(most_away):
    """A quarter of one week, two classes with two persons of A each."""
    asked = problem()
    asked = replace(
        asked,
        quarters=(replace(asked.quarters[0], working_days=5), asked.quarters[1]),
        organisations=tuple(replace(each, most_away=most_away) for each in asked.organisations),
    )
    made = plan(problem(), effort=EXACT)
    return asked, replace(made, classes=(PlannedClass("O", 0, 2),), seats=(SeatBlock("A", "P", "O", 0, 4),))


@pytest.mark.parametrize(("most_away", "lost"), [(3, 1), (4, 0), (5, 0)])
def test_person_for_whom_no_week_has_room_is_named(most_away, lost):
    asked, made = two_classes_in_one_week(most_away)
    calendar = place_in_weeks(asked, made)
    assert calendar.unplaced == ((Unplaced("O", 0, 2, "A", 1),) if lost else ())
    assert check_weeks(asked, made, calendar) == []


def test_tampered_calendars_are_found_out():
    asked, made = two_classes_in_one_week(4)
    calendar = place_in_weeks(asked, made)
    first, *others = calendar.classes
    tampered = [
        (replace(calendar, classes=tuple(others)), "class_missing"),
        (replace(calendar, classes=(replace(first, week=0), *others)), "outside_quarter"),
        (replace(calendar, classes=(replace(first, week=2), *others)), "outside_quarter"),
        (replace(calendar, classes=(replace(first, weeks=2), *others)), "wrong_length"),
        (replace(calendar, classes=(replace(first, persons=(("A", 1),)), *others)), "wrong_company"),
    ]
    for changed, code in tampered:
        assert code in {fault.code for fault in check_weeks(asked, made, changed)}
    fewer = two_classes_in_one_week(3)[0]
    assert {fault.code for fault in check_weeks(fewer, made, calendar)} == {"too_many_away"}
