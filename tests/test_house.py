"""The rules of the house that a machine can read (docs/adr/0001): size, mutability, pairs, floors, routes, phrases, actions."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import URLPattern, URLResolver, get_resolver

from lientuc.accounts.enums import Role
from lientuc.accounts.permissions import table, titles
from lientuc.config.settings import ROOMS
from lientuc.web.pages import PUBLIC

HOUSE = Path(__file__).parent.parent
SOURCE = HOUSE / "src" / "lientuc"
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("lientuc.")]
FLOOR = {room: len(ROOMS) - index for index, room in enumerate(ROOMS)}
for same_floor in ("quality", "transfer", "evaluation"):
    FLOOR[same_floor] = FLOOR["credits"]
# Pages of the sign-in library: its own checks, no rows of ours.
FOREIGN_ROUTES = ("account_", "mfa_", "api:openapi-json")

# Functions that only prepare what a recorded action then writes.
CALLS_AN_ACTION = {
    "lientuc.accounts.actions.issue_token",
    "lientuc.surveys.actions.note_opened",
    "lientuc.surveys.actions.start",
    "lientuc.surveys.actions.start_open",
    "lientuc.surveys.actions.submit_section",
    "lientuc.surveys.actions.refuse",
}


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Every named route of the house with its pattern."""

    def walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from walk(pattern, inner)
            elif pattern.name:
                yield f"{space}{pattern.name}", pattern

    yield from walk(get_resolver(), "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 45
    }
    assert long == {}


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "services", "managers"])
def test_no_room_for_leftovers(name: str) -> None:
    assert [path for path in SOURCE.rglob(f"{name}*") if path.suffix in {".py", ""}] == []


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_model_says_whether_it_may_change(model: type[models.Model], db: None) -> None:
    assert isinstance(model.mutable, bool)
    if connection.vendor == "sqlite":
        query = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s AND name LIKE '%%_no_%%'"
    else:
        query = "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE '%%\\_no\\_%%'"
    with connection.cursor() as cursor:
        cursor.execute(query, [model._meta.db_table])
        assert cursor.fetchone() == (0 if model.mutable else 2,)


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_instant_and_person_live_and_die_together(model: type[models.Model]) -> None:
    fields = {field.name: field for field in model._meta.get_fields() if isinstance(field, models.Field)}
    constrained = {constraint.name for constraint in model._meta.constraints}
    for name in fields:
        stem = name.removesuffix("_at")
        if name.endswith("_at") and f"{stem}_by" in fields and fields[name].null:
            assert f"{model._meta.db_table}_{stem}_paired" in constrained


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_code_fits_its_column(model: type[models.Model]) -> None:
    """SQLite does not measure, PostgreSQL refuses: a code longer than its column is found here."""
    too_long = {
        (name, code)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
        for name, codes in _codes(constraint.condition)
        for code in codes
        if len(code) > (getattr(model._meta.get_field(name), "max_length", None) or len(code))
    }

    assert too_long == set()


def _codes(condition: object) -> Iterator[tuple[str, list[str]]]:
    """The `field__in` parts of a condition."""
    for part in condition.children if isinstance(condition, models.Q) else []:
        if isinstance(part, models.Q):
            yield from _codes(part)
        elif isinstance(part, tuple) and part[0].endswith("__in") and all(isinstance(code, str) for code in part[1]):
            yield part[0].removesuffix("__in"), part[1]


def test_foreign_keys_point_down_and_leave_no_name_behind() -> None:
    wrong = []
    for model in OUR_MODELS:
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.ManyToManyField):
                continue
            target = field.related_model._meta.app_label
            here = model._meta.app_label
            if target not in FLOOR or here == target:
                continue
            if FLOOR[target] >= FLOOR[here] or not (field.remote_field.related_name or "").endswith("+"):
                wrong.append(f"{model._meta.label}.{field.name} → {target}")
    assert wrong == []


def test_migrations_depend_downward() -> None:
    wrong = []
    for room in ROOMS:
        for path in (SOURCE / room / "migrations").glob("0*.py"):
            module = importlib.import_module(f"lientuc.{room}.migrations.{path.stem}")
            wrong += [
                f"{room}/{path.stem} → {name}"
                for name, _ in module.Migration.dependencies
                if name in FLOOR and name != room and FLOOR[name] >= FLOOR[room]
            ]
    assert wrong == []


def test_every_route_says_its_permission() -> None:
    silent = [
        name
        for name, pattern in routes()
        if not name.startswith(FOREIGN_ROUTES)
        and not name.startswith("api:")
        and getattr(pattern.callback, "permission", None) not in {*table(), PUBLIC}
    ]
    assert silent == []


def test_every_permission_is_used_and_has_two_names() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
    assert [name for name in table() if f'"{name}"' not in text] == []
    assert [name for name, title in titles().items() if not (title.vi and title.en)] == []
    assert all(set(row) == set(Role) for row in table().values())


def test_every_code_has_a_label_in_both_languages() -> None:
    missing = []
    for room in ROOMS:
        if find_spec(f"lientuc.{room}.enums") is None:
            continue
        enums = importlib.import_module(f"lientuc.{room}.enums")
        labels = importlib.import_module(f"lientuc.{room}.phrases").LABELS
        for name, enum in inspect.getmembers(enums, inspect.isclass):
            if issubclass(enum, StrEnum) and enum is not StrEnum and enum.__module__ == enums.__name__:
                texts = labels.get(enum, {})
                missing += [
                    f"{room}.{name}.{code}"
                    for code in enum
                    if not (texts.get(code) and texts[code].vi and texts[code].en)
                ]
    assert missing == []


def test_every_problem_has_a_sentence_in_both_languages() -> None:
    from lientuc.web.say import sentences

    said = sentences()
    codes = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem" and node.args:
                if isinstance(node.args[0], ast.Constant):
                    codes.add(node.args[0].value)
    assert sorted(codes - set(said)) == []
    places = re.compile(r"{(\w+)")
    assert [c for c, text in said.items() if set(places.findall(text.vi)) != set(places.findall(text.en))] == []


def test_every_action_is_recorded_keyword_only_and_knows_who_acts() -> None:
    wrong = []
    for path in FILES:
        if path.stem != "actions" and path.parent.stem != "actions":
            continue
        name = "lientuc." + ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        module = importlib.import_module(name.removesuffix(".__init__"))
        for function_name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or function_name.startswith("_"):
                continue
            parameters = inspect.signature(function).parameters
            keyword_only = all(p.kind is p.KEYWORD_ONLY for p in parameters.values())
            recorded = hasattr(function, "action_code") or f"{name}.{function_name}" in CALLS_AN_ACTION
            if not ("by" in parameters and keyword_only and recorded):
                wrong.append(f"{name}.{function_name}")
    assert wrong == []


def test_templates_ask_no_permission_and_no_rule() -> None:
    forbidden = re.compile(r"why_not|has_perm|\.objects\b")
    assert [path.name for path in SOURCE.rglob("*.html") if forbidden.search(path.read_text(encoding="utf-8"))] == []


def test_templates_link_downward_only() -> None:
    """A page that joins two floors lives in the upper one: lower templates get addresses from their view or the context."""
    named = re.compile(r"""{%\s*url\s+["'](\w+):""")
    wrong = set()
    for path in SOURCE.rglob("*.html"):
        here = path.relative_to(SOURCE).parts[0]
        for room in named.findall(path.read_text(encoding="utf-8")):
            if room != here and FLOOR.get(room, 0) >= FLOOR.get(here, 0):
                wrong.add(f"{path.relative_to(SOURCE)} → {room}")
    assert sorted(wrong) == []
