"""The list for the year-end appraisal: who did not reach the floor of a year or the total, unit by unit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lientuc.core.clock import today
from lientuc.documents.table import Column, Kind, ReportTable
from lientuc.law.credits import Unit
from lientuc.places.models import Organisation
from lientuc.places.queries import is_simulated
from lientuc.web.pages import page
from lientuc.web.paging import page_of
from lientuc.web.say import label, say, say_now

from ..enums import AppraisalResult
from ..files import table_file
from ..models import StandingRow
from ..queries.appraisal import ORDER, UnitLine, appraised, by_unit, result_of, with_result
from ..queries.standings import VIEW


class AppraisalFilter(forms.Form):
    """Whom to list."""

    unit = forms.ChoiceField(label=say("Đơn vị", "Unit"), required=False)
    everybody = forms.BooleanField(label=say("Cả người đã đạt", "Also who reached it"), required=False)

    def __init__(self, *args: Any, units: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.choices = [("", say("Tất cả", "All")), *((str(unit.public_id), unit.name) for unit in units)]


@page(VIEW)
def appraisal(request: HttpRequest) -> HttpResponse:
    """People who did not reach what the year asks for (or everybody), with the units' counts above."""
    form, rows, everyone = _filtered(request)
    units = by_unit(everyone)
    shown = page_of(request, rows, order=ORDER)
    context = {
        "filter": form,
        "page": shown,
        "rows": with_result(shown.rows),
        "persons": sum(unit.persons for unit in units),
        "missed": sum(unit.results[code] for unit in units for code in _MISSED),
        "year": today().year,
    }
    return render(request, "credits/appraisal.html", context)


_MISSED = (AppraisalResult.FLOOR_MISSING, AppraisalResult.TOTAL_MISSING)


@page(VIEW)
def appraisal_export(request: HttpRequest) -> HttpResponse:
    """The list and the units' counts as a workbook; CSV holds the list."""
    _, rows, everyone = _filtered(request)
    people = _people(rows.order_by(*ORDER).iterator(chunk_size=2_000))
    if request.GET.get("kind") == "csv":
        return table_file(people, "danh-sach-danh-gia-cuoi-nam", "csv")
    return table_file([people, _units(by_unit(everyone))], "danh-sach-danh-gia-cuoi-nam", "xlsx")


def _filtered(request: HttpRequest) -> tuple[AppraisalFilter, QuerySet[StandingRow], QuerySet[StandingRow]]:
    listed = Organisation.objects.visible_to(request.user, VIEW).order_by("name_fold", "pk")
    units = list(listed.only("public_id", "name"))
    form = AppraisalFilter(request.GET or None, units=units)
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    unit = next((row for row in units if str(row.public_id) == given.get("unit")), None)
    rows = appraised(by=request.user, organisation=unit, only_missed=not given.get("everybody"))
    return form, rows, appraised(by=request.user, organisation=unit, only_missed=False)


def _people(rows: Iterable[StandingRow]) -> ReportTable:
    columns = (
        Column("unit", say_now("Đơn vị", "Unit"), width=36),
        Column("name", say_now("Họ và tên", "Full name"), width=28),
        Column("title", say_now("Chức danh", "Title"), width=22),
        Column("result", say_now("Kết quả", "Result"), width=30),
        Column("floor", say_now("Mức tối thiểu hằng năm", "Yearly floor"), width=16),
        Column("p_counted", say_now("Giờ tín chỉ được tính", "Credit hours counted"), Kind.HOURS),
        Column("p_required", say_now("Giờ tín chỉ phải có", "Credit hours required"), Kind.HOURS),
        Column("s_counted", say_now("Tiết được tính", "Lessons counted"), Kind.HOURS),
        Column("s_required", say_now("Tiết phải có", "Lessons required"), Kind.HOURS),
        Column("deadline", say_now("Hạn", "Deadline"), Kind.DATE),
        Column("as_of", say_now("Tính đến ngày", "As of"), Kind.DATE),
    )
    return ReportTable(
        title=say_now("Kết quả đào tạo liên tục để đánh giá cuối năm", "Training results for the year-end appraisal"),
        columns=columns,
        rows=(_row(row) for row in rows),
        notes=(
            say_now(
                "Kết quả là một tiêu chí để người đứng đầu đơn vị xem xét (Thông tư 22/2013/TT-BYT, Điều 4); hệ thống không xếp loại.",
                "The result is one criterion for the head of unit (Circ. 22/2013 Art. 4); the system ranks nobody.",
            ),
        ),
        as_of=today(),
        simulated=is_simulated(),
    )


def _row(row: StandingRow) -> tuple[Any, ...]:
    amounts, nothing = (row.counted_quarters, row.required_quarters), (None, None)
    floor = say_now("đủ", "met") if row.yearly_floor_met else say_now("thiếu", "missing")
    return (
        row.worker.keeper.name,
        row.worker.full_name,
        label("registry.Title", row.worker.title),
        label("credits.AppraisalResult", result_of(row)),
        floor if row.unit == Unit.LESSON else "–",
        *(amounts if row.unit == Unit.CREDIT_HOUR else nothing),
        *(amounts if row.unit == Unit.LESSON else nothing),
        row.deadline_on,
        row.on_date,
    )


def _units(lines: Iterable[UnitLine]) -> ReportTable:
    columns = (
        Column("unit", say_now("Đơn vị", "Unit"), width=36),
        Column("persons", say_now("Số người phải tích lũy", "People with the duty"), Kind.INT),
        *(Column(str(code), label("credits.AppraisalResult", code), Kind.INT) for code in AppraisalResult),
    )
    rows = [(line.name, line.persons, *(line.results[code] for code in AppraisalResult)) for line in lines]
    title = say_now("Tổng hợp theo đơn vị", "By unit")
    return ReportTable(title=title, columns=columns, rows=rows, as_of=today(), simulated=is_simulated())
