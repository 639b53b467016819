"""The instruments that come with the house."""

from __future__ import annotations

from lientuc.surveys.enums import VersionState
from lientuc.surveys.rules import problems_of_version
from lientuc.surveys.shipped import content_hash, shipped


def test_every_shipped_form_can_be_published() -> None:
    assert {form.code: problems_of_version(form, VersionState.DRAFT) for form in shipped()} == {
        "l3_alumni": [], "l3_leader": [], "l3_peer": [], "l3_patient": [], "l1_reaction": [], "l2_test": [], "l4_unit": [],
    }  # fmt: skip


def test_shipped_forms_hold_all_items() -> None:
    assert sum(1 for form in shipped() for _ in form.items) == 129


def test_every_text_stands_in_both_languages() -> None:
    texts = [
        text
        for form in shipped()
        for section, item in form.items
        for text in (section.title_vi, section.title_en, item.label_vi, item.label_en)
    ]
    choices = [
        t for form in shipped() for _, item in form.items for c in item.choices for t in (c.label_vi, c.label_en)
    ]
    assert all(texts + choices)


def test_every_item_has_a_level_and_an_origin_or_a_set() -> None:
    levels = {item.level for form in shipped() for _, item in form.items}
    assert levels == {"L0", "L1", "L2", "L3", "L4", "L5"}


def test_hash_follows_wording_and_nothing_else() -> None:
    form = shipped()[0]
    assert content_hash(form) == content_hash(form)
    assert content_hash(form) != content_hash(form.with_switches(("split",), ()))
