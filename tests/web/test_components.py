"""The components as pages use them: joined labels, summaries with links, printed tables, marks that never go missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.utils import translation

from lientuc.core.errors import Problem
from lientuc.documents.table import HIDDEN, Column, Kind, ReportTable, Share
from lientuc.web.paging import Page


def render(text: str, language: str = "vi", **context: Any) -> str:
    """`text` as a template in `language`, runs of spaces made one."""
    with translation.override(language):
        return " ".join(engines["django"].from_string(text).render(context).split())


class Draft(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trên giấy tờ.")
    side = forms.ChoiceField(label="Vai trò", choices=[("a", "Học viên")], widget=forms.RadioSelect, help_text="Một.")
    sure = forms.BooleanField(label="Đã xem bản gốc")


def test_field_joins_label_hint_and_error() -> None:
    form = Draft({"name": ""})

    html = render('{% include "web/_field.html" with field=form.name only %}', form=form)

    assert 'class="field field-wrong"' in html
    assert '<label class="form-label" for="id_name">Họ và tên' in html
    assert '<span class="form-hint" id="id_name_helptext">Như trên giấy tờ.</span>' in html
    assert 'class="form-control"' in html
    assert 'aria-invalid="true" aria-describedby="id_name_helptext id_name_error"' in html
    assert '<ul class="field-error" id="id_name_error">' in html


def test_field_of_choices_is_a_group_with_a_legend() -> None:
    html = render('{% include "web/_field.html" with field=form.side only %}', form=Draft({}))

    assert '<fieldset id="id_side_group" aria-describedby="id_side_helptext id_side_error">' in html
    assert '<legend class="form-label">Vai trò' in html


def test_field_keeps_what_was_typed_and_escapes_it() -> None:
    html = render('{% include "web/_field.html" with field=form.name only %}', form=Draft({"name": "<b>An</b>"}))

    assert 'value="&lt;b&gt;An&lt;/b&gt;"' in html


@pytest.mark.parametrize(("data", "summaries"), [({}, 1), ({"name": "An", "side": "a", "sure": "on"}, 0), (None, 0)])
def test_form_shows_one_summary_only_when_something_is_wrong(data: dict[str, str] | None, summaries: int) -> None:
    html = render('{% include "web/_form.html" %}', form=Draft(data))

    assert html.count("data-focus-first") == summaries
    assert html.count('<a href="#id_name">Họ và tên</a>') == summaries


def test_form_carries_a_fresh_one_time_key() -> None:
    first, second = (render('{% include "web/_form.html" %}', form=Draft()) for _ in range(2))

    assert first.count('name="key"') == 1
    assert first != second


def test_problems_are_said_in_the_language_of_the_reader() -> None:
    problems = [Problem("web.forbidden")]

    assert "Tải lại trang" in render('{% include "web/_problems.html" %}', problems=problems)
    assert "Reload and try again" in render('{% include "web/_problems.html" %}', "en", problems=problems)
    assert render('{% include "web/_problems.html" %}', problems=[]) == ""


TABLE = ReportTable(
    title="Kết quả",
    columns=(Column("unit", "Đơn vị"), Column("done", "Đủ giờ", Kind.PERCENT), Column("hours", "Giờ", Kind.HOURS)),
    rows=(("Trạm Y tế", Share(401, 820), 250), ("Phòng khám", HIDDEN, None)),
    footer=("Tổng", Share(1, 3), 10),
    as_of=date(2026, 6, 30),
    simulated=True,
)


def test_report_table_prints_what_files_print() -> None:
    html = render('{% include "web/_report_table.html" %}', table=TABLE)

    assert '<th scope="row">Trạm Y tế</th><td class="end">48,9% (401/820)</td><td class="end">62,5</td>' in html
    assert '<th scope="row">Phòng khám</th><td class="end">*</td><td class="end">–</td>' in html
    assert '<td class="end">33,3% (1/3)</td><td class="end">2,5</td></tr></tfoot>' in html
    assert "Số liệu mô phỏng, không có giá trị" in html
    assert "Số liệu tính đến ngày 30/06/2026" in html
    assert "Dấu * là ô không công bố" in html


def test_report_table_without_rows_says_so() -> None:
    table = ReportTable(title="Kết quả", columns=TABLE.columns, rows=iter(()))

    assert '<td colspan="3">Không có số liệu' in render('{% include "web/_report_table.html" %}', table=table)


@pytest.mark.parametrize(
    ("page", "links"),
    [
        (Page([], "", "?", True), []),
        (Page([], "?after=x", "?", True), ["?after=x"]),
        (Page([], "?after=x", "?q=1", False), ["?q=1", "?after=x"]),
        (Page([], "", "?q=1", False), ["?q=1"]),
    ],
)
def test_pager_links_only_where_there_are_rows(page: Page, links: list[str]) -> None:
    html = render('{% include "web/_pager.html" %}', page=page)

    assert [part.split('"')[0] for part in html.split('href="')[1:] if not part.startswith("/static")] == links


def test_status_says_its_state_in_words_beside_a_sign() -> None:
    html = render('{% include "web/_status.html" with tone="bad" text="Bị trả lại" only %}')

    assert "state-bad" in html
    assert "#circle-x" in html
    assert html.endswith("Bị trả lại</span>")


@pytest.mark.parametrize(
    ("certainty", "words", "look"),
    [
        ("VERIFIED", "đã đối chiếu văn bản", "law-verified"),
        ("SECONDARY", "theo nguồn thứ cấp", "law-secondary"),
        ("UNVERIFIED", "suy luận, chưa đối chiếu", "law-secondary"),
        ("UNKNOWN", "chưa có giá trị", "law-secondary"),
    ],
)
def test_law_says_how_sure_it_is_in_words(certainty: str, words: str, look: str) -> None:
    html = render('{% include "web/_law.html" with article="Điều 8" certainty=certainty only %}', certainty=certainty)

    assert words in html
    assert look in html


def test_progress_attributes_are_numbers_for_machines() -> None:
    html = render(
        '{% include "web/_progress.html" with label="Giờ" value=value max=120 text="84,5" only %}', value=84.5
    )

    assert '<progress value="84.5" max="120" aria-label="Giờ">84,5</progress>' in html


def test_chart_options_are_an_escaped_attribute() -> None:
    html = render('{% include "web/_chart.html" with chart=chart title="T" summary="S" only %}', chart={"name": '"<b>'})

    assert 'data-chart="{&quot;name&quot;: &quot;\\&quot;&lt;b&gt;&quot;}"' in html


@pytest.mark.parametrize("base", ["web/base.html", "web/base_public.html"])
@pytest.mark.parametrize(("simulated", "marks"), [(True, 1), (False, 0)])
def test_page_marks_simulated_data(base: str, simulated: bool, marks: int) -> None:
    html = render("{% extends base %}{% block title %}Trang{% endblock %}", base=base, simulated=simulated)

    assert html.count("SỐ LIỆU MÔ PHỎNG – không có giá trị") == marks


def test_page_says_its_title_in_head_and_heading() -> None:
    html = render('{% extends "web/base.html" %}{% block title %}Nhân lực{% endblock %}')

    assert "<title>Nhân lực · Liên Tục</title>" in html
    assert '<h1 class="page-title">Nhân lực</h1>' in html


def test_server_error_page_needs_nothing_but_its_own_file() -> None:
    assert "Hệ thống gặp lỗi" in render('{% include "web/server_error.html" only %}')
