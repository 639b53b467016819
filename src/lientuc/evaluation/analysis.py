"""What only the evaluator of a wave is given: pairs, scales, groups compared, weights, and who is covered by the answers.

Exact figures of few people: no audience but the evaluator's may see these tables. The libraries of tests take seconds to
load, so they are loaded where they are needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from lientuc.analytics.disclosure import Audience
from lientuc.documents.table import Column, Interval, Kind, ReportTable, Row, Share
from lientuc.places.scope import WhyUnscoped
from lientuc.surveys.flow import Answers
from lientuc.surveys.models import Invitation, Wave
from lientuc.surveys.queries import completed
from lientuc.surveys.showing import text_of
from lientuc.surveys.specs import ItemSpec
from lientuc.web.say import label, say_now

from .publishing import FILTERS, Publication
from .results import AGREEMENT
from .tables import Frame

BEFORE = "_before"
AGREES_FROM = 4
DRIVERS = "driver_"
FEWEST = 3


def analysis_tables(wave: Wave, found: Publication, frame: Frame) -> list[ReportTable]:
    """Every analysis that a wave's answers allow; none for any audience but the evaluator."""
    if found.audience != Audience.EVALUATOR or not found.people:
        return []
    made = [
        _before_and_after(found, frame),
        _scales(found, frame),
        _groups(found, frame),
        _coverage(wave, found, frame),
        _weighted(wave, found, frame),
    ]
    return [table for table in made if table is not None and table.rows]


def _agreement_items(found: Publication) -> list[ItemSpec]:
    return [one.result.item for one in found.items if one.result.item.list_name == AGREEMENT and not one.result.index]


def _scores(people: Sequence[Answers], item: str) -> list[float | None]:
    return [float(value) if (value := person.get((item, 0), "")) else None for person in people]


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(round(value, 10)))


def _interval(low: float | None, high: float | None) -> Interval | None:
    return None if low is None or high is None else Interval(Decimal(str(low)), Decimal(str(high)))


def _item_column() -> Column:
    return Column("item", say_now("Câu hỏi", "Question"), width=40)


def _p(key: str, text: str) -> Column:
    return Column(key, text, Kind.NUMBER, places=4, width=10)


def _table(frame: Frame, title: str, columns: Sequence[Column], rows: Sequence[Row], *notes: str) -> ReportTable:
    return ReportTable(
        title=f"{title} – {label('evaluation.Audience', frame.audience)}",
        columns=tuple(columns),
        rows=tuple(rows),
        notes=notes,
        sources=frame.sources,
        simulated=frame.simulated,
    )


# --- before and after ---------------------------------------------------------------------------------------------


def _before_and_after(found: Publication, frame: Frame) -> ReportTable:
    """Items asked again about the time before the course: a retrospective pretest, a design of its own."""
    columns = (
        _item_column(),
        Column("pairs", say_now("Số cặp", "Pairs"), Kind.INT),
        Column("unpaired", say_now("Không thành cặp", "Without a partner"), Kind.INT),
        Column("before", say_now("Trước", "Before"), Kind.NUMBER, places=2),
        Column("after", say_now("Sau", "After"), Kind.NUMBER, places=2),
        Column("difference", say_now("Chênh lệch", "Difference"), Kind.NUMBER, places=2),
        Column("interval", say_now("KTC 95%", "95% CI"), Kind.INTERVAL, places=2),
        Column("effect", "d", Kind.NUMBER, places=2),
        _p("p", say_now("p (Wilcoxon)", "p (Wilcoxon)")),
        Column("gained", say_now("Chuyển sang đồng ý / bỏ đồng ý", "Began / ceased to agree")),
        _p("mcnemar", "p (McNemar)"),
    )
    title = say_now("Trước và sau khóa học (hồi tưởng)", "Before and after the course (looking back)")
    note = say_now(
        "Người trả lời nhớ lại thời điểm trước khóa học: thiết kế riêng, không thay cho đo trước khóa học.",
        "People look back at the time before the course: a design of its own, no replacement for a true baseline.",
    )
    return _table(frame, title, columns, list(_pairs(found)), note)


def _pairs(found: Publication) -> Iterator[Row]:
    items = {item.name: item for item in _agreement_items(found)}
    asked = [(item, items[f"{name}{BEFORE}"]) for name, item in items.items() if f"{name}{BEFORE}" in items]
    if not asked:
        return
    from lientuc.analytics.pairs import change, passing

    for item, earlier in asked:
        before, after = _scores(found.people, earlier.name), _scores(found.people, item.name)
        moved = change(before, after)
        passed = passing(
            [None if score is None else score >= AGREES_FROM for score in before],
            [None if score is None else score >= AGREES_FROM for score in after],
        )
        yield (
            text_of(item),
            moved.pairs,
            moved.only_before + moved.only_after,
            _decimal(moved.before),
            _decimal(moved.after),
            _decimal(moved.difference),
            _interval(moved.low, moved.high),
            _decimal(moved.effect),
            _decimal(moved.p_wilcoxon),
            f"{passed.gained} / {passed.lost}",
            _decimal(passed.p),
        )


# --- scales -------------------------------------------------------------------------------------------------------


def _scales(found: Publication, frame: Frame) -> ReportTable:
    """Internal consistency of the items of one level, and of the drivers."""
    columns = (
        Column("scale", say_now("Thang", "Scale"), width=40),
        Column("items", say_now("Số câu", "Items"), Kind.INT),
        Column("people", say_now("Số người đủ câu", "Complete rows"), Kind.INT),
        Column("alpha", "Cronbach α", Kind.NUMBER, places=3),
        Column("interval", say_now("KTC 95%", "95% CI"), Kind.INTERVAL, places=3),
        Column("deleted", say_now("α nếu bỏ từng câu", "α if deleted"), width=60),
    )
    title = say_now("Độ tin cậy của thang đo", "Internal consistency of scales")
    return _table(frame, title, columns, list(_alphas(found)))


def _alphas(found: Publication) -> Iterator[Row]:
    families: dict[str, list[ItemSpec]] = {}
    for item in _agreement_items(found):
        if not item.name.endswith(BEFORE):
            family = (
                say_now("Điều kiện áp dụng", "Drivers")
                if item.name.startswith(DRIVERS)
                else label("evaluation.Level", item.level)
            )
            families.setdefault(family, []).append(item)
    for family, items in families.items():
        if len(items) < FEWEST:
            continue
        from lientuc.analytics.scales import alpha

        table = list(zip(*(_scores(found.people, item.name) for item in items), strict=True))
        value = alpha(table)
        deleted = ", ".join(
            f"{item.name} {a:.3f}" for item, a in zip(items, value.if_deleted, strict=False) if a is not None
        )
        yield family, value.items, value.people, _decimal(value.alpha), _interval(value.low, value.high), deleted


# --- groups -------------------------------------------------------------------------------------------------------


def _groups(found: Publication, frame: Frame) -> ReportTable:
    """Agreement compared between the answers of each context item, one family of tests per context item."""
    columns = (
        Column("by", say_now("Theo", "By"), width=20),
        _item_column(),
        Column("sizes", "n", width=14),
        Column("test", say_now("Kiểm định", "Test")),
        _p("p", "p"),
        _p("holm", "p (Holm)"),
        Column("effect", "ε²", Kind.NUMBER, places=3),
    )
    title = say_now("So sánh giữa các nhóm", "Groups compared")
    return _table(frame, title, columns, list(_compared(found)))


def _compared(found: Publication) -> Iterator[Row]:
    from lientuc.analytics.comparisons import holm, ranks

    by_name = found.form.by_name
    for name in FILTERS:
        if name not in {one.result.item.name for one in found.items}:
            continue
        rows = []
        for item in _agreement_items(found):
            sides = [
                [float(p[item.name, 0]) for p in found.people if p.get((name, 0)) == code and p.get((item.name, 0))]
                for code in by_name[name].values
            ]
            rows.append((item, sides, ranks(sides)))
        for (item, sides, test), corrected in zip(rows, holm([row[2].p for row in rows]), strict=True):
            sizes = " / ".join(str(len(side)) for side in sides)
            yield (
                text_of(by_name[name]),
                text_of(item),
                sizes,
                _test(str(test.test)),
                _decimal(test.p),
                _decimal(corrected),
                _decimal(test.effect),
            )


def _test(code: str) -> str:
    return "Kruskal–Wallis" if code == "kruskal_wallis" else say_now("không kiểm định", "not tested")


# --- coverage and weights -----------------------------------------------------------------------------------------


def _coverage(wave: Wave, found: Publication, frame: Frame) -> ReportTable:
    """Register, respondents and interviewees side by side."""
    columns = (
        Column("by", say_now("Đặc điểm", "Characteristic"), width=26),
        Column("answer", say_now("Nhóm", "Group"), width=30),
        Column("register", say_now("Sổ đào tạo", "Register"), Kind.PERCENT),
        Column("respondents", say_now("Người trả lời", "Respondents"), Kind.PERCENT),
        Column("interviewed", say_now("Người được phỏng vấn", "Interviewees"), Kind.PERCENT),
    )
    title = say_now("Sổ đào tạo, người trả lời, người được phỏng vấn", "Register, respondents, interviewees")
    return _table(frame, title, columns, list(_covered(wave, found)))


def _covered(wave: Wave, found: Publication) -> Iterator[Row]:
    register = [stratum for _, stratum in strata_of(wave)]
    cells = found.cells or {}
    for name, interview in (("sex", "T1.idi.sex"), ("course_type", "T1.idi.course")):
        item = found.form.by_name.get(name)
        if item is None:
            continue
        in_register = Counter(stratum.get(name, "") for stratum in register)
        answered = Counter(person.get((name, 0), "") for person in found.people)
        known = [sum(counted[code] for code in item.values) for counted in (in_register, answered)]
        for choice in item.choices:
            met = cells.get(f"{interview}.{choice.value}")
            yield (
                text_of(item),
                text_of(choice),
                Share(in_register[choice.value], known[0]) if known[0] else None,
                Share(answered[choice.value], known[1]) if known[1] else None,
                Share(met.n, met.denominator) if met and met.n is not None and met.denominator else None,
            )


def strata_of(wave: Wave) -> list[tuple[str, Mapping[str, str]]]:
    """Pseudonym and strata of everybody invited."""
    rows = Invitation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(wave=wave)
    return list(rows.order_by("pk").values_list("pseudonym", "stratum"))


def _weighted(wave: Wave, found: Publication, frame: Frame) -> ReportTable | None:
    """Agreement weighted to the register's sex and course year, beside the unweighted share."""
    invited = strata_of(wave)
    if not invited:
        return None
    from lientuc.analytics.weighting import rake, weighted_share

    by_pseudonym = dict(invited)
    answered = [(by_pseudonym[one.pseudonym], one.answers) for one in completed(wave) if one.pseudonym in by_pseudonym]
    names = [name for name in ("sex", "year") if any(stratum.get(name) for _, stratum in invited)]
    margins = {name: dict(Counter(stratum.get(name, "") for _, stratum in invited)) for name in names}
    weights = rake([stratum for stratum, _ in answered], margins)
    rows: list[Row] = []
    for item in _agreement_items(found):
        pairs = [
            (p[item.name, 0], w) for (_, p), w in zip(answered, weights.weights, strict=True) if p.get((item.name, 0))
        ]
        marked = [int(value) >= AGREES_FROM for value, _ in pairs]
        share = weighted_share(marked, [w for _, w in pairs])
        rows.append((text_of(item), Share(sum(marked), len(marked)), _decimal(share)))
    columns = (
        _item_column(),
        Column("plain", say_now("Đồng ý, không trọng số", "Agree, unweighted"), Kind.PERCENT),
        Column("weighted", say_now("Đồng ý, có trọng số (%)", "Agree, weighted (%)"), Kind.NUMBER),
    )
    note = say_now(
        "Trọng số theo {names} của sổ đào tạo; cỡ mẫu hiệu dụng {n:.1f}; {cut} trọng số bị cắt.",
        "Weighted to the register’s {names}; effective sample size {n:.1f}; {cut} weights trimmed.",
    ).format(names=", ".join(names), n=weights.effective, cut=weights.trimmed)
    return _table(frame, say_now("Có và không có trọng số", "Weighted and unweighted"), columns, rows, note)
