"""Hours that might count twice, to be looked at: on the page, and as a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lientuc.core.clock import today
from lientuc.documents.table import Column, Kind, ReportTable
from lientuc.places.models import Organisation
from lientuc.places.queries import is_simulated
from lientuc.registry.models import HealthWorker
from lientuc.web.pages import page
from lientuc.web.say import choices, label, say, say_now

from ..enums import DoubleKind
from ..files import table_file
from ..queries.doubles import Chosen, Double, doubles_of
from ..queries.standings import VIEW

# A page that is longer is not read; the file holds them all.
_MOST = 25


class DoublesFilter(forms.Form):
    """Which doubles to list."""

    kind = forms.ChoiceField(label=say("Loại", "Kind"), required=False)
    unit = forms.ChoiceField(label=say("Đơn vị", "Unit"), required=False)
    worker = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", say("Tất cả", "All"))
        kind: Any = self.fields["kind"]
        kind.choices = [every, *choices("credits", DoubleKind)]
        unit: Any = self.fields["unit"]
        unit.choices = [every, *((str(one.public_id), one.name) for one in units)]


@page(VIEW)
def doubles(request: HttpRequest) -> HttpResponse:
    """Entries that are, or may be, the same hours, with what the reckoning does about it."""
    form, chosen = _chosen(request)
    found = doubles_of(by=request.user, chosen=chosen, most=_MOST)
    context = {"filter": form, "doubles": found, "worker": chosen.worker, "most": _MOST, "full": len(found) >= _MOST}
    return render(request, "credits/doubles.html", context)


@page(VIEW)
def doubles_export(request: HttpRequest) -> HttpResponse:
    """All of them as a workbook or CSV, an entry a line."""
    _, chosen = _chosen(request)
    table = _table(doubles_of(by=request.user, chosen=chosen))
    return table_file(table, "gio-co-the-tinh-trung", request.GET.get("kind_of_file", "xlsx"))


def _chosen(request: HttpRequest) -> tuple[DoublesFilter, Chosen]:
    listed = Organisation.objects.visible_to(request.user, VIEW).order_by("name_fold", "pk")
    units = list(listed.only("public_id", "name"))
    form = DoublesFilter(request.GET or None, units=units)
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    unit = next((row for row in units if str(row.public_id) == given.get("unit")), None)
    return form, Chosen(given.get("kind", ""), unit, _worker(request.user, given.get("worker")))


def _worker(by: Any, public_id: UUID | None) -> HealthWorker | None:
    if public_id is None:
        return None
    found: HealthWorker | None = HealthWorker.objects.visible_to(by, VIEW).filter(public_id=public_id).first()
    return found


def _table(found: Iterable[Double]) -> ReportTable:
    columns = (
        Column("name", say_now("Họ và tên", "Full name"), width=28),
        Column("unit", say_now("Đơn vị", "Unit"), width=32),
        Column("kind", say_now("Loại", "Kind"), width=30),
        Column("day", say_now("Ngày", "Day"), Kind.DATE),
        Column("title", say_now("Nội dung", "Title"), width=44),
        Column("form", say_now("Hình thức", "Form"), width=28),
        Column("role", say_now("Vai trò", "Role"), width=16),
        Column("certificate", say_now("Số chứng nhận", "Certificate"), width=20),
        Column("source", say_now("Nguồn", "Source"), width=20),
        Column("recorded", say_now("Ngày ghi", "Recorded on"), Kind.DATE),
    )
    rows = [
        (
            double.worker.full_name,
            double.worker.keeper.name,
            label("credits.DoubleKind", double.kind),
            entry.activity_on,
            entry.title,
            label("credits.Form", entry.form),
            label("credits.Role", entry.role),
            entry.certificate_number,
            label("credits.EntrySource", entry.source),
            entry.recorded_on,
        )
        for double in found
        for entry in double.entries
    ]
    title = say_now("Giờ có thể tính trùng", "Hours that might count twice")
    return ReportTable(title=title, columns=columns, rows=rows, as_of=today(), simulated=is_simulated())
