"""What the records know of how a survey was done: the filled lines of CHERRIES and STROBE, and what must be asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lientuc.core import formats
from lientuc.documents.table import Column, ReportTable
from lientuc.surveys.models import Wave
from lientuc.surveys.queries import Monitor
from lientuc.web.say import current_language, label, say_now

from ..models import Study
from ..publishing import Publication


@dataclass(frozen=True)
class Known:
    """Everything a checklist may draw on."""

    wave: Wave
    study: Study | None
    found: Publication
    monitor: Monitor
    asked_for: dict[str, str]


def checklists(known: Known) -> tuple[ReportTable, ReportTable]:
    """CHERRIES and STROBE (cross-sectional), line by line; an empty answer is a box to fill in."""
    return (
        _table(say_now("Phụ lục A. Danh mục CHERRIES", "Appendix A. CHERRIES"), _cherries(known), known),
        _table(
            say_now("Phụ lục B. Danh mục STROBE (cắt ngang)", "Appendix B. STROBE (cross-sectional)"),
            _strobe(known),
            known,
        ),
    )


Line = tuple[str, str, str]


def _table(title: str, lines: Iterator[Line], known: Known) -> ReportTable:
    columns = (
        Column("code", say_now("Mục", "Item"), width=12),
        Column("what", say_now("Nội dung", "Content"), width=40),
        Column("said", say_now("Trả lời từ hồ sơ", "Answer from the records"), width=80),
    )
    blank = say_now("[cần bổ sung]", "[to be filled in]")
    rows = [(code, what, said or known.asked_for.get(code, "") or blank) for code, what, said in lines]
    return ReportTable(title=title, columns=columns, rows=rows, simulated=False)


def missing(known: Known) -> list[tuple[str, str]]:
    """Lines that no record fills, code and content: what a person must write."""
    lines = [*_cherries(known), *_strobe(known)]
    return [(code, what) for code, what, said in lines if not said]


def _cherries(known: Known) -> Iterator[Line]:
    wave, found, total = known.wave, known.found, known.monitor.everybody
    imported, language = found.file is not None, current_language()
    period = f"{formats.day(wave.opens_on, language=language)} – {formats.day(wave.closes_on, language=language)}"
    ethics = known.study.ethics_number if known.study else ""
    number = sum(1 for _ in found.form.items)
    yield "C-design", say_now("Thiết kế, quần thể đích", "Design, target population"), _design(known)
    yield "C-ethics", say_now("Phê duyệt đạo đức", "Ethics approval"), ethics
    yield "C-consent", say_now("Đồng thuận có hiểu biết", "Informed consent"), wave.information or _consent(known)
    yield "C-protection", say_now("Bảo vệ dữ liệu", "Data protection"), label("surveys.WaveMode", wave.mode)
    yield "C-development", say_now("Xây dựng và thử bộ câu hỏi", "Development and testing"), ""
    yield "C-access", say_now("Mở hay theo danh sách", "Open or closed survey"), _access(known)
    yield "C-contact", say_now("Cách liên hệ", "Contact mode"), ""
    yield "C-incentive", say_now("Khuyến khích", "Incentives"), ""
    yield "C-dates", say_now("Thời gian thu thập", "Time"), period
    pages = say_now("{n} câu trên {pages} trang", "{n} items on {pages} pages")
    yield (
        "C-items",
        say_now("Số câu, số trang", "Items and pages"),
        pages.format(n=number, pages=len(found.form.sections)),
    )
    checks = say_now("giới hạn và điều kiện kiểm tra khi gửi từng trang", "limits and conditions checked page by page")
    yield "C-completeness", say_now("Kiểm tra đầy đủ", "Completeness check"), "" if imported else checks
    rates = say_now("hoàn thành {done} trên {invited} được mời", "{done} completed of {invited} invited")
    invited = total.invited if not imported or wave.audience_size else 0
    yield (
        "C-rates",
        say_now("Tỷ lệ tham gia, hoàn thành", "Participation, completion"),
        (rates.format(done=total.completed, invited=invited) if invited else ""),
    )
    once = say_now("mỗi lời mời một phiếu", "one response per invitation")
    yield (
        "C-duplicates",
        say_now("Ngăn trả lời nhiều lần", "Preventing duplicates"),
        _duplicates(known) if imported else once,
    )
    yield "C-incomplete", say_now("Xử lý phiếu chưa đủ", "Incomplete records"), _incomplete(known)
    yield "C-weights", say_now("Trọng số", "Weighting"), say_now("không dùng trong các bảng", "none in the tables")


def _strobe(known: Known) -> Iterator[Line]:
    found, study = known.found, known.study
    yield "S-3", say_now("Mục tiêu", "Objectives"), study.question if study else ""
    yield "S-5", say_now("Bối cảnh, địa điểm, thời gian", "Setting, locations, dates"), str(known.wave.organisation)
    yield "S-6", say_now("Tiêu chuẩn chọn", "Eligibility"), _design(known)
    yield "S-9", say_now("Sai số hệ thống", "Bias"), ""
    yield "S-10", say_now("Cỡ mẫu", "Study size"), str(found.completed)
    yield "S-12c", say_now("Xử lý số liệu thiếu", "Missing data"), _incomplete(known)
    numbers = (
        f"{found.file.read} → {found.file.kept}"
        if found.file
        else f"{known.monitor.everybody.invited} → {found.completed}"
    )
    yield "S-13", say_now("Số người ở từng bước", "Numbers at each stage"), numbers
    text = say_now("dòng “Không trả lời” và n ở từng câu", "the “Not answered” line and the n of each question")
    yield "S-14b", say_now("Số thiếu từng biến", "Missing per variable"), text
    yield "S-19", say_now("Hạn chế", "Limitations"), ""
    yield "S-22", say_now("Nguồn kinh phí", "Funding"), ""


def _design(known: Known) -> str:
    if known.wave.about:
        text = say_now(
            "mọi học viên đã hoàn thành {n} khóa trong sổ đào tạo",
            "everybody who completed {n} course runs of the register",
        )
        return text.format(n=len(known.wave.about))
    return ""


def _consent(known: Known) -> str:
    asked = "consent" in known.found.form.by_name and "consent" not in (
        known.found.file.assumed if known.found.file else ()
    )
    return say_now("hỏi ở câu đầu tiên", "asked in the first question") if asked else ""


def _access(known: Known) -> str:
    if known.found.file is not None:
        return ""
    return label("surveys.WaveMode", known.wave.mode)


def _duplicates(known: Known) -> str:
    count = (known.found.file.dropped if known.found.file else {}).get("repeated", 0)
    return say_now("{n} bản ghi lặp lại bị loại", "{n} repeated records left out").format(n=count)


def _incomplete(known: Known) -> str:
    file = known.found.file
    if file is None:
        return say_now("chỉ tính phiếu đã gửi xong", "only completed responses count")
    dropped = "; ".join(f"{label('surveys.Dropped', reason)}: {n}" for reason, n in file.dropped.items())
    rule = (
        say_now("chỉ dùng bản ghi đầy đủ", "complete cases only")
        if file.complete_cases
        else say_now("dùng mọi câu trả lời có được", "all answers given are used")
    )
    return f"{rule} ({dropped})" if dropped else rule
