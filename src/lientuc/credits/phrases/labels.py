"""Labels of codes: our own, and those of the law about credit."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from lientuc.core.phrases import Phrase
from lientuc.law import Certainty
from lientuc.law.credits import Form, Level, Reason, Regime, Role, Status, Unit

from ..enums import (
    AppraisalResult,
    BesideWhy,
    ClaimState,
    DoubleKind,
    EntrySource,
    FactorUnit,
    LineState,
    RegimeReason,
    SampleRule,
)

LABELS: Mapping[type[StrEnum], Mapping[Any, Phrase]] = {
    EntrySource: {
        EntrySource.FORM: Phrase("nhập trên màn hình", "typed in"),
        EntrySource.EXCEL: Phrase("nhập từ tệp", "from a file"),
        EntrySource.API: Phrase("hệ thống khác gửi", "from another system"),
        EntrySource.COMMAND: Phrase("nhập bằng dòng lệnh", "by command line"),
        EntrySource.AWARD: Phrase("ghi nhận từ khóa đào tạo", "awarded by a course run"),
        EntrySource.REGISTER_BOOK: Phrase("nhập từ sổ, chưa có QR", "from a paper register, no QR"),
        EntrySource.CLAIM: Phrase("tự khai, đơn vị đã xác nhận", "handed in by the person, checked"),
        EntrySource.NAMES: Phrase("ghi theo danh sách tham dự", "from a list of names"),
    },
    ClaimState: {
        ClaimState.SUBMITTED: Phrase("chờ đơn vị xác nhận", "waiting for the unit"),
        ClaimState.RETURNED: Phrase("trả lại để bổ sung", "returned to be completed"),
        ClaimState.ACCEPTED: Phrase("đã ghi nhận", "accepted"),
        ClaimState.REFUSED: Phrase("không ghi nhận", "refused"),
        ClaimState.WITHDRAWN: Phrase("đã rút", "withdrawn"),
    },
    SampleRule: {
        SampleRule.EVERY_KTH: Phrase("cứ k hồ sơ lấy một, theo thứ tự nhận", "every k-th, in the order received"),
        SampleRule.RANDOM: Phrase("rút ngẫu nhiên theo tỷ lệ phần trăm", "a random share, in percent"),
    },
    LineState: {
        LineState.MATCHED: Phrase("tìm thấy", "found"),
        LineState.AMBIGUOUS: Phrase("trùng tên, cần chọn", "several people, choose one"),
        LineState.UNKNOWN: Phrase("không tìm thấy", "not found"),
    },
    AppraisalResult: {
        AppraisalResult.REACHED: Phrase("đạt", "reached"),
        AppraisalResult.FLOOR_MISSING: Phrase("thiếu mức của năm", "floor of a year missing"),
        AppraisalResult.TOTAL_MISSING: Phrase("thiếu tổng số giờ", "total missing"),
        AppraisalResult.IN_TIME: Phrase("còn trong hạn giấy phép", "within the licence's time"),
        AppraisalResult.EXEMPT: Phrase("được miễn", "exempt"),
    },
    DoubleKind: {
        DoubleKind.SAME_CERTIFICATE: Phrase("cùng một số chứng nhận", "same certificate"),
        DoubleKind.SAME_ACTIVITY: Phrase("cùng ngày, cùng nội dung", "same day and title"),
        DoubleKind.REGIME_CHANGED: Phrase(
            "đổi chế độ (tiết sang giờ tín chỉ)", "regime changed (lessons to credit hours)"
        ),
    },
    BesideWhy: {
        BesideWhy.OTHER_STAFF_BEFORE: Phrase(
            "Trước khi có giấy phép hành nghề: tính như nhân viên y tế khác (tiết). Hai cách tính không cộng chung.",
            "Before the licence: reckoned as other health staff (lessons). The two are never added together.",
        ),
        BesideWhy.WITHOUT_PRE2024: Phrase(
            "Nếu không tính hoạt động trước ngày 01/01/2024 (văn bản chưa nêu rõ).",
            "If activities before 1 January 2024 did not count (no text read says).",
        ),
        BesideWhy.OTHER_FACTORS: Phrase(
            "Nếu dùng bộ hệ số B, nơi hai bản Phụ lục I đọc được khác nhau.",
            "By factor set B, where the two copies of Appendix I that were read differ.",
        ),
    },
    Form: {
        Form.SHORT_COURSE: Phrase("khóa đào tạo, bồi dưỡng ngắn hạn", "short course"),
        Form.CONFERENCE: Phrase("hội nghị, hội thảo, tọa đàm", "conference or workshop"),
        Form.PROCEDURE_DRAFTING: Phrase("xây dựng quy trình chuyên môn", "drafting a professional procedure"),
        Form.LEGAL_DOCUMENT: Phrase("xây dựng văn bản quy phạm", "drafting a legal document"),
        Form.RESEARCH: Phrase("nhiệm vụ khoa học, sáng kiến", "research task or initiative"),
        Form.ARTICLE: Phrase("bài báo khoa học", "scientific article"),
        Form.TEACHING: Phrase("giảng dạy", "teaching"),
        Form.THESIS: Phrase("hướng dẫn luận văn, luận án", "supervising a thesis"),
        Form.COUNCIL: Phrase("hội đồng khoa học, hội đồng nghiệm thu", "thesis or acceptance council"),
        Form.CASE_CONFERENCE: Phrase("hội chẩn, bình bệnh án", "case conference"),
        Form.DEGREE_STUDY: Phrase("học chương trình cấp văn bằng", "study for a degree"),
        Form.CERTIFICATE_STUDY: Phrase("học chứng chỉ chuyên khoa, kỹ thuật", "study for a specialty certificate"),
        Form.TEXTBOOK: Phrase("biên soạn giáo trình, tài liệu", "writing a textbook"),
        Form.SELF_UPDATE: Phrase("tự cập nhật kiến thức", "self-directed update"),
    },
    Role: {
        Role.LEARNER: Phrase("học viên", "learner"),
        Role.LECTURER: Phrase("giảng viên", "lecturer"),
        Role.CHAIR: Phrase("chủ tọa", "chair"),
        Role.SPEAKER: Phrase("báo cáo viên", "speaker"),
        Role.DELEGATE: Phrase("đại biểu", "delegate"),
        Role.HEAD: Phrase("chủ nhiệm, chủ trì", "head"),
        Role.SECRETARY: Phrase("thư ký", "secretary"),
        Role.REVIEWER: Phrase("phản biện", "reviewer"),
        Role.MEMBER: Phrase("thành viên", "member"),
        Role.MAIN_AUTHOR: Phrase("tác giả chính", "main author"),
        Role.OTHER_AUTHOR: Phrase("đồng tác giả", "other author"),
        Role.AUTHOR: Phrase("tác giả", "author"),
        Role.SUPERVISOR: Phrase("người hướng dẫn", "supervisor"),
    },
    Level: {
        Level.STATE: Phrase("cấp Nhà nước", "State level"),
        Level.MINISTRY: Phrase("cấp Bộ", "ministry level"),
        Level.PROVINCE: Phrase("cấp tỉnh", "province level"),
        Level.BASE: Phrase("cấp cơ sở", "base level"),
        Level.DOCTORAL: Phrase("tiến sĩ", "doctoral"),
        Level.MASTER: Phrase("thạc sĩ, chuyên khoa", "master or specialist"),
        Level.OTHER: Phrase("khác", "other"),
        Level.INTERNATIONAL: Phrase("quốc tế", "international"),
        Level.DOMESTIC: Phrase("trong nước", "domestic"),
    },
    FactorUnit: {
        FactorUnit.LESSON: Phrase("tiết", "lessons"),
        FactorUnit.HALF_DAY: Phrase("buổi", "half-days"),
        FactorUnit.REPORT: Phrase("báo cáo", "reports"),
        FactorUnit.DOCUMENT: Phrase("văn bản", "documents"),
        FactorUnit.TASK: Phrase("nhiệm vụ", "tasks"),
        FactorUnit.ARTICLE: Phrase("bài", "articles"),
        FactorUnit.THESIS: Phrase("luận văn", "theses"),
        FactorUnit.COUNCIL: Phrase("hội đồng", "councils"),
        FactorUnit.CASE: Phrase("ca bệnh", "cases"),
        FactorUnit.YEAR: Phrase("năm", "years"),
        FactorUnit.BOOK: Phrase("cuốn", "books"),
        FactorUnit.DECIDED: Phrase("theo quyết định", "as decided"),
    },
    Regime: {
        Regime.P: Phrase("người hành nghề", "practitioners"),
        Regime.S: Phrase("nhân viên y tế khác", "other health staff"),
        Regime.P_2013: Phrase("người hành nghề (trước năm 2024)", "practitioners (before 2024)"),
        Regime.PHARMACY: Phrase("người hành nghề dược", "pharmacy"),
        Regime.SOCIAL_WORK: Phrase("nhân viên công tác xã hội", "social work"),
    },
    RegimeReason: {
        RegimeReason.PRACTITIONER: Phrase(
            "Chức danh phải cập nhật kiến thức y khoa liên tục, có giấy phép và đang hành nghề.",
            "A title bound to keep knowledge current, with a licence that is practised.",
        ),
        RegimeReason.TITLE_UNCLEAR: Phrase(
            "Có giấy phép hành nghề; văn bản chưa nêu rõ chức danh này có phải cập nhật kiến thức hay không.",
            "Holds a licence; the texts do not say clearly whether this title is bound.",
        ),
        RegimeReason.PRACTITIONER_BEFORE_2024: Phrase(
            "Người có chứng chỉ hành nghề, tính theo quy định áp dụng trước ngày 01/01/2024.",
            "Holder of a practice certificate, by the rule of before 1 January 2024.",
        ),
        RegimeReason.LICENCE_NOT_PRACTISED: Phrase(
            "Có giấy phép nhưng không hành nghề: tính như nhân viên y tế khác.",
            "Holds a licence that is not practised: counted as other health staff.",
        ),
        RegimeReason.OTHER_STAFF: Phrase(
            "Nhân viên y tế không thuộc diện có giấy phép hành nghề.", "Health staff without a practising licence."
        ),
        RegimeReason.CLINICAL_PHARMACY: Phrase(
            "Dược lâm sàng thuộc phạm vi đào tạo liên tục.", "Clinical pharmacy falls under continuing training."
        ),
        RegimeReason.VILLAGE_HEALTH_WORKER: Phrase(
            "Nhân viên y tế thôn, bản: tính như nhân viên y tế khác.",
            "Village health workers are counted as other health staff.",
        ),
        RegimeReason.PHARMACY_UPDATING: Phrase(
            "Cập nhật kiến thức chuyên môn về dược theo quy định riêng; không tính giờ tại đây.",
            "Pharmacy has rules of its own; no hours are counted here.",
        ),
        RegimeReason.SOCIAL_WORK_UPDATING: Phrase(
            "Cập nhật kiến thức công tác xã hội theo quy định riêng; không tính giờ tại đây.",
            "Social work has rules of its own; no hours are counted here.",
        ),
    },
    Unit: {
        Unit.CREDIT_HOUR: Phrase("giờ tín chỉ", "credit hours"),
        Unit.LESSON: Phrase("tiết", "lessons"),
        Unit.NONE: Phrase("không tính giờ", "no hours counted"),
    },
    Status: {
        Status.MET: Phrase("đã đủ", "met"),
        Status.ACCRUING: Phrase("đang tích lũy", "accruing"),
        Status.SHORT: Phrase("chưa đạt", "not met in time"),
        Status.EXEMPT: Phrase("được miễn, tạm hoãn", "exempt"),
        Status.NOT_COVERED: Phrase("theo quy định khác", "other rules apply"),
    },
    Certainty: {
        Certainty.VERIFIED: Phrase("đã đối chiếu văn bản", "text was read"),
        Certainty.SECONDARY: Phrase("theo nguồn thứ cấp", "from a secondary source"),
        Certainty.UNVERIFIED: Phrase("suy luận, chưa đối chiếu", "inferred, not checked"),
        Certainty.UNKNOWN: Phrase("chưa có giá trị", "no value known"),
    },
    Reason: {
        Reason.COUNTED: Phrase("Được tính đủ.", "Counted in full."),
        Reason.CAPPED: Phrase(
            "Được tính đến mức trần của một lần tham gia; phần vượt không tính.",
            "Counted up to the most one event may give; the rest does not count.",
        ),
        Reason.COUNTED_PRE2024: Phrase(
            "Hoạt động trước ngày 01/01/2024: số tiết theo quy định cũ được đọc thành giờ tín chỉ; chưa có văn bản nêu rõ.",
            "An activity before 1 January 2024: lessons of the old rule are read as credit hours; no text read says so.",
        ),
        Reason.NO_VALUE_KNOWN: Phrase(
            "Chưa tính: chưa biết hệ số quy đổi của hình thức này.",
            "Not counted: the factor of this form is not known.",
        ),
        Reason.HOURS_NOT_DECIDED: Phrase(
            "Chưa tính: người đứng đầu cơ sở đào tạo chưa quyết định số tiết.",
            "Not counted: the provider's head has not decided the hours.",
        ),
        Reason.PRE2024_EXCLUDED: Phrase(
            "Không tính: bộ quy tắc đang chọn không tính hoạt động trước ngày 01/01/2024.",
            "Not counted: the chosen rule set leaves out what was before 1 January 2024.",
        ),
        Reason.FUTURE: Phrase(
            "Chưa tính: hoạt động sau ngày xem kết quả.", "Not counted: later than the day asked about."
        ),
        Reason.OUTSIDE_WINDOW: Phrase(
            "Không tính: ngoài thời gian được tính.", "Not counted: outside the time that counts."
        ),
        Reason.DUPLICATE: Phrase(
            "Không tính: chứng nhận này đã được tính ở dòng khác.",
            "Not counted: this certificate already counts on another line.",
        ),
        Reason.NOT_COVERED: Phrase(
            "Không tính tại đây: người này theo quy định khác.", "Not counted here: other rules apply to this person."
        ),
    },
}
