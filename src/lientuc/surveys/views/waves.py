"""Staff pages of waves: list, opening one, monitor, invitations, file of answers."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from lientuc.core.clock import today
from lientuc.core.errors import Refused
from lientuc.core.names import fold
from lientuc.documents.writers.delimited import machine_csv_chunks
from lientuc.places.models import Organisation
from lientuc.registry.queries import people
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import current_language, say_now

from .. import queries
from ..actions import close_wave, mark_delivered, note_export, open_wave
from ..enums import InvitationState, WaveMode
from ..forms import PeopleFilter, WaveFilter, WaveForm, organisations_for
from ..links import token_again
from ..messages import invitation_text, open_text
from ..models import Invitation, Wave
from ..reporting import answer_table, monitor_table
from ..rules import Invitee

VIEW = "surveys.view_waves"
RUN = "surveys.run_wave"
PEOPLE = "registry.view_workers"
MOST_SHOWN = 300
ENDED = frozenset({InvitationState.COMPLETED, InvitationState.REFUSED, InvitationState.ISSUED})


@page(VIEW)
def waves(request: HttpRequest) -> HttpResponse:
    """Waves of one's organisations, newest first."""
    bar = WaveFilter(request.GET)
    rows = Wave.objects.visible_to(request.user, VIEW).select_related("organisation", "version__instrument")
    if bar.is_valid():
        wanted, state = bar.cleaned_data["q"], bar.cleaned_data["state"]
        rows = rows.filter(name_fold__contains=fold(wanted)) if wanted else rows
        rows = rows.filter(state=state) if state else rows
    rows = rows.annotate(invited=Count("invitations"))
    context = {
        "bar": bar,
        "page": page_of(request, rows, order=("-opens_on", "-id")),
        "may_open": not _lacks(request, RUN),
    }
    return render(request, "surveys/waves.html", context)


@page(RUN, methods=["GET", "HEAD", "POST"])
def new_wave(request: HttpRequest) -> HttpResponse:
    """Open a wave: from people one may see, or with one public link."""
    chosen = _people(request)
    organisations = organisations_for(request.user, RUN)
    form = WaveForm(request.POST or None, organisations=organisations, initial={"opens_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            wave = open_wave(
                draft=form.draft(),
                organisation=form.cleaned_data["organisation"],
                version=form.cleaned_data["version"],
                invitees=_invitees(request, form, chosen),
                by=request.user,
                key=request.POST.get("key", ""),
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say_now("Đã mở đợt khảo sát.", "The wave is open."))
            return redirect("surveys:wave", public_id=wave.public_id)
    return render(request, "surveys/new_wave.html", {"form": form, **_people_context(request, chosen)})


def _people(request: HttpRequest) -> QuerySet[Any] | None:
    """The people the filter names, None for a user who may not see people."""
    if _lacks(request, PEOPLE):
        return None
    bar = PeopleFilter(request.GET, organisations=organisations_for(request.user, PEOPLE))
    wanted = bar.cleaned_data if bar.is_valid() else {}
    return people(
        by=request.user,
        on=today(),
        text=wanted.get("q") or "",
        organisation=wanted.get("unit"),
        title=wanted.get("title") or "",
        permission=PEOPLE,
    ).order_by("name_sort", "id")


def _people_context(request: HttpRequest, chosen: QuerySet[Any] | None) -> dict[str, Any]:
    if chosen is None:
        return {"people": None}
    found = list(chosen[: MOST_SHOWN + 1])
    return {
        "people": found[:MOST_SHOWN],
        "more": len(found) > MOST_SHOWN,
        "people_bar": PeopleFilter(request.GET or None, organisations=organisations_for(request.user, PEOPLE)),
        "ticked": set(request.POST.getlist("worker")),
    }


def _invitees(request: HttpRequest, form: WaveForm, chosen: QuerySet[Any] | None) -> list[Invitee]:
    if chosen is None:
        return []
    rows = chosen.prefetch_related(None)
    if not request.POST.get("everybody"):
        rows = rows.filter(public_id__in=_public_ids(request.POST.getlist("worker")))
    return [Invitee(row.pk, {"sex": row.sex, "title": row.title, "province": row.keeper.province_code}) for row in rows]


def _public_ids(texts: list[str]) -> list[UUID]:
    """The well-formed ones."""
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found


@page(VIEW)
def wave(request: HttpRequest, public_id: Any) -> HttpResponse:
    """How far a wave has come, by stratum for those who run it, and what can be done next."""
    row = _wave(request, public_id, VIEW)
    may_run = not _lacks(request, RUN, row.organisation)
    found = queries.monitor(row)
    context = {
        "wave": row,
        "everybody": found.everybody,
        "table": monitor_table(row, found, with_strata=may_run),
        "completed": queries.completed_count(row),
        "may_run": may_run,
    }
    if row.mode == WaveMode.OPEN and may_run:
        context |= _open_link(row)
    return render(request, "surveys/wave.html", context)


def _open_link(row: Wave) -> dict[str, Any]:
    link = public_link(str(row.open_token))
    svg = segno.make(link, error="m").svg_inline(scale=5, border=4, svgclass="qr", lineclass=None)
    # Made by segno from the link alone; it holds paths, no text.
    return {"link": link, "qr": mark_safe(svg), "text": open_text(row, link)}


@page(RUN)
def invitations(request: HttpRequest, public_id: Any) -> HttpResponse:
    """Personal links with texts to copy into a messenger."""
    row = _wave(request, public_id, RUN)
    rows = Invitation.objects.visible_to(request.user, RUN).filter(wave=row).select_related("worker__keeper")
    found = page_of(request, rows, order=("id",))
    lines = [(one, one.state not in ENDED, _personal_text(row, one)) for one in found.rows]
    return render(request, "surveys/invitations.html", {"wave": row, "page": found, "lines": lines})


def _personal_text(row: Wave, invitation: Invitation) -> str:
    token = token_again(invitation.public_id, invitation.token_hash)
    return invitation_text(row, invitation, public_link(token)) if token else ""


def public_link(token: str) -> str:
    """The whole address behind a token."""
    return settings.PUBLIC_ADDRESS + reverse("surveys:respond", args=[token])


@page(RUN, methods=["POST"])
def delivered(request: HttpRequest, public_id: Any) -> HttpResponse:
    """One invitation, or all of a wave, has been handed over."""
    row = _wave(request, public_id, RUN)
    one = None
    if request.POST.get("invitation"):
        rows = Invitation.objects.visible_to(request.user, RUN).filter(wave=row)
        one = found_or_404(rows, public_id__in=_public_ids([request.POST["invitation"]]))
    mark_delivered(wave=row, invitation=one, by=request.user, key=request.POST.get("key", ""))
    messages.success(request, say_now("Đã ghi nhận là đã gửi.", "Noted as sent."))
    return redirect("surveys:invitations", public_id=row.public_id)


@page(RUN, methods=["POST"])
def close(request: HttpRequest, public_id: Any) -> HttpResponse:
    """End a wave."""
    row = _wave(request, public_id, RUN)
    close_wave(wave=row, by=request.user, key=request.POST.get("key", ""))
    messages.success(request, say_now("Đã kết thúc đợt khảo sát.", "The wave is closed."))
    return redirect("surveys:wave", public_id=row.public_id)


@page(RUN, methods=["POST"])
def export(request: HttpRequest, public_id: Any) -> Any:
    """Completed responses as a CSV file of codes; the number of rows stands in `X-Row-Count`."""
    row = note_export(wave=_wave(request, public_id, RUN), by=request.user)
    table = answer_table(row, queries.form_of_wave(row))
    response = StreamingHttpResponse(machine_csv_chunks(table), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{row.version.instrument.code}.csv"'
    response.headers["X-Row-Count"] = str(queries.completed_count(row))
    response.headers["Content-Language"] = current_language()
    return response


def _lacks(request: HttpRequest, permission: str, organisation: Organisation | None = None) -> bool:
    user: Any = request.user
    return user.why_not(permission, organisation) is not None


def _wave(request: HttpRequest, public_id: Any, permission: str) -> Wave:
    rows = Wave.objects.visible_to(request.user, permission).select_related("organisation", "version__instrument")
    found: Wave = found_or_404(rows, public_id=public_id)
    return found
