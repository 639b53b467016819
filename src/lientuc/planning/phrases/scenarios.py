"""Labels and sentences of scenarios: how far a search is, locks, why persons are left out and what would help."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from lientuc.core.phrases import Phrase

from ..enums import NominationState, ScenarioPhase, SeatsState
from ..optimiser.model import Reason

LABELS: Mapping[type[StrEnum], Mapping[Any, Phrase]] = {
    ScenarioPhase: {
        ScenarioPhase.QUEUED: Phrase("chờ đến lượt", "waiting for its turn"),
        ScenarioPhase.READING: Phrase("đọc kế hoạch, nhu cầu, nguồn", "reading plan, needs and sources"),
        ScenarioPhase.PREVIEW: Phrase("tính nhanh", "quick estimate"),
        ScenarioPhase.BOUND: Phrase("tính cận trên và đường kinh phí", "upper bound and budget curve"),
        ScenarioPhase.SEARCH: Phrase("tìm phương án tốt nhất", "searching for the best plan"),
        ScenarioPhase.FAIRNESS: Phrase("tính cái giá của công bằng", "price of fairness"),
        ScenarioPhase.WEEKS: Phrase("xếp tuần và kiểm tra độc lập", "weeks and independent check"),
        ScenarioPhase.DONE: Phrase("đã xong", "done"),
    },
    NominationState: {
        NominationState.PROPOSED: Phrase("hệ thống đề xuất", "proposed by the system"),
        NominationState.CHOSEN: Phrase("đơn vị đã chọn", "chosen by the unit"),
        NominationState.KEPT_OUT: Phrase("đơn vị không cử", "kept out by the unit"),
    },
    SeatsState: {
        SeatsState.OPEN: Phrase("chờ đơn vị xác nhận", "waits for the unit"),
        SeatsState.PART: Phrase("đã xác nhận, chưa đủ chỗ", "confirmed, seats left over"),
        SeatsState.CONFIRMED: Phrase("đã xác nhận", "confirmed"),
    },
    Reason: {
        Reason.EQUIPMENT_ABSENT: Phrase("chưa có thiết bị", "no equipment"),
        Reason.NO_OFFERING: Phrase("chưa có nơi mở lớp", "nobody offers it"),
        Reason.NOT_ELIGIBLE_MONEY: Phrase("không có nguồn được chi", "no source may pay"),
        Reason.PREREQUISITE: Phrase("thiếu chương trình tiên quyết", "prerequisite"),
        Reason.LOCKED: Phrase("do khóa", "locked out"),
        Reason.STAFFING: Phrase("đơn vị không đủ người trực", "too few staff to stay"),
        Reason.PROVIDER_DAYS: Phrase("cơ sở đào tạo kín lịch", "provider is full"),
        Reason.BELOW_MIN_CLASS: Phrase("chưa đủ người mở lớp", "too few for a class"),
        Reason.MONEY: Phrase("thiếu kinh phí", "money"),
        Reason.LOWER_PRIORITY: Phrase("ưu tiên thấp hơn", "lower priority"),
    },
}

SENTENCES = {
    "planning.percent_wrong": Phrase("Nhập số từ {least} đến {most}.", "Enter a number from {least} to {most}."),
    "planning.scenario_stopped": Phrase(
        "Việc tính đã dừng theo yêu cầu. Kế hoạch giữ nguyên.",
        "The search was stopped on request. The plan is unchanged.",
    ),
    "planning.proposal_breaks_lock": Phrase(
        "Phương án có {planned} lớp “{title}” ở quý {quarter}, trái với khóa. Bỏ khóa hoặc tính lại phương án.",
        "The proposal holds {planned} classes of “{title}” in quarter {quarter}, against a lock. Remove it or compute anew.",
    ),
    "planning.seats_handed": Phrase(
        "{organisation} có {seats} chỗ học theo “{plan}”: chọn và xác nhận người đi học.",
        "{organisation} has {seats} seats of “{plan}”: choose and confirm who goes.",
    ),
    "planning.lock_empty": Phrase(
        "Nhập số lớp ít nhất hoặc nhiều nhất.", "Enter the least or the greatest number of classes."
    ),
    "planning.lock_against_classes": Phrase(
        "Lớp “{offering}” quý {quarter} đã mở {opened} lớp, không thể khóa nhiều nhất {at_most}.",
        "{opened} classes of “{offering}” are open in quarter {quarter}: at most {at_most} cannot be asked.",
    ),
    "planning.unmet_below_min_class_counted": Phrase(
        "Thiếu {missing} người để mở thêm một lớp “{offering}” ở quý {quarter}.",
        "{missing} persons are missing for one more class “{offering}” in quarter {quarter}.",
    ),
    "planning.seats_of_approved_only": Phrase(
        "Chỉ giao chỗ học của kế hoạch năm đã phê duyệt.", "Seats are handed out from approved annual plans only."
    ),
    "planning.no_seats": Phrase(
        "Chưa dòng nào gắn với nhu cầu của đơn vị nên chưa có chỗ để giao.",
        "No line serves a need yet: there are no seats to hand out.",
    ),
    "planning.more_than_seats": Phrase(
        "Chọn {named} người trong khi chỉ có {seats} chỗ. Bớt người.", "{named} persons for {seats} seats. Take fewer."
    ),
    "planning.person_not_here": Phrase(
        "Có người không còn ở đơn vị. Tải lại trang.", "Somebody is no longer at the unit. Reload the page."
    ),
    "planning.person_on_leave": Phrase(
        "{name} nghỉ suốt thời gian này. Chọn người khác.", "{name} is on leave throughout. Choose somebody else."
    ),
    "planning.person_named_elsewhere": Phrase(
        "{name} đã được cử đi “{line}” trong cùng quý. Bỏ ở một bên.",
        "{name} goes to “{line}” in the same quarter. Take one away.",
    ),
    "planning.shift_too_few": Phrase(
        "Cử {going} người cùng lúc thì đơn vị thiếu {missing} người cho một phiên trực. Bớt người.",
        "With {going} away at once the unit lacks {missing} people for a shift. Send fewer.",
    ),
    "planning.shift_no_lead": Phrase(
        "Cử {going} người cùng lúc thì phiên trực thiếu {missing} người chuyên môn. Đổi người.",
        "With {going} away at once the shift lacks {missing} clinicians. Choose others.",
    ),
    # What would bring the persons left out into the plan, one for each code of the optimiser.
    "planning.remedy_equipment_absent": Phrase(
        "Đề nghị cấp quản lý ngân sách mua thiết bị; ghi kế hoạch mua ở trang nhu cầu.",
        "Ask whoever holds the budget to buy the equipment; state the purchase on the need's page.",
    ),
    "planning.remedy_no_offering": Phrase(
        "Thêm dòng kế hoạch cho chủ đề này hoặc đặt hàng một cơ sở đào tạo.",
        "Add a plan line on the topic or commission a provider.",
    ),
    "planning.remedy_not_eligible_money": Phrase(
        "Bổ sung nguồn được chi cho chủ đề và cấp này.", "Find a source that may pay for this topic and level."
    ),
    "planning.remedy_prerequisite": Phrase(
        "Xếp chương trình tiên quyết vào quý trước.", "Plan the prerequisite in an earlier quarter."
    ),
    "planning.remedy_locked": Phrase(
        "Bỏ hoặc nới khóa ở dòng “{offering}” nếu muốn đưa vào.", "Lift or loosen the lock on “{offering}”."
    ),
    "planning.remedy_staffing": Phrase(
        "Tăng cường người trực thay, học trực tuyến hoặc tại chỗ, hoặc rải sang quý khác.",
        "Send a stand-in, teach on the line or at work, or spread over other quarters.",
    ),
    "planning.remedy_provider_days": Phrase(
        "Mời thêm cơ sở đào tạo hoặc dời lớp sang quý còn ngày giảng.",
        "Add a provider or move classes to a quarter with days left.",
    ),
    "planning.remedy_below_min_class": Phrase(
        "Ghép với đơn vị, tỉnh khác cùng nhu cầu hoặc chờ đủ người.",
        "Join with other units or provinces, or wait for more persons.",
    ),
    "planning.remedy_money": Phrase("Bổ sung {vnd:vi} cho nguồn {sources}.", "Add {vnd:en} to {sources}."),
    "planning.remedy_lower_priority": Phrase(
        "Chuyển sang năm sau hoặc bổ sung nguồn.", "Carry into the next year or add money."
    ),
}
