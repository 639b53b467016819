from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from lientuc.core.phrases import Phrase

from .enums import (
    AppraisalState,
    CouncilLevel,
    CouncilRole,
    CreditRegime,
    GroundKind,
    TopicFamily,
    Verdict,
    VersionState,
)

LABELS: Mapping[type[StrEnum], Mapping[Any, Phrase]] = {
    TopicFamily: {
        TopicFamily.CLINICAL: Phrase("Lâm sàng", "Clinical"),
        TopicFamily.EMERGENCY: Phrase("Cấp cứu, hồi sức", "Emergency and intensive care"),
        TopicFamily.MATERNAL_CHILD: Phrase("Sức khỏe bà mẹ, trẻ em", "Maternal and child health"),
        TopicFamily.NURSING: Phrase("Điều dưỡng, chăm sóc", "Nursing and care"),
        TopicFamily.DIAGNOSTICS: Phrase("Cận lâm sàng", "Diagnostics"),
        TopicFamily.PREVENTION: Phrase("Dự phòng, y tế công cộng", "Prevention and public health"),
        TopicFamily.POPULATION: Phrase("Dân số", "Population"),
        TopicFamily.TRADITIONAL: Phrase("Y học cổ truyền", "Traditional medicine"),
        TopicFamily.PHARMACY: Phrase("Dược", "Pharmacy"),
        TopicFamily.MANAGEMENT: Phrase("Quản lý, đào tạo, chuyển đổi số", "Management, teaching, digital change"),
        TopicFamily.OTHER: Phrase("Khác", "Other"),
    },
    CreditRegime: {
        CreditRegime.P: Phrase(
            "Người hành nghề (giờ tín chỉ, Thông tư 32/2023)", "Practitioners (credit hours, Circular 32/2023)"
        ),
        CreditRegime.S: Phrase(
            "Nhân viên y tế khác (tiết, Thông tư 22/2013)", "Other health staff (lessons, Circular 22/2013)"
        ),
    },
    VersionState: {
        VersionState.DRAFT: Phrase("Đang soạn", "Draft"),
        VersionState.SUBMITTED: Phrase("Đã trình thẩm định", "Submitted"),
        VersionState.APPROVED: Phrase("Đã ban hành", "Approved"),
        VersionState.RETURNED: Phrase("Trả lại để hoàn thiện", "Returned"),
        VersionState.REFUSED: Phrase("Không thông qua", "Refused"),
        VersionState.WITHDRAWN: Phrase("Đã rút", "Withdrawn"),
    },
    CouncilLevel: {
        CouncilLevel.PROVINCIAL: Phrase("Hội đồng cấp tỉnh", "Provincial council"),
        CouncilLevel.SCHOOL: Phrase("Hội đồng cơ sở đào tạo", "School council"),
        CouncilLevel.HOSPITAL: Phrase("Hội đồng bệnh viện, viện", "Hospital or institute council"),
        CouncilLevel.MINISTRY: Phrase("Hội đồng Bộ Y tế", "Ministry council"),
    },
    CouncilRole: {
        CouncilRole.CHAIR: Phrase("Chủ tịch hội đồng", "Chair"),
        CouncilRole.SECRETARY: Phrase("Thư ký", "Secretary"),
        CouncilRole.MEMBER: Phrase("Ủy viên", "Member"),
    },
    AppraisalState: {
        AppraisalState.OPEN: Phrase("Đang thẩm định", "Under appraisal"),
        AppraisalState.APPROVED: Phrase("Thông qua", "Approved"),
        AppraisalState.RETURNED: Phrase("Trả lại để hoàn thiện", "Returned"),
        AppraisalState.REFUSED: Phrase("Không thông qua", "Refused"),
        AppraisalState.WITHDRAWN: Phrase("Đơn vị đã rút", "Withdrawn by the provider"),
    },
    Verdict: {
        Verdict.APPROVE: Phrase("Thông qua, đề nghị ban hành", "Approve"),
        Verdict.RETURN: Phrase("Trả lại để hoàn thiện", "Return for completion"),
        Verdict.REFUSE: Phrase("Không thông qua", "Refuse"),
    },
    GroundKind: {
        GroundKind.HOURS_DUE: Phrase("Còn thiếu giờ", "Hours still due"),
        GroundKind.TECHNIQUE_GAP: Phrase("Thiếu kỹ thuật theo chức năng", "Technique gap"),
        GroundKind.REQUEST: Phrase("Đơn vị đề xuất", "Request of the unit"),
        GroundKind.FOLLOW_UP: Phrase("Theo dõi sau đào tạo", "Follow-up after training"),
        GroundKind.INSPECTION: Phrase("Kiểm tra, giám sát", "Inspection finding"),
    },
}

# What a field of a version is called, for the list of differences.
FIELDS = {
    "practice_gap": Phrase("Khoảng cách thực hành", "Practice gap"),
    "objectives": Phrase("Mục tiêu", "Objectives"),
    "outcomes": Phrase("Kết quả mong đợi", "Expected outcomes"),
    "audience_titles": Phrase("Đối tượng", "Audience"),
    "theory_quarters": Phrase("Số tiết lý thuyết", "Theory lessons"),
    "practice_quarters": Phrase("Số tiết thực hành", "Practice lessons"),
    "credit_quarters": Phrase("Giờ tín chỉ", "Credit hours"),
    "lesson_quarters": Phrase("Số tiết", "Lessons"),
    "min_attendance_percent": Phrase("Tỷ lệ buổi học tối thiểu", "Least share of sessions"),
    "materials": Phrase("Tài liệu", "Materials"),
    "lecturer_requirements": Phrase("Yêu cầu giảng viên", "Requirements on lecturers"),
    "needs_survey": Phrase("Khảo sát nhu cầu", "Needs survey"),
}

SENTENCES = {
    "curricula.title_missing": Phrase("Nhập tên chương trình.", "Enter the title of the programme."),
    "curricula.topic_unknown": Phrase("Chọn chủ đề có trong danh mục.", "Choose a topic of the list."),
    "curricula.regime_missing": Phrase("Chọn ít nhất một nhóm đối tượng được tính giờ.", "Choose at least one regime."),
    "curricula.objectives_missing": Phrase("Nhập mục tiêu của chương trình.", "Enter the objectives."),
    "curricula.audience_missing": Phrase("Chọn ít nhất một đối tượng học viên.", "Choose at least one audience."),
    "curricula.lessons_not_quarters": Phrase(
        "Số tiết phải là số không âm, chẵn đến 0,25.", "Lessons must be a number from 0, in steps of 0.25."
    ),
    "curricula.lessons_missing": Phrase(
        "Chương trình phải có số tiết lý thuyết hoặc thực hành lớn hơn 0.",
        "The programme needs more than 0 lessons of theory or practice.",
    ),
    "curricula.share_not_percent": Phrase(
        "Tỷ lệ buổi học tối thiểu phải từ 0 đến 100%.", "The least share of sessions must be between 0 and 100%."
    ),
    "curricula.wrong_state": Phrase(
        "Trạng thái hiện tại của phiên bản không cho phép bước này. Tải lại trang để xem trạng thái mới.",
        "The present state of the version does not allow this step. Reload the page to see it.",
    ),
    "curricula.needs_survey_missing": Phrase(
        "Chưa có khảo sát nhu cầu (bước 1 của Phụ lục III Thông tư 32/2023/TT-BYT). Ghi rõ hoặc đính kèm kết quả khảo sát rồi trình lại.",
        "The needs survey is missing (step 1 of Appendix III, Circular 32/2023/TT-BYT). Name or attach it, then submit again.",
    ),
    "curricula.version_open": Phrase(
        "Chương trình đã có một phiên bản đang soạn hoặc đang thẩm định. Hoàn tất phiên bản đó trước.",
        "The programme already has a version being drafted or appraised. Finish that one first.",
    ),
    "curricula.council_name_missing": Phrase("Nhập tên hội đồng.", "Enter the name of the council."),
    "curricula.decision_number_missing": Phrase("Nhập số quyết định.", "Enter the number of the decision."),
    "curricula.one_chair": Phrase("Hội đồng phải có đúng một chủ tịch.", "A council has exactly one chair."),
    "curricula.member_twice": Phrase(
        "Một người chỉ giữ một vị trí trong hội đồng.", "A person holds one seat in a council."
    ),
    "curricula.received_in_future": Phrase(
        "Ngày nhận hồ sơ hợp lệ không thể sau hôm nay.", "The file cannot be complete after today."
    ),
    "curricula.not_a_member": Phrase(
        "Tài khoản này không phải thành viên của hội đồng.", "This account has no seat in the council."
    ),
    "curricula.appraisal_closed": Phrase(
        "Việc thẩm định đã kết thúc, không ghi thêm được.", "The appraisal is closed; nothing more can be recorded."
    ),
    "curricula.member_is_author": Phrase(
        "Người trình chương trình không được nhận xét chính chương trình đó. Đề nghị hội đồng cử người khác.",
        "Whoever submitted a programme cannot judge it. Ask the council to name somebody else.",
    ),
    "curricula.opinion_given": Phrase(
        "Phiếu nhận xét đã được ghi và không sửa được.", "The opinion was recorded and cannot be changed."
    ),
    "curricula.comment_missing": Phrase(
        "Nêu lý do khi không thông qua hoặc trả lại.", "Give the reason when returning or refusing."
    ),
    "curricula.decision_day": Phrase(
        "Ngày quyết định phải từ ngày nhận hồ sơ đến hôm nay.",
        "The day of the decision lies between the day of the file and today.",
    ),
    "curricula.reasons_missing": Phrase("Nêu rõ lý do.", "Give the reasons."),
    "curricula.no_majority": Phrase(
        "Mới có {approvals} phiếu thông qua trên {seats} thành viên không xung đột lợi ích; cần quá nửa. Chờ đủ phiếu hoặc trả lại chương trình.",
        "Only {approvals} of {seats} members without conflict approve; more than half are needed. Wait for more opinions or return it.",
    ),
    "curricula.file_too_large": Phrase(
        "Tệp lớn hơn {megabytes} MB. Chọn tệp nhỏ hơn.", "The file is larger than {megabytes} MB. Choose a smaller one."
    ),
    "curricula.file_kind": Phrase(
        "Chỉ nhận tệp PDF, Word, Excel (.docx, .xlsx), PNG hoặc JPEG.",
        "Only PDF, Word, Excel (.docx, .xlsx), PNG or JPEG files are taken.",
    ),
}
