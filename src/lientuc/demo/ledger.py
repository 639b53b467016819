"""Earlier hours from the units' books as one workbook; the ledger records them and every standing is reckoned."""

from __future__ import annotations

import random
from datetime import date, timedelta
from io import BytesIO

import xlsxwriter

from lientuc.core.clock import today
from lientuc.credits.actions.intake import preview_entries, take_entries
from lientuc.credits.intake.preview import read_entries
from lientuc.credits.phrases import LABELS
from lientuc.credits.queries import summary_by
from lientuc.credits.refresh import refresh_due
from lientuc.law.credits import Form, Role, Status

from .people import SEED, Person
from .walk import Walk, phases

HEADINGS = (
    "STT",
    "Số định danh cá nhân",
    "Họ và tên",
    "Ngày",
    "Hình thức",
    "Vai trò",
    "Số lượng",
    "Số tiết theo quyết định",
    "Căn cứ",
    "Nội dung",
    "Đơn vị cấp",
    "Số chứng nhận",
)
COURSES = (
    "Quản lý tăng huyết áp và đái tháo đường",
    "Cấp cứu cơ bản",
    "Kiểm soát nhiễm khuẩn",
    "An toàn tiêm chủng",
    "Chăm sóc thiết yếu bà mẹ và trẻ sơ sinh",
    "Giám sát và phòng chống dịch",
    "Sử dụng kháng sinh hợp lý",
    "An toàn người bệnh",
)


def _entries(dice: random.Random, person: Person, last: date) -> list[list[object]]:
    """A few courses and meetings of the last five years; three people in ten have none."""
    if not person.number or dice.random() < 0.3:
        return []
    rows: list[list[object]] = []
    for _ in range(dice.choice((1, 1, 2, 2, 3))):
        on = last - timedelta(days=dice.randrange(20, 5 * 365))
        if dice.random() < 0.75:
            lessons = dice.choice((8, 16, 24, 32, 40, 48, 80))
            rows.append([on, Form.SHORT_COURSE, Role.LEARNER, lessons, "", "", dice.choice(COURSES)])
        else:
            hours = dice.choice((2, 3, 4))
            basis = "Quyết định minh họa của đơn vị tổ chức"
            rows.append([on, Form.CONFERENCE, Role.DELEGATE, 2, hours, basis, "Hội nghị khoa học ngành y tế tỉnh"])
    return rows


def workbook_of(people: list[tuple[str, Person]], last: date) -> tuple[bytes, int]:
    """The book of earlier hours, and how many rows it has."""
    dice, content, count = random.Random(SEED + 1), BytesIO(), 0
    book = xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Sổ theo dõi")
    sheet.write_row(0, 0, HEADINGS)
    for unit, person in people:
        for on, form, role, units, decided, basis, title in _entries(dice, person, last):
            count += 1
            words = (LABELS[Form][form].vi, LABELS[Role][role].vi)
            number = f"MH-{count:06d}/{on.year}"  # type: ignore[attr-defined]
            row = [
                count,
                person.number,
                person.name,
                f"{on:%d/%m/%Y}",
                *words,
                units,
                decided,
                basis,
                title,
                unit,
                number,
            ]
            sheet.write_row(count, 0, row)
    book.close()
    return content.getvalue(), count


def import_ledger(walk: Walk) -> str:
    """Preview the book, record its good rows, park the others, reckon the standings."""
    officer = walk.users["syt"]
    with phases("nhập sổ giờ", 3) as begin:
        begin("đọc tệp")
        content, count = workbook_of(walk.rows["people"], today())
        sent = read_entries(content, "so-theo-doi-dao-tao.xlsx")
        begin("soát từng dòng")
        batch = preview_entries(sent=sent, by=officer)
        begin("ghi nhận")
        batch = take_entries(batch=batch, by=officer, park=True)
    return f"{count} lượt từ Excel: ghi nhận {batch.counts['taken']}, gửi lại làm sạch {batch.counts.get('parked', 0)}"


def show_standings(walk: Walk) -> str:
    """Reckon everybody's standing and say how the province stands."""
    scope = walk.users["syt"].scope("credits.view_entries")
    refresh_due(scope, today())
    (whole,) = summary_by(scope=scope)
    words = (f"{LABELS[Status][status].vi} {count}" for status, count in whole.by_status.items())
    return f"{whole.persons} người: {', '.join(words)}"
