"""Invented people: names, birth years and numbers drawn with a seed, never a real person's record."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

SEED = 2319
# Shares of families and given names are roughly those of the country; nobody is meant.
FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Mai",
    "Trịnh",
    "Lò",
    "Vàng",
    "Giàng",
    "Hà",
    "Cao",
]
WEIGHTS = [32, 11, 9, 7, 5, 4, 4, 4, 3, 3, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1]
MIDDLE_WOMEN = ["Thị", "Thị", "Thị", "Ngọc", "Thu", "Thanh", "Phương", "Minh", "Bích", "Hồng"]
MIDDLE_MEN = ["Văn", "Văn", "Văn", "Đức", "Minh", "Quang", "Hữu", "Xuân", "Ngọc", "Thành"]
GIVEN_WOMEN = [
    "Anh",
    "Hạnh",
    "Hương",
    "Lan",
    "Linh",
    "Mai",
    "Nga",
    "Ngân",
    "Nhung",
    "Oanh",
    "Phượng",
    "Quỳnh",
    "Tâm",
    "Thảo",
    "Thúy",
    "Trang",
    "Vân",
    "Yến",
    "Hòa",
    "Dung",
    "Hiền",
    "Loan",
    "Ánh",
    "Đào",
]
GIVEN_MEN = [
    "An",
    "Bình",
    "Cường",
    "Dũng",
    "Đạt",
    "Đức",
    "Hải",
    "Hiếu",
    "Hùng",
    "Huy",
    "Khánh",
    "Kiên",
    "Lâm",
    "Long",
    "Minh",
    "Nam",
    "Phong",
    "Quân",
    "Sơn",
    "Thắng",
    "Tiến",
    "Trung",
    "Tuấn",
    "Việt",
]

# title code of the law floor: (label in a staff list, national title code, share at stations, share at hospitals, licensed)
TITLES = {
    "doctor": ("Bác sĩ", "V.08.01.03", 12, 24, True),
    "assistant_doctor": ("Y sĩ", "V.08.03.07", 24, 4, True),
    "nurse": ("Điều dưỡng", "V.08.05.13", 20, 42, True),
    "midwife": ("Hộ sinh", "V.08.06.16", 12, 7, True),
    "medical_technician": ("Kỹ thuật y", "V.08.07.19", 3, 11, True),
    "pharmacist": ("Dược sĩ", "", 8, 6, False),
    "public_health": ("Y tế công cộng", "V.08.04.10", 5, 2, False),
    "population": ("Dân số", "", 6, 0, False),
    "village_health_worker": ("Nhân viên y tế thôn, bản", "", 10, 0, False),
    "other": ("Khác", "", 0, 4, False),
}


@dataclass(frozen=True)
class Person:
    """One invented member of staff as a staff list shows them."""

    name: str
    sex: str
    born_on: date
    number: str
    title: str
    licence: str
    licence_issued_on: date | None
    licence_valid_to: date | None
    joined_on: date


def draw(dice: random.Random, serial: int, *, at_station: bool) -> Person:
    """One person; `serial` makes the number unique (it begins with 099, a province code nobody has, then says sex and birth)."""
    woman = dice.random() < 0.64
    family = dice.choices(FAMILIES, WEIGHTS)[0]
    middle = dice.choice(MIDDLE_WOMEN if woman else MIDDLE_MEN)
    given = dice.choice(GIVEN_WOMEN if woman else GIVEN_MEN)
    born = date(1967, 1, 1) + timedelta(days=dice.randrange(0, 35 * 365))
    title = dice.choices(list(TITLES), [row[2] if at_station else row[3] for row in TITLES.values()])[0]
    issued, valid_to, licence = _licence(dice, serial, licensed=TITLES[title][4])
    return Person(
        name=f"{family} {middle} {given}",
        sex="Nữ" if woman else "Nam",
        born_on=born,
        number=f"099{int(woman) + 2 * (born.year >= 2000)}{born.year % 100:02d}{serial:06d}",
        title=title,
        licence=licence,
        licence_issued_on=issued,
        licence_valid_to=valid_to,
        joined_on=date(max(2005, born.year + 23), dice.randint(1, 12), 1) if born.year < 2001 else date(2025, 9, 1),
    )


def _licence(dice: random.Random, serial: int, *, licensed: bool) -> tuple[date | None, date | None, str]:
    if not licensed or dice.random() < 0.03:
        return None, None, ""
    if dice.random() < 0.6:
        issued = date(2014, 1, 6) + timedelta(days=dice.randrange(0, 9 * 365))
        return issued, None, f"{serial:06d}/MH-CCHN"
    issued = date(2024, 2, 1) + timedelta(days=dice.randrange(0, 800))
    return issued, date(issued.year + 5, issued.month, min(issued.day, 28)), f"{serial:06d}/MH-GPHN"
