"""Records of an existing study: every layout gives the same answers, every cell is judged, nothing disappears unsaid."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lientuc.accounts.models import SYSTEM
from lientuc.core.errors import NotAllowed, Refused
from lientuc.surveys.enums import Dropped, RecordLayout
from lientuc.surveys.intake.actions import RecordsDraft, take_records
from lientuc.surveys.intake.codes import read_map, write_map
from lientuc.surveys.intake.file import Files, Judged, codes_in_use, judge_files, problems_of_judged, remembered
from lientuc.surveys.intake.records import Choices
from lientuc.surveys.models import Answer, Interviewee, RecordFile, Response, Wave
from tests.factories.surveys import make_response, make_wave, shipped_version
from tests.surveys.record_files import Rows, as_csv, as_kobo, as_limesurvey, as_redcap, interviews, respondents
from tests.world import World

DAY = date(2021, 3, 1)


@pytest.fixture
def version(db: None) -> Any:
    return shipped_version("l3_alumni")


def judged(rows: Rows, version: Any, *, codes: bytes = b"", register: bytes = b"", **chosen: Any) -> Judged:
    return judge_files(Files(as_csv(rows), register, codes), version, Choices(**chosen))


def take(world: World, version: Any, found: Judged, name: str = "Hồi cứu", by: Any = SYSTEM) -> Wave:
    draft = RecordsDraft(name=name, opens_on=DAY, closes_on=DAY)
    return take_records(draft=draft, organisation=world.school, version=version, judged=found, by=by)


def answers(wave: Wave) -> Counter[tuple[str, str]]:
    rows = Answer._base_manager.filter(response__wave=wave)
    return Counter(rows.values_list("item__name", "value"))


def counts_of(rows: Rows) -> Counter[tuple[str, str]]:
    return Counter((name, value) for row in rows for name, value in row.items() if value and name != "record_id")


def test_every_answer_of_the_file_is_stored_once(world: World, version: Any) -> None:
    rows = respondents()
    found = judged(rows, version, register=as_csv(interviews()))
    wave = take(world, version, found)
    assert found.batch.columns.layout == RecordLayout.PLAIN
    assert (found.batch.read, len(found.batch.kept), found.batch.bad, found.batch.impossible) == (152, 152, (), ())
    assert answers(wave) == counts_of(rows)
    assert Counter(Interviewee._base_manager.values_list("role", flat=True)) == {"alumnus": 12, "leader": 9}
    assert (wave.state, wave.item_sets) == ("closed", ["original"])


@pytest.mark.parametrize(
    ("layout", "made", "known"),
    [
        (RecordLayout.REDCAP, as_redcap, False),
        (RecordLayout.KOBO, as_kobo, True),
        (RecordLayout.LIMESURVEY, as_limesurvey, True),
    ],
)
def test_layouts_of_three_programs_give_the_same_answers(
    world: World, version: Any, layout: RecordLayout, made: Callable[[Rows], Rows], known: bool
) -> None:
    rows = respondents(40)
    found = judged(made(rows), version, accept_codes=not known)
    assert (found.batch.columns.layout, found.batch.columns.unused) == (layout, ())
    assert answers(take(world, version, found)) == counts_of(rows)


def test_numeric_codes_are_proposed_confirmed_once_and_remembered(world: World, version: Any) -> None:
    rows = as_redcap(respondents(20))
    first = judged(rows, version)
    assert first.batch.proposed["sex", "2"] == "female"
    assert [p.code for p in problems_of_judged(first)] == ["surveys.codes_not_confirmed"]
    take(world, version, judged(rows, version, accept_codes=True))
    again = judged(rows, version)
    assert (problems_of_judged(again), again.batch.proposed) == ([], {})
    header = next(csv.reader(io.StringIO(as_csv(rows).decode())))
    assert remembered(version, header).values["sex", "1"] == "male"


def test_given_map_wins_over_the_place_in_the_list(world: World, version: Any) -> None:
    """In this study 1 was female."""
    rows = [{"record_id": "1", "consent": "yes", "sex": "1"}, {"record_id": "2", "consent": "yes", "sex": "2"}]
    found = judged(rows, version, codes=b"variable,raw,to\nsex,1,female\nsex,2,male\n")
    assert [record.answers["sex", 0] for record in found.batch.kept] == ["female", "male"]
    assert problems_of_judged(found) == []


def test_map_names_columns_and_is_written_as_it_is_read(version: Any) -> None:
    rows = [{"id": "1", "dong_y": "yes", "q7": "Nữ"}]
    codes = b"item,value,code\nconsent,,dong_y\nsex,,q7\n"
    found = judged(rows, version, codes=codes)
    assert found.batch.kept[0].answers == {("consent", 0): "yes", ("sex", 0): "female"}
    text = write_map(codes_in_use(found))
    assert read_map(csv.reader(io.StringIO(text))) == codes_in_use(found)


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        (b"item,wert\nsex,1\n", "surveys.map_column_missing"),
        (b"item,value,code\nsex,1\n", "surveys.map_line_unreadable"),
        (b"item,value,code\nhaircut,1,male\n", "surveys.map_item_unknown"),
        (b"item,value,code\nsex,1,mann\n", "surveys.map_code_unknown"),
    ],
)
def test_wrong_map_is_refused(version: Any, codes: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        judged([{"sex": "1"}], version, codes=codes)
    assert [p.code for p in refused.value.problems] == [code]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("sex", "mann", "surveys.unknown_choice"),
        ("l3_confident", "6", "surveys.unknown_choice"),
        ("age_years", "17", "surveys.out_of_bounds"),
        ("age_years", "trẻ", "surveys.not_an_integer"),
    ],
)
def test_cell_that_cannot_be_taken_is_named_by_line_and_column(
    version: Any, column: str, value: str, code: str
) -> None:
    rows = respondents(3)
    rows[1][column] = value
    found = judged(rows, version)
    assert [(c.line, c.column, c.value, c.problem.code) for c in found.batch.bad] == [(3, column, value, code)]
    assert [p.code for p in problems_of_judged(found)] == ["surveys.records_bad_cells"]
    spared = judged(rows, version, good_rows=True)
    assert (problems_of_judged(spared), spared.batch.left_out) == ([], {Dropped.BAD_CELLS: (3,)})


@pytest.mark.parametrize("value", ["", "NA", "N/A", "null"])
def test_no_answer_is_no_answer(version: Any, value: str) -> None:
    found = judged([{"consent": "yes", "sex": value, "l3_techniques_new": "none"}], version)
    assert found.batch.kept[0].answers == {("consent", 0): "yes", ("sex", 0): "", ("l3_techniques_new", 0): "none"}


def test_whole_numbers_written_with_a_point_are_whole(version: Any) -> None:
    found = judged([{"consent": "yes", "age_years": "35.0", "l3_confident": "4.0"}], version)
    assert (found.batch.kept[0].answers["age_years", 0], found.batch.kept[0].answers["l3_confident", 0]) == ("35", "4")


def test_impossible_answers_are_listed_and_kept(world: World, version: Any) -> None:
    rows = respondents(30)
    none = next(row for row in rows if row["l3_techniques_wanted"] == "none")
    none["l3_barrier_reason"] = "staff"
    unsure = next(row for row in rows if row["l3_techniques_new"] == "1to5")
    unsure["l3_techniques_new"] = ""
    found = judged(rows, version)
    listed = {(one.line, one.item, one.value, one.certain) for one in found.batch.impossible}
    assert listed == {
        (int(none["record_id"]) + 1, "l3_barrier_reason", "staff", True),
        (int(unsure["record_id"]) + 1, "l4_revenue_up", unsure["l4_revenue_up"], False),
    }
    assert answers(take(world, version, found)) == counts_of(rows)
    assert len(RecordFile._base_manager.get().impossible) == 2


def test_complete_cases_drop_by_reason_and_compare(version: Any) -> None:
    rows = respondents(60)
    for row in rows[:6]:
        row["l3_confident"] = ""
    rows[6]["consent"] = "no"
    rows += [dict.fromkeys(rows[0], ""), dict(rows[20])]
    rows[-2]["record_id"] = "999"
    found = judged(rows, version, complete_cases=True).batch
    assert {reason: len(lines) for reason, lines in found.left_out.items()} == {
        Dropped.EMPTY: 1,
        Dropped.NO_CONSENT: 1,
        Dropped.REPEATED: 1,
        Dropped.UNANSWERED: 6,
    }
    assert (found.read, len(found.kept), found.unanswered) == (62, 53, {"l3_confident": 6})
    assert len(judged(rows, version).batch.kept) == 59


def test_redcap_mark_of_an_incomplete_record_counts(version: Any) -> None:
    rows = as_redcap(respondents(10))
    rows[3]["alumni_complete"] = "0"
    found = judged(rows, version, complete_cases=True, accept_codes=True).batch
    assert found.left_out == {Dropped.MARKED_INCOMPLETE: (5,)}


def test_those_left_out_stand_beside_those_kept(world: World, version: Any) -> None:
    rows = respondents(60)
    for row in rows[:10]:
        row["l3_confident"] = ""
    take(world, version, judged(rows, version, complete_cases=True))
    file = RecordFile._base_manager.get()
    by_item = {one["item"]: one for one in file.compared}
    sexes = Counter(row["sex"] for row in rows[10:]), Counter(row["sex"] for row in rows[:10])
    codes = by_item["sex"]["codes"]
    assert (by_item["sex"]["kept"], by_item["sex"]["dropped"]) == (
        [sexes[0][c] for c in codes],
        [sexes[1][c] for c in codes],
    )
    assert (file.read, file.kept, file.dropped) == (60, 50, {"unanswered": 10})


def test_same_file_changes_nothing_and_a_mended_one_replaces(world: World, version: Any) -> None:
    rows = respondents(12)
    wave = take(world, version, judged(rows, version))
    before = set(Response._base_manager.values_list("pk", flat=True))
    assert take(world, version, judged(rows, version)) == wave
    assert set(Response._base_manager.values_list("pk", flat=True)) == before
    rows[0]["sex"] = "male" if rows[0]["sex"] == "female" else "female"
    take(world, version, judged(rows, version))
    assert (answers(wave), RecordFile._base_manager.count(), Wave._base_manager.count()) == (counts_of(rows), 2, 1)


def test_wave_asked_here_is_never_overwritten(world: World, version: Any) -> None:
    own = make_wave(world.school, "Của mình", version=version)
    make_response(own, {"consent": "yes"})
    with pytest.raises(Refused) as refused:
        take(world, version, judged(respondents(6), version), name="Của mình")
    assert [p.code for p in refused.value.problems] == ["surveys.wave_not_imported"]


def test_health_worker_may_not_import(world: World, version: Any) -> None:
    with pytest.raises(NotAllowed):
        take(world, version, judged(respondents(6), version), by=world.user("health_worker"))
    assert not Wave._base_manager.exists()


@pytest.mark.parametrize(
    ("header", "leader", "alumna"),
    [
        (
            "role,sex,course_type,workplace_current,leader_role",
            "leader,male,,,hospital",
            "alumni,female,short,central,",
        ),
        ("Vai trò,Giới,course,workplace,unit", "lãnh đạo,Nam,,,hospital", "học viên,Nữ,short,central_town,"),
        ("sex,course_type,workplace_current,leader_role", "male,,,hospital", "female,short,central,"),
        ("interviewee_type,gender,course_type,facility_level", "hospital,Male,,", "alumnus,Female,short,central"),
    ],
)
def test_interview_register_is_read_under_many_names(version: Any, header: str, leader: str, alumna: str) -> None:
    register = f"{header}\n{leader}\n{alumna}\n".encode()
    found = judged(respondents(5), version, register=register).interviews
    assert found.bad == ()
    assert [(row.role, dict(row.facts)) for row in found.rows] == [
        ("leader", {"sex": "male", "leader_role": "hospital"}),
        ("alumnus", {"sex": "female", "course_type": "short", "workplace_current": "central"}),
    ]


def test_unknown_code_in_the_register_stands_in_the_way(version: Any) -> None:
    found = judged(respondents(5), version, register=b"role,sex\nleader,x\n")
    assert [p.code for p in problems_of_judged(found)] == ["surveys.interviews_bad_cells"]


def test_command_previews_takes_and_explains(world: World, version: Any, tmp_path: Path, capsys: Any) -> None:
    records, register = tmp_path / "r.csv", tmp_path / "i.csv"
    records.write_bytes(as_csv(respondents()))
    register.write_bytes(as_csv(interviews()))
    given = dict(instrument="l3_alumni", records=records, interviews=register, wave="Nghiên cứu cũ")
    call_command("survey-import", **given, preview=True)
    assert not Wave._base_manager.exists()
    call_command("survey-import", **given)
    wave = Wave._base_manager.get()
    assert (wave.name, wave.organisation.name) == ("Nghiên cứu cũ", "Đơn vị đánh giá (số liệu nhập từ tệp)")
    assert "152" in capsys.readouterr().out
    records.write_bytes(as_csv(respondents()).replace(b"female", b"fremale", 1))
    with pytest.raises(CommandError, match="1 ô không đọc được"):
        call_command("survey-import", **given)
    assert "“fremale”" in capsys.readouterr().out


def test_command_names_the_instruments_there_are(world: World, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes(as_csv(respondents(5)))
    shipped_version("l3_alumni")
    with pytest.raises(CommandError, match="l3_alumni"):
        call_command("survey-import", instrument="l9", records=tmp_path / "r.csv", wave="x")
