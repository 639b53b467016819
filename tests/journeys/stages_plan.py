"""Stages four and five: needs gathered, a plan with money drawn up, improved, submitted and approved."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import expect

from tests.journeys.acts import fill, follow, main_of, press, rows_of, send, stat, tick, told
from tests.journeys.conftest import Person
from tests.journeys.stages_people import HOSPITAL, STATION
from tests.journeys.walk import TITLE, Walk

SOURCE = "Ngân sách tỉnh"
SCHOOL = "Trường Cao đẳng Y tế Một"
HEADINGS = "Nội dung\tChủ đề\tĐối tượng\tSố lớp\tSố người\tThời gian\tĐơn vị thực hiện\tKinh phí\tNguồn"
GOOD = f"{TITLE}\tncd.hypertension\tNhân viên Trạm Y tế\t1\t10\tQuý I - IV\t{SCHOOL}\t24.000.000\t{SOURCE}"
INFECTION = "Kiểm soát nhiễm khuẩn"
WRONG = f"{INFECTION}\tnursing.infection\tĐiều dưỡng\t1\thai\tQuý I - IV\t{SCHOOL}\t15.000.000\t{SOURCE}"


def gather_needs(walk: Walk) -> None:
    """A station and a hospital ask for courses; the department draws more from the ledger and accepts the requests."""
    station, hospital = walk.desk("station"), walk.desk("training_office")
    _raise_need(station, STATION, TITLE, 8, "Trạm chưa quản lý đủ người bệnh tăng huyết áp trên địa bàn.")
    station.keep("10-nhu-cau-da-neu")
    _raise_need(station, STATION, INFECTION, 2, "Chưa ai được tập huấn kiểm soát nhiễm khuẩn.")
    _raise_need(hospital, HOSPITAL, INFECTION, 2, "Thay đổi quy trình khử khuẩn.")
    officer = walk.desk("health_department")
    officer.go("/ke-hoach/nhu-cau/")
    press(officer, "Tổng hợp từ các căn cứ")
    told(officer, "Đã tổng hợp nhu cầu từ các căn cứ.")
    officer.keep("11-nhu-cau")
    grounds = [row[3] for row in rows_of(officer, "Danh sách nhu cầu")]
    assert sorted(grounds) == ["Còn thiếu giờ", "Đơn vị đề xuất", "Đơn vị đề xuất", "Đơn vị đề xuất"]
    for topic in (TITLE, INFECTION, INFECTION):
        accept_need(officer, topic)
    officer.keep("12-nhu-cau-da-tiep-nhan")


def _raise_need(person: Person, unit: str, topic: str, persons: int, why: str) -> None:
    person.go("/ke-hoach/nhu-cau/")
    follow(person, "Đề xuất nhu cầu")
    fill(person, {"Đơn vị": unit, "Chủ đề cần đào tạo": topic, "Số người": persons, "Lý do, nội dung cần học": why})
    send(person)
    told(person, why)


def accept_need(officer: Person, topic: str) -> None:
    """Accept the most urgent raised need on a topic."""
    officer.go("/ke-hoach/nhu-cau/")
    fill(officer, {"Tình trạng": "đã nêu"})
    press(officer, "Lọc")
    follow(officer, topic)
    follow(officer, "Tiếp nhận")
    send(officer)
    told(officer, "Đã tiếp nhận nhu cầu.")


def draw_up_plan(walk: Walk) -> None:
    """A source, an empty plan, lines pasted with one that is wrong, mended, taken, improved by the button, adopted."""
    officer = walk.desk("health_department")
    officer.go("/ke-hoach/nguon/moi/")
    fill(
        officer,
        {
            "Đơn vị quản lý": "Sở Y tế Một",
            "Tên nguồn": SOURCE,
            "Loại nguồn": "ngân sách địa phương",
            "Mức kinh phí (đồng)": "100.000.000",
            "Từ ngày": date(walk.today.year, 1, 1),
        },
    )
    send(officer)
    told(officer, "Đã thêm nguồn kinh phí.")
    officer.go("/ke-hoach/moi/")
    title = f"Kế hoạch đào tạo liên tục năm {walk.today.year}"
    fill(
        officer,
        {
            "Đơn vị lập kế hoạch": "Sở Y tế Một",
            "Năm (năm đầu)": walk.today.year,
            "Tên kế hoạch": title,
            "Cơ quan tài chính góp ý kinh phí": "Sở Tài chính Một",
        },
    )
    send(officer)
    told(officer, "Kế hoạch chưa có dòng nào")
    walk.notes["plan"] = officer.page.url
    follow(officer, "Dán từ Excel")
    box = "Dán các dòng từ Excel (cả dòng tiêu đề)"
    fill(officer, {box: "\n".join((HEADINGS, GOOD, WRONG))})
    press(officer, "Kiểm tra")
    assert (stat(officer, "Dòng đúng"), stat(officer, "Dòng cần sửa")) == ("1", "1")
    officer.keep("13-dan-dong-co-loi")
    officer.go(walk.notes["plan"])
    follow(officer, "Dán từ Excel")
    fill(officer, {box: "\n".join((HEADINGS, GOOD, WRONG.replace("hai", "2")))})
    press(officer, "Kiểm tra")
    assert (stat(officer, "Dòng đúng"), stat(officer, "Dòng cần sửa")) == ("2", "0")
    press(officer, "Nhận vào kế hoạch")
    told(officer, "Đã nhận 2 dòng.")
    officer.keep("14-ke-hoach-du-thao")
    follow(officer, TITLE)
    follow(officer, "Sửa")
    tick(officer, "Giữ nguyên dòng này khi tính phương án")
    send(officer)
    told(officer, "Đã lưu dòng kế hoạch.")
    press(officer, "Tính phương án tốt hơn")
    officer.keep("15-dang-tinh-phuong-an")
    main = main_of(officer)
    better = main.get_by_role("button", name="Áp dụng phương án", exact=True)
    worse = main.get_by_role("button", name="Vẫn áp dụng", exact=True)
    expect(better.or_(worse)).to_be_visible(timeout=60_000)
    officer.keep("16-phuong-an")
    if worse.is_visible():
        fill(officer, {"Lý do vẫn áp dụng": "Kế hoạch đang vượt mức của nguồn."})
        press(officer, "Vẫn áp dụng")
    else:
        press(officer, "Áp dụng phương án", sure=True)
    told(officer, "Đã áp dụng phương án vào kế hoạch.")
    told(officer, TITLE)


def approve_plan(walk: Walk) -> None:
    """Submitted; finance comments on the money; the People's Committee approves."""
    officer, finance = walk.desk("health_department"), walk.desk("finance_department")
    committee = walk.desk("provincial_committee")
    officer.go(walk.notes["plan"])
    follow(officer, "Trình")
    press(officer, "Trình kế hoạch")
    told(officer, "Đã trình kế hoạch.")
    finance.go(walk.notes["plan"])
    follow(finance, "Góp ý kinh phí")
    fill(finance, {"Ý kiến về kinh phí": "Nhất trí mức dự toán."})
    finance.keep("17-gop-y-kinh-phi")
    press(finance, "Gửi ý kiến")
    told(finance, "Nhất trí mức dự toán.")
    committee.go("/")
    committee.keep("18-trang-chinh-uy-ban")
    committee.go(walk.notes["plan"])
    follow(committee, "Phê duyệt")
    fill(committee, {"Số quyết định": "99/QĐ-UBND"})
    press(committee, "Phê duyệt")
    told(committee, "Đã phê duyệt kế hoạch.")
    committee.keep("19-ke-hoach-da-phe-duyet")
