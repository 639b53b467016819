"""`lientuc standings`: the contract of docs/file-mode.md, cell by cell, and every engine writing the same bytes."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from lientuc.credits.filemode import engines
from lientuc.credits.filemode.command import WRONG, main
from lientuc.credits.filemode.contract import ENTRIES, EXEMPTIONS, LINES, STANDINGS, WORKERS
from lientuc.law.credits import RuleSet, standing
from tests.law.provinces import Question, questions

KEY = RuleSet.default().key
W = """worker_id,title,licence_kind,practising,licence_issued_on,licence_valid_to,converted_on
b2,nurse,gphn,yes,2024-02-29,2029-02-28,
a1,public_health,none,no,,,
"c,3",pharmacist,none,no,,,
d4,doctor,cchn,yes,2015-04-30,,
"""
E = """entry_id,worker_id,activity_on,form,role,level,units,decided_hours
1,b2,2026-01-05,short_course,learner,,100.25,
2,b2,2026-01-05,conference,delegate,,2,
2,b2,2026-01-05,conference,delegate,,2,
3,a1,2026-03-01,conference,speaker,,,9.5
4,a1,2027-01-01,short_course,learner,,5,
5,"c,3",2026-01-01,short_course,learner,,5,
6,d4,2023-12-31,short_course,learner,,5.3,
7,d4,2024-12-31,textbook,author,,1,
"""
X = "worker_id,from_on,to_on,basis\na1,2022-01-01,,long_term_training\n"
P = f"""worker_id,regime,window_start,window_end,required_hours,counted_hours,secondary_hours,shortfall_hours,yearly_floor_met,status,deadline_on,rule_set
a1,S,2022-01-01,2026-12-31,120,8,0,112,no,short,2026-12-31,{KEY}
b2,P,2021-11-23,2026-11-22,120,103.25,3,16.75,yes,accruing,2028-12-30,{KEY}
"c,3",pharmacy,,,0,0,0,0,yes,not_covered,,{KEY}
d4,P,2021-11-23,2026-11-22,120,5.25,5.25,114.75,yes,accruing,2035-03-01,{KEY}
"""
L = """worker_id,entry_id,hours,reason,article,certainty
a1,3,8,capped,Circ. 22/2013 Art. 6(2) as amended,VERIFIED
a1,4,0,future,Circ. 22/2013 Art. 6(1),VERIFIED
b2,1,100.25,counted,Circ. 32/2023 Art. 3(1),VERIFIED
b2,2,3,counted,Circ. 32/2023 App. I,SECONDARY
b2,2,0,duplicate,Circ. 32/2023 App. I,SECONDARY
"c,3",5,0,not_covered,,UNKNOWN
d4,6,5.25,counted_pre2024,Circ. 22/2013 Art. 6(1),UNVERIFIED
d4,7,0,no_value_known,Circ. 32/2023 App. I,UNKNOWN
"""
ENGINES = ("reference", "duckdb")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the three files."""
    for name, text in (("W.csv", W), ("E.csv", E), ("X.csv", X)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def asked(desk: Path, *more: str, workers: str = "W.csv", entries: str = "E.csv", out: str = "P.csv") -> list[str]:
    named = ["--workers", str(desk / workers), "--entries", str(desk / entries), "--out", str(desk / out)]
    return [*named, "--on", "2026-11-22", *more]


def standings_of(desk: Path) -> dict[str, dict[str, str]]:
    """The written rows by worker."""
    return {row["worker_id"]: row for row in csv.DictReader((desk / "P.csv").read_text(encoding="utf-8").splitlines())}


@pytest.mark.parametrize("engine", ENGINES)
def test_standings_and_lines_as_the_contract_says(desk: Path, engine: str) -> None:
    assert main(asked(desk, "--engine", engine, "--explain", str(desk / "L.csv"))) == 0
    assert (desk / "P.csv").read_text(encoding="utf-8") == P
    assert (desk / "L.csv").read_text(encoding="utf-8") == L
    assert sorted(path.name for path in desk.iterdir()) == ["E.csv", "L.csv", "P.csv", "W.csv", "X.csv"]


@pytest.mark.parametrize("engine", ENGINES)
def test_exemption_window_and_factor_set_are_read(desk: Path, engine: str) -> None:
    more = ("--exemptions", str(desk / "X.csv"), "--window", "licence", "--factors", "B", "--engine", engine)
    assert main(asked(desk, *more)) == 0
    rows = standings_of(desk)
    assert [rows["a1"][name] for name in ("required_hours", "yearly_floor_met", "status")] == ["120", "yes", "exempt"]
    assert [rows["b2"][name] for name in ("window_start", "window_end", "secondary_hours")] == [
        "2024-02-29",
        "2029-02-28",
        "2",
    ]
    assert rows["d4"]["window_start"] == "2030-05-01"


def test_parameter_set_for_a_what_if(desk: Path) -> None:
    assert main(asked(desk, "--set", "credits.p.required_hours=100", "--set", "cap:S-11=9")) == 0
    rows = standings_of(desk)
    assert (rows["b2"]["status"], rows["a1"]["counted_hours"]) == ("met", "9")
    assert rows["b2"]["rule_set"] != KEY


@pytest.mark.parametrize("engine", ENGINES)
def test_parquet_by_the_ending(desk: Path, engine: str) -> None:
    for name in ("W", "E"):
        typed = pyarrow.csv.read_csv(desk / f"{name}.csv")
        pq.write_table(typed, desk / f"{name}.parquet")
    more = ("--engine", engine, "--explain", str(desk / "L.parquet"))
    assert main(asked(desk, *more, workers="W.parquet", entries="E.parquet", out="P.parquet")) == 0
    found, lines = pq.read_table(desk / "P.parquet"), pq.read_table(desk / "L.parquet")
    assert (found.column_names, lines.column_names) == (list(STANDINGS), list(LINES))
    assert found.schema.field("counted_hours").type == pa.decimal128(12, 2)
    assert found["counted_hours"].to_pylist() == [Decimal(8), Decimal("103.25"), Decimal(0), Decimal("5.25")]


def test_parquet_is_the_same_bytes_from_every_engine(desk: Path) -> None:
    for engine in ENGINES:
        assert main(asked(desk, "--engine", engine, out=f"{engine}.parquet")) == 0
    assert (desk / "reference.parquet").read_bytes() == (desk / "duckdb.parquet").read_bytes()


def test_order_of_the_rows_does_not_matter(desk: Path) -> None:
    for name in ("W.csv", "E.csv"):
        head, *rows = (desk / name).read_text(encoding="utf-8").splitlines()
        (desk / name).write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    assert main(asked(desk, "--explain", str(desk / "L.csv"))) == 0
    assert ((desk / "P.csv").read_text(encoding="utf-8"), (desk / "L.csv").read_text(encoding="utf-8")) == (P, L)


def test_file_saved_by_a_spreadsheet_is_read(desk: Path) -> None:
    (desk / "W.csv").write_bytes(b"\xef\xbb\xbf" + W.replace("\n", "\r\n").encode())
    assert main(asked(desk)) == 0
    assert (desk / "P.csv").read_text(encoding="utf-8") == P


WRONG_CELLS = [
    ("W.csv", "b2,nurse,", "b2,nursing,", "W.csv:2:title: “nursing” – title must be one of doctor, "),
    (
        "W.csv",
        "b2,nurse,gphn",
        "b2,nurse,GPHN",
        "W.csv:2:licence_kind: “GPHN” – licence_kind must be one of gphn, cchn, none",
    ),
    ("W.csv", ",yes,2024-02-29", ",true,2024-02-29", "W.csv:2:practising: “true” – practising must be yes or no"),
    ("W.csv", "2024-02-29", "2023-02-29", "W.csv:2:licence_issued_on: “2023-02-29” – licence_issued_on must be a day"),
    ("W.csv", "a1,public", "b2,public", "W.csv:2:worker_id: “b2” – this worker_id stands in several rows"),
    ("W.csv", "d4,doctor", ",doctor", "W.csv:5:worker_id: empty – worker_id must be a text"),
    ("W.csv", "practising", "active", "W.csv:1: without the column practising; the first line must be worker_id,title"),
    ("E.csv", "7,d4", "7,d5", "E.csv:9:worker_id: “d5” – no row of W.csv has this worker_id"),
    (
        "E.csv",
        "2024-12-31",
        "31/12/2024",
        "E.csv:9:activity_on: “31/12/2024” – activity_on must be a day as YYYY-MM-DD",
    ),
    ("E.csv", "textbook", "book", "E.csv:9:form: “book” – form must be one of short_course"),
    ("E.csv", ",author,", ",writer,", "E.csv:9:role: “writer” – role must be one of learner"),
    ("E.csv", "author,,1", "author,world,1", "E.csv:9:level: “world” – level must be one of state"),
    ("E.csv", "100.25", "-1", "E.csv:2:units: “-1” – units must be a number from 0 to 99999"),
    ("E.csv", "100.25", '"100,25"', "E.csv:2:units: “100,25” – units must be a number"),
    ("E.csv", ",9.5", ",9.50001", "E.csv:5:decided_hours: “9.50001” – decided_hours must be a number"),
    ("E.csv", "learner,,5.3,", "learner,,5.3", "E.csv:8: cannot be read: Expected Number of Columns: 8 Found: 7"),
    ("X.csv", "2022-01-01,,", "2022-01-02,2022-01-01,", "X.csv:2:to_on: “2022-01-01” – to_on is before from_on"),
]


@pytest.mark.parametrize(("name", "good", "bad", "said"), WRONG_CELLS, ids=[said[:34] for *_, said in WRONG_CELLS])
def test_wrong_cell_is_told_with_file_line_and_column(
    desk: Path, capsys: pytest.CaptureFixture[str], name: str, good: str, bad: str, said: str
) -> None:
    text = (desk / name).read_text(encoding="utf-8")
    assert good in text
    (desk / name).write_text(text.replace(good, bad, 1), encoding="utf-8")
    told = []
    for engine in ENGINES:
        assert main(asked(desk, "--engine", engine, "--exemptions", str(desk / "X.csv"))) == WRONG
        told.append(capsys.readouterr().err)
    assert told[0] == told[1]
    assert told[0].startswith(f"{desk}/{said}")
    assert not (desk / "P.csv").exists()


def test_column_filled_wrongly_is_told_once_not_a_million_times(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"{n},a1,2026-01-01,course,learner,,1,\n" for n in range(1_000))
    (desk / "E.csv").write_text(E.splitlines()[0] + "\n" + rows, encoding="utf-8")
    assert main(asked(desk)) == WRONG
    told = capsys.readouterr().err.splitlines()
    assert (len(told), told[-1]) == (51, "… and 950 more rows with the same troubles")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--on", "2013-09-30"), "--on 2013-09-30: no text known to the house"),
        (("--set", "credits.p.required_hours=much"), "--set: credits.p.required_hours=much cannot be set"),
        (("--workers", "nowhere.csv"), "nowhere.csv: there is no such file; check the path"),
        (("--out", "nowhere/P.csv"), "nowhere/P.csv: its folder does not exist; make it first"),
    ],
)
def test_question_that_cannot_be_answered(
    desk: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, str], said: str
) -> None:
    assert main(asked(desk) + list(more)) == WRONG
    assert capsys.readouterr().err.startswith(said)


def test_engine_that_is_not_installed_says_what_to_do(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert main(asked(desk, "--engine", "spark")) == WRONG
    assert "needs PySpark 4.0, which is not installed; install it, or take --engine duckdb" in capsys.readouterr().err


def test_command_runs_in_an_empty_directory_and_leaves_only_its_file(desk: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    bare = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "LIENTUC_HOME")}
    command = [sys.executable, "-m", "lientuc.config.cli", "standings", *asked(desk)[:-3], str(empty / "P.csv")]
    done = subprocess.run(
        [*command, "--on", "2026-11-22"], cwd=empty, env=bare, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in empty.iterdir()] == ["P.csv"]


def test_columns_are_those_of_the_contract() -> None:
    """Word for word: other people's systems read these files."""
    assert [column.name for column in WORKERS] == W.splitlines()[0].split(",")
    assert [column.name for column in ENTRIES] == E.splitlines()[0].split(",")
    assert [column.name for column in EXEMPTIONS] == X.splitlines()[0].split(",")
    assert list(STANDINGS) == P.splitlines()[0].split(",")
    assert list(LINES) == L.splitlines()[0].split(",")


def written(question: Question, folder: Path) -> None:
    """The question as files of the contract, its repeated certificates left out: they have no column."""
    with (folder / "W.csv").open("w", encoding="utf-8", newline="") as workers:
        write = csv.writer(workers, lineterminator="\n")
        write.writerow([column.name for column in WORKERS])
        for person in question.people:
            facts = person.facts
            days = (facts.licence_issued_on, facts.licence_valid_to, facts.converted_on)
            practising = "yes" if facts.practising else "no"
            write.writerow([f"w{person.worker:06d}", facts.title, facts.licence_kind, practising, *days])
    with (folder / "E.csv").open("w", encoding="utf-8", newline="") as entries:
        write = csv.writer(entries, lineterminator="\n")
        write.writerow([column.name for column in ENTRIES])
        for person in question.people:
            for e in person.entries:
                row = [
                    e.entry_id,
                    f"w{person.worker:06d}",
                    e.activity_on,
                    e.form,
                    e.role,
                    e.level,
                    e.units,
                    e.decided_hours,
                ]
                write.writerow(row)
    with (folder / "X.csv").open("w", encoding="utf-8", newline="") as exemptions:
        write = csv.writer(exemptions, lineterminator="\n")
        write.writerow([column.name for column in EXEMPTIONS])
        for person in question.people:
            for e in person.exemptions:
                write.writerow([f"w{person.worker:06d}", e.from_on, e.to_on, e.basis])


def _files_of_both_engines(question: Question, folder: Path) -> dict[str, bytes]:
    written(question, folder)
    found = {}
    for engine in ENGINES:
        files = ["--workers", "W.csv", "--entries", "E.csv", "--exemptions", "X.csv"]
        files = [str(folder / name) if name.endswith(".csv") else name for name in files]
        out = ["--out", str(folder / f"{engine}.csv"), "--explain", str(folder / f"{engine}-lines.csv")]
        chosen = ["--on", str(question.on), "--window", question.rules.window, "--factors", question.rules.factor_set]
        assert main([*files, *out, *chosen, "--engine", engine]) == 0
        found[engine] = (folder / f"{engine}.csv").read_bytes() + (folder / f"{engine}-lines.csv").read_bytes()
    return found


@pytest.mark.parametrize("place", range(3))
def test_provinces_give_the_same_bytes_from_every_engine(tmp_path: Path, place: int) -> None:
    question = list(questions(40, 7))[place]
    found = _files_of_both_engines(question, tmp_path)
    assert found["reference"] == found["duckdb"]
    assert len(question.people) >= 50
    assert found["duckdb"].count(b"\n") > 50


def test_broken_engine_writes_other_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: an engine that forgets the exemptions is seen in the files."""

    def forgetful(worker, entries, exemptions, on, rules):
        return standing(worker, entries, (), on, rules)

    monkeypatch.setattr(engines, "standing", forgetful)
    found = _files_of_both_engines(next(questions(40, 7)), tmp_path)
    assert found["reference"] != found["duckdb"]
