"""Pages of assessments: the board of units, one unit on a phone, the summary, the inhabitants behind the norms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused
from lientuc.places.enums import UnitLevel
from lientuc.places.models import Organisation
from lientuc.places.queries import is_simulated, units
from lientuc.web.pages import found_or_404, page, tried
from lientuc.web.paging import page_of
from lientuc.web.say import say

from ..models import UnitFunction
from ..views.people import file_answer
from ..views.writing import key_of, written
from . import actions, queries
from .enums import Answer, AssessmentState, Reason
from .files import XLSX, summary_file
from .forms import AssessmentsFilter, PopulationForm, RemarkForm, SummaryFilter, TapForm
from .rules import population_lines

VIEW, ASSESS, CONFIRM = queries.VIEW, actions.ASSESS, actions.CONFIRM


def _unit(request: HttpRequest, public_id: UUID, permission: str) -> Organisation:
    unit: Organisation = found_or_404(Organisation.objects.visible_to(request.user, permission), public_id=public_id)
    return unit


@page(VIEW)
def assessments(request: HttpRequest) -> HttpResponse:
    """Units that are asked about their functions, and how far each is."""
    form = AssessmentsFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.asked_units(request.user, today(), text=chosen.get("q", ""), state=chosen.get("state", ""))
    everybody = queries.asked_units(request.user, today())
    values = {
        "form": form,
        "page": page_of(request, rows, order=("name_fold", "pk")),
        "asked": everybody.count(),
        "confirmed": everybody.filter(confirmed_at__isnull=False).count(),
        "waiting": everybody.filter(state=AssessmentState.SUBMITTED).count(),
    }
    return render(request, "registry/assessments.html", values)


@page(VIEW)
def assessment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One unit: its questions to tap where it may answer, else what it said; who employs it confirms here."""
    unit = _unit(request, public_id, VIEW)
    asked = queries.questions(unit, today())
    opened = queries.open_assessment(unit)
    may_assess = request.user.why_not(ASSESS, unit) is None
    values = {
        "unit": unit,
        "questions": asked,
        "opened": opened,
        "confirmed": queries.confirmed_assessments(unit),
        "answered": sum(one.stated is not None for one in asked),
        "left": sum(one.stated is None for one in asked),
        "is_open": opened is not None and opened.is_open,
        "may_assess": may_assess,
        "taps": may_assess and opened is not None and opened.is_open,
        "may_decide": request.user.why_not(CONFIRM, unit) is None
        and opened is not None
        and opened.state == AssessmentState.SUBMITTED,
        "answers": list(Answer),
        "reasons": list(Reason),
        "asks_reason": _uuid(request.GET.get("ly-do", "")),
        "wanted": request.GET.get("tra-loi", ""),
        "remark": RemarkForm(),
    }
    return render(request, "registry/assessment.html", values)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@page(ASSESS, methods=["POST"])
def begin(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin a round or go on with it."""
    unit = _unit(request, public_id, ASSESS)
    actions.begin_assessment(organisation=unit, by=request.user)
    return redirect("registry:assessment", unit.public_id)


@page(ASSESS, methods=["POST"])
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One tap is kept at once; "could do" and "cannot" come back with the reasons to tap."""
    unit = _unit(request, public_id, ASSESS)
    here = reverse("registry:assessment", args=[unit.public_id])
    function = UnitFunction.objects.filter(public_id=_uuid(request.POST.get("function", ""))).first()
    if function is None:
        raise Refused(Problem("registry.function_not_of_unit"))
    draft = TapForm(request.POST).draft()
    if draft.answer not in {None, Answer.DOING} and draft.reason is None:
        return redirect(f"{here}?ly-do={function.public_id}&tra-loi={draft.answer}#q-{function.public_id}")
    actions.state_function(organisation=unit, function=function, draft=draft, by=request.user, key=key_of(request))
    return redirect(f"{here}#{_next_place(unit, function)}")


def _next_place(unit: Organisation, function: UnitFunction) -> str:
    """The next question without an answer after this one; the end of the form when there is none."""
    asked = queries.questions(unit, today())
    place = next((n for n, one in enumerate(asked) if one.function.pk == function.pk), 0)
    later = [*asked[place:], *asked[:place]]
    return next((f"q-{one.function.public_id}" for one in later if one.stated is None), "gui")


@page(ASSESS, methods=["POST"])
def submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send the round to who employs the unit."""
    unit = _unit(request, public_id, ASSESS)
    return _done(
        request,
        unit,
        lambda: actions.submit_assessment(organisation=unit, by=request.user, key=key_of(request)),
        say("Đã gửi để xác nhận.", "Sent for confirmation."),
    )


@page(CONFIRM, methods=["POST"])
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Confirm, or return with a remark."""
    unit = _unit(request, public_id, CONFIRM)
    if request.POST.get("decision") == "confirm":
        return _done(
            request,
            unit,
            lambda: actions.confirm_assessment(organisation=unit, by=request.user, key=key_of(request)),
            say("Đã xác nhận.", "Confirmed."),
        )
    remark = request.POST.get("remark", "")
    return _done(
        request,
        unit,
        lambda: actions.return_assessment(organisation=unit, remark=remark, by=request.user, key=key_of(request)),
        say("Đã trả lại đơn vị.", "Returned to the unit."),
    )


def _done(request: HttpRequest, unit: Organisation, write: Any, said: Any) -> HttpResponse:
    if tried(request, write):
        messages.success(request, said)
    return redirect("registry:assessment", unit.public_id)


@page(VIEW)
def summary(request: HttpRequest) -> HttpResponse:
    """Function by function: how many units do it, could, cannot, and why; then unit by unit. With `kind` = xlsx as a file."""
    form = SummaryFilter(request.GET, provinces=_provinces(request.user))
    chosen: dict[str, str] = form.cleaned_data if form.is_valid() else {}
    kinds = [pair[0] for pair in form.fields["kind"].choices]
    kind = chosen.get("kind") or ("station" if "station" in kinds else next(iter(kinds), "station"))
    found = queries.summary(request.user, today(), kind=kind, province=chosen.get("province", ""))
    if request.GET.get("file") == "xlsx":
        return file_answer(summary_file(found, today(), simulated=is_simulated()), XLSX, "danh-gia-chuc-nang.xlsx")
    values = {
        "form": form,
        "summary": found,
        "reasons": list(Reason),
        "query": request.GET.urlencode(),
        "illustrative": any(one.function.source == "illustrative" for one in found.functions),
    }
    return render(request, "registry/assessment_summary.html", values)


def _provinces(by: Any) -> list[tuple[str, str]]:
    seen = Organisation.objects.visible_to(by, VIEW).order_by().values("province_code")
    rows = units(level=UnitLevel.PROVINCE, on=today()).filter(code__in=seen).order_by("name_fold")
    return list(rows.values_list("code", "name"))


@page("registry.edit_catalogues", methods=["GET", "POST"])
def populations(request: HttpRequest) -> HttpResponse:
    """Inhabitants of communes, which staffing norms are reckoned from."""
    form = PopulationForm(request.POST or None)
    done = written(
        request,
        form,
        lambda: actions.load_populations(
            drafts=list(population_lines(form.cleaned_data["lines"])),
            source=form.cleaned_data["source"],
            stated_on=form.cleaned_data["stated_on"],
            by=request.user,
        ),
        said=say("Đã ghi số dân.", "The inhabitants are recorded."),
        to=lambda _: reverse("registry:populations"),
    )
    known = queries.populations(queries.communes_of(request.user))
    names = queries.commune_names("", today())
    rows = sorted(
        ((names.get(code, code), row) for code, row in known.items()), key=lambda pair: (pair[0], pair[1].commune_code)
    )
    return done or render(request, "registry/populations.html", {"form": form, "rows": rows})
