from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from lientuc.core.phrases import Phrase

from . import people_phrases
from .assessing import phrases as assessing_phrases
from .collecting import phrases as collecting_phrases
from .enums import (
    EndReason,
    Equipment,
    LeaveBasis,
    LicenceKind,
    LicenceState,
    PostKind,
    ProviderCode,
    Sex,
    Specialty,
    StagedKind,
    TakeChoice,
    Title,
    WhyKept,
)

LABELS: Mapping[type[StrEnum], Mapping[Any, Phrase]] = {
    Title: {
        Title.DOCTOR: Phrase("bác sỹ", "doctor"),
        Title.ASSISTANT_DOCTOR: Phrase("y sỹ", "assistant doctor"),
        Title.NURSE: Phrase("điều dưỡng", "nurse"),
        Title.MIDWIFE: Phrase("hộ sinh", "midwife"),
        Title.MEDICAL_TECHNICIAN: Phrase("kỹ thuật y", "medical technician"),
        Title.CLINICAL_NUTRITIONIST: Phrase("dinh dưỡng lâm sàng", "clinical nutritionist"),
        Title.PARAMEDIC: Phrase("cấp cứu viên ngoại viện", "paramedic"),
        Title.CLINICAL_PSYCHOLOGIST: Phrase("tâm lý lâm sàng", "clinical psychologist"),
        Title.TRADITIONAL_PRACTITIONER: Phrase("lương y", "traditional practitioner"),
        Title.PHARMACIST: Phrase("dược sỹ", "pharmacist"),
        Title.CLINICAL_PHARMACIST: Phrase("dược sỹ lâm sàng", "clinical pharmacist"),
        Title.PUBLIC_HEALTH: Phrase("y tế công cộng", "public health officer"),
        Title.POPULATION: Phrase("dân số viên", "population officer"),
        Title.VILLAGE_HEALTH_WORKER: Phrase("nhân viên y tế thôn, bản", "village health worker"),
        Title.SOCIAL_WORKER: Phrase("công tác xã hội", "social worker"),
        Title.OTHER: Phrase("chức danh khác", "other title"),
    },
    Sex: {Sex.FEMALE: Phrase("nữ", "female"), Sex.MALE: Phrase("nam", "male")},
    PostKind: {
        PostKind.PERMANENT: Phrase("biên chế", "permanent"),
        PostKind.CONTRACT: Phrase("hợp đồng", "contract"),
        PostKind.SECONDED: Phrase("biệt phái", "seconded"),
        PostKind.ROTATING: Phrase("luân phiên", "rotating"),
        PostKind.COLLABORATOR: Phrase("cộng tác viên", "collaborator"),
        PostKind.OUTSIDE_HOURS: Phrase("làm thêm ngoài giờ", "second job outside hours"),
    },
    EndReason: {
        EndReason.MOVED: Phrase("chuyển công tác", "moved"),
        EndReason.RETIRED: Phrase("nghỉ hưu", "retired"),
        EndReason.RESIGNED: Phrase("thôi việc", "resigned"),
        EndReason.CONTRACT_ENDED: Phrase("hết hợp đồng", "contract ended"),
        EndReason.DIED: Phrase("đã mất", "died"),
        EndReason.MOVED_ABROAD: Phrase("ra nước ngoài", "moved abroad"),
        EndReason.REORGANISED: Phrase("sắp xếp tổ chức", "reorganised"),
    },
    LicenceKind: {
        LicenceKind.GPHN: Phrase("giấy phép hành nghề (GPHN)", "practising licence (GPHN)"),
        LicenceKind.CCHN: Phrase("chứng chỉ hành nghề (CCHN)", "practice certificate of the old law (CCHN)"),
    },
    LicenceState: {
        LicenceState.HELD: Phrase("còn hiệu lực", "in force"),
        LicenceState.ENDING: Phrase("sắp hết hạn", "ending soon"),
        LicenceState.UNKNOWN: Phrase("chưa rõ thời hạn", "end not known"),
        LicenceState.ENDED: Phrase("đã hết hạn", "ended"),
        LicenceState.NONE: Phrase("chưa có giấy phép", "no licence"),
    },
    LeaveBasis: {
        LeaveBasis.LONG_STUDY: Phrase("đi học dài hạn", "long study"),
        LeaveBasis.MATERNITY: Phrase("nghỉ thai sản", "maternity"),
        LeaveBasis.SICKNESS: Phrase("nghỉ ốm dài ngày", "long sickness"),
        LeaveBasis.SECONDED_ABROAD: Phrase("công tác nước ngoài", "abroad on duty"),
        LeaveBasis.OTHER: Phrase("lý do khác", "other"),
    },
    ProviderCode: {
        ProviderCode.A: Phrase("mã A (cơ sở đào tạo)", "code A (schools)"),
        ProviderCode.B: Phrase("mã B (bệnh viện, viện, hội)", "code B (hospitals, institutes, associations)"),
        ProviderCode.C: Phrase("mã C (Sở Y tế và đơn vị trực thuộc)", "code C (health departments and their units)"),
    },
    Equipment: {
        Equipment.PRESENT: Phrase("đã có", "present"),
        Equipment.PLANNED: Phrase("có kế hoạch trang bị", "planned"),
        Equipment.ABSENT: Phrase("chưa có", "absent"),
    },
    Specialty: {
        Specialty.GENERAL: Phrase("đa khoa", "general"),
        Specialty.INTERNAL: Phrase("nội khoa", "internal medicine"),
        Specialty.SURGERY: Phrase("ngoại khoa", "surgery"),
        Specialty.OBGYN: Phrase("sản phụ khoa", "obstetrics and gynaecology"),
        Specialty.PAEDIATRICS: Phrase("nhi khoa", "paediatrics"),
        Specialty.LABORATORY: Phrase("xét nghiệm", "laboratory"),
        Specialty.IMAGING: Phrase("chẩn đoán hình ảnh", "imaging"),
        Specialty.PREVENTIVE: Phrase("y học dự phòng", "preventive medicine"),
        Specialty.FAMILY: Phrase("y học gia đình", "family medicine"),
        Specialty.EMERGENCY: Phrase("hồi sức cấp cứu", "emergency and intensive care"),
        Specialty.TRADITIONAL: Phrase("y học cổ truyền", "traditional medicine"),
        Specialty.PHARMACY: Phrase("dược", "pharmacy"),
        Specialty.OTHER: Phrase("chuyên khoa khác", "other specialty"),
    },
    TakeChoice: {
        TakeChoice.ALL_OR_NOTHING: Phrase("chỉ nhận khi mọi dòng đều đúng", "take only if every row is good"),
        TakeChoice.GOOD_ROWS: Phrase("nhận dòng đúng, giữ dòng lỗi lại để làm sạch", "take good rows, park the others"),
        TakeChoice.REFUSE: Phrase("từ chối cả tệp", "refuse the whole file"),
    },
    StagedKind: {
        StagedKind.PERSON: Phrase("hồ sơ", "record"),
        StagedKind.POST: Phrase("vị trí", "post"),
        StagedKind.LICENCE: Phrase("giấy phép", "licence"),
    },
    WhyKept: {
        WhyKept.CHANGED: Phrase("đã được sửa sau khi nhận tệp", "changed after the list was taken"),
        WhyKept.ACCOUNT: Phrase("đã có tài khoản", "has an account"),
        WhyKept.MERGED: Phrase("đã gộp với hồ sơ khác", "merged with another record"),
        WhyKept.REGISTRY: Phrase("có dữ liệu khác trong hồ sơ nhân lực", "other rows of the register refer to it"),
        WhyKept.CREDITS: Phrase("có giờ học đã ghi nhận", "has recorded hours"),
        WhyKept.DELIVERY: Phrase("có tên trong khóa đào tạo", "is in a course"),
        WhyKept.PLANNING: Phrase("có tên trong kế hoạch đào tạo", "is in a training plan"),
        WhyKept.TRANSFER: Phrase("có tên trong chuyển giao kỹ thuật", "is in a technique transfer"),
        WhyKept.EVALUATION: Phrase("có tên trong đánh giá", "is in an evaluation"),
        WhyKept.QUALITY: Phrase("có tên trong kiểm tra, giám sát", "is in an inspection"),
        WhyKept.SURVEYS: Phrase("có tên trong khảo sát", "is in a survey"),
        WhyKept.CURRICULA: Phrase("có tên trong chương trình đào tạo", "is in a curriculum"),
        WhyKept.TRAIL: Phrase("có tệp minh chứng", "has evidence files"),
        WhyKept.OTHER: Phrase("có dữ liệu khác liên quan", "other data refer to it"),
    },
}

# The answers of the law floor about providers, by its codes.
PROOFS = {
    "course_certificate": Phrase("Chứng chỉ đào tạo liên tục", "Certificate of continuing training"),
    "form_confirmation": Phrase(
        "Giấy chứng nhận các hình thức đào tạo liên tục khác", "Confirmation of other forms of continuing training"
    ),
    "practitioner_certificate": Phrase(
        "Giấy chứng nhận cập nhật kiến thức y khoa liên tục",
        "Certificate of continuing medical education (practitioners)",
    ),
}
AUTHORITY_REASONS = {
    "code_valid": Phrase("mã cơ sở đào tạo còn hiệu lực", "its provider code is in force"),
    "kind_named": Phrase("thuộc loại cơ sở được quy định", "it is of a kind the text names"),
    "no_code": Phrase("chưa được cấp mã A, B hoặc C", "it has no code A, B or C"),
    "code_not_valid": Phrase("mã cơ sở đào tạo chưa hoặc không còn hiệu lực", "its code is not in force on this day"),
    "kind_not_named": Phrase("không thuộc loại cơ sở được quy định", "it is not of a kind the text names"),
    "suspended": Phrase("đang bị đình chỉ", "it is suspended"),
}

SENTENCES = {
    "registry.name_missing": Phrase("Nhập họ và tên.", "Enter the full name."),
    "registry.title_missing": Phrase("Chọn chức danh.", "Choose the title."),
    "registry.too_long": Phrase(
        "Nội dung dài quá {limit} ký tự. Rút gọn lại.", "This is longer than {limit} characters. Shorten it."
    ),
    "registry.number_wrong": Phrase(
        "Số định danh cá nhân phải có đúng 12 chữ số, ở đây có {count} ký tự. Kiểm tra lại trên thẻ căn cước.",
        "A personal identification number has exactly 12 digits, this has {count} characters. Check the identity card.",
    ),
    "registry.number_taken": Phrase(
        "Đã có hồ sơ mang số định danh này. Nếu là cùng một người, dùng “Tiếp nhận người đã có hồ sơ”.",
        "A record with this identification number exists. If it is the same person, use “Take on a registered person”.",
    ),
    "registry.old_number_wrong": Phrase(
        "Số chứng minh nhân dân cũ phải có 9 chữ số, ở đây có {count} ký tự.",
        "An old identity-card number has 9 digits, this has {count} characters.",
    ),
    "registry.born_later": Phrase(
        "Ngày sinh {day} muộn hơn hôm nay. Kiểm tra lại.", "The date of birth {day} is after today. Check it."
    ),
    "registry.birth_year_wrong": Phrase(
        "Năm sinh {year} không hợp lý. Kiểm tra lại.", "The year of birth {year} cannot be right. Check it."
    ),
    "registry.phone_wrong": Phrase(
        "“{text}” không phải là số điện thoại. Nhập 9 đến 12 chữ số.",
        "“{text}” is not a telephone number. Enter 9 to 12 digits.",
    ),
    "registry.email_wrong": Phrase("“{text}” không phải là địa chỉ thư điện tử.", "“{text}” is not an e-mail address."),
    "registry.post_kind_missing": Phrase("Chọn loại vị trí (biên chế, hợp đồng …).", "Choose the kind of post."),
    "registry.share_wrong": Phrase(
        "Tỷ lệ thời gian phải từ 1 đến 100 %, ở đây là {share}.",
        "The share of time is 1 to 100 per cent, this is {share}.",
    ),
    "registry.post_open_here": Phrase(
        "Người này đang có vị trí tại đơn vị. Kết thúc vị trí cũ trước khi mở vị trí mới.",
        "The person already has a post at this unit. End it before opening another.",
    ),
    "registry.other_responsible": Phrase(
        "Một đơn vị khác đang chịu trách nhiệm đào tạo cho người này. Bỏ chọn mục này hoặc kết thúc vị trí ở đơn vị kia.",
        "Another unit answers for this person's training. Clear this choice or end the post at the other unit.",
    ),
    "registry.post_ended": Phrase("Vị trí này đã kết thúc ngày {day}.", "This post ended on {day}."),
    "registry.end_before_start": Phrase(
        "Ngày kết thúc phải từ ngày bắt đầu {day} trở đi.", "The last day must be on or after the first, {day}."
    ),
    "registry.no_such_person": Phrase(
        "Không có hồ sơ nào trùng cả số định danh và họ tên này. Kiểm tra lại hai mục, hoặc lập hồ sơ mới.",
        "No record has both this number and this name. Check both, or register a new person.",
    ),
    "registry.licence_kind_missing": Phrase(
        "Chọn loại giấy (GPHN hoặc CCHN).", "Choose the kind of licence (GPHN or CCHN)."
    ),
    "registry.licence_number_missing": Phrase("Nhập số giấy phép.", "Enter the licence number."),
    "registry.licence_taken": Phrase(
        "Số giấy phép {number} đang thuộc hồ sơ của người khác. Kiểm tra lại số.",
        "Licence number {number} belongs to another person's record. Check the number.",
    ),
    "registry.issued_later": Phrase(
        "Ngày cấp {day} muộn hơn hôm nay. Kiểm tra lại.", "The day of issue {day} is after today. Check it."
    ),
    "registry.ends_before_issue": Phrase(
        "Ngày hết hạn phải sau ngày cấp {day}.", "The last day must be after the day of issue, {day}."
    ),
    "registry.only_old_is_converted": Phrase(
        "Chỉ chứng chỉ hành nghề (CCHN) mới có ngày chuyển đổi.",
        "Only a practice certificate (CCHN) has a day of conversion.",
    ),
    "registry.undo_too_late": Phrase(
        "Đã quá hạn hoàn tác danh sách này. Sửa từng hồ sơ, hoặc gửi danh sách đúng.",
        "The time to undo this list is over. Correct the records one by one, or send the right list.",
    ),
    "registry.leave_basis_missing": Phrase("Chọn lý do nghỉ.", "Choose the basis of the leave."),
    "registry.leave_days_missing": Phrase("Nhập ngày bắt đầu và ngày kết thúc.", "Enter the first and the last day."),
    "registry.leave_ends_before": Phrase(
        "Ngày kết thúc phải từ ngày bắt đầu {day} trở đi.", "The last day must be on or after the first, {day}."
    ),
    "registry.leave_overlaps": Phrase(
        "Trùng với thời gian nghỉ đã ghi từ {first} đến {last}.",
        "It overlaps the leave recorded from {first} to {last}.",
    ),
    "registry.reason_missing": Phrase("Nhập lý do.", "Enter the reason."),
    "registry.account_linked": Phrase(
        "Tài khoản này đã gắn với hồ sơ của người khác.", "This account is linked to another person's record."
    ),
    "registry.merge_into_itself": Phrase(
        "Chọn một hồ sơ chính khác: hồ sơ chính không được là chính nó hoặc một hồ sơ đã gộp.",
        "Choose another main record: not the record itself, nor one that was merged.",
    ),
    "registry.already_merged": Phrase(
        "Hồ sơ này đã được gộp hoặc đang là hồ sơ chính của hồ sơ khác.",
        "This record was merged before, or is the main record of another.",
    ),
    "registry.provider_known": Phrase(
        "Đơn vị này đã có trong danh sách cơ sở đào tạo.", "This organisation is already listed as a provider."
    ),
    "registry.decision_missing": Phrase("Nhập số và ngày của quyết định.", "Enter the decision's number and date."),
    "registry.provider_code_missing": Phrase("Nhập mã cơ sở đào tạo.", "Enter the provider code."),
    "registry.provider_code_taken": Phrase(
        "Mã {code} đang thuộc cơ sở đào tạo khác.", "Code {code} belongs to another provider."
    ),
    "registry.authority_ends_before": Phrase(
        "Ngày kết thúc phải từ ngày bắt đầu {day} trở đi.", "The last day must be on or after the first, {day}."
    ),
    "registry.not_a_suspension": Phrase(
        "Quyết định này không phải là quyết định đình chỉ.", "This decision is not a suspension."
    ),
    "registry.list_empty": Phrase("Danh sách không có dòng nào.", "The list has no lines."),
    "registry.line_incomplete": Phrase(
        "Dòng {line}: thiếu mã hoặc tên.", "Line {line}: the code or the name is missing."
    ),
    "registry.code_twice": Phrase(
        "Dòng {line}: mã {code} đã có ở dòng trên.", "Line {line}: code {code} stands above already."
    ),
    "registry.kind_missing": Phrase(
        "Dòng {line}: không rõ loại đơn vị.", "Line {line}: the kind of unit is not known."
    ),
    "registry.care_level_missing": Phrase(
        "Dòng {line}: không rõ cấp chuyên môn.", "Line {line}: the level of care is not known."
    ),
    "registry.function_unknown": Phrase(
        "Dòng {line}: danh mục chức năng không có mã {code}.", "Line {line}: the catalogue has no function {code}."
    ),
    "registry.no_table": Phrase(
        "Không tìm thấy bảng danh sách nào trong tệp. Dùng tệp mẫu, hoặc kiểm tra dòng tiêu đề (Họ và tên, Chức danh …).",
        "No table was found in the file. Use the template, or check the header row (full name, title …).",
    ),
    "registry.column_unknown": Phrase("Không có mục “{field}”.", "There is no field “{field}”."),
    "registry.column_twice": Phrase(
        "Hai cột cùng được chọn là “{field}”. Mỗi mục chỉ chọn một cột.",
        "Two columns were given as “{field}”. Choose one.",
    ),
    "registry.no_name_column": Phrase("Chọn cột chứa họ và tên.", "Choose the column that holds the name."),
    "registry.title_unknown": Phrase(
        "Không rõ chức danh “{text}”. Ghi theo danh mục (bác sỹ, y sỹ, điều dưỡng, hộ sinh …).",
        "The title “{text}” is not known. Use one of the list (doctor, nurse, midwife …).",
    ),
    "registry.sex_unknown": Phrase(
        "Không rõ giới tính “{text}”. Ghi nam hoặc nữ.", "The sex “{text}” is not known. Write male or female."
    ),
    "registry.post_kind_unknown": Phrase(
        "Không rõ loại hợp đồng “{text}”. Ghi biên chế, hợp đồng, biệt phái, luân phiên hoặc cộng tác viên.",
        "The kind of post “{text}” is not known. Write permanent, contract, seconded, rotating or collaborator.",
    ),
    "registry.day_needed": Phrase(
        "Chỉ có năm {year}. Cần ghi đủ ngày/tháng/năm.", "This is only the year {year}. Write day/month/year."
    ),
    "registry.number_lost_zeros": Phrase(
        "Số {text} đã mất số 0 ở đầu khi qua Excel; có thể là {repaired}. Dùng nút “Khôi phục số 0” hoặc sửa trong tệp.",
        "The number {text} lost its leading zeros in Excel; it may be {repaired}. Use “Restore zeros” or mend the file.",
    ),
    "registry.unit_unknown": Phrase(
        "Không có đơn vị “{text}” trong phạm vi được cập nhật. Ghi mã hoặc tên đơn vị như trong danh sách đơn vị.",
        "There is no unit “{text}” that this account may update. Write its code or name as listed.",
    ),
    "registry.unit_ambiguous": Phrase(
        "Có nhiều đơn vị tên “{text}”. Ghi mã đơn vị.", "Several units are called “{text}”. Write the unit's code."
    ),
    "registry.twice_in_list": Phrase(
        "Người này đã có ở dòng trên của danh sách (cùng đơn vị). Bỏ một dòng, hoặc ghi số định danh nếu là hai người.",
        "This person stands above already, at the same unit. Delete one row, or give numbers if they are two people.",
    ),
    "registry.several_namesakes": Phrase(
        "Đơn vị có nhiều người cùng họ tên này. Ghi số định danh để phân biệt.",
        "Several people of this name work at the unit. Give the national number.",
    ),
    "registry.maybe_known": Phrase(
        "Đã có người cùng họ tên và ngày sinh tại {organisation}. Ghi số định danh để biết có phải một người không.",
        "Somebody of this name and birth is registered at {organisation}. Give the national number to tell them apart.",
    ),
    "registry.list_closed": Phrase("Danh sách này đã được xử lý xong.", "This list has been dealt with already."),
    "registry.rows_bad": Phrase(
        "Còn {count} dòng có lỗi nên chưa nhận dòng nào. Sửa tệp rồi gửi lại, hoặc chọn nhận các dòng đúng.",
        "{count} rows have problems, so nothing was taken. Mend the file and send it again, or take the good rows.",
    ),
    "registry.nothing_to_take": Phrase(
        "Không có dòng nào đúng để nhận. Kiểm tra lại ý nghĩa các cột.",
        "No row is good. Check the meaning of the columns.",
    ),
    "registry.no_catalogue": Phrase(
        "Không tìm thấy bảng có cột “Mã” và “Tên” trong tệp.", "No table with columns “Code” and “Name” was found."
    ),
    "registry.equipment_missing": Phrase("Chọn tình trạng trang thiết bị.", "Choose the state of the equipment."),
    "registry.record_unknown": Phrase(
        "Mã hồ sơ không thuộc đơn vị được cập nhật. Xóa ô này nếu là người mới.",
        "The record key is not of a unit that this account may update. Clear the cell if this is a new person.",
    ),
    "registry.staged_elsewhere": Phrase(
        "Danh sách này đang được xử lý ở một phiên khác. Chờ vài phút rồi tải lại trang.",
        "This list is being worked on by another process. Wait some minutes and reload the page.",
    ),
    "registry.overtaken": Phrase(
        "Hồ sơ vừa được thay đổi trong lúc nhận danh sách. Chưa có gì được ghi; kiểm tra lại rồi nhận.",
        "The register changed while the list was being taken. Nothing was written; check again and take it.",
    ),
    "registry.too_many_to_edit": Phrase(
        "Có hơn {limit} dòng. Chọn một đơn vị để tải danh sách về sửa.",
        "There are more than {limit} rows. Choose one unit to fetch a list for editing.",
    ),
    "registry.no_unit_table": Phrase(
        "Không tìm thấy bảng có cột “Tên đơn vị” trong tệp. Dùng tệp mẫu hoặc kiểm tra dòng tiêu đề.",
        "No table with a column “Name” of the unit was found. Use the template, or check the header row.",
    ),
    "registry.place_unknown": Phrase(
        "Không rõ địa bàn “{text}”. Ghi mã hoặc tên như trong danh mục hành chính.",
        "The place “{text}” is not known. Write its code or name as in the register.",
    ),
    "registry.unit_kind_unknown": Phrase(
        "Không rõ loại đơn vị “{text}”. Chọn theo danh mục (trạm y tế, bệnh viện …).",
        "The kind of unit “{text}” is not known. Choose from the list (station, hospital …).",
    ),
    "registry.care_level_unknown": Phrase(
        "Không rõ cấp chuyên môn “{text}”. Ghi ban đầu, cơ bản hoặc chuyên sâu.",
        "The level of care “{text}” is not known. Write initial, basic or specialised.",
    ),
    "registry.founding_day_wrong": Phrase(
        "Ngày hoạt động “{text}” chưa đúng. Ghi đủ ngày/tháng/năm.",
        "The day “{text}” is not right. Write day/month/year.",
    ),
    "registry.unit_named_otherwise": Phrase(
        "Mã này đang là của “{name}”. Muốn đổi tên, dùng trang đổi tên đơn vị để giữ tên cũ theo ngày.",
        "This code belongs to “{name}”. To rename a unit use its page, which keeps the old name by date.",
    ),
    "registry.unit_twice": Phrase(
        "Mã {code} có ở nhiều dòng của danh sách.", "Code {code} stands in several rows of the list."
    ),
    "registry.list_not_taken": Phrase(
        "Chỉ hoàn tác được danh sách đã nhận.", "Only a list that was taken can be undone."
    ),
    "registry.row_not_parked": Phrase("Dòng này đã được làm sạch.", "This row has been cleaned already."),
}

LABELS = {**LABELS, **people_phrases.LABELS, **assessing_phrases.LABELS, **collecting_phrases.LABELS}
SENTENCES |= people_phrases.SENTENCES | assessing_phrases.SENTENCES | collecting_phrases.SENTENCES
