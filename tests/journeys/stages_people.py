"""Stages one to three: the staff list, the workforce review, hours of earlier years."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

from tests.journeys.acts import fill, follow, press, rows_of, stat, tick, told
from tests.journeys.walk import Walk

STATION, HOSPITAL = "Trạm Y tế xã An", "Bệnh viện Đa khoa Một"
STAFF_HEADINGS = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Chức danh", "Đơn vị công tác", "Loại hợp đồng",
    "Ngày vào đơn vị", "Số GPHN/CCHN", "Ngày cấp GPHN/CCHN", "Ngày hết hạn GPHN",
)  # fmt: skip
NAMES = (
    "Nguyễn Thị Hạnh", "Trần Văn Bình", "Lê Thị Lan", "Phạm Văn Dũng", "Hoàng Thị Mai", "Vũ Văn Khánh",
    "Đặng Thị Nga", "Bùi Văn Long", "Đỗ Thị Oanh", "Ngô Văn Phong", "Lý Thị Quỳnh", "Mai Văn Sơn",
)  # fmt: skip
TITLES = ("Y sĩ", "Điều dưỡng", "Bác sĩ", "Hộ sinh")
AT_STATION = 10
# Needs no licence and owes lessons each year: the ledger finds hours due.
OFFICER_OF_PUBLIC_HEALTH = 10
BY_FORM, BY_FILE = 24, 16
# What the first person of the list has before the class.
HOURS_BEFORE = BY_FORM + BY_FILE
ENTRY_HEADINGS = ("STT", "Số định danh cá nhân", "Họ và tên", "Ngày", "Hình thức", "Vai trò", "Số lượng", "Nội dung", "Đơn vị cấp", "Số chứng nhận")  # fmt: skip


def number_of(place: int) -> str:
    """The invented national number of the person in this place of the list."""
    return f"0990{place:02d}{place:06d}"


def send_staff_list(walk: Walk) -> None:
    """The department sends a list: preview, zeros given back, good rows taken, the broken one cleaned by hand."""
    officer = walk.desk("health_department")
    officer.keep("01-trang-chinh")
    officer.go("/nhan-luc/danh-sach/")
    follow(officer, "Gửi danh sách")
    fill(officer, {"Đơn vị": "Sở Y tế Một", "Tệp danh sách (.xlsx, .xls, .csv)": _staff_list(walk)})
    press(officer, "Gửi và xem trước")
    assert (stat(officer, "Dòng đúng, sẽ ghi"), stat(officer, "Dòng cần sửa")) == ("10", "2")
    officer.keep("02-xem-truoc-danh-sach")
    press(officer, "Khôi phục số 0 ở đầu", sure=True)
    assert (stat(officer, "Dòng đúng, sẽ ghi"), stat(officer, "Dòng cần sửa")) == ("11", "1")
    tick(officer, "nhận dòng đúng, giữ dòng lỗi lại để làm sạch")
    press(officer, "Thực hiện")
    officer.keep("03-ket-qua-nhan")
    follow(officer, "Làm sạch từng dòng")
    follow(officer, "Làm sạch")
    fill(officer, {"Ngày sinh": date(1988, 2, 28)})
    officer.keep("04-lam-sach-mot-dong")
    press(officer, "Nhận dòng này")
    told(officer, "Đã làm sạch và nhận dòng này.")
    told(officer, "Không còn dòng nào chờ làm sạch")


def _staff_list(walk: Walk) -> Path:
    """Twelve people under a title; Excel ate the zero of the second, the last was born on a day that never was."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Danh sách"
    sheet.append(["DANH SÁCH NHÂN LỰC Y TẾ (SỐ LIỆU THỬ)"])
    sheet.append([])
    sheet.append(STAFF_HEADINGS)
    issued = walk.today.replace(day=1) - timedelta(days=400)
    for place, name in enumerate(NAMES, start=1):
        born = "31/02/1988" if place == len(NAMES) else f"{place:02d}/03/{1970 + place}"
        number = int(number_of(place)) if place == 2 else number_of(place)
        licence = (f"{place:06d}/M1-GPHN", f"{issued:%d/%m/%Y}", f"{issued.replace(year=issued.year + 5):%d/%m/%Y}")
        title = TITLES[place % len(TITLES)]
        if place == OFFICER_OF_PUBLIC_HEALTH:
            title, licence = "Y tế công cộng", ("", "", "")
        sheet.append([
            place, name, born, "Nữ" if " Thị " in name else "Nam", number, title,
            STATION if place <= AT_STATION else HOSPITAL, "Biên chế", "01/09/2015", *licence,
        ])  # fmt: skip
    path = walk.folder / "nhan-luc.xlsx"
    book.save(path)
    return path


def review_workforce(walk: Walk) -> None:
    """The review counts the people of the list, unit by unit."""
    officer = walk.desk("health_department")
    officer.go("/ra-soat-nhan-luc/")
    officer.keep("05-ra-soat-nhan-luc")
    assert rows_of(officer, "Nhân lực và vị trí công tác") == [
        ["cấp ban đầu", str(AT_STATION), str(AT_STATION)],
        ["cấp cơ bản", str(len(NAMES) - AT_STATION), str(len(NAMES) - AT_STATION)],
    ]


def record_hours(walk: Walk) -> None:
    """The station records one activity by the form and three from a workbook; the standing says what counts and why."""
    station = walk.desk("station")
    station.go("/tin-chi/luot/")
    follow(station, "Ghi nhận")
    fill(
        station,
        {
            "Số định danh cá nhân hoặc số giấy phép hành nghề": number_of(1),
            "Ngày diễn ra (ngày kết thúc, nếu nhiều ngày)": walk.today - timedelta(days=90),
            "Tên khóa học, hội nghị, đề tài, tài liệu": "Cấp cứu cơ bản",
            "Hình thức": "khóa đào tạo, bồi dưỡng ngắn hạn",
            "Vai trò": "học viên",
            "Số lượng (tiết, buổi, tài liệu, năm…)": BY_FORM,
            "Đơn vị tổ chức hoặc cấp chứng nhận": HOSPITAL,
            "Số chứng nhận, chứng chỉ": "12/2026/BV",
        },
    )
    station.keep("06-ghi-nhan-mot-hoat-dong")
    press(station, "Ghi nhận")
    station.go("/tin-chi/nhap/")
    fill(station, {"Tệp .xlsx, .xls hoặc .csv": _entry_list(walk)})
    press(station, "Gửi và xem trước")
    station.keep("07-xem-truoc-luot-ghi-nhan")
    press(station, "Nhận cả tệp (3 dòng)")
    told(station, "Đã ghi nhận 3 dòng.")
    station.go("/tin-chi/")
    station.keep("08-ket-qua-tich-luy")
    follow(station, NAMES[0])
    station.keep("09-ket-qua-mot-nguoi")
    told(station, f"{HOURS_BEFORE} trên 120 giờ tín chỉ")
    told(station, "Cấp cứu cơ bản")
    told(station, "An toàn tiêm chủng")


def _entry_list(walk: Walk) -> Path:
    """Three earlier courses from the station's book."""
    book = Workbook()
    book.active.append(ENTRY_HEADINGS)
    for place in (1, 2, 3):
        on = walk.today - timedelta(days=100 + place)
        book.active.append([
            place, number_of(place), NAMES[place - 1], f"{on:%d/%m/%Y}", "khóa đào tạo, bồi dưỡng ngắn hạn", "học viên",
            BY_FILE, "An toàn tiêm chủng", HOSPITAL, f"S-{place}",
        ])  # fmt: skip
    path = walk.folder / "so-theo-doi.xlsx"
    book.save(path)
    return path
