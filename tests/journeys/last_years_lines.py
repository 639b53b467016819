"""Last year's plan as an officer copies it from Excel: sixty lines, eight of them with a cell that is not right."""

from __future__ import annotations

from collections.abc import Mapping

STATE, PROJECT = "Ngân sách tỉnh", "Dự án y tế cơ sở"
HEADINGS = (
    "TT",
    "Nội dung",
    "Chủ đề",
    "Đối tượng",
    "Số lớp",
    "Số người",
    "Thời gian",
    "Đơn vị thực hiện",
    "Kinh phí",
    "Nguồn",
)
PERFORMERS = ("Trường Cao đẳng Y tế Một", "Bệnh viện Đa khoa Một", "Bệnh viện Phổi Một")
# Code, name in both languages, family, million đồng a class.
TOPICS = (
    ("ncd.hypertension", "Quản lý tăng huyết áp tại Trạm Y tế", "Hypertension at the station", "clinical", 18),
    ("ncd.diabetes", "Quản lý đái tháo đường tuyến cơ sở", "Diabetes at the first level", "clinical", 18),
    ("emergency.basic", "Cấp cứu ban đầu", "First emergency care", "emergency", 24),
    ("emergency.child", "Hồi sức sơ sinh", "Newborn resuscitation", "emergency", 30),
    ("maternal.birth", "Đỡ đẻ thường và chăm sóc thiết yếu", "Normal birth", "maternal_child", 30),
    ("nursing.infection", "Kiểm soát nhiễm khuẩn", "Infection control", "nursing", 15),
    ("nursing.wound", "Chăm sóc vết thương", "Wound care", "nursing", 12),
    ("pharmacy.safe", "Sử dụng kháng sinh hợp lý", "Rational use of antibiotics", "pharmacy", 12),
    ("prevention.vaccine", "An toàn tiêm chủng", "Safe vaccination", "prevention", 15),
    ("prevention.outbreak", "Giám sát và đáp ứng dịch", "Outbreak surveillance", "prevention", 21),
    ("mental.depression", "Phát hiện sớm trầm cảm", "Early signs of depression", "clinical", 15),
    ("elderly.care", "Chăm sóc người cao tuổi tại nhà", "Home care of the elderly", "nursing", 12),
    ("imaging.ultrasound", "Siêu âm tổng quát cơ bản", "Basic ultrasound", "diagnostics", 36),
    ("lab.basic", "Xét nghiệm cơ bản tại trạm", "Basic laboratory work", "diagnostics", 18),
    ("child.nutrition", "Dinh dưỡng trẻ em", "Child nutrition", "prevention", 12),
    ("tb.treatment", "Quản lý điều trị lao", "Tuberculosis treatment", "clinical", 15),
    ("rehab.basic", "Phục hồi chức năng dựa vào cộng đồng", "Community rehabilitation", "clinical", 21),
    ("digital.record", "Bệnh án điện tử", "Electronic records", "management", 9),
    ("law.prescription", "Kê đơn thuốc ngoại trú", "Outpatient prescribing", "pharmacy", 9),
    ("teaching.method", "Phương pháp dạy học y học", "Teaching methods", "management", 15),
)  # fmt: skip
COUNT = len(TOPICS) * len(PERFORMERS)
PERSONS = 12
MONEY = len(PERFORMERS) * sum(row[-1] for row in TOPICS) * 1_000_000

# By line number: the heading of the cell, what stands in it, what the cell is called on the page, what is right.
WRONG: Mapping[int, tuple[str, str, str, str]] = {
    3: ("Số người", "hai mươi", "số người", str(PERSONS)),
    11: ("Nguồn", "Ngân sách trung ương", "nguồn", STATE),
    18: ("Kinh phí", "mười lăm triệu", "kinh phí", "15 triệu"),
    27: ("Thời gian", "Quý V", "thời gian (quý)", "Quý IV"),
    34: ("Số lớp", "một", "số lớp", "1"),
    42: ("Số người", "0", "số người", str(PERSONS)),
    51: ("Kinh phí", "", "kinh phí", "21.000.000"),
}
# The topic of this line is misspelt and chosen from what is proposed.
MISSPELT, MISSPELT_AS = 57, "Kê đơn thuốc ngoại chú"


def last_years_lines() -> str:
    """Headings and sixty lines as they come out of a sheet, tabs between the cells."""
    rows = [HEADINGS, *(_row(number) for number in range(1, COUNT + 1))]
    return "\n".join("\t".join(row) for row in rows)


def topic_of(number: int) -> tuple[str, str, str, str, int]:
    """The topic a line is on; three lines follow each other on the same one."""
    return TOPICS[(number - 1) // len(PERFORMERS)]


def _row(number: int) -> tuple[str, ...]:
    _, name, _, family, million = topic_of(number)
    cells = {
        "TT": str(number),
        "Nội dung": f"{name}, lớp {number}",
        "Chủ đề": MISSPELT_AS if number == MISSPELT else name,
        "Đối tượng": "Bác sĩ, y sĩ, điều dưỡng",
        "Số lớp": "1",
        "Số người": str(PERSONS),
        "Thời gian": ("Quý I - II", "Tháng 4-9", "Cả năm")[number % 3],
        "Đơn vị thực hiện": PERFORMERS[number % len(PERFORMERS)],
        "Kinh phí": f"{million}.000.000",
        "Nguồn": PROJECT if family in {"emergency", "maternal_child"} else STATE,
    }
    if number in WRONG:
        heading, text, *_ = WRONG[number]
        cells[heading] = text
    if number == MISSPELT:
        cells["Nội dung"] = f"Lớp {number} theo đề nghị của các đơn vị"
    return tuple(cells.values())
