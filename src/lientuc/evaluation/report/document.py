"""The report as one document: what every file format prints, in the order of reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lientuc.analytics.charts import Svg
from lientuc.analytics.disclosure import Audience
from lientuc.documents.table import HIDDEN, Column, Kind, ReportTable, Row, Value
from lientuc.surveys.models import Wave
from lientuc.surveys.queries import monitor
from lientuc.surveys.reporting import monitor_table
from lientuc.surveys.showing import text_of
from lientuc.web.say import current_language, label, say_now

from ..analysis import analysis_tables
from ..enums import Section
from ..hiding import Shown, strata_may_be_shown
from ..models import ReportText, Study
from ..publishing import Publication
from ..rules import BARRIER_ITEMS, route_of
from ..study.tables import study_tables
from ..tables import Frame, agreement_table, likert_picture
from .records import Known, checklists
from .sentences import ABSTRACT, filled, sentences

COURSE_FORM = "l1_reaction"


@dataclass(frozen=True)
class Part:
    """One part: a heading, sentences, tables, and pictures that stand beside a table with the same figures."""

    heading: str
    sentences: tuple[str, ...] = ()
    tables: tuple[ReportTable, ...] = ()
    charts: tuple[Svg, ...] = ()


@dataclass(frozen=True)
class Report:
    """A whole report for one audience; `marks` stand on its first page."""

    title: str
    marks: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """Every table in the order of reading."""
        return tuple(table for part in self.parts for table in part.tables)


def report_of(
    wave: Wave, study: Study | None, found: Publication, frame: Frame, texts: Mapping[str, str], by: str = ""
) -> Report:
    """The report of a wave: that of a study, or the short one of a course."""
    counted = monitor(wave)
    known = Known(wave, study, found, counted, dict(texts))
    response = monitor_table(wave, counted, with_strata=strata_may_be_shown(counted.strata, found.audience))
    if found.problem:
        parts = [Part(say_now("Kết quả", "Results"), tables=(response,))]
    elif found.form.code == COURSE_FORM:
        parts = _course_parts(found, frame, response, texts)
    else:
        parts = _study_parts(wave, found, frame, response, known, texts, by)
    return Report(
        study.title if study else wave.name, _marks(found, frame), tuple(part for part in parts if _says(part))
    )


def _says(part: Part) -> bool:
    return bool(part.sentences or part.tables)


def _marks(found: Publication, frame: Frame) -> tuple[str, ...]:
    marks = [label("evaluation.Audience", found.audience).capitalize()]
    if found.audience == Audience.EVALUATOR:
        marks.append(
            say_now(
                "KHÔNG PHỔ BIẾN: số liệu chính xác, chỉ dành cho người đánh giá",
                "NOT FOR RELEASE: exact figures, for the evaluator only",
            )
        )
    if frame.simulated:
        marks.append(say_now("Số liệu mô phỏng", "Simulated data"))
    return tuple(marks)


def _study_parts(
    wave: Wave, found: Publication, frame: Frame, response: ReportTable, known: Known, texts: Mapping[str, str], by: str
) -> list[Part]:
    cells, language = found.cells or {}, current_language()

    def written(section: Section) -> tuple[str, ...]:
        return tuple(filled(line, cells, language) for line in texts.get(section, "").splitlines() if line.strip())

    pictured = {group.item for group in found.groups if group.agree is not None}
    pictures = [likert_picture([one for one in found.items if one.result.item.name in pictured], "study")]
    appendix = checklists(known)
    return [
        Part(say_now("Tóm tắt", "Abstract"), (*written(Section.ABSTRACT), *sentences(cells, language, ABSTRACT))),
        Part(
            say_now("Phương pháp", "Methods"),
            (*written(Section.METHODS), *frame.sources),
            (response, *_left_out(found)),
        ),
        Part(
            say_now("Kết quả", "Results"),
            tuple(sentences(cells, language)),
            tuple(study_tables(found.groups, cells, frame)),
            tuple(picture for picture in pictures if picture is not None),
        ),
        Part(say_now("Đồng ý theo nhóm", "Agreement by group"), (), tuple(filter_tables(found, frame, by))),
        Part(say_now("Phân tích thêm", "Further analysis"), (), tuple(analysis_tables(wave, found, frame))),
        Part(say_now("Người được phỏng vấn", "Interviewees"), (*_interviewees(found), *written(Section.INTERVIEWS))),
        Part(say_now("Bàn luận", "Discussion"), written(Section.DISCUSSION) or _prompts()),
        Part(say_now("Việc cần làm theo trưởng đơn vị", "Actions per head of unit"), (), tuple(_actions(found, frame))),
        Part(say_now("Phụ lục", "Appendices"), (), appendix),
    ]


def _course_parts(found: Publication, frame: Frame, response: ReportTable, texts: Mapping[str, str]) -> list[Part]:
    """The short report of a course: response, agreement, what to keep in mind."""
    cells, language = found.cells or {}, current_language()
    pictures = [likert_picture(found.items, "course")]
    lines = texts.get(Section.DISCUSSION, "").splitlines()
    return [
        Part(
            say_now("Phản hồi cuối khóa", "End-of-course feedback"),
            (),
            (response, *([agreement_table(found.items, frame)] if _agreement(found.items) else [])),
            tuple(picture for picture in pictures if picture is not None),
        ),
        Part(
            say_now("Bàn luận", "Discussion"),
            tuple(filled(line, cells, language) for line in lines if line.strip()) or _prompts(),
        ),
        Part(say_now("Việc cần làm theo trưởng đơn vị", "Actions per head of unit"), (), tuple(_actions(found, frame))),
    ]


def _agreement(items: Sequence[Shown]) -> bool:
    return any(one.result.item.list_name == "likert5" for one in items)


def filter_tables(found: Publication, frame: Frame, by: str) -> list[ReportTable]:
    """Agreement of the people of each answer of a context item; what is hidden allows for every filter offered."""
    tables = []
    for part in found.filtered:
        if part.item != by or not part.items:
            continue
        choice = next(c for c in found.form.by_name[part.item].choices if c.value == part.code)
        table = agreement_table(part.items, frame)
        name = f"{table.title} – {text_of(found.form.by_name[part.item])}: {text_of(choice)}"
        tables.append(
            ReportTable(name, table.columns, tuple(table.rows), table.notes, table.sources, simulated=table.simulated)
        )
    return tables


def _left_out(found: Publication) -> list[ReportTable]:
    """What an import left out, by reason."""
    file = found.file
    if file is None:
        return []
    columns = (
        Column("what", say_now("Bản ghi của tệp", "Records of the file"), width=60),
        Column("n", "n", Kind.INT, width=12),
    )
    rows: list[Row] = [(say_now("Đọc được", "Read"), file.read)]
    rows += [
        (f"{say_now('Loại', 'Left out')}: {label('surveys.Dropped', reason)}", n) for reason, n in file.dropped.items()
    ]
    rows.append((say_now("Giữ lại", "Kept"), file.kept))
    rows.append(
        (
            say_now("Câu trả lời của người không thuộc diện", "Answers of people not concerned"),
            _few(len(file.impossible), found),
        )
    )
    return [ReportTable(say_now("Bản ghi đọc, loại, giữ", "Records read, left out, kept"), columns, tuple(rows))]


def _few(count: int, found: Publication) -> Value:
    """A count of single answers: exact for the evaluator, else whether there are any."""
    return count if found.audience == Audience.EVALUATOR or not count else HIDDEN


def _interviewees(found: Publication) -> tuple[str, ...]:
    total = sum((found.interviews or {}).values())
    if not total:
        return ()
    text = say_now(
        "{n} người được phỏng vấn sâu; đặc điểm ở Bảng 1 (học viên) và Bảng 2 (lãnh đạo). Trích dẫn chỉ nêu vai trò, không nêu tên.",
        "{n} people were interviewed in depth; see Table 1 (alumni) and Table 2 (leaders). Quotations name a role, never a person.",
    )
    return (text.format(n=total),)


def _prompts() -> tuple[str, ...]:
    """What a discussion must answer where nothing has been written yet."""
    return tuple(
        say_now(vi, en)
        for vi, en in (
            ("[Viết] Kết quả nào trái với mong đợi, và vì sao?", "[To write] Which result was not expected, and why?"),
            ("[Viết] Người không trả lời có thể khác người trả lời ở điểm nào?", "[To write] How may those who did not answer differ?"),
            ("[Viết] Thay đổi nào khác cùng thời gian có thể giải thích kết quả?", "[To write] What else at the same time could explain the results?"),
            ("[Viết] Trở ngại nào không phải do đào tạo, và cấp nào gỡ được?", "[To write] Which barriers are not for training, and which level can remove them?"),
            ("[Viết] Hạn chế của thiết kế và mức độ suy rộng.", "[To write] Limits of the design, and how far it can be generalised."),
        )
    )  # fmt: skip


def _actions(found: Publication, frame: Frame) -> list[ReportTable]:
    """A list to be filled in with each head of unit: technique, barrier, who removes it, by when."""
    columns = (
        Column("technique", say_now("Kỹ thuật", "Technique"), width=30),
        Column("barrier", say_now("Trở ngại", "Barrier"), width=40),
        Column("n", say_now("Số người nêu", "Named by"), Kind.INT, width=12),
        Column("who", say_now("Cấp gỡ được", "Who can remove it"), width=40),
        Column("when", say_now("Trước ngày", "By when"), width=16),
    )
    rows: list[tuple[int, Row]] = []
    for one in found.items:
        if one.result.item.name != BARRIER_ITEMS[0]:
            continue
        cells = one.cells or (None,) * len(one.result.item.choices)
        for choice, cell in zip(one.result.item.choices, cells, strict=True):
            if cell == 0:
                continue
            shown: Value = HIDDEN if cell is None else cell
            who = label("evaluation.Route", route_of(choice.value))
            rows.append((-(cell or 0), ("", text_of(choice), shown, who, "")))
    listed = tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))
    title = say_now("Kỹ thuật, trở ngại, cấp gỡ được, thời hạn", "Technique, barrier, who removes it, by when")
    return [ReportTable(title, columns, listed, simulated=frame.simulated)] if listed else []


def texts_of_wave(rows: Sequence[ReportText]) -> dict[str, str]:
    """What was written for a report, by section."""
    return {row.section: row.text for row in rows}
