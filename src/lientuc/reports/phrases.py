from lientuc.core.phrases import Phrase
from lientuc.credits.phrases import LABELS as CREDITS
from lientuc.law.credits import Status
from lientuc.law.deadlines import ReportKind

from .enums import AgeGroup, ReviewBy, StandingState

LABELS = {
    ReviewBy: {
        ReviewBy.CARE_LEVEL: Phrase("Cấp chuyên môn", "Care level"),
        ReviewBy.PROVINCE: Phrase("Tỉnh, thành phố", "Province"),
        ReviewBy.COMMUNE: Phrase("Xã, phường, đặc khu", "Commune"),
        ReviewBy.TITLE: Phrase("Chức danh", "Title"),
        ReviewBy.ORGANISATION: Phrase("Đơn vị", "Unit"),
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

SENTENCES: dict[str, Phrase] = {}
