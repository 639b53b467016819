"""Labels and sentences about duplicates, data quality and reorganised units."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from lientuc.core.phrases import Phrase

from .enums import Event, Likeness, MoveKind, PairState, PartRole, Quality, ReorganisationState, Side

LABELS: Mapping[type[StrEnum], Mapping[Any, Phrase]] = {
    PairState: {
        PairState.OPEN: Phrase("chờ xem xét", "to be looked at"),
        PairState.MERGED: Phrase("đã gộp", "merged"),
        PairState.DISTINCT: Phrase("đã xem, là hai người", "looked at, two persons"),
        PairState.GONE: Phrase("không còn giống nhau", "no longer alike"),
    },
    Likeness: {
        Likeness.LICENCE: Phrase("cùng số giấy phép", "same licence number"),
        Likeness.OLD_NUMBER: Phrase("cùng số chứng minh nhân dân cũ", "same old identity number"),
        Likeness.NAME: Phrase("cùng họ tên", "same name"),
        Likeness.BIRTH_DATE: Phrase("cùng ngày sinh", "same date of birth"),
        Likeness.BIRTH_YEAR: Phrase("cùng năm sinh", "same year of birth"),
        Likeness.PHONE: Phrase("cùng số điện thoại", "same phone"),
        Likeness.EMAIL: Phrase("cùng thư điện tử", "same e-mail"),
        Likeness.UNIT: Phrase("cùng đơn vị", "same unit"),
        Likeness.NUMBER_SLIP: Phrase("số định danh lệch một chữ số", "national numbers differ by one slip"),
        Likeness.OTHER_NUMBER: Phrase("khác số định danh", "different national numbers"),
        Likeness.OTHER_BIRTH: Phrase("khác ngày sinh", "different dates of birth"),
        Likeness.OTHER_NAME: Phrase("khác họ tên", "different names"),
        Likeness.OTHER_SEX: Phrase("khác giới tính", "different sex"),
    },
    Side: {Side.MAIN: Phrase("hồ sơ chính", "main record"), Side.OTHER: Phrase("hồ sơ kia", "other record")},
    Quality: {
        Quality.NO_NUMBER: Phrase("chưa có số định danh", "no national number"),
        Quality.NUMBER_AGAINST_BIRTH: Phrase(
            "số định danh không khớp năm sinh hoặc giới tính", "national number contradicts birth or sex"
        ),
        Quality.BIRTH_UNKNOWN: Phrase("chưa rõ năm sinh", "year of birth not known"),
        Quality.BIRTH_SUSPICIOUS: Phrase("năm sinh cần xem lại", "unlikely year of birth"),
        Quality.TITLE_UNKNOWN: Phrase("chưa rõ chức danh", "title not known"),
        Quality.NO_POST: Phrase("không có vị trí công tác", "no post"),
        Quality.TWO_RESPONSIBLE: Phrase(
            "hai đơn vị cùng chịu trách nhiệm đào tạo", "two units answer for the training"
        ),
        Quality.NONE_RESPONSIBLE: Phrase(
            "chưa đơn vị nào chịu trách nhiệm đào tạo", "no unit answers for the training"
        ),
        Quality.CLOSED_UNIT: Phrase("vị trí tại đơn vị đã dừng hoạt động", "post at a unit that has ended"),
        Quality.LICENCE_ENDED: Phrase("giấy phép hết hạn nhưng vẫn ghi hành nghề", "licence ended, still practising"),
        Quality.LICENCE_MISSING: Phrase("chức danh cần giấy phép, chưa ghi giấy phép", "licence missing"),
        Quality.LICENCE_END_UNKNOWN: Phrase("chưa rõ thời hạn giấy phép", "end of the licence not known"),
        Quality.NO_CONTACT: Phrase("không có điện thoại, thư điện tử", "neither phone nor e-mail"),
        Quality.MAYBE_TWICE: Phrase("có thể có hai hồ sơ", "may be registered twice"),
    },
    ReorganisationState: {
        ReorganisationState.PREPARED: Phrase("đang chuẩn bị", "prepared"),
        ReorganisationState.DONE: Phrase("đã thực hiện", "carried out"),
        ReorganisationState.UNDONE: Phrase("đã hoàn tác", "taken back"),
        ReorganisationState.DROPPED: Phrase("đã bỏ", "dropped"),
    },
    PartRole: {
        PartRole.ENDS: Phrase("dừng hoạt động", "ends"),
        PartRole.GOES_ON: Phrase("tiếp tục hoạt động", "goes on"),
        PartRole.NEW: Phrase("thành lập mới", "newly founded"),
    },
    Event: {
        Event.POST_BEGAN: Phrase("bắt đầu vị trí", "post began"),
        Event.POST_ENDED: Phrase("kết thúc vị trí", "post ended"),
        Event.LICENCE_ISSUED: Phrase("được cấp giấy phép", "licence issued"),
        Event.LICENCE_CONVERTED: Phrase("chuyển đổi giấy phép", "licence converted"),
        Event.LICENCE_WITHDRAWN: Phrase("bị thu hồi giấy phép", "licence withdrawn"),
        Event.LEAVE_BEGAN: Phrase("bắt đầu nghỉ", "leave began"),
        Event.LEAVE_ENDED: Phrase("hết thời gian nghỉ", "leave ended"),
        Event.LEFT: Phrase("không còn trong nhân lực", "left the staff"),
    },
    MoveKind: {
        MoveKind.MOVED: Phrase("chuyển sang", "moved"),
        MoveKind.ENDED: Phrase("kết thúc", "ended"),
        MoveKind.MADE: Phrase("lập mới", "made"),
    },
}

SENTENCES = {
    "registry.two_accounts": Phrase(
        "Hai hồ sơ gắn với hai tài khoản khác nhau. Gỡ tài khoản khỏi một hồ sơ trước khi gộp.",
        "The two records are linked to two accounts. Unlink one of them before merging.",
    ),
    "registry.not_merged": Phrase("Hồ sơ này chưa được gộp.", "This record is not merged."),
    "registry.pair_not_told_apart": Phrase(
        "Cặp hồ sơ này chưa được ghi là hai người.", "This pair was not recorded as two persons."
    ),
    "registry.person_died": Phrase(
        "Người này được ghi là đã mất. Nếu ghi nhầm, hoàn tác việc đó trước.",
        "This person is recorded as deceased. If that is a mistake, take it back first.",
    ),
    "registry.post_not_ended": Phrase("Vị trí này chưa kết thúc.", "This post has not ended."),
    "registry.transfer_day_missing": Phrase(
        "Nhập ngày bắt đầu tại đơn vị mới.", "Enter the first day at the new unit."
    ),
    "registry.departure_reason": Phrase(
        "Chọn nghỉ hưu, đã mất hoặc ra nước ngoài. Lý do khác: kết thúc từng vị trí công tác.",
        "Choose retired, died or moved abroad. For another reason end each post.",
    ),
    "registry.left_already": Phrase(
        "Người này đã không còn trong nhân lực từ ngày {day}.", "This person left the staff on {day} already."
    ),
    "registry.death_later": Phrase("Ngày {day} muộn hơn hôm nay. Kiểm tra lại.", "{day} is after today. Check it."),
    "registry.not_left": Phrase("Người này đang trong nhân lực.", "This person has not left."),
    "registry.return_before_leaving": Phrase(
        "Ngày bắt đầu phải sau ngày nghỉ {day}.", "The first day must be after the day of leaving, {day}."
    ),
    "registry.no_such_account": Phrase(
        "Không có tài khoản đang hoạt động mang tên đăng nhập này. Kiểm tra lại, hoặc mở tài khoản trước.",
        "No active account has this user name. Check it, or open the account first.",
    ),
    "registry.reorganisation_kind_missing": Phrase("Chọn hình thức sắp xếp.", "Choose the kind."),
    "registry.units_missing": Phrase("Chọn đơn vị được sắp xếp.", "Choose the units."),
    "registry.one_unit_only": Phrase(
        "Chia tách và đổi tên chỉ áp dụng cho một đơn vị mỗi lần.", "A split or a renaming concerns one unit at a time."
    ),
    "registry.unit_ended": Phrase("Đơn vị {name} đã dừng hoạt động.", "{name} has ended."),
    "registry.reorganised_too_early": Phrase(
        "Ngày có hiệu lực phải sau ngày {day}, ngày {name} bắt đầu hoạt động.",
        "It must be in force after {day}, when {name} began.",
    ),
    "registry.heir_among_units": Phrase(
        "Đơn vị tiếp nhận không được nằm trong các đơn vị dừng hoạt động.", "The heir cannot be a unit that ends."
    ),
    "registry.heir_below": Phrase(
        "Đơn vị tiếp nhận đang trực thuộc {name}. Chuyển đơn vị cấp trên của nó trước.",
        "The heir stands below {name}. Change its parent first.",
    ),
    "registry.same_name": Phrase("Tên mới trùng với tên đang dùng.", "The new name is the present one."),
    "registry.reorganisation_state": Phrase(
        "Việc sắp xếp này không còn ở bước cho phép thao tác đó.", "This reorganisation is past that step."
    ),
    "registry.reorganisation_not_yet": Phrase(
        "Chưa đến ngày có hiệu lực {day}. Bản chuẩn bị được giữ lại để thực hiện từ ngày đó.",
        "It is in force from {day} only. It stays prepared until then.",
    ),
    "registry.nobody_chosen": Phrase("Chọn những người chuyển sang đơn vị mới.", "Choose who goes to the new unit."),
    "registry.reorganisation_changed": Phrase(
        "Không hoàn tác được: {count} nội dung đã thay đổi sau khi sắp xếp. Sửa từng nội dung, hoặc lập một lần sắp xếp mới.",
        "It cannot be taken back: {count} rows changed since. Mend them one by one, or reorganise again.",
    ),
    "registry.reorganisation_used": Phrase(
        "Không hoàn tác được: đơn vị mới đã có thêm {count} nội dung. Lập một lần sắp xếp mới.",
        "It cannot be taken back: {count} rows were added at the new unit. Reorganise again.",
    ),
    "registry.no_such_leave": Phrase("Không còn thời gian nghỉ này.", "This leave is no longer there."),
}

# The fields of a record as two sides of a merge call them.
FIELD_NAMES = {
    "full_name": Phrase("Họ và tên", "Full name"),
    "national_number": Phrase("Số định danh cá nhân", "National number"),
    "old_number": Phrase("Số chứng minh nhân dân cũ", "Old identity number"),
    "born_on": Phrase("Ngày sinh", "Date of birth"),
    "birth_year": Phrase("Năm sinh", "Year of birth"),
    "sex": Phrase("Giới tính", "Sex"),
    "ethnicity": Phrase("Dân tộc", "Ethnicity"),
    "title": Phrase("Chức danh", "Title"),
    "title_code": Phrase("Mã chức danh nghề nghiệp", "Title code"),
    "specialty": Phrase("Chuyên khoa", "Specialty"),
    "phone": Phrase("Điện thoại", "Phone"),
    "email": Phrase("Thư điện tử", "E-mail"),
}

# What upper rooms keep about a person, by table.
HANGING = {
    "credits.creditentry": ("lượt ghi nhận giờ", "credit entries"),
    "delivery.certificate": ("chứng nhận, chứng chỉ", "certificates"),
    "delivery.participation": ("lượt tham gia lớp", "places in classes"),
    "delivery.runlecturer": ("lần giảng dạy", "lectures given"),
}

# What may be done to a person's record, by action.
DEEDS = {
    "registry.register_worker": Phrase("lập hồ sơ nhân viên y tế", "registered a health worker"),
    "registry.take_on_worker": Phrase("tiếp nhận nhân viên y tế", "took on a health worker"),
    "registry.correct_worker": Phrase("sửa hồ sơ nhân viên y tế", "corrected a health worker's record"),
    "registry.merge_workers": Phrase("gộp hồ sơ trùng", "merged duplicate records"),
    "registry.unmerge_worker": Phrase("tách hồ sơ đã gộp", "separated merged records"),
    "registry.tell_apart": Phrase("ghi hai hồ sơ là hai người", "told two records apart"),
    "registry.look_again": Phrase("xem lại cặp hồ sơ nghi trùng", "looked at a pair again"),
    "registry.open_post": Phrase("ghi vị trí công tác", "opened a post"),
    "registry.end_post": Phrase("kết thúc vị trí công tác", "ended a post"),
    "registry.reopen_post": Phrase("bỏ kết thúc vị trí công tác", "reopened a post"),
    "registry.transfer_worker": Phrase("chuyển công tác", "transferred a health worker"),
    "registry.answer_for_training": Phrase("đổi đơn vị chịu trách nhiệm đào tạo", "changed who answers for training"),
    "registry.record_departure": Phrase("ghi nghỉ hưu, mất, ra nước ngoài", "recorded a departure"),
    "registry.undo_departure": Phrase("hoàn tác việc ghi đã nghỉ", "took a departure back"),
    "registry.return_worker": Phrase("nhận trở lại làm việc", "took somebody back"),
    "registry.record_licence": Phrase("ghi giấy phép hành nghề", "recorded a licence"),
    "registry.withdraw_licence": Phrase("ghi thu hồi giấy phép hành nghề", "recorded the withdrawal of a licence"),
    "registry.record_leave": Phrase("ghi thời gian nghỉ, đi học", "recorded leave"),
    "registry.correct_leave": Phrase("sửa thời gian nghỉ", "corrected a leave"),
    "registry.strike_leave": Phrase("bỏ thời gian nghỉ ghi nhầm", "struck out a leave"),
    "registry.link_account": Phrase("gắn tài khoản với hồ sơ", "linked an account to a record"),
    "registry.unlink_account": Phrase("gỡ tài khoản khỏi hồ sơ", "unlinked an account"),
    "registry.reveal_national_number": Phrase("xem đủ số định danh cá nhân", "looked at a full national number"),
}
