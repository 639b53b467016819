from lientuc.core.phrases import Phrase

SENTENCES = {
    "planning.topic_missing": Phrase("Chọn chủ đề đào tạo.", "Choose the topic."),
    "planning.topic_unknown": Phrase(
        "Không nhận ra chủ đề từ “{text}”. Chọn chủ đề ở cột bên cạnh.",
        "No topic is recognised in “{text}”. Choose one in the column beside it.",
    ),
    "planning.persons_too_few": Phrase("Số người phải từ 1 trở lên.", "There must be at least 1 person."),
    "planning.classes_too_few": Phrase("Số lớp phải từ 1 trở lên.", "There must be at least 1 class."),
    "planning.fewer_persons_than_classes": Phrase(
        "Số người ít hơn số lớp. Kiểm tra lại hai cột này.", "There are fewer persons than classes. Check both columns."
    ),
    "planning.deadline_past": Phrase(
        "Thời hạn đã qua. Nhập ngày từ hôm nay.", "The deadline is past. Enter a later day."
    ),
    "planning.text_missing": Phrase("Nhập nội dung.", "Enter the text."),
    "planning.title_missing": Phrase("Nhập tên nội dung.", "Enter the title."),
    "planning.reason_missing": Phrase("Nêu lý do.", "State the reason."),
    "planning.need_wrong_state": Phrase(
        "Nhu cầu này đã được xử lý. Tải lại trang để xem tình trạng hiện nay.",
        "This need has been dealt with. Reload the page to see how it stands.",
    ),
    "planning.year_wrong": Phrase("Năm phải từ {first} đến {last}.", "The year must be from {first} to {last}."),
    "planning.year_outside_plan": Phrase(
        "Năm thực hiện phải nằm trong kỳ kế hoạch ({first}–{last}).",
        "The year must be inside the plan's period ({first}–{last}).",
    ),
    "planning.quarters_wrong": Phrase(
        "Thời gian phải là quý I đến quý IV, quý đầu không sau quý cuối.",
        "The time must be quarters 1 to 4, the first not after the last.",
    ),
    "planning.quarters_unread": Phrase(
        "Không đọc được thời gian “{text}”. Cách ghi: Quý I; Quý II-III; Tháng 4-6; Cả năm.",
        "The time “{text}” cannot be read. Write: Quý I; Quý II-III; Tháng 4-6; Cả năm.",
    ),
    "planning.number_unread": Phrase(
        "“{text}” không phải là số nguyên. Cách ghi: 1.250.000.", "“{text}” is not a whole number. Write 1.250.000."
    ),
    "planning.money_missing": Phrase("Nhập kinh phí.", "Enter the money."),
    "planning.money_negative": Phrase("Số tiền không được âm.", "Amounts cannot be negative."),
    "planning.item_wrong": Phrase(
        "Mỗi khoản chi cần số lượng từ 1 và mức chi không âm.",
        "Each cost item needs a quantity of at least 1 and a rate that is not negative.",
    ),
    "planning.over_ceiling": Phrase(
        "Mức {rate:vi} cho {norm:vi} vượt mức tối đa {ceiling:vi} ({article:vi}). Giảm mức chi.",
        "{rate:en} for {norm:en} is above the ceiling of {ceiling:en} ({article:en}). Lower the rate.",
    ),
    "planning.over_ceiling_needs_reason": Phrase(
        "Mức {rate:vi} cho {norm:vi} cao hơn {ceiling:vi} theo {article:vi} (chưa đối chiếu văn bản gốc hoặc là mức địa phương). "
        "Giảm mức chi hoặc nêu lý do.",
        "{rate:en} for {norm:en} is above {ceiling:en} by {article:en} (the text itself was not read, or the rate is local). "
        "Lower the rate or state the reason.",
    ),
    "planning.ceiling_unknown": Phrase(
        "Chưa có mức tối đa để đối chiếu cho {norm:vi} ở thời điểm này.",
        "No ceiling is known for {norm:en} at that time.",
    ),
    "planning.provider_not_registered": Phrase(
        "“{text}” chưa có trong danh sách cơ sở đào tạo; tên được giữ như đã ghi.",
        "“{text}” is not among the registered providers; the name is kept as written.",
    ),
    "planning.source_not_named": Phrase(
        "Chưa ghi nguồn kinh phí. Cần có nguồn trước khi trình.", "No source yet. It is needed before submitting."
    ),
    "planning.source_unknown": Phrase(
        "Không có nguồn kinh phí “{text}”. Thêm nguồn ở trang Nguồn kinh phí hoặc sửa tên.",
        "There is no source “{text}”. Add it on the page of sources or mend the name.",
    ),
    "planning.source_not_for_topic": Phrase(
        "Nguồn “{source}” không chi cho chủ đề này.", "Source “{source}” does not pay for this topic."
    ),
    "planning.source_other_period": Phrase(
        "Nguồn “{source}” không có hiệu lực trong thời gian thực hiện.",
        "Source “{source}” is not in force at that time.",
    ),
    "planning.source_ceiling": Phrase(
        "Vượt {over:vi} so với mức {ceiling:vi} của nguồn “{source}”.",
        "{over:en} above the ceiling of {ceiling:en} of source “{source}”.",
    ),
    "planning.double_funding": Phrase(
        "Cùng chủ đề, đơn vị thực hiện và năm đã được chi từ nguồn khác: {others}. Gộp nguồn hoặc nêu lý do.",
        "The same topic, performer and year is already paid from: {others}. Join the sources or state the reason.",
    ),
    "planning.ceiling_wrong": Phrase("Mức kinh phí phải từ 0 đồng.", "The ceiling must not be negative."),
    "planning.period_wrong": Phrase("Ngày cuối phải sau ngày đầu.", "The last day must follow the first."),
    "planning.source_twice": Phrase(
        "Đã có nguồn cùng tên và ngày bắt đầu.", "There is a source of that name and first day already."
    ),
    "planning.rate_twice": Phrase(
        "Đã có mức chi của khoản này với cùng ngày bắt đầu.",
        "There is a rate of this item with that first day already.",
    ),
    "planning.decision_missing": Phrase("Ghi văn bản làm căn cứ.", "Name the decision it rests on."),
    "planning.rate_over_ceiling": Phrase(
        "Mức {rate:vi} vượt mức tối đa {ceiling:vi} ({article:vi}).",
        "{rate:en} is above the national ceiling of {ceiling:en} ({article:en}).",
    ),
    "planning.plan_exists": Phrase(
        "Đã có {kind:vi} của năm {year}. Mở kế hoạch đó hoặc lập bản điều chỉnh.",
        "There is a {kind:en} for {year} already. Open it, or begin an amended version.",
    ),
    "planning.plan_not_editable": Phrase(
        "Chỉ sửa được kế hoạch ở trạng thái dự thảo hoặc trả lại. Kế hoạch đã phê duyệt được điều chỉnh bằng một bản mới.",
        "Only a draft or a returned plan can be changed. An approved plan is amended by a new version.",
    ),
    "planning.plan_wrong_state": Phrase(
        "Kế hoạch không ở bước này. Tải lại trang để xem tình trạng hiện nay.",
        "The plan is not at this step. Reload the page to see how it stands.",
    ),
    "planning.plan_not_submitted": Phrase("Kế hoạch chưa được trình.", "The plan has not been submitted."),
    "planning.plan_not_approved": Phrase("Kế hoạch chưa được phê duyệt.", "The plan is not approved."),
    "planning.version_open": Phrase("Đang có một bản điều chỉnh chưa kết thúc.", "An amended version is already open."),
    "planning.no_lines": Phrase("Kế hoạch chưa có dòng nào.", "The plan has no lines."),
    "planning.lines_without_source": Phrase(
        "Còn {lines} dòng chưa ghi nguồn kinh phí.", "{lines} lines have no source yet."
    ),
    "planning.same_person": Phrase(
        "Người trình không phê duyệt kế hoạch do chính mình trình.", "Whoever submitted a plan does not approve it."
    ),
    "planning.decision_in_future": Phrase("Ngày quyết định ở tương lai.", "The day of the decision is in the future."),
    "planning.line_has_runs": Phrase(
        "Dòng này đã mở lớp nên không bỏ được.", "Classes were opened for this line, it cannot be removed."
    ),
    "planning.line_unknown": Phrase(
        "Có dòng không thuộc kế hoạch này. Tải lại trang.", "A line is not of this plan. Reload the page."
    ),
    "planning.run_linked": Phrase(
        "Lớp này đã gắn với một dòng kế hoạch.", "This class belongs to a plan line already."
    ),
    "planning.run_other_topic": Phrase(
        "Chương trình của lớp không thuộc chủ đề của dòng kế hoạch.", "The class teaches another topic than the line."
    ),
    "planning.provider_missing": Phrase(
        "Dòng kế hoạch chưa có cơ sở đào tạo trong danh sách đăng ký. Sửa dòng rồi mở lớp.",
        "The line names no registered provider. Mend the line, then open the class.",
    ),
    "planning.no_open_needs": Phrase(
        "Chưa có nhu cầu đã tiếp nhận để tính. Tiếp nhận nhu cầu rồi thử lại.",
        "There are no accepted needs to plan for. Accept needs and try again.",
    ),
    "planning.nothing_to_offer": Phrase(
        "Chưa có dòng kế hoạch nào để làm căn cứ chi phí. Nhập hoặc chép kế hoạch năm trước.",
        "There is no line to take costs from. Enter lines or copy last year's plan.",
    ),
    "planning.improve_annual_only": Phrase(
        "Chỉ tính phương án cho kế hoạch năm.", "Proposals are made for annual plans only."
    ),
    "planning.proposal_not_ready": Phrase("Phương án chưa tính xong.", "The proposal is not ready."),
    "planning.proposal_stale": Phrase(
        "Kế hoạch đã thay đổi sau khi tính phương án. Tính lại phương án mới.",
        "The plan has changed since the proposal was made. Ask for a new one.",
    ),
    "planning.proposal_adopted": Phrase("Phương án đã được áp dụng.", "The proposal has been adopted."),
    "planning.plan_worse_than_before": Phrase(
        "Không tìm được phương án tốt hơn kế hoạch hiện nay.", "No better plan than the present one was found."
    ),
    "planning.child_memory": Phrase(
        "Việc tính vượt giới hạn bộ nhớ. Kế hoạch giữ nguyên; có thể khóa bớt dòng rồi chạy lại.",
        "The search ran out of memory. The plan is as it was; lock more lines and try again.",
    ),
    "planning.child_cpu_time": Phrase(
        "Việc tính vượt giới hạn thời gian xử lý. Kế hoạch giữ nguyên; có thể chạy lại.",
        "The search ran out of processor time. The plan is as it was; it can be run again.",
    ),
    "planning.child_wall_time": Phrase(
        "Việc tính vượt giới hạn thời gian. Kế hoạch giữ nguyên; có thể chạy lại.",
        "The search ran out of time. The plan is as it was; it can be run again.",
    ),
    "planning.child_killed": Phrase(
        "Việc tính phương án bị hệ thống dừng giữa chừng. Kế hoạch giữ nguyên; có thể tính lại.",
        "The computation was stopped by the system. The plan is unchanged; ask again.",
    ),
    "planning.person_locks_contradict": Phrase(
        "Hai lựa chọn đã khóa cho cùng một người và một chương trình trái nhau.",
        "Two locks for the same person and programme contradict each other.",
    ),
    "planning.child_crashed": Phrase(
        "Chương trình tính dừng đột ngột. Kế hoạch giữ nguyên; có thể chạy lại.",
        "The search stopped unexpectedly. The plan is as it was; it can be run again.",
    ),
    "planning.child_refused": Phrase(
        "Số liệu của kế hoạch mâu thuẫn nên không tính được ({detail}).",
        "The plan's data contradict each other, nothing was computed ({detail}).",
    ),
    "planning.child_unreadable": Phrase(
        "Chương trình tính không đọc được số liệu. Báo cho người quản trị hệ thống.",
        "The search could not read its data. Tell the administrator.",
    ),
    "planning.check_failed": Phrase(
        "Phương án tính được không qua bước kiểm tra độc lập ({detail}) nên không được dùng.",
        "The plan found did not pass the independent check ({detail}) and is not used.",
    ),
    "planning.sheet_without_header": Phrase(
        "Không tìm thấy dòng tiêu đề. Dòng đầu cần có tên cột, ví dụ: Nội dung, Số lớp, Số người, Kinh phí.",
        "No header row was found. The first row needs column names such as Nội dung, Số lớp, Số người, Kinh phí.",
    ),
    "planning.nothing_pasted": Phrase("Chưa có dòng nào để kiểm tra.", "There are no rows to check."),
    "planning.too_many_rows": Phrase(
        "Có {rows} dòng, vượt mức {limit}. Tách thành nhiều lần.",
        "{rows} rows, above the limit of {limit}. Split them.",
    ),
    # Problems of the optimiser's own data.
    "planning.named_twice": Phrase("“{name}” có hai lần trong số liệu.", "“{name}” stands twice in the data."),
    "planning.unknown_name": Phrase("Không có {kind} “{name}”.", "There is no {kind} “{name}”."),
    "planning.impossible_offering": Phrase(
        "Lớp “{name}” có quy mô, chi phí hoặc thời gian không hợp lệ.",
        "Class “{name}” has an impossible size, cost or time.",
    ),
    "planning.impossible_need": Phrase("Nhu cầu “{name}” không hợp lệ.", "Need “{name}” is impossible."),
    "planning.impossible_source": Phrase("Nguồn “{name}” có số tiền âm.", "Source “{name}” has a negative amount."),
    "planning.impossible_provider": Phrase(
        "Cơ sở “{name}” thiếu số ngày giảng theo quý.", "Provider “{name}” lacks class days by quarter."
    ),
    "planning.impossible_programme": Phrase(
        "Chương trình “{name}” không có ngày học.", "Programme “{name}” has no days."
    ),
    "planning.impossible_travel": Phrase("Chi phí đi lại “{name}” âm.", "Travel “{name}” is negative."),
    "planning.lock_leads_nowhere": Phrase(
        "Khóa ở lớp “{offering}” quý {quarter} không dùng được.",
        "The lock on “{offering}” in quarter {quarter} cannot be used.",
    ),
    "planning.locks_contradict": Phrase(
        "Hai khóa ở lớp “{offering}” quý {quarter} mâu thuẫn: ít nhất {at_least}, nhiều nhất {at_most}.",
        "Two locks on “{offering}” in quarter {quarter} contradict: at least {at_least}, at most {at_most}.",
    ),
    "planning.locked_class_too_small": Phrase(
        "Lớp “{offering}” quý {quarter} bị khóa nhưng còn thiếu {missing} người để đủ quy mô tối thiểu.",
        "Class “{offering}” in quarter {quarter} is locked and lacks {missing} persons to its smallest size.",
    ),
    "planning.lock_not_kept": Phrase(
        "Không giữ được khóa ở lớp “{offering}” quý {quarter}.",
        "The lock on “{offering}” in quarter {quarter} cannot be kept.",
    ),
    # Why persons are left out of a plan, one for each code of the optimiser.
    "planning.unmet_equipment_absent": Phrase(
        "Đơn vị chưa có thiết bị: mua thiết bị trước, đào tạo sau.",
        "The unit lacks the equipment: buy it first, then train.",
    ),
    "planning.unmet_no_offering": Phrase(
        "Chưa có cơ sở nào mở lớp về chủ đề này.", "Nobody offers a class on this topic."
    ),
    "planning.unmet_not_eligible_money": Phrase(
        "Không có nguồn kinh phí nào được chi cho chủ đề hoặc cấp này.", "No source may pay for this topic or level."
    ),
    "planning.unmet_prerequisite": Phrase(
        "Cần học xong chương trình tiên quyết trước.", "A prerequisite must be finished first."
    ),
    "planning.unmet_locked": Phrase("Đã bị khóa bởi lựa chọn của người lập kế hoạch.", "Locked out by the planner."),
    "planning.unmet_staffing": Phrase(
        "Cử thêm người thì đơn vị không còn đủ người làm việc.", "If more people leave, the unit is short of staff."
    ),
    "planning.unmet_provider_days": Phrase(
        "Cơ sở đào tạo đã kín lịch giảng trong các quý này.", "The provider has no class days left in these quarters."
    ),
    "planning.unmet_below_min_class": Phrase(
        "Không đủ người để mở thêm một lớp.", "Too few persons for one more class."
    ),
    "planning.unmet_money": Phrase(
        "Hết kinh phí: cần thêm {vnd:vi} từ nguồn {sources}.",
        "The money is used up: {vnd:en} more is needed from {sources}.",
    ),
    "planning.unmet_lower_priority": Phrase(
        "Nhu cầu khác được ưu tiên hơn với cùng kinh phí.", "Other needs come first with the same money."
    ),
}
