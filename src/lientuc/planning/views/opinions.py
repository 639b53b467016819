"""Opinions on a plan: who is asked, what they write, what is answered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.web.pages import found_or_404, page
from lientuc.web.paging import page_of
from lientuc.web.say import current_language, say

from .. import actions
from ..enums import PlanState, Stance
from ..forms.opinions import AnswerForm, AskForm, NoteOpinionForm, OpinionForm
from ..models import PlanComment, PlanParty
from ..queries import opinions as queries
from ..queries.plans import lines_of, totals_of
from .doing import done, key_of, plan_of

VIEW, EDIT, GIVE = "planning.view_plans", "planning.edit_plan", "planning.give_opinion"


@page(VIEW)
def opinions(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who was asked, who has not answered, each opinion beside its answer."""
    row = plan_of(request, VIEW, public_id)
    edits = request.user.why_not(EDIT, row.organisation) is None
    titles = {line.place: line.title for line in lines_of(row)}
    language = current_language()
    found = [
        (each, titles.get(each.place or 0, ""), each.said(language), each.answered(language))
        for each in queries.opinions_on(row)
    ]
    context = {
        "plan": row,
        "parties": queries.parties_of(row),
        "opinions": found,
        "open": sum(each.open for each, *_ in found),
        "may_ask": edits and row.state not in {PlanState.APPROVED, PlanState.AMENDED},
        "may_note": edits and row.state in {PlanState.SUBMITTED, PlanState.RETURNED},
    }
    return render(request, "planning/opinions.html", context)


@page(EDIT, methods=["GET", "POST"])
def ask_parties(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask bodies for their opinion."""
    row = plan_of(request, EDIT, public_id)
    form = AskForm(request.POST or None, plan=row)
    if request.method == "POST" and form.is_valid():
        if done(
            form,
            lambda: actions.ask_parties(
                plan=row,
                organisations=form.organisations_asked(),
                names=form.names_asked(),
                due_on=form.cleaned_data["due_on"],
                by=request.user,
                key=key_of(request),
            ),
        ):
            messages.success(request, say("Đã gửi lấy ý kiến.", "The bodies are asked."))
            return redirect("planning:opinions", public_id)
    return render(request, "planning/ask_parties.html", {"form": form, "plan": row})


@page(EDIT, methods=["GET", "POST"])
def note_opinion(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Enter an opinion that came on paper."""
    row = plan_of(request, EDIT, public_id)
    form = NoteOpinionForm(request.POST or None, plan=row, lines=lines_of(row))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if done(
            form,
            lambda: actions.note_opinion(
                party=data["party"],
                stance=Stance(data["stance"]),
                text=data["text"],
                paper=data["paper"],
                place=data["place"],
                by=request.user,
                key=key_of(request),
            ),
        ):
            messages.success(request, say("Đã ghi ý kiến góp ý.", "The opinion is entered."))
            return redirect("planning:opinions", public_id)
    return render(request, "planning/note_opinion.html", {"form": form, "plan": row})


@page(EDIT, methods=["GET", "POST"])
def answer_comment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer a comment: taken or explained."""
    rows = PlanComment.objects.visible_to(request.user, EDIT).select_related("plan__organisation", "party")
    about = found_or_404(rows, public_id=public_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if done(
            form,
            lambda: actions.answer_comment(
                about=about, stance=Stance(data["stance"]), text=data["text"], by=request.user, key=key_of(request)
            ),
        ):
            messages.success(request, say("Đã trả lời ý kiến.", "The comment is answered."))
            return redirect("planning:opinions", about.plan.public_id)
    return render(request, "planning/answer_comment.html", {"form": form, "about": about, "plan": about.plan})


@page(GIVE)
def asked(request: HttpRequest) -> HttpResponse:
    """Plans on which the reader's organisation was asked."""
    shown = page_of(request, queries.asked(request.user), order=("-id",))
    return render(request, "planning/asked.html", {"page": shown})


@page(GIVE, methods=["GET", "POST"])
def give_opinion(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The plan one is asked about, its money and lines without any person, and the form for the opinion."""
    rows = PlanParty.objects.visible_to(request.user, GIVE).select_related("plan__organisation", "organisation")
    party = found_or_404(rows, public_id=public_id)
    lines = lines_of(party.plan)
    form = OpinionForm(request.POST or None, lines=lines)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if done(
            form,
            lambda: actions.give_opinion(
                party=party,
                stance=Stance(data["stance"]),
                text=data["text"],
                place=data["place"],
                by=request.user,
                key=key_of(request),
            ),
        ):
            messages.success(request, say("Đã gửi ý kiến.", "The opinion is sent."))
            return redirect("planning:give_opinion", public_id)
    mine = [each for each in queries.opinions_on(party.plan) if each.comment.party_id == party.pk]
    language = current_language()
    context = {
        "party": party,
        "plan": party.plan,
        "lines": lines,
        "totals": totals_of(lines),
        "form": form,
        "mine": [(each, each.said(language), each.answered(language)) for each in mine],
        "waiting": party.plan.state in {PlanState.SUBMITTED, PlanState.RETURNED},
    }
    return render(request, "planning/give_opinion.html", context)
