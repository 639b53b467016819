from lientuc.analytics.auditing import Class, Kind
from lientuc.analytics.disclosure import Audience
from lientuc.core.phrases import Phrase

from .enums import FindingState, Level, Route, Section, Source, StudyPurpose

LABELS = {
    Kind: {
        Kind.ROW: Phrase("dòng", "row"),
        Kind.GROUP: Phrase("nhóm", "group"),
        Kind.GATE: Phrase("câu có điều kiện", "gate"),
        Kind.CLAIM: Phrase("câu chữ", "sentence"),
        Kind.METHOD: Phrase("phương pháp", "method"),
    },
    Class: {
        Class.OTHER_DENOMINATOR: Phrase("đúng trên mẫu số khác", "right over another denominator"),
        Class.NO_DENOMINATOR_FITS: Phrase("không mẫu số nào cho tỷ lệ này", "no denominator fits"),
        Class.TRUNCATED: Phrase("cắt bỏ thay vì làm tròn", "cut off, not rounded"),
        Class.WHOLE_NUMBER_PADDED: Phrase("số nguyên thêm số 0", "whole number with a zero added"),
        Class.ROUNDING: Phrase("cách làm tròn khác", "rounded another way"),
        Class.MEAN_NOT_POSSIBLE: Phrase("trung bình không thể có", "mean not possible"),
        Class.SD_NOT_POSSIBLE: Phrase("độ lệch chuẩn không thể có", "standard deviation not possible"),
        Class.SUM_OF_N: Phrase("số đếm không cộng khớp", "counts do not add up"),
        Class.SUM_OF_PCT: Phrase("tỷ lệ không cộng khớp", "percentages do not add up"),
        Class.SAME_N_DIFFERENT_PCT: Phrase("cùng số đếm, khác tỷ lệ", "equal counts, different percentages"),
        Class.IMPOSSIBLE_GATE: Phrase("nhiều người trả lời hơn người được hỏi", "more answered than were asked"),
        Class.CLAIM_NO_MATCH: Phrase("câu chữ không khớp ô", "sentence does not match its cell"),
        Class.CLAIM_THRESHOLD_MISSED: Phrase("câu chữ nói quá ngưỡng", "threshold of the sentence is missed"),
        Class.TRANSLATION_DIFFERS: Phrase("hai thứ tiếng nói khác nhau", "the two languages differ"),
        Class.METHOD_VS_TABLE: Phrase("phương pháp và bảng khác nhau", "methods and tables differ"),
        Class.NOT_TESTABLE: Phrase("không kiểm được", "cannot be tested"),
    },
    Audience: {
        Audience.EVALUATOR: Phrase(
            "người đánh giá (số chính xác, không phổ biến)", "evaluator (exact, not for release)"
        ),
        Audience.ORGANISATION: Phrase("trong đơn vị (ẩn số từ 1 đến 4)", "organisation (counts of 1 to 4 hidden)"),
        Audience.PUBLIC: Phrase("công khai (ẩn số từ 1 đến 9)", "public (counts of 1 to 9 hidden)"),
    },
    Level: {
        Level.CONTEXT: Phrase("Bối cảnh", "Context"),
        Level.REACTION: Phrase("Mức 1: Phản ứng", "Level 1: Reaction"),
        Level.LEARNING: Phrase("Mức 2: Học tập", "Level 2: Learning"),
        Level.BEHAVIOUR: Phrase("Mức 3: Hành vi", "Level 3: Behaviour"),
        Level.RESULTS: Phrase("Mức 4: Kết quả", "Level 4: Results"),
        Level.VALUE: Phrase("Mức 5: Giá trị so với chi phí", "Level 5: Value for money"),
    },
    StudyPurpose: {
        StudyPurpose.RESEARCH: Phrase("nghiên cứu", "research"),
        StudyPurpose.MANAGEMENT: Phrase("phục vụ quản lý", "management"),
    },
    Section: {
        Section.ABSTRACT: Phrase("Tóm tắt", "Abstract"),
        Section.METHODS: Phrase("Phương pháp", "Methods"),
        Section.INTERVIEWS: Phrase("Kết quả phỏng vấn", "Findings of the interviews"),
        Section.DISCUSSION: Phrase("Bàn luận", "Discussion"),
    },
    Source: {
        Source.ALUMNI: Phrase("học viên", "alumni"),
        Source.LEADER: Phrase("lãnh đạo đơn vị", "unit leaders"),
        Source.PEER: Phrase("đồng nghiệp", "colleagues"),
        Source.PATIENT: Phrase("người bệnh", "patients"),
        Source.UNIT: Phrase("số liệu đơn vị", "unit figures"),
    },
    FindingState: {
        FindingState.NOTED: Phrase("đã ghi nhận", "noted"),
        FindingState.ACCEPTED: Phrase("đã tiếp nhận", "accepted"),
        FindingState.REFUSED: Phrase("không tiếp nhận", "refused"),
    },
    Route: {
        Route.TRAINING: Phrase("đào tạo (nhu cầu của kế hoạch sau)", "training (need of the next plan)"),
        Route.BUDGET: Phrase("cấp quyết định ngân sách, mua sắm", "those who decide on budget and purchase"),
        Route.STAFFING: Phrase("cấp quản lý nhân lực", "those who manage staff"),
        Route.APPROVAL: Phrase("cấp phê duyệt danh mục kỹ thuật", "those who approve the list of techniques"),
        Route.INSURANCE: Phrase("cơ quan bảo hiểm xã hội", "the health insurance fund"),
        Route.LEADERSHIP: Phrase("lãnh đạo đơn vị", "leaders of the unit"),
        Route.SERVICE_PLANNING: Phrase("cấp phân bổ kỹ thuật theo địa bàn", "those who place techniques by area"),
        Route.REVIEW: Phrase("cần người đọc xem lại", "to be read by a person"),
    },
}

SENTENCES = {
    "evaluation.title_missing": Phrase("Nhập tên đánh giá.", "Enter the title of the evaluation."),
    "evaluation.ethics_missing": Phrase(
        "Nghiên cứu cần số quyết định của hội đồng đạo đức. Nhập số quyết định, hoặc chọn mục đích phục vụ quản lý.",
        "A research study needs the number of its ethics decision. Enter it, or choose management as purpose.",
    ),
    "evaluation.no_runs": Phrase("Chọn ít nhất một khóa đã kết thúc.", "Choose at least one finished course run."),
    "evaluation.run_not_found": Phrase(
        "Có khóa không thuộc phạm vi của tài khoản. Chọn lại trong danh sách.",
        "A chosen course run is outside this account’s reach. Choose from the list.",
    ),
    "evaluation.run_not_finished": Phrase(
        "Có khóa chưa kết thúc. Chỉ khảo sát học viên của khóa đã kết thúc.",
        "A chosen course run is not finished. Only alumni of finished runs are surveyed.",
    ),
    "evaluation.nobody_completed": Phrase(
        "Chưa có học viên nào hoàn thành các khóa đã chọn. Chọn khóa khác.",
        "Nobody has completed the chosen runs. Choose others.",
    ),
    "evaluation.too_few_answers": Phrase(
        "Mới có {completed} phiếu hoàn thành. Bảng kết quả hiện khi có từ {least} phiếu.",
        "There are {completed} completed responses. Tables are shown from {least} on.",
    ),
    "evaluation.already_decided": Phrase("Phát hiện này đã được quyết định.", "This finding has been decided already."),
    "evaluation.reason_missing": Phrase("Nêu lý do không tiếp nhận.", "Say why the finding is refused."),
    "evaluation.audit_no_rows": Phrase(
        "Không đọc được bảng nào có số. Chép cả bảng rồi dán, hoặc chọn tệp .docx, .csv.",
        "No table with figures was found. Copy and paste whole tables, or choose a .docx or .csv file.",
    ),
    "evaluation.audit_no_document": Phrase(
        "Tệp không phải tài liệu Word (.docx). Lưu lại dạng .docx hoặc dán bảng.",
        "The file is no Word document (.docx). Save it as .docx, or paste the tables.",
    ),
    "evaluation.audit_column_missing": Phrase(
        "Tệp {file} thiếu cột {columns}. Các cột: {known}.", "The file {file} lacks {columns}. Its columns: {known}."
    ),
    "evaluation.audit_column_unknown": Phrase(
        "Tệp {file} có cột lạ {columns}. Các cột: {known}.",
        "The file {file} has unknown columns {columns}. Its columns: {known}.",
    ),
    "evaluation.audit_cell_empty": Phrase(
        "Tệp {file}, dòng {line}: cột {column} còn trống.", "File {file}, line {line}: column {column} is empty."
    ),
    "evaluation.audit_cell_unreadable": Phrase(
        "Tệp {file}, dòng {line}, cột {column}: “{cell}” không phải số nguyên.",
        "File {file}, line {line}, column {column}: “{cell}” is not a whole number.",
    ),
    "evaluation.wave_unknown": Phrase(
        "Không có đợt khảo sát tên “{name}”. Các đợt: {known}.", "There is no wave called “{name}”. There are: {known}."
    ),
    "evaluation.wave_twice": Phrase(
        "Có {count} đợt khảo sát tên “{name}”. Dùng mã của đợt: {known}.",
        "{count} waves are called “{name}”. Use the id of one: {known}.",
    ),
    "evaluation.report_row_unknown": Phrase(
        "Không có dòng “{row}” trong các bảng. Xem mã dòng ở cột đầu của bảng.",
        "No table has the row “{row}”. Row ids stand in the first column of the tables.",
    ),
    "evaluation.report_part_unknown": Phrase(
        "Không hiểu “{part}”. Dùng một trong: {known}.", "“{part}” is not understood. Use one of: {known}."
    ),
    "evaluation.report_number_typed": Phrase(
        "“{number}” là số gõ tay. Thay bằng mã dòng, ví dụ [T3.confident.agree pct], để số luôn khớp bảng.",
        "“{number}” is typed. Quote its row instead, for example [T3.confident.agree pct], so that it follows the table.",
    ),
}
