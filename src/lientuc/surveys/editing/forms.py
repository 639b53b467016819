"""Forms of the editor: a new instrument, a page, a question, a list of answers."""

from __future__ import annotations

from typing import Any

from django import forms

from lientuc.core.names import tidy
from lientuc.web.say import choices, say

from ..enums import Appearance, ItemType
from ..specs import ChoiceSpec, ItemSpec, SectionSpec
from .changes import ItemDraft, ListDraft, SectionDraft, choices_of_lines, lines_of_choices

RULE = say(
    "Dùng so sánh, and, or, not(), selected(), count-selected(), if(), phép tính, ${tên câu} và . (chính câu này).",
    "Comparison, and, or, not(), selected(), count-selected(), if(), arithmetic, ${name} and . (the item itself).",
)


def _text(vi: str, en: str, longest: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=say(vi, en), max_length=longest, required=more.pop("required", False), **more)


def _code(vi: str, en: str, longest: int) -> forms.CharField:
    hint = say("Chữ không dấu, số, gạch dưới; bắt đầu bằng chữ.", "Plain letters, digits, underscores; a letter first.")
    return _text(vi, en, longest, required=True, help_text=hint)


class BeginForm(forms.Form):
    """A new instrument from nothing, or a draft from a form's file."""

    file = forms.FileField(
        label=say(
            "Tệp XLSForm (.xlsx) hoặc từ điển dữ liệu REDCap (.csv)", "XLSForm (.xlsx) or REDCap data dictionary (.csv)"
        ),
        help_text=say("Có tệp thì không cần điền phần dưới.", "With a file, leave the rest empty."),
        required=False,
    )
    code = _text("Mã bộ công cụ", "Code of the instrument", 40)
    title_vi = _text("Tên tiếng Việt", "Title in Vietnamese", 200)
    title_en = _text("Tên tiếng Anh", "Title in English", 200)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("file"):
            for name in ("code", "title_vi"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, say("Điền mục này hoặc chọn tệp.", "Fill this in, or choose a file."))
        return given


class SectionForm(forms.Form):
    """One page of a form."""

    code = _code("Mã phần", "Code of the section", 40)
    title_vi = _text("Tên tiếng Việt", "Title in Vietnamese", 200, required=True)
    title_en = _text("Tên tiếng Anh", "Title in English", 200, required=True)
    relevant = _text("Hỏi khi", "Asked if", 1000, help_text=RULE)
    repeated = forms.BooleanField(
        label=say("Hỏi lần lượt từng kỹ thuật của khóa học", "Asked for each technique of the course"), required=False
    )

    @staticmethod
    def initial_of(section: SectionSpec) -> dict[str, Any]:
        """What is there already."""
        return {name: getattr(section, name) for name in ("code", "title_vi", "title_en", "relevant", "repeated")}

    def draft(self, was: str) -> SectionDraft:
        """The page as written."""
        given = self.cleaned_data
        titles = tidy(given["title_vi"]), tidy(given["title_en"])
        return SectionDraft(was, given["code"], *titles, given["relevant"].strip(), given["repeated"])


class ItemForm(forms.Form):
    """One question with its words in both languages and its rules."""

    section = forms.ChoiceField(label=say("Phần", "Section"))
    name = _code("Tên câu (mã)", "Name of the item", 60)
    type = forms.ChoiceField(label=say("Loại", "Type"))
    list_name = forms.ChoiceField(
        label=say("Danh sách phương án", "List of choices"),
        help_text=say("Chỉ với câu chọn một hoặc chọn nhiều.", "For choose-one and choose-several only."),
        required=False,
    )
    label_vi = _text("Câu hỏi (tiếng Việt)", "Question (Vietnamese)", 500, widget=forms.Textarea(attrs={"rows": 2}))
    label_en = _text("Câu hỏi (tiếng Anh)", "Question (English)", 500, widget=forms.Textarea(attrs={"rows": 2}))
    required = forms.BooleanField(label=say("Bắt buộc trả lời", "Required"), required=False)
    relevant = _text("Hỏi khi", "Asked if", 1000, help_text=RULE)
    constraint = _text(
        "Giá trị hợp lệ khi",
        "Value allowed if",
        1000,
        help_text=say("Ví dụ: . >= 0 and . <= 100", "For example: . >= 0 and . <= 100"),
    )
    hint_vi = _text("Gợi ý (tiếng Việt)", "Hint (Vietnamese)", 500)
    hint_en = _text("Gợi ý (tiếng Anh)", "Hint (English)", 500)
    message_vi = _text("Báo khi giá trị sai (tiếng Việt)", "Message for a wrong value (Vietnamese)", 300)
    message_en = _text("Báo khi giá trị sai (tiếng Anh)", "Message for a wrong value (English)", 300)
    missing_vi = _text("Báo khi bỏ trống (tiếng Việt)", "Message for a missing answer (Vietnamese)", 300)
    missing_en = _text("Báo khi bỏ trống (tiếng Anh)", "Message for a missing answer (English)", 300)
    calculation = _text(
        "Phép tính",
        "Calculation",
        1000,
        help_text=say(
            "Chỉ với loại tính từ câu khác hoặc giá trị ẩn (đặt chữ trong dấu nháy).",
            "For computed and hidden types only (texts in quotes).",
        ),
    )
    appearance = forms.ChoiceField(label=say("Cách bày", "Layout"), required=False)
    item_set = _text(
        "Bộ câu hỏi",
        "Set of items",
        20,
        help_text=say(
            "Để trống: luôn hỏi. Có tên: đợt khảo sát bật thì mới hỏi.",
            "Empty: always asked. Named: asked where a wave turns it on.",
        ),
    )
    level = forms.ChoiceField(label=say("Mức (Kirkpatrick)", "Level (Kirkpatrick)"), required=False)
    group_id = _text("Nhóm dòng của bảng", "Row group of the table", 60)
    why = _text("Vì sao hỏi", "Why it is asked", 200)

    def __init__(self, *args: Any, sections: list[SectionSpec], lists: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing = [("", "–")]
        self.fields["section"].choices = [(s.code, say(s.title_vi, s.title_en)) for s in sections]
        self.fields["type"].choices = choices("surveys", ItemType)
        self.fields["list_name"].choices = nothing + [(name, name) for name in lists]
        self.fields["appearance"].choices = nothing + choices("surveys", Appearance)
        self.fields["level"].choices = nothing + [(f"L{n}", f"L{n}") for n in range(6)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        asked = given.get("type") not in {ItemType.CALCULATE, ItemType.HIDDEN}
        for name in ("label_vi", "label_en"):
            if asked and not given.get(name) and name not in self.errors:
                self.add_error(name, say("Điền câu hỏi bằng cả hai thứ tiếng.", "Word the question in both languages."))
        if given.get("type") == ItemType.CALCULATE and not given.get("calculation"):
            self.add_error("calculation", say("Điền phép tính.", "Enter the calculation."))
        return given

    @staticmethod
    def initial_of(item: ItemSpec, section: str) -> dict[str, Any]:
        """What is there already."""
        return {name: getattr(item, name) for name in ItemForm.base_fields if name != "section"} | {"section": section}

    def draft(self, was: str) -> ItemDraft:
        """The question as written."""
        given = {name: tidy(v) if isinstance(v, str) else v for name, v in self.cleaned_data.items()}
        kind = ItemType(given.pop("type"))
        if kind not in {ItemType.CALCULATE, ItemType.HIDDEN}:
            given["calculation"] = ""
        return ItemDraft(was, given.pop("section"), ItemSpec(type=kind, **given))


class ListForm(forms.Form):
    """A list of answers, one a line."""

    name = _code("Tên danh sách", "Name of the list", 40)
    choices = forms.CharField(
        label=say("Phương án", "Choices"),
        help_text=say(
            "Mỗi dòng: mã | tiếng Việt | tiếng Anh | mã của nghiên cứu gốc (nếu có). Dán từ Excel cũng được.",
            "A line each: code | Vietnamese | English | code of the original study (if any). Pasting from Excel works.",
        ),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        max_length=100_000,
    )

    @staticmethod
    def initial_of(name: str, found: tuple[ChoiceSpec, ...]) -> dict[str, Any]:
        """What is there already."""
        return {"name": name, "choices": lines_of_choices(found)}

    def draft(self) -> ListDraft:
        """The list as written; Refused with the line that cannot be read."""
        return ListDraft(self.cleaned_data["name"], choices_of_lines(self.cleaned_data["choices"]))
