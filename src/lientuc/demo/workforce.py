"""The department's staff list as a real workbook with the quirks of real ones: previewed, repaired, taken, two rows parked."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from io import BytesIO

import xlsxwriter

from lientuc.core.clock import today
from lientuc.registry.actions import judge_staff, receive_staff, repair_zeros, take_staff
from lientuc.registry.enums import TakeChoice
from lientuc.registry.intake.columns import STAFF_FIELDS
from lientuc.registry.intake.file import read_file
from lientuc.registry.queries import GroupBy, headcount
from lientuc.web.say import label

from .people import SEED, TITLES, Person, draw
from .province import Province
from .walk import Walk, phases

HEADINGS = (
    "STT",
    "Họ và tên",
    "Ngày, tháng, năm sinh",
    "Giới tính",
    "Số định danh cá nhân (CCCD)",
    "Chức danh",
    "Mã chức danh nghề nghiệp",
    "Đơn vị công tác",
    "Loại hợp đồng",
    "Ngày vào đơn vị",
    "Số GPHN/CCHN",
    "Ngày cấp GPHN/CCHN",
    "Ngày hết hạn GPHN",
)


def draw_people(province: Province) -> list[tuple[str, Person]]:
    """Everybody with the name of their unit, in the order of units."""
    dice = random.Random(SEED)
    people, serial = [], 0
    for unit in province.organisations:
        for _ in range(unit.staff):
            serial += 1
            people.append((unit.founding.draft.name, draw(dice, serial, at_station=unit.at_station)))
    return [*people, *_entered_twice(people)]


def _entered_twice(people: list[tuple[str, Person]]) -> list[tuple[str, Person]]:
    """A few people whom a second unit lists too, with one digit of the number mistyped."""
    found = []
    for place in (5, len(people) // 2, len(people) - 5):
        unit, person = people[place]
        slipped = replace(person, number=f"{person.number[:6]}1{person.number[7:]}", licence="")
        found.append((next(other for other, _ in people if other != unit), slipped))
    return found


def workbook_of(people: list[tuple[str, Person]]) -> bytes:
    """A staff list with a title above the header; Excel ate the zeros of some numbers, two rows are broken."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("Danh sách")
    sheet.write(0, 0, "DANH SÁCH NHÂN LỰC Y TẾ TỈNH MINH HỌA (SỐ LIỆU MÔ PHỎNG)")
    sheet.write_row(2, 0, HEADINGS)
    for place, (unit, person) in enumerate(people, start=1):
        sheet.write_row(2 + place, 0, _cells(place, unit, person))
    book.close()
    return content.getvalue()


def _cells(place: int, unit: str, person: Person) -> list[object]:
    number: object = int(person.number) if place % 40 == 0 else person.number
    title, code = TITLES[person.title][:2]
    name = "" if place == 777 else person.name
    born = "31/02/1988" if place == 1888 else _day(person.born_on)
    return [
        place,
        name,
        born,
        person.sex,
        number,
        title,
        code,
        unit,
        "Cộng tác viên" if person.title == "village_health_worker" else "Biên chế",
        _day(person.joined_on),
        person.licence,
        _day(person.licence_issued_on),
        _day(person.licence_valid_to),
    ]


def _day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def import_staff(walk: Walk) -> str:
    """Preview the list, give numbers their zeros back, take the good rows, park the two broken ones."""
    people = draw_people(walk.rows["province"])
    walk.rows["people"] = people
    officer, department = walk.users["syt"], walk.organisations["department"]
    with phases("nhập nhân lực", 4) as begin:
        begin("đọc tệp")
        file = read_file(workbook_of(people), "nhan-luc-minh-hoa.xlsx", STAFF_FIELDS)
        begin("lưu để xem trước")
        batch = receive_staff(file=file, organisation=department, by=officer)
        repair_zeros(batch=batch, by=officer)
        begin("soát từng ô")
        judge_staff(batch=batch, by=officer)
        begin("nhận dòng đúng")
        batch = take_staff(batch=batch, choice=TakeChoice.GOOD_ROWS, by=officer)
    walk.rows["staff_batch"] = batch
    counts = batch.counts
    return f"{counts['rows']} dòng từ Excel: nhận {counts['good']}, gửi lại làm sạch {counts['bad']}"


def review(walk: Walk) -> str:
    """Persons and posts by level of care."""
    found = headcount(by=walk.users["syt"], on=today(), group_by=GroupBy.CARE_LEVEL)
    levels = "; ".join(f"{label('places.CareLevel', str(row.group))} {row.persons}" for row in found.groups)
    return f"{found.persons} người, {found.posts} vị trí ({levels})"
