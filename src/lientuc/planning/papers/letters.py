"""The five papers of a plan: Tờ trình, Kế hoạch, thuyết minh dự toán, bảng tổng hợp ý kiến, Quyết định phê duyệt.

All tell the same sums by the same sentence; the number is left blank for the clerk.
"""

from __future__ import annotations

from lientuc.core.clock import today
from lientuc.core.formats import day, number
from lientuc.core.phrases import Phrase
from lientuc.documents.paper import Block, Heading, Paper, Paragraph
from lientuc.documents.table import Column, Kind, ReportTable
from lientuc.places.models import Organisation

from ..models import Plan
from ..queries.opinions import Opinion, opinions_on, silent_parties
from .annex import annex, estimate_table, reasons_table
from .frame import (
    RECIPIENTS,
    Facts,
    by_source,
    facts_of,
    governing_body,
    grounds,
    letterhead,
    money_in_words,
    signature,
)


def plan_paper(plan: Plan) -> Paper:
    """Kế hoạch: purpose, content, money in figures and words, who carries it out, why each line is there."""
    facts = facts_of(plan)
    body: tuple[Block, ...] = (
        Heading("I. Mục đích, yêu cầu"),
        Paragraph(
            "Đáp ứng nhu cầu đào tạo liên tục đã được tiếp nhận của các đơn vị, ưu tiên y tế cơ sở, vùng sâu, vùng xa, "
            "vùng khó khăn; gắn đào tạo với chức năng, nhiệm vụ và kỹ thuật triển khai tại đơn vị."
        ),
        Heading("II. Nội dung"),
        Paragraph(f"{_size(facts)}, chi tiết tại bảng dưới đây."),
        annex(facts, "vi", short=True),
        Heading("III. Kinh phí"),
        Paragraph(money_in_words(facts.totals, "vi")),
        *by_source(facts.lines),
        Heading("IV. Tổ chức thực hiện"),
        Paragraph(
            "Các đơn vị được giao tổ chức lớp thực hiện đúng chương trình đã phê duyệt, công khai kế hoạch và học phí, "
            "báo cáo kết quả theo quy định. Các đơn vị cử người học bảo đảm đủ nhân lực trực trong thời gian đào tạo."
        ),
        reasons_table(facts, "vi"),
    )
    # The kind already says "KẾ HOẠCH" above.
    name = plan.title.removeprefix("Kế hoạch").strip() or plan.title
    return _paper(facts, "KẾ HOẠCH", name[:1].upper() + name[1:], "KH", body, landscape=True)


def submission_paper(plan: Plan, to: Organisation | None) -> Paper:
    """Tờ trình: asks for approval."""
    facts = facts_of(plan)
    body: tuple[Block, ...] = (
        Paragraph(
            f"{plan.organisation.name} đã tổng hợp nhu cầu đào tạo của các đơn vị và lập {plan.title} với "
            f"{number(facts.totals.lines)} nội dung, {number(facts.totals.classes)} lớp, "
            f"{number(facts.totals.persons)} lượt người học."
        ),
        Paragraph(money_in_words(facts.totals, "vi")),
        *by_source(facts.lines),
        *_what_was_said(plan),
        Paragraph(
            "Kính trình xem xét, phê duyệt (gửi kèm kế hoạch, thuyết minh dự toán, bảng tổng hợp ý kiến và dự thảo quyết định)."
        ),
    )
    title = f"Về việc phê duyệt {plan.title}"
    return _paper(facts, "TỜ TRÌNH", title, "TTr", body, addressees=(to.name,) if to else ())


def estimate_paper(plan: Plan) -> Paper:
    """Thuyết minh dự toán: each line with its cost items, norms and where the ceilings are written."""
    facts = facts_of(plan)
    body: tuple[Block, ...] = (
        Paragraph(
            f"Dự toán được lập cho {number(facts.totals.lines)} nội dung của {plan.title}: {_size(facts).lower()}."
        ),
        Paragraph(
            "Mức chi căn cứ mức tối đa của văn bản trung ương và mức chi của địa phương, của nguồn kinh phí; khoản vượt mức "
            "chưa đối chiếu được văn bản gốc có nêu lý do."
        ),
        estimate_table(facts, "vi"),
        Paragraph(money_in_words(facts.totals, "vi")),
        *by_source(facts.lines),
    )
    return _paper(facts, "THUYẾT MINH DỰ TOÁN", plan.title, "TMDT", body, landscape=True, cites=False)


def opinions_paper(plan: Plan) -> Paper:
    """Bảng tổng hợp ý kiến: who said what, and what was taken or explained."""
    facts = facts_of(plan)
    silent = silent_parties(plan)
    body: list[Block] = [
        Paragraph(f"{plan.organisation.name} tổng hợp ý kiến góp ý đối với {plan.title} như sau:"),
        opinions_table(facts, "vi"),
    ]
    if silent:
        body.append(Paragraph(f"Đã lấy ý kiến, chưa nhận được trả lời: {', '.join(silent)}."))
    body.append(Paragraph(money_in_words(facts.totals, "vi")))
    title = f"Ý kiến góp ý đối với {plan.title}"
    return _paper(facts, "BẢNG TỔNG HỢP Ý KIẾN", title, "THYK", tuple(body), landscape=True, cites=False)


def opinions_table(facts: Facts, language: str) -> ReportTable:
    """Each opinion beside its answer."""
    headings = (
        ("place", Phrase("TT", "No."), Kind.INT, 5),
        ("author", Phrase("Đơn vị góp ý", "From"), Kind.TEXT, 26),
        ("line", Phrase("Nội dung được góp ý", "On"), Kind.TEXT, 30),
        ("text", Phrase("Ý kiến", "Opinion"), Kind.TEXT, 44),
        ("answer", Phrase("Tiếp thu, giải trình", "Answer"), Kind.TEXT, 44),
    )
    columns = tuple(Column(key, label.in_language(language), kind, width=width) for key, label, kind, width in headings)
    titles = {line.place: line.title for line in facts.lines}
    rows = [_opinion(number, each, titles, language) for number, each in enumerate(opinions_on(facts.plan), start=1)]
    title = Phrase("Tổng hợp ý kiến góp ý", "Opinions and answers").in_language(language)
    return ReportTable(title, columns, rows, as_of=today(), simulated=facts.simulated)


def _opinion(number: int, each: Opinion, titles: dict[int, str], language: str) -> list[str | int]:
    whole = Phrase("Toàn bộ kế hoạch", "The whole plan").in_language(language)
    on = whole if each.place is None else titles.get(each.place, "")
    paper = f" ({each.paper})" if each.paper else ""
    return [number, each.author + paper, on, each.said(language), each.answered(language)]


def decision_paper(plan: Plan) -> Paper:
    """Quyết định phê duyệt of the body above, as a draft: articles, money in figures and words, the lines as its annex."""
    facts = facts_of(plan)
    issuer = governing_body(plan.organisation) or plan.organisation
    submitted = f" ngày {day(plan.submitted_at)}" if plan.submitted_at else ""
    body: tuple[Block, ...] = (
        Paragraph(f"Theo đề nghị của {plan.organisation.name} tại Tờ trình số …{submitted}."),
        Heading("QUYẾT ĐỊNH:"),
        Paragraph(f"Điều 1. Phê duyệt {plan.title} của {plan.organisation.name}: {_size(facts).lower()}."),
        Paragraph(f"Điều 2. {money_in_words(facts.totals, 'vi')} Trong đó theo nguồn:"),
        *by_source(facts.lines),
        Paragraph(
            f"Điều 3. {plan.organisation.name} chủ trì, phối hợp với các đơn vị liên quan tổ chức thực hiện, sử dụng kinh phí "
            "đúng mục đích, quyết toán và báo cáo kết quả theo quy định."
        ),
        Paragraph(
            f"Điều 4. Quyết định có hiệu lực từ ngày ký. Thủ trưởng {plan.organisation.name} và các đơn vị có liên quan chịu "
            "trách nhiệm thi hành Quyết định này."
        ),
        annex(facts, "vi", short=True),
    )
    title = f"Về việc phê duyệt {plan.title}"
    return _paper(facts, "QUYẾT ĐỊNH", title, "QĐ", body, issuer=issuer, landscape=True)


def _size(facts: Facts) -> str:
    return f"Tổ chức {number(facts.totals.classes)} lớp cho {number(facts.totals.persons)} lượt người học"


def _what_was_said(plan: Plan) -> list[Paragraph]:
    said = opinions_on(plan)
    if not said:
        return []
    taken = sum(each.is_taken for each in said)
    return [
        Paragraph(
            f"Kế hoạch đã được lấy ý kiến: {number(len(said))} ý kiến, tiếp thu {number(taken)}; chi tiết tại bảng tổng hợp ý kiến."
        )
    ]


def _paper(
    facts: Facts,
    kind: str,
    abstract: str,
    symbol: str,
    body: tuple[Block, ...],
    *,
    issuer: Organisation | None = None,
    addressees: tuple[str, ...] = (),
    landscape: bool = False,
    cites: bool = True,
) -> Paper:
    signs = issuer or facts.plan.organisation
    return Paper(
        kind=kind,
        abstract=abstract,
        drafted_on=today(),
        letterhead=letterhead(signs, symbol),
        addressees=addressees,
        grounds=grounds() if cites else (),
        body=body,
        recipients=RECIPIENTS,
        signature=signature(signs),
        landscape=landscape,
        simulated=facts.simulated,
    )
