from lientuc.core.phrases import Phrase
from lientuc.credits.phrases import LABELS as CREDITS
from lientuc.law.credits import Status
from lientuc.law.deadlines import ReportKind

from .enums import AgeGroup, Area, Movement, Ownership, ReviewBy, StandingState

LABELS = {
    ReviewBy: {
        ReviewBy.CARE_LEVEL: Phrase("Cấp chuyên môn", "Care level"),
        ReviewBy.PROVINCE: Phrase("Tỉnh, thành phố", "Province"),
        ReviewBy.COMMUNE: Phrase("Xã, phường, đặc khu", "Commune"),
        ReviewBy.TITLE: Phrase("Chức danh", "Title"),
        ReviewBy.ORGANISATION: Phrase("Đơn vị", "Unit"),
        ReviewBy.AREA: Phrase("Vùng khó khăn", "Difficulty area"),
        ReviewBy.OWNERSHIP: Phrase("Công lập, tư nhân", "Public or private"),
    },
    Area: {
        Area.NONE: Phrase("ngoài danh sách", "in no list"),
        Area.I: Phrase("khu vực I", "area I"),
        Area.II: Phrase("khu vực II", "area II"),
        Area.III: Phrase("khu vực III", "area III"),
    },
    Ownership: {
        Ownership.PUBLIC: Phrase("công lập", "public"),
        Ownership.PRIVATE: Phrase("tư nhân", "private"),
    },
    Movement: {
        Movement.CAME: Phrase("mới có", "came"),
        Movement.WENT: Phrase("không còn", "went"),
        Movement.CHANGED_UNIT: Phrase("đổi đơn vị", "changed unit"),
        Movement.CHANGED: Phrase("thay đổi khác", "changed otherwise"),
    },
    AgeGroup: {
        AgeGroup.UNDER_30: Phrase("dưới 30 tuổi", "under 30"),
        AgeGroup.FROM_30: Phrase("30–39 tuổi", "30–39"),
        AgeGroup.FROM_40: Phrase("40–49 tuổi", "40–49"),
        AgeGroup.FROM_50: Phrase("từ 50 tuổi", "50 and over"),
        AgeGroup.UNKNOWN: Phrase("chưa có năm sinh", "year of birth unknown"),
    },
    StandingState: {StandingState(code): text for code, text in CREDITS[Status].items()}
    | {StandingState.NOT_RECKONED: Phrase("chưa tính", "not reckoned")},
    ReportKind: {
        ReportKind.HALF_YEAR: Phrase("Báo cáo đào tạo liên tục 6 tháng", "Half-year report on continuing training"),
        ReportKind.ANNUAL: Phrase("Báo cáo đào tạo liên tục năm", "Annual report on continuing training"),
    },
}

SENTENCES: dict[str, Phrase] = {
    "reports.view_name_missing": Phrase("Nhập tên cách xem.", "Name the view."),
    "reports.view_name_taken": Phrase(
        "Đã có cách xem tên này. Chọn tên khác.", "A view has this name. Choose another."
    ),
    "reports.too_many_views": Phrase(
        "Đã lưu {most} cách xem. Xóa bớt trước khi lưu thêm.", "{most} views are saved. Delete some first."
    ),
    "reports.view_of_another": Phrase(
        "Chỉ người lưu mới xóa được cách xem này.", "Only its owner may delete this view."
    ),
    "reports.title_missing": Phrase("Nhập tên bản chốt.", "Enter the title."),
    "reports.signed_name_missing": Phrase("Nhập họ và tên người ký.", "Enter the name of who signs."),
    "reports.signed_post_missing": Phrase("Nhập chức vụ người ký.", "Enter the post of who signs."),
    "reports.hours_due": Phrase(
        "{name}: còn thiếu {missing} {unit}, hạn {deadline}.", "{name}: {missing} {unit} missing, due {deadline}."
    ),
    "reports.year_due": Phrase(
        "{name}: chưa đủ mức tối thiểu của năm, hạn {deadline}; năm thiếu không bù được.",
        "{name}: the floor of the year is not reached, due {deadline}; a missed year cannot be made up.",
    ),
    "reports.hours_overdue": Phrase(
        "{name}: đã quá hạn {deadline} mà còn thiếu {missing} {unit}. Liên hệ đơn vị để sắp xếp.",
        "{name}: {missing} {unit} are missing and were due {deadline}. Speak to the unit.",
    ),
    "reports.digest": Phrase(
        "{organisation}: {n} người sắp đến hạn trong {days} ngày tới hoặc vừa quá hạn.",
        "{organisation}: {n} people are due within {days} days or were due just now.",
    ),
}
