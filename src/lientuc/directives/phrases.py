from lientuc.core.phrases import Phrase

from .enums import DecisionState, DifficultyState, DutyKind, DutyState, FaultKind, Part, Remover, Tier

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
        DutyState.HANDED_OVER: Phrase("đã bàn giao cho đơn vị kế thừa", "handed over to the successor"),
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
    Tier: {
        Tier.PROVINCE: Phrase("cấp tỉnh", "province"),
        Tier.GRASSROOTS: Phrase("cấp xã", "grassroots"),
    },
    DecisionState: {
        DecisionState.DRAFT: Phrase("dự thảo", "draft"),
        DecisionState.SIGNED: Phrase("đã ký", "signed"),
        DecisionState.REPLACED: Phrase("đã được thay thế", "replaced"),
    },
    FaultKind: {
        FaultKind.GAP: Phrase("chưa ai chịu trách nhiệm", "nobody responsible"),
        FaultKind.CLASH: Phrase("nhiều nơi cùng chịu trách nhiệm", "several responsible"),
    },
}

SENTENCES = {
    "directives.draft_exists": Phrase(
        "Cơ quan này đang có một dự thảo phân công. Mở dự thảo đó để sửa tiếp.",
        "This organisation has a draft already. Open it and go on.",
    ),
    "directives.decision_signed": Phrase(
        "Quyết định đã ký nên không sửa được. Lập dự thảo mới để thay thế.",
        "A signed decision cannot be changed. Make a new draft to replace it.",
    ),
    "directives.in_force_before_signed": Phrase(
        "Ngày có hiệu lực không được trước ngày ký.", "It cannot be in force before it is signed."
    ),
    "directives.not_after_previous": Phrase(
        "Ngày có hiệu lực phải sau ngày {day} của quyết định trước.",
        "It must begin after {day}, when the decision before it began.",
    ),
    "directives.matrix_has_faults": Phrase(
        "Còn {count} ô chưa có hoặc có nhiều nơi chịu trách nhiệm. Sửa hết rồi mới ghi ký.",
        "In {count} cells nobody or more than one is responsible. Mend them before the signature.",
    ),
    "directives.decision_not_signed": Phrase("Quyết định chưa được ký.", "The decision is not signed yet."),
    "directives.already_numbered": Phrase("Quyết định đã có số {number}.", "The decision has the number {number}."),
    "directives.not_named": Phrase(
        "Đơn vị không có tên trong quyết định này.", "The organisation is not named in this decision."
    ),
    "directives.already_confirmed": Phrase(
        "Đơn vị đã xác nhận nhận quyết định này.", "The organisation has confirmed this decision already."
    ),
    "directives.not_below": Phrase(
        "Chỉ giao được cho đơn vị trực thuộc: {names} không thuộc diện này.",
        "Duties go to units below only: {names} are not.",
    ),
    "directives.no_units": Phrase("Chọn ít nhất một đơn vị.", "Choose at least one unit."),
    "directives.number_taken": Phrase(
        "Đã có văn bản số {number}. Mở văn bản đó trong danh sách.", "There is a directive numbered {number} already."
    ),
    "directives.tasks_missing": Phrase("Nêu ít nhất một nhiệm vụ.", "State at least one task."),
    "directives.task_incomplete": Phrase(
        "Nhiệm vụ ở dòng {row} cần điểm, loại và nội dung.", "The task in row {row} needs a point, a kind and a text."
    ),
    "directives.points_repeated": Phrase("Mỗi điểm chỉ ghi một lần.", "State each point once."),
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
