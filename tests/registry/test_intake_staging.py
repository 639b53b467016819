"""Staging and entering: long lists in parts, lists the register has overtaken, sending again, retrying, undoing."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, transaction

from lientuc.accounts.enums import Role
from lientuc.core.errors import NotAllowed, Problem, Refused
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.actions import (
    clean_row,
    correct_worker,
    drop_row,
    judge_staff,
    receive_upload,
    register_worker,
    retry_rows,
    take_staff,
    undo_staff,
)
from lientuc.registry.actions import staff as staff_actions
from lientuc.registry.enums import PostKind, Sex, TakeChoice, Title
from lientuc.registry.intake import batches, work
from lientuc.registry.intake.batches import earlier_batches
from lientuc.registry.intake.editing import changes_of
from lientuc.registry.intake.models import StagedLicence, StagedPost, StagedWorker, WaitingFile
from lientuc.registry.intake.papers import corrected, template
from lientuc.registry.intake.undoing import kept_after_undo
from lientuc.registry.models import HealthWorker, Licence, Post
from lientuc.registry.rules import PostDraft, StaffDraft, WorkerDraft
from lientuc.trail.jobs import run_next
from lientuc.trail.models import AuditEntry, ImportBatch, ImportRow, Job
from tests.factories.registry import make_worker
from tests.registry.staff_lists import AN, BINH, HEADER, book, receive
from tests.world import World

ALL, GOOD = TakeChoice.ALL_OR_NOTHING, TakeChoice.GOOD_ROWS
TABLES = (HealthWorker, Post, Licence)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.unscoped(WhyUnscoped.SETUP).count() for model in TABLES)


def person(name: str) -> HealthWorker:
    return HealthWorker.objects.unscoped(WhyUnscoped.SETUP).get(full_name=name)


def state_of(batch: ImportBatch) -> str:
    return ImportBatch.objects.get(pk=batch.pk).state


def row(n: int, **changes: Any) -> list[Any]:
    cells = [
        n, f"Nguyễn Thị {n}", "20/05/1990", "Nữ", f"0011{n:08d}", "Điều dưỡng", "", "biên chế", f"{n}/X-GPHN", "01/03/2024",
    ]  # fmt: skip
    for column, value in changes.items():
        cells[HEADER.index(column)] = value
    return cells


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists are judged two rows at a time."""
    monkeypatch.setattr(batches, "CHUNK", 2)


# --- parts of a long list ---------------------------------------------------------------------------------------------


def test_person_at_two_units_in_different_parts_is_one_person(world: World, small_parts: None) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    rows = [row(1, **{"Đơn vị": "hospital"}), row(2), row(3), row(1, **{"Đơn vị": "station", "Số GPHN": ""})]
    take_staff(batch=receive(book([HEADER, *rows]), world.department, by), choice=ALL, by=by)
    assert counts() == (3, 4, 3)
    held = Post.objects.unscoped(WhyUnscoped.SETUP).filter(worker=person("Nguyễn Thị 1")).order_by("pk")
    assert list(held.values_list("organisation__code", "responsible_for_training")) == [
        ("hospital", True),
        ("station", False),
    ]


def test_person_without_number_in_a_later_part_is_met_by_licence_and_by_name(world: World, small_parts: None) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    by_licence = row(1, **{"Số CCCD": "", "Đơn vị": "station"})
    rows = [row(1, **{"Đơn vị": "hospital"}), row(2), row(3), by_licence]
    batch = receive(book([HEADER, *rows]), world.department, by)
    assert (batch.counts["good"], batch.counts["new"]) == (4, 3)
    take_staff(batch=batch, choice=ALL, by=by)
    assert counts() == (3, 4, 3)


def test_row_twice_in_different_parts_is_named(world: World, small_parts: None) -> None:
    batch = receive(book([HEADER, row(1), row(2), row(3), row(1)]), world.station, world.user(Role.STATION))
    assert [(one.number, one.problems[0]["code"]) for one in batch.rows.filter(state="bad")] == [
        (5, "registry.twice_in_list")
    ]


def test_known_person_changed_in_two_parts_is_written_once(world: World, small_parts: None) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    take_staff(batch=receive(book([HEADER, row(1)]), world.hospital, by), choice=ALL, by=by)
    header = [*HEADER, "Điện thoại"]
    first = [*row(1, **{"Đơn vị": "hospital", "Chức danh": "Hộ sinh"}), ""]
    again = [*row(1, **{"Đơn vị": "station", "Chức danh": "Hộ sinh"}), "0912345678"]
    rows = [first, [*row(2), ""], [*row(3), ""], again]
    batch = receive(book([header, *rows]), world.department, by)
    assert StagedWorker.objects.get(batch=batch, is_new=False).before == {"title": "nurse", "phone": ""}
    take_staff(batch=batch, choice=ALL, by=by)
    assert (person("Nguyễn Thị 1").title, person("Nguyễn Thị 1").phone, counts()) == (
        "midwife",
        "0912345678",
        (3, 4, 3),
    )


def test_part_left_by_a_killed_run_is_cleared_by_the_next(world: World, small_parts: None) -> None:
    by = world.user(Role.STATION)
    batch = receive(book([HEADER, row(1), row(2), row(3)]), world.station, by)

    class Killed(BaseException):
        """The process ends here."""

    def killed(done: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        batches.judge_batch(batch, by, killed)
    assert StagedWorker.objects.filter(batch=batch).count() == 2
    judge_staff(batch=batch, by=by)
    take_staff(batch=batch, choice=ALL, by=by)
    assert counts() == (3, 3, 3)


def test_list_staged_by_another_process_meanwhile_is_left_to_it(world: World, small_parts: None) -> None:
    by = world.user(Role.STATION)
    batch = receive(book([HEADER, row(1), row(2), row(3)]), world.station, by)

    def overtake(done: int) -> None:
        if done < 100:
            judge_staff(batch=ImportBatch.objects.get(pk=batch.pk), by=by)

    with pytest.raises(Refused) as refused:
        batches.judge_batch(batch, by, overtake)
    assert refused.value.problems == (Problem("registry.staged_elsewhere"),)
    assert StagedWorker.objects.filter(batch=batch).count() == 3


# --- overtaken --------------------------------------------------------------------------------------------------------


def _same_number(world: World) -> None:
    make_worker(world.station, "Nguyễn Thị 1", national_number="001100000001", title="nurse")


def _same_name(world: World) -> None:
    make_worker(world.station, "Nguyễn Thị 1", national_number=None, birth_year=1990, title="nurse")


def _same_licence(world: World) -> None:
    other = make_worker(world.hospital, "Người Khác")
    Licence.objects.create(worker=other, kind="gphn", number="1/X-GPHN")


OVERTAKERS = {"number": _same_number, "name": _same_name, "licence": _same_licence}


@pytest.mark.parametrize("how", OVERTAKERS)
def test_register_that_changed_since_the_preview_is_seen(world: World, how: str) -> None:
    by = world.user(Role.STATION)
    batch = receive(book([HEADER, row(1), row(2)]), world.station, by)
    OVERTAKERS[how](world)
    take_staff(batch=batch, choice=GOOD, by=by)
    found = HealthWorker.objects.unscoped(WhyUnscoped.SETUP).filter(full_name="Nguyễn Thị 1").count()
    parked = [one.problems[0]["code"] for one in batch.rows.filter(state="parked")]
    assert (found, parked) == ((0, ["registry.licence_taken"]) if how == "licence" else (1, []))


@pytest.mark.parametrize("how", OVERTAKERS)
def test_twin_that_does_not_look_doubles_people(world: World, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    by = world.user(Role.STATION)
    batch = receive(book([HEADER, row(1), row(2)]), world.station, by)
    OVERTAKERS[how](world)
    monkeypatch.setattr(staff_actions, "overtaken", lambda batch, step, by: False)
    if how == "number":
        with pytest.raises(IntegrityError), transaction.atomic():
            take_staff(batch=batch, choice=GOOD, by=by)
        return
    take_staff(batch=batch, choice=GOOD, by=by)
    licences = Licence.objects.unscoped(WhyUnscoped.SETUP).filter(number="1/X-GPHN").count()
    people = HealthWorker.objects.unscoped(WhyUnscoped.SETUP).filter(full_name="Nguyễn Thị 1").count()
    assert 2 in (licences, people)


def test_value_that_somebody_changed_since_the_preview_is_compared_anew(world: World) -> None:
    by = world.user(Role.STATION)
    take_staff(batch=receive(book([HEADER, row(1)]), world.station, by), choice=ALL, by=by)
    batch = receive(book([HEADER, row(1, **{"Chức danh": "Hộ sinh"})]), world.station, by)
    worker = person("Nguyễn Thị 1")
    draft = WorkerDraft(
        worker.full_name, Title.DOCTOR, worker.national_number or "", born_on=date(1990, 5, 20), sex=Sex.FEMALE
    )
    correct_worker(worker=worker, draft=draft, by=by)
    take_staff(batch=batch, choice=ALL, by=by)
    assert (person("Nguyễn Thị 1").title, StagedWorker.objects.get(batch=batch).before) == (
        "midwife",
        {"title": "doctor"},
    )


def test_values_that_the_list_does_not_change_keep_what_others_wrote(world: World) -> None:
    by = world.user(Role.STATION)
    take_staff(batch=receive(book([HEADER, row(1)]), world.station, by), choice=ALL, by=by)
    batch = receive(book([HEADER, row(1, **{"Chức danh": "Hộ sinh"})]), world.station, by)
    HealthWorker.objects.unscoped(WhyUnscoped.SETUP).filter(full_name="Nguyễn Thị 1").update(phone="0912345678")
    take_staff(batch=batch, choice=ALL, by=by)
    assert (person("Nguyễn Thị 1").title, person("Nguyễn Thị 1").phone) == ("midwife", "0912345678")


# --- sending again, changes, jobs -------------------------------------------------------------------------------------


def test_same_file_twice_doubles_nothing_and_says_so(world: World) -> None:
    by, content = world.user(Role.STATION), book([HEADER, AN, BINH])
    first = take_staff(batch=receive(content, world.station, by), choice=ALL, by=by)
    before = counts()
    again = receive(content, world.station, by)
    assert (again.counts["good"], again.counts["unchanged"]) == (0, 2)
    assert (earlier_batches(again).get(), counts()) == (first, before)
    take_staff(batch=again, choice=ALL, by=by)
    assert (state_of(again), counts()) == ("taken", before)


def test_changes_are_shown_cell_by_cell_before_they_are_taken(world: World) -> None:
    by = world.user(Role.STATION)
    take_staff(batch=receive(book([HEADER, AN, BINH]), world.station, by), choice=ALL, by=by)
    edited = [*AN[:5], "Hộ sinh", *AN[6:9], "02/03/2024"]
    batch = receive(book([HEADER, edited, BINH]), world.station, by)
    assert [(c.number, c.person, c.field, c.before, c.after) for c in changes_of(batch, 10)] == [
        (2, "Trần Thị An", "Chức danh", "điều dưỡng", "hộ sinh"),
        (2, "Trần Thị An", "Ngày cấp GPHN/CCHN", "01/03/2024", "02/03/2024"),
    ]


def test_large_file_is_read_by_a_job_and_not_in_the_request(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "SMALL", 10)
    by = world.user(Role.STATION)
    batch = work.prepare_upload(content=book([HEADER, AN]), name="ds.xlsx", organisation=world.station, by=by)
    assert (batch.rows.count(), WaitingFile.objects.count(), Job.objects.get().state) == (0, 1, "queued")
    job = run_next()
    batch.refresh_from_db()
    assert job is not None
    assert (job.state, batch.counts["good"], WaitingFile.objects.count()) == ("done", 1, 0)


def test_large_file_that_cannot_be_read_says_why_and_is_not_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "SMALL", 10)
    by = world.user(Role.STATION)
    batch = work.prepare_upload(content=book([["một ô"]]), name="ds.xlsx", organisation=world.station, by=by)
    job = run_next()
    batch.refresh_from_db()
    assert job is not None
    assert (job.state, job.problem["code"], batch.state) == ("failed", "registry.no_table", "refused")
    assert (batch.counts["unreadable"]["code"], WaitingFile.objects.count()) == ("registry.no_table", 0)


def test_upload_that_may_not_be_opened_is_refused_at_once(world: World) -> None:
    with pytest.raises(Refused) as refused:
        receive_upload(content=b"%PDF-1.7", name="x.pdf", organisation=world.station, by=world.user(Role.STATION))
    assert refused.value.problems == (Problem("documents.unknown_format"),)
    with pytest.raises(NotAllowed):
        receive_upload(content=book([HEADER]), name="x", organisation=world.station_b, by=world.user(Role.STATION))


# --- parked rows ------------------------------------------------------------------------------------------------------


def parked_list(world: World) -> ImportBatch:
    by = world.user(Role.HEALTH_DEPARTMENT)
    bad = row(2, **{"Đơn vị": "TYT xã Mới"})
    return take_staff(batch=receive(book([HEADER, row(1), bad]), world.department, by), choice=GOOD, by=by)


def test_parked_row_is_taken_once_its_unit_exists(world: World) -> None:
    by, batch = world.user(Role.HEALTH_DEPARTMENT), parked_list(world)
    retry_rows(batch=batch, by=by)
    assert list(batch.rows.order_by("pk").values_list("state", flat=True)) == ["taken", "parked"]
    world.station_b.name = "Trạm Y tế xã Mới"
    world.station_b.save()
    done = retry_rows(batch=batch, by=by)
    assert list(batch.rows.order_by("pk").values_list("state", flat=True)) == ["taken", "cleaned"]
    assert (done.counts["retried"], person("Nguyễn Thị 2").keeper.code, counts()) == (1, "station_b", (2, 2, 2))


def test_dropped_row_needs_a_reason_and_is_not_asked_about_again(world: World) -> None:
    by, batch = world.user(Role.HEALTH_DEPARTMENT), parked_list(world)
    parked = batch.rows.get(state="parked")
    with pytest.raises(Refused) as refused:
        drop_row(row=parked, reason=" ", by=by)
    assert refused.value.problems == (Problem("registry.reason_missing", "reason"),)
    drop_row(row=parked, reason="Đã chuyển tỉnh khác", by=by)
    assert not batches.parked_rows(by).exists()
    with pytest.raises(Refused):
        drop_row(row=parked, reason="lần nữa", by=by)
    with pytest.raises(NotAllowed):
        drop_row(row=parked, reason="người khác", by=world.user(Role.STATION))


def test_corrected_file_has_its_cells_where_they_were_and_the_wrong_ones_coloured(world: World) -> None:
    by = world.user(Role.STATION)
    rows = [["SỞ Y TẾ"], [], HEADER, row(1), row(2, **{"Ngày sinh": "31/02/1990"})]
    batch = receive(book(rows), world.station, by)
    sheet = openpyxl.load_workbook(io.BytesIO(corrected(batch)))["Danh sách"]
    wrong = sheet["C5"]
    assert (wrong.value, wrong.fill.fgColor.rgb, sheet["C4"].fill.fgColor.rgb) == ("31/02/1990", "FFF8CBAD", "00000000")
    assert wrong.comment is not None
    assert sheet["L5"].value == "C5: Không có ngày 31/02/1990 trong lịch."
    assert [sheet.cell(4, column).value for column in range(1, 11)] == [cell or None for cell in row(1)]


def test_corrected_file_sent_again_cleans_what_was_parked(world: World) -> None:
    by = world.user(Role.STATION)
    batch = receive(book([HEADER, row(1), row(2, **{"Ngày sinh": "31/02/1990"})]), world.station, by)
    take_staff(batch=batch, choice=GOOD, by=by)
    book_ = openpyxl.load_workbook(io.BytesIO(corrected(ImportBatch.objects.get(pk=batch.pk))))
    sheet = book_["Danh sách"]
    places = [cell.coordinate for line in sheet.iter_rows() for cell in line if cell.value == "31/02/1990"]
    sheet[places[0]].value = "28/02/1990"
    made = io.BytesIO()
    book_.save(made)
    again = work.prepare_upload(
        content=made.getvalue(), name="da-sua.xlsx", organisation=world.station, by=by, corrects=batch
    )
    assert (again.counts["good"], again.counts["bad"], again.mapping["tables"][0]["fingerprint"]) == (
        1, 0, batch.mapping["tables"][0]["fingerprint"],
    )  # fmt: skip
    take_staff(batch=again, choice=ALL, by=by)
    assert (counts(), batch.rows.get(number=3).state) == ((2, 2, 2), "cleaned")


def test_template_is_read_by_its_own_headings(world: World) -> None:
    book_ = openpyxl.load_workbook(io.BytesIO(template()))
    assert book_.sheetnames == ["Danh sách", "Danh mục", "Hướng dẫn"]
    sheet = book_["Danh sách"]
    headings = [cell.value for cell in sheet[1]]
    for heading, value in zip(HEADER, AN, strict=True):
        known = {"Ngày sinh": "Ngày, tháng, năm sinh", "Số CCCD": "Số định danh cá nhân", "Số GPHN": "Số GPHN/CCHN"}
        known |= {"Ngày cấp": "Ngày cấp GPHN/CCHN"}
        sheet.cell(2, headings.index(known.get(heading, heading)) + 1).value = value
    made = io.BytesIO()
    book_.save(made)
    batch = receive(made.getvalue(), world.station, world.user(Role.STATION))
    assert (batch.counts["rows"], batch.counts["good"]) == (1, 1)
    assert len(sheet.data_validations.dataValidation) == 4


# --- undoing ----------------------------------------------------------------------------------------------------------


def test_undone_list_leaves_the_register_as_it_was(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    take_staff(batch=receive(book([HEADER, row(1)]), world.hospital, by), choice=ALL, by=by)
    before = [list(model.objects.unscoped(WhyUnscoped.SETUP).order_by("pk").values()) for model in TABLES]
    header = [*HEADER, "Điện thoại"]
    rows = [
        [*row(1, **{"Chức danh": "Hộ sinh", "Đơn vị": "station", "Số GPHN": "9/Y-GPHN"}), "0912345678"],
        [*row(2), ""],
        [*row(3), ""],
    ]
    batch = take_staff(batch=receive(book([header, *rows]), world.department, by), choice=ALL, by=by)
    assert counts() == (3, 4, 4)
    done = undo_staff(batch=batch, reason="Gửi nhầm tệp", by=by)
    assert [list(model.objects.unscoped(WhyUnscoped.SETUP).order_by("pk").values()) for model in TABLES] == before
    assert done.counts["undone"] == {"values": 2, "healthworker": 2, "post": 3, "licence": 3}
    assert (done.state, AuditEntry.objects.filter(action="registry.undo_staff").count()) == ("undone", 1)
    with pytest.raises(Refused) as refused:
        undo_staff(batch=batch, reason="lần nữa", by=by)
    assert refused.value.problems == (Problem("registry.list_not_taken"),)


def test_cleaned_rows_of_a_list_are_undone_with_it(world: World) -> None:
    by, batch = world.user(Role.HEALTH_DEPARTMENT), parked_list(world)
    draft = StaffDraft(WorkerDraft("Nguyễn Thị 2", Title.NURSE), PostDraft(PostKind.PERMANENT))
    clean_row(row=batch.rows.get(state="parked"), draft=draft, organisation=world.station, by=by)
    assert counts() == (2, 2, 1)
    undo_staff(batch=batch, reason="Gửi nhầm tệp", by=by)
    assert counts() == (0, 0, 0)


def test_person_on_whom_something_was_built_stays_with_the_reason(world: World) -> None:
    from lientuc.registry.actions import record_leave
    from lientuc.registry.enums import LeaveBasis
    from lientuc.registry.rules import LeaveDraft

    by = world.user(Role.STATION)
    batch = take_staff(batch=receive(book([HEADER, row(1), row(2), row(3)]), world.station, by), choice=ALL, by=by)
    leave = LeaveDraft(LeaveBasis.MATERNITY, date(2026, 1, 1), date(2026, 6, 30))
    record_leave(worker=person("Nguyễn Thị 1"), draft=leave, by=by)
    changed = person("Nguyễn Thị 2")
    draft = WorkerDraft(changed.full_name, Title.DOCTOR, changed.national_number or "", born_on=date(1990, 5, 20))
    correct_worker(worker=changed, draft=draft, by=by)
    undo_staff(batch=batch, reason="Gửi nhầm tệp", by=by)
    assert counts() == (2, 2, 2)
    assert [(kept.person, kept.what, kept.why) for kept in kept_after_undo(batch, 10)] == [
        ("Nguyễn Thị 1", "healthworker", "registry"),
        ("Nguyễn Thị 2", "healthworker", "changed"),
    ]


def test_undoing_needs_a_reason_and_the_right(world: World) -> None:
    by = world.user(Role.STATION)
    batch = take_staff(batch=receive(book([HEADER, AN]), world.station, by), choice=ALL, by=by)
    with pytest.raises(Refused) as refused:
        undo_staff(batch=batch, reason="", by=by)
    assert refused.value.problems == (Problem("registry.reason_missing", "reason"),)
    with pytest.raises(NotAllowed):
        undo_staff(batch=batch, reason="x", by=world.user(Role.TRAINING_OFFICE))
    assert counts() == (1, 1, 1)


def test_refused_list_keeps_nothing_staged(world: World) -> None:
    by = world.user(Role.STATION)
    take_staff(batch=receive(book([HEADER, AN]), world.station, by), choice=TakeChoice.REFUSE, by=by)
    assert [model.objects.count() for model in (StagedWorker, StagedPost, StagedLicence, ImportRow)] == [0, 0, 0, 0]


def test_form_and_list_meet_the_same_person(world: World) -> None:
    by = world.user(Role.STATION)
    draft = WorkerDraft("Nguyễn Thị 1", Title.NURSE, "001100000001", born_on=date(1990, 5, 20))
    register_worker(draft=draft, organisation=world.station, by=by, post=PostDraft(PostKind.PERMANENT))
    batch = receive(book([HEADER, row(1, **{"Số GPHN": "", "Giới tính": ""})]), world.station, by)
    assert batch.counts["unchanged"] == 1
