"""Sixty lines of last year's Excel: problems at their cells, mended in place, nothing lost; topics proposed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.places.scope import WhyUnscoped
from lientuc.planning.cells import cell_money, cell_year
from lientuc.planning.intake import Choices, likely_topics, mended_text, read_lines, text_without
from lientuc.planning.models import PlanLine, PlanLineChange
from tests.factories.curricula import make_topic
from tests.factories.planning import make_plan, make_source
from tests.world import World

HEADER = "TT\tNội dung\tĐối tượng\tSố lớp\tSố người\tThời gian\tĐơn vị thực hiện\tKinh phí\tNguồn\tLồng ghép với"


def line(number: int, **changes: str) -> str:
    """One sound row with some cells changed."""
    cells = {
        "title": f"Cấp cứu cơ bản {number}",
        "audience": "Y sĩ",
        "classes": "1",
        "persons": "20",
        "quarters": "Quý II",
        "provider": f"Trường {number}",
        "money": "10.000.000",
        "source": "Ngân sách tỉnh",
        "integrated": "",
    } | changes
    return "\t".join([str(number), *cells.values()])


@pytest.fixture
def department(client: Client, world: World) -> Client:
    make_topic()
    make_source(world.department)
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    return client


def rows(model: Any) -> Any:
    return model.objects.unscoped(WhyUnscoped.SETUP)


BAD = {
    5: {"money": "mười triệu"},
    17: {"persons": "hai mươi"},
    33: {"source": "Ngân sách huyện"},
    60: {"quarters": "Quý V"},
}
SIXTY = "\n".join([HEADER, *(line(number, **BAD.get(number, {})) for number in range(1, 61))])


def test_sixty_lines_are_mended_at_their_cells_and_taken_whole(department: Client, world: World) -> None:
    plan = make_plan(world.department)
    address = f"/ke-hoach/{plan.public_id}/dan/"
    first = department.post(address, {"text": SIXTY}).content.decode()
    names = ("cell_6_7", "cell_18_4", "cell_34_8", "cell_61_5")
    assert [name for name in names if f'name="{name}"' not in first] == []
    assert first.count('name="cell_') == 4
    mended = {"cell_6_7": "10 triệu", "cell_18_4": "20", "cell_34_8": "Ngân sách tỉnh", "cell_61_5": "Quý IV"}
    again = department.post(address, {"text": SIXTY} | mended).content.decode()
    assert ('name="cell_' in again, "10 triệu" in again) == (False, True)
    taken = department.post(address, {"text": SIXTY, "take": "1", "key": "k"} | mended)
    assert (taken.status_code, rows(PlanLine).count(), rows(PlanLineChange).count()) == (302, 60, 60)
    assert rows(PlanLine).get(place=5).requested_vnd == 10_000_000


def test_rows_that_are_not_right_stay_on_the_page(department: Client, world: World) -> None:
    plan = make_plan(world.department)
    sent = {"text": SIXTY, "take": "1", "good_only": "1", "key": "k"}
    page = department.post(f"/ke-hoach/{plan.public_id}/dan/", sent).content.decode()
    assert rows(PlanLine).count() == 56
    assert [text for text in ("mười triệu", "hai mươi", "Ngân sách huyện", "Quý V") if text not in page] == []
    assert page.count('class="row-bad"') == 4


def test_pasted_text_is_kept_when_it_cannot_be_read(department: Client, world: World) -> None:
    plan = make_plan(world.department)
    page = department.post(f"/ke-hoach/{plan.public_id}/dan/", {"text": "một\thai\nba\tbốn"}).content.decode()
    assert "một\thai\nba\tbốn" in page


def test_topic_that_is_misspelt_gets_proposals(world: World) -> None:
    emergency = make_topic("emergency.basic", name_vi="Cấp cứu cơ bản")
    nursing = make_topic("nursing.care", name_vi="Chăm sóc điều dưỡng", family="nursing")
    plan = make_plan(world.department)
    (row,) = read_lines(f"{HEADER}\n{line(1, title='Cấp cứu cơ sở')}", plan).rows
    assert (row.draft.topic, row.proposals) == (None, (emergency,))
    assert likely_topics("chăm sóc người bệnh", [emergency, nursing]) == (nursing,)
    assert likely_topics("", [emergency]) == ()


def test_reason_asked_for_in_a_row_is_kept_with_the_line(department: Client, world: World) -> None:
    make_source(world.department, "Dự án")
    plan = make_plan(world.department)
    text = "\n".join([HEADER, line(1, provider="Trường A"), line(2, provider="Trường A", source="Dự án")])
    address = f"/ke-hoach/{plan.public_id}/dan/"
    page = department.post(address, {"text": text}).content.decode()
    assert 'name="reason_3"' in page
    sent = {"text": text, "take": "1", "reason_3": "Hai giai đoạn", "key": "k"}
    assert department.post(address, sent).status_code == 302
    assert list(rows(PlanLine).values_list("reason", flat=True)) == ["", "Hai giai đoạn"]


def test_year_column_places_lines_of_a_five_year_plan(world: World) -> None:
    make_topic()
    plan = make_plan(world.department, kind="five_year", year=2026)
    text = f"{HEADER}\tNăm\n{line(1)}\t2028\n{line(2)}\t2035\n{line(3)}\tnăm tới"
    found = [
        (row.draft.year, [problem.code for problem in row.problems if problem.field == "year"])
        for row in read_lines(text, plan).rows
    ]
    assert found == [(2028, []), (2035, ["planning.year_outside_plan"]), (2026, ["planning.year_unread"])]


def test_mending_a_cell_changes_nothing_else() -> None:
    text = "Nội dung\tSố lớp\nA\tx\nB\t2\n"
    assert mended_text(text, {(2, 1): "1"}) == "Nội dung\tSố lớp\nA\t1\nB\t2\n"
    assert mended_text(text, {(9, 9): "1"}) == text
    assert text_without(text, {2}) == "Nội dung\tSố lớp\nB\t2\n"


@pytest.mark.parametrize(
    ("text", "vnd"),
    [("1.234.567", 1_234_567), ("1,2 triệu", 1_200_000), ("12,5 tr", 12_500_000), ("0,8 tỷ", 800_000_000)],
)
def test_money_is_read_as_offices_write_it(text: str, vnd: int) -> None:
    assert cell_money(text) == vnd


def test_year_is_read_with_and_without_the_word() -> None:
    assert [cell_year("Năm 2027"), cell_year(2028.0), cell_year(None)] == [2027, 2028, None]


def test_choices_of_columns_are_kept(world: World) -> None:
    make_topic()
    text = "Cột A\tCột B\nNội dung\tSố người\nCấp cứu cơ bản\t20"
    mapping = ("title", "persons")
    assert read_lines(text, make_plan(world.department), Choices(mapping=mapping)).mapping == mapping
