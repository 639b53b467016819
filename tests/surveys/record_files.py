"""Files of records for tests: invented respondents of the alumni form and an interview register, by a fixed seed."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Mapping, Sequence

from lientuc.surveys.enums import ItemType
from lientuc.surveys.flow import asked_at_all
from lientuc.surveys.shipped import shipped
from lientuc.surveys.specs import ItemSpec, Questionnaire

Rows = list[dict[str, str]]
NAMES_OF_WISHES = ("none", "1to5", "gt5")


def alumni_form() -> Questionnaire:
    """The alumni form as the study asked it: items of the set `original`."""
    return next(form for form in shipped() if form.code == "l3_alumni").with_switches({"original"}, ())


def respondents(count: int = 152, seed: int = 2026) -> Rows:
    """Complete, possible answers by item name, a respondent each."""
    chance, form = random.Random(seed), alumni_form()
    return [_respondent(form, chance, number) for number in range(1, count + 1)]


def _respondent(form: Questionnaire, chance: random.Random, number: int) -> dict[str, str]:
    answers: dict[tuple[str, int], str] = {}
    for _, item in form.items:
        if (item.name, 0) in asked_at_all(form, answers):
            answers[item.name, 0] = _answer(item, chance)
    row = {"record_id": str(number)} | {item.name: "" for _, item in form.items}
    return row | {name: value for (name, _), value in answers.items()}


def _answer(item: ItemSpec, chance: random.Random) -> str:
    if item.name == "consent":
        return "yes"
    match item.type:
        case ItemType.INTEGER:
            return str(
                {"age_years": chance.randint(24, 58), "course_year": chance.randint(2015, 2020)}.get(
                    item.name, chance.randint(0, 100)
                )
            )
        case ItemType.SELECT_ONE:
            weights = [1, 2, 4, 9, 6] if item.list_name == "likert5" else None
            return chance.choices(item.values, weights)[0]
        case ItemType.SELECT_MULTIPLE:
            return " ".join(value for value in item.values if chance.random() < 0.3) or item.values[0]
        case _:
            return ""


def interviews(alumni: int = 12, leaders: int = 9, seed: int = 7) -> Rows:
    """A register of interviews with alumni and leaders."""
    chance = random.Random(seed)
    rows = [
        {
            "role": "alumnus",
            "sex": chance.choice(["male", "female"]),
            "course_type": chance.choice(["basic_specialty", "short"]),
            "workplace_current": chance.choice(["central", "province", "district"]),
            "leader_role": "",
        }
        for _ in range(alumni)
    ]
    return rows + [
        {
            "role": "leader",
            "sex": chance.choice(["male", "female"]),
            "course_type": "",
            "workplace_current": "",
            "leader_role": chance.choice(["health_dept", "hospital", "department"]),
        }
        for _ in range(leaders)
    ]


def as_csv(rows: Sequence[Mapping[str, str]], columns: Sequence[str] = ()) -> bytes:
    """Rows as the bytes of a CSV file."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(columns or rows[0]), lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_redcap(rows: Rows) -> Rows:
    """The same respondents as REDCap exports them: numbers for codes, one 0/1 column for each of several choices."""
    items = alumni_form().by_name
    return [_redcap_row(row, items) for row in rows]


def _redcap_row(row: Mapping[str, str], items: Mapping[str, ItemSpec]) -> dict[str, str]:
    found: dict[str, str] = {"record_id": row["record_id"], "redcap_survey_identifier": ""}
    for name, item in items.items():
        value = row.get(name, "")
        if item.type == ItemType.SELECT_MULTIPLE:
            chosen = value.split()
            found |= {f"{name}___{n}": str(int(code in chosen)) for n, code in enumerate(item.values, start=1)}
        elif item.list_name == "yesno":
            found[name] = {"yes": "1", "no": "0", "": ""}[value]
        elif item.type == ItemType.SELECT_ONE:
            found[name] = str(item.values.index(value) + 1) if value else ""
        else:
            found[name] = value
    return found | {"alumni_complete": "2"}


def as_kobo(rows: Rows) -> Rows:
    """The same as Kobo exports them: groups before names, several choices whole and split."""
    items = alumni_form().by_name
    made = []
    for row in rows:
        found = {"start": "2021-03-01T08:00:00", "_id": row["record_id"], "_uuid": f"u-{row['record_id']}"}
        for name, item in items.items():
            found[f"nhom/{name}"] = row.get(name, "")
            if item.type == ItemType.SELECT_MULTIPLE:
                found |= {f"nhom/{name}/{code}": str(int(code in row.get(name, "").split())) for code in item.values}
        made.append(found)
    return made


def as_limesurvey(rows: Rows) -> Rows:
    """The same as LimeSurvey exports them: names without underscores, `name[code]`, Y and N, a day of sending."""
    items = alumni_form().by_name
    made = []
    for row in rows:
        found = {"id": row["record_id"], "submitdate": "2021-03-01 08:00:00", "lastpage": "5", "startlanguage": "vi"}
        for name, item in items.items():
            short = name.replace("_", "")
            if item.type == ItemType.SELECT_MULTIPLE:
                found |= {f"{short}[{code}]": "Y" if code in row.get(name, "").split() else "N" for code in item.values}
            else:
                found[short] = row.get(name, "")
        made.append(found)
    return made
