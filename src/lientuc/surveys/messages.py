"""Texts to copy into a messenger; always in Vietnamese, the language of those who are asked."""

from __future__ import annotations

from lientuc.core import formats

from .enums import WaveMode
from .models import Invitation, Wave

_PERSONAL = (
    "Kính gửi Anh/Chị {name},\n"
    "{organisation} kính mời Anh/Chị trả lời khảo sát “{wave}”, từ {first} đến hết {last}.\n"
    "Liên kết dành riêng cho Anh/Chị, xin không chuyển cho người khác: {link}\n"
    "Có thể trả lời từng phần và mở lại liên kết để tiếp tục. Trân trọng cảm ơn."
)
_ANONYMOUS = (
    "Kính gửi Anh/Chị {name},\n"
    "{organisation} kính mời Anh/Chị trả lời khảo sát ẩn danh “{wave}”, từ {first} đến hết {last}.\n"
    "Liên kết này chỉ để nhận một phiếu kín, xin không chuyển cho người khác: {link}\n"
    "Xin trả lời một lần trên một trang, không dừng giữa chừng. Trân trọng cảm ơn."
)
_OPEN = (
    "{organisation} kính mời Anh/Chị trả lời khảo sát “{wave}”, từ {first} đến hết {last}.\n"
    "Không cần đăng nhập, không hỏi danh tính: {link}\n"
    "Trân trọng cảm ơn."
)


def invitation_text(wave: Wave, invitation: Invitation, link: str) -> str:
    """What one person is sent; `invitation.worker` should be loaded."""
    text = _ANONYMOUS if wave.mode == WaveMode.ANONYMOUS else _PERSONAL
    return text.format(name=invitation.worker or "", **_values(wave, link)).replace(" ,", ",")


def open_text(wave: Wave, link: str) -> str:
    """What a group is sent."""
    return _OPEN.format(**_values(wave, link))


def _values(wave: Wave, link: str) -> dict[str, str]:
    return {
        "organisation": wave.organisation.name,
        "wave": wave.name,
        "first": formats.day(wave.opens_on),
        "last": formats.day(wave.closes_on),
        "link": link,
    }
