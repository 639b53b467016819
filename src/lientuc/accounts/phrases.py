from lientuc.core.phrases import Phrase

from .enums import Reach, Role

LABELS = {
    Role: {
        Role.MINISTRY: Phrase("Bộ Y tế", "Ministry of Health"),
        Role.PROVINCIAL_COMMITTEE: Phrase("Ủy ban nhân dân tỉnh", "Provincial People's Committee"),
        Role.HEALTH_DEPARTMENT: Phrase("Sở Y tế", "Health department"),
        Role.FINANCE_DEPARTMENT: Phrase("Sở Tài chính", "Finance department"),
        Role.COMMUNE_COMMITTEE: Phrase("Ủy ban nhân dân cấp xã", "Commune People's Committee"),
        Role.STATION: Phrase("Trạm Y tế", "Commune health station"),
        Role.TRAINING_OFFICE: Phrase("Phòng đào tạo đơn vị", "Facility training office"),
        Role.PROVIDER: Phrase("Cơ sở đào tạo liên tục", "CME provider"),
        Role.COUNCIL_MEMBER: Phrase("Thành viên hội đồng thẩm định", "Appraisal council member"),
        Role.HEALTH_WORKER: Phrase("Nhân viên y tế", "Health worker"),
        Role.EVALUATOR: Phrase("Người đánh giá", "Evaluator"),
        Role.INSPECTOR: Phrase("Thành viên đoàn kiểm tra, giám sát", "Inspection team member"),
        Role.CLERK: Phrase("Văn thư", "Clerk"),
        Role.AUDITOR: Phrase("Kiểm toán hệ thống", "Auditor"),
        Role.PUBLIC: Phrase("Công chúng", "Public"),
    },
    Reach: {
        Reach.OWN: Phrase("đơn vị mình", "own organisation"),
        Reach.EMPLOYER: Phrase("các đơn vị trực thuộc", "employer line"),
        Reach.PROFESSIONAL: Phrase("các đơn vị thuộc chỉ đạo chuyên môn", "professional line"),
        Reach.SELF: Phrase("chính mình", "oneself"),
        Reach.ASSIGNED: Phrase("được phân công", "assigned"),
        Reach.ALL: Phrase("toàn quốc", "everything"),
    },
}

SENTENCES = {
    "accounts.not_allowed": Phrase(
        "Tài khoản này không có quyền “{permission}”. Liên hệ người quản trị tài khoản của đơn vị nếu cần.",
        "This account may not “{permission}”. Ask your unit's account administrator if it is needed.",
    ),
    "accounts.not_here": Phrase(
        "Quyền “{permission}” của tài khoản này không bao gồm {organisation}.",
        "This account's “{permission}” does not reach {organisation}.",
    ),
    "accounts.name_taken": Phrase(
        "Tên đăng nhập hoặc số điện thoại này đã có tài khoản. Dùng tên khác.",
        "This user name or phone number already has an account. Use another.",
    ),
}
