"""The papers and annexes of a plan as files."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from lientuc.web.pages import page
from lientuc.web.say import current_language

from .. import papers
from .doing import plan_of, word, workbook

VIEW = "planning.view_plans"


@page(VIEW)
def annex(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The annexes as one workbook: lines, money by source, estimate, why each line is there."""
    row = plan_of(request, VIEW, public_id)
    facts, language = papers.facts_of(row), current_language()
    tables = [
        papers.annex(facts, language),
        papers.sources_table(facts, language),
        papers.estimate_table(facts, language),
        papers.reasons_table(facts, language),
    ]
    return workbook(tables, f"phu-luc-ke-hoach-{row.year}-{row.number}")


@page(VIEW)
def plan_paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Kế hoạch as a Word file."""
    row = plan_of(request, VIEW, public_id)
    return word(papers.plan_paper(row), f"ke-hoach-{row.year}-{row.number}")


@page(VIEW)
def submission_paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Tờ trình as a Word file."""
    row = plan_of(request, VIEW, public_id)
    paper = papers.submission_paper(row, papers.governing_body(row.organisation))
    return word(paper, f"to-trinh-{row.year}-{row.number}")


@page(VIEW)
def estimate_paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Thuyết minh dự toán as a Word file."""
    row = plan_of(request, VIEW, public_id)
    return word(papers.estimate_paper(row), f"thuyet-minh-du-toan-{row.year}-{row.number}")


@page(VIEW)
def opinions_paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Bảng tổng hợp ý kiến as a Word file."""
    row = plan_of(request, VIEW, public_id)
    return word(papers.opinions_paper(row), f"tong-hop-y-kien-{row.year}-{row.number}")


@page(VIEW)
def decision_paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Quyết định phê duyệt as a draft for the office that signs it."""
    row = plan_of(request, VIEW, public_id)
    return word(papers.decision_paper(row), f"quyet-dinh-phe-duyet-{row.year}-{row.number}")
