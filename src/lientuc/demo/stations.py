"""What stations do between the rounds: send lists on demand, say what they can do, hand in hours of their own."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from lientuc.core.clock import today
from lientuc.credits.actions.claims import SentFile, accept_claim, submit_claim
from lientuc.credits.rules import EntryDraft
from lientuc.credits.rules.claims import ClaimDraft
from lientuc.documents.paper import Paper, Paragraph
from lientuc.documents.writers import write_pdf
from lientuc.law.credits import Form, Role
from lientuc.places.enums import OrganisationKind
from lientuc.registry.actions import take_staff
from lientuc.registry.assessing.actions import (
    begin_assessment,
    confirm_assessment,
    state_function,
    submit_assessment,
)
from lientuc.registry.assessing.enums import Answer, Reason
from lientuc.registry.assessing.queries import functions_of
from lientuc.registry.assessing.rules import StatementDraft
from lientuc.registry.collecting.actions import open_campaign
from lientuc.registry.collecting.queries import open_campaigns_asking
from lientuc.registry.collecting.rules import CampaignDraft
from lientuc.registry.collecting.taking_in import take_in
from lientuc.registry.enums import TakeChoice
from lientuc.registry.intake.batches import batches_visible_to
from lientuc.registry.queries import workers_of
from lientuc.reports.person import own_worker

from .people import SEED, Person, draw
from .walk import Walk
from .workforce import workbook_of

# Of the stations: how many sent and had their list taken, wait, sent with errors; the others sent nothing yet.
TAKEN, WAITING, WITH_ERRORS = 1, 2, 2
ASSESSED = 8
_ANSWERS = (Answer.DOING, Answer.COULD_DO, Answer.CANNOT)
_REASONS = (Reason.EQUIPMENT, Reason.STAFFING, Reason.KNOWLEDGE, Reason.APPROVAL)


def _stations(walk: Walk) -> list[Any]:
    return [row for key, row in walk.organisations.items() if key.startswith("station-")]


def collect_lists(walk: Walk) -> str:
    """A campaign asks every station for its list; some send by link, one with errors, most not yet."""
    open_campaign(
        draft=CampaignDraft(
            name=f"Cập nhật nhân lực trạm y tế năm {today().year}",
            deadline_on=today() + timedelta(days=25),
            kinds=(OrganisationKind.STATION,),
            note="Gửi danh sách toàn bộ nhân lực của Trạm (số liệu mô phỏng).",
        ),
        organisation=walk.organisations["department"],
        by=walk.users["syt"],
    )
    stations = _stations(walk)
    asked = {row.unit_id: row for row in open_campaigns_asking([row.pk for row in stations], today())}
    sending = stations[: TAKEN + WAITING + WITH_ERRORS]
    for place, station in enumerate(sending):
        sent = take_in(
            asked[station.pk],
            name=f"nhan-luc-tram-{place + 1}.xlsx",
            content=workbook_of(_list_of(walk, station, place, broken=place >= TAKEN + WAITING)),
        )
        if place < TAKEN:
            batch = batches_visible_to(walk.users["syt"]).get(public_id=sent.batch)
            take_staff(batch=batch, choice=TakeChoice.GOOD_ROWS, by=walk.users["syt"])
    return f"{len(asked)} trạm được hỏi, {len(sending)} đã gửi bằng đường dẫn, {WITH_ERRORS} còn lỗi"


def _list_of(walk: Walk, station: Any, place: int, *, broken: bool) -> list[tuple[str, Person]]:
    """The station's people and somebody new; a broken list has one row without a name."""
    known = [pair for pair in walk.rows["people"] if pair[0] == station.name]
    newcomer = draw(random.Random(SEED + 20 + place), 900_001 + place, at_station=True)
    return [*known, (station.name, replace(newcomer, name="") if broken else newcomer)]


def assess_functions(walk: Walk) -> str:
    """Stations say what they do, could do and cannot do; communes confirm most, the last ones wait."""
    dice = random.Random(SEED + 11)
    stations = _stations(walk)[:ASSESSED]
    for place, station in enumerate(stations):
        begin_assessment(organisation=station, by=walk.users["syt"])
        for function in functions_of(station, today()):
            state_function(organisation=station, function=function, draft=_statement(dice), by=walk.users["syt"])
        if place < ASSESSED - 1:
            submit_assessment(organisation=station, by=walk.users["syt"])
    confirm_assessment(organisation=stations[0], by=walk.users["ubndxa"])
    return f"{len(stations)} trạm tự đánh giá, UBND xã xác nhận 1"


def _statement(dice: random.Random) -> StatementDraft:
    answer = dice.choices(_ANSWERS, (6, 3, 1))[0]
    if answer is Answer.DOING:
        return StatementDraft(answer)
    reason = dice.choice(_REASONS)
    return StatementDraft(answer, reason, persons=dice.randint(1, 3) if reason is Reason.KNOWLEDGE else None)


def hand_in_hours(walk: Walk) -> str:
    """A worker hands in a course by phone, the station others for its people; one is accepted, the others wait."""
    worker = own_worker(walk.users["nhanvien"])
    assert worker is not None
    own = submit_claim(
        worker=worker,
        draft=_claim("Sơ cứu, cấp cứu ban đầu", 20, 16),
        files=[_paper(worker)],
        by=walk.users["nhanvien"],
    )
    station, office = walk.organisations["station-MH001"], walk.users["tram"]
    others = list(workers_of(station, today()).exclude(pk=worker.pk).order_by("pk")[:4])
    claims = [
        submit_claim(worker=one, draft=_claim("Tiêm chủng an toàn", 30 + place, 8), files=[_paper(one)], by=office)
        for place, one in enumerate(others)
    ]
    if claims:
        accept_claim(claim=claims[0], by=walk.users["syt"])
    return f"{1 + len(claims)} lượt tự khai kèm minh chứng, {1 if claims else 0} đã nhận, {own.title} đang chờ"


def _claim(title: str, days: int, lessons: int) -> ClaimDraft:
    return ClaimDraft(
        EntryDraft(
            worker=None,
            activity_on=today() - timedelta(days=days),
            form=Form.SHORT_COURSE,
            role=Role.LEARNER,
            units=Decimal(lessons),
            title=title,
            issuer="Trung tâm Kiểm soát bệnh tật Minh Họa",
            certificate_number=f"MH-TK-{days}",
        )
    )


def _paper(worker: Any) -> SentFile:
    """A photo of the certificate, here a page that says it is invented."""
    made = BytesIO()
    text = f"{worker.full_name} đã hoàn thành khóa học. Minh chứng minh họa, không có giá trị."
    paper = Paper("về hoàn thành khóa học", today(), (Paragraph(text),), kind="GIẤY CHỨNG NHẬN", simulated=True)
    write_pdf(paper, made)
    return SentFile("minh-chung.pdf", made.getvalue())
