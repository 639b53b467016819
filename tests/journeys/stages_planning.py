"""Stages of the planning journey, first half: last year's lines mended, the optimiser, a lock, two scenarios, one adopted."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import Locator, expect

from lientuc.core.names import fold
from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.planning.enums import NeedState
from lientuc.registry.enums import Title
from tests.factories.curricula import make_topic
from tests.factories.places import make_area, make_organisation
from tests.factories.planning import make_need, make_source
from tests.factories.registry import make_worker
from tests.journeys.acts import fill, fits, follow, main_of, press, rows_of, send, stat, told
from tests.journeys.conftest import Person
from tests.journeys.last_years_lines import (
    COUNT,
    MISSPELT,
    MONEY,
    PERSONS,
    PROJECT,
    STATE,
    TOPICS,
    WRONG,
    last_years_lines,
    topic_of,
)
from tests.journeys.walk import Walk
from tests.world import World

MILLION = 1_000_000
OWN_MONEY = "Quỹ phát triển của bệnh viện"
BOX = "Dán các dòng từ Excel (cả dòng tiêu đề)"
USUAL, TIGHT = "Như kế hoạch", "Giảm 40% kinh phí"
LOCKED = f"{topic_of(1)[1]}, lớp 1"
# What the page shows of the progress, from its first appearance on and after each time it renews itself.
LISTEN = """
const note = () => {
  const bar = document.querySelector("#scenario-progress progress, #scenario-progress [role=progressbar]");
  if (!bar) return;
  const shares = JSON.parse(sessionStorage.getItem("shares") || "[]");
  shares.push(bar.getAttribute("value") || bar.getAttribute("aria-valuenow"));
  sessionStorage.setItem("shares", JSON.stringify(shares));
};
document.addEventListener("DOMContentLoaded", note);
document.addEventListener("htmx:afterSettle", note);
"""
# Searching takes seconds; a machine with other work to do takes longer.
PATIENCE = 120_000


def furnish(walk: Walk) -> None:
    """What other rooms hold by now: topics, people, accepted needs of four units, two sources of money."""
    world = World()
    make_area("M1001")
    year = walk.today.year + 1
    period = dict(from_on=date(year, 1, 1), to_on=date(year, 12, 31))
    make_source(world.department, STATE, ceiling_vnd=MONEY, **period)
    make_source(world.hospital, OWN_MONEY, kind="own", ceiling_vnd=50 * MILLION, **period)
    make_source(world.department, PROJECT, kind="programme", ceiling_vnd=300 * MILLION, **period)
    centres = [
        make_organisation(world.department, f"Trung tâm Y tế khu vực {number}", kind=OrganisationKind.AREA_CENTRE)
        for number in range(1, 13)
    ]
    _staff_and_needs(world.hospital, 60, 7)
    _staff_and_needs(world.organisation("hospital_b"), 40, 5)
    _staff_and_needs(world.station, 24, 3)
    _staff_and_needs(world.organisation("station_b"), 20, 2)
    for centre in centres:
        _staff_and_needs(centre, 24, 2)


def _staff_and_needs(unit: Organisation, people: int, wanted: int) -> None:
    for number in range(1, people + 1):
        title = Title.DOCTOR if number % 3 else Title.NURSE
        make_worker(unit, f"Nhân viên {number} {unit.name}", title=title)
    for place, (code, name, english, family, _) in enumerate(TOPICS):
        topic = make_topic(code, name_vi=name, name_en=english, name_fold=fold(name), family=family)
        facts = dict(topic=topic, persons=wanted, state=NeedState.ACCEPTED, priority=180 - 4 * place)
        make_need(unit, f"Cần học: {name}", **facts)


def paste_sixty_lines(walk: Walk) -> None:
    """An empty plan for next year; last year's sixty lines are pasted and each problem stands at its cell."""
    officer = walk.desk("health_department")
    officer.go("/ke-hoach/moi/")
    fill(officer, {"Đơn vị lập kế hoạch": "Sở Y tế Một", "Cơ quan tài chính góp ý kinh phí": "Sở Tài chính Một"})
    send(officer)
    walk.notes["plan"] = officer.page.url
    follow(officer, "Dán từ Excel")
    fill(officer, {BOX: last_years_lines()})
    press(officer, "Kiểm tra")
    assert (stat(officer, "Dòng đúng"), stat(officer, "Dòng cần sửa")) == (
        str(COUNT - len(WRONG) - 1),
        str(len(WRONG) + 1),
    )
    for number, (_, text, cell, _) in WRONG.items():
        expect(_cell(officer, number, cell)).to_have_value(text)
        expect(_cell(officer, number, cell)).to_have_attribute("aria-invalid", "true")
    assert main_of(officer).locator("td input[aria-invalid=true]").count() == len(WRONG) + 1
    officer.keep("p01-60-dong-co-loi")


def _cell(officer: Person, number: int, name: str) -> Locator:
    # The headings are the first row of what was pasted.
    return main_of(officer).get_by_label(f"Dòng {number + 1}, {name}", exact=True)


def mend_the_cells(walk: Walk) -> None:
    """Each cell is mended where it stands, the topic is chosen from what is proposed; all sixty lines go into the plan."""
    officer = walk.desk("health_department")
    for number, (*_, cell, right) in WRONG.items():
        _cell(officer, number, cell).fill(right)
    choice = main_of(officer).get_by_label(f"Chủ đề của dòng {MISSPELT + 1}", exact=True)
    meant = topic_of(MISSPELT)
    assert meant[1] in choice.locator("optgroup").first.inner_text()
    choice.select_option(value=meant[0])
    press(officer, "Kiểm tra lại")
    assert (stat(officer, "Dòng đúng"), stat(officer, "Dòng cần sửa")) == (str(COUNT), "0")
    assert vnd_of(stat(officer, "Kinh phí các dòng đúng")) == MONEY
    officer.keep("p02-xem-truoc-60-dong-dung")
    press(officer, "Nhận vào kế hoạch")
    told(officer, f"Đã nhận {COUNT} dòng.")
    assert counts_of(officer) == (COUNT, COUNT * PERSONS, MONEY)
    officer.keep("p03-ke-hoach-60-dong")


def vnd_of(text: str) -> int:
    """The digits of an amount as a page writes it."""
    return int(re.sub(r"\D", "", text))


def counts_of(officer: Person) -> tuple[int, int, int]:
    """Classes, persons and đồng at the top of a plan's page."""
    names = ("Số lớp", "Số người học", "Kinh phí đề nghị")
    classes, persons, money = (vnd_of(stat(officer, name)) for name in names)
    return classes, persons, money


def start_the_optimiser(walk: Walk) -> None:
    """The search shows how far it is, then the plan beside what it proposes, its prices and who is left out."""
    officer = walk.desk("health_department")
    officer.page.add_init_script(LISTEN)
    officer.go(walk.notes["plan"])
    follow(officer, "Phương án")
    told(officer, "Chưa tính phương án nào")
    walk.notes["scenarios"] = officer.page.url
    seen = _search(officer, USUAL)
    assert len(set(seen)) > 1, seen
    assert seen == sorted(seen)
    for table in ("So sánh", "Thêm tiền thì được gì", "Chưa đáp ứng"):
        assert rows_of(officer, table), table
    officer.keep("p05-phuong-an-dau")


def _search(officer: Person, name: str, **choices: int) -> list[float]:
    """Start a scenario and wait for its result; the shares of the work the page showed meanwhile."""
    officer.page.evaluate("sessionStorage.clear()")
    follow(officer, "Phương án mới")
    fill(officer, {"Tên phương án": name} | choices)
    send(officer)
    if name == USUAL:
        told(officer, "Đang làm")
        officer.keep("p04-dang-tinh")
    ready = main_of(officer).get_by_role("region", name="So sánh", exact=True)
    expect(ready).to_be_visible(timeout=PATIENCE)
    told(officer, "Giá trị phương án")
    shares = officer.page.evaluate("JSON.parse(sessionStorage.getItem('shares') || '[]')")
    return [float(share) for share in shares]


def lock_a_class(walk: Walk) -> None:
    """A class is locked into a quarter; a second lock against it is refused at once."""
    officer = walk.desk("health_department")
    officer.go(walk.notes["plan"])
    follow(officer, LOCKED)
    follow(officer, "Khóa lớp theo quý")
    walk.notes["lock"] = officer.page.url
    fill(officer, {"Quý": "III", "Ít nhất (lớp)": 1, "Lý do": "Đã mời giảng viên tuyến trên"})
    send(officer)
    told(officer, "Đã khóa.")
    fill(officer, {"Quý": "III", "Ít nhất (lớp)": 0, "Nhiều nhất (lớp)": 0})
    send(officer)
    told(officer, "Nội dung chưa được lưu")
    told(officer, LOCKED)
    officer.keep("p06-hai-khoa-trai-nhau")


def compare_two(walk: Walk) -> None:
    """The same plan with less money; both stand side by side; the locked class is kept; one is adopted."""
    officer = walk.desk("health_department")
    officer.go(walk.notes["scenarios"])
    assert [row[0] for row in rows_of(officer, "Khóa")] == [LOCKED]
    _search(officer, TIGHT, **{"Kinh phí so với hiện nay (%)": 60})
    walk.notes["tight"] = officer.page.url
    kept = [row for row in rows_of(officer, "So sánh") if row[0].startswith(LOCKED)]
    assert [(row[1].split()[-1], row[4]) for row in kept] == [("1", "Quý 3")], kept
    officer.go(walk.notes["scenarios"])
    for name in (USUAL, TIGHT):
        main_of(officer).get_by_label(f"So sánh {name}", exact=True).check()
    officer.keep("p07-cac-phuong-an")
    press(officer, "So sánh hai phương án đã chọn")
    glance = {row[0]: row[1:] for row in rows_of(officer, "Tổng quát")}
    for name in ("Kinh phí (đồng)", "Giá trị", "Số người"):
        first, second = (vnd_of(text) for text in glance[name])
        assert first > second, glance
    told(officer, "Các đơn vị được thêm")
    for table in ("Nguồn kinh phí", "Chỗ học của các đơn vị"):
        assert rows_of(officer, table), table
    officer.keep("p08-so-sanh-hai-phuong-an")


def adopt_one(walk: Walk) -> None:
    """The scenario with less money becomes the plan; where it is worth less the officer says why."""
    officer = walk.desk("health_department")
    officer.go(walk.notes["tight"])
    worse = main_of(officer).get_by_role("button", name="Vẫn áp dụng", exact=True)
    if worse.is_visible():
        fill(officer, {"Lý do vẫn áp dụng": "Ngân sách năm tới dự kiến giảm."})
        press(officer, "Vẫn áp dụng")
    else:
        press(officer, "Áp dụng phương án", sure=True)
    told(officer, "Đã áp dụng phương án vào kế hoạch.")
    told(officer, LOCKED)
    officer.keep("p09-ke-hoach-sau-ap-dung")


def look_on_a_phone(walk: Walk) -> None:
    """The officer's pages on a screen of 360 px: nothing sticks out to the right."""
    officer = walk.desk("health_department")
    plan = walk.notes["plan"]
    officer.page.set_viewport_size({"width": 360, "height": 720})
    compared, paste, proposal = f"{walk.notes['scenarios']}so-sanh/", f"{plan}dan/", walk.notes["tight"]
    pages = (
        plan,
        paste,
        walk.notes["scenarios"],
        f"{walk.notes['scenarios']}moi/",
        compared,
        proposal,
        f"{proposal}lich/",
    )
    for number, path in enumerate((*pages, walk.notes["lock"], "/ke-hoach/nhu-cau/do-bao-phu/"), start=1):
        officer.go(path)
        officer.keep(f"p08-dien-thoai-{number}")
        fits(officer)
    officer.page.set_viewport_size({"width": 1280, "height": 800})
