"""Stages six to nine: a programme appraised, a class held, hours awarded, certificates issued and verified."""

from __future__ import annotations

from tests.journeys.acts import download, fill, follow, follow_in, main_of, press, rows_of, send, tick, told
from tests.journeys.stages_people import NAMES
from tests.journeys.stages_plan import SCHOOL
from tests.journeys.walk import TITLE, Walk

WOMEN, MEN = NAMES[0:8:2], (*NAMES[1:6:2], NAMES[9])
LEARNERS = len(WOMEN) + len(MEN)
ABSENT = NAMES[1]
LESSONS = 8


def appraise_programme(walk: Walk) -> None:
    """The school drafts and submits, the department convenes a council, its member gives an opinion, the department decides."""
    school, officer, member = walk.desk("provider"), walk.desk("health_department"), walk.desk("council_member")
    school.go("/chuong-trinh/moi/")
    fill(
        school,
        {
            "Tên chương trình": TITLE,
            "Cơ sở đào tạo": SCHOOL,
            "Chủ đề": TITLE,
            "Mục tiêu": "Phát hiện, điều trị và theo dõi người tăng huyết áp tại tuyến ban đầu theo phác đồ.",
            "Số tiết lý thuyết": "4",
            "Số tiết thực hành": "4",
            "Tỷ lệ buổi học tối thiểu (%)": 80,
            "Khảo sát nhu cầu": "Khảo sát các Trạm Y tế trong tỉnh.",
        },
    )
    tick(
        school,
        "Người hành nghề (giờ tín chỉ, Thông tư 32/2023)",
        "Nhân viên y tế khác (tiết, Thông tư 22/2013)",
        "y sỹ",
        "điều dưỡng",
        "bác sỹ",
    )
    school.keep("20-soan-chuong-trinh")
    press(school, "Lưu bản soạn")
    follow(school, "Phiên bản 1")
    press(school, "Trình thẩm định", sure=True)
    officer.go("/chuong-trinh/hoi-dong/")
    follow(officer, "Lập hội đồng")
    fill(
        officer,
        {
            "Tên hội đồng": "Hội đồng thẩm định cấp tỉnh",
            "Cơ quan thành lập": "Sở Y tế Một",
            "Cấp hội đồng": "Hội đồng cấp tỉnh",
            "Số quyết định thành lập": "12/QĐ-SYT",
            "Chủ tịch": "Người dùng council_member",
        },
    )
    send(officer)
    told(officer, "Đã lập hội đồng thẩm định.")
    officer.go("/chuong-trinh/tham-dinh/")
    follow(officer, "Giao hội đồng")
    fill(officer, {"Hội đồng thẩm định": "Hội đồng thẩm định cấp tỉnh"})
    send(officer)
    walk.notes["appraisal"] = officer.page.url
    member.go("/chuong-trinh/tham-dinh/")
    follow(member, f"{TITLE} (1)")
    follow(member, "Ghi phiếu nhận xét")
    tick(member, "Thông qua, đề nghị ban hành")
    fill(member, {"Nhận xét": "Đạt yêu cầu."})
    member.keep("21-phieu-nhan-xet")
    press(member, "Ghi phiếu")
    officer.go(walk.notes["appraisal"])
    follow(officer, "Quyết định kết quả")
    tick(officer, "Thông qua, đề nghị ban hành")
    fill(officer, {"Số quyết định ban hành": "15/QĐ-SYT"})
    press(officer, "Ghi kết quả")
    told(officer, "15/QĐ-SYT")
    officer.keep("22-ket-qua-tham-dinh")


def open_class(walk: Walk) -> None:
    """The school opens the class, publishes it, adds a lecturer and two sessions; the department counts it to the line."""
    officer, school = walk.desk("health_department"), walk.desk("provider")
    school.go("/lop/moi/")
    fill(
        school,
        {
            "Đơn vị tổ chức": SCHOOL,
            "Tên khóa, hội nghị": TITLE,
            "Chương trình đã ban hành": f"{TITLE} (1) – {SCHOOL}",
            "Ngày khai giảng": walk.today,
            "Ngày kết thúc": walk.today,
            "Địa điểm": "Hội trường Trường Cao đẳng Y tế Một",
            "Số chỗ": 10,
        },
    )
    tick(
        school,
        "Giấy chứng nhận cập nhật kiến thức y khoa liên tục (Thông tư 32/2023)",
        "Chứng chỉ đào tạo liên tục (Thông tư 22/2013)",
    )
    school.keep("23-mo-khoa")
    press(school, "Lưu khóa")
    told(school, "Đã lưu khóa.")
    walk.notes["run"] = school.page.url
    follow(school, "Công khai")
    fill(school, {"Ngày công khai kế hoạch và mức thu": walk.today})
    send(school)
    follow(school, "Buổi học, giảng viên")
    follow(school, "Thêm giảng viên")
    fill(school, {"Họ và tên": "BSCKII Nguyễn Văn Giảng", "Kinh nghiệm liên tục về nội dung giảng dạy (tháng)": 96})
    send(school)
    for starts, ends in (("08:00", "11:30"), ("13:30", "17:00")):
        follow(school, "Thêm buổi")
        fill(
            school,
            {
                "Ngày": walk.today,
                "Bắt đầu": starts,
                "Kết thúc": ends,
                "Số tiết": LESSONS // 2,
                "Giảng viên": "BSCKII Nguyễn Văn Giảng",
            },
        )
        send(school)
    school.keep("24-buoi-hoc")
    assert len(rows_of(school, "Buổi học")) == 2
    officer.go(walk.notes["plan"])
    follow(officer, TITLE)
    follow(officer, "Gắn lớp đã mở")
    fill(officer, {"Lớp đã mở về chủ đề này": TITLE})
    send(officer)
    told(officer, "Đã gắn lớp với dòng kế hoạch.")
    officer.keep("25-dong-ke-hoach-co-lop")


def hold_class(walk: Walk) -> None:
    """The station sends eight people, the school marks who came to which session and finishes the class."""
    station, school = walk.desk("station"), walk.desk("provider")
    station.go("/lop/lich-mo-lop/")
    station.keep("25-lich-mo-lop")
    follow(station, "Cử người")
    for part, chosen in (("Thị", WOMEN), ("Văn", MEN)):
        fill(station, {"Họ tên hoặc số định danh": part})
        press(station, "Tìm")
        for name in chosen:
            main_of(station).get_by_role("row", name=name).get_by_role("checkbox").check()
        station.keep(f"26-cu-nguoi-{len(part)}")
        press(station, "Ghi danh những người đã chọn")
    school.go(f"{walk.notes['run']}?tab=sessions")
    follow_in(school, "Buổi học", "Điểm danh", 0)
    press(school, "Ghi, ai chưa chọn thì coi là có mặt")
    told(school, "Đã ghi điểm danh.")
    school.go(f"{walk.notes['run']}?tab=sessions")
    follow_in(school, "Buổi học", "Điểm danh", 1)
    fill(school, {ABSENT: "Vắng"})
    school.keep("27-diem-danh")
    press(school, "Ghi, ai chưa chọn thì coi là có mặt")
    school.go(f"{walk.notes['run']}?tab=attendance")
    school.keep("28-bang-diem-danh")
    press(school, "Kết thúc khóa", sure=True)
    told(school, "Đã kết thúc khóa và chốt giờ của từng người.")
    school.keep("29-khoa-da-ket-thuc")


def award_hours(walk: Walk) -> None:
    """The school enters the frozen hours of those who completed into the ledger."""
    school = walk.desk("provider")
    school.go("/tin-chi/khoa/")
    follow(school, TITLE)
    press(school, f"Ghi nhận cho {LEARNERS - 1} người")
    school.keep("30-ghi-nhan-gio")
    names = {row[0] for row in rows_of(school, "Người hoàn thành") if row[-1] == "đã ghi nhận"}
    assert names == {*WOMEN, *MEN} - {ABSENT}


def issue_certificates(walk: Walk) -> None:
    """Certificates are issued, one is opened as PDF, and a stranger verifies its code."""
    school, visitor = walk.desk("provider"), walk.visitor()
    school.go(walk.notes["run"])
    follow(school, "Cấp giấy")
    fill(
        school,
        {
            "Ngày cấp": walk.today,
            "Địa danh": "Tỉnh Một",
            "Chức vụ người ký": "HIỆU TRƯỞNG",
            "Họ tên người ký": "Nguyễn Văn Hiệu",
        },
    )
    school.keep("31-cap-giay")
    press(school, "Cấp giấy", sure=True)
    papers = rows_of(school, "Giấy đã cấp")
    assert len(papers) == LEARNERS - 1
    school.keep("32-giay-da-cap")
    follow(school, papers[0][0])
    school.keep("33-mot-giay")
    assert download(school, "Mở PDF").startswith(b"%PDF-")
    code = main_of(school).locator("dd a code").inner_text()
    visitor.go("/lop/xac-minh/")
    fill(visitor, {"Mã xác minh in trên giấy": code})
    press(visitor, "Xác minh")
    told(visitor, "Giấy có hiệu lực")
    told(visitor, papers[0][1])
    visitor.keep("34-xac-minh-cong-khai")
