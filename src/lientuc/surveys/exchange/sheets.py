"""The sheets and columns of an XLSForm as this house writes them, and what it understands of others'.

`PAGE` stands before the name of every group, so that a page and a question may share a name: XLSForm has one name space.
"""

from __future__ import annotations

from collections.abc import Mapping

PAGE = "page_"
SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"

VI, EN = "Tiếng Việt (vi)", "English (en)"
LANGUAGES: Mapping[str, str] = {
    "vi": "vi", "tiếng việt (vi)": "vi", "tiếng việt": "vi", "vietnamese (vi)": "vi", "vietnamese": "vi",
    "tieng viet": "vi", "tieng viet (vi)": "vi", "vietnam": "vi",
    "en": "en", "english (en)": "en", "english": "en", "tiếng anh": "en", "tiếng anh (en)": "en",
}  # fmt: skip
"""What a file may call the two languages, in lower case."""

TRANSLATED: Mapping[str, str] = {
    "label": "label",
    "hint": "hint",
    "constraint_message": "message",
    "required_message": "missing",
}
"""Columns that stand once for each language, and the field of an item they fill."""

OWN = ("item_set", "level", "group_id", "why")
"""Columns of this house that other programs pass over."""

SURVEY_COLUMNS = (
    "type", "name",
    *(f"{name}::{language}" for name in TRANSLATED for language in (VI, EN)),
    "required", "relevant", "constraint", "appearance", "calculation", "default",
    *OWN,
)  # fmt: skip
CHOICE_COLUMNS = ("list_name", "name", f"label::{VI}", f"label::{EN}", "paper_code")
SETTING_COLUMNS = ("form_title", "form_title_en", "form_id", "version", "default_language")

GROUP_APPEARANCE = "field-list"
