from lientuc.core.phrases import Phrase

from .enums import AgreementState, Prerequisite

LABELS = {
    AgreementState: {
        AgreementState.DRAFT: Phrase("dự thảo", "draft"),
        AgreementState.ACTIVE: Phrase("đang chuyển giao", "active"),
        AgreementState.HANDED_OVER: Phrase("đã bàn giao", "handed over"),
        AgreementState.ENDED: Phrase("đã kết thúc", "ended"),
    },
    Prerequisite: {
        Prerequisite.EQUIPMENT: Phrase("trang thiết bị", "equipment"),
        Prerequisite.STAFF: Phrase("nhân lực", "staff"),
        Prerequisite.KNOWLEDGE: Phrase("kiến thức, tay nghề", "knowledge and skill"),
    },
}

SENTENCES = {
    "transfer.one_party": Phrase(
        "Đơn vị nhận phải khác đơn vị chuyển giao. Chọn đơn vị khác.",
        "The receiver must differ from the giver. Choose another unit.",
    ),
    "transfer.open_already": Phrase(
        "Đơn vị nhận đang có một thỏa thuận chưa bàn giao về kỹ thuật này. Tiếp tục thỏa thuận đó hoặc kết thúc trước.",
        "The receiver has an agreement on this technique that is not handed over. Go on with it or end it first.",
    ),
    "transfer.technique_ended": Phrase(
        "Kỹ thuật này không còn trong danh mục đang áp dụng. Chọn kỹ thuật khác.",
        "This technique is not in the catalogue in force. Choose another.",
    ),
    "transfer.persons_missing": Phrase(
        "Số người cần làm chủ kỹ thuật phải từ 1 trở lên.", "At least one person must be named to master the technique."
    ),
    "transfer.in_future": Phrase(
        "Ngày này chưa tới. Nhập ngày không muộn hơn hôm nay.", "This day has not come. Enter a day not after today."
    ),
    "transfer.due_too_early": Phrase(
        "Hạn bàn giao phải sau ngày ký (sau hôm nay nếu chưa ký).",
        "The hand-over must be due after the signature (after today if not signed).",
    ),
    "transfer.not_draft": Phrase(
        "Thỏa thuận đã ký hoặc đã kết thúc.", "The agreement was already signed or has ended."
    ),
    "transfer.not_active": Phrase(
        "Chỉ bàn giao được khi thỏa thuận đã ký và đang chuyển giao.",
        "Only a signed, active agreement can be handed over.",
    ),
    "transfer.equipment_unmet": Phrase(
        "Đơn vị nhận chưa đủ trang thiết bị nên chưa thể bàn giao.",
        "The receiver lacks equipment, so the technique cannot be handed over yet.",
    ),
    "transfer.staff_unmet": Phrase(
        "Đơn vị nhận chưa đủ nhân lực nên chưa thể bàn giao.",
        "The receiver lacks staff, so the technique cannot be handed over yet.",
    ),
    "transfer.knowledge_unmet": Phrase(
        "Nhân lực của đơn vị nhận chưa đạt kiến thức, tay nghề nên chưa thể bàn giao.",
        "The receiver's staff lack knowledge or skill, so the technique cannot be handed over yet.",
    ),
    "transfer.before_signature": Phrase(
        "Ngày bàn giao không được trước ngày ký.", "The hand-over cannot be before the signature."
    ),
    "transfer.not_handed_over": Phrase(
        "Chỉ theo dõi được kỹ thuật đã bàn giao và chưa kết thúc.",
        "Only a technique that was handed over and has not ended can be followed up.",
    ),
    "transfer.month_unknown": Phrase("Chọn một mốc theo dõi trong danh sách.", "Choose a follow-up from the list."),
    "transfer.follow_up_too_early": Phrase(
        "Mốc {month} tháng chỉ ghi được từ ngày {day}.",
        "The follow-up of {month} months can be noted from {day}.",
    ),
    "transfer.cases_missing": Phrase(
        "Kỹ thuật đang được sử dụng: nhập số ca đã thực hiện.", "The technique is in use: enter the number of cases."
    ),
    "transfer.cases_without_use": Phrase(
        "Kỹ thuật không được sử dụng thì số ca phải bằng 0.",
        "When the technique is not in use the number of cases must be 0.",
    ),
    "transfer.barrier_missing": Phrase(
        "Kỹ thuật không được sử dụng: chọn nguyên nhân chính.", "The technique is not in use: choose the main cause."
    ),
    "transfer.ended": Phrase("Thỏa thuận đã kết thúc.", "The agreement has ended."),
    "transfer.reason_missing": Phrase("Ghi rõ lý do kết thúc.", "Enter the reason for ending."),
}
