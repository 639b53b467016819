"""Writes: a draft begun, changed a step at a time, thrown away; publishing is in `surveys.actions`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import Max

from lientuc.accounts.permissions import require
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.trail.record import action

from ..enums import VersionState
from ..models import ChoiceList, Instrument, InstrumentVersion, Section
from ..queries import form_of
from ..specs import Questionnaire
from ..writing import write_parts, write_version
from .changes import (
    NAME,
    ItemDraft,
    ListDraft,
    SectionDraft,
    new_problems,
    with_item,
    with_item_moved,
    with_list,
    with_section,
    with_section_moved,
    without_item,
    without_section,
)
from .queries import lists_in

EDIT = "surveys.edit_instruments"
Change = Callable[[Questionnaire], Questionnaire]


class Form:
    """A form read from a file, to be taken as a draft.

    Not a dataclass on purpose: the audit trail writes arguments of actions out, and a whole form says nothing there.
    """

    def __init__(self, form: Questionnaire) -> None:
        self.form = form

    def __str__(self) -> str:
        return f"{self.form.code}: {sum(1 for _ in self.form.items)} items"


@action("surveys.begin_version")
def begin_version(*, of: InstrumentVersion, by: Any, key: str = "") -> InstrumentVersion:
    """A draft of the next number that asks what a version asks; refused while another draft of the instrument is open."""
    require(by, EDIT)
    return _begin(form_of(of))


@action("surveys.take_form")
def take_form(*, form: Form, by: Any, key: str = "") -> InstrumentVersion:
    """A form read from a file as a draft: of a new instrument, or the next number of the one with its code."""
    require(by, EDIT)
    return _begin(form.form)


@action("surveys.begin_instrument")
def begin_instrument(*, code: str, title_vi: str, title_en: str, by: Any, key: str = "") -> InstrumentVersion:
    """An empty draft of a new instrument."""
    require(by, EDIT)
    if not NAME.fullmatch(code):
        raise Refused(Problem("surveys.name_unfit", "code", {"name": code}))
    if Instrument.objects.filter(code=code).exists():
        raise Refused(Problem("surveys.name_taken", "code", {"name": code}))
    return write_version(Questionnaire(code, 1, tidy(title_vi), tidy(title_en) or tidy(title_vi), ()))


@action("surveys.save_section")
def save_section(*, version: InstrumentVersion, draft: SectionDraft, by: Any, key: str = "") -> InstrumentVersion:
    """Add a page to a draft, or change one."""
    return _change(version, by, lambda form: with_section(form, draft))


@action("surveys.save_item")
def save_item(*, version: InstrumentVersion, draft: ItemDraft, by: Any, key: str = "") -> InstrumentVersion:
    """Add a question to a page of a draft, or change one."""
    return _change(version, by, lambda form: with_item(form, draft, lists_in(version)))


@action("surveys.save_list")
def save_list(*, version: InstrumentVersion, draft: ListDraft, by: Any, key: str = "") -> InstrumentVersion:
    """Exchange the answers of a list of a draft; a list that nothing asks with is kept for the next question."""
    return _change(version, by, lambda form: with_list(form, draft), draft)


@action("surveys.remove_item")
def remove_item(*, version: InstrumentVersion, name: str, by: Any, key: str = "") -> InstrumentVersion:
    """Take a question out of a draft; refused where another asks about it."""
    return _change(version, by, lambda form: without_item(form, name))


@action("surveys.remove_section")
def remove_section(*, version: InstrumentVersion, code: str, by: Any, key: str = "") -> InstrumentVersion:
    """Take a page with its questions out of a draft."""
    return _change(version, by, lambda form: without_section(form, code))


@action("surveys.move_item")
def move_item(*, version: InstrumentVersion, name: str, step: int, by: Any, key: str = "") -> InstrumentVersion:
    """Move a question one place up (-1) or down (1); refused where it would ask about what comes later."""
    return _change(version, by, lambda form: with_item_moved(form, name, step))


@action("surveys.move_section")
def move_section(*, version: InstrumentVersion, code: str, step: int, by: Any, key: str = "") -> InstrumentVersion:
    """Move a page one place up (-1) or down (1)."""
    return _change(version, by, lambda form: with_section_moved(form, code, step))


@action("surveys.discard_draft")
def discard_draft(*, version: InstrumentVersion, by: Any, key: str = "") -> Instrument:
    """Throw a draft away; an instrument that never had another version goes with it."""
    require(by, EDIT)
    _need_draft(version)
    instrument = version.instrument
    version.delete()
    if not InstrumentVersion.objects.filter(instrument=instrument).exists():
        Instrument.objects.filter(pk=instrument.pk).delete()
    return instrument


def _begin(form: Questionnaire) -> InstrumentVersion:
    rows = InstrumentVersion.objects.filter(instrument__code=form.code)
    if rows.filter(state=VersionState.DRAFT).exists():
        raise Refused(Problem("surveys.draft_open", values={"code": form.code}))
    newest = rows.aggregate(newest=Max("number"))["newest"] or 0
    return write_version(replace(form, number=max(form.number, newest + 1) if newest else form.number))


def _change(version: InstrumentVersion, by: Any, change: Change, kept: ListDraft | None = None) -> InstrumentVersion:
    """The rows of a draft written anew: nothing points at them before it is published."""
    require(by, EDIT)
    version = InstrumentVersion.objects.select_for_update(of=("self",)).select_related("instrument").get(pk=version.pk)
    _need_draft(version)
    before = form_of(version)
    after = change(before)
    refuse_if(new_problems(before, after))
    lists = lists_in(version)
    if kept is not None:
        lists[kept.name] = kept.choices
    Section.objects.filter(version=version).delete()
    ChoiceList.objects.filter(version=version).delete()
    write_parts(after, version, lists)
    return version


def _need_draft(version: InstrumentVersion) -> None:
    if version.state != VersionState.DRAFT:
        raise Refused(Problem("surveys.already_published"))
