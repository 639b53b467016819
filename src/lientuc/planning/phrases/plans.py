"""Labels and sentences of plans with their money, opinions, versions and papers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from lientuc.core.phrases import Phrase

from ..enums import LineEvent, MoneyColumn, SourceArea, Stance

LABELS: Mapping[type[StrEnum], Mapping[Any, Phrase]] = {
    MoneyColumn: {
        MoneyColumn.REQUESTED: Phrase("đề nghị", "requested"),
        MoneyColumn.APPRAISED: Phrase("thẩm định", "appraised"),
        MoneyColumn.ALLOTTED: Phrase("được giao", "allotted"),
        MoneyColumn.SPENT: Phrase("đã chi", "spent"),
        MoneyColumn.SETTLED: Phrase("quyết toán", "settled"),
    },
    Stance: {
        Stance.AGREE: Phrase("thống nhất", "agrees"),
        Stance.CHANGE: Phrase("đề nghị sửa", "wishes a change"),
        Stance.TAKEN: Phrase("tiếp thu", "taken"),
        Stance.EXPLAINED: Phrase("giải trình", "explained"),
    },
    LineEvent: {
        LineEvent.ADDED: Phrase("thêm dòng", "line added"),
        LineEvent.EDITED: Phrase("sửa dòng", "line changed"),
        LineEvent.REMOVED: Phrase("bỏ dòng", "line removed"),
    },
    SourceArea: {
        SourceArea.ZONE_I: Phrase("xã khu vực I", "zone I"),
        SourceArea.ZONE_II: Phrase("xã khu vực II", "zone II"),
        SourceArea.ZONE_III: Phrase("xã khu vực III", "zone III"),
        SourceArea.BORDER: Phrase("xã biên giới", "border communes"),
        SourceArea.ISLAND: Phrase("xã đảo", "island communes"),
    },
}

SENTENCES = {
    "planning.money_grew": Phrase(
        "“{title}”: {column:vi} {vnd:vi} lớn hơn {before:vi} {than:vi}. Sửa số tiền hoặc nêu lý do ở dòng này.",
        "“{title}”: {vnd:en} {column:en} is more than {than:en} {before:en}. Mend the amount or state the reason on this line.",
    ),
    "planning.owner_missing": Phrase(
        "Ghi tên nhà tài trợ hoặc bên đặt hàng.", "Name the donor, or who places the order."
    ),
    "planning.source_closed": Phrase(
        "Nguồn “{source}” đã đóng, không nhận thêm dòng kế hoạch.",
        "Source “{source}” is closed and takes no more lines.",
    ),
    "planning.source_closed_already": Phrase("Nguồn này đã đóng.", "This source is closed already."),
    "planning.source_outside": Phrase(
        "“{title}”: có người học ngoài địa bàn hoặc cấp mà nguồn được chi. Đổi nguồn, hoặc nêu lý do ở dòng này.",
        "“{title}”: some learners are outside the areas or levels its source pays for. Change the source or state the reason on the line.",
    ),
    "planning.double_persons": Phrase(
        "“{title}”: cùng đơn vị, chủ đề và người học đã có chỗ từ nguồn khác. Bớt số người, hoặc nêu lý do ở dòng này.",
        "“{title}”: the same persons of a unit have seats from another source. Lower the number or state the reason on the line.",
    ),
    "planning.comments_unanswered": Phrase(
        "Còn {n} ý kiến chưa trả lời. Trả lời từng ý kiến (tiếp thu hoặc giải trình) rồi trình lại.",
        "{n} comments have no answer yet. Answer each (taken or explained), then submit again.",
    ),
    "planning.stance_missing": Phrase("Chọn một trong hai.", "Choose one of the two."),
    "planning.answered_already": Phrase("Ý kiến này đã được trả lời.", "This comment has its answer already."),
    "planning.nobody_asked": Phrase("Chọn ít nhất một đơn vị.", "Choose at least one body."),
    "planning.paper_missing": Phrase("Ghi số văn bản góp ý.", "Enter the number of the letter."),
    "planning.change_overtaken": Phrase(
        "Dòng này đã thay đổi thêm sau đó. Hoàn tác thay đổi mới hơn trước.",
        "The line has changed again since. Undo the later change first.",
    ),
    "planning.proposal_worse": Phrase(
        "Phương án kém hơn kế hoạch hiện nay. Nêu lý do nếu vẫn áp dụng.",
        "The proposal is worth less than the present plan. State the reason if it is adopted all the same.",
    ),
    "planning.nothing_to_carry": Phrase(
        "Không còn nhu cầu chưa đáp ứng có dòng kế hoạch làm căn cứ chi phí.",
        "No need is left unmet that has a line to take its costs from.",
    ),
    "planning.carry_annual_only": Phrase(
        "Chỉ chuyển nhu cầu từ kế hoạch năm đã phê duyệt.", "Needs are carried forward from approved annual plans only."
    ),
    "planning.value_wrong": Phrase("Chỉ tiêu phải từ 0 trở lên.", "A target cannot be negative."),
    "planning.year_unread": Phrase("Không đọc được năm “{text}”.", "The year “{text}” cannot be read."),
    "planning.class_fee_and_line": Phrase(
        "Lớp “{title}” có thu học phí {fee:vi} trong khi dòng này chi từ nguồn khác: kiểm tra để không chi hai lần.",
        "Class “{title}” takes a fee of {fee:en} while this line is paid from another source: check that nothing is paid twice.",
    ),
}
