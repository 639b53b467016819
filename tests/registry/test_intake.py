"""Staff lists as units send them: real files, judged cell by cell, taken once, parked and cleaned."""

from datetime import date

import pytest

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Problem, Refused
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.actions import (
    clean_row,
    judge_staff,
    map_columns,
    register_worker,
    repair_zeros,
    take_staff,
)
from lientuc.registry.enums import LicenceKind, PostKind, TakeChoice, Title
from lientuc.registry.intake.batches import parked_rows
from lientuc.registry.intake.columns import STAFF_FIELDS
from lientuc.registry.intake.file import address, problem_of, read_file
from lientuc.registry.models import HealthWorker, Licence, Post
from lientuc.registry.rules import LicenceDraft, PostDraft, StaffDraft, WorkerDraft
from lientuc.trail.enums import RowState
from lientuc.trail.models import AuditEntry, ImportBatch, ImportRow
from tests.documents.real_files import bomb, with_members
from tests.factories.registry import make_licence, make_worker
from tests.registry.staff_lists import AN, BINH, HEADER, book, receive
from tests.world import World

ALL, GOOD, NONE = TakeChoice.ALL_OR_NOTHING, TakeChoice.GOOD_ROWS, TakeChoice.REFUSE


@pytest.fixture(autouse=True)
def a_day() -> object:
    with clock_at(date(2026, 3, 1)):
        yield


def people() -> list[tuple[str, str | None]]:
    rows = HealthWorker.objects.unscoped(WhyUnscoped.SETUP).order_by("pk")
    return list(rows.values_list("full_name", "national_number"))


def problems(batch: ImportBatch) -> list[tuple[str, str, Problem]]:
    """(sheet, cell, problem) of every bad row."""
    return [
        (row.sheet, address(one["column"], row.number) if one["column"] is not None else "", problem_of(one))
        for row in batch.rows.filter(state__in=[RowState.BAD, RowState.PARKED]).order_by("pk")
        for one in row.problems
    ]


def test_good_list_is_previewed_then_taken_whole(world: World) -> None:
    by = world.user(Role.STATION)
    batch = receive(book([["TRẠM Y TẾ"], HEADER, AN, BINH]), world.station, by)
    assert (batch.counts["good"], batch.counts["bad"], batch.counts["new"], people()) == (2, 0, 2, [])
    take_staff(batch=batch, choice=ALL, by=by)
    an, binh = HealthWorker.objects.unscoped(WhyUnscoped.SETUP).order_by("pk")
    post = Post.objects.unscoped(WhyUnscoped.SETUP).get(worker=an)
    licence = Licence.objects.unscoped(WhyUnscoped.SETUP).get()
    assert (an.full_name, an.name_fold, an.born_on, an.sex, an.title, an.national_number, an.keeper) == (
        "Trần Thị An", "tran thi an", date(1990, 5, 20), "female", "nurse", "001190000001", world.station,
    )  # fmt: skip
    assert (binh.birth_year, binh.born_on, binh.title) == (1985, None, "doctor")
    assert (post.organisation, post.kind, post.responsible_for_training) == (world.station, "permanent", True)
    assert (licence.worker, licence.kind, licence.number, licence.issued_on) == (
        an, "gphn", "000001/BYT-GPHN", date(2024, 3, 1),
    )  # fmt: skip


def test_taking_leaves_one_audit_row_naming_the_list(world: World) -> None:
    by = world.user(Role.STATION)
    batch = receive(book([HEADER, AN, BINH]), world.station, by)
    take_staff(batch=batch, choice=ALL, by=by)
    audit = AuditEntry.objects.get(action="registry.take_staff")
    assert audit.subject == f"trail.importbatch:{batch.public_id}"
    assert "Trần Thị An" not in str(list(AuditEntry.objects.values_list("values", flat=True)))


def test_same_file_again_changes_nothing(world: World) -> None:
    by = world.user(Role.STATION)
    content = book([HEADER, AN, BINH])
    take_staff(batch=receive(content, world.station, by), choice=ALL, by=by)
    before = people()
    again = receive(content, world.station, by)
    assert (again.counts["unchanged"], again.counts["good"], again.counts["bad"]) == (2, 0, 0)
    take_staff(batch=again, choice=ALL, by=by)
    assert (people(), Post.objects.unscoped(WhyUnscoped.SETUP).count()) == (before, 2)
    assert set(again.rows.values_list("state", flat=True)) == {"unchanged"}


def test_edited_file_updates_only_what_changed(world: World) -> None:
    by = world.user(Role.STATION)
    take_staff(batch=receive(book([HEADER, AN, BINH]), world.station, by), choice=ALL, by=by)
    an = HealthWorker.objects.unscoped(WhyUnscoped.SETUP).get(full_name="Trần Thị An")
    HealthWorker.objects.unscoped(WhyUnscoped.SETUP).filter(pk=an.pk).update(phone="0912345678", ethnicity="Tày")
    edited = [*AN[:5], "Hộ sinh", *AN[6:]]
    batch = receive(book([HEADER, edited, BINH]), world.station, by)
    assert (batch.counts["good"], batch.counts["unchanged"], batch.counts["new"]) == (1, 1, 0)
    take_staff(batch=batch, choice=ALL, by=by)
    an.refresh_from_db()
    assert (an.title, an.phone, an.ethnicity, an.born_on) == ("midwife", "0912345678", "Tày", date(1990, 5, 20))


def test_person_without_number_is_met_again_by_name_and_birth(world: World) -> None:
    by = world.user(Role.STATION)
    row = [1, "H'Hen Niê", "1980", "Nữ", "", "Nhân viên y tế thôn bản", "", "cộng tác viên", "", ""]
    for _ in range(2):
        take_staff(batch=receive(book([HEADER, row]), world.station, by), choice=ALL, by=by)
    with_number = [*row[:4], "001180000009", *row[5:]]
    take_staff(batch=receive(book([HEADER, with_number]), world.station, by), choice=ALL, by=by)
    assert people() == [("H'Hen Niê", "001180000009")]


def test_one_broken_row_in_five_thousand_is_named_by_its_cell(world: World) -> None:
    rows = [
        [n, f"Nguyễn Thị {n}", "20/05/1990", "Nữ", f"0011{n:08d}", "Điều dưỡng", "", "biên chế", "", ""]
        for n in range(5000)
    ]
    rows[4321][2] = "31/02/1990"
    by = world.user(Role.STATION)
    batch = receive(book([HEADER, *rows]), world.station, by)
    assert (batch.counts["good"], batch.counts["bad"]) == (4999, 1)
    wrong = ("Danh sách", "C4323", Problem("documents.no_such_day", "born_on", {"text": "31/02/1990"}))
    assert problems(batch) == [wrong]
    with pytest.raises(Refused) as refused:
        take_staff(batch=batch, choice=ALL, by=by)
    assert (refused.value.problems, people()) == ((Problem("registry.rows_bad", values={"count": 1}),), [])
    take_staff(batch=batch, choice=GOOD, by=by)
    assert (len(people()), [row.number for row in parked_rows(by)]) == (4999, [4323])


def test_refused_file_keeps_no_rows(world: World) -> None:
    by = world.user(Role.STATION)
    batch = take_staff(batch=receive(book([HEADER, AN]), world.station, by), choice=NONE, by=by)
    assert (batch.state, ImportRow.objects.count(), people()) == ("refused", 0, [])
    with pytest.raises(Refused) as refused:
        take_staff(batch=batch, choice=ALL, by=by)
    assert refused.value.problems == (Problem("registry.list_closed"),)


def test_two_row_merged_header_sections_and_birth_by_sex(world: World) -> None:
    rows = [
        ["SỞ Y TẾ MỘT"],
        [],
        ["TT", "Họ và tên", "Năm sinh", "", "Số CCCD", "Chức danh"],
        ["", "", "Nam", "Nữ", "", ""],
        ["I. Trạm Y tế xã An"],
        [1, "Lê Văn Bình", 1985, "", "001085000002", "bác sĩ"],
        ["II. TYT xã Bình"],
        [1, "Trần Thị Chi", "", 1990, "001190000003", "NHS"],
        ["", "Tổng cộng", 1, 1, "", ""],
    ]
    by = world.user(Role.HEALTH_DEPARTMENT)
    batch = receive(book(rows, merges=[(2, 2, 2, 3, "Năm sinh")]), world.department, by)
    take_staff(batch=batch, choice=ALL, by=by)
    found = HealthWorker.objects.unscoped(WhyUnscoped.SETUP).order_by("pk")
    assert list(found.values_list("full_name", "birth_year", "sex", "title", "keeper__code")) == [
        ("Lê Văn Bình", 1985, "male", "doctor", "station"),
        ("Trần Thị Chi", 1990, "female", "midwife", "station_b"),
    ]


def test_unknown_headers_are_mapped_by_a_person_and_remembered(world: World) -> None:
    by = world.user(Role.STATION)
    rows = [["Cột A", "Cột B", "Cột C"], ["Trần Thị An", "ĐD", "001190000001"]]
    batch = receive(book(rows), world.station, by)
    assert batch.counts["bad"] == 1
    table = batch.mapping["tables"][0]
    chosen = {table["fingerprint"]: {"0": "full_name", "1": "title", "2": "national_number"}}
    judge_staff(batch=map_columns(batch=batch, columns=chosen, default_kind=PostKind.CONTRACT, by=by), by=by)
    assert batch.counts["good"] == 1
    again = receive(book(rows), world.station, by)
    assert (again.counts["good"], again.mapping["tables"][0]["remembered"]) == (1, True)
    elsewhere = receive(book(rows), world.station_b, world.user(Role.HEALTH_DEPARTMENT))
    assert elsewhere.counts["good"] == 0


def test_mapping_needs_a_name_and_gives_no_field_twice(world: World) -> None:
    by = world.user(Role.STATION)
    batch = receive(book([HEADER, AN]), world.station, by)
    fingerprint = batch.mapping["tables"][0]["fingerprint"]
    with pytest.raises(Refused) as refused:
        map_columns(
            batch=batch,
            columns={fingerprint: {"0": "title", "1": "title", "2": "salary"}},
            default_kind=PostKind.CONTRACT,
            by=by,
        )
    assert [problem.code for problem in refused.value.problems] == [
        "registry.column_unknown",
        "registry.column_twice",
        "registry.no_name_column",
    ]


def test_numbers_that_lost_zeros_are_repaired_with_consent_only(world: World) -> None:
    by = world.user(Role.STATION)
    eleven, ten, nine = [*AN], [*BINH], [3, "Đỗ Văn Cường", "1970", "Nam", 186123456, "y sĩ", "", "biên chế", "", ""]
    eleven[4], ten[4] = 11190000001, 1085000002
    batch = receive(book([HEADER, eleven, ten, nine]), world.station, by)
    assert (batch.counts["lost_zeros"], batch.counts["good"]) == (2, 1)
    assert problems(batch)[0][1:] == (
        "E2",
        Problem("registry.number_lost_zeros", "national_number", {"text": "11190000001", "repaired": "011190000001"}),
    )
    judge_staff(batch=repair_zeros(batch=batch, by=by), by=by)
    take_staff(batch=batch, choice=ALL, by=by)
    assert people() == [("Trần Thị An", "011190000001"), ("Lê Văn Bình", "001085000002"), ("Đỗ Văn Cường", None)]
    assert HealthWorker.objects.unscoped(WhyUnscoped.SETUP).get(title="assistant_doctor").old_number == "186123456"


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        (1, "", Problem("registry.name_missing", "full_name")),
        (2, "05/13/1990", Problem("documents.month_before_day", "born_on", {"text": "05/13/1990"})),
        (2, "01/01/2030", Problem("registry.born_later", "born_on", {"day": date(2030, 1, 1)})),
        (3, "không", Problem("registry.sex_unknown", "sex", {"text": "không"})),
        (4, "1234567", Problem("documents.not_a_national_number", "national_number", {"text": "1234567"})),
        (5, "phù thủy", Problem("registry.title_unknown", "title", {"text": "phù thủy"})),
        (5, "", Problem("registry.title_missing", "title")),
        (6, "Trạm Y tế xã Khác", Problem("registry.unit_unknown", "organisation", {"text": "Trạm Y tế xã Khác"})),
        (7, "vũ trụ", Problem("registry.post_kind_unknown", "post_kind", {"text": "vũ trụ"})),
        (8, "12345", Problem("registry.licence_kind_missing", "licence_kind")),
        (9, "2024", Problem("registry.day_needed", "licence_issued_on", {"year": 2024})),
        (9, "02/03/2026", Problem("registry.issued_later", "licence_issued_on", {"day": date(2026, 3, 2)})),
    ],
)
def test_each_wrong_cell_has_its_address_and_sentence(world: World, column: int, cell: str, expected: Problem) -> None:
    header = [*HEADER[:8], "GPHN/CCHN", HEADER[9]]
    row = [*AN]
    row[column] = cell
    batch = receive(book([header, row]), world.station, world.user(Role.STATION))
    place = address(column, 2) if expected.field != "licence_kind" else ""
    assert problems(batch) == [("Danh sách", place, expected)]


def test_file_form_and_action_give_the_same_problem(world: World) -> None:
    by = world.user(Role.STATION)
    make_licence(
        make_worker(world.organisation("station2"), "Người Khác", national_number="001190000001"), "000001/X-GPHN"
    )
    draft = WorkerDraft("Trần Thị An", Title.NURSE, national_number="001190000001", phone="hỏi Lan")
    licence = LicenceDraft(LicenceKind.GPHN, "000001/X-GPHN", issued_on=date(2026, 3, 2))
    with pytest.raises(Refused) as refused:
        register_worker(
            draft=draft, organisation=world.station, by=by, post=PostDraft(PostKind.PERMANENT), licence=licence
        )
    header = ["Họ và tên", "Chức danh", "CCCD", "SĐT", "Số GPHN", "Ngày cấp"]
    row = ["Trần Thị An", "điều dưỡng", "001190000001", "hỏi Lan", "000001/X-GPHN", "02/03/2026"]
    batch = receive(book([header, row]), world.station, by)
    assert [problem for _, _, problem in problems(batch)] == list(refused.value.problems)
    assert [problem.code for problem in refused.value.problems] == [
        "registry.number_taken",
        "registry.phone_wrong",
        "registry.licence_taken",
        "registry.issued_later",
    ]


def test_person_twice_in_the_list_is_one_problem_and_at_two_units_none(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    at_hospital, at_station, again = [*AN], [*AN], [*AN]
    at_hospital[6], at_station[6], again[6] = "hospital", "Trạm y tế XÃ AN", "hospital"
    batch = receive(book([HEADER, at_hospital, at_station, again]), world.department, by)
    assert problems(batch) == [("Danh sách", "B4", Problem("registry.twice_in_list", "full_name"))]
    take_staff(batch=batch, choice=GOOD, by=by)
    posts = Post.objects.unscoped(WhyUnscoped.SETUP).order_by("pk")
    assert (len(people()), list(posts.values_list("organisation__code", "responsible_for_training"))) == (
        1,
        [("hospital", True), ("station", False)],
    )


def test_namesake_at_another_unit_asks_for_a_number(world: World) -> None:
    make_worker(world.hospital, "Trần Thị An")
    row = [*AN]
    row[4], row[8], row[9] = "", "", ""
    batch = receive(book([HEADER, row]), world.station, world.user(Role.HEALTH_DEPARTMENT))
    assert problems(batch) == [
        ("Danh sách", "B2", Problem("registry.maybe_known", "full_name", {"organisation": "Bệnh viện Đa khoa Một"}))
    ]


def test_person_of_another_province_gets_a_second_post_and_keeps_their_record(world: World) -> None:
    worker = make_worker(world.organisation("hospital2"), "Trần Thị An", national_number="001190000001", title="doctor")
    by = world.user(Role.STATION)
    take_staff(batch=receive(book([HEADER, AN]), world.station, by), choice=ALL, by=by)
    worker.refresh_from_db()
    posts = Post.objects.unscoped(WhyUnscoped.SETUP).filter(worker=worker).order_by("pk")
    assert (worker.title, worker.keeper.code) == ("doctor", "hospital2")
    assert list(posts.values_list("organisation__code", "responsible_for_training")) == [
        ("hospital2", True),
        ("station", False),
    ]


def test_old_name_of_a_unit_is_found(world: World) -> None:
    from lientuc.places.actions import rename_organisation

    department = world.user(Role.HEALTH_DEPARTMENT)
    rename_organisation(organisation=world.station, name="Trạm Y tế xã Mới", on=date(2026, 1, 1), by=department)
    row = [*AN]
    row[6] = "TYT xã An"
    batch = receive(book([HEADER, row]), world.department, department)
    take_staff(batch=batch, choice=ALL, by=department)
    assert Post.objects.unscoped(WhyUnscoped.SETUP).get().organisation.code == "station"


def test_list_in_an_old_font_is_read(world: World) -> None:
    by = world.user(Role.STATION)
    rows = [["Hä vµ tªn", "Chøc danh", "Sè CCCD"], ["NguyÔn V¨n §øc", "B¸c sÜ", "001085000002"]]
    take_staff(batch=receive(book(rows), world.station, by), choice=ALL, by=by)
    assert people() == [("Nguyễn Văn Đức", "001085000002")]


def test_csv_with_semicolons_is_read(world: World) -> None:
    by = world.user(Role.STATION)
    content = "Họ và tên;Chức danh;CCCD\r\nTrần Thị An;Điều dưỡng;001190000001\r\n".encode("utf-8-sig")
    take_staff(batch=receive(content, world.station, by, "ds.csv"), choice=ALL, by=by)
    assert people() == [("Trần Thị An", "001190000001")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (bomb(), "documents.zip_bomb"),
        (with_members(book([HEADER, AN]), {"xl/vbaProject.bin": b"macro"}), "documents.macros"),
        (book([["chỉ một ô"]]), "registry.no_table"),
        (book([HEADER]), "registry.no_table"),
    ],
    ids=["bomb", "macro", "no header", "no rows"],
)
def test_file_that_may_not_be_opened_or_holds_no_list_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_file(content, "ds.xlsm", STAFF_FIELDS)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_parked_row_is_cleaned_by_the_same_rules(world: World) -> None:
    by = world.user(Role.STATION)
    row = [*AN]
    row[5] = "phù thủy"
    batch = receive(book([HEADER, row, BINH]), world.station, by)
    take_staff(batch=batch, choice=GOOD, by=by)
    parked = parked_rows(by).get()
    bad = StaffDraft(WorkerDraft("Trần Thị An", None), PostDraft(PostKind.PERMANENT))
    with pytest.raises(Refused) as refused:
        clean_row(row=parked, draft=bad, organisation=world.station, by=by)
    assert refused.value.problems == (Problem("registry.title_missing", "title"),)
    good = StaffDraft(WorkerDraft("Trần Thị An", Title.NURSE), PostDraft(PostKind.PERMANENT))
    cleaned = clean_row(row=parked, draft=good, organisation=world.station, by=by)
    assert (cleaned.state, [name for name, _ in people()]) == ("cleaned", ["Lê Văn Bình", "Trần Thị An"])
    with pytest.raises(Refused) as refused:
        clean_row(row=parked, draft=good, organisation=world.station, by=by)
    assert refused.value.problems == (Problem("registry.row_not_parked"),)


def test_list_of_another_unit_is_not_touched(world: World) -> None:
    batch = receive(book([HEADER, AN]), world.station_b, world.user(Role.HEALTH_DEPARTMENT))
    by = world.user(Role.STATION)
    for write in (
        lambda: take_staff(batch=batch, choice=ALL, by=by),
        lambda: judge_staff(batch=batch, by=by),
        lambda: repair_zeros(batch=batch, by=by),
        lambda: map_columns(batch=batch, columns={}, default_kind=PostKind.CONTRACT, by=by),
        lambda: receive(book([HEADER, AN]), world.station_b, by),
    ):
        with pytest.raises(NotAllowed):
            write()
    assert (people(), list(parked_rows(by))) == ([], [])
