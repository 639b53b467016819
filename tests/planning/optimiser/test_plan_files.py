"""The two commands: files in, files out, no database; what is wrong is named with its place."""

import json

import pytest

from lientuc.config import cli
from lientuc.planning.filemode import checking, solving
from tests.planning.optimiser.data import check_plan, generate_instances


@pytest.fixture
def problem_file(tmp_path):
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(generate_instances.generate("small", 3)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def solved_text(tmp_path_factory):
    folder = tmp_path_factory.mktemp("solved")
    asked, out = folder / "problem.json", folder / "plan.json"
    asked.write_text(json.dumps(generate_instances.generate("small", 3)), encoding="utf-8")
    assert solving.main([str(asked), "--out", str(out)]) == 0
    return out.read_text(encoding="utf-8")


@pytest.fixture
def solved(solved_text, tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(solved_text, encoding="utf-8")
    return path


def test_solved_file_passes_both_checks(problem_file, solved, capsys):
    assert checking.main([str(problem_file), str(solved)]) == 0
    report = json.loads(capsys.readouterr().out)
    made, asked = (json.loads(path.read_text()) for path in (solved, problem_file))
    violations, value = check_plan.check(asked, made)
    assert (violations, report["violations"], report["bound_proved"]) == ([], 0, True)
    assert made["value"] == pytest.approx(value, abs=1e-5)
    paid = sum(each["amount"] for each in made["payments"])
    offering = {each["id"]: each for each in asked["offerings"]}
    assert paid >= sum(each["count"] * offering[each["offering"]]["class_cost"] for each in made["classes"])
    wanted = sum(each["count"] for each in asked["needs"])
    assert sum(each["seats"] for each in made["seats"]) + sum(each["persons"] for each in made["unmet"]) == wanted


def test_same_file_twice_gives_the_same_bytes(problem_file, solved, tmp_path):
    again = tmp_path / "again.json"
    solving.main([str(problem_file), "--out", str(again)])
    assert again.read_bytes() == solved.read_bytes()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda made: made["classes"].pop(), "class_too_large"),
        (lambda made: made["payments"].pop(), "cost_not_paid"),
        (lambda made: made["unmet"].pop(), "unmet_wrong"),
        (lambda made: made.update(value=made["value"] + 1), "value_wrong"),
        (lambda made: made["certificate"]["duals"].pop(0), "bound_unproved"),
        (lambda made: made.update(bound=made["bound"] - 1), "bound_unproved"),
    ],
)
def test_tampered_file_is_found_out(problem_file, solved, capsys, change, code):
    made = json.loads(solved.read_text())
    change(made)
    solved.write_text(json.dumps(made))
    assert checking.main([str(problem_file), str(solved)]) == 1
    assert code in {each["code"] for each in json.loads(capsys.readouterr().out)["first"]}


def test_file_with_classes_and_seats_alone_is_checked_for_money_too(problem_file, solved, capsys):
    made = json.loads(solved.read_text())
    solved.write_text(json.dumps({"classes": made["classes"], "seats": made["seats"]}))
    assert checking.main([str(problem_file), str(solved)]) == 0
    poor = json.loads(problem_file.read_text())
    poor["sources"] = [each | {"amount": 0} for each in poor["sources"]]
    problem_file.write_text(json.dumps(poor))
    assert checking.main([str(problem_file), str(solved)]) == 1
    assert '"money_lacking"' in capsys.readouterr().out


def test_class_locks_of_the_file_are_kept(problem_file, solved, tmp_path):
    asked, out = json.loads(problem_file.read_text()), tmp_path / "again.json"
    held = json.loads(solved.read_text())["classes"][0]
    asked["locks"] = [{"offering": held["offering"], "quarter": held["quarter"], "at_least": 0, "at_most": 0}]
    problem_file.write_text(json.dumps(asked))
    assert solving.main([str(problem_file), "--out", str(out)]) == 0
    assert (held["offering"], held["quarter"]) not in {
        (each["offering"], each["quarter"]) for each in json.loads(out.read_text())["classes"]
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda asked: asked.update(format="x"), "format: 'x' is not 'cme-plan-instance/1'"),
        (lambda asked: asked["offerings"][2].pop("min_size"), "offerings[2].min_size: missing"),
        (lambda asked: asked["needs"][4].update(count="3"), "needs[4].count: '3' is not a whole number"),
        (lambda asked: asked["needs"][0].update(unit="?"), "needs: unknown_name: kind organisation, name ?"),
        (
            lambda asked: asked.update(
                locks=[
                    {"offering": asked["offerings"][0]["id"], "quarter": 0, "at_least": 2},
                    {"offering": asked["offerings"][0]["id"], "quarter": 0, "at_most": 1},
                ]
            ),
            "locks: locks_contradict: at_least 2, at_most 1, offering O00001, quarter 0",
        ),
    ],
)
def test_wrong_problem_file_is_named_with_its_place(problem_file, tmp_path, capsys, change, said):
    asked = json.loads(problem_file.read_text())
    change(asked)
    problem_file.write_text(json.dumps(asked))
    assert solving.main([str(problem_file), "--out", str(tmp_path / "plan.json")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "plan.json").exists()


def test_text_that_is_no_json_is_named_with_line_and_column(problem_file, tmp_path, capsys):
    problem_file.write_text('{\n "format": }')
    assert solving.main([str(problem_file), "--out", str(tmp_path / "plan.json")]) == 2
    assert "line 2, column 12" in capsys.readouterr().err
    assert checking.main([str(problem_file), str(tmp_path / "none.json")]) == 2


def test_search_without_memory_leaves_no_file(problem_file, tmp_path, capsys):
    arguments = [str(problem_file), "--out", str(tmp_path / "plan.json"), "--memory-mb", "120"]
    assert solving.main(arguments) == 1
    assert "no plan: memory" in capsys.readouterr().err
    assert not (tmp_path / "plan.json").exists()


def test_both_commands_are_commands_of_the_house():
    assert {"plan-solve", "plan-check"} <= set(cli.FILE_MODE)
