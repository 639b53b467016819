from lientuc.core.phrases import Phrase
from lientuc.law.authority import Proof

from .enums import (
    AttendanceState,
    CertificateStatus,
    EventKind,
    ParticipationRole,
    ParticipationState,
    RunKind,
    RunState,
)

RUN_KINDS = {
    RunKind.CLASS: Phrase("Khóa đào tạo, bồi dưỡng", "Training class"),
    RunKind.CONFERENCE: Phrase("Hội nghị, hội thảo", "Conference, workshop"),
    RunKind.SCIENTIFIC_MEETING: Phrase("Sinh hoạt khoa học, tọa đàm", "Scientific meeting"),
    RunKind.CASE_CONFERENCE: Phrase("Bình bệnh án, hội chẩn", "Case conference"),
}

LABELS = {
    RunKind: RUN_KINDS,
    RunState: {
        RunState.PLANNED: Phrase("Dự kiến", "Planned"),
        RunState.OPEN: Phrase("Đang tuyển sinh", "Open for enrolment"),
        RunState.RUNNING: Phrase("Đang diễn ra", "Running"),
        RunState.FINISHED: Phrase("Đã kết thúc", "Finished"),
        RunState.CANCELLED: Phrase("Đã hủy", "Cancelled"),
    },
    ParticipationRole: {
        ParticipationRole.LEARNER: Phrase("Học viên", "Learner"),
        ParticipationRole.LECTURER: Phrase("Giảng viên", "Lecturer"),
        ParticipationRole.CHAIR: Phrase("Chủ tọa", "Chair"),
        ParticipationRole.SPEAKER: Phrase("Báo cáo viên", "Speaker"),
        ParticipationRole.DELEGATE: Phrase("Đại biểu tham dự", "Delegate"),
    },
    ParticipationState: {
        ParticipationState.ENROLLED: Phrase("Đã ghi danh", "Enrolled"),
        ParticipationState.WAITLISTED: Phrase("Chờ chỗ", "On the waiting list"),
        ParticipationState.WITHDRAWN: Phrase("Đã rút", "Withdrawn"),
        ParticipationState.COMPLETED: Phrase("Hoàn thành", "Completed"),
        ParticipationState.FAILED: Phrase("Không hoàn thành", "Not completed"),
    },
    AttendanceState: {
        AttendanceState.PRESENT: Phrase("Có mặt", "Present"),
        AttendanceState.LATE: Phrase("Đến muộn", "Late"),
        AttendanceState.EXCUSED: Phrase("Vắng có phép", "Excused"),
        AttendanceState.ABSENT: Phrase("Vắng", "Absent"),
    },
    EventKind: {
        EventKind.REVOKED: Phrase("Thu hồi", "Revoked"),
        EventKind.SUPERSEDED: Phrase("Cấp lại, thay thế", "Superseded"),
    },
    CertificateStatus: {
        CertificateStatus.VALID: Phrase("Có hiệu lực", "Valid"),
        CertificateStatus.REVOKED: Phrase("Đã thu hồi", "Revoked"),
        CertificateStatus.SUPERSEDED: Phrase("Đã được thay bằng bản cấp lại", "Superseded"),
        CertificateStatus.UNKNOWN: Phrase("Không tìm thấy", "Unknown"),
    },
    Proof: {
        Proof.COURSE_CERTIFICATE: Phrase(
            "Chứng chỉ đào tạo liên tục (Thông tư 22/2013)", "Course certificate (Circular 22/2013)"
        ),
        Proof.FORM_CONFIRMATION: Phrase(
            "Giấy chứng nhận đào tạo liên tục (Thông tư 22/2013)", "Confirmation (Circular 22/2013)"
        ),
        Proof.PRACTITIONER_CERTIFICATE: Phrase(
            "Giấy chứng nhận cập nhật kiến thức y khoa liên tục (Thông tư 32/2023)",
            "Practitioner's certificate (Circular 32/2023)",
        ),
    },
}

# The short name of each paper inside a sentence.
PAPERS = {
    Proof.COURSE_CERTIFICATE: Phrase("chứng chỉ đào tạo liên tục", "course certificates"),
    Proof.FORM_CONFIRMATION: Phrase("giấy chứng nhận đào tạo liên tục", "confirmations"),
    Proof.PRACTITIONER_CERTIFICATE: Phrase(
        "giấy chứng nhận cập nhật kiến thức y khoa liên tục", "practitioners' certificates"
    ),
}

SENTENCES = {
    "delivery.title_missing": Phrase("Nhập tên khóa.", "Enter the title."),
    "delivery.place_missing": Phrase("Nhập địa điểm.", "Enter the place."),
    "delivery.ends_before_start": Phrase(
        "Ngày kết thúc phải từ ngày bắt đầu trở đi.", "The last day cannot come before the first."
    ),
    "delivery.capacity_too_small": Phrase("Số chỗ phải từ 1 trở lên.", "There must be at least 1 seat."),
    "delivery.fee_negative": Phrase("Mức thu không được âm.", "The fee cannot be negative."),
    "delivery.proof_missing": Phrase("Chọn ít nhất một loại giấy sẽ cấp.", "Choose at least one kind of certificate."),
    "delivery.curriculum_missing": Phrase(
        "Khóa đào tạo phải theo một chương trình đã ban hành. Chọn phiên bản chương trình.",
        "A class follows an approved programme. Choose its version.",
    ),
    "delivery.hours_not_quarters": Phrase(
        "Số tiết, số giờ phải là số không âm, chẵn đến 0,25.", "Hours must be a number from 0, in steps of 0.25."
    ),
    "delivery.decided_hours_missing": Phrase(
        "Nhập số tiết do người đứng đầu cơ sở quyết định (Điều 6 khoản 6 Thông tư 22/2013/TT-BYT) để cấp giấy chứng nhận cho nhân viên y tế khác.",
        "Enter the lessons the provider's head decided (Art. 6(6) of Circular 22/2013/TT-BYT) to issue confirmations.",
    ),
    "delivery.not_a_provider": Phrase(
        "Đơn vị chưa được ghi là cơ sở đào tạo. Đề nghị Sở Y tế ghi nhận cơ sở trước.",
        "The organisation is not recorded as a provider. Ask the health department to record it first.",
    ),
    "delivery.authority_no_code": Phrase(
        "Cơ sở chưa có mã A, B hoặc C nên không được cấp {paper.vi} ({article.vi}). Bỏ chọn loại giấy này hoặc xin cấp mã.",
        "Without a code A, B or C the provider may not issue {paper.en} ({article.en}). Leave this paper out or apply for a code.",
    ),
    "delivery.authority_code_not_valid": Phrase(
        "Mã cơ sở không có hiệu lực vào ngày này nên không được cấp {paper.vi} ({article.vi}). Đổi ngày hoặc gia hạn mã.",
        "The provider's code is not valid on this day, so it may not issue {paper.en} ({article.en}). Change the day or renew the code.",
    ),
    "delivery.authority_kind_not_named": Phrase(
        "Loại hình đơn vị không thuộc các cơ sở được cấp {paper.vi} ({article.vi}). Phối hợp với một cơ sở đủ điều kiện.",
        "This kind of organisation is not among those that may issue {paper.en} ({article.en}). Work with one that is.",
    ),
    "delivery.authority_suspended": Phrase(
        "Cơ sở đang bị đình chỉ nên không được cấp {paper.vi} ({article.vi}). Khắc phục và đề nghị gỡ đình chỉ.",
        "The provider is suspended and may not issue {paper.en} ({article.en}). Correct the findings and ask for the suspension to be lifted.",
    ),
    "delivery.proof_not_in_force": Phrase(
        "Vào ngày {day} chưa có văn bản quy định loại giấy đã chọn. Đổi ngày hoặc bỏ chọn loại giấy đó.",
        "On {day} no text provides for a paper that was chosen. Change the day or leave it out.",
    ),
    "delivery.curriculum_of_other": Phrase(
        "Chương trình thuộc cơ sở khác. Chọn chương trình của đơn vị tổ chức.",
        "The programme belongs to another provider. Choose one of the organiser's.",
    ),
    "delivery.curriculum_not_approved": Phrase(
        "Phiên bản chương trình chưa được thẩm định và ban hành (Điều 8 Thông tư 22/2013/TT-BYT). Trình thẩm định trước khi mở lớp.",
        "The version was not appraised and issued (Art. 8 of Circular 22/2013/TT-BYT). Have it appraised before opening.",
    ),
    "delivery.curriculum_not_yet": Phrase(
        "Chương trình được ban hành sau ngày khai giảng. Lùi ngày khai giảng.",
        "The programme is issued after the first day. Begin later.",
    ),
    "delivery.curriculum_withdrawn": Phrase(
        "Phiên bản chương trình đã rút trước ngày khai giảng. Chọn phiên bản đang dùng.",
        "The version was withdrawn before the first day. Choose one in use.",
    ),
    "delivery.fee_not_published": Phrase(
        "Mức thu phải được công khai trước ngày khai giảng (Thông tư 22/2013/TT-BYT). Ghi ngày công khai sớm hơn ngày khai giảng.",
        "The fee must be published before the first day (Circular 22/2013/TT-BYT). Give an earlier day of publication.",
    ),
    "delivery.published_in_future": Phrase(
        "Ngày công khai không thể sau hôm nay.", "The day of publication cannot come after today."
    ),
    "delivery.wrong_state": Phrase(
        "Trạng thái hiện tại của khóa không cho phép bước này. Tải lại trang để xem trạng thái mới.",
        "The present state of the run does not allow this step. Reload the page to see it.",
    ),
    "delivery.reason_missing": Phrase("Nêu rõ lý do.", "Give the reason."),
    "delivery.session_outside_run": Phrase(
        "Buổi học phải nằm trong thời gian của khóa.", "A session lies within the days of the run."
    ),
    "delivery.session_ends_first": Phrase(
        "Giờ kết thúc phải sau giờ bắt đầu.", "The session must end after it starts."
    ),
    "delivery.session_overlaps": Phrase(
        "Trùng giờ với một buổi khác của khóa. Đổi giờ bắt đầu.",
        "This overlaps another session of the run. Change the start.",
    ),
    "delivery.lecturer_of_other_run": Phrase("Chọn giảng viên của khóa này.", "Choose a lecturer of this run."),
    "delivery.lecturer_name_missing": Phrase("Nhập họ tên giảng viên.", "Enter the lecturer's name."),
    "delivery.lecturer_experience": Phrase(
        "Giảng viên phải có ít nhất {months} tháng kinh nghiệm liên tục về nội dung giảng dạy ({article.vi}). Mời người khác.",
        "A lecturer needs at least {months} consecutive months of experience in the subject ({article.en}). Invite another.",
    ),
    "delivery.lecturer_licence": Phrase(
        "Giảng viên lâm sàng phải có giấy phép hành nghề phù hợp ({article.vi}). Ghi giấy phép vào hồ sơ hoặc mời người khác.",
        "A clinical lecturer needs a matching licence ({article.en}). Record the licence or invite another.",
    ),
    "delivery.lecturer_twice": Phrase(
        "Người này đã là giảng viên của khóa.", "This person already teaches in the run."
    ),
    "delivery.run_not_open": Phrase("Khóa không ở trạng thái nhận ghi danh.", "The run is not open for enrolment."),
    "delivery.run_over": Phrase("Khóa đã qua ngày kết thúc.", "The last day of the run has passed."),
    "delivery.role_not_here": Phrase(
        "Vai trò này không có trong loại hình của khóa. Chọn vai trò khác.",
        "This kind of run has no such role. Choose another.",
    ),
    "delivery.enrolled_before": Phrase(
        "Người này đã có tên trong khóa với vai trò đó.", "This person is already in the run in that role."
    ),
    "delivery.worker_left": Phrase(
        "Người này đã nghỉ hoặc rời ngành theo hồ sơ. Kiểm tra lại hồ sơ.",
        "The register says this person has left. Check the record.",
    ),
    "delivery.clash": Phrase(
        "Trùng thời gian với khóa “{title}” mà người này đã ghi danh. Chọn khóa khác hoặc rút khóa kia.",
        "This overlaps “{title}”, in which the person is enrolled. Choose another run or withdraw from that one.",
    ),
    "delivery.not_enrolled": Phrase(
        "Chỉ thực hiện được với người đang ghi danh. Tải lại trang để xem danh sách mới.",
        "This is possible only for people enrolled. Reload the page to see the list.",
    ),
    "delivery.attendance_closed": Phrase(
        "Khóa đã kết thúc hoặc chưa mở nên không ghi được điểm danh.",
        "The run is finished or not open; attendance cannot be recorded.",
    ),
    "delivery.session_in_future": Phrase(
        "Chưa đến ngày của buổi học này.", "The day of this session has not come yet."
    ),
    "delivery.not_over_yet": Phrase("Chưa đến ngày kết thúc của khóa.", "The last day of the run has not come yet."),
    "delivery.no_sessions": Phrase(
        "Khóa chưa có buổi học nào. Nhập các buổi học và điểm danh trước.",
        "The run has no sessions. Enter sessions and attendance first.",
    ),
    "delivery.attendance_missing": Phrase(
        "Còn {sessions} buổi chưa điểm danh. Điểm danh đủ rồi kết thúc khóa.",
        "{sessions} sessions have no attendance. Record it, then finish the run.",
    ),
    "delivery.run_not_finished": Phrase(
        "Khóa chưa kết thúc. Kết thúc khóa trước khi cấp giấy.",
        "The run is not finished. Finish it before issuing certificates.",
    ),
    "delivery.issue_day": Phrase(
        "Ngày cấp phải từ ngày kết thúc khóa đến hôm nay.",
        "The day of issue lies between the last day of the run and today.",
    ),
    "delivery.signer_missing": Phrase("Nhập chức vụ người ký.", "Enter the post of the signer."),
    "delivery.number_pattern": Phrase(
        "Mẫu số “{pattern}” của cơ sở không dùng được: phải có {{serial}} và chỉ dùng {{serial}}, {{year}}, {{code}}. Sửa trong hồ sơ cơ sở đào tạo.",
        "The provider's number pattern “{pattern}” cannot be used: it needs {{serial}} and only {{serial}}, {{year}}, {{code}}. Mend it in the provider's record.",
    ),
    "delivery.revoked_before": Phrase(
        "Giấy này đã bị thu hồi hoặc thay thế.", "This certificate was revoked or superseded before."
    ),
    "delivery.revoke_day": Phrase(
        "Ngày thu hồi phải từ ngày cấp đến hôm nay.", "The day of revocation lies between the day of issue and today."
    ),
    "delivery.slow_down": Phrase(
        "Quá nhiều lượt tra cứu từ địa chỉ mạng này. Thử lại sau một phút.",
        "Too many look-ups from this network address. Try again in a minute.",
    ),
}
