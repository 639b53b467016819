"""What no template of the house may contain, read from the files themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import lientuc

SOURCE = Path(lientuc.__file__).parent
TEMPLATES = sorted(path for path in SOURCE.glob("*/templates/**/*") if path.suffix in {".html", ".txt"})
SPRITE = SOURCE / "web" / "static" / "vendor" / "icons" / "icons.svg"

COMMENT = re.compile(r"\{#[^\n]*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)
SAY = re.compile(r"\{%\s*say\s+(?P<rest>.*?)%\}", re.DOTALL)
PAIR = re.compile(r'^"(?P<vi>[^"]*)"\s+"(?P<en>[^"]*)"(?:\s|$)')
STORED = re.compile(r"^[a-z_][\w.]*[_.]vi\s+[a-z_][\w.]*[_.]en(?:\s|$)")  # a pair kept in the database
PLACE = re.compile(r"\{(\w+)\}")
ACCENTED = re.compile("[ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
# Files people keep: no server stands behind them, so they carry their style themselves.
FILES = {"evaluation/templates/evaluation/report_file.html"}
FORBIDDEN = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\b(?:src=|type=\"application/json\"))[^>]*>", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=(?!=)", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "evaluated htmx": re.compile(r"\bhx-(?:on|vals=['\"]js:)", re.IGNORECASE),
    "foreign address": re.compile(r"(?:src|href|action)=\"(?:https?:)?//", re.IGNORECASE),
    "gettext": re.compile(r"\{%\s*(?:trans|translate|blocktrans|blocktranslate)\b"),
    "broken comment": re.compile(r"\{#(?![^\n]*#\})"),
}


def faults(text: str) -> list[str]:
    """Every way `text` breaks the strict content policy or the rule of two languages."""
    bare = COMMENT.sub("", text)
    found = [name for name, pattern in FORBIDDEN.items() if pattern.search(bare)]
    for said in SAY.finditer(bare):
        pair = PAIR.match(said["rest"])
        if STORED.match(said["rest"]):
            continue
        if not pair or not pair["vi"].strip() or not pair["en"].strip():
            found.append(f"not two texts: {said['rest'][:60]}")
        elif sorted(PLACE.findall(pair["vi"])) != sorted(PLACE.findall(pair["en"])):
            found.append(f"places differ: {pair['vi'][:60]}")
    if ACCENTED.search(SAY.sub("", bare)):
        found.append("Vietnamese outside say")
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_template_keeps_policy_and_languages(path: Path) -> None:
    allowed = ["style element"] if str(path.relative_to(SOURCE)) in FILES else []
    assert faults(path.read_text(encoding="utf-8")) == allowed


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<p style="color: red">', "style attribute"),
        ("<style>p {}</style>", "style element"),
        ("<script>go()</script>", "inline script"),
        ('<script type="module">go()</script>', "inline script"),
        ('<a onclick="go()">', "event attribute"),
        ('<a href="javascript:go()">', "script address"),
        ('<p hx-on:click="go()">', "evaluated htmx"),
        ('<img src="https://example.org/a.png">', "foreign address"),
        ('{% translate "Save" %}', "gettext"),
        ("{# one\ntwo #}", "broken comment"),
        ('{% say "Lưu" %}', 'not two texts: "Lưu" '),
        ('{% say "Lưu" "" %}', 'not two texts: "Lưu" "" '),
        ('{% say "Còn {n}" "Left" n=1 %}', "places differ: Còn {n}"),
        ("{% say task.text_en task.text_vi %}", "not two texts: task.text_en task.text_vi "),
        ("<p>Lưu</p>", "Vietnamese outside say"),
    ],
)
def test_template_check_sees_a_fault(text: str, fault: str) -> None:
    assert faults(text) == [fault]


def test_template_check_lets_good_text_pass() -> None:
    assert (
        faults('{# Tiếng Việt #}<p class="x">{% say "Lưu {n}" "Save {n}" n=1 %}</p><script src="/a.js"></script>') == []
    )


def test_icons_named_in_templates_and_menus_are_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))
    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES]
    menus = [path.read_text(encoding="utf-8") for path in SOURCE.glob("*/menu.py")]
    named = {name for text in texts for name in re.findall(r'_icon\.html" with name="([^"]+)"', text)}
    named |= {name for text in texts for name in re.findall(r'\bicon="([^"]+)"', text)}
    named |= {name for text in menus for name in re.findall(r'\bicon="([^"]+)"', text)}

    assert named - drawn == set()
