from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from lientuc.core.phrases import Phrase

from .enums import Answer, AssessmentState, Reason

LABELS: Mapping[type[StrEnum], Mapping[Any, Phrase]] = {
    Answer: {
        Answer.DOING: Phrase("đang thực hiện", "doing"),
        Answer.COULD_DO: Phrase("có thể thực hiện", "could do"),
        Answer.CANNOT: Phrase("chưa thể thực hiện", "cannot"),
    },
    Reason: {
        Reason.EQUIPMENT: Phrase("thiếu trang thiết bị", "equipment"),
        Reason.STAFFING: Phrase("thiếu nhân lực", "staff"),
        Reason.KNOWLEDGE: Phrase("chưa được đào tạo", "training"),
        Reason.APPROVAL: Phrase("chưa phê duyệt", "approval"),
        Reason.OTHER: Phrase("lý do khác", "other reason"),
    },
    AssessmentState: {
        AssessmentState.DRAFT: Phrase("đang khai", "being filled in"),
        AssessmentState.SUBMITTED: Phrase("chờ xác nhận", "awaits confirmation"),
        AssessmentState.RETURNED: Phrase("trả lại để bổ sung", "returned"),
        AssessmentState.CONFIRMED: Phrase("đã xác nhận", "confirmed"),
    },
}

SENTENCES = {
    "registry.no_functions": Phrase(
        "Chưa có danh mục chức năng cho loại đơn vị này. Nhập danh mục chức năng trước.",
        "There is no list of functions for this kind of unit. Import the list first.",
    ),
    "registry.answer_missing": Phrase("Chọn một câu trả lời.", "Choose an answer."),
    "registry.answer_reason_missing": Phrase("Chọn lý do.", "Choose the reason."),
    "registry.reason_not_wanted": Phrase(
        "Chức năng đang thực hiện thì không ghi lý do.", "A function that is carried out has no reason."
    ),
    "registry.persons_out_of_range": Phrase(
        "Số người cần đào tạo phải từ 0 đến {most}.", "The number of people to train must be from 0 to {most}."
    ),
    "registry.assessment_not_open": Phrase(
        "Bản đánh giá đã gửi hoặc đã được xác nhận nên không sửa được. Mở bản đánh giá mới.",
        "The assessment was sent or confirmed and cannot be changed. Begin a new one.",
    ),
    "registry.assessment_incomplete": Phrase(
        "Còn {missing} chức năng chưa trả lời.", "{missing} functions have no answer yet."
    ),
    "registry.assessment_not_submitted": Phrase(
        "Bản đánh giá chưa được đơn vị gửi, hoặc đã được xác nhận.",
        "The assessment has not been sent by the unit, or was confirmed already.",
    ),
    "registry.remark_missing": Phrase("Ghi nội dung cần bổ sung.", "Say what is to be completed."),
    "registry.function_not_of_unit": Phrase(
        "Chức năng này không thuộc danh mục của đơn vị.", "This function is not on the unit's list."
    ),
    "registry.population_line": Phrase(
        "Dòng {line}: cần mã xã (5 chữ số) và số dân.", "Line {line}: a commune code and the inhabitants are needed."
    ),
    "registry.population_unknown": Phrase(
        "Dòng {line}: không có xã, phường mã {code} trong tỉnh.",
        "Line {line}: there is no commune with the code {code} in the province.",
    ),
    "registry.population_twice": Phrase(
        "Dòng {line}: xã, phường mã {code} đã có ở dòng trên.", "Line {line}: commune {code} stands above already."
    ),
    "registry.source_missing": Phrase("Ghi nguồn số liệu.", "Name the source of the figures."),
}
