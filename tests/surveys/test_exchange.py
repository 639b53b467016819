"""XLSForm out and in: what is written is accepted by others and comes back unchanged; anything outside the subset is refused."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter
from pyxform.xls2xform import convert

from lientuc.core.errors import Refused
from lientuc.surveys.enums import ItemType
from lientuc.surveys.exchange import read_form, write_xlsform
from lientuc.surveys.flow import Sent, asked_on, computed_values, submission
from lientuc.surveys.shipped import content_hash, shipped
from lientuc.surveys.specs import Questionnaire
from tests.factories.surveys import form, item, section, small_form

HEAD = ("type", "name", "label", "required", "relevant", "constraint", "appearance", "calculation", "default")


def workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """An .xlsx with these rows, every cell a text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def survey(*rows: Sequence[str], head: Sequence[str] = HEAD) -> bytes:
    """A workbook of one survey sheet with a list of two choices."""
    choices = [("list_name", "name", "label"), ("yesno", "yes", "Có"), ("yesno", "no", "Không")]
    settings = [("form_title", "form_id", "version"), ("Phiếu", "phieu", "3")]
    return workbook({"survey": [head, *rows], "choices": choices, "settings": settings})


def complaints(content: bytes) -> list[tuple[str, int, str]]:
    """(code, row, column) of everything a file is refused for."""
    with pytest.raises(Refused) as refused:
        read_form(content)
    return [
        (p.code.removeprefix("surveys.form_"), int(p.values["row"]), str(p.values["column"]))
        for p in refused.value.problems
    ]


def everything() -> Questionnaire:
    """A form with every type, text and look the house knows."""
    return form(
        section(
            "page_one",
            item("note", ItemType.NOTE),
            item(
                "works",
                ItemType.SELECT_ONE,
                required=True,
                missing_vi="Chọn một",
                missing_en="Choose",
                appearance="likert",
            ),
            item("several", ItemType.SELECT_MULTIPLE, hint_vi="Chọn đủ", hint_en="All that apply", item_set="split"),
            item(
                "n", ItemType.INTEGER, constraint=". >= 1 and . <= 9", message_vi="Sai", message_en="Wrong", level="L3"
            ),
            item("share", ItemType.DECIMAL, group_id="T1.x", why="=1+1, một lý do"),
            item("day", ItemType.DATE, relevant="count-selected(${several}) > 1 and not(selected(${several}, 'no'))"),
            item("twice", ItemType.CALCULATE, calculation="if(${n} > 3, ${n} * 2, 0)"),
            item("kind", ItemType.HIDDEN, calculation="'web'"),
        ),
        section("each", item("remark", relevant="${twice} = 8"), repeated=True, relevant="${works} = 'yes'"),
        code="moi_thu",
        number=4,
    )


FORMS = [*shipped(), everything(), small_form()]


@pytest.mark.parametrize("spec", FORMS, ids=lambda spec: f"{spec.code}-{spec.number}")
def test_exported_form_is_accepted_by_pyxform_without_warning(spec: Questionnaire) -> None:
    result = convert(write_xlsform(spec), file_type=".xlsx", validate=False)
    lacking = {"hint", "constraint_message", "required_message"}
    assert [text for text in result.warnings if not any(name in text for name in lacking)] == []
    assert all(f"/{name}" in result.xform for name in spec.by_name)


@pytest.mark.parametrize("spec", FORMS, ids=lambda spec: f"{spec.code}-{spec.number}")
def test_exported_form_comes_back_unchanged(spec: Questionnaire) -> None:
    assert read_form(write_xlsform(spec)).form == spec


def test_twin_that_loses_an_expression_does_not_come_back_unchanged() -> None:
    spoiled = form(section("one", item("works", ItemType.SELECT_ONE), item("n")), code="moi_thu")
    assert content_hash(read_form(write_xlsform(spoiled)).form) != content_hash(everything())


def test_form_of_others_reads_into_pages_with_joined_conditions() -> None:
    read = read_form(
        survey(
            ("text", "before", "Trước"),
            ("begin group", "a", "A", "", "${before} != ''"),
            ("select_one yesno", "q1", "Q1", "true"),
            ("begin group", "b", "B", "", "${q1} = 'yes'"),
            ("integer", "q2", "Q2"),
            ("end group",),
            ("text", "q3", "Q3"),
            ("end group",),
            ("begin repeat", "r", "R"),
            ("begin group", "in_r", "", "", "${q1} = 'no'"),
            ("text", "q4", "Q4", "", "${q3} = 'x'"),
            ("end group",),
            ("end repeat",),
        )
    ).form
    assert [(s.code, s.relevant, s.repeated, [i.name for i in s.items]) for s in read.sections] == [
        ("main", "", False, ["before"]),
        ("a", "${before} != ''", False, ["q1"]),
        ("b", "(${before} != '') and (${q1} = 'yes')", False, ["q2"]),
        ("a_2", "${before} != ''", False, ["q3"]),
        ("r", "", True, ["q4"]),
    ]
    assert (read.by_name["q4"].relevant, read.by_name["q1"].required) == ("(${q1} = 'no') and (${q3} = 'x')", True)
    assert (read.code, read.number, read.title_vi, read.by_name["q1"].label_en) == ("phieu", 3, "Phiếu", "Q1")


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (("geopoint", "g", "G"), ("type_unknown", 2, "type")),
        (("start", "start"), ("type_unknown", 2, "type")),
        (("select_one yesno or_other", "g", "G"), ("list_unknown", 2, "type")),
        (("select_one nowhere", "g", "G"), ("list_unknown", 2, "type")),
        (("text", "hai từ", "G"), ("name_unfit", 2, "name")),
        (("text", "g"), ("label_missing", 2, "label")),
        (("text", "g", "Về ${x}"), ("text_with_name", 2, "label")),
        (("text", "g", "G", "sometimes"), ("value_unknown", 2, "required")),
        (("text", "g", "G", "", "regex(., 'a')"), ("expression_unread", 2, "relevant")),
        (("text", "g", "G", "", "${later} = 1"), ("name_not_before", 2, "relevant")),
        (("text", "g", "G", "", "", "today() > ."), ("expression_unread", 2, "constraint")),
        (("text", "g", "G", "", "", "", "multiline"), ("value_unknown", 2, "appearance")),
        (("text", "g", "G", "", "", "", "", "1 + 1"), ("not_here", 2, "calculation")),
        (("text", "g", "G", "", "", "", "", "", "a"), ("not_here", 2, "default")),
        (("calculate", "g"), ("calculation_missing", 2, "calculation")),
        (("begin_group", "g", "G"), ("block_not_closed", 2, "type")),
        (("end_group",), ("block_not_open", 2, "type")),
    ],
)
def test_row_outside_the_subset_is_refused_with_row_and_column(
    row: Sequence[str], complaint: tuple[str, int, str]
) -> None:
    assert complaint in complaints(survey(row, ("text", "later", "Sau")))


def test_every_complaint_of_a_file_is_told_at_once() -> None:
    rows = survey(("text", "a", "A"), ("text", "a", "A"), ("image", "b", "B"))
    assert complaints(rows) == [("name_twice", 3, "name"), ("type_unknown", 4, "type")]


def test_columns_and_languages_outside_the_subset_are_refused() -> None:
    head = ("type", "name", "label::Français (fr)", "label", "choice_filter", "read_only")
    rows = survey(("text", "a", "", "A"), ("text", "b", "Bé", "B", "x = 1"), head=head)
    assert complaints(rows) == [
        ("column_unknown", 3, "label::Français (fr)"),
        ("column_unknown", 3, "choice_filter"),
    ]


def test_repeat_in_a_repeat_is_refused() -> None:
    rows = [
        ("begin_repeat", "a", "A"),
        ("begin_repeat", "b", "B"),
        ("text", "c", "C"),
        ("end_repeat",),
        ("end_repeat",),
    ]
    assert complaints(survey(*rows)) == [("repeat_in_repeat", 3, "type")]


def test_file_that_is_no_form_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read_form(b"a,b\n1,2\n")
    assert [p.code for p in refused.value.problems] == ["surveys.form_not_known"]
    with pytest.raises(Refused) as refused:
        read_form(workbook({"Sheet1": [("a",), ("1",)]}))
    assert [p.code for p in refused.value.problems] == ["surveys.form_sheet_missing"]


def test_form_without_settings_is_named_after_its_file(tmp_path: Path) -> None:
    path = tmp_path / "Khảo sát 2026.xlsx"
    path.write_bytes(workbook({"survey": [("type", "name", "label"), ("text", "a", "A")]}))
    read = read_form(path).form
    assert (read.code, read.number, read.title_vi) == ("khao_sat_2026", 1, "khao_sat_2026")


# --- what is computed ----------------------------------------------------------------------------------------------


def test_computed_values_follow_answers_and_are_never_asked() -> None:
    spec = everything().with_switches(("split",), ("một",))
    known = {("works", 0): "yes", ("n", 0): "4"}
    assert computed_values(spec, known) == {("twice", 0): "8", ("kind", 0): "web"}
    assert [asked.item.name for asked in asked_on(spec, spec.sections[1], known)] == ["remark"]
    assert asked_on(spec, spec.sections[1], known | {("n", 0): "5"}) == ()


def test_submitted_page_uses_what_it_computes_itself() -> None:
    spec = form(
        section(
            "one",
            item("n", ItemType.INTEGER),
            item("twice", ItemType.CALCULATE, calculation="${n} * 2"),
            item("why", relevant="${twice} > 6"),
        )
    ).with_switches((), ())
    sent = Sent({("n", 0): ["4"], ("why", 0): ["vì"]}, frozenset({("n", 0), ("why", 0)}))
    result = submission(spec, spec.sections[0], sent, known={})
    assert (result.kept, result.problems, result.cleared) == ({("n", 0): "4", ("why", 0): "vì"}, (), frozenset())
    few = submission(spec, spec.sections[0], Sent({("n", 0): ["3"], ("why", 0): ["vì"]}, sent.shown), known={})
    assert (few.kept, few.cleared) == ({("n", 0): "3"}, frozenset({("why", 0)}))
