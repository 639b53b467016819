"""Doors: the sheets of a wave, typing one, settling one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.errors import Problem, Refused
from lientuc.web.pages import found_or_404, page
from lientuc.web.paging import page_of
from lientuc.web.say import say_now

from ..ballots.views import pages, sent_sheet
from ..enums import SheetState
from ..flow import Asked
from ..models import Wave
from ..queries import form_of_wave
from ..showing import Question, question
from .actions import settle_sheet, type_sheet
from .models import PaperSheet
from .queries import answers_in, typings
from .rules import Difference, differences

RUN = "surveys.run_wave"


@page(RUN)
def sheets(request: HttpRequest, public_id: Any) -> HttpResponse:
    """The sheets of a wave: typed once, differing, done."""
    wave = _wave(request, public_id)
    rows = PaperSheet.objects.visible_to(request.user, RUN).filter(wave=wave)
    return render(
        request, "surveys/sheets.html", {"wave": wave, "page": page_of(request, rows, order=("number", "id"))}
    )


@page(RUN, methods=["GET", "HEAD", "POST"])
def type_one(request: HttpRequest, public_id: Any) -> HttpResponse:
    """Type one sheet: its number and every question, numbered as on paper."""
    wave = _wave(request, public_id)
    form = form_of_wave(wave)
    sent: Any = None
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        sent = sent_sheet(request, form)
        try:
            number = int(request.POST.get("number", "")) if request.POST.get("number", "").isdecimal() else 0
            sheet = type_sheet(wave=wave, number=number, sent=sent, by=request.user, key=request.POST.get("key", ""))
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _told(sheet))
            if sheet.state == SheetState.DIFFERS:
                return redirect("surveys:sheet", public_id=sheet.public_id)
            return redirect("surveys:sheets", public_id=wave.public_id)
    context = {
        "wave": wave,
        "pages": pages(form, sent, problems),
        "problems": problems,
        "about_number": [p for p in problems if p.field in {"number", None, ""}],
        "typed_number": request.POST.get("number", ""),
    }
    return render(request, "surveys/type_sheet.html", context, status=422 if problems else 200)


def _told(sheet: PaperSheet) -> str:
    return {
        SheetState.ONCE: say_now("Đã lưu lần nhập thứ nhất.", "The first typing is kept."),
        SheetState.DIFFERS: say_now(
            "Hai lần nhập khác nhau. Đối chiếu với tờ phiếu.", "The two typings differ. Look at the paper."
        ),
        SheetState.DONE: say_now(
            "Hai lần nhập giống nhau; phiếu đã được tính.", "Both typings agree; the sheet counts."
        ),
    }[SheetState(sheet.state)]


@page(RUN, methods=["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, public_id: Any) -> HttpResponse:
    """Where two typings of a sheet differ, side by side, and the choice between them."""
    rows = PaperSheet.objects.visible_to(request.user, RUN)
    row = found_or_404(rows.select_related("wave__version__instrument", "wave__organisation"), public_id=public_id)
    both = typings(row)
    found = differences(answers_in(both[0]), answers_in(both[-1]))
    problems: tuple[Any, ...] = ()
    if request.method == "POST":
        chosen = {one.place: _choice(request, one) for one in found}
        try:
            settle_sheet(sheet=row, chosen=chosen, by=request.user, key=request.POST.get("key", ""))
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, say_now("Đã thống nhất; phiếu đã được tính.", "Settled; the sheet counts."))
            return redirect("surveys:sheets", public_id=row.wave.public_id)
    context = {
        "sheet": row,
        "wave": row.wave,
        "lines": _lines(row, found),
        "problems": problems,
        "twice": len(both) > 1,
    }
    return render(request, "surveys/sheet.html", context, status=422 if problems else 200)


def _choice(request: HttpRequest, one: Difference) -> int:
    text = request.POST.get("{}-{}".format(*one.place), "")
    return int(text) if text in {"1", "2"} else 0


def _lines(row: PaperSheet, found: tuple[Difference, ...]) -> list[tuple[Question, str, str]]:
    form = form_of_wave(row.wave)
    lines = []
    for one in found:
        asked = Asked(form.by_name[one.place[0]], one.place[1])
        lines.append((question(asked, None, {}), _words(asked, one.first), _words(asked, one.second)))
    return lines


def _words(asked: Asked, value: str) -> str:
    """An answer as it reads on paper."""
    shown = question(asked, value, {})
    labels = [option.label for option in shown.options if option.chosen and option.value]
    return "; ".join(labels) or value


def _wave(request: HttpRequest, public_id: Any) -> Wave:
    rows = Wave.objects.visible_to(request.user, RUN).select_related("organisation", "version__instrument")
    found: Wave = found_or_404(rows, public_id=public_id)
    return found
