"""`lientuc standings`: arguments in, an exit code out; runs in any directory, without settings and without a database."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from lientuc.law import NotInForce
from lientuc.law.credits import FactorSet, RuleSet, WindowMode

from ..rules.changes import change_problems, changed_rules
from .contract import EngineMissing, Files, Trouble, WrongFiles
from .engines import Asked, EngineName, answer
from .reading import read_checked
from .writing import write_lines, write_standings

HELP = "Reckon standings from files to files: CSV, or Parquet by the ending .parquet; no database is read or written."
MEMORY = "2GB"
WRONG = 2


def add_arguments(parser: ArgumentParser) -> None:
    """The contract's arguments."""
    rules = RuleSet.default()
    parser.add_argument("--workers", type=Path, required=True, help="one row for each worker")
    parser.add_argument("--entries", type=Path, required=True, help="one row for each activity")
    parser.add_argument("--exemptions", type=Path, help="one row for each time of exemption")
    parser.add_argument("--on", type=date.fromisoformat, required=True, help="the day asked about, YYYY-MM-DD")
    parser.add_argument("--window", choices=[*WindowMode], default=rules.window.value, help="from where five years run")
    parser.add_argument(
        "--factors", choices=[*FactorSet], default=rules.factor_set.value, help="copy of the conversion table"
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a what-if, for example credits.p.required_hours=150",
    )
    parser.add_argument("--engine", choices=[*EngineName], default=EngineName.DUCKDB.value)
    parser.add_argument("--out", type=Path, required=True, help="the file of standings")
    parser.add_argument("--explain", type=Path, help="a file with every entry and its reason")


def run(options: Namespace) -> list[str]:
    """Do it; what is wrong, line by line, or nothing when the files are written."""
    try:
        rules = _rules(options)
        files = Files(options.workers, options.entries, options.out, options.exemptions, options.explain)
        _reckon(files, options.on, rules, EngineName(options.engine))
    except WrongFiles as wrong:
        more = [f"… and {wrong.more} more rows with the same troubles"] if wrong.more else []
        return [*map(str, wrong.troubles), *more]
    except NotInForce as refusal:
        return [
            f"--on {options.on}: no text known to the house gives {refusal.name} a value on that day; ask a later day"
        ]
    except EngineMissing as missing:
        return [str(missing)]
    return []


def _reckon(files: Files, on: date, rules: RuleSet, engine: EngineName) -> None:
    for path in filter(None, (files.out, files.explain)):
        if not path.absolute().parent.is_dir():
            raise WrongFiles([Trouble(path, "its folder does not exist; make it first")])
    # On disk, not in memory: thirty million rows are larger than a small machine.
    with (
        TemporaryDirectory(prefix="lientuc-standings-") as folder,
        duckdb.connect(Path(folder) / "tables.duckdb") as con,
    ):
        con.execute(f"SET memory_limit = '{MEMORY}'")
        con.execute(f"SET temp_directory = '{folder}/spill'")
        read_checked(con, files)
        asked = Asked(con, on, rules, explained=files.explain is not None)
        answer(engine, asked)
        write_standings(con, files.out, rules.key)
        if files.explain is not None:
            write_lines(con, files.explain)


def _rules(options: Namespace) -> RuleSet:
    rules = changed_rules(RuleSet.default(), [("window", options.window), ("factor_set", options.factors)])
    for pair in options.set:
        name, _, value = pair.partition("=")
        if change_problems(rules, name, value):
            raise WrongFiles(
                [Trouble(Path("--set"), f"{pair} cannot be set; docs/file-mode.md lists names and values")]
            )
        rules = changed_rules(rules, [(name, value)])
    return rules


def main(arguments: list[str]) -> int:
    """Run without Django; 0 when the files are written, 2 when something must be mended first."""
    parser = ArgumentParser(prog="lientuc standings", description=HELP)
    add_arguments(parser)
    troubles = run(parser.parse_args(arguments))
    for line in troubles:
        sys.stderr.write(f"{line}\n")
    return WRONG if troubles else 0
