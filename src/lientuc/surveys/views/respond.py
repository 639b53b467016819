"""The respondent's pages: public, no login, no JavaScript, light enough for a weak line.

The link itself is the key: no cookie and no session stand behind it, so there is nothing a foreign page could abuse and
no CSRF token to lose in a messenger's built-in browser.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused
from lientuc.web.pages import public_page
from lientuc.web.say import current_language

from ..actions import note_opened, refuse, start, start_open, submit_section
from ..ballots.views import ballot_context
from ..enums import InvitationState, ResponseState, WaveMode, WaveState
from ..flow import Asked, Sent, asked_on, first_open_section, next_section
from ..links import pseudonym_of, response_token
from ..models import Invitation, Response, Wave
from ..queries import answers_of, form_of_wave, invitation_of, open_wave_of, response_of
from ..respondent import Respondent, Secret, respondent
from ..rules import why_not_answer
from ..showing import blocks, text_of
from ..specs import Questionnaire, SectionSpec

LANGUAGES = ("vi", "en")
LONGEST_KEY = 64


@dataclass(frozen=True)
class Door:
    """What a link leads to: a wave, and for a personal or resume link the invitation or response behind it."""

    token: str
    wave: Wave
    invitation: Invitation | None = None
    response: Response | None = None

    @property
    def actor(self) -> Respondent:
        """Who acts through this link."""
        return respondent(self.invitation.pseudonym if self.invitation else pseudonym_of(self.token))

    @property
    def unopened(self) -> Invitation | None:
        """The invitation whose page nobody has opened yet."""
        unseen = {InvitationState.INVITED, InvitationState.DELIVERED}
        return self.invitation if self.invitation and self.invitation.state in unseen else None

    @property
    def ended(self) -> bool:
        """This person has sent everything, or declined."""
        declined = self.invitation is not None and self.invitation.state == InvitationState.REFUSED
        return declined or (self.response is not None and self.response.state != ResponseState.STARTED)

    @property
    def closed(self) -> Problem | None:
        """Why nobody can answer today, or None."""
        wave = self.wave
        return why_not_answer(WaveState(wave.state), wave.opens_on, wave.closes_on, on=today())


def door_of(token: str) -> Door:
    """The door behind a link; 404 for a link that leads nowhere."""
    wave = open_wave_of(token)
    if wave is not None:
        return Door(token, wave)
    invitation = invitation_of(token)
    response = response_of(token, invitation)
    if invitation is None and response is None:
        raise Http404
    return Door(token, invitation.wave if invitation else response.wave, invitation, response)


def respondent_page(*methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A public page in the language of its `?lang=`, never stored, never named to other sites."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def spoken(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            chosen = request.GET.get("lang", current_language())
            with translation.override(chosen if chosen in LANGUAGES else "vi"):
                response = view(request, door_of(token), *args, **kwargs)
                response.headers["Content-Language"] = current_language()
            response.headers["Cache-Control"] = "no-store"
            response.headers["Referrer-Policy"] = "no-referrer"
            return response

        return csrf_exempt(public_page(methods=methods)(spoken))

    return wrap


@respondent_page("GET", "HEAD", "POST")
def respond(request: HttpRequest, door: Door) -> HttpResponse:
    """What the survey is, who asks, what is promised; then start or decline."""
    if door.ended:
        return _to("thanks", door.token)
    if door.wave.mode == WaveMode.ANONYMOUS:
        return _anonymous(request, door)
    if request.method == "POST" and not door.closed:
        return _begin(request, door)
    if request.method == "GET" and door.unopened and not door.closed:
        note_opened(invitation=door.unopened, by=door.actor)
    form = form_of_wave(door.wave)
    context = {"title": text_of(form), "start_key": uuid4(), "questions": sum(1 for _ in form.items)}
    return _page(request, door, "information", context)


def _anonymous(request: HttpRequest, door: Door) -> HttpResponse:
    """The one page of the anonymous mode; that it was opened is not noted."""
    if door.closed:
        return _page(request, door, "closed", {}, status=410)
    issued = door.invitation is not None and door.invitation.state == InvitationState.ISSUED
    context = {"title": text_of(form_of_wave(door.wave)), "issued": issued, **ballot_context(door.wave)}
    return _page(request, door, "anonymous", context)


def _begin(request: HttpRequest, door: Door) -> HttpResponse:
    if door.invitation is not None:
        response = start(invitation=door.invitation, by=door.actor)
        return _resume(door.token, response)
    if door.response is not None:
        return _resume(door.token, door.response)
    key = request.POST.get("start", "")[:LONGEST_KEY] or str(uuid4())
    token = response_token(door.wave.public_id, key)
    return _resume(token, start_open(wave=door.wave, token=Secret(token), by=respondent(pseudonym_of(token))))


def _resume(token: str, response: Response) -> HttpResponse:
    number = first_open_section(form_of_wave(response.wave), answers_of(response))
    if response.state != ResponseState.STARTED or number is None:
        return _to("thanks", token)
    return _to("respond_section", token, number)


@respondent_page("GET", "HEAD", "POST")
def respond_section(request: HttpRequest, door: Door, number: int) -> HttpResponse:
    """One page of questions; kept when sent, then on to the next one that concerns this person."""
    if door.ended:
        return _to("thanks", door.token)
    if door.response is None:
        return _to("respond", door.token)
    if door.closed:
        return _page(request, door, "closed", {})
    form = form_of_wave(door.wave)
    if not 1 <= number <= len(form.sections):
        raise Http404
    if request.method == "POST":
        return _keep(request, door, form, number)
    return _show(request, door, form, number)


def _keep(request: HttpRequest, door: Door, form: Questionnaire, number: int) -> HttpResponse:
    sent = sent_page(request.POST, form, form.sections[number - 1])
    try:
        response = submit_section(response=door.response, section=number, sent=sent, by=door.actor)
    except Refused as refused:
        return _show(request, door, form, number, sent, refused.problems)
    if response.state != ResponseState.STARTED:
        return _to("thanks", door.token)
    known = answers_of(response)
    if any(asked.place not in known for asked in asked_on(form, form.sections[number - 1], known)):
        return _to("respond_section", door.token, number)
    onward = next_section(form, known, after=number) or first_open_section(form, known) or number
    return _to("respond_section", door.token, onward)


def _show(
    request: HttpRequest,
    door: Door,
    form: Questionnaire,
    number: int,
    sent: Sent | None = None,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    section, known = form.sections[number - 1], answers_of(door.response)
    asked = asked_on(form, section, known)
    if sent is not None:
        typed = {place: " ".join(values) for place, values in sent.given.items()}
        known = {place: value for place, value in known.items() if place not in sent.shown} | typed
        asked = tuple(one for one in asked_on(form, section, known) if one.place in sent.shown)
    elif not asked:
        return _to("respond_section", door.token, next_section(form, known, after=number) or 1)
    context = {
        "section": section,
        "title": text_of(section),
        "blocks": blocks(form, asked, known, problems),
        "problems": problems,
        "shown": " ".join(one.field for one in asked),
        "opened_more": sent is None and 0 < sum(one.place in known for one in asked) < len(asked),
        "number": number,
        "of": len(form.sections),
        "before": _before(form, known, number),
        "resume_link": door.wave.open_token
        and request.build_absolute_uri(reverse("surveys:respond", args=[door.token])),
    }
    return _page(request, door, "section", context, status=422 if problems else 200)


def _before(form: Questionnaire, known: dict[tuple[str, int], str], number: int) -> int | None:
    """The page before this one that concerns this person."""
    concerned = [n for n in range(1, number) if asked_on(form, form.sections[n - 1], known)]
    return concerned[-1] if concerned else None


def sent_page(post: QueryDict, form: Questionnaire, section: SectionSpec) -> Sent:
    """One page as the browser sent it."""
    fields = {
        asked.field: asked.place
        for index in form.indexes(section)
        for asked in (Asked(item, index) for item in section.items)
    }
    shown = frozenset(fields[name] for name in post.get("shown", "").split() if name in fields)
    return Sent({fields[name]: post.getlist(name) for name in fields if name in post}, shown)


@respondent_page("GET", "HEAD", "POST")
def respond_refuse(request: HttpRequest, door: Door) -> HttpResponse:
    """Decline: asked once more, then nothing is kept."""
    if door.ended:
        return _to("thanks", door.token)
    if request.method == "POST":
        if door.invitation is not None or door.response is not None:
            refuse(response=door.response, invitation=door.invitation, by=door.actor)
        return _to("thanks", door.token)
    return _page(request, door, "refuse", {})


@respondent_page("GET", "HEAD")
def thanks(request: HttpRequest, door: Door) -> HttpResponse:
    """The end, for those who answered and those who declined."""
    completed = door.response is not None and door.response.state == ResponseState.COMPLETED
    return _page(request, door, "thanks", {"completed": completed})


def _page(request: HttpRequest, door: Door, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    if door.closed and name == "information":
        name, status = "closed", 410
    shared = {"door": door, "wave": door.wave, "closed": door.closed, "lang": current_language()}
    return render(request, f"surveys/respond/{name}.html", shared | context, status=status)


def _to(name: str, token: str, *args: int) -> HttpResponse:
    link = reverse(f"surveys:{name}", args=[token, *args])
    return HttpResponseRedirect(link + ("?lang=en" if current_language() == "en" else ""))
