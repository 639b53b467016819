"""Reads: forms, links, answers, and how far a wave has come."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch

from lientuc.analytics.measures.response import WaveCounts
from lientuc.places.scope import WhyUnscoped

from .ballots.counts import ballot_counts, received
from .enums import InvitationState, ItemType, ResponseState, VersionState, WaveMode
from .flow import Place
from .links import hash_of, pseudonym_of
from .models import Answer, Choice, InstrumentVersion, Invitation, Item, RecordFile, Response, Section, Wave
from .specs import ChoiceSpec, ItemSpec, Questionnaire, SectionSpec

TOTAL = ""
"""The stratum that holds everybody."""


def form_of(version: InstrumentVersion) -> Questionnaire:
    """Everything a version asks; a published version is read once."""
    return _published(version.public_id) if version.state == VersionState.PUBLISHED else _form(version.public_id)


def form_of_wave(wave: Wave) -> Questionnaire:
    """What a wave asks; `wave.version` should be loaded with the wave."""
    return form_of(wave.version).with_switches(wave.item_sets, wave.repeat_labels)


@lru_cache(maxsize=64)
def _published(public_id: UUID) -> Questionnaire:
    return _form(public_id)


def _form(public_id: UUID) -> Questionnaire:
    version = InstrumentVersion.objects.select_related("instrument").get(public_id=public_id)
    choices = Prefetch("choice_list__choices", queryset=Choice.objects.order_by("position"))
    items = Item.objects.select_related("choice_list").prefetch_related(choices).order_by("position")
    sections = Section.objects.filter(version=version).prefetch_related(Prefetch("items", queryset=items))
    return Questionnaire(
        code=version.instrument.code,
        number=version.number,
        title_vi=version.instrument.title_vi,
        title_en=version.instrument.title_en,
        sections=tuple(_section(section) for section in sections.order_by("position")),
    )


def _section(section: Section) -> SectionSpec:
    return SectionSpec(
        code=section.code,
        title_vi=section.title_vi,
        title_en=section.title_en,
        items=tuple(_item(item) for item in section.items.all()),
        relevant=section.relevant,
        repeated=section.repeated,
    )


def _item(item: Item) -> ItemSpec:
    chosen = item.choice_list.choices.all() if item.choice_list else ()
    return ItemSpec(
        name=item.name,
        type=ItemType(item.type),
        label_vi=item.label_vi,
        label_en=item.label_en,
        pk=item.pk,
        choices=tuple(ChoiceSpec(c.value, c.label_vi, c.label_en, c.paper_code) for c in chosen),
        list_name=item.choice_list.name if item.choice_list else "",
        required=item.required,
        relevant=item.relevant,
        constraint=item.constraint,
        item_set=item.item_set,
        group_id=item.group_id,
        why=item.why,
        level=item.level,
        hint_vi=item.hint_vi,
        hint_en=item.hint_en,
        message_vi=item.message_vi,
        message_en=item.message_en,
        missing_vi=item.missing_vi,
        missing_en=item.missing_en,
        appearance=item.appearance,
        calculation=item.calculation,
    )


def latest_published(code: str) -> InstrumentVersion | None:
    """The newest published version of an instrument."""
    versions = InstrumentVersion.objects.filter(instrument__code=code, state=VersionState.PUBLISHED)
    return versions.order_by("-number").select_related("instrument").first()


def with_question_count(versions: Any) -> Any:
    """Versions with the number of their questions as `questions`."""
    return versions.annotate(questions=Count("items"))


# --- links --------------------------------------------------------------------------------------------------------


def open_wave_of(token: str) -> Wave | None:
    """The open wave behind a public link."""
    rows = Wave.objects.unscoped(WhyUnscoped.PUBLIC).select_related("organisation", "version__instrument")
    found: Wave | None = rows.filter(open_token=token).first()
    return found


def invitation_of(token: str) -> Invitation | None:
    """The invitation behind a personal link, with its wave."""
    rows = Invitation.objects.unscoped(WhyUnscoped.PUBLIC)
    rows = rows.select_related("wave__organisation", "wave__version__instrument")
    found: Invitation | None = rows.filter(token_hash=hash_of(token)).first()
    return found


def invitations_of(wave: Wave) -> Any:
    """The invitations of a wave in hand, in the order of their making."""
    rows = Invitation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(wave=wave)
    return rows.select_related("wave__organisation", "wave__version__instrument").order_by("pk")


def response_of(token: str, invitation: Invitation | None) -> Response | None:
    """The response behind a link: by its invitation's pseudonym, or by the resume link itself."""
    pseudonym = invitation.pseudonym if invitation else pseudonym_of(token)
    rows = Response.objects.unscoped(WhyUnscoped.PUBLIC)
    found: Response | None = (
        rows.select_related("wave__organisation", "wave__version__instrument").filter(pseudonym=pseudonym).first()
    )
    return found


def answers_of(response: Response) -> dict[Place, str]:
    """What a response holds so far, by place."""
    rows = Answer.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(response=response)
    return {(name, index): value for name, index, value in rows.values_list("item__name", "index", "value")}


# --- answers of a wave, for tables and files ----------------------------------------------------------------------


@dataclass(frozen=True)
class Respondence:
    """One completed response: its pseudonym and its answers by place."""

    pseudonym: str
    answers: Mapping[Place, str]


def completed(wave: Wave) -> Iterator[Respondence]:
    """The completed responses of a wave in the order of their pseudonyms, which is no order in time."""
    rows = Answer.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        response__wave=wave, response__state=ResponseState.COMPLETED
    )
    values = rows.order_by("response__pseudonym").values_list("response__pseudonym", "item__name", "index", "value")
    for pseudonym, group in groupby(values.iterator(chunk_size=5000), key=lambda row: row[0]):
        yield Respondence(pseudonym, {(name, index): value for _, name, index, value in group})


def completed_count(wave: Wave) -> int:
    """How many responses of a wave are complete."""
    rows = Response.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    count: int = rows.filter(wave=wave, state=ResponseState.COMPLETED).count()
    return count


# --- monitor ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Monitor:
    """How far a wave has come: counts of everybody under `TOTAL`, and by `(stratum name, code)`."""

    everybody: WaveCounts
    strata: Mapping[tuple[str, str], WaveCounts]


def monitor(wave: Wave) -> Monitor:
    """Counts from the register of invitations; an open wave has no register, only what was sent back."""
    if wave.open_token:
        return Monitor(_open_counts(wave), {})
    file = RecordFile.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(wave=wave).order_by("-pk").first()
    if file is not None:
        return Monitor(_file_counts(wave, file), {})
    rows = Invitation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(wave=wave).values_list("state", "stratum")
    if wave.mode == WaveMode.ANONYMOUS:
        return Monitor(ballot_counts(Counter(state for state, _ in rows), received(wave)), {})
    everybody: Counter[str] = Counter()
    strata: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for state, stratum in rows:
        everybody[state] += 1
        for place in stratum.items():
            strata[place][state] += 1
    return Monitor(_counts(everybody), {place: _counts(strata[place]) for place in sorted(strata)})


def _open_counts(wave: Wave) -> WaveCounts:
    rows = Response.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(wave=wave)
    states = Counter(rows.values_list("state", flat=True))
    started = states[ResponseState.STARTED] + states[ResponseState.COMPLETED]
    opened = started + states[ResponseState.WITHDRAWN]
    invited = max(wave.audience_size or 0, opened)
    return WaveCounts(
        invited, opened, opened, started, states[ResponseState.COMPLETED], states[ResponseState.WITHDRAWN]
    )


def _file_counts(wave: Wave, file: RecordFile) -> WaveCounts:
    """An imported study: its records, of those invited where its authors state how many."""
    refused = int(file.dropped.get("no_consent", 0))
    invited = max(wave.audience_size or 0, file.read)
    return WaveCounts(invited, invited, file.read, file.read - refused, file.kept, refused)


def _counts(states: Mapping[str, int]) -> WaveCounts:
    """Counts of steps from counts of states: who completed has also started, opened and received."""
    completed_, refused = states[InvitationState.COMPLETED], states[InvitationState.REFUSED]
    started = states[InvitationState.STARTED] + completed_
    opened = states[InvitationState.OPENED] + started + refused
    delivered = states[InvitationState.DELIVERED] + opened
    return WaveCounts(states[InvitationState.INVITED] + delivered, delivered, opened, started, completed_, refused)
