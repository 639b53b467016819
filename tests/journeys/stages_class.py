"""Stages six to nine: a programme appraised, a class held, hours awarded, certificates issued and verified."""

from __future__ import annotations

from tests.journeys.acts import fill, follow, press, rows_of, send, tick, told
from tests.journeys.stages_plan import SCHOOL
from tests.journeys.walk import TITLE, Walk

LEARNERS = 8
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
    follow(member, TITLE)
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
    """The department opens the class from the plan line; the school publishes it, adds a lecturer and two sessions."""
    officer, school = walk.desk("health_department"), walk.desk("provider")
    officer.go(walk.notes["plan"])
    follow(officer, TITLE)
    walk.notes["line"] = officer.page.url
    follow(officer, "Mở lớp")
    fill(
        officer,
        {
            "Chương trình đã phê duyệt": f"{TITLE} (1)",
            "Ngày khai giảng": walk.today,
            "Ngày kết thúc": walk.today,
            "Địa điểm": "Hội trường Trường Cao đẳng Y tế Một",
        },
    )
    tick(
        officer,
        "Giấy chứng nhận cập nhật kiến thức y khoa liên tục (Thông tư 32/2023)",
        "Chứng chỉ đào tạo liên tục (Thông tư 22/2013)",
    )
    officer.keep("23-mo-lop-theo-ke-hoach")
    send(officer)
    told(officer, "Đã mở lớp theo kế hoạch.")
    school.go("/lop/")
    follow(school, TITLE)
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
