"""Posts of a commune health station (W-03): at and around every threshold, with its cautions."""

from __future__ import annotations

from datetime import date

import pytest

from lientuc.law import Certainty, NotInForce
from lientuc.law.staffing import NormCaution, StationArea, station_norm

ON = date(2026, 6, 1)
ONE, TWO, THREE = StationArea.ONE, StationArea.TWO, StationArea.THREE


@pytest.mark.parametrize(
    ("area", "inhabitants", "span"),
    [
        (ONE, 0, (5, 5)),
        (ONE, 6_000, (5, 5)),
        (ONE, 7_999, (5, 5)),
        (ONE, 8_000, (5, 6)),
        (ONE, 8_999, (5, 6)),
        (ONE, 9_000, (6, 6)),
        (ONE, 12_000, (7, 8)),
        (TWO, 6_000, (6, 6)),
        (TWO, 8_000, (6, 8)),
        (TWO, 9_000, (7, 8)),
        (THREE, 5_000, (6, 7)),
        (THREE, 5_999, (6, 7)),
        (THREE, 6_000, (7, 8)),
        (THREE, 10_000, (13, 13)),
    ],
)
def test_norm_at_and_around_its_thresholds(area: StationArea, inhabitants: int, span: tuple[int, int]) -> None:
    norm = station_norm(inhabitants, area, ON)
    assert (norm.least, norm.most) == span


@pytest.mark.parametrize(("people", "missing"), [(4, (1, 2)), (5, (0, 1)), (6, (0, 0)), (7, (0, 0))])
def test_missing_posts_are_a_span(people: int, missing: tuple[int, int]) -> None:
    assert station_norm(8_000, ONE, ON).missing(people) == missing


def test_norm_names_its_article_certainty_and_cautions() -> None:
    norm = station_norm(8_000, ONE, ON)
    assert (norm.citation.vi, norm.certainty) == ("Thông tư 03/2023/TT-BYT, Điều 5 khoản 2", Certainty.VERIFIED)
    assert norm.cautions == (NormCaution.BEFORE_MERGER, NormCaution.AREA_BY_OTHER_LIST)


@pytest.mark.parametrize(("day", "known"), [(date(2023, 4, 4), False), (date(2023, 4, 5), True)])
def test_norm_begins_with_the_circular(day: date, known: bool) -> None:
    if known:
        assert station_norm(0, ONE, day).least == 5
    else:
        with pytest.raises(NotInForce):
            station_norm(0, ONE, day)
