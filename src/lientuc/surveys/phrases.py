from lientuc.core.phrases import Phrase

from .enums import InvitationState, ItemType, ResponseState, VersionState, WaveMode, WavePurpose, WaveState

LABELS = {
    VersionState: {
        VersionState.DRAFT: Phrase("đang soạn", "draft"),
        VersionState.PUBLISHED: Phrase("đã ban hành", "published"),
    },
    ItemType: {
        ItemType.TEXT: Phrase("chữ", "text"),
        ItemType.INTEGER: Phrase("số nguyên", "whole number"),
        ItemType.DECIMAL: Phrase("số thập phân", "decimal number"),
        ItemType.DATE: Phrase("ngày", "date"),
        ItemType.SELECT_ONE: Phrase("chọn một", "choose one"),
        ItemType.SELECT_MULTIPLE: Phrase("chọn nhiều", "choose several"),
        ItemType.NOTE: Phrase("lời dẫn", "note"),
    },
    WaveMode: {
        WaveMode.OPEN: Phrase("mở (một liên kết chung, không hỏi danh tính)", "open (one link, no identity asked)"),
        WaveMode.CONFIDENTIAL: Phrase("bảo mật (bí danh)", "confidential (pseudonym)"),
        WaveMode.ANONYMOUS: Phrase("ẩn danh", "anonymous"),
    },
    WavePurpose: {
        WavePurpose.RESEARCH: Phrase("nghiên cứu", "research"),
        WavePurpose.MANAGEMENT: Phrase("phục vụ quản lý", "management"),
    },
    WaveState: {
        WaveState.OPEN: Phrase("đang mở", "open"),
        WaveState.CLOSED: Phrase("đã kết thúc", "closed"),
    },
    InvitationState: {
        InvitationState.INVITED: Phrase("đã lập lời mời", "invited"),
        InvitationState.DELIVERED: Phrase("đã gửi", "delivered"),
        InvitationState.OPENED: Phrase("đã mở xem", "opened"),
        InvitationState.STARTED: Phrase("đang trả lời", "started"),
        InvitationState.COMPLETED: Phrase("đã hoàn thành", "completed"),
        InvitationState.REFUSED: Phrase("từ chối", "refused"),
    },
    ResponseState: {
        ResponseState.STARTED: Phrase("đang trả lời", "started"),
        ResponseState.COMPLETED: Phrase("đã hoàn thành", "completed"),
        ResponseState.WITHDRAWN: Phrase("đã rút", "withdrawn"),
    },
}

STRATA = {
    "sex": Phrase("Giới", "Sex"),
    "title": Phrase("Chức danh", "Title"),
    "specialty": Phrase("Chuyên khoa", "Specialty"),
    "province": Phrase("Tỉnh, thành phố", "Province"),
    "course": Phrase("Khóa đào tạo", "Course"),
    "year": Phrase("Năm kết thúc khóa", "Year the course ended"),
    "topic": Phrase("Chủ đề", "Topic"),
}
"""Names of strata; a stratum without a name here is shown by its code."""

SENTENCES = {
    "surveys.expression_unreadable": Phrase(
        "Không hiểu biểu thức từ vị trí {position}: “{found}”. Chỉ dùng so sánh, and, or, not(), selected(), "
        "count-selected(), if(), phép tính và ${{x}}.",
        "The expression is not understood at position {position}: “{found}”. Use comparison, and, or, not(), selected(), "
        "count-selected(), if(), arithmetic and ${{x}} only.",
    ),
    "surveys.expression_unreadable_at": Phrase(
        "Mục “{item}”: không hiểu biểu thức từ vị trí {position}: “{found}”.",
        "Item “{item}”: the expression is not understood at position {position}: “{found}”.",
    ),
    "surveys.expression_looks_ahead": Phrase(
        "Mục “{item}” hỏi về “{name}” chưa có ở phía trước. Đưa “{name}” lên trước hoặc sửa biểu thức.",
        "Item “{item}” asks about “{name}”, which does not come before it. Move “{name}” up or mend the expression.",
    ),
    "surveys.no_sections": Phrase(
        "Bộ công cụ chưa có phần nào. Thêm ít nhất một phần có câu hỏi.",
        "The instrument has no section. Add at least one section with a question.",
    ),
    "surveys.section_empty": Phrase(
        "Phần “{section}” chưa có câu hỏi. Thêm câu hỏi hoặc xóa phần này.",
        "Section “{section}” has no question. Add one or remove the section.",
    ),
    "surveys.no_choices": Phrase(
        "Câu hỏi “{item}” chưa có phương án trả lời. Chọn một danh sách phương án.",
        "Question “{item}” has no answers to choose from. Give it a list of choices.",
    ),
    "surveys.already_published": Phrase(
        "Phiên bản này đã ban hành và không đổi được nữa. Lập phiên bản mới để sửa.",
        "This version is published and cannot change. Make a new version to change it.",
    ),
    "surveys.shipped_differs": Phrase(
        "Bộ công cụ “{code}” kèm theo phần mềm khác với bản đã ban hành cùng số. Tăng số phiên bản trong tệp kèm theo.",
        "The shipped instrument “{code}” differs from the published version of the same number. Raise its number.",
    ),
    "surveys.version_not_published": Phrase(
        "Bộ công cụ chưa ban hành. Ban hành phiên bản trước khi mở đợt khảo sát.",
        "The instrument is not published. Publish the version before opening a wave.",
    ),
    "surveys.name_missing": Phrase("Nhập tên đợt khảo sát.", "Enter the name of the wave."),
    "surveys.closes_before_opens": Phrase(
        "Ngày kết thúc trước ngày bắt đầu. Chọn lại ngày kết thúc.",
        "The last day is before the first day. Choose another last day.",
    ),
    "surveys.anonymous_not_yet": Phrase(
        "Chế độ ẩn danh chưa dùng được: hệ thống chưa bảo đảm rằng chính người quản trị cũng không nối được người với câu trả "
        "lời. Chọn “mở” hoặc “bảo mật”.",
        "The anonymous mode cannot be used yet: the system cannot yet guarantee that not even its administrator can join "
        "person and answers. Choose “open” or “confidential”.",
    ),
    "surveys.nobody_invited": Phrase(
        "Chế độ bảo mật cần danh sách người được mời. Chọn ít nhất một người.",
        "The confidential mode needs a list of people to invite. Choose at least one person.",
    ),
    "surveys.open_takes_no_list": Phrase(
        "Chế độ mở dùng một liên kết chung, không nhận danh sách người. Bỏ chọn danh sách hoặc chọn “bảo mật”.",
        "The open mode uses one link and takes no list of people. Choose nobody, or choose “confidential”.",
    ),
    "surveys.too_many_labels": Phrase(
        "Có quá nhiều kỹ thuật để hỏi từng kỹ thuật một: nhiều nhất {most}. Bỏ bớt.",
        "There are too many techniques to ask about one by one: at most {most}. Leave some out.",
    ),
    "surveys.wave_closed": Phrase(
        "Đợt khảo sát đã kết thúc; không nhận thêm câu trả lời.",
        "The survey has ended; no more answers are taken.",
    ),
    "surveys.wave_not_open_yet": Phrase(
        "Đợt khảo sát chưa bắt đầu. Mở lại liên kết từ ngày bắt đầu.",
        "The survey has not begun. Open the link again from its first day on.",
    ),
    "surveys.already_completed": Phrase(
        "Phiếu này đã gửi xong và không sửa được nữa.",
        "These answers were sent and cannot be changed.",
    ),
    "surveys.already_withdrawn": Phrase(
        "Phiếu này đã được rút theo ý người trả lời.",
        "These answers were withdrawn at the respondent’s wish.",
    ),
    "surveys.too_few_to_export": Phrase(
        "Mới có {completed} phiếu hoàn thành. Chỉ xuất từng phiếu khi có từ {least} phiếu để không nhận ra người trả lời.",
        "There are {completed} completed responses. They can be exported from {least} on, so that nobody is recognised.",
    ),
    "surveys.required": Phrase(
        "Câu này bắt buộc. Chọn hoặc nhập câu trả lời.", "This question is required. Please answer it."
    ),
    "surveys.unknown_choice": Phrase(
        "Câu trả lời không có trong danh sách. Chọn lại.", "The answer is not in the list. Choose again."
    ),
    "surveys.not_an_integer": Phrase("Nhập một số nguyên, ví dụ 12.", "Enter a whole number, for example 12."),
    "surveys.not_a_number": Phrase("Nhập một số, ví dụ 12,5.", "Enter a number, for example 12.5."),
    "surveys.not_a_date": Phrase(
        "Nhập ngày dạng ngày/tháng/năm, ví dụ 15/07/2026.", "Enter a date as day/month/year, for example 15/07/2026."
    ),
    "surveys.too_long": Phrase(
        "Câu trả lời dài quá {longest} ký tự. Viết ngắn lại.",
        "The answer is longer than {longest} characters. Shorten it.",
    ),
    "surveys.out_of_bounds": Phrase("Nhập số từ {low} đến {high}.", "Enter a number from {low} to {high}."),
    "surveys.too_low": Phrase("Nhập số từ {low} trở lên.", "Enter a number of {low} or more."),
    "surveys.too_high": Phrase("Nhập số không quá {high}.", "Enter a number of {high} or less."),
    "surveys.not_allowed_value": Phrase(
        "Giá trị này không phù hợp với các câu trả lời khác. Kiểm tra lại.",
        "This value does not fit the other answers. Check it.",
    ),
}
