"""Stages of the workforce journey: a real list, its repair, one person entered twice, the review signed off, the brief,
and the worker's own explanation on a phone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Locator, expect

from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from tests.journeys.acts import (
    download,
    field,
    fill,
    fits,
    follow,
    main_of,
    press,
    rows_of,
    send,
    stat,
    tick,
    told,
)
from tests.journeys.conftest import Person
from tests.journeys.quirky_list import (
    BROKEN,
    GOOD,
    HOSPITAL,
    NO_DAY,
    NO_TITLE,
    PEOPLE,
    READER,
    STATION,
    TWICE,
    ZEROS_LOST,
    quirky_list,
)
from tests.journeys.walk import Walk
from tests.office import as_pdf, converted, pages_of, text_of

GOOD_LABEL, BAD_LABEL = "Dòng đúng, sẽ ghi", "Dòng cần sửa"
LISTS = "/nhan-luc/danh-sach/"
COUNTED, OLD = 16, 24
COURSE, OLD_COURSE = "Cấp cứu cơ bản", "An toàn tiêm chủng"


def preview_the_list(walk: Walk) -> None:
    """The department sends the workbook; rows that lost zeros are mended with one click."""
    officer = walk.desk("health_department")
    _send(walk, officer, "nhan-luc-2026.xlsx", quirky_list())
    assert (stat(officer, GOOD_LABEL), stat(officer, BAD_LABEL)) == (str(GOOD - ZEROS_LOST), str(BROKEN + ZEROS_LOST))
    told(officer, f"{ZEROS_LOST} số định danh đã mất số 0 ở đầu")
    officer.keep("w01-xem-truoc-danh-sach-that")
    press(officer, "Khôi phục số 0 ở đầu", sure=True)
    assert (stat(officer, GOOD_LABEL), stat(officer, BAD_LABEL)) == (str(GOOD), str(BROKEN))
    told(officer, NO_DAY)


def _send(walk: Walk, officer: Person, name: str, content: bytes) -> None:
    path = walk.folder / name
    path.write_bytes(content)
    officer.go(LISTS)
    follow(officer, "Gửi danh sách")
    fill(officer, {"Đơn vị": "Sở Y tế Một", "Tệp danh sách (.xlsx, .xls, .csv)": Path(path)})
    press(officer, "Gửi và xem trước")


def park_two_rows(walk: Walk) -> None:
    """Good rows are taken and two parked; one is cleaned by hand, the other given up with a reason."""
    officer = walk.desk("health_department")
    tick(officer, "nhận dòng đúng, giữ dòng lỗi lại để làm sạch")
    press(officer, "Thực hiện")
    officer.keep("w02-da-nhan-dong-dung")
    follow(officer, "Làm sạch từng dòng")
    assert len(rows_of(officer, "Dòng chưa làm sạch")) == BROKEN
    officer.keep("w03-dong-chua-lam-sach")
    _row_of(officer, "31/02/1988").get_by_role("link", name="Làm sạch").click()
    expect(field(officer, "Họ và tên")).to_have_value(NO_DAY)
    fill(officer, {"Ngày sinh": date(1988, 2, 28)})
    press(officer, "Nhận dòng này")
    told(officer, "Đã làm sạch và nhận dòng này.")
    _row_of(officer, "???").get_by_role("link", name="Bỏ qua").click()
    told(officer, NO_TITLE)
    fill(officer, {"Lý do": "Không còn làm việc tại Trạm"})
    send(officer)
    told(officer, "Không còn dòng nào chờ làm sạch")


def _row_of(officer: Person, text: str) -> Locator:
    return main_of(officer).locator("tbody tr").filter(has_text=text)


def send_the_old_format(walk: Walk) -> None:
    """The same list saved as Excel 97 by LibreOffice: the same people, nothing to write."""
    officer = walk.desk("health_department")
    old = converted(quirky_list(), "nhan-luc-2026-cu.xlsx", walk.folder, "xls").read_bytes()
    _send(walk, officer, "nhan-luc-2026.xls", old)
    press(officer, "Khôi phục số 0 ở đầu", sure=True)
    assert (stat(officer, GOOD_LABEL), stat(officer, "Dòng không thay đổi"), stat(officer, BAD_LABEL)) == (
        "0",
        str(GOOD),
        str(BROKEN),
    )
    officer.keep("w04-gui-lai-tep-xls")
    tick(officer, "từ chối cả tệp")
    press(officer, "Thực hiện")


def merge_who_is_there_twice(walk: Walk) -> None:
    """The finder brings up one woman with two records; side by side they become one."""
    officer = walk.desk("health_department")
    officer.go("/nhan-luc/nguoi/nghi-trung/")
    for _ in range(30):
        if main_of(officer).get_by_role("link", name="So sánh", exact=True).count():
            break
        officer.page.wait_for_timeout(1000)
        officer.page.reload()
    told(officer, TWICE)
    officer.keep("w05-ho-so-nghi-trung")
    follow(officer, "So sánh")
    officer.keep("w06-so-sanh-hai-ho-so")
    fill(officer, {"Lý do, căn cứ": "Đối chiếu căn cước công dân"})
    press(officer, "Gộp thành một người")
    told(officer, "Đã gộp hai hồ sơ.")
    told(officer, STATION)
    told(officer, HOSPITAL)
    officer.keep("w07-ho-so-da-gop")
    officer.go("/nhan-luc/nguoi/nghi-trung/")
    told(officer, "Không có cặp hồ sơ nào")


def freeze_the_review(walk: Walk) -> None:
    """The review counts the merged woman once; its figures are signed off and match their digest."""
    officer = walk.desk("health_department")
    officer.go("/ra-soat-nhan-luc/")
    assert stat(officer, "Nhân lực y tế") == str(PEOPLE)
    officer.keep("w08-ra-soat-nhan-luc")
    follow(officer, "Chốt số liệu")
    fill(officer, {"Chức vụ người ký": "Giám đốc", "Họ và tên người ký": "Lê Thị Sở"})
    officer.keep("w09-chot-so-lieu")
    press(officer, "Chốt số liệu", sure=True)
    told(officer, "Đã chốt số liệu.")
    told(officer, "số liệu và danh sách đúng như lúc ký")
    assert stat(officer, "Nhân lực y tế") == str(PEOPLE)
    officer.keep("w10-so-lieu-da-chot")


def export_the_brief(walk: Walk) -> None:
    """The brief for leaders: read, one decision changed, opened by LibreOffice as one page."""
    officer = walk.desk("health_department")
    officer.go("/ra-soat-nhan-luc/")
    follow(officer, "Báo cáo một trang")
    officer.keep("w11-bao-cao-mot-trang")
    decision = "Giao Bệnh viện Đa khoa Một hỗ trợ hai trạm y tế trong quý tới."
    fill(officer, {"Quyết định 3": decision, "Kính gửi": "Ủy ban nhân dân tỉnh Một"})
    with officer.page.expect_download() as coming:
        main_of(officer).get_by_role("button", name="Tải báo cáo Word", exact=True).click()
    pdf = as_pdf(Path(coming.value.path()).read_bytes(), "bao-cao.docx", walk.folder)
    assert pages_of(pdf) == 1
    words = " ".join(text_of(pdf).split())
    assert decision in words
    assert "Nhân lực y tế" in words


def record_two_courses(walk: Walk) -> None:
    """The station links the woman's account and records a course that counts and one of long ago that does not."""
    station = walk.desk("station")
    worker = HealthWorker.objects.unscoped(WhyUnscoped.SETUP).get(full_name=READER)
    station.go(f"/nhan-luc/nguoi/{worker.public_id}/tai-khoan/")
    fill(station, {"Tên đăng nhập": "health_worker"})
    send(station)
    told(station, "Đã gắn tài khoản.")
    for title, days, lessons in ((COURSE, 60, COUNTED), (OLD_COURSE, 8 * 366, OLD)):
        station.go(f"/tin-chi/nguoi/{worker.public_id}/ghi/")
        fill(
            station,
            {
                "Ngày diễn ra (ngày kết thúc, nếu nhiều ngày)": walk.today - timedelta(days=days),
                "Tên khóa học, hội nghị, đề tài, tài liệu": title,
                "Hình thức": "khóa đào tạo, bồi dưỡng ngắn hạn",
                "Vai trò": "học viên",
                "Số lượng (tiết, buổi, tài liệu, năm…)": lessons,
                "Đơn vị tổ chức hoặc cấp chứng nhận": HOSPITAL,
                "Số chứng nhận, chứng chỉ": f"{lessons}/BV",
            },
        )
        press(station, "Ghi nhận")
    walk.notes["worker"] = str(worker.public_id)


def read_the_explanation(walk: Walk) -> None:
    """On an old phone: what counted, what did not and why, by which article, what is missing and until when."""
    phone = walk.phone("health_worker")
    phone.sign_in("health_worker")
    phone.go("/toi/")
    fits(phone)
    told(phone, f"{COUNTED} trên 120 giờ tín chỉ")
    phone.keep("w12-dien-thoai-trang-cua-toi")
    follow(phone, "Xem từng lượt ghi nhận")
    fits(phone)
    phone.keep("w13-dien-thoai-giai-thich")
    counted, left_out = _lines(phone, "Được tính"), _lines(phone, "Không được tính")
    assert [COURSE in row[0] for row in counted] == [True]
    assert [OLD_COURSE in row[0] for row in left_out] == [True]
    assert "Điều" in counted[0][-1]
    assert "ngoài" in left_out[0][-1].lower(), left_out
    told(phone, "Còn thiếu")
    told(phone, "Hạn")


def _lines(phone: Person, table: str) -> list[list[str]]:
    """The cells of one of two tables whose names are alike."""
    rows = main_of(phone).get_by_role("region", name=table, exact=True).locator("tbody tr").all()
    return [[cell.inner_text().strip() for cell in row.locator("th, td").all()] for row in rows]


def print_the_statement(walk: Walk) -> None:
    """From the phone: the statement with its code, one page, and the code opens for whoever holds the paper."""
    phone = walk.desks["health_worker"]
    press(phone, "Lập bảng tổng hợp")
    fits(phone)
    phone.keep("w14-dien-thoai-bang-tong-hop")
    pdf = walk.folder / "bang-in.pdf"
    pdf.write_bytes(download(phone, "Tải PDF để ký"))
    words = " ".join(text_of(pdf).split())
    assert pages_of(pdf) == 1
    assert READER in words
    assert COURSE in words
    code = main_of(phone).locator("dd a").inner_text()
    assert code in words.replace(" ", "")
    word = as_pdf(download(phone, "Tải Word"), "bang.docx", walk.folder)
    assert pages_of(word) == 1
    assert code in "".join(text_of(word).split())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text_of(word)
    visitor = walk.visitor()
    visitor.go(f"/tin-chi/kiem-tra-bang/{code}/")
    told(visitor, READER)
    fits(visitor)
