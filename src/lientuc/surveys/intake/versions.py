"""Which version of which instrument a file of records answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lientuc.core.errors import Problem, Refused

from ..actions import load_instruments, publish
from ..enums import VersionState
from ..exchange import read_form
from ..models import InstrumentVersion
from ..queries import latest_published
from ..shipped import content_hash, shipped
from ..specs import Questionnaire
from ..writing import write_version


def version_named(name: str, *, by: Any) -> InstrumentVersion:
    """The published version meant by a code (`l3_alumni`, or `l3_alumni@1`) or by a form's file, which is taken in.

    Refused where there is neither.
    """
    path = Path(name)
    if path.suffix and path.is_file():
        return _of_form(read_form(path).form, by=by)
    code, _, number = name.partition("@")
    found = _published(code, number)
    if found is None and any(form.code == code for form in shipped()):
        load_instruments(by=by)
        found = _published(code, number)
    if found is None:
        known = InstrumentVersion.objects.filter(state=VersionState.PUBLISHED).order_by("instrument__code")
        codes = known.values_list("instrument__code", flat=True).distinct()
        raise Refused(Problem("surveys.instrument_unknown", values={"name": name, "known": ", ".join(codes)}))
    return found


def _published(code: str, number: str) -> InstrumentVersion | None:
    if not number:
        return latest_published(code)
    rows = InstrumentVersion.objects.filter(instrument__code=code, state=VersionState.PUBLISHED).select_related(
        "instrument"
    )
    return rows.filter(number=int(number)).first() if number.isdecimal() else None


def _of_form(form: Questionnaire, *, by: Any) -> InstrumentVersion:
    """The version that asks exactly this; a new one, published, where there is none."""
    rows = InstrumentVersion.objects.filter(instrument__code=form.code).select_related("instrument").order_by("-number")
    same = next((row for row in rows if row.content_hash == content_hash(form)), None)
    if same is not None:
        return same
    newest = rows.first()
    if newest is not None and newest.number >= form.number:
        form = Questionnaire(form.code, newest.number + 1, form.title_vi, form.title_en, form.sections)
    return publish(version=write_version(form), by=by)
