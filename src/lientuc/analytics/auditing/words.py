"""The sentence of each finding, in both languages: what does not reproduce, and an innocent reading of it."""

from __future__ import annotations

from collections.abc import Mapping

from lientuc.core.phrases import Phrase

_ROWS = {
    "row_other_sum": Phrase(
        "Tỷ lệ không tái lập được với mẫu số in ({own}), nhưng đúng với tổng của nhóm ({of}): có thể bảng lấy mẫu số là số người trả lời nhóm câu hỏi này.",
        "The percentage does not reproduce over the printed denominator ({own}) but does over the group's sum ({of}): the table may have used the number who answered this group.",
    ),
    "row_other_total": Phrase(
        "Tỷ lệ không tái lập được với mẫu số in ({own}), nhưng đúng với tổng số người trả lời ({of}): có thể người không trả lời cũng được tính vào mẫu số.",
        "The percentage does not reproduce over the printed denominator ({own}) but does over all respondents ({of}): people who did not answer may have been counted in.",
    ),
    "row_other_table": Phrase(
        "Tỷ lệ không tái lập được với mẫu số in ({own}), nhưng đúng với mẫu số {of} của dòng khác trong bảng: có thể dòng được tính chung với nhóm bên cạnh.",
        "The percentage does not reproduce over the printed denominator ({own}) but does over {of}, printed elsewhere in the table: the row may have been computed with a neighbouring group.",
    ),
    "row_other_count": Phrase(
        "Tỷ lệ không tái lập được với mẫu số in ({own}), nhưng đúng với {of}, số người của một dòng khác: có thể dòng được tính trong phân nhóm đó.",
        "The percentage does not reproduce over the printed denominator ({own}) but does over {of}, the count of another row: it may have been computed within that subgroup.",
    ),
    "row_unlike_group": Phrase(
        "Mẫu số in khác các dòng cùng nhóm và khác tổng của nhóm ({total}): có thể gõ nhầm mẫu số.",
        "The printed denominator differs from the other rows of the group and from the group's sum ({total}): it may have been mistyped.",
    ),
    "row_nothing_fits": Phrase(
        "Tỷ lệ không tái lập được với mẫu số nào có trong báo cáo. Thử mọi mẫu số đến {limit}: {denominators}; với mẫu số {own}, số người cho đúng tỷ lệ: {counts}. Có thể gõ nhầm một chữ số của số người hoặc tỷ lệ.",
        "The percentage does not reproduce over any denominator of the report. Every number up to {limit} tried: {denominators}; over {own}, counts that print it: {counts}. A digit of the count or the percentage may have been mistyped.",
    ),
    "row_half_even": Phrase(
        "Tỷ lệ đúng nếu làm tròn nửa về số chẵn; quy ước thường dùng là nửa lên: có thể do phần mềm thống kê.",
        "The percentage is right when halves are rounded to even; the usual convention is half up: the statistics program may round this way.",
    ),
    "row_truncated": Phrase(
        "Tỷ lệ bị cắt bớt chữ số thay vì làm tròn: có thể do định dạng ô hoặc sao chép.",
        "The percentage is cut off instead of rounded: a cell format or copying may have done it.",
    ),
    "row_padded": Phrase(
        "Tỷ lệ là số nguyên được thêm số 0 sau dấu phẩy: có thể tính tròn số rồi mới định dạng.",
        "The percentage is a whole number dressed with a zero: it may have been rounded first and formatted later.",
    ),
    "row_fewer_decimals": Phrase(
        "Tỷ lệ đúng với ít chữ số thập phân hơn: có thể làm tròn hai lần.",
        "The percentage is right to fewer decimals: it may have been rounded twice.",
    ),
    "row_last_digit": Phrase(
        "Tỷ lệ lệch chữ số cuối: có thể được chỉnh để tổng bằng 100.",
        "The last digit is off: it may have been adjusted to make the column add to 100.",
    ),
    "row_without_denominator": Phrase(
        "Không kiểm tra được: không có mẫu số nào để thử.", "Not testable: there is no denominator to try."
    ),
    "row_unreadable": Phrase(
        "Không kiểm tra được: ô “{cell}” không phải là số.", "Not testable: the cell “{cell}” is not a number."
    ),
    "row_without_count": Phrase(
        "Không kiểm tra được: không in số người, và với mẫu số này tỷ lệ nào cũng có thể xảy ra.",
        "Not testable: no count is printed, and over this denominator any percentage is possible.",
    ),
    "row_no_count": Phrase(
        "Không có số người nguyên nào trên {own} cho tỷ lệ này (GRIM): có thể mẫu số thực là số khác.",
        "No whole count out of {own} prints this percentage (GRIM): the true denominator may be another one.",
    ),
    "mean_not_testable": Phrase(
        "Không kiểm tra được trung bình: với N = {of} và {places} chữ số thập phân, trung bình nào cũng có thể xảy ra.",
        "The mean is not testable: with N = {of} and {places} decimals every mean is possible.",
    ),
    "mean_not_possible": Phrase(
        "Không có tổng nguyên nào của {of} người cho trung bình này (GRIM): có thể thang đo không phải số nguyên hoặc N khác.",
        "No whole sum over {of} people prints this mean (GRIM): the scale may not be in whole numbers, or N another.",
    ),
    "sd_not_possible": Phrase(
        "Trung bình có thể, nhưng độ lệch chuẩn này không thể có với {of} số nguyên (GRIMMER): có thể dùng mẫu số n thay vì n − 1.",
        "The mean is possible, but not with this standard deviation for {of} whole numbers (GRIMMER): n instead of n − 1 may have been used.",
    ),
}

_GROUPS = {
    "group_same_count": Phrase(
        "Hai dòng cùng số người ({n}) và cùng mẫu số nhưng in tỷ lệ khác nhau: có thể một dòng đã được sửa sau.",
        "Two rows with the same count ({n}) and denominator print different percentages: one may have been corrected later.",
    ),
    "group_sum_of_n": Phrase(
        "Các tỷ lệ cộng thành 100 nhưng số người cộng thành {total}, khác mẫu số {of}: có thể gõ nhầm một số người. Số người cho đúng mọi tỷ lệ: {joint}.",
        "The percentages add to 100 but the counts to {total}, not to the denominator {of}: a count may have been mistyped. Counts that give every percentage: {joint}.",
    ),
    "group_sum_of_pct": Phrase(
        "Số người cộng đúng mẫu số nhưng các tỷ lệ cộng thành {sum}, ngoài sai số làm tròn {tolerance}: có thể gõ nhầm một tỷ lệ.",
        "The counts add to the denominator but the percentages to {sum}, beyond the rounding tolerance of {tolerance}: a percentage may have been mistyped.",
    ),
}

_GATES = {
    "gate_impossible": Phrase(
        "{answered} người trả lời, trong khi chỉ {eligible} người thuộc diện hỏi và {silent} người bỏ trống câu lọc: ít nhất {impossible} câu trả lời không thể có. Có thể biểu mẫu không ẩn câu hỏi với người ngoài diện.",
        "{answered} answered while only {eligible} were eligible and {silent} left the gate open: at least {impossible} answers cannot be. The form may not have hidden the question from the others.",
    ),
    "gate_not_testable": Phrase(
        "Không kiểm tra được: thiếu dòng đủ điều kiện của câu lọc {gate} hoặc số người trả lời.",
        "Not testable: the eligible rows of the gate {gate}, or the number who answered, are missing.",
    ),
}

_CLAIMS = {
    "claim_no_match": Phrase(
        "Câu viết {value}, dòng {rows} cho {right}; không ô nào của các bảng in số này. Có thể câu lấy từ bản thảo trước.",
        "The sentence says {value}, rows {rows} give {right}; no cell of the tables prints this number. It may come from an earlier draft.",
    ),
    "claim_belongs_elsewhere": Phrase(
        "Câu viết {value}, dòng {rows} cho {right}; số này là của ô {cells}: có thể nhìn nhầm dòng.",
        "The sentence says {value}, rows {rows} give {right}; the number belongs to {cells}: a neighbouring row may have been read.",
    ),
    "claim_over": Phrase(
        "Câu viết trên {value}, số tính lại là {right}.",
        "The sentence says over {value}; it recomputes to {right}.",
    ),
    "claim_under": Phrase(
        "Câu viết dưới {value}, số tính lại là {right}.",
        "The sentence says under {value}; it recomputes to {right}.",
    ),
    "claim_at_least": Phrase(
        "Câu viết ít nhất {value}, số tính lại là {right}.",
        "The sentence says at least {value}; it recomputes to {right}.",
    ),
    "claim_about": Phrase(
        "Câu viết khoảng {value}, số tính lại là {right}: có thể làm tròn quá rộng.",
        "The sentence says about {value}; it recomputes to {right}: it may be rounded too widely.",
    ),
    "claim_between": Phrase(
        "Câu viết trong khoảng {value}, số tính lại là {right}.",
        "The sentence says between {value}; it recomputes to {right}.",
    ),
    "claim_all": Phrase(
        "Câu viết tất cả, nhưng các dòng này không gồm mọi người ({right}).",
        "The sentence says all, but these rows do not hold everybody ({right}).",
    ),
    "claim_translation": Phrase(
        "Khác với bản ngôn ngữ kia ({twin}, {location}): có thể chỉ một bản được cập nhật.",
        "Differs from the other language ({twin}, {location}): only one of them may have been updated.",
    ),
    "claim_without_rows": Phrase(
        "Không kiểm tra được: câu không chỉ ra dòng nào.", "Not testable: the sentence names no row."
    ),
    "claim_row_unknown": Phrase(
        "Không kiểm tra được: không có dòng {rows} trong các bảng.",
        "Not testable: there is no row {rows} in the tables.",
    ),
    "claim_without_numbers": Phrase(
        "Không kiểm tra được: các dòng {rows} không in số theo đơn vị của câu.",
        "Not testable: rows {rows} print no number in the unit of the sentence.",
    ),
    "claim_value_unreadable": Phrase(
        "Không kiểm tra được: không đọc được con số của câu.",
        "Not testable: the number of the sentence cannot be read.",
    ),
    "claim_comparator_unknown": Phrase(
        "Không kiểm tra được: không biết phép so sánh “{comparator}”.",
        "Not testable: the comparator “{comparator}” is unknown.",
    ),
}

_METHODS = {
    "method_complete": Phrase(
        "Phương pháp ghi chỉ giữ phiếu đầy đủ, vậy mọi câu phải có mẫu số {total}; bảng in mẫu số khác. Có thể chỉ loại phiếu trống.",
        "The methods say only complete records were kept, so every question should have the denominator {total}; the tables print others. Perhaps only empty records were removed.",
    ),
    "method_total": Phrase(
        "Bảng in mẫu số lớn hơn số người trả lời đã nêu ({total}): có thể một bảng dùng số liệu của đợt khác.",
        "A table prints a denominator above the stated number of respondents ({total}): it may come from another data cut.",
    ),
    "method_decimals": Phrase(
        "Số chữ số thập phân in khác với phương pháp.", "The printed decimals differ from the methods."
    ),
    "method_rate": Phrase(
        "Tỷ lệ trả lời không tái lập được từ số mời và số trả lời.",
        "The response rate does not reproduce from those invited and those who answered.",
    ),
    "method_rate_unknown": Phrase(
        "Không kiểm tra được: thiếu n_total hoặc n_invited.", "Not testable: n_total or n_invited is missing."
    ),
    "method_not_a_number": Phrase(
        "Không kiểm tra được: “{value}” không phải số.", "Not testable: “{value}” is not a number."
    ),
    "method_unknown": Phrase(
        "Không kiểm tra được: chưa có phép thử cho “{statement}”.", "Not testable: there is no test for “{statement}”."
    ),
}

EXPLANATIONS: Mapping[str, Phrase] = {**_ROWS, **_GROUPS, **_GATES, **_CLAIMS, **_METHODS}
