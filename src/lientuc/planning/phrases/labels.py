from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from lientuc.core.phrases import Phrase

from ..enums import (
    CommentKind,
    Factor,
    LineField,
    NormCode,
    PlanKind,
    PlanState,
    ProposalState,
    SourceKind,
)

LABELS: Mapping[type[StrEnum], Mapping[Any, Phrase]] = {
    PlanKind: {
        PlanKind.ANNUAL: Phrase("kế hoạch năm", "annual plan"),
        PlanKind.FIVE_YEAR: Phrase("kế hoạch 5 năm", "five-year plan"),
    },
    PlanState: {
        PlanState.DRAFT: Phrase("dự thảo", "draft"),
        PlanState.SUBMITTED: Phrase("đã trình", "submitted"),
        PlanState.RETURNED: Phrase("trả lại để hoàn thiện", "returned"),
        PlanState.APPROVED: Phrase("đã phê duyệt", "approved"),
        PlanState.AMENDED: Phrase("đã thay bằng bản điều chỉnh", "replaced by a later version"),
    },
    SourceKind: {
        SourceKind.STATE: Phrase("ngân sách trung ương", "central budget"),
        SourceKind.PROVINCE: Phrase("ngân sách địa phương", "local budget"),
        SourceKind.PROGRAMME: Phrase("chương trình, dự án", "programme or project"),
        SourceKind.DONOR: Phrase("tài trợ, viện trợ", "donor"),
        SourceKind.OWN: Phrase("nguồn của đơn vị", "the unit's own money"),
        SourceKind.FEE: Phrase("người học đóng góp", "learners' fees"),
        SourceKind.ORDER: Phrase("hợp đồng đặt hàng", "contract order"),
    },
    CommentKind: {
        CommentKind.MONEY: Phrase("ý kiến về kinh phí", "comment on the money"),
        CommentKind.RETURN: Phrase("lý do trả lại", "reason for returning"),
        CommentKind.APPROVAL: Phrase("ý kiến phê duyệt", "comment with the approval"),
        CommentKind.OPINION: Phrase("ý kiến góp ý", "opinion"),
        CommentKind.ANSWER: Phrase("trả lời", "answer"),
        CommentKind.PROPOSAL: Phrase("lý do áp dụng phương án", "why a proposal was adopted"),
    },
    NormCode: {
        NormCode.LECTURER_HALF_DAY: Phrase("thù lao giảng viên (buổi)", "lecturer fee (half-day)"),
        NormCode.ASSISTANT_HALF_DAY: Phrase("thù lao trợ giảng (buổi)", "teaching assistant fee (half-day)"),
        NormCode.MATERIAL_WRITING_PAGE: Phrase("biên soạn tài liệu (trang chuẩn)", "writing material (standard page)"),
        NormCode.MATERIAL_EDITING_PAGE: Phrase("biên tập tài liệu (trang chuẩn)", "editing material (standard page)"),
        NormCode.MATERIAL_APPRAISAL_PAGE: Phrase(
            "thẩm định tài liệu (trang chuẩn)", "appraising material (standard page)"
        ),
        NormCode.DAILY_ALLOWANCE: Phrase("phụ cấp lưu trú (ngày)", "daily allowance (day)"),
        NormCode.DAILY_ALLOWANCE_SEA: Phrase(
            "phụ cấp lưu trú trên biển, đảo (ngày)", "daily allowance at sea or on islands (day)"
        ),
        NormCode.SAME_DAY_ALLOWANCE: Phrase("phụ cấp đi về trong ngày", "same-day allowance"),
        NormCode.ROOM_LEADER: Phrase(
            "thuê phòng nghỉ: lãnh đạo, phụ cấp chức vụ từ 1,25 (ngày)", "room: leaders with allowance from 1.25 (day)"
        ),
        NormCode.ROOM_DEPUTY_CITY: Phrase(
            "thuê phòng nghỉ: phụ cấp 0,8 đến 1,25, thành phố trực thuộc trung ương (ngày)",
            "room: allowance 0.8 to 1.25, centrally-run cities (day)",
        ),
        NormCode.ROOM_DEPUTY_ELSEWHERE: Phrase(
            "thuê phòng nghỉ: phụ cấp 0,8 đến 1,25, nơi khác (ngày)", "room: allowance 0.8 to 1.25, elsewhere (day)"
        ),
        NormCode.ROOM_OTHER: Phrase("thuê phòng nghỉ: đối tượng còn lại (ngày)", "room: others (day)"),
        NormCode.OTHER: Phrase("chi khác", "other"),
    },
    Factor: {
        Factor.KIND: Phrase("căn cứ của nhu cầu", "ground of the need"),
        Factor.AREA: Phrase("khu vực khó khăn", "difficulty area"),
        Factor.BORDER: Phrase("xã biên giới", "border commune"),
        Factor.ISLAND: Phrase("xã đảo", "island commune"),
        Factor.LEVEL: Phrase("cấp chuyên môn", "level of care"),
        Factor.DEADLINE: Phrase("thời hạn gần", "near deadline"),
    },
    ProposalState: {
        ProposalState.WAITING: Phrase("đang chờ chạy", "waiting"),
        ProposalState.RUNNING: Phrase("đang tính", "running"),
        ProposalState.READY: Phrase("đã có phương án", "ready"),
        ProposalState.FAILED: Phrase("không thành công", "failed"),
        ProposalState.ADOPTED: Phrase("đã áp dụng", "adopted"),
    },
    LineField: {
        LineField.TITLE: Phrase("nội dung", "content"),
        LineField.TOPIC: Phrase("chủ đề", "topic"),
        LineField.AUDIENCE: Phrase("đối tượng", "audience"),
        LineField.CLASSES: Phrase("số lớp", "classes"),
        LineField.PERSONS: Phrase("số người", "persons"),
        LineField.QUARTERS: Phrase("thời gian (quý)", "time (quarter)"),
        LineField.PROVIDER: Phrase("đơn vị thực hiện", "performed by"),
        LineField.MONEY: Phrase("kinh phí", "money"),
        LineField.SOURCE: Phrase("nguồn", "source"),
        LineField.INTEGRATED: Phrase("lồng ghép với", "integrated with"),
        LineField.REASON: Phrase("lý do", "reason"),
        LineField.YEAR: Phrase("năm", "year"),
        LineField.NOTE: Phrase("ghi chú", "note"),
    },
}
