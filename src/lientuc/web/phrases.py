"""Sentences every room may need."""

from lientuc.core.phrases import Phrase

SENTENCES = {
    "web.wrong_method": Phrase(
        "Trang này không nhận thao tác vừa gửi. Quay lại trang trước và thử lại.",
        "This page does not take what was sent. Go back and try again.",
    ),
    "web.forbidden": Phrase(
        "Phiên làm việc không còn hợp lệ hoặc không có quyền mở trang này. Tải lại trang và thử lại.",
        "The session has ended or this page is not open to this account. Reload and try again.",
    ),
    "web.field_unreadable": Phrase(
        "Trường “{name}” thiếu, không được biết đến hoặc sai kiểu dữ liệu.",
        "The field “{name}” is missing, unknown or of another kind.",
    ),
}
