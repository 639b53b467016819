from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from lientuc.core.phrases import Phrase

from .enums import AreaKind, CareLevel, Line, OrganisationKind, SuccessionKind, UnitLevel, UnitType

LABELS: Mapping[type[StrEnum], Mapping[Any, Phrase]] = {
    UnitLevel: {
        UnitLevel.PROVINCE: Phrase("cấp tỉnh", "province level"),
        UnitLevel.DISTRICT: Phrase("cấp huyện (trước 01/07/2025)", "district level (before 1 July 2025)"),
        UnitLevel.COMMUNE: Phrase("cấp xã", "commune level"),
    },
    UnitType: {
        UnitType.TINH: Phrase("tỉnh", "province"),
        UnitType.THANH_PHO: Phrase("thành phố", "centrally run city"),
        UnitType.QUAN: Phrase("quận", "urban district"),
        UnitType.HUYEN: Phrase("huyện", "rural district"),
        UnitType.THI_XA: Phrase("thị xã", "town"),
        UnitType.THANH_PHO_THUOC_TINH: Phrase("thành phố thuộc tỉnh", "provincial city"),
        UnitType.XA: Phrase("xã", "commune"),
        UnitType.PHUONG: Phrase("phường", "ward"),
        UnitType.THI_TRAN: Phrase("thị trấn", "township"),
        UnitType.DAC_KHU: Phrase("đặc khu", "special zone"),
    },
    OrganisationKind: {
        OrganisationKind.MINISTRY: Phrase("Bộ Y tế", "Ministry of Health"),
        OrganisationKind.PROVINCIAL_COMMITTEE: Phrase("Ủy ban nhân dân tỉnh", "Provincial People's Committee"),
        OrganisationKind.HEALTH_DEPARTMENT: Phrase("Sở Y tế", "Health department"),
        OrganisationKind.FINANCE_DEPARTMENT: Phrase("Sở Tài chính", "Finance department"),
        OrganisationKind.COMMUNE_COMMITTEE: Phrase("Ủy ban nhân dân cấp xã", "Commune People's Committee"),
        OrganisationKind.HOSPITAL: Phrase("bệnh viện", "hospital"),
        OrganisationKind.AREA_CENTRE: Phrase("trung tâm y tế khu vực", "area health centre"),
        OrganisationKind.STATION: Phrase("trạm y tế", "commune health station"),
        OrganisationKind.STATION_POINT: Phrase("điểm trạm", "station point"),
        OrganisationKind.SCHOOL: Phrase("trường", "school"),
        OrganisationKind.ASSOCIATION: Phrase("hội nghề nghiệp", "professional association"),
        OrganisationKind.PRIVATE_FACILITY: Phrase("cơ sở y tế tư nhân", "private facility"),
    },
    CareLevel: {
        CareLevel.NONE: Phrase("không khám, chữa bệnh", "no care"),
        CareLevel.INITIAL: Phrase("cấp ban đầu", "initial care"),
        CareLevel.BASIC: Phrase("cấp cơ bản", "basic care"),
        CareLevel.SPECIALISED: Phrase("cấp chuyên sâu", "specialised care"),
    },
    Line: {
        Line.EMPLOYER: Phrase("trực thuộc (quản lý nhân sự)", "employer line"),
        Line.PROFESSIONAL: Phrase("chỉ đạo chuyên môn", "professional line"),
    },
    AreaKind: {
        AreaKind.DIFFICULTY: Phrase("khu vực (I, II, III)", "difficulty area (I, II, III)"),
        AreaKind.BORDER: Phrase("biên giới", "border"),
        AreaKind.ISLAND: Phrase("hải đảo", "island"),
    },
    SuccessionKind: {
        SuccessionKind.MERGE: Phrase("sáp nhập", "merger"),
        SuccessionKind.SPLIT: Phrase("chia tách", "split"),
        SuccessionKind.RENAME: Phrase("đổi tên", "renaming"),
    },
}

SENTENCES = {
    "places.line_loops": Phrase(
        "Đơn vị không thể nằm dưới chính mình trên một tuyến quản lý. Chọn đơn vị cấp trên khác.",
        "A unit cannot stand below itself on a line. Choose another parent.",
    ),
    "places.name_missing": Phrase("Nhập tên đơn vị.", "Enter the unit's name."),
    "places.name_too_long": Phrase(
        "Tên đơn vị dài quá {limit} ký tự. Rút gọn tên.",
        "The unit's name is longer than {limit} characters. Shorten it.",
    ),
    "places.name_taken": Phrase(
        "Đã có đơn vị “{name}” đang hoạt động tại địa bàn này. Kiểm tra lại tên hoặc mở hồ sơ đã có.",
        "“{name}” already exists here. Check the name or open the existing record.",
    ),
    "places.code_taken": Phrase(
        "Mã đơn vị {code} đã được dùng. Kiểm tra lại mã.", "The unit code {code} is in use. Check the code."
    ),
    "places.unit_unknown": Phrase(
        "Không có đơn vị hành chính mang mã {code}. Chọn theo danh mục hành chính.",
        "There is no administrative unit with code {code}. Choose from the register.",
    ),
    "places.key_twice": Phrase("Khóa {key} xuất hiện hai lần trong danh sách.", "Key {key} appears twice in the list."),
    "places.parent_unknown": Phrase(
        "Đơn vị {key} ghi cấp trên {parent} nhưng không có trong danh sách.",
        "Unit {key} names parent {parent}, which is not in the list.",
    ),
    "places.move_too_early": Phrase(
        "Ngày chuyển phải sau ngày {day}, ngày bắt đầu của tuyến quản lý hiện tại.",
        "The day of the move must be after {day}, when the present line began.",
    ),
    "places.not_here": Phrase(
        "Tài khoản này không được thực hiện việc này cho {organisation}.",
        "This account may not do this for {organisation}.",
    ),
    "places.whole_country_only": Phrase(
        "Chỉ tài khoản quản lý toàn quốc được thực hiện việc này.", "Only a nationwide account may do this."
    ),
}
