"""Quyết định phân công nhiệm vụ as a draft paper with its annex, number left blank; the whole matrix as a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from lientuc.core.clock import today
from lientuc.core.formats import day
from lientuc.documents.paper import Heading, Letterhead, Paper, Paragraph, Signature
from lientuc.documents.table import Column, ReportTable
from lientuc.law.numbering import KIND_WORDS
from lientuc.law.texts import TextDecision, doubtful_bases, text
from lientuc.places.enums import OrganisationKind, UnitLevel
from lientuc.places.models import AdministrativeUnit, Organisation
from lientuc.places.queries import is_simulated
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.rows import in_force
from lientuc.web.say import label, say_now

from ..enums import Part, Tier
from .defaults import two_level_model
from .models import Responsibility, ResponsibilityDecision

# What the decision rests on; those not in force on the day of drafting are left out and named on the page.
BASES = ("15/2023/QH15", "43/2025/TT-BYT", "32/2023/TT-BYT", "22/2013/TT-BYT", "26/2020/TT-BYT", "2319/BYT-K2ĐT")
HEADS = {
    OrganisationKind.PROVINCIAL_COMMITTEE: "Chủ tịch",
    OrganisationKind.HEALTH_DEPARTMENT: "Giám đốc",
}


def lapsed_bases(on: date) -> list[TextDecision]:
    """Texts the decision usually cites that are not in force on `on`."""
    return list(doubtful_bases(BASES, on))


def decision_paper(decision: ResponsibilityDecision, cells: Sequence[Responsibility]) -> Paper:
    """The draft decision: grounds, three articles, and the annex by function."""
    issuer = decision.organisation
    areas = {cell.area_id for cell in cells}
    functions = {cell.function_id for cell in cells}
    return Paper(
        kind="QUYẾT ĐỊNH",
        abstract=decision.title,
        drafted_on=today(),
        letterhead=_letterhead(issuer),
        grounds=_grounds(),
        body=(
            Heading("QUYẾT ĐỊNH:"),
            Paragraph(
                f"Điều 1. Phân công trách nhiệm đối với {len(functions)} chức năng, nhiệm vụ tại {len(areas)} địa bàn theo "
                "Phụ lục kèm theo Quyết định này."
            ),
            Paragraph(_article_2(decision)),
            Paragraph(
                "Điều 3. Thủ trưởng các cơ quan, đơn vị có tên trong Phụ lục chịu trách nhiệm thi hành Quyết định này và xác "
                "nhận đã nhận Quyết định trên hệ thống."
            ),
            Heading("PHỤ LỤC"),
            annex(cells),
        ),
        recipients=("Như Điều 3;", "Bộ Y tế (để báo cáo);", "Lưu: VT."),
        signature=Signature(post=HEADS.get(OrganisationKind(issuer.kind), "Thủ trưởng đơn vị")),
        landscape=True,
        simulated=is_simulated(),
    )


def _article_2(decision: ResponsibilityDecision) -> str:
    starts = f"từ ngày {day(decision.from_on)}" if decision.from_on else "từ ngày ký"
    before = decision.previous
    replaced = ""
    if before is not None and before.decided_on is not None:
        number = f"số {before.decision_number} " if before.decision_number else ""
        replaced = f", thay thế Quyết định {number}ngày {day(before.decided_on)}"
    return f"Điều 2. Quyết định này có hiệu lực {starts}{replaced}."


def annex(cells: Iterable[Responsibility]) -> ReportTable:
    """One row for each function and division: areas divided alike stand together."""
    groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = defaultdict(list)
    for (function, area), parts in _by_place(cells).items():
        groups[function, tuple(sorted(parts))].append(area)
    rows = [_annex_row(function, parts, areas) for (function, parts), areas in groups.items()]
    return ReportTable(
        title="Phân công trách nhiệm theo chức năng, nhiệm vụ",
        columns=(
            Column("function", "Chức năng, nhiệm vụ", width=34),
            Column("areas", "Địa bàn", width=34),
            Column("responsible", "Chịu trách nhiệm", width=30),
            Column("supports", "Phối hợp", width=30),
            Column("informed", "Được thông báo", width=30),
        ),
        rows=rows,
        notes=(f"Mô hình chính quyền địa phương hai cấp: {two_level_model().source}.",),
        as_of=today(),
        simulated=is_simulated(),
    )


def _by_place(cells: Iterable[Responsibility]) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Parts and names by function and area; a unit of the commune is named by its kind, so that communes compare."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for cell in cells:
        local = cell.level == Tier.GRASSROOTS
        name = label("places.OrganisationKind", cell.organisation.kind) if local else cell.organisation.name
        found[cell.function.name_vi, cell.area.name].append((cell.part, name))
    return found


def _annex_row(function: str, parts: Iterable[tuple[str, str]], areas: Sequence[str]) -> list[str]:
    found = list(parts)
    where = f"{len(areas)} địa bàn: " if len(areas) > 1 else ""
    named = ["; ".join(name for kind, name in found if kind == part) for part in Part]
    return [function, where + "; ".join(sorted(areas)), *named]


def matrix_table(decision: ResponsibilityDecision, cells: Iterable[Responsibility], language: str) -> ReportTable:
    """Every cell as a row, to check and filter in a workbook."""
    return ReportTable(
        title=decision.title,
        columns=(
            Column("code", say_now("Mã chức năng", "Function code")),
            Column("function", say_now("Chức năng, nhiệm vụ", "Function")),
            Column("area", say_now("Địa bàn", "Area")),
            Column("level", say_now("Cấp", "Tier")),
            Column("organisation", say_now("Cơ quan, đơn vị", "Organisation")),
            Column("part", say_now("Trách nhiệm", "Part")),
        ),
        rows=(
            [
                cell.function.code,
                cell.function.name_en if language == "en" else cell.function.name_vi,
                cell.area.name,
                label("directives.Tier", cell.level),
                cell.organisation.name,
                label("directives.Part", cell.part),
            ]
            for cell in cells
        ),
        as_of=today(),
        simulated=is_simulated(),
    )


def _grounds() -> tuple[str, ...]:
    doubtful = {found.number for found in lapsed_bases(today())}
    return tuple(_ground(name) for name in BASES if name not in doubtful)


def _ground(name: str) -> str:
    found = text(name)
    issued = f" ngày {day(found.issued_on)}" if found.issued_on else ""
    return f"Căn cứ {KIND_WORDS[found.kind].vi} số {name}{issued}: {found.title.vi};"


def _letterhead(issuer: Organisation) -> Letterhead:
    path = [int(pk) for pk in issuer.employer_path.strip("/").split("/")]
    above = Organisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk=path[-2] if len(path) > 1 else 0).first()
    short = issuer.short_name or "".join(word[0] for word in issuer.name.split()).upper()
    units = AdministrativeUnit.objects.filter(in_force(today()), level=UnitLevel.PROVINCE, code=issuer.province_code)
    return Letterhead(
        issuer=issuer.name,
        governing_body=above.name if above else "",
        symbol=f"/QĐ-{short}",
        place=str(units.values_list("name", flat=True).first() or ""),
    )
