from lientuc.core.phrases import Phrase

from .enums import ImportState, JobState, RowState

LABELS = {
    ImportState: {
        ImportState.PREVIEWED: Phrase("đang xem trước", "previewed"),
        ImportState.TAKEN: Phrase("đã nhận toàn bộ", "taken whole"),
        ImportState.TAKEN_IN_PART: Phrase("đã nhận dòng đúng, gửi lại dòng lỗi", "good rows taken, bad rows parked"),
        ImportState.REFUSED: Phrase("từ chối cả tệp", "refused whole"),
        ImportState.UNDONE: Phrase("đã hoàn tác", "undone"),
    },
    RowState: {
        RowState.GOOD: Phrase("đúng", "good"),
        RowState.BAD: Phrase("có lỗi", "has problems"),
        RowState.TAKEN: Phrase("đã nhận", "taken"),
        RowState.UNCHANGED: Phrase("không thay đổi", "unchanged"),
        RowState.PARKED: Phrase("chưa làm sạch", "parked"),
        RowState.CLEANED: Phrase("đã làm sạch", "cleaned"),
        RowState.DROPPED: Phrase("đã bỏ qua", "dropped"),
    },
    JobState: {
        JobState.QUEUED: Phrase("đang chờ", "queued"),
        JobState.RUNNING: Phrase("đang chạy", "running"),
        JobState.DONE: Phrase("đã xong", "done"),
        JobState.FAILED: Phrase("không thành công", "failed"),
    },
}

SENTENCES = {
    "trail.file_empty": Phrase("Tệp rỗng. Chọn lại tệp.", "The file is empty. Choose it again."),
    "trail.file_too_large": Phrase(
        "Tệp lớn hơn {megabytes} MB. Chụp lại ở cỡ nhỏ hơn hoặc nén tệp.",
        "The file is larger than {megabytes} MB. Take a smaller photo or compress it.",
    ),
    "trail.file_kind": Phrase(
        "Chỉ nhận ảnh chụp (JPG, PNG) hoặc tệp PDF.", "Only photos (JPG, PNG) and PDF files are taken."
    ),
    "trail.file_active": Phrase(
        "Tệp PDF có mã chạy hoặc tệp đính kèm nên không nhận. Chụp ảnh hoặc in lại thành PDF.",
        "The PDF contains code or attached files and is not taken. Take a photo, or print it to PDF again.",
    ),
    "trail.key_reused": Phrase(
        "Mã chống gửi trùng đã dùng cho nội dung khác. Tải lại trang rồi gửi lại.",
        "The one-time key was already used for other content. Reload the page and send again.",
    ),
    "trail.already_taken": Phrase(
        "Tệp này đã được nhận trước đó; không có gì thay đổi.",
        "This file has been taken before; nothing was changed.",
    ),
    "trail.job_lost": Phrase(
        "Tiến trình xử lý đã dừng giữa chừng. Chưa có gì được ghi; có thể chạy lại.",
        "The process stopped half-way. Nothing was written; it can be run again.",
    ),
    "trail.job_crashed": Phrase(
        "Xử lý không thành công: {detail}. Chưa có gì được ghi; sửa nguyên nhân rồi chạy lại.",
        "Processing failed: {detail}. Nothing was written; mend the cause and run again.",
    ),
}
