"""Every legal value says where it comes from; periods never overlap; the factors are those shipped."""

import csv
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lientuc.law import Certainty, NotInForce, Parameters, ValueNotKnown, parameter, shipped
from lientuc.law.parameters import FOLDER
from lientuc.law.parameters.loading import read_values
from lientuc.law.reading import read_yaml

FACTORS = Path(__file__).parent / "data" / "factors.csv"
VALUES = [value for values in shipped().values.values() for value in values]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: f"{value.name}-{value.valid_from}")
def test_value_says_where_it_comes_from(value):
    missing = [name for name in ("unit", "article", "source", "rule_id") if not getattr(value, name)]
    assert missing == []
    assert value.checked_on >= date(2026, 11, 22)
    assert value.citation.certainty is value.certainty


@pytest.mark.parametrize("row", shipped().factors, ids=lambda row: f"{row.rule_id}-{'-'.join(row.sets)}")
def test_factor_says_where_it_comes_from(row):
    assert [name for name in ("article", "source", "rule_id", "roles") if not getattr(row, name)] == []
    assert row.checked_on >= date(2026, 11, 22)
    assert row.citation.text_number in {"32/2023/TT-BYT", "22/2013/TT-BYT"}


@pytest.mark.parametrize("missing", ["article", "source", "certainty", "checked_on", "unit", "rule_id", "valid_from"])
def test_value_without_its_origin_refused(tmp_path, missing):
    row = {
        "value": 1,
        "unit": "day",
        "rule_id": "X",
        "valid_from": "2024-01-01",
        "article": "Circ. 32/2023",
        "source": "s",
        "certainty": "VERIFIED",
        "checked_on": "2026-11-22",
    }
    del row[missing]
    lines = "".join(f"    {key}: {value}\n" for key, value in row.items())
    (tmp_path / "a.yaml").write_text("a.b:\n  -" + lines[3:], encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(f"missing ['{missing}']")):
        read_values(tmp_path)


def test_key_written_twice_refused(tmp_path):
    (tmp_path / "a.yaml").write_text("a: 1\na: 2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="written twice: a"):
        read_yaml(tmp_path / "a.yaml")


def test_decimals_are_read_as_written(tmp_path):
    (tmp_path / "a.yaml").write_text("a: 1.10\n", encoding="utf-8")
    assert read_yaml(tmp_path / "a.yaml") == {"a": Decimal("1.10")}


def _value(valid_from, valid_to):
    return replace(shipped().latest("credits.p.required_hours"), valid_from=valid_from, valid_to=valid_to)


@pytest.mark.parametrize(
    ("ends", "begins"),
    [(date(2025, 6, 30), date(2025, 6, 30)), (date(2025, 7, 1), date(2025, 6, 30)), (None, date(2025, 6, 30))],
)
def test_overlapping_values_refused(ends, begins):
    with pytest.raises(ValueError, match=r"credits\.p\.required_hours: two values hold on 2025-06-30"):
        Parameters.of([_value(date(2024, 1, 1), ends), _value(begins, None)], [])


def test_values_that_follow_each_other_accepted():
    law = Parameters.of([_value(date(2024, 1, 1), date(2025, 6, 29)), _value(date(2025, 6, 30), None)], [])
    assert law.value("credits.p.required_hours", date(2025, 6, 29)).valid_to == date(2025, 6, 29)
    assert law.value("credits.p.required_hours", date(2025, 6, 30)).valid_from == date(2025, 6, 30)


def test_overlapping_factors_refused():
    row = shipped().factor("p", "conference", "chair", "", date(2025, 1, 1), "A")
    with pytest.raises(ValueError, match="two values hold on"):
        Parameters.of([], [row, replace(row, rule_id="other")])


def test_value_that_ends_before_it_begins_refused():
    with pytest.raises(ValueError, match="ends before it begins"):
        Parameters.of([_value(date(2024, 1, 2), date(2024, 1, 1))], [])


@pytest.mark.parametrize(
    ("name", "on"),
    [
        ("credits.p.required_hours", date(2023, 12, 31)),
        ("credits.p_2013.required_hours", date(2024, 1, 1)),
        ("credits.p_2013.required_hours", date(2013, 9, 30)),
        ("credits.s.required_hours", date(2013, 9, 30)),
        ("money.assistant_half_day", date(2025, 10, 27)),
        ("staffing.on_call.station_people", date(2026, 7, 14)),
    ],
)
def test_parameter_outside_its_life_raises(name, on):
    with pytest.raises(NotInForce) as refusal:
        parameter(name, on)
    assert (refusal.value.name, refusal.value.on) == (name, on)


@pytest.mark.parametrize(
    ("name", "on", "value"),
    [
        ("credits.p.required_hours", date(2024, 1, 1), 120),
        ("credits.p_2013.required_hours", date(2023, 12, 31), 48),
        ("credits.p_2013.required_hours", date(2013, 10, 1), 48),
        ("credits.all_2008.yearly_hours", date(2013, 9, 30), 24),
        ("money.lecturer_half_day", date(2025, 10, 27), 2_000_000),
        ("money.lecturer_half_day", date(2025, 10, 28), 4_000_000),
        ("money.daily_allowance", date(2025, 5, 3), 200_000),
        ("money.daily_allowance", date(2025, 5, 4), 300_000),
    ],
)
def test_old_law_stays_callable(name, on, value):
    assert parameter(name, on).whole() == value


def test_name_not_known_is_a_mistake_of_the_caller():
    with pytest.raises(KeyError):
        parameter("credits.p.required", date(2026, 1, 1))


def test_unknown_value_is_never_zero():
    rate = parameter("money.room_other", date(2026, 1, 1))
    assert (rate.value, rate.certainty) == (None, Certainty.UNKNOWN)
    with pytest.raises(ValueNotKnown):
        rate.whole()


def test_value_asked_as_something_else_refused():
    with pytest.raises(TypeError):
        parameter("credits.p.required_hours", date(2026, 1, 1)).text()
    with pytest.raises(TypeError):
        parameter("credits.settings.window", date(2026, 1, 1)).whole()


def test_shipped_is_read_once():
    assert shipped() is shipped()


def test_what_if_changes_the_digest_and_nothing_shipped():
    before = shipped().digest
    changed = shipped().changed("credits.p.required_hours", 150)
    assert changed.value("credits.p.required_hours", date(2026, 1, 1)).whole() == 150
    assert changed.digest != before
    assert shipped().digest == before
    assert shipped().changed("credits.p.required_hours", 150) == changed


def _row_of_csv(row):
    return (
        row["rule_id"],
        row["regime"].lower(),
        row["form"],
        tuple(row["role"].split("|")),
        tuple(filter(None, row["level"].split("|"))),
        row["unit"],
        Decimal(row["value"]) if row["value"] else None,
        Decimal(row["cap_per_event"]) if row["cap_per_event"] else None,
        date.fromisoformat(row["valid_from"]),
        date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        row["article"],
        row["certainty"],
        tuple(filter(None, row["set"].split("+"))),
        row["note"],
    )


def _row_shipped(row):
    return (
        *(row.rule_id, row.regime, row.form, row.roles, row.levels, row.unit, row.value, row.cap_hours),
        *(row.valid_from, row.valid_to, row.article, row.certainty.value, row.sets, row.note),
    )


def test_factors_are_those_of_the_table():
    with FACTORS.open(encoding="utf-8", newline="") as file:
        expected = sorted(map(_row_of_csv, csv.DictReader(file)), key=repr)
    assert sorted(map(_row_shipped, shipped().factors), key=repr) == expected


def test_every_yaml_file_is_read():
    read = {value.name.split(".")[0] for value in VALUES}
    areas = {path.relative_to(FOLDER).parts[0].removesuffix(".yaml") for path in FOLDER.rglob("*.yaml")}
    assert areas - {"texts", "factors"} == read
