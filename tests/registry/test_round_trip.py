"""Export → edit in LibreOffice → import: only what was edited is written, and shown cell by cell before."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.core.errors import Problem
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.actions import take_staff
from lientuc.registry.enums import TakeChoice
from lientuc.registry.intake.editing import changes_of, posts_to_edit
from lientuc.registry.intake.file import problem_of
from lientuc.registry.intake.papers import people_to_edit
from lientuc.registry.models import HealthWorker, Licence, Post
from tests.factories.registry import make_worker
from tests.registry.staff_lists import AN, BINH, HEADER, book, receive
from tests.registry.test_intake_quirks import converted
from tests.world import World

TABLES = (HealthWorker, Post, Licence)
ALL = TakeChoice.ALL_OR_NOTHING


def everything() -> list[list[dict[str, object]]]:
    return [list(model.objects.unscoped(WhyUnscoped.SETUP).order_by("pk").values()) for model in TABLES]


def exported(world: World) -> bytes:
    by = world.user(Role.HEALTH_DEPARTMENT)
    at_both = [*AN[:6], "hospital", *AN[7:]]
    take_staff(batch=receive(book([HEADER, AN, BINH]), world.station, by), choice=ALL, by=by)
    take_staff(batch=receive(book([HEADER, at_both]), world.department, by), choice=ALL, by=by)
    return people_to_edit(posts_to_edit(by, world.department).iterator(chunk_size=2000))


def edited_in_libreoffice(content: bytes, old: str, new: str, tmp_path: Path) -> bytes:
    """Saved by LibreOffice as ODS, one cell edited there, saved as xlsx again."""
    ods = converted(content, "ods", tmp_path)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ods)) as source, zipfile.ZipFile(made, "w") as copy:
        for name in source.namelist():
            part = source.read(name)
            if name == "content.xml":
                text, times = re.subn(f"(<text:p>){re.escape(old)}(</text:p>)", rf"\g<1>{new}\g<2>", part.decode())
                assert times >= 1
                part = text.encode()
            copy.writestr(name, part)
    again = tmp_path / "again"
    again.mkdir()
    (again / "ds.ods").write_bytes(made.getvalue())
    import subprocess

    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(again), str(again / "ds.ods")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (again / "ds.xlsx").read_bytes()


def test_list_sent_back_unedited_changes_nothing(world: World, tmp_path: Path) -> None:
    content = converted(exported(world), "xlsx:Calc MS Excel 2007 XML", tmp_path)
    before, by = everything(), world.user(Role.HEALTH_DEPARTMENT)
    batch = receive(content, world.department, by)
    assert {key: batch.counts[key] for key in ("rows", "good", "bad", "unchanged")} == {
        "rows": 3, "good": 0, "bad": 0, "unchanged": 3,
    }  # fmt: skip
    take_staff(batch=batch, choice=ALL, by=by)
    assert everything() == before


def test_only_the_edited_cell_is_written(world: World, tmp_path: Path) -> None:
    content = edited_in_libreoffice(exported(world), "Lê Văn Bình", "Lê Văn Bính", tmp_path)
    before, by = everything(), world.user(Role.HEALTH_DEPARTMENT)
    batch = receive(content, world.department, by)
    assert (batch.counts["good"], batch.counts["unchanged"], batch.counts["new"]) == (1, 2, 0)
    assert [(c.person, c.field, c.before, c.after) for c in changes_of(batch, 10)] == [
        ("Lê Văn Bình", "Họ và tên", "Lê Văn Bình", "Lê Văn Bính")
    ]
    take_staff(batch=batch, choice=ALL, by=by)
    [people, posts, licences] = everything()
    changed = [row for row in people if row not in before[0]]
    assert [(row["full_name"], row["name_fold"], row["national_number"]) for row in changed] == [
        ("Lê Văn Bính", "le van binh", "001085000002")
    ]
    assert [posts, licences] == before[1:]


def test_export_holds_no_national_number_and_an_empty_cell_erases_none(world: World) -> None:
    content = exported(world)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Danh sách"]
    assert "001190000001" not in {cell.value for row in sheet.iter_rows() for cell in row}
    batch = receive(content, world.department, world.user(Role.HEALTH_DEPARTMENT))
    assert batch.counts["unchanged"] == 3


def test_record_of_another_unit_cannot_be_edited_by_its_key(world: World) -> None:
    stranger = make_worker(world.organisation("hospital2"), "Người Khác", born_on=date(1980, 1, 1))
    rows = [["Họ và tên", "Chức danh", "Mã hồ sơ"], ["Người Mạo Danh", "Bác sĩ", str(stranger.public_id)]]
    batch = receive(book(rows), world.station, world.user(Role.STATION))
    stored = batch.rows.get().problems[0]
    assert problem_of(stored) == Problem("registry.record_unknown", "record")
    stranger.refresh_from_db()
    assert stranger.full_name == "Người Khác"


def test_page_gives_the_list_of_a_unit_and_not_of_another(world: World, client: object) -> None:
    make_worker(world.station, "Trần Thị An")
    make_worker(world.station_b, "Lê Văn Bình")
    client.force_login(world.user(Role.STATION))  # type: ignore[attr-defined]
    for query in ({}, {"organisation": str(world.station.public_id)}, {"organisation": str(world.station_b.public_id)}):
        answer = client.get(reverse("registry:staff_to_edit"), query)  # type: ignore[attr-defined]
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        sheet = openpyxl.load_workbook(io.BytesIO(content))["Danh sách"]
        assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["Trần Thị An"]
