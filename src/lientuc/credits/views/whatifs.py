"""What-ifs: the list, a new question, the answer with its table and files."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused
from lientuc.core.formats import number, shortest
from lientuc.law.credits import RuleSet, Status
from lientuc.places.enums import OrganisationKind, UnitLevel
from lientuc.places.models import Organisation
from lientuc.places.queries import is_simulated, units
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import current_language, label

from ..actions.whatifs import RUN, ask_what_if
from ..enums import MovedBy, WhatIfState
from ..files import table_file
from ..forms.whatifs import MovedFilter, WhatIfForm, change_words, value_words
from ..models import WhatIf
from ..queries.whatifs import changes_of_status, codes_in, groups_of, moved_groups, state_of, what_ifs_of
from ..whatif_tables import SHOWN, moved_table

# More rows than a page can show: the whole table is in its file.
MOST_ROWS = 300


@page(RUN)
def what_ifs(request: HttpRequest) -> HttpResponse:
    """What was asked, the latest first."""
    shown = page_of(request, what_ifs_of(request.user, RUN), order=("-asked_at", "-pk"))
    rows = [(row, state_of(row), _words(row)) for row in shown.rows]
    return render(request, "credits/what_ifs.html", {"page": shown, "rows": rows})


@page(RUN, methods=["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Change the rule set and ask."""
    form = WhatIfForm(request.POST or None, rules=RuleSet.default())
    if request.method == "POST" and form.is_valid():
        try:
            made = ask_what_if(
                draft=form.draft(), organisation=_asker(request), by=request.user, key=request.POST.get("key", "")
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            return redirect("credits:what_if", public_id=made.public_id)
    return render(request, "credits/ask_what_if.html", {"form": form})


@page(RUN)
def what_if(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One what-if: its difference, how far it is, and who would change status."""
    row: WhatIf = found_or_404(what_ifs_of(request.user, RUN), public_id=public_id)
    state = state_of(row)
    context: dict[str, Any] = {"what_if": row, "state": state, "words": _words(row)}
    context["running"] = state in (WhatIfState.WAITING, WhatIfState.RUNNING)
    if state is WhatIfState.FAILED:
        context["problems"] = [Problem(row.job.problem.get("code", ""), values=row.job.problem.get("values", {}))]
    if state is WhatIfState.READY:
        context |= _answer(request, row)
    return render(request, "credits/what_if.html", context)


@page(RUN)
def what_if_export(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The chosen table, whole, as a workbook or CSV."""
    row: WhatIf = found_or_404(what_ifs_of(request.user, RUN), public_id=public_id)
    if state_of(row) is not WhatIfState.READY:
        return redirect("credits:what_if", public_id=public_id)
    return table_file(_answer(request, row, most=None)["table"], "gia-dinh", request.GET.get("kind", "xlsx"))


def _answer(request: HttpRequest, row: WhatIf, most: int | None = MOST_ROWS) -> dict[str, Any]:
    names, found = _names(codes_in(row))
    form = MovedFilter(request.GET or None, found=found)
    chosen = form.cleaned_data if form.is_valid() else {}
    by = MovedBy(chosen.get("group") or MovedBy.PROVINCE)
    fields = {"province_code": "province", "title": "title", "care_level": "care_level"}
    rows = groups_of(row, {field: chosen.get(name, "") for field, name in fields.items()})
    groups = moved_groups(rows, by)
    totals = moved_groups(rows, MovedBy.CARE_LEVEL)
    table = moved_table(
        row,
        groups[:most],
        names,
        by=by,
        statuses=SHOWN if most else tuple(Status),
        language=current_language(),
        simulated=is_simulated(),
    )
    return {
        "filter": form,
        "table": table,
        "left_out": 0 if most is None else max(0, len(groups) - most),
        "persons": sum(group.persons for group in totals),
        "changed": sum(group.changed for group in totals),
        "met_text": _signed(sum(group.difference(Status.MET) for group in totals)),
        "short_text": _signed(sum(group.difference(Status.SHORT) for group in totals)),
        "seconds": shortest(Decimal(row.answer.milliseconds) / 1_000, language=current_language()),
        "moves": changes_of_status(rows),
    }


def _signed(difference: int) -> str:
    """A difference with its sign: +12, −3, 0."""
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return sign + number(abs(difference), language=current_language())


def _names(codes: dict[str, list[str]]) -> tuple[dict[str, str], dict[str, list[tuple[str, str]]]]:
    """Words of every code, and what the filter offers."""
    provinces = dict(units(level=UnitLevel.PROVINCE, on=today()).values_list("code", "name"))
    offered = {
        "province": [(code, provinces.get(code, code)) for code in codes["province_code"]],
        "title": [(code, label("registry.Title", code)) for code in codes["title"]],
        "care_level": [(code, label("places.CareLevel", code)) for code in codes["care_level"]],
    }
    return {code: word for pairs in offered.values() for code, word in pairs}, offered


def _words(row: WhatIf) -> list[tuple[str, str, str]]:
    """The difference: what, before, after."""
    rules = RuleSet.default()
    return [
        (
            change_words(one["name"], rules),
            value_words(one["name"], one["before"]),
            value_words(one["name"], one["after"]),
        )
        for one in row.changes
    ]


def _asker(request: HttpRequest) -> Organisation:
    """The organisation that asks: the ministry the person works for."""
    mine = Organisation.objects.visible_to(request.user, RUN)
    found = mine.filter(kind=OrganisationKind.MINISTRY).order_by("pk").first()
    return found or found_or_404(mine.order_by("pk"))
