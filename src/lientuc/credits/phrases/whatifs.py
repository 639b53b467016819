"""Words of what-ifs: what may be changed, how it is read, what is wrong with a change."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from lientuc.core.phrases import Phrase
from lientuc.law.credits import FactorSet, Pre2024, WindowMode, YearMode

from ..enums import MovedBy, WhatIfState

LABELS: Mapping[type[StrEnum], Mapping[Any, Phrase]] = {
    WhatIfState: {
        WhatIfState.WAITING: Phrase("chờ tính", "waiting"),
        WhatIfState.RUNNING: Phrase("đang tính", "being reckoned"),
        WhatIfState.READY: Phrase("đã có kết quả", "ready"),
        WhatIfState.FAILED: Phrase("không tính được", "failed"),
    },
    MovedBy: {
        MovedBy.PROVINCE: Phrase("tỉnh, thành phố", "province"),
        MovedBy.TITLE: Phrase("chức danh", "title"),
        MovedBy.CARE_LEVEL: Phrase("cấp chuyên môn", "care level"),
        MovedBy.EVERYTHING: Phrase("tỉnh × chức danh × cấp chuyên môn", "province × title × care level"),
    },
    WindowMode: {
        WindowMode.ROLLING: Phrase("05 năm liên tục tính đến ngày xem", "five years ending on the day asked about"),
        WindowMode.LICENCE: Phrase("thời hạn của giấy phép hành nghề", "the term of the licence"),
        WindowMode.CONVERSION: Phrase("05 năm kể từ ngày chuyển đổi", "five years from conversion"),
    },
    FactorSet: {
        FactorSet.A: Phrase("bảng A (bảng quy đổi của một bệnh viện)", "set A (a hospital's table)"),
        FactorSet.B: Phrase("bảng B (câu hỏi ôn thi điều dưỡng)", "set B (a nursing examination)"),
    },
    Pre2024: {
        Pre2024.COUNT: Phrase("được tính", "counted"),
        Pre2024.EXCLUDE: Phrase("không tính", "left out"),
    },
    YearMode: {
        YearMode.CALENDAR: Phrase("năm dương lịch", "calendar year"),
        YearMode.BACK_FROM_D: Phrase("12 tháng tính ngược từ ngày xem", "twelve months back from the day asked about"),
    },
}

CHANGE_NAMES: Mapping[str, Phrase] = {
    "credits.p.required_hours": Phrase(
        "Người hành nghề: số giờ tín chỉ phải có", "Practitioners: credit hours asked for"
    ),
    "credits.p.window_years": Phrase("Người hành nghề: số năm của kỳ tích lũy", "Practitioners: years of the window"),
    "credits.p.credit_hours_per_old_lesson": Phrase(
        "Người hành nghề: số giờ tín chỉ của một tiết trước năm 2024",
        "Practitioners: credit hours of a lesson of before 2024",
    ),
    "credits.s.required_hours": Phrase("Nhân viên y tế khác: số tiết phải có", "Other staff: lessons asked for"),
    "credits.s.window_years": Phrase("Nhân viên y tế khác: số năm của kỳ tích lũy", "Other staff: years of the window"),
    "credits.s.yearly_hours": Phrase(
        "Nhân viên y tế khác: số tiết tối thiểu mỗi năm", "Other staff: lessons asked for each year"
    ),
    "licence.renewal_notice_days": Phrase(
        "Số ngày phải nộp hồ sơ gia hạn trước khi giấy phép hết hạn", "Days before expiry by which renewal is filed"
    ),
    "window": Phrase("Kỳ 05 năm của người hành nghề tính từ đâu", "From where a practitioner's five years run"),
    "factor_set": Phrase("Bảng hệ số quy đổi", "Copy of the conversion table"),
    "pre2024": Phrase("Giờ trước ngày 01/01/2024 của người hành nghề", "Practitioners' hours of before 1 January 2024"),
    "year_mode": Phrase("Một năm của nhân viên y tế khác", "A year of other staff"),
}

SENTENCES = {
    "credits.what_if_name_missing": Phrase("Đặt tên cho giả định.", "Give the what-if a name."),
    "credits.what_if_changes_nothing": Phrase(
        "Chưa thay đổi giá trị nào so với quy tắc hiện hành. Nhập ít nhất một giá trị khác.",
        "Nothing differs from the rules in force. Enter at least one other value.",
    ),
    "credits.change_unknown": Phrase("Quy tắc không có mục “{name}”.", "The rules have nothing called “{name}”."),
    "credits.change_choice": Phrase("Chọn một trong các giá trị: {choices}.", "Choose one of: {choices}."),
    "credits.change_number": Phrase("Nhập một số từ 0 đến {most}.", "Enter a number from 0 to {most}."),
    "credits.change_whole": Phrase(
        "Nhập số nguyên, số năm ít nhất là 1.", "Enter a whole number; years are at least 1."
    ),
    "credits.change_quarters": Phrase(
        "Số giờ phải là bội số của 0,25.", "Hours must be whole quarter hours (multiples of 0.25)."
    ),
    "credits.change_decimals": Phrase("Nhập nhiều nhất hai chữ số thập phân.", "Enter at most two decimals."),
    "credits.change_row_without_value": Phrase(
        "Chọn dòng của bảng quy đổi thì phải nhập giá trị mới.", "A row of the conversion table needs its new value."
    ),
}
