"""Rows of the surveys room for tests; `label` is the text their page shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from lientuc.accounts.models import SYSTEM
from lientuc.core.clock import now
from lientuc.places.models import Organisation
from lientuc.registry.models import HealthWorker
from lientuc.surveys.actions import publish
from lientuc.surveys.ballots.box import new_box
from lientuc.surveys.enums import ItemType, ResponseState, WaveMode, WavePurpose
from lientuc.surveys.links import hash_of, invitation_token, new_pseudonym
from lientuc.surveys.models import Answer, Instrument, InstrumentVersion, Invitation, Item, Response, Wave
from lientuc.surveys.paper.models import PaperSheet, PaperTyping
from lientuc.surveys.shipped import shipped
from lientuc.surveys.specs import ChoiceSpec, ItemSpec, Questionnaire, SectionSpec
from lientuc.surveys.writing import write_version

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
YES_NO = (ChoiceSpec("yes", "Có", "Yes"), ChoiceSpec("no", "Không", "No"))
FRUIT = (ChoiceSpec("apple", "Táo", "Apple"), ChoiceSpec("pear", "Lê", "Pear"), ChoiceSpec("plum", "Mận", "Plum"))


def item(name: str, type: ItemType = ItemType.TEXT, **fields: Any) -> ItemSpec:
    """A question named `name`; chosen types get a small list unless one is given."""
    if type in {ItemType.SELECT_ONE, ItemType.SELECT_MULTIPLE} and "choices" not in fields:
        fields |= {"choices": YES_NO, "list_name": "yesno"}
    return ItemSpec(name=name, type=type, label_vi=f"Câu {name}", label_en=f"Question {name}", **fields)


def section(code: str, *items: ItemSpec, **fields: Any) -> SectionSpec:
    """A page of questions."""
    return SectionSpec(code=code, title_vi=f"Phần {code}", title_en=f"Section {code}", items=items, **fields)


def form(*sections: SectionSpec, code: str = "small", number: int = 1) -> Questionnaire:
    """A questionnaire of these pages."""
    return Questionnaire(code, number, f"Phiếu {code}", f"Form {code}", sections)


def small_form(code: str = "small") -> Questionnaire:
    """Two pages: a required yes/no that opens a bounded number, then a choice of several and a text."""
    return form(
        section(
            "one",
            item("works", ItemType.SELECT_ONE, required=True, level="L3"),
            item("cases", ItemType.INTEGER, relevant="${works} = 'yes'", constraint=". >= 0 and . <= 50", level="L3"),
        ),
        section("two", item("fruit", ItemType.SELECT_MULTIPLE, choices=FRUIT, list_name="fruit"), item("remark")),
        code=code,
    )


def make_version(spec: Questionnaire | None = None) -> InstrumentVersion:
    """A published version of `spec`, the one already there if it is."""
    spec = spec or small_form()
    found = InstrumentVersion.objects.filter(instrument__code=spec.code, number=spec.number).first()
    return found or publish(version=write_version(spec), by=SYSTEM)


def make_instrument(organisation: Organisation, label: str = "Phiếu thử", **fields: Any) -> Instrument:
    """An instrument titled `label`; instruments belong to nobody, `organisation` is not used."""
    values: dict[str, Any] = dict(code=f"test-{Instrument.objects.count()}", title_vi=label, title_en=label)
    return Instrument.objects.create(**(values | fields))


def shipped_version(code: str) -> InstrumentVersion:
    """A shipped instrument, published."""
    return make_version(next(spec for spec in shipped() if spec.code == code))


def make_wave(organisation: Organisation, label: str = "Đợt thử", **fields: Any) -> Wave:
    """A confidential wave through 2026; say `mode=WaveMode.OPEN` for one with a public link."""
    values: dict[str, Any] = dict(
        version=fields.pop("version", None) or make_version(),
        mode=WaveMode.CONFIDENTIAL,
        purpose=WavePurpose.MANAGEMENT,
        opens_on=FIRST,
        closes_on=LAST,
        opened_at=now(),
        opened_by="test",
    )
    if fields.get("mode") == WaveMode.OPEN and "open_token" not in fields:
        fields["open_token"] = f"open-{Wave._base_manager.count()}"
    return Wave.objects.create(organisation=organisation, name=label, **(values | fields))


def make_worker(organisation: Organisation, label: str = "Trần Thị An", **fields: Any) -> HealthWorker:
    """A nurse kept by `organisation`."""
    return HealthWorker.objects.create(full_name=label, keeper=organisation, **({"title": "nurse"} | fields))


def make_invitation(organisation: Organisation, label: str = "Trần Thị An", **fields: Any) -> Invitation:
    """An invitation of a worker named `label`, in a wave of its own unless one is given."""
    wave = fields.pop("wave", None) or make_wave(organisation)
    worker = fields.pop("worker", None) or make_worker(organisation, label)
    row = Invitation(wave=wave, worker=worker, pseudonym=new_pseudonym(), invited_on=FIRST, **fields)
    row.token_hash = hash_of(invitation_token(row.public_id))
    row.save(force_insert=True)
    return row


def make_response(wave: Wave, answers: Mapping[str, str] | None = None, **fields: Any) -> Response:
    """A completed response with these answers by item name."""
    values: dict[str, Any] = dict(pseudonym=new_pseudonym(), state=ResponseState.COMPLETED, week=date(2026, 6, 1))
    response = Response.objects.create(wave=wave, **(values | fields))
    keys = dict(Item.objects.filter(version=wave.version).values_list("name", "pk"))
    Answer.objects.bulk_create(
        Answer(response=response, item_id=keys[name], value=value) for name, value in (answers or {}).items()
    )
    return response


def make_sheet(organisation: Organisation, label: str = "Phiếu giấy", **fields: Any) -> PaperSheet:
    """A sheet typed once into an open wave named `label`."""
    wave = fields.pop("wave", None) or make_wave(organisation, label, mode=WaveMode.OPEN)
    sheet = PaperSheet.objects.create(wave=wave, **({"number": 1} | fields))
    PaperTyping.objects.create(sheet=sheet, turn=1, answers=[["works", 0, "no"]], typed_at=now(), typed_by="test")
    return sheet


def make_anonymous_wave(organisation: Organisation, label: str = "Đợt ẩn danh", **fields: Any) -> Wave:
    """An anonymous wave with its box."""
    wave = make_wave(organisation, label, mode=WaveMode.ANONYMOUS, **fields)
    new_box(wave)
    return wave


OBJECTS: dict[str, Callable[[Organisation, str], Any]] = {
    "surveys.Wave": make_wave,
    "surveys.AnonymousWave": make_anonymous_wave,
    "surveys.PaperSheet": make_sheet,
}

LISTS: dict[str, str] = {"surveys:waves": "surveys.Wave"}
