"""Stages of the planning journey, second half: submitted, opinions, returned, approved, papers, a person named."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.acts import download, fill, fits, follow, main_of, press, rows_of, send, tick, told
from tests.journeys.conftest import Person
from tests.journeys.last_years_lines import STATE
from tests.journeys.stages_planning import BOX, OWN_MONEY, PATIENCE, counts_of, vnd_of
from tests.journeys.walk import Walk
from tests.office import converted

PAPERS = (
    "Tờ trình (Word)",
    "Kế hoạch (Word)",
    "Thuyết minh dự toán theo định mức (Word)",
    "Bảng tổng hợp ý kiến (Word)",
    "Dự thảo Quyết định phê duyệt (Word)",
)
PLAIN = "txt:Text (encoded):UTF8"
SUM = re.compile(r"Tổng kinh phí đề nghị: ([\d.]+) đ \(Bằng chữ: ([^)]+)\)\.")
WISHES, AGREES, TAKEN = "đề nghị sửa", "thống nhất", "tiếp thu"
WISH = "Đề nghị thêm hai chỗ về tăng huyết áp cho Trạm Y tế xã An."
RETURNED = "Bổ sung giải trình việc mở lớp trong mùa mưa bão."
WHY = "Đợt riêng cho người mới tuyển."
HOSPITAL_PLAN = "Kế hoạch đào tạo của Bệnh viện Đa khoa Một"
OWN_LINE = "\n".join(
    (
        "Nội dung\tChủ đề\tĐối tượng\tSố lớp\tSố người\tThời gian\tĐơn vị thực hiện\tKinh phí\tNguồn\tLý do",
        f"Cấp cứu ban đầu\tCấp cứu ban đầu\tĐiều dưỡng\t1\t20\tQuý II\tTrường Trung cấp Y Một\t12.000.000\t{OWN_MONEY}\t{WHY}",
    )
)


def choose_missing_sources(walk: Walk) -> None:
    """A line that two sources paid together names one of them before the plan is submitted."""
    officer = walk.desk("health_department")
    officer.go(f"{walk.notes['plan']}?source=-")
    for title in [row[0].splitlines()[0] for row in _lines(officer)]:
        follow(officer, title)
        follow(officer, "Sửa")
        fill(officer, {"Nguồn kinh phí": STATE})
        send(officer)
        told(officer, "Đã lưu dòng kế hoạch.")
        officer.go(f"{walk.notes['plan']}?source=-")
    assert _lines(officer) == []
    officer.go(walk.notes["plan"])


def _lines(officer: Person) -> list[list[str]]:
    region = main_of(officer).get_by_role("region", name="Các dòng kế hoạch")
    return rows_of(officer, "Các dòng kế hoạch") if region.count() else []


def submit(walk: Walk) -> None:
    """Submitted, with finance, home affairs and every commune asked for their opinion."""
    officer = walk.desk("health_department")
    follow(officer, "Trình")
    officer.keep("p10-trinh")
    press(officer, "Trình kế hoạch")
    told(officer, "Đã trình kế hoạch.")
    follow(officer, "Ý kiến và trả lời")
    walk.notes["opinions"] = officer.page.url
    follow(officer, "Lấy ý kiến")
    tick(officer, "Mọi UBND xã trong tỉnh", "Sở Tài chính Một")
    fill(officer, {"Cơ quan không có tài khoản, mỗi dòng một tên (ví dụ: Sở Nội vụ)": "Sở Nội vụ"})
    send(officer)
    told(officer, "Đã gửi lấy ý kiến.")


def give_opinions(walk: Walk) -> None:
    """A commune wishes a change, finance agrees to the money, home affairs answers on paper."""
    commune = walk.desk("commune_committee")
    commune.go("/ke-hoach/gop-y/")
    main_of(commune).get_by_role("region", name="Kế hoạch được lấy ý kiến").get_by_role("link").first.click()
    told(commune, "Góp ý kế hoạch")
    tick(commune, WISHES)
    fill(commune, {"Nội dung góp ý": WISH})
    commune.keep("p11-xa-gop-y")
    press(commune, "Gửi ý kiến")
    told(commune, "Đã gửi ý kiến.")
    finance = walk.desk("finance_department")
    finance.go(walk.notes["plan"])
    follow(finance, "Góp ý kinh phí")
    fill(finance, {"Ý kiến về kinh phí": "Nhất trí mức dự toán."})
    press(finance, "Gửi ý kiến")
    officer = walk.desk("health_department")
    officer.go(walk.notes["opinions"])
    follow(officer, "Ghi ý kiến bằng văn bản")
    fill(officer, {"Cơ quan góp ý": "Sở Nội vụ", "Số văn bản góp ý": "15/SNV-TC"})
    tick(officer, AGREES)
    send(officer)
    told(officer, "Đã ghi ý kiến góp ý.")


def return_and_answer(walk: Walk) -> None:
    """The committee returns the plan with a comment; it does not go on before each comment is answered."""
    committee, officer = walk.desk("provincial_committee"), walk.desk("health_department")
    committee.go(walk.notes["plan"])
    follow(committee, "Trả lại")
    fill(committee, {"Nội dung cần hoàn thiện": RETURNED})
    press(committee, "Trả lại")
    told(committee, "Đã trả lại kế hoạch.")
    officer.go(walk.notes["plan"])
    told(officer, "trả lại để hoàn thiện")
    follow(officer, "Trình")
    told(officer, "Cần hoàn thiện trước khi trình")
    officer.go(walk.notes["opinions"])
    told(officer, "Còn 2 ý kiến chưa trả lời.")
    officer.keep("p12-y-kien-cho-tra-loi")
    for comment, answer in (
        (WISH, "Đã bổ sung hai chỗ trong năm sau."),
        (RETURNED, "Đã rà soát, không lớp nào rơi vào mùa mưa bão."),
    ):
        _answer(officer, comment, answer)
    officer.keep("p13-y-kien-da-tra-loi")
    officer.go(walk.notes["plan"])
    follow(officer, "Trình")
    press(officer, "Trình kế hoạch")
    told(officer, "Đã trình kế hoạch.")


def _answer(officer: Person, comment: str, answer: str) -> None:
    main_of(officer).locator("tr").filter(has_text=comment).get_by_role("link", name="trả lời", exact=True).click()
    tick(officer, TAKEN)
    fill(officer, {"Nội dung tiếp thu, giải trình": answer})
    send(officer)
    told(officer, "Đã trả lời ý kiến.")


def approve(walk: Walk) -> None:
    """The committee approves; the decision's number waits for the clerk."""
    committee = walk.desk("provincial_committee")
    committee.go(walk.notes["plan"])
    follow(committee, "Phê duyệt")
    press(committee, "Phê duyệt")
    told(committee, "Đã phê duyệt kế hoạch.")
    committee.keep("p14-da-phe-duyet")


def open_the_papers(walk: Walk) -> None:
    """LibreOffice opens the five papers; each tells the sum of the page in figures and words, its number is blank."""
    officer = walk.desk("health_department")
    officer.go(walk.notes["plan"])
    _, _, money = counts_of(officer)
    read = {}
    for place, paper in enumerate(PAPERS):
        name = f"van-ban-{place}"
        converted(download(officer, paper), f"{name}.docx", walk.folder, PLAIN)
        text = " ".join((walk.folder / f"{name}.txt").read_text(encoding="utf-8-sig").split())
        assert re.search(r"Số: */", text), paper
        read[paper] = set(SUM.findall(text))
    sums = set.union(*read.values())
    assert read == dict.fromkeys(PAPERS, sums)
    ((figures, words),) = sums
    assert vnd_of(figures) == money
    told(officer, words)


def name_a_person(walk: Walk) -> None:
    """On an old phone: the commune sees the seats of its own station only, says who goes, and is stopped where nobody would stay."""
    officer = walk.desk("health_department")
    officer.page.set_default_timeout(PATIENCE)
    officer.go(walk.notes["plan"])
    press(officer, "Giao chỗ học cho đơn vị")
    told(officer, "Đã giao chỗ học cho các đơn vị.")
    phone = walk.phone("commune")
    phone.sign_in("commune_committee")
    phone.go("/ke-hoach/cu-nguoi/")
    fits(phone)
    phone.keep("p15-dien-thoai-cho-hoc")
    assert {row[1] for row in rows_of(phone, "Chỗ học")} == {"Trạm Y tế xã An"}
    title = rows_of(phone, "Chỗ học")[0][0]
    follow(phone, title)
    fits(phone)
    phone.keep("p16-dien-thoai-cu-nguoi")
    rows = main_of(phone).get_by_role("region", name="Người có thể cử").locator("tbody tr")
    for row in rows.all():
        row.get_by_role("checkbox").check()
    press(phone, "Xác nhận danh sách")
    told(phone, "Chưa cử được như vậy")
    fits(phone)
    phone.keep("p17-dien-thoai-qua-so-cho")
    for row in rows.all():
        row.get_by_role("checkbox").uncheck()
    free = rows.filter(has_not_text="đã cử đi").first
    goes = free.locator("label").inner_text()
    free.get_by_role("checkbox").check()
    press(phone, "Xác nhận danh sách")
    told(phone, "Đã xác nhận danh sách cử.")
    expect(rows.filter(has_text="đơn vị đã chọn")).to_contain_text([goes])
    fits(phone)
    phone.go("/ke-hoach/cu-nguoi/")
    assert next(row[3] for row in rows_of(phone, "Chỗ học") if row[0] == title).startswith("1 /")


def decide_on_a_hospitals_plan(walk: Walk) -> None:
    """A hospital submits its own plan; the department returns it with a comment, the hospital answers, the department approves."""
    hospital, officer = walk.desk("training_office"), walk.desk("health_department")
    hospital.go("/ke-hoach/moi/")
    fill(hospital, {"Đơn vị lập kế hoạch": "Bệnh viện Đa khoa Một", "Tên kế hoạch": HOSPITAL_PLAN})
    send(hospital)
    place = hospital.page.url
    follow(hospital, "Dán từ Excel")
    fill(hospital, {BOX: OWN_LINE})
    press(hospital, "Kiểm tra")
    press(hospital, "Nhận vào kế hoạch")
    _submit_hospital(hospital)
    officer.go(place)
    follow(officer, "Trả lại")
    fill(officer, {"Nội dung cần hoàn thiện": "Bổ sung đối tượng là điều dưỡng khoa Nhi."})
    press(officer, "Trả lại")
    hospital.go(place)
    follow(hospital, "Ý kiến và trả lời")
    follow(hospital, "trả lời")
    tick(hospital, TAKEN)
    fill(hospital, {"Nội dung tiếp thu, giải trình": "Đã bổ sung."})
    send(hospital)
    hospital.go(place)
    _submit_hospital(hospital)
    officer.go(place)
    follow(officer, "Phê duyệt")
    press(officer, "Phê duyệt")
    told(officer, "Đã phê duyệt kế hoạch.")


def _submit_hospital(hospital: Person) -> None:
    follow(hospital, "Trình")
    press(hospital, "Trình kế hoạch")
    told(hospital, "Đã trình kế hoạch.")
