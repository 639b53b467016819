"""A plan as papers: the annex as a table, Kế hoạch and Tờ trình with the same totals in figures and words, number left blank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lientuc.core.clock import today
from lientuc.core.formats import day, number, vnd, vnd_in_words
from lientuc.core.phrases import Phrase
from lientuc.documents.paper import Heading, Letterhead, Paper, Paragraph, Signature
from lientuc.documents.table import Column, Kind, ReportTable
from lientuc.law.numbering import KIND_WORDS
from lientuc.law.texts import doubtful_bases, text
from lientuc.places.enums import OrganisationKind, UnitLevel
from lientuc.places.models import AdministrativeUnit, Organisation
from lientuc.places.queries import is_simulated
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.rows import in_force

from .models import Plan, PlanLine
from .queries.plans import Totals, lines_of, totals_of

# What a plan for training rests on; those not in force on the day of drafting are left out and named in a note.
BASES = ("15/2023/QH15", "22/2013/TT-BYT", "26/2020/TT-BYT", "32/2023/TT-BYT", "100/2025/TT-BTC", "2319/BYT-K2ĐT")
ROMAN = ("I", "II", "III", "IV")
HEADS = {
    OrganisationKind.HEALTH_DEPARTMENT: Phrase("Giám đốc", "Director"),
    OrganisationKind.HOSPITAL: Phrase("Giám đốc", "Director"),
    OrganisationKind.AREA_CENTRE: Phrase("Giám đốc", "Director"),
    OrganisationKind.SCHOOL: Phrase("Hiệu trưởng", "Rector"),
}
HEAD = Phrase("Thủ trưởng đơn vị", "Head of the unit")
_COLUMNS = (
    ("place", Phrase("TT", "No."), Kind.INT, 5),
    ("title", Phrase("Nội dung", "Content"), Kind.TEXT, 40),
    ("topic", Phrase("Chủ đề", "Topic"), Kind.TEXT, 24),
    ("audience", Phrase("Đối tượng", "Audience"), Kind.TEXT, 24),
    ("provider", Phrase("Đơn vị thực hiện", "Performed by"), Kind.TEXT, 26),
    ("quarters", Phrase("Thời gian (quý)", "Quarter"), Kind.TEXT, 10),
    ("classes", Phrase("Số lớp", "Classes"), Kind.INT, 8),
    ("persons", Phrase("Số người", "Persons"), Kind.INT, 9),
    ("requested", Phrase("Kinh phí đề nghị", "Requested"), Kind.MONEY, 18),
    ("appraised", Phrase("Thẩm định", "Appraised"), Kind.MONEY, 18),
    ("allotted", Phrase("Được giao", "Allotted"), Kind.MONEY, 18),
    ("spent", Phrase("Đã chi", "Spent"), Kind.MONEY, 18),
    ("settled", Phrase("Quyết toán", "Settled"), Kind.MONEY, 18),
    ("source", Phrase("Nguồn kinh phí", "Source"), Kind.TEXT, 26),
    ("integrated", Phrase("Lồng ghép với", "Integrated with"), Kind.TEXT, 24),
    ("note", Phrase("Ghi chú", "Note"), Kind.TEXT, 24),
)
_SHORT = ("place", "title", "audience", "provider", "quarters", "classes", "persons", "requested", "source")


@dataclass(frozen=True)
class Lapsed:
    """A text a plan would cite and that is not in force on the day."""

    number: str
    replaced_by: str


def annex(plan: Plan, lines: Sequence[PlanLine], language: str, *, short: bool = False) -> ReportTable:
    """The lines as a table with totals; `short` has the columns that fit a landscape page."""
    wanted = [column for column in _COLUMNS if not short or column[0] in _SHORT]
    columns = tuple(
        Column(key, label.in_language(language), kind, unit="đồng" if kind is Kind.MONEY else "", width=width)
        for key, label, kind, width in wanted
    )
    keys = [column[0] for column in wanted]
    totals = totals_of(lines)
    return ReportTable(
        title=plan.title,
        columns=columns,
        rows=[[_values(place, line, language)[key] for key in keys] for place, line in enumerate(lines, start=1)],
        footer=[_sums(totals, language).get(key) for key in keys],
        notes=(_words(totals, language),),
        as_of=today(),
        simulated=is_simulated(),
    )


def _values(place: int, line: PlanLine, language: str) -> dict[str, str | int | None]:
    topic = line.topic.name_en if language == "en" else line.topic.name_vi
    return {
        "place": place,
        "title": line.title,
        "topic": topic,
        "audience": line.audience,
        "provider": line.provider.organisation.name if line.provider else line.performer,
        "quarters": quarters(line),
        "classes": line.classes,
        "persons": line.persons,
        "requested": line.requested_vnd,
        "appraised": line.appraised_vnd,
        "allotted": line.allotted_vnd,
        "spent": line.spent_vnd,
        "settled": line.settled_vnd,
        "source": line.source.name if line.source else "",
        "integrated": line.integrated_with,
        "note": line.note,
    }


def quarters(line: PlanLine) -> str:
    """`I`, `II–III`: the quarters of a line."""
    first, last = ROMAN[line.from_quarter - 1], ROMAN[line.to_quarter - 1]
    return first if first == last else f"{first}–{last}"


def _sums(totals: Totals, language: str) -> dict[str, str | int | None]:
    return {
        "title": Phrase("Tổng cộng", "Total").in_language(language),
        "classes": totals.classes,
        "persons": totals.persons,
        "requested": totals.requested_vnd,
        "appraised": totals.appraised_vnd,
        "allotted": totals.allotted_vnd,
        "spent": totals.spent_vnd,
        "settled": totals.settled_vnd,
    }


def _words(totals: Totals, language: str) -> str:
    said = Phrase("Tổng kinh phí đề nghị: {vnd} (Bằng chữ: {words}).", "Total requested: {vnd} (in words: {words}).")
    amount = vnd(totals.requested_vnd, language=language)
    return said.in_language(language, vnd=amount, words=vnd_in_words(totals.requested_vnd))


def lapsed_bases(on: date) -> list[Lapsed]:
    """Texts a plan usually cites that are not in force on `on`."""
    return [Lapsed(found.number, found.replaced_by) for found in doubtful_bases(BASES, on) if found.replaced_by]


def plan_paper(plan: Plan) -> Paper:
    """Kế hoạch: purpose, content, money in figures and words, who carries it out, with the annex."""
    lines = lines_of(plan)
    totals = totals_of(lines)
    return Paper(
        kind="KẾ HOẠCH",
        abstract=plan.title,
        drafted_on=today(),
        letterhead=_letterhead(plan.organisation, "KH"),
        grounds=_grounds(),
        body=(
            Heading("I. Mục đích, yêu cầu"),
            Paragraph(
                "Đáp ứng nhu cầu đào tạo liên tục đã được tiếp nhận của các đơn vị, ưu tiên y tế cơ sở, vùng sâu, vùng xa, "
                "vùng khó khăn; gắn đào tạo với chức năng, nhiệm vụ và kỹ thuật triển khai tại đơn vị."
            ),
            Heading("II. Nội dung"),
            Paragraph(
                f"Tổ chức {number(totals.classes)} lớp cho {number(totals.persons)} lượt người học, "
                "chi tiết tại bảng dưới đây."
            ),
            annex(plan, lines, "vi", short=True),
            Heading("III. Kinh phí"),
            Paragraph(_words(totals, "vi")),
            *_by_source(lines),
            Heading("IV. Tổ chức thực hiện"),
            Paragraph(
                "Các đơn vị được giao tổ chức lớp thực hiện đúng chương trình đã phê duyệt, công khai kế hoạch và học phí, "
                "báo cáo kết quả theo quy định. Các đơn vị cử người học bảo đảm đủ nhân lực trực trong thời gian đào tạo."
            ),
        ),
        recipients=("Như trên;", "Lưu: VT."),
        signature=_signature(plan.organisation),
        landscape=True,
        simulated=is_simulated(),
    )


def submission_paper(plan: Plan, to: Organisation | None) -> Paper:
    """Tờ trình: asks for approval, with the same totals as the plan."""
    lines = lines_of(plan)
    totals = totals_of(lines)
    return Paper(
        kind="TỜ TRÌNH",
        abstract=f"Về việc phê duyệt {plan.title}",
        drafted_on=today(),
        letterhead=_letterhead(plan.organisation, "TTr"),
        addressees=(to.name,) if to else (),
        grounds=_grounds(),
        body=(
            Paragraph(
                f"{plan.organisation.name} đã tổng hợp nhu cầu đào tạo của các đơn vị và lập {plan.title} với "
                f"{number(totals.lines)} nội dung, {number(totals.classes)} lớp, {number(totals.persons)} lượt người học."
            ),
            Paragraph(_words(totals, "vi")),
            *_by_source(lines),
            Paragraph("Kính trình xem xét, phê duyệt (gửi kèm kế hoạch và phụ lục chi tiết)."),
        ),
        recipients=("Như trên;", "Lưu: VT."),
        signature=_signature(plan.organisation),
        simulated=is_simulated(),
    )


def _by_source(lines: Sequence[PlanLine]) -> list[Paragraph]:
    sums: dict[str, int] = {}
    for line in lines:
        name = line.source.name if line.source else "Chưa xác định nguồn"
        sums[name] = sums.get(name, 0) + line.requested_vnd
    return [Paragraph(f"- {name}: {vnd(amount)}.") for name, amount in sums.items()]


def _grounds() -> tuple[str, ...]:
    """The "Căn cứ" of the day: texts that have ended are left out (the page names them)."""
    ended = {lapsed.number for lapsed in lapsed_bases(today())}
    return tuple(_ground(name) for name in BASES if name not in ended)


def _ground(name: str) -> str:
    found = text(name)
    word = KIND_WORDS[found.kind].vi
    issued = f" ngày {day(found.issued_on)}" if found.issued_on else ""
    return f"Căn cứ {word} số {name}{issued}: {found.title.vi};"


def _letterhead(organisation: Organisation, kind: str) -> Letterhead:
    above = governing_body(organisation)
    short = organisation.short_name or "".join(word[0] for word in organisation.name.split()).upper()
    return Letterhead(
        issuer=organisation.name,
        governing_body=above.name if above else "",
        symbol=f"/{kind}-{short}",
        place=_place(organisation),
    )


def governing_body(organisation: Organisation) -> Organisation | None:
    """The body right above on the employer line: a Tờ trình goes there."""
    ids = [int(pk) for pk in organisation.employer_path.strip("/").split("/")]
    if len(ids) < 2:
        return None
    found: Organisation | None = Organisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk=ids[-2]).first()
    return found


def _place(organisation: Organisation) -> str:
    rows = AdministrativeUnit.objects.filter(
        in_force(today()), level=UnitLevel.PROVINCE, code=organisation.province_code
    )
    found = rows.values_list("name", flat=True).first()
    return str(found or "")


def _signature(organisation: Organisation) -> Signature:
    return Signature(post=HEADS.get(OrganisationKind(organisation.kind), HEAD).vi)
