"""Pages of campaigns: the list, the board with its texts to copy, and the door behind a link."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from lientuc.core.clock import today
from lientuc.core.errors import NotAllowed, Problem, Refused
from lientuc.places.queries import is_simulated
from lientuc.trail.models import ImportBatch
from lientuc.web.pages import found_or_404, page, public_page, show_problems, tried
from lientuc.web.paging import page_of
from lientuc.web.say import say

from ..intake.papers import XLSX, template
from ..views.people import file_answer
from ..views.writing import key_of, written
from . import actions, links, queries
from .files import board_file, reminder_of
from .forms import AskForm, BoardFilter, CampaignForm, DeadlineForm, FileForm
from .models import Campaign, CampaignFile, CampaignUnit
from .rules import size_problems
from .taking_in import MOST_BYTES, take_in

RUN = queries.RUN


@page(RUN)
def campaigns(request: HttpRequest) -> HttpResponse:
    """Campaigns, the latest first."""
    text = request.GET.get("q", "")[:120]
    shown = page_of(request, queries.campaigns(request.user, text=text), order=("-opened_on", "-pk"))
    return render(request, "registry/campaigns.html", {"page": shown, "text": text, "today": today()})


@page(RUN, methods=["GET", "POST"])
def open_one(request: HttpRequest) -> HttpResponse:
    """Open a campaign."""
    form = CampaignForm(request.POST or None, by=request.user)
    done = written(
        request,
        form,
        lambda: actions.open_campaign(
            draft=form.draft(), organisation=form.cleaned_data["organisation"], by=request.user, key=key_of(request)
        ),
        said=say("Đã mở đợt thu thập.", "The campaign is open."),
        to=lambda row: reverse("registry:campaign", args=[row.public_id]),
    )
    values = {
        "form": form,
        "title": say("Mở đợt thu thập danh sách", "Open a collection campaign"),
        "back": reverse("registry:campaigns"),
        "columns": False,
    }
    return done or render(request, "registry/form.html", values)


def _campaign(request: HttpRequest, public_id: UUID) -> Campaign:
    rows = Campaign.objects.visible_to(request.user, RUN).select_related("organisation")
    row: Campaign = found_or_404(rows, public_id=public_id)
    return row


def _chosen(request: HttpRequest) -> tuple[BoardFilter, dict[str, str]]:
    form = BoardFilter(request.GET)
    data = form.cleaned_data if form.is_valid() else {}
    return form, {"state": data.get("state", ""), "text": data.get("q", "")}


@page(RUN)
def board(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who has sent, with errors, not at all."""
    campaign = _campaign(request, public_id)
    form, chosen = _chosen(request)
    values = {
        "campaign": campaign,
        "board": queries.board(campaign, **chosen),
        "form": form,
        "query": request.GET.urlencode(),
        "late": queries.is_late(campaign),
        "deadline": DeadlineForm(initial={"deadline_on": campaign.deadline_on}),
        "ask": AskForm(None, units=queries.units_to_ask(campaign.organisation, ())),
    }
    return render(request, "registry/campaign.html", values)


@page(RUN)
def export(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The board as a workbook."""
    campaign = _campaign(request, public_id)
    made = board_file(campaign, queries.board(campaign, **_chosen(request)[1]), simulated=is_simulated())
    return file_answer(made, XLSX, "tinh-hinh-gui-danh-sach.xlsx")


@page(RUN)
def reminders(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A text with its link for each unit that is not done yet, to be copied into a message."""
    campaign = _campaign(request, public_id)
    found = queries.board(campaign)
    waiting = [line for line in found.lines if line.state in {"not_sent", "with_errors"}]
    rows = [(line, reminder_of(line)) for line in waiting]
    return render(request, "registry/campaign_reminders.html", {"campaign": campaign, "rows": rows, "board": found})


@page(RUN, methods=["POST"])
def extend(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Another deadline."""
    campaign = _campaign(request, public_id)
    form = DeadlineForm(request.POST)
    day = form.cleaned_data["deadline_on"] if form.is_valid() else None
    return _done(
        request,
        campaign,
        lambda: actions.extend_campaign(campaign=campaign, deadline_on=day, by=request.user, key=key_of(request)),
        say("Đã gia hạn; các đường dẫn đã gửi vẫn dùng được.", "Extended; the links already sent still work."),
    )


@page(RUN, methods=["POST"])
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close the campaign."""
    campaign = _campaign(request, public_id)
    return _done(
        request,
        campaign,
        lambda: actions.close_campaign(campaign=campaign, by=request.user, key=key_of(request)),
        say("Đã đóng đợt thu thập.", "The campaign is closed."),
    )


@page(RUN, methods=["POST"])
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One more unit."""
    campaign = _campaign(request, public_id)
    form = AskForm(request.POST, units=queries.units_to_ask(campaign.organisation, ()))
    if not form.is_valid():
        messages.error(request, say("Chọn một đơn vị.", "Choose a unit."))
        return redirect("registry:campaign", campaign.public_id)
    unit = form.cleaned_data["unit"]
    return _done(
        request,
        campaign,
        lambda: actions.ask_unit(campaign=campaign, unit=unit, by=request.user, key=key_of(request)),
        say("Đã thêm đơn vị.", "The unit is asked too."),
    )


def _asked(request: HttpRequest, public_id: UUID) -> CampaignUnit:
    rows = CampaignUnit.objects.visible_to(request.user, RUN).select_related("campaign__organisation", "unit")
    row: CampaignUnit = found_or_404(rows, public_id=public_id)
    return row


@page(RUN, methods=["POST"])
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask a unit no more."""
    asked = _asked(request, public_id)
    if request.POST.get("sure") != "1":
        return redirect("registry:campaign", asked.campaign.public_id)
    return _done(
        request,
        asked.campaign,
        lambda: actions.drop_unit(asked=asked, by=request.user, key=key_of(request)),
        say("Đã bỏ đơn vị khỏi đợt.", "The unit is not asked any more."),
    )


@page(RUN, methods=["POST"])
def renew(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Another link for a unit."""
    asked = _asked(request, public_id)
    return _done(
        request,
        asked.campaign,
        lambda: actions.renew_link(asked=asked, by=request.user, key=key_of(request)),
        say("Đã đổi đường dẫn; đường dẫn cũ không dùng được nữa.", "The link is new; the old one opens nothing."),
    )


def _done(request: HttpRequest, campaign: Campaign, write: Any, said: Any) -> HttpResponse:
    if tried(request, write):
        messages.success(request, said)
    return redirect("registry:campaign", campaign.public_id)


# --- the door behind a link ---------------------------------------------------------------------------------------


# The link itself is the proof, and browsers inside chat apps lose the cookie a token would be compared with.
@csrf_exempt
@public_page(methods=["GET", "HEAD", "POST"])
def send_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Send the unit's list: it is parked for an officer; nothing that is already known is shown."""
    asked = links.asked_by(token)
    if asked is None:
        return _no_door(request)
    form = FileForm(request.POST or None, request.FILES or None)
    values: dict[str, Any] = {"asked": asked, "form": form, "token": token, "limit": MOST_BYTES // 1_000_000}
    if request.method == "POST" and form.is_valid():
        if links.sends_too_often(asked):
            values["problems"] = [Problem("registry.sent_too_often")]
            return render(request, "registry/send_by_link.html", values, status=429)
        received = _received(form, asked)
        if received is not None:
            return render(request, "registry/sent_by_link.html", {**values, **_counts(received)})
    return render(request, "registry/send_by_link.html", values)


def _received(form: FileForm, asked: CampaignUnit) -> CampaignFile | None:
    upload = form.cleaned_data["file"]
    problems = list(size_problems(upload.size, MOST_BYTES))
    try:
        if problems:
            raise Refused(problems)
        return take_in(asked, name=upload.name, content=upload.read())
    except NotAllowed:
        raise
    except Refused as refused:
        show_problems(form, refused)
        return None


def _counts(received: CampaignFile) -> dict[str, Any]:
    """How many rows came and how many want mending: the sender's own rows, nothing of the register."""
    counts = ImportBatch.objects.values_list("counts", flat=True).get(public_id=received.batch)
    return {"received": received, "rows": counts.get("rows", 0), "bad": counts.get("bad")}


@public_page()
def template_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The empty template."""
    if links.asked_by(token) is None:
        return _no_door(request)
    return file_answer(template(), XLSX, "mau-danh-sach-nhan-vien-y-te.xlsx")


def _no_door(request: HttpRequest) -> HttpResponse:
    """The same page for a wrong, an old and a closed link, and soon no answer at all to who goes on guessing."""
    too_often = links.guesses_too_often(request.META.get("REMOTE_ADDR", ""))
    return render(request, "registry/no_door.html", status=429 if too_often else 404)
