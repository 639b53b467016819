"""REDCap data dictionaries in: what they ask, how their logic reads here, what is refused and where."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core.management import call_command
from pyxform.xls2xform import convert

from lientuc.core.errors import Refused
from lientuc.surveys.enums import ItemType
from lientuc.surveys.exchange import read_form, write_xlsform
from lientuc.surveys.exchange.redcap import API_NAMES, COLUMNS
from lientuc.surveys.exchange.redcap_logic import translated
from lientuc.surveys.models import InstrumentVersion, Wave
from lientuc.surveys.queries import completed

SHORT = dict(zip(API_NAMES, COLUMNS, strict=True))


def row(name: str, kind: str = "text", label: str = "Câu hỏi", **cells: str) -> dict[str, str]:
    """One line of a dictionary by short names."""
    return {"field_name": name, "form_name": "phieu", "field_type": kind, "field_label": label} | cells


def dictionary(*rows: Mapping[str, str], long: bool = True) -> bytes:
    """A dictionary as REDCap writes it, with the record's own number first."""
    out = io.StringIO(newline="")
    names = [SHORT[name] if long else name for name in API_NAMES]
    writer = csv.writer(out)
    writer.writerow(names)
    for line in (row("record_id", label="Record ID"), *rows):
        writer.writerow([line.get(name, "") for name in API_NAMES])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


STUDY = (
    row("consent", "yesno", "Đồng ý tham gia?", required_field="y", section_header="Phần 1: <b>Đồng ý</b>"),
    row(
        "age",
        label="Tuổi",
        text_validation_type_or_show_slider_number="integer",
        text_validation_min="18",
        text_validation_max="80",
        branching_logic="[consent] = 1",
    ),
    row("sex", "radio", "Giới", select_choices_or_calculations="1, Nam | 2, Nữ", field_note="Theo giấy tờ"),
    row("reasons", "checkbox", "Lý do", select_choices_or_calculations="a, Thiết bị, phòng | b, Nhân lực"),
    row("other", "notes", "Lý do khác", branching_logic="[reasons(b)] = '1' and ([sex] <> \"2\" or [age] > 30)"),
    row("double", "calc", "", select_choices_or_calculations="if([age] >= 40, [age]/2, 0)"),
    row("pain", "slider", "Mức độ", form_name="phieu_2"),
    row("bye", "descriptive", "Cảm ơn &amp; chào", form_name="phieu_2"),
)


@pytest.mark.parametrize("long", [True, False])
def test_dictionary_becomes_a_form(long: bool) -> None:
    draft = read_form(dictionary(*STUDY, long=long), name="Nghiên cứu.csv")
    form = draft.form
    assert (draft.program, form.code, form.number, [p.code for p in draft.notes]) == (
        "redcap", "nghien_cuu", 1, ["surveys.form_record_number_left_out"],
    )  # fmt: skip
    assert [(s.title_vi, [i.name for i in s.items]) for s in form.sections] == [
        ("Phần 1: Đồng ý", ["consent", "age", "sex", "reasons", "other", "double"]),
        ("Phieu 2", ["pain", "bye"]),
    ]
    assert [(i.type, i.values, i.relevant, i.constraint, i.calculation) for _, i in form.items] == [
        (ItemType.SELECT_ONE, ("yes", "no"), "", "", ""),
        (ItemType.INTEGER, (), "${consent} = 'yes'", ". >= 18 and . <= 80", ""),
        (ItemType.SELECT_ONE, ("1", "2"), "", "", ""),
        (ItemType.SELECT_MULTIPLE, ("a", "b"), "", "", ""),
        (ItemType.TEXT, (), "selected(${reasons}, 'b') and (${sex} != '2' or ${age} > 30)", "", ""),
        (ItemType.CALCULATE, (), "", "", "if(${age} >= 40, ${age} div 2, 0)"),
        (ItemType.INTEGER, (), "", ". >= 0 and . <= 100", ""),
        (ItemType.NOTE, (), "", "", ""),
    ]
    assert [c.label_vi for c in form.by_name["reasons"].choices] == ["Thiết bị, phòng", "Nhân lực"]
    assert (form.by_name["bye"].label_vi, form.by_name["sex"].hint_vi) == ("Cảm ơn & chào", "Theo giấy tờ")


def test_dictionary_goes_on_to_be_an_xlsform() -> None:
    form = read_form(dictionary(*STUDY)).form
    assert convert(write_xlsform(form), file_type=".xlsx", validate=False).xform
    assert read_form(write_xlsform(form)).form == form


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        ("[a]='1'", "${a} = '1'"),
        ("[a] <> ''", "${a} != ''"),
        ("[sex] = 2", "${sex} = '2'"),
        ("[age] = 2", "${age} = 2"),
        ("[agrees] = '1' and [agrees] <> 0", "${agrees} = 'yes' and ${agrees} != 'no'"),
        ("[m(x)] = '0' OR [m( y )] <> 1", "not(selected(${m}, 'x')) or not(selected(${m}, 'y'))"),
        ("not ([a] > 1.5) and [b] - 1 / 2 <= -3", "not(${a} > 1.5) and ${b} - 1 div 2 <= - 3"),
    ],
)
def test_logic_in_words_of_this_house(logic: str, expected: str) -> None:
    assert translated(logic, {"sex": {}, "agrees": {"1": "yes", "0": "no"}}) == expected


@pytest.mark.parametrize(
    ("logic", "position"),
    [
        ("datediff([a], 'today', 'y') > 1", 1),
        ("[event_1][a] = 1", 1),
        ("[a] = 1 and [user-name] = 'x'", 13),
        ("[m(x)] > 0", 1),
        ("[m(x)]", 1),
        ("sum([a], [b]) = 1", 1),
        ("[a] = 1 & [b] = 2", 9),
    ],
)
def test_logic_without_equal_is_refused_with_its_place(logic: str, position: int) -> None:
    with pytest.raises(Refused) as refused:
        translated(logic)
    assert refused.value.problems[0].values["position"] == position


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (row("f", "file"), ("type_unknown", 3, "field_type")),
        (row("Tuổi"), ("name_unfit", 3, "field_name")),
        (row("record_x", "radio"), ("list_unknown", 3, "select_choices_or_calculations")),
        (row("r", "radio", select_choices_or_calculations="1, A | 1, B"), ("choice_unread", 3, "select_choices_or_calculations")),
        (row("t", text_validation_type_or_show_slider_number="email"), ("value_unknown", 3, "text_validation_type_or_show_slider_number")),
        (row("t", text_validation_type_or_show_slider_number="date_dmy", text_validation_min="2020-01-01"), ("value_unknown", 3, "text_validation_min")),
        (row("t", branching_logic="[later] = 1"), ("name_not_before", 3, "branching_logic")),
        (row("t", branching_logic="[a]["), ("expression_unread", 3, "branching_logic")),
        (row("t", field_annotation="@HIDDEN"), ("value_unknown", 3, "field_annotation")),
        (row("t", matrix_ranking="y"), ("value_unknown", 3, "matrix_ranking")),
        (row("t", label=""), ("label_missing", 3, "field_label")),
        (row("t", label="Về [sex]"), ("text_with_name", 3, "field_label")),
        (row("c", "calc"), ("calculation_missing", 3, "select_choices_or_calculations")),
    ],
)  # fmt: skip
def test_line_outside_the_subset_is_refused_with_row_and_column(
    line: Mapping[str, str], complaint: tuple[str, int, str]
) -> None:
    with pytest.raises(Refused) as refused:
        read_form(dictionary(line))
    (found,) = refused.value.problems
    code, at, column = complaint
    assert (found.code, found.values["row"], found.values["column"]) == (f"surveys.form_{code}", at, SHORT[column])


@pytest.mark.django_db
@pytest.mark.parametrize("as_xlsform", [False, True])
def test_records_of_an_imported_form_become_a_wave(world: object, tmp_path: Path, as_xlsform: bool) -> None:
    content = dictionary(*STUDY[:5])
    path = tmp_path / ("phieu.xlsx" if as_xlsform else "phieu.csv")
    path.write_bytes(write_xlsform(read_form(content, name="phieu.csv").form) if as_xlsform else content)
    records = tmp_path / "records.csv"
    records.write_text(
        "record_id,consent,age,sex,reasons___a,reasons___b,other,phieu_complete\n"
        "1,1,34,1,1,0,,2\n2,1,45,2,0,1,Xa bệnh viện,2\n"
    )
    for _ in range(2):
        call_command("survey-import", instrument=str(path), records=records, wave="Đợt cũ", accept_codes=True)
    wave = Wave._base_manager.get()
    version = InstrumentVersion.objects.get()
    assert (wave.version, version.state, version.instrument.code) == (version, "published", "phieu")
    answers = sorted(sorted((name, v) for (name, _), v in one.answers.items() if v) for one in completed(wave))
    assert answers == [
        [("age", "34"), ("consent", "yes"), ("reasons", "a"), ("sex", "1")],
        [("age", "45"), ("consent", "yes"), ("other", "Xa bệnh viện"), ("reasons", "b"), ("sex", "2")],
    ]
