"""What the papers of a plan share: letterhead, grounds, signature, and the one sentence with the money in figures and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lientuc.core.clock import today
from lientuc.core.formats import day, vnd, vnd_in_words
from lientuc.core.phrases import Phrase
from lientuc.documents.paper import Authority, Letterhead, Paragraph, Signature
from lientuc.law.numbering import KIND_WORDS
from lientuc.law.texts import doubtful_bases, text
from lientuc.places.enums import OrganisationKind, UnitLevel
from lientuc.places.models import AdministrativeUnit, Organisation
from lientuc.places.queries import is_simulated
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.rows import in_force

from ..models import Plan, PlanLine
from ..queries.plans import Totals, lines_of, totals_of

# What a plan for training rests on; those not in force on the day of drafting are left out and named in a note.
BASES = ("15/2023/QH15", "22/2013/TT-BYT", "26/2020/TT-BYT", "32/2023/TT-BYT", "100/2025/TT-BTC", "2319/BYT-K2ĐT")
ROMAN = ("I", "II", "III", "IV")
DIRECTOR = Phrase("Giám đốc", "Director")
HEADS = {
    OrganisationKind.HEALTH_DEPARTMENT: DIRECTOR,
    OrganisationKind.HOSPITAL: DIRECTOR,
    OrganisationKind.AREA_CENTRE: DIRECTOR,
    OrganisationKind.SCHOOL: Phrase("Hiệu trưởng", "Rector"),
}
HEAD = Phrase("Thủ trưởng đơn vị", "Head of the unit")
COMMITTEES = frozenset({OrganisationKind.PROVINCIAL_COMMITTEE, OrganisationKind.COMMUNE_COMMITTEE})
RECIPIENTS = ("Như trên;", "Lưu: VT.")


@dataclass(frozen=True)
class Lapsed:
    """A text a plan would cite and that is not in force on the day."""

    number: str
    replaced_by: str


@dataclass(frozen=True)
class Facts:
    """A plan as all its papers tell it: the same lines and the same sums."""

    plan: Plan
    lines: Sequence[PlanLine]
    totals: Totals
    simulated: bool


def facts_of(plan: Plan) -> Facts:
    """Lines and sums of a plan, read once for a paper."""
    lines = lines_of(plan)
    return Facts(plan, lines, totals_of(lines), is_simulated())


def quarters(line: PlanLine) -> str:
    """`I`, `II–III`: the quarters of a line."""
    first, last = ROMAN[line.from_quarter - 1], ROMAN[line.to_quarter - 1]
    return first if first == last else f"{first}–{last}"


def money_in_words(totals: Totals, language: str) -> str:
    """The money of a plan in figures and words: what every paper and annex says, letter for letter."""
    said = Phrase("Tổng kinh phí đề nghị: {vnd} (Bằng chữ: {words}).", "Total requested: {vnd} (in words: {words}).")
    text = _sum(said, totals.requested_vnd, language)
    if totals.appraised_vnd is None:
        return text
    said = Phrase("Số đã thẩm định: {vnd} (Bằng chữ: {words}).", "Appraised: {vnd} (in words: {words}).")
    return f"{text} {_sum(said, totals.appraised_vnd, language)}"


def _sum(said: Phrase, amount: int, language: str) -> str:
    return said.in_language(language, vnd=vnd(amount, language=language), words=vnd_in_words(amount))


def lapsed_bases(on: date) -> list[Lapsed]:
    """Texts a plan usually cites that are not in force on `on`."""
    return [Lapsed(found.number, found.replaced_by) for found in doubtful_bases(BASES, on) if found.replaced_by]


def by_source(lines: Sequence[PlanLine]) -> list[Paragraph]:
    """The money by source, one line each."""
    sums: dict[str, int] = {}
    for line in lines:
        name = line.source.name if line.source else "Chưa xác định nguồn"
        sums[name] = sums.get(name, 0) + line.requested_vnd
    return [Paragraph(f"- {name}: {vnd(amount)}.") for name, amount in sums.items()]


def grounds() -> tuple[str, ...]:
    """The "Căn cứ" of the day: texts that have ended are left out (the page names them)."""
    ended = {lapsed.number for lapsed in lapsed_bases(today())}
    return tuple(_ground(name) for name in BASES if name not in ended)


def _ground(name: str) -> str:
    found = text(name)
    word = KIND_WORDS[found.kind].vi
    issued = f" ngày {day(found.issued_on)}" if found.issued_on else ""
    return f"Căn cứ {word} số {name}{issued}: {found.title.vi};"


def letterhead(organisation: Organisation, kind: str) -> Letterhead:
    """The upper part of a paper; the number stays blank for the clerk."""
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


def signature(organisation: Organisation) -> Signature:
    """Who signs: the head, for a committee the chair on its behalf."""
    kind = OrganisationKind(organisation.kind)
    if kind in COMMITTEES:
        return Signature(post="Chủ tịch", authority=Authority.TM, principal="Ủy ban nhân dân")
    return Signature(post=HEADS.get(kind, HEAD).vi)
