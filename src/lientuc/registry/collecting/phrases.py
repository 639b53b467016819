from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from lientuc.core.phrases import Phrase

from .enums import SentState

LABELS: Mapping[type[StrEnum], Mapping[Any, Phrase]] = {
    SentState: {
        SentState.NOT_SENT: Phrase("chưa gửi", "not sent"),
        SentState.WITH_ERRORS: Phrase("đã gửi, còn lỗi", "sent with errors"),
        SentState.SENT: Phrase("đã gửi, chờ nhận", "sent, to be taken"),
        SentState.TAKEN: Phrase("đã nhận", "taken"),
    },
}

SENTENCES = {
    "registry.campaign_name_missing": Phrase("Nhập tên đợt thu thập.", "Name the campaign."),
    "registry.campaign_without_units": Phrase(
        "Không có đơn vị nào thuộc các loại đã chọn trong phạm vi quản lý.",
        "No unit of the chosen kinds lies within reach.",
    ),
    "registry.deadline_past": Phrase("Hạn gửi phải từ ngày {day} trở đi.", "The deadline must be on or after {day}."),
    "registry.campaign_closed": Phrase("Đợt thu thập đã đóng.", "The campaign is closed."),
    "registry.unit_in_campaign": Phrase("Đơn vị này đã có trong đợt thu thập.", "The unit is in the campaign already."),
    "registry.unit_has_sent": Phrase(
        "Đơn vị đã gửi tệp nên không bỏ khỏi đợt được.", "The unit has sent a file and cannot be taken out."
    ),
    "registry.link_file_too_large": Phrase(
        "Tệp lớn hơn {megabytes} MB. Chia tệp theo khoa, phòng rồi gửi từng tệp.",
        "The file is larger than {megabytes} MB. Split it and send the parts.",
    ),
    "registry.sent_too_often": Phrase(
        "Đã gửi nhiều lần trong thời gian ngắn. Vui lòng gửi lại sau ít phút.",
        "Sent too often in a short time. Please try again in a few minutes.",
    ),
}
