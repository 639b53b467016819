"""Labels and sentences of all rooms: both languages, the same places, one address for each code."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import lientuc
from lientuc.core.phrases import Phrase

SOURCE = Path(lientuc.__file__).parent
PLACE = re.compile(
    r"\{(\w+?)(?:_vi|_en)?(?:[:.!\[][^}]*)?\}"
)  # a value may come in two languages: {paper_vi}, {paper_en}
ROOMS = sorted(
    {path.relative_to(SOURCE).parts[0] for path in SOURCE.glob("*/phrases*") if path.name in {"phrases.py", "phrases"}}
)
MODULES = [import_module(f"lientuc.{room}.phrases") for room in ROOMS]


def lame(texts: dict[str, Phrase]) -> list[str]:
    """Codes whose two texts are not both there or do not have the same places."""
    return [
        str(code)
        for code, text in texts.items()
        if not text.vi.strip() or not text.en.strip() or set(PLACE.findall(text.vi)) != set(PLACE.findall(text.en))
    ]


def all_texts() -> dict[str, Phrase]:
    """Every label and sentence under `<module> <code>`."""
    found: dict[str, Phrase] = {}
    for module in MODULES:
        groups: list[dict[Any, Phrase]] = [getattr(module, "SENTENCES", {}), *getattr(module, "LABELS", {}).values()]
        for group in groups:
            found |= {f"{module.__name__} {code}": text for code, text in group.items()}
    return found


def test_every_text_is_said_in_both_languages_with_the_same_places() -> None:
    assert lame(all_texts()) == []


def test_text_check_sees_a_missing_language_and_a_lost_place() -> None:
    texts = {"a": Phrase("Lưu", ""), "b": Phrase("Còn {n}", "Left"), "c": Phrase("Của {x_vi}", "Of {x_en}")}

    assert lame(texts) == ["a", "b"]


def test_labels_name_every_code_of_their_enum() -> None:
    missing = [
        f"{enum.__module__}.{enum.__name__}.{code.name}"
        for module in MODULES
        for enum, texts in getattr(module, "LABELS", {}).items()
        for code in enum
        if code not in texts
    ]

    assert missing == []


def test_sentence_codes_have_one_address() -> None:
    counted = Counter(code for module in MODULES for code in getattr(module, "SENTENCES", {}))

    assert [code for code, times in counted.items() if times > 1] == []
