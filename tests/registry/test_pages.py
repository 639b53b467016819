"""Pages of the registry: one and three rows at the same cost, empty, refused, not found, two languages, whole journeys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from lientuc.accounts.enums import Role
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker, Licence, Post, ProviderAuthority, Technique, UnitTechnique
from lientuc.trail.enums import RowState
from lientuc.trail.jobs import run_next
from lientuc.trail.models import AuditEntry, ImportBatch
from tests.factories.places import make_organisation
from tests.factories.registry import (
    make_authority,
    make_batch,
    make_function,
    make_leave,
    make_licence,
    make_parked_row,
    make_post,
    make_provider,
    make_technique,
    make_unit_technique,
    make_worker,
)
from tests.registry.staff_lists import AN, BINH, HEADER, book
from tests.world import World

Make = Callable[[World, int], Any]
REGISTER = {
    "full_name": "LÊ VĂN BÌNH",
    "title": "doctor",
    "national_number": "001085000002",
    "born_on": "1985-02-01",
    "post_kind": "permanent",
    "share": "100",
    "responsible_for_training": "on",
    "key": "k1",
}


@pytest.fixture
def station(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.STATION))
    return client


@pytest.fixture
def department(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    return client


def page(client: Client, name: str, row: Any = None, **query: str) -> str:
    answer = client.get(reverse(f"registry:{name}", args=[row.public_id] if row is not None else []), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def worker_row(world: World, n: int) -> None:
    worker = make_worker(world.station, f"Người {n}")
    make_licence(worker)
    make_post(worker, world.hospital, responsible_for_training=False)


LISTS: dict[str, tuple[Role, int, Make]] = {
    "workers": (Role.STATION, 8, worker_row),
    "workers_export": (Role.STATION, 7, worker_row),
    "organisations": (Role.STATION, 5, lambda world, n: make_organisation(world.station, f"Điểm {n}")),
    "providers": (
        Role.HEALTH_DEPARTMENT,
        6,
        lambda world, n: make_provider(make_organisation(world.department, f"Trường {n}"), code="C"),
    ),
    "lists": (Role.STATION, 7, lambda world, n: make_batch(world.station, f"tep-{n}.xlsx")),
    "parked": (Role.STATION, 6, lambda world, n: make_parked_row(world.station, f"tep-{n}.xlsx")),
    "catalogue": (
        Role.STATION,
        6,
        lambda world, n: make_technique(f"Kỹ thuật {n}", function=make_function(f"Việc {n}")),
    ),
}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", LISTS)
def test_list_costs_the_same_for_one_and_three_rows(
    world: World, client: Client, name: str, count: int, django_assert_num_queries: Any
) -> None:
    role, queries, make = LISTS[name]
    client.force_login(world.user(role))
    for n in range(count):
        make(world, n)
    url = reverse(f"registry:{name}")
    with django_assert_num_queries(queries):
        answer = client.get(url)
    assert answer.status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_list_without_rows_says_what_to_do(world: World, client: Client, name: str) -> None:
    role = Role.PROVIDER if name == "organisations" else LISTS[name][0]
    client.force_login(world.user(role))
    answer = client.get(reverse(f"registry:{name}"), {"q": "không có ai tên này"})
    assert answer.status_code == 200
    if name != "workers_export":
        assert "empty-state" in answer.content.decode()


@pytest.mark.parametrize(("cookie", "words"), [("vi", "Nhân viên y tế"), ("en", "Health workers")])
def test_list_speaks_both_languages(station: Client, cookie: str, words: str) -> None:
    station.cookies["ngon-ngu"] = cookie
    assert words in page(station, "workers")


@pytest.mark.parametrize("name", ["workers", "register", "lists", "send", "parked", "template"])
def test_pages_about_people_are_closed_to_finance(world: World, client: Client, name: str) -> None:
    client.force_login(world.user(Role.FINANCE_DEPARTMENT))
    assert client.get(reverse(f"registry:{name}")).status_code == 403


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("worker", lambda world: make_worker(world.station_b)),
        ("correct", lambda world: make_worker(world.station_b)),
        ("open_post", lambda world: make_worker(world.station_b)),
        ("record_licence", lambda world: make_worker(world.station_b)),
        ("record_leave", lambda world: make_worker(world.station_b)),
        ("end_post", lambda world: make_post(make_worker(world.station_b, post=False), world.station_b)),
        ("list", lambda world: make_batch(world.station_b)),
        ("columns", lambda world: make_batch(world.station_b)),
        ("corrected", lambda world: make_batch(world.station_b)),
        ("clean", lambda world: make_parked_row(world.station_b)),
        ("organisation", lambda world: world.station_b),
        ("unit_techniques", lambda world: world.station_b),
    ],
)
def test_object_of_another_unit_is_not_found(world: World, station: Client, name: str, make: Any) -> None:
    assert station.get(reverse(f"registry:{name}", args=[make(world).public_id])).status_code == 404


@pytest.mark.parametrize("name", ["repair", "decide"])
def test_list_of_another_unit_is_not_decided(world: World, station: Client, name: str) -> None:
    batch = make_batch(world.station_b)
    assert station.post(reverse(f"registry:{name}", args=[batch.public_id])).status_code == 404


def test_person_is_registered_by_the_form(world: World, station: Client) -> None:
    sent = {**REGISTER, "organisation": str(world.station.public_id), "licence_kind": "gphn", "licence_number": "1/X"}
    answer = station.post(reverse("registry:register"), sent)
    worker = HealthWorker.objects.unscoped(WhyUnscoped.SETUP).get()
    assert answer.headers["Location"] == reverse("registry:worker", args=[worker.public_id])
    assert (worker.full_name, Licence.objects.unscoped(WhyUnscoped.SETUP).get().number) == ("Lê Văn Bình", "1/X")
    assert station.post(reverse("registry:register"), sent).status_code == 302
    assert HealthWorker.objects.unscoped(WhyUnscoped.SETUP).count() == 1


def test_form_shows_the_rule_s_problems_beside_the_fields(world: World, station: Client) -> None:
    sent = {**REGISTER, "organisation": str(world.station.public_id), "national_number": "12", "licence_kind": "cchn"}
    answer = station.post(reverse("registry:register"), sent)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="id_national_number_error"' in text
    assert 'id="id_licence_number_error"' in text
    assert "Nhập số giấy phép." in text


def test_missing_name_is_the_same_sentence_as_in_a_file(world: World, station: Client) -> None:
    sent = {**REGISTER, "organisation": str(world.station.public_id), "full_name": ""}
    assert "Nhập họ và tên." in station.post(reverse("registry:register"), sent).content.decode()


def test_person_of_another_unit_is_taken_on(world: World, station: Client) -> None:
    worker = make_worker(world.hospital, "Lê Văn Bình", national_number="001085000002")
    sent = {
        "national_number": "001085000002",
        "full_name": "le van binh",
        "organisation": str(world.station.public_id),
        "post_kind": "contract",
        "share": "20",
    }
    assert station.post(reverse("registry:take_on"), sent).status_code == 302
    assert Post.objects.unscoped(WhyUnscoped.SETUP).filter(worker=worker).count() == 2


def test_record_masks_the_number_until_somebody_asks_and_is_recorded(world: World, station: Client) -> None:
    worker = make_worker(world.station, national_number="001085000123")
    make_licence(worker, converted_on=None)
    make_leave(worker)
    text = page(station, "worker", worker)
    assert "001085000123" not in text
    assert "123" in text
    shown = station.post(reverse("registry:reveal", args=[worker.public_id]))
    assert "001085000123" in shown.content.decode()
    assert AuditEntry.objects.get().action == "registry.reveal_national_number"


def test_commune_committee_sees_the_person_but_may_not_see_the_number(world: World, client: Client) -> None:
    worker = make_worker(world.station)
    client.force_login(world.user(Role.COMMUNE_COMMITTEE))
    assert reverse("registry:reveal", args=[worker.public_id]) not in page(client, "worker", worker)
    assert client.post(reverse("registry:reveal", args=[worker.public_id])).status_code == 403


def test_record_is_corrected_and_post_licence_leave_written(world: World, station: Client) -> None:
    worker = make_worker(world.station)
    post = Post.objects.unscoped(WhyUnscoped.SETUP).get()
    for name, row, sent in (
        ("correct", worker, {"full_name": "Trần Thị Ánh", "title": "midwife"}),
        ("record_licence", worker, {"kind": "cchn", "number": "12/HCM-CCHN", "issued_on": "01/02/2015"}),
        ("record_leave", worker, {"basis": "sickness", "from_on": "2026-01-01", "to_on": "2026-02-01"}),
        ("end_post", post, {"on": "2026-02-01", "reason": "moved"}),
        (
            "open_post",
            worker,
            {
                "organisation": str(world.station.public_id),
                "post_kind": "contract",
                "share": "100",
                "from_on": "2026-03-01",
            },
        ),
    ):
        page(station, name, row)
        assert station.post(reverse(f"registry:{name}", args=[row.public_id]), sent).status_code == 302
    worker.refresh_from_db()
    assert (worker.full_name, worker.title, worker.left_on) == ("Trần Thị Ánh", "midwife", None)
    text = page(station, "worker", worker)
    assert "12/HCM-CCHN" in text
    assert "01/02/2026 (chuyển công tác)" in text


def test_post_ended_before_it_began_says_so(world: World, station: Client) -> None:
    post = make_post(make_worker(world.station, post=False), world.station)
    answer = station.post(reverse("registry:end_post", args=[post.public_id]), {"on": "2025-06-30", "reason": "moved"})
    assert "Ngày kết thúc phải từ ngày bắt đầu 01/07/2025 trở đi." in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "thi an"}, {"Trần Thị An"}),
        ({"q": "001085000002"}, {"Lê Văn Bình"}),
        ({"q": "0010850000"}, set()),
        ({"title": "doctor"}, {"Lê Văn Bình"}),
        ({"licence": "none"}, {"Lê Văn Bình"}),
        ({"licence": "held"}, {"Trần Thị An"}),
        ({}, {"Trần Thị An", "Lê Văn Bình"}),
        ({"left": "on"}, {"Trần Thị An", "Lê Văn Bình", "Đỗ Văn Cũ"}),
    ],
)
def test_list_is_narrowed(world: World, station: Client, query: dict[str, str], names: set[str]) -> None:
    make_licence(make_worker(world.station, "Trần Thị An"))
    make_worker(world.station, "Lê Văn Bình", national_number="001085000002", title="doctor")
    make_worker(world.station, "Đỗ Văn Cũ", left_on=date(2026, 1, 1), left_reason="retired")
    text = page(station, "workers", None, **query)
    assert {name for name in ("Trần Thị An", "Lê Văn Bình", "Đỗ Văn Cũ") if name in text} == names


def test_list_of_a_unit_holds_its_posts(world: World, department: Client) -> None:
    make_worker(world.station, "Trần Thị An")
    make_worker(world.hospital, "Lê Văn Bình")
    text = page(department, "workers", None, unit=str(world.station.public_id))
    assert ("Trần Thị An" in text, "Lê Văn Bình" in text) == (True, False)


def test_export_has_no_numbers_of_identity(world: World, station: Client, tmp_path: Any) -> None:
    make_licence(make_worker(world.station, "Trần Thị An", national_number="001190000123"), "7/X-GPHN")
    content = station.get(reverse("registry:workers_export")).content
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    cells = [str(cell) for row in load_workbook(path).active.iter_rows(values_only=True) for cell in row]
    assert "Trần Thị An" in cells
    assert "7/X-GPHN" in cells
    assert "001190000123" not in "".join(cells)
    assert "Trần Thị An" in station.get(reverse("registry:workers_export"), {"format": "csv"}).content.decode()


def test_unit_shows_lines_people_techniques_and_former_names(world: World, department: Client) -> None:
    from lientuc.places.actions import rename_organisation

    make_worker(world.station)
    make_unit_technique(world.station)
    by = world.user(Role.HEALTH_DEPARTMENT)
    rename_organisation(organisation=world.station, name="Trạm Y tế xã An Mới", on=date(2026, 1, 1), by=by)
    text = page(department, "organisation", world.station)
    for words in (
        "Trạm Y tế xã An Mới",
        "Tên cũ",
        "UBND xã An",
        "điều dưỡng",
        "Khâu vết thương",
        "minh họa",
        "Điểm trạm",
    ):
        assert words in text


@pytest.mark.parametrize("text", ["tram y te xa binh", "station_b", "TRẠM Y TẾ XÃ BÌNH"])
def test_unit_is_found_without_accents_and_by_code(department: Client, text: str) -> None:
    assert "Trạm Y tế xã Bình" in page(department, "organisations", None, q=text)


def test_unit_is_found_by_its_former_name(world: World, department: Client) -> None:
    from lientuc.places.actions import rename_organisation

    by = world.user(Role.HEALTH_DEPARTMENT)
    rename_organisation(organisation=world.station, name="Trạm Mới", on=date(2026, 1, 1), by=by)
    assert "Trạm Mới" in page(department, "organisations", None, q="tram y te xa an")


def test_unit_is_entered_by_the_form(world: World, department: Client) -> None:
    sent = {
        "name": "Phòng khám Hòa Bình",
        "kind": "private_facility",
        "care_level": "initial",
        "professional": str(world.department.public_id),
        "province_code": "M1",
        "from_on": "2026-01-01",
    }
    page(department, "found_organisation")
    assert department.post(reverse("registry:found_organisation"), sent).status_code == 302
    row = Organisation.objects.unscoped(WhyUnscoped.SETUP).get(name="Phòng khám Hòa Bình")
    assert row.professional_path.startswith(world.department.professional_path)
    again = department.post(reverse("registry:found_organisation"), sent)
    assert "Đã có đơn vị “Phòng khám Hòa Bình”" in again.content.decode()


def test_unit_states_a_technique(world: World, station: Client) -> None:
    technique = make_technique()
    url = reverse("registry:unit_techniques", args=[world.station.public_id])
    assert "Khâu vết thương" in station.get(url).content.decode()
    sent = {"technique": str(technique.public_id), "performed": "1", "equipment": "planned"}
    assert station.post(url, sent).status_code == 302
    row = UnitTechnique.objects.unscoped(WhyUnscoped.SETUP).get()
    assert (row.organisation, row.performed, row.equipment) == (world.station, True, "planned")
    assert station.post(url, {**sent, "equipment": "?"}).status_code == 422
    assert station.post(url, {**sent, "technique": "?"}).status_code == 404


def test_provider_page_answers_for_each_paper_with_its_article(world: World, department: Client) -> None:
    provider = make_provider(world.school, code="A")
    text = page(department, "provider", provider)
    assert text.count("được cấp") >= 3
    assert "Thông tư 32/2023/TT-BYT" in text
    assert "mã cơ sở đào tạo còn hiệu lực" in text
    department.post(
        reverse("registry:suspend", args=[provider.public_id]), {"decision": "9/QĐ-SYT", "from_on": "2026-01-01"}
    )
    text = page(department, "provider", provider)
    assert "đang bị đình chỉ" in text
    stop = ProviderAuthority.objects.unscoped(WhyUnscoped.SETUP).get(suspension=True)
    page(department, "lift", stop)
    department.post(reverse("registry:lift", args=[stop.public_id]), {"to_on": "2026-01-31"})
    assert "đang bị đình chỉ" not in page(department, "provider", provider)


def test_provider_is_entered_and_given_a_code(world: World, department: Client) -> None:
    page(department, "register_provider")
    department.post(reverse("registry:register_provider"), {"organisation": str(world.school.public_id)})
    text = page(department, "providers")
    assert "chưa có mã" in text
    from lientuc.registry.models import Provider

    provider = Provider.objects.unscoped(WhyUnscoped.SETUP).get()
    page(department, "grant", provider)
    sent = {"code_kind": "A", "code": "A.01", "decision": "1/QĐ-BYT", "from_on": "2026-01-01"}
    assert department.post(reverse("registry:grant", args=[provider.public_id]), sent).status_code == 302
    assert "A.01 (A)" in page(department, "providers")


def test_provider_sees_its_page_and_may_not_write_it(world: World, client: Client) -> None:
    client.force_login(world.user(Role.PROVIDER))
    provider = make_provider(world.school)
    make_authority(provider)
    page(client, "provider", provider)
    assert client.get(reverse("registry:grant", args=[provider.public_id])).status_code == 403


def test_official_list_is_imported_from_a_table(world: World, department: Client) -> None:
    make_function(code="F1")
    content = book(
        [
            ["STT", "Mã kỹ thuật", "Tên kỹ thuật", "Cấp chuyên môn", "Thuộc chức năng", "Trang thiết bị"],
            [1, "K1", "Siêu âm tổng quát", "Cấp ban đầu", "F1", "máy siêu âm"],
            [2, "K2", "Nội soi", "cơ bản", "", ""],
        ]
    )
    page(department, "import_catalogue")
    sent = {
        "what": "techniques",
        "source": "TT 23/2024",
        "from_on": "2026-01-01",
        "file": SimpleUploadedFile("k.xlsx", content),
    }
    assert department.post(reverse("registry:import_catalogue"), sent).status_code == 302
    rows = Technique.objects.order_by("code").values_list("code", "care_level", "function__code", "source")
    assert list(rows) == [("K1", "initial", "F1", "TT 23/2024"), ("K2", "basic", None, "TT 23/2024")]
    wrong = {**sent, "file": SimpleUploadedFile("k.xlsx", book([["x"], ["y"]]))}
    answer = department.post(reverse("registry:import_catalogue"), wrong)
    assert "Không tìm thấy bảng có cột" in answer.content.decode()


def send(client: Client, organisation: Organisation, content: bytes, name: str = "ds.xlsx") -> Any:
    return client.post(
        reverse("registry:send"),
        {"organisation": str(organisation.public_id), "file": SimpleUploadedFile(name, content)},
    )


def test_list_is_sent_mapped_repaired_taken_and_cleaned(world: World, station: Client) -> None:
    page(station, "send")
    short, wrong = [*AN], [*BINH]
    short[4], wrong[5] = 1190000001, "phù thủy"
    answer = send(station, world.station, book([HEADER, short, wrong]))
    batch = ImportBatch.objects.get()
    assert answer.headers["Location"] == reverse("registry:list", args=[batch.public_id])
    text = page(station, "list", batch)
    for words in ("E2", "mất số 0 ở đầu", "F3", "Không rõ chức danh “phù thủy”"):
        assert words in text
    page(station, "columns", batch)
    station.post(reverse("registry:repair", args=[batch.public_id]))
    batch.refresh_from_db()
    assert (batch.counts["good"], batch.counts["bad"]) == (1, 1)
    assert station.post(reverse("registry:decide", args=[batch.public_id]), {}).status_code == 302
    station.post(reverse("registry:decide", args=[batch.public_id]), {"choice": "good_rows", "key": "d"})
    assert "chưa làm sạch" in page(station, "list", batch)
    assert "phù thủy" in page(station, "parked")
    row = batch.rows.get(state=RowState.PARKED)
    form = page(station, "clean", row)
    assert 'value="Lê Văn Bình"' in form
    sent = {**REGISTER, "organisation": str(world.station.public_id)}
    assert station.post(reverse("registry:clean", args=[row.public_id]), sent).status_code == 302
    assert HealthWorker.objects.unscoped(WhyUnscoped.SETUP).count() == 2


def test_columns_are_chosen_on_their_page(world: World, station: Client) -> None:
    send(station, world.station, book([["Cột A", "Cột B"], ["Trần Thị An", "ĐD"]]))
    batch = ImportBatch.objects.get()
    name = batch.mapping["tables"][0]["fingerprint"][:12]
    url = reverse("registry:columns", args=[batch.public_id])
    refused = station.post(url, {f"{name}-0": "title", f"{name}-1": "title"})
    assert "Mỗi mục chỉ chọn một cột." in refused.content.decode()
    assert station.post(url, {f"{name}-0": "full_name", f"{name}-1": "title"}).status_code == 302
    batch.refresh_from_db()
    assert batch.counts["good"] == 1


def test_file_that_is_no_table_is_refused_beside_the_field(world: World, station: Client) -> None:
    answer = send(station, world.station, b"%PDF-1.4 x", "ds.xlsx")
    assert "Tệp không phải là bảng tính" in answer.content.decode()
    assert ImportBatch.objects.count() == 0


def test_list_for_another_unit_is_not_in_the_choices(world: World, station: Client) -> None:
    assert send(station, world.station_b, book([HEADER, AN])).status_code == 200
    assert ImportBatch.objects.count() == 0


def test_long_list_is_worked_on_by_a_job(world: World, station: Client) -> None:
    rows = [[n, f"Nguyễn Thị {n}", "1990", "Nữ", f"0011{n:08d}", "ĐD", "", "", "", ""] for n in range(2001)]
    send(station, world.station, book([HEADER, *rows]))
    batch = ImportBatch.objects.get()
    assert 'http-equiv="refresh"' in page(station, "list", batch)
    assert run_next().state == "done"
    assert "2.001" in page(station, "list", batch)
    station.post(reverse("registry:decide", args=[batch.public_id]), {"choice": "all_or_nothing"})
    assert 'http-equiv="refresh"' in page(station, "list", batch)
    assert run_next().state == "done"
    assert HealthWorker.objects.unscoped(WhyUnscoped.SETUP).count() == 2001
    assert "đã nhận" in page(station, "list", batch)


def test_template_is_read_back_with_every_column_known(world: World, station: Client, tmp_path: Any) -> None:
    from lientuc.registry.intake.columns import STAFF_FIELDS, TEMPLATE
    from lientuc.registry.intake.file import read_file

    path = tmp_path / "mau.xlsx"
    path.write_bytes(station.get(reverse("registry:template")).content)
    book_of = load_workbook(path)
    header = next(row[0].row for row in book_of.active.iter_rows() if row[0].value == "STT")
    book_of.active.cell(header + 1, 2, "Trần Thị An")
    book_of.active.cell(header + 1, 5, "001190000001")
    book_of.save(path)
    table = read_file(path.read_bytes(), "mau.xlsx", STAFF_FIELDS).tables[0]
    assert list(table.proposal.values()) == list(TEMPLATE)


def test_file_goes_back_with_a_column_of_problems(world: World, station: Client, tmp_path: Any) -> None:
    wrong = [*AN]
    wrong[5] = "phù thủy"
    send(station, world.station, book([HEADER, wrong]))
    path = tmp_path / "sua.xlsx"
    path.write_bytes(station.get(reverse("registry:corrected", args=[ImportBatch.objects.get().public_id])).content)
    rows = list(load_workbook(path).active.iter_rows(values_only=True))
    assert any(row[1] == "Trần Thị An" and str(row[-1]).startswith("F2: Không rõ chức danh") for row in rows)
