"""The sentence of every problem and remark of the room."""

from __future__ import annotations

from lientuc.core.phrases import Phrase

SENTENCES = {
    "credits.no_worker": Phrase(
        "Không tìm thấy người này trong phạm vi được ghi nhận. Kiểm tra số định danh cá nhân hoặc số giấy phép hành nghề.",
        "This person was not found among those this account records for. Check the national or the licence number.",
    ),
    "credits.name_differs": Phrase(
        "Họ tên “{name}” không khớp với hồ sơ mang số này. Kiểm tra lại số hoặc họ tên.",
        "The name “{name}” differs from the record under this number. Check the number or the name.",
    ),
    "credits.day_missing": Phrase("Nhập ngày diễn ra hoạt động.", "Enter the day of the activity."),
    "credits.day_wrong": Phrase(
        "“{text}” không phải là ngày. Nhập ngày/tháng/năm, ví dụ 05/03/2026.",
        "“{text}” is not a day. Enter day/month/year, for example 05/03/2026.",
    ),
    "credits.future_day": Phrase(
        "Ngày hoạt động ở sau hôm nay. Ghi nhận khi hoạt động đã diễn ra.",
        "The activity is later than today. Record it once it has taken place.",
    ),
    "credits.before_birth": Phrase(
        "Ngày hoạt động ở trước ngày sinh. Kiểm tra ngày hoạt động hoặc hồ sơ.",
        "The activity is earlier than the person's birth. Check the day or the record.",
    ),
    "credits.title_missing": Phrase(
        "Nhập tên khóa học, hội nghị, đề tài hoặc tài liệu.", "Enter the name of the course, event, task or document."
    ),
    "credits.too_long": Phrase(
        "Nội dung dài quá {limit} ký tự. Rút gọn lại.", "The text is longer than {limit} characters. Shorten it."
    ),
    "credits.form_missing": Phrase("Chọn hình thức tham gia.", "Choose the form of the activity."),
    "credits.form_unknown": Phrase(
        "Quy định áp dụng cho người này không có hình thức, vai trò và cấp đã chọn. Chọn lại vai trò hoặc cấp.",
        "The rule for this person has no such form, role and level. Choose another role or level.",
    ),
    "credits.no_text_that_day": Phrase(
        "Vào ngày đó chưa có quy định tính giờ cho hình thức này. Kiểm tra ngày hoặc hình thức.",
        "No rule on that day counts hours for this form. Check the day or the form.",
    ),
    "credits.units_wrong": Phrase(
        "Số lượng phải là số lớn hơn 0, nhiều nhất hai chữ số thập phân.",
        "The amount must be a number above 0 with at most two decimals.",
    ),
    "credits.number_wrong": Phrase(
        "“{text}” không phải là số. Nhập số, ví dụ 7,5.", "“{text}” is not a number. Enter a number, for example 7.5."
    ),
    "credits.decided_hours_wrong": Phrase(
        "Số tiết được quyết định phải chia hết cho 0,25 và không âm.",
        "The decided hours must be a multiple of 0.25 and not negative.",
    ),
    "credits.hours_not_decided": Phrase(
        "Hình thức này do người đứng đầu cơ sở đào tạo quyết định số tiết. Nhập số tiết theo quyết định.",
        "The provider's head decides the hours of this form. Enter the hours decided.",
    ),
    "credits.basis_missing": Phrase(
        "Nhập số và ngày của quyết định làm căn cứ.", "Enter the number and day of the decision it rests on."
    ),
    "credits.certificate_taken": Phrase(
        "Chứng nhận số “{number}” đã được ghi nhận cho người này. Nếu là chứng nhận của nơi khác, ghi thêm ký hiệu nơi cấp vào số.",
        "Certificate “{number}” is already recorded for this person. If another body issued it, add its sign to the number.",
    ),
    "credits.activity_taken": Phrase(
        "Hoạt động “{title}” cùng ngày, cùng hình thức và vai trò đã được ghi nhận; một hoạt động chỉ tính một lần.",
        "“{title}” of the same day, form and role is already recorded; an activity counts once.",
    ),
    "credits.participation_taken": Phrase(
        "Giờ của lượt tham gia này đã được ghi nhận.", "The hours of this participation are already recorded."
    ),
    "credits.already_reversed": Phrase(
        "Lượt ghi nhận này đã được ghi đảo ngày {day:%d/%m/%Y}.", "This entry was taken back on {day:%d/%m/%Y}."
    ),
    "credits.reason_missing": Phrase("Nhập lý do ghi đảo.", "Enter why the entry is taken back."),
    "credits.run_not_finished": Phrase(
        "Khóa đào tạo chưa kết thúc nên chưa có giờ để ghi nhận. Kết thúc khóa trước.",
        "The run has not ended, so there are no hours to award. Finish it first.",
    ),
    "credits.over_cap": Phrase(
        "Vượt mức trần của một lần tham gia: chỉ tính đến mức trần.",
        "Above the most one event may give: counted up to that.",
    ),
    "credits.no_value_known": Phrase(
        "Chưa biết hệ số quy đổi của hình thức này: ghi nhận nhưng chưa tính giờ.",
        "The factor of this form is not known: recorded, but no hours counted yet.",
    ),
    "credits.not_covered": Phrase(
        "Người này theo quy định khác: ghi nhận nhưng không tính giờ tại đây.",
        "Other rules apply to this person: recorded, but no hours are counted here.",
    ),
    "credits.before_2024": Phrase(
        "Hoạt động trước ngày 01/01/2024: cách tính vào giờ tín chỉ chưa có văn bản nêu rõ.",
        "Before 1 January 2024: no text read says how it counts towards credit hours.",
    ),
    "credits.decision_not_asked": Phrase(
        "Hình thức này tính theo hệ số; số tiết theo quyết định không được dùng.",
        "This form is counted by a factor; the decided hours are not used.",
    ),
    "credits.file_without_columns": Phrase(
        "Không nhận ra dòng tiêu đề. Cần ít nhất cột số định danh, ngày và nội dung; có thể tải tệp mẫu.",
        "No header row was recognised. At least number, day and title are needed; a template can be downloaded.",
    ),
    "credits.rows_have_problems": Phrase(
        "{count} dòng còn lỗi. Sửa tệp rồi gửi lại, hoặc nhận các dòng đúng và để lại các dòng lỗi.",
        "{count} rows have problems. Mend the file and send it again, or take the good rows and park the others.",
    ),
    "credits.no_home": Phrase(
        "Tài khoản chưa gắn với đơn vị nào được ghi nhận giờ học. Liên hệ người quản trị tài khoản.",
        "This account belongs to no unit that may record hours. Ask the account administrator.",
    ),
    "credits.evidence_missing": Phrase(
        "Đính kèm ảnh chụp hoặc bản PDF của giấy chứng nhận.", "Attach a photo or PDF of the certificate."
    ),
    "credits.too_many_files": Phrase("Đính kèm nhiều nhất {limit} tệp.", "Attach {limit} files at most."),
    "credits.claim_waiting": Phrase(
        "Hoạt động “{title}” cùng ngày, cùng vai trò đã được khai và đang chờ xác nhận.",
        "“{title}” of the same day and role was handed in already and is waiting.",
    ),
    "credits.claim_decided": Phrase(
        "Hồ sơ này đã có kết quả, không thay đổi được nữa.", "This claim was decided and can no longer be changed."
    ),
    "credits.claim_not_submitted": Phrase(
        "Hồ sơ đang ở chỗ người khai để bổ sung.", "The claim is with the person, to be completed."
    ),
    "credits.own_claim": Phrase(
        "Không tự xác nhận hồ sơ của chính mình. Đề nghị đơn vị cấp trên xác nhận.",
        "Nobody decides about a claim of their own. Ask the unit above.",
    ),
    "credits.claim_reason_missing": Phrase(
        "Nhập lý do để người khai biết cần bổ sung gì.", "Give the reason, so that the person knows what to mend."
    ),
    "credits.recognition_missing": Phrase(
        "Hoạt động ở nước ngoài: chờ quyết định công nhận. Nhập số, ngày và cơ quan công nhận rồi xác nhận.",
        "An activity abroad waits for the decision that recognises it: enter its number, day and authority first.",
    ),
    "credits.recognition_incomplete": Phrase(
        "Nhập đủ số, ngày và cơ quan ra quyết định công nhận, hoặc để trống cả ba.",
        "Enter number, day and authority of the recognition, or none of the three.",
    ),
    "credits.recognition_in_future": Phrase(
        "Ngày quyết định công nhận ở sau hôm nay.", "The day of the recognition has not come yet."
    ),
    "credits.nothing_waits": Phrase("Không có hồ sơ nào đang chờ trong đơn vị này.", "No claim waits in this unit."),
    "credits.step_wrong": Phrase("Nhập một số từ 1 đến 100.", "Enter a number from 1 to 100."),
    "credits.sample_open": Phrase(
        "Còn hồ sơ rút mẫu chưa đối chiếu xong. Xử lý các hồ sơ đó trước.",
        "Some drawn claims are not decided yet. Decide them first.",
    ),
    "credits.sample_failed": Phrase(
        "Có hồ sơ rút mẫu không được ghi nhận nên các hồ sơ còn lại phải xem từng hồ sơ.",
        "A drawn claim was refused, so the others must be looked at one by one.",
    ),
    "credits.names_missing": Phrase("Dán danh sách họ tên, mỗi người một dòng.", "Paste the names, one to a line."),
    "credits.too_many_lines": Phrase(
        "Nhiều nhất {limit} người một lần. Chia danh sách.", "{limit} people at once at most. Split the list."
    ),
    "credits.nobody_recorded": Phrase(
        "Không ghi nhận được cho người nào trong danh sách.", "Nobody on the list could be recorded."
    ),
    "credits.nothing_to_reverse": Phrase(
        "Danh sách này không còn lượt ghi nhận nào đang tính.", "No entry of this list still counts."
    ),
    "credits.claim_is_accepted": Phrase("Đã ghi nhận hoạt động “{title}”.", "“{title}” was accepted."),
    "credits.claim_is_returned": Phrase(
        "Hồ sơ “{title}” cần bổ sung: {reason}", "“{title}” is to be completed: {reason}"
    ),
    "credits.claim_is_refused": Phrase("Không ghi nhận “{title}”: {reason}", "“{title}” was refused: {reason}"),
    "credits.file_decided": Phrase(
        "Tệp này đã được nhận hoặc từ chối; gửi tệp mới.", "This file was taken or refused already; send a new one."
    ),
    "credits.column_twice": Phrase(
        "Có mục được chọn cho hai cột. Mỗi mục chỉ chọn một cột.",
        "A field is chosen for two columns. Choose each once.",
    ),
    "credits.columns_missing": Phrase(
        "Chọn ít nhất cột số định danh, cột ngày và cột nội dung.",
        "Choose at least the columns of number, day and title.",
    ),
}
