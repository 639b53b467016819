"""Pasted plans: headers, remembered mapping, topics chosen by hand, workbooks; the same rules as the form."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from lientuc.core.errors import Problem, Refused
from lientuc.planning.book import PlanBook
from lientuc.planning.intake import MOST_ROWS, Choices, Reading, read_lines, remember, text_of_workbook
from lientuc.planning.rules.lines import LineDraft, line_problems
from tests.factories.curricula import make_topic
from tests.factories.planning import make_plan, make_source
from tests.factories.registry import make_provider
from tests.world import World

HEADER = "TT\tNội dung\tĐối tượng\tSố lớp\tSố người\tThời gian\tĐơn vị thực hiện\tKinh phí\tNguồn"
ROW = "1\tCấp cứu cơ bản\tY sĩ\t2\t40\tQuý II\tTrường Cao đẳng Y tế Một\t1.250.000\tNgân sách tỉnh"


def said(reading: Reading) -> list[list[tuple[str, str | None]]]:
    return [
        [(problem.code.removeprefix("planning."), problem.field) for problem in row.problems] for row in reading.rows
    ]


def test_row_becomes_the_draft_the_form_would_make(world: World) -> None:
    topic, provider = make_topic(), make_provider(world.school)
    source = make_source(world.department)
    plan = make_plan(world.department)
    reading = read_lines(f"KẾ HOẠCH 2026\n\n{HEADER}\n{ROW}\nTổng cộng\t\t\t2\t40\t\t\t1.250.000\t", plan)
    draft = LineDraft(
        title="Cấp cứu cơ bản",
        topic=topic,
        classes=2,
        persons=40,
        year=2027,
        from_quarter=2,
        to_quarter=2,
        audience="Y sĩ",
        provider=provider,
        performer="Trường Cao đẳng Y tế Một",
        requested_vnd=1_250_000,
        source=source,
    )
    assert [row.draft for row in reading.rows] == [draft]
    assert said(reading) == [[]]


def test_rows_without_header_are_read_in_the_order_of_the_page(world: World) -> None:
    make_topic()
    text = "Cấp cứu cơ bản\tY sĩ\t2\t40\tQuý II\tTrường A\t5 triệu\t\tghi chú"
    (row,) = read_lines(text, make_plan(world.department)).rows
    assert (row.draft.classes, row.draft.requested_vnd, row.draft.performer) == (2, 5_000_000, "Trường A")
    assert [note.code for note in row.notes] == ["planning.provider_not_registered", "planning.source_not_named"]


def test_same_rules_as_the_form_and_each_row_counts_for_the_next(world: World) -> None:
    make_topic()
    make_source(world.department, ceiling_vnd=2_000_000)
    plan = make_plan(world.department)
    reading = read_lines(f"{HEADER}\n{ROW}\n{ROW}", plan)
    first = PlanBook(plan)
    assert list(line_problems(reading.rows[0].draft, first.facts(reading.rows[0].draft))) == []
    assert said(reading) == [[], [("source_ceiling", "money")]]


def test_unknown_topic_is_chosen_by_hand(world: World) -> None:
    topic = make_topic()
    plan = make_plan(world.department)
    text = f"{HEADER}\n{ROW.replace('Cấp cứu cơ bản', 'Hồi sức nhi')}".replace("Ngân sách tỉnh", "")
    assert said(read_lines(text, plan)) == [[("topic_unknown", "topic")]]
    chosen = read_lines(text, plan, Choices(topics={2: topic.code}))
    assert (said(chosen), chosen.rows[0].draft.topic) == ([[]], topic)


def test_mapping_chosen_once_is_remembered_for_the_same_headings(world: World) -> None:
    make_topic()
    plan = make_plan(world.department)
    text = "Mục\tSL lớp\tSL học viên\tTiền\nCấp cứu cơ bản\t1\t20\t5.000.000"
    mapping = ["title", "classes", "persons", "money"]
    header = text.replace("Mục", "Nội dung").replace("SL lớp", "Số lớp")
    first = read_lines(header, plan, Choices(mapping=tuple(mapping)))
    remember(plan, first)
    again = read_lines(header, make_plan(world.department, year=2028))
    assert (again.mapping, again.rows[0].draft.persons) == (tuple(mapping), 20)
    other = read_lines(header, make_plan(world.hospital))
    assert other.mapping == ("title", "classes", "", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "planning.nothing_pasted"),
        ("một dòng", "planning.sheet_without_header"),
        ("x\n" * (MOST_ROWS + 1), "planning.too_many_rows"),
    ],
)
def test_text_that_is_no_plan_is_refused(world: World, text: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_lines(text, make_plan(world.department))
    assert [problem.code for problem in caught.value.problems] == [code]


def test_workbook_becomes_the_same_text(world: World) -> None:
    make_topic()
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet("Kế hoạch")
    table: list[list[Any]] = [HEADER.split("\t"), ROW.split("\t")]
    table[1][7] = 1_250_000
    for place, row in enumerate(table):
        sheet.write_row(place, 0, row)
    book.close()
    plan = make_plan(world.department)
    (row,) = read_lines(text_of_workbook(made.getvalue()), plan).rows
    assert (row.draft.persons, row.draft.requested_vnd) == (40, 1_250_000)
    assert row.problems == (Problem("planning.source_unknown", "source", {"text": "Ngân sách tỉnh"}),)
