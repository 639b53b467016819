"""Labels and sentences of needs, calls for needs and what is learnt of the use of training."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from lientuc.core.phrases import Phrase

from ..enums import AnswerState, BulkChoice, CallState, ConditionKind, ConditionState, NeedState

LABELS: Mapping[type[StrEnum], Mapping[Any, Phrase]] = {
    NeedState: {
        NeedState.RAISED: Phrase("đã nêu", "raised"),
        NeedState.ACCEPTED: Phrase("đã tiếp nhận", "accepted"),
        NeedState.PLANNED: Phrase("đã vào kế hoạch", "planned"),
        NeedState.OPENED: Phrase("đã mở lớp", "class opened"),
        NeedState.TRAINED: Phrase("đã học, chờ chứng nhận", "trained, certificates due"),
        NeedState.MET: Phrase("đã đáp ứng", "met"),
        NeedState.DECLINED: Phrase("không tiếp nhận", "declined"),
        NeedState.MERGED: Phrase("đã gộp", "merged"),
    },
    ConditionKind: {
        ConditionKind.EQUIPMENT: Phrase("trang thiết bị", "equipment"),
        ConditionKind.STAFF: Phrase("nhân lực, ê-kíp", "staff, team"),
        ConditionKind.APPROVAL: Phrase("phê duyệt danh mục kỹ thuật", "approval of the technique"),
    },
    ConditionState: {
        ConditionState.PRESENT: Phrase("đã có", "present"),
        ConditionState.PLANNED: Phrase("sẽ có", "planned"),
        ConditionState.ABSENT: Phrase("chưa có", "absent"),
    },
    CallState: {
        CallState.OPEN: Phrase("đang nhận", "open"),
        CallState.OVERDUE: Phrase("đã quá hạn", "past its deadline"),
        CallState.CLOSED: Phrase("đã đóng", "closed"),
    },
    AnswerState: {
        AnswerState.WAITING: Phrase("chưa trả lời", "not answered"),
        AnswerState.NEEDS: Phrase("đã gửi nhu cầu", "needs sent"),
        AnswerState.NOTHING: Phrase("không có nhu cầu", "needs nothing"),
    },
    BulkChoice: {
        BulkChoice.ACCEPT: Phrase("tiếp nhận", "accept"),
        BulkChoice.DECLINE: Phrase("không tiếp nhận", "decline"),
        BulkChoice.CARRY: Phrase("chuyển sang kỳ kế hoạch sau", "carry into the next plan"),
    },
}

SENTENCES = {
    "planning.merge_other_need": Phrase(
        "Chỉ gộp được nhu cầu của cùng một đơn vị về cùng một chủ đề.",
        "Only needs of one unit on one topic can be merged.",
    ),
    "planning.ready_on_missing": Phrase(
        "Nêu ngày dự kiến có, hoặc chọn “chưa có”.", "State the day it is expected, or choose “absent”."
    ),
    "planning.ready_on_past": Phrase(
        "Ngày dự kiến đã qua. Chọn “đã có” hoặc nhập ngày từ hôm nay.",
        "The expected day is past. Choose “present” or enter a later day.",
    ),
    "planning.person_elsewhere": Phrase(
        "Không làm việc tại đơn vị: {names}. Bỏ chọn những người này.",
        "Not working at the unit: {names}. Take them out.",
    ),
    "planning.no_units": Phrase(
        "Không có đơn vị nào thuộc loại đã chọn. Chọn loại đơn vị khác.",
        "No unit is of the chosen kinds. Choose other kinds.",
    ),
    "planning.call_closed": Phrase(
        "Đợt đề xuất đã đóng. Gửi nhu cầu ngoài đợt tại trang Nhu cầu đào tạo.",
        "The call is closed. Raise the need on the page Training needs.",
    ),
}
