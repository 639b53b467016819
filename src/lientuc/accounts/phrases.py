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
    "accounts.username_wrong": Phrase(
        "Tên đăng nhập có từ 3 đến 80 chữ cái, chữ số hoặc các dấu . @ + - _ và không có khoảng trắng.",
        "A user name has 3 to 80 letters, digits or the signs . @ + - _ and no spaces.",
    ),
    "accounts.full_name_missing": Phrase("Nhập họ và tên người dùng tài khoản.", "Enter the full name of the user."),
    "accounts.phone_wrong": Phrase(
        "Số điện thoại gồm 9 đến 14 chữ số, viết liền.", "A phone number has 9 to 14 digits without spaces."
    ),
    "accounts.role_not_here": Phrase(
        "Vai trò này không được giao tại loại đơn vị đã chọn. Chọn vai trò hoặc đơn vị khác.",
        "This role is not held at this kind of unit. Choose another role or unit.",
    ),
    "accounts.role_held": Phrase(
        "Tài khoản đã có vai trò này tại đơn vị đã chọn.", "The account already holds this role at the unit."
    ),
    "accounts.role_beyond": Phrase(
        "Vai trò này có phạm vi rộng hơn quyền của người cấp. Đề nghị cấp trên giao vai trò này.",
        "This role reaches further than whoever grants it. Ask the level above to grant it.",
    ),
    "accounts.not_oneself": Phrase(
        "Không tự khóa hoặc cấp lại mật khẩu cho chính mình tại đây. Dùng mục đổi mật khẩu, hoặc nhờ người quản trị khác.",
        "One's own account is not closed or renewed here. Use change password, or ask another administrator.",
    ),
    "accounts.held_elsewhere": Phrase(
        "Tài khoản này còn vai trò ngoài phạm vi quản lý. Có thể kết thúc vai trò tại đơn vị mình; việc khác do cấp trên thực hiện.",
        "This account holds a role outside what is managed here. Its role at the own unit can be ended; the rest is for the level above.",
    ),
    "accounts.token_name_missing": Phrase(
        "Đặt tên cho khóa kết nối để nhận ra hệ thống sử dụng.", "Name the token after the system that will use it."
    ),
    "accounts.not_ones_own": Phrase(
        "Chỉ người tạo mới kết thúc được khóa kết nối này.", "Only its maker may end this token."
    ),
}
