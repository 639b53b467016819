"""What falls due soon: the office's worklist, with messages to copy."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lientuc.core.clock import today
from lientuc.credits.files import table_file
from lientuc.credits.models import StandingRow
from lientuc.credits.statement import standings_table
from lientuc.places.models import Organisation
from lientuc.places.queries import is_simulated
from lientuc.web.pages import page
from lientuc.web.paging import page_of
from lientuc.web.say import current_language, say

from ..reminders.queries import PERMISSION, due_list, due_of, steps
from ..reminders.texts import person_text, unit_text

_ORDER = ("deadline_on", "worker__name_sort", "pk")
# A message to a group is read on a phone: longer lists are exported.
_MOST_IN_A_MESSAGE = 60


class DueFilter(forms.Form):
    """Whom to list."""

    q = forms.CharField(label=say("Họ tên", "Name"), required=False)
    unit = forms.ChoiceField(label=say("Đơn vị", "Unit"), required=False)
    within = forms.TypedChoiceField(
        label=say("Hạn trong", "Due within"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(days, say(f"{days} ngày", f"{days} days")) for days in (90, 30, 60, 180, 365)],
    )

    def __init__(self, *args: Any, units: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.choices = [("", say("Tất cả", "All")), *((str(unit.public_id), unit.name) for unit in units)]


@page(PERMISSION)
def due(request: HttpRequest) -> HttpResponse:
    """People whose deadline comes soon while hours are missing, the first to be due on top."""
    form, rows, unit = _filtered(request)
    shown = page_of(request, rows, order=_ORDER)
    in_message = list(rows.order_by(*_ORDER)[: _MOST_IN_A_MESSAGE + 1]) if unit else []
    context = {
        "filter": form,
        "page": shown,
        "rows": [(row, person_text(due_of(row))) for row in shown.rows],
        "unit_text": unit_text(unit.name, map(due_of, in_message))
        if unit and 0 < len(in_message) <= _MOST_IN_A_MESSAGE
        else "",
        "steps": ", ".join(map(str, steps())),
        "on": today(),
    }
    return render(request, "reports/due.html", context)


@page(PERMISSION)
def due_export(request: HttpRequest) -> HttpResponse:
    """The filtered worklist as a workbook or CSV."""
    _, rows, _ = _filtered(request)
    listed = rows.order_by(*_ORDER).iterator(chunk_size=2_000)
    table = standings_table(listed, on=today(), language=current_language(), simulated=is_simulated())
    return table_file(table, "sap-den-han", request.GET.get("kind", "xlsx"))


def _filtered(request: HttpRequest) -> tuple[DueFilter, QuerySet[StandingRow], Organisation | None]:
    listed = list(
        Organisation.objects.visible_to(request.user, PERMISSION).order_by("name_fold", "pk").only("public_id", "name")
    )
    form = DueFilter(request.GET or None, units=listed)
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    unit = next((row for row in listed if str(row.public_id) == chosen.get("unit")), None)
    within = chosen.get("within") or max(steps())
    rows = due_list(by=request.user, on=today(), within=within, text=chosen.get("q", ""), unit=unit)
    return form, rows, unit
