"""The five papers of a plan and its annexes: the same sums in figures and words, opened by LibreOffice too."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.curricula.enums import GroundKind
from lientuc.curricula.phrases import LABELS
from lientuc.documents.writers import write_docx
from lientuc.places.scope import WhyUnscoped
from lientuc.planning import papers
from lientuc.planning.enums import CommentKind, NeedState, Stance
from lientuc.planning.models import Plan, PlanComment, PlanLine, PlanLineNeed
from lientuc.planning.queries.plans import totals_of
from lientuc.planning.reasons import in_words, why
from tests.factories.curricula import make_topic
from tests.factories.places import make_area
from tests.factories.planning import make_line, make_need, make_party, make_source, make_submitted_plan
from tests.world import World

MAKERS = {
    "to-trinh": lambda plan: papers.submission_paper(plan, papers.governing_body(plan.organisation)),
    "ke-hoach": papers.plan_paper,
    "thuyet-minh-du-toan": papers.estimate_paper,
    "tong-hop-y-kien": papers.opinions_paper,
    "quyet-dinh": papers.decision_paper,
}
SENTENCE = re.compile(r"Tổng kinh phí đề nghị: ([\d.]+) đ \(Bằng chữ: ([^)]+)\)\.")
ITEMS = [
    {"norm": "lecturer_half_day", "quantity": 10, "rate_vnd": 1_500_000, "text": "giảng viên tỉnh"},
    {"norm": "daily_allowance", "quantity": 60, "rate_vnd": 300_000, "text": ""},
]


@pytest.fixture
def plan(world: World) -> Plan:
    """Three lines of two sources, needs behind one, an opinion with its answer."""
    plan = make_submitted_plan(world.department, "Kế hoạch đào tạo liên tục năm 2027")
    state, project = make_source(world.department, "Ngân sách tỉnh"), make_source(world.department, "Dự án y tế cơ sở")
    first = make_line(
        world.department, "Cấp cứu cơ bản tại trạm", plan=plan, source=state, classes=2, persons=60, unit_vnd=33_000_000,
        requested_vnd=66_000_000, cost_items=ITEMS, integrated_with="Chương trình mục tiêu y tế", audience="Y sĩ, điều dưỡng",
    )  # fmt: skip
    make_line(
        world.department, "Đỡ đẻ thường", plan=plan, source=project, requested_vnd=45_500_000, topic=make_topic("b")
    )
    make_line(
        world.department, "Đọc điện tim", plan=plan, source=project, requested_vnd=12_345_678, topic=make_topic("c")
    )
    make_area("M1001", kind="difficulty", value="III")
    need = make_need(world.station, state=NeedState.ACCEPTED, deadline_on=date(2027, 6, 30), topic=first.topic)
    PlanLineNeed.objects.create(line=first, need=need, persons=4)
    party = make_party(world.commune, plan=plan)
    make_party(world.hospital, plan=plan)
    said = dict(plan=plan, made_by="t", author="UBND xã An")
    wish = PlanComment.objects.create(
        kind=CommentKind.OPINION, stance=Stance.CHANGE, text="Thêm 2 người", party=party, place=first.place, **said
    )
    PlanComment.objects.create(kind=CommentKind.ANSWER, stance=Stance.TAKEN, text="Đã thêm", about=wish, **said)
    return plan


def text_of_docx(content: bytes) -> str:
    """Every paragraph and cell of a Word file."""
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def made(plan: Plan) -> dict[str, bytes]:
    """The five papers as Word files."""
    found = {}
    for name, make in MAKERS.items():
        target = io.BytesIO()
        write_docx(make(plan), target)
        found[name] = target.getvalue()
    return found


def sums(text: str) -> set[tuple[str, str]]:
    """The totals a paper tells, in figures and words."""
    return set(SENTENCE.findall(re.sub(r"\s+", " ", text)))


EXPECTED = {
    ("123.845.678", "Một trăm hai mươi ba triệu tám trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám đồng"),
}


def test_five_papers_tell_the_same_sum(plan: Plan) -> None:
    assert {name: sums(text_of_docx(content)) for name, content in made(plan).items()} == dict.fromkeys(
        MAKERS, EXPECTED
    )


def test_twin_a_paper_with_its_own_sum_is_caught(plan: Plan) -> None:
    target = io.BytesIO()
    paper = papers.decision_paper(plan)
    wrong = replace(paper, body=tuple(_mistaken(block) for block in paper.body))
    write_docx(wrong, target)
    assert sums(text_of_docx(target.getvalue())) != EXPECTED


def _mistaken(block: Any) -> Any:
    text = getattr(block, "text", "")
    return replace(block, text=text.replace("123.845.678", "123.845.679")) if "123.845.678" in text else block


def test_number_is_left_blank_for_the_clerk(plan: Plan) -> None:
    numbers = {name: make(plan).number_line() for name, make in MAKERS.items()}
    assert all(re.match(r"Số:\s+/", number) for number in numbers.values()), numbers


def test_decision_is_drafted_for_the_body_above(plan: Plan) -> None:
    paper = papers.decision_paper(plan)
    assert paper.letterhead is not None
    assert paper.signature is not None
    assert (paper.letterhead.issuer, paper.signature.posts()) == ("UBND tỉnh Một", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))


def test_grounds_come_from_the_catalogue_of_texts(plan: Plan) -> None:
    grounds = papers.plan_paper(plan).grounds
    assert any("22/2013/TT-BYT" in ground for ground in grounds)
    assert all(ground.startswith("Căn cứ ") and ground.endswith(";") for ground in grounds)


def test_estimate_shows_norms_and_where_their_ceilings_are_written(plan: Plan) -> None:
    table = papers.estimate_table(papers.facts_of(plan), "vi")
    line, lecturer, allowance = list(table.rows)[:3]
    assert line == ["1", "Cấp cứu cơ bản tại trạm", 2, None, None, None, 66_000_000, ""]
    assert lecturer[:7] == ["", "– thù lao giảng viên (buổi): giảng viên tỉnh", 2, 10, 1_500_000, 4_000_000, 30_000_000]
    assert "Thông tư 100/2025/TT-BTC, Điều 4 khoản 2 điểm a (chưa đối chiếu văn bản gốc)" in lecturer[7]
    assert allowance[:7] == ["", "– phụ cấp lưu trú (ngày)", 2, 60, 300_000, 300_000, 36_000_000]
    assert allowance[7] == "Thông tư 12/2025/TT-BTC"


def test_reason_of_a_line_is_said_in_plain_words(plan: Plan) -> None:
    lines = papers.facts_of(plan).lines
    found = why(lines)
    ground = LABELS[GroundKind][GroundKind.REQUEST].vi
    assert in_words(found[lines[0].pk], "vi") == (
        f"Đáp ứng 4 người của 1 đơn vị có nhu cầu đã tiếp nhận (theo căn cứ, số người: {ground} 4). "
        "Vì sao ưu tiên: 1 đơn vị y tế cơ sở; 1 ở xã khu vực III; thời hạn gần nhất 30/06/2027; điểm cao nhất: Trạm Y tế xã An. "
        "Còn 56 chỗ chưa gắn với nhu cầu."
    )
    assert in_words(found[lines[1].pk], "vi") == "Chưa gắn với nhu cầu đã tiếp nhận nào; cần giải trình."
    assert "1 in zone III" in in_words(found[lines[0].pk], "en")


def test_opinions_stand_beside_their_answers_and_the_silent_are_named(plan: Plan) -> None:
    text = text_of_docx(made(plan)["tong-hop-y-kien"])
    shown = ("UBND xã An", "Thêm 2 người", "Tiếp thu: Đã thêm", "chưa nhận được trả lời: Bệnh viện Đa khoa Một")
    assert [each for each in shown if each not in text] == []


def test_workbook_adds_up_on_every_sheet(client: Client, world: World, plan: Plan) -> None:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    answer = client.get(f"/ke-hoach/{plan.public_id}/phu-luc.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    totals = {sheet.title: _total(sheet) for sheet in book.worksheets[:3]}
    assert set(totals.values()) == {(123_845_678, 123_845_678)}
    text = "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value)
    assert sums(text) == EXPECTED
    assert "Chương trình mục tiêu y tế" in text


def _total(sheet: Any) -> tuple[int, int]:
    """What the rows of the money column add up to, and what the sheet's own total says."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(n for n, row in enumerate(rows) if any("(đồng)" in str(value) for value in row))
    names = [str(value) for value in rows[head]]
    column = next(n for n, name in enumerate(names) if name.startswith(("Kinh phí đề nghị", "Thành tiền")))
    body = [row for row in rows[head + 1 :] if isinstance(row[column], int)]
    # Cost items stand under their line without a number of their own.
    lines = [row for row in body[:-1] if row[0]]
    return sum(row[column] for row in lines), body[-1][column]


def test_totals_of_papers_are_those_of_the_lines(plan: Plan) -> None:
    lines = list(PlanLine.objects.unscoped(WhyUnscoped.SETUP).filter(plan=plan))
    assert papers.money_in_words(totals_of(lines), "vi").startswith(
        "Tổng kinh phí đề nghị: 123.845.678 đ (Bằng chữ: Một trăm"
    )


@pytest.fixture
def office(tmp_path: Path) -> Any:
    """Converts files by LibreOffice as an office would open them."""
    program = shutil.which("soffice")
    assert program, (
        "LibreOffice is missing: run tools/ensure_office, or apt-get install libreoffice-calc libreoffice-writer"
    )

    def convert(files: list[Path], to: str) -> None:
        home = f"-env:UserInstallation=file://{tmp_path}/office"
        command = [program, home, "--headless", "--convert-to", to, "--outdir", str(tmp_path), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)

    return convert


def test_libreoffice_reads_the_same_sum_in_all_five_papers(plan: Plan, office: Any, tmp_path: Path) -> None:
    files = []
    for name, content in made(plan).items():
        files.append(tmp_path / f"{name}.docx")
        files[-1].write_bytes(content)
    office(files, "txt:Text (encoded):UTF8")
    read = {file.stem: sums(file.with_suffix(".txt").read_text(encoding="utf-8-sig")) for file in files}
    assert read == dict.fromkeys(MAKERS, EXPECTED)
