"""Charts are well-formed, escaped, readable without colour, and need nothing a strict content policy forbids."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from lientuc.analytics.charts import (
    Bar,
    Heading,
    LikertRow,
    Point,
    bar_chart,
    likert_chart,
    line_chart,
    progress_bar,
)

SVG = "{http://www.w3.org/2000/svg}"
HEADING = Heading("chart-1", "Tỷ lệ <đạt> & vượt", 'Trạm "A" có tỷ lệ cao nhất')
POINTS = ("Rất không đồng ý", "Không đồng ý", "Phân vân", "Đồng ý", "Rất đồng ý")
ROWS = [
    LikertRow("Tự tin hơn khi thực hiện công tác chuyên môn sau khóa học", (1, 3, 12, 24, 10)),
    LikertRow("Độc lập", None, "không công bố"),
]


def all_charts():
    return {
        "bar": bar_chart(HEADING, [Bar("Xã <A>", 12, "12"), Bar("Xã B", None, "ẩn"), Bar("Xã C", Decimal("0"), "0")]),
        "likert": likert_chart(HEADING, ROWS, POINTS),
        "progress": progress_bar(HEADING, 3, 4, "3/4 (75,0%)"),
        "line": line_chart(HEADING, [Point("2023", 1, "1"), Point("2024", 3, "3"), Point("2025", None, "–")]),
    }


@pytest.fixture(params=["bar", "likert", "progress", "line"])
def chart(request):
    return all_charts()[request.param]


def test_chart_is_well_formed_and_named_for_a_screen_reader(chart):
    root = ElementTree.fromstring(chart)
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "chart-1-title chart-1-desc")
    assert root.find(f"{SVG}title").text == HEADING.title
    assert root.find(f"{SVG}desc").text == HEADING.description


def assert_allowed(markup):
    """No style, no script, no handler, nothing fetched: what the strictest content policy would refuse."""
    for element in ElementTree.fromstring(markup).iter():
        assert element.tag.removeprefix(SVG) not in {"style", "script", "foreignObject", "image", "use", "a"}
        for name, value in element.attrib.items():
            assert name != "style"
            assert not name.startswith("on")
            assert not value.startswith(("http", "data:", "javascript:"))


def test_chart_holds_under_a_strict_content_policy(chart):
    assert_allowed(chart)


@pytest.mark.parametrize("bad", ['<rect style="fill:red"/>', "<script/>", '<rect onclick="x()"/>'])
def test_sabotaged_markup_would_be_seen(bad):
    with pytest.raises(AssertionError):
        assert_allowed(all_charts()["bar"].replace("</svg>", bad + "</svg>"))


def test_chart_prints_itself_in_templates(chart):
    assert chart.__html__() == chart


def test_text_is_escaped_and_control_characters_are_dropped():
    chart = bar_chart(Heading("x", "a", "b"), [Bar("<script>\x00&\"'", 1, "1")])
    texts = [element.text for element in ElementTree.fromstring(chart).iter(f"{SVG}text")]
    assert texts == ["<script>&\"'", "1"]
    assert "<script>" not in chart


@pytest.mark.parametrize("name", ["", "1a", 'a"b', "a b", "đồ-thị"])
def test_heading_with_a_name_that_cannot_be_an_id_is_refused(name):
    with pytest.raises(ValueError, match="cannot name a chart"):
        Heading(name, "t", "d")


def widths(chart):
    return [Decimal(rect.get("width")) for rect in ElementTree.fromstring(chart).iter(f"{SVG}rect")]


def test_bars_are_in_proportion():
    first, second = widths(bar_chart(HEADING, [Bar("a", 10, "10"), Bar("b", 5, "5"), Bar("c", None, "ẩn")]))
    assert first == 2 * second


def test_bar_below_zero_is_refused():
    with pytest.raises(ValueError, match="below zero"):
        bar_chart(HEADING, [Bar("a", -1, "-1")])


@pytest.mark.parametrize(("done", "of", "part"), [(0, 4, 0), (1, 4, "0.25"), (4, 4, 1), (5, 4, 1), (0, 0, 0)])
def test_progress_is_never_more_than_its_track(done, of, part):
    track, *bar = widths(progress_bar(HEADING, done, of, ""))
    assert sum(bar) == track * Decimal(part)


def test_likert_neutral_answers_stand_apart_and_sides_meet_at_the_middle():
    chart = likert_chart(HEADING, ROWS[:1], POINTS)
    root = ElementTree.fromstring(chart)
    bars = [rect for rect in root.iter(f"{SVG}rect") if rect.get("stroke") == "#1a1a1a" and rect.get("width") != "14.0"]
    strongly_not, not_, neutral, agree, strongly = [
        (Decimal(bar.get("x")), Decimal(bar.get("x")) + Decimal(bar.get("width"))) for bar in bars
    ]
    near = Decimal("0.2")
    assert abs(strongly_not[1] - not_[0]) < near
    assert abs(not_[1] - agree[0]) < near
    assert abs(agree[1] - strongly[0]) < near
    assert neutral[0] > strongly[1]
    assert [text.text for text in root.iter(f"{SVG}text") if text.get("class") == "chart-part"] == [
        "6%",
        "24%",
        "48%",
        "20%",
    ]


def test_likert_without_any_answer_still_draws():
    chart = likert_chart(HEADING, [LikertRow("a", (0, 0, 0, 0, 0), "chưa có")], POINTS)
    assert "chưa có" in chart


def test_line_breaks_at_a_missing_value():
    points = [Point(str(year), value, "") for year, value in enumerate([1, 2, None, 3, 4])]
    chart = line_chart(HEADING, points)
    assert len(re.findall("<polyline", chart)) == 2


def test_long_label_goes_on_two_lines_and_ends_with_an_ellipsis():
    words = " ".join(["Trạm Y tế xã"] * 6)
    texts = [t.text for t in ElementTree.fromstring(bar_chart(HEADING, [Bar(words, 1, "1")])).iter(f"{SVG}text")]
    assert len(texts) == 3
    assert texts[1].endswith("…")


def test_same_input_gives_the_same_bytes():
    assert all_charts() == all_charts()
