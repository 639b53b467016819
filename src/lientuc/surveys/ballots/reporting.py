"""The monitor of an anonymous wave: ballots issued on one side, answers on the other."""

from __future__ import annotations

from lientuc.analytics.measures.response import WaveCounts
from lientuc.documents.table import Column, Kind, ReportTable, Share
from lientuc.places.queries import is_simulated
from lientuc.web.say import say_now

from ..enums import WaveState
from ..models import Wave
from .counts import destroyed


def ballot_table(wave: Wave, counts: WaveCounts) -> ReportTable:
    """Invited, sent, ballots issued, declined; and the answers in the box, which belong to no invitation."""
    texts = {
        "invited": say_now("Được mời", "Invited"),
        "delivered": say_now("Đã gửi", "Delivered"),
        "issued": say_now("Đã nhận phiếu kín", "Ballots issued"),
        "refused": say_now("Từ chối", "Refused"),
        "answers": say_now("Phiếu trả lời ẩn danh", "Anonymous answers"),
    }
    steps = tuple(Column(key, text, Kind.INT) for key, text in texts.items())
    rate = Column("rate", say_now("Tỷ lệ trả lời", "Response rate"), Kind.PERCENT)
    row = (
        say_now("Tất cả", "Everybody"),
        counts.invited,
        counts.delivered,
        counts.started,
        counts.refused,
        counts.completed,
        Share(counts.completed, counts.invited),
    )
    return ReportTable(
        title=say_now("Tiến độ trả lời", "Progress of the wave"),
        columns=(Column("group", say_now("Nhóm", "Group")), *steps, rate),
        rows=[row],
        notes=_notes(wave),
        simulated=is_simulated(),
    )


def _notes(wave: Wave) -> tuple[str, ...]:
    first = say_now(
        "Chế độ ẩn danh: hệ thống không biết ai đã mở xem, bắt đầu hay đã trả lời; nhận phiếu chưa chắc đã trả lời.",
        "Anonymous mode: nobody knows who opened, started or answered; a ballot issued need not have been cast.",
    )
    if wave.state == WaveState.OPEN:
        return first, say_now(
            "Số phiếu trả lời chỉ hiện theo chục trọn khi đợt còn mở. Kết quả mở dần từng mười phiếu đã xáo trộn, phần còn lại "
            "khi kết thúc đợt.",
            "While the wave is open, answers are counted in full tens. Results open ten shuffled answers at a time, the rest "
            "when the wave closes.",
        )
    count = destroyed(wave)
    if not count:
        return (first,)
    return first, say_now(
        "Đã hủy {n} phiếu chưa mở vì quá ít để không nhận ra người trả lời.",
        "{n} answers were destroyed unopened: too few to hide anybody.",
    ).format(n=count)
