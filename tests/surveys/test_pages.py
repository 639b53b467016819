"""Staff pages and the respondent's pages."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.accounts.models import SYSTEM
from lientuc.core.clock import clock_at
from lientuc.surveys.actions import load_instruments
from lientuc.surveys.enums import InvitationState, ResponseState, WaveMode
from lientuc.surveys.links import invitation_token
from lientuc.surveys.models import Answer, InstrumentVersion, Invitation, Response, Wave
from lientuc.trail.models import AuditEntry
from tests.factories.surveys import make_invitation, make_response, make_version, make_wave, make_worker
from tests.world import World

DAY = date(2026, 6, 3)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock_at(DAY):
        yield


def logged_in(client: Client, world: World, role: Role = Role.PROVIDER) -> Client:
    client.force_login(world.user(role))
    return client


# --- staff --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_waves_list_costs_the_same_for_1_and_3_rows(
    client: Client, world: World, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        make_invitation(world.school, wave=make_wave(world.school, f"Đợt {number}"))
    logged_in(client, world).get(reverse("surveys:waves"))
    with django_assert_num_queries(5):
        page = client.get(reverse("surveys:waves")).content.decode()
    assert [f"Đợt {n}" in page for n in range(3)] == [n < rows for n in range(3)]


def test_empty_list_says_what_to_do(client: Client, world: World) -> None:
    page = logged_in(client, world).get(reverse("surveys:waves")).content.decode()
    assert "Không có đợt khảo sát nào" in page


def test_waves_list_in_english(client: Client, world: World) -> None:
    make_wave(world.school)
    client.cookies["ngon-ngu"] = "en"
    assert "Survey waves" in logged_in(client, world).get(reverse("surveys:waves")).content.decode()


@pytest.mark.parametrize("name", ["surveys:waves", "surveys:new_wave", "surveys:instruments"])
def test_health_worker_is_kept_out(client: Client, world: World, name: str) -> None:
    assert logged_in(client, world, Role.HEALTH_WORKER).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["wave", "invitations"])
def test_other_providers_wave_is_not_found(client: Client, world: World, name: str) -> None:
    wave = make_wave(world.organisation("school_b"))
    assert logged_in(client, world).get(reverse(f"surveys:{name}", args=[wave.public_id])).status_code == 404


def test_filter_finds_without_accents(client: Client, world: World) -> None:
    make_wave(world.school, "Sau ba tháng")
    make_wave(world.school, "Phản hồi")
    page = logged_in(client, world).get(reverse("surveys:waves"), {"q": "ba thang"}).content.decode()
    assert ("Sau ba tháng" in page, "Phản hồi" in page) == (True, False)


def wave_fields(world: World, **fields: Any) -> dict[str, Any]:
    values = dict(
        version=str(make_version().public_id),
        organisation=str(world.department.public_id),
        name="Đợt mới",
        purpose="management",
        mode="confidential",
        opens_on="2026-06-01",
        closes_on="2026-06-30",
        key="k1",
    )
    return values | fields


def test_department_opens_a_wave_for_chosen_people(client: Client, world: World) -> None:
    chosen, _ = make_worker(world.hospital, "Chọn"), make_worker(world.hospital, "Không chọn")
    fields = wave_fields(world, worker=[str(chosen.public_id), "not-an-id"])
    logged_in(client, world, Role.HEALTH_DEPARTMENT)
    for _again in range(2):
        assert client.post(reverse("surveys:new_wave"), fields).status_code == 302
    assert [i.worker_id for i in Invitation._base_manager.all()] == [chosen.pk]


def test_everybody_of_the_filter_is_invited_and_nobody_else(client: Client, world: World) -> None:
    make_worker(world.hospital, "Trong lọc")
    make_worker(world.station, "Ngoài lọc")
    make_worker(world.organisation("hospital2"), "Tỉnh khác")
    address = reverse("surveys:new_wave") + f"?unit={world.hospital.public_id}"
    logged_in(client, world, Role.HEALTH_DEPARTMENT).post(address, wave_fields(world, everybody="yes"))
    assert [str(i.worker) for i in Invitation._base_manager.select_related("worker")] == ["Trong lọc"]


def test_anonymous_mode_without_a_list_is_refused_in_the_form(client: Client, world: World) -> None:
    fields = wave_fields(world, organisation=str(world.school.public_id), mode="anonymous")
    page = logged_in(client, world).post(reverse("surveys:new_wave"), fields)
    assert "Chế độ ẩn danh cần mời ít nhất 10 người" in page.content.decode()
    assert not Wave._base_manager.exists()


def test_wave_page_shows_link_and_code_of_an_open_wave(client: Client, world: World) -> None:
    wave = make_wave(world.school, mode=WaveMode.OPEN, audience_size=40)
    page = logged_in(client, world).get(reverse("surveys:wave", args=[wave.public_id])).content.decode()
    assert (f"/khao-sat/tra-loi/{wave.open_token}/" in page, "<svg" in page) == (True, True)


def test_ministry_sees_progress_without_strata(client: Client, world: World) -> None:
    wave = make_wave(world.school)
    make_invitation(world.school, wave=wave, stratum={"sex": "female"})
    address = reverse("surveys:wave", args=[wave.public_id])
    assert "Giới: " in logged_in(client, world).get(address).content.decode()
    assert "Giới: " not in logged_in(client, world, Role.MINISTRY).get(address).content.decode()


def test_invitations_carry_text_and_no_pseudonym(client: Client, world: World) -> None:
    invitation = make_invitation(world.school)
    page = logged_in(client, world).get(reverse("surveys:invitations", args=[invitation.wave.public_id]))
    text = page.content.decode()
    assert f"/khao-sat/tra-loi/{invitation_token(invitation.public_id)}/" in text
    assert invitation.pseudonym not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_invitations_cost_the_same_for_1_and_3_rows(
    client: Client, world: World, rows: int, django_assert_num_queries: Any
) -> None:
    wave = make_wave(world.school)
    for number in range(rows):
        make_invitation(world.school, f"Người {number}", wave=wave)
    logged_in(client, world).get(reverse("surveys:waves"))
    with django_assert_num_queries(6):
        client.get(reverse("surveys:invitations", args=[wave.public_id]))


def test_delivered_and_close(client: Client, world: World) -> None:
    invitation = make_invitation(world.school)
    public_id = invitation.wave.public_id
    logged_in(client, world).post(reverse("surveys:delivered", args=[public_id]), {"invitation": invitation.public_id})
    client.post(reverse("surveys:close", args=[public_id]))
    assert (Invitation._base_manager.get().state, Wave._base_manager.get().state) == ("delivered", "closed")


def test_export_is_complete_and_says_how_many_rows(client: Client, world: World) -> None:
    wave = make_wave(world.school)
    for number in range(6):
        make_response(wave, {"works": "yes", "cases": str(number), "fruit": "apple plum", "remark": "=1+1"})
    make_response(wave, {"works": "no"}, state=ResponseState.STARTED)
    reply = logged_in(client, world).post(reverse("surveys:export", args=[wave.public_id]))
    lines = b"".join(reply.streaming_content).decode().splitlines()
    assert (lines[0], reply["X-Row-Count"], len(lines)) == ('"pseudonym","works","cases","fruit","remark"', "6", 7)
    assert sorted(line.split(",", 1)[1] for line in lines[1:])[0] == '"yes","0","apple plum","\'=1+1"'


def test_instrument_pages(client: Client, world: World) -> None:
    load_instruments(by=SYSTEM)
    logged_in(client, world)
    for name in ("instrument", "paper", "preview"):
        reply = client.get(reverse(f"surveys:{name}"), {"ma": "l3_alumni", "so": "1", "phan": "2"})
        assert "Nơi làm việc trước khi đi học" in reply.content.decode(), name
    assert "l4_unit" in client.get(reverse("surveys:instruments")).content.decode()
    assert client.get(reverse("surveys:preview"), {"ma": "l3_alumni", "phan": "99"}).status_code == 404
    assert client.get(reverse("surveys:paper"), {"ma": "unknown"}).status_code == 404
    assert client.get(reverse("surveys:instrument")).url == reverse("surveys:instruments")


def test_paper_carries_the_numbers_of_the_screen(client: Client, world: World) -> None:
    load_instruments(by=SYSTEM)
    page = logged_in(client, world).get(reverse("surveys:paper"), {"ma": "l1_reaction"}).content.decode()
    assert re.findall(r"<b>(\d+)\.</b>", page) == [str(number) for number in range(1, 20)]


def test_paper_says_in_words_whom_a_question_concerns(client: Client, world: World) -> None:
    load_instruments(by=SYSTEM)
    page = logged_in(client, world).get(reverse("surveys:paper"), {"ma": "l3_alumni"}).content.decode()
    assert "Chỉ trả lời khi câu 5: “Khác (cần ghi rõ)”" in page
    assert "Từ 1 - 5 kỹ thuật” hoặc câu" in page
    assert "${" not in page


# --- respondents --------------------------------------------------------------------------------------------------


def invited(world: World, **fields: Any) -> tuple[Invitation, str]:
    invitation = make_invitation(world.school, **fields)
    return invitation, invitation_token(invitation.public_id)


def test_whole_confidential_journey_without_login(client: Client, world: World) -> None:
    invitation, token = invited(world)
    first = client.get(reverse("surveys:respond", args=[token]))
    assert "Chế độ bảo mật, không phải ẩn danh" in first.content.decode()
    assert client.post(reverse("surveys:respond", args=[token])).url == reverse(
        "surveys:respond_section", args=[token, 1]
    )
    page_1, page_2 = (reverse("surveys:respond_section", args=[token, n]) for n in (1, 2))
    assert client.post(page_1, {"shown": "works-0", "works-0": "yes"}).url == page_1
    assert "Có thêm câu hỏi" in client.get(page_1).content.decode()
    assert client.post(page_1, {"shown": "works-0 cases-0", "works-0": "yes", "cases-0": "7"}).url == page_2
    assert client.post(page_2, {"shown": "fruit-0 remark-0", "fruit-0": ["pear", "apple"]}).url == reverse(
        "surveys:thanks", args=[token]
    )
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.COMPLETED
    assert dict(Answer._base_manager.values_list("item__name", "value")) == {
        "works": "yes", "cases": "7", "fruit": "apple pear", "remark": "",
    }  # fmt: skip
    assert client.post(page_2, {"shown": "fruit-0 remark-0"}).url == reverse("surveys:thanks", args=[token])


def test_respondent_gets_no_cookie_and_no_cached_page(client: Client, world: World) -> None:
    _, token = invited(world)
    reply = client.get(reverse("surveys:respond", args=[token]))
    assert (reply.cookies, reply["Cache-Control"], reply["Referrer-Policy"]) == ({}, "no-store", "no-referrer")


def test_problem_stands_at_its_field_with_the_typed_value(client: Client, world: World) -> None:
    _, token = invited(world)
    client.post(reverse("surveys:respond", args=[token]))
    page = reverse("surveys:respond_section", args=[token, 1])
    reply = client.post(page, {"shown": "works-0 cases-0", "works-0": "yes", "cases-0": "51"})
    text = reply.content.decode()
    assert (reply.status_code, 'value="51"' in text, "Nhập số từ 0 đến 50." in text) == (422, True, True)
    assert ('id="cases-0-error"' in text, text.count(" checked")) == (True, 1)
    assert not Answer._base_manager.exists()


def test_open_wave_tapped_twice_is_one_response(client: Client, world: World) -> None:
    wave = make_wave(world.school, mode=WaveMode.OPEN)
    address = reverse("surveys:respond", args=[wave.open_token])
    assert "không hỏi họ tên" in client.get(address).content.decode()
    first, second = (client.post(address, {"start": "tap"}).url for _ in range(2))
    assert (first == second, Response._base_manager.count()) == (True, 1)
    assert "giữ lại liên kết này" in client.get(first).content.decode()


def test_english_stays_along_the_way(client: Client, world: World) -> None:
    _, token = invited(world)
    reply = client.post(reverse("surveys:respond", args=[token]) + "?lang=en")
    assert "Question works" in client.get(reply.url).content.decode()


def test_closed_wave_says_so(client: Client, world: World) -> None:
    _, token = invited(world, wave=make_wave(world.school, closes_on=date(2026, 6, 2)))
    reply = client.get(reverse("surveys:respond", args=[token]))
    assert (reply.status_code, "Đợt khảo sát đã kết thúc" in reply.content.decode()) == (410, True)
    assert client.post(reverse("surveys:respond", args=[token])).status_code == 410


def test_declining_before_starting(client: Client, world: World) -> None:
    invitation, token = invited(world)
    client.post(reverse("surveys:respond_refuse", args=[token]))
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.REFUSED
    reply = client.get(reverse("surveys:respond", args=[token]))
    assert reply.url == reverse("surveys:thanks", args=[token])


def test_unknown_link_is_not_found(client: Client, world: World) -> None:
    assert client.get(reverse("surveys:respond", args=["nothing"])).status_code == 404


def test_opening_is_noted_once(client: Client, world: World) -> None:
    _, token = invited(world)
    for _again in range(2):
        client.get(reverse("surveys:respond", args=[token]))
    assert AuditEntry.objects.filter(action="surveys.note_opened").count() == 1


def test_head_request_opens_nothing(client: Client, world: World) -> None:
    invitation, token = invited(world)
    client.head(reverse("surveys:respond", args=[token]))
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.INVITED


def test_every_page_of_the_alumni_form_is_light(client: Client, world: World) -> None:
    load_instruments(by=SYSTEM)
    version = InstrumentVersion.objects.get(instrument__code="l3_alumni", number=2)
    labels = ["Nội soi dạ dày", "Siêu âm tim", "Cấp cứu phản vệ"]
    _, token = invited(world, wave=make_wave(world.school, version=version, item_sets=["split"], repeat_labels=labels))
    sizes = [len(client.get(reverse("surveys:respond", args=[token])).content)]
    client.post(reverse("surveys:respond", args=[token]))
    client.post(reverse("surveys:respond_section", args=[token, 1]), {"shown": "consent-0", "consent-0": "yes"})
    for number in range(2, 8):
        reply = client.get(reverse("surveys:respond_section", args=[token, number]))
        assert reply.status_code == 200, number
        sizes.append(len(reply.content))
    with open("src/lientuc/surveys/static/surveys/respond.css", "rb") as file:
        style = len(file.read())
    assert max(sizes) + style <= 30_000
    assert "<script" not in reply.content.decode()
