"""Calls for needs: opened by an office, answered by units on a phone, watched on a board, reminded by message."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lientuc.core.clock import today
from lientuc.core.formats import day
from lientuc.web.pages import found_or_404, page
from lientuc.web.paging import page_of
from lientuc.web.say import current_language, say, say_now

from .. import actions
from ..forms.calls import BoardFilter, CallForm
from ..forms.needs import RequestForm
from ..models import NeedsCall, NeedsCallUnit
from ..queries import calls as queries
from ..rules.calls import answer_state, call_state
from ..tables import board_table
from .doing import done, key_of, workbook

RUN, ANSWER = "planning.accept_need", "planning.raise_need"


@page(RUN)
def calls(request: HttpRequest) -> HttpResponse:
    """The calls an office runs, the newest first."""
    shown = page_of(request, queries.calls(request.user), order=("-due_on", "-id"))
    rows = [(row, call_state(row.due_on, row.closed_at, today())) for row in shown.rows]
    return render(request, "planning/calls.html", {"page": shown, "rows": rows})


@page(RUN, methods=["GET", "POST"])
def open_call(request: HttpRequest) -> HttpResponse:
    """Ask units for their needs."""
    form = CallForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        row = done(form, lambda: actions.open_call(draft=form.draft(), by=request.user, key=key_of(request)))
        if row:
            messages.success(request, say("Đã mở đợt đề xuất nhu cầu.", "The call is open."))
            return redirect("planning:call", row.public_id)
    return render(request, "planning/open_call.html", {"form": form})


def _call(request: HttpRequest, public_id: UUID) -> NeedsCall:
    rows = NeedsCall.objects.visible_to(request.user, RUN).select_related("organisation")
    found: NeedsCall = found_or_404(rows, public_id=public_id)
    return found


@page(RUN)
def call(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The board of a call: who has answered, who has not, the text to remind them with."""
    row = _call(request, public_id)
    form = BoardFilter(request.GET or None)
    data = form.cleaned_data if form.is_valid() else {}
    units = queries.board(row, text=data.get("q", ""), answer=data.get("answer", ""))
    shown = page_of(request, units, order=("organisation__name_fold", "id"))
    context = {
        "call": row,
        "state": call_state(row.due_on, row.closed_at, today()),
        "form": form,
        "page": shown,
        "rows": [(unit, answer_state(unit.answered_at, unit.nothing)) for unit in shown.rows],
        "response": queries.response_of(row),
        "reminder": _reminder(request, row),
    }
    return render(request, "planning/call.html", context)


def _reminder(request: HttpRequest, row: NeedsCall) -> str:
    """What is copied into a message to the units that have not answered."""
    values = {
        "office": row.organisation.name,
        "title": row.title,
        "due": day(row.due_on, language=current_language()),
        "link": request.build_absolute_uri(reverse("planning:open_calls")),
    }
    return say_now(
        "{office} đề nghị đơn vị gửi nhu cầu đào tạo theo đợt “{title}” trước ngày {due}. Gửi trên điện thoại tại {link}, "
        "chọn đợt này; không có nhu cầu thì bấm “Không có nhu cầu”.",
        "{office} asks the unit to send its training needs for “{title}” by {due}. Answer on a phone at {link} and choose "
        "this call; a unit that needs nothing says so there.",
    ).format(**values)


@page(RUN)
def export_call(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The board as a workbook."""
    row = _call(request, public_id)
    units = queries.board(row).order_by("organisation__name_fold", "pk")
    return workbook(board_table(row, units), "dot-de-xuat-nhu-cau")


@page(RUN, methods=["POST"])
def remind_units(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Note that those who have not answered were reminded."""
    actions.remind_units(call=_call(request, public_id), by=request.user, key=key_of(request))
    messages.success(request, say("Đã ghi ngày nhắc.", "The reminder is noted."))
    return redirect("planning:call", public_id)


@page(RUN, methods=["POST"])
def close_call(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close a call."""
    actions.close_call(call=_call(request, public_id), by=request.user, key=key_of(request))
    messages.success(request, say("Đã đóng đợt đề xuất.", "The call is closed."))
    return redirect("planning:call", public_id)


@page(ANSWER)
def open_calls(request: HttpRequest) -> HttpResponse:
    """The calls a unit is asked in."""
    shown = page_of(request, queries.asked_of(request.user).order_by(), order=("-id",))
    rows = [(row, answer_state(row.answered_at, row.nothing), _state(row)) for row in shown.rows]
    return render(request, "planning/open_calls.html", {"page": shown, "rows": rows})


def _state(row: NeedsCallUnit) -> str:
    return call_state(row.call.due_on, row.call.closed_at, today())


def _asked(request: HttpRequest, public_id: UUID) -> NeedsCallUnit:
    rows = NeedsCallUnit.objects.visible_to(request.user, ANSWER).select_related("call__organisation", "organisation")
    found: NeedsCallUnit = found_or_404(rows, public_id=public_id)
    return found


@page(ANSWER, methods=["GET", "POST"])
def answer_call(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A unit's answer, one need after the other, on a phone."""
    row = _asked(request, public_id)
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = form.draft_for(row.organisation, call=row.call)
        if done(form, lambda: actions.raise_need(draft=draft, by=request.user, key=key_of(request))):
            messages.success(request, say("Đã gửi nhu cầu. Gửi tiếp nếu còn.", "Sent. Send more if there are more."))
            return redirect("planning:answer_call", public_id)
    context = {
        "asked": row,
        "form": form,
        "state": _state(row),
        "answer": answer_state(row.answered_at, row.nothing),
        "needs": queries.raised_in(row),
    }
    return render(request, "planning/answer_call.html", context)


@page(ANSWER, methods=["POST"])
def end_answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A unit has nothing (more) to ask for."""
    actions.answer_call(asked=_asked(request, public_id), by=request.user, key=key_of(request))
    messages.success(request, say("Đã ghi câu trả lời của đơn vị.", "The unit's answer is recorded."))
    return redirect("planning:open_calls")
