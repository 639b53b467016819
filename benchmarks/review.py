"""`python -m benchmarks.review`: the review page and the list of people over 850,000 people in a PostgreSQL of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

PROVINCES, COMMUNES, HOSPITALS = int(os.environ.get("BENCHMARK_PROVINCES", "34")), 98, 44
STATION_STAFF, HOSPITAL_STAFF = 10, 546
RUNS = 20
REVIEW_MS, LIST_MS = 300, 500


def measured() -> None:
    """Fill, refresh, measure; run inside the process that has the database."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from lientuc.accounts.enums import Role
    from lientuc.reports.review.summary import refresh_summary
    from tests.world import World, build_world

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    build_world()
    start = time.perf_counter()
    people = _fill(World())
    print(f"review: {people:,} people filled in {time.perf_counter() - start:.0f} s")
    start = time.perf_counter()
    refresh_summary(date.today())  # noqa: DTZ011
    print(f"review: summary refreshed in {time.perf_counter() - start:.1f} s")
    failed = False
    for role in (Role.MINISTRY, Role.HEALTH_DEPARTMENT, Role.STATION):
        client = Client()
        client.force_login(World().user(role))
        for name, address in _pages(role):
            failed |= _timed(f"review page, {role}, {name}", lambda c=client, a=address: c.get(a), REVIEW_MS)
        for name, address in _lists(role):
            failed |= _timed(f"list of people, {role}, {name}", lambda c=client, a=address: c.get(a), LIST_MS)
    if failed:
        raise SystemExit("a page took longer than it may")


def _pages(role: str) -> list[tuple[str, str]]:
    here = "/ra-soat-nhan-luc/?by="
    pages = [(by, here + by) for by in ("care_level", "title", "area")]
    if role == "ministry":
        return [*pages, ("province", f"{here}province"), ("one province", f"{here}commune&province=M1")]
    return [*pages, ("commune", f"{here}commune"), ("organisation", f"{here}organisation")]


def _lists(role: str) -> list[tuple[str, str]]:
    from urllib.parse import urlencode

    from django.core import signing

    from lientuc.registry.models import HealthWorker
    from tests.world import World

    del role
    here = "/nhan-luc/nguoi/"
    rows = HealthWorker.objects.visible_to(World().user("ministry"), "registry.view_workers").order_by(
        "name_sort", "pk"
    )
    hundredth = rows[4_949]
    last = HealthWorker._base_manager.order_by("-name_sort", "-pk")[50]

    def after(row: Any) -> str:
        return f"{here}?{urlencode({'after': signing.dumps([row.name_sort, row.pk])})}"

    return [("first", here), ("100th", after(hundredth)), ("last", after(last))]


def _timed(name: str, ask: Callable[[], Any], limit: int) -> bool:
    """Print the 95th percentile; whether it is above the limit."""
    times = []
    for number in range(RUNS + 2):
        start = time.perf_counter()
        answer = ask()
        assert answer.status_code == 200, (name, answer.status_code)
        if number >= 2:
            times.append((time.perf_counter() - start) * 1000)
    p95 = sorted(times)[int(len(times) * 0.95) - 1]
    print(f"{name}: p95 {p95:.0f} ms, median {sorted(times)[len(times) // 2]:.0f} ms (limit {limit} ms)")
    return p95 > limit


def _fill(world: Any) -> int:
    """Organisations by rows, people, posts, licences and standings by INSERT … SELECT."""
    from django.db import connection

    from lientuc.places.models import Organisation

    units = _organisations(world)
    Organisation.objects.bulk_create([unit for unit, _ in units], batch_size=2_000)
    _areas()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE unit (organisation_id bigint, staff int)")
        cursor.executemany("INSERT INTO unit VALUES (%s, %s)", [(unit.pk, staff) for unit, staff in units if staff])
        # The rows are made to fit: checking every reference would only lengthen the filling.
        cursor.execute("SET session_replication_role = replica")
        for statement in _statements():
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")
        cursor.execute("SELECT COUNT(*) FROM registry_healthworker")
        return int(cursor.fetchone()[0])


def _organisations(world: Any) -> list[tuple[Any, int]]:
    from lientuc.places.enums import CareLevel, OrganisationKind
    from lientuc.places.models import Organisation

    made: list[tuple[Any, int]] = []
    begin = date(2025, 7, 1)
    for province in range(1, PROVINCES + 1):
        above = world.department if province == 1 else world.organisation("department2") if province == 2 else None
        code = "M1" if province == 1 else "M2" if province == 2 else f"P{province:02d}"
        start = above.professional_path if above else f"/p{province}/"
        for number in range(COMMUNES + HOSPITALS):
            station = number < COMMUNES
            unit = Organisation(
                pk=province * 1_000 + number + 100_000,
                name=f"{'Trạm Y tế' if station else 'Bệnh viện'} {province}.{number}",
                name_fold=f"don vi {province} {number}",
                kind=OrganisationKind.STATION if station else OrganisationKind.HOSPITAL,
                care_level=CareLevel.INITIAL if station else CareLevel.BASIC,
                province_code=code,
                commune_code=f"{province:02d}{number:03d}" if station else "",
                from_on=begin,
                employer_path=f"{start}u{number}/",
                professional_path=f"{start}u{number}/",
            )
            made.append((unit, STATION_STAFF if station else HOSPITAL_STAFF))
    return made


def _areas() -> None:
    from lientuc.places.models import AreaClass
    from lientuc.registry.models import CommunePopulation

    codes = [f"{province:02d}{number:03d}" for province in range(1, PROVINCES + 1) for number in range(COMMUNES)]
    day = date(2025, 7, 1)
    zones = ("I", "II", "III")
    AreaClass.objects.bulk_create(
        AreaClass(unit_code=code, kind="difficulty", value=zones[n % 3], from_on=day, source="benchmark")
        for n, code in enumerate(codes)
        if n % 5 < 2
    )
    CommunePopulation.objects.bulk_create(
        CommunePopulation(commune_code=code, people=4_000 + n % 9_000, stated_on=day, source="benchmark")
        for n, code in enumerate(codes)
    )


def _statements() -> list[str]:
    from lientuc.credits.models import StandingRow
    from lientuc.registry.models import HealthWorker, Licence, Post

    titles = "(ARRAY['doctor','nurse','midwife','assistant_doctor','medical_technician','pharmacist','public_health'])"
    worker = {
        "full_name": "'Nguyễn Văn ' || n", "name_fold": "'nguyen van ' || n", "name_sort": "md5(n::text || organisation_id)",
        "national_number": "lpad((organisation_id * 1000 + n)::text, 12, '0')", "birth_year": "1962 + (n * 7) % 42",
        "title": f"{titles}[1 + n % 7]", "keeper_id": "organisation_id", "sex": "'female'",
    }  # fmt: skip
    post = {
        "worker_id": "w.id", "organisation_id": "w.keeper_id", "kind": "'permanent'", "share": "100",
        "responsible_for_training": "true", "from_on": "DATE '2025-07-01'",
    }  # fmt: skip
    second = {**post, "organisation_id": "w.keeper_id + 1", "responsible_for_training": "false"}
    licence = {
        "worker_id": "w.id", "kind": "'gphn'", "number": "lpad(w.id::text, 7, '0') || '/X-GPHN'", "practising": "true",
        "issued_on": "DATE '2020-01-01' + (w.id % 2200)::int",
    }  # fmt: skip
    standing = {
        "worker_id": "w.id", "on_date": "CURRENT_DATE", "regime": "'p'", "unit": "'credit_hour'",
        "required_quarters": "480", "counted_quarters": "w.id % 600", "secondary_quarters": "0",
        "shortfall_quarters": "0", "yearly_floor_met": "true", "certainty": "'VERIFIED'", "rule_set": "'benchmark'",
        "status": "(ARRAY['met','accruing','short'])[1 + w.id % 3]", "refreshed_on": "CURRENT_DATE",
    }  # fmt: skip
    everybody = "registry_healthworker w"
    return [
        _insert(HealthWorker, worker, "unit, generate_series(1, staff) AS n"),
        _insert(Post, post, everybody),
        _insert(Post, second, f"{everybody} WHERE w.id % 33 = 0 AND w.keeper_id % 1000 < {COMMUNES + HOSPITALS - 1}"),
        _insert(Licence, licence, f"{everybody} WHERE w.id % 10 < 8"),
        _insert(StandingRow, standing, everybody),
    ]


def _insert(model: Any, given: dict[str, str], source: str) -> str:
    """INSERT … SELECT with the given expressions; every other column gets its empty value."""
    columns = [field for field in model._meta.concrete_fields if not field.primary_key]

    def empty(field: Any) -> str:
        if field.column == "public_id":
            return "gen_random_uuid()"
        if field.null:
            return "NULL"
        return "false" if field.get_internal_type() == "BooleanField" else "''"

    values = ", ".join(given.get(field.column) or empty(field) for field in columns)
    names = ", ".join(f'"{field.column}"' for field in columns)
    return f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values} FROM {source}"


def main() -> None:
    """Start a throw-away PostgreSQL and measure in a process that uses it."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from tools.with_postgres import temporary_server

    with temporary_server() as url, tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "LIENTUC_HOME": home,
            "BENCHMARK_INSIDE": "1",
            "PYTHONUNBUFFERED": "1",
        }
        environment["DJANGO_SETTINGS_MODULE"] = "lientuc.config.settings"
        code = subprocess.run([sys.executable, "-m", "benchmarks.review"], env=environment, check=False).returncode
    sys.exit(code)


if __name__ == "__main__":
    if os.environ.get("BENCHMARK_INSIDE"):
        measured()
    else:
        main()
