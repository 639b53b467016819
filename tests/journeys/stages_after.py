"""Stages ten to fifteen: inspection, follow-up at the workplace, evaluation, next year's needs, one's own page, the trail."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, timedelta

from playwright.sync_api import Locator

from lientuc.places.scope import WhyUnscoped
from lientuc.registry.actions import link_account
from lientuc.registry.models import HealthWorker
from tests.journeys.acts import fill, fits, follow, main_of, press, rows_of, send, tick, told
from tests.journeys.conftest import Person
from tests.journeys.stages_class import LEARNERS, LESSONS
from tests.journeys.stages_people import HOURS_BEFORE, NAMES
from tests.journeys.stages_plan import SCHOOL, accept_need
from tests.journeys.walk import TECHNIQUE, TITLE, Walk
from tests.world import World

BARRIER = "Thực hành chưa đủ, chưa tự tin"
# What respondents choose where the words of a question begin like this; elsewhere they agree, or take the first answer.
CHOSEN = {
    "Tôi đã đọc phần giới thiệu": "Có",
    "Số dịch vụ/kỹ thuật chuyên môn Anh/Chị và đơn vị mong muốn": "Từ 1 - 5 kỹ thuật",
    "Vì sao những kỹ thuật đó": BARRIER,
    "Lý do chính": BARRIER,
    "Kỹ thuật này hiện": "Thực hiện có giám sát",
}
# The words of each question, of its answers, and whether one is chosen.
QUESTIONS = """main => [...main.querySelectorAll("fieldset")].map(one => [
    one.querySelector("legend").innerText,
    [...one.querySelectorAll("label")].map(answer => answer.innerText.trim()),
    one.querySelector("input:checked") !== null,
])"""


def inspect_provider(walk: Walk) -> None:
    """The department plans, the inspector judges and notes a finding, the school mends it, the department confirms."""
    officer, inspector, school = walk.desk("health_department"), walk.desk("inspector"), walk.desk("provider")
    officer.go("/chat-luong/moi/")
    fill(
        officer,
        {
            "Đơn vị được kiểm tra": SCHOOL,
            "Đơn vị lập đoàn": "Sở Y tế Một",
            "Nội dung kiểm tra": "Điều kiện bảo đảm chất lượng đào tạo liên tục",
            "Ngày kiểm tra": walk.today,
        },
    )
    tick(officer, "Người dùng inspector")
    send(officer)
    inspector.go("/chat-luong/")
    follow(inspector, SCHOOL)
    walk.notes["inspection"] = inspector.page.url
    follow(inspector, "Đánh giá tiêu chí")
    for group in main_of(inspector).locator("fieldset").all():
        group.get_by_label("đạt", exact=True).check()
    inspector.keep("35-danh-gia-tieu-chi")
    press(inspector, "Lưu đánh giá")
    follow(inspector, "Ghi phát hiện")
    fill(
        inspector,
        {
            "Phát hiện": "Hai giảng viên chưa có chứng nhận phương pháp dạy học y học.",
            "Mức độ": "nhẹ",
            "Cách khắc phục": "đào tạo nhân lực",
            "Chủ đề đào tạo (nếu cần đào tạo)": "Phương pháp dạy học y học cho giảng viên",
            "Số người cần đào tạo": 2,
            "Hạn khắc phục": walk.today + timedelta(days=60),
        },
    )
    press(inspector, "Ghi phát hiện")
    inspector.go(walk.notes["inspection"])
    follow(inspector, "Kết luận")
    fill(inspector, {"Kết luận": "Đơn vị cơ bản đáp ứng; khắc phục 01 nội dung."})
    press(inspector, "Kết luận")
    inspector.go(walk.notes["inspection"])
    told(inspector, "Đơn vị cơ bản đáp ứng")
    inspector.keep("36-ket-luan-kiem-tra")
    school.go("/chat-luong/phat-hien/")
    follow(school, "Báo cáo khắc phục")
    fill(school, {"Biện pháp đã thực hiện": "Đã đăng ký 02 giảng viên học lớp phương pháp."})
    press(school, "Gửi báo cáo")
    officer.go("/chat-luong/phat-hien/")
    officer.keep("37-phat-hien-khac-phuc")
    follow(officer, "Xác nhận khắc phục")
    fill(officer, {"Ý kiến xác nhận": "Đủ minh chứng."})
    press(officer, "Xác nhận đã khắc phục")


def ask_at_the_workplace(walk: Walk) -> None:
    """The evaluator opens a study and a confidential wave for everybody who completed the class, and sends the links."""
    evaluator = walk.desk("evaluator")
    evaluator.go("/danh-gia/moi/")
    fill(
        evaluator,
        {
            "Đơn vị đánh giá": SCHOOL,
            "Tên đánh giá": "Theo dõi sau khóa quản lý tăng huyết áp",
            "Mục đích": "phục vụ quản lý",
            "Ngày bắt đầu": walk.today,
        },
    )
    press(evaluator, "Mở đánh giá")
    walk.notes["study"] = evaluator.page.url
    follow(evaluator, "Mở đợt khảo sát từ các khóa")
    main_of(evaluator).locator("label").filter(has_text=TITLE).locator("input").check()
    tick(evaluator, "bảo mật (bí danh)")
    fill(
        evaluator,
        {
            "Ai trả lời": "học viên",
            "Bộ công cụ": "Theo dõi học viên sau khóa học (1)",
            "Tên đợt": "Tháng thứ 3",
            "Từ ngày": walk.today,
            "Đến ngày": walk.today + timedelta(days=30),
            "Thông tin cho người trả lời": "Tìm hiểu việc áp dụng sau khóa học để hỗ trợ đơn vị.",
            "Người liên hệ": "Phòng Đào tạo",
            "Các kỹ thuật của khóa học": TECHNIQUE,
        },
    )
    evaluator.keep("38-mo-dot-khao-sat")
    press(evaluator, "Mở đợt khảo sát")
    walk.notes["wave"] = evaluator.page.url
    follow(evaluator, "Lời mời")
    evaluator.keep("39-loi-moi")
    texts = [box.input_value() for box in main_of(evaluator).locator("textarea").all()]
    walk.notes["links"] = " ".join(re.findall(r"https?://\S+", " ".join(texts)))
    assert len(walk.notes["links"].split()) == LEARNERS - 1
    press(evaluator, "Ghi nhận đã gửi tất cả")


def answer_on_phones(walk: Walk) -> None:
    """Old phones without JavaScript: one person declines, everybody else answers every part."""
    refuser, *links = walk.notes["links"].split()
    phone = walk.phone("refuser")
    phone.go(refuser)
    phone.keep("40-dien-thoai-gioi-thieu")
    fits(phone)
    follow(phone, "Không tham gia")
    press(phone, "Tôi không tham gia")
    told(phone, "Đã ghi nhận Anh/Chị không tham gia.")
    for place, link in enumerate(links):
        phone = walk.phone(f"respondent-{place}")
        phone.go(link)
        press(phone, "Bắt đầu trả lời")
        _answer_all(phone, walk.today, kept=place == 0)
        told(phone, "Câu trả lời đã được gửi đầy đủ.")
        fits(phone)
        phone.page.close()


def _answer_all(phone: Person, day: date, *, kept: bool) -> None:
    parts = 0
    while main_of(phone).locator("progress").count():
        parts += 1
        for number, (words, answers, chosen) in enumerate(main_of(phone).evaluate(QUESTIONS)):
            if not chosen:
                wanted = next((answer for start, answer in CHOSEN.items() if start in words), "Đồng ý")
                place = answers.index(wanted) if wanted in answers else 0
                main_of(phone).locator("fieldset").nth(number).locator("input").nth(place).check()
        for place in main_of(phone).locator("form .field").all():
            _write(place, day)
        fits(phone)
        if kept:
            phone.keep(f"41-dien-thoai-phan-{parts:02d}")
        with phone.page.expect_event("load"):
            main_of(phone).locator("form button").click()


def _write(place: Locator, day: date) -> None:
    words, box = place.locator("label").inner_text(), place.locator("input, textarea, select")
    if box.evaluate("one => one.tagName") == "SELECT":
        wanted = next((answer for start, answer in CHOSEN.items() if start in words), None)
        box.select_option(label=wanted) if wanted else box.select_option(index=1)
    elif box.get_attribute("type") == "date":
        box.fill(f"{day:%Y-%m-%d}")
    elif box.get_attribute("inputmode"):
        box.fill(str(day.year) if "Năm" in words else "40")


def evaluate(walk: Walk) -> None:
    """The wave is closed, its tables have denominators, and barriers become findings; the one about practice is accepted."""
    evaluator = walk.desk("evaluator")
    evaluator.go(walk.notes["wave"])
    press(evaluator, "Kết thúc đợt", sure=True)
    evaluator.keep("42-dot-da-ket-thuc")
    evaluator.go(walk.notes["study"])
    follow(evaluator, "Xem bảng")
    evaluator.keep("43-bang-ket-qua")
    told(evaluator, str(LEARNERS - 2))
    evaluator.go(walk.notes["study"])
    press(evaluator, "Cập nhật phát hiện")
    told(evaluator, "Đã cập nhật phát hiện.")
    follow(evaluator, BARRIER)
    evaluator.keep("44-phat-hien-sau-dao-tao")
    tick(evaluator, "đã tiếp nhận")
    press(evaluator, "Ghi quyết định")
    told(evaluator, "Đã ghi quyết định.")
    evaluator.keep("45-danh-gia")


def renew_needs(walk: Walk) -> None:
    """Drawn again, the barrier is a need that keeps where it came from; the department accepts it."""
    officer = walk.desk("health_department")
    officer.go("/ke-hoach/nhu-cau/")
    press(officer, "Tổng hợp từ các căn cứ")
    officer.keep("46-nhu-cau-nam-sau")
    fill(officer, {"Căn cứ": "Theo dõi sau đào tạo"})
    press(officer, "Lọc")
    follow(officer, TITLE)
    told(officer, BARRIER)
    officer.keep("47-nguon-goc-nhu-cau")
    accept_need(officer, TITLE)


def look_at_own_page(walk: Walk) -> None:
    """A health worker on an old phone without JavaScript sees the hours the class gave."""
    world = World()
    worker = HealthWorker.objects.unscoped(WhyUnscoped.SETUP).get(full_name=NAMES[0])
    link_account(worker=worker, user=world.user("health_worker"), by=world.user("station"))
    phone = walk.phone("health_worker")
    phone.sign_in("health_worker")
    phone.keep("48-dien-thoai-trang-chinh")
    fits(phone)
    phone.go("/toi/")
    phone.keep("49-dien-thoai-trang-cua-toi")
    fits(phone)
    told(phone, TITLE)
    told(phone, f"{HOURS_BEFORE + LESSONS} trên 120 giờ tín chỉ")


def check_the_trail(walk: Walk) -> None:
    """The auditor reads who did what; the chain is whole."""
    auditor = walk.desk("auditor")
    auditor.go("/nhat-ky/")
    auditor.keep("50-nhat-ky")
    assert rows_of(auditor, "Nhật ký hệ thống")
    command = [sys.executable, "-m", "lientuc.config.cli", "audit-verify"]
    done = subprocess.run(command, env=walk.environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split(":")[0]) == (0, "whole"), done
