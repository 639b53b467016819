"""Lists of units: read, judged, entered in one go, undone while nobody refers to them."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.core.errors import NotAllowed, Problem, Refused
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.intake.file import problem_of, read_file
from lientuc.registry.units.actions import receive_units, refuse_units, take_units, undo_units
from lientuc.registry.units.reading import FIELDS
from lientuc.trail.models import ImportBatch
from tests.factories.registry import make_worker
from tests.registry.staff_lists import book
from tests.world import World

HEADER = ["STT", "Mã đơn vị", "Tên đơn vị", "Xã", "Trực thuộc", "Chỉ đạo chuyên môn"]
ROWS = [
    [1, "XA-1", "UBND xã An Mới", "An", "committee", "department"],
    [2, "TYT-1", "Trạm Y tế An Mới", "M1001", "XA-1", "department"],
    [3, "", "Điểm trạm An Mới 1", "An", "TYT-1", "Trạm Y tế An Mới"],
    [4, "station", "Trạm Y tế xã An", "An", "", ""],
]


def received(world: World, rows: list[list[Any]], role: Role = Role.MINISTRY) -> ImportBatch:
    file = read_file(book([HEADER, *rows]), "don-vi.xlsx", FIELDS)
    return receive_units(file=file, organisation=world.department, by=world.user(role))


def problems(batch: ImportBatch) -> list[tuple[int, Problem]]:
    rows = batch.rows.filter(state="bad").order_by("pk")
    return [(row.number, problem_of(stored)) for row in rows for stored in row.problems]


def unit(name: str) -> Organisation:
    return Organisation.objects.unscoped(WhyUnscoped.SETUP).get(name=name)


def count() -> int:
    return Organisation.objects.unscoped(WhyUnscoped.SETUP).count()


def test_list_is_entered_with_its_parents_and_a_second_time_changes_nothing(world: World) -> None:
    by, before = world.user(Role.MINISTRY), count()
    batch = received(world, ROWS)
    assert (batch.counts["new"], batch.counts["unchanged"], batch.counts["bad"]) == (3, 1, 0)
    take_units(batch=batch, good_rows=False, by=by)
    point, station = unit("Điểm trạm An Mới 1"), unit("Trạm Y tế An Mới")
    assert (point.kind, point.care_level, point.commune_code) == ("station_point", "initial", "M1001")
    assert point.employer_path == f"{station.employer_path}{point.pk}/"
    assert station.professional_path == f"{world.department.professional_path}{station.pk}/"
    again = take_units(batch=received(world, ROWS), good_rows=False, by=by)
    assert (again.counts["new"], again.counts["unchanged"], count()) == (0, 4, before + 3)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([1, "", "", "An", "", ""], [Problem("registry.unit_kind_unknown", "kind", {"text": ""}), Problem("places.name_missing", "name")]),
        ([1, "", "Trạm Y tế X", "Nơi Khác", "", ""], [Problem("registry.place_unknown", "commune", {"text": "Nơi Khác"})]),
        ([1, "", "Trạm Y tế X", "An", "nowhere", ""], [Problem("registry.unit_unknown", "employer", {"text": "nowhere"})]),
        ([1, "station", "Tên Khác", "An", "", ""], [Problem("registry.unit_kind_unknown", "kind", {"text": ""}), Problem("registry.unit_named_otherwise", "name", {"name": "Trạm Y tế xã An"})]),
    ],
)  # fmt: skip
def test_each_wrong_cell_is_named(world: World, row: list[Any], expected: list[Problem]) -> None:
    assert problems(received(world, [row])) == [(2, problem) for problem in expected]


def test_code_of_another_province_is_taken(world: World) -> None:
    batch = received(world, [[1, "station2", "Trạm Y tế xã Khác", "An", "", ""]], Role.HEALTH_DEPARTMENT)
    assert problems(batch) == [(2, Problem("places.code_taken", "code", {"code": "station2"}))]


def test_bad_rows_are_parked_only_when_asked(world: World) -> None:
    by, before = world.user(Role.MINISTRY), count()
    batch = received(world, [*ROWS, [5, "", "Không rõ là gì", "An", "", ""]])
    with pytest.raises(Refused) as refused:
        take_units(batch=batch, good_rows=False, by=by)
    assert (refused.value.problems, count()) == ((Problem("registry.rows_bad", values={"count": 1}),), before)
    done = take_units(batch=batch, good_rows=True, by=by)
    assert (done.state, count(), done.rows.get(state="parked").number) == ("taken_in_part", before + 3, 6)


def test_undo_deletes_what_nobody_refers_to_and_names_the_rest(world: World) -> None:
    by, before = world.user(Role.MINISTRY), count()
    batch = take_units(batch=received(world, ROWS), good_rows=False, by=by)
    make_worker(unit("Trạm Y tế An Mới"), "Trần Thị An")
    done = undo_units(batch=batch, reason="Nhầm tệp", by=by)
    kept = {str(unit(name).public_id) for name in ("Trạm Y tế An Mới", "UBND xã An Mới")}
    assert (count(), set(done.counts["kept"]), done.state) == (before + 2, kept, "undone")
    with pytest.raises(Refused):
        undo_units(batch=batch, reason="lần nữa", by=by)


def test_others_may_not(world: World) -> None:
    batch = received(world, ROWS)
    by = world.user(Role.STATION)
    for write in (
        lambda: receive_units(file=read_file(book([HEADER, *ROWS]), "x", FIELDS), organisation=world.department, by=by),
        lambda: take_units(batch=batch, good_rows=True, by=by),
        lambda: refuse_units(batch=batch, by=by),
        lambda: undo_units(batch=batch, reason="x", by=by),
    ):
        with pytest.raises(NotAllowed):
            write()


def test_command_enters_units(world: World, tmp_path: Path) -> None:
    path, before, out = tmp_path / "dv.csv", count(), StringIO()
    path.write_text("\n".join(";".join(map(str, row)) for row in [HEADER, *ROWS]), encoding="utf-8")
    call_command("import", "organisations", str(path), "--organisation", "department", stdout=out)
    assert (out.getvalue().splitlines()[-1], count()) == ("đã nhận toàn bộ", before + 3)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_from_sending_to_undoing(world: World, client: Client, language: str) -> None:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    client.cookies["language"] = language
    before = count()
    file = SimpleUploadedFile("don-vi.xlsx", book([HEADER, [1, "TYT-1", "Trạm Y tế An Mới", "An", "", "department"]]))
    data = {"file": file, "organisation": str(world.department.public_id)}
    sent = client.post(reverse("registry:unit_lists"), data)
    batch = ImportBatch.objects.get()
    assert sent.headers["Location"] == reverse("registry:unit_list", args=[batch.public_id])
    assert client.get(sent.headers["Location"]).status_code == 200
    client.post(reverse("registry:decide_units", args=[batch.public_id]), {"choice": "good_rows"})
    assert count() > before
    client.post(reverse("registry:undo_units", args=[batch.public_id]), {"reason": "Nhầm tệp"})
    assert count() == before
    assert client.get(reverse("registry:unit_list", args=[batch.public_id])).status_code == 200
    assert client.get(reverse("registry:units_template")).status_code == 200
