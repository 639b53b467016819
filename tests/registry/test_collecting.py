"""Collection campaigns: the board, links without account that reveal nothing, 170 files on one page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at, now, today
from lientuc.core.errors import NotAllowed, Refused
from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.registry.collecting import actions, links, queries, taking_in
from lientuc.registry.collecting.enums import SentState
from lientuc.registry.collecting.models import Campaign, CampaignFile, CampaignUnit
from lientuc.registry.collecting.rules import CampaignDraft, link_works, sent_state
from lientuc.registry.collecting.sender import sender_for
from lientuc.registry.models import HealthWorker
from lientuc.trail.enums import ImportState
from lientuc.trail.jobs import run_next
from lientuc.trail.models import ImportBatch
from tests.factories.assessing import make_asked
from tests.factories.registry import make_batch, make_worker
from tests.registry.staff_lists import AN, BINH, HEADER, book
from tests.world import World

GOOD = book([HEADER, AN])
FAULTY = book([HEADER, AN, [*BINH[:5], "Phù thủy", *BINH[6:]]])
DRAFT = CampaignDraft("Rà soát 2026", None, (OrganisationKind.STATION, OrganisationKind.HOSPITAL))


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


def opened(world: World, **changed: Any) -> Campaign:
    values = {**vars(DRAFT), "deadline_on": today() + timedelta(days=10), **changed}
    by = world.user(Role.HEALTH_DEPARTMENT)
    return actions.open_campaign(draft=CampaignDraft(**values), organisation=world.department, by=by)


def asked_of(campaign: Campaign, unit: Organisation) -> CampaignUnit:
    rows = CampaignUnit._base_manager.select_related("campaign__organisation", "unit")
    return rows.get(campaign=campaign, unit=unit)


def state_of(campaign: Campaign, unit: Organisation) -> SentState:
    return next(line.state for line in queries.board(campaign).lines if line.unit == unit)


def door(asked: CampaignUnit, step: str = "") -> str:
    return reverse("registry:send_by_link", args=[links.token_of(asked)]) + step


def upload(client: Client, address: str, content: bytes, name: str = "ds.xlsx") -> Any:
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


# --- rules ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("batch", "bad", "unreadable", "state"),
    [
        (None, 0, False, SentState.NOT_SENT),
        (None, 0, True, SentState.WITH_ERRORS),
        (ImportState.PREVIEWED, 0, False, SentState.SENT),
        (ImportState.PREVIEWED, 1, False, SentState.WITH_ERRORS),
        (ImportState.TAKEN, 0, False, SentState.TAKEN),
        (ImportState.TAKEN_IN_PART, 3, False, SentState.TAKEN),
        (ImportState.REFUSED, 0, False, SentState.WITH_ERRORS),
        (ImportState.UNDONE, 0, False, SentState.WITH_ERRORS),
        (ImportState.TAKEN, 0, True, SentState.WITH_ERRORS),
    ],
)
def test_sent_state(batch: ImportState | None, bad: int, unreadable: bool, state: SentState) -> None:
    assert sent_state(batch, bad, unreadable) is state


@pytest.mark.parametrize(("days", "works"), [(-1, True), (0, True), (1, False)])
def test_link_works_through_the_last_day(days: int, works: bool) -> None:
    deadline = today()
    assert link_works(False, deadline, deadline + timedelta(days=days)) is works
    assert link_works(True, deadline, deadline + timedelta(days=days)) is False


# --- actions ----------------------------------------------------------------------------------------------------------


def test_campaign_asks_every_unit_of_its_kinds_below(world: World) -> None:
    campaign = opened(world)
    asked = CampaignUnit._base_manager.filter(campaign=campaign).values_list("unit__code", flat=True)
    assert sorted(asked) == ["hospital", "hospital_b", "station", "station_b", "ward"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "registry.campaign_name_missing"),
        ({"deadline_on": None}, "registry.deadline_past"),
        ({"deadline_on": today() - timedelta(days=1)}, "registry.deadline_past"),
        ({"kinds": (OrganisationKind.MINISTRY,)}, "registry.campaign_without_units"),
    ],
)
def test_campaign_is_refused(world: World, changed: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        opened(world, **changed)


def test_deadline_today_is_accepted(world: World) -> None:
    assert opened(world, deadline_on=today()).deadline_on == today()


def test_station_runs_no_campaign(world: World) -> None:
    draft = CampaignDraft("Rà soát", today(), (OrganisationKind.STATION,))
    with pytest.raises(NotAllowed):
        actions.open_campaign(draft=draft, organisation=world.department, by=world.user(Role.STATION))


def test_extending_keeps_the_links_alive(world: World) -> None:
    campaign = opened(world, deadline_on=today())
    token = links.token_of(asked_of(campaign, world.station))
    with clock_at(today() + timedelta(days=1)):
        assert links.asked_by(token) is None
        by = world.user(Role.HEALTH_DEPARTMENT)
        actions.extend_campaign(campaign=campaign, deadline_on=today(), by=by)
        assert links.asked_by(token) is not None


def test_closed_campaign_opens_no_door_and_changes_no_more(world: World) -> None:
    campaign = opened(world)
    token = links.token_of(asked_of(campaign, world.station))
    by = world.user(Role.HEALTH_DEPARTMENT)
    actions.close_campaign(campaign=campaign, by=by)
    assert links.asked_by(token) is None
    with pytest.raises(Refused, match=r"registry.campaign_closed"):
        actions.extend_campaign(campaign=campaign, deadline_on=today(), by=by)


def test_renewed_link_ends_the_old_one(world: World) -> None:
    asked = asked_of(opened(world), world.station)
    old = links.token_of(asked)
    actions.renew_link(asked=asked, by=world.user(Role.HEALTH_DEPARTMENT))
    assert (links.asked_by(old), links.asked_by(links.token_of(asked))) == (None, asked)


def test_unit_is_added_once_and_dropped_while_it_sent_nothing(world: World) -> None:
    campaign, by = opened(world), world.user(Role.HEALTH_DEPARTMENT)
    private = world.organisation("private")
    asked = actions.ask_unit(campaign=campaign, unit=private, by=by)
    with pytest.raises(Refused, match=r"registry.unit_in_campaign"):
        actions.ask_unit(campaign=campaign, unit=private, by=by)
    actions.drop_unit(asked=asked, by=by)
    with pytest.raises(NotAllowed):
        actions.ask_unit(campaign=campaign, unit=world.organisation("station2"), by=by)
    make_batch(world.station)
    with pytest.raises(Refused, match=r"registry.unit_has_sent"):
        actions.drop_unit(asked=asked_of(campaign, world.station), by=by)


# --- the door behind a link -------------------------------------------------------------------------------------------


def test_only_the_hash_of_a_link_is_stored(world: World) -> None:
    asked = asked_of(opened(world), world.station)
    token = links.token_of(asked)
    assert (asked.token_hash, token in str(vars(asked))) == (links.hash_of(token), False)


def test_file_by_link_is_parked_for_the_unit_and_taken_by_nobody(world: World, client: Client) -> None:
    campaign = opened(world)
    answer = upload(client, door(asked_of(campaign, world.station)), GOOD)
    (batch,) = ImportBatch.objects.all()
    assert (answer.status_code, batch.sender, batch.state) == (200, str(world.station.public_id), "previewed")
    assert (HealthWorker._base_manager.count(), state_of(campaign, world.station)) == (0, SentState.SENT)


def test_file_with_errors_is_counted_and_shows_nothing_of_the_register(world: World, client: Client) -> None:
    make_worker(world.hospital, "Lê Văn Bình", national_number="001085000002")
    campaign = opened(world)
    page = upload(client, door(asked_of(campaign, world.station)), FAULTY).content.decode()
    assert state_of(campaign, world.station) is SentState.WITH_ERRORS
    assert ("1 dòng cần sửa" in page, "Bệnh viện" in page, "Phù thủy" in page) == (True, False, False)


def test_unreadable_file_is_noted_and_refused(world: World, client: Client) -> None:
    campaign = opened(world)
    page = upload(client, door(asked_of(campaign, world.station)), b"no workbook at all", "ds.pdf").content.decode()
    line = next(line for line in queries.board(campaign).lines if line.unit == world.station)
    assert (line.state, line.unreadable is not None, "field-error" in page) == (SentState.WITH_ERRORS, True, True)
    assert ImportBatch.objects.count() == 0


def test_too_large_file_is_refused_before_it_is_read(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lientuc.registry.collecting.views.MOST_BYTES", len(GOOD) - 1)
    upload(client, door(asked_of(opened(world), world.station)), GOOD)
    assert (CampaignFile._base_manager.count(), ImportBatch.objects.count()) == (0, 0)


def test_file_of_exactly_the_limit_is_taken(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lientuc.registry.collecting.views.MOST_BYTES", len(GOOD))
    upload(client, door(asked_of(opened(world), world.station)), GOOD)
    assert ImportBatch.objects.count() == 1


def test_large_file_is_read_by_a_job_that_acts_for_the_unit(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "SMALL", 10)
    campaign = opened(world)
    upload(client, door(asked_of(campaign, world.station)), FAULTY)
    job = run_next()
    assert job is not None
    assert (job.state, job.problem) == ("done", {})
    assert state_of(campaign, world.station) is SentState.WITH_ERRORS


def test_link_writes_for_its_own_unit_only(world: World) -> None:
    by = sender_for(asked_of(opened(world), world.station))
    assert by.why_not("registry.edit_workers", world.station) is None
    assert by.why_not("registry.edit_workers", world.hospital) is not None
    assert by.why_not("registry.view_workers", world.station) is not None
    assert by.scope("registry.view_workers").is_empty


def test_rows_of_another_unit_are_errors_behind_a_link(world: World, client: Client) -> None:
    elsewhere = [*AN[:6], "Bệnh viện Đa khoa Một", *AN[7:]]
    campaign = opened(world)
    upload(client, door(asked_of(campaign, world.station)), book([HEADER, elsewhere]))
    assert ImportBatch.objects.get().counts["codes"] == {"registry.unit_unknown": 1}


def test_twin_with_the_officer_s_reach_would_place_them(world: World, client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(taking_in, "sender_for", lambda asked: world.user(Role.HEALTH_DEPARTMENT))
    elsewhere = [*AN[:6], "Bệnh viện Đa khoa Một", *AN[7:]]
    upload(client, door(asked_of(opened(world), world.station)), book([HEADER, elsewhere]))
    assert ImportBatch.objects.get().counts["codes"] == {}


def test_wrong_old_and_closed_links_show_the_same_page(world: World, client: Client) -> None:
    campaign = opened(world)
    asked = asked_of(campaign, world.station)
    closed = door(asked)
    actions.close_campaign(campaign=campaign, by=world.user(Role.HEALTH_DEPARTMENT))
    wrong = reverse("registry:send_by_link", args=["khong-co"])
    answers = [client.get(address) for address in (closed, wrong, wrong + "mau/")]
    shown = {answer.content.decode().split("<main")[1].split("</main>")[0] for answer in answers}
    assert ([answer.status_code for answer in answers], len(shown)) == ([404, 404, 404], 1)
    assert "Trạm Y tế" not in shown.pop()


def test_guessing_links_is_stopped(client: Client, db: None) -> None:
    address = reverse("registry:send_by_link", args=["doan"])
    statuses = [client.get(address).status_code for _ in range(links.WRONG_LINKS_A_MINUTE + 1)]
    assert statuses == [404] * links.WRONG_LINKS_A_MINUTE + [429]


def test_sending_is_limited_by_link(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "FILES_AN_HOUR", 2)
    campaign = opened(world)
    address = door(asked_of(campaign, world.station))
    assert [upload(client, address, GOOD).status_code for _ in range(3)] == [200, 200, 429]
    assert upload(client, door(asked_of(campaign, world.station_b)), GOOD).status_code == 200


def test_template_comes_by_link(world: World, client: Client) -> None:
    assert client.get(door(asked_of(opened(world), world.station), "mau/")).content[:2] == b"PK"


def test_door_needs_no_cookie(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert upload(strict, door(asked_of(opened(world), world.station)), GOOD).status_code == 200


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def department(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    return client


def test_list_sent_by_a_signed_in_unit_counts_too(world: World) -> None:
    campaign = opened(world)
    make_batch(world.station, counts={"rows": 4, "bad": 0}, state=ImportState.TAKEN)
    assert (state_of(campaign, world.station), queries.board(campaign).sent) == (SentState.TAKEN, 1)


def test_list_of_before_the_campaign_does_not_count(world: World) -> None:
    make_batch(world.station, made_at=now() - timedelta(days=2))
    assert state_of(opened(world), world.station) is SentState.NOT_SENT


def test_campaign_is_opened_on_the_page(department: Client, world: World) -> None:
    values = {
        "organisation": world.department.public_id,
        "name": "Rà soát 2026",
        "deadline_on": (today() + timedelta(days=5)).isoformat(),
        "kinds": ["station"],
    }
    answer = department.post("/nhan-luc/thu-thap/mo/", values)
    page = department.get(answer.headers["Location"]).content.decode()
    assert ("0/2 đơn vị" in page, "Trạm Y tế xã An" in page) == (True, True)


def test_list_has_an_empty_state_and_both_languages(department: Client, world: World) -> None:
    assert "empty-state" in department.get("/nhan-luc/thu-thap/").content.decode()
    opened(world)
    vietnamese = department.get("/nhan-luc/thu-thap/").content
    department.cookies["ngon-ngu"] = "en"
    assert vietnamese != department.get("/nhan-luc/thu-thap/").content


def test_reminder_has_the_unit_s_own_link(department: Client, world: World) -> None:
    campaign = opened(world, note="Liên hệ: 024 1234")
    page = department.get(f"/nhan-luc/thu-thap/{campaign.public_id}/nhac/").content.decode()
    assert door(asked_of(campaign, world.station)) in page
    assert page.count("Liên hệ: 024 1234") == 5


def test_board_is_narrowed_and_exported(department: Client, world: World) -> None:
    campaign = opened(world)
    make_batch(world.station, counts={"rows": 4, "bad": 0})
    here = f"/nhan-luc/thu-thap/{campaign.public_id}/"
    page = department.get(here, {"state": "sent"}).content.decode()
    assert ("Trạm Y tế xã An" in page.split("<tbody>")[1].split("</tbody>")[0], page.count("<tr>")) == (True, 2)
    assert department.get(here + "xuat/").content[:2] == b"PK"


def test_170_files_stand_on_one_page(department: Client, world: World, django_assert_num_queries: Any) -> None:
    units = [
        Organisation(
            name=f"Đơn vị {number:03d}",
            name_fold=f"don vi {number:03d}",
            kind=OrganisationKind.STATION if number < 130 else OrganisationKind.HOSPITAL,
            employer_path=f"{world.department.employer_path}t{number}/",
            from_on=world.station.from_on,
        )
        for number in range(170)
    ]
    Organisation.objects.bulk_create(units)
    campaign = opened(world)
    for unit in units:
        make_batch(unit, counts={"rows": 10, "bad": 0})
    with django_assert_num_queries(9):
        page = department.get(f"/nhan-luc/thu-thap/{campaign.public_id}/").content.decode()
    assert ("170/175 đơn vị" in page, "170 tệp, 1.700 dòng" in page, page.count("Đơn vị 1")) == (True, True, 140)


def test_one_campaign_asks_as_many_queries(department: Client, world: World, django_assert_num_queries: Any) -> None:
    asked = make_asked(world.department, unit=world.station)
    with django_assert_num_queries(9):
        department.get(f"/nhan-luc/thu-thap/{asked.campaign.public_id}/")
