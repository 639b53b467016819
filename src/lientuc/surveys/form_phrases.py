"""Sentences about form files and about instruments being written."""

from lientuc.core.phrases import Phrase

from .enums import Changed

CHANGED = {
    Changed.ADDED: Phrase("thêm mới", "added"),
    Changed.REMOVED: Phrase("bỏ", "removed"),
    Changed.ORDER: Phrase("thứ tự", "order"),
    Changed.SECTION: Phrase("chuyển phần", "moved to another section"),
    Changed.TITLE_VI: Phrase("tên phần (tiếng Việt)", "title (Vietnamese)"),
    Changed.TITLE_EN: Phrase("tên phần (tiếng Anh)", "title (English)"),
    Changed.REPEATED: Phrase("hỏi từng kỹ thuật", "asked for each technique"),
    Changed.TYPE: Phrase("loại câu", "type"),
    Changed.LABEL_VI: Phrase("lời câu hỏi (tiếng Việt)", "wording (Vietnamese)"),
    Changed.LABEL_EN: Phrase("lời câu hỏi (tiếng Anh)", "wording (English)"),
    Changed.LIST_NAME: Phrase("tên danh sách phương án", "name of the list"),
    Changed.CHOICES: Phrase("phương án trả lời", "choices"),
    Changed.REQUIRED: Phrase("bắt buộc", "required"),
    Changed.RELEVANT: Phrase("hỏi khi", "asked if"),
    Changed.CONSTRAINT: Phrase("giá trị hợp lệ", "value allowed"),
    Changed.CALCULATION: Phrase("phép tính", "calculation"),
    Changed.HINT_VI: Phrase("gợi ý (tiếng Việt)", "hint (Vietnamese)"),
    Changed.HINT_EN: Phrase("gợi ý (tiếng Anh)", "hint (English)"),
    Changed.MESSAGE_VI: Phrase("lời báo giá trị sai (tiếng Việt)", "message for a wrong value (Vietnamese)"),
    Changed.MESSAGE_EN: Phrase("lời báo giá trị sai (tiếng Anh)", "message for a wrong value (English)"),
    Changed.MISSING_VI: Phrase("lời báo bỏ trống (tiếng Việt)", "message for a missing answer (Vietnamese)"),
    Changed.MISSING_EN: Phrase("lời báo bỏ trống (tiếng Anh)", "message for a missing answer (English)"),
    Changed.APPEARANCE: Phrase("cách bày", "layout"),
    Changed.ITEM_SET: Phrase("bộ câu hỏi", "set of items"),
    Changed.GROUP_ID: Phrase("nhóm dòng của bảng", "row group of the table"),
    Changed.WHY: Phrase("vì sao hỏi", "why it is asked"),
    Changed.LEVEL: Phrase("mức", "level"),
}

FORM_SENTENCES = {
    "surveys.draft_open": Phrase(
        "Bộ công cụ “{code}” đang có một bản nháp. Sửa, ban hành hoặc bỏ bản nháp đó trước.",
        "The instrument “{code}” has an open draft. Finish, publish or discard it first.",
    ),
    "surveys.name_unfit": Phrase(
        "“{name}” không dùng làm mã được. Dùng chữ không dấu, số, gạch dưới; bắt đầu bằng chữ.",
        "“{name}” cannot be a name. Use plain letters, digits and underscores, a letter first.",
    ),
    "surveys.name_taken": Phrase("Mã “{name}” đã dùng. Chọn mã khác.", "The name “{name}” is taken. Choose another."),
    "surveys.choice_line_unread": Phrase(
        "Dòng {line} không đọc được: “{found}”. Viết: mã | tiếng Việt | tiếng Anh; mỗi mã một lần.",
        "Line {line} cannot be read: “{found}”. Write: code | Vietnamese | English; each code once.",
    ),
    "surveys.form_not_known": Phrase(
        "Tệp không phải biểu mẫu XLSForm (.xlsx) hay từ điển dữ liệu REDCap (.csv).",
        "The file is neither an XLSForm (.xlsx) nor a REDCap data dictionary (.csv).",
    ),
    "surveys.form_sheet_missing": Phrase("Tệp thiếu trang tính “{sheet}”.", "The workbook has no sheet “{sheet}”."),
    "surveys.form_column_unknown": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: không nhận cột này (“{found}”). Bỏ cột hoặc xóa nội dung.",
        "{sheet}, row {row}, column “{column}”: this column is not taken (“{found}”). Remove it or empty it.",
    ),
    "surveys.form_type_unknown": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: không hỏi được loại “{found}”.",
        "{sheet}, row {row}, column “{column}”: the type “{found}” cannot be asked here.",
    ),
    "surveys.form_expression_unread": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: không hiểu biểu thức từ vị trí {at}: “{found}”.",
        "{sheet}, row {row}, column “{column}”: the expression is not understood at position {at}: “{found}”.",
    ),
    "surveys.form_name_not_before": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: “{found}” chưa có ở các dòng trước.",
        "{sheet}, row {row}, column “{column}”: “{found}” does not stand in a row before.",
    ),
    "surveys.form_name_unfit": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: “{found}” không dùng làm mã được. Dùng chữ không dấu, số, gạch dưới.",
        "{sheet}, row {row}, column “{column}”: “{found}” cannot be a name. Use plain letters, digits, underscores.",
    ),
    "surveys.form_name_twice": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: mã “{found}” đã dùng ở trên.",
        "{sheet}, row {row}, column “{column}”: the name “{found}” is used above.",
    ),
    "surveys.form_label_missing": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: thiếu lời câu hỏi.", "{sheet}, row {row}, column “{column}”: no wording."
    ),
    "surveys.form_list_unknown": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: không có danh sách phương án “{found}”.",
        "{sheet}, row {row}, column “{column}”: there is no list of choices “{found}”.",
    ),
    "surveys.form_choice_unread": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: không đọc được phương án “{found}”. Viết: mã, lời | mã, lời.",
        "{sheet}, row {row}, column “{column}”: the choice “{found}” cannot be read. Write: code, label | code, label.",
    ),
    "surveys.form_value_unknown": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: không nhận giá trị “{found}”.",
        "{sheet}, row {row}, column “{column}”: the value “{found}” is not taken.",
    ),
    "surveys.form_not_here": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: loại dòng này không nhận “{found}”.",
        "{sheet}, row {row}, column “{column}”: a row of this type takes no “{found}”.",
    ),
    "surveys.form_calculation_missing": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: thiếu phép tính.",
        "{sheet}, row {row}, column “{column}”: no calculation.",
    ),
    "surveys.form_text_with_name": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: lời câu hỏi chưa nhận câu trả lời khác chèn vào (“{found}”).",
        "{sheet}, row {row}, column “{column}”: other answers cannot be put into the wording (“{found}”).",
    ),
    "surveys.form_too_long": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: dài quá {most} ký tự.",
        "{sheet}, row {row}, column “{column}”: longer than {most} characters.",
    ),
    "surveys.form_version_no_number": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: phiên bản “{found}” phải là số nguyên dương.",
        "{sheet}, row {row}, column “{column}”: the version “{found}” must be a whole number from 1.",
    ),
    "surveys.form_repeat_in_repeat": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: phần lặp không được nằm trong phần lặp khác.",
        "{sheet}, row {row}, column “{column}”: a repeat cannot stand inside a repeat.",
    ),
    "surveys.form_block_not_open": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: kết thúc “{found}” mà chưa mở.",
        "{sheet}, row {row}, column “{column}”: “{found}” ends and was not begun.",
    ),
    "surveys.form_block_not_closed": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: “{found}” mở mà không kết thúc.",
        "{sheet}, row {row}, column “{column}”: “{found}” begins and does not end.",
    ),
    "surveys.form_empty": Phrase(
        "{sheet}, dòng {row}, cột “{column}”: không có câu hỏi nào.",
        "{sheet}, row {row}, column “{column}”: no question.",
    ),
    "surveys.form_record_number_left_out": Phrase(
        "Trường đầu tiên “{name}” là số của bản ghi, không hỏi người trả lời.",
        "The first field “{name}” numbers the records; respondents are not asked.",
    ),
    "surveys.form_identifier": Phrase(
        "“{name}” được đánh dấu là thông tin nhận dạng. Cân nhắc bỏ câu này trước khi ban hành.",
        "“{name}” is marked as identifying. Consider leaving it out before publishing.",
    ),
}
