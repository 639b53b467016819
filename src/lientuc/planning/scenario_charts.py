"""The two curves of a scenario as drawings, each with the same figures as rows for the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lientuc.analytics.charts import Heading, Point, Svg, line_chart
from lientuc.core import formats
from lientuc.web.say import current_language, say_now

from .models import Scenario


@dataclass(frozen=True)
class Curve:
    """A drawing (None where no point has a value), its sentence, and its points as pairs of texts."""

    drawing: Svg | None
    said: str
    rows: Sequence[tuple[str, str]]


def budget_chart(scenario: Scenario) -> Curve | None:
    """What there can be at most with more or less money, against now; None before it is known."""
    points = [(each["factor"], each["share"]) for each in scenario.budget_points]
    if not points:
        return None
    said = say_now(
        "Giá trị cao nhất có thể đạt khi mọi nguồn tăng hoặc giảm, so với hiện nay. Là số ước tính (cận trên); muốn dùng thì tính phương án riêng.",
        "The most that can be reached when all money grows or shrinks, against now. Estimates (bounds); compute a scenario to confirm.",
    )
    title = say_now("Kinh phí và giá trị", "Money and value")
    return _curve("budget", title, said, [(_percent(factor), share) for factor, share in points])


def equity_chart(scenario: Scenario) -> Curve | None:
    """What it costs of the best value to give every protected commune a share of its need; None before it is known."""
    points = [(each["share"], each["cost"]) for each in scenario.equity_points]
    if not points:
        return None
    said = say_now(
        "Phần giá trị còn lại khi bảo đảm cho mọi trạm ở vùng khó khăn được đào tạo ít nhất tỷ lệ nhu cầu ghi ở trục ngang. Là số ước tính.",
        "What is left of the value when every station in a difficult area gets at least this share of its need. Estimates.",
    )
    title = say_now("Công bằng và giá trị", "Fairness and value")
    left = [(_percent(share), None if cost is None else 1 - cost) for share, cost in points]
    return _curve("equity", title, said, left)


def _percent(share: float) -> str:
    return formats.shortest(Decimal(str(round(share * 100, 1))), language=current_language()) + "%"


def _curve(name: str, title: str, said: str, points: Sequence[tuple[str, float | None]]) -> Curve:
    rows = [(label, say_now("không đạt được", "out of reach") if v is None else _percent(v)) for label, v in points]
    drawn = [
        Point(label, None if value is None else Decimal(str(round(value, 4))), text)
        for (label, value), (_, text) in zip(points, rows, strict=True)
    ]
    known = any(point.value is not None for point in drawn)
    return Curve(line_chart(Heading(name, title, said), drawn) if known else None, said, rows)
