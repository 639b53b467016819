"""Statements: looked at, handed out with a code, checked by anybody who holds the paper."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lientuc.core.clock import today
from lientuc.places.enums import UnitLevel
from lientuc.places.models import AdministrativeUnit, Organisation
from lientuc.places.queries import is_simulated
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.web.pages import found_or_404, page, public_page
from lientuc.web.say import current_language

from ..actions.statements import issue_statement
from ..files import paper_file
from ..models import Statement
from ..queries.standings import VIEW, standing_of
from ..queries.statements import content_of, is_intact, statement_with
from ..statement_paper import Frame, statement_paper


@page(VIEW)
def statement(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The statement as it would be today, without code: to look at before it is handed out."""
    worker = worker_of(request, public_id)
    content = content_of(standing_of(worker, today()))
    paper = statement_paper(content, _frame(worker.keeper))
    return paper_file(paper, "bang-tong-hop-xem-truoc", request.GET.get("kind", "pdf"))


@page(VIEW, methods=["POST"])
def issue(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand out the statement of today."""
    worker = worker_of(request, public_id)
    row = issue_statement(worker=worker, by=request.user, key=request.POST.get("key", ""))
    return redirect("credits:issued", row.public_id)


@page(VIEW)
def issued(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One statement that was handed out, with its files and its code; and the earlier ones of the person."""
    row = _issued(request, public_id)
    others = Statement.objects.visible_to(request.user, VIEW).filter(worker=row.worker).exclude(pk=row.pk)
    context = {"statement": row, "url": _url(row), "others": others.order_by("-made_at", "-pk")[:20]}
    return render(request, "credits/issued.html", context)


@page(VIEW)
def issued_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The paper as PDF, or as DOCX for the office that signs it; made from the frozen figures."""
    row = _issued(request, public_id)
    frame = _frame(row.organisation, url=_url(row), code=row.code, digest=row.content_hash)
    return paper_file(statement_paper(row.content, frame), "bang-tong-hop", request.GET.get("kind", "pdf"))


@public_page()
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a statement is real, and the figures it must show; no more than stands on the paper."""
    row = statement_with(code.strip().upper())
    context = {"statement": row, "intact": row is not None and is_intact(row), "code": code}
    return render(request, "credits/check_statement.html", context, status=200 if row else 404)


def worker_of(request: HttpRequest, public_id: UUID) -> HealthWorker:
    """The canonical person of the page, in the scope of whoever asks."""
    rows = HealthWorker.objects.visible_to(request.user, VIEW).select_related("keeper", "canonical__keeper")
    found: HealthWorker = found_or_404(rows, public_id=public_id)
    return found.canonical or found


def _issued(request: HttpRequest, public_id: UUID) -> Statement:
    rows = Statement.objects.visible_to(request.user, VIEW).select_related("worker__keeper", "organisation")
    row: Statement = found_or_404(rows, public_id=public_id)
    return row


def _url(row: Statement) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse('credits:check_statement', args=[row.code])}"


def _frame(organisation: Organisation, *, url: str = "", code: str = "", digest: str = "") -> Frame:
    provinces = AdministrativeUnit.objects.filter(code=organisation.province_code, level=UnitLevel.PROVINCE)
    return Frame(
        kind=organisation.kind,
        place=next((unit.name for unit in provinces.order_by("-from_on")[:1]), ""),
        language=current_language(),
        simulated=is_simulated(),
        governing_body=_above(organisation),
        url=url,
        code=code,
        digest=digest,
    )


def _above(organisation: Organisation) -> str:
    """The body above the unit on the employer line, as it stands in a letterhead; empty where there is none."""
    ancestors = [int(part) for part in organisation.employer_path.split("/") if part][:-1]
    if not ancestors:
        return ""
    rows = Organisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk=ancestors[-1])
    return next(iter(rows.values_list("name", flat=True)), "")
