"""Writing instruments: drafts changed a step at a time, frozen when published, versions compared, pages of the editor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.accounts.models import SYSTEM
from lientuc.core.errors import NotAllowed, Refused
from lientuc.surveys.actions import load_instruments, publish
from lientuc.surveys.editing import actions
from lientuc.surveys.editing.changes import ItemDraft, ListDraft, SectionDraft, choices_of_lines, lines_of_choices
from lientuc.surveys.editing.comparing import differences, unchanged
from lientuc.surveys.editing.queries import lists_in
from lientuc.surveys.enums import ItemType, VersionState
from lientuc.surveys.exchange import read_form, write_xlsform
from lientuc.surveys.models import Instrument, InstrumentVersion, Item
from lientuc.surveys.queries import form_of
from lientuc.surveys.shipped import content_hash, shipped
from lientuc.surveys.specs import ChoiceSpec, ItemSpec
from lientuc.trail.models import AuditEntry
from tests.factories.surveys import FRUIT, form, item, make_version, small_form
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(world: World) -> InstrumentVersion:
    """A draft of the small form's second version."""
    return actions.begin_version(of=make_version(), by=SYSTEM)


def names(version: InstrumentVersion) -> list[tuple[str, list[str]]]:
    return [(s.code, [i.name for i in s.items]) for s in form_of(version).sections]


def refusals(call: Any, **given: Any) -> list[tuple[str, str | None]]:
    with pytest.raises(Refused) as refused:
        call(by=SYSTEM, **given)
    return [(problem.code.removeprefix("surveys."), problem.field) for problem in refused.value.problems]


# --- drafts --------------------------------------------------------------------------------------------------------


def test_draft_asks_what_its_version_asks(draft: InstrumentVersion) -> None:
    assert (draft.number, draft.state, form_of(draft).sections) == (2, "draft", pytest.approx(form_of(draft).sections))
    assert content_hash(replace(form_of(draft), number=1)) == content_hash(small_form())
    assert AuditEntry.objects.filter(action="surveys.begin_version").count() == 1


def test_one_draft_of_an_instrument_at_a_time(draft: InstrumentVersion) -> None:
    assert refusals(actions.begin_version, of=draft) == [("draft_open", None)]


def test_only_the_ministry_writes_instruments(world: World, draft: InstrumentVersion) -> None:
    for call, given in (
        (actions.begin_version, {"of": draft}),
        (actions.take_form, {"form": actions.Form(small_form("x"))}),
        (actions.begin_instrument, {"code": "x", "title_vi": "X", "title_en": "X"}),
        (actions.save_section, {"version": draft, "draft": SectionDraft("", "a", "A", "A")}),
        (actions.save_item, {"version": draft, "draft": ItemDraft("", "one", item("a"))}),
        (actions.save_list, {"version": draft, "draft": ListDraft("a", FRUIT)}),
        (actions.remove_item, {"version": draft, "name": "remark"}),
        (actions.remove_section, {"version": draft, "code": "two"}),
        (actions.move_item, {"version": draft, "name": "remark", "step": -1}),
        (actions.move_section, {"version": draft, "code": "two", "step": -1}),
        (actions.discard_draft, {"version": draft}),
    ):
        with pytest.raises(NotAllowed):
            call(by=world.user(Role.EVALUATOR), **given)
    assert names(draft) == [("one", ["works", "cases"]), ("two", ["fruit", "remark"])]


def test_sections_items_and_lists_are_written_a_step_at_a_time(draft: InstrumentVersion) -> None:
    actions.save_section(version=draft, draft=SectionDraft("", "three", "Ba", "Three", "${works} = 'yes'"), by=SYSTEM)
    actions.save_list(version=draft, draft=ListDraft("colour", (ChoiceSpec("red", "Đỏ", "Red"),)), by=SYSTEM)
    colour = ItemSpec(
        "colour", ItemType.SELECT_ONE, "Màu?", "Colour?", list_name="colour", hint_vi="Chọn", hint_en="Choose"
    )
    actions.save_item(version=draft, draft=ItemDraft("", "three", colour), by=SYSTEM)
    actions.save_item(version=draft, draft=ItemDraft("remark", "three", item("note", ItemType.TEXT)), by=SYSTEM)
    actions.move_item(version=draft, name="note", step=-1, by=SYSTEM)
    actions.move_section(version=draft, code="three", step=-1, by=SYSTEM)
    assert names(draft) == [("one", ["works", "cases"]), ("three", ["note", "colour"]), ("two", ["fruit"])]
    found = form_of(draft).by_name["colour"]
    assert (found.values, found.hint_vi, found.label_en) == (("red",), "Chọn", "Colour?")


def test_list_nothing_asks_with_is_kept_for_the_next_question(draft: InstrumentVersion) -> None:
    actions.save_list(version=draft, draft=ListDraft("colour", (ChoiceSpec("red", "Đỏ", "Red"),)), by=SYSTEM)
    actions.remove_item(version=draft, name="fruit", by=SYSTEM)
    assert {name: len(choices) for name, choices in lists_in(draft).items()} == {"colour": 1, "fruit": 3, "yesno": 2}


def test_change_that_contradicts_is_refused_and_leaves_everything(draft: InstrumentVersion) -> None:
    before = form_of(draft)
    cases = before.by_name["cases"]
    assert refusals(actions.remove_item, version=draft, name="works") == [("expression_looks_ahead", None)]
    assert refusals(actions.move_item, version=draft, name="cases", step=-1) == [("expression_looks_ahead", None)]
    bad = replace(cases, constraint=". >= today()")
    assert refusals(actions.save_item, version=draft, draft=ItemDraft("cases", "one", bad)) == [
        ("expression_unreadable_at", None)
    ]
    twin = replace(cases, name="works")
    assert refusals(actions.save_item, version=draft, draft=ItemDraft("cases", "one", twin)) == [("name_taken", "name")]
    lost = ItemSpec("x", ItemType.SELECT_ONE, "X", "X", list_name="nowhere")
    assert refusals(actions.save_item, version=draft, draft=ItemDraft("", "one", lost)) == [("no_choices", "list_name")]
    assert refusals(actions.save_section, version=draft, draft=SectionDraft("", "một", "A", "A")) == [
        ("name_unfit", "code")
    ]
    assert form_of(draft).by_name["cases"] == cases
    assert [replace(i, pk=0) for _, i in form_of(draft).items] == [replace(i, pk=0) for _, i in before.items]


def test_published_version_is_frozen_for_the_editor_and_in_the_database(draft: InstrumentVersion) -> None:
    publish(version=draft, by=SYSTEM)
    draft.refresh_from_db()
    assert refusals(actions.save_item, version=draft, draft=ItemDraft("", "one", item("a"))) == [
        ("already_published", None)
    ]
    assert refusals(actions.discard_draft, version=draft) == [("already_published", None)]
    with pytest.raises(Error, match="frozen"), transaction.atomic():
        Item.objects.filter(version=draft, name="remark").update(hint_vi="khác")


def test_discarded_draft_of_a_new_instrument_leaves_nothing(world: World) -> None:
    version = actions.begin_instrument(code="moi", title_vi="Mới", title_en="", by=SYSTEM)
    assert refusals(actions.begin_instrument, code="moi", title_vi="Mới", title_en="") == [("name_taken", "code")]
    assert refusals(actions.begin_instrument, code="mới", title_vi="Mới", title_en="") == [("name_unfit", "code")]
    actions.discard_draft(version=version, by=SYSTEM)
    assert not Instrument.objects.filter(code="moi").exists()


def test_file_taken_in_becomes_the_next_draft(world: World) -> None:
    make_version()
    changed = replace(small_form(), sections=small_form().sections[:1])
    version = actions.take_form(form=actions.Form(read_form(write_xlsform(changed)).form), by=SYSTEM)
    assert (version.number, names(version)) == (2, [("one", ["works", "cases"])])


def test_every_shipped_form_survives_a_change_of_its_draft(world: World) -> None:
    load_instruments(by=SYSTEM)
    alumni = InstrumentVersion.objects.get(instrument__code="l3_alumni", number=2)
    version = actions.begin_version(of=alumni, by=SYSTEM)
    actions.move_item(version=version, name="suggestion", step=1, by=SYSTEM)
    assert content_hash(replace(form_of(version), number=2)) == content_hash(shipped()[1])


# --- comparison ----------------------------------------------------------------------------------------------------


def test_versions_are_compared_part_by_part() -> None:
    before = small_form()
    after = form(
        replace(before.sections[0], title_vi="Khác", items=(
            replace(before.by_name["works"], label_vi="Có làm không?", required=False), before.by_name["cases"], item("new"),
        )),
        replace(before.sections[1], items=(replace(before.by_name["fruit"], choices=FRUIT[:2]),)),
        number=2,
    )  # fmt: skip
    found = [(d.part, d.name, d.what, d.before, d.after, d.changes_answers) for d in differences(before, after)]
    assert found == [
        ("section", "one", "title_vi", "Phần one", "Khác", False),
        ("item", "works", "label_vi", "Câu works", "Có làm không?", True),
        ("item", "works", "required", "✓", "–", False),
        ("item", "new", "added", "", "Câu new", False),
        ("item", "fruit", "choices", "apple = Táo; pear = Lê; plum = Mận", "apple = Táo; pear = Lê", True),
        ("item", "remark", "removed", "Câu remark", "", False),
    ]
    assert (unchanged(before, after), differences(before, before), unchanged(before, before)) == (1, [], 4)


def test_second_alumni_version_only_adds() -> None:
    first, second = (spec for spec in shipped() if spec.code == "l3_alumni")
    assert {d.what for d in differences(first, second)} == {"added"}


def test_lists_are_written_one_answer_a_line() -> None:
    text = "a | Táo | Apple | x\nb\tLê\n\n"
    assert choices_of_lines(text) == (ChoiceSpec("a", "Táo", "Apple", "x"), ChoiceSpec("b", "Lê", "Lê"))
    assert choices_of_lines(lines_of_choices(FRUIT)) == FRUIT
    for wrong in ("a", "hai từ | Hai", "a | A\na | B", "a | b | c | d | e"):
        with pytest.raises(Refused):
            choices_of_lines(wrong)


# --- pages ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def ministry(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.MINISTRY))
    return client


def at(name: str, code: str = "small", number: int = 2, **more: str) -> str:
    return reverse(f"surveys:{name}", query={"ma": code, "so": str(number), **more})


def test_editor_writes_a_question_and_publishes(ministry: Client) -> None:
    make_version()
    ministry.post(at("begin_version", number=1))
    given = {
        "section": "two",
        "name": "why",
        "type": "text",
        "label_vi": "Vì sao?",
        "label_en": "Why?",
        "hint_vi": "Ngắn gọn",
    }
    assert ministry.post(at("edit_item", phan="two"), given).status_code == 302
    assert "Vì sao?" in ministry.get(at("edit")).content.decode()
    assert "Ngắn gọn" in ministry.get(at("preview", phan="2")).content.decode()
    assert "Vì sao?" in ministry.get(at("paper")).content.decode()
    assert "thêm mới" in ministry.get(at("compare")).content.decode()
    assert ministry.post(at("edit"), {"do": "publish"}).status_code == 302
    assert InstrumentVersion.objects.get(number=2).state == VersionState.PUBLISHED
    assert ministry.get(at("edit")).status_code == 302


def test_editor_shows_what_is_wrong_and_keeps_what_was_typed(ministry: Client, draft: InstrumentVersion) -> None:
    given = {
        "section": "two",
        "name": "why",
        "type": "text",
        "label_vi": "Vì sao?",
        "label_en": "Why?",
        "relevant": "${x} = 1",
    }
    page = ministry.post(at("edit_item"), given).content.decode()
    assert "Vì sao?" in page and "chưa có ở phía trước" in page
    page = ministry.post(at("edit_item"), given | {"label_en": "", "relevant": ""}).content.decode()
    assert "cả hai thứ tiếng" in page
    page = ministry.post(at("edit_list"), {"name": "a", "choices": "x"}).content.decode()
    assert "Dòng 1 không đọc được" in page
    page = ministry.post(at("edit"), {"do": "item_remove", "name": "works"}, follow=True).content.decode()
    assert "chưa có ở phía trước" in page


def test_pages_of_steps(ministry: Client, draft: InstrumentVersion) -> None:
    for do, name in (("item_down", "fruit"), ("section_up", "two"), ("item_remove", "remark")):
        ministry.post(at("edit"), {"do": do, "name": name})
    assert names(draft) == [("two", ["fruit"]), ("one", ["works", "cases"])]
    for name, more in (
        ("edit_section", {"phan": "two"}),
        ("edit_item", {"cau": "fruit"}),
        ("edit_list", {"ds": "fruit"}),
    ):
        assert "fruit" in ministry.get(at(name, **more)).content.decode() or name == "edit_section"
    ministry.post(at("edit_section", phan="two"), {"code": "hai", "title_vi": "Hai", "title_en": "Two"})
    ministry.post(at("edit_list", ds="fruit"), {"name": "fruit", "choices": "a | A | A"})
    assert (names(draft)[0][0], form_of(draft).by_name["fruit"].values) == ("hai", ("a",))
    assert ministry.post(at("edit"), {"do": "discard"}).headers["Location"] == reverse("surveys:instruments")
    assert not InstrumentVersion.objects.filter(state="draft").exists()


def test_file_is_taken_in_on_the_page_and_its_complaints_are_told(ministry: Client) -> None:
    spec = small_form("tu_tep")
    upload = SimpleUploadedFile("tu_tep.xlsx", write_xlsform(spec))
    assert "tu_tep" in ministry.post(reverse("surveys:begin_version"), {"file": upload}).headers["Location"]
    bad = SimpleUploadedFile("x.csv", b"a,b\n1,2\n")
    assert "XLSForm" in ministry.post(reverse("surveys:begin_version"), {"file": bad}).content.decode()
    assert "hoặc chọn tệp" in ministry.post(reverse("surveys:begin_version"), {"code": ""}).content.decode()


def test_download_is_the_workbook(client: Client, world: World) -> None:
    make_version()
    client.force_login(world.user(Role.EVALUATOR))
    response = client.get(at("xlsform", number=1))
    assert (response["Content-Disposition"], read_form(response.content).form) == (
        'attachment; filename="small-1.xlsx"', small_form(),
    )  # fmt: skip


def test_evaluator_reads_and_compares_but_does_not_write(
    client: Client, world: World, draft: InstrumentVersion
) -> None:
    client.force_login(world.user(Role.EVALUATOR))
    client.cookies["ngon-ngu"] = "en"
    assert "Both versions ask the same" in client.get(at("compare")).content.decode()
    assert "Compare versions" in client.get(at("instrument")).content.decode()
    for name in ("begin_version", "edit", "edit_item", "edit_section", "edit_list"):
        assert client.get(at(name)).status_code == 403
