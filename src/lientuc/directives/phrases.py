from lientuc.core.phrases import Phrase

from .enums import DifficultyState, DutyKind, DutyState, Part, Remover

LABELS = {
    DutyKind: {
        DutyKind.WORKFORCE_REVIEW: Phrase("rà soát, đánh giá nhân lực", "workforce review"),
        DutyKind.NEEDS: Phrase("xác định nhu cầu đào tạo", "training needs"),
        DutyKind.RESPONSIBILITY: Phrase("phân định trách nhiệm", "division of responsibility"),
        DutyKind.PLAN: Phrase("kế hoạch và kinh phí", "plan and budget"),
        DutyKind.INTEGRATION: Phrase("lồng ghép chương trình, dự án", "integration with programmes"),
        DutyKind.PRIORITY: Phrase("ưu tiên y tế cơ sở", "priority to grassroots care"),
        DutyKind.COOPERATION: Phrase("hợp tác đào tạo", "cooperation in training"),
        DutyKind.CURRICULA: Phrase("xây dựng, cập nhật chương trình", "building and updating programmes"),
        DutyKind.TECHNIQUES: Phrase("hỗ trợ Trạm Y tế triển khai kỹ thuật mới", "new techniques at stations"),
        DutyKind.INSPECTION: Phrase("kiểm tra, giám sát", "inspection and supervision"),
        DutyKind.DIFFICULTIES: Phrase("phản ánh khó khăn, vướng mắc", "reporting difficulties"),
    },
    DutyState: {
        DutyState.OPEN: Phrase("chưa báo cáo", "open"),
        DutyState.FULFILLED: Phrase("đã thực hiện", "fulfilled"),
    },
    DifficultyState: {
        DifficultyState.REPORTED: Phrase("đã gửi", "reported"),
        DifficultyState.ANSWERED: Phrase("đã trả lời", "answered"),
    },
    Remover: {
        Remover.BUDGET: Phrase("cấp quản lý ngân sách", "budget holder"),
        Remover.STAFFING: Phrase("cấp quản lý nhân sự", "employer"),
        Remover.TRAINING: Phrase("kế hoạch đào tạo", "training plan"),
        Remover.APPROVAL: Phrase("cấp phê duyệt danh mục kỹ thuật", "body that approves techniques"),
        Remover.INSURANCE: Phrase("cơ quan bảo hiểm xã hội", "health insurance"),
        Remover.LEADERSHIP: Phrase("lãnh đạo đơn vị", "head of the unit"),
        Remover.NOBODY: Phrase("không thuộc diện xử lý", "nobody"),
    },
    Part: {
        Part.RESPONSIBLE: Phrase("chịu trách nhiệm", "responsible"),
        Part.SUPPORTS: Phrase("phối hợp", "supports"),
        Part.INFORMED: Phrase("được thông báo", "informed"),
    },
}

SENTENCES = {
    "directives.already_fulfilled": Phrase(
        "Nhiệm vụ này đã được báo cáo thực hiện.", "This duty has already been reported done."
    ),
    "directives.text_missing": Phrase("Nhập nội dung.", "Enter the text."),
    "directives.already_answered": Phrase(
        "Khó khăn, vướng mắc này đã được trả lời.", "This difficulty has already been answered."
    ),
    "directives.evidence_missing": Phrase(
        "Ghi rõ kết quả hoặc văn bản chứng minh việc thực hiện.", "State the result or the document that shows it."
    ),
}
