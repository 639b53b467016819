"""Files of entries: previewed, judged row by row, taken once, the rest parked; a file sent twice adds nothing."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Problem, Refused
from lientuc.credits.actions.intake import preview_entries, refuse_file, take_entries
from lientuc.credits.enums import EntrySource
from lientuc.credits.intake.preview import read_entries
from lientuc.credits.models import CreditEntry, StandingRow
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.enums import ImportState, JobState, RowState
from lientuc.trail.jobs import run_next
from lientuc.trail.models import AuditEntry, ImportBatch, ImportRow
from tests.factories.credits import make_entry, make_reversal
from tests.factories.registry import make_licence, make_worker
from tests.world import World

ALL = WhyUnscoped.SETUP
HEADER = ["STT", "Họ và tên", "Số CCCD", "Ngày", "Hình thức", "Vai trò", "Số tiết", "Nội dung", "Số chứng nhận"]
COURSE = "khóa đào tạo, bồi dưỡng ngắn hạn"


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock_at(date(2026, 6, 15)):
        yield


def workbook(*rows: list[Any], header: list[str] = HEADER, above: int = 2) -> bytes:
    book = Workbook()
    sheet = book.active
    for number in range(above):
        sheet.append([f"DANH SÁCH {number}"])
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def row_of(person: Any, number: int = 1, **changes: Any) -> list[Any]:
    values = {
        "place": number,
        "name": person.full_name,
        "worker": person.national_number,
        "day": datetime(2026, 3, 5),
        "form": COURSE,
        "role": "học viên",
        "units": 7.5,
        "title": f"Lớp {number}",
        "certificate": f"{number}/2026/C.01",
    }
    return list((values | changes).values())


def sent(world: World, *rows: list[Any], role: Role = Role.STATION, **about: Any) -> ImportBatch:
    return preview_entries(sent=read_entries(workbook(*rows, **about), "giờ học.xlsx"), by=world.user(role))


def ledger() -> Any:
    return CreditEntry.objects.unscoped(ALL)


def problems_of(batch: ImportBatch) -> list[tuple[int, str, list[tuple[int | None, str]]]]:
    return [
        (row.number, row.state, [(stored["column"], stored["code"]) for stored in row.problems])
        for row in ImportRow.objects.filter(batch=batch).order_by("pk")
    ]


def test_preview_judges_every_cell_and_writes_nothing_into_the_ledger(world: World) -> None:
    worker, other = make_worker(world.station), make_worker(world.station_b)
    batch = sent(
        world,
        row_of(worker, 1),
        row_of(other, 2),
        row_of(worker, 3, day="32/13/2026"),
        row_of(worker, 4, day=datetime(2026, 7, 1), units="nhiều"),
        row_of(worker, 5, certificate="1 / 2026/c.01"),
        row_of(worker, 6, name="Lê Văn Bình"),
        row_of(worker, 7, form="khiêu vũ"),
        row_of(worker, 8, day="05/03/2026", units="7,5"),
    )
    assert problems_of(batch) == [
        (4, RowState.GOOD, []),
        (5, RowState.BAD, [(2, "credits.no_worker")]),
        (6, RowState.BAD, [(3, "credits.day_wrong")]),
        (7, RowState.BAD, [(6, "credits.number_wrong"), (3, "credits.future_day")]),
        (8, RowState.BAD, [(8, "credits.certificate_taken")]),
        (9, RowState.BAD, [(1, "credits.name_differs")]),
        (10, RowState.BAD, [(4, "credits.form_unknown")]),
        (11, RowState.GOOD, []),
    ]
    assert (batch.state, batch.counts) == (ImportState.PREVIEWED, {"good": 2, "bad": 6})
    assert not ledger().exists()


def test_zeros_lost_in_the_number_are_mended_and_licence_numbers_found(world: World) -> None:
    worker = make_worker(world.station)
    nurse = make_worker(world.station)
    licence = make_licence(nurse)
    batch = sent(world, row_of(worker, 1, worker=int(worker.national_number)), row_of(nurse, 2, worker=licence.number))
    take_entries(batch=batch, by=world.user(Role.STATION))
    assert [row.worker for row in ledger().order_by("pk")] == [worker, nurse]


def test_whole_file_is_taken_in_one_action(world: World) -> None:
    people = [make_worker(world.station) for _ in range(3)]
    batch = sent(world, *(row_of(worker, number) for number, worker in enumerate(people, start=1)))
    batch = take_entries(batch=batch, by=world.user(Role.STATION))
    assert (batch.state, batch.counts) == (ImportState.TAKEN, {"taken": 3})
    assert {(row.worker, row.source, str(row.units)) for row in ledger()} == {
        (worker, EntrySource.EXCEL, "7.50") for worker in people
    }
    assert sorted(StandingRow.objects.unscoped(ALL).values_list("counted_quarters", flat=True)) == [30, 30, 30]
    assert AuditEntry.objects.filter(action="credits.take_entries").count() == 1
    assert {row.subject for row in ImportRow.objects.filter(batch=batch)} == {str(row.ref) for row in ledger()}


@pytest.mark.parametrize("people", [1, 3])
def test_taking_costs_the_same_for_one_and_three(world: World, django_assert_num_queries: Any, people: int) -> None:
    batch = sent(world, *(row_of(make_worker(world.station), number) for number in range(people)))
    by = world.user(Role.STATION)
    with django_assert_num_queries(39):
        take_entries(batch=batch, by=by)
    assert ledger().count() == people


def test_file_with_bad_rows_is_refused_unless_they_are_parked(world: World) -> None:
    worker = make_worker(world.station)
    batch = sent(world, row_of(worker, 1), row_of(worker, 2, form=""))
    with pytest.raises(Refused) as caught:
        take_entries(batch=batch, by=world.user(Role.STATION))
    assert caught.value.problems == (Problem("credits.rows_have_problems", values={"count": 1}),)
    assert not ledger().exists()
    batch = take_entries(batch=batch, by=world.user(Role.STATION), park=True)
    assert (batch.state, batch.counts, ledger().count()) == (ImportState.TAKEN_IN_PART, {"taken": 1, "parked": 1}, 1)


def test_same_file_sent_twice_adds_nothing(world: World) -> None:
    worker = make_worker(world.station)
    rows = [row_of(worker, 1), row_of(worker, 2, certificate="")]
    take_entries(batch=sent(world, *rows), by=world.user(Role.STATION))
    again = sent(world, *rows)
    assert again.counts == {"unchanged": 2}
    taken = take_entries(batch=again, by=world.user(Role.STATION))
    assert (taken.state, taken.counts, ledger().count()) == (ImportState.TAKEN, {"unchanged": 2}, 2)


def test_taking_twice_takes_once(world: World) -> None:
    batch = sent(world, row_of(make_worker(world.station)))
    by = world.user(Role.STATION)
    take_entries(batch=batch, by=by)
    assert take_entries(batch=batch, by=by).state == ImportState.TAKEN
    assert ledger().count() == 1


def test_ledger_that_changed_since_the_preview_is_respected(world: World) -> None:
    worker = make_worker(world.station)
    batch = sent(world, row_of(worker, 1))
    make_entry(world.station, "Khác", worker=worker, certificate_number="1/2026/C.01")
    taken = take_entries(batch=batch, by=world.user(Role.STATION))
    assert (taken.counts, ledger().count()) == ({"unchanged": 1}, 1)


def test_reversed_entry_may_be_sent_again(world: World) -> None:
    worker = make_worker(world.station)
    make_reversal(world.station, entry=make_entry(world.station, worker=worker, certificate_number="1/2026/C.01"))
    take_entries(batch=sent(world, row_of(worker, 1)), by=world.user(Role.STATION))
    assert ledger().count() == 2


def test_refused_file_leaves_no_entry_and_cannot_be_taken(world: World) -> None:
    batch = sent(world, row_of(make_worker(world.station)))
    by = world.user(Role.STATION)
    assert refuse_file(batch=batch, by=by).state == ImportState.REFUSED
    assert take_entries(batch=batch, by=by).state == ImportState.REFUSED
    assert not ledger().exists()


@pytest.mark.parametrize("take", [take_entries, refuse_file])
def test_unit_beside_the_sender_does_not_take_its_file(world: World, take: Any) -> None:
    batch = sent(world, row_of(make_worker(world.station)))
    with pytest.raises(NotAllowed):
        take(batch=batch, by=world.user(Role.TRAINING_OFFICE))
    assert ImportBatch.objects.get().state == ImportState.PREVIEWED


def test_department_takes_the_file_of_its_station(world: World) -> None:
    batch = sent(world, row_of(make_worker(world.station)))
    assert take_entries(batch=batch, by=world.user(Role.HEALTH_DEPARTMENT)).counts == {"taken": 1}


def test_who_may_not_record_may_not_send(world: World) -> None:
    with pytest.raises(NotAllowed):
        sent(world, row_of(make_worker(world.station)), role=Role.HEALTH_WORKER)


def test_file_without_the_needed_columns_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        read_entries(workbook(["1", "An"], header=["STT", "Họ và tên"]), "a.xlsx")
    assert caught.value.problems == (Problem("credits.file_without_columns", "file"),)


def test_one_bad_row_in_five_thousand_is_named_by_its_cell(world: World) -> None:
    worker = make_worker(world.station)
    rows = [row_of(worker, number) for number in range(1, 5001)]
    rows[3210][3] = "không rõ"
    batch = sent(world, *rows, above=0)
    job = run_next()
    assert job is not None and (job.state, job.done_share) == (JobState.DONE, 100)
    batch.refresh_from_db()
    assert {name: batch.counts[name] for name in ("good", "bad")} == {"good": 4999, "bad": 1}
    bad = ImportRow.objects.get(batch=batch, state=RowState.BAD)
    assert (bad.number, [stored["code"] for stored in bad.problems]) == (3212, ["credits.day_wrong"])


def test_pages_lead_from_the_file_to_the_ledger(world: World, client: Client) -> None:
    worker = make_worker(world.station)
    client.force_login(world.user(Role.STATION))
    assert "Chưa gửi tệp nào" in client.get(reverse("credits:imports")).content.decode()
    content = workbook(row_of(worker, 1), row_of(worker, 2, day=""))
    upload = SimpleUploadedFile("giờ học.xlsx", content)
    response = client.post(reverse("credits:imports"), {"file": upload, "key": "k1"}, follow=True)
    found = response.content.decode()
    assert ("D5" in found, "Nhập ngày diễn ra hoạt động." in found) == (True, True)
    batch = ImportBatch.objects.get()
    mend = client.get(reverse("credits:import_corrections", args=[batch.public_id]))
    cells = [cell for row in load_workbook(io.BytesIO(mend.content)).active.iter_rows(values_only=True) for cell in row]
    assert "D5: Nhập ngày diễn ra hoạt động." in cells
    response = client.post(
        reverse("credits:import_take", args=[batch.public_id]), {"what": "park", "register": "1"}, follow=True
    )
    assert "Đã ghi nhận 1 dòng." in response.content.decode()
    assert ledger().get().source == EntrySource.REGISTER_BOOK


def test_mended_rows_are_taken_and_the_others_known(world: World, client: Client) -> None:
    worker = make_worker(world.station)
    client.force_login(world.user(Role.STATION))
    take_entries(
        batch=sent(world, row_of(worker, 1), row_of(worker, 2, day="")), by=world.user(Role.STATION), park=True
    )
    again = sent(world, row_of(worker, 1), row_of(worker, 2))
    assert again.counts == {"unchanged": 1, "good": 1}


def test_refusing_on_the_page_writes_nothing(world: World, client: Client) -> None:
    batch = sent(world, row_of(make_worker(world.station)))
    client.force_login(world.user(Role.STATION))
    client.post(reverse("credits:import_take", args=[batch.public_id]), {"what": "refuse"})
    batch.refresh_from_db()
    assert (batch.state, ledger().exists()) == (ImportState.REFUSED, False)


def test_template_has_the_columns_that_are_understood(world: World, client: Client) -> None:
    client.force_login(world.user(Role.STATION))
    content = client.get(reverse("credits:import_template")).content
    with pytest.raises(Refused) as caught:
        read_entries(content, "mau.xlsx")
    assert caught.value.problems == (Problem("registry.no_table", "file"),)
    filled = load_workbook(io.BytesIO(content))
    filled.active.append(["001190000001"] + ["x"] * 11)
    target = io.BytesIO()
    filled.save(target)
    table = read_entries(target.getvalue(), "mau.xlsx").tables[0]
    assert len(set(table.proposal.values())) == len(table.headings) == 12


def test_files_of_others_are_not_there(world: World, client: Client) -> None:
    batch = sent(world, row_of(make_worker(world.station)))
    client.force_login(world.user(Role.TRAINING_OFFICE))
    for name in ("import", "import_corrections"):
        assert client.get(reverse(f"credits:{name}", args=[batch.public_id])).status_code == 404
    assert client.post(reverse("credits:import_take", args=[batch.public_id])).status_code == 404


def test_long_csv_is_imported_by_command_and_a_second_run_adds_nothing(world: World, tmp_path: Any) -> None:
    worker = make_worker(world.station)
    file = tmp_path / "gio.csv"
    lines = [";".join(HEADER), *(";".join(map(str, row_of(worker, n, day="05/03/2026", units="7,5"))) for n in (1, 2))]
    file.write_text("\n".join([*lines, f"3;Ai đó;000000000000;05/03/2026;{COURSE};học viên;8;Lớp 3;3/2026"]), "utf-8")
    with pytest.raises(CommandError):
        call_command("import", "entries", str(file), "--organisation", "station")
    assert not ledger().exists()
    for taken, unchanged in ((2, 0), (0, 2)):
        call_command("import", "entries", str(file), "--organisation", "station", "--good-rows")
        batch = ImportBatch.objects.order_by("-pk")[0]
        assert (batch.counts.get("taken", 0), batch.counts.get("unchanged", 0), batch.counts["parked"]) == (
            taken,
            unchanged,
            1,
        )
    assert {row.source for row in ledger().all()} == {EntrySource.COMMAND}
    assert ledger().count() == 2


def test_columns_are_named_once_and_remembered_for_the_sender(world: World, client: Client) -> None:
    worker = make_worker(world.station)
    header = ["Số TT", "Ai", "Mã", "Khi nào", "Kiểu", "Tư cách", "Bao nhiêu", "Học gì", "Giấy"]
    client.force_login(world.user(Role.STATION))
    upload = SimpleUploadedFile("la.xlsx", workbook(row_of(worker), header=header, above=0))
    answer = client.post(reverse("credits:imports"), {"file": upload, "key": "a"})
    batch = ImportBatch.objects.get()
    assert answer.headers["Location"] == reverse("credits:import_columns", args=[batch.public_id])
    chosen = {"c0-1": "worker_name", "c0-2": "worker", "c0-3": "activity_on", "c0-4": "form", "c0-5": "role"}
    chosen |= {"c0-6": "units", "c0-7": "title", "c0-8": "certificate_number"}
    twice = client.post(answer.headers["Location"], chosen | {"c0-0": "title"})
    assert "cho hai cột" in twice.content.decode()
    client.post(answer.headers["Location"], chosen)
    batch.refresh_from_db()
    assert batch.counts == {"good": 1}
    upload = SimpleUploadedFile("la2.xlsx", workbook(row_of(worker, 2), header=header, above=0))
    client.post(reverse("credits:imports"), {"file": upload, "key": "b"})
    again = ImportBatch.objects.order_by("-pk")[0]
    assert (again.counts, again.mapping[next(iter(again.mapping))]["remembered"]) == ({"good": 1}, True)
