from lientuc.core.phrases import Phrase

from .enums import FindingState, InspectionState, Remedy, Severity, Verdict

LABELS = {
    InspectionState: {
        InspectionState.PLANNED: Phrase("đã lập kế hoạch", "planned"),
        InspectionState.RUNNING: Phrase("đang kiểm tra", "running"),
        InspectionState.CONCLUDED: Phrase("đã kết luận", "concluded"),
    },
    Verdict: {
        Verdict.MET: Phrase("đạt", "met"),
        Verdict.PARTLY: Phrase("đạt một phần", "partly met"),
        Verdict.NOT_MET: Phrase("không đạt", "not met"),
        Verdict.NOT_APPLICABLE: Phrase("không áp dụng", "not applicable"),
    },
    Severity: {
        Severity.NOTE: Phrase("lưu ý", "note"),
        Severity.MINOR: Phrase("nhẹ", "minor"),
        Severity.MAJOR: Phrase("nghiêm trọng", "major"),
    },
    FindingState: {
        FindingState.OPEN: Phrase("chờ khắc phục", "open"),
        FindingState.CORRECTED: Phrase("đã báo cáo khắc phục", "correction reported"),
        FindingState.CLOSED: Phrase("đã xác nhận khắc phục", "closed"),
    },
    Remedy: {
        Remedy.PROCEDURE: Phrase("sửa quy trình, hồ sơ", "mend procedure or records"),
        Remedy.TRAINING: Phrase("đào tạo nhân lực", "train staff"),
        Remedy.EQUIPMENT: Phrase("bổ sung trang thiết bị", "add equipment"),
        Remedy.STAFFING: Phrase("bổ sung nhân lực", "add staff"),
    },
}

SENTENCES = {
    "quality.team_missing": Phrase(
        "Đoàn kiểm tra phải có ít nhất một thành viên. Chọn thành viên.",
        "The team needs at least one member. Choose members.",
    ),
    "quality.own_unit": Phrase(
        "{member} đang giữ vai trò tại đơn vị được kiểm tra nên không thể tham gia đoàn. Chọn người khác.",
        "{member} holds a role at the inspected unit and cannot be on the team. Choose somebody else.",
    ),
    "quality.concluded": Phrase(
        "Cuộc kiểm tra đã kết luận; không thể ghi thêm. Lập cuộc kiểm tra mới nếu cần.",
        "The inspection is concluded; nothing can be added. Plan a new one if needed.",
    ),
    "quality.text_missing": Phrase("Ghi rõ nội dung.", "Enter the text."),
    "quality.due_before_inspection": Phrase(
        "Hạn khắc phục phải sau ngày kiểm tra.", "The due date must be after the day of the inspection."
    ),
    "quality.not_open": Phrase("Phát hiện này không còn chờ khắc phục.", "This finding is no longer open."),
    "quality.not_corrected": Phrase(
        "Chưa có báo cáo khắc phục nên chưa thể xác nhận.", "No correction was reported, so it cannot be closed."
    ),
    "quality.unanswered": Phrase(
        "Còn {count} tiêu chí chưa đánh giá. Đánh giá đủ rồi mới kết luận.",
        "{count} criteria are not yet judged. Judge all before concluding.",
    ),
}
