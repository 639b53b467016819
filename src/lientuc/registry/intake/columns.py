"""The columns of a staff list, and the headings under which units send them."""

from __future__ import annotations

from lientuc.core.phrases import Phrase
from lientuc.documents.readers.fields import KnownField

KIND = "registry.staff"

# key: (label, headings); the first heading is the one our own template prints.
_COLUMNS: dict[str, tuple[Phrase, tuple[str, ...]]] = {
    "place": (Phrase("STT", "No."), ("STT", "TT", "Số TT", "Số thứ tự", "No.")),
    "full_name": (
        Phrase("Họ và tên", "Full name"),
        ("Họ và tên", "Họ tên", "Họ và tên nhân viên", "Họ tên nhân viên", "Họ tên cán bộ", "Họ và tên cán bộ", "Full name"),
    ),
    "family_name": (
        Phrase("Họ và tên đệm", "Family and middle name"),
        ("Họ đệm", "Họ và đệm", "Họ và tên đệm", "Họ và chữ lót", "Họ"),
    ),
    "given_name": (Phrase("Tên", "Given name"), ("Tên",)),
    "born": (
        Phrase("Ngày, tháng, năm sinh", "Date or year of birth"),
        ("Ngày, tháng, năm sinh", "Năm sinh", "Ngày sinh", "Ngày tháng năm sinh", "NTNS", "Date of birth", "Year of birth"),
    ),
    "sex": (Phrase("Giới tính", "Sex"), ("Giới tính", "Giới", "Nam/Nữ", "Sex")),
    "national_number": (
        Phrase("Số định danh cá nhân (CCCD)", "National number"),
        (
            "Số định danh cá nhân", "Số định danh", "CCCD", "Số CCCD", "Căn cước công dân", "Số căn cước", "Căn cước", "ĐDCN",
            "CMND/CCCD", "Số CMND/CCCD", "Số CCCD/CMND", "CMND", "Số CMND", "National number",
        ),
    ),
    "ethnicity": (Phrase("Dân tộc", "Ethnicity"), ("Dân tộc", "Ethnicity")),
    "title": (
        Phrase("Chức danh", "Title"),
        ("Chức danh", "Chức danh nghề nghiệp", "Chức danh chuyên môn", "Trình độ chuyên môn", "Nghề nghiệp", "Title"),
    ),
    "title_code": (
        Phrase("Mã chức danh nghề nghiệp", "Title code"),
        ("Mã chức danh nghề nghiệp", "Mã số chức danh nghề nghiệp", "Mã CDNN", "Mã số CDNN", "Mã ngạch", "Title code"),
    ),
    "specialty": (Phrase("Chuyên khoa", "Specialty"), ("Chuyên khoa", "Chuyên ngành", "Chuyên môn", "Specialty")),
    "organisation": (
        Phrase("Đơn vị", "Unit"),
        ("Đơn vị", "Đơn vị công tác", "Nơi công tác", "Cơ quan công tác", "Mã đơn vị", "Cơ sở", "Trạm Y tế", "Unit", "Workplace"),
    ),
    "position": (
        Phrase("Vị trí, chức vụ", "Position"),
        ("Vị trí", "Vị trí việc làm", "Chức vụ", "Vị trí công tác", "Khoa/Phòng", "Khoa, phòng", "Position"),
    ),
    "post_kind": (
        Phrase("Loại hợp đồng", "Kind of post"),
        ("Loại hợp đồng", "Biên chế/Hợp đồng", "Hình thức hợp đồng", "Loại lao động", "Biên chế, hợp đồng", "Kind of post"),
    ),
    "from_on": (
        Phrase("Ngày vào đơn vị", "First day at the unit"),
        ("Ngày vào", "Ngày vào đơn vị", "Ngày vào làm", "Ngày tuyển dụng", "Ngày về đơn vị", "Ngày bắt đầu", "First day"),
    ),
    "licence_number": (
        Phrase("Số GPHN/CCHN", "Licence number"),
        (
            "Số GPHN/CCHN", "Số GPHN", "Số CCHN", "Số giấy phép hành nghề", "Số chứng chỉ hành nghề", "GPHN", "CCHN",
            "GPHN/CCHN", "Số CCHN/GPHN", "Giấy phép hành nghề", "Chứng chỉ hành nghề", "Licence number",
        ),
    ),
    "licence_kind": (
        Phrase("Loại giấy phép (GPHN, CCHN)", "Kind of licence"),
        ("Loại GPHN/CCHN", "Loại giấy phép", "Loại giấy", "Loại", "Kind of licence"),
    ),
    "licence_issued_on": (
        Phrase("Ngày cấp GPHN/CCHN", "Licence issued on"),
        (
            "Ngày cấp GPHN/CCHN", "Ngày cấp", "Ngày cấp GPHN", "Ngày cấp CCHN", "Ngày cấp giấy phép", "Ngày cấp CCHN/GPHN",
            "Issued on",
        ),
    ),
    "licence_valid_to": (
        Phrase("Ngày hết hạn GPHN", "Licence valid to"),
        ("Ngày hết hạn GPHN", "Ngày hết hạn", "Hạn GPHN", "Có giá trị đến", "Thời hạn", "Valid to"),
    ),
    "licence_issuer": (
        Phrase("Nơi cấp GPHN/CCHN", "Licence issuer"),
        ("Nơi cấp GPHN/CCHN", "Nơi cấp", "Cơ quan cấp", "Nơi cấp GPHN", "Nơi cấp CCHN", "Issuer"),
    ),
    "phone": (
        Phrase("Số điện thoại", "Phone"),
        ("Số điện thoại", "Điện thoại", "SĐT", "ĐT", "Điện thoại liên hệ", "Phone"),
    ),
    "record": (
        Phrase("Mã hồ sơ (khi tải danh sách về sửa)", "Record key (of an exported list)"),
        ("Mã hồ sơ", "Record key"),
    ),
    "email": (Phrase("Thư điện tử", "E-mail"), ("Email", "E-mail", "Thư điện tử", "Địa chỉ email")),
}  # fmt: skip

STAFF_FIELDS: tuple[KnownField, ...] = tuple(KnownField(key, headings) for key, (_, headings) in _COLUMNS.items())
LABELS: dict[str, Phrase] = {key: label for key, (label, _) in _COLUMNS.items()}
# What our own template asks for, in this order.
TEMPLATE = tuple(key for key in _COLUMNS if key not in {"family_name", "given_name", "record"})
