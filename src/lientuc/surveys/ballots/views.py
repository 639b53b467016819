"""Doors of the anonymous mode: issuing a ballot to an invitation, casting one without it, and cards on paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt

from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused
from lientuc.places.scope import WhyUnscoped
from lientuc.web.pages import found_or_404, page, public_page, show_problems
from lientuc.web.say import current_language, say, say_now, sentence

from ..enums import WaveMode, WaveState
from ..flow import Asked, Sent
from ..models import Invitation, Wave
from ..queries import form_of_wave, invitation_of
from ..respondent import respondent
from ..rules import why_not_answer
from ..showing import blocks, text_of
from ..specs import Questionnaire
from . import blind_rsa, sealing
from .actions import hand_out_card
from .box import box_of
from .casting import ballot_for, cast_card, cast_signed, print_cards
from .models import BallotBox
from .rules import MOST_CARDS

RUN = "surveys.run_wave"
LANGUAGES = ("vi", "en")
LONGEST_BODY = 4096
View = Callable[..., HttpResponse]


def unlinked_page(*methods: str) -> Callable[[View], View]:
    """A public page that keeps nothing of its visitor: no cookie is needed, none is read, no address is told onward."""

    def wrap(view: View) -> View:
        @wraps(view)
        def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            chosen = request.GET.get("lang", "vi")
            with translation.override(chosen if chosen in LANGUAGES else "vi"):
                response = view(request, *args, **kwargs)
                response.headers["Content-Language"] = current_language()
            response.headers["Cache-Control"] = "no-store"
            response.headers["Referrer-Policy"] = "no-referrer"
            return response

        return csrf_exempt(public_page(methods=methods)(spoken))

    return wrap


def ballot_context(wave: Wave) -> dict[str, Any]:
    """What the page of an anonymous invitation needs to make, unblind and cast a ballot."""
    form, box = form_of_wave(wave), box_of(wave)
    return {
        "box": box,
        "modulus": blind_rsa.modulus_text(box.public_key),
        "packet": sealing.PACKET,
        "pages": pages(form),
        "questions": sum(1 for _ in form.items),
    }


def pages(form: Questionnaire, sent: Sent | None = None, problems: Iterable[Problem] = ()) -> list[tuple[str, Any]]:
    """Every section with its questions: all of them, each with the words that say whom it concerns."""
    typed = {place: " ".join(values) for place, values in sent.given.items()} if sent else {}
    found = tuple(problems)
    return [
        (text_of(section), blocks(form, asked, typed, found))
        for section in form.sections
        if (asked := [Asked(i, n) for n in form.indexes(section) for i in section.items if not i.is_computed])
    ]


@unlinked_page("POST")
def issue(request: HttpRequest, token: str) -> HttpResponse:
    """Sign a blinded ballot for an invitation."""
    invitation = invitation_of(token)
    if invitation is None or invitation.wave.mode != WaveMode.ANONYMOUS:
        raise Http404
    try:
        blinded = blind_rsa.decoded(str(json.loads(request.body[:LONGEST_BODY])["blinded"]))
        signature = ballot_for(invitation, blinded, respondent(invitation.pseudonym))
    except (ValueError, KeyError, TypeError):
        return _problems([Problem("surveys.ballot_unreadable")], 400)
    except Refused as refused:
        return _problems(refused.problems, 409)
    return JsonResponse({"signature": blind_rsa.encoded(signature)})


@unlinked_page("POST")
def cast(request: HttpRequest, code: str) -> HttpResponse:
    """Take the answers of a signed ballot, sent by the page's script without cookie and without the invitation's link."""
    box = _box(code)
    try:
        message, signature = (blind_rsa.decoded(request.POST.get(name, "")) for name in ("message", "signature"))
        cast_signed(box=box, message=message, signature=signature, sent=sent_sheet(request, form_of_wave(box.wave)))
    except ValueError:
        return _problems([Problem("surveys.ballot_unreadable")], 400)
    except Refused as refused:
        spent = any(problem.code == "surveys.ballot_spent" for problem in refused.problems)
        return _problems(refused.problems, 409 if spent else 422)
    return JsonResponse({"received": True}, status=201)


def _problems(problems: Iterable[Problem], status: int) -> HttpResponse:
    rows = [{"code": p.code, "field": p.field or "", "text": str(sentence(p))} for p in problems]
    return JsonResponse({"problems": rows}, status=status)


@unlinked_page("GET", "HEAD", "POST")
def ballot(request: HttpRequest, code: str) -> HttpResponse:
    """The same questions on one page for the code of a printed card; needs no script."""
    box = _box(code)
    wave, form = box.wave, form_of_wave(box.wave)
    closed = why_not_answer(WaveState(wave.state), wave.opens_on, wave.closes_on, on=today())
    shared = {"wave": wave, "box": box, "lang": current_language(), "title": text_of(form), "closed": closed}
    if closed:
        return render(request, "surveys/respond/closed.html", shared, status=410)
    sent: Any = None
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        sent = sent_sheet(request, form)
        try:
            cast_card(box=box, code=request.POST.get("code", "")[:40], sent=sent)
        except Refused as refused:
            problems = refused.problems
        else:
            return render(request, "surveys/respond/cast.html", shared)
    context = {
        "pages": pages(form, sent, problems),
        "problems": problems,
        "about_code": [p for p in problems if p.field in {"code", "ballot"} or not p.field],
        "typed_code": request.POST.get("code", ""),
    }
    return render(request, "surveys/respond/ballot.html", shared | context, status=422 if problems else 200)


def sent_sheet(request: HttpRequest, form: Questionnaire) -> Sent:
    """All answers as the browser sent them."""
    asked = [Asked(item, at) for section in form.sections for at in form.indexes(section) for item in section.items]
    given = {one.place: request.POST.getlist(one.field) for one in asked if one.field in request.POST}
    return Sent(given, frozenset(one.place for one in asked))


def _box(code: str) -> BallotBox:
    rows = BallotBox.objects.unscoped(WhyUnscoped.PUBLIC)
    return found_or_404(rows.select_related("wave__organisation", "wave__version__instrument"), code=code)


# --- for those who run the wave -------------------------------------------------------------------------------------


class CardsForm(forms.Form):
    """How many cards to print."""

    count = forms.IntegerField(
        label=say("Số thẻ cần in", "Cards to print"), min_value=1, max_value=MOST_CARDS, initial=10
    )


@page(RUN, methods=["GET", "HEAD", "POST"])
def cards(request: HttpRequest, public_id: Any) -> HttpResponse:
    """Print ballot cards: their codes are shown once, on the page that is printed, and kept nowhere."""
    wave = _anonymous(request, public_id)
    form, made = CardsForm(request.POST or None), []
    box = box_of(wave)
    if request.method == "POST" and form.is_valid():
        try:
            made = print_cards(wave=wave, count=form.cleaned_data["count"], by=request.user)
        except Refused as refused:
            show_problems(form, refused)
        box.refresh_from_db()
    link = settings.PUBLIC_ADDRESS + reverse("surveys:ballot", args=[box.code])
    # Made by segno from the link alone; it holds paths, no text.
    qr = mark_safe(segno.make(link, error="m").svg_inline(scale=3, border=2, svgclass="qr", lineclass=None))
    context = {"wave": wave, "form": form, "cards": made, "box": box, "link": link, "qr": qr}
    return render(request, "surveys/cards.html", context)


@page(RUN, methods=["POST"])
def handed_out(request: HttpRequest, public_id: Any) -> HttpResponse:
    """Note that an invited person drew a card."""
    wave = _anonymous(request, public_id)
    rows = Invitation.objects.visible_to(request.user, RUN).filter(wave=wave).select_related("wave__organisation")
    row = rows.filter(public_id__in=_uuid(request.POST.get("invitation", ""))).first()
    if row is None:
        messages.error(request, say_now("Chọn người nhận thẻ.", "Choose who drew the card."))
    else:
        hand_out_card(invitation=row, by=request.user, key=request.POST.get("key", ""))
        messages.success(request, say_now("Đã ghi nhận đã phát thẻ.", "Noted: a card was handed out."))
    return redirect("surveys:invitations", public_id=wave.public_id)


def _uuid(text: str) -> list[Any]:
    field = forms.UUIDField(required=False)
    try:
        return [field.clean(text)]
    except forms.ValidationError:
        return []


def _anonymous(request: HttpRequest, public_id: Any) -> Wave:
    rows = Wave.objects.visible_to(request.user, RUN).select_related("organisation", "version__instrument")
    found: Wave = found_or_404(rows.filter(mode=WaveMode.ANONYMOUS), public_id=public_id)
    return found
