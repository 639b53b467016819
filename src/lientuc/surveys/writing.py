"""Rows of a new draft version from its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .models import Choice, ChoiceList, Instrument, InstrumentVersion, Item, Section
from .specs import ChoiceSpec, ItemSpec, Questionnaire

NO_LISTS: Mapping[str, tuple[ChoiceSpec, ...]] = {}


def write_version(form: Questionnaire, *, source: str = "") -> InstrumentVersion:
    """The rows of one version as a draft; its instrument is made where it is new."""
    titles = {"title_vi": form.title_vi, "title_en": form.title_en, "source": source}
    instrument, _ = Instrument.objects.get_or_create(code=form.code, defaults=titles)
    version = InstrumentVersion.objects.create(instrument=instrument, number=form.number)
    write_parts(form, version)
    return version


def write_parts(
    form: Questionnaire, version: InstrumentVersion, kept: Mapping[str, tuple[ChoiceSpec, ...]] = NO_LISTS
) -> None:
    """The pages, lists and questions of a draft that has none; `kept` are lists that nothing asks with yet."""
    lists = _write_lists(form, version, kept)
    position = 0
    for place, spec in enumerate(form.sections, start=1):
        section = Section.objects.create(
            version=version,
            position=place,
            code=spec.code,
            title_vi=spec.title_vi,
            title_en=spec.title_en,
            relevant=spec.relevant,
            repeated=spec.repeated,
        )
        rows = _items(version, section, spec.items, lists, start=position)
        position += len(Item.objects.bulk_create(rows))


def _write_lists(
    form: Questionnaire, version: InstrumentVersion, kept: Mapping[str, tuple[ChoiceSpec, ...]]
) -> dict[str, ChoiceList]:
    specs = dict(kept) | {item.list_name: item.choices for _, item in form.items if item.list_name}
    lists = {name: ChoiceList(version=version, name=name) for name in sorted(specs)}
    ChoiceList.objects.bulk_create(lists.values())
    Choice.objects.bulk_create(
        Choice(
            choice_list=lists[name],
            position=position,
            value=choice.value,
            label_vi=choice.label_vi,
            label_en=choice.label_en,
            paper_code=choice.paper_code,
        )
        for name, choices in specs.items()
        for position, choice in enumerate(choices, start=1)
    )
    return lists


def _items(
    version: InstrumentVersion, section: Section, specs: Sequence[ItemSpec], lists: dict[str, ChoiceList], *, start: int
) -> list[Item]:
    return [
        Item(
            version=version,
            section=section,
            position=position,
            name=spec.name,
            type=spec.type,
            label_vi=spec.label_vi,
            label_en=spec.label_en,
            choice_list=lists.get(spec.list_name),
            required=spec.required,
            relevant=spec.relevant,
            constraint=spec.constraint,
            item_set=spec.item_set,
            group_id=spec.group_id,
            why=spec.why,
            level=spec.level,
            hint_vi=spec.hint_vi,
            hint_en=spec.hint_en,
            message_vi=spec.message_vi,
            message_en=spec.message_en,
            missing_vi=spec.missing_vi,
            missing_en=spec.missing_en,
            appearance=spec.appearance,
            calculation=spec.calculation,
        )
        for position, spec in enumerate(specs, start=start + 1)
    ]
