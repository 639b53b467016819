"""Pages: directives and their tasks, own duties, difficulties and answers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.errors import Refused
from lientuc.places.models import Organisation
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import say

from . import actions, queries
from .forms import AnswerForm, DelegateForm, DifficultyForm, DirectiveForm, FulfilForm
from .models import Difficulty, Directive, Duty


@page("directives.view_directives")
def directives(request: HttpRequest) -> HttpResponse:
    """All directives, newest first."""
    may_enter = request.user.why_not("directives.issue_directive") is None
    context = {"rows": Directive.objects.order_by("-issued_on", "-id"), "may_enter": may_enter}
    return render(request, "directives/directives.html", context)


@page("directives.issue_directive", methods=["GET", "POST"])
def enter_directive(request: HttpRequest) -> HttpResponse:
    """Enter a directive with its tasks."""
    form = DirectiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reached = Organisation.objects.visible_to(request.user, "directives.issue_directive")
        units = list(reached.filter(kind=form.cleaned_data["kind"], to_on__isnull=True).order_by("pk"))
        try:
            row = actions.enter_directive(
                draft=form.draft(), addressees=units, by=request.user, key=request.POST.get("key", "")
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(
                request, say("Đã nhập văn bản và giao nhiệm vụ.", "The directive and its duties are entered.")
            )
            return redirect("directives:directive", row.public_id)
    return render(request, "directives/enter_directive.html", {"form": form})


@page("directives.view_directives")
def directive(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One directive: tasks with how many units have done them."""
    row = found_or_404(Directive.objects.all(), public_id=public_id)
    return render(request, "directives/directive.html", {"directive": row, "tasks": queries.tasks(request.user, row)})


@page("directives.view_directives")
def duties(request: HttpRequest) -> HttpResponse:
    """Duties of the units one may see, open ones first."""
    shown = page_of(request, queries.duties(request.user).order_by(), order=("-state", "id"))
    return render(request, "directives/duties.html", {"page": shown})


@page("directives.fulfil_duty", methods=["GET", "POST"])
def fulfil(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Report one duty done."""
    rows = Duty.objects.visible_to(request.user, "directives.fulfil_duty").select_related(
        "task__directive", "organisation"
    )
    duty = found_or_404(rows, public_id=public_id)
    form = FulfilForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.fulfil_duty(
                duty=duty, evidence=form.cleaned_data["evidence"], by=request.user, key=request.POST.get("key", "")
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã ghi nhận kết quả thực hiện.", "The duty is reported done."))
            return redirect("directives:duties")
    return render(request, "directives/fulfil.html", {"form": form, "duty": duty})


@page("directives.fulfil_duty", methods=["GET", "POST"])
def delegate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Pass one duty on to units below."""
    rows = Duty.objects.visible_to(request.user, "directives.fulfil_duty").select_related(
        "task__directive", "organisation"
    )
    duty = found_or_404(rows, public_id=public_id)
    form = DelegateForm(request.POST or None, duty=duty, initial={"due_on": duty.due_on})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.delegate_duty(
                duty=duty,
                organisations=list(said["organisations"]),
                due_on=said["due_on"],
                by=request.user,
                key=request.POST.get("key", ""),
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã giao nhiệm vụ cho đơn vị.", "The duty is passed on."))
            return redirect("directives:duties")
    return render(request, "directives/delegate.html", {"form": form, "duty": duty})


@page("directives.view_directives")
def difficulties(request: HttpRequest) -> HttpResponse:
    """Difficulties of the units one may see, unanswered first."""
    shown = page_of(request, queries.difficulties(request.user).order_by(), order=("-state", "id"))
    may = {
        "report": request.user.why_not("directives.report_difficulty") is None,
        "answer": request.user.why_not("directives.answer_difficulty") is None,
    }
    return render(request, "directives/difficulties.html", {"page": shown, "may": may})


@page("directives.report_difficulty", methods=["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report a difficulty."""
    form = DifficultyForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_difficulty(
                draft=form.draft(),
                organisation=form.cleaned_data["organisation"],
                by=request.user,
                key=request.POST.get("key", ""),
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã gửi khó khăn, vướng mắc.", "The difficulty is reported."))
            return redirect("directives:difficulties")
    return render(request, "directives/report.html", {"form": form})


@page("directives.answer_difficulty", methods=["GET", "POST"])
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer a difficulty."""
    rows = Difficulty.objects.visible_to(request.user, "directives.answer_difficulty").select_related("organisation")
    difficulty = found_or_404(rows, public_id=public_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_difficulty(
                difficulty=difficulty,
                answer=form.cleaned_data["answer"],
                by=request.user,
                key=request.POST.get("key", ""),
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã trả lời.", "Answered."))
            return redirect("directives:difficulties")
    return render(request, "directives/answer.html", {"form": form, "difficulty": difficulty})
