"""The instruments that come with the house."""

from __future__ import annotations

from lientuc.surveys.enums import VersionState
from lientuc.surveys.rules import problems_of_version
from lientuc.surveys.shipped import content_hash, shipped


def test_every_shipped_form_can_be_published() -> None:
    assert {(form.code, form.number): problems_of_version(form, VersionState.DRAFT) for form in shipped()} == {
        ("l3_alumni", 1): [], ("l3_alumni", 2): [], ("l3_leader", 1): [], ("l3_peer", 1): [], ("l3_patient", 1): [],
        ("l1_reaction", 1): [], ("l2_test", 1): [], ("l4_unit", 1): [],
    }  # fmt: skip


def test_shipped_forms_hold_all_items() -> None:
    assert sum(1 for form in shipped() if form.number == 1 for _ in form.items) == 129


def test_second_alumni_version_adds_what_was_claimed_and_never_asked() -> None:
    first, second = (form for form in shipped() if form.code == "l3_alumni")
    added = [item for _, item in second.items if item.name not in first.by_name]
    assert [item.name for item in added] == [
        "l4_support_lower", "l4_support_lower_n", "l4_neighbours_up", "l4_patient_cost_down", "l3_understaffed", "l4_burnout",
    ]  # fmt: skip
    assert all(item.why.startswith("not in the original study: ") and item.item_set == "discussion" for item in added)
    assert [item for _, item in second.items if item.name in first.by_name] == [item for _, item in first.items]


def test_first_alumni_version_keeps_the_hash_it_was_published_with() -> None:
    assert content_hash(shipped()[0]) == "6419803387b748bd7f37339a1023031977cf14631827164d64f4f7831cccc27b"


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
